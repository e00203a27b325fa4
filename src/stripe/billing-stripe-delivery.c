/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-delivery"

#include "config.h"

#include "billing-stripe-delivery.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "billing-stripe-error.h"
#include "billing-stripe-gather.h"
#include "billing-stripe-intent-kind.h"
#include "billing-stripe-json.h"
#include "billing-stripe-search.h"
#include "billing-stripe-singles.h"

void
billing_stripe_delivery_clear (BillingStripeDelivery *self)
{
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->answer, g_free);
  g_clear_pointer (&self->request_id, g_free);
  g_clear_pointer (&self->result_id, g_free);
  g_clear_error (&self->error);
}

/* --- what an object says of an intent --------------------------------------------------------- */

/* Nothing of an answer is kept that is a secret, or about a person. */
static char *
summarise (JsonObject *object)
{
  static const char * const names[] = { "id", "object", "status", "url" };
  g_autoptr (JsonObject) summary = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text = billing_stripe_json_peek_text (object, names[i]);

      if (text != NULL)
        json_object_set_string_member (summary, names[i], text);
    }

  json_node_set_object (root, summary);
  return json_to_string (root, FALSE);
}

static void
judge (BillingStripeDelivery *self,
       BillingIntent         *intent,
       JsonObject            *object)
{
  self->problem = billing_stripe_intent_find_problem (intent, object);
  self->outcome = self->problem == NULL ? BILLING_STRIPE_OUTCOME_DONE : BILLING_STRIPE_OUTCOME_REFUSED;
  self->answer = summarise (object);
  self->result_id = g_strdup (billing_stripe_json_peek_text (object, "id"));
}

/* --- what went wrong -------------------------------------------------------------------------- */

static BillingStripeOutcome
classify (const GError *error,
          gboolean      is_again)
{
  if (error->domain != BILLING_STRIPE_ERROR)
    return BILLING_STRIPE_OUTCOME_LOST;
  if (billing_stripe_error_is_unheard (error))
    return BILLING_STRIPE_OUTCOME_UNHEARD;

  switch ((BillingStripeError) error->code)
    {
    case BILLING_STRIPE_ERROR_DECLINED:
    case BILLING_STRIPE_ERROR_INVALID:
    case BILLING_STRIPE_ERROR_NOT_FOUND:
      return BILLING_STRIPE_OUTCOME_REFUSED;
    case BILLING_STRIPE_ERROR_PERMISSION:
      /* Before, with another key, it may have been done; it is not this answer that would tell. */
      return is_again ? BILLING_STRIPE_OUTCOME_UNHEARD : BILLING_STRIPE_OUTCOME_REFUSED;
    case BILLING_STRIPE_ERROR_AUTHENTICATION:
      return BILLING_STRIPE_OUTCOME_UNHEARD;
    case BILLING_STRIPE_ERROR_IDEMPOTENCY_MISMATCH:
      return BILLING_STRIPE_OUTCOME_UNKNOWN;
    case BILLING_STRIPE_ERROR_KEY:
    case BILLING_STRIPE_ERROR_ADDRESS:
    case BILLING_STRIPE_ERROR_OFFLINE:
    case BILLING_STRIPE_ERROR_TIMEOUT:
    case BILLING_STRIPE_ERROR_RATE_LIMITED:
    case BILLING_STRIPE_ERROR_CONFLICT:
    case BILLING_STRIPE_ERROR_API:
    case BILLING_STRIPE_ERROR_UNREADABLE:
    default:
      return BILLING_STRIPE_OUTCOME_LOST;
    }
}

static void
take_error (BillingStripeDelivery *self,
            BillingStripeOutcome   outcome,
            GError                *error)
{
  const BillingStripeDetail *detail = billing_stripe_error_get_detail (error);

  self->outcome = outcome;
  self->error = error;
  g_free (self->problem);
  self->problem = g_strdup (error->message);
  if (self->request_id == NULL && detail != NULL)
    self->request_id = g_strdup (detail->request_id);
}

