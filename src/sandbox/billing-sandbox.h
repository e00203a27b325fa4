/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox-call.h"
#include "billing-sandbox-faults.h"
#include "billing-sandbox-requests.h"
#include "billing-sandbox-store.h"

#define BILLING_SANDBOX_DAY G_GINT64_CONSTANT (86400)
#define BILLING_SANDBOX_VERSION "2026-10-28.endive"

typedef struct _BillingSandbox BillingSandbox;

/**
 * BillingSandboxTask:
 * @self: a sandbox, whose clock stands at the moment the task was due
 * @id: (nullable): what it is about
 */
typedef void (*BillingSandboxTask) (BillingSandbox *self, const char *id);

/* A task by its name, so that it can be found again after what is to be done was written to a file:
   the linker makes one array of those that all files have. */
typedef struct
{
  const char *name;
  BillingSandboxTask task;
} BillingSandboxTaskName;

#define billing_sandbox_later(self, due, function, id)                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    static const BillingSandboxTaskName task_name                                                  \
      __attribute__ ((section ("sandbox_tasks"), used)) = { __FILE_NAME__ ":" #function, function }; \
    billing_sandbox_do_later (self, due, &task_name, id);                                          \
  }                                                                                                \
  G_STMT_END

/* The state, its clock, and what is still to happen. */
BillingSandbox *billing_sandbox_new (guint64 seed);
void billing_sandbox_free (BillingSandbox *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingSandbox, billing_sandbox_free)

BillingSandboxStore *billing_sandbox_get_store (BillingSandbox *self);
BillingSandboxFaults *billing_sandbox_get_faults (BillingSandbox *self);
BillingSandboxRequests *billing_sandbox_get_requests (BillingSandbox *self);
const char *billing_sandbox_get_url (BillingSandbox *self);
void billing_sandbox_set_url (BillingSandbox *self, const char *url);
gint64 billing_sandbox_get_created (BillingSandbox *self);
void billing_sandbox_set_history (BillingSandbox *self, BillingSandboxHistory *history);
gint64 billing_sandbox_now (BillingSandbox *self);
void billing_sandbox_catch_up (BillingSandbox *self);
void billing_sandbox_set_clock (BillingSandbox *self, gint64 now);
void billing_sandbox_stop_clock (BillingSandbox *self, gint64 now);
void billing_sandbox_do_later (BillingSandbox *self, gint64 due, const BillingSandboxTaskName *task,
                               const char *id);
JsonObject *billing_sandbox_save (BillingSandbox *self);
gboolean billing_sandbox_load (BillingSandbox *self, JsonObject *state,
                               BillingSandboxHistory *history, GError **error);
void billing_sandbox_begin (BillingSandbox *self, BillingSandboxCall *call);
void billing_sandbox_end (BillingSandbox *self);

JsonObject *billing_sandbox_add (BillingSandbox *self, BillingSandboxKind kind);
void billing_sandbox_tell (BillingSandbox *self, const char *type, JsonObject *object);
void billing_sandbox_tell_change (BillingSandbox *self, const char *type, JsonObject *before,
                                  JsonObject *after);

/**
 * BillingSandboxListener:
 * @event: the id of an event
 * @endpoint: the id of a webhook endpoint that is to be told of it
 * @data: what was given with the function
 */
typedef void (*BillingSandboxListener) (const char *event, const char *endpoint, gpointer data);

void billing_sandbox_listen (BillingSandbox *self, BillingSandboxListener listener, gpointer data);
void billing_sandbox_announce (BillingSandbox *self, const char *event, const char *endpoint);
guint billing_sandbox_webhook_count (BillingSandbox *self, const char *type);
void billing_sandbox_webhook_announce (BillingSandbox *self, const char *event, const char *type);

/* Money: what each currency has, and its movements. */
typedef struct _BillingSandboxMoney BillingSandboxMoney;

