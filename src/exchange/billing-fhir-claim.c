/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-fhir-claim"

#include "config.h"

#include "billing-fhir-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Claim and ExplanationOfBenefit: what was asked for the encounters that their items name, what of it the patient bears and what the
 * insurer paid. An item without an encounter belongs to the first one. Where there is only one, the totals of the whole
 * say what was asked; where there are several, their items do.
 */

/* Categories of adjudication, in the words of FHIR, of CARIN's Blue Button and of the CMS. */
static const char * const submitted[] = { "submitted", "line_sbmtd_chrg_amt", "clm_tot_chrg_amt", NULL };
static const char * const coinsurance[] = { "coinsurance", "line_coinsrnc_amt", "nch_bene_ptb_coinsrnc_amt",
                                            "nch_bene_pta_coinsrnc_lblty_amt", NULL };
static const char * const deductible[] = { "deductible", "line_bene_ptb_ddctbl_amt", "nch_bene_ptb_ddctbl_amt",
                                           "nch_bene_ip_ddctbl_amt", NULL };
static const char * const copay[] = { "copay", "ptnt_pay_amt", NULL };
static const char * const paid[] = { "paidtoprovider", "benefit", "line_prvdr_pmt_amt", "clm_pmt_amt", NULL };

typedef struct {
  BillingFhirReading *reading;
  GPtrArray *encounters; /* (owned) (element-type utf8): as the items refer to them */
  BillingImportTier tier;
  gboolean counts;       /* it is neither a draft nor withdrawn nor a mere question */
  gboolean is_benefit;
} Account;

static gboolean
add_money (BillingFhirReading *self,
           gint64             *sum,
           gint64              amount)
{
  if (__builtin_add_overflow (*sum, amount, sum))
    billing_fhir_complain (self, _("its amounts are larger than can be kept"));

  return TRUE;
}

/* The sum of those amounts of a list of adjudications or totals that are of a category. */
gboolean
billing_fhir_sum_category (BillingFhirReading *self,
                           JsonObject         *object,
                           const char         *list,
                           const char * const *category,
                           gint64             *sum)
{
  guint n = billing_fhir_get_length (self, object, list);
  gboolean found = FALSE;
  gint64 amount;

  for (guint i = 0; i < n; i++)
    {
      JsonObject *line = billing_fhir_get_element (self, object, list, i);

      if (billing_fhir_concept_has (self, billing_fhir_get_object (self, line, "category"), category) &&
          billing_fhir_get_money (self, line, "amount", &amount))
        found = add_money (self, sum, amount);
    }

  return found;
}

gint64
billing_fhir_get_units (BillingFhirReading *self,
                        JsonObject         *item)
{
  char digits[32];
  const char *number =
    billing_fhir_get_number (self, billing_fhir_get_object (self, item, "quantity"), "value", digits);

  return number != NULL ? MAX (1, g_ascii_strtoll (number, NULL, 10)) : 1;
}

/* What an item asks for. */
gint64
billing_fhir_get_charge (BillingFhirReading *self,
                         JsonObject         *item,
                         gint64              units)
{
  gint64 amount = 0;

  if (billing_fhir_get_money (self, item, "net", &amount) ||
      billing_fhir_sum_category (self, item, "adjudication", submitted, &amount))
    return amount;

  if (billing_fhir_get_money (self, item, "unitPrice", &amount) && __builtin_mul_overflow (amount, units, &amount))
    billing_fhir_complain (self, _("its amounts are larger than can be kept"));

  return amount;
}

static guint
find_part (Account    *account,
           JsonObject *item)
{
  BillingFhirReading *self = account->reading;
  JsonObject *encounter = billing_fhir_get_element (self, item, "encounter", 0);
  const char *reference = billing_fhir_get_text (self, encounter, "reference");
  guint part;

  if (reference == NULL)
    return 0;
  if (g_ptr_array_find_with_equal_func (account->encounters, reference, g_str_equal, &part))
    return part;

  part = account->encounters->len;
  if (!billing_fhir_refer (self, encounter, &billing_fhir_encounter, part, TRUE))
    return 0;

  g_ptr_array_add (account->encounters, g_strdup (reference));
  billing_import_item_add_part (self->item, account->tier);
  return part;
}

