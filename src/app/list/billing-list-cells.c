/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-cells"

#include "config.h"

#include "billing-list-cells.h"

#include "billing-format.h"
#include "billing-list-cell.h"
#include "billing-list-choice-cells.h"
#include "billing-list-format.h"
#include "billing-row-label.h"
#include "billing-status.h"

/*
 * The cells of the lists. A cell is a function of the row's record, which arrives after the row, and of the day, time zone and currency of the
 * practice; what it says is billing-list-format.c's. GTK makes two hundred rows of cells for each list that it shows: expressions, which watch
 * every object on their way, would make that twice as slow as the cells' widgets are.
 */

/* The widget of a cell, and what it shows. */
typedef struct {
  const BillingListCell *cell;
  GtkWidget *child; /* (not owned): the list item's */
  const char *style; /* (not owned) (nullable): a static string */
} Binding;

static GQuark
binding_quark (void)
{
  return g_quark_from_static_string ("billing-list-cells-binding");
}

/* Payments. */

static char *
payment_sentence (gpointer            record,
                  BillingListContext *context)
{
  return billing_list_format_payment_sentence (record, billing_list_context_get_today (context));
}

static char *
payment_amount (gpointer            record,
                BillingListContext *context)
{
  BillingPayment *payment = record;

  return billing_format_money (NULL, payment->amount, payment->currency);
}

static char *
payment_status (gpointer            record,
                BillingListContext *context)
{
  BillingPayment *payment = record;

  return g_strdup (billing_status_get_label (payment->status));
}

static const char *
payment_status_style (gpointer            record,
                      BillingListContext *context)
{
  BillingPayment *payment = record;

  return billing_list_format_status_class (payment->status);
}

static char *
payment_due (gpointer            record,
             BillingListContext *context)
{
  return billing_list_format_due (record, billing_list_context_get_today (context));
}

static const char *
payment_due_style (gpointer            record,
                   BillingListContext *context)
{
  return billing_list_format_is_overdue (record, billing_list_context_get_today (context)) ? "overdue" : NULL;
}

static char *
payment_created (gpointer            record,
                 BillingListContext *context)
{
  BillingPayment *payment = record;

  return billing_list_format_instant_day (payment->created_at, billing_list_context_get_time_zone (context));
}

/* Treatments. */

static char *
treatment_sentence (gpointer            record,
                    BillingListContext *context)
{
  return billing_list_format_treatment_sentence (record, billing_list_context_get_today (context));
}

static char *
treatment_day (gpointer            record,
               BillingListContext *context)
{
  BillingTreatment *treatment = record;

  return billing_format_day (NULL, treatment->day);
}

static char *
treatment_charges (gpointer            record,
                   BillingListContext *context)
{
  BillingTreatment *treatment = record;

  return treatment->charges != 0 ? billing_format_money (NULL, treatment->charges, treatment->currency) : NULL;
}

static char *
treatment_balance (gpointer            record,
                   BillingListContext *context)
{
  BillingTreatment *treatment = record;

  return billing_list_format_balance (treatment->balance, treatment->owed_since, treatment->currency,
                                      billing_list_context_get_today (context));
}

static const char *
treatment_balance_style (gpointer            record,
                         BillingListContext *context)
{
  BillingTreatment *treatment = record;

  return billing_list_format_is_late (treatment->owed_since, billing_list_context_get_today (context)) ? "overdue" : NULL;
}

/* Patients. */

static char *
patient_sentence (gpointer            record,
                  BillingListContext *context)
{
  return billing_list_format_patient_sentence (record, billing_list_context_get_currency (context),
                                               billing_list_context_get_today (context));
}

static char *
patient_birth_date (gpointer            record,
                    BillingListContext *context)
{
  BillingPatient *patient = record;

  return billing_format_day (NULL, patient->birth_date);
}

static char *
patient_credit (gpointer            record,
                BillingListContext *context)
{
  BillingPatient *patient = record;

  if (patient->credit == 0)
    return NULL;

  return billing_format_money (NULL, patient->credit, billing_list_context_get_currency (context));
}

static char *
patient_oldest_due (gpointer            record,
                    BillingListContext *context)
{
  BillingPatient *patient = record;

  return billing_format_day (NULL, patient->owed_since);
}

static char *
patient_balance (gpointer            record,
                 BillingListContext *context)
{
  BillingPatient *patient = record;

  return billing_list_format_balance (patient->balance, patient->owed_since, billing_list_context_get_currency (context),
                                      billing_list_context_get_today (context));
}

static const char *
patient_balance_style (gpointer            record,
                       BillingListContext *context)
{
  BillingPatient *patient = record;

  return billing_list_format_is_late (patient->owed_since, billing_list_context_get_today (context)) ? "overdue" : NULL;
}

