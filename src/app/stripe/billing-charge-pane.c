/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-charge-pane"

#include "config.h"

#include "billing-charge-pane.h"

#include <glib/gi18n.h>

#include "billing-charge-actions.h"
#include "billing-day.h"
#include "billing-format.h"
#include "billing-list-format.h"
#include "billing-list.h"
#include "billing-patient.h"
#include "billing-story-format.h"
#include "billing-stripe-format.h"
#include "billing-stripe-status.h"
#include "billing-table.h"

/* So many open payments of the patient are shown; their page has all. */
#define MAX_OPEN 10

struct _BillingChargePane {
  BillingRecordPane parent_instance;

  BillingSync *sync; /* (owned) (nullable) */
};

/* What belongs to a payment at Stripe, read with it. */
typedef struct {
  BillingStripeStory *story; /* (owned) */
  BillingPayment *ours; /* (owned) (nullable) */
  BillingPatient *patient; /* (owned) (nullable) */
  GPtrArray *open; /* (owned) (nullable) (element-type BillingPayment) */
} More;

G_DEFINE_FINAL_TYPE (BillingChargePane, billing_charge_pane, BILLING_TYPE_RECORD_PANE)

/* Reading. */

static void
more_free (gpointer data)
{
  More *more = data;

  g_clear_pointer (&more->story, billing_stripe_story_free);
  g_clear_object (&more->ours);
  g_clear_object (&more->patient);
  g_clear_pointer (&more->open, g_ptr_array_unref);
  g_free (more);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (More, more_free)

static gboolean
read_owner (BillingConnection     *connection,
            BillingStripePayment  *stripe,
            More                  *more,
            GError               **error)
{
  g_autoptr (BillingQuery) query = NULL;
  g_autoptr (BillingRecord) record = NULL;

  if (stripe->patient_id == NULL)
    return TRUE;

  record = billing_table_get (connection, BILLING_TYPE_PATIENT, stripe->patient_id, error);
  if (record == NULL)
    return FALSE;

  more->patient = BILLING_PATIENT (g_steal_pointer (&record));
  query = billing_query_new ("payments");
  g_object_set (query, "patient", stripe->patient_id, "status", "pending,processing,failed", "limit", (gint64) MAX_OPEN, NULL);
  more->open = billing_list_rows (connection, query, error);
  return more->open != NULL;
}

static gpointer
read_more (BillingConnection  *connection,
           BillingRecord      *record,
           GError            **error)
{
  BillingStripePayment *stripe = BILLING_STRIPE_PAYMENT (record);
  g_autoptr (More) more = g_new0 (More, 1);

  more->story = billing_stripe_story_read (connection, stripe, error);
  if (more->story == NULL || !read_owner (connection, stripe, more, error))
    return NULL;

  if (stripe->payment_id != NULL)
    {
      g_autoptr (BillingRecord) ours = billing_table_get (connection, BILLING_TYPE_PAYMENT, stripe->payment_id, error);

      if (ours == NULL)
        return NULL;
      more->ours = BILLING_PAYMENT (g_steal_pointer (&ours));
    }

  return g_steal_pointer (&more);
}

/* Writing. */

static const char *
get_time_zone (BillingChargePane *self)
{
  BillingDesk *desk = billing_record_pane_get_desk (BILLING_RECORD_PANE (self));

  return billing_desk_get_practice (desk)->time_zone;
}

/* Of several disputes the last counts. */
static gboolean
is_inquiry (BillingStripeStory *story)
{
  gboolean found = FALSE;

  for (guint i = 0; i < story->events->len; i++)
    {
      BillingStoryEvent *event = story->events->pdata[i];

      if (event->what == BILLING_STORY_DISPUTED)
        found = event->detail != NULL && g_str_has_prefix (event->detail, "warning_");
    }

  return found;
}

static void
add_actions (BillingChargePane    *self,
             BillingStripePayment *stripe,
             More                 *more)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (BILLING_RECORD_PANE (self), NULL);
  BillingDesk *desk = billing_record_pane_get_desk (BILLING_RECORD_PANE (self));
  gboolean is_test = self->sync != NULL && billing_sync_get_mode (self->sync) == BILLING_SYNC_MODE_TEST;

  adw_preferences_group_add (group, billing_charge_actions_new (desk, stripe, more->ours, is_inquiry (more->story), is_test));
}

/* Payouts and disputes are opened from where they are told of. */
static char *
find_target (BillingStoryEvent *event)
{
  switch ((int) event->what)
    {
    case BILLING_STORY_PAID_OUT:
      return g_strconcat ("payments/payouts/", event->id, NULL);
    case BILLING_STORY_DISPUTED:
    case BILLING_STORY_DISPUTE_WON:
    case BILLING_STORY_DISPUTE_LOST:
    case BILLING_STORY_DISPUTE_CLOSED:
      return g_strconcat ("payments/disputes/", event->id, NULL);
    default:
      return NULL;
    }
}

