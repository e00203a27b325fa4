/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-kind.h"

#include "billing-sandbox-claims.h"
#include "billing-sandbox-json.h"
#include "billing-sandbox-sales.h"

/* The fields of API version 2026-10-28.endive.  A template's objects are either whole or empty:
   where
 * one may be missing, it is null here. */

#define ADDRESS                                                                                    \
  "{\"city\":null,\"country\":null,\"line1\":null,\"line2\":null,\"postal_code\":null,"            \
  "\"state\":null}"

#define BILLING_DETAILS                                                                            \
  "{\"address\":" ADDRESS ",\"email\":null,\"name\":null,\"phone\":null,\"tax_id\":null}"

#define CHECKS                                                                                     \
  "{\"address_line1_check\":null,\"address_postal_code_check\":null,\"cvc_check\":\"pass\"}"

static const char customer_template[] =
  "{\"id\":\"\",\"object\":\"customer\",\"address\":null,\"balance\":0,\"created\":0,"
  "\"currency\":null,\"customer_account\":null,\"default_source\":null,\"delinquent\":false,"
  "\"description\":null,\"discount\":null,\"email\":null,\"invoice_prefix\":\"\","
  "\"invoice_settings\":{\"custom_fields\":null,\"default_payment_method\":null,\"footer\":null,"
  "\"rendering_options\":null},\"livemode\":false,\"metadata\":{},\"name\":null,"
  "\"next_invoice_sequence\":1,\"phone\":null,\"preferred_locales\":[],\"shipping\":null,"
  "\"tax_exempt\":\"none\",\"test_clock\":null}";

static const char payment_method_template[] =
  "{\"id\":\"\",\"object\":\"payment_method\",\"allow_redisplay\":\"unspecified\","
  "\"billing_details\":" BILLING_DETAILS ",\"card\":{\"brand\":\"visa\",\"checks\":" CHECKS ","
  "\"country\":\"US\",\"display_brand\":\"visa\",\"exp_month\":12,\"exp_year\":2034,"
  "\"fingerprint\":\"\",\"funding\":\"credit\",\"generated_from\":null,\"last4\":\"4242\","
  "\"networks\":{\"available\":[\"visa\"],\"preferred\":null},\"regulated_status\":\"unregulated\","
  "\"three_d_secure_usage\":{\"supported\":true},\"wallet\":null},\"created\":0,"
  "\"customer\":null,\"customer_account\":null,\"livemode\":false,\"metadata\":{},"
  "\"type\":\"card\"}";

static const char payment_intent_template[] =
  "{\"id\":\"\",\"object\":\"payment_intent\",\"allowed_payment_method_types\":null,\"amount\":0,"
  "\"amount_capturable\":0,\"amount_details\":{\"tip\":{}},\"amount_received\":0,"
  "\"application\":null,\"application_fee_amount\":null,\"automatic_payment_methods\":null,"
  "\"canceled_at\":null,\"cancellation_reason\":null,\"capture_method\":\"automatic_async\","
  "\"client_secret\":\"\",\"confirmation_method\":\"automatic\",\"created\":0,\"currency\":\"usd\","
  "\"customer\":null,\"customer_account\":null,\"description\":null,"
  "\"excluded_payment_method_types\":null,\"last_payment_error\":null,\"latest_charge\":null,"
  "\"livemode\":false,\"managed_payments\":null,\"metadata\":{},\"next_action\":null,"
  "\"on_behalf_of\":null,\"payment_method\":null,\"payment_method_configuration_details\":null,"
  "\"payment_method_options\":{\"card\":{\"installments\":null,\"mandate_options\":null,"
  "\"network\":null,\"request_three_d_secure\":\"automatic\"}},\"payment_method_types\":[\"card\"],"
  "\"payment_record\":null,\"processing\":null,\"receipt_email\":null,\"review\":null,"
  "\"setup_future_usage\":null,\"shipping\":null,\"source\":null,\"statement_descriptor\":null,"
  "\"statement_descriptor_suffix\":null,\"status\":\"requires_payment_method\","
  "\"transfer_data\":null,\"transfer_group\":null}";

