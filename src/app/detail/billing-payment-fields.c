/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payment-fields"

#include "config.h"

#include "billing-payment-fields.h"

#include <glib/gi18n.h>

#include "billing-day-row.h"
#include "billing-detail-format.h"
#include "billing-entry.h"
#include "billing-enums.h"
#include "billing-field-row.h"
#include "billing-format.h"
#include "billing-money-row.h"
#include "billing-problem-row.h"
#include "billing-status.h"
#include "billing-treatment-row.h"
#include "billing-undo.h"
#include "billing-verb.h"

/* What can be edited in place. */
typedef enum {
  AMOUNT,
  DUE,
  TYPE,
  TREATMENT,
  MEMO,
  N_FIELDS,
} Field;

struct _BillingPaymentFields {
  BillingDetailSection parent_instance;

  /* Template widgets, each by its field */
  BillingFieldRow *rows[N_FIELDS]; /* (not owned): what stands there */
  GtkWidget *editors[N_FIELDS]; /* (not owned): in its place while it is edited */
  BillingProblemRow *problems[N_FIELDS]; /* (not owned) */
  GtkWidget *invoice_row; /* (not owned) */
  GtkWidget *link_note; /* (not owned) */

  GSignalGroup *dossier_signals; /* (owned) */
  Field editing; /* N_FIELDS: nothing */
  char *payment_id; /* (owned) (nullable): whose field is edited */
  gboolean filling; /* the editor is not changed by a person */
  gboolean saving;
};

static const struct {
  const char *row;
  const char *editor;
  const char *problem;
} children[N_FIELDS] = {
  [AMOUNT] = { "amount_row", "amount_editor", "amount_problem" },
  [DUE] = { "due_row", "due_editor", "due_problem" },
  [TYPE] = { "type_row", "type_editor", "type_problem" },
  [TREATMENT] = { "treatment_row", "treatment_editor", "treatment_problem" },
  [MEMO] = { "memo_row", "memo_editor", "memo_problem" },
};

G_DEFINE_FINAL_TYPE (BillingPaymentFields, billing_payment_fields, BILLING_TYPE_DETAIL_SECTION)

static BillingDossier *
get_dossier (BillingPaymentFields *self)
{
  return billing_detail_section_get_dossier (BILLING_DETAIL_SECTION (self));
}

static BillingPayment *
get_payment (BillingPaymentFields *self)
{
  return billing_dossier_get_payment (get_dossier (self));
}

static gboolean
has_open_link (BillingPaymentFields *self)
{
  BillingLink *link = billing_dossier_get_link (get_dossier (self));

  return link != NULL && (link->state == BILLING_LINK_STATE_WAITING || link->state == BILLING_LINK_STATE_OPEN);
}

/* What is there now, as the editor shows it. */
static void
fill_editor (BillingPaymentFields *self,
             Field                 field)
{
  BillingPayment *payment = get_payment (self);
  GtkWidget *editor = self->editors[field];
  g_autofree char *text = NULL;

  switch (field)
    {
    case AMOUNT:
      billing_money_row_set_currency (BILLING_MONEY_ROW (editor), payment->currency);
      text = billing_format_money (NULL, payment->amount, payment->currency);
      billing_entry_row_show_text (ADW_ENTRY_ROW (editor), text);
      break;
    case DUE:
      text = billing_format_day (NULL, payment->due_on);
      billing_entry_row_show_text (ADW_ENTRY_ROW (editor), text);
      break;
    case TYPE:
      adw_combo_row_set_selected (ADW_COMBO_ROW (editor), payment->payment_type);
      break;
    case TREATMENT:
      billing_treatment_row_set_patient (BILLING_TREATMENT_ROW (editor), billing_dossier_get_desk (get_dossier (self)),
                                         payment->patient_id, payment->treatment_id);
      break;
    case MEMO:
    case N_FIELDS:
    default:
      billing_entry_row_show_text (ADW_ENTRY_ROW (editor), payment->memo != NULL ? payment->memo : "");
    }
}

