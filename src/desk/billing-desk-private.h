/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-filing.h"
#include "billing-history.h"
#include "billing-invoice.h"
#include "billing-patient.h"
#include "billing-payment.h"
#include "billing-service.h"

G_BEGIN_DECLS

/* Who did what nobody of the practice did: what Stripe says is posted and noted as its. */
#define BILLING_DESK_STRIPE "stripe"

/* And what came about because its time was there. */
#define BILLING_DESK_CLOCK "clock"

typedef struct _BillingStripeForm BillingStripeForm;

/**
 * BillingTurn:
 * @desk: the session
 * @connection: inside the transaction of the act
 * @act: what is asked for
 * @account: who asks
 * @now: Unix seconds
 * @today: the day in the practice's time zone
 * @prepared: (nullable): what had to be done before the transaction: the passphrase's hash, the filed document
 * @cancellable: (nullable): what stops an act that takes long, between its parts; nothing of it is then done
 * @is_of_invoice: whether an invoice has it done to one of its payments, of which people may not do it one by one
 *
 * One act while it is done.
 */
typedef struct {
  BillingDesk *desk;
  BillingConnection *connection;
  BillingAct *act;
  const char *account;
  gint64 now;
  const char *today;
  BillingRecord *prepared;
  GCancellable *cancellable;
  gboolean is_of_invoice;
} BillingTurn;

typedef gboolean (*BillingVerbFunc) (BillingTurn  *turn,
                                     GError      **error);

/**
 * BillingDeskBatchFunc:
 * @desk: the session
 * @connection: inside one transaction
 * @data: the caller's
 * @error: return location for an error
 *
 * Many acts in one transaction: each by billing_desk_perform().
 */
typedef gboolean (*BillingDeskBatchFunc) (BillingDesk        *desk,
                                          BillingConnection  *connection,
                                          gpointer            data,
                                          GError            **error);

gboolean       billing_desk_batch          (BillingDesk          *self,
                                            BillingDeskBatchFunc  func,
                                            gpointer              data,
                                            GCancellable         *cancellable,
                                            GError              **error);
gboolean       billing_desk_perform        (BillingDesk          *self,
                                            BillingConnection    *connection,
                                            BillingAct           *act,
                                            GError              **error);
gint64         billing_desk_get_now        (BillingDesk          *self);
void           billing_desk_set_clock      (BillingDesk          *self,
                                            gint64                now);
void           billing_desk_act_as         (BillingDesk          *self,
                                            BillingPerson        *person);
GBytes        *billing_desk_get_seal_key   (BillingDesk          *self);
gboolean       billing_desk_refuse         (GError              **error,
                                            const char           *sentence,
                                            ...) G_GNUC_PRINTF (2, 3);

/* billing-desk-payments.c, -collect.c, -refund.c, -filing.c, -people.c: the verbs */
gboolean       billing_desk_create_payment  (BillingTurn *turn, GError **error);
gboolean       billing_desk_edit_payment    (BillingTurn *turn, GError **error);
gboolean       billing_desk_submit          (BillingTurn *turn, GError **error);
gboolean       billing_desk_fail            (BillingTurn *turn, GError **error);
gboolean       billing_desk_cancel          (BillingTurn *turn, GError **error);
gboolean       billing_desk_write_off       (BillingTurn *turn, GError **error);
gboolean       billing_desk_reopen          (BillingTurn *turn, GError **error);
gboolean       billing_desk_collect         (BillingTurn *turn, GError **error);
gboolean       billing_desk_reverse         (BillingTurn *turn, GError **error);
gboolean       billing_desk_refund          (BillingTurn *turn, GError **error);
gboolean       billing_desk_refund_credit   (BillingTurn *turn, GError **error);
gboolean       billing_desk_approve_refund  (BillingTurn *turn, GError **error);
gboolean       billing_desk_decline_refund  (BillingTurn *turn, GError **error);
gboolean       billing_desk_add_note        (BillingTurn *turn, GError **error);
gboolean       billing_desk_edit_note       (BillingTurn *turn, GError **error);
gboolean       billing_desk_add_document    (BillingTurn *turn, GError **error);
gboolean       billing_desk_rename_document (BillingTurn *turn, GError **error);
gboolean       billing_desk_remove_document (BillingTurn *turn, GError **error);
gboolean       billing_desk_restore_document (BillingTurn *turn, GError **error);
gboolean       billing_desk_record_only     (BillingTurn *turn, GError **error);
gboolean       billing_desk_record_letter   (BillingTurn *turn, GError **error);
gboolean       billing_desk_add_person      (BillingTurn *turn, GError **error);
gboolean       billing_desk_edit_person     (BillingTurn *turn, GError **error);
gboolean       billing_desk_edit_practice   (BillingTurn *turn, GError **error);
gboolean       billing_desk_edit_location   (BillingTurn *turn, GError **error);
gboolean       billing_desk_edit_physician  (BillingTurn *turn, GError **error);
gboolean       billing_desk_edit_patient    (BillingTurn *turn, GError **error);
gboolean       billing_desk_merge_patients  (BillingTurn *turn, GError **error);
gboolean       billing_desk_unmerge_patient (BillingTurn *turn, GError **error);
gboolean       billing_desk_connect_stripe  (BillingTurn *turn, GError **error);