static const char charge_template[] =
  "{\"id\":\"\",\"object\":\"charge\",\"amount\":0,\"amount_captured\":0,\"amount_refunded\":0,"
  "\"application\":null,\"application_fee\":null,\"application_fee_amount\":null,"
  "\"balance_transaction\":null,\"billing_details\":" BILLING_DETAILS ","
  "\"calculated_statement_descriptor\":\"SANDBOX CLINIC\",\"captured\":false,\"created\":0,"
  "\"currency\":\"usd\",\"customer\":null,\"description\":null,\"disputed\":false,"
  "\"failure_balance_transaction\":null,\"failure_code\":null,\"failure_message\":null,"
  "\"fraud_details\":{},\"livemode\":false,\"metadata\":{},\"on_behalf_of\":null,"
  "\"outcome\":{\"advice_code\":null,\"network_advice_code\":null,\"network_decline_code\":null,"
  "\"network_status\":\"approved_by_network\",\"reason\":null,\"risk_level\":\"normal\","
  "\"risk_score\":20,\"seller_message\":\"Payment complete.\",\"type\":\"authorized\"},"
  "\"paid\":true,\"payment_intent\":null,\"payment_method\":null,\"payment_method_details\":{"
  "\"card\":{\"amount_authorized\":null,\"authorization_code\":null,\"brand\":\"visa\","
  "\"checks\":" CHECKS ",\"country\":\"US\",\"exp_month\":12,\"exp_year\":2034,"
  "\"extended_authorization\":{\"status\":\"disabled\"},\"fingerprint\":\"\",\"funding\":"
  "\"credit\","
  "\"incremental_authorization\":{\"status\":\"unavailable\"},\"installments\":null,"
  "\"last4\":\"4242\",\"mandate\":null,\"multicapture\":{\"status\":\"unavailable\"},"
  "\"network\":\"visa\",\"network_token\":{\"used\":false},\"network_transaction_id\":null,"
  "\"overcapture\":{\"maximum_amount_capturable\":0,\"status\":\"unavailable\"},"
  "\"regulated_status\":\"unregulated\",\"three_d_secure\":null,\"transaction_link_id\":null,"
  "\"wallet\":null},\"type\":\"card\"},\"receipt_email\":null,\"receipt_number\":null,"
  "\"receipt_url\":null,\"refunded\":false,\"review\":null,\"shipping\":null,\"source\":null,"
  "\"source_transfer\":null,\"statement_descriptor\":null,\"statement_descriptor_suffix\":null,"
  "\"status\":\"succeeded\",\"transfer_data\":null,\"transfer_group\":null}";

static const char refund_template[] =
  "{\"id\":\"\",\"object\":\"refund\",\"amount\":0,\"balance_transaction\":null,\"charge\":null,"
  "\"created\":0,\"currency\":\"usd\",\"customer\":null,\"customer_account\":null,"
  "\"destination_details\":{\"card\":{\"reference\":null,\"reference_status\":\"pending\","
  "\"reference_type\":\"acquirer_reference_number\",\"type\":\"refund\"},\"type\":\"card\"},"
  "\"metadata\":{},\"payment_intent\":null,\"payment_method\":null,\"reason\":null,"
  "\"receipt_number\":null,\"source_transfer_reversal\":null,\"status\":\"succeeded\","
  "\"transfer_reversal\":null}";

static const char balance_transaction_template[] =
  "{\"id\":\"\",\"object\":\"balance_transaction\",\"amount\":0,\"available_on\":0,"
  "\"balance_type\":\"payments\",\"created\":0,\"currency\":\"usd\",\"description\":null,"
  "\"exchange_rate\":null,\"fee\":0,\"fee_details\":[],\"net\":0,"
  "\"reporting_category\":\"charge\",\"source\":null,\"status\":\"pending\",\"type\":\"charge\"}";

