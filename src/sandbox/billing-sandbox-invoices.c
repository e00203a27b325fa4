/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-invoices.h"

#include "billing-sandbox-items.h"
#include "billing-sandbox-json.h"
#include "billing-sandbox-nested.h"
#include "billing-sandbox-sales.h"

#define SHOWN_LINES 10
#define MIN_AMOUNT 50
#define ADVANCES_AFTER 3600

/* What an invoice has of its customer, as it was when it was finalized. */
static const char *const customer_members[] = { "address", "email", "name",
                                                "phone",   "shipping", "tax_exempt" };

static void
put (BillingSandbox *self,
     JsonObject     *invoice)
{
  billing_sandbox_store_put (billing_sandbox_get_store (self), invoice);
}

static const char *
id_of (JsonObject *invoice)
{
  return json_object_get_string_member (invoice, "id");
}

/**
 * billing_sandbox_invoice_has_status:
 * @invoice: an invoice
 * @statuses: statuses, separated by spaces
 *
 * Returns: whether it has one of them
 */
gboolean
billing_sandbox_invoice_has_status (JsonObject *invoice,
                                    const char *statuses)
{
  g_auto (GStrv) words = g_strsplit (statuses, " ", -1);

  return g_strv_contains ((const char *const *) words,
                          json_object_get_string_member (invoice, "status"));
}

static void
show_lines (JsonObject *invoice,
            JsonArray  *all)
{
  JsonObject *lines = json_object_get_object_member (invoice, "lines");
  JsonArray *data = json_array_new ();
  g_autofree char *url = g_strdup_printf ("/v1/invoices/%s/lines", id_of (invoice));

  for (guint i = 0; i < MIN (json_array_get_length (all), SHOWN_LINES); i++)
    json_array_add_element (data, json_array_dup_element (all, i));

  json_object_set_array_member (lines, "data", data);
  json_object_set_boolean_member (lines, "has_more", json_array_get_length (all) > SHOWN_LINES);
  json_object_set_string_member (lines, "url", url);
}

static void
add_up (JsonObject *invoice)
{
  static const char *const members[] = { "subtotal", "subtotal_excluding_tax", "total",
                                         "total_excluding_tax" };
  JsonArray *all = json_object_get_array_member (invoice, "_items");
  gint64 total = 0;

  for (guint i = 0; i < json_array_get_length (all); i++)
    total += json_object_get_int_member (json_array_get_object_element (all, i), "amount");

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    json_object_set_int_member (invoice, members[i], total);
  json_object_set_int_member (invoice, "amount_due", MAX (0, total));
  json_object_set_int_member (invoice, "amount_remaining", MAX (0, total));
  show_lines (invoice, all);
}

void
billing_sandbox_invoice_add_line (BillingSandbox *self,
                                  JsonObject     *invoice,
                                  JsonObject     *item)
{
  static const char *const members[] = { "amount",   "currency", "description", "discountable",
                                         "metadata", "period",   "pricing",     "quantity",
                                         "quantity_decimal" };
  JsonObject *line = billing_sandbox_json_parse (billing_sandbox_line_template);
  g_autoptr (JsonObject) copy = billing_sandbox_json_copy (item);
  g_autofree char *id =
    billing_sandbox_store_random (billing_sandbox_get_store (self), "il_1", 23);
  JsonObject *parent = json_object_get_object_member (line, "parent");

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    billing_sandbox_json_assign (line, copy, members[i]);
  json_object_set_string_member (line, "id", id);
  json_object_set_string_member (line, "invoice", id_of (invoice));
  json_object_set_int_member (line, "subtotal", json_object_get_int_member (item, "amount"));
  json_object_set_string_member (json_object_get_object_member (parent, "invoice_item_details"),
                                 "invoice_item", json_object_get_string_member (item, "id"));
  json_array_add_object_element (json_object_get_array_member (invoice, "_items"), line);
  add_up (invoice);
}

static const char *
item_of (JsonObject *line)
{
  JsonObject *parent = json_object_get_object_member (line, "parent");

  return json_object_get_string_member (
    json_object_get_object_member (parent, "invoice_item_details"), "invoice_item");
}