gboolean
billing_stripe_delivery_stops (BillingStripeDelivery *self)
{
  if (self->error == NULL || self->outcome == BILLING_STRIPE_OUTCOME_REFUSED ||
      self->outcome == BILLING_STRIPE_OUTCOME_UNKNOWN)
    return FALSE;

  return self->error->domain != BILLING_STRIPE_ERROR ||
         self->error->code == BILLING_STRIPE_ERROR_AUTHENTICATION ||
         self->error->code == BILLING_STRIPE_ERROR_RATE_LIMITED;
}

/* --- sending ---------------------------------------------------------------------------------- */

/* What the key may not read, it cannot bring into the mirror; that is no reason to ask for ever. */
static gboolean
fetch_or_do_without (BillingStripeGather  *gather,
                     const char           *object,
                     const char           *id,
                     JsonNode            **node,
                     GError              **error)
{
  g_autoptr (GError) own_error = NULL;

  *node = billing_stripe_gather_fetch (gather, object, id, &own_error);
  if (*node != NULL ||
      g_error_matches (own_error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_PERMISSION) ||
      g_error_matches (own_error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

/* The charge by which an intent of Stripe's was tried last, or of which a refund is. */
static gboolean
fetch_charge (BillingStripeGather  *gather,
              JsonObject           *object,
              GError              **error)
{
  gboolean is_refund = g_strcmp0 (billing_stripe_json_peek_text (object, "object"), "refund") == 0;
  const char *id = billing_stripe_json_peek_text (object, is_refund ? "charge" : "latest_charge");
  g_autoptr (JsonNode) node = NULL;

  return id == NULL || fetch_or_do_without (gather, "charge", id, &node, error);
}

/* Keeps each object of a page of a list, and says where the next one begins. */
static gboolean
take_page (BillingStripeGather  *gather,
           BillingStripePage    *page,
           const char           *object,
           char                **cursor,
           GError              **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gint64 now = g_get_real_time ();
  gsize size;
  const char *text = g_bytes_get_data (page->body, &size);
  JsonArray *data;

  if (!json_parser_load_from_data (parser, text, (gssize) size, error))
    return FALSE;

  data = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "data");
  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      char *one = json_to_string (json_array_get_element (data, i), FALSE);
      g_autoptr (GBytes) bytes = g_bytes_new_take (one, strlen (one));

      billing_stripe_gather_take (gather, object, bytes, now);
    }

  g_free (*cursor);
  *cursor = page->has_more ? g_strdup (page->ids[page->n_objects - 1]) : NULL;
  return TRUE;
}

/* The visits of a link's page that can still be paid: nothing else tells of them. */
static gboolean
fetch_visits (BillingStripeGather  *gather,
              const char           *link,
              GError              **error)
{
  g_autofree char *cursor = NULL;

  do
    {
      g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
      g_autoptr (BillingStripeRequest) request = NULL;
      g_autoptr (BillingStripePage) page = NULL;

      billing_stripe_form_add_integer (form, "limit", BILLING_STRIPE_PAGE_SIZE);
      billing_stripe_form_add_string (form, "payment_link", link);
      billing_stripe_form_add_string (form, "status", "open");
      if (cursor != NULL)
        billing_stripe_form_add_string (form, "starting_after", cursor);
      request = billing_stripe_request_new_get ("/v1/checkout/sessions", form, error);
      page = request != NULL ? billing_stripe_client_get_page (gather->client, request, cursor, gather->cancellable, error)
                             : NULL;
      if (page == NULL || !take_page (gather, page, "checkout.session", &cursor, error))
        return FALSE;
    }
  while (cursor != NULL);

  return TRUE;
}

/* What belongs to an object that an intent made or changed, and is to be known with it. A key that may not see visits cannot
 * end them either; they end by themselves after a day. */
static gboolean
fetch_rest (BillingStripeGather  *gather,
            BillingIntent        *intent,
            JsonObject           *object,
            GError              **error)
{
  const char *id = billing_stripe_json_peek_text (object, "id");
  g_autoptr (GError) own_error = NULL;

  if (!g_str_equal (intent->kind, "link-close") || id == NULL)
    return fetch_charge (gather, object, error);
  if (fetch_visits (gather, id, &own_error) ||
      g_error_matches (own_error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_PERMISSION))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

/* Brings an object and its charge as they are now into the mirror, and judges by it. */
static gboolean
fetch_and_judge (BillingStripeDelivery  *self,
                 BillingStripeGather    *gather,
                 BillingMirror          *mirror,
                 BillingIntent          *intent,
                 const char             *object,
                 const char             *id,
                 GError                **error)
{
  g_autoptr (JsonNode) node = billing_stripe_gather_fetch (gather, object, id, error);

  if (node == NULL || !fetch_rest (gather, intent, json_node_get_object (node), error) ||
      !billing_stripe_gather_keep (gather, mirror, error))
    return FALSE;

  judge (self, intent, json_node_get_object (node));
  return TRUE;
}

static gboolean
is_upload (BillingIntent *intent)
{
  return billing_stripe_intent_has_flag (intent, BILLING_STRIPE_KIND_UPLOAD);
}

/* What the mirror keeps has an id, or there is one of it. Of a file the id is all that is kept. */
static gboolean
is_known (BillingIntent *intent,
          const char    *type,
          const char    *id)
{
  if (is_upload (intent))
    return id != NULL && g_str_equal (type, billing_stripe_intent_get_object (intent));

  return billing_stripe_single_find_object (type) != NULL ||
         (id != NULL && billing_mirror_kind_of_object (type) != NULL);
}

/* An answer that is given again is as old as the first one, and one of another version says it in
 * other words. */
static gboolean
take_answer (BillingStripeDelivery  *self,
             BillingStripeGather    *gather,
             BillingMirror          *mirror,
             BillingIntent          *intent,
             BillingStripeAnswer    *answer,
             gint64                  asked,
             GError                **error)
{
  g_autoptr (JsonNode) node = billing_stripe_answer_parse (answer, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  const char *type = billing_stripe_json_peek_text (object, "object");
  const char *id = billing_stripe_json_peek_text (object, "id");

  if (node == NULL)
    return FALSE;
  if (type == NULL || !is_known (intent, type, id))
    {
      g_set_error_literal (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE,
                           _("Stripe's answer does not say what it is about. What was asked for "
                             "may have been done."));
      return FALSE;
    }
  if (!is_upload (intent) &&
      (answer->is_replayed || intent->first_sent_at != 0 ||
       g_strcmp0 (intent->api_version, BILLING_STRIPE_API_VERSION) != 0))
    return fetch_and_judge (self, gather, mirror, intent, type, id, error);

  billing_stripe_gather_take (gather, type, answer->body, asked);
  if (!fetch_rest (gather, intent, object, error) || !billing_stripe_gather_keep (gather, mirror, error))
    return FALSE;

  judge (self, intent, object);
  return TRUE;
}

/* What Stripe did instead belongs into the mirror too: the charge that was declined, or what
 * somebody did in the Dashboard. It is news, and no part of the delivery: where it does not come
 * now, the sync brings it. */
static void
fetch_reason (BillingStripeDelivery *self,
              BillingStripeGather   *gather,
              BillingMirror         *mirror,
              BillingIntent         *intent)
{
  const BillingStripeDetail *detail = billing_stripe_error_get_detail (self->error);
  gboolean is_known = detail != NULL && detail->payment_intent != NULL;
  g_autofree char *id = is_known ? g_strdup (detail->payment_intent) : billing_stripe_intent_get_target (intent);
  const char *object = is_known ? "payment_intent" : billing_stripe_intent_get_object (intent);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  if (id != NULL && fetch_or_do_without (gather, object, id, &node, &error) &&
      node != NULL)
    fetch_charge (gather, json_node_get_object (node), &error);
  if (!billing_stripe_gather_keep (gather, mirror, error == NULL ? &error : NULL) || error != NULL)
    {
      g_autofree char *line = billing_stripe_error_to_log (error);

      g_debug ("Could not fetch what was refused: %s", line);
    }
  g_free (self->result_id);
  self->result_id = g_steal_pointer (&id);
}

/* A page that somebody paid, or that ran out, cannot be ended any more, since it has ended: how it stands decides. */
static void
look_at_page (BillingStripeDelivery *self,
              BillingStripeGather   *gather,
              BillingMirror         *mirror,
              BillingIntent         *intent)
{
  g_autofree char *id = billing_stripe_intent_get_target (intent);
  GError *error = NULL;

  g_clear_error (&self->error);
  g_clear_pointer (&self->problem, g_free);
  if (!fetch_and_judge (self, gather, mirror, intent, billing_stripe_intent_get_object (intent), id != NULL ? id : "", &error))
    take_error (self, BILLING_STRIPE_OUTCOME_LOST, error);
}

/* What Stripe does not know cannot be paid there. */
static void
count_as_closed (BillingStripeDelivery *self,
                 BillingIntent         *intent)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->problem, g_free);
  self->outcome = BILLING_STRIPE_OUTCOME_DONE;
  self->result_id = billing_stripe_intent_get_target (intent);
}

/* What became of it where Stripe says no. */
static void
look_at_refusal (BillingStripeDelivery *self,
                 BillingStripeGather   *gather,
                 BillingMirror         *mirror,
                 BillingIntent         *intent)
{
  if (billing_stripe_intent_has_flag (intent, BILLING_STRIPE_KIND_CLOSES) &&
      g_error_matches (self->error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_NOT_FOUND))
    count_as_closed (self, intent);
  else if (billing_stripe_intent_has_flag (intent, BILLING_STRIPE_KIND_MAY_RUN) &&
           g_error_matches (self->error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_INVALID))
    look_at_page (self, gather, mirror, intent);
  else
    fetch_reason (self, gather, mirror, intent);
}

static BillingStripeRequest *
make_request (BillingIntent  *intent,
              GError        **error)
{
  g_autoptr (GBytes) body = g_bytes_new (intent->body, strlen (intent->body));

  return billing_stripe_request_new_stored (intent->path, body, intent->idempotency_key,
                                            intent->api_version, error);
}

static BillingStripeRequest *
make_upload (BillingIntent  *intent,
             GBytes         *file,
             GError        **error)
{
  g_autoptr (GHashTable) body = soup_form_decode (intent->body);
  const char *purpose = g_hash_table_lookup (body, "purpose");
  const char *filename = g_hash_table_lookup (body, "filename");
  const char *content_type = g_hash_table_lookup (body, "content_type");

  return billing_stripe_request_new_upload (file, purpose != NULL ? purpose : "", filename != NULL ? filename : "file",
                                            content_type != NULL ? content_type : "application/octet-stream",
                                            intent->idempotency_key, intent->api_version, error);
}

static void
send_request (BillingStripeDelivery *self,
              BillingStripeGather   *gather,
              BillingMirror         *mirror,
              BillingIntent         *intent,
              BillingStripeRequest  *request)
{
  gint64 asked = g_get_real_time ();
  GError *error = NULL;
  g_autoptr (BillingStripeAnswer) answer = billing_stripe_client_send (gather->client, request,
                                                                       gather->cancellable, &error);

  if (answer == NULL)
    {
      gboolean lacks = billing_stripe_client_lacks (gather->client, error);

      take_error (self, lacks ? BILLING_STRIPE_OUTCOME_REFUSED : classify (error, intent->first_sent_at != 0),
                  error);
      if (self->outcome == BILLING_STRIPE_OUTCOME_REFUSED)
        look_at_refusal (self, gather, mirror, intent);
      return;
    }

  self->request_id = g_strdup (answer->request_id);
  if (!take_answer (self, gather, mirror, intent, answer, asked, &error))
    take_error (self, BILLING_STRIPE_OUTCOME_LOST, error);
}

static void
deliver (BillingStripeClient   *client,
         BillingMirror         *mirror,
         BillingIntent         *intent,
         GBytes                *file,
         BillingStripeDelivery *delivery,
         GCancellable          *cancellable)
{
  g_auto (BillingStripeGather) gather = { NULL };
  GError *error = NULL;
  g_autoptr (BillingStripeRequest) request = file != NULL ? make_upload (intent, file, &error) : make_request (intent, &error);

  *delivery = (BillingStripeDelivery) { BILLING_STRIPE_OUTCOME_LOST };
  billing_stripe_gather_init (&gather, client, cancellable);
  if (request != NULL)
    send_request (delivery, &gather, mirror, intent, request);
  else
    take_error (delivery, BILLING_STRIPE_OUTCOME_REFUSED, error);
}

void
billing_stripe_delivery_send (BillingStripeClient   *client,
                              BillingMirror         *mirror,
                              BillingIntent         *intent,
                              BillingStripeDelivery *delivery,
                              GCancellable          *cancellable)
{
  deliver (client, mirror, intent, NULL, delivery, cancellable);
}

void
billing_stripe_delivery_send_file (BillingStripeClient   *client,
                                   BillingMirror         *mirror,
                                   BillingIntent         *intent,
                                   GBytes                *file,
                                   BillingStripeDelivery *delivery,
                                   GCancellable          *cancellable)
{
  deliver (client, mirror, intent, file, delivery, cancellable);
}

/* --- looking up ------------------------------------------------------------------------------- */

static void
count_as_never_done (BillingStripeDelivery *self,
                     const char            *problem)
{
  self->outcome = BILLING_STRIPE_OUTCOME_REFUSED;
  self->problem = g_strdup (problem);
}

/* What makes nothing of its own, and leaves no mark, was done where Stripe says what the request said. */
static gboolean
compare (BillingStripeDelivery  *self,
         BillingStripeGather    *gather,
         BillingMirror          *mirror,
         BillingIntent          *intent,
         const char             *id,
         GError                **error)
{
  g_autoptr (JsonNode) node = billing_stripe_gather_fetch (gather, billing_stripe_intent_get_object (intent), id, error);

  if (node == NULL || !billing_stripe_gather_keep (gather, mirror, error))
    return FALSE;

  judge (self, intent, json_node_get_object (node));
  if (self->outcome == BILLING_STRIPE_OUTCOME_DONE && !billing_stripe_intent_matches (intent, json_node_get_object (node)))
    count_as_never_done (self, _("Stripe does not say what it was asked to say: it never did this, or somebody changed it "
                                 "since. If it is still wanted, do it again."));
  return TRUE;
}

/* Of a file the id is all that is kept. */
static gboolean
take_found (BillingStripeDelivery  *self,
            BillingStripeGather    *gather,
            BillingMirror          *mirror,
            BillingIntent          *intent,
            const char             *id,
            GError                **error)
{
  if (id == NULL)
    count_as_never_done (self, _("Stripe never did this, and will not do it any more. If it is still wanted, do it again."));
  else if (!is_upload (intent))
    return fetch_and_judge (self, gather, mirror, intent, billing_stripe_intent_get_object (intent), id, error);
  else
    {
      self->outcome = BILLING_STRIPE_OUTCOME_DONE;
      self->result_id = g_strdup (id);
    }

  return TRUE;
}

static gboolean
look_up (BillingStripeDelivery  *self,
         BillingStripeGather    *gather,
         BillingMirror          *mirror,
         BillingIntent          *intent,
         GError                **error)
{
  const BillingStripeIntentKind *kind = billing_stripe_intent_kind_find (intent);
  g_autofree char *id = billing_stripe_intent_get_target (intent);

  if (kind != NULL && kind->finding == BILLING_STRIPE_FIND_BY_MATCH)
    return compare (self, gather, mirror, intent, id, error);

  return (id != NULL || billing_stripe_search (gather, intent, &id, error)) &&
         take_found (self, gather, mirror, intent, id, error);
}

void
billing_stripe_delivery_look_up (BillingStripeClient   *client,
                                 BillingMirror         *mirror,
                                 BillingIntent         *intent,
                                 BillingStripeDelivery *delivery,
                                 GCancellable          *cancellable)
{
  g_auto (BillingStripeGather) gather = { NULL };
  GError *error = NULL;

  *delivery = (BillingStripeDelivery) { BILLING_STRIPE_OUTCOME_LOST };
  billing_stripe_gather_init (&gather, client, cancellable);
  if (!look_up (delivery, &gather, mirror, intent, &error))
    take_error (delivery, BILLING_STRIPE_OUTCOME_LOST, error);
}

char *
billing_stripe_delivery_get_url (const char *answer)
{
  g_autoptr (JsonNode) node = answer != NULL ? json_from_string (answer, NULL) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  return g_strdup (billing_stripe_json_peek_text (json_node_get_object (node), "url"));
}
