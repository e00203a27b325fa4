/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-record-pane"

#include "config.h"

#include "billing-record-pane.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-enums.h"
#include "billing-field-row.h"
#include "billing-format.h"
#include "billing-invoice-format.h"
#include "billing-list-format.h"
#include "billing-list-statuses.h"
#include "billing-list.h"
#include "billing-status.h"
#include "billing-table.h"

/* Of what belongs to a record; the page has the rest. */
#define MAX_ROWS 50

typedef struct {
  /* Template widgets. */
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkBox *body;
  GtkScrolledWindow *scroller;

  BillingDesk *desk; /* (owned) (nullable) */
  GSignalGroup *store; /* (owned) */
  GCancellable *reading; /* (owned) (nullable) */
  char *id; /* (owned) (nullable) */
  gpointer more; /* (not owned) (nullable): while the pane is filled */
} BillingRecordPanePrivate;

/* What one read brings. */
typedef struct {
  BillingRecordPane *pane; /* (not owned): gone when the read was cancelled */
  GType type;
  char *id; /* (owned) */
  BillingQuery *queries[BILLING_RECORD_PANE_MAX_LISTS]; /* (owned) (nullable) */
  BillingRecord *record; /* (owned) (nullable) */
  GPtrArray *lists[BILLING_RECORD_PANE_MAX_LISTS]; /* (owned) (nullable) */
  BillingRecordPaneClass *klass; /* (not owned): static */
  gpointer more; /* (owned) (nullable): what the class reads besides */
} Reading;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BillingRecordPane, billing_record_pane, ADW_TYPE_BIN)

static BillingRecordPanePrivate *
get_priv (BillingRecordPane *self)
{
  return billing_record_pane_get_instance_private (self);
}

static void
reading_free (Reading *reading)
{
  for (guint i = 0; i < BILLING_RECORD_PANE_MAX_LISTS; i++)
    {
      g_clear_object (&reading->queries[i]);
      g_clear_pointer (&reading->lists[i], g_ptr_array_unref);
    }

  if (reading->more != NULL)
    reading->klass->free_read (reading->more);
  g_clear_object (&reading->record);
  g_free (reading->id);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static gboolean
read_record (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  Reading *reading = data;

  reading->record = billing_table_get (connection, reading->type, reading->id, error);
  if (reading->record == NULL)
    return FALSE;

  for (guint i = 0; i < BILLING_RECORD_PANE_MAX_LISTS && reading->queries[i] != NULL; i++)
    {
      reading->lists[i] = billing_list_rows (connection, reading->queries[i], error);
      if (reading->lists[i] == NULL)
        return FALSE;
    }

  if (reading->klass->read != NULL)
    reading->more = reading->klass->read (connection, reading->record, error);
  return reading->klass->read == NULL || reading->more != NULL;
}

static void
clear (BillingRecordPane *self)
{
  BillingRecordPanePrivate *priv = get_priv (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (priv->body))) != NULL)
    gtk_box_remove (priv->body, child);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = billing_store_read_finish (BILLING_STORE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  clear (reading->pane);
  get_priv (reading->pane)->more = reading->more;
  if (done)
    reading->klass->fill (reading->pane, reading->record, reading->lists);
  else
    billing_record_pane_set_title (reading->pane, _("Cannot Be Shown"), error->message);
  get_priv (reading->pane)->more = NULL;
}

static void
load (BillingRecordPane *self)
{
  BillingRecordPanePrivate *priv = get_priv (self);
  BillingRecordPaneClass *klass = BILLING_RECORD_PANE_GET_CLASS (self);
  Reading *reading;

  g_cancellable_cancel (priv->reading);
  g_clear_object (&priv->reading);
  if (priv->desk == NULL || priv->id == NULL)
    return;

  priv->reading = g_cancellable_new ();
  reading = g_new0 (Reading, 1);
  reading->pane = self;
  reading->klass = klass;
  reading->type = klass->get_record_type ();
  reading->id = g_strdup (priv->id);
  for (guint i = 0; i < BILLING_RECORD_PANE_MAX_LISTS && klass->lists[i].list != NULL; i++)
    {
      reading->queries[i] = billing_desk_query (priv->desk, klass->lists[i].list);
      g_object_set (reading->queries[i],
                    klass->lists[i].property, priv->id,
                    "limit", (gint64) MAX_ROWS,
                    NULL);
    }

  billing_store_read_async (billing_desk_get_store (priv->desk), read_record, reading, NULL,
                            priv->reading, read_cb, reading);
}

static void
store_changed_cb (BillingRecordPane *self,
                  const char        *kind)
{
  static const char * const kinds[] = {
    "assignments", "balance_transactions", "charges", "coverages", "documents", "notes", "dispute_answers", "dispute_files", "disputes", "insurer_answers", "invoices", "patients",
    "payments", "notices", "payouts", "rate_prices", "rates", "remittance_lines", "remittances", "services", "stripe_payments", "tax_registrations", "treatments", "treatment_codes", NULL
  };

  if (g_strv_contains (kinds, kind))
    load (self);
}

