/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-postman"

#include "config.h"

#include "billing-messages-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "billing-keyring.h"
#include "billing-lock-file.h"
#include "billing-mail-message.h"
#include "billing-mail-password.h"
#include "billing-message-store.h"
#include "billing-message-text.h"
#include "billing-table.h"

/*
 * Messages on their way: one is claimed in one transaction, sent in none, and settled in another. A message never goes out by itself a second time
 * once the server may have had it: where its answer was lost, or this program died before it was written down, a person says what became of it.
 */

#define LOCK_FILE "mail.lock"

/* Seconds until the second try; each further wait is twice as long, up to an hour. */
#define FIRST_WAIT 60
#define LONGEST_WAIT 3600

/* After two days or so it is no use. */
#define MAX_TRIES 50

typedef struct {
  BillingDesk *desk;
  BillingMessageChannel channel;
  const char *id;          /* (nullable) */
  BillingMailSettings *settings;
  GCancellable *cancellable;
  guint n_sent;

  /* Of the message in hand. */
  BillingMessage *message; /* (owned) (nullable): claimed */
  BillingMailResult result;
} Post;

/* --- in the books --------------------------------------------------------------------------------- */

static gboolean
store (Post               *post,
       BillingConnection  *connection,
       BillingMessage     *before,
       BillingMessage     *message,
       GError            **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_MESSAGE_SEND, NULL);
  g_autofree char *today = billing_desk_get_today (post->desk);
  BillingTurn turn;

  _billing_turn_begin (&turn, post->desk, connection, act, today);
  return _billing_message_store (&turn, before, message, error);
}

static gboolean
end (Post                 *post,
     BillingConnection    *connection,
     BillingMessage       *before,
     BillingMessageState   state,
     const char           *problem,
     GError              **error)
{
  g_autoptr (BillingMessage) message = billing_message_new ();

  billing_record_copy (BILLING_RECORD (message), BILLING_RECORD (before));
  message->state = state;
  g_free (message->problem);
  message->problem = g_strdup (problem);
  return store (post, connection, before, message, error);
}

static gboolean
end_all (Post                 *post,
         BillingConnection    *connection,
         GPtrArray            *messages,
         BillingMessageState   state,
         const char           *problem,
         GError              **error)
{
  for (guint i = 0; messages != NULL && i < messages->len; i++)
    {
      if (!end (post, connection, messages->pdata[i], state, problem, error))
        return FALSE;
    }

  return messages != NULL;
}

/* What a program left behind that was killed while it sent, and what nobody needs any more. */
static gboolean
recover_func (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  Post *post = data;
  g_autoptr (GPtrArray) abandoned = billing_message_store_list_abandoned (connection, post->channel, error);
  g_autoptr (GPtrArray) needless = abandoned != NULL ? billing_message_store_list_needless (connection, error) : NULL;

  return end_all (post, connection, abandoned, BILLING_MESSAGE_STATE_UNKNOWN,
                  _("The program ended while it was on its way: it is not known whether it went out."), error) &&
         end_all (post, connection, needless, BILLING_MESSAGE_STATE_CANCELLED,
                  _("It was no longer needed, or no longer wanted, when its turn came."), error);
}

/* Puts the payment link into the message, for good. */
static gboolean
complete (Post               *post,
          BillingConnection  *connection,
          GError            **error)
{
  g_autofree char *link = NULL;
  char *body;

  if (!post->message->with_link)
    return TRUE;
  if (!billing_message_store_find_link (connection, post->message, &link, error))
    return FALSE;
  if (link == NULL)
    return TRUE;

  body = billing_message_text_set_link (post->message->body, link);
  g_free (post->message->body);
  post->message->body = body;
  post->message->with_link = FALSE;
  return billing_table_update (connection, BILLING_RECORD (post->message), error);
}

/* One whose link was never made goes nowhere: who gets it could not pay. */
static gboolean
claim_func (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Post *post = data;
  gboolean is_complete = FALSE;

  while (!is_complete)
    {
      g_clear_object (&post->message);
      if (!billing_message_store_claim (connection, post->channel, post->id, billing_desk_get_now (post->desk), &post->message, error))
        return FALSE;
      if (post->message == NULL)
        return TRUE;
      if (!complete (post, connection, error))
        return FALSE;

      is_complete = !post->message->with_link;
      if (!is_complete && !end (post, connection, post->message, BILLING_MESSAGE_STATE_FAILED,
                                _("Its payment link was not made, or is closed. Make one, and send it again."), error))
        return FALSE;
    }

  return TRUE;
}

static gint64
get_wait (gint64 tries)
{
  return MIN (LONGEST_WAIT, FIRST_WAIT << MIN (MAX (tries - 1, 0), 10));
}

