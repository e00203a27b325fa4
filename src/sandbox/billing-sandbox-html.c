/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-html.h"

#include "billing-sandbox-json.h"
#include "billing-sandbox-methods.h"

/* What a payer can try, by the name of the payment method. */
static const struct
{
  const char *method;
  const char *label;
} choices[] = {
  { "pm_card_visa", "Visa 4242: succeeds" },
  { "pm_card_mastercard", "Mastercard 4444: succeeds" },
  { "pm_card_visa_chargeDeclined", "Visa 0002: declined" },
  { "pm_card_visa_chargeDeclinedInsufficientFunds", "Visa 9995: insufficient funds" },
  { "pm_card_chargeDeclinedExpiredCard", "Visa 0069: expired" },
  { "pm_card_authenticationRequired", "Visa 3184: asks for authentication" },
  { "pm_usBankAccount_success", "Bank account 6789: debited in some days" },
  { "pm_usBankAccount_insufficientFunds", "Bank account 2227: fails in some days" },
};

void
billing_sandbox_html_say (GString    *page,
                          const char *tag,
                          const char *text)
{
  g_autofree char *safe = g_markup_escape_text (text, -1);

  g_string_append_printf (page, "<%s>%s</%s>\n", tag, safe, tag);
}

void
billing_sandbox_html_warn (GString    *page,
                           const char *text)
{
  g_autofree char *safe = g_markup_escape_text (text, -1);

  g_string_append_printf (page, "<p class=\"problem\" role=\"alert\">%s</p>\n", safe);
}

/* One row of a list of facts, which its caller opens and closes; nothing where there is none. */
void
billing_sandbox_html_fact (GString    *page,
                           const char *name,
                           const char *value)
{
  if (value == NULL)
    return;

  billing_sandbox_html_say (page, "dt", name);
  billing_sandbox_html_say (page, "dd", value);
}

/* Only to where a browser may go: an address may come from whoever made the session. */
void
billing_sandbox_html_go (GString    *page,
                         const char *url,
                         const char *text)
{
  g_autofree char *scheme = url != NULL ? g_uri_parse_scheme (url) : NULL;
  g_autofree char *safe_url = NULL;
  g_autofree char *safe_text = g_markup_escape_text (text, -1);

  if (scheme == NULL || (!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https")))
    return;

  safe_url = g_markup_escape_text (url, -1);
  g_string_append_printf (page, "<p><a href=\"%s\">%s</a></p>\n", safe_url, safe_text);
}

static void
write_row (GString    *page,
           const char *what,
           gint64      quantity,
           gint64      amount,
           const char *currency)
{
  g_autofree char *safe = g_markup_escape_text (what, -1);
  g_autofree char *sum = billing_sandbox_format (amount, currency);
  g_autofree char *safe_sum = g_markup_escape_text (sum, -1);
  g_autofree char *times = quantity > 1 ? g_strdup_printf (" × %" G_GINT64_FORMAT, quantity)
                                        : g_strdup ("");

  g_string_append_printf (page, "<tr><th scope=\"row\">%s%s</th><td>%s</td></tr>\n", safe, times,
                          safe_sum);
}

/**
 * billing_sandbox_html_table:
 * @page: a page
 * @items: what is asked for
 * @amount: the member that says how much an item comes to
 * @total_name: what the last row is called
 * @total: what all comes to
 * @currency: in which currency
 */
void
billing_sandbox_html_table (GString    *page,
                            JsonArray  *items,
                            const char *amount,
                            const char *total_name,
                            gint64      total,
                            const char *currency)
{
  g_string_append (page, "<table><caption>What is asked for</caption><tbody>\n");
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);
      const char *description = billing_sandbox_json_string (item, "description");

      write_row (page, description != NULL ? description : "Item",
                 billing_sandbox_json_int (item, "quantity", 1),
                 json_object_get_int_member (item, amount), currency);
    }
  g_string_append (page, "</tbody><tfoot>\n");
  write_row (page, total_name, 1, total, currency);
  g_string_append (page, "</tfoot></table>\n");
}

static void
write_field (GString    *page,
             const char *label,
             const char *name,
             const char *type,
             const char *value)
{
  g_autofree char *safe = g_markup_escape_text (value != NULL ? value : "", -1);

  g_string_append_printf (page,
                          "<p><label for=\"%s\">%s</label>"
                          "<input id=\"%s\" name=\"%s\" type=\"%s\" autocomplete=\"%s\" "
                          "value=\"%s\"></p>\n",
                          name, label, name, name, type, name, safe);
}

static void
write_choices (GString *page,
               gboolean takes_debits)
{
  g_string_append (page, "<p><label for=\"card\">Pay with</label>"
                         "<select id=\"card\" name=\"card\">\n");
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      if (!takes_debits && g_str_has_prefix (choices[i].method, "pm_usBankAccount"))
        continue;
      g_string_append_printf (page, "<option value=\"%s\">%s</option>\n", choices[i].method,
                              choices[i].label);
    }
  g_string_append (page, "</select></p>\n");
}