static const char payout_template[] =
  "{\"id\":\"\",\"object\":\"payout\",\"amount\":0,\"application_fee\":null,"
  "\"application_fee_amount\":null,\"arrival_date\":0,\"automatic\":false,"
  "\"balance_transaction\":null,\"created\":0,\"currency\":\"usd\",\"description\":null,"
  "\"destination\":null,\"failure_balance_transaction\":null,\"failure_code\":null,"
  "\"failure_message\":null,\"livemode\":false,\"metadata\":{},\"method\":\"standard\","
  "\"original_payout\":null,\"payout_method\":null,\"reconciliation_status\":\"not_applicable\","
  "\"reversed_by\":null,\"source_type\":\"card\",\"statement_descriptor\":null,"
  "\"status\":\"pending\",\"trace_id\":null,\"type\":\"bank_account\"}";

static const char event_template[] =
  "{\"id\":\"\",\"object\":\"event\",\"api_version\":\"2026-10-28.endive\",\"created\":0,"
  "\"data\":{\"object\":null},\"livemode\":false,\"pending_webhooks\":0,"
  "\"request\":{\"id\":null,\"idempotency_key\":null},\"type\":\"\"}";

static const char bank_account_template[] =
  "{\"id\":\"\",\"object\":\"bank_account\",\"account\":\"" BILLING_SANDBOX_ACCOUNT "\","
  "\"account_holder_name\":\"Sandbox Clinic\",\"account_holder_type\":\"company\","
  "\"account_type\":null,\"available_payout_methods\":[\"standard\"],"
  "\"bank_name\":\"STRIPE TEST BANK\",\"country\":\"US\",\"currency\":\"usd\","
  "\"customer\":null,\"default_for_currency\":true,\"fingerprint\":\"SandboxBank00001\","
  "\"future_requirements\":{\"currently_due\":[],\"errors\":[],\"past_due\":[],"
  "\"pending_verification\":[]},\"last4\":\"6789\",\"metadata\":{},"
  "\"requirements\":{\"currently_due\":[],\"errors\":[],\"past_due\":[],"
  "\"pending_verification\":[]},\"routing_number\":\"110000000\",\"status\":\"new\"}";

#define REQUIREMENTS                                                                               \
  "{\"alternatives\":[],\"current_deadline\":null,\"currently_due\":[],\"disabled_reason\":null,"  \
  "\"errors\":[],\"eventually_due\":[],\"past_due\":[],\"pending_verification\":[]}"

static const char account_template[] =
  "{\"id\":\"" BILLING_SANDBOX_ACCOUNT "\",\"object\":\"account\",\"business_profile\":{"
  "\"annual_revenue\":null,\"estimated_worker_count\":null,\"mcc\":\"8011\","
  "\"minority_owned_business_designation\":null,\"name\":\"Sandbox Clinic\","
  "\"product_description\":null,\"support_address\":" ADDRESS ",\"support_email\":null,"
  "\"support_phone\":null,\"support_url\":null,\"url\":null},\"business_type\":\"company\","
  "\"capabilities\":{\"card_payments\":\"active\",\"transfers\":\"active\"},"
  "\"charges_enabled\":true,\"controller\":{\"type\":\"account\"},\"country\":\"US\","
  "\"created\":0,\"default_currency\":\"usd\",\"details_submitted\":true,"
  "\"email\":\"clinic@example.com\",\"future_requirements\":" REQUIREMENTS ",\"metadata\":{},"
  "\"payouts_enabled\":true,\"requirements\":" REQUIREMENTS ",\"settings\":{"
  "\"bacs_debit_payments\":{\"display_name\":null,\"service_user_number\":null},"
  "\"branding\":{\"icon\":null,\"logo\":null,\"primary_color\":null,\"secondary_color\":null},"
  "\"card_issuing\":{\"tos_acceptance\":{\"date\":null,\"ip\":null}},"
  "\"card_payments\":{\"decline_on\":{\"avs_failure\":false,\"cvc_failure\":false},"
  "\"statement_descriptor_prefix\":null,\"statement_descriptor_prefix_kana\":null,"
  "\"statement_descriptor_prefix_kanji\":null},"
  "\"dashboard\":{\"display_name\":\"Sandbox Clinic\",\"timezone\":\"Etc/UTC\"},"
  "\"invoices\":{\"default_account_tax_ids\":null,\"hosted_payment_method_save\":null},"
  "\"payments\":{\"statement_descriptor\":\"SANDBOX CLINIC\",\"statement_descriptor_kana\":null,"
  "\"statement_descriptor_kanji\":null,\"statement_descriptor_prefix_kana\":null,"
  "\"statement_descriptor_prefix_kanji\":null},"
  "\"payouts\":{\"debit_negative_balances\":true,"
  "\"schedule\":{\"delay_days\":2,\"interval\":\"daily\"},\"statement_descriptor\":null},"
  "\"sepa_debit_payments\":{}},"
  "\"tos_acceptance\":{\"date\":null,\"ip\":null,\"user_agent\":null},\"type\":\"standard\"}";

