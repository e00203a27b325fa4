/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-demo-stripe"

#include "config.h"

#include "billing-demo-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-desk-posting.h"
#include "billing-table.h"

/*
 * What patients of the clinic paid through Stripe. It is posted as any charge is: from the mirror.
 * And it is written into a file by which a sandbox has the same history, so that fetching it again
 * finds what the books say.
 */

#define FILE_NAME "sandbox-history.jsonl"

/**
 * BillingDemoStripe:
 *
 * The clinic's Stripe account while it is made up.
 */
struct _BillingDemoStripe {
  BillingMirror *mirror; /* (owned) */
  GOutputStream *file;   /* (owned) */
  guint n_charges;
};

/**
 * billing_demo_get_history:
 * @folder: of a practice
 *
 * Returns: (transfer full): the file that a sandbox for the demo is started with (`billing-sandbox
 *   --history FILE`); it is there only where the practice is a demo
 */
char *
billing_demo_get_history (const char *folder)
{
  return g_build_filename (folder, FILE_NAME, NULL);
}

BillingDemoStripe *
billing_demo_stripe_new (const char  *folder,
                         GError     **error)
{
  g_autofree char *path = billing_demo_get_history (folder);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream = g_file_create (file, G_FILE_CREATE_PRIVATE, NULL, error);
  g_autoptr (BillingMirror) mirror = stream != NULL ? billing_mirror_open (folder, error) : NULL;
  BillingDemoStripe *self;

  if (mirror == NULL)
    return NULL;

  self = g_new0 (BillingDemoStripe, 1);
  self->mirror = g_steal_pointer (&mirror);
  self->file = g_buffered_output_stream_new (G_OUTPUT_STREAM (stream));
  return self;
}

void
billing_demo_stripe_free (BillingDemoStripe *self)
{
  billing_mirror_close (self->mirror);
  g_object_unref (self->file);
  g_free (self);
}

/* Names and answers are put between quotes: they have none. */
static gboolean
write_line (BillingDemo      *self,
            BillingDemoStep  *step,
            BillingPayment   *payment,
            const char       *name,
            GError          **error)
{
  g_autofree char *then = NULL;

  if (step->evidence != NULL)
    then = g_strdup_printf (",\"evidence\":\"%s\"", step->evidence);
  else if (step->refunded > 0)
    then = g_strdup_printf (",\"refund\":\"re_demo%07u\",\"amount_refunded\":%" G_GINT64_FORMAT
                            ",\"refunded_at\":%" G_GINT64_FORMAT, self->stripe->n_charges, step->refunded,
                            step->refunded_at);

  return g_output_stream_printf (self->stripe->file, NULL, NULL, error,
    "{\"amount\":%" G_GINT64_FORMAT ",\"currency\":\"usd\",\"created\":%" G_GINT64_FORMAT ",\"outcome\":\"%s\","
    "\"payment_method\":\"%s\",\"name\":\"%s\",\"description\":\"Payment %s\",\"charge\":\"ch_demo%07u\","
    "\"payment_intent\":\"pi_demo%07u\",\"metadata\":{\"billing_payment\":\"%s\",\"billing_number\":\"%s\"}%s}\n",
    payment->amount, step->at, step->outcome, step->card, name, payment->number,
    self->stripe->n_charges, self->stripe->n_charges,
    billing_record_get_id (BILLING_RECORD (payment)), payment->number,
    then != NULL ? then : "");
}

static gboolean
put (BillingDemo  *self,
     const char   *kind,
     const char   *json,
     GError      **error)
{
  BillingMirror *mirror = self->stripe->mirror;

  if (!billing_mirror_begin (mirror, error))
    return FALSE;
  /* As long ago as can be: what the sandbox says replaces it. */
  if (billing_mirror_put (mirror, billing_mirror_kind_find (kind), json, strlen (json), 1, error))
    return billing_mirror_commit (mirror, error);

  billing_mirror_rollback (mirror);
  return FALSE;
}