BillingSandboxMoney *billing_sandbox_money_new (void);
void billing_sandbox_money_free (BillingSandboxMoney *money);
BillingSandboxMoney *billing_sandbox_get_money (BillingSandbox *self);
JsonObject *billing_sandbox_money_save (BillingSandboxMoney *money);
void billing_sandbox_money_load (BillingSandboxMoney *money, JsonObject *state,
                                 BillingSandboxStore *store);
gboolean billing_sandbox_release (BillingSandbox *self);
GStrv billing_sandbox_currencies (BillingSandbox *self);
void billing_sandbox_count_in (BillingSandbox *self, JsonObject *transaction);
void billing_sandbox_settle (BillingSandbox *self, const char *currency, const char *payout_id);
JsonObject *billing_sandbox_move (BillingSandbox *self, const char *type, const char *category,
                                  gint64 amount, gint64 fee, const char *currency,
                                  const char *source, gint64 available_on);
gint64 billing_sandbox_available (BillingSandbox *self, const char *currency);
char *billing_sandbox_format (gint64 amount, const char *currency);

/* The objects, each in a file of its own. */
JsonObject *billing_sandbox_find (BillingSandbox *self, BillingSandboxCall *call,
                                  BillingSandboxKind kind);
JsonObject *billing_sandbox_find_param (BillingSandbox *self, BillingSandboxCall *call,
                                        BillingSandboxKind kind, const char *param);
JsonObject *billing_sandbox_refund_charge (BillingSandbox *self, JsonObject *charge, gint64 amount,
                                           const char *reason, JsonObject *metadata);
JsonObject *billing_sandbox_refund_rest (BillingSandbox *self, JsonObject *charge,
                                         gint64 available_on);

JsonObject *billing_sandbox_tombstone_new (const char *kind, const char *id);

/* A BillingSandboxHandler answers a request, or fails it. */
typedef JsonObject *(*BillingSandboxHandler) (BillingSandbox *self, BillingSandboxCall *call);

#define BILLING_SANDBOX_HANDLER(name)                                                              \
  JsonObject *billing_sandbox_##name (BillingSandbox *self, BillingSandboxCall *call)

