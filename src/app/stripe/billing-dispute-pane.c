/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dispute-pane"

#include "config.h"

#include "billing-dispute-pane.h"

#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-dispute-format.h"
#include "billing-dispute-head.h"
#include "billing-dispute-story.h"
#include "billing-dispute-window.h"
#include "billing-format.h"
#include "billing-stripe-format.h"

struct _BillingDisputePane {
  BillingRecordPane parent_instance;

  GtkBox *content; /* (owned): of the pane; it stays while the story is read anew */
  BillingDisputeStory *story; /* (owned) (nullable): what is shown */
  GCancellable *reading; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BillingDisputePane, billing_dispute_pane, BILLING_TYPE_RECORD_PANE)

static BillingDesk *
get_desk (BillingDisputePane *self)
{
  return billing_record_pane_get_desk (BILLING_RECORD_PANE (self));
}

static const char *
get_id (BillingDisputePane *self)
{
  return billing_record_get_id (BILLING_RECORD (self->story->dispute));
}

/* What it says. */

static AdwPreferencesGroup *
add_group (BillingDisputePane *self,
           const char         *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (self->content, group);
  return ADW_PREFERENCES_GROUP (group);
}

static char *
format_instant (BillingDisputePane *self,
                gint64              at)
{
  return billing_instant_format (at, billing_desk_get_practice (get_desk (self))->time_zone, NULL);
}

/* A paragraph, which reads better under its title than beside it. */
static void
add_text (AdwPreferencesGroup *group,
          const char          *title,
          const char          *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (group, row);
}

static void
add_why (BillingDisputePane *self)
{
  BillingDispute *dispute = self->story->dispute;
  const BillingDisputeReason *reason = self->story->reason;
  AdwPreferencesGroup *group = add_group (self, _("Why"));
  const char *network = billing_dispute_network_describe (dispute->brand, dispute->network_code);
  g_autofree char *code = network != NULL ? g_strdup_printf ("%s · %s", dispute->network_code, network)
                                          : g_strdup (dispute->network_code);

  billing_record_pane_add_fact (group, _("Reason"), billing_dispute_reason_get_label (dispute->reason));
  billing_record_pane_add_fact (group, _("Network code"), code);
  add_text (group, _("What the Bank Says"), billing_dispute_reason_get_claim (reason));
  if (self->story->can_edit)
    add_text (group, _("What Helps"), billing_dispute_reason_get_advice (reason));
}

/* The card, and when it paid. */
static char *
describe_charge (BillingDisputePane *self)
{
  BillingCharge *charge = self->story->charge;
  g_autofree char *paid = format_instant (self, charge->created_at);
  g_autofree char *means = billing_stripe_format_means (charge->method, charge->brand, charge->last4);

  return g_strdup_printf ("%s · %s", means, paid);
}

static void
add_payment (BillingDisputePane *self)
{
  BillingDispute *dispute = self->story->dispute;
  AdwPreferencesGroup *group = add_group (self, _("Payment"));
  g_autofree char *amount = billing_format_money (NULL, dispute->amount, dispute->currency);
  g_autofree char *opened = format_instant (self, dispute->created_at);

  billing_record_pane_add_fact (group, _("Disputed"), amount);
  billing_record_pane_add_fact (group, _("Opened"), opened);
  if (self->story->charge != NULL)
    {
      g_autofree char *subtitle = describe_charge (self);
      g_autofree char *target = g_strconcat ("payments/payments/", dispute->charge, NULL);

      billing_record_pane_add_link (group, _("Transaction at Stripe"), subtitle, "win.show-stripe", target);
    }
  if (dispute->payment_id != NULL)
    billing_record_pane_add_link (group, _("Payment"), dispute->payment, "win.show-payment", dispute->payment_id);
  if (dispute->patient_id != NULL)
    billing_record_pane_add_link (group, _("Patient"), dispute->patient_name, "win.show-patient", dispute->patient_id);
  else
    billing_record_pane_add_fact (group, _("Payer at Stripe"), dispute->payer);
  billing_record_pane_add_fact (group, _("Dispute"), get_id (self));
}

static const char *
describe_move (BillingBalanceTransaction *move)
{
  if (g_strcmp0 (move->category, "dispute") == 0)
    return C_("money taken by a dispute", "Withdrawn");
  if (g_strcmp0 (move->category, "dispute_reversal") == 0)
    return _("Came back");

  return move->description != NULL ? move->description : move->category;
}

static void
add_sum (AdwPreferencesGroup *group,
         const char          *title,
         gint64               amount,
         const char          *currency)
{
  g_autofree char *text = billing_format_money (NULL, amount, currency);

  billing_record_pane_add_fact (group, title, text);
}