static void
add_timeline (BillingChargePane *self,
              More              *more)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (BILLING_RECORD_PANE (self), _("Timeline"));

  for (guint i = 0; i < more->story->events->len; i++)
    {
      BillingStoryEvent *event = more->story->events->pdata[i];
      g_autofree char *title = billing_story_format_title (event);
      g_autofree char *detail = billing_story_format_detail (event, get_time_zone (self));
      g_autofree char *target = find_target (event);

      billing_record_pane_add_link (group, title, detail, target != NULL ? "win.show-stripe" : NULL, target);
    }
}

static void
add_money (AdwPreferencesGroup *group,
           const char          *title,
           gint64               amount,
           const char          *currency)
{
  g_autofree char *text = billing_format_money (NULL, amount, currency);

  billing_record_pane_add_fact (group, title, text);
}

static void
add_impact (BillingChargePane    *self,
            BillingStripePayment *stripe,
            More                 *more)
{
  BillingStripeStory *story = more->story;
  AdwPreferencesGroup *group = billing_record_pane_add_group (BILLING_RECORD_PANE (self), _("Balance Impact"));

  if (story->lines->len == 0)
    {
      billing_record_pane_add_fact (group, _("Net"), _("Nothing has moved on the balance"));
      return;
    }

  for (guint i = 0; i < story->lines->len; i++)
    {
      BillingStoryLine *line = story->lines->pdata[i];
      g_autofree char *title = billing_story_format_line (line);

      add_money (group, title, line->amount, story->currency);
    }
  add_money (group, _("Net"), story->net, story->currency);

  if (story->facts[BILLING_STORY_EXCHANGE_RATE] != NULL)
    {
      g_autofree char *rate = g_strdup_printf ("1 %s = %s %s", stripe->currency, story->facts[BILLING_STORY_EXCHANGE_RATE],
                                               story->currency);

      billing_record_pane_add_fact (group, _("Exchange rate"), rate);
    }
}

static void
add_owner (BillingChargePane    *self,
           BillingStripePayment *stripe,
           More                 *more)
{
  BillingDesk *desk = billing_record_pane_get_desk (BILLING_RECORD_PANE (self));
  AdwPreferencesGroup *group = billing_record_pane_add_group (BILLING_RECORD_PANE (self), _("Patient"));
  g_autofree char *today = billing_desk_get_today (desk);

  if (more->patient == NULL)
    {
      billing_record_pane_add_fact (group, _("Patient"), _("No patient"));
      billing_record_pane_add_fact (group, _("Payer at Stripe"), stripe->payer);
      billing_record_pane_add_fact (group, _("Email"), stripe->email);
      return;
    }

  billing_record_pane_add_link (group, more->patient->name, more->patient->number, "win.show-patient", stripe->patient_id);
  billing_record_pane_add_balance (BILLING_RECORD_PANE (self), group, more->patient->balance, more->patient->owed_since,
                                   billing_desk_get_practice (desk)->currency);
  if (more->ours != NULL)
    billing_record_pane_add_link (group, _("Payment"), more->ours->number, "win.show-payment", stripe->payment_id);
  for (guint i = 0; i < more->open->len; i++)
    {
      BillingPayment *payment = more->open->pdata[i];
      g_autofree char *amount = billing_format_money (NULL, payment->amount, payment->currency);
      g_autofree char *due = billing_list_format_due (payment, today);
      g_autofree char *text = g_strdup_printf (*due != '\0' ? "%s · %s" : "%s", payment->number, due);
      g_autofree char *title = g_strdup_printf (_("Open: %s"), amount);

      billing_record_pane_add_link (group, title, text, "win.show-payment", billing_record_get_id (BILLING_RECORD (payment)));
    }
}

static void
add_word (AdwPreferencesGroup *group,
          const char          *title,
          const char          *word)
{
  g_autofree char *text = billing_story_format_word (word);

  billing_record_pane_add_fact (group, title, text);
}

static char *
format_expiry (BillingStripeStory *story)
{
  const char *month = story->facts[BILLING_STORY_EXPIRY_MONTH];
  const char *year = story->facts[BILLING_STORY_EXPIRY_YEAR];

  if (month == NULL || year == NULL)
    return NULL;

  return g_strdup_printf ("%s%s/%s", month[1] == '\0' ? "0" : "", month, year);
}

static void
add_method (BillingChargePane    *self,
            BillingStripePayment *stripe,
            More                 *more)
{
  char **facts = more->story->facts;
  AdwPreferencesGroup *group = billing_record_pane_add_group (BILLING_RECORD_PANE (self), _("Payment Method"));
  g_autofree char *method = billing_stripe_format_method (stripe);
  g_autofree char *expiry = format_expiry (more->story);

  billing_record_pane_add_fact (group, _("Method"), *method != '\0' ? method : _("None yet"));
  billing_record_pane_add_fact (group, _("Expires"), expiry);
  add_word (group, _("Funding"), facts[BILLING_STORY_FUNDING]);
  add_word (group, _("Wallet"), facts[BILLING_STORY_WALLET]);
  add_word (group, _("Network"), facts[BILLING_STORY_NETWORK]);
  billing_record_pane_add_fact (group, _("Country"), facts[BILLING_STORY_COUNTRY]);
  add_word (group, _("CVC check"), facts[BILLING_STORY_CHECK_CVC]);
  add_word (group, _("Address check"), facts[BILLING_STORY_CHECK_ADDRESS]);
  add_word (group, _("Postal code check"), facts[BILLING_STORY_CHECK_POSTAL_CODE]);
  billing_record_pane_add_fact (group, _("Bank"), facts[BILLING_STORY_BANK_NAME]);
  add_word (group, _("Account type"), facts[BILLING_STORY_BANK_ACCOUNT_TYPE]);
  add_word (group, _("Account holder"), facts[BILLING_STORY_BANK_HOLDER_TYPE]);
  billing_record_pane_add_fact (group, _("Routing number"), facts[BILLING_STORY_BANK_ROUTING]);
}