static void
show_editor (BillingPaymentFields *self,
             Field                 field,
             gboolean              shown)
{
  billing_problem_row_set_message (self->problems[field], NULL);
  gtk_widget_set_visible (self->editors[field], shown);
  billing_field_row_set_editing (self->rows[field], shown);
  gtk_widget_set_visible (self->link_note, shown && field == AMOUNT && has_open_link (self));
}

static void
end_edit (BillingPaymentFields *self)
{
  Field field = self->editing;

  if (field == N_FIELDS)
    return;

  self->editing = N_FIELDS;
  g_clear_pointer (&self->payment_id, g_free);
  show_editor (self, field, FALSE);
}

static void
begin_edit (BillingPaymentFields *self,
            Field                 field)
{
  end_edit (self);

  self->editing = field;
  self->payment_id = g_strdup (billing_record_get_id (BILLING_RECORD (get_payment (self))));
  self->filling = TRUE;
  fill_editor (self, field);
  self->filling = FALSE;
  show_editor (self, field, TRUE);
  gtk_widget_grab_focus (self->editors[field]);
}

/* What is asked for: what the editor says, or what is there now. */
static void
set_field (BillingAct     *act,
           Field           field,
           gint64          amount,
           const char     *text)
{
  static const char * const names[N_FIELDS] = {
    [DUE] = "due", [TYPE] = "payment-type", [TREATMENT] = "treatment", [MEMO] = "memo",
  };

  if (field == AMOUNT)
    g_object_set (act, "has-amount", TRUE, "amount", amount, NULL);
  else
    g_object_set (act, names[field], text != NULL ? text : "", NULL);
}

static gboolean
read_editor (BillingPaymentFields  *self,
             BillingAct            *act,
             GError               **error)
{
  GtkWidget *editor = self->editors[self->editing];
  g_autofree char *text = NULL;
  gint64 amount = 0;

  switch (self->editing)
    {
    case AMOUNT:
      if (!billing_money_row_get_amount (BILLING_MONEY_ROW (editor), &amount, error))
        return FALSE;
      break;
    case DUE:
      if (!billing_day_row_get_day (BILLING_DAY_ROW (editor), &text, error))
        return FALSE;
      break;
    case TYPE:
      text = g_strdup (billing_enum_nick (billing_payment_type_get_type (),
                                          (int) adw_combo_row_get_selected (ADW_COMBO_ROW (editor))));
      break;
    case TREATMENT:
      text = g_strdup (billing_treatment_row_get_id (BILLING_TREATMENT_ROW (editor)));
      break;
    case MEMO:
    case N_FIELDS:
    default:
      text = billing_entry_row_dup_text (ADW_ENTRY_ROW (editor));
    }

  set_field (act, self->editing, amount, text);
  return TRUE;
}

static BillingAct *
build_undo (BillingPayment *payment,
            Field           field)
{
  BillingAct *act = billing_act_new (BILLING_VERB_PAYMENT_EDIT, billing_record_get_id (BILLING_RECORD (payment)));
  const char * const before[N_FIELDS] = {
    [DUE] = payment->due_on,
    [TYPE] = billing_enum_nick (billing_payment_type_get_type (), payment->payment_type),
    [TREATMENT] = payment->treatment_id,
    [MEMO] = payment->memo,
  };

  set_field (act, field, payment->amount, before[field]);
  return act;
}

/* An edit on its way, and how to take it back. */
typedef struct {
  BillingPaymentFields *fields; /* (owned) */
  Field field;
  BillingAct *undo; /* (owned) */
  char *toast; /* (owned) */
  gboolean closes_link;
} Edit;

static void
edit_free (Edit *edit)
{
  g_object_unref (edit->fields);
  g_object_unref (edit->undo);
  g_free (edit->toast);
  g_free (edit);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Edit, edit_free)

