/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-estimate"

#include "config.h"

#include "billing-desk-estimate.h"

#include <glib/gi18n-lib.h>

#include "billing-desk-private.h"
#include "billing-enums.h"
#include "billing-rate-store.h"
#include "billing-table.h"
#include "billing-text.h"
#include "billing-treatment.h"

/* What an estimate is made from, read in one moment: the patient's coverages and checks, the benefits of the one that counts,
 * the treatment and its procedures, and what the practice's billing rates say that the insurer allows for them. The rules are the
 * model's. */

G_DEFINE_FINAL_TYPE (BillingEstimateQuestion, billing_estimate_question, BILLING_TYPE_RECORD)

typedef struct {
  BillingEstimateQuestion *question; /* (owned): a copy */
  char *currency;                    /* (owned) */
  char *today;                       /* (owned) */
  BillingEstimate *estimate;         /* (owned) (nullable): once it is there */
} Asking;

static BillingField question_fields[] = {
  BILLING_STRING_FIELD (BillingEstimateQuestion, patient, 0),
  BILLING_STRING_FIELD (BillingEstimateQuestion, payment_type, 0),
  BILLING_STRING_FIELD (BillingEstimateQuestion, treatment, 0),
  BILLING_STRING_FIELD (BillingEstimateQuestion, code, 0),
  BILLING_BOOLEAN_FIELD (BillingEstimateQuestion, has_amount, 0),
  BILLING_INT64_FIELD (BillingEstimateQuestion, amount, 0),
  BILLING_STRING_FIELD (BillingEstimateQuestion, check, 0),
};

static void
billing_estimate_question_class_init (BillingEstimateQuestionClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "estimate_questions", "esq", NULL, question_fields,
                                G_N_ELEMENTS (question_fields));
}

static void
billing_estimate_question_init (BillingEstimateQuestion *self)
{
}

BillingEstimateQuestion *
billing_estimate_question_new (void)
{
  return g_object_new (BILLING_TYPE_ESTIMATE_QUESTION, NULL);
}

/* What of a procedure counts: what the insurer allows for it where a billing rate says that, and else what is charged. */
typedef struct {
  const char *code;
  const char *name;
  gint64 amount;     /* minor units: what counts; -1: nothing is known */
  gint64 charged;    /* minor units; 0: nothing is known */
  char *rate;        /* (owned) (nullable): number of the rate that says so */
} Part;

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->rate);
  g_free (part);
}

/* The insurer's own price first, then anybody's. Nobody allows more than is charged. */
static gboolean
apply_rate (Asking             *asking,
            BillingConnection  *connection,
            const char         *id,
            const char         *day,
            gint64              units,
            Part               *part,
            GError            **error)
{
  g_autoptr (BillingRecord) rate = billing_table_get (connection, BILLING_TYPE_RATE, id, error);
  gint64 price, allowed;

  if (rate == NULL || !billing_rate_find_price (connection, id, day, asking->estimate->payer, &price, error))
    return FALSE;
  if (price < 0 || g_strcmp0 (BILLING_RATE (rate)->currency, asking->currency) != 0 ||
      __builtin_mul_overflow (price, MAX (units, 1), &allowed) || (part->charged > 0 && part->charged < allowed))
    return TRUE;

  part->amount = allowed;
  part->rate = g_strdup (BILLING_RATE (rate)->number);
  return TRUE;
}

static Part *
read_part (Asking             *asking,
           BillingConnection  *connection,
           const char         *system,
           const char         *code,
           const char         *name,
           const char         *day,
           gint64              units,
           gint64              charged,
           GError            **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *id = billing_rate_find_for_code (connection, system, code, BILLING_PAYER_KIND_INSURANCE, &problem);
  Part *part;

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  part = g_new0 (Part, 1);
  part->code = code;
  part->name = name;
  part->charged = charged;
  part->amount = charged > 0 ? charged : -1;
  if (id != NULL && !apply_rate (asking, connection, id, day, units, part, error))
    g_clear_pointer (&part, part_free);
  return part;
}

static void
add_part (BillingEstimate *estimate,
          const Part      *part)
{
  if (part->rate != NULL)
    billing_estimate_add_allowed (estimate, part->code, part->name, part->rate, part->amount);
  else
    billing_estimate_add_charge (estimate, part->code, part->name, MAX (part->amount, 0));
}

static GPtrArray *
read_parts (Asking             *asking,
            BillingConnection  *connection,
            BillingTreatment   *treatment,
            GPtrArray          *codes,
            GError            **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);

  for (guint i = 0; i < codes->len; i++)
    {
      BillingTreatmentCode *code = codes->pdata[i];
      Part *part = read_part (asking, connection, code->system, code->code, code->display, treatment->day, code->units,
                              MAX (code->amount, 0), error);

      if (part == NULL)
        return NULL;
      g_ptr_array_add (parts, part);
    }

  return g_steal_pointer (&parts);
}

