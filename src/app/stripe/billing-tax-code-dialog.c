/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-tax-code-dialog"

#include "config.h"

#include "billing-tax-code-dialog.h"

#include <string.h>

#include "billing-books.h"
#include "billing-message-bar.h"
#include "billing-read.h"
#include "billing-tax.h"

struct _BillingTaxCodeDialog {
  AdwWindow parent_instance;

  /* Template widgets. */
  GtkSearchEntry *search;
  GtkListBox *list;
  GtkStack *stack;
  BillingMessageBar *message;

  BillingDesk *desk;     /* (owned) (nullable) */
  char *chosen;          /* (owned) (nullable): id */
  char **words;          /* (owned) (nullable): folded */
  GCancellable *reading; /* (owned) */
};

enum { CHOSEN, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingTaxCodeDialog, billing_tax_code_dialog, ADW_TYPE_WINDOW)

static GQuark
code_quark (void)
{
  return g_quark_from_static_string ("billing-tax-code");
}

static BillingTaxCode *
get_code (GtkListBoxRow *row)
{
  return g_object_get_qdata (G_OBJECT (row), code_quark ());
}

/* Every word somewhere in the name, what it is for, or the code itself. */
static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       user_data)
{
  BillingTaxCodeDialog *self = user_data;
  BillingTaxCode *code = get_code (row);
  g_autofree char *text = g_strjoin (" ", code->name != NULL ? code->name : "", code->description != NULL ? code->description : "",
                                     billing_record_get_id (BILLING_RECORD (code)), NULL);
  g_autofree char *folded = g_utf8_casefold (text, -1);

  for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++)
    {
      if (strstr (folded, self->words[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
update_empty (BillingTaxCodeDialog *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      if (GTK_IS_LIST_BOX_ROW (row) && filter_cb (GTK_LIST_BOX_ROW (row), self))
        {
          gtk_stack_set_visible_child_name (self->stack, "list");
          return;
        }
    }

  gtk_stack_set_visible_child_name (self->stack, "nothing");
}

static void
search_cb (BillingTaxCodeDialog *self)
{
  g_autofree char *folded = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  g_strfreev (self->words);
  self->words = g_strsplit_set (folded, " \t", -1);
  gtk_list_box_invalidate_filter (self->list);
  update_empty (self);
}

static void
activated_cb (BillingTaxCodeDialog *self,
              GtkListBoxRow        *row)
{
  BillingTaxCode *code = get_code (row);

  g_signal_emit (self, signals[CHOSEN], 0, billing_record_get_id (BILLING_RECORD (code)), code->name);
  gtk_window_close (GTK_WINDOW (self));
}

/* Whoever searches takes the first one that is found, by all that was typed: the entry tells of that a little later. */
static void
enter_cb (BillingTaxCodeDialog *self)
{
  search_cb (self);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      if (GTK_IS_LIST_BOX_ROW (row) && filter_cb (GTK_LIST_BOX_ROW (row), self))
        {
          activated_cb (self, GTK_LIST_BOX_ROW (row));
          return;
        }
    }
}

static void
add_code (BillingTaxCodeDialog *self,
          BillingTaxCode       *code)
{
  const char *id = billing_record_get_id (BILLING_RECORD (code));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (id);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), code->name != NULL ? code->name : id);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), code->description != NULL ? code->description : "");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  if (g_strcmp0 (id, self->chosen) == 0)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("object-select-symbolic"));
  g_object_set_qdata_full (G_OBJECT (row), code_quark (), g_object_ref (code), g_object_unref);
  gtk_list_box_append (self->list, row);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) codes = billing_read_finish (BILLING_STORE (object), result, &error);
  BillingTaxCodeDialog *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  billing_message_bar_set_message (self->message, error != NULL ? error->message : NULL);
  for (guint i = 0; codes != NULL && i < codes->len; i++)
    add_code (self, codes->pdata[i]);
  update_empty (self);
}

static void
billing_tax_code_dialog_dispose (GObject *object)
{
  BillingTaxCodeDialog *self = BILLING_TAX_CODE_DIALOG (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_pointer (&self->words, g_strfreev);
  gtk_widget_dispose_template (GTK_WIDGET (self), BILLING_TYPE_TAX_CODE_DIALOG);

  G_OBJECT_CLASS (billing_tax_code_dialog_parent_class)->dispose (object);
}

static void
billing_tax_code_dialog_class_init (BillingTaxCodeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_tax_code_dialog_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", BILLING_TYPE_TAX_CODE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_STRING, G_TYPE_STRING);

  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/tax-code-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingTaxCodeDialog, list);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxCodeDialog, message);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxCodeDialog, search);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxCodeDialog, stack);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, enter_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
billing_tax_code_dialog_init (BillingTaxCodeDialog *self)
{
  self->reading = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
}

/**
 * billing_tax_code_dialog_new:
 * @desk: whose practice
 * @chosen: (nullable): the code that is marked
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_tax_code_dialog_new (BillingDesk *desk,
                             const char  *chosen)
{
  BillingTaxCodeDialog *self = g_object_new (BILLING_TYPE_TAX_CODE_DIALOG, NULL);
  g_autoptr (BillingQuery) query = billing_desk_query (desk, "tax_codes");

  self->desk = g_object_ref (desk);
  self->chosen = g_strdup (chosen);
  billing_read_query_async (billing_desk_get_store (desk), query, self->reading, read_cb, self);
  return GTK_WINDOW (self);
}
