/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-notify-dialog"

#include "config.h"

#include "billing-notify-dialog.h"

#include <glib/gi18n.h>

#include "billing-enums.h"
#include "billing-message-bar.h"
#include "billing-message-text.h"
#include "billing-messages.h"

/* Of those who are left out, so many are named. */
#define MAX_NAMED 5

struct _BillingNotifyDialog {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  GtkLabel *subject_label;
  AdwComboRow *kind_row;
  GtkWidget *link_row;
  GtkSwitch *link;
  GtkLabel *left_out_label;
  GtkWidget *preview_box;
  GtkLabel *to_label;
  GtkLabel *title_label;
  GtkLabel *body_label;
  GtkWidget *previous_button;
  GtkWidget *next_button;
  GtkWidget *send_button;

  BillingAct *act; /* (owned): says which ones */
  GArray *kinds; /* (owned) (element-type int): that can be chosen, in the order of the row */
  GPtrArray *drafts; /* (owned) (nullable): that would go out */
  GPtrArray *left_out; /* (owned) (nullable) */
  guint shown;
  guint reading; /* counts up: what an older read brings is of no use any more */
};

G_DEFINE_FINAL_TYPE (BillingNotifyDialog, billing_notify_dialog, BILLING_TYPE_DIALOG)

static void
show_draft (BillingNotifyDialog *self)
{
  gboolean has_any = self->drafts != NULL && self->drafts->len > 0;
  BillingMessageDraft *draft = has_any ? self->drafts->pdata[self->shown] : NULL;
  g_autofree char *to = NULL;
  g_autofree char *body = NULL;

  gtk_widget_set_visible (self->preview_box, has_any);
  gtk_widget_set_visible (self->previous_button, has_any && self->drafts->len > 1);
  gtk_widget_set_visible (self->next_button, has_any && self->drafts->len > 1);
  if (!has_any)
    return;

  /* TRANSLATORS: which one of how many, a name, an e-mail address: “1 of 12 · Ana Lee <ana@example.org>” */
  to = self->drafts->len > 1 ? g_strdup_printf (_("%u of %u · %s <%s>"), self->shown + 1, self->drafts->len, draft->message->patient_name,
                                                draft->message->address)
                             : g_strdup_printf ("%s <%s>", draft->message->patient_name, draft->message->address);
  body = billing_message_text_set_link (draft->message->body, _("[payment link]"));
  gtk_label_set_label (self->to_label, to);
  gtk_label_set_label (self->title_label, draft->message->subject);
  gtk_label_set_label (self->body_label, body);
  gtk_widget_set_sensitive (self->previous_button, self->shown > 0);
  gtk_widget_set_sensitive (self->next_button, self->shown + 1 < self->drafts->len);
}

static char *
list_left_out (GPtrArray *left_out)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, ngettext ("%u is left out:", "%u are left out:", left_out->len), left_out->len);
  for (guint i = 0; i < left_out->len && i < MAX_NAMED; i++)
    g_string_append_printf (text, "\n%s", ((BillingMessageDraft *) left_out->pdata[i])->left_out);
  if (left_out->len > MAX_NAMED)
    g_string_append (text, "\n…");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_counts (BillingNotifyDialog *self)
{
  guint n = self->drafts->len;
  g_autofree char *subject = g_strdup_printf (ngettext ("%u e-mail goes out", "%u e-mails go out", n), n);
  g_autofree char *button = g_strdup_printf (ngettext ("Send %u E-mail", "Send %u E-mails", n), n);
  g_autofree char *left_out = self->left_out->len > 0 ? list_left_out (self->left_out) : NULL;

  gtk_label_set_label (self->subject_label, n > 0 ? subject : _("No e-mail goes out"));
  gtk_button_set_label (GTK_BUTTON (self->send_button), n > 0 ? button : _("Send"));
  gtk_widget_set_sensitive (self->send_button, n > 0);
  gtk_label_set_label (self->left_out_label, left_out != NULL ? left_out : "");
  gtk_widget_set_visible (GTK_WIDGET (self->left_out_label), left_out != NULL);
}