/**
 * billing_sandbox_html_form:
 * @page: a page
 * @action: the path that it is posted to
 * @pay: what the button says
 * @name: (nullable): the payer's name, where it is known
 * @email: (nullable): and address
 * @takes_debits: whether a bank account will do
 * @can_decline: whether the payer can also refuse
 */
void
billing_sandbox_html_form (GString    *page,
                           const char *action,
                           const char *pay,
                           const char *name,
                           const char *email,
                           gboolean    takes_debits,
                           gboolean    can_decline)
{
  g_autofree char *safe_action = g_markup_escape_text (action, -1);
  g_autofree char *safe_pay = g_markup_escape_text (pay, -1);

  g_string_append_printf (page, "<form method=\"post\" action=\"%s\">\n", safe_action);
  write_field (page, "Name", "name", "text", name);
  write_field (page, "Email", "email", "email", email);
  write_choices (page, takes_debits);
  g_string_append_printf (page, "<p><button name=\"action\" value=\"pay\">%s</button>", safe_pay);
  if (can_decline)
    g_string_append (page, " <button class=\"quiet\" name=\"action\" value=\"decline\" "
                           "formnovalidate>Decline</button>");
  g_string_append (page, "</p>\n</form>\n");
}

/**
 * billing_sandbox_html_choose:
 * @self: a sandbox
 * @call: a form that was sent
 *
 * Makes the payment method that the payer chose, in the payer's own name.
 *
 * Returns: (transfer full): its id, or what was said in its place
 */
char *
billing_sandbox_html_choose (BillingSandbox     *self,
                             BillingSandboxCall *call)
{
  const char *name = billing_sandbox_call_string (call, "card");
  const BillingSandboxTestCard *card =
    billing_sandbox_test_card_named (name != NULL ? name : choices[0].method);
  g_autoptr (JsonObject) method = NULL;
  JsonObject *details;

  if (card == NULL)
    return g_strdup (name);

  method = billing_sandbox_payment_method_new (self, card);
  details = json_object_get_object_member (method, "billing_details");
  billing_sandbox_json_assign (details, call->params, "name");
  billing_sandbox_json_assign (details, call->params, "email");
  billing_sandbox_store_put (billing_sandbox_get_store (self), method);
  return g_strdup (json_object_get_string_member (method, "id"));
}

/* Returns: (nullable): what a payer is told who comes back from the bank without having paid */
const char *
billing_sandbox_html_return (BillingSandboxCall *call)
{
  return g_strcmp0 (billing_sandbox_call_string (call, "redirect_status"), "failed") == 0
           ? "Your bank did not confirm this payment. You can try again."
           : NULL;
}

/* The bank may want to ask the payer first. */
void
billing_sandbox_html_action (BillingSandbox *self,
                             GString        *page,
                             const char     *intent_id)
{
  g_autoptr (JsonObject) intent =
    intent_id != NULL ? billing_sandbox_store_get (billing_sandbox_get_store (self), intent_id)
                      : NULL;
  JsonObject *action =
    intent != NULL ? billing_sandbox_json_child (intent, "next_action") : NULL;
  JsonObject *redirect =
    action != NULL ? billing_sandbox_json_child (action, "redirect_to_url") : NULL;

  if (redirect == NULL)
    return;

  billing_sandbox_html_say (page, "p", "Your bank asks you to confirm this payment.");
  billing_sandbox_html_go (page, billing_sandbox_json_string (redirect, "url"),
                           "Go on to your bank");
}

JsonObject *
billing_sandbox_html_find (BillingSandbox     *self,
                           BillingSandboxCall *call,
                           BillingSandboxKind  kind)
{
  BillingSandboxEntry *entry =
    billing_sandbox_store_find (billing_sandbox_get_store (self), call->id);

  if (entry == NULL || entry->kind != kind || entry->deleted)
    return NULL;

  return billing_sandbox_entry_read (entry);
}

JsonObject *
billing_sandbox_html_nothing (BillingSandboxCall *call)
{
  GString *page = g_string_new (NULL);

  billing_sandbox_html_say (page, "p", "There is nothing to pay at this address.");
  return billing_sandbox_html_answer (call, 404, "Nothing here", page);
}

/**
 * billing_sandbox_html_answer:
 * @call: a payer's request
 * @status: the HTTP status
 * @title: what the page is called
 * @page: (transfer full): what stands in it
 *
 * Returns: (transfer full): what a handler answers with
 */
JsonObject *
billing_sandbox_html_answer (BillingSandboxCall *call,
                             guint               status,
                             const char         *title,
                             GString            *page)
{
  JsonObject *answer = billing_sandbox_call_answer_page (call, title, page->str);

  g_string_free (page, TRUE);
  call->status = status;
  return answer;
}
