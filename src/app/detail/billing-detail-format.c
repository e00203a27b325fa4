/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-detail-format"

#include "config.h"

#include "billing-detail-format.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdarg.h>

#include "billing-day.h"
#include "billing-filing.h"
#include "billing-format.h"
#include "billing-history.h"
#include "billing-import-report.h"
#include "billing-outbox-format.h"
#include "billing-patient.h"
#include "billing-status.h"
#include "billing-text.h"
#include "billing-timeline-format.h"
#include "billing-treatment.h"
#include "billing-verb.h"

/**
 * billing_detail_join:
 * @first: (transfer full): a part of a line; freed, as the next ones
 * @...: (transfer full): the next ones; %NULL ends the list
 *
 * Returns: (transfer full): what is there, with middle dots between; empty parts are left out
 */
char *
billing_detail_join (char *first,
                     ...)
{
  g_autoptr (GString) text = g_string_new (NULL);
  va_list args;

  va_start (args, first);
  for (char *part = first; part != NULL; part = va_arg (args, char *))
    {
      if (*part != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
      g_free (part);
    }
  va_end (args);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A part of a line, empty where it is not there. */
char *
billing_detail_dup_text (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

static char *
format_code_title (BillingTreatmentCode *code)
{
  if (code->display == NULL || *code->display == '\0')
    return g_strdup (code->code);

  return g_strdup_printf ("%s  %s", code->code, code->display);
}

static char *
format_units (gint64 units)
{
  if (units <= 1)
    return g_strdup ("");

  return g_strdup_printf (g_dngettext (NULL, "%" PRId64 " unit",
                                       "%" PRId64 " units", (gulong) units), units);
}

/**
 * billing_detail_format_title:
 * @record: (nullable): what a row shows: an event, note, document, code, patient, part of an import
 *
 * Returns: (transfer full): its first line
 */
char *
billing_detail_format_title (gpointer       ignored,
                             BillingRecord *record)
{
  if (BILLING_IS_EVENT (record))
    return billing_timeline_format_title (BILLING_EVENT (record));
  if (BILLING_IS_NOTE (record))
    return g_strdup (BILLING_NOTE (record)->text);
  if (BILLING_IS_DOCUMENT (record))
    return g_strdup (BILLING_DOCUMENT (record)->name);
  if (BILLING_IS_TREATMENT_CODE (record))
    return format_code_title (BILLING_TREATMENT_CODE (record));
  if (BILLING_IS_PATIENT (record))
    return g_strdup (BILLING_PATIENT (record)->name);
  if (BILLING_IS_IMPORT_COUNT (record))
    return g_strdup (BILLING_IMPORT_COUNT (record)->label);
  if (BILLING_IS_IMPORT_FILE (record))
    return g_strdup (BILLING_IMPORT_FILE (record)->name);
  if (BILLING_IS_IMPORT_PROBLEM (record))
    return g_strdup (BILLING_IMPORT_PROBLEM (record)->text);

  return g_strdup ("");
}

/* What a note said before it was changed was not made then, but ended. */
static char *
describe_note (BillingNote *note,
               const char  *time_zone)
{
  g_autofree char *edited = billing_format_instant (NULL, note->edited_at, time_zone);
  g_autofree char *told = g_strdup_printf (note->created_at != 0 ? _("edited %s") : _("until %s"), edited);

  return billing_detail_join (billing_detail_dup_text (note->person_name != NULL ? note->person_name : note->person),
                              note->created_at != 0 ? billing_format_instant (NULL, note->created_at, time_zone) : g_strdup (""),
                              note->edited_at != 0 ? g_steal_pointer (&told) : g_strdup (""), NULL);
}

static char *
describe_document (BillingDocument *document,
                   const char      *time_zone)
{
  return billing_detail_join (g_format_size ((guint64) document->size),
                     billing_format_instant (NULL, document->created_at, time_zone),
                     billing_detail_dup_text (document->person_name != NULL ? document->person_name : document->person), NULL);
}

static char *
describe_code (BillingTreatmentCode *code)
{
  return billing_detail_join (billing_detail_dup_text (code->system), format_units (code->units), NULL);
}

static char *
describe_patient (BillingPatient *patient)
{
  return billing_detail_join (billing_detail_dup_text (patient->number), billing_format_day (NULL, patient->birth_date), NULL);
}

/* “3 new”: a number of entries and what becomes of them; nothing for none. */
static char *
format_count (gint64      n,
              const char *format)
{
  g_autofree char *number = NULL;
  g_auto (GStrv) parts = NULL;

  if (n == 0)
    return g_strdup ("");

  number = g_strdup_printf ("%" G_GINT64_FORMAT, n);
  parts = g_strsplit (format, "%s", 2);
  return g_strjoinv (number, parts);
}

static char *
describe_import_count (BillingImportCount *count)
{
  return billing_detail_join (format_count (count->added, _("%s new")),
                     format_count (count->changed, _("%s changed")),
                     format_count (count->same, _("%s the same")),
                     format_count (count->waiting, _("%s waiting for what they refer to")),
                     format_count (count->refused, _("%s cannot come in")),
                     format_count (count->unused, _("%s not needed")), NULL);
}

static char *
describe_import_file (BillingImportFile *file)
{
  return billing_detail_join (g_ascii_strup (file->format != NULL ? file->format : "", -1),
                     billing_detail_dup_text (file->encoding), g_format_size ((guint64) file->size),
                     format_count (file->entries, g_dngettext (NULL, "%s entry", "%s entries", (gulong) file->entries)), NULL);
}

static char *
describe_import_problem (BillingImportProblem *problem)
{
  if (problem->what != NULL)
    return billing_detail_join (billing_detail_dup_text (problem->file), billing_detail_dup_text (problem->what), NULL);

  /* Translators: the number of an entry in a file */
  return billing_detail_join (billing_detail_dup_text (problem->file), format_count (problem->entry, _("entry %s")), NULL);
}

/**
 * billing_detail_format_subtitle:
 * @record: (nullable): what a row shows
 * @time_zone: (nullable): the practice's
 *
 * Returns: (transfer full): its second line: when, who, and what else is known
 */
char *
billing_detail_format_subtitle (gpointer       ignored,
                                BillingRecord *record,
                                const char    *time_zone)
{
  if (BILLING_IS_EVENT (record))
    return billing_timeline_format_subtitle (BILLING_EVENT (record), time_zone);
  if (BILLING_IS_NOTE (record))
    return describe_note (BILLING_NOTE (record), time_zone);
  if (BILLING_IS_DOCUMENT (record))
    return describe_document (BILLING_DOCUMENT (record), time_zone);
  if (BILLING_IS_TREATMENT_CODE (record))
    return describe_code (BILLING_TREATMENT_CODE (record));
  if (BILLING_IS_PATIENT (record))
    return describe_patient (BILLING_PATIENT (record));
  if (BILLING_IS_IMPORT_COUNT (record))
    return describe_import_count (BILLING_IMPORT_COUNT (record));
  if (BILLING_IS_IMPORT_FILE (record))
    return describe_import_file (BILLING_IMPORT_FILE (record));
  if (BILLING_IS_IMPORT_PROBLEM (record))
    return describe_import_problem (BILLING_IMPORT_PROBLEM (record));

  return g_strdup ("");
}

/**
 * billing_detail_format_birth:
 * @birth_date: (nullable): day, or a month or year
 * @time_zone: (nullable): the practice's, in which today is
 *
 * Returns: (transfer full): the birth date and, where the day is known, the age in years
 */
char *
billing_detail_format_birth (gpointer    ignored,
                             const char *birth_date,
                             const char *time_zone)
{
  g_autofree char *born = billing_format_day (NULL, birth_date);
  g_autofree char *today = NULL;
  int years;

  if (birth_date == NULL || !billing_day_is_valid (birth_date))
    return g_steal_pointer (&born);

  today = billing_day_today (time_zone);
  if (g_strcmp0 (birth_date, today) > 0)
    return g_steal_pointer (&born);

  years = (int) (g_ascii_strtoll (today, NULL, 10) - g_ascii_strtoll (birth_date, NULL, 10));
  /* Days are ISO text: before the birthday the rest of today sorts before that of the birth date. */
  if (g_strcmp0 (today + 4, birth_date + 4) < 0)
    years--;

  /* Translators: a birth date and the age: “14 Mar 1980 (46)” */
  return g_strdup_printf (_("%s (%d)"), born, years);
}

/**
 * billing_detail_format_gender:
 * @gender: (nullable): FHIR administrative-gender, or what was written
 *
 * Returns: (transfer full): the word for people
 */
char *
billing_detail_format_gender (gpointer    ignored,
                              const char *gender)
{
  if (g_strcmp0 (gender, "female") == 0)
    return g_strdup (_("Female"));
  if (g_strcmp0 (gender, "male") == 0)
    return g_strdup (_("Male"));
  if (g_strcmp0 (gender, "other") == 0)
    return g_strdup (C_("gender", "Other"));
  if (g_strcmp0 (gender, "unknown") == 0)
    return g_strdup ("");

  return billing_detail_dup_text (gender);
}

/**
 * billing_detail_format_language:
 * @language: (nullable): a BCP 47 tag, or what was written
 *
 * Returns: (transfer full): its name
 */
char *
billing_detail_format_language (gpointer    ignored,
                                const char *language)
{
  return billing_language_format (language, NULL);
}

/**
 * billing_detail_format_address:
 *
 * Returns: (transfer full): an address in lines, without what is not known
 */
char *
billing_detail_format_address (gpointer    ignored,
                               const char *line,
                               const char *postal_code,
                               const char *city,
                               const char *region,
                               const char *country)
{
  g_autoptr (GString) text = g_string_new (line);
  const char *parts[] = { city, region, postal_code, country };
  gboolean begun = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] == NULL || *parts[i] == '\0')
        continue;

      if (text->len > 0)
        g_string_append (text, begun ? ", " : "\n");
      g_string_append (text, parts[i]);
      begun = TRUE;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * billing_detail_format_due:
 * @status: of a payment
 * @due_on: (nullable): day
 * @time_zone: (nullable): the practice's, in which today is
 *
 * Returns: (transfer full): the day and, where it is late, the word that says so
 */
char *
billing_detail_format_due (gpointer       ignored,
                           BillingStatus  status,
                           const char    *due_on,
                           const char    *time_zone)
{
  g_autofree char *day = billing_format_day (NULL, due_on);
  g_autofree char *today = billing_day_today (time_zone);

  if (!billing_format_is_overdue (NULL, status, due_on, today))
    return g_steal_pointer (&day);

  return billing_detail_join (g_steal_pointer (&day), g_strdup (_("Overdue")), NULL);
}

/**
 * billing_detail_format_tender:
 * @tender: how money came in
 * @reference: (nullable): the number of the cheque, the slip, …
 *
 * Returns: (transfer full): both
 */
char *
billing_detail_format_tender (gpointer       ignored,
                              BillingTender  tender,
                              const char    *reference)
{
  return billing_detail_join (billing_format_tender (NULL, tender), billing_detail_dup_text (reference), NULL);
}

/**
 * billing_detail_format_sum:
 * @amount: minor units
 * @currency: (nullable): ISO 4217
 *
 * Returns: (transfer full): the amount, empty for none: what was refunded, a credit
 */
char *
billing_detail_format_sum (gpointer    ignored,
                           gint64      amount,
                           const char *currency)
{
  return amount != 0 ? billing_format_money (NULL, amount, currency) : g_strdup ("");
}

/**
 * billing_detail_format_lock:
 * @status: of a payment
 *
 * Returns: (transfer full): why it cannot be edited, empty where it can
 */
char *
billing_detail_format_lock (gpointer      ignored,
                            BillingStatus status)
{
  if (billing_verb_is_legal (BILLING_VERB_PAYMENT_EDIT, status))
    return g_strdup ("");

  switch (status)
    {
    case BILLING_STATUS_PAID:
      return g_strdup (_("Paid payments cannot be edited. Notes and documents can still be added."));
    case BILLING_STATUS_PARTIALLY_REFUNDED:
    case BILLING_STATUS_REFUNDED:
      return g_strdup (_("Refunded payments cannot be edited. "
                         "Notes and documents can still be added."));
    case BILLING_STATUS_VOIDED:
      return g_strdup (_("Voided payments cannot be edited. "
                         "Notes and documents can still be added."));
    case BILLING_STATUS_CANCELLED:
      return g_strdup (_("Cancelled payments cannot be edited. "
                         "Notes and documents can still be added."));
    case BILLING_STATUS_DRAFT:
    case BILLING_STATUS_PENDING:
    case BILLING_STATUS_PROCESSING:
    case BILLING_STATUS_FAILED:
    default:
      return g_strdup (_("This payment cannot be edited while it is being processed."));
    }
}

/**
 * billing_detail_format_dispute:
 * @dispute: (nullable): how the newest dispute of a payment stands, in Stripe's word
 *
 * Returns: (transfer full): the word of its badge; empty where there is none, or it was won
 */
char *
billing_detail_format_dispute (gpointer    ignored,
                               const char *dispute)
{
  static const char * const over[] = { "won", "warning_closed", "prevented", NULL };

  if (dispute == NULL || *dispute == '\0' || g_strv_contains (over, dispute))
    return g_strdup ("");
  if (g_str_equal (dispute, "lost"))
    return g_strdup (_("Dispute lost"));
  /* The payer's bank asks; no money has moved. */
  if (g_str_has_prefix (dispute, "warning_"))
    return g_strdup (_("Inquiry"));

  return g_strdup (_("Disputed"));
}

/**
 * billing_detail_format_intent:
 * @intent: what Stripe was asked to do with a payment
 * @time_zone: (nullable): the practice's
 *
 * Returns: (transfer full): how that stands, in a line
 */
char *
billing_detail_format_intent (BillingIntent *intent,
                              const char    *time_zone)
{
  g_autofree char *what = billing_outbox_format_title (intent);
  g_autofree char *since = billing_format_instant (NULL, intent->created_at, time_zone);

  switch (intent->state)
    {
    case BILLING_OUTBOX_STATE_QUEUED:
      /* Translators: what Stripe is asked to do (“Refund · $80.00”), and since when it waits */
      return g_strdup_printf (intent->first_sent_at == 0 ? _("%s waits for the network (since %s)")
                                                         : _("%s waits for Stripe’s answer (since %s)"), what, since);
    case BILLING_OUTBOX_STATE_SENDING:
      return g_strdup_printf (_("%s is being sent to Stripe"), what);
    case BILLING_OUTBOX_STATE_UNKNOWN:
      return g_strdup_printf (_("%s: answer unknown"), what);
    case BILLING_OUTBOX_STATE_FAILED:
      return g_strdup_printf (_("%s was refused"), what);
    case BILLING_OUTBOX_STATE_DONE:
    case BILLING_OUTBOX_STATE_WITHDRAWN:
    default:
      return g_steal_pointer (&what);
    }
}

/**
 * billing_detail_format_outcome:
 * @number: of a payment
 * @owed: what it asks for
 * @amount: what came in for it
 * @currency: of both
 *
 * Returns: (transfer full): what becomes of the payment, in a sentence
 */
char *
billing_detail_format_outcome (const char *number,
                               gint64      owed,
                               gint64      amount,
                               const char *currency)
{
  g_autofree char *taken = billing_format_money (NULL, amount, currency);
  g_autofree char *rest = billing_format_money (NULL, ABS (owed - amount), currency);

  if (amount < owed)
    /* Translators: a number of a payment, the amount collected, the amount that is left */
    return g_strdup_printf (_("Splits: %s becomes %s Paid, a new payment keeps %s Pending."), number, taken, rest);
  if (amount > owed)
    /* Translators: a number of a payment, and what was paid beyond it */
    return g_strdup_printf (_("%s becomes Paid; the rest, %s, becomes credit."), number, rest);

  return g_strdup_printf (_("%s becomes Paid."), number);
}

gboolean
billing_detail_format_is_there (gpointer  ignored,
                                GObject  *object)
{
  return object != NULL;
}

gboolean
billing_detail_format_has_items (gpointer ignored,
                                 guint    n_items)
{
  return n_items > 0;
}
