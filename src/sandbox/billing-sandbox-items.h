/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox.h"

/* What a price's data may have, for the description of a request's parameters. */
#define BILLING_SANDBOX_PRICE_DATA                                                                 \
  "currency:s! unit_amount:i unit_amount_decimal:s product:s "                                     \
  "product_data:h=name,description,images,metadata,tax_code,unit_label,active,"                    \
  "statement_descriptor tax_behavior:e=exclusive,inclusive,unspecified"

JsonObject *billing_sandbox_price_make (BillingSandbox *self, BillingSandboxCall *data,
                                        gboolean active);
JsonObject *billing_sandbox_price_read (BillingSandbox *self, BillingSandboxCall *call);
JsonObject *billing_sandbox_price_make_for (BillingSandbox *self, gint64 amount,
                                            const char *currency, const char *name);
gboolean billing_sandbox_price_amount (JsonObject *price, gint64 quantity, gint64 *amount);
char *billing_sandbox_product_name (BillingSandbox *self, JsonObject *price);
JsonArray *billing_sandbox_items_read (BillingSandbox *self, BillingSandboxCall *call,
                                       guint most);
gint64 billing_sandbox_items_total (JsonArray *items);
const char *billing_sandbox_items_currency (JsonArray *items);
JsonObject *billing_sandbox_items_page (BillingSandbox *self, BillingSandboxCall *call,
                                        BillingSandboxKind kind, const char *label,
                                        const char *where);