static void
judge (Post           *post,
       BillingMessage *message)
{
  gint64 now = billing_desk_get_now (post->desk);

  switch (post->result.outcome)
    {
    case BILLING_MAIL_SENT:
      message->state = BILLING_MESSAGE_STATE_SENT;
      message->sent_at = now;
      break;
    case BILLING_MAIL_UNKNOWN:
      message->state = BILLING_MESSAGE_STATE_UNKNOWN;
      break;
    case BILLING_MAIL_DEFERRED:
      message->state = message->tries < MAX_TRIES ? BILLING_MESSAGE_STATE_QUEUED : BILLING_MESSAGE_STATE_FAILED;
      message->next_at = now + get_wait (message->tries);
      break;
    case BILLING_MAIL_REFUSED:
    default:
      message->state = BILLING_MESSAGE_STATE_FAILED;
      break;
    }
  g_free (message->problem);
  message->problem = g_strdup (post->result.problem);
}

static gboolean
settle_func (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  Post *post = data;
  g_autoptr (BillingMessage) after = billing_message_new ();

  billing_record_copy (BILLING_RECORD (after), BILLING_RECORD (post->message));
  judge (post, after);
  /* A try that is to be repeated is no news. */
  return after->state == BILLING_MESSAGE_STATE_QUEUED ? billing_table_update (connection, BILLING_RECORD (after), error)
                                                      : store (post, connection, post->message, after, error);
}

/* --- over the wire -------------------------------------------------------------------------------- */

static GBytes *
build (Post           *post,
       BillingMessage *message,
       GError        **error)
{
  BillingPractice *practice = billing_desk_get_practice (post->desk);
  BillingMailMessage mail = {
    .from_address = post->settings->from_address,
    .from_name = post->settings->from_name != NULL ? post->settings->from_name : practice->name,
    .to_address = message->address,
    .to_name = message->patient_name,
    .subject = message->subject,
    .body = message->body,
    .language = message->language,
    .message_id = message->message_id,
    .sent_at = billing_desk_get_now (post->desk),
  };

  return billing_mail_message_build (&mail, error);
}

static void
send_one (Post                    *post,
          const BillingMailServer *server,
          BillingMessage          *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) mail = build (post, message, &error);

  billing_mail_result_clear (&post->result);
  if (mail != NULL)
    billing_mail_deliver (server, post->settings->from_address, message->address, mail, &post->result, post->cancellable);
  else
    post->result = (BillingMailResult) { .outcome = BILLING_MAIL_REFUSED, .problem = g_strdup (error->message) };
}

/* What a message is told that nobody can send now is told to who asked, too. */
static gboolean
may_go_on (Post    *post,
           GError **error)
{
  if (!post->result.stops)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, post->result.problem);
  return FALSE;
}

static gboolean
send_all (Post                    *post,
          const BillingMailServer *server,
          GError                 **error)
{
  BillingStore *books = billing_desk_get_store (post->desk);

  while (!g_cancellable_set_error_if_cancelled (post->cancellable, error))
    {
      if (!billing_store_write (books, claim_func, post, NULL, error))
        return FALSE;
      if (post->message == NULL)
        return TRUE;

      send_one (post, server, post->message);
      if (!billing_store_write (books, settle_func, post, NULL, error))
        return FALSE;
      post->n_sent += post->result.outcome == BILLING_MAIL_SENT;
      if (!may_go_on (post, error))
        return FALSE;
    }

  return FALSE;
}

static gboolean
send_with_password (Post    *post,
                    GError **error)
{
  BillingMailServer server = _billing_mail_get_server (post->settings);
  char *password = NULL;
  gboolean success = (server.user == NULL || _billing_mail_find_password (post->desk, &password, error));

  server.password = password;
  success = success && send_all (post, &server, error);
  billing_keyring_free_secret (password);
  return success;
}

static void
clear (Post *post)
{
  g_clear_object (&post->settings);
  g_clear_object (&post->message);
  billing_mail_result_clear (&post->result);
}

static gboolean
look_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  gboolean *is_there = data;

  return billing_message_store_is_any_open (connection, is_there, error);
}

static gboolean
deliver_locked (Post    *post,
                GError **error)
{
  return billing_store_write (billing_desk_get_store (post->desk), recover_func, post, NULL, error) && send_with_password (post, error);
}

/**
 * billing_desk_deliver_messages:
 * @desk: a session
 * @n_sent: (out): how many the mail server took over
 * @cancellable: (nullable): stops it; what is on its way may then be unknown
 * @error: return location for an error: the mail server cannot be reached, lets nobody in, or the books cannot be written
 *
 * Sends what is due by the mail server. One program at a time does; where another one does, that is no error. A message that is refused is none
 * either: it says so itself. Not for the thread of a main loop.
 *
 * Returns: whether everything that is due was tried
 */
