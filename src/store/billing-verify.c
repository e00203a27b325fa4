/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-verify"

#include "config.h"

#include "billing-verify.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "billing-payout-sums.h"
#include "billing-posting-charge.h"
#include "billing-posting.h"
#include "billing-seal.h"

/*
 * The invariants of design.md, section 5. Each is a query for what breaks it; the first column names the culprit.
 */

typedef struct {
  const char *rule;
  const char *sql;
} Invariant;

/* What becomes of the money of a lost dispute takes it from the account where what is withdrawn stands. */
#define SETTLING "'dispute-write-off', 'dispute-write-off-reverse', 'dispute-bill-again', 'dispute-bill-again-reverse'"

/* Of one payment (?1), or of all where it is null. */
static const Invariant payment_invariants[] = {
  { N_("the postings of a transaction sum to zero"),
    "SELECT t.source FROM transactions t JOIN postings s ON s.transaction_pk = t.pk"
    " WHERE (?1 IS NULL OR t.payment_id = ?1) GROUP BY t.pk, s.currency HAVING sum (s.amount) <> 0" },
  { N_("a transaction has postings"),
    "SELECT t.source FROM transactions t WHERE (?1 IS NULL OR t.payment_id = ?1)"
    " AND NOT EXISTS (SELECT 1 FROM postings WHERE transaction_pk = t.pk)" },
  { N_("the patient receivable is what Pending, Processing and Failed payments ask for"),
    "SELECT p.number FROM payments p LEFT JOIN transactions t ON t.payment_id = p.id"
    " LEFT JOIN postings s ON s.transaction_pk = t.pk AND s.account = 'patient-receivable'"
    " WHERE (?1 IS NULL OR p.id = ?1) GROUP BY p.pk"
    " HAVING ifnull (sum (s.amount), 0) <> iif (p.status IN ('pending', 'processing', 'failed'), p.amount, 0)" },
  { N_("what a payment says was collected is what its ledger says"),
    "SELECT p.number FROM payments p LEFT JOIN transactions t ON t.payment_id = p.id AND t.act IN ('collect', 'reverse')"
    " LEFT JOIN postings s ON s.transaction_pk = t.pk AND s.account = 'patient-receivable'"
    " WHERE (?1 IS NULL OR p.id = ?1) GROUP BY p.pk HAVING -ifnull (sum (s.amount), 0) <> p.collected" },
  { N_("what a payment says was refunded is what its ledger says"),
    "SELECT p.number FROM payments p LEFT JOIN transactions t ON t.payment_id = p.id"
    " LEFT JOIN postings s ON s.transaction_pk = t.pk AND s.account = 'refunds'"
    " WHERE (?1 IS NULL OR p.id = ?1) GROUP BY p.pk HAVING ifnull (sum (s.amount), 0) <> p.refunded" },
  { N_("what a payment says was refunded is the sum of its refunds"),
    "SELECT p.number FROM payments p LEFT JOIN refunds r ON r.payment_id = p.id"
    " WHERE (?1 IS NULL OR p.id = ?1) GROUP BY p.pk"
    " HAVING ifnull (sum (r.amount) FILTER (WHERE r.state = 'posted'), 0) <> p.refunded"
    " OR min (ifnull (sum (r.amount) FILTER (WHERE r.state = 'waiting'), 0), p.collected - p.refunded) <> p.waiting" },
  { N_("what disputes withdrew from a payment is what its ledger says"),
    "SELECT p.number FROM payments p LEFT JOIN transactions t ON t.payment_id = p.id AND t.act NOT IN (" SETTLING ")"
    " LEFT JOIN postings s ON s.transaction_pk = t.pk AND s.account = 'disputes'"
    " WHERE (?1 IS NULL OR p.id = ?1) GROUP BY p.pk HAVING ifnull (sum (s.amount), 0) <> p.withdrawn" },
  { N_("no more of what disputes withdrew is billed again or written off than was withdrawn"),
    "SELECT p.number FROM payments p JOIN transactions t ON t.payment_id = p.id AND t.act IN (" SETTLING ")"
    " JOIN postings s ON s.transaction_pk = t.pk AND s.account = 'disputes'"
    " WHERE (?1 IS NULL OR p.id = ?1) GROUP BY p.pk HAVING -sum (s.amount) NOT BETWEEN 0 AND p.withdrawn" },
  { N_("no refund waits that Stripe refused or was never asked for"),
    "SELECT r.id FROM outbox o JOIN refunds r ON r.id = o.record_id"
    " WHERE (?1 IS NULL OR o.subject_id = ?1) AND o.state IN ('failed', 'withdrawn') AND r.state = 'waiting'" },
  { N_("no more is refunded than was collected"),
    "SELECT number FROM payments WHERE (?1 IS NULL OR id = ?1) AND refunded > collected" },
  { N_("the tender's account got what was collected"),
    "SELECT p.number FROM payments p JOIN transactions t ON t.payment_id = p.id AND t.act IN ('collect', 'reverse')"
    " JOIN postings s ON s.transaction_pk = t.pk AND s.account <> 'patient-receivable'"
    " WHERE (?1 IS NULL OR p.id = ?1) AND p.collected > 0 GROUP BY p.pk"
    " HAVING sum (s.amount) FILTER (WHERE s.account = billing_tender_account (p.tender)) IS NOT p.collected" },
  { N_("the status follows from what happened"),
    "SELECT number FROM payments WHERE (?1 IS NULL OR id = ?1) AND status IS NOT billing_status (submitted_at,"
    " cancelled_at, written_off_at, voided_at, failed_at, attempt, collected, refunded)" },
  { N_("a collected payment says when and how"),
    "SELECT number FROM payments WHERE (?1 IS NULL OR id = ?1)"
    " AND (collected > 0) <> (paid_on IS NOT NULL AND tender <> 'none')" },
  { N_("no link is open of a payment that wants no money"),
    "SELECT p.number FROM payments p JOIN links l ON l.payment_id = p.id AND l.state IN ('waiting', 'open')"
    " WHERE (?1 IS NULL OR p.id = ?1) AND p.status NOT IN ('draft', 'pending', 'failed', 'processing')" },
  { N_("an open link asks for what its payment asks for, and can be visited"),
    "SELECT p.number FROM payments p JOIN links l ON l.payment_id = p.id AND l.state IN ('waiting', 'open')"
    " WHERE (?1 IS NULL OR p.id = ?1) AND (p.amount <> l.amount OR p.currency <> l.currency"
    " OR (l.state = 'open') <> (l.url IS NOT NULL AND l.stripe_id IS NOT NULL))" },
  { N_("a link waits only while Stripe is asked to make it"),
    "SELECT l.id FROM links l WHERE (?1 IS NULL OR l.payment_id = ?1) AND l.state = 'waiting'"
    " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.subject_id = l.payment_id AND o.kind = 'link' AND o.record_id = l.id"
    "   AND o.state IN ('queued', 'sending', 'unknown'))" },
  { N_("late money is what its charge brought to the patient's credit"),
    "SELECT m.charge_id FROM late_money m WHERE (?1 IS NULL OR m.payment_id = ?1)"
    " AND m.amount IS NOT (SELECT sum (-s.amount) FROM transactions t JOIN postings s ON s.transaction_pk = t.pk"
    "   WHERE t.source IN (m.charge_id || ':late', m.charge_id || ':overpay') AND s.account = 'credit')" },
  { N_("late money is held while Stripe is asked to give it back, and only then"),
    "SELECT m.charge_id FROM late_money m WHERE (?1 IS NULL OR m.payment_id = ?1)"
    " AND ((m.state = 'refunding') <> (m.held > 0) OR (m.state = 'refunded') <> (m.refunded >= m.amount))" },
  { N_("a payment sorts under its patient's name"),
    "SELECT p.number FROM payments p JOIN patients c ON c.id = p.patient_id"
    " WHERE (?1 IS NULL OR p.id = ?1) AND p.patient_key <> c.sort_key" },
  { N_("a payment is of the place of its treatment"),
    "SELECT p.number FROM payments p JOIN treatments t ON t.id = p.treatment_id"
    " WHERE (?1 IS NULL OR p.id = ?1)"
    " AND (p.location_id IS NOT t.location_id OR p.patient_id <> t.patient_id)" },
};