static const char webhook_endpoint_template[] =
  "{\"id\":\"\",\"object\":\"webhook_endpoint\",\"api_version\":null,\"application\":null,"
  "\"created\":0,\"description\":null,\"enabled_events\":[],\"livemode\":false,\"metadata\":{},"
  "\"status\":\"enabled\",\"url\":\"\"}";

static const BillingSandboxKindInfo kinds[BILLING_SANDBOX_N_KINDS] = {
  { "customer", "customer", "cus_", 14, "/v1/customers", "email", customer_template },
  { "payment_method", "PaymentMethod", "pm_1", 23, "/v1/payment_methods", "customer",
    payment_method_template },
  { "payment_intent", "payment_intent", "pi_3", 23, "/v1/payment_intents", "customer",
    payment_intent_template },
  { "charge", "charge", "ch_3", 23, "/v1/charges", "customer payment_intent", charge_template },
  { "refund", "refund", "re_3", 23, "/v1/refunds", "charge payment_intent", refund_template },
  { "balance_transaction", "balance transaction", "txn_3", 23, "/v1/balance_transactions",
    "source _payout", balance_transaction_template },
  { "payout", "payout", "po_1", 23, "/v1/payouts", "status", payout_template },
  { "event", "event", "evt_1", 23, "/v1/events", "type", event_template },
  { "bank_account", "external account", "ba_1", 23, "/v1/external_accounts", "",
    bank_account_template },
  [BILLING_SANDBOX_SESSION] = { "checkout.session", "checkout.session", "cs_test_a1", 58,
                                "/v1/checkout/sessions", "customer payment_intent payment_link",
                                billing_sandbox_session_template },
  [BILLING_SANDBOX_LINK] = { "payment_link", "payment_link", "plink_1", 23, "/v1/payment_links",
                             "", billing_sandbox_link_template },
  [BILLING_SANDBOX_PRODUCT] = { "product", "product", "prod_", 14, "/v1/products", "",
                                billing_sandbox_product_template },
  [BILLING_SANDBOX_PRICE] = { "price", "price", "price_1", 23, "/v1/prices", "product",
                              billing_sandbox_price_template },
  [BILLING_SANDBOX_INVOICE] = { "invoice", "invoice", "in_1", 23, "/v1/invoices",
                                "customer status", billing_sandbox_invoice_template },
  [BILLING_SANDBOX_INVOICE_ITEM] = { "invoiceitem", "invoiceitem", "ii_1", 23,
                                     "/v1/invoiceitems", "customer invoice",
                                     billing_sandbox_invoice_item_template },
  [BILLING_SANDBOX_INVOICE_PAYMENT] = { "invoice_payment", "invoice_payment", "inpay_1", 23,
                                        "/v1/invoice_payments", "invoice _payment_intent",
                                        billing_sandbox_invoice_payment_template },
  [BILLING_SANDBOX_BALANCE_SETTINGS] = { "balance_settings", "balance_settings",
                                         "balance_settings", 0, "/v1/balance_settings", "",
                                         billing_sandbox_balance_settings_template },
  [BILLING_SANDBOX_TAX_SETTINGS] = { "tax.settings", "tax.settings", "tax.settings", 0,
                                     "/v1/tax/settings", "",
                                     billing_sandbox_tax_settings_template },
  [BILLING_SANDBOX_TAX_REGISTRATION] = { "tax.registration", "tax.registration", "taxreg_", 14,
                                         "/v1/tax/registrations", "",
                                         billing_sandbox_tax_registration_template },
  [BILLING_SANDBOX_DISPUTE] = { "dispute", "dispute", "dp_1", 23, "/v1/disputes",
                                "charge payment_intent", billing_sandbox_dispute_template },
  [BILLING_SANDBOX_WARNING] = { "radar.early_fraud_warning", "early fraud warning", "issfr_1", 23,
                                "/v1/radar/early_fraud_warnings", "charge payment_intent",
                                billing_sandbox_warning_template },
  [BILLING_SANDBOX_FILE] = { "file", "file upload", "file_1", 23, "/v1/files", "purpose",
                             billing_sandbox_file_template },
  [BILLING_SANDBOX_FILE_CONTENT] = { "sandbox.file_content", "file", "sfc_1", 23,
                                     "/sandbox/file_contents", "",
                                     billing_sandbox_file_content_template },
  { "webhook_endpoint", "webhook endpoint", "we_1", 23, "/v1/webhook_endpoints", "",
    webhook_endpoint_template },
  [BILLING_SANDBOX_CONDITION] = { "sandbox.condition", "condition", "sandbox_condition", 0,
                                  "/sandbox/account", "", billing_sandbox_condition_template },
};

