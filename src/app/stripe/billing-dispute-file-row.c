/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dispute-file-row"

#include "config.h"

#include "billing-dispute-file-row.h"

#include <glib/gi18n.h>

#include "billing-file-choice.h"
#include "billing-filing.h"

struct _BillingDisputeFileRow {
  AdwActionRow parent_instance;

  /* Template widgets */
  GtkMenuButton *choose_button; /* (not owned) */
  GtkWidget *remove_button; /* (not owned) */

  char *hint; /* (owned) (nullable) */
  GSimpleActionGroup *actions; /* (owned) */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */
};

enum { DOCUMENT, FILE_GIVEN, REMOVED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingDisputeFileRow, billing_dispute_file_row, ADW_TYPE_ACTION_ROW)

/* Stripe takes one file in each place: the first. */
static gboolean
take_files (gpointer  owner,
            GSList   *files)
{
  BillingDisputeFileRow *self = owner;

  if (files == NULL)
    return FALSE;

  g_signal_emit (self, signals[FILE_GIVEN], 0, files->data);
  return TRUE;
}

static gboolean
chosen_cb (gpointer  owner,
           GSList   *files)
{
  g_clear_object (&BILLING_DISPUTE_FILE_ROW (owner)->chooser);
  return take_files (owner, files);
}

static void
browse_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  BillingDisputeFileRow *self = user_data;

  if (self->chooser != NULL)
    return;

  self->chooser = billing_file_choice_ask (GTK_WIDGET (self), _("Choose a File"), _("_Attach"), self, chosen_cb);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), FALSE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
document_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  g_signal_emit (user_data, signals[DOCUMENT], 0, g_variant_get_string (parameter, NULL));
}

static void
remove_clicked_cb (BillingDisputeFileRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
billing_dispute_file_row_dispose (GObject *object)
{
  g_clear_object (&BILLING_DISPUTE_FILE_ROW (object)->chooser);

  G_OBJECT_CLASS (billing_dispute_file_row_parent_class)->dispose (object);
}

static void
billing_dispute_file_row_finalize (GObject *object)
{
  BillingDisputeFileRow *self = BILLING_DISPUTE_FILE_ROW (object);

  g_clear_object (&self->actions);
  g_free (self->hint);

  G_OBJECT_CLASS (billing_dispute_file_row_parent_class)->finalize (object);
}

static void
billing_dispute_file_row_class_init (BillingDisputeFileRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_dispute_file_row_dispose;
  object_class->finalize = billing_dispute_file_row_finalize;

  signals[DOCUMENT] = g_signal_new ("document", BILLING_TYPE_DISPUTE_FILE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FILE_GIVEN] = g_signal_new ("file", BILLING_TYPE_DISPUTE_FILE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_FILE);
  signals[REMOVED] = g_signal_new ("removed", BILLING_TYPE_DISPUTE_FILE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/dispute-file-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeFileRow, choose_button);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeFileRow, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
}

static void
billing_dispute_file_row_init (BillingDisputeFileRow *self)
{
  static const GActionEntry entries[] = {
    { .name = "browse", .activate = browse_cb },
    { .name = "document", .activate = document_cb, .parameter_type = "s" },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "slot", G_ACTION_GROUP (self->actions));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (billing_file_choice_new_drop (self, take_files)));
}

/* Each place has such buttons; a screen reader hears which one's. */
static void
name_buttons (BillingDisputeFileRow *self,
              const char            *title)
{
  /* Translators: what a file is for, such as “Receipt” */
  g_autofree char *choose = g_strdup_printf (_("Choose File for %s"), title);
  g_autofree char *remove = g_strdup_printf (_("Remove File for %s"), title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choose_button), GTK_ACCESSIBLE_PROPERTY_LABEL, choose, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
}

/**
 * billing_dispute_file_row_new:
 * @title: what the file is
 * @hint: (nullable): what of it helps
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
billing_dispute_file_row_new (const char *title,
                              const char *hint)
{
  BillingDisputeFileRow *self = g_object_new (BILLING_TYPE_DISPUTE_FILE_ROW, NULL);

  self->hint = g_strdup (hint);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  name_buttons (self, title);
  billing_dispute_file_row_set_documents (self, NULL);
  billing_dispute_file_row_set_file (self, NULL);
  return GTK_WIDGET (self);
}

/* Where the file is, and why Stripe did not take it. */
static char *
describe (BillingDisputeFile *file)
{
  g_autofree char *size = g_format_size ((guint64) file->size);

  if (file->problem != NULL)
    return g_strdup_printf ("%s · %s · %s", file->name, size, file->problem);
  if (file->file_id != NULL)
    return g_strdup_printf (_("%s · %s · Stripe has it"), file->name, size);

  return g_strdup_printf ("%s · %s", file->name, size);
}

/**
 * billing_dispute_file_row_set_file:
 * @self: a row
 * @file: (nullable): what is attached there; %NULL: nothing
 */
void
billing_dispute_file_row_set_file (BillingDisputeFileRow *self,
                                   BillingDisputeFile    *file)
{
  g_autofree char *subtitle = file != NULL ? describe (file) : g_strdup (self->hint != NULL ? self->hint : "");

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  if (file != NULL && file->problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "overdue-row");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "overdue-row");
  gtk_widget_set_visible (GTK_WIDGET (self->choose_button), file == NULL);
  gtk_widget_set_visible (self->remove_button, file != NULL);
}

/**
 * billing_dispute_file_row_set_documents:
 * @self: a row
 * @documents: (nullable) (element-type BillingDocument): what is kept with the payment
 *
 * What can be chosen, beside files of the computer.
 */
void
billing_dispute_file_row_set_documents (BillingDisputeFileRow *self,
                                        GPtrArray             *documents)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) kept = g_menu_new ();
  g_autoptr (GMenu) browse = g_menu_new ();

  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      BillingDocument *document = documents->pdata[i];
      g_autoptr (GMenuItem) item = g_menu_item_new (document->name, NULL);

      g_menu_item_set_action_and_target (item, "slot.document", "s", billing_record_get_id (BILLING_RECORD (document)));
      g_menu_append_item (kept, item);
    }

  if (documents != NULL && documents->len > 0)
    g_menu_append_section (menu, _("Documents of the Payment"), G_MENU_MODEL (kept));
  g_menu_append (browse, _("From a _File…"), "slot.browse");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (browse));
  gtk_menu_button_set_menu_model (self->choose_button, G_MENU_MODEL (menu));
}