#define OF_PAYMENT(member) G_STRUCT_OFFSET (BillingPayment, member)
#define OF_TREATMENT(member) G_STRUCT_OFFSET (BillingTreatment, member)
#define OF_PATIENT(member) G_STRUCT_OFFSET (BillingPatient, member)

static const BillingListCell cells[] = {
  { "payments", "payment", CELL_NAME, 10, OF_PAYMENT (number), NULL, payment_sentence, NULL },
  { "payments", "patient", CELL_TEXT, 20, OF_PAYMENT (patient_name), NULL, NULL, NULL },
  { "payments", "amount", CELL_AMOUNT, 12, 0, payment_amount, NULL, NULL },
  { "payments", "status", CELL_STATUS, 18, 0, payment_status, NULL, payment_status_style },
  { "payments", "due", CELL_NUMERIC, 12, 0, payment_due, NULL, payment_due_style },
  { "payments", "treatment", CELL_NUMERIC, 12, OF_PAYMENT (treatment), NULL, NULL, NULL },
  { "payments", "created", CELL_NUMERIC, 12, 0, payment_created, NULL, NULL },
  { "payments", "memo", CELL_TEXT, 20, OF_PAYMENT (memo), NULL, NULL, NULL },

  { "treatments", "treatment", CELL_NAME, 10, OF_TREATMENT (number), NULL, treatment_sentence, NULL },
  { "treatments", "patient", CELL_TEXT, 20, OF_TREATMENT (patient_name), NULL, NULL, NULL },
  { "treatments", "day", CELL_NUMERIC, 12, 0, treatment_day, NULL, NULL },
  { "treatments", "physician", CELL_TEXT, 18, OF_TREATMENT (physician), NULL, NULL, NULL },
  { "treatments", "location", CELL_TEXT, 18, OF_TREATMENT (location), NULL, NULL, NULL },
  { "treatments", "codes", CELL_TEXT, 18, OF_TREATMENT (codes), NULL, NULL, NULL },
  { "treatments", "charges", CELL_AMOUNT, 12, 0, treatment_charges, NULL, NULL },
  { "treatments", "balance", CELL_AMOUNT, 18, 0, treatment_balance, NULL, treatment_balance_style },

  { "patients", "patient", CELL_NAME, 10, OF_PATIENT (number), NULL, patient_sentence, NULL },
  { "patients", "name", CELL_TEXT, 24, OF_PATIENT (name), NULL, NULL, NULL },
  { "patients", "birth-date", CELL_NUMERIC, 12, 0, patient_birth_date, NULL, NULL },
  { "patients", "phone", CELL_NUMERIC, 18, OF_PATIENT (phone), NULL, NULL, NULL },
  { "patients", "email", CELL_TEXT, 24, OF_PATIENT (email), NULL, NULL, NULL },
  { "patients", "balance", CELL_AMOUNT, 18, 0, patient_balance, NULL, patient_balance_style },
  { "patients", "credit", CELL_AMOUNT, 12, 0, patient_credit, NULL, NULL },
  { "patients", "oldest-due", CELL_NUMERIC, 12, 0, patient_oldest_due, NULL, patient_balance_style },
};

static const BillingListCell *
find_among (const BillingListCell *some,
            guint                  n,
            const char            *list,
            const char            *column)
{
  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (some[i].list, list) && g_str_equal (some[i].column, column))
        return &some[i];
    }

  return NULL;
}

static const BillingListCell *
find_cell (const char *list,
           const char *column)
{
  const BillingListCell *cell = find_among (cells, G_N_ELEMENTS (cells), list, column);

  if (cell == NULL)
    cell = find_among (billing_list_stripe_cells, billing_list_n_stripe_cells, list, column);
  if (cell == NULL)
    cell = find_among (billing_list_invoice_cells, billing_list_n_invoice_cells, list, column);
  if (cell == NULL)
    cell = find_among (billing_list_rate_cells, billing_list_n_rate_cells, list, column);
  if (cell == NULL)
    cell = find_among (billing_list_remittance_cells, billing_list_n_remittance_cells, list, column);
  if (cell == NULL)
    g_error ("There is no cell for the column “%s” of %s.", column, list);

  return cell;
}

/* The widgets. */