static void
billing_record_pane_dispose (GObject *object)
{
  BillingRecordPane *self = BILLING_RECORD_PANE (object);
  BillingRecordPanePrivate *priv = get_priv (self);

  g_cancellable_cancel (priv->reading);
  g_clear_object (&priv->reading);
  g_clear_object (&priv->store);
  g_clear_object (&priv->desk);
  g_clear_pointer (&priv->id, g_free);
  /* gtk_widget_dispose_template() looks for the template of the subclass, which has none. */
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (billing_record_pane_parent_class)->dispose (object);
}

static void
billing_record_pane_class_init (BillingRecordPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_record_pane_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/list/record-pane.ui");
  gtk_widget_class_bind_template_child_private (widget_class, BillingRecordPane, body);
  gtk_widget_class_bind_template_child_private (widget_class, BillingRecordPane, scroller);
  gtk_widget_class_bind_template_child_private (widget_class, BillingRecordPane, subtitle);
  gtk_widget_class_bind_template_child_private (widget_class, BillingRecordPane, title);
}

static void
billing_record_pane_init (BillingRecordPane *self)
{
  BillingRecordPanePrivate *priv = get_priv (self);

  priv->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (priv->store, "changed", G_CALLBACK (store_changed_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

BillingDesk *
billing_record_pane_get_desk (BillingRecordPane *self)
{
  return get_priv (self)->desk;
}

void
billing_record_pane_set_desk (BillingRecordPane *self,
                              BillingDesk       *desk)
{
  BillingRecordPanePrivate *priv = get_priv (self);

  if (!g_set_object (&priv->desk, desk))
    return;

  g_signal_group_set_target (priv->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  load (self);
}

/**
 * billing_record_pane_set_record:
 * @self: a pane
 * @id: (nullable): id of what it shows; %NULL: nothing
 */
void
billing_record_pane_set_record (BillingRecordPane *self,
                                const char        *id)
{
  BillingRecordPanePrivate *priv = get_priv (self);
  BillingRecordPaneClass *klass = BILLING_RECORD_PANE_GET_CLASS (self);

  if (g_strcmp0 (priv->id, id) == 0)
    return;

  g_free (priv->id);
  priv->id = g_strdup (id);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (priv->scroller), 0.0);
  if (id == NULL)
    {
      clear (self);
      billing_record_pane_set_title (self, "", "");
    }
  else if (klass->shown != NULL && priv->desk != NULL)
    {
      klass->shown (self, id);
    }

  load (self);
}

/**
 * billing_record_pane_get_read:
 * @self: a pane that is being filled
 *
 * Returns: (transfer none) (nullable): what its class read besides the record
 */
gpointer
billing_record_pane_get_read (BillingRecordPane *self)
{
  return get_priv (self)->more;
}

void
billing_record_pane_set_title (BillingRecordPane *self,
                               const char        *title,
                               const char        *subtitle)
{
  BillingRecordPanePrivate *priv = get_priv (self);

  gtk_label_set_label (priv->title, title);
  gtk_label_set_label (priv->subtitle, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->subtitle), subtitle != NULL && *subtitle != '\0');
}

/* What stands under the title; it is emptied before each fill(). */
GtkBox *
billing_record_pane_get_body (BillingRecordPane *self)
{
  return get_priv (self)->body;
}

AdwPreferencesGroup *
billing_record_pane_add_group (BillingRecordPane *self,
                               const char        *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title != NULL ? title : "");
  gtk_box_append (get_priv (self)->body, group);
  return ADW_PREFERENCES_GROUP (group);
}

static GtkWidget *
create_row (const char *title,
            const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  return row;
}

/* A word on the left and what it is on the right; nothing where nothing is known. */
void
billing_record_pane_add_fact (AdwPreferencesGroup *group,
                              const char          *title,
                              const char          *value)
{
  if (value != NULL && *value != '\0')
    adw_preferences_group_add (group, g_object_new (BILLING_TYPE_FIELD_ROW, "title", title, "value", value, NULL));
}

/**
 * billing_record_pane_add_balance:
 * @self: a pane
 * @group: of its facts
 * @balance: minor units that are owed
 * @owed_since: (nullable): the first day on which some of it is due
 * @currency: ISO 4217
 *
 * Says what is owed, and, where some of it is late, since when.
 */
void
billing_record_pane_add_balance (BillingRecordPane   *self,
                                 AdwPreferencesGroup *group,
                                 gint64               balance,
                                 const char          *owed_since,
                                 const char          *currency)
{
  g_autofree char *today = billing_desk_get_today (get_priv (self)->desk);
  g_autofree char *amount = billing_format_money (NULL, balance, currency);
  g_autofree char *day = NULL;
  GtkWidget *row;

  billing_record_pane_add_fact (group, _("Balance"), amount);
  if (!billing_list_format_is_late (owed_since, today))
    return;

  day = billing_format_day (NULL, owed_since);
  row = g_object_new (BILLING_TYPE_FIELD_ROW, "title", _("Overdue since"), "value", day, NULL);
  gtk_widget_add_css_class (row, "overdue-row");
  adw_preferences_group_add (group, row);
}

static void
make_link (GtkWidget  *row,
           const char *action,
           const char *id)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", id);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
}

