/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-messages"

#include "config.h"

#include "billing-messages-private.h"

#include <glib/gi18n-lib.h>

#include "billing-audit.h"
#include "billing-mail-message.h"
#include "billing-message-store.h"
#include "billing-table.h"

/*
 * Telling patients: messages are queued in the transaction of the act, and go out after it (billing-postman.c). What is queued is what goes
 * out, word for word, but for a payment link that Stripe has still to make.
 */

/* Of those who are left out, so many are named. */
#define MAX_NAMED 20

/* --- queueing ------------------------------------------------------------------------------------- */

/**
 * _billing_turn_begin:
 * @turn: (out): an act
 * @desk: a session
 * @connection: inside a transaction
 * @act: what is done
 * @today: the day
 *
 * Begins what no person does: the clock, or a look at what an act would do.
 */
void
_billing_turn_begin (BillingTurn        *turn,
                     BillingDesk        *desk,
                     BillingConnection  *connection,
                     BillingAct         *act,
                     const char         *today)
{
  *turn = (BillingTurn) { .desk = desk, .connection = connection, .act = act, .account = BILLING_DESK_CLOCK,
                          .now = billing_desk_get_now (desk), .today = today };
}

/* What can be paid by a link gets one that waits for Stripe. */
static gboolean
make_links (BillingTurn     *turn,
            BillingMessage  *message,
            GError         **error)
{
  g_autoptr (GPtrArray) payments = billing_message_store_list_linkable (turn->connection, message->invoice_id, message->payment_id, error);

  for (guint i = 0; payments != NULL && i < payments->len; i++)
    {
      g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_LINK, billing_record_get_id (payments->pdata[i]));
      BillingTurn link = *turn;

      link.act = act;
      if (!billing_desk_make_link (&link, error))
        return FALSE;
    }

  return payments != NULL;
}

/**
 * _billing_message_queue:
 * @drafting: what all messages of the act have in common
 * @message: of a draft that is not left out
 * @error: return location for an error
 *
 * Has a message go out after the transaction, once its payment link is there.
 *
 * Returns: whether it is queued
 */
gboolean
_billing_message_queue (BillingDrafting  *drafting,
                        BillingMessage   *message,
                        GError          **error)
{
  BillingTurn *turn = drafting->turn;
  const char *practice_id = billing_record_get_id (BILLING_RECORD (billing_desk_get_practice (turn->desk)));
  g_autofree char *id = billing_table_new_id (turn->connection, "msg", error);

  if (id == NULL)
    return FALSE;

  billing_record_set_id (BILLING_RECORD (message), id);
  message->message_id = billing_mail_message_build_id (id, practice_id, drafting->settings->from_address != NULL
                                                                          ? drafting->settings->from_address : "@localhost");
  message->day = g_strdup (turn->today);
  message->person = g_strdup (turn->account);
  message->created_at = turn->now;
  return (!message->with_link || make_links (turn, message, error)) &&
         billing_table_insert (turn->connection, BILLING_RECORD (message), error) &&
         billing_turn_audit (turn, id, NULL, BILLING_RECORD (message), turn->act->notes, error);
}

static void
set_said (GString    *said,
          guint       n,
          const char *sentence)
{
  if (n < MAX_NAMED)
    g_string_append_printf (said, "%s%s", said->len > 0 ? "\n" : "", sentence);
  else if (n == MAX_NAMED)
    g_string_append (said, "\n…");
}

/**
 * billing_desk_send_messages:
 * @turn: subject, selection or query: invoices, payments or patients, as the kind wants; name: the kind of message (invoice where nothing is
 *   said); method: smtp or portal; fields: link (yes or no), subject and body in place of the template's
 * @error: return location for an error
 *
 * Returns: whether at least one message is queued; the result is its id, or how many there are; the remainder says who is left out and why, a
 *   line each
 */
