/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-routes.h"

#include <string.h>

#include "billing-sandbox-claims.h"
#include "billing-sandbox-items.h"
#include "billing-sandbox-json.h"

#define ADDRESS "=line1,line2,city,state,postal_code,country"
#define PAGE " limit:i starting_after:s ending_before:s"

#define CUSTOMER                                                                                   \
  "address:h" ADDRESS " balance:i description:s email:s invoice_prefix:s "                         \
  "invoice_settings:h=default_payment_method,footer metadata:m name:s phone:s "                    \
  "preferred_locales:a shipping:h=address,name,phone tax_exempt:e=none,exempt,reverse"

#define INTENT                                                                                     \
  " customer:s description:s metadata:m receipt_email:s "                                          \
  "setup_future_usage:e=on_session,off_session"                                                    \
  " payment_method:s payment_method_types:a shipping:h=address,carrier,name,phone,tracking_number" \
  " statement_descriptor:s statement_descriptor_suffix:s"                                          \
  " capture_method:e=automatic,automatic_async,manual"

#define CONFIRM " off_session:b return_url:s use_stripe_sdk:b"

#define METHOD                                                                                     \
  " allow_redisplay:e=always,limited,unspecified "                                                 \
  "billing_details:h=address,email,name,phone,tax_id metadata:m"                                   \
  " us_bank_account:h=account_holder_type,account_number,account_type,routing_number"

#define PURPOSES                                                                                   \
  "=account_requirement,additional_verification,business_icon,business_logo,customer_signature,"   \
  "dispute_evidence,identity_document,issuing_regulatory_reporting,pci_document,"                  \
  "tax_document_user_upload"

#define REASONS "=duplicate,fraudulent,requested_by_customer"

#define FAULTS                                                                                     \
  "=latency,status,lost,refused,torn,cut,hang,notice,repeat,duplicate,shuffle,late"

#define INTENT_DATA                                                                                \
  "payment_intent_data:h=capture_method,description,metadata,receipt_email,"                       \
  "setup_future_usage,statement_descriptor,statement_descriptor_suffix,transfer_group"

#define SELLING                                                                                    \
  " billing_address_collection:e=auto,required customer_creation:e=always,if_required metadata:m " \
  INTENT_DATA " payment_method_types:a submit_type:e=auto,book,donate,pay"

#define LINK " after_completion:h inactive_message:s restrictions:h allow_promotion_codes:b" SELLING

#define INVOICE                                                                                    \
  " auto_advance:b collection_method:e=charge_automatically,send_invoice custom_fields:h "         \
  "days_until_due:i default_payment_method:s description:s due_date:i effective_at:i footer:s "    \
  "metadata:m number:s statement_descriptor:s"

/* What a bank's page sends a payer back with. */
#define RETURNING "payment_intent:s payment_intent_client_secret:s redirect_status:s"