static void
add_risk (BillingChargePane *self,
          More              *more)
{
  char **facts = more->story->facts;
  AdwPreferencesGroup *group;

  if (facts[BILLING_STORY_RISK_LEVEL] == NULL && facts[BILLING_STORY_SELLER_MESSAGE] == NULL)
    return;

  group = billing_record_pane_add_group (BILLING_RECORD_PANE (self), _("Risk"));
  add_word (group, _("Level"), facts[BILLING_STORY_RISK_LEVEL]);
  billing_record_pane_add_fact (group, _("Score"), facts[BILLING_STORY_RISK_SCORE]);
  billing_record_pane_add_fact (group, _("Rule"), facts[BILLING_STORY_RISK_RULE]);
  add_word (group, _("Reason"), facts[BILLING_STORY_RISK_REASON]);
  billing_record_pane_add_fact (group, _("Stripe says"), facts[BILLING_STORY_SELLER_MESSAGE]);
}

static void
add_receipt (BillingChargePane *self,
             More              *more)
{
  char **facts = more->story->facts;
  AdwPreferencesGroup *group;
  GtkWidget *button;

  if (facts[BILLING_STORY_RECEIPT_URL] == NULL && facts[BILLING_STORY_RECEIPT_NUMBER] == NULL &&
      facts[BILLING_STORY_RECEIPT_EMAIL] == NULL)
    return;

  group = billing_record_pane_add_group (BILLING_RECORD_PANE (self), _("Receipt"));
  billing_record_pane_add_fact (group, _("Number"), facts[BILLING_STORY_RECEIPT_NUMBER]);
  billing_record_pane_add_fact (group, _("Sent to"), facts[BILLING_STORY_RECEIPT_EMAIL]);
  if (facts[BILLING_STORY_RECEIPT_URL] == NULL)
    return;

  button = gtk_link_button_new_with_label (facts[BILLING_STORY_RECEIPT_URL], _("Stripe’s Receipt"));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  adw_preferences_group_set_header_suffix (group, button);
}

static void
add_details (BillingChargePane    *self,
             BillingStripePayment *stripe,
             More                 *more)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (BILLING_RECORD_PANE (self), _("Details"));

  billing_record_pane_add_fact (group, _("Description"), stripe->description);
  billing_record_pane_add_fact (group, _("On the statement"), more->story->facts[BILLING_STORY_DESCRIPTOR]);
  billing_record_pane_add_fact (group, _("Payment intent"), stripe->payment_intent);
  billing_record_pane_add_fact (group, _("Charge"), stripe->charge);
  billing_record_pane_add_fact (group, _("Customer"), stripe->customer);
}

static void
fill (BillingRecordPane  *pane,
      BillingRecord      *record,
      GPtrArray         **lists)
{
  BillingChargePane *self = BILLING_CHARGE_PANE (pane);
  BillingStripePayment *stripe = BILLING_STRIPE_PAYMENT (record);
  More *more = billing_record_pane_get_read (pane);
  g_autofree char *amount = billing_format_money (NULL, stripe->amount, stripe->currency);
  g_autofree char *payer = billing_stripe_format_payer (stripe);

  billing_record_pane_set_title (pane, amount, payer);
  add_actions (self, stripe, more);
  add_timeline (self, more);
  add_impact (self, stripe, more);
  add_owner (self, stripe, more);
  add_method (self, stripe, more);
  add_risk (self, more);
  add_receipt (self, more);
  add_details (self, stripe, more);
}

static void
billing_charge_pane_dispose (GObject *object)
{
  g_clear_object (&BILLING_CHARGE_PANE (object)->sync);

  G_OBJECT_CLASS (billing_charge_pane_parent_class)->dispose (object);
}

static void
billing_charge_pane_class_init (BillingChargePaneClass *klass)
{
  BillingRecordPaneClass *pane_class = BILLING_RECORD_PANE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_charge_pane_dispose;

  pane_class->get_record_type = billing_stripe_payment_get_type;
  pane_class->read = read_more;
  pane_class->free_read = more_free;
  pane_class->fill = fill;
}

static void
billing_charge_pane_init (BillingChargePane *self)
{
}

void
billing_charge_pane_set_sync (BillingChargePane *self,
                              BillingSync       *sync)
{
  g_set_object (&self->sync, sync);
}
