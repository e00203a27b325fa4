/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-commands"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>
#include <string.h>

#include "billing-console.h"

#define MANY G_MAXUINT
#define FINDING "status location patient subject search from to due-from due-to paid-from paid-to min max tender method physician payout reason" \
                " rate reviewed payer age age-basis overdue"
#define FILTERS FINDING " sort limit offset"
#define SERVICES "status location patient from to rate reviewed payer search all expected"

static const BillingCommand commands[] = {
  { "init", "", "demo payments seed name currency time-zone", 0, 0, 0, billing_command_init,
    N_("Create a practice") },
  { "import", "FILE…", "dry-run kind map dates format", 1, MANY, BILLING_VERB_IMPORT, billing_command_import,
    N_("Take in patients, treatments, eligibility checks and remittances from FHIR, X12 and CSV files") },
  { "key set", "", "publishable", 0, 0, BILLING_VERB_STRIPE_CONNECT, billing_command_key_set,
    N_("Connect the practice to Stripe: the secret key is read from standard input") },
  { "key status", "", "", 0, 0, 0, billing_command_key_status,
    N_("Say which key there is, and what it may do") },
  { "key clear", "", "", 0, 0, BILLING_VERB_STRIPE_CONNECT, billing_command_key_clear,
    N_("Forget the keys; the practice stays with its account") },
  { "sync", "", "full follow", 0, 0, 0, billing_command_sync,
    N_("Tell Stripe what waits, fetch what is new, make reminders and send e-mails; the last line is JSON") },

  { "list", "KIND", FILTERS " format", 1, 1, 0, billing_command_list,
    N_("List payments, invoices, services, patients, treatments, …") },
  { "show", "ID", "", 1, 1, 0, billing_command_show,
    N_("Show one thing whole, as JSON: PAY-001, TRT-001, …; account: the practice’s account at Stripe") },
  { "export", "KIND FILE", FILTERS, 2, 2, BILLING_VERB_EXPORT, billing_command_export,
    N_("Write a list into a CSV file; - is standard output") },

  { "report", "REPORT", "location from to currency year format", 1, 1, 0, billing_command_report,
    N_("Print the numbers behind a card or chart: collected[-by-location|-by-physician],"
       " outstanding[-by-month|-by-location|-by-physician], status, tenders, aging[-by-service|-by-created],"
       " refunds-by-reason, fees, stripe-collected, payouts, payout-items, stripe-balance, upcoming;"
       " day-close: what each person took in by each tender, by closed day;"
       " estimates: how near estimates came to what patients owed, by insurer;"
       " year-end: what a year came to, by month;"
       " reconciliation: Stripe’s ledger, without days of the last whole month, against its balance and the books; 1 where something does not fit") },

  { "payment create", "", "patient! amount estimate type treatment due memo draft", 0, 0,
    BILLING_VERB_PAYMENT_CREATE, billing_command_create, N_("Ask a patient for a payment, and print its number") },
  { "payment edit", "ID", "amount type treatment due memo", 1, 1,
    BILLING_VERB_PAYMENT_EDIT, billing_command_act, N_("Change what a payment says") },
  { "payment submit", "ID", "", 1, 1,
    BILLING_VERB_PAYMENT_SUBMIT, billing_command_act, N_("Ask for a draft, or again for a payment that failed") },
  { "payment fail", "ID", "notes", 1, 1,
    BILLING_VERB_PAYMENT_FAIL, billing_command_act, N_("Say that collecting it failed; it stays owed") },
  { "payment cancel", "ID", "notes", 1, 1,
    BILLING_VERB_PAYMENT_CANCEL, billing_command_act, N_("Ask for it no longer") },
  { "payment reopen", "ID", "notes", 1, 1,
    BILLING_VERB_PAYMENT_REOPEN, billing_command_act, N_("Take a cancellation or write-off back, within a day") },
  { "payment write-off", "ID", "notes", 1, 1,
    BILLING_VERB_PAYMENT_WRITE_OFF, billing_command_act, N_("Give it up: it was owed, and will not come in") },
  { "payment collect", "ID", "tender! amount reference date", 1, 1,
    BILLING_VERB_PAYMENT_COLLECT, billing_command_act,
    N_("Take the money; where it is a part, print the number of the payment for the rest") },
  { "payment reverse", "ID", "notes", 1, 1,
    BILLING_VERB_PAYMENT_REVERSE, billing_command_act, N_("Undo a collection that was a mistake, or a cheque that came back") },
  { "payment refund", "ID", "reason! amount notes tender reference", 1, 1,
    BILLING_VERB_PAYMENT_REFUND, billing_command_act, N_("Give money back, and print the refund’s id") },
  { "payment authorise", "ID", "method", 1, 1,
    BILLING_VERB_PAYMENT_AUTHORISE, billing_command_authorise,
    N_("Let Stripe hold the amount, to be captured later; print the intent’s id, and the page to open where there is one") },
  { "payment capture", "ID", "amount", 1, 1,
    BILLING_VERB_PAYMENT_CAPTURE, billing_command_act, N_("Take what Stripe holds, or a part of it") },
  { "payment void", "ID", "notes", 1, 1,
    BILLING_VERB_PAYMENT_VOID, billing_command_act, N_("Let go of what Stripe holds") },
  { "payment link", "ID", "expires cancel", 1, 1,
    BILLING_VERB_PAYMENT_LINK, billing_command_link,
    N_("Let Stripe make a page on which it can be paid, and print the intent’s id and the page; or close that page") },
  { "payment attach", "ID FILE…", "", 2, MANY,
    BILLING_VERB_DOCUMENT_ADD, billing_command_attach, N_("Keep files with it, and print their ids") },
  { "payment note", "ID TEXT", "", 2, 2,
    BILLING_VERB_NOTE_ADD, billing_command_note, N_("Write a note on it, and print its id") },
  { "payment receipt", "ID FILE.pdf", "", 2, 2,
    BILLING_VERB_PAYMENT_RECEIPT, billing_command_receipt, N_("Write what the patient is given about it: a receipt, or a request to pay") },

  { "invoice pdf", "[ID…] FILE|FOLDER", FINDING, 1, MANY,
    BILLING_VERB_INVOICE_PRINT, billing_command_invoice_pdf,
    N_("Write invoices as PDF: those that are named or that the filters find, into one file or one each into a folder") },
  { "statement", "FILE|FOLDER", "patient! from to", 1, 1,
    BILLING_VERB_STATEMENT_PRINT, billing_command_statement,
    N_("Write a patient’s statement of a period as PDF; several patients are separated by commas") },

  { "note edit", "ID TEXT", "", 2, 2,
    BILLING_VERB_NOTE_EDIT, billing_command_note, N_("Change a note of one’s own; the audit keeps what it said") },
  { "document rename", "ID NAME", "", 2, 2,
    BILLING_VERB_DOCUMENT_RENAME, billing_command_rename, N_("Call a document otherwise") },
  { "document remove", "ID", "notes", 1, 1,
    BILLING_VERB_DOCUMENT_REMOVE, billing_command_act, N_("Take a document out of sight; it can be brought back") },
  { "document restore", "ID", "notes", 1, 1,
    BILLING_VERB_DOCUMENT_RESTORE, billing_command_act, N_("Bring a removed document back") },

  { "estimate", "", "patient! type! treatment code amount check format", 0, 0, 0, billing_command_estimate,
    N_("Estimate what a patient will owe, from an eligibility check") },

  { "outbox check", "ID", "", 1, 1,
    BILLING_VERB_OUTBOX_CHECK, billing_command_act, N_("Ask Stripe what became of something that it may have done") },
  { "outbox withdraw", "ID", "notes", 1, 1,
    BILLING_VERB_OUTBOX_WITHDRAW, billing_command_act, N_("Take back something that was never sent") },

  { "payout create", "", "amount! currency method notes", 0, 0,
    BILLING_VERB_PAYOUT_CREATE, billing_command_payout,
    N_("Let Stripe pay out what is available, --method standard or instant; print the intent’s id") },
  { "payout cancel", "ID", "notes", 1, 1,
    BILLING_VERB_PAYOUT_CANCEL, billing_command_payout, N_("Take back a payout that was made by hand and has not left Stripe") },
  { "payout schedule", "", "interval days minimum currency descriptor notes", 0, 0,
    BILLING_VERB_PAYOUT_SCHEDULE, billing_command_payout_schedule, N_("Say when Stripe pays out by itself") },
  { "dispute save", "ID NAME=TEXT…", "notes", 2, MANY,
    BILLING_VERB_DISPUTE_SAVE, billing_command_dispute,
    N_("Keep the draft of an answer to a dispute, here and at Stripe: texts by Stripe’s names; an empty one is taken back") },
  { "dispute attach", "ID NAME FILE", "notes", 3, 3,
    BILLING_VERB_DISPUTE_ATTACH, billing_command_dispute, N_("Attach a PDF or a picture to it: receipt, refund_policy, …") },
  { "dispute detach", "ID NAME", "notes", 2, 2,
    BILLING_VERB_DISPUTE_DETACH, billing_command_dispute, N_("Take a file from it") },
  { "dispute submit", "ID", "notes", 1, 1,
    BILLING_VERB_DISPUTE_SUBMIT, billing_command_dispute, N_("Have the bank get the answer, which happens once and cannot be taken back") },
  { "dispute accept", "ID", "notes", 1, 1,
    BILLING_VERB_DISPUTE_ACCEPT, billing_command_dispute, N_("Give a dispute up as lost, which cannot be taken back") },
  { "dispute bill-again", "ID", "due memo notes", 1, 1,
    BILLING_VERB_DISPUTE_BILL_AGAIN, billing_command_dispute,
    N_("Ask the patient once more for what a dispute took, and print the new payment’s number") },
  { "dispute write-off", "ID", "notes", 1, 1,
    BILLING_VERB_DISPUTE_WRITE_OFF, billing_command_dispute, N_("Do without what a dispute took") },

  { "tax settings", "", "country state postal-code city address address-2 tax-code behavior notes format", 0, 0,
    BILLING_VERB_TAX_SETTINGS, billing_command_tax_settings,
    N_("Say from where and how Stripe works out taxes; without options, print how it does") },
  { "tax register", "", "country! type! state jurisdiction scheme from until notes", 0, 0,
    BILLING_VERB_TAX_REGISTER, billing_command_tax_register,
    N_("Have Stripe collect tax where the business is registered, now or from a day on; print the intent’s id") },
  { "tax end", "ID", "until notes", 1, 1,
    BILLING_VERB_TAX_END, billing_command_tax_end, N_("End a tax registration, now or on a day; none is ever deleted") },

  { "remittance post", "REM…", "date dry-run notes", 1, MANY,
    BILLING_VERB_REMITTANCE_POST, billing_command_remittance_post,
    N_("Post what insurers paid as answers of services, --dry-run: say what that would do") },
  { "remittance match", "LINE SERVICE|REM", "notes", 1, 2,
    BILLING_VERB_REMITTANCE_MATCH, billing_command_remittance,
    N_("Say which service a line is about; or look for the services of a remittance once more") },
  { "remittance dismiss", "LINE|REM", "notes!", 1, 1,
    BILLING_VERB_REMITTANCE_DISMISS, billing_command_remittance, N_("Set a line aside, or all that is open of a remittance") },

  { "day close", "", "counted! date notes slip", 0, 0,
    BILLING_VERB_DAY_CLOSE, billing_command_day_close,
    N_("Close a day: say the cash that was counted, without the float, then hear what was expected; a variance needs --notes") },
  { "day reopen", "", "date notes!", 0, 0,
    BILLING_VERB_DAY_REOPEN, billing_command_act, N_("Let people post on the last day that is closed again") },

  { "rate create", "", "name! code code-system payer-kind bill invoiced amount date currency notes", 0, 0,
    BILLING_VERB_RATE_CREATE, billing_command_rate,
    N_("Say what something costs, and who pays for it; print the rate’s number, and its twin’s where it is for both") },
  { "rate edit", "ID", "name code code-system payer-kind bill invoiced currency twin notes", 1, 1,
    BILLING_VERB_RATE_EDIT, billing_command_rate, N_("Change what a rate says; what is under it and not invoiced is billed as it says") },
  { "rate price", "ID", "amount date payer remove notes", 1, 1,
    BILLING_VERB_RATE_PRICE, billing_command_rate,
    N_("Set the price from a day on, for an insurer or for anybody; what was billed stays. Or take the price of that day away") },
  { "rate retire", "ID", "notes", 1, 1,
    BILLING_VERB_RATE_RETIRE, billing_command_act, N_("Bill nothing new by it") },
  { "rate restore", "ID", "notes", 1, 1,
    BILLING_VERB_RATE_RESTORE, billing_command_act, N_("Bill by it again") },
  { "rate import", "FILE", "dry-run", 1, 1, BILLING_VERB_RATE_CREATE, billing_command_rate_import,
    N_("Take rates and prices in from a CSV file; say row by row what is new, what changes and what is refused") },
  { "rate export", "FILE", "", 1, 1, BILLING_VERB_EXPORT, billing_command_rate_export,
    N_("Write all rates with all of their prices into a CSV file, which can be imported again; - is standard output") },

  { "invoice send", "INV…", "template link via notes", 1, MANY,
    BILLING_VERB_MESSAGE_SEND, billing_command_invoice_send, N_("Tell patients of invoices by e-mail; --template reminder reminds them") },
  { "message send", "KIND ID…", "link via notes", 2, MANY,
    BILLING_VERB_MESSAGE_SEND, billing_command_message_send,
    N_("Send an invoice, reminder, statement, receipt or request by e-mail, of invoices, patients or payments") },
  { "message resolve", "ID sent|again", "notes", 2, 2,
    BILLING_VERB_MESSAGE_RESOLVE, billing_command_message, N_("Say of an e-mail whose answer was lost that it went out, or send it again") },
  { "message cancel", "ID", "notes", 1, 1,
    BILLING_VERB_MESSAGE_CANCEL, billing_command_message, N_("Take back an e-mail that waits") },
  { "send", "", "remind", 0, 0, 0, billing_command_send_messages,
    N_("Send the e-mails that wait; --remind makes the reminders of today first. Prints how many of each") },
  { "mail settings", "", "via from-address from-name host port security user password link remind-before remind-after notes", 0, 0,
    BILLING_VERB_MAIL_SETTINGS, billing_command_mail_settings,
    N_("Say how e-mails are sent, --password from standard input; without options, print it") },
  { "mail test", "ADDRESS", "", 1, 1,
    BILLING_VERB_MAIL_SETTINGS, billing_command_mail_test, N_("Send an e-mail that says nothing of anybody, at once") },
  { "template edit", "KIND [FILE]", "language headline notes", 1, 2,
    BILLING_VERB_TEMPLATE_EDIT, billing_command_template_edit,
    N_("Let e-mails say what stands in a file; without file and --headline, what is built in. {patient} {number} {amount} {due} {link} {practice} are filled in") },

  { "invoice create", "", "services patient rate location payer physician search from to date due memo notes dry-run", 0, 0,
    BILLING_VERB_INVOICE_CREATE, billing_command_invoice_create,
    N_("Invoice services, one invoice a patient: those named, or all that are to be invoiced and match; print the first and the last number") },
  { "invoice edit", "INV", "due memo notes", 1, 1,
    BILLING_VERB_INVOICE_EDIT, billing_command_act, N_("Change when an invoice is due, and what it says to the patient") },
  { "invoice mark-paid", "INV…", "tender! amount reference date notes", 1, MANY,
    BILLING_VERB_INVOICE_MARK_PAID, billing_command_invoice,
    N_("Note money that came otherwise, of one invoice also a part; where it is a part, print the number of the payment for the rest") },
  { "invoice void", "INV…", "notes!", 1, MANY,
    BILLING_VERB_INVOICE_VOID, billing_command_invoice, N_("Take invoices back for which no money came; their numbers stay. Also INV-005..INV-104") },
  { "invoice write-off", "INV…", "notes!", 1, MANY,
    BILLING_VERB_INVOICE_WRITE_OFF, billing_command_invoice, N_("Give up what is open of invoices, and say why") },

  { "service make", "[TREATMENT…]", "notes", 0, MANY, BILLING_VERB_SERVICE_MAKE, billing_command_service_make,
    N_("Make services of what was done in treatments, by their codes and rates, and print how many; say which codes have none") },
  { "service add", "", "patient treatment rate! units amount date name code code-system payer notes", 0, 0,
    BILLING_VERB_SERVICE_ADD, billing_command_service, N_("Add a service by hand, --amount: at a price of its own, and print its number") },
  { "service edit", "ID", "units amount date name code code-system payer notes", 1, 1,
    BILLING_VERB_SERVICE_EDIT, billing_command_service, N_("Change what a service says, while it is not invoiced") },
  { "service review", "[ID…]", SERVICES " notes", 0, MANY, BILLING_VERB_SERVICE_REVIEW, billing_command_services,
    N_("Mark services as reviewed, or all that the filters find; print how many") },
  { "service unreview", "[ID…]", SERVICES " notes", 0, MANY, BILLING_VERB_SERVICE_UNREVIEW, billing_command_services,
    N_("Mark them as not reviewed") },
  { "service set-rate", "RATE|twin [ID…]", SERVICES " dry-run format notes", 1, MANY, BILLING_VERB_SERVICE_SET_RATE,
    billing_command_service_set_rate,
    N_("Put services under another rate, or under the twins of theirs; --dry-run: show before and after of each") },
  { "service insurer", "ID", "allowed paid adjusted patient-part date reference payer codes notes", 1, 1,
    BILLING_VERB_SERVICE_INSURER, billing_command_service_insurer, N_("Note what an insurer answered, and print the answer’s id") },
  { "service take-back", "ANSWER|ID", "notes", 1, 1, BILLING_VERB_SERVICE_TAKE_BACK, billing_command_act,
    N_("Take an insurer’s answer back; of a service the last one") },
  { "service remove", "[ID…]", SERVICES " notes", 0, MANY, BILLING_VERB_SERVICE_REMOVE, billing_command_services,
    N_("Remove services that are neither invoiced nor answered") },
  { "service restore", "[ID…]", SERVICES " notes", 0, MANY, BILLING_VERB_SERVICE_RESTORE, billing_command_services,
    N_("Bring them back") },

  { "late keep", "CHARGE", "notes", 1, 1,
    BILLING_VERB_LATE_KEEP, billing_command_act, N_("Keep money that came too late, as the patient’s credit") },
  { "late refund", "CHARGE", "notes", 1, 1,
    BILLING_VERB_LATE_REFUND, billing_command_act, N_("Let Stripe give money back that came too late, and print the intent’s id") },

  { "notice read", "ID", "notes", 1, 1,
    BILLING_VERB_NOTICE_READ, billing_command_act, N_("Say that somebody has looked at a notification") },
  { "notice done", "ID", "notes", 1, 1,
    BILLING_VERB_NOTICE_DONE, billing_command_act, N_("Say that it is dealt with") },
  { "notice snooze", "ID", "date! notes", 1, 1,
    BILLING_VERB_NOTICE_SNOOZE, billing_command_act, N_("Put it off until a day") },
  { "notice reopen", "ID", "notes", 1, 1,
    BILLING_VERB_NOTICE_REOPEN, billing_command_act, N_("Take back what was said about it") },

  { "patient edit", "P", "email phone language no-mail no-reminders notes", 1, 1,
    BILLING_VERB_PATIENT_EDIT, billing_command_patient_edit, N_("Say how a patient is reached; no import changes it any more") },
  { "patient merge", "FROM INTO", "preview notes", 2, 2,
    BILLING_VERB_PATIENT_MERGE, billing_command_patient_merge,
    N_("Say that the one patient is the other: all that belongs to FROM is INTO’s; print who stays") },
  { "patient unmerge", "P", "notes", 1, 1,
    BILLING_VERB_PATIENT_UNMERGE, billing_command_patient_unmerge, N_("Take a merge back; print the patient’s number") },

  { "credit refund", "PATIENT", "amount! tender! notes", 1, 1,
    BILLING_VERB_CREDIT_REFUND, billing_command_act, N_("Give a patient’s credit back") },
  { "assign", "CHARGE", "patient to", 1, 1,
    BILLING_VERB_CHARGE_ASSIGN, billing_command_assign,
    N_("Say whose one of Stripe’s charges is: a payment’s, or a patient’s as credit") },
  { "approve", "ID", "", 1, 1,
    BILLING_VERB_REFUND_APPROVE, billing_command_act, N_("Approve a refund that is over the practice’s limit") },
  { "decline", "ID", "notes", 1, 1,
    BILLING_VERB_REFUND_DECLINE, billing_command_act, N_("Withdraw a refund that waits for approval") },

  { "user add", "USER", "role! name passphrase", 1, 1,
    BILLING_VERB_PERSON_ADD, billing_command_person, N_("Let somebody work in the practice") },
  { "user role", "USER ROLE", "", 2, 2,
    BILLING_VERB_PERSON_EDIT, billing_command_person, N_("Change what somebody may do") },
  { "user passphrase", "USER", "", 1, 1,
    BILLING_VERB_PERSON_EDIT, billing_command_person, N_("Set somebody’s passphrase, read from standard input; an empty one removes it") },
  { "user retire", "USER", "", 1, 1,
    BILLING_VERB_PERSON_EDIT, billing_command_person, N_("Say that somebody works here no longer") },
  { "practice edit", "", "name time-zone locale refund-limit link-days address city region postal-code country phone email"
    " receipt-note invoice-note invoice-prefix invoice-digits invoice-days show-services show-codes logo", 0, 0,
    BILLING_VERB_PRACTICE_EDIT, billing_command_practice, N_("Change the practice’s settings") },
  { "location add", "NAME", "address city region postal-code country phone", 1, 1,
    BILLING_VERB_LOCATION_EDIT, billing_command_place, N_("Say where patients are treated, and print its id") },
  { "location edit", "ID|NAME", "name address city region postal-code country phone", 1, 1,
    BILLING_VERB_LOCATION_EDIT, billing_command_place, N_("Change what is said of a location") },
  { "physician add", "NAME", "npi specialty", 1, 1,
    BILLING_VERB_PHYSICIAN_EDIT, billing_command_place, N_("Say who treats, and print their id") },
  { "physician edit", "ID|NAME", "name npi specialty", 1, 1,
    BILLING_VERB_PHYSICIAN_EDIT, billing_command_place, N_("Change what is said of a physician") },

  { "verify", "", "", 0, 0, 0, billing_command_verify,
    N_("Check the books, and say the first thing that is wrong") },
  { "support-report", "", "", 0, 0, 0, billing_command_support_report,
    N_("Describe the program and the practice for somebody who is to help: no patients, amounts or keys") },
  { "backup", "FILE", "", 1, 1, BILLING_VERB_BACKUP, billing_command_backup,
    N_("Write a copy of the books into a file; the folder “documents” is copied by itself") },
  { "restore", "FILE", "", 1, 1, 0, billing_command_restore,
    N_("Bring the books back from such a copy") },
};

