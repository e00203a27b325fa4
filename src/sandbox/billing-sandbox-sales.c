/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-sales.h"

/* As in billing-sandbox-kind.c: a template's objects are either whole, or null where one may be
   missing. */

#define AUTOMATIC_TAX "\"automatic_tax\":{\"enabled\":false,\"liability\":null"

#define CUSTOM_TEXT                                                                                \
  "\"custom_fields\":[],\"custom_text\":{\"after_submit\":null,\"shipping_address\":null,"         \
  "\"submit\":null,\"terms_of_service_acceptance\":null},"

#define INVOICE_CREATION                                                                           \
  "\"invoice_creation\":{\"enabled\":false,\"invoice_data\":{\"account_tax_ids\":null,"            \
  "\"custom_fields\":null,\"description\":null,\"footer\":null,\"issuer\":null,"                   \
  "\"metadata\":{},\"rendering_options\":null}},"

const char billing_sandbox_session_template[] =
  "{\"id\":\"\",\"object\":\"checkout.session\",\"adaptive_pricing\":{\"enabled\":false},"
  "\"after_expiration\":null,\"allow_promotion_codes\":null,"
  "\"allowed_payment_method_types\":null,\"amount_subtotal\":0,\"amount_total\":0,"
  AUTOMATIC_TAX ",\"provider\":null,\"status\":null},\"billing_address_collection\":null,"
  "\"cancel_url\":null,\"client_reference_id\":null,\"client_secret\":null,"
  "\"collected_information\":null,\"consent\":null,\"consent_collection\":null,\"created\":0,"
  "\"currency\":\"usd\",\"currency_conversion\":null," CUSTOM_TEXT "\"customer\":null,"
  "\"customer_account\":null,\"customer_creation\":\"if_required\",\"customer_details\":null,"
  "\"customer_email\":null,\"discounts\":[],\"expires_at\":0,\"integration_identifier\":null,"
  "\"invoice\":null," INVOICE_CREATION "\"livemode\":false,\"locale\":null,"
  "\"managed_payments\":null,\"metadata\":{},\"mode\":\"payment\",\"origin_context\":null,"
  "\"payment_intent\":null,\"payment_link\":null,\"payment_method_collection\":\"if_required\","
  "\"payment_method_configuration_details\":null,\"payment_method_options\":{\"card\":{"
  "\"request_three_d_secure\":\"automatic\"}},\"payment_method_types\":[\"card\"],"
  "\"payment_status\":\"unpaid\",\"permissions\":null,\"phone_number_collection\":{"
  "\"enabled\":false},\"recovered_from\":null,\"saved_payment_method_options\":null,"
  "\"setup_intent\":null,\"shipping_address_collection\":null,\"shipping_cost\":null,"
  "\"shipping_options\":[],\"status\":\"open\",\"submit_type\":null,\"subscription\":null,"
  "\"success_url\":null,\"total_details\":{\"amount_discount\":0,\"amount_shipping\":0,"
  "\"amount_tax\":0},\"ui_mode\":\"hosted_page\",\"url\":null,\"wallet_options\":null}";

const char billing_sandbox_link_template[] =
  "{\"id\":\"\",\"object\":\"payment_link\",\"active\":true,\"after_completion\":null,"
  "\"allow_promotion_codes\":false,\"application\":null,\"application_fee_amount\":null,"
  "\"application_fee_percent\":null," AUTOMATIC_TAX "},"
  "\"billing_address_collection\":\"auto\",\"consent_collection\":null,\"currency\":\"usd\","
  CUSTOM_TEXT "\"customer_creation\":\"if_required\",\"inactive_message\":null,"
  INVOICE_CREATION "\"livemode\":false,\"managed_payments\":null,\"metadata\":{},"
  "\"on_behalf_of\":null,\"payment_intent_data\":null,"
  "\"payment_method_collection\":\"if_required\",\"payment_method_options\":null,"
  "\"payment_method_types\":null,\"phone_number_collection\":{\"enabled\":false},"
  "\"restrictions\":null,\"shipping_address_collection\":null,\"shipping_options\":[],"
  "\"submit_type\":\"auto\",\"subscription_data\":null,\"tax_id_collection\":{"
  "\"enabled\":false,\"required\":\"never\"},\"transfer_data\":null,\"url\":\"\"}";