/* GtkInscription does not measure its text; a label that changes has the whole window measured again. */
static GtkWidget *
create_inscription (const BillingListCell *cell)
{
  GtkInscription *inscription = GTK_INSCRIPTION (gtk_inscription_new (NULL));

  gtk_inscription_set_text_overflow (inscription, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (inscription, 6);
  gtk_inscription_set_nat_chars (inscription, cell->n_chars);
  /* Where it has room for two lines, what is cut off stands higher than the rest of its row. */
  gtk_widget_set_valign (GTK_WIDGET (inscription), GTK_ALIGN_CENTER);
  if (cell->kind == CELL_AMOUNT)
    gtk_inscription_set_xalign (inscription, 1.0);
  if (cell->kind == CELL_AMOUNT || cell->kind == CELL_NUMERIC)
    gtk_widget_add_css_class (GTK_WIDGET (inscription), "numeric");

  return GTK_WIDGET (inscription);
}

/* Pills are of one width, whatever they say. */
static GtkWidget *
create_pill (const BillingListCell *cell)
{
  GtkWidget *pill = create_inscription (cell);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (pill), 0.5);
  gtk_widget_set_halign (pill, GTK_ALIGN_START);
  gtk_widget_add_css_class (pill, "status");
  return pill;
}

static GtkWidget *
create_child (const BillingListCell *cell)
{
  if (cell->kind == CELL_NAME)
    return g_object_new (BILLING_TYPE_ROW_LABEL, NULL);

  return cell->kind == CELL_STATUS ? create_pill (cell) : create_inscription (cell);
}

static void
show_text (Binding    *binding,
           const char *text)
{
  if (binding->cell->kind == CELL_NAME)
    billing_row_label_set_text (BILLING_ROW_LABEL (binding->child), text);
  else if (g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (binding->child)), text) != 0)
    gtk_inscription_set_text (GTK_INSCRIPTION (binding->child), text);
}

static void
show_style (Binding    *binding,
            const char *style)
{
  if (g_strcmp0 (binding->style, style) == 0)
    return;

  if (binding->style != NULL)
    gtk_widget_remove_css_class (binding->child, binding->style);
  if (style != NULL)
    gtk_widget_add_css_class (binding->child, style);
  binding->style = style;
}

static void
update_cb (gpointer        data,
           BillingListRow *row)
{
  Binding *binding = data;
  const BillingListCell *cell = binding->cell;
  BillingRecord *record = billing_list_row_get_record (row);
  BillingListContext *context = billing_list_row_get_context (row);
  g_autofree char *text = NULL;

  if (record != NULL && cell->member == 0)
    text = cell->get_text (record, context);
  show_text (binding, record != NULL && cell->member != 0 ? G_STRUCT_MEMBER (char *, record, cell->member) : text);

  /* A pill without a status is not even a pill. Hiding it would have the window measured again. */
  if (cell->kind == CELL_STATUS)
    gtk_widget_set_opacity (binding->child, record != NULL ? 1.0 : 0.0);
  if (cell->get_style != NULL)
    show_style (binding, record != NULL ? cell->get_style (record, context) : NULL);
  if (cell->get_sentence != NULL)
    {
      g_autofree char *sentence = record != NULL ? cell->get_sentence (record, context) : NULL;

      billing_row_label_set_sentence (BILLING_ROW_LABEL (binding->child), sentence);
    }
}

/* The factory. */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  cell)
{
  Binding *binding = g_new0 (Binding, 1);

  binding->cell = cell;
  binding->child = create_child (cell);
  gtk_list_item_set_child (item, binding->child);
  g_object_set_qdata_full (G_OBJECT (item), binding_quark (), binding, g_free);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  Binding *binding = g_object_get_qdata (G_OBJECT (item), binding_quark ());
  BillingListRow *row = gtk_list_item_get_item (item);

  billing_list_row_watch (row, update_cb, binding);
  update_cb (binding, row);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  Binding *binding = g_object_get_qdata (G_OBJECT (item), binding_quark ());

  billing_list_row_unwatch (gtk_list_item_get_item (item), binding);
}

/**
 * billing_list_cells_new_factory:
 * @list: the kind that is listed
 * @column: the id of a column of it
 *
 * Returns: (transfer full): what makes the cells of the column
 */
GtkListItemFactory *
billing_list_cells_new_factory (const char *list,
                                const char *column)
{
  const BillingListCell *cell = find_cell (list, column);
  GtkListItemFactory *factory;

  if (cell->kind == CELL_CHOICE || cell->kind == CELL_GROUP)
    return billing_list_choice_cells_new_factory (cell);

  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), (gpointer) cell);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}

/**
 * billing_list_cells_is_amount:
 * @list: the kind that is listed
 * @column: the id of a column of it
 *
 * Returns: whether its cells are amounts, which stand at their end
 */
gboolean
billing_list_cells_is_amount (const char *list,
                              const char *column)
{
  return find_cell (list, column)->kind == CELL_AMOUNT;
}
