/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-show-command"

#include "config.h"

#include "billing-commands.h"

#include <stdio.h>

#include "billing-books.h"
#include "billing-desk-payouts.h"
#include "billing-record-json.h"
#include "billing-stripe-account.h"

/* What is shown with a record: the rows of a list that belong to it. */
static const struct {
  const char *kind;   /* of the record */
  const char *member; /* its name in the JSON */
  const char *list;
  const char *filter;
} parts[] = {
  { "payments", "refunds", "refunds", "subject" },
  { "payments", "attempts", "attempts", "subject" },
  { "payments", "links", "links", "subject" },
  { "payments", "late-money", "late_money", "subject" },
  { "payments", "notes", "notes", "subject" },
  { "payments", "documents", "documents", "subject" },
  { "payments", "postings", "postings", "subject" },
  { "payments", "timeline", "timeline", "subject" },
  { "treatments", "treatment-codes", "treatment_codes", "subject" },
  { "treatments", "services", "services", "subject" },
  { "treatments", "payments", "payments", "subject" },
  { "treatments", "notes", "notes", "subject" },
  { "treatments", "documents", "documents", "subject" },
  { "treatments", "timeline", "timeline", "subject" },
  { "patients", "coverages", "coverages", "patient" },
  { "patients", "eligibility-checks", "eligibility_checks", "patient" },
  { "patients", "treatments", "treatments", "patient" },
  { "patients", "services", "services", "patient" },
  { "patients", "invoices", "invoices", "patient" },
  { "patients", "payments", "payments", "patient" },
  { "patients", "late-money", "late_money", "patient" },
  { "patients", "notes", "notes", "subject" },
  { "patients", "documents", "documents", "subject" },
  { "patients", "timeline", "timeline", "subject" },
  { "eligibility_checks", "benefits", "benefits", "subject" },
  { "day_closes", "totals", "day_totals", "subject" },
  { "rates", "prices", "rate_prices", "subject" },
  { "services", "insurer-answers", "insurer_answers", "subject" },
  { "services", "notes", "notes", "subject" },
  { "services", "timeline", "timeline", "subject" },
  { "invoices", "lines", "invoice_lines", "subject" },
  { "invoices", "prepayments", "prepayments", "subject" },
  { "invoices", "payments", "payments", "subject" },
  { "invoices", "services", "services", "subject" },
  { "invoices", "insurer-answers", "insurer_answers", "subject" },
  { "invoices", "notes", "notes", "subject" },
  { "invoices", "documents", "documents", "subject" },
  { "invoices", "timeline", "timeline", "subject" },
  { "refunds", "timeline", "timeline", "subject" },
  { "charges", "disputes", "disputes", "subject" },
  { "charges", "balance-transactions", "balance_transactions", "subject" },
  { "charges", "events", "events", "subject" },
  { "payment_intents", "events", "events", "subject" },
  { "stripe_refunds", "balance-transactions", "balance_transactions", "subject" },
  { "stripe_refunds", "events", "events", "subject" },
  { "payouts", "balance-transactions", "balance_transactions", "subject" },
  { "payouts", "items", "balance_transactions", "payout" },
  { "payouts", "events", "events", "subject" },
  { "disputes", "answer", "dispute_answers", "subject" },
  { "disputes", "files", "dispute_files", "subject" },
  { "disputes", "outbox", "outbox", "subject" },
  { "disputes", "balance-transactions", "balance_transactions", "subject" },
  { "disputes", "events", "events", "subject" },
};

static gboolean
add_to_array_cb (BillingRecord  *record,
                 gpointer        data,
                 GError        **error)
{
  json_array_add_element (data, billing_record_to_json (record));
  return TRUE;
}

static JsonArray *
list_part (BillingDesk    *desk,
           guint           part,
           BillingRecord  *record,
           GError        **error)
{
  g_autoptr (BillingQuery) query = billing_desk_query (desk, parts[part].list);
  g_autoptr (JsonArray) array = json_array_new ();

  g_object_set (query, parts[part].filter, billing_record_get_id (record), NULL);
  if (!billing_desk_list (desk, query, add_to_array_cb, array, NULL, error))
    return NULL;

  return g_steal_pointer (&array);
}

static gboolean
add_parts (BillingDesk    *desk,
           BillingRecord  *record,
           JsonObject     *object,
           GError        **error)
{
  const char *kind = BILLING_RECORD_GET_CLASS (record)->kind;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      JsonArray *array;

      if (!g_str_equal (parts[i].kind, kind))
        continue;

      array = list_part (desk, i, record, error);
      if (array == NULL)
        return FALSE;
      json_object_set_array_member (object, parts[i].member, array);
    }

  return TRUE;
}