/* What is charged by procedures; -1: it cannot be added up, and is no sum to compare with. @all_known: rates or charges say it of each. */
static gint64
sum_parts (GPtrArray *parts,
           gboolean  *all_known)
{
  gint64 sum = 0;

  *all_known = parts->len > 0;
  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = parts->pdata[i];

      *all_known = *all_known && part->amount >= 0;
      if (__builtin_add_overflow (sum, part->charged, &sum))
        return -1;
    }

  return sum;
}

/* The charge is by procedures as far as they say it, and the rest is without a procedure. Where nothing says what the treatment costs, it
 * is what was asked with: of the only procedure, if there is one only. */
static void
add_charges (Asking           *asking,
             BillingTreatment *treatment,
             GPtrArray        *parts)
{
  BillingEstimateQuestion *question = asking->question;
  gboolean all_known;
  gint64 charged = sum_parts (parts, &all_known);

  if (charged > 0 || (charged == 0 && all_known))
    {
      for (guint i = 0; i < parts->len; i++)
        add_part (asking->estimate, parts->pdata[i]);
      /* Of what was charged for all of it together, the rates say it now. */
      if (charged > 0 && treatment->charges > charged)
        billing_estimate_add_charge (asking->estimate, NULL, _("Other charges"), treatment->charges - charged);
    }
  else
    {
      const Part *only = parts->len == 1 ? parts->pdata[0] : NULL;
      gint64 asked = question->has_amount ? question->amount : -1;

      billing_estimate_add_charge (asking->estimate, only != NULL ? only->code : NULL, only != NULL ? only->name : NULL,
                                   treatment->charges > 0 ? treatment->charges : asked);
    }
}

static gboolean
read_treatment (Asking             *asking,
                BillingConnection  *connection,
                GError            **error)
{
  BillingEstimate *estimate = asking->estimate;
  g_autoptr (BillingRecord) record =
    billing_table_get (connection, BILLING_TYPE_TREATMENT, asking->question->treatment, error);
  g_autoptr (GPtrArray) codes = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  BillingTreatment *treatment;

  if (record == NULL)
    return FALSE;

  treatment = BILLING_TREATMENT (record);
  if (g_strcmp0 (treatment->patient_id, estimate->patient_id) != 0)
    return billing_desk_refuse (error, _("%s is another patient's treatment."), treatment->number);

  codes = billing_table_select (connection, BILLING_TYPE_TREATMENT_CODE, "treatment_id", billing_record_get_id (record), error);
  parts = codes != NULL ? read_parts (asking, connection, treatment, codes, error) : NULL;
  if (parts == NULL)
    return FALSE;

  g_object_set (estimate, "treatment", treatment->number, NULL);
  add_charges (asking, treatment, parts);
  return TRUE;
}

/* A procedure alone, as it is asked for. */
static gboolean
read_code (Asking             *asking,
           BillingConnection  *connection,
           GError            **error)
{
  BillingEstimateQuestion *question = asking->question;
  gint64 asked = question->has_amount ? question->amount : -1;
  Part *part = read_part (asking, connection, NULL, question->code, NULL, asking->today, 1, MAX (asked, 0), error);

  if (part == NULL)
    return FALSE;

  if (part->rate != NULL)
    add_part (asking->estimate, part);
  else
    billing_estimate_add_charge (asking->estimate, question->code, NULL, asked);
  part_free (part);
  return TRUE;
}

static gboolean
read_charges (Asking             *asking,
              BillingConnection  *connection,
              GError            **error)
{
  BillingEstimateQuestion *question = asking->question;

  if (question->has_amount && question->amount <= 0)
    return billing_desk_refuse (error, _("The charge must be more than zero."));
  if (billing_text_is_said (question->treatment))
    return read_treatment (asking, connection, error);

  if (billing_text_is_said (question->code))
    return read_code (asking, connection, error);

  if (question->has_amount)
    billing_estimate_add_charge (asking->estimate, NULL, NULL, question->amount);
  return TRUE;
}

