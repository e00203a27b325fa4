/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-demo-treatments"

#include "config.h"

#include "billing-demo-private.h"

#include "billing-day.h"
#include "billing-table.h"
#include "billing-treatment.h"

/* Visits, with what was done in them. Like patients, they come by imports in real life. */

static const BillingDemoVisit *
pick_visit (BillingDemo *self)
{
  int at = billing_demo_between (self, 0, 100);

  for (guint i = 0; i < billing_demo_n_visits; i++)
    {
      at -= (int) billing_demo_visits[i].weight;
      if (at < 0)
        return &billing_demo_visits[i];
    }

  return &billing_demo_visits[0];
}

static gint64
sum_charges (const BillingDemoVisit *visit)
{
  gint64 sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (visit->codes) && visit->codes[i] >= 0; i++)
    sum += billing_demo_codes[visit->codes[i]].amount;

  return sum;
}

static gboolean
add_codes (BillingDemo             *self,
           const BillingDemoVisit  *visit,
           const char              *treatment_id,
           GError                 **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (visit->codes) && visit->codes[i] >= 0; i++)
    {
      const BillingDemoCode *code = &billing_demo_codes[visit->codes[i]];
      g_autoptr (BillingTreatmentCode) record =
        g_object_new (BILLING_TYPE_TREATMENT_CODE, "treatment-id", treatment_id, "system", code->system, "code", code->code,
                      "display", code->display, "units", G_GINT64_CONSTANT (1), "amount", code->amount, NULL);

      if (!billing_table_insert (self->connection, BILLING_RECORD (record), error))
        return FALSE;
    }

  return TRUE;
}

/* What the insurer left to the patient, once it answered: a copay, and for some a share or the deductible. */
static void
set_responsibility (BillingDemo      *self,
                    BillingTreatment *treatment)
{
  gint64 copay = MIN (billing_demo_between (self, 2, 9) * 500, treatment->charges);
  gint64 rest = treatment->charges - copay;
  gint64 deductible = billing_demo_chance (self, 25) ? rest / 100 * billing_demo_between (self, 20, 81) : 0;
  gint64 share = (rest - deductible) / 100 * (billing_demo_between (self, 0, 5) * 5);

  g_object_set (treatment, "copay", copay, "deductible", deductible, "coinsurance", share,
                "insurer-paid", rest - deductible - share, NULL);
}

/**
 * billing_demo_add_treatment:
 * @self: a clinic
 * @patient: whose, by id
 * @day: when, counted from the first day; may be after the last one
 * @id: (out) (transfer full): of the treatment
 * @description: (out): what it is
 * @charges: (out): what it costs, in minor units
 * @part: (out): what of it the patient pays; all of it where no insurer does
 * @error: return location for an error
 *
 * Returns: whether it is stored
 */
gboolean
billing_demo_add_treatment (BillingDemo  *self,
                            const char   *patient,
                            int           day,
                            char        **id,
                            const char  **description,
                            gint64       *charges,
                            gint64       *part,
                            GError      **error)
{
  const BillingDemoVisit *visit = pick_visit (self);
  gint64 starts_at = billing_demo_time (self, (guint) day) / 900 * 900; /* by the quarter of an hour */
  g_autofree char *date = billing_demo_day (self, day);
  guint place = (guint) billing_demo_between (self, 0, (int) self->locations->len);
  guint doctor = (guint) billing_demo_between (self, 0, (int) self->physicians->len);
  gboolean is_over = day < BILLING_DEMO_DAYS;
  g_autoptr (BillingTreatment) treatment =
    g_object_new (BILLING_TYPE_TREATMENT, "patient-id", patient, "location-id", self->locations->pdata[place],
                  "physician-id", self->physicians->pdata[doctor], "starts-at", starts_at,
                  "ends-at", starts_at + visit->minutes * 60, "day", date, "description", visit->description,
                  "state", is_over ? "finished" : "planned", "currency", "USD", "charges", sum_charges (visit),
                  "created-at", MIN (starts_at, self->end - 1), NULL);

  if (billing_demo_chance (self, 70))
    set_responsibility (self, treatment);
  if (!billing_table_insert (self->connection, BILLING_RECORD (treatment), error) ||
      !add_codes (self, visit, billing_record_get_id (BILLING_RECORD (treatment)), error))
    return FALSE;

  *id = g_strdup (billing_record_get_id (BILLING_RECORD (treatment)));
  *description = visit->description;
  *charges = treatment->charges;
  *part = treatment->insurer_paid > 0 ? treatment->charges - treatment->insurer_paid : treatment->charges;
  return TRUE;
}
