/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-option"

#include "config.h"

#include "billing-option.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-enums.h"
#include "billing-money.h"

/* All options there are. Those with a property fill in acts (BillingAct) and queries (BillingQuery) by themselves. */
static const BillingOption options[] = {
  /* of every command */
  { "practice", NULL, BILLING_OPTION_FILE, NULL, N_("DIR"), N_("The practice’s folder") },
  { "stripe-url", NULL, BILLING_OPTION_TEXT, NULL, "URL", N_("Where Stripe’s API is; http for this computer only") },
  { "as", NULL, BILLING_OPTION_TEXT, NULL, N_("USER"), N_("Act as USER, whose passphrase is read from standard input") },
  { "format", NULL, BILLING_OPTION_TEXT, NULL, "table|csv|json", N_("How results are printed (table)") },
  { "help", NULL, BILLING_OPTION_FLAG, NULL, NULL, N_("Show this help") },

  /* what lists show */
  { "status", "status", BILLING_OPTION_TEXT, NULL, "S,S", N_("Only of these statuses: draft, pending, paid, …") },
  { "location", "location", BILLING_OPTION_TEXT, NULL, "L", N_("Only of this location; “none”: of no location") },
  { "patient", "patient", BILLING_OPTION_TEXT, NULL, "P", N_("The patient, by id or number") },
  { "subject", "subject", BILLING_OPTION_TEXT, NULL, "ID", N_("Only what belongs to this id or number") },
  { "search", "search", BILLING_OPTION_TEXT, NULL, N_("TEXT"), N_("Only what matches TEXT") },
  { "from", "from", BILLING_OPTION_DAY, NULL, N_("DATE"), N_("Only from this day on") },
  { "to", "to", BILLING_OPTION_DAY_OR_ID, NULL, N_("DATE|ID"), N_("Only until this day; for a charge: the payment that it pays") },
  { "due-from", "due-from", BILLING_OPTION_DAY, NULL, N_("DATE"), N_("Only what is due from this day on") },
  { "due-to", "due-to", BILLING_OPTION_DAY, NULL, N_("DATE"), N_("Only what is due until this day") },
  { "paid-from", "paid-from", BILLING_OPTION_DAY, NULL, N_("DATE"),
    N_("Only what came in from this day on; of refunds: what went back") },
  { "paid-to", "paid-to", BILLING_OPTION_DAY, NULL, N_("DATE"),
    N_("Only what came in until this day; of refunds: what went back") },
  { "physician", "physician", BILLING_OPTION_TEXT, NULL, N_("NAME"),
    N_("Only what this physician treated, by id or name; “none”: nobody") },
  { "age", "age", BILLING_OPTION_TEXT, NULL, "not-due|0-30|31-60|61-90|91+",
    N_("Only what has been owed for so many days, or since DATE..DATE") },
  { "age-basis", "age-basis", BILLING_OPTION_TEXT, NULL, "due|service|created", N_("The day from which the age is counted (due)") },
  { "min", "min", BILLING_OPTION_AMOUNT, NULL, N_("AMOUNT"), N_("Only from this amount on") },
  { "max", "max", BILLING_OPTION_AMOUNT, NULL, N_("AMOUNT"), N_("Only up to this amount") },
  { "overdue", "overdue", BILLING_OPTION_FLAG, NULL, NULL, N_("Only what is due before today and still owed") },
  { "sort", "sort", BILLING_OPTION_SORT, NULL, N_("FIELD|-FIELD"), N_("Sort by FIELD, with a - from the end") },
  { "limit", "limit", BILLING_OPTION_COUNT, NULL, "N", N_("At most N rows") },
  { "offset", "offset", BILLING_OPTION_COUNT, NULL, "N", N_("Leave out the first N rows") },

  /* what acts say */
  { "amount", "amount", BILLING_OPTION_AMOUNT, NULL, "A", N_("The amount, like 250.00") },
  { "type", "payment-type", BILLING_OPTION_WORD_OR_TAX, billing_payment_type_get_type, "treatment-pre-payment|office-visit|private-pay",
    N_("What kind of payment it is; of a tax registration: Stripe’s word, like state_sales_tax") },
  { "treatment", "treatment", BILLING_OPTION_TEXT, NULL, "T", N_("The treatment, by id or number") },
  { "code", "code", BILLING_OPTION_TEXT, NULL, "CPT", N_("The procedure: of an estimate, where there is no treatment; of a billing rate") },
  { "check", "check", BILLING_OPTION_TEXT, NULL, "ID", N_("The eligibility check, where that is not the newest") },
  { "due", "due", BILLING_OPTION_TEXT, NULL, N_("DATE"), N_("The day on which it is due, like 2026-12-31") },
  { "memo", "memo", BILLING_OPTION_TEXT, NULL, "M", N_("What it is for") },
  { "draft", "draft", BILLING_OPTION_FLAG, NULL, NULL, N_("Create it, but do not ask for it yet") },
  { "tender", "tender", BILLING_OPTION_WORD, billing_tender_get_type, "cash|cheque|card|bank|credit",
    N_("How the money comes in or goes back") },
  { "reference", "reference", BILLING_OPTION_TEXT, NULL, "R", N_("Number of the cheque, slip or transfer") },
  { "date", "date", BILLING_OPTION_DAY, NULL, "D", N_("The day of it, where that is not today") },
  { "reason", "reason", BILLING_OPTION_WORD, billing_refund_reason_get_type, "WORD",
    N_("Why the money goes back: patient-request, billing-error, service-not-rendered, duplicate-charge, insurance-adjustment, other") },
  { "method", "method", BILLING_OPTION_TEXT, NULL, "pm_…|page",
    N_("A payment method of Stripe’s, or “page”: Stripe asks the patient for one (test mode: pm_card_visa; else the page); of a list: its type, card, us_bank_account, …") },
  { "payout", "payout", BILLING_OPTION_TEXT, NULL, "po_…", N_("Only what is in this payout") },
  { "interval", NULL, BILLING_OPTION_TEXT, NULL, "manual|daily|weekly|monthly", N_("How often Stripe pays out by itself") },
  { "days", NULL, BILLING_OPTION_TEXT, NULL, N_("DAYS"), N_("On which: monday,thursday or 1,15") },
  { "minimum", NULL, BILLING_OPTION_TEXT, NULL, "A", N_("What stays in the balance: 500.00") },
  { "descriptor", NULL, BILLING_OPTION_TEXT, NULL, N_("TEXT"), N_("What the bank statement says, at most 22 characters") },
  { "expires", "expires", BILLING_OPTION_DAY, NULL, N_("DATE"), N_("The last day on which the link can be paid") },
  { "cancel", NULL, BILLING_OPTION_FLAG, NULL, NULL, N_("Close the link that is open") },
  { "counted", NULL, BILLING_OPTION_AMOUNT, NULL, "A", N_("The cash that was counted, without the float") },
  { "slip", NULL, BILLING_OPTION_FILE, NULL, "FILE.pdf", N_("Write the deposit slip there, too") },
  { "payer-kind", "payer-kind", BILLING_OPTION_TEXT, NULL, "self-pay|insurance|both", N_("Who pays by the rate; both: twins, one for each") },
  { "payer", "payer", BILLING_OPTION_TEXT, NULL, N_("INSURER"), N_("The insurer, by its name") },
  { "rate", "rate", BILLING_OPTION_TEXT, NULL, "RATE-…", N_("Of a service: its billing rate") },
  { "reviewed", "reviewed", BILLING_OPTION_TEXT, NULL, "yes|no", N_("Only services that somebody looked at, or that nobody did") },
  { "units", "units", BILLING_OPTION_COUNT, NULL, "N", N_("How many of it (1)") },
  { "allowed", NULL, BILLING_OPTION_TEXT, NULL, "A", N_("What the insurer allows") },
  { "paid", NULL, BILLING_OPTION_TEXT, NULL, "A", N_("What the insurer paid; -50.00: it took that back") },
  { "adjusted", NULL, BILLING_OPTION_TEXT, NULL, "A", N_("What nobody pays, by the contract with the insurer") },
  { "patient-part", NULL, BILLING_OPTION_TEXT, NULL, "A", N_("What is the patient’s after it, in all") },
  { "codes", "code", BILLING_OPTION_TEXT, NULL, "CO-45 PR-3", N_("The insurer’s reasons, as coded") },
  { "all", NULL, BILLING_OPTION_FLAG, NULL, NULL, N_("All of them") },
  { "expected", NULL, BILLING_OPTION_COUNT, NULL, "N", N_("How many there should be; of another number nothing is done") },
  { "code-system", "code-system", BILLING_OPTION_TEXT, NULL, "CPT|HCPCS|own", N_("Of which system the code is (by its looks)") },
  { "bill", "billable", BILLING_OPTION_TEXT, NULL, "yes|no", N_("Do you need to bill what is under the rate (yes)") },
  { "invoiced", "invoiced", BILLING_OPTION_TEXT, NULL, "yes|no", N_("Whether patients get invoices for it (no)") },
  { "rate", "rate", BILLING_OPTION_TEXT, NULL, "RATE", N_("The billing rate, by id or number") },
  { "services", NULL, BILLING_OPTION_TEXT, NULL, N_("IDS"), N_("These services, by ids or numbers with blanks between them") },
  { "twin", "rate", BILLING_OPTION_TEXT, NULL, "RATE", N_("The rate of the same thing for the other kind of payer; empty: none") },
  { "remove", NULL, BILLING_OPTION_FLAG, NULL, NULL, N_("Take it away") },
  { "template", NULL, BILLING_OPTION_TEXT, NULL, "invoice|reminder", N_("What it says (invoice)") },
  { "link", NULL, BILLING_OPTION_TEXT, NULL, "yes|no", N_("Whether a payment link is in it, where Stripe is connected (as the practice does)") },
  { "via", NULL, BILLING_OPTION_TEXT, NULL, "smtp|portal|none", N_("By a mail server, or by the desktop’s mail program") },
  { "from-address", NULL, BILLING_OPTION_TEXT, NULL, N_("ADDRESS"), N_("From which address e-mails are sent") },
  { "from-name", NULL, BILLING_OPTION_TEXT, NULL, N_("NAME"), N_("By which name (the practice’s)") },
  { "host", NULL, BILLING_OPTION_TEXT, NULL, N_("HOST"), N_("The mail server, like smtp.example.org") },
  { "port", NULL, BILLING_OPTION_TEXT, NULL, "N", N_("Its port; 0: the usual one") },
  { "security", NULL, BILLING_OPTION_TEXT, NULL, "tls|starttls|none", N_("How it is spoken to; none: on this computer only") },
  { "user", NULL, BILLING_OPTION_TEXT, NULL, N_("NAME"), N_("Who signs in there; empty: nobody does") },
  { "password", NULL, BILLING_OPTION_FLAG, NULL, NULL, N_("Read the password of the mail server from standard input; an empty one is forgotten") },
  { "remind-before", NULL, BILLING_OPTION_TEXT, NULL, "7,1", N_("So many days before invoices are due patients are reminded; empty: never") },
  { "remind-after", NULL, BILLING_OPTION_TEXT, NULL, "3,14", N_("Likewise, after the due day") },
  { "remind", NULL, BILLING_OPTION_FLAG, NULL, NULL, N_("Make the reminders of today first") },
  { "headline", NULL, BILLING_OPTION_TEXT, NULL, N_("TEXT"), N_("The subject of the e-mail") },
  { "notes", "notes", BILLING_OPTION_TEXT, NULL, "N", N_("What else there is to say about it") },

  /* of people and the practice */
  { "name", "name", BILLING_OPTION_TEXT, NULL, "N", N_("The name that is shown") },
  { "role", "role", BILLING_OPTION_WORD, billing_role_get_type, "front-desk|biller|manager|administrator",
    N_("What the person may do") },
  { "passphrase", NULL, BILLING_OPTION_FLAG, NULL, NULL, N_("Read a passphrase for the person from standard input") },
  { "currency", NULL, BILLING_OPTION_TEXT, NULL, "C", N_("The practice’s currency, like USD") },
  { "time-zone", "time-zone", BILLING_OPTION_TEXT, NULL, "Z", N_("The practice’s time zone, like Europe/Berlin") },
  { "locale", "locale", BILLING_OPTION_TEXT, NULL, "L", N_("The locale in which names are sorted, like de_DE") },
  { "refund-limit", "refund-limit", BILLING_OPTION_AMOUNT, NULL, "A",
    N_("Refunds above it need a second person; 0: none does") },
  { "link-days", "link-days", BILLING_OPTION_COUNT, NULL, "N", N_("For how many days a payment link is open") },
  { "address", "address-line", BILLING_OPTION_TEXT, NULL, "A", N_("Street and house of the practice, for its letters") },
  { "city", "city", BILLING_OPTION_TEXT, NULL, "C", N_("Its city") },
  { "region", "region", BILLING_OPTION_TEXT, NULL, "R", N_("Its state or region") },
  { "postal-code", "postal-code", BILLING_OPTION_TEXT, NULL, "P", N_("Its postal code") },
  { "country", "country", BILLING_OPTION_TEXT, NULL, "C", N_("Its country") },
  { "state", NULL, BILLING_OPTION_TEXT, NULL, "S", N_("The state or province, like CA") },
  { "address-2", NULL, BILLING_OPTION_TEXT, NULL, "A", N_("The second line of the address") },
  { "tax-code", NULL, BILLING_OPTION_TEXT, NULL, "txcd_…", N_("The preset tax code: one of “billingctl list tax-codes”") },
  { "behavior", NULL, BILLING_OPTION_TEXT, NULL, "exclusive|inclusive|inferred_by_currency", N_("Whether tax is added to prices or contained in them") },
  { "jurisdiction", NULL, BILLING_OPTION_TEXT, NULL, "N", N_("Of a local tax in the US: the FIPS code of the city or county") },
  { "scheme", NULL, BILLING_OPTION_TEXT, NULL, "standard|small_seller|inbound_goods", N_("Of a standard registration: the place of supply") },
  { "until", NULL, BILLING_OPTION_DAY, NULL, N_("DATE"), N_("The first day on which it no longer holds") },
  { "year", NULL, BILLING_OPTION_COUNT, NULL, "Y", N_("Which year; of the report year-end (the last one that is over)") },
  { "phone", "phone", BILLING_OPTION_TEXT, NULL, "P", N_("Its telephone number") },
  { "email", "email", BILLING_OPTION_TEXT, NULL, "E", N_("Its e-mail address") },
  { "language", NULL, BILLING_OPTION_TEXT, NULL, "L", N_("The patient’s language, like de or pt_BR; empty: not known") },
  { "no-mail", NULL, BILLING_OPTION_TEXT, NULL, "yes|no", N_("Whether the patient wants no e-mail at all") },
  { "no-reminders", NULL, BILLING_OPTION_TEXT, NULL, "yes|no", N_("Whether the patient wants no reminders") },
  { "preview", NULL, BILLING_OPTION_FLAG, NULL, NULL, N_("Only say what would be done") },
  { "receipt-note", "receipt-note", BILLING_OPTION_TEXT, NULL, N_("TEXT"), N_("What stands below every receipt") },
  { "invoice-note", NULL, BILLING_OPTION_TEXT, NULL, N_("TEXT"), N_("What stands below every invoice and statement") },
  { "invoice-prefix", NULL, BILLING_OPTION_TEXT, NULL, "INV-", N_("What numbers of invoices begin with") },
  { "invoice-digits", NULL, BILLING_OPTION_COUNT, NULL, "N", N_("How many digits they have at least") },
  { "invoice-days", NULL, BILLING_OPTION_COUNT, NULL, "N", N_("After how many days an invoice is due") },
  { "show-services", NULL, BILLING_OPTION_TEXT, NULL, "yes|no", N_("Whether names of services stand on paper (no)") },
  { "show-codes", NULL, BILLING_OPTION_TEXT, NULL, "yes|no", N_("Whether their codes do (no)") },
  { "logo", NULL, BILLING_OPTION_FILE, NULL, N_("FILE"), N_("The picture at the head of letters: PNG, JPEG or SVG; empty: none") },
  { "npi", NULL, BILLING_OPTION_TEXT, NULL, "N", N_("The physician’s National Provider Identifier") },
  { "specialty", NULL, BILLING_OPTION_TEXT, NULL, "S", N_("The physician’s specialty") },
  { "demo", NULL, BILLING_OPTION_FLAG, NULL, NULL, N_("Fill it with a made-up clinic") },
  { "payments", NULL, BILLING_OPTION_COUNT, NULL, "N", N_("How many payments the made-up clinic has") },
  { "seed", NULL, BILLING_OPTION_COUNT, NULL, "N", N_("Another made-up clinic for each N") },
  { "publishable", NULL, BILLING_OPTION_TEXT, NULL, "pk_…", N_("Keep the publishable key of the same account with it") },
  { "full", NULL, BILLING_OPTION_FLAG, NULL, NULL, N_("List everything again, not only what changed") },
  { "follow", NULL, BILLING_OPTION_FLAG, NULL, NULL, N_("Go on syncing every minute, until it is stopped") },
  { "estimate", NULL, BILLING_OPTION_FLAG, NULL, NULL, N_("Ask for what the patient will probably owe, and keep that estimate") },
  { "dry-run", NULL, BILLING_OPTION_FLAG, NULL, NULL, N_("Say what would come in, and write nothing") },
  { "kind", NULL, BILLING_OPTION_TEXT, NULL, "patients|treatments|eligibility_checks",
    N_("What the rows of CSV files are, where their header does not tell") },
  { "map", NULL, BILLING_OPTION_TEXTS, NULL, N_("HEADER=TARGET"),
    N_("What a column of CSV files is taken for; nothing behind the = leaves it out") },
  { "dates", NULL, BILLING_OPTION_TEXT, NULL, "dmy|mdy|ymd", N_("The order of days, months and years in CSV files") },
};

