/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-account-page"

#include "config.h"

#include "billing-account-page.h"

#include <glib/gi18n.h>

#include "billing-account-format.h"
#include "billing-field-row.h"
#include "billing-format.h"
#include "billing-notice-words.h"
#include "billing-people-group.h"
#include "billing-permissions-row.h"
#include "billing-stripe-section.h"
#include "billing-sync-format.h"

typedef enum {
  GROUP_STANDING,
  GROUP_BUSINESS,
  GROUP_PERSON,
  GROUP_PUBLIC,
  GROUP_PAYOUTS,
  GROUP_BANKS,
  GROUP_CAPABILITIES,
  GROUP_BRANDING,
  GROUP_SECURITY,
  N_GROUPS,
} Group;

struct _BillingAccountPage {
  AdwBin parent_instance;

  /* Template widgets. */
  AdwPreferencesGroup *standing;
  AdwPreferencesGroup *business;
  AdwPreferencesGroup *person;
  AdwPreferencesGroup *public_details;
  AdwPreferencesGroup *payouts;
  AdwPreferencesGroup *banks;
  AdwPreferencesGroup *capabilities;
  AdwPreferencesGroup *branding;
  AdwPreferencesGroup *security;
  GtkLabel *freshness;
  AdwActionRow *key_row;
  GtkLabel *mode;
  BillingPermissionsRow *permissions_row;
  BillingPeopleGroup *people;

  BillingDesk *desk; /* (owned) (nullable) */
  GSignalGroup *store; /* (owned) */
  BillingSync *sync; /* (owned) (nullable) */
  GSignalGroup *syncs; /* (owned) */
  GCancellable *reading; /* (owned) (nullable) */
  GPtrArray *rows[N_GROUPS]; /* (owned) (element-type GtkWidget): as they were filled in */
};

static void billing_account_page_section_init (BillingStripeSectionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BillingAccountPage, billing_account_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (BILLING_TYPE_STRIPE_SECTION, billing_account_page_section_init))

/* What stands in which group, as far as it is a text of the account. */
static const struct {
  Group group;
  const char *member;
  const char *title;
  char *(*format) (const char *text);
  const char *scheme;
} facts[] = {
  { GROUP_STANDING, "display-name", N_("Account"), billing_account_format_text, NULL },
  { GROUP_STANDING, "id", N_("Stripe’s id"), billing_account_format_text, NULL },
  { GROUP_STANDING, "charges-enabled", N_("Payments"), billing_account_format_switch, NULL },
  { GROUP_STANDING, "payouts-enabled", N_("Payouts"), billing_account_format_switch, NULL },

  { GROUP_BUSINESS, "legal-name", N_("Legal name"), billing_account_format_text, NULL },
  { GROUP_BUSINESS, "legal-address", N_("Address"), billing_account_format_text, NULL },
  { GROUP_BUSINESS, "legal-phone", N_("Phone"), billing_account_format_text, "tel" },
  { GROUP_BUSINESS, "country", N_("Country"), billing_account_format_text, NULL },
  { GROUP_BUSINESS, "currency", N_("Currency"), billing_account_format_text, NULL },
  { GROUP_BUSINESS, "time-zone", N_("Time zone"), billing_account_format_text, NULL },
  { GROUP_BUSINESS, "email", N_("Email of the account"), billing_account_format_text, NULL },
  { GROUP_BUSINESS, "website", N_("Website"), billing_account_format_text, NULL },
  { GROUP_BUSINESS, "product-description", N_("What it sells"), billing_account_format_text, NULL },
  { GROUP_BUSINESS, "tax-id-provided", N_("Tax id known to Stripe"), billing_account_format_truth, NULL },

  { GROUP_PERSON, "business-type", N_("Type of business"), billing_account_format_type, NULL },
  { GROUP_PERSON, "mcc", N_("Profession"), billing_account_format_mcc, NULL },
  { GROUP_PERSON, "person-title", N_("Job title"), billing_account_format_text, NULL },
  { GROUP_PERSON, "person-email", N_("Email"), billing_account_format_text, NULL },
  { GROUP_PERSON, "person-phone", N_("Phone"), billing_account_format_text, NULL },
  { GROUP_PERSON, "person-verification", N_("Identity check"), billing_account_format_text, NULL },

  { GROUP_PUBLIC, "public-name", N_("Name"), billing_account_format_text, NULL },
  { GROUP_PUBLIC, "support-email", N_("Support email"), billing_account_format_text, NULL },
  { GROUP_PUBLIC, "support-phone", N_("Support phone"), billing_account_format_text, NULL },
  { GROUP_PUBLIC, "support-url", N_("Support page"), billing_account_format_text, NULL },
  { GROUP_PUBLIC, "support-address", N_("Support address"), billing_account_format_text, NULL },

  { GROUP_PAYOUTS, "payout-status", N_("Automatic payouts"), billing_account_format_switch, NULL },
  { GROUP_PAYOUTS, "payout-delay", N_("Available"), billing_account_format_delay, NULL },
  { GROUP_PAYOUTS, "payout-descriptor", N_("On the bank statement"), billing_account_format_text, NULL },
  { GROUP_PAYOUTS, "debit-negative", N_("Debit the bank for a negative balance"), billing_account_format_truth, NULL },

  { GROUP_BRANDING, "descriptor", N_("On payers’ statements"), billing_account_format_text, NULL },
  { GROUP_BRANDING, "descriptor-prefix", N_("Short form for cards"), billing_account_format_text, NULL },
  { GROUP_BRANDING, "icon", N_("Icon"), billing_account_format_text, NULL },
  { GROUP_BRANDING, "logo", N_("Logo"), billing_account_format_text, NULL },
  { GROUP_BRANDING, "primary-color", N_("Brand colour"), billing_account_format_text, NULL },
  { GROUP_BRANDING, "secondary-color", N_("Accent colour"), billing_account_format_text, NULL },

  { GROUP_SECURITY, "details-submitted", N_("All details given to Stripe"), billing_account_format_truth, NULL },
};

