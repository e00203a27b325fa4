/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-refund-result"

#include "config.h"

#include "billing-refund-result.h"

#include <glib/gi18n.h>

#include "billing-dossier.h"
#include "billing-format.h"
#include "billing-outbox-format.h"
#include "billing-status.h"

struct _BillingRefundResult {
  AdwBin parent_instance;

  /* Template widgets */
  AdwStatusPage *page; /* (not owned) */
  GtkWidget *spinner; /* (not owned) */
  GtkWidget *check_button; /* (not owned) */

  BillingDossier *dossier; /* (owned) (nullable) */
  GSignalGroup *store; /* (owned) */
  GCancellable *cancellable; /* (owned) */
  char *payment; /* (owned) (nullable): its id */
  char *refund; /* (owned) (nullable): its id */
  char *intent; /* (owned) (nullable): by which Stripe was asked */
  guint source;
};

G_DEFINE_FINAL_TYPE (BillingRefundResult, billing_refund_result, ADW_TYPE_BIN)

static gpointer
find_in (BillingRefundResult *self,
         const char          *list)
{
  g_autoptr (GListModel) model = NULL;

  g_object_get (self->dossier, list, &model, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BillingRecord) record = g_list_model_get_item (model, i);

      if (g_str_equal (list, "refunds") ? g_strcmp0 (billing_record_get_id (record), self->refund) == 0
                                        : g_strcmp0 (BILLING_INTENT (record)->record_id, self->refund) == 0)
        return g_steal_pointer (&record);
    }

  return NULL;
}

static void
show (BillingRefundResult *self,
      const char          *icon,
      const char          *title,
      const char          *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_status_page_set_icon_name (self->page, icon);
  adw_status_page_set_title (self->page, title);
  adw_status_page_set_description (self->page, markup);
}

static void
show_posted (BillingRefundResult *self,
             BillingRefund       *refund)
{
  BillingPayment *payment = billing_dossier_get_payment (self->dossier);
  g_autofree char *amount = billing_format_money (NULL, refund->amount, refund->currency);
  g_autofree char *text = NULL;

  /* Translators: an amount, the number of a payment, and its status */
  text = g_strdup_printf (_("%s went back to the patient. %s is %s now."), amount, payment->number,
                          billing_status_get_label (payment->status));
  show (self, "emblem-ok-symbolic", _("Refunded"), text);
}

/* Stripe has still to say, or it said no. */
static void
show_intent (BillingRefundResult *self,
             BillingIntent       *intent)
{
  gboolean is_sent = intent->state == BILLING_OUTBOX_STATE_SENDING || intent->first_sent_at != 0;
  g_autofree char *why = billing_outbox_format_explanation (intent);

  switch (intent->state)
    {
    case BILLING_OUTBOX_STATE_QUEUED:
    case BILLING_OUTBOX_STATE_SENDING:
      show (self, NULL, is_sent ? _("Sent to Stripe") : _("Waiting to Be Sent"), why);
      break;
    case BILLING_OUTBOX_STATE_UNKNOWN:
      show (self, "dialog-question-symbolic", _("Answer Unknown"), why);
      break;
    case BILLING_OUTBOX_STATE_FAILED:
      show (self, "dialog-error-symbolic", _("Refused by Stripe"), why);
      break;
    case BILLING_OUTBOX_STATE_WITHDRAWN:
      show (self, "action-unavailable-symbolic", _("Withdrawn"), why);
      break;
    case BILLING_OUTBOX_STATE_DONE:
    default:
      show (self, "emblem-synchronizing-symbolic", _("On Its Way"),
            _("Stripe has accepted the refund. It can take some days until the bank has it; it is followed here, and you "
              "are told if it fails."));
    }
}

static void
show_state (BillingRefundResult *self,
            BillingRefund       *refund,
            BillingIntent       *intent)
{
  if (refund->state == BILLING_REFUND_STATE_POSTED)
    show_posted (self, refund);
  else if (intent != NULL)
    show_intent (self, intent);
  else if (refund->state == BILLING_REFUND_STATE_WAITING)
    show (self, "avatar-default-symbolic", _("Waiting for a Second Person"),
          _("It is above the practice’s limit: somebody else has to approve it. Until then the amount is reserved."));
  else
    show (self, "action-unavailable-symbolic", _("Withdrawn"), _("Nothing went back to the patient."));
}

