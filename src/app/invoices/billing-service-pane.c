/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-service-pane"

#include "config.h"

#include "billing-service-pane.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-actionable.h"
#include "billing-day.h"
#include "billing-enums.h"
#include "billing-format.h"
#include "billing-history-group.h"
#include "billing-invoice-format.h"
#include "billing-list-statuses.h"
#include "billing-table.h"

struct _BillingServicePane {
  BillingRecordPane parent_instance;
};

/* What is read besides the service. */
typedef struct {
  GPtrArray *answers; /* (owned) (element-type BillingInsurerAnswer) */
  GPtrArray *history; /* (owned) (element-type BillingAuditEntry) */
} ServiceRead;

G_DEFINE_FINAL_TYPE (BillingServicePane, billing_service_pane, BILLING_TYPE_RECORD_PANE)

static void
service_read_free (ServiceRead *read)
{
  g_clear_pointer (&read->answers, g_ptr_array_unref);
  g_clear_pointer (&read->history, g_ptr_array_unref);
  g_free (read);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ServiceRead, service_read_free)

static gpointer
read_more (BillingConnection  *connection,
           BillingRecord      *record,
           GError            **error)
{
  g_autoptr (ServiceRead) read = g_new0 (ServiceRead, 1);

  read->answers = billing_table_select (connection, BILLING_TYPE_INSURER_ANSWER, "service_id", billing_record_get_id (record), error);
  if (read->answers == NULL)
    return NULL;
  read->history = billing_history_group_read (connection, record, error);
  return read->history != NULL ? g_steal_pointer (&read) : NULL;
}

static void
add_amount (AdwPreferencesGroup *group,
            const char          *title,
            gint64               amount,
            const char          *currency)
{
  g_autofree char *text = billing_format_money (NULL, amount, currency);

  billing_record_pane_add_fact (group, title, text);
}

static void
add_amounts (BillingRecordPane *pane,
             BillingService    *service)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (pane, _("Amounts"));
  g_autofree char *price = billing_format_money (NULL, service->price, service->currency);
  /* TRANSLATORS: units of a service, and what one costs: 2 × $80.00 */
  g_autofree char *units = g_strdup_printf (_("%" PRId64 " × %s"), service->units, price);

  billing_record_pane_add_fact (group, _("Units"), units);
  add_amount (group, _("Amount"), service->amount, service->currency);
  add_amount (group, _("Insurer’s part"), service->insurer_part, service->currency);
  add_amount (group, _("Patient’s part"), service->patient_part, service->currency);
  if (service->insurer_part == 0 && service->answered_on == NULL)
    return;

  billing_record_pane_add_fact (group, _("Insurer"), service->payer);
  if (service->allowed >= 0)
    add_amount (group, _("Allowed"), service->allowed, service->currency);
  add_amount (group, _("Paid by the insurer"), service->insurer_paid, service->currency);
  add_amount (group, _("Adjusted"), service->insurer_adjusted, service->currency);
  add_amount (group, _("Still owed by the insurer"), service->insurer_open, service->currency);
}

/* One answer in a line: what it allowed, paid, adjusted, and left to the patient. */
static char *
describe_answer (BillingInsurerAnswer *answer,
                 const char           *currency)
{
  g_autofree char *paid = billing_format_money (NULL, answer->paid, currency);
  g_autofree char *adjusted = billing_format_money (NULL, answer->adjusted, currency);
  g_autofree char *patient = answer->patient >= 0 ? billing_format_money (NULL, answer->patient, currency) : NULL;
  /* TRANSLATORS: what an insurer answered: amounts */
  g_autofree char *text = g_strdup_printf (_("paid %s, adjusted %s"), paid, adjusted);

  if (patient == NULL)
    return g_steal_pointer (&text);

  /* TRANSLATORS: “paid $60.00, adjusted $20.00”, and an amount */
  return g_strdup_printf (_("%s, patient’s part %s"), text, patient);
}

static void
add_answer (AdwPreferencesGroup  *group,
            BillingInsurerAnswer *answer,
            const char           *currency)
{
  g_autofree char *day = billing_format_day (NULL, answer->day);
  g_autofree char *what = describe_answer (answer, currency);
  g_autofree char *title = g_strjoin (" · ", day, answer->payer, NULL);
  g_autofree char *subtitle = g_strjoin (" · ", what, answer->reference, NULL);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), answer->taken_back_at != 0 ? _("Taken back") : subtitle);
  if (answer->taken_back_at == 0)
    {
      button = gtk_button_new_from_icon_name ("edit-undo-symbolic");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (button, _("Take Back This Answer"));
      gtk_widget_add_css_class (button, "flat");
      billing_actionable_set_action (GTK_ACTIONABLE (button), "services.take-back", billing_record_get_id (BILLING_RECORD (answer)));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  adw_preferences_group_add (group, row);
}