/* What a service has in an account, by what stands before the colon of the source. */
#define OF_SERVICE(account, acts) \
  "(SELECT ifnull (sum (p.amount), 0) FROM transactions t JOIN postings p ON p.transaction_pk = t.pk AND p.account = '" account "'" \
  " WHERE t.source >= s.id || ':' AND t.source < s.id || ';' AND t.act IN (" acts "))"

/* What insurers said that stands. */
#define ANSWERED(sum_of) "(SELECT " sum_of " FROM insurer_answers a WHERE a.service_id = s.id AND a.taken_back_at = 0)"

static const Invariant book_invariants[] = {
  { N_("what a closed day expected in cash is what the ledger of its days says"),
    "SELECT d.day FROM day_closes d WHERE d.reopened_at = 0 AND d.closed_at > 0 AND d.expected <>"
    " (SELECT ifnull (sum (s.amount), 0) FROM transactions t JOIN postings s ON s.transaction_pk = t.pk"
    "  WHERE t.day BETWEEN d.since_on AND d.day AND s.account = 'cash' AND s.currency = d.currency)" },
  /* Stripe says later, too, what it did on a day. */
  { N_("the totals of a closed day, by tender and person, are what the ledger of its days says"),
    "SELECT d.day FROM day_closes d JOIN transactions t ON t.day BETWEEN d.since_on AND d.day AND t.person <> 'stripe'"
    " JOIN postings s ON s.transaction_pk = t.pk AND s.account IN ('cash', 'cheques', 'card-terminal', 'bank')"
    " WHERE d.reopened_at = 0 AND d.closed_at > 0 GROUP BY d.pk, s.account, t.person, s.currency"
    " HAVING sum (s.amount) <> ifnull ((SELECT amount FROM day_totals o WHERE o.close_id = d.id AND o.account = s.account"
    "  AND o.account_of = t.person AND o.currency = s.currency), 0)" },
  { N_("a closed day has totals of nothing that its ledger does not know"),
    "SELECT d.day FROM day_closes d JOIN day_totals o ON o.close_id = d.id WHERE d.reopened_at = 0 AND d.closed_at > 0"
    " AND NOT EXISTS (SELECT 1 FROM transactions t JOIN postings s ON s.transaction_pk = t.pk"
    "  WHERE t.day BETWEEN d.since_on AND d.day AND t.person = o.account_of AND s.account = o.account AND s.currency = o.currency)" },
  { N_("a posted line of a remittance is a standing answer of its service, with the same money"),
    "SELECT r.number FROM remittance_lines n JOIN remittances r ON r.id = n.remittance_id"
    " LEFT JOIN insurer_answers a ON a.id = n.answer_id WHERE n.state = 'posted'"
    " AND (a.id IS NULL OR a.taken_back_at > 0 OR a.service_id <> n.service_id OR a.paid <> n.paid OR a.adjusted <> n.adjusted)" },
  { N_("a remittance counts its lines as they stand"),
    "SELECT r.number FROM remittances r LEFT JOIN remittance_lines n ON n.remittance_id = r.id GROUP BY r.pk"
    " HAVING count (n.pk) <> r.n_lines OR ifnull (sum (n.state IN ('unmatched', 'matched', 'refused')), 0) <> r.n_open"
    " OR ifnull (sum (n.state = 'posted'), 0) <> r.n_posted OR ifnull (sum (n.paid) FILTER (WHERE n.state = 'posted'), 0) <> r.posted" },
  { N_("an insurer owes of a service what the ledger says"),
    "SELECT s.number FROM services s WHERE s.insurer_open <> (SELECT ifnull (sum (p.amount), 0) FROM transactions t"
    "   JOIN postings p ON p.transaction_pk = t.pk AND p.account = 'insurer-receivable'"
    "   WHERE t.source >= s.id || ':' AND t.source < s.id || ';')" },
  { N_("what an insurer is asked for is a service’s"),
    "SELECT t.source FROM postings p JOIN transactions t ON t.pk = p.transaction_pk WHERE p.account = 'insurer-receivable'"
    " AND NOT EXISTS (SELECT 1 FROM services s WHERE s.id = substr (t.source, 1, instr (t.source, ':') - 1))" },
  { N_("what insurers paid and adjusted of a service is what their answers say"),
    "SELECT s.number FROM services s WHERE s.insurer_paid <> " ANSWERED ("ifnull (sum (a.paid), 0)")
    " OR s.insurer_adjusted <> " ANSWERED ("ifnull (sum (a.adjusted), 0)") },
  { N_("what insurers paid and adjusted of a service is in the ledger"),
    "SELECT s.number FROM services s WHERE (s.insurer_paid <> 0 OR s.insurer_adjusted <> 0 OR EXISTS (SELECT 1 FROM insurer_answers a"
    "   WHERE a.service_id = s.id)) AND (s.insurer_paid <> " OF_SERVICE ("bank", "'insurer-pay', 'insurer-pay-reverse'")
    " OR s.insurer_adjusted <> " OF_SERVICE ("adjustments", "'insurer-adjust', 'insurer-adjust-reverse'") ")" },
  { N_("a service was answered when its last answer says"),
    "SELECT s.number FROM services s WHERE s.answered_on IS NOT " ANSWERED ("max (a.day)") },
  { N_("what is the patient’s of a service is what the last answer says that says it"),
    "SELECT s.number FROM services s JOIN insurer_answers a ON a.service_id = s.id AND a.taken_back_at = 0"
    " WHERE a.pk = " ANSWERED ("max (a.pk)") " AND a.patient >= 0 AND a.patient <> s.patient_part" },
  { N_("of a service nobody answered about, all or nothing is the insurer’s"),
    "SELECT s.number FROM services s WHERE s.answered_on IS NULL AND s.insurer_part <>"
    " iif (s.removed_at = 0 AND s.billable AND s.payer_kind = 'insurance', s.amount, 0)" },
  { N_("a service costs its units times its price"),
    "SELECT s.number FROM services s WHERE s.amount <> s.units * s.price" },
  { N_("a line of a treatment makes one service"),
    "SELECT min (s.number) FROM services s WHERE s.source IS NOT NULL"
    " GROUP BY s.treatment_id, s.code_system, s.code HAVING count (*) > 1" },
  { N_("a service sorts under its patient’s name"),
    "SELECT s.number FROM services s JOIN patients c ON c.id = s.patient_id WHERE s.patient_key <> c.sort_key" },
  { N_("a lost dispute is billed again or written off as its answer says, once"),
    "SELECT a.dispute_id FROM dispute_answers a WHERE a.outcome IS NOT ifnull ((SELECT group_concat ("
    "   iif (t.act = 'dispute-write-off', 'written-off', 'billed-again')) FROM transactions t"
    "   WHERE t.source IN (a.dispute_id || ':write-off', a.dispute_id || ':bill-again')"
    "   AND NOT EXISTS (SELECT 1 FROM transactions r WHERE r.reverses = t.pk)), 'none')" },
  { N_("an answer to a dispute is on its way while Stripe is asked to submit it, once"),
    "SELECT a.dispute_id FROM dispute_answers a WHERE (a.state = 'submitting') <> (SELECT count (*) FROM outbox o"
    " WHERE o.subject_id = a.dispute_id AND o.kind = 'dispute-submit' AND o.state IN ('queued', 'sending', 'unknown'))" },
  { N_("a patient's credit is what the ledger says"),
    "WITH posted AS (SELECT ifnull (c.merged_into, c.id) AS id, -sum (s.amount) AS credit FROM postings s"
    "   JOIN transactions t ON t.pk = s.transaction_pk JOIN patients c ON c.id = t.patient_id"
    "   WHERE s.account = 'credit' GROUP BY 1)"
    " SELECT c.number FROM patients c LEFT JOIN posted p ON p.id = c.id WHERE ifnull (p.credit, 0) <> c.credit" },
  { N_("what is held of a patient's credit is on its way back, and is there"),
    "SELECT c.number FROM patients c LEFT JOIN late_money m ON m.patient_id = c.id"
    " GROUP BY c.pk HAVING ifnull (sum (m.held), 0) <> c.credit_held OR c.credit_held > c.credit" },
  { N_("totals are what they total"),
    "SELECT 'payments' FROM (SELECT currency, status_rank, ifnull (location_id, '') AS place, count(*) AS n,"
    " sum (amount) AS amount FROM payments GROUP BY 1, 2, 3) p"
    " FULL JOIN (SELECT * FROM payment_totals WHERE n <> 0) k"
    " ON k.currency = p.currency AND k.status_rank = p.status_rank AND k.location_id = p.place"
    " WHERE p.n IS NOT k.n OR p.amount IS NOT k.amount" },
  { N_("nothing belongs to a patient who turned out to be another one"),
    "SELECT c.number FROM patients c WHERE c.merged_into IS NOT NULL AND (c.credit <> 0 OR c.credit_held <> 0"
    " OR EXISTS (SELECT 1 FROM payments WHERE patient_id = c.id) OR EXISTS (SELECT 1 FROM treatments WHERE patient_id = c.id)"
    " OR EXISTS (SELECT 1 FROM invoices WHERE patient_id = c.id) OR EXISTS (SELECT 1 FROM services WHERE patient_id = c.id)"
    " OR EXISTS (SELECT 1 FROM coverages WHERE patient_id = c.id) OR EXISTS (SELECT 1 FROM late_money WHERE patient_id = c.id))" },
  { N_("a patient who turned out to be another one is found by who stays"),
    "SELECT c.number FROM patients c LEFT JOIN patients s ON s.id = c.merged_into"
    " LEFT JOIN merges m ON m.from_id = c.id AND m.taken_back_at = 0"
    " WHERE (c.merged_into IS NULL) <> (m.pk IS NULL) OR s.merged_into IS NOT NULL"
    " OR c.merged_into IS NOT NULL AND instr (ifnull (s.also, ''), c.number) = 0" },
  { N_("an invoice, its services and its payments are one patient's"),
    "SELECT i.number FROM invoices i JOIN payments p ON p.invoice_id = i.id WHERE i.voided_at = 0 AND p.patient_id <> i.patient_id"
    " UNION ALL SELECT i.number FROM invoices i JOIN services s ON s.invoice_id = i.id WHERE s.patient_id <> i.patient_id" },
  { N_("what came in by day is what was collected"),
    "SELECT ifnull (p.paid_on, k.day) FROM (SELECT paid_on, tender, sum (collected) AS n FROM payments"
    " WHERE collected > 0 GROUP BY 1, 2) p"
    " FULL JOIN (SELECT day, tender, sum (collected) AS n FROM collection_totals GROUP BY 1, 2 HAVING n <> 0) k"
    " ON k.day = p.paid_on AND k.tender = p.tender WHERE p.n IS NOT k.n" },
  { N_("what went back by day is what was refunded"),
    "SELECT ifnull (r.refunded_on, k.day) FROM (SELECT refunded_on, tender, sum (amount) AS n FROM refunds"
    " WHERE state = 'posted' GROUP BY 1, 2) r"
    " FULL JOIN (SELECT day, tender, sum (refunded) AS n FROM collection_totals GROUP BY 1, 2 HAVING n <> 0) k"
    " ON k.day = r.refunded_on AND k.tender = r.tender WHERE r.n IS NOT k.n" },
  { N_("the search finds every patient"),
    "SELECT number FROM patients WHERE search = ''" },
  { N_("the search finds every memo"),
    "SELECT number FROM payments WHERE memo IS NOT NULL AND memo NOT IN"
    " (SELECT m.text FROM memos m JOIN memos_search_docsize d ON d.id = m.pk WHERE m.search = billing_fold (m.text))" },
  { N_("the search finds every note"),
    "SELECT n.id FROM notes n LEFT JOIN notes_search_docsize d ON d.id = n.pk"
    " WHERE d.id IS NULL OR n.search IS NOT billing_fold (n.text)" },
  { N_("an invoice asks for what its payments ask for and pre-payments paid"),
    "SELECT i.number FROM invoices i WHERE i.voided_at = 0 AND i.amount - i.lowered + i.credited <> i.prepaid"
    " + (SELECT ifnull (sum (p.amount), 0) FROM payments p WHERE p.invoice_id = i.id AND p.status <> 'voided'"
    "   AND (p.status <> 'cancelled' OR p.written_off_at > 0))" },
  { N_("an invoice says of its payments what they say"),
    "SELECT i.number FROM invoices i WHERE (i.collected, i.written_off, i.balance) IS NOT"
    " (SELECT ifnull (sum (p.collected), 0), ifnull (sum (p.amount) FILTER (WHERE p.written_off_at > 0), 0),"
    "    ifnull (sum (p.amount) FILTER (WHERE p.status IN ('draft', 'pending', 'processing', 'failed')), 0)"
    "  FROM payments p WHERE p.invoice_id = i.id)" },
  { N_("an invoice is the sum of its lines, and a line the parts of its service"),
    "SELECT i.number FROM invoices i WHERE (i.charges, i.insurer, i.amount) IS NOT"
    " (SELECT sum (n.charge), sum (n.insurer), sum (n.amount) FROM invoice_lines n WHERE n.invoice_id = i.id)"
    " UNION ALL SELECT i.number FROM invoices i JOIN invoice_lines n ON n.invoice_id = i.id WHERE n.charge <> n.insurer + n.amount" },
  { N_("a service stands on the invoice that has a line of it, and on no other"),
    "SELECT s.number FROM services s WHERE s.invoice_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM invoice_lines n"
    "   JOIN invoices i ON i.id = n.invoice_id AND i.voided_at = 0 WHERE n.service_id = s.id AND n.invoice_id = s.invoice_id)"
    " UNION ALL SELECT i.number FROM invoices i JOIN invoice_lines n ON n.invoice_id = i.id JOIN services s ON s.id = n.service_id"
    "   WHERE i.voided_at = 0 AND s.invoice_id IS NOT i.id" },
  { N_("an invoice asks for the patient’s part of its services"),
    "SELECT i.number FROM invoices i WHERE i.voided_at = 0 AND i.amount - i.lowered <>"
    " (SELECT ifnull (sum (s.patient_part), 0) FROM services s WHERE s.invoice_id = i.id)" },
  { N_("the numbers of invoices have no gaps"),
    "SELECT number FROM (SELECT number, row_number () OVER (ORDER BY pk) AS n FROM invoices)"
    "   WHERE substr (number, -length (n)) <> CAST (n AS TEXT)"
    " UNION ALL SELECT name FROM sequences WHERE name = 'INV' AND next <> (SELECT count (*) FROM invoices)" },
  { N_("no more of a pre-payment is taken off than was collected"),
    "SELECT p.number FROM prepayments y JOIN payments p ON p.id = y.payment_id GROUP BY p.pk HAVING sum (y.amount) > p.collected"
    " UNION ALL SELECT i.number FROM invoices i WHERE i.voided_at = 0"
    "   AND i.prepaid <> (SELECT ifnull (sum (amount), 0) FROM prepayments WHERE invoice_id = i.id)" },
  { N_("a void invoice asks for nothing"),
    "SELECT i.number FROM invoices i JOIN payments p ON p.invoice_id = i.id"
    "   WHERE i.voided_at > 0 AND p.status IN ('draft', 'pending', 'processing', 'failed')"
    " UNION ALL SELECT i.number FROM invoices i JOIN prepayments y ON y.invoice_id = i.id WHERE i.voided_at > 0" },
  { N_("a message says when it was sent, and waits for its link only while it waits"),
    "SELECT id FROM messages WHERE (state = 'sent') <> (sent_at > 0) OR (with_link = 1 AND state IN ('sending', 'sent', 'handed', 'unknown'))"
    " OR (with_link = 1) <> (instr (body, char (65532)) > 0)" },
  { N_("nobody is reminded of an invoice twice a day"),
    "SELECT i.number FROM messages m JOIN invoices i ON i.id = m.invoice_id WHERE m.kind = 'reminder' GROUP BY m.invoice_id, m.day"
    " HAVING count (*) > 1" },
  { N_("everything refers to something"), "SELECT \"table\" FROM pragma_foreign_key_check" },
};

