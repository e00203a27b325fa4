/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-csv-import-row"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "billing-csv-import-private.h"
#include "billing-csv-reader.h"
#include "billing-day.h"
#include "billing-exchange-error.h"
#include "billing-money.h"
#include "billing-patient.h"
#include "billing-text.h"
#include "billing-text-reader.h"
#include "billing-treatment.h"

/* From the rows of a CSV file to items. */

typedef struct {
  BillingCsvPlan *plan;
  const BillingImportSink *sink;
  gpointer data;
  guint64 number;              /* of the row, as a spreadsheet counts */
  GStrv row;                   /* (not owned) */
  char *problem;               /* (owned) (nullable): of the row, the first */
  BillingImportItem *held;     /* (owned) (nullable): a treatment that the next row may add a line to */
  char *held_visit;            /* (owned) (nullable): its number */
  guint64 held_number;
  GHashTable *brought;         /* (owned) (element-type utf8): places and people that were handed over */
} Reader;

static const char *
get_value (Reader     *self,
           const char *target)
{
  return billing_csv_plan_get_value (self->plan, self->row, target);
}

static char *
dup_value (Reader     *self,
           const char *target)
{
  return g_strdup (get_value (self, target));
}

static void
complain (Reader     *self,
          const char *format,
          ...) G_GNUC_PRINTF (2, 3);

static void
complain (Reader     *self,
          const char *format,
          ...)
{
  va_list values;

  if (self->problem != NULL)
    return;

  va_start (values, format);
  self->problem = g_strdup_vprintf (format, values);
  va_end (values);
}

static char *
get_day (Reader     *self,
         const char *target)
{
  const char *text = get_value (self, target);
  char *day;

  if (text == NULL)
    return NULL;

  day = billing_csv_parse_day (text, billing_csv_plan_get_reading_order (self->plan),
                               billing_csv_plan_get_practice (self->plan)->locale);
  if (day == NULL)
    complain (self, _("“%s” is no date that exists: %s"), billing_csv_get_target_label (target), text);

  return day;
}

/* Births may be known by the year only. */
static char *
get_birth_date (Reader     *self,
                const char *target)
{
  const char *text = get_value (self, target);
  char *day = NULL;

  if (text != NULL && billing_day_parse_partial (text, &day, NULL))
    return day;

  return get_day (self, target);
}

static gboolean
get_money (Reader     *self,
           const char *target,
           gint64     *minor)
{
  const char *text = get_value (self, target);
  g_autofree char *plain = NULL;
  g_autoptr (GError) error = NULL;
  BillingMoney money;

  if (text == NULL)
    return FALSE;

  plain = billing_csv_plain_number (text, billing_csv_plan_get_decimal (self->plan));
  if (!billing_money_parse_plain (plain, billing_csv_plan_get_practice (self->plan)->currency, TRUE, &money, &error) ||
      money.minor > G_GINT64_CONSTANT (1000000000000) || money.minor < -G_GINT64_CONSTANT (1000000000000))
    {
      complain (self, _("“%s” is no amount: %s"), billing_csv_get_target_label (target), text);
      return FALSE;
    }

  *minor = money.minor;
  return TRUE;
}

static char *
fold_name (const char *name)
{
  const char *comma = strchr (name, ',');
  g_autofree char *turned = NULL;

  /* `Mejía, Gustavo` is Gustavo Mejía. */
  if (comma != NULL)
    {
      g_autofree char *family = g_strndup (name, (gsize) (comma - name));

      turned = g_strdup_printf ("%s %s", comma + 1, family);
    }

  return billing_text_fold (turned != NULL ? turned : name);
}

static char *
join_names (const char *name,
            const char *given,
            const char *family)
{
  g_autofree char *joined = NULL;

  if (name != NULL && strchr (name, ',') != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (name, ",", 2);

      joined = g_strdup_printf ("%s %s", g_strstrip (parts[1]), g_strstrip (parts[0]));
    }
  else if (name != NULL)
    joined = g_strdup (name);
  else if (given != NULL || family != NULL)
    joined = g_strjoin (given != NULL && family != NULL ? " " : "", given != NULL ? given : "",
                        family != NULL ? family : "", NULL);

  if (joined != NULL)
    g_strstrip (joined);
  return joined != NULL && *joined != '\0' ? g_steal_pointer (&joined) : NULL;
}

