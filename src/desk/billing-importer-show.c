/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-importer-show"

#include "config.h"

#include "billing-importer-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* What people are told of an import. */

static const struct {
  const char *type;
  const char *label;
} labels[] = {
  { "Patient", N_("Patients") },
  { "patients", N_("Patients") },
  { "Encounter", N_("Treatments (Encounter)") },
  { "x12-patients", N_("Patients (X12 271)") },
  { "treatments", N_("Treatments") },
  { "Location", N_("Locations") },
  { "locations", N_("Locations") },
  { "Organization", N_("Locations (Organization)") },
  { "Practitioner", N_("Physicians (Practitioner)") },
  { "physicians", N_("Physicians") },
  { "Coverage", N_("Coverages") },
  { "x12-coverages", N_("Coverages (X12 271)") },
  { "CoverageEligibilityResponse", N_("Eligibility checks (CoverageEligibilityResponse)") },
  { "eligibility_checks", N_("Eligibility checks") },
  { "x12-checks", N_("Eligibility checks (X12 271)") },
  { "Claim", N_("Charges (Claim)") },
  { "ExplanationOfBenefit", N_("Patients’ parts (ExplanationOfBenefit)") },
  { "Procedure", N_("Codes (Procedure)") },
  { "Immunization", N_("Codes (Immunization)") },
  { "ChargeItem", N_("Charges (ChargeItem)") },
  { "x12-remittances", N_("Remittances (X12 835)") },
  { "x12-remittance-lines", N_("Lines of remittances (X12 835)") },
  { "eob-remittances", N_("Remittances (ExplanationOfBenefit)") },
  { "eob-remittance-lines", N_("Lines of remittances (ExplanationOfBenefit)") },
};

static const char *
get_label (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      if (g_str_equal (labels[i].type, type))
        return _(labels[i].label);
    }

  return *type != '\0' ? type : _("Not recognised");
}

static guint
get_place (const char *type)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (labels) && !g_str_equal (labels[i].type, type))
    i++;

  return i;
}

static int
compare_tallies (gconstpointer a,
                 gconstpointer b)
{
  const BillingImportTally *x = *(gpointer *) a;
  const BillingImportTally *y = *(gpointer *) b;
  guint place_x = get_place (x->type);
  guint place_y = get_place (y->type);

  if (place_x != place_y)
    return place_x < place_y ? -1 : 1;

  return g_strcmp0 (x->type, y->type);
}

void
billing_importer_show_counts (BillingImporter *self,
                              GPtrArray       *tallies)
{
  g_list_store_remove_all (self->counts);
  g_ptr_array_sort (tallies, compare_tallies);
  for (guint i = 0; i < tallies->len; i++)
    {
      BillingImportTally *tally = tallies->pdata[i];
      g_autoptr (BillingImportCount) count = billing_import_count_new ();

      count->kind = g_strdup (tally->type);
      count->label = g_strdup (get_label (tally->type));
      count->added = tally->added;
      count->changed = tally->changed;
      count->same = tally->same;
      count->waiting = tally->waiting;
      count->refused = tally->refused;
      count->unused = tally->unused;
      g_list_store_append (self->counts, count);
    }
}

/* A row of a table says “row 12”, in the person's language; a FHIR resource says “Patient/12”, or
 * “Patient” without an id. */
static gboolean
is_row (BillingImportComplaint *complaint)
{
  return complaint->what != NULL && strchr (complaint->what, '/') == NULL &&
         strpbrk (complaint->what, "0123456789") != NULL;
}

static char *
make_reason (BillingImportComplaint *complaint)
{
  if (complaint->ambiguous)
    return g_strdup_printf (_("waits: more than one thing in the practice is known as %s"), complaint->text);
  if (complaint->waits && is_row (complaint))
    return g_strdup_printf (_("there is no %s in the practice"), complaint->text);
  if (complaint->waits)
    return g_strdup_printf (_("waits for %s, which no file has brought yet"), complaint->text);

  return g_strdup (complaint->text);
}