/**
 * billing_record_pane_add_link:
 * @group: of what belongs to the record
 * @title: what it is called
 * @subtitle: what it is
 * @action: (nullable): what shows it: `win.show-payment`; %NULL: there is nothing more to show
 * @id: (nullable): its parameter
 */
void
billing_record_pane_add_link (AdwPreferencesGroup *group,
                              const char          *title,
                              const char          *subtitle,
                              const char          *action,
                              const char          *id)
{
  GtkWidget *row = create_row (title, subtitle);

  if (action != NULL)
    make_link (row, action, id);
  adw_preferences_group_add (group, row);
}

static GtkWidget *
create_status (BillingPayment *payment)
{
  GtkWidget *label = gtk_label_new (billing_status_get_label (payment->status));

  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "status");
  gtk_widget_add_css_class (label, billing_list_format_status_class (payment->status));
  return label;
}

static GtkWidget *
create_payment_row (BillingPayment *payment,
                    const char     *today)
{
  g_autofree char *amount = billing_format_money (NULL, payment->amount, payment->currency);
  g_autofree char *due = billing_list_format_due (payment, today);
  g_autofree char *subtitle = *due != '\0'
    ? g_strdup_printf ("%s · %s", payment->number, due) : g_strdup (payment->number);
  GtkWidget *row = create_row (amount, subtitle);

  if (billing_list_format_is_overdue (payment, today))
    gtk_widget_add_css_class (row, "overdue-row");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_status (payment));
  make_link (row, "win.show-payment", billing_record_get_id (BILLING_RECORD (payment)));
  return row;
}

void
billing_record_pane_add_payments (BillingRecordPane *self,
                                  GPtrArray         *payments)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (self, _("Payments"));
  g_autofree char *today = billing_desk_get_today (get_priv (self)->desk);

  for (guint i = 0; i < payments->len; i++)
    adw_preferences_group_add (group, create_payment_row (g_ptr_array_index (payments, i), today));

  if (payments->len == 0)
    adw_preferences_group_add (group, create_row (_("No payments yet"), NULL));
}

static void
mark_overdue (GtkWidget *row)
{
  GtkWidget *label = gtk_label_new (_("Overdue"));

  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "status");
  gtk_widget_add_css_class (label, "failed");
  gtk_widget_add_css_class (row, "overdue-row");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

void
billing_record_pane_add_treatments (BillingRecordPane *self,
                                    GPtrArray         *treatments)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (self, _("Treatments"));
  g_autofree char *today = billing_desk_get_today (get_priv (self)->desk);

  for (guint i = 0; i < treatments->len; i++)
    {
      BillingTreatment *treatment = g_ptr_array_index (treatments, i);
      g_autofree char *day = billing_format_day (NULL, treatment->day);
      g_autofree char *subtitle = g_strdup_printf ("%s · %s", treatment->number,
                                                   treatment->physician != NULL ? treatment->physician : treatment->state);
      GtkWidget *row = create_row (day, subtitle);

      if (billing_list_format_is_late (treatment->owed_since, today))
        mark_overdue (row);
      make_link (row, "win.show-treatment", billing_record_get_id (BILLING_RECORD (treatment)));
      adw_preferences_group_add (group, row);
    }

  if (treatments->len == 0)
    adw_preferences_group_add (group, create_row (_("No treatments yet"), NULL));
}

static GtkWidget *
create_service_row (BillingService *service)
{
  g_autofree char *title = billing_invoice_format_code (service->code_system, service->code, service->name);
  g_autofree char *amount = billing_format_money (NULL, service->amount, service->currency);
  g_autofree char *day = billing_format_day (NULL, service->day);
  g_autofree char *state = billing_list_statuses_get_label ("services", billing_enum_nick (BILLING_TYPE_SERVICE_STATE, service->state));
  g_autofree char *subtitle = g_strjoin (" · ", service->number, day, amount, state, NULL);
  GtkWidget *row = create_row (title, subtitle);

  make_link (row, "win.show-service", billing_record_get_id (BILLING_RECORD (service)));
  return row;
}

/* What was billed, or will be; nothing where nothing is. */
void
billing_record_pane_add_services (BillingRecordPane *self,
                                  GPtrArray         *services)
{
  AdwPreferencesGroup *group;

  if (services->len == 0)
    return;

  group = billing_record_pane_add_group (self, _("Services"));
  for (guint i = 0; i < services->len; i++)
    adw_preferences_group_add (group, create_service_row (services->pdata[i]));
}