/* The fee is Stripe's: it is taken with the money. */
static void
add_move (BillingDisputePane        *self,
          AdwPreferencesGroup       *group,
          BillingBalanceTransaction *move)
{
  g_autofree char *when = format_instant (self, move->created_at);
  g_autofree char *title = g_strdup_printf ("%s · %s", describe_move (move), when);

  add_sum (group, title, move->amount, move->currency);
  if (move->fee != 0)
    add_sum (group, _("Dispute fee"), -move->fee, move->currency);
}

static void
add_moves (BillingDisputePane *self)
{
  GPtrArray *moves = self->story->moves;
  AdwPreferencesGroup *group = add_group (self, _("On the Stripe Balance"));
  gint64 sum = 0;

  for (guint i = 0; i < moves->len; i++)
    {
      BillingBalanceTransaction *move = moves->pdata[i];

      add_move (self, group, move);
      sum += move->net;
    }

  if (moves->len == 0)
    billing_record_pane_add_fact (group, _("Moved"), _("Nothing: no money was taken back"));
  else
    add_sum (group, _("In all"), sum, ((BillingBalanceTransaction *) moves->pdata[0])->currency);
}

static void
add_files (BillingDisputePane *self)
{
  GPtrArray *files = self->story->files;
  AdwPreferencesGroup *group = files->len > 0 ? add_group (self, _("Files of the Answer")) : NULL;

  for (guint i = 0; i < files->len; i++)
    {
      BillingDisputeFile *file = files->pdata[i];
      const BillingEvidenceField *field = billing_evidence_field_find (file->slot);

      billing_record_pane_add_fact (group, field != NULL ? billing_evidence_field_get_label (field) : file->slot, file->name);
    }
}

static void
clear (BillingDisputePane *self)
{
  GtkWidget *child;

  g_clear_pointer (&self->story, billing_dispute_story_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->content))) != NULL)
    gtk_box_remove (self->content, child);
}

static void
story_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingDisputeStory) story = billing_dispute_story_read_finish (result, &error);
  BillingDisputePane *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  clear (self);
  if (story == NULL)
    {
      billing_record_pane_set_title (BILLING_RECORD_PANE (self), _("Cannot Be Shown"), error->message);
      return;
    }

  self->story = g_steal_pointer (&story);
  adw_preferences_group_add (add_group (self, ""), billing_dispute_head_new (get_desk (self), self->story));
  add_why (self);
  add_payment (self);
  add_moves (self);
  add_files (self);
}

static void
fill (BillingRecordPane  *pane,
      BillingRecord      *record,
      GPtrArray         **lists)
{
  BillingDisputePane *self = BILLING_DISPUTE_PANE (pane);
  BillingDispute *dispute = BILLING_DISPUTE (record);
  const char *id = billing_record_get_id (record);
  g_autofree char *amount = billing_format_money (NULL, dispute->amount, dispute->currency);
  g_autofree char *payer = billing_dispute_format_payer (dispute);

  if (self->story != NULL && g_strcmp0 (id, get_id (self)) != 0)
    clear (self);
  billing_record_pane_set_title (pane, amount, payer);
  gtk_box_append (billing_record_pane_get_body (pane), GTK_WIDGET (self->content));

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  billing_dispute_story_read_async (get_desk (self), id, self->reading, story_read_cb, self);
}

/* What can be done. */

static void
do_cb (GObject      *object,
       GAsyncResult *result,
       gpointer      user_data)
{
  g_autoptr (GtkWidget) self = user_data;
  g_autoptr (GError) error = NULL;
  BillingAct *act = g_object_get_data (user_data, "act");
  g_autofree char *toast = NULL;

  if (!billing_desk_do_finish (BILLING_DESK (object), result, &error))
    {
      gtk_widget_activate_action (self, "win.warn", "s", error->message);
      return;
    }

  if (act->verb == BILLING_VERB_DISPUTE_ACCEPT)
    gtk_widget_activate_action (self, "win.toast-sent", "s", _("The acceptance of the dispute"));
  else if (act->verb == BILLING_VERB_DISPUTE_WRITE_OFF)
    gtk_widget_activate_action (self, "win.toast", "s", _("Written off"));
  else
    {
      /* Translators: the number of a payment */
      toast = g_strdup_printf (_("%s asks for the money again"), act->result);
      gtk_widget_activate_action (self, "win.toast", "s", toast);
    }
}