BILLING_SANDBOX_HANDLER (customer_create);
BILLING_SANDBOX_HANDLER (customer_update);
BILLING_SANDBOX_HANDLER (customer_get);
BILLING_SANDBOX_HANDLER (customer_delete);
BILLING_SANDBOX_HANDLER (intent_create);
BILLING_SANDBOX_HANDLER (intent_update);
BILLING_SANDBOX_HANDLER (intent_confirm);
BILLING_SANDBOX_HANDLER (intent_capture);
BILLING_SANDBOX_HANDLER (intent_cancel);
BILLING_SANDBOX_HANDLER (charge_update);
BILLING_SANDBOX_HANDLER (charge_fail);
BILLING_SANDBOX_HANDLER (charge_dispute);
BILLING_SANDBOX_HANDLER (dispute_update);
BILLING_SANDBOX_HANDLER (dispute_accept);
BILLING_SANDBOX_HANDLER (method_create);
BILLING_SANDBOX_HANDLER (method_update);
BILLING_SANDBOX_HANDLER (method_attach);
BILLING_SANDBOX_HANDLER (method_detach);
BILLING_SANDBOX_HANDLER (file_create);
BILLING_SANDBOX_HANDLER (file_contents);
BILLING_SANDBOX_HANDLER (authenticate_page);
BILLING_SANDBOX_HANDLER (authenticate_answer);
BILLING_SANDBOX_HANDLER (refund_create);
BILLING_SANDBOX_HANDLER (refund_update);
BILLING_SANDBOX_HANDLER (refund_cancel);
BILLING_SANDBOX_HANDLER (payout_create);
BILLING_SANDBOX_HANDLER (payout_update);
BILLING_SANDBOX_HANDLER (payout_cancel);
BILLING_SANDBOX_HANDLER (payout_fail);
BILLING_SANDBOX_HANDLER (balance_get);
BILLING_SANDBOX_HANDLER (account_get);
BILLING_SANDBOX_HANDLER (product_create);
BILLING_SANDBOX_HANDLER (price_create);
BILLING_SANDBOX_HANDLER (session_create);
BILLING_SANDBOX_HANDLER (session_update);
BILLING_SANDBOX_HANDLER (session_expire);
BILLING_SANDBOX_HANDLER (session_list);
BILLING_SANDBOX_HANDLER (session_items);
BILLING_SANDBOX_HANDLER (link_create);
BILLING_SANDBOX_HANDLER (link_update);
BILLING_SANDBOX_HANDLER (link_items);
BILLING_SANDBOX_HANDLER (invoice_create);
BILLING_SANDBOX_HANDLER (invoice_update);
BILLING_SANDBOX_HANDLER (invoice_delete);
BILLING_SANDBOX_HANDLER (invoice_finalize);
BILLING_SANDBOX_HANDLER (invoice_send);
BILLING_SANDBOX_HANDLER (invoice_pay);
BILLING_SANDBOX_HANDLER (invoice_void);
BILLING_SANDBOX_HANDLER (invoice_give_up);
BILLING_SANDBOX_HANDLER (invoice_lines);
BILLING_SANDBOX_HANDLER (invoice_payments);
BILLING_SANDBOX_HANDLER (invoice_payment_list);
BILLING_SANDBOX_HANDLER (invoice_item_create);
BILLING_SANDBOX_HANDLER (invoice_item_delete);
BILLING_SANDBOX_HANDLER (balance_settings_get);
BILLING_SANDBOX_HANDLER (balance_settings_set);
BILLING_SANDBOX_HANDLER (tax_settings_get);
BILLING_SANDBOX_HANDLER (tax_settings_set);
BILLING_SANDBOX_HANDLER (tax_registration_create);
BILLING_SANDBOX_HANDLER (tax_registration_update);
BILLING_SANDBOX_HANDLER (tax_registration_list);
BILLING_SANDBOX_HANDLER (tax_code_get);
BILLING_SANDBOX_HANDLER (tax_code_list);
BILLING_SANDBOX_HANDLER (page_invoice);
BILLING_SANDBOX_HANDLER (page_invoice_answer);
BILLING_SANDBOX_HANDLER (page_session);
BILLING_SANDBOX_HANDLER (page_session_answer);
BILLING_SANDBOX_HANDLER (page_link);
BILLING_SANDBOX_HANDLER (account_set);
BILLING_SANDBOX_HANDLER (clock_get);
BILLING_SANDBOX_HANDLER (clock_set);
BILLING_SANDBOX_HANDLER (faults_post);
BILLING_SANDBOX_HANDLER (webhook_create);
BILLING_SANDBOX_HANDLER (webhook_update);
BILLING_SANDBOX_HANDLER (webhook_delete);
BILLING_SANDBOX_HANDLER (event_resend);
BILLING_SANDBOX_HANDLER (faults_get);
BILLING_SANDBOX_HANDLER (faults_delete);
BILLING_SANDBOX_HANDLER (requests_get);
BILLING_SANDBOX_HANDLER (requests_delete);

JsonObject *billing_sandbox_payment_method_use (BillingSandbox *self, BillingSandboxCall *call);
JsonObject *billing_sandbox_list (BillingSandbox *self, BillingSandboxCall *call,
                                  BillingSandboxKind kind, const char *filters, const char *url);
char *billing_sandbox_list_text (BillingSandbox *self, BillingSandboxCall *call,
                                 BillingSandboxKind kind, const char *filters, const char *url);
gboolean billing_sandbox_list_check (BillingSandboxCall *call);
gboolean billing_sandbox_expand_check (BillingSandboxCall *call, BillingSandboxKind kind);
gboolean billing_sandbox_expand (BillingSandbox *self, BillingSandboxCall *call,
                                 JsonObject *object);
void billing_sandbox_run_day (BillingSandbox *self, const char *id);
void billing_sandbox_payout_follow (BillingSandbox *self, JsonObject *payout);