/* billing-desk-stripe-verbs.c, -outbox-verbs.c: what is told to Stripe */
gboolean       billing_desk_authorise       (BillingTurn *turn, GError **error);
gboolean       billing_desk_capture         (BillingTurn *turn, GError **error);
gboolean       billing_desk_void            (BillingTurn *turn, GError **error);
gboolean       billing_desk_check_intent    (BillingTurn *turn, GError **error);
gboolean       billing_desk_withdraw_intent (BillingTurn *turn, GError **error);

/* billing-desk-connect.c */
gboolean       billing_desk_check_binding   (BillingPractice  *practice,
                                             const char       *account,
                                             gboolean          live,
                                             GError          **error);

/* billing-desk-notices.c: what people make of notifications */
gboolean       billing_desk_read_notice     (BillingTurn *turn, GError **error);
gboolean       billing_desk_finish_notice   (BillingTurn *turn, GError **error);
gboolean       billing_desk_snooze_notice   (BillingTurn *turn, GError **error);
gboolean       billing_desk_reopen_notice   (BillingTurn *turn, GError **error);

/* billing-desk-disputes.c, -dispute-files.c, -dispute-money.c: what is said to disputes, and what becomes of their money */
gboolean       billing_desk_save_dispute    (BillingTurn *turn, GError **error);
gboolean       billing_desk_submit_dispute  (BillingTurn *turn, GError **error);
gboolean       billing_desk_accept_dispute  (BillingTurn *turn, GError **error);
gboolean       billing_desk_attach_evidence (BillingTurn *turn, GError **error);
gboolean       billing_desk_detach_evidence (BillingTurn *turn, GError **error);
gboolean       billing_desk_bill_dispute_again (BillingTurn *turn, GError **error);
gboolean       billing_desk_write_off_dispute (BillingTurn *turn, GError **error);
BillingRecord *billing_desk_take_evidence   (BillingDesk *self, BillingAct *act, GError **error);

/* billing-desk-assign.c: whose a charge is */
gboolean       billing_desk_assign          (BillingTurn *turn, GError **error);

/* What comes before the transaction: files are copied and hashes computed outside it. */
BillingRecord *billing_desk_take_document   (BillingDesk *self, BillingAct *act, GError **error);
BillingRecord *billing_desk_hash_passphrase (BillingDesk *self, BillingAct *act, GError **error);
BillingRecord *billing_desk_take_logo       (BillingDesk *self, BillingAct *act, GError **error);
gboolean       billing_desk_check_passphrase (BillingPerson *person, const char *passphrase);

/* What verbs share. */
BillingPayment *billing_turn_load_payment   (BillingTurn     *turn,
                                             BillingPayment **before,
                                             GError         **error);
gboolean        billing_turn_post           (BillingTurn     *turn,
                                             BillingPayment  *payment,
                                             const char      *act,
                                             const char      *day,
                                             BillingAccount   debit,
                                             BillingAccount   credit,
                                             gint64           amount,
                                             GError         **error);
gboolean        billing_turn_submit_first   (BillingTurn     *turn,
                                             BillingPayment  *payment,
                                             GError         **error);
gboolean        billing_turn_split          (BillingTurn     *turn,
                                             BillingPayment  *payment,
                                             gint64           amount,
                                             GError         **error);
void            billing_turn_set_collected  (BillingPayment  *payment,
                                             BillingTender    tender,
                                             const char      *day,
                                             const char      *reference);
gboolean        billing_turn_conclude       (BillingTurn     *turn,
                                             BillingPayment  *before,
                                             BillingPayment  *payment,
                                             GError         **error);
void            billing_turn_set_result     (BillingTurn     *turn,
                                             const char      *result);
gboolean        billing_turn_audit          (BillingTurn     *turn,
                                             const char      *subject_id,
                                             BillingRecord   *before,
                                             BillingRecord   *after,
                                             const char      *reason,
                                             GError         **error);
gboolean        billing_turn_file_document  (BillingTurn     *turn,
                                             BillingDocument *document,
                                             const char      *subject_id,
                                             char           **id,
                                             GError         **error);
gboolean        billing_turn_check_text     (const char      *text,
                                             GError         **error);
gboolean        billing_turn_check_day      (const char      *day,
                                             GError         **error);
gboolean        billing_turn_check_open_day (BillingTurn     *turn,
                                             const char      *day,
                                             GError         **error);
