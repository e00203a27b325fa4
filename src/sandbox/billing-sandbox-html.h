/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox.h"

/* The pieces that the pages for payers are made of. */
void billing_sandbox_html_say (GString *page, const char *tag, const char *text);
void billing_sandbox_html_warn (GString *page, const char *text);
void billing_sandbox_html_fact (GString *page, const char *name, const char *value);
void billing_sandbox_html_go (GString *page, const char *url, const char *text);
void billing_sandbox_html_table (GString *page, JsonArray *items, const char *amount,
                                 const char *total_name, gint64 total, const char *currency);
void billing_sandbox_html_form (GString *page, const char *action, const char *pay,
                                const char *name, const char *email, gboolean takes_debits,
                                gboolean can_decline);
char *billing_sandbox_html_choose (BillingSandbox *self, BillingSandboxCall *call);
const char *billing_sandbox_html_return (BillingSandboxCall *call);
void billing_sandbox_html_action (BillingSandbox *self, GString *page, const char *intent_id);
JsonObject *billing_sandbox_html_find (BillingSandbox *self, BillingSandboxCall *call,
                                       BillingSandboxKind kind);
JsonObject *billing_sandbox_html_nothing (BillingSandboxCall *call);
JsonObject *billing_sandbox_html_answer (BillingSandboxCall *call, guint status,
                                         const char *title, GString *page);
