/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-html.h"
#include "billing-sandbox-invoices.h"
#include "billing-sandbox-json.h"

static char *
format_date (gint64 moment)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (moment);

  return date != NULL ? g_date_time_format (date, "%Y-%m-%d") : NULL;
}

static const char *
describe_status (JsonObject *invoice)
{
  if (billing_sandbox_invoice_has_status (invoice, "paid"))
    return "Paid";
  if (billing_sandbox_invoice_has_status (invoice, "void"))
    return "Void: there is nothing to pay any more";

  return "Not paid yet";
}

static void
write_facts (GString    *page,
             JsonObject *invoice)
{
  gint64 due = billing_sandbox_json_int (invoice, "due_date", 0);
  g_autofree char *date = due > 0 ? format_date (due) : NULL;

  g_string_append (page, "<dl>\n");
  billing_sandbox_html_fact (page, "Number", billing_sandbox_json_string (invoice, "number"));
  billing_sandbox_html_fact (page, "For", billing_sandbox_json_string (invoice, "customer_name"));
  billing_sandbox_html_fact (page, "Due", date);
  billing_sandbox_html_fact (page, "What happened", describe_status (invoice));
  billing_sandbox_html_fact (page, "Payment",
                             billing_sandbox_json_string (invoice, "_payment_intent"));
  g_string_append (page, "</dl>\n");
}

static gboolean
is_under_way (BillingSandbox *self,
              JsonObject     *invoice)
{
  const char *id = billing_sandbox_json_string (invoice, "_payment_intent");
  g_autoptr (JsonObject) intent =
    id != NULL ? billing_sandbox_store_get (billing_sandbox_get_store (self), id) : NULL;

  return intent != NULL &&
         g_str_equal (json_object_get_string_member (intent, "status"), "processing");
}

static void
write_form (GString    *page,
            JsonObject *invoice)
{
  g_autofree char *action = g_strdup_printf ("/sandbox/invoice/%s",
                                             json_object_get_string_member (invoice, "id"));
  g_autofree char *sum = billing_sandbox_format (
    json_object_get_int_member (invoice, "amount_remaining"),
    json_object_get_string_member (invoice, "currency"));
  g_autofree char *pay = g_strdup_printf ("Pay %s", sum);

  billing_sandbox_html_form (page, action, pay,
                             billing_sandbox_json_string (invoice, "customer_name"),
                             billing_sandbox_json_string (invoice, "customer_email"), TRUE, FALSE);
}

static JsonObject *
answer_invoice (BillingSandbox     *self,
                BillingSandboxCall *call,
                JsonObject         *invoice,
                const char         *problem)
{
  GString *page = g_string_new (NULL);

  if (!billing_sandbox_invoice_has_status (invoice, "open uncollectible"))
    problem = NULL;
  if (problem != NULL)
    billing_sandbox_html_warn (page, problem);
  write_facts (page, invoice);
  billing_sandbox_html_table (page, json_object_get_array_member (invoice, "_items"), "amount",
                              "Total", json_object_get_int_member (invoice, "total"),
                              json_object_get_string_member (invoice, "currency"));
  if (is_under_way (self, invoice))
    billing_sandbox_html_say (page, "p", "Your payment is under way: the bank takes some days.");
  else if (billing_sandbox_invoice_has_status (invoice, "open uncollectible"))
    {
      billing_sandbox_html_action (self, page,
                                   billing_sandbox_json_string (invoice, "_payment_intent"));
      write_form (page, invoice);
    }

  return billing_sandbox_html_answer (call, problem != NULL ? 402 : 200, "Invoice", page);
}

/* A draft is nothing that its customer could see. */
static JsonObject *
find (BillingSandbox     *self,
      BillingSandboxCall *call)
{
  g_autoptr (JsonObject) invoice = billing_sandbox_html_find (self, call, BILLING_SANDBOX_INVOICE);

  return invoice != NULL && !billing_sandbox_invoice_has_status (invoice, "draft")
           ? g_steal_pointer (&invoice)
           : NULL;
}

JsonObject *
billing_sandbox_page_invoice (BillingSandbox     *self,
                              BillingSandboxCall *call)
{
  g_autoptr (JsonObject) invoice = find (self, call);

  return invoice != NULL
           ? answer_invoice (self, call, invoice, billing_sandbox_html_return (call))
           : billing_sandbox_html_nothing (call);
}

JsonObject *
billing_sandbox_page_invoice_answer (BillingSandbox     *self,
                                     BillingSandboxCall *call)
{
  g_autoptr (JsonObject) invoice = find (self, call);
  g_autoptr (JsonObject) after = NULL;
  g_auto (BillingSandboxCall) result = { 0 };
  g_autofree char *method = NULL;

  if (invoice == NULL)
    return billing_sandbox_html_nothing (call);
  if (!billing_sandbox_invoice_has_status (invoice, "open uncollectible") ||
      is_under_way (self, invoice))
    return answer_invoice (self, call, invoice, NULL);

  method = billing_sandbox_html_choose (self, call);
  billing_sandbox_invoice_try (self, invoice, method, FALSE, &result);
  after = find (self, call);
  return answer_invoice (self, call, after,
                         result.error != NULL
                           ? billing_sandbox_json_string (result.error, "message")
                           : NULL);
}