gboolean        billing_turn_check_amount   (gint64           amount,
                                             GError         **error);

/* billing-desk-intent.c, and of the files of its verbs: what is to be told to Stripe. */
BillingVerb     billing_intent_get_verb          (BillingIntent        *intent);
void            billing_intent_add_marks         (BillingIntent        *intent,
                                                  BillingStripeForm    *form,
                                                  const char           *number);
void            billing_intent_add_metadata      (BillingIntent        *intent,
                                                  BillingStripeForm    *form,
                                                  const char           *number);
char           *billing_intent_describe          (const char           *number);
void            billing_intent_add_line          (BillingIntent        *intent,
                                                  BillingStripeForm    *form,
                                                  const char           *number);
char           *billing_intent_find_owner        (BillingIntent        *intent,
                                                  BillingConnection    *connection);
gboolean        billing_intent_settle            (BillingIntent        *intent,
                                                  BillingDesk          *desk,
                                                  BillingConnection    *connection,
                                                  GError              **error);
gboolean        billing_intent_release           (BillingIntent        *intent,
                                                  BillingDesk          *desk,
                                                  BillingConnection    *connection,
                                                  GError              **error);
gboolean        billing_refund_release           (BillingDesk          *desk,
                                                  BillingConnection    *connection,
                                                  BillingIntent        *intent,
                                                  GError              **error);
gboolean        billing_turn_check_nothing_waits (BillingTurn          *turn,
                                                  BillingPayment       *payment,
                                                  GError              **error);
gboolean        billing_turn_check_connected     (BillingTurn          *turn,
                                                  gboolean             *is_live,
                                                  GError              **error);
gboolean        billing_turn_check_minor         (gint64                amount,
                                                  const char           *currency,
                                                  GError              **error);
BillingIntent  *billing_turn_begin_intent_of     (BillingTurn          *turn,
                                                  const char           *kind,
                                                  const char           *subject_id,
                                                  gint64                amount,
                                                  const char           *currency,
                                                  GError              **error);
BillingIntent  *billing_turn_begin_intent        (BillingTurn          *turn,
                                                  BillingVerb           verb,
                                                  BillingPayment       *payment,
                                                  gint64                amount,
                                                  GError              **error);
gboolean        billing_turn_queue_intent        (BillingTurn          *turn,
                                                  BillingIntent        *intent,
                                                  char                 *path,
                                                  BillingStripeForm    *form,
                                                  GError              **error);
gboolean        billing_turn_queue_refund        (BillingTurn          *turn,
                                                  BillingPayment       *payment,
                                                  BillingRefund        *refund,
                                                  GError              **error);

/* billing-desk-disputes.c, -dispute-files.c: what becomes of what Stripe was asked for a dispute. */
gboolean        billing_dispute_settle           (BillingDesk          *desk,
                                                  BillingConnection    *connection,
                                                  BillingIntent        *intent,
                                                  GError              **error);
gboolean        billing_dispute_release          (BillingDesk          *desk,
                                                  BillingConnection    *connection,
                                                  BillingIntent        *intent,
                                                  GError              **error);
gboolean        billing_dispute_settle_file      (BillingDesk          *desk,
                                                  BillingConnection    *connection,
                                                  BillingIntent        *intent,
                                                  GError              **error);
gboolean        billing_dispute_release_file     (BillingDesk          *desk,
                                                  BillingConnection    *connection,
                                                  BillingIntent        *intent,
                                                  GError              **error);
GBytes         *billing_dispute_load_file        (BillingDesk          *desk,
                                                  BillingIntent        *intent,
                                                  GError              **error);
gboolean        billing_dispute_undo_outcome     (BillingTurn          *turn,
                                                  const char           *dispute_id,
                                                  GError              **error);

/* billing-desk-links.c: pages of Stripe's on which a payment can be paid, and their end. */
gboolean        billing_desk_make_link           (BillingTurn          *turn,
                                                  GError              **error);
gboolean        billing_desk_cancel_link         (BillingTurn          *turn,
                                                  GError              **error);
gboolean        billing_turn_close_pages         (BillingTurn          *turn,
                                                  BillingPayment       *payment,
                                                  const char           *why,
                                                  GError              **error);
gboolean        billing_desk_close_links         (BillingDesk          *desk,
                                                  BillingConnection    *connection,
                                                  GError              **error);
gboolean        billing_link_settle              (BillingDesk          *desk,
                                                  BillingConnection    *connection,
                                                  BillingIntent        *intent,
                                                  GError              **error);
gboolean        billing_link_release             (BillingDesk          *desk,
                                                  BillingConnection    *connection,
                                                  BillingIntent        *intent,
                                                  GError              **error);

