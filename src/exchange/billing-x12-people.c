/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-x12-people"

#include "config.h"

#include <string.h>

#include "billing-day.h"
#include "billing-text.h"
#include "billing-x12-private.h"

/*
 * Subscribers and dependents, and how one is found among the patients: by member id, birth date and given name; else by
 * birth date and name. A dependent has the subscriber's member id, and twins have one birth date, hence the name in all of them.
 */

static void
take (char **place,
      char  *text)
{
  if (text == NULL)
    return;

  g_free (*place);
  *place = text;
}

/* NM1 of loops 2100C and 2100D. */
void
billing_x12_person_read_name (BillingX12Person        *self,
                              const BillingX12Segment *segment)
{
  take (&self->family, billing_x12_segment_dup (segment, 3));
  take (&self->given, billing_x12_segment_dup (segment, 4));
  take (&self->middle, billing_x12_segment_dup (segment, 5));
  take (&self->member_id, billing_x12_segment_dup (segment, 9));
}

void
billing_x12_person_read_street (BillingX12Person        *self,
                                const BillingX12Segment *segment)
{
  g_autofree char *first = billing_x12_segment_dup (segment, 1);
  g_autofree char *second = billing_x12_segment_dup (segment, 2);

  if (first != NULL && second != NULL)
    take (&self->address_line, g_strdup_printf ("%s, %s", first, second));
  else
    take (&self->address_line, g_strdup (first != NULL ? first : second));
}

void
billing_x12_person_read_city (BillingX12Person        *self,
                              const BillingX12Segment *segment)
{
  take (&self->city, billing_x12_segment_dup (segment, 1));
  take (&self->region, billing_x12_segment_dup (segment, 2));
  take (&self->postal_code, billing_x12_segment_dup (segment, 3));
  take (&self->country, billing_x12_segment_dup (segment, 4));
}

/* DMG: birth date and gender. */
void
billing_x12_person_read_facts (BillingX12Person        *self,
                               const BillingX12Segment *segment)
{
  const char *gender = billing_x12_segment_get (segment, 3);

  take (&self->birth_date, billing_x12_read_day (billing_x12_segment_get (segment, 2)));
  if (g_str_equal (gender, "F"))
    take (&self->gender, g_strdup ("female"));
  else if (g_str_equal (gender, "M"))
    take (&self->gender, g_strdup ("male"));
}

void
billing_x12_person_clear (BillingX12Person *self)
{
  char **texts[] = { &self->family, &self->given, &self->middle, &self->member_id, &self->address_line, &self->city,
                     &self->region, &self->postal_code, &self->country, &self->birth_date, &self->gender };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
}

/**
 * billing_x12_person_get_name:
 * @self: a person
 * @whole: with the middle name
 *
 * Returns: (transfer full) (nullable): the name as lists show it
 */
char *
billing_x12_person_get_name (const BillingX12Person *self,
                             gboolean                whole)
{
  g_autoptr (GString) name = g_string_new (self->given);

  if (whole && self->middle != NULL)
    g_string_append_printf (name, " %s", self->middle);
  if (self->family != NULL)
    g_string_append_printf (name, " %s", self->family);

  g_strstrip (name->str);
  return *name->str != '\0' ? g_strdup (name->str) : NULL;
}

/* Whether it is said who it is, well enough to be told from anybody else. */
gboolean
billing_x12_person_is_known (const BillingX12Person *self)
{
  return self->family != NULL && (self->birth_date != NULL || self->member_id != NULL);
}

static char *
fold_for_key (const char *text)
{
  return g_strdelimit (billing_text_fold (text != NULL ? text : ""), "|", ' ');
}

/* All that is said of who it is: what the item of a person is known by in its own file, and when the file comes again. */
char *
billing_x12_person_make_key (const BillingX12Person *self)
{
  g_autofree char *name = billing_x12_person_get_name (self, TRUE);
  g_autofree char *folded = fold_for_key (name);

  return g_strdup_printf ("patients#x12:%s|%s|%s", self->birth_date != NULL ? self->birth_date : "",
                          self->member_id != NULL ? self->member_id : "", folded);
}

/* By these the books are searched: billing-import-compare.c */
static char *
make_member_key (const BillingX12Person *self)
{
  g_autofree char *given = fold_for_key (self->given);
  g_autofree char *name = billing_x12_person_get_name (self, TRUE);
  g_autofree char *folded = fold_for_key (name);

  if (self->member_id == NULL)
    return NULL;
  if (self->birth_date == NULL)
    return g_strdup_printf ("patients#insured:%s|%s", folded, self->member_id);
  if (*given == '\0')
    return NULL;

  *strchrnul (given, ' ') = '\0';
  return g_strdup_printf ("patients#member:%s|%s|%s", self->birth_date, given, self->member_id);
}

static char *
make_name_key (const BillingX12Person *self,
               gboolean                whole)
{
  g_autofree char *name = billing_x12_person_get_name (self, whole);

  return billing_import_make_name_key (name, self->birth_date);
}

static void
add_key (BillingImportItem     *item,
         BillingImportStrength  strength,
         char                  *key)
{
  if (key != NULL)
    billing_import_item_add_key (item, strength, key);
}

static BillingRecord *
make_patient (const BillingX12Person *self)
{
  BillingPatient *patient = billing_patient_new ();

  patient->name = billing_x12_person_get_name (self, TRUE);
  patient->given_name = self->given != NULL && self->middle != NULL
    ? g_strdup_printf ("%s %s", self->given, self->middle) : g_strdup (self->given);
  patient->family_name = g_strdup (self->family);
  patient->birth_date = g_strdup (self->birth_date);
  patient->gender = g_strdup (self->gender);
  patient->address_line = g_strdup (self->address_line);
  patient->city = g_strdup (self->city);
  patient->region = g_strdup (self->region);
  patient->postal_code = g_strdup (self->postal_code);
  patient->country = g_strdup (self->country);

  return BILLING_RECORD (patient);
}

/**
 * billing_x12_person_make_item:
 * @self: a person who is known
 * @what: where it stands in its file, for people
 *
 * Returns: (transfer full): the patient
 */
BillingImportItem *
billing_x12_person_make_item (const BillingX12Person *self,
                              const char             *what)
{
  BillingImportItem *item = billing_import_item_new ("x12-patients", what);

  item->partial = TRUE;
  item->record = make_patient (self);
  add_key (item, BILLING_IMPORT_STRENGTH_URN, billing_x12_person_make_key (self));
  add_key (item, BILLING_IMPORT_STRENGTH_URN, make_member_key (self));
  add_key (item, BILLING_IMPORT_STRENGTH_IDENTIFIER, make_name_key (self, TRUE));
  add_key (item, BILLING_IMPORT_STRENGTH_IDENTIFIER, make_name_key (self, FALSE));
  return item;
}

/**
 * billing_x12_person_refer:
 * @self: a person who is known
 * @item: what is about it
 *
 * Lets @item refer to the patient: to the one of the same file, and where that gave way to somebody
 * else's word on the same person, to whoever has the name.
 */
void
billing_x12_person_refer (const BillingX12Person *self,
                          BillingImportItem      *item)
{
  char *keys[] = { billing_x12_person_make_key (self), make_name_key (self, TRUE), make_name_key (self, FALSE),
                   make_member_key (self) };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      BillingImportReference reference = {
        .role = "patient_id", .rank = (int) i, .kind = "patients", .required = TRUE, .key = keys[i],
        .shown = billing_x12_person_get_name (self, TRUE),
      };

      if (keys[i] != NULL)
        billing_import_item_add_reference (item, reference);
      else
        g_free (reference.shown);
    }
}