static char *
make_name_key (const char *name,
               const char *birth_date)
{
  g_autofree char *folded = name != NULL ? fold_name (name) : NULL;

  return folded != NULL && birth_date != NULL && billing_day_is_valid (birth_date)
    ? g_strdup_printf ("patients#name:%s|%s", birth_date, folded) : NULL;
}

/* A row without a name of its own is what it says. */
static void
add_content_key (Reader            *self,
                 BillingImportItem *item)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; self->row[i] != NULL; i++)
    g_checksum_update (checksum, (const guchar *) self->row[i], (gssize) strlen (self->row[i]) + 1);

  billing_import_item_add_key (item, BILLING_IMPORT_STRENGTH_URN,
                               g_strdup_printf ("%s#row:%s", item->type, g_checksum_get_string (checksum)));
}

static char *
get_gender (Reader *self)
{
  static const struct {
    const char *words;
    const char *gender;
  } genders[] = {
    { "|m|male|man|mannlich|mann|homme|h|masculin|masculino|hombre|varon|", "male" },
    { "|f|female|woman|w|weiblich|frau|femme|feminin|femenino|mujer|", "female" },
    { "|x|d|other|divers|autre|otro|non binary|", "other" },
    { "|u|unknown|unbekannt|inconnu|desconocido|", "unknown" },
  };
  const char *value = get_value (self, "gender");
  g_autofree char *folded = NULL;
  g_autofree char *word = NULL;

  if (value == NULL)
    return NULL;

  folded = billing_csv_fold_header (value);
  word = g_strdup_printf ("|%s|", folded);
  for (guint i = 0; i < G_N_ELEMENTS (genders); i++)
    {
      if (strstr (genders[i].words, word) != NULL)
        return g_strdup (genders[i].gender);
    }

  return g_strdup (value);
}

static BillingImportItem *
begin_item (Reader     *self,
            const char *type)
{
  g_autofree char *what = g_strdup_printf (_("row %" PRIu64), self->number);
  BillingImportItem *item = billing_import_item_new (type, what);

  item->partial = TRUE;
  return item;
}

static void
read_patient_text (Reader         *self,
                   BillingPatient *patient)
{
  static const char * const same[] = { "number", "phone", "email", "address_line", "city", "region", "postal_code",
                                       "country", "language", NULL };
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (patient);

  for (guint i = 0; same[i] != NULL; i++)
    billing_record_set_text (BILLING_RECORD (patient), billing_record_class_find (klass, same[i]),
                             get_value (self, same[i]));
}

