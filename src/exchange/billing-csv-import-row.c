/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-csv-import-row"

#include "config.h"

#include "billing-csv-import-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "billing-code.h"
#include "billing-money.h"
#include "billing-patient.h"

/* From a row of a CSV file to an item. */

BillingImportItem *
billing_csv_row_begin_item (BillingCsvRow *self,
                            const char    *type)
{
  g_autofree char *what = g_strdup_printf (_("row %" PRIu64), self->number);
  BillingImportItem *item = billing_import_item_new (type, what);

  item->partial = TRUE;
  return item;
}

/* A row without a name of its own is what it says. */
static void
add_content_key (BillingCsvRow     *self,
                 BillingImportItem *item)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; self->cells[i] != NULL; i++)
    g_checksum_update (checksum, (const guchar *) self->cells[i], (gssize) strlen (self->cells[i]) + 1);

  billing_import_item_add_key (item, BILLING_IMPORT_STRENGTH_URN,
                               g_strdup_printf ("%s#row:%s", item->type, g_checksum_get_string (checksum)));
}

static void
read_patient_text (BillingCsvRow  *self,
                   BillingPatient *patient)
{
  static const char * const same[] = { "number", "phone", "email", "address_line", "city", "region", "postal_code",
                                       "country", "language", NULL };
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (patient);

  for (guint i = 0; same[i] != NULL; i++)
    billing_record_set_text (BILLING_RECORD (patient), billing_record_class_find (klass, same[i]),
                             billing_csv_row_get (self, same[i]));
}

BillingImportItem *
billing_csv_row_read_patient (BillingCsvRow *self)
{
  BillingImportItem *item = billing_csv_row_begin_item (self, "patients");
  BillingPatient *patient = billing_patient_new ();
  char *name_key;

  item->record = BILLING_RECORD (patient);
  read_patient_text (self, patient);
  patient->given_name = billing_csv_row_dup (self, "given_name");
  patient->family_name = billing_csv_row_dup (self, "family_name");
  patient->name = billing_csv_join_names (billing_csv_row_get (self, "name"), patient->given_name, patient->family_name);
  patient->birth_date = billing_csv_row_get_birth_date (self, "birth_date");
  patient->gender = billing_csv_row_get_gender (self);
  if (patient->name == NULL)
    billing_csv_row_complain (self, _("it has no name"));

  if (patient->number != NULL)
    billing_import_item_add_key (item, BILLING_IMPORT_STRENGTH_ID,
                                 g_strdup_printf ("patients#number:%s", patient->number));
  name_key = billing_import_make_name_key (patient->name, patient->birth_date);
  if (name_key != NULL)
    billing_import_item_add_key (item, BILLING_IMPORT_STRENGTH_IDENTIFIER, name_key);
  if (item->keys->len == 0)
    add_content_key (self, item);

  return item;
}

static void
add_reference (BillingImportItem *item,
               const char        *role,
               const char        *kind,
               gboolean           required,
               int                rank,
               char              *key,
               const char        *shown)
{
  BillingImportReference reference = {
    .role = role, .kind = kind, .required = required, .rank = rank, .key = key, .shown = g_strdup (shown),
  };

  billing_import_item_add_reference (item, reference);
}

/* By number, or by name and birth date, whichever the row has. Returns who it is, in words. */
static char *
refer_to_patient (BillingCsvRow     *self,
                  BillingImportItem *item)
{
  const char *number = billing_csv_row_get (self, "patient_number");
  g_autofree char *name = billing_csv_join_names (billing_csv_row_get (self, "patient_name"),
                                                  billing_csv_row_get (self, "patient_given_name"),
                                                  billing_csv_row_get (self, "patient_family_name"));
  g_autofree char *birth_date = billing_csv_row_get_birth_date (self, "patient_birth_date");
  g_autofree char *key = billing_import_make_name_key (name, birth_date);
  int rank = 0;

  if (number != NULL)
    add_reference (item, "patient_id", "patients", TRUE, rank++, g_strdup_printf ("patients#number:%s", number), number);
  if (key != NULL)
    add_reference (item, "patient_id", "patients", TRUE, rank, g_strdup (key), number != NULL ? number : name);
  if (number == NULL && key == NULL)
    billing_csv_row_complain (self, _("it names no patient"));

  return g_strdup (number != NULL ? number : key);
}

