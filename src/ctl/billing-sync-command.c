/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sync-command"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <json-glib/json-glib.h>
#include <stdio.h>

#include "billing-console.h"
#include "billing-history.h"
#include "billing-link.h"
#include "billing-payment.h"
#include "billing-stripe-delivery.h"
#include "billing-stripe-error.h"

/* How long --follow waits from one round to the next. */
#define FOLLOW_STEP (60 * G_USEC_PER_SEC)

static void
progress_cb (const char *text,
             int         permille,
             gpointer    data)
{
  billing_console_say (text);
}

static JsonObject *
make_streams (BillingSyncSummary *summary)
{
  JsonObject *streams = json_object_new ();

  for (guint i = 0; summary->streams != NULL && i < summary->streams->len; i++)
    {
      BillingSyncStream *stream = summary->streams->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "objects", stream->objects);
      json_object_set_string_member (object, "state", stream->state != NULL ? stream->state : "");
      if (stream->problem != NULL)
        json_object_set_string_member (object, "problem", stream->problem);
      json_object_set_object_member (streams, stream->name, object);
    }

  return streams;
}

/* The decimals are made of integers: 1.234 seconds are 1234 milliseconds. */
static void
print_summary (BillingSyncSummary *summary)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  gint64 ms = MAX (summary->microseconds / 1000, 1);
  gint64 tenths = summary->objects * 10000 / ms;
  g_autofree char *streams = NULL;

  json_node_take_object (node, make_streams (summary));
  streams = json_to_string (node, FALSE);
  printf ("{\"objects\":%" PRId64 ",\"seconds\":%" PRId64 ".%03d,\"objects_per_s\":%" PRId64 ".%d,\"requests\":%" PRId64
          ",\"sent\":%u,\"posted\":%" PRIu64 ",\"streams\":%s}\n",
          summary->objects, ms / 1000, (int) (ms % 1000), tenths / 10, (int) (tenths % 10),
          summary->requests, summary->sent, summary->posted, streams);
  fflush (stdout);
}

static void
print_denied (BillingSyncSummary *summary)
{
  for (guint i = 0; summary->streams != NULL && i < summary->streams->len; i++)
    {
      BillingSyncStream *stream = summary->streams->pdata[i];

      if (g_strcmp0 (stream->state, "denied") == 0)
        g_printerr ("billingctl: %s: %s\n", stream->name, stream->problem != NULL ? stream->problem : stream->state);
    }
}

static gboolean
run_once (BillingSync       *sync,
          BillingSyncFlags   flags,
          GError           **error)
{
  g_auto (BillingSyncSummary) summary = { 0 };
  gboolean done = billing_sync_run (sync, flags | BILLING_SYNC_WAIT, progress_cb, NULL, &summary,
                                    NULL, error);

  billing_console_progress_end ();
  if (!done)
    return FALSE;

  print_denied (&summary);
  print_summary (&summary);
  return TRUE;
}

/* What is over by itself after a while. */
static gboolean
passes (const GError *error)
{
  return g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_OFFLINE) ||
         g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_TIMEOUT) ||
         g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_RATE_LIMITED) ||
         g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_API) ||
         g_error_matches (error, BILLING_SYNC_ERROR, BILLING_SYNC_ERROR_BUSY);
}

gboolean
billing_command_sync (BillingCall  *call,
                      GError      **error)
{
  BillingSync *sync = billing_call_open_sync (call, error);
  BillingSyncFlags flags = billing_call_get (call, "full") != NULL ? BILLING_SYNC_FULL : BILLING_SYNC_DEFAULT;
  gboolean follows = billing_call_get (call, "follow") != NULL;

  if (sync == NULL)
    return FALSE;

  for (;;)
    {
      g_autoptr (GError) own_error = NULL;
      gboolean done = run_once (sync, flags, &own_error);

      gboolean told = billing_command_tell_patients (call);

      if (!done && told && !follows && g_error_matches (own_error, BILLING_SYNC_ERROR, BILLING_SYNC_ERROR_NOT_CONNECTED))
        {
          g_printerr (_("This practice is not connected to Stripe, so nothing was synced. Reminders were made, and the e-mails that waited were sent.\n"));
          return TRUE;
        }
      if (!done && !(follows && passes (own_error)))
        {
          g_propagate_error (error, g_steal_pointer (&own_error));
          return FALSE;
        }
      if (!follows)
        return TRUE;

      if (!done)
        g_printerr ("billingctl: %s\n", own_error->message);
      else
        flags = BILLING_SYNC_DEFAULT;
      g_usleep (FOLLOW_STEP);
    }
}

