/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-tax-settings-page"

#include "config.h"

#include "billing-tax-settings-page.h"

#include <glib/gi18n.h>

#include "billing-entry.h"
#include "billing-json-texts.h"
#include "billing-message-bar.h"
#include "billing-problem-row.h"
#include "billing-read.h"
#include "billing-stripe-section.h"
#include "billing-tax-choice-row.h"
#include "billing-tax-code-dialog.h"
#include "billing-tax-scheme.h"
#include "billing-tax-waiting.h"
#include "billing-tax.h"

struct _BillingTaxSettingsPage {
  AdwBin parent_instance;

  /* Template widgets. */
  GtkStack *stack;
  AdwStatusPage *missing_page;
  AdwActionRow *status_row;
  GtkLabel *status_label;
  AdwActionRow *provider_row;
  BillingTaxWaiting *waiting;
  AdwPreferencesGroup *office;
  BillingTaxChoiceRow *country;
  BillingProblemRow *country_problem;
  BillingTaxChoiceRow *region;
  AdwEntryRow *state;
  BillingProblemRow *state_problem;
  AdwEntryRow *postal_code;
  BillingProblemRow *postal_code_problem;
  AdwEntryRow *city;
  AdwEntryRow *line1;
  AdwEntryRow *line2;
  AdwPreferencesGroup *defaults;
  AdwActionRow *code_row;
  BillingTaxChoiceRow *behavior;
  BillingMessageBar *message;
  GtkWidget *save;
  GtkWidget *discard;

  BillingDesk *desk;            /* (owned) (nullable) */
  BillingSync *sync;            /* (owned) (nullable) */
  GSignalGroup *store;          /* (owned) */
  GCancellable *reading;        /* (owned) (nullable) */
  BillingTaxSettings *settings; /* (owned) (nullable): as Stripe has them */
  char *code;                   /* (owned) (nullable): the one that is chosen */
  gboolean is_filling;
  gboolean is_changed;          /* by the person, and not saved yet */
};

static void billing_tax_settings_page_section_init (BillingStripeSectionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BillingTaxSettingsPage, billing_tax_settings_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (BILLING_TYPE_STRIPE_SECTION, billing_tax_settings_page_section_init))

/* What is filled in. */

static gboolean
has_regions (BillingTaxSettingsPage *self)
{
  return billing_tax_has_region (billing_tax_choice_row_get_word (self->country));
}

/* (transfer full): under Stripe's names */
static GHashTable *
collect (BillingTaxSettingsPage *self)
{
  GHashTable *fields = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (fields, (gpointer) "country", g_strdup (billing_tax_choice_row_get_word (self->country)));
  g_hash_table_insert (fields, (gpointer) "state",
                       has_regions (self) ? g_strdup (billing_tax_choice_row_get_word (self->region))
                                          : billing_entry_row_dup_text (self->state));
  g_hash_table_insert (fields, (gpointer) "postal_code", billing_entry_row_dup_text (self->postal_code));
  g_hash_table_insert (fields, (gpointer) "city", billing_entry_row_dup_text (self->city));
  g_hash_table_insert (fields, (gpointer) "line1", billing_entry_row_dup_text (self->line1));
  g_hash_table_insert (fields, (gpointer) "line2", billing_entry_row_dup_text (self->line2));
  g_hash_table_insert (fields, (gpointer) "tax_behavior", g_strdup (billing_tax_choice_row_get_word (self->behavior)));
  g_hash_table_insert (fields, (gpointer) "tax_code", g_strdup (self->code != NULL ? self->code : ""));
  return fields;
}

static gboolean
is_office_empty (GHashTable *fields)
{
  const char * const *members = billing_tax_settings_list_address ();

  for (guint i = 0; members[i] != NULL; i++)
    {
      if (*(const char *) g_hash_table_lookup (fields, members[i]) != '\0')
        return FALSE;
    }

  return TRUE;
}