static BillingImportItem *
read_patient (Reader *self)
{
  BillingImportItem *item = begin_item (self, "patients");
  BillingPatient *patient = billing_patient_new ();
  char *name_key;

  item->record = BILLING_RECORD (patient);
  read_patient_text (self, patient);
  patient->given_name = dup_value (self, "given_name");
  patient->family_name = dup_value (self, "family_name");
  patient->name = join_names (get_value (self, "name"), patient->given_name, patient->family_name);
  patient->birth_date = get_birth_date (self, "birth_date");
  patient->gender = get_gender (self);
  if (patient->name == NULL)
    complain (self, _("it has no name"));

  if (patient->number != NULL)
    billing_import_item_add_key (item, BILLING_IMPORT_STRENGTH_ID,
                                 g_strdup_printf ("patients#number:%s", patient->number));
  name_key = make_name_key (patient->name, patient->birth_date);
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
refer_to_patient (Reader            *self,
                  BillingImportItem *item)
{
  const char *number = get_value (self, "patient_number");
  g_autofree char *name = join_names (get_value (self, "patient_name"), get_value (self, "patient_given_name"),
                                      get_value (self, "patient_family_name"));
  g_autofree char *birth_date = get_birth_date (self, "patient_birth_date");
  g_autofree char *key = make_name_key (name, birth_date);
  int rank = 0;

  if (number != NULL)
    add_reference (item, "patient_id", "patients", TRUE, rank++, g_strdup_printf ("patients#number:%s", number), number);
  if (key != NULL)
    add_reference (item, "patient_id", "patients", TRUE, rank, g_strdup (key), number != NULL ? number : name);
  if (number == NULL && key == NULL)
    complain (self, _("it names no patient"));

  return g_strdup (number != NULL ? number : key);
}

/* Places and people stand in a row by name; where nobody has that name yet, the row brings them along. */
static gboolean
bring (Reader      *self,
       GType        type,
       const char  *target,
       GError     **error)
{
  const char *name = get_value (self, target);
  g_autoptr (BillingRecord) record = NULL;
  g_autoptr (BillingImportItem) item = NULL;
  g_autofree char *key = NULL;
  BillingRecordClass *klass;

  if (name == NULL)
    return TRUE;

  record = g_object_new (type, NULL);
  klass = BILLING_RECORD_GET_CLASS (record);
  key = g_strdup_printf ("%s#name:%s", klass->kind, name);
  if (!g_hash_table_add (self->brought, g_strdup (key)))
    return TRUE;

  item = begin_item (self, klass->kind);
  billing_record_set_text (record, billing_record_class_find (klass, "name"), name);
  item->record = g_steal_pointer (&record);
  billing_import_item_add_key (item, BILLING_IMPORT_STRENGTH_ID, g_steal_pointer (&key));

  return self->sink->item (self->data, self->number, item, error);
}

static gint64
get_start (Reader     *self,
           const char *day)
{
  const char *zone = billing_csv_plan_get_practice (self->plan)->time_zone;
  const char *time = get_value (self, "time");
  int seconds = 0;

  if (time == NULL)
    time = get_value (self, "date");
  if (time != NULL && strchr (time, ':') != NULL && !billing_csv_parse_time (time, &seconds))
    complain (self, _("“%s” is no time that exists: %s"), billing_csv_get_target_label ("time"), time);

  return billing_day_start (day, zone) + seconds;
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

  for (guint i = 0; folded != NULL && i < G_N_ELEMENTS (names); i++)
    {
      if (strstr (folded, names[i].word) != NULL)
        return names[i].name;
    }
  if (system != NULL)
    return system;

  /* CPT codes are five digits, HCPCS level II a letter and four. */
  if (strlen (code) == 5 && strspn (code, "0123456789") >= 4)
    return "CPT";
  if (strlen (code) == 5 && g_ascii_isupper (code[0]) && strspn (code + 1, "0123456789") == 4)
    return "HCPCS";

  return "";
}

static void
add_codes (Reader            *self,
           BillingImportPart *part,
           gint64             charges)
{
  const char *value = get_value (self, "code");
  const char *units = get_value (self, "units");
  g_auto (GStrv) codes = value != NULL ? g_strsplit_set (value, ",; |/", -1) : NULL;

  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    {
      BillingTreatmentCode *code;

      if (*g_strstrip (codes[i]) == '\0')
        continue;
      code = billing_treatment_code_new ();
      code->code = g_strdup (codes[i]);
      code->system = g_strdup (guess_system (get_value (self, "code_system"), codes[i]));
      code->display = dup_value (self, "description");
      code->units = units != NULL ? MAX (1, g_ascii_strtoll (units, NULL, 10)) : 1;
      /* What is charged for several codes together is the treatment's, not any code's. */
      code->amount = g_strv_length (codes) == 1 ? charges : 0;
      g_ptr_array_add (part->codes, code);
    }
}

static void
add_amounts (Reader            *self,
             BillingImportPart *part)
{
  gint64 amounts[5] = { 0 };
  static const char * const targets[] = { "charges", "coinsurance", "deductible", "copay", "insurer_paid" };
  gint64 *sums[] = { &part->charges, &part->coinsurance, &part->deductible, &part->copay, &part->insurer_paid };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      /* A part that says nothing of money takes none away. */
      if (get_money (self, targets[i], &amounts[i]))
        part->tier = BILLING_IMPORT_TIER_CLAIM;
      *sums[i] += amounts[i];
    }
  add_codes (self, part, amounts[0]);
}