static AdwPreferencesGroup *
get_group (BillingAccountPage *self,
           Group               group)
{
  AdwPreferencesGroup *groups[N_GROUPS] = {
    [GROUP_STANDING] = self->standing, [GROUP_BUSINESS] = self->business, [GROUP_PERSON] = self->person,
    [GROUP_PUBLIC] = self->public_details, [GROUP_PAYOUTS] = self->payouts, [GROUP_BANKS] = self->banks,
    [GROUP_CAPABILITIES] = self->capabilities, [GROUP_BRANDING] = self->branding, [GROUP_SECURITY] = self->security,
  };

  return groups[group];
}

static void
clear (BillingAccountPage *self)
{
  for (guint group = 0; group < N_GROUPS; group++)
    {
      for (guint i = 0; i < self->rows[group]->len; i++)
        adw_preferences_group_remove (get_group (self, group), self->rows[group]->pdata[i]);
      g_ptr_array_set_size (self->rows[group], 0);
    }
}

static void
add_row (BillingAccountPage *self,
         Group               group,
         GtkWidget          *row)
{
  adw_preferences_group_add (get_group (self, group), row);
  g_ptr_array_add (self->rows[group], row);
}

/* Of what Stripe does not mention there is no row. */
static void
add_fact (BillingAccountPage *self,
          Group               group,
          const char         *title,
          const char         *value,
          const char         *scheme)
{
  GtkWidget *row;

  if (value == NULL || *value == '\0')
    return;

  row = g_object_new (BILLING_TYPE_FIELD_ROW, "title", title, "value", value, "scheme", scheme, NULL);
  gtk_widget_set_tooltip_text (row, _("Read-only: Stripe lets it be changed in its own dashboard only"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_READ_ONLY, TRUE, -1);
  add_row (self, group, row);
}

static void
add_facts (BillingAccountPage   *self,
           BillingStripeAccount *account)
{
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autofree char *text = NULL;
      g_autofree char *value = NULL;

      g_object_get (account, facts[i].member, &text, NULL);
      value = facts[i].format (text);
      /* What is not set leads nowhere. */
      add_fact (self, facts[i].group, _(facts[i].title), value, text != NULL && *text != '\0' ? facts[i].scheme : NULL);
    }
}

static GtkWidget *
create_row (const char *title,
            const char *subtitle)
{
  /* Before the texts, which would be read as markup. */
  return g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle", subtitle, "subtitle-lines", 0, NULL);
}

static void
add_standing_row (BillingAccountPage *self,
                  Group               group,
                  const char         *title,
                  const char         *subtitle,
                  const char         *standing)
{
  GtkWidget *row = create_row (title, subtitle);
  GtkWidget *label = gtk_label_new (billing_account_format_standing (standing));

  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "status");
  gtk_widget_add_css_class (label, billing_account_format_style (standing));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  add_row (self, group, row);
}