static const char *
guess_system (const char *system,
              const char *code)
{
  static const struct {
    const char *word;
    const char *name;
  } names[] = { { "cpt", "CPT" }, { "hcpcs", "HCPCS" }, { "snomed", "SNOMED CT" }, { "cvx", "CVX" } };
  g_autofree char *folded = system != NULL ? billing_csv_fold_header (system) : NULL;
  const char *guessed;

  for (guint i = 0; folded != NULL && i < G_N_ELEMENTS (names); i++)
    {
      if (strstr (folded, names[i].word) != NULL)
        return names[i].name;
    }
  if (system != NULL)
    return system;

  guessed = billing_code_guess_system (code);
  return g_str_equal (guessed, BILLING_CODE_OWN) ? "" : guessed;
}

static void
add_codes (BillingCsvRow     *self,
           BillingImportPart *part,
           gint64             charges)
{
  const char *value = billing_csv_row_get (self, "code");
  const char *units = billing_csv_row_get (self, "units");
  g_auto (GStrv) codes = value != NULL ? g_strsplit_set (value, ",; |/", -1) : NULL;

  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    {
      BillingTreatmentCode *code;

      if (*g_strstrip (codes[i]) == '\0')
        continue;
      code = billing_treatment_code_new ();
      code->code = g_strdup (codes[i]);
      code->system = g_strdup (guess_system (billing_csv_row_get (self, "code_system"), codes[i]));
      code->display = billing_csv_row_dup (self, "description");
      code->units = units != NULL ? MAX (1, g_ascii_strtoll (units, NULL, 10)) : 1;
      /* What is charged for several codes together is the treatment's, not any code's. */
      code->amount = g_strv_length (codes) == 1 ? charges : 0;
      g_ptr_array_add (part->codes, code);
    }
}

void
billing_csv_row_add_amounts (BillingCsvRow     *self,
                             BillingImportPart *part)
{
  gint64 amounts[5] = { 0 };
  static const char * const targets[] = { "charges", "coinsurance", "deductible", "copay", "insurer_paid" };
  gint64 *sums[] = { &part->charges, &part->coinsurance, &part->deductible, &part->copay, &part->insurer_paid };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      /* A part that says nothing of money takes none away. */
      if (billing_csv_row_get_money (self, targets[i], &amounts[i]))
        part->tier = BILLING_IMPORT_TIER_CLAIM;
      *sums[i] += amounts[i];
    }
  add_codes (self, part, amounts[0]);
}

BillingImportItem *
billing_csv_row_read_treatment (BillingCsvRow *self)
{
  BillingImportItem *item = billing_csv_row_begin_item (self, "treatments");
  BillingTreatment *treatment = billing_treatment_new ();
  const char *visit = billing_csv_row_get (self, "visit");
  const char *state = billing_csv_row_get (self, "state");
  g_autofree char *patient = NULL;

  item->record = BILLING_RECORD (treatment);
  patient = refer_to_patient (self, item);
  treatment->day = billing_csv_row_get_day (self, "date");
  treatment->description = billing_csv_row_dup (self, "description");
  treatment->state = g_strdup (state != NULL ? state : "finished");
  treatment->currency = g_strdup (billing_csv_plan_get_practice (self->plan)->currency);
  if (treatment->day != NULL)
    treatment->starts_at = billing_csv_row_get_start (self, treatment->day);
  else
    billing_csv_row_complain (self, _("it has no date"));

  if (billing_csv_row_get (self, "location") != NULL)
    add_reference (item, "location_id", "locations", FALSE, 0,
                   g_strdup_printf ("locations#name:%s", billing_csv_row_get (self, "location")), "");
  if (billing_csv_row_get (self, "physician") != NULL)
    add_reference (item, "physician_id", "physicians", FALSE, 0,
                   g_strdup_printf ("physicians#name:%s", billing_csv_row_get (self, "physician")), "");

  billing_csv_row_add_amounts (self, billing_import_item_add_part (item, BILLING_IMPORT_TIER_VISIT));
  if (visit != NULL)
    billing_import_item_add_key (item, BILLING_IMPORT_STRENGTH_ID, g_strdup_printf ("treatments#number:%s", visit));
  else
    add_content_key (self, item);

  return item;
}