void
billing_sandbox_invoice_remove_line (BillingSandbox *self,
                                     JsonObject     *invoice,
                                     const char     *item)
{
  JsonArray *all = json_object_get_array_member (invoice, "_items");

  for (guint i = json_array_get_length (all); i > 0; i--)
    {
      if (g_str_equal (item_of (json_array_get_object_element (all, i - 1)), item))
        json_array_remove_element (all, i - 1);
    }
  add_up (invoice);
}

void
billing_sandbox_invoice_change (BillingSandbox *self,
                                JsonObject     *before,
                                JsonObject     *invoice)
{
  put (self, invoice);
  billing_sandbox_tell_change (self, "invoice.updated", before, invoice);
}

static void
copy_customer (JsonObject *invoice,
               JsonObject *customer)
{
  for (guint i = 0; i < G_N_ELEMENTS (customer_members); i++)
    {
      g_autofree char *name = g_strconcat ("customer_", customer_members[i], NULL);

      json_object_set_member (invoice, name,
                              json_object_dup_member (customer, customer_members[i]));
    }
}

static JsonObject *
get_customer (BillingSandbox *self,
              JsonObject     *invoice)
{
  return billing_sandbox_store_get (billing_sandbox_get_store (self),
                                    json_object_get_string_member (invoice, "customer"));
}

/* Said once: the event is about an invoice that is still open by then. */
static void
become_overdue (BillingSandbox *self,
                const char     *id)
{
  g_autoptr (JsonObject) invoice =
    billing_sandbox_store_get (billing_sandbox_get_store (self), id);
  gint64 due = billing_sandbox_json_int (invoice, "due_date", G_MAXINT64);

  if (billing_sandbox_invoice_has_status (invoice, "open") && due <= billing_sandbox_now (self))
    billing_sandbox_tell (self, "invoice.overdue", invoice);
}

static gboolean
check_finalizable (BillingSandboxCall *call,
                   JsonObject         *invoice)
{
  gint64 due = json_object_get_int_member (invoice, "amount_due");

  if (!billing_sandbox_invoice_has_status (invoice, "draft"))
    billing_sandbox_fail (call, 400, "invoice_not_editable", NULL,
                          "This invoice is already finalized, you can't re-finalize a non-draft "
                          "invoice.");
  else if (due > 0 && due < MIN_AMOUNT)
    billing_sandbox_fail (call, 400, "amount_too_small", NULL,
                          "The sandbox finalizes no invoice of less than can be charged.");
  else if (due > G_GINT64_CONSTANT (99999999))
    billing_sandbox_fail (call, 400, "amount_too_large", NULL,
                          "Amount must be no more than $999,999.99");

  return call->error == NULL;
}

static void
advance (BillingSandbox *self,
         const char     *id)
{
  BillingSandboxEntry *entry = billing_sandbox_store_find (billing_sandbox_get_store (self), id);
  g_autoptr (JsonObject) invoice = billing_sandbox_entry_read (entry);

  g_auto (BillingSandboxCall) check = { 0 };
  g_auto (BillingSandboxCall) result = { 0 };

  if (entry->deleted || !billing_sandbox_json_bool (invoice, "auto_advance") ||
      !check_finalizable (&check, invoice))
    return;

  billing_sandbox_invoice_finalize_now (self, invoice);
  if (billing_sandbox_invoice_has_status (invoice, "open") &&
      g_str_equal (json_object_get_string_member (invoice, "collection_method"),
                   "charge_automatically") &&
      billing_sandbox_json_string (invoice, "default_payment_method") != NULL)
    billing_sandbox_invoice_try (self, invoice,
                                 json_object_get_string_member (invoice,
                                                                "default_payment_method"),
                                 TRUE, &result);
}