#define LIST(path, params, kind, filters)                                                          \
  { "GET", path, params PAGE, NULL, BILLING_SANDBOX_##kind, filters }
#define GET(path, kind) { "GET", path, "", NULL, BILLING_SANDBOX_##kind, NULL }
#define DO(method, path, params, handler) { method, path, params, billing_sandbox_##handler }
#define OPEN(method, path, params, handler)                                                        \
  { method, path, params, billing_sandbox_##handler, 0, NULL, TRUE }

static const BillingSandboxRoute routes[] = {
  DO ("POST", "/v1/customers", CUSTOMER " payment_method:s", customer_create),
  DO ("POST", "/v1/customers/*", CUSTOMER, customer_update),
  DO ("GET", "/v1/customers/*", "", customer_get),
  DO ("DELETE", "/v1/customers/*", "", customer_delete),
  LIST ("/v1/customers", "created:r email:s", CUSTOMER, "email"),

  LIST ("/v1/customers/*/payment_methods", "allow_redisplay:s type:s", PAYMENT_METHOD,
        "customer type allow_redisplay"),

  DO ("POST", "/v1/payment_methods",
      "type:e!=card,us_bank_account card:h=token,number,exp_month,exp_year,cvc" METHOD,
      method_create),
  DO ("POST", "/v1/payment_methods/*", METHOD, method_update),
  DO ("POST", "/v1/payment_methods/*/attach", "customer:s!", method_attach),
  DO ("POST", "/v1/payment_methods/*/detach", "", method_detach),
  GET ("/v1/payment_methods/*", PAYMENT_METHOD),
  LIST ("/v1/payment_methods", "customer:s! allow_redisplay:s type:s", PAYMENT_METHOD,
        "customer type allow_redisplay"),

  DO ("POST", "/v1/payment_intents",
      "amount:i! currency:s! automatic_payment_methods:h=enabled,allow_redirects confirm:b "
      "confirmation_method:e=automatic,manual" INTENT CONFIRM,
      intent_create),
  DO ("POST", "/v1/payment_intents/*", "amount:i currency:s" INTENT, intent_update),
  DO ("POST", "/v1/payment_intents/*/confirm",
      "capture_method:e=automatic,automatic_async,manual payment_method:s payment_method_types:a "
      "receipt_email:s setup_future_usage:e=on_session,off_session "
      "shipping:h=address,carrier,name,phone,tracking_number" CONFIRM,
      intent_confirm),
  DO ("POST", "/v1/payment_intents/*/capture",
      "amount_to_capture:i final_capture:b metadata:m statement_descriptor:s "
      "statement_descriptor_suffix:s",
      intent_capture),
  DO ("POST", "/v1/payment_intents/*/cancel",
      "cancellation_reason:e=duplicate,fraudulent,requested_by_customer,abandoned", intent_cancel),
  GET ("/v1/payment_intents/*", PAYMENT_INTENT),
  LIST ("/v1/payment_intents", "created:r customer:s", PAYMENT_INTENT, "customer"),

  DO ("POST", "/v1/charges/*",
      "description:s metadata:m receipt_email:s fraud_details:h=user_report "
      "shipping:h=address,carrier,name,phone,tracking_number",
      charge_update),
  GET ("/v1/charges/*", CHARGE),
  LIST ("/v1/charges", "created:r customer:s payment_intent:s transfer_group:s", CHARGE,
        "payment_intent customer transfer_group"),
  LIST ("/v1/charges/*/refunds", "", REFUND, "charge"),

  DO ("POST", "/v1/disputes/*", BILLING_SANDBOX_DISPUTE_PARAMS, dispute_update),
  DO ("POST", "/v1/disputes/*/close", "", dispute_accept),
  GET ("/v1/disputes/*", DISPUTE),
  LIST ("/v1/disputes", "charge:s created:r payment_intent:s", DISPUTE, "charge payment_intent"),
  GET ("/v1/radar/early_fraud_warnings/*", WARNING),
  LIST ("/v1/radar/early_fraud_warnings", "charge:s created:r payment_intent:s", WARNING,
        "charge payment_intent"),

  DO ("POST", "/v1/files",
      "purpose:e!" PURPOSES " file:h=filename,type,digest "
      "file_link_data:h=create,expires_at,metadata",
      file_create),
  GET ("/v1/files/*", FILE),
  DO ("GET", "/v1/files/*/contents", "", file_contents),
  LIST ("/v1/files", "created:r purpose:s", FILE, "purpose"),

  DO ("POST", "/v1/refunds", "amount:i charge:s metadata:m payment_intent:s reason:e" REASONS,
      refund_create),
  DO ("POST", "/v1/refunds/*", "metadata:m", refund_update),
  DO ("POST", "/v1/refunds/*/cancel", "", refund_cancel),
  GET ("/v1/refunds/*", REFUND),
  LIST ("/v1/refunds", "charge:s created:r payment_intent:s", REFUND, "charge payment_intent"),

  DO ("GET", "/v1/balance", "", balance_get),
  GET ("/v1/balance_transactions/*", BALANCE_TRANSACTION),
  LIST ("/v1/balance_transactions", "created:r currency:s payout:s source:s type:s",
        BALANCE_TRANSACTION, "source payout=_payout currency type"),

  DO ("POST", "/v1/payouts",
      "amount:i! currency:s! description:s metadata:m method:e=standard,instant "
      "statement_descriptor:s",
      payout_create),
  DO ("POST", "/v1/payouts/*", "metadata:m", payout_update),
  DO ("POST", "/v1/payouts/*/cancel", "", payout_cancel),
  GET ("/v1/payouts/*", PAYOUT),
  LIST ("/v1/payouts", "arrival_date:r created:r destination:s status:s", PAYOUT,
        "status destination"),

  GET ("/v1/events/*", EVENT),
  LIST ("/v1/events", "created:r delivery_success:b type:s types:a", EVENT, "type"),

  DO ("GET", "/v1/account", "", account_get),
  DO ("GET", "/v1/accounts/*", "", account_get),

  DO ("POST", "/v1/products",
      "name:s! active:b description:s images:a metadata:m shippable:b statement_descriptor:s "
      "tax_code:s unit_label:s url:s",
      product_create),
  GET ("/v1/products/*", PRODUCT),
  LIST ("/v1/products", "active:e=true,false created:r", PRODUCT, "active=_active"),
  DO ("POST", "/v1/prices",
      BILLING_SANDBOX_PRICE_DATA " active:b lookup_key:s metadata:m nickname:s", price_create),
  GET ("/v1/prices/*", PRICE),
  LIST ("/v1/prices", "active:e=true,false created:r currency:s product:s", PRICE,
        "active=_active currency product"),

  DO ("POST", "/v1/checkout/sessions",
      "line_items:h! mode:e!=payment ui_mode:e=hosted_page cancel_url:s client_reference_id:s "
      "customer:s customer_email:s expires_at:i locale:s success_url:s" SELLING,
      session_create),
  DO ("POST", "/v1/checkout/sessions/*", "metadata:m", session_update),
  DO ("POST", "/v1/checkout/sessions/*/expire", "", session_expire),
  GET ("/v1/checkout/sessions/*", SESSION),
  DO ("GET", "/v1/checkout/sessions",
      "created:r customer:s customer_details:h=email payment_intent:s payment_link:s "
      "status:e=open,complete,expired" PAGE,
      session_list),
  DO ("GET", "/v1/checkout/sessions/*/line_items", PAGE, session_items),

  DO ("POST", "/v1/payment_links", "line_items:h!" LINK, link_create),
  DO ("POST", "/v1/payment_links/*", "active:b" LINK, link_update),
  GET ("/v1/payment_links/*", LINK),
  LIST ("/v1/payment_links", "active:e=true,false", LINK, "active=_active"),
  DO ("GET", "/v1/payment_links/*/line_items", PAGE, link_items),

  DO ("POST", "/v1/invoices",
      "customer:s! currency:s pending_invoice_items_behavior:e=exclude,include" INVOICE,
      invoice_create),
  DO ("POST", "/v1/invoices/*", INVOICE, invoice_update),
  DO ("DELETE", "/v1/invoices/*", "", invoice_delete),
  DO ("POST", "/v1/invoices/*/finalize", "auto_advance:b", invoice_finalize),
  DO ("POST", "/v1/invoices/*/send", "", invoice_send),
  DO ("POST", "/v1/invoices/*/pay", "off_session:b paid_out_of_band:b payment_method:s",
      invoice_pay),
  DO ("POST", "/v1/invoices/*/void", "", invoice_void),
  DO ("POST", "/v1/invoices/*/mark_uncollectible", "", invoice_give_up),
  GET ("/v1/invoices/*", INVOICE),
  LIST ("/v1/invoices",
        "collection_method:e=charge_automatically,send_invoice created:r customer:s due_date:r "
        "status:e=draft,open,paid,uncollectible,void",
        INVOICE, "customer status collection_method"),
  DO ("GET", "/v1/invoices/*/lines", PAGE, invoice_lines),

  DO ("POST", "/v1/invoiceitems",
      "amount:i currency:s customer:s description:s discountable:b invoice:s metadata:m "
      "period:h=start,end price_data:h pricing:h=price quantity:i unit_amount_decimal:s",
      invoice_item_create),
  DO ("DELETE", "/v1/invoiceitems/*", "", invoice_item_delete),
  GET ("/v1/invoiceitems/*", INVOICE_ITEM),
  LIST ("/v1/invoiceitems", "created:r customer:s invoice:s", INVOICE_ITEM, "customer invoice"),
  GET ("/v1/invoice_payments/*", INVOICE_PAYMENT),
  DO ("GET", "/v1/invoice_payments",
      "created:r invoice:s payment:h=type,payment_intent,payment_record "
      "status:e=open,paid,canceled" PAGE,
      invoice_payment_list),

  DO ("GET", "/v1/balance_settings", "", balance_settings_get),
  DO ("POST", "/v1/balance_settings",
      "payments:h=debit_negative_balances,payouts,settlement_timing", balance_settings_set),
  DO ("GET", "/v1/tax/settings", "", tax_settings_get),
  DO ("POST", "/v1/tax/settings", "defaults:h=tax_behavior,tax_code head_office:h=address",
      tax_settings_set),
  DO ("POST", "/v1/tax/registrations",
      "active_from:s! country:s! country_options:h! expires_at:s", tax_registration_create),
  DO ("POST", "/v1/tax/registrations/*", "active_from:s expires_at:s", tax_registration_update),
  GET ("/v1/tax/registrations/*", TAX_REGISTRATION),
  DO ("GET", "/v1/tax/registrations", "status:e=active,all,expired,scheduled" PAGE,
      tax_registration_list),
  DO ("GET", "/v1/tax_codes", PAGE, tax_code_list),
  DO ("GET", "/v1/tax_codes/*", "", tax_code_get),

  OPEN ("GET", "/sandbox/invoice/*", RETURNING, page_invoice),
  OPEN ("POST", "/sandbox/invoice/*", "action:e=pay card:s email:s name:s", page_invoice_answer),
  OPEN ("GET", "/sandbox/pay/*", RETURNING, page_session),
  OPEN ("POST", "/sandbox/pay/*", "action:e=pay,decline card:s email:s name:s",
        page_session_answer),
  OPEN ("GET", "/sandbox/link/*", "prefilled_email:s client_reference_id:s", page_link),

  OPEN ("GET", "/sandbox/authenticate/*", "", authenticate_page),
  OPEN ("POST", "/sandbox/authenticate/*", "outcome:e!=complete,fail", authenticate_answer),
  DO ("POST", "/sandbox/charges/*/fail", "failure_code:s", charge_fail),
  DO ("POST", "/sandbox/payouts/*/fail", "failure_code:s", payout_fail),
  DO ("POST", "/sandbox/charges/*/dispute", "amount:i inquiry:b reason:s", charge_dispute),
  DO ("POST", "/v1/webhook_endpoints",
      "url:s! enabled_events:a! api_version:s connect:b description:s metadata:m", webhook_create),
  DO ("POST", "/v1/webhook_endpoints/*",
      "url:s enabled_events:a disabled:b description:s metadata:m", webhook_update),
  DO ("DELETE", "/v1/webhook_endpoints/*", "", webhook_delete),
  GET ("/v1/webhook_endpoints/*", WEBHOOK_ENDPOINT),
  LIST ("/v1/webhook_endpoints", "", WEBHOOK_ENDPOINT, ""),
  DO ("POST", "/sandbox/events/*/resend", "webhook_endpoint:s", event_resend),

  DO ("POST", "/sandbox/account",
      "charges_enabled:b payouts_enabled:b disabled_reason:s current_deadline:i past_due:s currently_due:s "
      "eventually_due:s future_due:s future_deadline:i capabilities:s",
      account_set),
  DO ("GET", "/sandbox/clock", "", clock_get),
  DO ("POST", "/sandbox/clock", "now:i advance:i", clock_set),
  DO ("POST", "/sandbox/faults",
      "kind:e!" FAULTS " method:s path:s times:i after:i ms:i status:i code:s reason:s "
      "should_retry:e=true,false done:b",
      faults_post),
  DO ("GET", "/sandbox/faults", "", faults_get),
  DO ("DELETE", "/sandbox/faults", "", faults_delete),
  DO ("GET", "/sandbox/requests", "", requests_get),
  DO ("DELETE", "/sandbox/requests", "", requests_delete),
};

static gboolean
matches (const char *pattern,
         const char *path,
         char      **id)
{
  const char *star = strchr (pattern, '*');
  gsize head = star != NULL ? (gsize) (star - pattern) : 0;
  gsize length;

  if (star == NULL)
    return g_str_equal (pattern, path);
  if (strncmp (pattern, path, head) != 0)
    return FALSE;

  length = strcspn (path + head, "/");
  if (length == 0 || !g_str_equal (path + head + length, star + 1))
    return FALSE;

  *id = g_strndup (path + head, length);
  return TRUE;
}

/**
 * billing_sandbox_route_find:
 * @method: an HTTP method
 * @path: a path
 * @id: (out) (nullable): the id in it
 *
 * Returns: (transfer none) (nullable): what answers it
 */
const BillingSandboxRoute *
billing_sandbox_route_find (const char *method,
                            const char *path,
                            char      **id)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (g_str_equal (routes[i].method, method) && matches (routes[i].path, path, id))
        return &routes[i];
    }

  return NULL;
}