/* Says at the field what is wrong with it. An office that nobody has begun to fill in is none. */
static gboolean
check (BillingTaxSettingsPage *self,
       GHashTable             *fields)
{
  const char *field = NULL;
  gboolean is_empty = is_office_empty (fields) && self->settings->country == NULL;
  g_autofree char *problem =
    is_empty ? NULL : billing_tax_settings_check_address (g_hash_table_lookup (fields, "country"),
                                                          g_hash_table_lookup (fields, "state"),
                                                          g_hash_table_lookup (fields, "postal_code"), &field);

  billing_problem_row_set_message (self->country_problem, g_strcmp0 (field, "country") == 0 ? problem : NULL);
  billing_problem_row_set_message (self->state_problem, g_strcmp0 (field, "state") == 0 ? problem : NULL);
  billing_problem_row_set_message (self->postal_code_problem, g_strcmp0 (field, "postal_code") == 0 ? problem : NULL);
  return problem == NULL;
}

/* What can be saved. */

static void
update (BillingTaxSettingsPage *self)
{
  gboolean may = self->desk != NULL && billing_desk_may (self->desk, BILLING_VERB_TAX_SETTINGS);

  gtk_widget_set_sensitive (self->save, may && self->is_changed);
  gtk_widget_set_visible (self->discard, self->is_changed);
}

static void
show_regions (BillingTaxSettingsPage *self)
{
  const char *country = billing_tax_choice_row_get_word (self->country);
  const BillingTaxRegion *regions = billing_tax_list_regions (country, "province_standard");
  gboolean is_known = has_regions (self);

  billing_tax_choice_row_clear (self->region);
  for (; is_known && regions->code != NULL; regions++)
    billing_tax_choice_row_add (self->region, regions->code, regions->name);
  billing_tax_choice_row_finish (self->region);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->region), g_str_equal (country, "CA") ? _("Province") : _("State"));
  gtk_widget_set_visible (GTK_WIDGET (self->region), is_known);
  gtk_widget_set_visible (GTK_WIDGET (self->state), !is_known);
}

static void
edited_cb (BillingTaxSettingsPage *self)
{
  if (self->is_filling)
    return;

  self->is_changed = TRUE;
  billing_message_bar_set_message (self->message, NULL);
  update (self);
}

static void
country_cb (BillingTaxSettingsPage *self)
{
  if (self->is_filling)
    return;

  show_regions (self);
  edited_cb (self);
}

static void
show_code (BillingTaxSettingsPage *self,
           const char             *code,
           const char             *name)
{
  g_autofree char *old = self->code;
  g_autofree char *text = code != NULL && name != NULL ? g_strdup_printf ("%s (%s)", name, code) : g_strdup (code);

  self->code = g_strdup (code);
  adw_action_row_set_subtitle (self->code_row, text != NULL ? text : _("Not chosen"));
}

/* Showing. */

static void
show_standing (BillingTaxSettingsPage *self)
{
  BillingTaxSettings *settings = self->settings;
  gboolean is_active = g_strcmp0 (settings->status, "active") == 0;
  gboolean is_pending = g_strcmp0 (settings->status, "pending") == 0;
  g_autofree char *missing = billing_tax_settings_describe_missing (settings);
  const char *label = is_active ? _("Active") : is_pending ? _("Incomplete") : settings->status;

  gtk_label_set_label (self->status_label, label != NULL ? label : _("Not known yet"));
  gtk_widget_remove_css_class (GTK_WIDGET (self->status_label), is_active ? "pending" : "paid");
  gtk_widget_add_css_class (GTK_WIDGET (self->status_label), is_active ? "paid" : "pending");
  adw_action_row_set_subtitle (self->status_row, missing != NULL ? missing
                                                 : is_active ? _("Stripe can work out taxes wherever the business is registered.") : "");
  adw_action_row_set_subtitle (self->provider_row, g_strcmp0 (settings->provider, "stripe") == 0 || settings->provider == NULL
                                                     ? "Stripe Tax" : settings->provider);
}