static void
add_benefit (BillingCsvRow      *self,
             BillingImportItem  *item,
             BillingBenefitType  type,
             const char         *target,
             const char         *used)
{
  BillingBenefit *benefit;

  if (billing_csv_row_get (self, target) == NULL && (used == NULL || billing_csv_row_get (self, used) == NULL))
    return;

  benefit = billing_benefit_new ();
  benefit->type = type;
  benefit->currency = g_strdup (billing_csv_plan_get_practice (self->plan)->currency);
  benefit->percent = -1;
  if (!billing_csv_row_get_money (self, target, &benefit->amount))
    benefit->amount = -1;
  if (used == NULL || !billing_csv_row_get_money (self, used, &benefit->used))
    benefit->used = -1;
  g_ptr_array_add (item->benefits, benefit);
}

/* 20, 20 % and 0.2 all mean a fifth. */
static void
add_coinsurance (BillingCsvRow     *self,
                 BillingImportItem *item)
{
  const char *text = billing_csv_row_get (self, "benefit_coinsurance");
  g_autofree char *plain = NULL;
  BillingBenefit *benefit;
  BillingMoney percent;

  if (text == NULL)
    return;

  plain = billing_csv_plain_number (text, billing_csv_plan_get_decimal (self->plan));
  if (!billing_money_parse_plain (plain, "USD", TRUE, &percent, NULL) || percent.minor < 0 || percent.minor > 10000)
    {
      billing_csv_row_complain (self, _("“%s” is no percentage"), text);
      return;
    }

  benefit = billing_benefit_new ();
  benefit->type = BILLING_BENEFIT_TYPE_COINSURANCE;
  benefit->amount = -1;
  benefit->used = -1;
  benefit->percent = percent.minor < 100 && strchr (text, '%') == NULL ? percent.minor * 100 : percent.minor;
  g_ptr_array_add (item->benefits, benefit);
}

BillingImportItem *
billing_csv_row_read_check (BillingCsvRow *self)
{
  BillingImportItem *item = billing_csv_row_begin_item (self, "eligibility_checks");
  BillingEligibilityCheck *check = billing_eligibility_check_new ();
  g_autofree char *patient = refer_to_patient (self, item);

  item->record = BILLING_RECORD (check);
  check->payer = billing_csv_row_dup (self, "payer");
  check->plan = billing_csv_row_dup (self, "plan");
  check->status = billing_csv_row_get_eligibility (self);
  check->checked_on = billing_csv_row_get_day (self, "checked_on");
  check->disposition = billing_csv_row_dup (self, "disposition");
  if (check->checked_on == NULL)
    billing_csv_row_complain (self, _("it has no date"));

  add_benefit (self, item, BILLING_BENEFIT_TYPE_COPAY, "benefit_copay", NULL);
  add_coinsurance (self, item);
  add_benefit (self, item, BILLING_BENEFIT_TYPE_DEDUCTIBLE, "benefit_deductible", "benefit_deductible_used");
  add_benefit (self, item, BILLING_BENEFIT_TYPE_OUT_OF_POCKET, "benefit_out_of_pocket", "benefit_out_of_pocket_used");

  /* One answer of one insurer about one patient on one day. */
  billing_import_item_add_key (item, BILLING_IMPORT_STRENGTH_ID,
                               g_strdup_printf ("eligibility_checks#%s|%s|%s|%s", patient != NULL ? patient : "",
                                                check->payer != NULL ? check->payer : "",
                                                check->plan != NULL ? check->plan : "",
                                                check->checked_on != NULL ? check->checked_on : ""));
  return item;
}