static gboolean
fail (const BillingOption  *option,
      const char           *expected,
      const char           *value,
      GError              **error)
{
  /* Translators: an option (“due”), what it should be, and what was said */
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--%s should be %s, not “%s”"), option->name, expected,
               value);
  return FALSE;
}

/**
 * billing_option_words:
 * @type: an enumeration
 *
 * Returns: (transfer full): its words, as people are to write them
 */
char *
billing_option_words (GType type)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; i < klass->n_values; i++)
    {
      if (!g_str_equal (klass->values[i].value_nick, "none"))
        g_ptr_array_add (words, (gpointer) klass->values[i].value_nick);
    }
  g_ptr_array_add (words, NULL);

  return g_strjoinv (", ", (char **) words->pdata);
}

static gboolean
check_word (const BillingOption  *option,
            const char           *value,
            GError              **error)
{
  g_autofree char *words = billing_option_words (option->get_enum ());
  /* Translators: a list of words */
  g_autofree char *expected = g_strdup_printf (_("one of %s"), words);
  int number;

  return billing_enum_from_nick (option->get_enum (), value, &number) || fail (option, expected, value, error);
}

static gboolean
check_day (const BillingOption  *option,
           const char           *value,
           GError              **error)
{
  return billing_day_is_valid (value) || fail (option, _("a day like 2026-12-31"), value, error);
}

