/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-verb-cases.h"

#include "billing-books.h"
#include "billing-desk-private.h"
#include "billing-filing.h"
#include "billing-history.h"
#include "billing-ledger.h"
#include "billing-link.h"
#include "billing-message.h"
#include "billing-mirror.h"
#include "billing-notice.h"
#include "billing-table.h"
#include "billing-remittance.h"
#include "billing-service.h"
#include "billing-treatment.h"

/*
 * A small practice in which every verb has something to be done to, and every status a payment. What it is made of is always the same but for
 * the code of its desk, so that a copy of it can be compared with another.
 */

#define PENDING   "PAY-001"
#define DRAFT     "PAY-002"
#define FAILED    "PAY-003"
#define CANCELLED "PAY-004"
#define OVERPAID  "PAY-005"
#define WAITING   "PAY-006"
#define PARTIAL   "PAY-007"
#define REFUNDED  "PAY-008"
#define PAID      "PAY-009"
#define PROCESSING "PAY-010"
#define VOIDED    "PAY-011"
#define UNSENT    "PAY-012"
#define LOST      "PAY-013"
#define CARD      "PAY-014"
#define LINKED    "PAY-015"
#define LATE      "ch_late"
#define INVOICE   "INV-001"
#define INVOICED_SERVICE "SVC-101"
#define OPEN_SERVICE "SVC-102"
#define ANSWERED_SERVICE "SVC-001"
#define REVIEWED_SERVICE "SVC-002"
#define REMOVED_SERVICE "SVC-003"
#define REMITTANCE "REM-001"

#define OPEN_MESSAGE "msg_open"
#define LOST_MESSAGE "msg_lost"

#define RATE      "RATE-001"
#define OWN_RATE  "RATE-002"
#define OLD_RATE  "RATE-003"