/* Which encounters it is about. A benefit without any is about those of its claim. */
static gboolean
find_parts (Account *account)
{
  BillingFhirReading *self = account->reading;
  guint n = billing_fhir_get_length (self, self->resource, "item");

  for (guint i = 0; i < n; i++)
    find_part (account, billing_fhir_get_element (self, self->resource, "item", i));

  if (account->encounters->len > 0)
    return TRUE;

  if (!account->is_benefit ||
      !billing_fhir_refer (self, billing_fhir_get_object (self, self->resource, "claim"), &billing_fhir_claim, 0, TRUE))
    {
      billing_fhir_complain (self, _("none of its items names the encounter that it is about"));
      return FALSE;
    }

  billing_import_item_add_part (self->item, account->tier);
  return TRUE;
}

static void
read_item (Account    *account,
           JsonObject *item)
{
  BillingFhirReading *self = account->reading;
  BillingImportPart *part = self->item->parts->pdata[find_part (account, item)];
  gint64 units = billing_fhir_get_units (self, item);
  gint64 charge = billing_fhir_get_charge (self, item, units);

  if (!account->counts)
    return;

  add_money (self, &part->charges, charge);
  billing_fhir_add_codes (self, part, billing_fhir_get_object (self, item, "productOrService"), units, charge);
  if (!account->is_benefit)
    return;

  billing_fhir_sum_category (self, item, "adjudication", coinsurance, &part->coinsurance);
  billing_fhir_sum_category (self, item, "adjudication", deductible, &part->deductible);
  billing_fhir_sum_category (self, item, "adjudication", copay, &part->copay);
  billing_fhir_sum_category (self, item, "adjudication", paid, &part->insurer_paid);
}

/* What the whole says goes before the sum of what its items say. */
static void
read_total (BillingFhirReading *self,
            const char * const *category,
            gint64             *amount)
{
  gint64 total = 0;

  if (billing_fhir_sum_category (self, self->resource, "total", category, &total) ||
      billing_fhir_sum_category (self, self->resource, "adjudication", category, &total))
    *amount = total;
}

static void
read_totals (Account *account)
{
  BillingFhirReading *self = account->reading;
  BillingImportPart *part = self->item->parts->pdata[0];

  if (!account->is_benefit)
    {
      billing_fhir_get_money (self, self->resource, "total", &part->charges);
      return;
    }

  read_total (self, submitted, &part->charges);
  read_total (self, coinsurance, &part->coinsurance);
  read_total (self, deductible, &part->deductible);
  read_total (self, copay, &part->copay);
  read_total (self, paid, &part->insurer_paid);
  billing_fhir_get_money (self, billing_fhir_get_object (self, self->resource, "payment"), "amount", &part->insurer_paid);
}

static void
read_account (Account *account)
{
  BillingFhirReading *self = account->reading;
  const char *status = billing_fhir_get_text (self, self->resource, "status");
  const char *use = billing_fhir_get_text (self, self->resource, "use");
  guint n = billing_fhir_get_length (self, self->resource, "item");

  account->counts = (status == NULL || g_str_equal (status, "active")) &&
                    (use == NULL || g_str_equal (use, "claim"));
  if (!find_parts (account))
    return;

  for (guint i = 0; i < n; i++)
    read_item (account, billing_fhir_get_element (self, self->resource, "item", i));
  if (account->counts && self->item->parts->len == 1)
    read_totals (account);
}

void
billing_fhir_claim_read (BillingFhirReading *self)
{
  g_autoptr (GPtrArray) encounters = g_ptr_array_new_with_free_func (g_free);
  Account account = { self, encounters, BILLING_IMPORT_TIER_CLAIM, FALSE, FALSE };

  read_account (&account);
}

void
billing_fhir_benefit_read (BillingFhirReading *self)
{
  g_autoptr (GPtrArray) encounters = g_ptr_array_new_with_free_func (g_free);
  Account account = { self, encounters, BILLING_IMPORT_TIER_BENEFIT, FALSE, TRUE };
  guint n = billing_fhir_get_length (self, self->resource, "contained");

  read_account (&account);
  if (account.counts)
    billing_fhir_remittance_read (self);

  /* It carries the coverage under which it was decided, which need not stand anywhere else. */
  for (guint i = 0; i < n; i++)
    {
      JsonObject *contained = billing_fhir_get_element (self, self->resource, "contained", i);

      if (g_strcmp0 (billing_fhir_get_text (self, contained, "resourceType"), "Coverage") == 0)
        g_ptr_array_add (self->contained, contained);
    }
}
