/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-letterhead"

#include "config.h"

#include "billing-letterhead.h"

#include <glib/gi18n-lib.h>

#include "billing-day.h"
#include "billing-desk-private.h"
#include "billing-documents.h"
#include "billing-money.h"
#include "billing-status.h"
#include "billing-table.h"
#include "billing-text.h"

/* What invoices, statements and receipts have in common: the practice's head, and the patient's language. */

/* The last logo that was read: many letters have the same one. */
static GMutex logo_mutex;
static BillingPicture *last_logo; /* (owned) (nullable) */
static char *last_name; /* (owned) (nullable) */

static BillingPicture *
find_logo (const char *sha256)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&logo_mutex);

  return g_strcmp0 (last_name, sha256) == 0 ? g_object_ref (last_logo) : NULL;
}

static void
keep_logo (const char     *sha256,
           BillingPicture *logo)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&logo_mutex);

  g_set_object (&last_logo, logo);
  g_free (last_name);
  last_name = g_strdup (sha256);
}

/**
 * billing_letterhead_load_logo:
 * @desk: a session
 * @sha256: (nullable): a content hash
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the picture
 */
BillingPicture *
billing_letterhead_load_logo (BillingDesk  *desk,
                              const char   *sha256,
                              GError      **error)
{
  BillingPicture *logo = sha256 != NULL ? find_logo (sha256) : NULL;
  g_autoptr (BillingDocument) document = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (logo != NULL || sha256 == NULL)
    return logo;

  document = billing_document_new ();
  document->sha256 = g_strdup (sha256);
  document->name = g_strdup (_("Logo"));
  path = billing_documents_build_path (desk, document);
  file = billing_documents_check (desk, document, error) ? g_mapped_file_new (path, FALSE, error) : NULL;
  if (file == NULL)
    return NULL;

  bytes = g_mapped_file_get_bytes (file);
  logo = billing_picture_read (bytes, error);
  if (logo != NULL)
    keep_logo (sha256, logo);
  return logo;
}

/* The patient's language where the program speaks it; otherwise the practice's, and the program's own. */
static void
set_language (BillingLetterhead *self,
              const char        *language)
{
  const char *place = self->practice->locale;

  if (language != NULL)
    self->words = billing_catalogue_open (language);
  if (self->words != NULL)
    self->locale = billing_language_get_locale (language, place);
  else if (place != NULL)
    {
      self->words = billing_catalogue_open (place);
      self->locale = g_strdup (place);
    }
}

/**
 * billing_letterhead_new:
 * @desk: a session
 * @patient: (nullable): for whom the letters are
 *
 * A logo that is gone from the disk or damaged is left out, and said in the log: letters are given out without it.
 *
 * Returns: (transfer full): the head of letters to them
 */
BillingLetterhead *
billing_letterhead_new (BillingDesk    *desk,
                        BillingPatient *patient)
{
  BillingLetterhead *self = g_new0 (BillingLetterhead, 1);
  g_autoptr (GError) error = NULL;

  self->practice = g_object_ref (billing_desk_get_practice (desk));
  self->now = billing_desk_get_now (desk);
  self->today = billing_desk_get_today (desk);
  set_language (self, patient != NULL ? patient->language : NULL);
  self->logo = billing_letterhead_load_logo (desk, self->practice->logo, &error);
  if (error != NULL)
    g_info ("The logo is left out: %s", error->message);
  return self;
}

void
billing_letterhead_free (BillingLetterhead *self)
{
  g_clear_object (&self->practice);
  g_clear_pointer (&self->words, billing_catalogue_unref);
  g_clear_object (&self->logo);
  g_free (self->locale);
  g_free (self->today);
  g_free (self);
}

static void
append_part (GString    *text,
             const char *separator,
             const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? separator : "", part);
}

/* The postal code stands before the city where it is all digits and there is no region, as in most of Europe. */
static char *
format_town (const char *city,
             const char *region,
             const char *postal_code)
{
  g_autoptr (GString) town = g_string_new (NULL);
  gboolean is_code_first = region == NULL;

  append_part (town, " ", is_code_first ? postal_code : NULL);
  append_part (town, " ", city);
  append_part (town, ", ", region);
  append_part (town, " ", is_code_first ? NULL : postal_code);
  return g_string_free (g_steal_pointer (&town), FALSE);
}

static void
set_head (BillingLetter   *letter,
          BillingPractice *practice)
{
  g_autoptr (GString) address = g_string_new (NULL);
  g_autoptr (GString) contact = g_string_new (NULL);
  g_autofree char *town = format_town (practice->city, practice->region, practice->postal_code);

  append_part (contact, " · ", practice->phone);
  append_part (contact, " · ", practice->email);
  append_part (address, "\n", practice->address_line);
  append_part (address, "\n", town);
  append_part (address, "\n", practice->country);
  append_part (address, "\n", contact->str);
  billing_letter_set_head (letter, practice->name, address->len > 0 ? address->str : NULL);
}

/**
 * billing_letterhead_begin:
 * @self: the head
 * @title: what it is: “Receipt”
 * @subject: what its file is said to be about
 *
 * Returns: (transfer full): a letter with the practice’s head
 */
BillingLetter *
billing_letterhead_begin (BillingLetterhead *self,
                          const char        *title,
                          const char        *subject)
{
  BillingLetter *letter = billing_letter_new (title);

  billing_letter_set_written (letter, self->now, subject);
  billing_letter_set_words (letter, self->words);
  billing_letter_set_logo (letter, self->logo);
  set_head (letter, self->practice);
  return letter;
}

