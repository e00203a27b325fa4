/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The templates of what is sold, asked for and taxed, for the table of kinds: JSON with every
   field of API version 2026-10-28.endive. */

extern const char billing_sandbox_session_template[];
extern const char billing_sandbox_link_template[];
extern const char billing_sandbox_product_template[];
extern const char billing_sandbox_price_template[];
extern const char billing_sandbox_invoice_template[];
extern const char billing_sandbox_invoice_item_template[];
extern const char billing_sandbox_invoice_payment_template[];
extern const char billing_sandbox_balance_settings_template[];
extern const char billing_sandbox_tax_settings_template[];
extern const char billing_sandbox_tax_registration_template[];

/* An item of a session or a link, and a line of an invoice, which are kept inside those. */
extern const char billing_sandbox_item_template[];
extern const char billing_sandbox_line_template[];