const BillingVerbCase billing_verb_cases[] = {
  { "create", BILLING_VERB_PAYMENT_CREATE, .patient = "PT-001", .treatment = "TRT-001", .amount = 12300 },
  { "create-draft", BILLING_VERB_PAYMENT_CREATE, .patient = "PT-002", .amount = 1, .draft = TRUE },
  { "edit", BILLING_VERB_PAYMENT_EDIT, PENDING, .amount = 30000, .text = "Knee" },
  { "submit", BILLING_VERB_PAYMENT_SUBMIT, DRAFT },
  { "fail", BILLING_VERB_PAYMENT_FAIL, PENDING },
  { "cancel", BILLING_VERB_PAYMENT_CANCEL, FAILED },
  { "write-off", BILLING_VERB_PAYMENT_WRITE_OFF, PENDING },
  { "reopen", BILLING_VERB_PAYMENT_REOPEN, CANCELLED },
  { "collect", BILLING_VERB_PAYMENT_COLLECT, DRAFT, .tender = BILLING_TENDER_CARD },
  { "collect-part", BILLING_VERB_PAYMENT_COLLECT, PENDING, .amount = 10000, .tender = BILLING_TENDER_CASH,
    .n_audited = 1 },
  { "collect-more", BILLING_VERB_PAYMENT_COLLECT, FAILED, .amount = 30000, .tender = BILLING_TENDER_BANK },
  { "collect-credit", BILLING_VERB_PAYMENT_COLLECT, PENDING, .amount = 5000, .tender = BILLING_TENDER_CREDIT,
    .n_audited = 1 },
  { "reverse", BILLING_VERB_PAYMENT_REVERSE, OVERPAID },
  { "refund", BILLING_VERB_PAYMENT_REFUND, PAID, .reason = BILLING_REFUND_REASON_OTHER },
  { "refund-waiting", BILLING_VERB_PAYMENT_REFUND, OVERPAID, .amount = 20000,
    .reason = BILLING_REFUND_REASON_BILLING_ERROR },
  { "refund-credit", BILLING_VERB_CREDIT_REFUND, "PT-001", .amount = 15000, .tender = BILLING_TENDER_CHEQUE },
  { "approve", BILLING_VERB_REFUND_APPROVE, "refund" },
  { "decline", BILLING_VERB_REFUND_DECLINE, "refund" },
  { "authorise", BILLING_VERB_PAYMENT_AUTHORISE, PENDING },
  { "authorise-draft", BILLING_VERB_PAYMENT_AUTHORISE, DRAFT },
  { "capture", BILLING_VERB_PAYMENT_CAPTURE, PROCESSING },
  { "capture-part", BILLING_VERB_PAYMENT_CAPTURE, PROCESSING, .amount = 10000 },
  { "void", BILLING_VERB_PAYMENT_VOID, PROCESSING },
  { "refund-stripe", BILLING_VERB_PAYMENT_REFUND, CARD, .amount = 10000,
    .reason = BILLING_REFUND_REASON_DUPLICATE_CHARGE },
  { "assign", BILLING_VERB_CHARGE_ASSIGN, "ch_loose", .patient = "PT-002" },
  { "assign-part", BILLING_VERB_CHARGE_ASSIGN, "ch_loose", .text = PENDING, .n_audited = 1 },
  { "link", BILLING_VERB_PAYMENT_LINK, PENDING },
  { "link-draft", BILLING_VERB_PAYMENT_LINK, DRAFT },
  { "link-again", BILLING_VERB_PAYMENT_LINK, LINKED, .n_audited = 1 },
  { "link-cancel", BILLING_VERB_LINK_CANCEL, LINKED },
  { "link-collected", BILLING_VERB_PAYMENT_COLLECT, LINKED, .tender = BILLING_TENDER_CASH, .n_audited = 1 },
  { "late-keep", BILLING_VERB_LATE_KEEP, LATE },
  { "late-refund", BILLING_VERB_LATE_REFUND, LATE },
  { "outbox-check", BILLING_VERB_OUTBOX_CHECK, "lost" },
  { "outbox-withdraw", BILLING_VERB_OUTBOX_WITHDRAW, "unsent" },
  { "notice-read", BILLING_VERB_NOTICE_READ, "notice" },
  { "notice-done", BILLING_VERB_NOTICE_DONE, "notice" },
  { "notice-snooze", BILLING_VERB_NOTICE_SNOOZE, "notice", .text = "2026-12-24" },
  { "notice-reopen", BILLING_VERB_NOTICE_REOPEN, "notice-done" },
  { "note", BILLING_VERB_NOTE_ADD, PAID, .text = "Called about the bill." },
  { "document", BILLING_VERB_DOCUMENT_ADD, "PT-001", .text = "/proc/version" },
  { "document-open", BILLING_VERB_DOCUMENT_OPEN, "kept" },
  { "document-rename", BILLING_VERB_DOCUMENT_RENAME, "kept", .text = "consent.txt" },
  { "document-remove", BILLING_VERB_DOCUMENT_REMOVE, "kept" },
  { "document-restore", BILLING_VERB_DOCUMENT_RESTORE, "removed" },
  { "note-edit", BILLING_VERB_NOTE_EDIT, "note", .text = "Called about the bill, twice." },
  { "receipt", BILLING_VERB_PAYMENT_RECEIPT, PAID },
  { "invoice-print", BILLING_VERB_INVOICE_PRINT, INVOICE },
  { "statement-print", BILLING_VERB_STATEMENT_PRINT, "PT-001" },
  { "view", BILLING_VERB_PATIENT_VIEW, "PT-002" },
  { "patient-edit", BILLING_VERB_PATIENT_EDIT, "PT-002", .text = "{\"email\":\"lukasz@example.com\",\"no-reminders\":\"yes\"}" },
  { "patient-merge", BILLING_VERB_PATIENT_MERGE, "PT-001", .patient = "PT-002", .n_audited = 1 },
  { "patient-unmerge", BILLING_VERB_PATIENT_UNMERGE, "PT-003", .n_audited = 1 },
  { "invoice", BILLING_VERB_INVOICE_CREATE, OPEN_SERVICE, .n_audited = 1 },
  { "invoice-edit", BILLING_VERB_INVOICE_EDIT, INVOICE, .said = "due=2026-12-24;memo=Thank you.", .n_audited = 1 },
  { "invoice-paid", BILLING_VERB_INVOICE_MARK_PAID, INVOICE, .tender = BILLING_TENDER_CHEQUE, .n_audited = 1 },
  { "invoice-paid-part", BILLING_VERB_INVOICE_MARK_PAID, INVOICE, .amount = 5000, .tender = BILLING_TENDER_CASH, .n_audited = 2 },
  { "invoice-void", BILLING_VERB_INVOICE_VOID, INVOICE, .n_audited = 1 },
  { "invoice-write-off", BILLING_VERB_INVOICE_WRITE_OFF, INVOICE, .said = "notes=Moved away.", .n_audited = 1 },
  { "service-make", BILLING_VERB_SERVICE_MAKE, "TRT-001", .n_audited = 1 },
  { "service-add", BILLING_VERB_SERVICE_ADD, .treatment = "TRT-001", .said = "rate=" OWN_RATE ";name=Long visit" },
  { "service-edit", BILLING_VERB_SERVICE_EDIT, ANSWERED_SERVICE, .said = "name=Long visit" },
  { "service-review", BILLING_VERB_SERVICE_REVIEW, OPEN_SERVICE },
  { "service-unreview", BILLING_VERB_SERVICE_UNREVIEW, REVIEWED_SERVICE },
  { "service-set-rate", BILLING_VERB_SERVICE_SET_RATE, OPEN_SERVICE, .said = "rate=" RATE ";payer=Aetna" },
  { "service-insurer", BILLING_VERB_SERVICE_INSURER, ANSWERED_SERVICE, .amount = 2000 },
  { "service-insurer-invoiced", BILLING_VERB_SERVICE_INSURER, INVOICED_SERVICE, .amount = 2000, .n_audited = 2 },
  { "service-take-back", BILLING_VERB_SERVICE_TAKE_BACK, ANSWERED_SERVICE },
  { "service-remove", BILLING_VERB_SERVICE_REMOVE, OPEN_SERVICE },
  { "service-restore", BILLING_VERB_SERVICE_RESTORE, REMOVED_SERVICE },
  { "reports", BILLING_VERB_REPORT_VIEW },
  { "import", BILLING_VERB_IMPORT },
  { "export", BILLING_VERB_EXPORT },
  { "backup", BILLING_VERB_BACKUP },
  { "person-add", BILLING_VERB_PERSON_ADD, .account = "new", .role = "biller", .passphrase = "correct horse" },
  { "person-edit", BILLING_VERB_PERSON_EDIT, "biller", .role = "manager", .retired = TRUE },
  { "practice-edit", BILLING_VERB_PRACTICE_EDIT, .refund_limit = "500" },
  { "practice-paper", BILLING_VERB_PRACTICE_EDIT, .said = "fields={\"invoice_prefix\":\"R-\",\"show_services\":\"yes\"}" },
  { "location-add", BILLING_VERB_LOCATION_EDIT, .said = "fields={\"name\":\"North\",\"city\":\"Springfield\"}" },
  { "physician-add", BILLING_VERB_PHYSICIAN_EDIT, .said = "fields={\"name\":\"Dr. Ada Okafor\",\"npi\":\"1234567893\"}" },
  { "payout", BILLING_VERB_PAYOUT_CREATE, .amount = 10000 },
  { "payout-cancel", BILLING_VERB_PAYOUT_CANCEL, "po_hand" },
  { "payout-schedule", BILLING_VERB_PAYOUT_SCHEDULE, .text = "{\"interval\":\"weekly\",\"weekly_payout_days\":\"friday\"}" },
  { "tax-settings", BILLING_VERB_TAX_SETTINGS, .text = "{\"tax_behavior\":\"inclusive\",\"line1\":\"1 Elm St\"}" },
  { "tax-register", BILLING_VERB_TAX_REGISTER, .text = "{\"country\":\"US\",\"region\":\"NY\",\"type\":\"state_sales_tax\"}" },
  { "tax-end", BILLING_VERB_TAX_END, "taxreg_ca" },
  { "dispute-save", BILLING_VERB_DISPUTE_SAVE, "dp_open", .text = "{\"customer_name\":\"Ana\"}" },
  { "dispute-attach", BILLING_VERB_DISPUTE_ATTACH, "dp_open" },
  { "dispute-detach", BILLING_VERB_DISPUTE_DETACH, "dp_open" },
  { "dispute-submit", BILLING_VERB_DISPUTE_SUBMIT, "dp_open" },
  { "dispute-accept", BILLING_VERB_DISPUTE_ACCEPT, "dp_open" },
  { "dispute-bill-again", BILLING_VERB_DISPUTE_BILL_AGAIN, "dp_lost", .n_audited = 1 },
  { "dispute-write-off", BILLING_VERB_DISPUTE_WRITE_OFF, "dp_lost" },
  { "day-count", BILLING_VERB_DAY_CLOSE, .amount = 54000, .draft = TRUE },
  { "day-close", BILLING_VERB_DAY_CLOSE, .amount = 50000, .said = "notes=A wrong note was given out." },
  { "day-reopen", BILLING_VERB_DAY_REOPEN, .said = "notes=A cheque was forgotten." },
  { "rate-create", BILLING_VERB_RATE_CREATE, .amount = 9000, .said = "name=Vaccination;code=90471;invoiced=yes", .n_audited = 1 },
  { "rate-create-twins", BILLING_VERB_RATE_CREATE, .said = "name=Vaccination;payer_kind=both", .n_audited = 1 },
  { "rate-edit", BILLING_VERB_RATE_EDIT, OWN_RATE, .said = "name=General Visit (Self-Pay);invoiced=no" },
  { "rate-price", BILLING_VERB_RATE_PRICE, RATE, .amount = 16000, .said = "payer=Aetna;date=2027-01-01" },
  { "rate-retire", BILLING_VERB_RATE_RETIRE, RATE },
  { "rate-restore", BILLING_VERB_RATE_RESTORE, OLD_RATE },
  { "message-send", BILLING_VERB_MESSAGE_SEND, INVOICE, .said = "fields={\"link\":\"no\"}" },
  { "message-send-link", BILLING_VERB_MESSAGE_SEND, INVOICE, .said = "name=reminder", .n_audited = 1 },
  { "message-again", BILLING_VERB_MESSAGE_RESOLVE, LOST_MESSAGE, .said = "method=again" },
  { "message-sent", BILLING_VERB_MESSAGE_RESOLVE, LOST_MESSAGE, .said = "method=sent" },
  { "message-cancel", BILLING_VERB_MESSAGE_CANCEL, OPEN_MESSAGE },
  { "mail-settings", BILLING_VERB_MAIL_SETTINGS, .said = "fields={\"from-name\":\"The Clinic\",\"remind-after\":\"7, 1\"}" },
  { "template-edit", BILLING_VERB_TEMPLATE_EDIT,
    .said = "name=invoice;locale=de;fields={\"subject\":\"Rechnung {number}\",\"body\":\"{amount}\"}" },
  { "remittance-post", BILLING_VERB_REMITTANCE_POST, REMITTANCE, .n_audited = 1 },
  { "remittance-match", BILLING_VERB_REMITTANCE_MATCH, REMITTANCE },
  { "remittance-dismiss", BILLING_VERB_REMITTANCE_DISMISS, REMITTANCE, .said = "notes=Not ours" },
  { "stripe-connect", BILLING_VERB_STRIPE_CONNECT, .account = "acct_1", .text = "Test mode, key …1234" },
};