/* Why something is switched off, and what Stripe wants. */
static void
add_standing (BillingAccountPage   *self,
              BillingStripeAccount *account,
              const char           *time_zone)
{
  g_autofree char *reason = account->disabled_reason != NULL && *account->disabled_reason != '\0'
                              ? billing_notice_word ("disabled", account->disabled_reason) : NULL;

  add_fact (self, GROUP_STANDING, _("Why"), reason, NULL);
  for (guint i = 0; i < account->requirements->len; i++)
    {
      BillingRequirement *requirement = account->requirements->pdata[i];
      g_autofree char *title = billing_account_format_requirement (requirement);
      g_autofree char *subtitle = billing_account_format_want (requirement, time_zone);

      add_standing_row (self, GROUP_STANDING, title, subtitle, requirement->standing);
    }
}

static void
add_banks (BillingAccountPage   *self,
           BillingStripeAccount *account,
           const char           *time_zone)
{
  for (guint i = 0; i < account->banks->len; i++)
    {
      g_autofree char *title = billing_account_format_bank (account->banks->pdata[i]);
      g_autofree char *subtitle = billing_account_format_bank_facts (account->banks->pdata[i], time_zone);

      add_row (self, GROUP_BANKS, create_row (title, subtitle));
    }
}

static void
add_capabilities (BillingAccountPage   *self,
                  BillingStripeAccount *account)
{
  for (guint i = 0; i < account->capabilities->len; i++)
    {
      BillingCapability *capability = account->capabilities->pdata[i];
      g_autofree char *title = billing_account_format_capability (billing_record_get_id (BILLING_RECORD (capability)));

      add_standing_row (self, GROUP_CAPABILITIES, title, NULL, capability->standing);
    }
}

/* What is made of several texts of the account, and comes first in its group. */
static void
add_heads (BillingAccountPage   *self,
           BillingStripeAccount *account)
{
  g_autofree char *person = billing_account_format_person (account);
  g_autofree char *schedule = billing_account_format_schedule (account);

  add_fact (self, GROUP_PERSON, _("Representative"), person, NULL);
  add_fact (self, GROUP_PAYOUTS, _("Schedule"), schedule, NULL);
}

/* What is no text of the account. */
static void
add_parts (BillingAccountPage   *self,
           BillingStripeAccount *account,
           const char           *time_zone)
{
  g_autofree char *accepted = account->accepted_at != 0 ? billing_format_instant (NULL, account->accepted_at, time_zone) : NULL;

  add_fact (self, GROUP_SECURITY, _("Stripe’s terms accepted"), accepted, NULL);
  add_standing (self, account, time_zone);
  add_banks (self, account, time_zone);
  add_capabilities (self, account);
}

/* A group in which nothing stands says whose doing that is. */
static void
add_gaps (BillingAccountPage *self)
{
  for (guint group = GROUP_BUSINESS; group < GROUP_SECURITY; group++)
    {
      if (self->rows[group]->len == 0)
        add_row (self, group, create_row (group == GROUP_BANKS ? _("None is known: the first payout names it")
                                                               : _("Stripe shows this in its own dashboard only"), NULL));
    }
}

static void
show_account (BillingAccountPage   *self,
              BillingStripeAccount *account)
{
  const char *time_zone = billing_desk_get_practice (self->desk)->time_zone;
  g_autofree char *sentence = billing_stripe_account_get_sentence (account);
  g_autofree char *when = account->fetched_at != 0 ? billing_format_instant (NULL, account->fetched_at, time_zone) : NULL;
  g_autofree char *freshness = when != NULL ? g_strdup_printf (_("As of %s"), when) : NULL;

  clear (self);
  gtk_label_set_label (self->freshness, freshness != NULL ? freshness : "");
  gtk_widget_set_visible (GTK_WIDGET (self->freshness), freshness != NULL);
  for (guint group = GROUP_BUSINESS; group < GROUP_SECURITY; group++)
    gtk_widget_set_visible (GTK_WIDGET (get_group (self, group)), sentence == NULL);

  if (sentence != NULL)
    {
      GtkWidget *row = create_row (_("Nothing Is Known of the Account"), sentence);

      adw_action_row_set_icon_name (ADW_ACTION_ROW (row), "dialog-information-symbolic");
      add_row (self, GROUP_STANDING, row);
      return;
    }

  add_heads (self, account);
  add_facts (self, account);
  add_parts (self, account, time_zone);
  add_gaps (self);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeAccount) account =
    billing_desk_read_stripe_account_finish (BILLING_DESK (object), result, &error);
  BillingAccountPage *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (account != NULL)
    show_account (self, account);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.warn", "s", error->message);
}

static void
read_account (BillingAccountPage *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (self->desk == NULL)
    return;

  self->reading = g_cancellable_new ();
  billing_desk_read_stripe_account_async (self->desk, self->reading, read_cb, self);
}

/* Keys. */

