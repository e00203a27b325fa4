/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-verb"

#include "config.h"

#include "billing-verb.h"

#include <glib/gi18n-lib.h>

#define ROLE(name) (1 << BILLING_ROLE_##name)
#define STATUS(name) (1 << BILLING_STATUS_##name)

enum {
  DESK = ROLE (FRONT_DESK) | ROLE (BILLER) | ROLE (MANAGER) | ROLE (ADMINISTRATOR),
  BILLING = ROLE (BILLER) | ROLE (MANAGER) | ROLE (ADMINISTRATOR),
  MANAGING = ROLE (MANAGER) | ROLE (ADMINISTRATOR),
  ADMINISTRATION = ROLE (ADMINISTRATOR),

  ANY_STATUS = -1,
};

/* The one table of verb × role (design.md, section 8) and of verb × status (section 5). */
static const struct {
  BillingVerb verb;
  const char *label;
  guint roles;
  int statuses;
} verbs[] = {
  { BILLING_VERB_PAYMENT_CREATE, N_("Create Payment"), DESK, ANY_STATUS },
  /* A cancelled payment is closed, though the seed locks only those that money has touched. */
  { BILLING_VERB_PAYMENT_EDIT, N_("Edit Payment"), DESK,
    STATUS (DRAFT) | STATUS (PENDING) | STATUS (FAILED) },
  { BILLING_VERB_PAYMENT_SUBMIT, N_("Submit"), DESK, STATUS (DRAFT) | STATUS (FAILED) },
  { BILLING_VERB_PAYMENT_FAIL, N_("Mark as Failed"), BILLING, STATUS (PENDING) },
  { BILLING_VERB_PAYMENT_CANCEL, N_("Cancel Payment"), BILLING,
    STATUS (DRAFT) | STATUS (PENDING) | STATUS (FAILED) },
  { BILLING_VERB_PAYMENT_WRITE_OFF, N_("Write Off"), MANAGING, STATUS (PENDING) | STATUS (FAILED) },
  { BILLING_VERB_PAYMENT_COLLECT, N_("Collect"), DESK,
    STATUS (DRAFT) | STATUS (PENDING) | STATUS (FAILED) },
  { BILLING_VERB_PAYMENT_REVERSE, N_("Reverse Collection"), BILLING,
    STATUS (PAID) | STATUS (PARTIALLY_REFUNDED) },
  { BILLING_VERB_PAYMENT_REFUND, N_("Refund"), BILLING,
    STATUS (PAID) | STATUS (PARTIALLY_REFUNDED) },
  { BILLING_VERB_PAYMENT_AUTHORISE, N_("Authorise"), DESK,
    STATUS (DRAFT) | STATUS (PENDING) | STATUS (FAILED) },
  { BILLING_VERB_PAYMENT_CAPTURE, N_("Capture"), BILLING, STATUS (PROCESSING) },
  { BILLING_VERB_PAYMENT_VOID, N_("Void"), BILLING, STATUS (PROCESSING) },
  { BILLING_VERB_CREDIT_REFUND, N_("Refund Credit"), BILLING, ANY_STATUS },
  { BILLING_VERB_NOTE_ADD, N_("Add Note"), DESK, ANY_STATUS },
  { BILLING_VERB_DOCUMENT_ADD, N_("Add Document"), DESK, ANY_STATUS },
  { BILLING_VERB_DOCUMENT_OPEN, N_("Open Document"), DESK, ANY_STATUS },
  { BILLING_VERB_PATIENT_VIEW, N_("View Patient"), DESK, ANY_STATUS },
  { BILLING_VERB_IMPORT, N_("Import"), BILLING, ANY_STATUS },
  { BILLING_VERB_EXPORT, N_("Export"), BILLING, ANY_STATUS },
  { BILLING_VERB_REFUND_APPROVE, N_("Approve Refund"), MANAGING, ANY_STATUS },
  { BILLING_VERB_PERSON_ADD, N_("Add Person"), ADMINISTRATION, ANY_STATUS },
  { BILLING_VERB_PERSON_EDIT, N_("Edit Person"), ADMINISTRATION, ANY_STATUS },
  { BILLING_VERB_PRACTICE_EDIT, N_("Edit Practice"), ADMINISTRATION, ANY_STATUS },
  { BILLING_VERB_BACKUP, N_("Back Up"), MANAGING, ANY_STATUS },
  { BILLING_VERB_CHARGE_ASSIGN, N_("Assign"), BILLING, ANY_STATUS },
  { BILLING_VERB_OUTBOX_CHECK, N_("Check with Stripe"), BILLING, ANY_STATUS },
  { BILLING_VERB_OUTBOX_WITHDRAW, N_("Withdraw"), BILLING, ANY_STATUS },
  { BILLING_VERB_STRIPE_CONNECT, N_("Connect Stripe"), ADMINISTRATION, ANY_STATUS },
  { BILLING_VERB_PAYMENT_LINK, N_("Make Payment Link"), DESK,
    STATUS (DRAFT) | STATUS (PENDING) | STATUS (FAILED) },
  /* Of whatever status: a link that is open where it should not be can always be closed. */
  { BILLING_VERB_LINK_CANCEL, N_("Cancel Link"), DESK, ANY_STATUS },
  { BILLING_VERB_LATE_KEEP, N_("Keep Late Money"), BILLING, ANY_STATUS },
  { BILLING_VERB_LATE_REFUND, N_("Refund Late Money"), BILLING, ANY_STATUS },
  { BILLING_VERB_PAYMENT_REOPEN, N_("Reopen Payment"), BILLING, STATUS (CANCELLED) },
  { BILLING_VERB_PAYMENT_RECEIPT, N_("Make Receipt"), DESK, ANY_STATUS },
  { BILLING_VERB_REFUND_DECLINE, N_("Decline Refund"), BILLING, ANY_STATUS },
  { BILLING_VERB_NOTE_EDIT, N_("Edit Note"), DESK, ANY_STATUS },
  { BILLING_VERB_DOCUMENT_RENAME, N_("Rename Document"), DESK, ANY_STATUS },
  { BILLING_VERB_DOCUMENT_REMOVE, N_("Remove Document"), BILLING, ANY_STATUS },
  { BILLING_VERB_DOCUMENT_RESTORE, N_("Bring Document Back"), BILLING, ANY_STATUS },
  { BILLING_VERB_REPORT_VIEW, N_("View Reports"), MANAGING, ANY_STATUS },
  /* What the Stripe Dashboard offers. */
  { BILLING_VERB_NOTICE_READ, N_("Mark as Read"), BILLING, ANY_STATUS },
  { BILLING_VERB_NOTICE_DONE, N_("Mark as Done"), BILLING, ANY_STATUS },
  { BILLING_VERB_NOTICE_SNOOZE, N_("Snooze"), BILLING, ANY_STATUS },
  { BILLING_VERB_NOTICE_REOPEN, N_("Bring Back"), BILLING, ANY_STATUS },
  { BILLING_VERB_PAYOUT_CREATE, N_("Pay Out"), MANAGING, ANY_STATUS },
  { BILLING_VERB_PAYOUT_CANCEL, N_("Cancel Payout"), MANAGING, ANY_STATUS },
  { BILLING_VERB_PAYOUT_SCHEDULE, N_("Change Payout Schedule"), MANAGING, ANY_STATUS },
  { BILLING_VERB_DISPUTE_SAVE, N_("Save Answer"), BILLING, ANY_STATUS },
  { BILLING_VERB_DISPUTE_ATTACH, N_("Attach Evidence"), BILLING, ANY_STATUS },
  { BILLING_VERB_DISPUTE_DETACH, N_("Detach Evidence"), BILLING, ANY_STATUS },
  { BILLING_VERB_DISPUTE_SUBMIT, N_("Submit Answer"), BILLING, ANY_STATUS },
  { BILLING_VERB_DISPUTE_ACCEPT, N_("Accept Dispute"), MANAGING, ANY_STATUS },
  { BILLING_VERB_DISPUTE_BILL_AGAIN, N_("Bill Again"), BILLING, ANY_STATUS },
  { BILLING_VERB_DISPUTE_WRITE_OFF, N_("Write Off Dispute"), MANAGING, ANY_STATUS },
  { BILLING_VERB_TAX_SETTINGS, N_("Change Tax Settings"), MANAGING, ANY_STATUS },
  { BILLING_VERB_TAX_REGISTER, N_("Add Tax Registration"), MANAGING, ANY_STATUS },
  { BILLING_VERB_TAX_END, N_("End Tax Registration"), MANAGING, ANY_STATUS },
  /* The practice's side of invoicing. */
  { BILLING_VERB_RATE_CREATE, N_("Create Billing Rate"), MANAGING, ANY_STATUS },
  { BILLING_VERB_RATE_EDIT, N_("Edit Billing Rate"), MANAGING, ANY_STATUS },
  { BILLING_VERB_RATE_PRICE, N_("Set Price"), MANAGING, ANY_STATUS },
  { BILLING_VERB_RATE_RETIRE, N_("Retire Billing Rate"), MANAGING, ANY_STATUS },
  { BILLING_VERB_RATE_RESTORE, N_("Bring Billing Rate Back"), MANAGING, ANY_STATUS },
  { BILLING_VERB_SERVICE_MAKE, N_("Make Services"), BILLING, ANY_STATUS },
  { BILLING_VERB_SERVICE_ADD, N_("Add Service"), BILLING, ANY_STATUS },
  { BILLING_VERB_SERVICE_EDIT, N_("Edit Service"), BILLING, ANY_STATUS },
  { BILLING_VERB_SERVICE_REVIEW, N_("Mark as Reviewed"), BILLING, ANY_STATUS },
  { BILLING_VERB_SERVICE_UNREVIEW, N_("Mark as Not Reviewed"), BILLING, ANY_STATUS },
  { BILLING_VERB_SERVICE_SET_RATE, N_("Change Rate"), BILLING, ANY_STATUS },
  { BILLING_VERB_SERVICE_INSURER, N_("Note Insurer’s Answer"), BILLING, ANY_STATUS },
  { BILLING_VERB_SERVICE_TAKE_BACK, N_("Take Insurer’s Answer Back"), BILLING, ANY_STATUS },
  { BILLING_VERB_SERVICE_REMOVE, N_("Remove Service"), BILLING, ANY_STATUS },
  { BILLING_VERB_SERVICE_RESTORE, N_("Bring Service Back"), BILLING, ANY_STATUS },
  { BILLING_VERB_INVOICE_CREATE, N_("Invoice"), BILLING, ANY_STATUS },
  { BILLING_VERB_INVOICE_EDIT, N_("Edit Invoice"), BILLING, ANY_STATUS },
  { BILLING_VERB_INVOICE_MARK_PAID, N_("Mark as Paid"), DESK, ANY_STATUS },
  { BILLING_VERB_INVOICE_VOID, N_("Void Invoice"), BILLING, ANY_STATUS },
  { BILLING_VERB_INVOICE_WRITE_OFF, N_("Write Off Invoice"), MANAGING, ANY_STATUS },
  { BILLING_VERB_INVOICE_PRINT, N_("Print Invoice"), DESK, ANY_STATUS },
  { BILLING_VERB_STATEMENT_PRINT, N_("Print Statement"), DESK, ANY_STATUS },
  { BILLING_VERB_REMITTANCE_POST, N_("Post Remittance"), BILLING, ANY_STATUS },
  { BILLING_VERB_REMITTANCE_MATCH, N_("Match Remittance Line"), BILLING, ANY_STATUS },
  { BILLING_VERB_REMITTANCE_DISMISS, N_("Set Remittance Line Aside"), BILLING, ANY_STATUS },
  { BILLING_VERB_MESSAGE_SEND, N_("Notify Patient"), DESK, ANY_STATUS },
  { BILLING_VERB_MESSAGE_RESOLVE, N_("Resolve Message"), BILLING, ANY_STATUS },
  { BILLING_VERB_MESSAGE_CANCEL, N_("Cancel Message"), DESK, ANY_STATUS },
  { BILLING_VERB_MAIL_SETTINGS, N_("Change Mail Settings"), MANAGING, ANY_STATUS },
  { BILLING_VERB_TEMPLATE_EDIT, N_("Edit Template"), MANAGING, ANY_STATUS },
  { BILLING_VERB_PATIENT_EDIT, N_("Change Contact Preferences"), DESK, ANY_STATUS },
  { BILLING_VERB_PATIENT_MERGE, N_("Merge Patients"), MANAGING, ANY_STATUS },
  { BILLING_VERB_PATIENT_UNMERGE, N_("Take Merge Back"), MANAGING, ANY_STATUS },
  { BILLING_VERB_DAY_CLOSE, N_("Close Day"), DESK, ANY_STATUS },
  { BILLING_VERB_DAY_REOPEN, N_("Reopen Day"), MANAGING, ANY_STATUS },
  { BILLING_VERB_LOCATION_EDIT, N_("Edit Location"), ADMINISTRATION, ANY_STATUS },
  { BILLING_VERB_PHYSICIAN_EDIT, N_("Edit Physician"), ADMINISTRATION, ANY_STATUS },
};

