/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-fhir-remittance"

#include "config.h"

#include "billing-fhir-private.h"

#include <string.h>

#include "billing-remittance-item.h"

/*
 * An ExplanationOfBenefit as a remittance, where its items say what was decided: a line for each of them, about the service of its
 * encounter that has its code. What it says of treatments as a whole is read apart from this (billing-fhir-claim.c).
 */

/* Categories of adjudication, in the words of FHIR, of CARIN's Blue Button and of the CMS. */
static const char * const allowed[] = { "eligible", "allowed", "line_alowd_chrg_amt", NULL };
static const char * const paid[] = { "paidtoprovider", "line_prvdr_pmt_amt", NULL };
static const char * const benefit[] = { "benefit", NULL };
static const char * const discounts[] = { "discount", "contractual", NULL };
static const char * const prior[] = { "priorpayerpaid", NULL };
static const char * const liability[] = { "memberliability", NULL };
static const char * const noncovered[] = { "noncovered", NULL };
static const char * const shares[] = { "copay", "deductible", "coinsurance", "line_coinsrnc_amt", "line_bene_ptb_ddctbl_amt", NULL };

static gboolean
has_decision (BillingFhirReading *self,
              JsonObject         *item)
{
  const char * const *categories[] = { allowed, paid, benefit, discounts, liability, noncovered, shares };
  gint64 amount = 0;

  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    {
      if (billing_fhir_sum_category (self, item, "adjudication", categories[i], &amount))
        return TRUE;
    }

  return FALSE;
}

/* The code that carries the amount, as treatments have it. */
static char *
find_code (BillingFhirReading *self,
           JsonObject         *item)
{
  g_autoptr (BillingImportItem) scratch = billing_import_item_new ("", "");
  BillingImportPart *part = billing_import_item_add_part (scratch, BILLING_IMPORT_TIER_BENEFIT);

  billing_fhir_add_codes (self, part, billing_fhir_get_object (self, item, "productOrService"), 1, 1);
  for (guint i = 0; i < part->codes->len; i++)
    {
      BillingTreatmentCode *code = part->codes->pdata[i];

      if (code->amount != 0)
        return g_strdup (code->code);
    }

  return NULL;
}

static char *
find_day (BillingFhirReading *self,
          JsonObject         *item)
{
  char *day = billing_fhir_get_day (self, item, "servicedDate");

  return day != NULL ? day : billing_fhir_get_day (self, billing_fhir_get_object (self, item, "servicedPeriod"), "start");
}

/* Why, where it is coded: CARC by most. */
static char *
find_reasons (BillingFhirReading *self,
              JsonObject         *item)
{
  g_autoptr (GString) codes = g_string_new (NULL);
  guint n = billing_fhir_get_length (self, item, "adjudication");

  for (guint i = 0; i < n; i++)
    {
      JsonObject *line = billing_fhir_get_element (self, item, "adjudication", i);
      JsonObject *reason = billing_fhir_get_element (self, billing_fhir_get_object (self, line, "reason"), "coding", 0);
      const char *code = billing_fhir_get_text (self, reason, "code");

      if (code != NULL && strpbrk (code, " :\t\r\n") == NULL && strlen (code) <= 20 && codes->len < 1000)
        g_string_append_printf (codes, "%s%s", codes->len > 0 ? " " : "", code);
    }

  return codes->len > 0 ? g_strdup (codes->str) : NULL;
}

/* What nobody pays is said, or is what the insurer does not allow; the rest of the charge that is nobody's stays with the insurer. */
static void
read_amounts (BillingFhirReading    *self,
              JsonObject            *item,
              BillingRemittanceLine *line)
{
  gint64 refused = 0;
  gint64 given = 0;

  line->units = billing_fhir_get_units (self, item);
  line->charge = billing_fhir_get_charge (self, item, line->units);
  if (billing_fhir_sum_category (self, item, "adjudication", allowed, &given))
    line->allowed = given;
  if (!billing_fhir_sum_category (self, item, "adjudication", paid, &line->paid))
    billing_fhir_sum_category (self, item, "adjudication", benefit, &line->paid);
  billing_fhir_sum_category (self, item, "adjudication", prior, &line->prior);
  billing_fhir_sum_category (self, item, "adjudication", noncovered, &refused);
  if (!billing_fhir_sum_category (self, item, "adjudication", liability, &line->patient))
    {
      billing_fhir_sum_category (self, item, "adjudication", shares, &line->patient);
      line->patient += refused;
    }
  if (!billing_fhir_sum_category (self, item, "adjudication", discounts, &line->adjusted) && line->allowed >= 0)
    line->adjusted = MAX (line->charge - line->allowed - refused, 0);

  line->imbalance = line->charge - line->adjusted - line->patient - line->prior - line->paid;
}