const char billing_sandbox_product_template[] =
  "{\"id\":\"\",\"object\":\"product\",\"active\":true,\"created\":0,\"default_price\":null,"
  "\"description\":null,\"images\":[],\"livemode\":false,\"marketing_features\":[],"
  "\"metadata\":{},\"name\":\"\",\"package_dimensions\":null,\"shippable\":null,"
  "\"statement_descriptor\":null,\"tax_code\":null,\"tax_details\":null,\"type\":\"service\","
  "\"unit_label\":null,\"updated\":0,\"url\":null}";

const char billing_sandbox_price_template[] =
  "{\"id\":\"\",\"object\":\"price\",\"active\":true,\"billing_scheme\":\"per_unit\","
  "\"created\":0,\"currency\":\"usd\",\"custom_unit_amount\":null,\"livemode\":false,"
  "\"lookup_key\":null,\"metadata\":{},\"nickname\":null,\"product\":\"\",\"recurring\":null,"
  "\"tax_behavior\":\"unspecified\",\"tiers_mode\":null,\"transform_quantity\":null,"
  "\"type\":\"one_time\",\"unit_amount\":0,\"unit_amount_decimal\":\"0\"}";

const char billing_sandbox_invoice_template[] =
  "{\"id\":\"\",\"object\":\"invoice\",\"account_country\":\"US\","
  "\"account_name\":\"Sandbox Clinic\",\"account_tax_ids\":null,\"amount_due\":0,"
  "\"amount_overpaid\":0,\"amount_paid\":0,\"amount_paid_off_stripe\":0,\"amount_remaining\":0,"
  "\"amount_shipping\":0,\"application\":null,\"attempt_count\":0,\"attempted\":false,"
  "\"auto_advance\":false," AUTOMATIC_TAX ",\"disabled_reason\":null,\"provider\":null,"
  "\"status\":null},\"automatically_finalizes_at\":null,\"billing_reason\":\"manual\","
  "\"collection_method\":\"charge_automatically\",\"created\":0,\"currency\":\"usd\","
  "\"custom_fields\":null,\"customer\":null,\"customer_account\":null,"
  "\"customer_address\":null,\"customer_email\":null,\"customer_name\":null,"
  "\"customer_phone\":null,\"customer_shipping\":null,\"customer_tax_exempt\":\"none\","
  "\"customer_tax_ids\":[],\"default_payment_method\":null,\"default_source\":null,"
  "\"default_tax_rates\":[],\"description\":null,\"discounts\":[],\"due_date\":null,"
  "\"effective_at\":null,\"ending_balance\":null,\"footer\":null,\"from_invoice\":null,"
  "\"hosted_invoice_url\":null,\"invoice_pdf\":null,\"issuer\":{\"type\":\"self\"},"
  "\"last_finalization_error\":null,\"latest_revision\":null,\"lines\":{\"object\":\"list\","
  "\"data\":[],\"has_more\":false,\"url\":\"\"},\"livemode\":false,\"metadata\":{},"
  "\"next_payment_attempt\":null,\"number\":null,\"on_behalf_of\":null,\"parent\":null,"
  "\"payment_settings\":{\"default_mandate\":null,\"payment_method_options\":null,"
  "\"payment_method_types\":null},\"period_end\":0,\"period_start\":0,"
  "\"post_payment_credit_notes_amount\":0,\"pre_payment_credit_notes_amount\":0,"
  "\"receipt_number\":null,\"rendering\":null,\"shipping_cost\":null,\"shipping_details\":null,"
  "\"starting_balance\":0,\"statement_descriptor\":null,\"status\":\"draft\","
  "\"status_transitions\":{\"finalized_at\":null,\"marked_uncollectible_at\":null,"
  "\"paid_at\":null,\"voided_at\":null},\"subscription\":null,\"subtotal\":0,"
  "\"subtotal_excluding_tax\":0,\"test_clock\":null,\"total\":0,\"total_discount_amounts\":[],"
  "\"total_excluding_tax\":0,\"total_pretax_credit_amounts\":[],\"total_taxes\":[],"
  "\"webhooks_delivered_at\":null}";