const guint billing_n_verb_cases = G_N_ELEMENTS (billing_verb_cases);

const char *
billing_verb_cases_payment (BillingStatus status)
{
  static const char * const payments[] = {
    [BILLING_STATUS_DRAFT] = DRAFT,
    [BILLING_STATUS_PENDING] = PENDING,
    [BILLING_STATUS_PROCESSING] = PROCESSING,
    [BILLING_STATUS_PAID] = PAID,
    [BILLING_STATUS_FAILED] = FAILED,
    [BILLING_STATUS_CANCELLED] = CANCELLED,
    [BILLING_STATUS_REFUNDED] = REFUNDED,
    [BILLING_STATUS_PARTIALLY_REFUNDED] = PARTIAL,
    [BILLING_STATUS_VOIDED] = VOIDED,
  };

  return payments[status];
}

static void
insert (BillingConnection *connection,
        gpointer           record)
{
  g_autoptr (GError) error = NULL;

  billing_table_insert (connection, record, &error);
  g_assert_no_error (error);
  g_object_unref (record);
}

static void
insert_notice (BillingConnection  *connection,
               const char         *subject,
               BillingNoticeState  state)
{
  g_autofree char *key = g_strconcat ("payout-late:", subject, NULL);

  insert (connection, g_object_new (BILLING_TYPE_NOTICE, "key", key, "rule", "payout-late", "urgent", TRUE, "subject", subject,
                                    "amount", (gint64) 25000, "currency", "USD", "detail", "2026-10-20", "state", state,
                                    "created-at", BILLING_VERB_CASES_NOW, "found-at", BILLING_VERB_CASES_NOW, NULL));
}

static gboolean
fill (BillingConnection  *connection,
      gpointer            data,
      GCancellable       *cancellable,
      GError            **error)
{
  g_autoptr (GPtrArray) patients = NULL;
  g_autoptr (GPtrArray) locations = NULL;
  BillingRecord *patient;

  insert (connection, g_object_new (BILLING_TYPE_LOCATION, "name", "Main Street", NULL));
  insert (connection, g_object_new (BILLING_TYPE_PATIENT, "name", "Zoë Ångström", "given-name", "Zoë", "family-name",
                                    "Ångström", NULL));
  insert (connection, g_object_new (BILLING_TYPE_PATIENT, "name", "Łukasz Groß", NULL));
  insert (connection, g_object_new (BILLING_TYPE_PATIENT, "name", "Lukasz Gross", NULL));
  locations = billing_table_select (connection, BILLING_TYPE_LOCATION, "name", "Main Street", error);
  patients = billing_table_select (connection, BILLING_TYPE_PATIENT, "number", "PT-001", error);
  patient = patients->pdata[0];
  insert (connection, g_object_new (BILLING_TYPE_TREATMENT, "patient-id", billing_record_get_id (patient), "location-id",
                                    billing_record_get_id (locations->pdata[0]), "starts-at",
                                    BILLING_VERB_CASES_NOW - 86400, "day", "2026-10-25", "state", "finished",
                                    "currency", "USD", NULL));
  insert_notice (connection, "po_new", BILLING_NOTICE_STATE_NEW);
  insert_notice (connection, "po_done", BILLING_NOTICE_STATE_DONE);
  return TRUE;
}