/* The encounter of the item, else of the whole, else that of its claim. */
static void
refer_to_treatment (BillingFhirReading *self,
                    BillingImportItem  *line,
                    JsonObject         *item)
{
  BillingImportItem *whole = self->item;
  JsonObject *encounter = billing_fhir_get_element (self, item, "encounter", 0);

  self->item = line;
  if (encounter != NULL)
    billing_fhir_refer (self, encounter, &billing_fhir_encounter, 0, FALSE);
  self->item = whole;
  if (encounter != NULL)
    return;

  for (guint i = 0; i < whole->references->len; i++)
    {
      BillingImportReference reference = *(BillingImportReference *) whole->references->pdata[i];

      if (reference.ordinal != 0 || !g_str_equal (reference.role, "treatment_id"))
        continue;
      reference.required = FALSE;
      reference.key = g_strdup (reference.key);
      reference.shown = g_strdup (reference.shown);
      billing_import_item_add_reference (line, reference);
    }
}

static void
read_line (BillingFhirReading *self,
           BillingRemittance  *remittance,
           const char         *key,
           guint               i)
{
  JsonObject *item = billing_fhir_get_element (self, self->resource, "item", i);
  g_autofree char *place = g_strdup_printf ("%u", i + 1);
  g_autoptr (BillingRemittanceLine) line = NULL;
  BillingImportItem *out;

  if (!has_decision (self, item))
    return;

  line = billing_remittance_line_new ();
  line->place = i + 1;
  line->level = g_strdup ("service");
  line->claim = g_strdup (remittance->reference);
  line->code = find_code (self, item);
  line->day = find_day (self, item);
  line->codes = find_reasons (self, item);
  read_amounts (self, item, line);
  if (__builtin_add_overflow (remittance->claims, line->paid, &remittance->claims))
    remittance->claims = 0;

  out = billing_remittance_line_make_item (line, "eob-remittance-lines", self->item->what, key, place);
  refer_to_treatment (self, out, item);
  g_ptr_array_add (self->more, out);
}

/* The number that people know it by, else what its source calls it. */
static char *
find_reference (BillingFhirReading *self)
{
  JsonObject *identifier = billing_fhir_get_element (self, self->resource, "identifier", 0);
  const char *value = billing_fhir_get_text (self, identifier, "value");

  return g_strdup (value != NULL ? value : self->item->what);
}

static void
read_payment (BillingFhirReading *self,
              BillingRemittance  *remittance)
{
  JsonObject *payment = billing_fhir_get_object (self, self->resource, "payment");

  remittance->day = billing_fhir_get_day (self, payment, "date");
  if (remittance->day == NULL)
    remittance->day = billing_fhir_get_day (self, self->resource, "created");
  if (!billing_fhir_get_money (self, payment, "amount", &remittance->amount))
    remittance->amount = remittance->claims;

  remittance->imbalance = remittance->amount - remittance->claims;
}

static void
refer_to_payer (BillingFhirReading *self,
                BillingRemittance  *remittance,
                BillingImportItem  *item)
{
  JsonObject *insurer = billing_fhir_get_object (self, self->resource, "insurer");
  BillingImportItem *whole = self->item;

  remittance->payer = g_strdup (billing_fhir_get_text (self, insurer, "display"));
  self->item = item;
  billing_fhir_refer (self, insurer, &billing_fhir_payer, 0, FALSE);
  self->item = whole;
}

/**
 * billing_fhir_remittance_read:
 * @self: the reading of an ExplanationOfBenefit that counts
 *
 * Adds what its items decided to what is handed over besides it.
 */
void
billing_fhir_remittance_read (BillingFhirReading *self)
{
  guint n = billing_fhir_get_length (self, self->resource, "item");
  g_autoptr (BillingRemittance) remittance = billing_remittance_new ();
  BillingImportItem *item;
  const char *key;

  if (self->item->keys->len == 0)
    return;

  key = ((BillingImportKey *) self->item->keys->pdata[0])->key;
  self->more = g_ptr_array_new_with_free_func ((GDestroyNotify) billing_import_item_free);
  remittance->format = g_strdup ("eob");
  remittance->currency = g_strdup (self->practice->currency);
  remittance->reference = find_reference (self);
  for (guint i = 0; i < n; i++)
    read_line (self, remittance, key, i);
  if (self->more->len == 0)
    return;

  read_payment (self, remittance);
  item = billing_remittance_make_item (remittance, "eob-remittances", self->item->what, key);
  refer_to_payer (self, remittance, item);
  g_ptr_array_add (self->more, item);
}