static const char * const role_labels[] = {
  [BILLING_ROLE_FRONT_DESK] = N_("Front desk"),
  [BILLING_ROLE_BILLER] = N_("Biller"),
  [BILLING_ROLE_MANAGER] = N_("Manager"),
  [BILLING_ROLE_ADMINISTRATOR] = N_("Administrator"),
};

static guint
find_verb (BillingVerb verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (verbs[i].verb == verb)
        return i;
    }

  return G_MAXUINT;
}

/**
 * billing_verb_is_allowed:
 * @verb: what somebody wants to do
 * @role: who they are
 *
 * Returns: whether people of @role may do @verb
 */
gboolean
billing_verb_is_allowed (BillingVerb verb,
                         BillingRole role)
{
  guint i = find_verb (verb);

  return i != G_MAXUINT && (verbs[i].roles & (1u << role)) != 0;
}

/**
 * billing_verb_refusal:
 * @verb: what somebody wants to do
 * @role: who they are, a role that may not
 *
 * Returns: (transfer full): the sentence that says so, and who may
 */
char *
billing_verb_refusal (BillingVerb verb,
                      BillingRole role)
{
  g_autoptr (GPtrArray) who = g_ptr_array_new ();
  g_autofree char *list = NULL;

  for (int r = BILLING_ROLE_FRONT_DESK; r <= BILLING_ROLE_ADMINISTRATOR; r++)
    {
      if (billing_verb_is_allowed (verb, r))
        g_ptr_array_add (who, (gpointer) billing_role_get_label (r));
    }
  g_ptr_array_add (who, NULL);
  list = g_strjoinv (", ", (char **) who->pdata);

  /* Translators: a verb (“Refund”), who may do it (“Biller, Manager”), and who asked (“Front desk”) */
  return g_strdup_printf (_("“%s” is for: %s. Your role is %s; nothing was changed."),
                          billing_verb_get_label (verb), list, billing_role_get_label (role));
}

/**
 * billing_verb_is_legal:
 * @verb: what somebody wants to do to a payment
 * @status: how the payment stands
 *
 * The second half of design.md, section 5: what people may do from each status.
 *
 * Returns: whether it can be done from there
 */
gboolean
billing_verb_is_legal (BillingVerb   verb,
                       BillingStatus status)
{
  guint i = find_verb (verb);

  return i != G_MAXUINT && (verbs[i].statuses & (1 << status)) != 0;
}

/**
 * billing_verb_get_label:
 * @verb: a verb
 *
 * Returns: what buttons and refusals call it, translated
 */
const char *
billing_verb_get_label (BillingVerb verb)
{
  guint i = find_verb (verb);

  return i != G_MAXUINT ? _(verbs[i].label) : "";
}

/**
 * billing_role_get_label:
 * @role: a role
 *
 * Returns: what people call it, translated
 */
const char *
billing_role_get_label (BillingRole role)
{
  return _(role_labels[role]);
}