const char billing_sandbox_invoice_item_template[] =
  "{\"id\":\"\",\"object\":\"invoiceitem\",\"amount\":0,\"currency\":\"usd\","
  "\"customer\":null,\"customer_account\":null,\"date\":0,\"description\":null,"
  "\"discountable\":true,\"discounts\":[],\"invoice\":null,\"livemode\":false,"
  "\"metadata\":{},\"net_amount\":0,\"parent\":null,\"period\":{\"end\":0,\"start\":0},"
  "\"pricing\":{\"price_details\":{\"price\":\"\",\"product\":\"\"},"
  "\"type\":\"price_details\",\"unit_amount_decimal\":\"0\"},\"proration\":false,"
  "\"quantity\":1,\"quantity_decimal\":\"1\",\"tax_rates\":[],\"test_clock\":null}";

const char billing_sandbox_invoice_payment_template[] =
  "{\"id\":\"\",\"object\":\"invoice_payment\",\"amount_paid\":null,\"amount_requested\":0,"
  "\"created\":0,\"currency\":\"usd\",\"invoice\":\"\",\"is_default\":true,"
  "\"livemode\":false,\"payment\":{\"type\":\"payment_intent\"},\"status\":\"open\","
  "\"status_transitions\":{\"canceled_at\":null,\"paid_at\":null}}";

const char billing_sandbox_balance_settings_template[] =
  "{\"id\":\"\",\"object\":\"balance_settings\",\"payments\":{"
  "\"debit_negative_balances\":true,\"payouts\":{"
  "\"automatic_transfer_rules_by_currency\":null,\"minimum_balance_by_currency\":null,"
  "\"schedule\":null,\"statement_descriptor\":null,\"status\":\"enabled\"},"
  "\"settlement_timing\":{\"delay_days\":2,\"start_of_day\":{\"hour\":0,\"minutes\":0,"
  "\"timezone\":\"Etc/UTC\"}}}}";

const char billing_sandbox_tax_settings_template[] =
  "{\"id\":\"\",\"object\":\"tax.settings\",\"defaults\":{\"provider\":\"stripe\","
  "\"tax_behavior\":null,\"tax_code\":null},\"head_office\":null,\"livemode\":false,"
  "\"status\":\"pending\",\"status_details\":null}";

const char billing_sandbox_tax_registration_template[] =
  "{\"id\":\"\",\"object\":\"tax.registration\",\"active_from\":0,\"country\":\"US\","
  "\"country_options\":null,\"created\":0,\"expires_at\":null,\"livemode\":false,"
  "\"status\":\"active\"}";

const char billing_sandbox_item_template[] =
  "{\"id\":\"\",\"object\":\"item\",\"adjustable_quantity\":null,\"amount_discount\":0,"
  "\"amount_subtotal\":0,\"amount_tax\":0,\"amount_total\":0,\"currency\":\"usd\","
  "\"description\":null,\"metadata\":{},\"price\":null,\"quantity\":1}";

const char billing_sandbox_line_template[] =
  "{\"id\":\"\",\"object\":\"line_item\",\"amount\":0,\"currency\":\"usd\","
  "\"description\":null,\"discount_amounts\":[],\"discountable\":true,\"discounts\":[],"
  "\"invoice\":null,\"livemode\":false,\"metadata\":{},\"parent\":{\"invoice_item_details\":{"
  "\"invoice_item\":\"\",\"proration\":false,\"proration_details\":{\"credited_items\":null},"
  "\"subscription\":null},\"subscription_item_details\":null,"
  "\"type\":\"invoice_item_details\"},\"period\":{\"end\":0,\"start\":0},"
  "\"pretax_credit_amounts\":[],\"pricing\":null,\"quantity\":1,\"quantity_decimal\":\"1\","
  "\"subscription\":null,\"subtotal\":0,\"taxes\":[]}";