static char *
make_line (BillingImportComplaint *complaint,
           const char             *reason)
{
  if (complaint->entry == 0)
    return g_strdup_printf ("%s: %s", complaint->file, reason);
  if (complaint->what == NULL)
    return g_strdup_printf (_("%s, entry %" PRId64 ": %s"), complaint->file, complaint->entry, reason);

  return g_strdup_printf (_("%s, entry %" PRId64 " (%s): %s"), complaint->file, complaint->entry,
                          complaint->what, reason);
}

void
billing_importer_show_problems (BillingImporter *self,
                                GPtrArray       *complaints)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < complaints->len; i++)
    {
      BillingImportComplaint *complaint = complaints->pdata[i];
      BillingImportProblem *problem = billing_import_problem_new ();

      problem->file = g_strdup (complaint->file);
      problem->entry = complaint->entry;
      problem->what = g_strdup (complaint->what);
      problem->text = make_reason (complaint);
      problem->line = make_line (complaint, problem->text);
      g_ptr_array_add (problems, problem);
    }

  g_list_store_splice (self->problems, 0, g_list_model_get_n_items (G_LIST_MODEL (self->problems)),
                       problems->pdata, problems->len);
}

static void
show_column (GListStore             *columns,
             const BillingCsvColumn *from)
{
  g_autoptr (BillingImportColumn) column = billing_import_column_new ();

  column->header = g_strdup (from->header);
  column->samples = g_strdup (from->samples);
  column->target = g_strdup (from->target);
  column->target_label = g_strdup (billing_csv_get_target_label (from->target));
  column->note = g_strdup (from->note);
  g_list_store_append (columns, column);
}

void
billing_importer_show_plan (BillingImporter *self,
                            guint            i)
{
  g_autoptr (BillingImportFile) file = g_list_model_get_item (G_LIST_MODEL (self->files), i);
  BillingCsvPlan *plan = self->plans->pdata[i];
  GListStore *columns = self->columns->pdata[i];
  char separator[2] = { 0 };

  g_list_store_remove_all (columns);
  if (plan == NULL)
    return;

  separator[0] = billing_csv_plan_get_separator (plan);
  g_object_set (file,
                "kind", billing_csv_plan_get_kind (plan),
                "encoding", billing_csv_plan_get_encoding (plan),
                "separator", separator,
                "date-order", billing_csv_plan_get_date_order (plan),
                NULL);
  for (guint c = 0; c < billing_csv_plan_get_n_columns (plan); c++)
    show_column (columns, billing_csv_plan_get_column (plan, c));
}

/* Added, changed, the same, waiting, refused, unused. */
static void
sum_up (BillingImporter *self,
        gint64           sums[6])
{
  memset (sums, 0, 6 * sizeof (gint64));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->counts)); i++)
    {
      g_autoptr (BillingImportCount) count = g_list_model_get_item (G_LIST_MODEL (self->counts), i);
      const gint64 numbers[6] = { count->added,   count->changed, count->same,
                                  count->waiting, count->refused, count->unused };

      for (guint n = 0; n < 6; n++)
        sums[n] += numbers[n];
    }
}

/**
 * billing_importer_has_changes:
 * @self: an import that is prepared
 *
 * Returns: whether applying it would write anything
 */
gboolean
billing_importer_has_changes (BillingImporter *self)
{
  gint64 sums[6];

  sum_up (self, sums);
  return self->stage != NULL && !self->applied && sums[0] + sums[1] + sums[3] > 0;
}

/**
 * billing_importer_get_summary:
 * @self: an import that is prepared
 *
 * Returns: (transfer full): what comes in and what does not, in one sentence
 */
char *
billing_importer_get_summary (BillingImporter *self)
{
  const char *formats[6] = { _("%" PRId64 " new"),     _("%" PRId64 " changed"),
                             _("%" PRId64 " as before"), _("%" PRId64 " waiting"),
                             _("%" PRId64 " refused"), _("%" PRId64 " not used here") };
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 sums[6];

  sum_up (self, sums);
  for (guint i = 0; i < 6; i++)
    {
      if (sums[i] == 0)
        continue;
      if (text->len > 0)
        g_string_append (text, ", ");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_string_append_printf (text, formats[i], sums[i]);
#pragma GCC diagnostic pop
    }

  return text->len > 0 ? g_strdup (text->str) : g_strdup (_("Nothing to import"));
}