static BillingImportItem *
read_treatment (Reader *self)
{
  BillingImportItem *item = begin_item (self, "treatments");
  BillingTreatment *treatment = billing_treatment_new ();
  const char *visit = get_value (self, "visit");
  const char *state = get_value (self, "state");
  g_autofree char *patient = NULL;

  item->record = BILLING_RECORD (treatment);
  patient = refer_to_patient (self, item);
  treatment->day = get_day (self, "date");
  treatment->description = dup_value (self, "description");
  treatment->state = g_strdup (state != NULL ? state : "finished");
  treatment->currency = g_strdup (billing_csv_plan_get_practice (self->plan)->currency);
  if (treatment->day != NULL)
    treatment->starts_at = get_start (self, treatment->day);
  else
    complain (self, _("it has no date"));

  if (get_value (self, "location") != NULL)
    add_reference (item, "location_id", "locations", FALSE, 0,
                   g_strdup_printf ("locations#name:%s", get_value (self, "location")), "");
  if (get_value (self, "physician") != NULL)
    add_reference (item, "physician_id", "physicians", FALSE, 0,
                   g_strdup_printf ("physicians#name:%s", get_value (self, "physician")), "");

  add_amounts (self, billing_import_item_add_part (item, BILLING_IMPORT_TIER_VISIT));
  if (visit != NULL)
    billing_import_item_add_key (item, BILLING_IMPORT_STRENGTH_ID, g_strdup_printf ("treatments#number:%s", visit));
  else
    add_content_key (self, item);

  return item;
}

static BillingEligibilityStatus
get_eligibility (Reader *self)
{
  static const struct {
    const char *words;
    BillingEligibilityStatus status;
  } statuses[] = {
    { "|active|yes|y|eligible|covered|true|1|aktiv|ja|actif|active|oui|ouverts|activo|activa|si|vigente|",
      BILLING_ELIGIBILITY_STATUS_ACTIVE },
    { "|inactive|no|n|not eligible|ineligible|terminated|false|0|inaktiv|nein|inactif|non|fermes|inactivo|inactiva|",
      BILLING_ELIGIBILITY_STATUS_INACTIVE },
    { "|error|failed|rejected|fehler|erreur|rechazado|", BILLING_ELIGIBILITY_STATUS_ERROR },
  };
  const char *value = get_value (self, "eligibility");
  g_autofree char *folded = value != NULL ? billing_csv_fold_header (value) : NULL;
  g_autofree char *word = g_strdup_printf ("|%s|", folded != NULL ? folded : "");

  for (guint i = 0; folded != NULL && i < G_N_ELEMENTS (statuses); i++)
    {
      if (strstr (statuses[i].words, word) != NULL)
        return statuses[i].status;
    }

  return BILLING_ELIGIBILITY_STATUS_UNKNOWN;
}

static void
add_benefit (Reader             *self,
             BillingImportItem  *item,
             BillingBenefitType  type,
             const char         *target,
             const char         *used)
{
  BillingBenefit *benefit;

  if (get_value (self, target) == NULL && (used == NULL || get_value (self, used) == NULL))
    return;

  benefit = billing_benefit_new ();
  benefit->type = type;
  benefit->currency = g_strdup (billing_csv_plan_get_practice (self->plan)->currency);
  benefit->percent = -1;
  if (!get_money (self, target, &benefit->amount))
    benefit->amount = -1;
  if (used == NULL || !get_money (self, used, &benefit->used))
    benefit->used = -1;
  g_ptr_array_add (item->benefits, benefit);
}

/* 20, 20 % and 0.2 all mean a fifth. */
static void
add_coinsurance (Reader            *self,
                 BillingImportItem *item)
{
  const char *text = get_value (self, "benefit_coinsurance");
  g_autofree char *plain = NULL;
  BillingBenefit *benefit;
  BillingMoney percent;

  if (text == NULL)
    return;

  plain = billing_csv_plain_number (text, billing_csv_plan_get_decimal (self->plan));
  if (!billing_money_parse_plain (plain, "USD", TRUE, &percent, NULL) || percent.minor < 0 || percent.minor > 10000)
    {
      complain (self, _("“%s” is no percentage"), text);
      return;
    }

  benefit = billing_benefit_new ();
  benefit->type = BILLING_BENEFIT_TYPE_COINSURANCE;
  benefit->amount = -1;
  benefit->used = -1;
  benefit->percent = percent.minor < 100 && strchr (text, '%') == NULL ? percent.minor * 100 : percent.minor;
  g_ptr_array_add (item->benefits, benefit);
}