gboolean
billing_desk_deliver_messages (BillingDesk   *desk,
                               guint         *n_sent,
                               GCancellable  *cancellable,
                               GError       **error)
{
  BillingStore *books = billing_desk_get_store (desk);
  g_autofree char *path = billing_store_build_path (books, LOCK_FILE);
  Post post = { .desk = desk, .channel = BILLING_MESSAGE_CHANNEL_SMTP, .cancellable = cancellable };
  gboolean is_open = FALSE, is_busy, success;
  int fd;

  *n_sent = 0;
  if (!billing_store_read (books, look_func, &is_open, cancellable, error))
    return FALSE;
  post.settings = is_open ? billing_desk_load_mail_settings (desk, error) : NULL;
  if (!is_open)
    return TRUE;
  if (post.settings == NULL)
    return FALSE;
  if (post.settings->host == NULL || post.settings->from_address == NULL)
    {
      clear (&post);
      return TRUE;
    }

  fd = billing_lock_file_take (path, 0, cancellable, &is_busy, error);
  success = fd >= 0 ? deliver_locked (&post, error) : is_busy;
  if (fd >= 0)
    g_close (fd, NULL);
  *n_sent = post.n_sent;
  clear (&post);
  return success;
}

/**
 * billing_desk_send_test_mail:
 * @desk: a session of somebody who may change the mail settings
 * @address: to whom
 * @cancellable: (nullable): what stops it
 * @error: return location for an error: why it did not go, in the server's words
 *
 * Sends a message that says nothing of anybody, at once.
 *
 * Returns: whether the mail server took it over
 */
gboolean
billing_desk_send_test_mail (BillingDesk   *desk,
                             const char    *address,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_autoptr (BillingMessage) message = billing_message_new ();
  g_autofree char *stamp = g_strdup_printf ("test-%" G_GINT64_FORMAT, g_get_real_time ());
  Post post = { .desk = desk, .cancellable = cancellable, .settings = billing_desk_load_mail_settings (desk, error) };
  BillingMailServer server;
  char *password = NULL;
  gboolean success;

  if (post.settings == NULL)
    return FALSE;

  server = _billing_mail_get_server (post.settings);
  message->address = g_strdup (address);
  message->subject = g_strdup (_("A test of Billing"));
  message->body = g_strdup (_("This e-mail shows that the practice can send messages to its patients.\n"));
  message->message_id = billing_mail_message_build_id (stamp, billing_record_get_id (BILLING_RECORD (billing_desk_get_practice (desk))),
                                                       post.settings->from_address != NULL ? post.settings->from_address : "");
  success = server.user == NULL || _billing_mail_find_password (desk, &password, error);
  if (success)
    {
      server.password = password;
      send_one (&post, &server, message);
      success = post.result.outcome == BILLING_MAIL_SENT;
      if (!success)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, post.result.problem);
    }
  billing_keyring_free_secret (password);
  clear (&post);
  return success;
}

/* --- by the mail program -------------------------------------------------------------------------- */

/**
 * billing_desk_recover_messages:
 * @desk: a session
 * @channel: how they go
 * @error: return location for an error
 *
 * Finds what a program left behind that ended while it sent; to be called by who sends by @channel, before it does.
 *
 * Returns: whether nothing is left on its way
 */
gboolean
billing_desk_recover_messages (BillingDesk            *desk,
                               BillingMessageChannel   channel,
                               GError                **error)
{
  Post post = { .desk = desk, .channel = channel };
  gboolean is_open = FALSE;

  return billing_store_read (billing_desk_get_store (desk), look_func, &is_open, NULL, error) &&
         (!is_open || billing_store_write (billing_desk_get_store (desk), recover_func, &post, NULL, error));
}

/**
 * billing_desk_take_message:
 * @desk: a session
 * @id: (nullable): of a message; %NULL: the next one
 * @message: (out) (transfer full) (nullable): what the mail program is to show, whole; %NULL: there is none, or its link is still to come
 * @error: return location for an error
 *
 * Takes a message for the mail program; billing_desk_hand_message() says what became of it.
 *
 * Returns: whether it could be looked for
 */
gboolean
billing_desk_take_message (BillingDesk     *desk,
                           const char      *id,
                           BillingMessage **message,
                           GError         **error)
{
  Post post = { .desk = desk, .channel = BILLING_MESSAGE_CHANNEL_PORTAL, .id = id };
  gboolean success = billing_store_write (billing_desk_get_store (desk), claim_func, &post, NULL, error);

  *message = success ? g_steal_pointer (&post.message) : NULL;
  clear (&post);
  return success;
}

typedef struct {
  Post post;
  const char *problem; /* (nullable) */
} Handing;

static gboolean
hand_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Handing *handing = data;

  return end (&handing->post, connection, handing->post.message,
              handing->problem == NULL ? BILLING_MESSAGE_STATE_HANDED : BILLING_MESSAGE_STATE_FAILED, handing->problem, error);
}

/**
 * billing_desk_hand_message:
 * @desk: a session
 * @message: of billing_desk_take_message()
 * @problem: (nullable): why the mail program did not take it; %NULL: it did
 * @error: return location for an error
 *
 * Returns: whether that is written down
 */
gboolean
billing_desk_hand_message (BillingDesk     *desk,
                           BillingMessage  *message,
                           const char      *problem,
                           GError         **error)
{
  Handing handing = { { .desk = desk, .message = message }, problem };

  return billing_store_write (billing_desk_get_store (desk), hand_func, &handing, NULL, error);
}