static void
add_line (JsonArray         *lines,
          const char        *name,
          BillingPayoutLine  line)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "group", name);
  json_object_set_int_member (object, "count", line.count);
  json_object_set_int_member (object, "amount", line.amount);
  json_array_add_object_element (lines, object);
}

/* A payout as a statement: its lines come to its net. */
static gboolean
add_statement (BillingDesk    *desk,
               BillingRecord  *record,
               JsonObject     *object,
               GError        **error)
{
  g_autoptr (BillingPayoutStatement) statement = NULL;
  g_autofree char *words = NULL;
  JsonObject *member;
  JsonArray *lines;

  if (!g_str_equal (BILLING_RECORD_GET_CLASS (record)->kind, "payouts"))
    return TRUE;

  statement = billing_desk_read_payout (desk, billing_record_get_id (record), error);
  if (statement == NULL)
    return FALSE;

  member = json_object_new ();
  lines = json_array_new ();
  words = billing_payout_statement_describe (statement);
  for (guint i = 0; i < BILLING_PAYOUT_N_GROUPS; i++)
    add_line (lines, billing_payout_group_get_nick (i), statement->lines[i]);
  json_object_set_array_member (member, "lines", lines);
  json_object_set_int_member (member, "count", statement->count);
  json_object_set_int_member (member, "net", statement->net);
  json_object_set_string_member (member, "standing", billing_payout_statement_get_standing (statement));
  json_object_set_string_member (member, "meaning", words);
  json_object_set_object_member (object, "statement", member);
  return TRUE;
}

/* How old it is what a patient owes, as the report says it of all. */
static gboolean
add_aging (BillingDesk    *desk,
           BillingRecord  *record,
           JsonObject     *object,
           GError        **error)
{
  g_autoptr (BillingQuery) query = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  JsonArray *array;

  if (!g_str_equal (BILLING_RECORD_GET_CLASS (record)->kind, "patients"))
    return TRUE;

  query = billing_desk_query (desk, "payments");
  g_object_set (query, "patient", billing_record_get_id (record), NULL);
  lines = billing_desk_report (desk, "aging", query, error);
  if (lines == NULL)
    return FALSE;

  array = json_array_new ();
  for (guint i = 0; i < lines->len; i++)
    json_array_add_element (array, billing_record_to_json (lines->pdata[i]));
  json_object_set_array_member (object, "aging", array);
  return TRUE;
}

/* What Stripe itself says of it. */
static gboolean
add_stripe (BillingDesk    *desk,
            BillingRecord  *record,
            JsonObject     *object,
            GError        **error)
{
  g_autoptr (GError) own_error = NULL;
  g_autofree char *text = billing_desk_find_stripe (desk, record, &own_error);
  JsonNode *node = text != NULL ? json_from_string (text, &own_error) : NULL;

  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }

  if (node != NULL)
    json_object_set_member (object, "stripe", node);
  return TRUE;
}

/* Who looks at a patient is written down. */
static gboolean
announce_view (BillingDesk    *desk,
               BillingRecord  *record,
               GError        **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PATIENT_VIEW, billing_record_get_id (record));

  return !g_str_equal (BILLING_RECORD_GET_CLASS (record)->kind, "patients") || billing_desk_do (desk, act, error);
}

static void
print (JsonNode *node)
{
  g_autofree char *text = billing_json_to_text (node, TRUE);

  printf ("%s\n", text);
}

/* The practice's account at Stripe: there is one, and so it goes by no id. */
static gboolean
show_account (BillingDesk  *desk,
              GError      **error)
{
  g_autoptr (BillingStripeAccount) account = billing_desk_read_stripe_account (desk, error);
  g_autofree char *sentence = account != NULL ? billing_stripe_account_get_sentence (account) : NULL;
  g_autoptr (JsonNode) node = NULL;

  if (account == NULL)
    return FALSE;
  if (sentence != NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, sentence);
      return FALSE;
    }

  node = billing_stripe_account_to_json (account);
  print (node);
  return TRUE;
}

gboolean
billing_command_show (BillingCall  *call,
                      GError      **error)
{
  BillingDesk *desk = billing_call_open_desk (call, error);
  g_autoptr (BillingRecord) record = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (desk != NULL && g_str_equal (call->arguments[0], "account"))
    return show_account (desk, error);

  record = desk != NULL ? billing_desk_find (desk, call->arguments[0], error) : NULL;
  if (record == NULL || !announce_view (desk, record, error))
    return FALSE;

  node = billing_record_to_json (record);
  if (!add_parts (desk, record, json_node_get_object (node), error) ||
      !add_statement (desk, record, json_node_get_object (node), error) ||
      !add_aging (desk, record, json_node_get_object (node), error) ||
      !add_stripe (desk, record, json_node_get_object (node), error))
    return FALSE;

  print (node);
  return TRUE;
}