static void
update (BillingRefundResult *self)
{
  g_autoptr (BillingRefund) refund = find_in (self, "refunds");
  g_autoptr (BillingIntent) intent = find_in (self, "intents");
  gboolean is_moving;

  if (refund == NULL)
    return;

  is_moving = refund->state == BILLING_REFUND_STATE_WAITING && intent != NULL &&
              (intent->state == BILLING_OUTBOX_STATE_QUEUED || intent->state == BILLING_OUTBOX_STATE_SENDING);
  show_state (self, refund, intent);
  gtk_widget_set_visible (self->spinner, is_moving);
  gtk_widget_set_visible (self->check_button, intent != NULL && intent->state == BILLING_OUTBOX_STATE_UNKNOWN &&
                                              refund->state == BILLING_REFUND_STATE_WAITING);
  g_free (self->intent);
  self->intent = intent != NULL ? g_strdup (billing_record_get_id (BILLING_RECORD (intent))) : NULL;
}

static void
load_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  BillingRefundResult *self = user_data;
  g_autoptr (GError) error = NULL;

  if (billing_dossier_load_finish (BILLING_DOSSIER (object), result, &error))
    update (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show (self, "dialog-error-symbolic", _("It Cannot Be Shown"), error->message);
}

static gboolean
load (gpointer data)
{
  BillingRefundResult *self = data;

  self->source = 0;
  billing_dossier_load_async (self->dossier, self->payment, self->cancellable, load_cb, self);
  return G_SOURCE_REMOVE;
}

/* One commit tells of several kinds; they are read once. */
static void
changed_cb (BillingRefundResult *self,
            const char          *kind,
            GArray              *pks)
{
  if (self->source == 0 && billing_dossier_is_touched_by (self->dossier, kind, pks))
    self->source = g_idle_add (load, self);
}

static void
check_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GtkWidget) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWindow *below = gtk_window_get_transient_for (GTK_WINDOW (gtk_widget_get_root (self)));

  if (!billing_desk_do_finish (BILLING_DESK (object), result, &error))
    show (BILLING_REFUND_RESULT (self), "dialog-question-symbolic", _("Answer Unknown"), error->message);
  else if (below != NULL)
    gtk_widget_activate_action (GTK_WIDGET (below), "win.sync-now", NULL);
}

static void
check_clicked_cb (BillingRefundResult *self)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_OUTBOX_CHECK, self->intent);

  billing_desk_do_async (billing_dossier_get_desk (self->dossier), act, NULL, check_cb, g_object_ref (self));
}

static void
billing_refund_result_dispose (GObject *object)
{
  BillingRefundResult *self = BILLING_REFUND_RESULT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_object (&self->dossier);
  g_clear_pointer (&self->payment, g_free);
  g_clear_pointer (&self->refund, g_free);
  g_clear_pointer (&self->intent, g_free);

  G_OBJECT_CLASS (billing_refund_result_parent_class)->dispose (object);
}

static void
billing_refund_result_class_init (BillingRefundResultClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_refund_result_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dialogs/refund-result.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingRefundResult, check_button);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundResult, page);
  gtk_widget_class_bind_template_child (widget_class, BillingRefundResult, spinner);
  gtk_widget_class_bind_template_callback (widget_class, check_clicked_cb);
}

static void
billing_refund_result_init (BillingRefundResult *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (changed_cb), self);
}

/**
 * billing_refund_result_follow:
 * @self: shows nothing yet
 * @desk: whose practice
 * @payment: id of the payment
 * @refund: id of the refund, as the desk made it
 *
 * Shows how the refund stands, and follows it.
 */
void
billing_refund_result_follow (BillingRefundResult *self,
                              BillingDesk         *desk,
                              const char          *payment,
                              const char          *refund)
{
  g_return_if_fail (self->dossier == NULL);

  self->dossier = billing_dossier_new (desk);
  self->payment = g_strdup (payment);
  self->refund = g_strdup (refund);
  g_signal_group_set_target (self->store, billing_desk_get_store (desk));
  load (self);
}