static void
take_drafts (BillingNotifyDialog *self,
             GPtrArray           *all)
{
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_clear_pointer (&self->left_out, g_ptr_array_unref);
  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) billing_message_draft_free);
  self->left_out = g_ptr_array_new_with_free_func ((GDestroyNotify) billing_message_draft_free);
  self->shown = 0;

  for (guint i = 0; i < all->len; i++)
    {
      BillingMessageDraft *draft = all->pdata[i];

      g_ptr_array_add (draft->left_out != NULL ? self->left_out : self->drafts, draft);
    }
  g_ptr_array_set_free_func (all, NULL);
  show_counts (self);
  show_draft (self);
}

/* Reading. */

typedef struct {
  BillingDesk *desk; /* (owned) */
  BillingAct *act; /* (owned) */
  guint reading;
} Drafting;

static void
drafting_free (gpointer data)
{
  Drafting *drafting = data;

  g_object_unref (drafting->desk);
  g_object_unref (drafting->act);
  g_free (drafting);
}

static void
draft_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Drafting *drafting = task_data;
  GError *error = NULL;
  GPtrArray *drafts = billing_desk_draft_messages (drafting->desk, drafting->act, cancellable, &error);

  if (drafts != NULL)
    g_task_return_pointer (task, drafts, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
drafted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  BillingNotifyDialog *self = BILLING_NOTIFY_DIALOG (object);
  Drafting *drafting = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || drafting->reading != self->reading)
    return;

  billing_dialog_complain (BILLING_DIALOG (self), error != NULL ? error->message : NULL);
  if (drafts != NULL)
    take_drafts (self, drafts);
  else
    gtk_widget_set_visible (self->preview_box, FALSE);
}

static void
fill_act (BillingNotifyDialog *self,
          BillingAct          *act)
{
  guint i = MIN (adw_combo_row_get_selected (self->kind_row), self->kinds->len - 1);

  billing_record_copy (BILLING_RECORD (act), BILLING_RECORD (self->act));
  g_set_object (&act->query, self->act->query);
  g_object_set (act, "name", billing_enum_nick (BILLING_TYPE_MESSAGE_KIND, g_array_index (self->kinds, int, i)), "fields",
                gtk_switch_get_active (self->link) ? "{\"link\":\"yes\"}" : "{\"link\":\"no\"}", NULL);
}

static void
changed_cb (BillingNotifyDialog *self)
{
  Drafting *drafting;
  g_autoptr (GTask) task = NULL;

  if (self->act == NULL)
    return;

  drafting = g_new0 (Drafting, 1);
  drafting->desk = g_object_ref (billing_dialog_get_desk (BILLING_DIALOG (self)));
  drafting->act = billing_act_new (BILLING_VERB_MESSAGE_SEND, NULL);
  drafting->reading = ++self->reading;
  fill_act (self, drafting->act);
  gtk_widget_set_sensitive (self->send_button, FALSE);
  task = g_task_new (self, billing_dialog_get_cancellable (BILLING_DIALOG (self)), drafted_cb, NULL);
  g_task_set_task_data (task, drafting, drafting_free);
  g_task_run_in_thread (task, draft_thread);
}

static void
previous_cb (BillingNotifyDialog *self)
{
  self->shown--;
  show_draft (self);
}

static void
next_cb (BillingNotifyDialog *self)
{
  self->shown++;
  show_draft (self);
}

/* Acting. */

static void
send_cb (BillingNotifyDialog *self)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_MESSAGE_SEND, NULL);

  fill_act (self, act);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

/* The mail program takes one at a time, from the list of messages. */
static void
done (BillingDialog *dialog,
      BillingAct    *act)
{
  BillingNotifyDialog *self = BILLING_NOTIFY_DIALOG (dialog);
  BillingMessageDraft *first = self->drafts->pdata[0];
  g_autofree char *toast = g_strdup_printf (ngettext ("%u e-mail is on its way", "%u e-mails are on their way", self->drafts->len),
                                            self->drafts->len);

  if (first->message->channel == BILLING_MESSAGE_CHANNEL_PORTAL)
    billing_dialog_tell_window (dialog, "win.hand-messages", toast);
  else
    billing_dialog_tell_window (dialog, "win.toast", toast);
}