static void
must_do (BillingDesk *desk,
         BillingAct  *act)
{
  g_autoptr (GError) error = NULL;

  billing_desk_do (desk, act, &error);
  g_assert_no_error (error);
  g_object_unref (act);
}

static void
create (BillingDesk *desk,
        gint64       amount,
        gboolean     draft)
{
  must_do (desk, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_CREATE, "patient", "PT-001", "treatment",
                               "TRT-001", "has-amount", TRUE, "amount", amount, "draft", draft, NULL));
}

static void
collect (BillingDesk   *desk,
         const char    *number,
         BillingTender  tender,
         gint64         amount)
{
  must_do (desk, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_COLLECT, "subject", number, "has-amount",
                               TRUE, "amount", amount, "tender", tender, NULL));
}

static void
refund (BillingDesk *desk,
        const char  *number,
        gint64       amount)
{
  must_do (desk, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PAYMENT_REFUND, "subject", number, "has-amount",
                               TRUE, "amount", amount, "reason", BILLING_REFUND_REASON_OTHER, NULL));
}

static void
add_people (BillingDesk *desk)
{
  static const char * const people[][2] = {
    { "desk", "front-desk" }, { "biller", "biller" }, { "manager", "manager" }, { "boss", "administrator" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    must_do (desk, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PERSON_ADD, "account", people[i][0], "role",
                                 people[i][1], NULL));
}

/* What Stripe holds for a payment, as the posting writes it down. */
static BillingRecord *
make_attempt (BillingPayment      *payment,
              BillingAttemptState  state,
              const char          *charge)
{
  return g_object_new (BILLING_TYPE_ATTEMPT, "payment-id", billing_record_get_id (BILLING_RECORD (payment)), "state", state,
                       "at", BILLING_VERB_CASES_NOW, "source", charge, "amount", payment->amount, "currency", "USD", NULL);
}

static gboolean
collect_by_card (BillingConnection  *connection,
                 GError            **error)
{
  g_autoptr (BillingPayment) payment = (BillingPayment *) billing_table_get (connection, BILLING_TYPE_PAYMENT, CARD, error);
  BillingTransaction transaction = {
    .act = "collect",
    .person = "stripe",
    .patient_id = payment->patient_id,
    .payment_id = billing_record_get_id (BILLING_RECORD (payment)),
    .source = "ch_paid:collect",
    .at = BILLING_VERB_CASES_NOW,
    .day = "2026-10-26",
  };

  BillingTransaction dispute = transaction;

  dispute.act = "dispute";
  dispute.source = "txn_lost:dispute";
  payment->withdrawn = 5000;
  insert (connection, g_object_new (BILLING_TYPE_ASSIGNMENT, "charge-id", "ch_paid", "payment-id", transaction.payment_id,
                                    "patient-id", payment->patient_id, "person", "boss", "created-at", BILLING_VERB_CASES_NOW, NULL));
  payment->attempt = BILLING_ATTEMPT_STATE_SUCCEEDED;
  payment->tender = BILLING_TENDER_STRIPE;
  g_free (payment->paid_on);
  payment->paid_on = g_strdup ("2026-10-26");
  insert (connection, make_attempt (payment, BILLING_ATTEMPT_STATE_SUCCEEDED, "ch_paid"));
  return billing_ledger_post (connection, &transaction, "USD", BILLING_ACCOUNT_STRIPE,
                              BILLING_ACCOUNT_PATIENT_RECEIVABLE, payment->amount, error) &&
         billing_ledger_post (connection, &dispute, "USD", BILLING_ACCOUNT_DISPUTES, BILLING_ACCOUNT_STRIPE, 5000, error) &&
         billing_ledger_settle (connection, payment, error);
}

/* A dispute that can be answered, with a draft that was begun at Stripe, and one that was lost. */
static void
fill_disputes (BillingMirror *mirror)
{
  static const char * const disputes[] = {
    "{\"id\":\"dp_open\",\"object\":\"dispute\",\"created\":1793000000,\"amount\":5000,\"currency\":\"usd\",\"charge\":\"ch_paid\","
    "\"reason\":\"general\",\"status\":\"needs_response\",\"evidence\":{\"customer_name\":\"A\",\"receipt\":\"file_1\"},"
    "\"evidence_details\":{\"due_by\":1793500000,\"submission_count\":0},\"balance_transactions\":[]}",
    "{\"id\":\"dp_lost\",\"object\":\"dispute\",\"created\":1793000000,\"amount\":5000,\"currency\":\"usd\",\"charge\":\"ch_paid\","
    "\"reason\":\"general\",\"status\":\"lost\",\"evidence\":{},\"evidence_details\":{\"due_by\":0,\"submission_count\":1},"
    "\"balance_transactions\":[{\"id\":\"txn_lost\",\"object\":\"balance_transaction\",\"created\":1793000000,\"amount\":-5000,"
    "\"fee\":1500,\"net\":-6500,\"currency\":\"usd\",\"reporting_category\":\"dispute\",\"type\":\"adjustment\"}]}",
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (disputes); i++)
    {
      billing_mirror_put (mirror, billing_mirror_kind_find ("disputes"), disputes[i], strlen (disputes[i]), 1, &error);
      g_assert_no_error (error);
    }
}

/* Money to pay out, a payout that can be cancelled, and a schedule. */
static void
fill_payouts (BillingMirror *mirror)
{
  static const char balance[] = "{\"object\":\"balance\",\"available\":[{\"amount\":50000,\"currency\":\"usd\"}],\"pending\":[]}";
  static const char settings[] = "{\"object\":\"balance_settings\",\"payments\":{\"payouts\":{\"schedule\":{\"interval\":\"manual\"}}}}";
  static const char payout[] = "{\"id\":\"po_hand\",\"object\":\"payout\",\"created\":1793000000,\"amount\":700,\"currency\":\"usd\","
                               "\"status\":\"pending\",\"automatic\":false}";
  g_autoptr (GError) error = NULL;

  billing_mirror_put_single (mirror, "balance", balance, strlen (balance), G_USEC_PER_SEC, &error);
  g_assert_no_error (error);
  billing_mirror_put_single (mirror, "balance_settings", settings, strlen (settings), G_USEC_PER_SEC, &error);
  g_assert_no_error (error);
  billing_mirror_put (mirror, billing_mirror_kind_find ("payouts"), payout, strlen (payout), 1, &error);
  g_assert_no_error (error);
}

/* A head office, and a registration. */
static void
fill_taxes (BillingMirror *mirror)
{
  static const char settings[] = "{\"object\":\"tax.settings\",\"defaults\":{\"tax_behavior\":\"exclusive\"},\"head_office\":"
                                 "{\"address\":{\"country\":\"US\",\"state\":\"CA\",\"postal_code\":\"94103\"}},\"status\":\"active\"}";
  static const char registration[] = "{\"id\":\"taxreg_ca\",\"object\":\"tax.registration\",\"created\":1793000000,\"country\":\"US\","
                                     "\"country_options\":{\"us\":{\"state\":\"CA\",\"type\":\"state_sales_tax\"}},"
                                     "\"active_from\":1793000000,\"status\":\"active\"}";
  g_autoptr (GError) error = NULL;

  billing_mirror_put_single (mirror, "tax_settings", settings, strlen (settings), G_USEC_PER_SEC, &error);
  g_assert_no_error (error);
  billing_mirror_put (mirror, billing_mirror_kind_find ("tax_registrations"), registration, strlen (registration), 1, &error);
  g_assert_no_error (error);
}

static void
fill_mirror (const char *folder)
{
  static const char * const charges[] = {
    "{\"id\":\"ch_held\",\"object\":\"charge\",\"created\":1793000000,\"amount\":25000,"
    "\"currency\":\"usd\",\"payment_intent\":\"pi_held\",\"status\":\"succeeded\"}",
    "{\"id\":\"ch_paid\",\"object\":\"charge\",\"created\":1793000000,\"amount\":25000,\"amount_captured\":25000,"
    "\"currency\":\"usd\",\"captured\":true,\"disputed\":true,\"status\":\"succeeded\"}",
    /* Nobody's. */
    "{\"id\":\"ch_loose\",\"object\":\"charge\",\"created\":1793000000,\"amount\":10000,\"amount_captured\":10000,"
    "\"currency\":\"usd\",\"captured\":true,\"status\":\"succeeded\"}",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingMirror) mirror = billing_mirror_open (folder, &error);

  g_assert_no_error (error);
  billing_mirror_begin (mirror, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (charges); i++)
    {
      billing_mirror_put (mirror, billing_mirror_kind_find ("charges"), charges[i], strlen (charges[i]), 1, &error);
      g_assert_no_error (error);
    }
  fill_disputes (mirror);
  fill_payouts (mirror);
  fill_taxes (mirror);
  billing_mirror_commit (mirror, &error);
  g_assert_no_error (error);
}

static gboolean
connect_stripe (BillingConnection  *connection,
                gpointer            data,
                GCancellable       *cancellable,
                GError            **error)
{
  g_autoptr (GPtrArray) practices = billing_table_select (connection, BILLING_TYPE_PRACTICE, "pk", "1", error);

  g_object_set (practices->pdata[0], "stripe-account", "acct_1", NULL);
  return billing_table_update (connection, practices->pdata[0], error);
}

/* An intent that was sent long ago, and of which nothing was heard. */
static gboolean
lose_intent (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  g_autoptr (BillingRecord) intent = billing_table_get (connection, BILLING_TYPE_INTENT, data, error);

  g_object_set (intent, "state", BILLING_OUTBOX_STATE_UNKNOWN, "first-sent-at", BILLING_VERB_CASES_NOW - 86400,
                "sent-at", BILLING_VERB_CASES_NOW - 86400, "tries", (gint64) 1, NULL);
  return billing_table_update (connection, intent, error);
}

static void
ask_stripe (BillingDesk *desk)
{
  g_autoptr (BillingAct) unsent = billing_act_new (BILLING_VERB_PAYMENT_AUTHORISE, UNSENT);
  g_autoptr (BillingAct) lost = billing_act_new (BILLING_VERB_PAYMENT_AUTHORISE, LOST);
  g_autoptr (GError) error = NULL;

  billing_store_write (billing_desk_get_store (desk), connect_stripe, NULL, NULL, &error);
  g_assert_no_error (error);
  must_do (desk, billing_act_new (BILLING_VERB_PAYMENT_LINK, LINKED));
  must_do (desk, g_object_ref (unsent));
  must_do (desk, g_object_ref (lost));
  billing_store_write (billing_desk_get_store (desk), lose_intent, lost->result, NULL, &error);
  g_assert_no_error (error);
}

/* A second charge for what was paid already. */
static gboolean
pay_late (BillingConnection  *connection,
          GError            **error)
{
  g_autoptr (BillingPayment) payment = (BillingPayment *) billing_table_get (connection, BILLING_TYPE_PAYMENT, CARD, error);
  BillingTransaction transaction = {
    .act = "late",
    .person = "stripe",
    .patient_id = payment->patient_id,
    .payment_id = billing_record_get_id (BILLING_RECORD (payment)),
    .source = LATE ":late",
    .at = BILLING_VERB_CASES_NOW,
    .day = "2026-10-26",
  };

  insert (connection, g_object_new (BILLING_TYPE_LATE_MONEY, "charge-id", LATE, "payment-id", transaction.payment_id,
                                    "patient-id", payment->patient_id, "amount", (gint64) 3000, "currency", "USD",
                                    "created-at", BILLING_VERB_CASES_NOW, NULL));
  return billing_ledger_post (connection, &transaction, "USD", BILLING_ACCOUNT_STRIPE, BILLING_ACCOUNT_CREDIT, 3000, error) &&
         billing_ledger_credit (connection, payment->patient_id, 3000, error);
}

/* What only Stripe brings about: a payment that it holds, one that it collected, and one whose authorisation was released. */
static gboolean
do_as_stripe (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr (BillingPayment) flying = (BillingPayment *) billing_table_get (connection, BILLING_TYPE_PAYMENT,
                                                                            PROCESSING, error);
  g_autoptr (BillingPayment) voided = (BillingPayment *) billing_table_get (connection, BILLING_TYPE_PAYMENT, VOIDED,
                                                                            error);
  BillingTransaction transaction = {
    .act = "void",
    .person = "boss",
    .patient_id = voided->patient_id,
    .payment_id = billing_record_get_id (BILLING_RECORD (voided)),
    .source = "void",
    .at = BILLING_VERB_CASES_NOW,
    .day = "2026-10-26",
  };

  flying->attempt = BILLING_ATTEMPT_STATE_AUTHORISED;
  insert (connection, make_attempt (flying, BILLING_ATTEMPT_STATE_AUTHORISED, "ch_held"));
  voided->voided_at = BILLING_VERB_CASES_NOW;
  return collect_by_card (connection, error) && pay_late (connection, error) &&
         billing_ledger_settle (connection, flying, error) &&
         billing_ledger_post (connection, &transaction, "USD", BILLING_ACCOUNT_ASKED,
                              BILLING_ACCOUNT_PATIENT_RECEIVABLE, voided->amount, error) &&
         billing_ledger_settle (connection, voided, error);
}

/* A note by everybody, a document, and one that was removed. */
static void
file (BillingDesk *desk)
{
  static const char * const authors[] = { "desk", "biller", "manager", "boss" };
  g_autoptr (BillingPerson) self = g_object_ref (billing_desk_get_person (desk));
  g_autoptr (BillingAct) removed = billing_act_new (BILLING_VERB_DOCUMENT_ADD, DRAFT);

  must_do (desk, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_NOTE_ADD, "subject", PAID, "text", "Called.", NULL));
  must_do (desk, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_DOCUMENT_ADD, "subject", PENDING, "file",
                               "/proc/version", NULL));
  removed->file = g_strdup ("/proc/version");
  must_do (desk, g_object_ref (removed));
  must_do (desk, billing_act_new (BILLING_VERB_DOCUMENT_REMOVE, removed->result));
  for (guint i = 0; i < G_N_ELEMENTS (authors); i++)
    {
      billing_verb_cases_act_as (desk, authors[i]);
      must_do (desk, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_NOTE_ADD, "subject", PAID, "text", "Called.",
                                   NULL));
    }
  billing_desk_act_as (desk, self);
}