/* The patient, and what the insurers said of whom. */
static gboolean
read_checks (Asking             *asking,
             BillingConnection  *connection,
             GError            **error)
{
  BillingEstimateQuestion *question = asking->question;
  g_autoptr (BillingRecord) patient = billing_table_get (connection, BILLING_TYPE_PATIENT, question->patient, error);
  g_autoptr (GPtrArray) coverages = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  const char *id;

  if (patient == NULL)
    return FALSE;

  id = billing_record_get_id (patient);
  g_object_set (asking->estimate, "patient-id", id, NULL);
  coverages = billing_table_select (connection, BILLING_TYPE_COVERAGE, "patient_id", id, error);
  checks = coverages != NULL ? billing_table_select (connection, BILLING_TYPE_ELIGIBILITY_CHECK, "patient_id", id, error) : NULL;
  if (checks == NULL)
    return FALSE;

  billing_estimate_choose (asking->estimate, coverages, checks, billing_text_is_said (question->check) ? question->check : NULL);
  if (billing_text_is_said (question->check) && g_strcmp0 (asking->estimate->check_id, question->check) != 0 &&
      asking->estimate->state != BILLING_ESTIMATE_STATE_NONE)
    return billing_desk_refuse (error, _("“%s” is no eligibility check of this patient."), question->check);

  return TRUE;
}

static gboolean
read_estimate (BillingConnection  *connection,
               gpointer            data,
               GCancellable       *cancellable,
               GError            **error)
{
  Asking *asking = data;
  BillingEstimateQuestion *question = asking->question;
  g_autoptr (GPtrArray) benefits = NULL;
  int type = BILLING_PAYMENT_TYPE_NONE;

  if (billing_text_is_said (question->payment_type) && !billing_enum_from_nick (BILLING_TYPE_PAYMENT_TYPE, question->payment_type, &type))
    return billing_desk_refuse (error, _("“%s” is no payment type."), question->payment_type);
  if (!billing_text_is_said (question->patient))
    return billing_desk_refuse (error, _("An estimate needs a patient."));

  g_clear_object (&asking->estimate);
  asking->estimate = billing_estimate_new ((BillingPaymentType) type, asking->currency, asking->today);
  if (!read_checks (asking, connection, error) || !read_charges (asking, connection, error))
    return FALSE;

  benefits = asking->estimate->check_id != NULL
               ? billing_table_select (connection, BILLING_TYPE_BENEFIT, "check_id", asking->estimate->check_id, error)
               : g_ptr_array_new ();
  return benefits != NULL && billing_estimate_compute (asking->estimate, benefits, error);
}

static Asking *
asking_new (BillingDesk             *desk,
            BillingEstimateQuestion *question)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->question = billing_estimate_question_new ();
  billing_record_copy (BILLING_RECORD (asking->question), BILLING_RECORD (question));
  asking->currency = g_strdup (billing_desk_get_practice (desk)->currency);
  asking->today = billing_desk_get_today (desk);

  return asking;
}

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->question);
  g_clear_object (&asking->estimate);
  g_free (asking->currency);
  g_free (asking->today);
  g_free (asking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

/**
 * billing_desk_estimate:
 * @self: a session
 * @question: for whom and what
 * @cancellable: (nullable): what stops it
 * @error: return location for a #BillingDeskError, #BillingStoreError or %BILLING_MODEL_ERROR_OVERFLOW
 *
 * Estimates what a patient will owe. That nothing can be told of it is no error: the estimate says why.
 *
 * Returns: (transfer full): the estimate, or %NULL with @error set
 */
BillingEstimate *
billing_desk_estimate (BillingDesk              *self,
                       BillingEstimateQuestion  *question,
                       GCancellable             *cancellable,
                       GError                  **error)
{
  g_autoptr (Asking) asking = asking_new (self, question);

  if (!billing_store_read (billing_desk_get_store (self), read_estimate, asking, cancellable, error))
    return NULL;

  return g_steal_pointer (&asking->estimate);
}

static void
estimate_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  GError *error = NULL;

  if (billing_store_read_finish (BILLING_STORE (object), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&asking->estimate), g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * billing_desk_estimate_async:
 * @self: a session
 * @question: for whom and what; copied
 * @cancellable: (nullable): interrupts the read
 * @callback: called with the estimate
 * @user_data: data for @callback
 *
 * As billing_desk_estimate(), on another thread.
 */
void
billing_desk_estimate_async (BillingDesk             *self,
                             BillingEstimateQuestion *question,
                             GCancellable            *cancellable,
                             GAsyncReadyCallback      callback,
                             gpointer                 user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Asking *asking = asking_new (self, question);

  g_task_set_source_tag (task, billing_desk_estimate_async);
  g_task_set_task_data (task, asking, (GDestroyNotify) asking_free);
  billing_store_read_async (billing_desk_get_store (self), read_estimate, asking, NULL, cancellable, estimate_cb, task);
}

/**
 * billing_desk_estimate_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the estimate
 */
BillingEstimate *
billing_desk_estimate_finish (BillingDesk   *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
