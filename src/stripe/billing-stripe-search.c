/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-search"

#include "config.h"

#include "billing-stripe-search.h"

#include <libsoup/soup.h>

#include "billing-stripe-intent-kind.h"
#include "billing-stripe-json.h"

/* What the clocks here and at Stripe may differ by, in seconds, where objects are looked for by
 * their creation. */
#define CLOCK_MARGIN (24 * 60 * 60)

static gboolean
has_mark (JsonObject    *object,
          BillingIntent *intent)
{
  JsonObject *metadata = billing_stripe_json_peek_object (object, "metadata");

  return g_strcmp0 (billing_stripe_json_peek_text (metadata, "billing_intent"),
                    billing_record_get_id (BILLING_RECORD (intent))) == 0;
}

/* What has no metadata is known by what it says, and may not be older than the intent. */
static gboolean
is_made_by (JsonObject    *object,
            BillingIntent *intent)
{
  const BillingStripeIntentKind *kind = billing_stripe_intent_kind_find (intent);

  if (kind == NULL || kind->finding != BILLING_STRIPE_FIND_IN_LIST)
    return has_mark (object, intent);

  return json_object_get_int_member_with_default (object, "created", 0) >= intent->created_at - CLOCK_MARGIN &&
         billing_stripe_intent_matches (intent, object);
}

/* The id of the object of the page that the intent made. */
static char *
find_made (BillingStripePage  *page,
           BillingIntent      *intent,
           GError            **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size;
  const char *text = g_bytes_get_data (page->body, &size);
  JsonArray *data;

  if (!json_parser_load_from_data (parser, text, (gssize) size, error))
    return NULL;

  data = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "data");
  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      JsonObject *object = json_array_get_object_element (data, i);

      if (is_made_by (object, intent))
        return g_strdup (billing_stripe_json_peek_text (object, "id"));
    }

  return NULL;
}

/* As the sync asks for the list of such objects. */
static void
add_query (BillingStripeForm       *form,
           const BillingMirrorKind *kind)
{
  g_auto (GStrv) pair = kind != NULL && kind->query != NULL ? g_strsplit (kind->query, "=", 2) : NULL;

  if (pair != NULL && pair[0] != NULL && pair[1] != NULL)
    billing_stripe_form_add_string (form, pair[0], pair[1]);
}

/* Some lists cannot be narrowed to a time. */
static void
add_since (BillingStripeForm       *form,
           const BillingMirrorKind *kind,
           gint64                   since)
{
  if (kind != NULL && !kind->by_created)
    return;

  billing_stripe_form_open (form, "created");
  billing_stripe_form_add_integer (form, "gte", since);
  billing_stripe_form_close (form);
}

static BillingStripePage *
get_page (BillingStripeGather  *gather,
          BillingIntent        *intent,
          const char           *cursor,
          GError              **error)
{
  const BillingMirrorKind *kind = billing_mirror_kind_of_object (billing_stripe_intent_get_object (intent));
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  g_autoptr (BillingStripeRequest) request = NULL;

  billing_stripe_form_add_integer (form, "limit", BILLING_STRIPE_PAGE_SIZE);
  add_query (form, kind);
  if (billing_stripe_intent_has_flag (intent, BILLING_STRIPE_KIND_OF_CHARGE))
    {
      g_autoptr (GHashTable) body = soup_form_decode (intent->body);
      const char *charge = g_hash_table_lookup (body, "charge");

      billing_stripe_form_add_string (form, "charge", charge != NULL ? charge : "");
    }
  else
    {
      add_since (form, kind, intent->created_at - CLOCK_MARGIN);
    }
  if (cursor != NULL)
    billing_stripe_form_add_string (form, "starting_after", cursor);

  request = billing_stripe_request_new_get (intent->path, form, error);
  if (request == NULL)
    return NULL;
  return billing_stripe_client_get_page (gather->client, request, cursor, gather->cancellable,
                                         error);
}

gboolean
billing_stripe_search (BillingStripeGather  *gather,
                       BillingIntent        *intent,
                       char                **id,
                       GError              **error)
{
  g_autofree char *cursor = NULL;
  gboolean has_more = TRUE;

  *id = NULL;
  while (has_more && *id == NULL)
    {
      g_autoptr (BillingStripePage) page = get_page (gather, intent, cursor, error);
      g_autoptr (GError) own_error = NULL;

      if (page == NULL)
        return FALSE;

      *id = find_made (page, intent, &own_error);
      if (own_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&own_error));
          return FALSE;
        }
      has_more = page->has_more;
      g_free (cursor);
      cursor = has_more ? g_strdup (page->ids[page->n_objects - 1]) : NULL;
    }

  return TRUE;
}