/* So that there is one to reopen; on it nothing had happened. */
static void
close_day_before (BillingDesk *desk)
{
  must_do (desk, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_DAY_CLOSE, "date", "2026-10-24", "has-amount", TRUE, NULL));
}

/* Twins, and one by which nothing is billed any more. */
static void
price (BillingDesk *desk)
{
  must_do (desk, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_CREATE, "name", "General Service", "code", "99213",
                               "payer-kind", "both", "invoiced", "yes", "has-amount", TRUE, "amount", (gint64) 15000, "date",
                               "2026-01-01", NULL));
  must_do (desk, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_CREATE, "name", "House Call", "code", "99341", NULL));
  must_do (desk, billing_act_new (BILLING_VERB_RATE_RETIRE, OLD_RATE));
}

/* What an insurer paid for one of them, with its number on the claim. */
static gboolean
remit (BillingConnection  *connection,
       gpointer            data,
       GCancellable       *cancellable,
       GError            **error)
{
  g_autoptr (BillingRecord) remittance = NULL;

  insert (connection, g_object_new (BILLING_TYPE_REMITTANCE, "number", REMITTANCE, "format", "835", "payer", "Acme", "reference", "EFT-1",
                                    "day", "2026-10-25", "amount", (gint64) 5000, "claims", (gint64) 5000, "currency", "USD",
                                    "created-at", BILLING_VERB_CASES_NOW, NULL));
  remittance = billing_table_get (connection, BILLING_TYPE_REMITTANCE, REMITTANCE, error);
  insert (connection, g_object_new (BILLING_TYPE_REMITTANCE_LINE, "remittance-id", billing_record_get_id (remittance), "place", (gint64) 1,
                                    "level", "service", "claim", OPEN_SERVICE, "charge", (gint64) 15000, "paid", (gint64) 5000,
                                    "patient", (gint64) 10000, "state", BILLING_REMITTANCE_LINE_STATE_UNMATCHED, NULL));
  return TRUE;
}