gboolean
billing_sandbox_route_check (const BillingSandboxRoute *route,
                             BillingSandboxCall        *call)
{
  g_autofree char *params = g_strconcat (route->params, " expand:a", NULL);

  if (!billing_sandbox_call_check (call, params))
    return FALSE;
  if (!g_str_equal (route->method, "POST"))
    return TRUE;

  for (int kind = 0; kind < BILLING_SANDBOX_N_KINDS; kind++)
    {
      if (g_str_has_prefix (route->path, billing_sandbox_kind_info (kind)->url))
        return billing_sandbox_expand_check (call, kind);
    }

  return TRUE;
}

/* Whose list it is: "/v1/charges/ID/refunds" is the charge's. */
static BillingSandboxKind
owner_kind (const BillingSandboxRoute *route)
{
  return g_str_has_prefix (route->path, "/v1/customers/") ? BILLING_SANDBOX_CUSTOMER
                                                          : BILLING_SANDBOX_CHARGE;
}

/* The list of something's refunds is the list of refunds of that thing. */
static JsonObject *
list (const BillingSandboxRoute *route,
      BillingSandbox            *sandbox,
      BillingSandboxCall        *call,
      const char                *path)
{
  if (call->id != NULL)
    {
      BillingSandboxKind kind = owner_kind (route);
      g_autoptr (JsonObject) owner = billing_sandbox_find (sandbox, call, kind);

      if (owner == NULL)
        return NULL;
      json_object_set_string_member (call->params, billing_sandbox_kind_info (kind)->object,
                                     call->id);
    }

  if (billing_sandbox_call_has (call, "expand"))
    return billing_sandbox_list (sandbox, call, route->kind, route->filters, path);

  call->text = billing_sandbox_list_text (sandbox, call, route->kind, route->filters, path);
  return NULL;
}

/**
 * billing_sandbox_route_answer:
 * @route: a route
 * @sandbox: a sandbox
 * @call: a request whose parameters were checked
 * @path: its path
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL where @call has an error, or the answer as
 *   text
 */
JsonObject *
billing_sandbox_route_answer (const BillingSandboxRoute *route,
                              BillingSandbox            *sandbox,
                              BillingSandboxCall        *call,
                              const char                *path)
{
  g_autoptr (JsonObject) answer = NULL;

  if (route->handler != NULL)
    answer = route->handler (sandbox, call);
  else if (route->filters != NULL)
    answer = list (route, sandbox, call, path);
  else
    answer = billing_sandbox_find (sandbox, call, route->kind);

  if (answer == NULL)
    return NULL;

  answer = billing_sandbox_public (answer);
  return billing_sandbox_expand (sandbox, call, answer) ? g_steal_pointer (&answer) : NULL;
}
