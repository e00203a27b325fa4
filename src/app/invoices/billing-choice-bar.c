/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-choice-bar"

#include "config.h"

#include "billing-choice-bar.h"

#include <glib/gi18n.h>

#include "billing-format.h"
#include "billing-invoice-format.h"
#include "billing-selection-total.h"

struct _BillingChoiceBar {
  AdwBin parent_instance;

  /* Template widgets (not owned) */
  GtkCheckButton *all_check;
  GtkLabel *label;
  GtkMenuButton *more_button;
  GtkButton *edit_button;

  const char *list; /* (not owned): a static string */
  BillingDesk *desk; /* (owned) (nullable) */
  BillingListChoice *choice; /* (owned) (nullable) */
  GSignalGroup *choice_signals; /* (owned) */
  GSignalGroup *list_signals; /* (owned) */
  GCancellable *counting; /* (owned) (nullable) */
  gboolean updating;
};

/* What one count brings. */
typedef struct {
  BillingChoiceBar *bar; /* (not owned): gone when the count was cancelled */
  const char *list;
  BillingAct *act; /* (owned) */
  BillingSelectionTotal total;
} Counting;

G_DEFINE_FINAL_TYPE (BillingChoiceBar, billing_choice_bar, ADW_TYPE_BIN)

static void
counting_free (Counting *counting)
{
  g_object_unref (counting->act);
  g_free (counting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Counting, counting_free)

static guint
count_rows (BillingChoiceBar *self)
{
  BillingListModel *list = self->choice != NULL ? billing_list_choice_get_list (self->choice) : NULL;

  return list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (list)) : 0;
}

static void
show_label (BillingChoiceBar            *self,
            const BillingSelectionTotal *total)
{
  g_autofree char *sum = NULL;
  g_autofree char *text = NULL;

  if (total != NULL)
    {
      sum = billing_format_money (NULL, total->sum, billing_desk_get_practice (self->desk)->currency);
      text = billing_invoice_format_choice (self->list, total->n, total->n_patients, sum);
    }
  else
    {
      text = billing_invoice_format_choice (self->list, self->choice != NULL ? billing_list_choice_get_n (self->choice) : 0, -1, NULL);
    }

  gtk_label_set_label (self->label, text);
}

static gboolean
count (BillingConnection  *connection,
       gpointer            data,
       GCancellable       *cancellable,
       GError            **error)
{
  Counting *counting = data;

  return billing_selection_total_read (connection, counting->act, counting->list, &counting->total, error);
}

/* A list that changed meanwhile is counted again when it has been read; until then the bar says how many rows are ticked, and no more. */
static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Counting) counting = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = billing_store_read_finish (BILLING_STORE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  show_label (counting->bar, done ? &counting->total : NULL);
}

static void
start_counting (BillingChoiceBar *self)
{
  Counting *counting;

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  if (self->choice == NULL || self->desk == NULL || billing_list_choice_get_n (self->choice) == 0)
    {
      show_label (self, NULL);
      return;
    }

  self->counting = g_cancellable_new ();
  counting = g_new0 (Counting, 1);
  counting->bar = self;
  counting->list = self->list;
  counting->act = billing_act_new (BILLING_VERB_NONE, NULL);
  billing_list_choice_fill_act (self->choice, counting->act);
  billing_store_read_async (billing_desk_get_store (self->desk), count, counting, NULL, self->counting, counted_cb, counting);
}

static void
update (BillingChoiceBar *self)
{
  guint n = self->choice != NULL ? billing_list_choice_get_n (self->choice) : 0;
  guint n_rows = count_rows (self);

  self->updating = TRUE;
  gtk_check_button_set_active (self->all_check, n > 0 && n >= n_rows);
  gtk_check_button_set_inconsistent (self->all_check, n > 0 && n < n_rows);
  gtk_widget_set_sensitive (GTK_WIDGET (self->all_check), n_rows > 0);
  self->updating = FALSE;

  gtk_widget_set_sensitive (GTK_WIDGET (self->more_button), n > 0);
  start_counting (self);
}

static void
all_toggled_cb (BillingChoiceBar *self)
{
  if (self->updating || self->choice == NULL)
    return;

  if (gtk_check_button_get_active (self->all_check))
    billing_list_choice_choose_all (self->choice);
  else
    billing_list_choice_clear (self->choice);
}

static void
billing_choice_bar_dispose (GObject *object)
{
  BillingChoiceBar *self = BILLING_CHOICE_BAR (object);

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_object (&self->choice_signals);
  g_clear_object (&self->list_signals);
  g_clear_object (&self->choice);
  g_clear_object (&self->desk);
  /* AdwBin looks for its child afterwards, which gtk_widget_dispose_template() would have taken away. */
  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (billing_choice_bar_parent_class)->dispose (object);
}

static void
billing_choice_bar_class_init (BillingChoiceBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_choice_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/invoices/choice-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingChoiceBar, all_check);
  gtk_widget_class_bind_template_child (widget_class, BillingChoiceBar, edit_button);
  gtk_widget_class_bind_template_child (widget_class, BillingChoiceBar, label);
  gtk_widget_class_bind_template_child (widget_class, BillingChoiceBar, more_button);
  gtk_widget_class_bind_template_callback (widget_class, all_toggled_cb);
}

static void
billing_choice_bar_init (BillingChoiceBar *self)
{
  self->choice_signals = g_signal_group_new (BILLING_TYPE_LIST_CHOICE);
  g_signal_group_connect_swapped (self->choice_signals, "changed", G_CALLBACK (update), self);
  self->list_signals = g_signal_group_new (BILLING_TYPE_LIST_MODEL);
  g_signal_group_connect_swapped (self->list_signals, "listed", G_CALLBACK (update), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_choice_bar_set_choice:
 * @self: the bar
 * @desk: (nullable): whose books
 * @choice: (nullable): what is ticked, in a list of these books
 */
void
billing_choice_bar_set_choice (BillingChoiceBar  *self,
                               BillingDesk       *desk,
                               BillingListChoice *choice)
{
  g_set_object (&self->desk, desk);
  g_set_object (&self->choice, choice);
  g_signal_group_set_target (self->choice_signals, choice);
  g_signal_group_set_target (self->list_signals, choice != NULL ? billing_list_choice_get_list (choice) : NULL);
  update (self);
}

/**
 * billing_choice_bar_set_menu:
 * @self: the bar
 * @list: `services` or `invoices`; a static string
 * @edit_action: what *Edit* does
 * @menu: what else can be done with what is ticked
 */
void
billing_choice_bar_set_menu (BillingChoiceBar *self,
                             const char       *list,
                             const char       *edit_action,
                             GMenuModel       *menu)
{
  self->list = list;
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->edit_button), edit_action);
  gtk_menu_button_set_menu_model (self->more_button, menu);
}