static void
do_verb (BillingDisputePane *self,
         BillingVerb         verb,
         const char         *id)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, id);

  g_object_set_data_full (G_OBJECT (self), "act", g_object_ref (act), g_object_unref);
  billing_desk_do_async (get_desk (self), act, NULL, do_cb, g_object_ref (self));
}

static void
answered_cb (BillingDisputePane *self,
             const char         *response,
             GtkWindow          *question)
{
  const char *id = g_object_get_data (G_OBJECT (question), "dispute");
  BillingVerb verb = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (question), "verb"));

  if (g_str_equal (response, "do"))
    do_verb (self, verb, id);
}

/* About what is shown now, even where something else is by the time of the answer. */
static void
ask (BillingDisputePane *self,
     const char         *name,
     BillingVerb         verb,
     const char         *body)
{
  const char *names[] = { name, NULL };
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  g_autoptr (GError) error = NULL;
  AdwMessageDialog *question;

  /* Only this one: a window that nobody shows would never go. */
  if (!gtk_builder_add_objects_from_resource (builder, "/com/example/Billing/ui/stripe/dispute-question.ui", names, &error))
    g_error ("%s", error->message);

  question = ADW_MESSAGE_DIALOG (gtk_builder_get_object (builder, name));
  adw_message_dialog_set_body (question, body);
  g_object_set_data_full (G_OBJECT (question), "dispute", g_strdup (get_id (self)), g_free);
  g_object_set_data (G_OBJECT (question), "verb", GINT_TO_POINTER (verb));
  g_signal_connect_object (question, "response", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_set_transient_for (GTK_WINDOW (question), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (GTK_WINDOW (question));
}

static void
answer_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BillingDisputePane *self = BILLING_DISPUTE_PANE (widget);
  GtkWindow *window;

  if (self->story == NULL)
    return;

  window = billing_dispute_window_new (get_desk (self), self->story->dispute);
  gtk_window_set_transient_for (window, GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_present (window);
}

static void
accept_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BillingDisputePane *self = BILLING_DISPUTE_PANE (widget);
  g_autofree char *amount = NULL;
  g_autofree char *body = NULL;

  if (self->story == NULL)
    return;

  amount = billing_format_money (NULL, self->story->dispute->amount, self->story->dispute->currency);
  if ((billing_dispute_status_get_flags (self->story->dispute->status) & BILLING_DISPUTE_INQUIRY) != 0)
    body = g_strdup_printf (_("The practice will not answer the inquiry about %s. The bank may then take the money back. This "
                              "cannot be undone."), amount);
  else
    body = g_strdup_printf (_("The dispute is given up as lost: %s stays with the cardholder, and Stripe’s fee for the dispute is "
                              "not returned. This cannot be undone, and no answer can be submitted any more."), amount);
  ask (self, "accept", BILLING_VERB_DISPUTE_ACCEPT, body);
}

static void
bill_again_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BillingDisputePane *self = BILLING_DISPUTE_PANE (widget);

  if (self->story != NULL)
    do_verb (self, BILLING_VERB_DISPUTE_BILL_AGAIN, get_id (self));
}

static void
write_off_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  BillingDisputePane *self = BILLING_DISPUTE_PANE (widget);
  g_autofree char *amount = NULL;
  g_autofree char *body = NULL;

  if (self->story == NULL)
    return;

  amount = billing_format_money (NULL, self->story->in_books, self->story->dispute->currency);
  body = g_strdup_printf (_("%s that the dispute took is given up: the patient is not asked for it again."), amount);
  ask (self, "write-off", BILLING_VERB_DISPUTE_WRITE_OFF, body);
}

static void
billing_dispute_pane_dispose (GObject *object)
{
  BillingDisputePane *self = BILLING_DISPUTE_PANE (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->story, billing_dispute_story_free);
  g_clear_object (&self->content);

  G_OBJECT_CLASS (billing_dispute_pane_parent_class)->dispose (object);
}

static void
billing_dispute_pane_class_init (BillingDisputePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  BillingRecordPaneClass *pane_class = BILLING_RECORD_PANE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_dispute_pane_dispose;

  pane_class->get_record_type = billing_dispute_get_type;
  pane_class->fill = fill;

  gtk_widget_class_install_action (widget_class, "dispute.accept", NULL, accept_action);
  gtk_widget_class_install_action (widget_class, "dispute.answer", NULL, answer_action);
  gtk_widget_class_install_action (widget_class, "dispute.bill-again", NULL, bill_again_action);
  gtk_widget_class_install_action (widget_class, "dispute.write-off", NULL, write_off_action);
}

static void
billing_dispute_pane_init (BillingDisputePane *self)
{
  self->content = g_object_ref_sink (GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18)));
}