static gboolean
is_word_of (const char *name,
            const char *word)
{
  gsize length = strcspn (name, " ");

  return strlen (word) == length && strncmp (name, word, length) == 0;
}

/**
 * billing_commands_is_group:
 * @word: a word
 *
 * Returns: whether it is the first of two that make a command
 */
gboolean
billing_commands_is_group (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (strchr (commands[i].name, ' ') != NULL && is_word_of (commands[i].name, word))
        return TRUE;
    }

  return FALSE;
}

/* The words that may come next: after a group, its second words; otherwise all first ones. */
static GPtrArray *
list_words (const char *group)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *name = commands[i].name;

      if (group == NULL)
        g_ptr_array_add (words, g_strndup (name, strcspn (name, " ")));
      else if (strchr (name, ' ') != NULL && is_word_of (name, group))
        g_ptr_array_add (words, g_strdup (strchr (name, ' ') + 1));
    }
  g_ptr_array_add (words, NULL);

  return words;
}

static const BillingCommand *
find (const char *first,
      const char *second)
{
  g_autofree char *name = second != NULL ? g_strdup_printf ("%s %s", first, second) : g_strdup (first);

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (commands[i].name, name))
        return &commands[i];
    }

  return NULL;
}

static void
fail_to_find (const char  *group,
              const char  *word,
              GError     **error)
{
  g_autoptr (GPtrArray) words = list_words (group);
  const char *nearest = word != NULL ? billing_console_nearest (word, (const char * const *) words->pdata) : NULL;
  const char *before = group != NULL ? group : "";
  const char *space = group != NULL ? " " : "";

  if (nearest != NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("There is no command “%s%s%s”. Did you mean “%s%s%s”?"),
                 before, space, word, before, space, nearest);
  else if (word != NULL)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("There is no command “%s%s%s”; see billingctl --help"),
                 before, space, word);
  else
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("“%s” needs to know what to do; see billingctl %s --help"),
                 before, before);
}