static gboolean
apply_due (BillingSandbox     *self,
           BillingSandboxCall *call,
           JsonObject         *invoice)
{
  gboolean sent = g_str_equal (json_object_get_string_member (invoice, "collection_method"),
                               "send_invoice");
  gboolean days = billing_sandbox_call_has (call, "days_until_due");
  gboolean given = days || billing_sandbox_call_has (call, "due_date");
  gint64 due = billing_sandbox_json_int (call->params, "due_date", 0);

  if (given && !sent)
    return billing_sandbox_fail (call, 400, NULL, days ? "days_until_due" : "due_date",
                                 "You can only specify a due date where collection_method is "
                                 "send_invoice."),
           FALSE;
  if (sent && !given && json_object_get_null_member (invoice, "due_date"))
    return billing_sandbox_fail (call, 400, "parameter_missing", "days_until_due",
                                 "If invoices are sent with collection_method=send_invoice, you "
                                 "must provide a value for days_until_due or due_date."),
           FALSE;
  if (!given)
    return TRUE;

  if (days)
    due = json_object_get_int_member (invoice, "created") +
          CLAMP (json_object_get_int_member (call->params, "days_until_due"), 0, 36500) *
            BILLING_SANDBOX_DAY;
  json_object_set_int_member (invoice, "due_date", due);
  billing_sandbox_later (self, MAX (due, billing_sandbox_now (self)), become_overdue,
                         id_of (invoice));
  return TRUE;
}

static gboolean
apply_fields (BillingSandboxCall *call,
              JsonObject         *invoice)
{
  JsonObject *given = billing_sandbox_json_child (call->params, "custom_fields");
  g_autoptr (GList) values = given != NULL ? json_object_get_values (given) : NULL;
  JsonArray *fields;

  if (!billing_sandbox_call_has (call, "custom_fields"))
    return TRUE;
  if (g_list_length (values) > 4)
    return billing_sandbox_fail (call, 400, NULL, "custom_fields",
                                 "An invoice can have up to 4 custom fields."),
           FALSE;

  fields = json_array_new ();
  for (GList *l = values; l != NULL; l = l->next)
    {
      if (JSON_NODE_HOLDS_OBJECT ((JsonNode *) l->data))
        json_array_add_element (fields, json_node_copy (l->data));
    }
  json_object_set_array_member (invoice, "custom_fields", fields);
  return TRUE;
}

static gboolean
apply (BillingSandbox     *self,
       BillingSandboxCall *call,
       JsonObject         *invoice)
{
  billing_sandbox_call_drop_empty (call->params, "collection_method");
  billing_sandbox_call_apply (call, invoice,
                              "auto_advance collection_method description effective_at footer "
                              "metadata number statement_descriptor");
  if (call->error != NULL || !apply_due (self, call, invoice) || !apply_fields (call, invoice))
    return FALSE;

  if (billing_sandbox_call_string (call, "default_payment_method") != NULL)
    {
      g_autoptr (JsonObject) method = billing_sandbox_find_param (
        self, call, BILLING_SANDBOX_PAYMENT_METHOD, "default_payment_method");

      if (method == NULL)
        return FALSE;
      billing_sandbox_json_assign (invoice, call->params, "default_payment_method");
    }

  return TRUE;
}

/* An invoice that advances by itself is finalized after an hour. */
static void
schedule (BillingSandbox *self,
          JsonObject     *invoice)
{
  gint64 when = billing_sandbox_now (self) + ADVANCES_AFTER;

  if (!billing_sandbox_json_bool (invoice, "auto_advance") ||
      !billing_sandbox_invoice_has_status (invoice, "draft"))
    json_object_set_null_member (invoice, "automatically_finalizes_at");
  else if (json_object_get_null_member (invoice, "automatically_finalizes_at"))
    {
      json_object_set_int_member (invoice, "automatically_finalizes_at", when);
      billing_sandbox_later (self, when, advance, id_of (invoice));
    }
}