/* billing-desk-tax.c: Stripe's tax settings and registrations. */
gboolean        billing_desk_change_tax_settings (BillingTurn          *turn,
                                                  GError              **error);
gboolean        billing_desk_register_tax        (BillingTurn          *turn,
                                                  GError              **error);
gboolean        billing_desk_end_tax             (BillingTurn          *turn,
                                                  GError              **error);

/* billing-desk-late.c: money that came too late. */
gboolean        billing_desk_keep_late           (BillingTurn          *turn,
                                                  GError              **error);
gboolean        billing_desk_refund_late         (BillingTurn          *turn,
                                                  GError              **error);
gboolean        billing_late_release             (BillingDesk          *desk,
                                                  BillingConnection    *connection,
                                                  BillingIntent        *intent,
                                                  GError              **error);
gboolean        billing_turn_needs_approval      (BillingTurn          *turn,
                                                  gint64                amount);

/* billing-desk-messages.c, -mail.c, billing-mail-password.c: e-mails to patients. */
gboolean        billing_desk_send_messages       (BillingTurn          *turn,
                                                  GError              **error);
gboolean        billing_desk_resolve_message     (BillingTurn          *turn,
                                                  GError              **error);
gboolean        billing_desk_cancel_message      (BillingTurn          *turn,
                                                  GError              **error);
gboolean        billing_desk_change_mail_settings (BillingTurn         *turn,
                                                  GError              **error);
gboolean        billing_desk_edit_template       (BillingTurn          *turn,
                                                  GError              **error);
BillingRecord  *billing_desk_keep_mail_password  (BillingDesk          *self,
                                                  BillingAct           *act,
                                                  GError              **error);

/* billing-desk-payouts.c: money on its way to the bank, and when it goes. */
gboolean        billing_desk_pay_out                (BillingTurn       *turn,
                                                     GError           **error);
gboolean        billing_desk_cancel_payout          (BillingTurn       *turn,
                                                     GError           **error);
gboolean        billing_desk_change_payout_schedule (BillingTurn       *turn,
                                                     GError           **error);

/* billing-desk-kept-estimates.c: what payments were estimated to be. */
gboolean        billing_turn_keep_estimate          (BillingTurn          *turn,
                                                     BillingPayment       *payment,
                                                     GError              **error);

/* billing-desk-remittances.c: what insurers paid, and for what. */
gboolean        billing_desk_post_remittance        (BillingTurn       *turn,
                                                     GError           **error);
gboolean        billing_desk_match_remittance       (BillingTurn       *turn,
                                                     GError           **error);
gboolean        billing_desk_dismiss_remittance     (BillingTurn       *turn,
                                                     GError           **error);

/* billing-desk-day-close.c: the cash of a day, and its lock. */
gboolean        billing_desk_close_day              (BillingTurn       *turn,
                                                     GError           **error);
gboolean        billing_desk_reopen_day             (BillingTurn       *turn,
                                                     GError           **error);

/* billing-desk-rates.c: what things cost, and who pays for them. */
gboolean        billing_desk_create_rate            (BillingTurn       *turn,
                                                     GError           **error);
gboolean        billing_desk_edit_rate              (BillingTurn       *turn,
                                                     GError           **error);
gboolean        billing_desk_price_rate             (BillingTurn       *turn,
                                                     GError           **error);
gboolean        billing_desk_retire_rate            (BillingTurn       *turn,
                                                     GError           **error);
gboolean        billing_desk_restore_rate           (BillingTurn       *turn,
                                                     GError           **error);

/* billing-desk-invoices.c, -invoice-money.c: invoices, and what becomes of their payments together. */
gboolean        billing_desk_invoice                (BillingTurn       *turn,
                                                     GError           **error);
gboolean        billing_desk_edit_invoice           (BillingTurn       *turn,
                                                     GError           **error);
gboolean        billing_desk_mark_invoice_paid      (BillingTurn       *turn,
                                                     GError           **error);
gboolean        billing_desk_void_invoice           (BillingTurn       *turn,
                                                     GError           **error);
gboolean        billing_desk_write_off_invoice      (BillingTurn       *turn,
                                                     GError           **error);

/* billing-desk-invoice-moves.c: what happens to an invoice later. */
gboolean        billing_invoice_move                (BillingTurn          *turn,
                                                     BillingService       *service,
                                                     gint64                delta,
                                                     BillingInsurerAnswer *answer,
                                                     GError              **error);
gboolean        billing_invoice_ask_again           (BillingTurn          *turn,
                                                     BillingPayment       *payment,
                                                     GError              **error);
gboolean        billing_invoice_lose_prepayment     (BillingTurn          *turn,
                                                     BillingPayment       *payment,
                                                     GError              **error);
gboolean        billing_turn_check_no_invoice       (BillingTurn          *turn,
                                                     BillingPayment       *payment,
                                                     GError              **error);

G_END_DECLS