static gboolean
is_still_edited (Edit *edit)
{
  return edit->fields->editing == edit->field && g_strcmp0 (edit->fields->payment_id, edit->undo->subject) == 0;
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Edit) edit = user_data;
  BillingPaymentFields *self = edit->fields;
  g_autoptr (GError) error = NULL;
  gboolean done = billing_desk_do_finish (BILLING_DESK (object), result, &error);

  self->saving = FALSE;
  if (!done)
    {
      /* What was refused stays to be corrected; where it is out of sight, the pane says so. */
      if (is_still_edited (edit))
        billing_problem_row_set_message (self->problems[edit->field], error->message);
      else
        billing_detail_section_complain (BILLING_DETAIL_SECTION (self), error->message);
      return;
    }

  if (is_still_edited (edit))
    {
      end_edit (self);
      billing_field_row_focus (self->rows[edit->field]);
    }
  billing_undo_tell (GTK_WIDGET (self), BILLING_DESK (object), edit->toast, edit->undo);
  if (edit->closes_link)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.sync-now", NULL);
}

static void
save (BillingPaymentFields *self)
{
  g_autoptr (BillingAct) act = NULL;
  g_autoptr (GError) error = NULL;
  BillingPayment *payment = get_payment (self);
  Edit *edit;

  if (self->editing == N_FIELDS || self->saving || payment == NULL)
    return;

  act = billing_act_new (BILLING_VERB_PAYMENT_EDIT, self->payment_id);
  if (!read_editor (self, act, &error))
    {
      billing_problem_row_set_message (self->problems[self->editing], error->message);
      gtk_widget_grab_focus (self->editors[self->editing]);
      return;
    }

  edit = g_new0 (Edit, 1);
  edit->fields = g_object_ref (self);
  edit->field = self->editing;
  edit->undo = build_undo (payment, self->editing);
  edit->toast = g_strdup_printf (_("%s changed"), payment->number);
  edit->closes_link = self->editing == AMOUNT && has_open_link (self);
  self->saving = TRUE;
  billing_problem_row_set_message (self->problems[self->editing], NULL);
  billing_desk_do_async (billing_dossier_get_desk (get_dossier (self)), act, NULL, saved_cb, edit);
}

/* A choice is made with one click. */
static void
chosen_cb (BillingPaymentFields *self)
{
  if (!self->filling && self->editing != N_FIELDS && gtk_widget_get_mapped (self->editors[self->editing]))
    save (self);
}

/* The treatments come a moment later, and are no choice of anybody's. */
static void
treatment_chosen_cb (BillingPaymentFields *self)
{
  BillingPayment *payment = get_payment (self);
  const char *id = billing_treatment_row_get_id (BILLING_TREATMENT_ROW (self->editors[TREATMENT]));

  if (!self->filling && self->editing == TREATMENT && gtk_widget_get_sensitive (self->editors[TREATMENT]) &&
      g_strcmp0 (id, payment->treatment_id != NULL ? payment->treatment_id : "") != 0)
    save (self);
}

static void
treatments_loaded_cb (BillingPaymentFields *self,
                      const char           *problem)
{
  gboolean any = gtk_widget_get_sensitive (self->editors[TREATMENT]);

  if (self->editing != TREATMENT)
    return;

  if (problem == NULL && !any)
    problem = _("This patient has no treatments to choose from.");
  billing_problem_row_set_message (self->problems[TREATMENT], problem);
  if (any)
    gtk_widget_grab_focus (self->editors[TREATMENT]);
}

static void
typed_cb (BillingPaymentFields *self)
{
  if (self->editing != N_FIELDS)
    billing_problem_row_set_message (self->problems[self->editing], NULL);
}

static void
restore_cb (BillingPaymentFields *self)
{
  Field field = self->editing;

  end_edit (self);
  if (field != N_FIELDS)
    billing_field_row_focus (self->rows[field]);
}

static gboolean
key_pressed_cb (BillingPaymentFields *self,
                guint                 key,
                guint                 code,
                GdkModifierType       modifiers)
{
  if (key != GDK_KEY_Escape || self->editing == N_FIELDS)
    return GDK_EVENT_PROPAGATE;

  restore_cb (self);
  return GDK_EVENT_STOP;
}

static void
edit_cb (BillingPaymentFields *self,
         BillingFieldRow      *row)
{
  for (guint i = 0; i < N_FIELDS; i++)
    {
      if (self->rows[i] == row)
        begin_edit (self, i);
    }
}

static void
row_activated_cb (BillingPaymentFields *self,
                  GtkListBoxRow        *row)
{
  if (BILLING_IS_FIELD_ROW (row))
    billing_field_row_edit (BILLING_FIELD_ROW (row));
}