static void
billing_notify_dialog_finalize (GObject *object)
{
  BillingNotifyDialog *self = BILLING_NOTIFY_DIALOG (object);

  g_clear_object (&self->act);
  g_clear_pointer (&self->kinds, g_array_unref);
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_clear_pointer (&self->left_out, g_ptr_array_unref);

  G_OBJECT_CLASS (billing_notify_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BillingNotifyDialog, body_label);
  gtk_widget_class_bind_template_child (widget_class, BillingNotifyDialog, kind_row);
  gtk_widget_class_bind_template_child (widget_class, BillingNotifyDialog, left_out_label);
  gtk_widget_class_bind_template_child (widget_class, BillingNotifyDialog, link);
  gtk_widget_class_bind_template_child (widget_class, BillingNotifyDialog, link_row);
  gtk_widget_class_bind_template_child (widget_class, BillingNotifyDialog, next_button);
  gtk_widget_class_bind_template_child (widget_class, BillingNotifyDialog, preview_box);
  gtk_widget_class_bind_template_child (widget_class, BillingNotifyDialog, previous_button);
  gtk_widget_class_bind_template_child (widget_class, BillingNotifyDialog, send_button);
  gtk_widget_class_bind_template_child (widget_class, BillingNotifyDialog, subject_label);
  gtk_widget_class_bind_template_child (widget_class, BillingNotifyDialog, title_label);
  gtk_widget_class_bind_template_child (widget_class, BillingNotifyDialog, to_label);
}

static void
billing_notify_dialog_class_init (BillingNotifyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_notify_dialog_finalize;
  BILLING_DIALOG_CLASS (klass)->done = done;

  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/mail/notify-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
}

static void
billing_notify_dialog_init (BillingNotifyDialog *self)
{
  self->kinds = g_array_new (FALSE, FALSE, sizeof (int));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Invoices can be told of or reminded of; of payments and patients there is one thing to tell. */
static void
offer_kinds (BillingNotifyDialog *self,
             BillingMessageKind   kind)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  int kinds[] = { (int) kind, BILLING_MESSAGE_KIND_REMINDER };
  guint n = kind == BILLING_MESSAGE_KIND_INVOICE ? 2 : 1;

  g_array_append_vals (self->kinds, kinds, n);
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, billing_message_kind_get_label ((BillingMessageKind) kinds[i]));
  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->kind_row), n > 1);
}

/**
 * billing_notify_dialog_new:
 * @desk: whose practice
 * @act: a %BILLING_VERB_MESSAGE_SEND that says what it is about, and by its name the kind of message (invoice where it says none)
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_notify_dialog_new (BillingDesk *desk,
                           BillingAct  *act)
{
  BillingNotifyDialog *self = g_object_new (BILLING_TYPE_NOTIFY_DIALOG, "desk", desk, NULL);
  g_autoptr (BillingMailSettings) settings = billing_desk_load_mail_settings (desk, NULL);
  gboolean has_stripe = billing_desk_get_practice (desk)->stripe_account != NULL;
  int kind = BILLING_MESSAGE_KIND_INVOICE;

  if (act->name != NULL)
    billing_enum_from_nick (BILLING_TYPE_MESSAGE_KIND, act->name, &kind);
  offer_kinds (self, (BillingMessageKind) kind);
  gtk_widget_set_visible (self->link_row, has_stripe && (kind == BILLING_MESSAGE_KIND_INVOICE || kind == BILLING_MESSAGE_KIND_REQUEST));
  gtk_switch_set_active (self->link, has_stripe && settings != NULL && settings->with_link);
  self->act = g_object_ref (act);
  changed_cb (self);
  return GTK_WINDOW (self);
}