/* Two services that are to be invoiced, by names that do not depend on what else is made. */
static gboolean
serve (BillingConnection  *connection,
       gpointer            data,
       GCancellable       *cancellable,
       GError            **error)
{
  g_autoptr (BillingRecord) treatment = billing_table_get (connection, BILLING_TYPE_TREATMENT, "TRT-001", error);
  static const char * const numbers[] = { INVOICED_SERVICE, OPEN_SERVICE };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    insert (connection, g_object_new (BILLING_TYPE_SERVICE, "number", numbers[i], "patient-id", BILLING_TREATMENT (treatment)->patient_id,
                                      "treatment-id", billing_record_get_id (treatment), "location-id",
                                      BILLING_TREATMENT (treatment)->location_id, "day", "2026-10-25", "name", "Visit", "units",
                                      (gint64) 1, "price", (gint64) 15000, "amount", (gint64) 15000, "currency", "USD", "billable", TRUE,
                                      "rate-invoiced", TRUE, "allowed", (gint64) -1, "created-at", BILLING_VERB_CASES_NOW, NULL));
  return TRUE;
}

static gboolean
code_treatment (BillingConnection  *connection,
                gpointer            data,
                GCancellable       *cancellable,
                GError            **error)
{
  g_autoptr (BillingRecord) treatment = billing_table_get (connection, BILLING_TYPE_TREATMENT, "TRT-001", error);

  insert (connection, g_object_new (BILLING_TYPE_TREATMENT_CODE, "treatment-id", billing_record_get_id (treatment), "system", "CPT", "code",
                                    "99213", "units", (gint64) 1, NULL));
  return TRUE;
}

