/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "billing-sandbox-history.h"
#include "billing-sandbox-json.h"
#include "billing-sandbox-tape.h"

#define REFUNDED_AFTER 86400

static gboolean
refuse (guint       number,
        const char *reason,
        GError    **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("Line %u of the history: %s"), number,
               reason);
  return FALSE;
}

static const char *
card_of (JsonObject *line,
         const char *outcome)
{
  const char *card = billing_sandbox_json_string (line, "payment_method");

  if (card != NULL)
    return card;

  return g_str_equal (outcome, "failed")     ? "pm_card_visa_chargeDeclined"
         : g_str_equal (outcome, "disputed") ? "pm_card_createDispute"
                                             : "pm_card_visa";
}

static gboolean
is_outcome (const char *outcome)
{
  static const char *const outcomes[] = { "succeeded", "failed", "refunded", "partially_refunded",
                                          "disputed", NULL };

  return g_strv_contains (outcomes, outcome);
}

static gboolean
is_flat (JsonObject *metadata)
{
  g_autoptr (GList) names = metadata != NULL ? json_object_get_members (metadata) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    {
      if (billing_sandbox_json_string (metadata, l->data) == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
check (BillingSandboxHistory     *history,
       const BillingSandboxPast  *past,
       const char                *outcome,
       guint                      number,
       GError                   **error)
{
  gint64 answered_at = past->evidence != NULL ? past->created + BILLING_SANDBOX_ANSWERED_AFTER : 0;
  gint64 last = MAX (MAX (past->created, past->refunded_at), answered_at);

  if (!is_outcome (outcome))
    return refuse (number, _("there is no such outcome"), error);
  if (past->amount <= 0 || past->refunded < 0 || past->refunded > past->amount)
    return refuse (number, _("an amount is missing, or more was refunded than paid"), error);
  if (past->created <= 0 || last > billing_sandbox_history_end (history))
    return refuse (number, _("the time is missing, or is not in the past"), error);

  return TRUE;
}

static gboolean
add_line (BillingSandboxHistory  *history,
          JsonObject             *line,
          guint                   number,
          GError                **error)
{
  const char *outcome = billing_sandbox_json_string (line, "outcome");
  const char *currency = billing_sandbox_json_string (line, "currency");
  JsonObject *metadata = billing_sandbox_json_child (line, "metadata");
  JsonObject *refund_metadata = billing_sandbox_json_child (line, "refund_metadata");
  g_autofree char *text = metadata != NULL ? billing_sandbox_json_text (metadata) : NULL;
  g_autofree char *refund_text =
    refund_metadata != NULL ? billing_sandbox_json_text (refund_metadata) : NULL;
  g_autoptr (GError) reason = NULL;
  BillingSandboxPast past = {
    .payment_method = card_of (line, outcome != NULL ? outcome : "succeeded"),
    .currency = currency != NULL ? currency : "usd",
    .amount = billing_sandbox_json_int (line, "amount", 0),
    .created = billing_sandbox_json_int (line, "created", 0),
    .evidence = billing_sandbox_json_string (line, "evidence"),
    .customer = billing_sandbox_json_string (line, "customer"),
    .name = billing_sandbox_json_string (line, "name"),
    .email = billing_sandbox_json_string (line, "email"),
    .description = billing_sandbox_json_string (line, "description"),
    .metadata = text,
    .refund_metadata = refund_text,
    .charge = billing_sandbox_json_string (line, "charge"),
    .payment_intent = billing_sandbox_json_string (line, "payment_intent"),
    .refund = billing_sandbox_json_string (line, "refund"),
  };

  if (g_strcmp0 (outcome, "refunded") == 0)
    past.refunded = past.amount;
  else if (g_strcmp0 (outcome, "partially_refunded") == 0)
    past.refunded = billing_sandbox_json_int (line, "amount_refunded", 0);
  if (past.refunded > 0)
    past.refunded_at =
      billing_sandbox_json_int (line, "refunded_at", past.created + REFUNDED_AFTER);

  if (!check (history, &past, outcome != NULL ? outcome : "succeeded", number, error))
    return FALSE;
  if (!is_flat (metadata) || !is_flat (refund_metadata))
    return refuse (number, _("metadata is of texts only"), error);
  if (!billing_sandbox_history_add (history, &past, &reason))
    return refuse (number, reason->message, error);

  return TRUE;
}

/**
 * billing_sandbox_history_add_lines:
 * @self: a history that is not closed
 * @text: JSON, with a payment a line, as the README describes it
 * @error: where to say why not
 *
 * Returns: whether all of it could be added
 */
gboolean
billing_sandbox_history_add_lines (BillingSandboxHistory  *self,
                                   const char             *text,
                                   GError                **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (JsonNode) node = NULL;

      if (*g_strstrip (lines[i]) == '\0')
        continue;
      node = json_from_string (lines[i], error);
      if (node == NULL)
        {
          g_prefix_error (error, _("Line %u of the history: "), i + 1);
          return FALSE;
        }
      if (!JSON_NODE_HOLDS_OBJECT (node))
        return refuse (i + 1, _("it is no JSON object"), error);
      if (!add_line (self, json_node_get_object (node), i + 1, error))
        return FALSE;
    }

  return TRUE;
}