gboolean
billing_desk_send_messages (BillingTurn  *turn,
                            GError      **error)
{
  g_auto (BillingDrafting) drafting = { 0 };
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GString) said = g_string_new (NULL);
  g_autofree char *result = NULL;
  guint n_queued = 0, n_out = 0;

  if (!_billing_drafting_begin (&drafting, turn, error) || !billing_turn_check_text (turn->act->notes, error))
    return FALSE;

  drafts = _billing_drafting_list (&drafting, error);
  for (guint i = 0; drafts != NULL && i < drafts->len; i++)
    {
      BillingMessageDraft *draft = drafts->pdata[i];

      if (draft->left_out != NULL)
        set_said (said, n_out++, draft->left_out);
      else if (_billing_message_queue (&drafting, draft->message, error))
        n_queued++;
      else
        return FALSE;
      if (draft->left_out == NULL && n_queued == 1)
        billing_turn_set_result (turn, billing_record_get_id (BILLING_RECORD (draft->message)));
    }
  if (drafts == NULL)
    return FALSE;
  if (n_queued == 0)
    return billing_desk_refuse (error, _("%s Nothing was sent."), said->str);

  result = g_strdup_printf ("%u", n_queued);
  if (n_queued > 1)
    billing_turn_set_result (turn, result);
  g_free (turn->act->remainder);
  turn->act->remainder = said->len > 0 ? g_strdup (said->str) : NULL;
  return TRUE;
}

/* --- what people say of one ----------------------------------------------------------------------- */

static BillingMessage *
load_message (BillingTurn     *turn,
              BillingMessage **before,
              GError         **error)
{
  const char *id = turn->act->subject != NULL ? turn->act->subject : "";
  BillingMessage *message;

  *before = (BillingMessage *) billing_table_get (turn->connection, BILLING_TYPE_MESSAGE, id, error);
  if (*before == NULL)
    return NULL;

  message = billing_message_new ();
  billing_record_copy (BILLING_RECORD (message), BILLING_RECORD (*before));
  return message;
}

/**
 * _billing_message_store:
 * @turn: an act, of a person or of the clock
 * @before: a message as it was
 * @message: as it is to be
 * @error: return location for an error
 *
 * Returns: whether it is written, and in the audit
 */
gboolean
_billing_message_store (BillingTurn     *turn,
                        BillingMessage  *before,
                        BillingMessage  *message,
                        GError         **error)
{
  const char *id = billing_record_get_id (BILLING_RECORD (message));

  billing_turn_set_result (turn, id);
  return billing_table_update (turn->connection, BILLING_RECORD (message), error) &&
         billing_turn_audit (turn, id, BILLING_RECORD (before), BILLING_RECORD (message), turn->act->notes, error);
}

/**
 * billing_desk_cancel_message:
 * @turn: the id of a message that waits
 * @error: return location for an error
 *
 * Returns: whether it will never go out
 */
gboolean
billing_desk_cancel_message (BillingTurn  *turn,
                             GError      **error)
{
  g_autoptr (BillingMessage) before = NULL;
  g_autoptr (BillingMessage) message = load_message (turn, &before, error);

  if (message == NULL || !billing_turn_check_text (turn->act->notes, error))
    return FALSE;
  if (message->state != BILLING_MESSAGE_STATE_QUEUED)
    return billing_desk_refuse (error, _("Only a message that still waits can be cancelled; this one: %s. Nothing was changed."),
                                billing_message_state_get_label (message->state));

  message->state = BILLING_MESSAGE_STATE_CANCELLED;
  return _billing_message_store (turn, before, message, error);
}

/* It goes out again under the same Message-ID, so that who has it already can tell. */
static void
queue_again (BillingMessage *message)
{
  message->state = BILLING_MESSAGE_STATE_QUEUED;
  message->next_at = 0;
  g_clear_pointer (&message->problem, g_free);
}

/**
 * billing_desk_resolve_message:
 * @turn: the id of a message of which it is not known whether it went out, or that failed; method: sent (it went out) or again (send it
 *   again)
 * @error: return location for an error
 *
 * Returns: whether it is as was said
 */
gboolean
billing_desk_resolve_message (BillingTurn  *turn,
                              GError      **error)
{
  const char *method = turn->act->method != NULL ? turn->act->method : "";
  g_autoptr (BillingMessage) before = NULL;
  g_autoptr (BillingMessage) message = load_message (turn, &before, error);
  gboolean is_again = g_str_equal (method, "again");

  if (message == NULL || !billing_turn_check_text (turn->act->notes, error))
    return FALSE;
  if (!is_again && !g_str_equal (method, "sent"))
    return billing_desk_refuse (error, _("What became of it? “sent” says that it went out, “again” sends it again. Nothing was changed."));
  if (message->state != BILLING_MESSAGE_STATE_UNKNOWN && !(is_again && message->state == BILLING_MESSAGE_STATE_FAILED))
    return billing_desk_refuse (error, _("There is nothing to say of this message: %s. Nothing was changed."),
                                billing_message_state_get_label (message->state));

  if (is_again)
    queue_again (message);
  else
    message->state = BILLING_MESSAGE_STATE_SENT;
  if (!is_again)
    message->sent_at = turn->now;
  return _billing_message_store (turn, before, message, error);
}