static void
invoice (BillingDesk *desk)
{
  g_autoptr (GError) error = NULL;

  billing_store_write (billing_desk_get_store (desk), serve, NULL, NULL, &error);
  g_assert_no_error (error);
  billing_store_write (billing_desk_get_store (desk), remit, NULL, NULL, &error);
  g_assert_no_error (error);
  must_do (desk, billing_act_new (BILLING_VERB_INVOICE_CREATE, INVOICED_SERVICE));
}

/* Services added by hand: one about which its insurer answered, one that was looked at, one that was removed; and a code of a treatment of which
 * none was made. */
static void
treat (BillingDesk *desk)
{
  static const char * const rates[] = { RATE, OWN_RATE, OWN_RATE };
  g_autoptr (BillingAct) answer = billing_act_new (BILLING_VERB_SERVICE_INSURER, ANSWERED_SERVICE);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    must_do (desk, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_SERVICE_ADD, "patient", "PT-001", "rate", rates[i], "payer", "Aetna",
                                 NULL));
  answer->has_insurer = TRUE;
  answer->paid = 10000;
  answer->patient_part = 3000;
  must_do (desk, g_object_ref (answer));
  must_do (desk, billing_act_new (BILLING_VERB_SERVICE_REVIEW, REVIEWED_SERVICE));
  must_do (desk, billing_act_new (BILLING_VERB_SERVICE_REMOVE, REMOVED_SERVICE));
  billing_store_write (billing_desk_get_store (desk), code_treatment, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Two messages to the patient of the invoice: one that waits, and one of which nobody knows whether it went out. */
static gboolean
write_messages (BillingConnection  *connection,
                gpointer            data,
                GCancellable       *cancellable,
                GError            **error)
{
  static const char * const ids[] = { OPEN_MESSAGE, LOST_MESSAGE };
  g_autoptr (BillingRecord) treatment = billing_table_get (connection, BILLING_TYPE_TREATMENT, "TRT-001", error);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      BillingRecord *message =
        g_object_new (BILLING_TYPE_MESSAGE, "kind", BILLING_MESSAGE_KIND_STATEMENT, "channel", BILLING_MESSAGE_CHANNEL_PORTAL, "patient-id",
                      BILLING_TREATMENT (treatment)->patient_id, "address", "zoe@example.org", "subject", "Your statement", "body", "Dear Zoë", "message-id", ids[i],
                      "state", i == 0 ? BILLING_MESSAGE_STATE_QUEUED : BILLING_MESSAGE_STATE_UNKNOWN, "day", "2026-10-26", "person", "boss",
                      "created-at", BILLING_VERB_CASES_NOW, NULL);

      billing_record_set_id (message, ids[i]);
      insert (connection, message);
    }

  return TRUE;
}

static void
write_to_patients (BillingDesk *desk)
{
  g_autoptr (GError) error = NULL;

  billing_verb_cases_act_as (desk, "boss");
  must_do (desk, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PATIENT_EDIT, "subject", "PT-001", "fields",
                               "{\"email\":\"zoe@example.org\"}", NULL));
  must_do (desk, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_MAIL_SETTINGS, "fields", "{\"channel\":\"portal\"}", NULL));
  billing_store_write (billing_desk_get_store (desk), write_messages, NULL, NULL, &error);
  g_assert_no_error (error);
}

/**
 * billing_verb_cases_make:
 * @folder: where
 *
 * Makes the practice, by verbs.
 */
void
billing_verb_cases_make (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingDesk) desk = NULL;

  billing_desk_create (folder, "Test Clinic", "USD", "America/New_York", &error);
  g_assert_no_error (error);
  desk = billing_desk_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  billing_desk_set_clock (desk, BILLING_VERB_CASES_NOW);
  billing_store_write (billing_desk_get_store (desk), fill, NULL, NULL, &error);
  g_assert_no_error (error);

  add_people (desk);
  must_do (desk, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PRACTICE_EDIT, "refund-limit", "15000", NULL));
  for (guint i = 0; i < 15; i++)
    create (desk, 25000, i == 1);
  must_do (desk, billing_act_new (BILLING_VERB_PAYMENT_FAIL, FAILED));
  must_do (desk, billing_act_new (BILLING_VERB_PAYMENT_CANCEL, CANCELLED));
  collect (desk, OVERPAID, BILLING_TENDER_CASH, 40000);
  collect (desk, WAITING, BILLING_TENDER_CARD, 25000);
  collect (desk, PARTIAL, BILLING_TENDER_CHEQUE, 18000);
  collect (desk, REFUNDED, BILLING_TENDER_BANK, 12000);
  collect (desk, PAID, BILLING_TENDER_CASH, 14000);
  must_do (desk, g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_PATIENT_MERGE, "subject", "PT-003", "patient", "PT-002", NULL));
  price (desk);
  close_day_before (desk);
  file (desk);
  refund (desk, PARTIAL, 4000);
  refund (desk, REFUNDED, 12000);
  billing_verb_cases_act_as (desk, "biller");
  refund (desk, WAITING, 20000);
  invoice (desk);
  treat (desk);
  write_to_patients (desk);

  billing_store_write (billing_desk_get_store (desk), do_as_stripe, NULL, NULL, &error);
  g_assert_no_error (error);
  fill_mirror (folder);
  ask_stripe (desk);
}

BillingDesk *
billing_verb_cases_open (const char *folder)
{
  g_autoptr (GError) error = NULL;
  BillingDesk *desk = billing_desk_open (folder, NULL, NULL, &error);

  g_assert_no_error (error);
  billing_desk_set_clock (desk, BILLING_VERB_CASES_NOW + 3600);
  return desk;
}

