/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-intent-kind"

#include "config.h"

#include "billing-stripe-intent-kind.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "billing-stripe-json.h"

/* --- what an object says of an intent --------------------------------------------------------- */

static const char *
get_status (JsonObject *object)
{
  const char *status = billing_stripe_json_peek_text (object, "status");

  return status != NULL ? status : "";
}

/* An authorisation that ended in anything else waits for what nobody will do. */
static char *
find_unauthorised (JsonObject *object)
{
  static const char * const authorised[] = { "requires_capture", "processing", "succeeded", NULL };
  JsonObject *problem = billing_stripe_json_peek_object (object, "last_payment_error");
  const char *message = billing_stripe_json_peek_text (problem, "message");
  const char *status = get_status (object);

  if (g_strcmp0 (billing_stripe_json_peek_text (object, "object"), "payment_intent") != 0 ||
      g_strv_contains (authorised, status))
    return NULL;
  if (message != NULL)
    return g_strdup (message);
  if (g_str_equal (status, "requires_action"))
    return g_strdup (_("The bank wants the card's owner to confirm this payment, which only they "
                       "can do. No money was taken. Authorise it with “page”, and let the patient "
                       "do it there."));
  return g_strdup_printf (_("The card could not be authorised (%s). No money was taken."), status);
}

static char *
find_not_refunded (JsonObject *object)
{
  static const char * const given_up[] = { "failed", "canceled", NULL };

  return g_strv_contains (given_up, get_status (object))
           ? g_strdup (_("The card's bank did not take the refund. No money went back; give it back in another way."))
           : NULL;
}

static char *
find_not_captured (JsonObject *object)
{
  return g_str_equal (get_status (object), "succeeded")
           ? NULL
           : g_strdup_printf (_("Stripe did not take the amount; it says “%s”."), get_status (object));
}

static char *
find_not_released (JsonObject *object)
{
  return g_str_equal (get_status (object), "canceled")
           ? NULL
           : g_strdup_printf (_("Stripe did not release the amount; it says “%s”."), get_status (object));
}

static char *
find_link_open (JsonObject *object)
{
  return json_object_get_boolean_member_with_default (object, "active", FALSE)
           ? g_strdup (_("Stripe did not close the page: it can still be paid."))
           : NULL;
}

static char *
find_session_open (JsonObject *object)
{
  return g_str_equal (get_status (object), "open")
           ? g_strdup (_("Stripe did not close the page: it can still be paid."))
           : NULL;
}

static char *
find_payout_failed (JsonObject *object)
{
  const char *message = billing_stripe_json_peek_text (object, "failure_message");

  if (!g_str_equal (get_status (object), "failed"))
    return NULL;
  return g_strdup (message != NULL ? message : _("The payout failed. The money is back in the balance at Stripe."));
}

static char *
find_payout_not_cancelled (JsonObject *object)
{
  return g_str_equal (get_status (object), "canceled")
           ? NULL
           : g_strdup_printf (_("Stripe did not cancel the payout; it says “%s”."), get_status (object));
}

static gint64
count_submissions (JsonObject *object)
{
  JsonObject *details = billing_stripe_json_peek_object (object, "evidence_details");

  return details != NULL ? json_object_get_int_member_with_default (details, "submission_count", 0) : 0;
}

static char *
find_not_submitted (JsonObject *object)
{
  return count_submissions (object) > 0
           ? NULL
           : g_strdup_printf (_("Stripe did not submit the answer; the dispute is “%s”."), get_status (object));
}

/* An accepted inquiry is closed, and takes nothing. */
static char *
find_not_accepted (JsonObject *object)
{
  static const char * const closed[] = { "lost", "warning_closed", NULL };

  return g_strv_contains (closed, get_status (object))
           ? NULL
           : g_strdup_printf (_("Stripe did not close the dispute; it says “%s”."), get_status (object));
}

static char *
find_registered_still (JsonObject *object)
{
  return json_object_has_member (object, "expires_at") && !json_object_get_null_member (object, "expires_at")
           ? NULL
           : g_strdup (_("Stripe did not end the tax registration."));
}

/* --- the kinds -------------------------------------------------------------------------------- */