JsonObject *
billing_sandbox_invoice_create (BillingSandbox     *self,
                                BillingSandboxCall *call)
{
  g_autoptr (JsonObject) invoice = billing_sandbox_add (self, BILLING_SANDBOX_INVOICE);
  g_autoptr (JsonObject) customer =
    billing_sandbox_find_param (self, call, BILLING_SANDBOX_CUSTOMER, "customer");

  if (customer == NULL || !billing_sandbox_call_check_currency (call))
    return NULL;

  billing_sandbox_call_drop_empty (call->params, "currency");
  copy_customer (invoice, customer);
  json_object_set_array_member (invoice, "_items", json_array_new ());
  json_object_set_int_member (invoice, "period_start", billing_sandbox_now (self));
  json_object_set_int_member (invoice, "period_end", billing_sandbox_now (self));
  billing_sandbox_call_apply (call, invoice, "currency customer");
  if (!apply (self, call, invoice))
    return NULL;

  if (g_strcmp0 (billing_sandbox_call_string (call, "pending_invoice_items_behavior"),
                 "include") == 0)
    billing_sandbox_invoice_take_pending (self, invoice);
  add_up (invoice);
  schedule (self, invoice);
  put (self, invoice);
  billing_sandbox_tell (self, "invoice.created", invoice);
  return g_steal_pointer (&invoice);
}

/* Whoever got an invoice can rely on what it says. */
static gboolean
check_editable (BillingSandboxCall *call,
                JsonObject         *invoice)
{
  static const char *const fixed[] = { "collection_method", "custom_fields", "description",
                                       "footer", "number", "effective_at",
                                       "statement_descriptor" };

  if (billing_sandbox_invoice_has_status (invoice, "draft"))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    {
      if (billing_sandbox_call_has (call, fixed[i]))
        return billing_sandbox_fail (call, 400, "invoice_not_editable", fixed[i],
                                     "Finalized invoices can't be updated in this way"),
               FALSE;
    }

  return TRUE;
}

JsonObject *
billing_sandbox_invoice_update (BillingSandbox     *self,
                                BillingSandboxCall *call)
{
  g_autoptr (JsonObject) before = billing_sandbox_find (self, call, BILLING_SANDBOX_INVOICE);
  g_autoptr (JsonObject) invoice = NULL;

  if (before == NULL || !check_editable (call, before))
    return NULL;

  invoice = billing_sandbox_json_copy (before);
  if (!apply (self, call, invoice))
    return NULL;

  schedule (self, invoice);
  billing_sandbox_invoice_change (self, before, invoice);
  return g_steal_pointer (&invoice);
}

JsonObject *
billing_sandbox_invoice_delete (BillingSandbox     *self,
                                BillingSandboxCall *call)
{
  BillingSandboxStore *store = billing_sandbox_get_store (self);
  g_autoptr (JsonObject) invoice = billing_sandbox_find (self, call, BILLING_SANDBOX_INVOICE);
  JsonArray *all;

  if (invoice == NULL)
    return NULL;
  if (!billing_sandbox_invoice_has_status (invoice, "draft"))
    return billing_sandbox_fail (call, 400, "invoice_not_editable", NULL,
                                 "You can only delete draft invoices.");

  all = json_object_get_array_member (invoice, "_items");
  for (guint i = 0; i < json_array_get_length (all); i++)
    billing_sandbox_store_delete (store, item_of (json_array_get_object_element (all, i)));
  billing_sandbox_store_delete (store, call->id);
  billing_sandbox_tell (self, "invoice.deleted", invoice);
  return billing_sandbox_tombstone_new ("invoice", call->id);
}

JsonObject *
billing_sandbox_invoice_lines (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  return billing_sandbox_items_page (self, call, BILLING_SANDBOX_INVOICE, "invoice line item",
                                     "lines");
}

/* Numbers run by customer, without a gap. */
static void
give_number (BillingSandbox *self,
             JsonObject     *invoice,
             JsonObject     *customer)
{
  gint64 sequence = json_object_get_int_member (customer, "next_invoice_sequence");
  g_autofree char *number =
    g_strdup_printf ("%s-%04" G_GINT64_FORMAT,
                     json_object_get_string_member (customer, "invoice_prefix"), sequence);

  if (billing_sandbox_json_string (invoice, "number") != NULL)
    return;

  json_object_set_string_member (invoice, "number", number);
  json_object_set_int_member (customer, "next_invoice_sequence", sequence + 1);
  billing_sandbox_store_put (billing_sandbox_get_store (self), customer);
}