/* --- by rule -------------------------------------------------------------------------------------- */

typedef struct {
  BillingDesk *desk;
  guint n;
} Reminding;

static gboolean
remind_of (BillingDrafting  *drafting,
           GPtrArray        *invoices,
           guint            *n,
           GError          **error)
{
  for (guint i = 0; i < invoices->len; i++)
    {
      g_autoptr (BillingMessageDraft) draft = _billing_drafting_make (drafting, invoices->pdata[i], error);

      if (draft == NULL || (draft->left_out == NULL && !_billing_message_queue (drafting, draft->message, error)))
        return FALSE;
      *n += draft->left_out == NULL;
    }

  return TRUE;
}

/* By one of the two lists of days. */
static gboolean
remind_by (BillingDrafting  *drafting,
           const char       *text,
           int               sign,
           guint            *n,
           GError          **error)
{
  BillingTurn *turn = drafting->turn;
  g_autoptr (GArray) days = NULL;

  if (!billing_mail_settings_parse_days (text, &days))
    return TRUE;

  for (guint i = 0; i < days->len; i++)
    {
      g_autoptr (GPtrArray) invoices =
        billing_message_store_list_due (turn->connection, sign * g_array_index (days, int, i), drafting->settings->reminded_on, turn->today, error);

      if (invoices == NULL || !remind_of (drafting, invoices, n, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
remind_func (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  Reminding *reminding = data;
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_MESSAGE_SEND, NULL);
  g_autofree char *today = billing_desk_get_today (reminding->desk);
  g_auto (BillingDrafting) drafting = { 0 };
  BillingTurn turn;

  _billing_turn_begin (&turn, reminding->desk, connection, act, today);
  act->name = g_strdup ("reminder");
  if (!_billing_drafting_begin (&drafting, &turn, error))
    return FALSE;
  if (g_strcmp0 (drafting.settings->reminded_on, today) >= 0)
    return TRUE;
  if (!remind_by (&drafting, drafting.settings->remind_before, -1, &reminding->n, error) ||
      !remind_by (&drafting, drafting.settings->remind_after, 1, &reminding->n, error))
    return FALSE;

  g_free (drafting.settings->reminded_on);
  drafting.settings->reminded_on = g_strdup (today);
  return billing_table_update (connection, BILLING_RECORD (drafting.settings), error);
}

/* Whether the day has begun for which none were made yet. */
static gboolean
is_new_day (BillingDesk  *desk,
            gboolean     *is_new,
            GError      **error)
{
  g_autoptr (BillingMailSettings) settings = billing_desk_load_mail_settings (desk, error);
  g_autofree char *today = billing_desk_get_today (desk);

  if (settings == NULL)
    return FALSE;

  *is_new = settings->channel != BILLING_MESSAGE_CHANNEL_NONE && (settings->remind_before != NULL || settings->remind_after != NULL) &&
            g_strcmp0 (settings->reminded_on, today) < 0;
  return TRUE;
}

/**
 * billing_desk_make_reminders:
 * @desk: a session
 * @n: (out): how many reminders are queued now
 * @error: return location for an error
 *
 * Reminds by the practice's rule of what is due in so many days, or was so many days ago: once a day, and for the days since then too if
 * nobody was there. Nobody is reminded twice a day of the same invoice, nor at all who wants no reminders. To be called whenever a day may
 * have begun.
 *
 * Returns: whether those of today are made
 */
gboolean
billing_desk_make_reminders (BillingDesk  *desk,
                             guint        *n,
                             GError      **error)
{
  Reminding reminding = { desk, 0 };
  gboolean is_new;

  *n = 0;
  if (!is_new_day (desk, &is_new, error) ||
      (is_new && !billing_store_write (billing_desk_get_store (desk), remind_func, &reminding, NULL, error)))
    return FALSE;

  *n = reminding.n;
  return TRUE;
}