/**
 * billing_option_find:
 * @name: a name, without dashes
 *
 * Returns: (nullable): the option
 */
const BillingOption *
billing_option_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      if (g_str_equal (options[i].name, name))
        return &options[i];
    }

  return NULL;
}

/**
 * billing_option_check:
 * @option: an option
 * @value: what was said with it
 * @error: return location for a %G_OPTION_ERROR
 *
 * Checks what can be checked without a practice.
 *
 * Returns: %FALSE with @error set
 */
gboolean
billing_option_check (const BillingOption  *option,
                      const char           *value,
                      GError              **error)
{
  switch (option->type)
    {
    case BILLING_OPTION_DAY:
      return check_day (option, value, error);
    case BILLING_OPTION_COUNT:
      return g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT64, NULL, NULL) ||
             fail (option, _("a whole number"), value, error);
    case BILLING_OPTION_WORD:
      return check_word (option, value, error);
    case BILLING_OPTION_TEXT:
    case BILLING_OPTION_TEXTS:
    case BILLING_OPTION_FILE:
    case BILLING_OPTION_FLAG:
    case BILLING_OPTION_AMOUNT:
    case BILLING_OPTION_DAY_OR_ID:
    case BILLING_OPTION_WORD_OR_TAX:
    case BILLING_OPTION_SORT:
    default:
      return TRUE;
    }
}