const BillingSandboxKindInfo *
billing_sandbox_kind_info (BillingSandboxKind kind)
{
  return &kinds[kind];
}

/**
 * billing_sandbox_kind_from_name:
 * @name: (nullable): what a member "object" says
 *
 * Returns: the kind, or -1 where it is none that is kept
 */
int
billing_sandbox_kind_from_name (const char *name)
{
  for (int i = 0; i < BILLING_SANDBOX_N_KINDS; i++)
    {
      if (g_strcmp0 (kinds[i].object, name) == 0)
        return i;
    }

  return -1;
}

int
billing_sandbox_kind_of (JsonObject *object)
{
  return billing_sandbox_kind_from_name (billing_sandbox_json_string (object, "object"));
}

/**
 * billing_sandbox_kind_template:
 * @kind: a kind
 *
 * Returns: (transfer none): what every one of them is compared with; not to be changed
 */
JsonObject *
billing_sandbox_kind_template (BillingSandboxKind kind)
{
  static JsonObject *templates[BILLING_SANDBOX_N_KINDS];

  if (templates[kind] == NULL)
    templates[kind] = billing_sandbox_json_parse (kinds[kind].template);

  return templates[kind];
}

/**
 * billing_sandbox_kind_new:
 * @kind: a kind
 *
 * Returns: (transfer full): one with every field, still without its id
 */
JsonObject *
billing_sandbox_kind_new (BillingSandboxKind kind)
{
  return billing_sandbox_json_copy (billing_sandbox_kind_template (kind));
}

/**
 * billing_sandbox_account_new:
 * @created: when it was opened
 *
 * Returns: (transfer full): the account that every key belongs to
 */
JsonObject *
billing_sandbox_account_new (gint64 created)
{
  JsonObject *account = billing_sandbox_json_parse (account_template);

  json_object_set_int_member (account, "created", created);
  return account;
}
