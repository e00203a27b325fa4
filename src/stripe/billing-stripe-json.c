/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-json"

#include "config.h"

#include "billing-stripe-json.h"

#include <glib/gi18n-lib.h>

/* Bytes that do not even begin with a bracket are a proxy's or a portal's page. */
static gboolean
begins_object (const guint8 *at,
               const guint8 *end)
{
  while (at < end && g_ascii_isspace ((char) *at))
    at++;
  return at < end && *at == '{';
}

static const char *
run (BillingJsonGrammar    *grammar,
     const guint8          *at,
     const guint8          *end,
     BillingStripeJsonFunc  func,
     gpointer               data)
{
  const char *problem = NULL;

  while (at < end && problem == NULL)
    {
      BillingJsonEvent event = billing_json_grammar_run (grammar, &at, end);

      if (event == BILLING_JSON_PROBLEM || event == BILLING_JSON_BROKEN)
        return billing_json_problem_to_text (grammar->problem);
      if (event != BILLING_JSON_MORE && func != NULL)
        problem = func (data, event, grammar, at);
    }
  if (problem == NULL && grammar->depth > 0)
    return _("it ends too early");
  return problem;
}

const char *
billing_stripe_json_scan (GBytes                *body,
                          gsize                  depth,
                          BillingStripeJsonFunc  func,
                          gpointer               data)
{
  gsize size;
  const guint8 *text = g_bytes_get_data (body, &size), *where;
  BillingJsonProblem problem;
  BillingJsonGrammar grammar;
  const char *found;

  if (!begins_object (text, text + size))
    return _("it is not an object in JSON");

  problem = billing_json_grammar_check_text (text, size, &where);
  if (problem != BILLING_JSON_FINE)
    return billing_json_problem_to_text (problem);

  billing_json_grammar_init (&grammar);
  grammar.loud_depth = depth;
  found = run (&grammar, text, text + size, func, data);
  billing_json_grammar_clear (&grammar);
  return found;
}

JsonObject *
billing_stripe_json_peek_object (JsonObject *object,
                                 const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

const char *
billing_stripe_json_peek_text (JsonObject *object,
                               const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return billing_stripe_json_peek_text (json_node_get_object (node), "id");
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}