/* The charges that the posting has still to look at. */
#define QUEUED \
  "WITH q AS MATERIALIZED (SELECT kind, row FROM mirror.posting_queue)," \
  " queued (pk) AS MATERIALIZED (" BILLING_POSTING_DUE ")"

#define NOT_SET_ASIDE \
  "c.pk NOT IN (SELECT pk FROM queued) AND NOT EXISTS (SELECT 1 FROM main.posting_problems WHERE charge_id = c.id)"

/* What an object of Stripe's brought into Stripe's account. */
#define POSTED(object) \
  "(SELECT ifnull (sum (s.amount), 0) FROM main.transactions t" \
  "   JOIN main.postings s ON s.transaction_pk = t.pk AND s.account = 'stripe'" \
  " WHERE t.source >= " object " || ':' AND t.source < " object " || ';')"

/* Where there is a mirror. What Stripe has no longer, or what the mirror does not know yet, says nothing against the books. */
static const Invariant mirror_invariants[] = {
  { N_("every charge of a payment is posted at its amount"),
    QUEUED " SELECT c.id FROM mirror.charges c JOIN temp.charge_owners o ON o.charge_pk = c.pk"
    " WHERE o.patient_id IS NOT NULL AND " NOT_SET_ASIDE
    " AND " POSTED ("c.id") " <> iif (c.status = 'succeeded' AND c.captured, c.amount_captured, 0)" },
  { N_("what is posted of a charge is its amount"),
    QUEUED " SELECT c.id FROM main.transactions x JOIN mirror.charges c ON c.id = substr (x.source, 1, instr (x.source, ':') - 1)"
    " WHERE x.source GLOB '[cp]*:collect' AND x.person = 'stripe' AND " NOT_SET_ASIDE
    " AND " POSTED ("c.id") " <> iif (c.status = 'succeeded' AND c.captured, c.amount_captured, 0)" },
  { N_("every refund of a payment is posted at its amount"),
    QUEUED " SELECT r.id FROM mirror.stripe_refunds r JOIN mirror.charges c ON c.id = r.charge"
    "   JOIN temp.charge_owners o ON o.charge_pk = c.pk"
    " WHERE o.patient_id IS NOT NULL AND c.status = 'succeeded' AND c.captured AND " NOT_SET_ASIDE
    " AND NOT (" BILLING_POSTING_IS_RELEASE ")"
    " AND " POSTED ("r.id") " <> iif (r.status = 'succeeded', -r.amount, 0)" },
  { N_("what is posted of a refund is its amount"),
    QUEUED " SELECT r.id FROM main.transactions x JOIN mirror.stripe_refunds r"
    "     ON r.id = substr (x.source, 1, instr (x.source, ':') - 1)"
    "   JOIN mirror.charges c ON c.id = r.charge"
    " WHERE x.person = 'stripe' AND x.act = 'refund' AND " NOT_SET_ASIDE
    " AND " POSTED ("r.id") " <> iif (r.status = 'succeeded', -r.amount, 0)" },
  /* A list in which the payout itself does not stand is not the list of its transactions: what stands in for Stripe may not go by it. */
  { N_("an automatic payout is what its transactions come to"),
    "SELECT o.id FROM mirror.payouts o JOIN mirror.payout_lists l ON l.payout = o.id AND l.cursor IS NULL"
    " WHERE o.automatic AND o.reconciliation_status = 'completed' AND NOT EXISTS (SELECT 1 FROM mirror.payout_items n"
    "   LEFT JOIN mirror.balance_transactions b ON b.id = n.transaction_id WHERE n.payout = o.id AND b.pk IS NULL)"
    " AND EXISTS (SELECT 1 FROM mirror.payout_items n JOIN mirror.balance_transactions b ON b.id = n.transaction_id"
    "   WHERE n.payout = o.id AND " BILLING_PAYOUT_OWN_TRANSACTION ")"
    " AND o.amount <> (SELECT ifnull (sum (b.net), 0) FROM mirror.payout_items n"
    "   JOIN mirror.balance_transactions b ON b.id = n.transaction_id"
    "   WHERE n.payout = o.id AND NOT " BILLING_PAYOUT_OWN_TRANSACTION ")" },
};