static void
fill (BillingTaxSettingsPage *self)
{
  BillingTaxSettings *settings = self->settings;

  self->is_filling = TRUE;
  billing_tax_choice_row_set_word (self->country, settings->country);
  show_regions (self);
  if (has_regions (self))
    billing_tax_choice_row_set_word (self->region, settings->state);
  billing_entry_row_show_text (self->state, settings->state != NULL ? settings->state : "");
  billing_entry_row_show_text (self->postal_code, settings->postal_code != NULL ? settings->postal_code : "");
  billing_entry_row_show_text (self->city, settings->city != NULL ? settings->city : "");
  billing_entry_row_show_text (self->line1, settings->line1 != NULL ? settings->line1 : "");
  billing_entry_row_show_text (self->line2, settings->line2 != NULL ? settings->line2 : "");
  billing_tax_choice_row_set_word (self->behavior, settings->tax_behavior);
  show_code (self, settings->tax_code, settings->tax_code_name);
  self->is_filling = FALSE;
  self->is_changed = FALSE;
  billing_problem_row_set_message (self->country_problem, NULL);
  billing_problem_row_set_message (self->state_problem, NULL);
  billing_problem_row_set_message (self->postal_code_problem, NULL);
  update (self);
}

/* Where Stripe has no taxes for this account, or shows them to nobody with this key, there is nothing to be filled in. */
static void
show_stack (BillingTaxSettingsPage *self)
{
  const char *state = self->settings->fetch_state;
  g_autofree char *text = NULL;

  if (g_strcmp0 (state, "missing") == 0)
    text = g_strdup_printf (_("Stripe says: “%s” Stripe Tax is switched on in Stripe’s own dashboard."),
                            self->settings->problem != NULL ? self->settings->problem : "");
  else if (g_strcmp0 (state, "denied") == 0)
    text = g_strdup (_("The key may not read the tax settings. Allow it “Tax Settings and Registrations” where Stripe keeps the keys, "
                       "and sync again."));
  else if (self->settings->fetched_at == 0)
    text = g_strdup (_("Billing has not asked Stripe for them yet. They stand here after the next sync."));

  adw_status_page_set_title (self->missing_page,
                             g_strcmp0 (state, "missing") == 0 ? _("Stripe Tax Is Not Available") : _("No Tax Settings Yet"));
  adw_status_page_set_description (self->missing_page, text);
  gtk_stack_set_visible_child_name (self->stack, text != NULL ? "missing" : "form");
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = billing_read_finish (BILLING_STORE (object), result, &error);
  BillingTaxSettingsPage *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (records == NULL || records->len == 0)
    {
      billing_message_bar_set_message (self->message, error != NULL ? error->message : NULL);
      return;
    }

  g_set_object (&self->settings, records->pdata[0]);
  show_stack (self);
  show_standing (self);
  /* What somebody is writing stays. */
  if (!self->is_changed)
    fill (self);
}

static void
read_again (BillingTaxSettingsPage *self)
{
  billing_read_list_again (self->desk, "tax_settings", &self->reading, read_cb, self);
}

static void
store_changed_cb (BillingTaxSettingsPage *self,
                  const char             *kind)
{
  if (g_strcmp0 (kind, "tax_settings") == 0 || g_strcmp0 (kind, "tax_codes") == 0)
    read_again (self);
}

/* Saving. */

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (BillingTaxSettingsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = billing_desk_do_finish (BILLING_DESK (object), result, &error);

  if (self->desk == NULL)
    return;

  billing_message_bar_set_message (self->message, done ? NULL : error->message);
  if (!done)
    return;

  self->is_changed = FALSE;
  update (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Saved; Stripe is being told"));
  if (self->sync != NULL)
    billing_sync_now (self->sync);
}

static void
save_cb (BillingTaxSettingsPage *self)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_TAX_SETTINGS, NULL);
  g_autoptr (GHashTable) fields = NULL;

  if (self->settings == NULL || self->desk == NULL)
    return;

  fields = collect (self);
  if (!check (self, fields))
    return;

  act->fields = billing_json_texts_build (fields);
  billing_desk_do_async (self->desk, act, NULL, saved_cb, g_object_ref (self));
}

static void
discard_cb (BillingTaxSettingsPage *self)
{
  billing_message_bar_set_message (self->message, NULL);
  fill (self);
}

static void
code_chosen_cb (BillingTaxSettingsPage *self,
                const char             *code,
                const char             *name)
{
  show_code (self, code, name);
  edited_cb (self);
}