static void
add_answers (BillingRecordPane *pane,
             GPtrArray         *answers,
             const char        *currency)
{
  AdwPreferencesGroup *group;

  if (answers->len == 0)
    return;

  group = billing_record_pane_add_group (pane, _("Insurer’s Answers"));
  for (guint i = answers->len; i > 0; i--)
    add_answer (group, answers->pdata[i - 1], currency);
}

static void
add_facts (BillingRecordPane *pane,
           BillingService    *service)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (pane, _("Service"));
  const char *time_zone = billing_desk_get_practice (billing_record_pane_get_desk (pane))->time_zone;
  g_autofree char *day = billing_format_day (NULL, service->day);
  g_autofree char *reviewed = service->reviewed_at != 0 ? billing_instant_format (service->reviewed_at, time_zone, NULL) : NULL;
  g_autofree char *who = reviewed != NULL ? g_strjoin (" · ", reviewed, service->reviewed_by, NULL) : g_strdup (_("Not yet"));

  billing_record_pane_add_fact (group, _("Number"), service->number);
  billing_record_pane_add_fact (group, _("Date"), day);
  billing_record_pane_add_fact (group, _("Rate"), service->rate);
  billing_record_pane_add_fact (group, _("Location"), service->location);
  billing_record_pane_add_fact (group, _("Physician"), service->physician);
  billing_record_pane_add_fact (group, _("Reviewed"), who);
}

/* To whom it belongs, each a step away. */
static void
add_links (BillingRecordPane *pane,
           BillingService    *service)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (pane, NULL);

  billing_record_pane_add_link (group, service->patient_name, service->patient_number, "win.show-patient", service->patient_id);
  if (service->treatment_id != NULL)
    billing_record_pane_add_link (group, service->treatment, _("Treatment"), "win.show-treatment", service->treatment_id);
  if (service->invoice_id != NULL)
    billing_record_pane_add_link (group, service->invoice, _("Invoice"), "win.show-invoice", service->invoice_id);
}

static void
set_button (GtkBuilder *builder,
            const char *name,
            gboolean    visible,
            const char *id)
{
  GtkWidget *button = GTK_WIDGET (gtk_builder_get_object (builder, name));

  gtk_widget_set_visible (button, visible);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
}

/* What its state allows; who may do it is said when it is tried. */
static void
add_acts (BillingRecordPane *pane,
          BillingService    *service)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/com/example/Billing/ui/invoices/service-acts.ui");
  const char *id = billing_record_get_id (BILLING_RECORD (service));
  gboolean removed = service->state == BILLING_SERVICE_STATE_REMOVED;
  gboolean open = !removed && service->invoice_id == NULL;

  set_button (builder, "review", open && service->reviewed_at == 0, id);
  set_button (builder, "unreview", open && service->reviewed_at != 0, id);
  set_button (builder, "set_rate", open, id);
  set_button (builder, "insurer", !removed && service->payer_kind == BILLING_PAYER_KIND_INSURANCE, id);
  set_button (builder, "change", open, id);
  set_button (builder, "remove", open, id);
  set_button (builder, "restore", removed, id);
  gtk_box_append (billing_record_pane_get_body (pane), GTK_WIDGET (gtk_builder_get_object (builder, "acts")));
}

static void
fill (BillingRecordPane  *pane,
      BillingRecord      *record,
      GPtrArray         **lists)
{
  BillingService *service = BILLING_SERVICE (record);
  ServiceRead *read = billing_record_pane_get_read (pane);
  g_autofree char *title = billing_invoice_format_code (service->code_system, service->code, service->name);
  g_autofree char *state = billing_list_statuses_get_label ("services", billing_enum_nick (BILLING_TYPE_SERVICE_STATE, service->state));

  billing_record_pane_set_title (pane, title, state);
  add_acts (pane, service);
  add_amounts (pane, service);
  add_answers (pane, read->answers, service->currency);
  add_facts (pane, service);
  add_links (pane, service);
  billing_history_group_add (pane, read->history);
}

static void
billing_service_pane_class_init (BillingServicePaneClass *klass)
{
  BillingRecordPaneClass *pane_class = BILLING_RECORD_PANE_CLASS (klass);

  pane_class->get_record_type = billing_service_get_type;
  pane_class->read = read_more;
  pane_class->free_read = (GDestroyNotify) service_read_free;
  pane_class->fill = fill;
}

static void
billing_service_pane_init (BillingServicePane *self)
{
}
