/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-paper-group"

#include "config.h"

#include "billing-paper-group.h"

#include <glib/gi18n.h>

#include "billing-documents.h"
#include "billing-entry.h"
#include "billing-file-choice.h"
#include "billing-filing.h"
#include "billing-json-texts.h"
#include "billing-problem-row.h"

/* The rows that are texts: their ids, and the names of the practice's properties. */
static const char * const texts[] = { "invoice-prefix", "invoice-digits", "invoice-days", "invoice-note" };
static const char * const switches[] = { "show-services", "show-codes" };

#define N_TEXTS G_N_ELEMENTS (texts)
#define N_SWITCHES G_N_ELEMENTS (switches)

struct _BillingPaperGroup {
  AdwPreferencesGroup parent_instance;

  /* Template widgets. */
  GtkEditable *texts[N_TEXTS];
  GtkSwitch *switches[N_SWITCHES];
  AdwActionRow *example;
  GtkPicture *logo;
  GtkWidget *choose_button;
  GtkWidget *remove_button;
  BillingProblemRow *problem;

  BillingDesk *desk; /* (owned) (nullable) */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while it is open */
  gboolean is_showing; /* what is set meanwhile, nobody said */
};

G_DEFINE_FINAL_TYPE (BillingPaperGroup, billing_paper_group, ADW_TYPE_PREFERENCES_GROUP)

static void
show_logo (BillingPaperGroup *self,
           const char        *sha256)
{
  g_autoptr (BillingDocument) document = billing_document_new ();
  g_autofree char *path = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->logo), sha256 != NULL);
  gtk_widget_set_visible (self->remove_button, sha256 != NULL);
  if (sha256 == NULL)
    return;

  document->sha256 = g_strdup (sha256);
  path = billing_documents_build_path (self->desk, document);
  gtk_picture_set_filename (self->logo, path);
}

static void
show_example (BillingPaperGroup *self,
              BillingPractice   *practice)
{
  g_autofree char *number = g_strdup_printf ("%s%0*d", practice->invoice_prefix, (int) practice->invoice_digits, 42);

  /* Translators: an invoice’s number, like INV-042 */
  g_autofree char *text = g_strdup_printf (_("The forty-second invoice is %s. Numbers that were given stay."), number);

  adw_action_row_set_subtitle (self->example, text);
}

static void
show_practice (BillingPaperGroup *self)
{
  BillingPractice *practice = billing_desk_get_practice (self->desk);
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, practice->invoice_digits);
  g_autofree char *days = g_strdup_printf ("%" G_GINT64_FORMAT, practice->invoice_days);
  const char *values[N_TEXTS] = { practice->invoice_prefix, digits, days, practice->invoice_note };

  self->is_showing = TRUE;
  for (guint i = 0; i < N_TEXTS; i++)
    billing_entry_row_show_text (ADW_ENTRY_ROW (self->texts[i]), values[i] != NULL ? values[i] : "");
  gtk_switch_set_active (self->switches[0], practice->show_services);
  gtk_switch_set_active (self->switches[1], practice->show_codes);
  self->is_showing = FALSE;
  show_example (self, practice);
  show_logo (self, practice->logo);
}

static void
edited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (BillingPaperGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  billing_desk_do_finish (BILLING_DESK (object), result, &error);

  /* The settings may have gone meanwhile. */
  if (self->desk == NULL)
    return;

  /* What was refused stays to be corrected. */
  billing_problem_row_set_message (self->problem, error != NULL ? error->message : NULL);
  if (error != NULL)
    return;

  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Saved"));
  show_practice (self);
}

static void
edit (BillingPaperGroup *self,
      const char        *name,
      const char        *value)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_hash_table_insert (fields, g_strdup (name), g_strdup (value));
  act->fields = billing_json_texts_build (fields);
  billing_desk_do_async (self->desk, act, NULL, edited_cb, g_object_ref (self));
}

static void
text_cb (BillingPaperGroup *self,
         GtkEditable       *row)
{
  for (guint i = 0; i < N_TEXTS; i++)
    {
      if (self->texts[i] == row)
        edit (self, texts[i], gtk_editable_get_text (row));
    }
}

static void
switched_cb (BillingPaperGroup *self,
             GParamSpec        *pspec,
             GtkSwitch         *row)
{
  for (guint i = 0; i < N_SWITCHES && !self->is_showing && self->desk != NULL; i++)
    {
      if (self->switches[i] == row)
        edit (self, switches[i], gtk_switch_get_active (row) ? "yes" : "no");
    }
}

static gboolean
logo_chosen_cb (gpointer  owner,
                GSList   *files)
{
  BillingPaperGroup *self = owner;
  const char *path = files != NULL ? g_file_peek_path (files->data) : NULL;
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);

  g_clear_object (&self->chooser);
  if (path == NULL || self->desk == NULL)
    return FALSE;

  act->file = g_strdup (path);
  billing_desk_do_async (self->desk, act, NULL, edited_cb, g_object_ref (self));
  return TRUE;
}

static void
choose_cb (BillingPaperGroup *self)
{
  if (self->chooser != NULL)
    return;

  self->chooser = billing_file_choice_ask (GTK_WIDGET (self), _("Choose a Logo"), _("_Choose"), self, logo_chosen_cb);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), FALSE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
remove_cb (BillingPaperGroup *self)
{
  edit (self, "logo", "");
}

static void
show_role (BillingPaperGroup *self)
{
  gboolean may = billing_desk_may (self->desk, BILLING_VERB_PRACTICE_EDIT);

  for (guint i = 0; i < N_TEXTS; i++)
    gtk_editable_set_editable (self->texts[i], may);
  for (guint i = 0; i < N_SWITCHES; i++)
    gtk_widget_set_sensitive (GTK_WIDGET (self->switches[i]), may);
  gtk_widget_set_sensitive (self->choose_button, may);
  gtk_widget_set_sensitive (self->remove_button, may);
}

static void
billing_paper_group_dispose (GObject *object)
{
  BillingPaperGroup *self = BILLING_PAPER_GROUP (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (billing_paper_group_parent_class)->dispose (object);
}

static void
billing_paper_group_class_init (BillingPaperGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_paper_group_dispose;

  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/setup/paper-group.ui");
  for (guint i = 0; i < N_TEXTS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, texts[i], FALSE, G_STRUCT_OFFSET (BillingPaperGroup, texts) +
                                               (gssize) (i * sizeof (GtkEditable *)));
  for (guint i = 0; i < N_SWITCHES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, switches[i], FALSE, G_STRUCT_OFFSET (BillingPaperGroup, switches) +
                                               (gssize) (i * sizeof (GtkSwitch *)));
  gtk_widget_class_bind_template_child (widget_class, BillingPaperGroup, choose_button);
  gtk_widget_class_bind_template_child (widget_class, BillingPaperGroup, example);
  gtk_widget_class_bind_template_child (widget_class, BillingPaperGroup, logo);
  gtk_widget_class_bind_template_child (widget_class, BillingPaperGroup, problem);
  gtk_widget_class_bind_template_child (widget_class, BillingPaperGroup, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, switched_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_cb);
}

static void
billing_paper_group_init (BillingPaperGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_paper_group_set_desk:
 * @self: the group
 * @desk: (nullable): of the practice; shows anew what is there
 */
void
billing_paper_group_set_desk (BillingPaperGroup *self,
                              BillingDesk       *desk)
{
  g_set_object (&self->desk, desk);
  if (desk == NULL)
    return;

  billing_problem_row_set_message (self->problem, NULL);
  show_practice (self);
  show_role (self);
}
