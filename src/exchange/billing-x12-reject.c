/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-x12-reject"

#include "config.h"

#include <string.h>

#include "billing-x12-private.h"

/* Why a payer did not answer (AAA03) and what it asks to do (AAA04). They are stored as the payer's words and so are never translated. */

typedef struct {
  const char *code;
  const char *words;
} Word;

static const Word reasons[] = {
  { "04", "More was asked for than is authorised" },
  { "15", "Required data is missing" },
  { "33", "The question has errors" },
  { "35", "Out of network" },
  { "41", "The practice has no authorisation to ask" },
  { "42", "The payer cannot answer at the moment" },
  { "43", "Provider identification is missing or invalid" },
  { "44", "Provider name is missing or invalid" },
  { "45", "Provider specialty is missing or invalid" },
  { "46", "Provider phone number is missing or invalid" },
  { "47", "Provider state is missing or invalid" },
  { "48", "Referring provider identification is missing or invalid" },
  { "49", "Provider is not the primary care physician" },
  { "50", "Provider is not eligible to ask" },
  { "51", "Provider is not on file" },
  { "52", "Service dates are not within the provider’s enrolment in the plan" },
  { "53", "The benefit asked about does not fit the type of provider" },
  { "54", "The qualifier of the product or service is inappropriate" },
  { "55", "The product or service is inappropriate" },
  { "56", "The date is inappropriate" },
  { "57", "Date of service is missing or invalid" },
  { "58", "Date of birth is missing or invalid" },
  { "60", "Date of birth follows the date of service" },
  { "61", "Date of death precedes the date of service" },
  { "62", "Date of service is not within the period that may be asked about" },
  { "63", "Date of service is in the future" },
  { "64", "Patient id is missing or invalid" },
  { "65", "Patient name is missing or invalid" },
  { "66", "Patient gender is missing or invalid" },
  { "67", "Patient not found" },
  { "68", "Patient id is not unique" },
  { "69", "Does not fit the patient’s age" },
  { "70", "Does not fit the patient’s gender" },
  { "71", "Patient birth date does not match the payer’s" },
  { "72", "Subscriber id is missing or invalid" },
  { "73", "Subscriber name is missing or invalid" },
  { "74", "Subscriber gender is missing or invalid" },
  { "75", "Subscriber not found" },
  { "76", "Subscriber id is not unique" },
  { "77", "Subscriber found, patient not found" },
  { "78", "Subscriber is not in the group or plan" },
  { "79", "Participant identification is invalid" },
  { "80", "No response was received" },
  { "97", "Provider address is missing or invalid" },
  { "98", "Experimental service or procedure" },
  { "AA", "Authorisation number not found" },
  { "AE", "Needs the authorisation of the primary care physician" },
  { "AF", "Diagnosis code is missing or invalid" },
  { "AG", "Procedure code is missing or invalid" },
  { "AO", "More information on the patient’s condition is needed" },
  { "CI", "Certification does not match the patient" },
  { "E8", "Needs medical review" },
  { "IA", "Authorisation number is invalid" },
  { "MA", "Authorisation number is missing" },
  { "T4", "Payer name or identifier is missing" },
};

static const Word follow_ups[] = {
  { "C", "please correct and ask again" },
  { "N", "do not ask again" },
  { "P", "please ask again" },
  { "R", "may be asked again" },
  { "S", "do not ask again, a third party was asked" },
  { "W", "please wait 30 days and ask again" },
  { "X", "please wait 10 days and ask again" },
  { "Y", "do not ask again, an answer follows" },
};

static const char *
find (const Word *words,
      guint       n,
      const char *code)
{
  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (words[i].code, code))
        return words[i].words;
    }

  return NULL;
}

/**
 * billing_x12_reject_read:
 * @segment: an AAA
 *
 * Returns: (transfer full): why the payer did not answer, with the code, and what it asks to do
 */
char *
billing_x12_reject_read (const BillingX12Segment *segment)
{
  const char *code = billing_x12_segment_get (segment, 3);
  const char *reason = find (reasons, G_N_ELEMENTS (reasons), code);
  const char *follow_up = find (follow_ups, G_N_ELEMENTS (follow_ups), billing_x12_segment_get (segment, 4));
  g_autoptr (GString) text = g_string_new (reason != NULL ? reason : "The payer refused to answer");

  if (*code != '\0' && strlen (code) <= 3)
    g_string_append_printf (text, " (%s)", code);
  if (follow_up != NULL)
    g_string_append_printf (text, ": %s", follow_up);

  return g_strdup (text->str);
}