/* How to add one is said in the header. */
static const BillingStripeIntentKind kinds[] = {
  { "authorise", "payment_intent", 0, BILLING_STRIPE_FIND_BY_MARK, BILLING_STRIPE_KIND_PLAIN, find_unauthorised },
  { "capture", "payment_intent", 3, BILLING_STRIPE_FIND_BY_STATE, BILLING_STRIPE_KIND_PLAIN, find_not_captured },
  { "void", "payment_intent", 3, BILLING_STRIPE_FIND_BY_STATE, BILLING_STRIPE_KIND_PLAIN, find_not_released },
  { "refund", "refund", 0, BILLING_STRIPE_FIND_BY_MARK, BILLING_STRIPE_KIND_OF_CHARGE, find_not_refunded },
  { "late-refund", "refund", 0, BILLING_STRIPE_FIND_BY_MARK, BILLING_STRIPE_KIND_OF_CHARGE, find_not_refunded },
  { "link", "payment_link", 0, BILLING_STRIPE_FIND_BY_MARK, BILLING_STRIPE_KIND_PLAIN, NULL },
  { "link-close", "payment_link", 3, BILLING_STRIPE_FIND_BY_STATE, BILLING_STRIPE_KIND_CLOSES, find_link_open },
  { "session-expire", "checkout.session", 4, BILLING_STRIPE_FIND_BY_STATE,
    BILLING_STRIPE_KIND_CLOSES | BILLING_STRIPE_KIND_MAY_RUN, find_session_open },
  { "payout", "payout", 0, BILLING_STRIPE_FIND_BY_MARK, BILLING_STRIPE_KIND_PLAIN, find_payout_failed },
  { "payout-cancel", "payout", 3, BILLING_STRIPE_FIND_BY_STATE, BILLING_STRIPE_KIND_PLAIN, find_payout_not_cancelled },
  { "payout-schedule", "balance_settings", 0, BILLING_STRIPE_FIND_BY_MATCH, BILLING_STRIPE_KIND_PLAIN, NULL },
  { "dispute-file", "file", 0, BILLING_STRIPE_FIND_IN_LIST, BILLING_STRIPE_KIND_UPLOAD, NULL },
  { "dispute-save", "dispute", 3, BILLING_STRIPE_FIND_BY_MATCH, BILLING_STRIPE_KIND_PLAIN, NULL },
  { "dispute-submit", "dispute", 3, BILLING_STRIPE_FIND_BY_STATE, BILLING_STRIPE_KIND_PLAIN, find_not_submitted },
  { "dispute-accept", "dispute", 3, BILLING_STRIPE_FIND_BY_STATE, BILLING_STRIPE_KIND_PLAIN, find_not_accepted },
  { "tax-settings", "tax.settings", 0, BILLING_STRIPE_FIND_BY_MATCH, BILLING_STRIPE_KIND_PLAIN, NULL },
  { "tax-register", "tax.registration", 0, BILLING_STRIPE_FIND_IN_LIST, BILLING_STRIPE_KIND_PLAIN, NULL },
  { "tax-end", "tax.registration", 4, BILLING_STRIPE_FIND_BY_STATE, BILLING_STRIPE_KIND_PLAIN, find_registered_still },
};

const BillingStripeIntentKind *
billing_stripe_intent_kind_find (BillingIntent *intent)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i].kind, intent->kind))
        return &kinds[i];
    }

  return NULL;
}

char *
billing_stripe_intent_get_target (BillingIntent *intent)
{
  const BillingStripeIntentKind *kind = billing_stripe_intent_kind_find (intent);
  g_auto (GStrv) pieces = g_strsplit (intent->path, "/", -1);

  return kind != NULL && kind->place > 0 && g_strv_length (pieces) > kind->place
           ? g_uri_unescape_string (pieces[kind->place], NULL)
           : NULL;
}

/* Who pays on a page pays by a session, which makes the payment intent. */
const char *
billing_stripe_intent_get_object (BillingIntent *intent)
{
  const BillingStripeIntentKind *kind = billing_stripe_intent_kind_find (intent);

  if (g_str_has_prefix (intent->path, "/v1/checkout/"))
    return "checkout.session";
  return kind != NULL ? kind->object : "payment_intent";
}

gboolean
billing_stripe_intent_has_flag (BillingIntent          *intent,
                                BillingStripeKindFlags  flag)
{
  const BillingStripeIntentKind *kind = billing_stripe_intent_kind_find (intent);

  return kind != NULL && (kind->flags & flag) != 0;
}

char *
billing_stripe_intent_find_problem (BillingIntent *intent,
                                    JsonObject    *object)
{
  const BillingStripeIntentKind *kind = billing_stripe_intent_kind_find (intent);

  return kind != NULL && kind->find_problem != NULL ? kind->find_problem (object) : NULL;
}

/* --- whether an object says what a request said ----------------------------------------------- */

/* What Stripe does not show again: our marks, how the request was to be treated, and what we keep of a file. */
static gboolean
is_shown (const char *name)
{
  static const char * const hidden[] = { "metadata", "expand", "submit", "document", "sha256", "content_type", NULL };
  g_autofree char *first = g_strndup (name, strcspn (name, "["));

  return !g_strv_contains (hidden, first);
}

/* What is unset is not there, is null or is empty. A time that is "now" is some time. */
static gboolean
node_says (JsonNode   *node,
           const char *value)
{
  g_autofree char *found = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return *value == '\0';
  if (JSON_NODE_HOLDS_OBJECT (node))
    return g_strcmp0 (billing_stripe_json_peek_text (json_node_get_object (node), "id"), value) == 0;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return *value == '\0' && json_array_get_length (json_node_get_array (node)) == 0;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_str_equal (json_node_get_string (node), value);
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_str_equal (json_node_get_boolean (node) ? "true" : "false", value);

  found = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return g_str_equal (found, value) || (g_str_equal (value, "now") && json_node_get_int (node) != 0);
}

/* The order of a list is Stripe's. */
static gboolean
array_has (JsonArray  *array,
           const char *value)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (node_says (json_array_get_element (array, i), value))
        return TRUE;
    }

  return FALSE;
}

/* @name is the rest of a parameter's name: `payouts[schedule][interval]`. */
static gboolean
object_says (JsonObject *object,
             const char *name,
             const char *value)
{
  gsize length = strcspn (name, "[");
  g_autofree char *member = g_strndup (name, length);
  const char *rest = name + length;
  g_auto (GStrv) pieces = NULL;
  g_autofree char *inner = NULL;
  JsonNode *node = json_object_get_member (object, member);

  if (*rest == '\0')
    return node_says (node, value);
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return array_has (json_node_get_array (node), value);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return *value == '\0';

  pieces = g_strsplit (rest + 1, "]", 2);
  inner = g_strconcat (pieces[0], pieces[0] != NULL ? pieces[1] : NULL, NULL);
  return object_says (json_node_get_object (node), inner, value);
}

gboolean
billing_stripe_intent_matches (BillingIntent *intent,
                               JsonObject    *object)
{
  g_autoptr (GHashTable) body = soup_form_decode (intent->body);
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, body);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (is_shown (name) && !object_says (object, name, value))
        return FALSE;
    }

  return TRUE;
}