/**
 * billing_commands_find:
 * @line: (array zero-terminated=1): a line that begins with a command
 * @n_words: (out): how many words of the line are its name
 * @error: return location for a %G_OPTION_ERROR
 *
 * Returns: the command, or %NULL with @error set, which suggests one that may have been meant
 */
const BillingCommand *
billing_commands_find (const char * const  *line,
                       guint               *n_words,
                       GError             **error)
{
  gboolean group = billing_commands_is_group (line[0]);
  const BillingCommand *command = find (line[0], group ? line[1] : NULL);

  *n_words = group ? 2 : 1;
  if (command == NULL)
    fail_to_find (group ? line[0] : NULL, group ? line[1] : line[0], error);

  return command;
}

/* How wide the column of the names is: the same for all commands and for those of a group. */
static int
get_width (void)
{
  gsize width = 0;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    width = MAX (width, strlen (commands[i].name));

  return (int) width;
}

/**
 * billing_commands_help:
 * @group: (nullable): the first word of some commands
 *
 * Returns: (transfer full): the commands and what they do, a line each
 */
char *
billing_commands_help (const char *group)
{
  GString *help = g_string_new (NULL);
  int width = get_width ();

  g_string_append_printf (help, _("Usage:\n  billingctl [--practice DIR] [--stripe-url URL] [--as USER] %s%s [OPTION…]\n\n"),
                          group != NULL ? group : "", group != NULL ? _(" COMMAND") : _("COMMAND"));
  if (group == NULL)
    g_string_append_printf (help, "%s\n\n", _("Looks after a practice’s payments from the command line."));
  g_string_append_printf (help, "%s\n", _("Commands:"));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (group == NULL || is_word_of (commands[i].name, group))
        g_string_append_printf (help, "  %-*s %s\n", width, commands[i].name, _(commands[i].summary));
    }

  g_string_append_printf (help, "\n%s\n%s\n",
                          _("Each command says more about itself with --help. It exits with 0, or with 1 and a sentence."),
                          _("With --as, USER’s passphrase is read from standard input."));
  return g_string_free (help, FALSE);
}