static void
update (BillingPaymentFields *self)
{
  BillingPayment *payment = get_payment (self);
  g_autofree char *lock = NULL;

  if (payment == NULL)
    return;

  gtk_widget_set_visible (self->invoice_row, payment->invoice_id != NULL);
  lock = billing_detail_format_lock (NULL, payment->status);
  for (guint i = 0; i < N_FIELDS; i++)
    billing_field_row_set_lock (self->rows[i], *lock != '\0' ? lock : NULL);

  /* Another payment came into sight, or this one is closed by now. */
  if (self->editing != N_FIELDS &&
      (*lock != '\0' || g_strcmp0 (self->payment_id, billing_record_get_id (BILLING_RECORD (payment))) != 0))
    end_edit (self);
}

static void
fill_types (BillingPaymentFields *self)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  for (int type = BILLING_PAYMENT_TYPE_NONE; type <= BILLING_PAYMENT_TYPE_PRIVATE_PAY; type++)
    gtk_string_list_append (model, billing_payment_type_get_label (type));

  self->filling = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self->editors[TYPE]), G_LIST_MODEL (model));
  self->filling = FALSE;
}

static void
billing_payment_fields_dossier_changed (BillingDetailSection *section,
                                        BillingDossier       *dossier)
{
  BillingPaymentFields *self = BILLING_PAYMENT_FIELDS (section);

  end_edit (self);
  g_signal_group_set_target (self->dossier_signals, dossier);
  update (self);
}

static void
billing_payment_fields_dispose (GObject *object)
{
  BillingPaymentFields *self = BILLING_PAYMENT_FIELDS (object);

  g_clear_object (&self->dossier_signals);
  g_clear_pointer (&self->payment_id, g_free);

  G_OBJECT_CLASS (billing_payment_fields_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < N_FIELDS; i++)
    {
      gtk_widget_class_bind_template_child_full (widget_class, children[i].row, FALSE,
                                                 G_STRUCT_OFFSET (BillingPaymentFields, rows) +
                                                 (gssize) (i * sizeof (BillingFieldRow *)));
      gtk_widget_class_bind_template_child_full (widget_class, children[i].editor, FALSE,
                                                 G_STRUCT_OFFSET (BillingPaymentFields, editors) +
                                                 (gssize) (i * sizeof (GtkWidget *)));
      gtk_widget_class_bind_template_child_full (widget_class, children[i].problem, FALSE,
                                                 G_STRUCT_OFFSET (BillingPaymentFields, problems) +
                                                 (gssize) (i * sizeof (BillingProblemRow *)));
    }
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFields, invoice_row);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFields, link_note);
}

static void
billing_payment_fields_class_init (BillingPaymentFieldsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_payment_fields_dispose;
  BILLING_DETAIL_SECTION_CLASS (klass)->dossier_changed = billing_payment_fields_dossier_changed;

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_FIELD_ROW);
  g_type_ensure (BILLING_TYPE_MONEY_ROW);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);
  g_type_ensure (BILLING_TYPE_TREATMENT_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/detail/payment-fields.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, billing_detail_format_due);
  gtk_widget_class_bind_template_callback (widget_class, billing_detail_format_sum);
  gtk_widget_class_bind_template_callback (widget_class, billing_detail_format_tender);
  gtk_widget_class_bind_template_callback (widget_class, billing_format_day);
  gtk_widget_class_bind_template_callback (widget_class, billing_format_instant);
  gtk_widget_class_bind_template_callback (widget_class, billing_format_money);
  gtk_widget_class_bind_template_callback (widget_class, billing_format_type);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, save);
  gtk_widget_class_bind_template_callback (widget_class, treatment_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, treatments_loaded_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
}

static void
billing_payment_fields_init (BillingPaymentFields *self)
{
  self->editing = N_FIELDS;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_types (self);

  self->dossier_signals = g_signal_group_new (BILLING_TYPE_DOSSIER);
  g_signal_group_connect_swapped (self->dossier_signals, "loaded", G_CALLBACK (update), self);
}