static gboolean
put_charge (BillingDemo      *self,
            BillingDemoStep  *step,
            BillingPayment   *payment,
            GError          **error)
{
  gboolean failed = g_str_equal (step->outcome, "failed");
  g_autofree char *json = g_strdup_printf (
    "{\"id\":\"ch_demo%07u\",\"object\":\"charge\",\"amount\":%" G_GINT64_FORMAT ",\"amount_captured\":%"
    G_GINT64_FORMAT ",\"amount_refunded\":%" G_GINT64_FORMAT ",\"captured\":%s,\"created\":%" G_GINT64_FORMAT
    ",\"currency\":\"usd\",\"status\":\"%s\",\"payment_intent\":\"pi_demo%07u\",\"outcome\":{\"seller_message\":\"%s\"},"
    "\"metadata\":{\"billing_payment\":\"%s\"}}", self->stripe->n_charges, payment->amount,
    failed ? 0 : payment->amount, step->refunded, failed ? "false" : "true", step->at,
    failed ? "failed" : "succeeded", self->stripe->n_charges,
    failed ? "The bank returned the decline code `generic_decline`." : "Payment complete.",
    billing_record_get_id (BILLING_RECORD (payment)));

  return put (self, "charges", json, error);
}

static gboolean
put_refund (BillingDemo      *self,
            BillingDemoStep  *step,
            GError          **error)
{
  g_autofree char *json = g_strdup_printf (
    "{\"id\":\"re_demo%07u\",\"object\":\"refund\",\"amount\":%" G_GINT64_FORMAT ",\"charge\":\"ch_demo%07u\","
    "\"created\":%" G_GINT64_FORMAT ",\"currency\":\"usd\",\"reason\":\"requested_by_customer\","
    "\"status\":\"succeeded\",\"metadata\":{}}", self->stripe->n_charges, step->refunded,
    self->stripe->n_charges, step->refunded_at);

  return step->refunded == 0 || put (self, "stripe_refunds", json, error);
}

/**
 * billing_demo_charge:
 * @self: a clinic
 * @step: what Stripe does with a payment, as its outcome says
 * @error: return location for an error
 *
 * Returns: whether the mirror and the history have it; billing_demo_post_charges() posts it
 */
gboolean
billing_demo_charge (BillingDemo      *self,
                     BillingDemoStep  *step,
                     GError          **error)
{
  g_autoptr (BillingRecord) payment = billing_table_get (self->connection, BILLING_TYPE_PAYMENT,
                                                         step->plan->number, error);
  g_autoptr (BillingRecord) patient = billing_table_get (self->connection, BILLING_TYPE_PATIENT,
                                                         step->plan->patient, error);

  if (payment == NULL || patient == NULL)
    return FALSE;

  self->stripe->n_charges++;
  return billing_demo_dispute (self, step, BILLING_PAYMENT (payment)->amount, error) &&
         write_line (self, step, BILLING_PAYMENT (payment), BILLING_PATIENT (patient)->name,
                     error) &&
         put_charge (self, step, BILLING_PAYMENT (payment), error) &&
         put_refund (self, step, error);
}

static gboolean
bind_account (BillingDesk        *desk,
              BillingConnection  *connection,
              gpointer            data,
              GError            **error)
{
  g_autoptr (BillingRecord) practice = billing_table_get (connection, BILLING_TYPE_PRACTICE, data,
                                                          error);

  if (practice == NULL)
    return FALSE;

  g_object_set (practice, "stripe-account", BILLING_DEMO_STRIPE_ACCOUNT, NULL);
  return billing_table_update (connection, practice, error);
}

/**
 * billing_demo_post_charges:
 * @self: a clinic whose last day is over
 * @cancellable: (nullable): what stops it
 * @error: return location for an error
 *
 * Returns: whether the books know what Stripe did, and the history is whole
 */
gboolean
billing_demo_post_charges (BillingDemo   *self,
                           GCancellable  *cancellable,
                           GError       **error)
{
  const char *id = billing_record_get_id (BILLING_RECORD (billing_desk_get_practice (self->desk)));
  guint64 n_posted;

  return g_output_stream_close (self->stripe->file, cancellable, error) &&
         billing_desk_batch (self->desk, bind_account, (gpointer) id, cancellable, error) &&
         billing_desk_post_stripe (self->desk, self->stripe->mirror, &n_posted, cancellable, error);
}