static void
show_key (BillingAccountPage *self)
{
  BillingStripeProbe *probe = self->sync != NULL ? billing_sync_get_probe (self->sync) : NULL;
  gboolean is_connected = self->sync != NULL && billing_sync_is_connected (self->sync);
  gboolean is_live = self->sync != NULL && billing_sync_get_mode (self->sync) == BILLING_SYNC_MODE_LIVE;
  g_autofree char *key = is_connected ? billing_sync_format_key (probe) : g_strdup (_("No key"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key_row), key);
  adw_action_row_set_subtitle (self->key_row, is_connected ? billing_sync_format_key_place (self->sync)
                                                           : _("What is shown here is as it was when there was one"));
  gtk_widget_set_visible (GTK_WIDGET (self->mode), is_connected);
  gtk_label_set_label (self->mode, is_live ? _("Live mode") : _("Test mode"));
  gtk_widget_remove_css_class (GTK_WIDGET (self->mode), is_live ? "pending" : "paid");
  gtk_widget_add_css_class (GTK_WIDGET (self->mode), is_live ? "paid" : "pending");
  billing_permissions_row_set_probe (self->permissions_row, is_connected ? probe : NULL);
}

static void
store_changed_cb (BillingAccountPage *self,
                  const char         *kind)
{
  static const char * const kinds[] = { "account", "balance_settings", "payouts", NULL };

  if (g_strv_contains (kinds, kind))
    read_account (self);
}

static void
set_sync (BillingStripeSection *section,
          BillingDesk          *desk,
          BillingSync          *sync)
{
  BillingAccountPage *self = BILLING_ACCOUNT_PAGE (section);

  g_set_object (&self->desk, desk);
  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  g_set_object (&self->sync, sync);
  g_signal_group_set_target (self->syncs, sync);
  billing_people_group_set_desk (self->people, desk);
  show_key (self);
  read_account (self);
}

static void
billing_account_page_dispose (GObject *object)
{
  BillingAccountPage *self = BILLING_ACCOUNT_PAGE (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);
  g_clear_object (&self->syncs);
  g_clear_object (&self->sync);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (billing_account_page_parent_class)->dispose (object);
}

static void
billing_account_page_finalize (GObject *object)
{
  BillingAccountPage *self = BILLING_ACCOUNT_PAGE (object);

  for (guint i = 0; i < N_GROUPS; i++)
    g_ptr_array_unref (self->rows[i]);

  G_OBJECT_CLASS (billing_account_page_parent_class)->finalize (object);
}

static void
billing_account_page_section_init (BillingStripeSectionInterface *iface)
{
  static const char * const streams[] = { "account", "balance_settings", NULL };

  iface->set_sync = set_sync;
  iface->streams = streams;
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BillingAccountPage, banks);
  gtk_widget_class_bind_template_child (widget_class, BillingAccountPage, branding);
  gtk_widget_class_bind_template_child (widget_class, BillingAccountPage, business);
  gtk_widget_class_bind_template_child (widget_class, BillingAccountPage, capabilities);
  gtk_widget_class_bind_template_child (widget_class, BillingAccountPage, freshness);
  gtk_widget_class_bind_template_child (widget_class, BillingAccountPage, key_row);
  gtk_widget_class_bind_template_child (widget_class, BillingAccountPage, mode);
  gtk_widget_class_bind_template_child (widget_class, BillingAccountPage, payouts);
  gtk_widget_class_bind_template_child (widget_class, BillingAccountPage, people);
  gtk_widget_class_bind_template_child (widget_class, BillingAccountPage, permissions_row);
  gtk_widget_class_bind_template_child (widget_class, BillingAccountPage, person);
  gtk_widget_class_bind_template_child (widget_class, BillingAccountPage, public_details);
  gtk_widget_class_bind_template_child (widget_class, BillingAccountPage, security);
  gtk_widget_class_bind_template_child (widget_class, BillingAccountPage, standing);
}

static void
billing_account_page_class_init (BillingAccountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_account_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = billing_account_page_finalize;

  g_type_ensure (BILLING_TYPE_PEOPLE_GROUP);
  g_type_ensure (BILLING_TYPE_PERMISSIONS_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/account-page.ui");
  bind_template (widget_class);
}

static void
billing_account_page_init (BillingAccountPage *self)
{
  for (guint i = 0; i < N_GROUPS; i++)
    self->rows[i] = g_ptr_array_new ();
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);
  self->syncs = g_signal_group_new (BILLING_TYPE_SYNC);
  g_signal_group_connect_swapped (self->syncs, "notify", G_CALLBACK (show_key), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}
