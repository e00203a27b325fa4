/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox.h"

gboolean billing_sandbox_invoice_has_status (JsonObject *invoice, const char *statuses);
void billing_sandbox_invoice_add_line (BillingSandbox *self, JsonObject *invoice,
                                       JsonObject *item);
void billing_sandbox_invoice_remove_line (BillingSandbox *self, JsonObject *invoice,
                                          const char *item);
void billing_sandbox_invoice_change (BillingSandbox *self, JsonObject *before,
                                     JsonObject *invoice);
gboolean billing_sandbox_invoice_try (BillingSandbox *self, JsonObject *invoice,
                                      const char *method, gboolean off_session,
                                      BillingSandboxCall *result);
void billing_sandbox_invoice_follow (BillingSandbox *self, const char *type, JsonObject *intent);
void billing_sandbox_invoice_finalize_now (BillingSandbox *self, JsonObject *invoice);
void billing_sandbox_invoice_take_pending (BillingSandbox *self, JsonObject *invoice);

/* The payments of invoices. */
void billing_sandbox_invoice_payment_open (BillingSandbox *self, JsonObject *invoice,
                                           const char *intent);
void billing_sandbox_invoice_payment_record (BillingSandbox *self, JsonObject *invoice,
                                             gint64 amount);
void billing_sandbox_invoice_payment_close (BillingSandbox *self, const char *intent,
                                            gint64 amount);