static void
code_cb (BillingTaxSettingsPage *self)
{
  GtkWindow *dialog;

  if (self->desk == NULL)
    return;

  dialog = billing_tax_code_dialog_new (self->desk, self->code);
  gtk_window_set_transient_for (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (code_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (dialog);
}

static void
show_role (BillingTaxSettingsPage *self)
{
  gboolean may = billing_desk_may (self->desk, BILLING_VERB_TAX_SETTINGS);
  g_autofree char *refusal =
    may ? NULL : billing_verb_refusal (BILLING_VERB_TAX_SETTINGS, billing_desk_get_person (self->desk)->role);

  gtk_widget_set_sensitive (GTK_WIDGET (self->office), may);
  gtk_widget_set_sensitive (GTK_WIDGET (self->defaults), may);
  gtk_widget_set_tooltip_text (self->save, refusal);
  billing_message_bar_set_message (self->message, refusal);
  update (self);
}

static void
billing_tax_settings_page_set_sync (BillingStripeSection *section,
                                    BillingDesk          *desk,
                                    BillingSync          *sync)
{
  BillingTaxSettingsPage *self = BILLING_TAX_SETTINGS_PAGE (section);

  g_set_object (&self->sync, sync);
  billing_tax_waiting_set_sync (self->waiting, desk, sync);
  if (!g_set_object (&self->desk, desk))
    return;

  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  self->is_changed = FALSE;
  if (desk == NULL)
    return;

  show_role (self);
  read_again (self);
}

/* An account in which Stripe Tax was switched on meanwhile tells so to nobody. */
static void
billing_tax_settings_page_shown (BillingStripeSection *section)
{
  BillingTaxSettingsPage *self = BILLING_TAX_SETTINGS_PAGE (section);

  if (self->sync != NULL && self->settings != NULL && g_strcmp0 (self->settings->fetch_state, "missing") == 0)
    billing_sync_list_again (self->sync, "tax_settings");
}

static void
billing_tax_settings_page_section_init (BillingStripeSectionInterface *iface)
{
  static const char * const streams[] = { "tax_settings", "tax_codes", NULL };

  iface->set_sync = billing_tax_settings_page_set_sync;
  iface->shown = billing_tax_settings_page_shown;
  iface->streams = streams;
}

static void
billing_tax_settings_page_dispose (GObject *object)
{
  BillingTaxSettingsPage *self = BILLING_TAX_SETTINGS_PAGE (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  g_clear_object (&self->sync);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->code, g_free);
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (billing_tax_settings_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, behavior);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, city);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, code_row);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, country);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, country_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, defaults);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, discard);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, line1);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, line2);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, message);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, missing_page);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, office);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, postal_code);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, postal_code_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, provider_row);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, region);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, save);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, state);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, state_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, status_label);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, status_row);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxSettingsPage, waiting);
  gtk_widget_class_bind_template_callback (widget_class, code_cb);
  gtk_widget_class_bind_template_callback (widget_class, country_cb);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
billing_tax_settings_page_class_init (BillingTaxSettingsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_tax_settings_page_dispose;

  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);
  g_type_ensure (BILLING_TYPE_TAX_CHOICE_ROW);
  g_type_ensure (BILLING_TYPE_TAX_WAITING);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/tax-settings-page.ui");
  bind_template (widget_class);
}

static void
billing_tax_settings_page_init (BillingTaxSettingsPage *self)
{
  static const char * const behaviors[] = { "exclusive", "inclusive", "inferred_by_currency" };
  const char * const *countries;

  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);

  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  countries = billing_tax_list_all_countries ();
  billing_tax_choice_row_clear (self->country);
  billing_tax_choice_row_add_countries (self->country, countries);
  billing_tax_choice_row_finish (self->country);
  billing_tax_choice_row_clear (self->behavior);
  for (guint i = 0; i < G_N_ELEMENTS (behaviors); i++)
    billing_tax_choice_row_add (self->behavior, behaviors[i], billing_tax_get_behavior_label (behaviors[i]));
  billing_tax_choice_row_finish (self->behavior);
  show_regions (self);
  self->is_filling = FALSE;
}