static void
make_intent (BillingSandbox *self,
             JsonObject     *invoice)
{
  g_auto (BillingSandboxCall) inner = { .params = json_object_new () };
  g_autoptr (JsonObject) intent = NULL;

  json_object_set_int_member (inner.params, "amount",
                              json_object_get_int_member (invoice, "amount_due"));
  billing_sandbox_json_assign (inner.params, invoice, "currency");
  billing_sandbox_json_assign (inner.params, invoice, "customer");
  json_object_set_string_member (inner.params, "description", "Payment for Invoice");
  intent = billing_sandbox_intent_create (self, &inner);
  if (intent == NULL)
    return;

  json_object_set_string_member (intent, "_invoice", id_of (invoice));
  billing_sandbox_store_put (billing_sandbox_get_store (self), intent);
  json_object_set_string_member (invoice, "_payment_intent",
                                 json_object_get_string_member (intent, "id"));
  billing_sandbox_invoice_payment_open (self, invoice,
                                        json_object_get_string_member (intent, "id"));
}

/**
 * billing_sandbox_invoice_finalize_now:
 * @self: a sandbox
 * @invoice: a draft
 *
 * From now on it is owed, or is paid already where nothing is.
 */
void
billing_sandbox_invoice_finalize_now (BillingSandbox *self,
                                      JsonObject     *invoice)
{
  g_autoptr (JsonObject) before = billing_sandbox_json_copy (invoice);
  g_autoptr (JsonObject) customer = get_customer (self, invoice);
  JsonObject *transitions = json_object_get_object_member (invoice, "status_transitions");
  gboolean owed = json_object_get_int_member (invoice, "amount_due") > 0;
  gint64 now = billing_sandbox_now (self);
  g_autofree char *url = g_strdup_printf ("%s/sandbox/invoice/%s", billing_sandbox_get_url (self),
                                          id_of (invoice));

  copy_customer (invoice, customer);
  give_number (self, invoice, customer);
  json_object_set_null_member (invoice, "automatically_finalizes_at");
  json_object_set_string_member (invoice, "hosted_invoice_url", url);
  json_object_set_string_member (invoice, "status", owed ? "open" : "paid");
  json_object_set_int_member (transitions, "finalized_at", now);
  if (json_object_get_null_member (invoice, "effective_at"))
    json_object_set_int_member (invoice, "effective_at", now);
  if (owed)
    make_intent (self, invoice);
  else
    json_object_set_int_member (transitions, "paid_at", now);

  billing_sandbox_invoice_change (self, before, invoice);
  billing_sandbox_tell (self, "invoice.finalized", invoice);
  if (!owed)
    billing_sandbox_tell (self, "invoice.paid", invoice);
}

JsonObject *
billing_sandbox_invoice_finalize (BillingSandbox     *self,
                                  BillingSandboxCall *call)
{
  g_autoptr (JsonObject) invoice = billing_sandbox_find (self, call, BILLING_SANDBOX_INVOICE);

  if (invoice == NULL || !check_finalizable (call, invoice))
    return NULL;

  billing_sandbox_call_apply (call, invoice, "auto_advance");
  billing_sandbox_invoice_finalize_now (self, invoice);
  return g_steal_pointer (&invoice);
}

/* Sending finalizes what is still a draft.  Nobody gets any mail from a sandbox. */
JsonObject *
billing_sandbox_invoice_send (BillingSandbox     *self,
                              BillingSandboxCall *call)
{
  g_autoptr (JsonObject) invoice = billing_sandbox_find (self, call, BILLING_SANDBOX_INVOICE);

  if (invoice == NULL)
    return NULL;
  if (!g_str_equal (json_object_get_string_member (invoice, "collection_method"), "send_invoice"))
    return billing_sandbox_fail (call, 400, NULL, NULL,
                                 "You can only manually send an invoice if its collection method "
                                 "is 'send_invoice'.");
  if (billing_sandbox_invoice_has_status (invoice, "draft"))
    {
      if (!check_finalizable (call, invoice))
        return NULL;
      billing_sandbox_invoice_finalize_now (self, invoice);
    }

  billing_sandbox_tell (self, "invoice.sent", invoice);
  return g_steal_pointer (&invoice);
}