/**
 * billing_letterhead_set_recipient:
 * @self: the head
 * @letter: a letter
 * @patient: for whom it is
 *
 * Writes their name and address where the window of an envelope shows it. The country is left out at home, and where the
 * practice does not say where that is.
 */
void
billing_letterhead_set_recipient (BillingLetterhead *self,
                                  BillingLetter     *letter,
                                  BillingPatient    *patient)
{
  g_autoptr (GString) text = g_string_new (patient->name);
  g_autofree char *town = format_town (patient->city, patient->region, patient->postal_code);

  append_part (text, "\n", patient->address_line);
  append_part (text, "\n", town);
  if (self->practice->country != NULL && g_strcmp0 (patient->country, self->practice->country) != 0)
    append_part (text, "\n", patient->country);
  billing_letter_set_recipient (letter, text->str);
}

/**
 * billing_letterhead_say:
 * @self: the head
 * @text: a text of the program, marked by N_()
 *
 * Returns: (transfer none): the text in the letter’s language
 */
const char *
billing_letterhead_say (BillingLetterhead *self,
                        const char        *text)
{
  return billing_catalogue_get (self->words, text);
}

char *
billing_letterhead_format_money (BillingLetterhead *self,
                                 gint64             amount,
                                 const char        *currency)
{
  return billing_money_format (billing_money_new (amount, currency), self->locale);
}

/* What was imported as a day may be none; it is shown as it came. */
char *
billing_letterhead_format_day (BillingLetterhead *self,
                               const char        *day)
{
  return day != NULL && billing_day_is_valid (day) ? billing_day_format (day, self->locale) : g_strdup (day != NULL ? day : "");
}

char *
billing_letterhead_format_instant (BillingLetterhead *self,
                                   gint64             instant)
{
  g_autofree char *day = billing_day_from_instant (instant, self->practice->time_zone);

  return billing_letterhead_format_day (self, day);
}

/**
 * billing_letterhead_format_tender:
 * @self: the head
 * @tender: how money came in, or went back
 * @reference: (nullable): its number
 * @charge: (nullable): Stripe’s, of that money
 *
 * Returns: (transfer full): how it was paid: “Card ending in 4242”, “Cheque, no. 1001”. Stripe’s ids say nothing to a patient
 */
char *
billing_letterhead_format_tender (BillingLetterhead *self,
                                  BillingTender      tender,
                                  const char        *reference,
                                  BillingCharge     *charge)
{
  const char *text = billing_tender_get_text (tender);
  const char *label = *text != '\0' ? billing_catalogue_get (self->words, text) : "";

  if (tender == BILLING_TENDER_STRIPE && charge != NULL && charge->last4 != NULL)
    return g_strdup_printf (g_strcmp0 (charge->method, "card") == 0 ? billing_letterhead_say (self, N_("Card ending in %s"))
                                                                    : billing_letterhead_say (self, N_("Bank account ending in %s")),
                            charge->last4);
  if (tender == BILLING_TENDER_STRIPE || reference == NULL || *reference == '\0')
    return g_strdup (label);

  /* Translators: a tender and the number of it: “Cheque, no. 1001” */
  return g_strdup_printf (billing_letterhead_say (self, N_("%s, no. %s")), label, reference);
}

/**
 * billing_letterhead_add_link:
 * @self: the head
 * @letter: a letter
 * @link: (nullable): a page that is open
 *
 * Says where and until when something can be paid, for people and for cameras.
 */
void
billing_letterhead_add_link (BillingLetterhead *self,
                             BillingLetter     *letter,
                             BillingLink       *link)
{
  g_autofree char *until = link != NULL ? billing_letterhead_format_day (self, link->expires_on) : NULL;
  g_autofree char *text = NULL;

  if (link == NULL || link->url == NULL)
    return;

  /* Translators: the last day and the address of a payment link */
  text = g_strdup_printf (billing_letterhead_say (self, N_("Until %s you can pay online: %s")), until, link->url);
  billing_letter_add (letter, BILLING_LETTER_CODE, text, link->url);
}

/**
 * billing_letterhead_read_charge:
 * @connection: inside a transaction
 * @payment: a payment
 *
 * The mirror may lack the charge, or be gone: a letter then says less.
 *
 * Returns: (transfer full) (nullable): Stripe’s charge, by which it was paid
 */
BillingCharge *
billing_letterhead_read_charge (BillingConnection *connection,
                                BillingPayment    *payment)
{
  if (payment->tender != BILLING_TENDER_STRIPE || payment->reference == NULL)
    return NULL;

  return (BillingCharge *) billing_table_get (connection, BILLING_TYPE_CHARGE, payment->reference, NULL);
}

/**
 * billing_letterhead_read_link:
 * @connection: inside a transaction
 * @payment: a payment
 * @link: (out) (transfer full) (nullable): where it can be paid now
 * @error: return location for a #BillingStoreError
 *
 * Returns: whether it could be read
 */
gboolean
billing_letterhead_read_link (BillingConnection  *connection,
                              BillingPayment     *payment,
                              BillingLink       **link,
                              GError            **error)
{
  g_autoptr (GPtrArray) links = billing_table_select (connection, BILLING_TYPE_LINK, "payment_id",
                                                      billing_record_get_id (BILLING_RECORD (payment)), error);

  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      if (BILLING_LINK (links->pdata[i])->state == BILLING_LINK_STATE_OPEN)
        g_set_object (link, links->pdata[i]);
    }

  return links != NULL;
}