/* With the choice left open to the value, SQLite reads every row even for one payment. */
static char *
build_sql (const Invariant *invariant,
           gboolean         is_of_one)
{
  g_auto (GStrv) parts = g_strsplit (invariant->sql, "?1 IS NULL OR", -1);

  return g_strjoinv (is_of_one ? "" : "?1 IS NULL OR", parts);
}

static gboolean
check (BillingConnection  *connection,
       const Invariant    *invariant,
       const char         *payment_id,
       GError            **error)
{
  g_autofree char *sql = build_sql (invariant, payment_id != NULL);
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection, sql, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  if (payment_id != NULL)
    billing_statement_bind_text (statement, 1, payment_id);
  if (!billing_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;

  /* Translators: the thing that breaks a rule, and the rule */
  g_set_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_BREACH, _("%s breaks the rule that %s."),
               billing_statement_get_text (statement, 0), _(invariant->rule));
  return FALSE;
}

/**
 * billing_verify_payment:
 * @connection: inside a transaction
 * @payment_id: the id of a payment
 * @error: return location for %BILLING_STORE_ERROR_BREACH
 *
 * Checks the invariants that concern one payment.
 *
 * Returns: whether they hold
 */
gboolean
billing_verify_payment (BillingConnection  *connection,
                        const char         *payment_id,
                        GError            **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (payment_invariants); i++)
    {
      if (!check (connection, &payment_invariants[i], payment_id, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_file (BillingConnection  *connection,
            GError            **error)
{
  g_autofree char *answer = billing_connection_get_text (connection, error, "PRAGMA main.integrity_check (1)", "");

  if (answer == NULL)
    return FALSE;
  if (g_str_equal (answer, "ok"))
    return TRUE;

  g_set_error_literal (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CORRUPT,
                       _("The books of this practice are damaged on the disk. Bring back the newest backup, which is "
                         "in the practice's folder under “backups”."));
  return FALSE;
}

static gboolean
check_all (BillingConnection  *connection,
           const Invariant    *invariants,
           gsize               n_invariants,
           GCancellable       *cancellable,
           GError            **error)
{
  for (gsize i = 0; i < n_invariants; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !check (connection, &invariants[i], NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_mirror (BillingConnection  *connection,
              GCancellable       *cancellable,
              GError            **error)
{
  gint64 is_attached;

  if (!billing_connection_get_integer (connection, &is_attached, error,
                                       "SELECT count(*) FROM pragma_database_list WHERE name = 'mirror'", ""))
    return FALSE;

  return is_attached == 0 ||
         check_all (connection, mirror_invariants, G_N_ELEMENTS (mirror_invariants), cancellable, error);
}

/* What was set aside breaks no rule, but somebody has to look at it. */
static void
append_set_aside (BillingConnection *connection,
                  GString           *report)
{
  gint64 n = 0;
  g_autofree char *charges = billing_connection_get_text (connection, NULL,
    "SELECT group_concat (charge_id, ', ') FROM (SELECT charge_id FROM posting_problems ORDER BY at LIMIT 20)", "");

  if (!billing_connection_get_integer (connection, &n, NULL, "SELECT count(*) FROM posting_problems", "") || n == 0)
    return;

  /* Translators: a number of Stripe's charges, and the ids of the first of them, separated by commas */
  g_string_append_printf (report, g_dngettext (GETTEXT_PACKAGE,
                            "\n%" PRId64 " charge of Stripe's is not posted; its payment says why: %s.",
                            "\n%" PRId64 " charges of Stripe's are not posted; their payments say why: %s.",
                            (gulong) n), n, charges);
}

static char *
build_report (BillingConnection *connection,
              const char        *head,
              gint64             n_unkeyed)
{
  g_autofree char *counts = billing_connection_get_text (connection, NULL,
    "SELECT printf ('%lld, %lld, %lld', (SELECT count(*) FROM payments), (SELECT count(*) FROM transactions),"
    " (SELECT count(*) FROM seals))", "");
  g_autoptr (GString) report = g_string_new (NULL);

  /* Translators: the numbers of payments, transactions and seals, separated by commas */
  g_string_append_printf (report, _("The books are in order. Payments, transactions, seals: %s."), counts);
  g_string_append_c (report, '\n');
  /* Translators: the digest of the last seal, which is written down outside of the program */
  g_string_append_printf (report, _("The last seal is %s"), head);
  if (n_unkeyed > 0)
    g_string_append_printf (report, g_dngettext (GETTEXT_PACKAGE,
                              "\n%" PRId64 " seal was made without a keyring, so it shows accidents but not tampering.",
                              "\n%" PRId64 " seals were made without a keyring, so they show accidents but not tampering.",
                              (gulong) n_unkeyed), n_unkeyed);

  append_set_aside (connection, report);

  return g_string_free (g_steal_pointer (&report), FALSE);
}

/**
 * billing_verify_books:
 * @connection: inside a transaction
 * @seal_key: (nullable): the key of the seals
 * @report: (out) (transfer full): what was checked, in words
 * @cancellable: (nullable): what stops it
 * @error: return location for %BILLING_STORE_ERROR_BREACH, with the first breach
 *
 * Checks the file, every invariant and every seal.
 *
 * Returns: whether all of them hold
 */
gboolean
billing_verify_books (BillingConnection  *connection,
                      GBytes             *seal_key,
                      char              **report,
                      GCancellable       *cancellable,
                      GError            **error)
{
  g_autofree char *head = NULL;
  gint64 n_unkeyed;

  if (!check_file (connection, error) ||
      !check_all (connection, payment_invariants, G_N_ELEMENTS (payment_invariants), cancellable, error) ||
      !check_all (connection, book_invariants, G_N_ELEMENTS (book_invariants), cancellable, error) ||
      !check_mirror (connection, cancellable, error) ||
      !billing_seal_verify (connection, seal_key, &head, &n_unkeyed, cancellable, error))
    return FALSE;

  *report = build_report (connection, head, n_unkeyed);
  return TRUE;
}