/* --- what an act left for Stripe -------------------------------------------------------------- */

typedef struct {
  BillingOutboxState state;
  char *problem; /* (owned) (nullable) */
  char *url;     /* (owned) (nullable): a page for the patient's browser */
  gint64 pk;     /* 0: there is none */
} Newest;

static void
newest_clear (Newest *newest)
{
  g_free (newest->problem);
  g_free (newest->url);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Newest, newest_clear)

/* Where one is closed, its address is of no use any more. */
static gboolean
makes_page (BillingIntent *intent)
{
  return g_str_equal (intent->kind, "authorise") || g_str_equal (intent->kind, "link");
}

static gboolean
look_at_intent_cb (BillingRecord  *record,
                   gpointer        data,
                   GError        **error)
{
  BillingIntent *intent = BILLING_INTENT (record);
  Newest *newest = data;

  if (billing_record_get_pk (record) <= newest->pk)
    return TRUE;

  newest->pk = billing_record_get_pk (record);
  newest->state = intent->state;
  g_free (newest->problem);
  newest->problem = g_strdup (intent->problem);
  g_free (newest->url);
  newest->url = makes_page (intent) ? billing_stripe_delivery_get_url (intent->answer) : NULL;
  return TRUE;
}

/* The newest thing that Stripe is asked for about a payment, or one thing by its own id. */
static gboolean
find_newest (BillingDesk  *desk,
             const char   *subject,
             Newest       *newest,
             GError      **error)
{
  g_autoptr (BillingRecord) record = billing_desk_find (desk, subject, error);
  g_autoptr (BillingQuery) query = billing_desk_query (desk, "outbox");

  if (record == NULL)
    return FALSE;
  if (BILLING_IS_INTENT (record))
    return look_at_intent_cb (record, newest, error);

  g_object_set (query, "subject",
                BILLING_IS_REFUND (record) ? BILLING_REFUND (record)->payment_id
                  : BILLING_IS_LINK (record) ? BILLING_LINK (record)->payment_id : billing_record_get_id (record), NULL);
  return billing_desk_list (desk, query, look_at_intent_cb, newest, NULL, error);
}

/* What Stripe made of it, once it was told. */
static gboolean
report (Newest  *newest,
        GError **error)
{
  const char *problem = newest->problem != NULL ? newest->problem : "";

  switch (newest->state)
    {
    case BILLING_OUTBOX_STATE_FAILED:
      g_set_error_literal (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID, problem);
      return FALSE;
    case BILLING_OUTBOX_STATE_UNKNOWN:
      g_printerr (_("It is not known whether Stripe did it. Do not ask for it again; see "
                    "“billingctl outbox check”. %s\n"), problem);
      return TRUE;
    case BILLING_OUTBOX_STATE_QUEUED:
    case BILLING_OUTBOX_STATE_SENDING:
      g_printerr (_("It waits in the outbox for the next round. %s\n"), problem);
      return TRUE;
    case BILLING_OUTBOX_STATE_DONE:
      if (newest->url != NULL)
        printf ("%s\n", newest->url);
      return TRUE;
    case BILLING_OUTBOX_STATE_WITHDRAWN:
    default:
      return TRUE;
    }
}

/**
 * billing_command_deliver:
 * @call: a call whose act is done
 * @subject: what it was done to
 * @error: return location for an error: Stripe's refusal
 *
 * Tells Stripe at once what an act left in the outbox. What cannot be told now waits there, which
 * is no failure of the act.
 *
 * Returns: whether Stripe did not refuse it
 */
gboolean
billing_command_deliver (BillingCall  *call,
                         const char   *subject,
                         GError      **error)
{
  g_autoptr (GError) own_error = NULL;
  g_auto (Newest) newest = { 0 };
  gboolean told;

  if (!find_newest (call->desk, subject, &newest, error))
    return FALSE;
  if (newest.pk == 0 ||
      (newest.state != BILLING_OUTBOX_STATE_QUEUED && newest.state != BILLING_OUTBOX_STATE_UNKNOWN))
    {
      g_free (newest.problem);
      return TRUE;
    }

  told = billing_sync_run (billing_call_open_sync (call, NULL), BILLING_SYNC_DELIVER_ONLY,
                           progress_cb, NULL, NULL, NULL, &own_error);
  billing_console_progress_end ();
  if (!told)
    g_printerr (_("Stripe was not told yet; it waits in the outbox. %s\n"), own_error->message);

  newest.pk = 0;
  return !told || (find_newest (call->desk, subject, &newest, error) && report (&newest, error));
}