void
billing_verb_cases_act_as (BillingDesk *desk,
                           const char  *account)
{
  static const struct {
    const char *account;
    BillingRole role;
  } roles[] = {
    { "desk", BILLING_ROLE_FRONT_DESK }, { "biller", BILLING_ROLE_BILLER }, { "manager", BILLING_ROLE_MANAGER },
    { "boss", BILLING_ROLE_ADMINISTRATOR },
  };
  g_autoptr (BillingPerson) person = billing_person_new ();

  person->account = g_strdup (account);
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      if (g_str_equal (roles[i].account, account))
        person->role = roles[i].role;
    }
  billing_desk_act_as (desk, person);
}

typedef struct {
  const char *account;
  char *id;
} Found;

/* Of notes, one of one's own: nobody else's can be changed. */
static gboolean
note_id (BillingRecord  *record,
         gpointer        data,
         GError        **error)
{
  Found *found = data;

  if (BILLING_IS_NOTE (record) && !g_str_equal (BILLING_NOTE (record)->person, found->account))
    return TRUE;

  g_free (found->id);
  found->id = g_strdup (billing_record_get_id (record));
  return TRUE;
}

static char *
find_one (BillingDesk *desk,
          const char  *kind,
          const char  *state)
{
  g_autoptr (BillingQuery) query = billing_desk_query (desk, kind);
  g_autoptr (GError) error = NULL;
  Found found = { billing_desk_get_person (desk)->account, NULL };

  query->status = g_strdup (state);
  billing_desk_list (desk, query, note_id, &found, NULL, &error);
  g_assert_no_error (error);
  return found.id;
}

static const struct {
  const char *word;
  const char *kind;
  const char *state;
} stand_ins[] = {
  { "refund", "refunds", "waiting" },
  { "unsent", "outbox", "queued" },
  { "lost", "outbox", "unknown" },
  { "kept", "documents", "kept" },
  { "removed", "documents", "removed" },
  { "note", "notes", NULL },
  { "notice", "notices", "new" },
  { "notice-done", "notices", "done" },
};

/* What begins like a PDF is one as far as anybody looks. */
static void
attach (BillingAct  *act,
        BillingDesk *desk)
{
  act->slot = g_strdup ("receipt");
  act->file = g_build_filename (billing_store_get_folder (billing_desk_get_store (desk)), "evidence.pdf", NULL);
  g_assert_true (g_file_set_contents (act->file, "%PDF-1.7\n", -1, NULL));
}

static void
say (BillingAct *act,
     const char *said)
{
  g_auto (GStrv) fields = g_strsplit (said != NULL ? said : "", ";", -1);

  for (guint i = 0; fields[i] != NULL; i++)
    {
      char *value = strchr (fields[i], '=');

      *value = '\0';
      billing_record_set_text (BILLING_RECORD (act), billing_record_class_find (BILLING_RECORD_GET_CLASS (act), fields[i]),
                               value + 1);
    }
}

/**
 * billing_verb_cases_build_act:
 * @verb_case: a case
 * @desk: a session in the practice
 *
 * Returns: (transfer full): its act
 */
BillingAct *
billing_verb_cases_build_act (const BillingVerbCase *verb_case,
                              BillingDesk           *desk)
{
  BillingAct *act = billing_act_new (verb_case->verb, verb_case->subject);

  g_object_set (act, "patient", verb_case->patient, "treatment", verb_case->treatment, "has-amount",
                verb_case->amount != 0, "amount", verb_case->amount, "tender", verb_case->tender, "reason",
                verb_case->reason, "account", verb_case->account, "role", verb_case->role, "passphrase",
                verb_case->passphrase, "refund-limit", verb_case->refund_limit, "draft", verb_case->draft, "retired",
                verb_case->retired, NULL);
  if (verb_case->verb == BILLING_VERB_NOTE_ADD || verb_case->verb == BILLING_VERB_NOTE_EDIT)
    act->text = g_strdup (verb_case->text);
  else if (verb_case->verb == BILLING_VERB_DOCUMENT_RENAME)
    act->name = g_strdup (verb_case->text);
  else if (verb_case->verb == BILLING_VERB_DOCUMENT_ADD)
    act->file = g_strdup (verb_case->text);
  else if (verb_case->verb == BILLING_VERB_TAX_SETTINGS || verb_case->verb == BILLING_VERB_TAX_REGISTER ||
           verb_case->verb == BILLING_VERB_PAYOUT_SCHEDULE || verb_case->verb == BILLING_VERB_DISPUTE_SAVE ||
           verb_case->verb == BILLING_VERB_PATIENT_EDIT)
    act->fields = g_strdup (verb_case->text);
  else if (verb_case->verb == BILLING_VERB_DISPUTE_ATTACH)
    attach (act, desk);
  else if (verb_case->verb == BILLING_VERB_DISPUTE_DETACH)
    act->slot = g_strdup ("receipt");
  else if (verb_case->verb == BILLING_VERB_NOTICE_SNOOZE)
    act->date = g_strdup (verb_case->text);
  else if (verb_case->verb == BILLING_VERB_CHARGE_ASSIGN)
    act->reference = g_strdup (verb_case->text);
  else
    act->memo = g_strdup (verb_case->text);
  if (verb_case->verb == BILLING_VERB_SERVICE_INSURER)
    {
      act->has_insurer = TRUE;
      act->paid = verb_case->amount;
    }
  say (act, verb_case->said);
  for (guint i = 0; i < G_N_ELEMENTS (stand_ins); i++)
    {
      if (g_strcmp0 (act->subject, stand_ins[i].word) == 0)
        {
          g_free (act->subject);
          act->subject = find_one (desk, stand_ins[i].kind, stand_ins[i].state);
        }
    }
  return act;
}

gboolean
billing_verb_cases_do (BillingDesk            *desk,
                       const BillingVerbCase  *verb_case,
                       GError                **error)
{
  g_autoptr (BillingAct) act = billing_verb_cases_build_act (verb_case, desk);

  return billing_desk_do (desk, act, error);
}