static void
set_integer (BillingRecord *record,
             const char    *property,
             gint64         value)
{
  const BillingField *field = billing_record_class_find (BILLING_RECORD_GET_CLASS (record), property);

  if (field->type == G_TYPE_STRING)
    {
      g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, value);

      billing_record_set_text (record, field, digits);
    }
  else
    billing_record_set_integer (record, field, value);
}

static gboolean
apply_amount (const BillingOption  *option,
              const char           *value,
              BillingRecord        *record,
              const char           *currency,
              GError              **error)
{
  BillingMoney money;

  if (!billing_money_parse_plain (value, currency, FALSE, &money, error))
    return FALSE;

  set_integer (record, option->property, money.minor);
  /* An amount that was not said is not one of 0. */
  if (billing_record_class_find (BILLING_RECORD_GET_CLASS (record), "has-amount") != NULL)
    set_integer (record, "has-amount", TRUE);

  return TRUE;
}

static void
apply_sort (const BillingOption *option,
            const char          *value,
            BillingRecord       *record)
{
  gboolean descending = *value == '-';
  const BillingField *field = billing_record_class_find (BILLING_RECORD_GET_CLASS (record), option->property);

  billing_record_set_text (record, field, value + (descending ? 1 : 0));
  set_integer (record, "descending", descending);
}