static BillingImportItem *
read_check (Reader *self)
{
  BillingImportItem *item = begin_item (self, "eligibility_checks");
  BillingEligibilityCheck *check = billing_eligibility_check_new ();
  g_autofree char *patient = refer_to_patient (self, item);

  item->record = BILLING_RECORD (check);
  check->payer = dup_value (self, "payer");
  check->plan = dup_value (self, "plan");
  check->status = get_eligibility (self);
  check->checked_on = get_day (self, "checked_on");
  check->disposition = dup_value (self, "disposition");
  if (check->checked_on == NULL)
    complain (self, _("it has no date"));

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

static gboolean
flush (Reader  *self,
       GError **error)
{
  g_autoptr (BillingImportItem) held = g_steal_pointer (&self->held);

  g_clear_pointer (&self->held_visit, g_free);
  return held == NULL || self->sink->item (self->data, self->held_number, held, error);
}

static gboolean
report_problem (Reader      *self,
                const char  *text,
                GError     **error)
{
  g_autofree char *what = g_strdup_printf (_("row %" PRIu64), self->number);

  return self->sink->problem (self->data, self->number, billing_csv_plan_get_kind (self->plan), what, text, error);
}

/* Many programs write a row for each line of a visit: lines of one visit that follow one another are one treatment. */
static gboolean
read_treatment_row (Reader  *self,
                    GError **error)
{
  const char *visit = get_value (self, "visit");

  if (self->held != NULL && visit != NULL && g_strcmp0 (visit, self->held_visit) == 0)
    {
      add_amounts (self, self->held->parts->pdata[0]);
      return self->problem == NULL || report_problem (self, self->problem, error);
    }

  if (!flush (self, error))
    return FALSE;

  self->held = read_treatment (self);
  self->held_visit = g_strdup (visit);
  self->held_number = self->number;
  if (self->problem != NULL)
    {
      g_clear_pointer (&self->held, billing_import_item_free);
      return report_problem (self, self->problem, error);
    }

  return bring (self, BILLING_TYPE_LOCATION, "location", error) &&
         bring (self, BILLING_TYPE_PHYSICIAN, "physician", error);
}

static gboolean
read_row (Reader  *self,
          GError **error)
{
  const char *kind = billing_csv_plan_get_kind (self->plan);
  g_autoptr (BillingImportItem) item = NULL;

  g_clear_pointer (&self->problem, g_free);
  if (g_str_equal (kind, "treatments"))
    return read_treatment_row (self, error);

  item = g_str_equal (kind, "patients") ? read_patient (self) : read_check (self);
  if (self->problem != NULL)
    return report_problem (self, self->problem, error);

  return self->sink->item (self->data, self->number, item, error);
}

static gboolean
read_rows (Reader            *self,
           BillingCsvReader  *csv,
           GCancellable      *cancellable,
           GError           **error)
{
  for (guint64 n = 1;; n++)
    {
      g_auto (GStrv) row = NULL;
      g_autoptr (GError) local = NULL;
      gboolean ok = billing_csv_reader_next (csv, &row, &self->number, cancellable, &local);

      if (!ok && !g_error_matches (local, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENTRY))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (ok && row == NULL)
        return flush (self, error);

      /* The end of the file is no row. */
      if (self->sink->progress != NULL)
        self->sink->progress (self->data, 0, n);
      if (!ok && !report_problem (self, local->message, error))
        return FALSE;

      self->row = row;
      if (ok && !read_row (self, error))
        return FALSE;
    }
}

gboolean
billing_csv_read (GInputStream             *raw,
                  BillingCsvPlan           *plan,
                  const BillingImportSink  *sink,
                  gpointer                  data,
                  GCancellable             *cancellable,
                  GError                  **error)
{
  g_autoptr (GInputStream) text = billing_text_reader_open (raw, NULL, cancellable, error);
  g_autoptr (BillingCsvReader) csv = text != NULL ? billing_csv_reader_new (text, cancellable, error) : NULL;
  Reader self = { .plan = plan, .sink = sink, .data = data };
  gboolean ok;

  if (csv == NULL)
    return FALSE;

  self.brought = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ok = read_rows (&self, csv, cancellable, error);
  g_clear_pointer (&self.held, billing_import_item_free);
  g_hash_table_unref (self.brought);
  g_free (self.held_visit);
  g_free (self.problem);
  return ok;
}