static void
apply_text (const BillingOption *option,
            const char          *value,
            BillingRecord       *record)
{
  const BillingField *field = billing_record_class_find (BILLING_RECORD_GET_CLASS (record), option->property);

  if (field->get_enum != NULL)
    billing_record_set_nick (record, field, value);
  else
    billing_record_set_text (record, field, value);
}

/**
 * billing_option_apply:
 * @option: an option with a property
 * @value: what was said with it, checked
 * @record: an act or a query that has the property
 * @currency: of the practice
 * @error: return location for an error
 *
 * Fills in what was said.
 *
 * Returns: %FALSE with @error set
 */
gboolean
billing_option_apply (const BillingOption  *option,
                      const char           *value,
                      BillingRecord        *record,
                      const char           *currency,
                      GError              **error)
{
  switch (option->type)
    {
    case BILLING_OPTION_AMOUNT:
      return apply_amount (option, value, record, currency, error);
    case BILLING_OPTION_FLAG:
      set_integer (record, option->property, TRUE);
      return TRUE;
    case BILLING_OPTION_COUNT:
      set_integer (record, option->property, g_ascii_strtoll (value, NULL, 10));
      return TRUE;
    case BILLING_OPTION_SORT:
      apply_sort (option, value, record);
      return TRUE;
    case BILLING_OPTION_DAY_OR_ID:
      if (!check_day (option, value, error))
        return FALSE;
      apply_text (option, value, record);
      return TRUE;
    case BILLING_OPTION_WORD_OR_TAX:
      if (!check_word (option, value, error))
        return FALSE;
      apply_text (option, value, record);
      return TRUE;
    case BILLING_OPTION_TEXT:
    case BILLING_OPTION_TEXTS:
    case BILLING_OPTION_FILE:
    case BILLING_OPTION_DAY:
    case BILLING_OPTION_WORD:
    default:
      apply_text (option, value, record);
      return TRUE;
    }
}
