/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-reconcile"

#include "config.h"

#include "billing-reconcile.h"

#include <glib/gi18n-lib.h>

#include "billing-day.h"
#include "billing-desk-private.h"
#include "billing-money.h"

/* Stripe's ledger of a period, for who may see the practice's numbers. */

typedef struct {
  char *currency;                /* (owned) (nullable) */
  char *from;                    /* (owned) */
  char *to;                      /* (owned) */
  char *time_zone;               /* (owned) */
  BillingReconciliation *result; /* (owned) (nullable) */
} Reconciling;

static void
reconciling_free (gpointer data)
{
  Reconciling *self = data;

  g_free (self->currency);
  g_free (self->from);
  g_free (self->to);
  g_free (self->time_zone);
  g_clear_pointer (&self->result, billing_reconciliation_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reconciling, reconciling_free)

static Reconciling *
reconciling_new (BillingDesk *desk,
                 const char  *currency,
                 const char  *from,
                 const char  *to)
{
  Reconciling *self = g_new0 (Reconciling, 1);
  BillingPractice *practice = billing_desk_get_practice (desk);

  self->currency = g_strdup (currency != NULL ? currency : practice->currency);
  self->from = g_strdup (from);
  self->to = g_strdup (to);
  self->time_zone = g_strdup (practice->time_zone);
  return self;
}

static gboolean
check (BillingDesk  *desk,
       Reconciling  *self,
       GError      **error)
{
  if (!billing_desk_may (desk, BILLING_VERB_REPORT_VIEW))
    {
      g_autofree char *refusal = billing_verb_refusal (BILLING_VERB_REPORT_VIEW, billing_desk_get_person (desk)->role);

      g_set_error_literal (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_REFUSED, refusal);
      return FALSE;
    }
  if (!billing_day_is_valid (self->from) || !billing_day_is_valid (self->to) || g_strcmp0 (self->from, self->to) > 0)
    {
      g_set_error_literal (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID, _("The first day is after the last one."));
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_cb (BillingConnection  *connection,
         gpointer            data,
         GCancellable       *cancellable,
         GError            **error)
{
  Reconciling *self = data;

  self->result = billing_reconciliation_read (connection, self->currency, self->from, self->to, self->time_zone, error);
  return self->result != NULL;
}

static BillingReconciliation *
run (BillingDesk   *desk,
     Reconciling   *self,
     GCancellable  *cancellable,
     GError       **error)
{
  if (!check (desk, self, error) || !billing_store_read (billing_desk_get_store (desk), read_cb, self, cancellable, error))
    return NULL;

  return g_steal_pointer (&self->result);
}

/**
 * billing_desk_reconcile:
 * @self: a session
 * @currency: (nullable): ISO 4217; %NULL: the practice's
 * @from: the first day, in the practice's time zone
 * @to: the last one
 * @cancellable: (nullable): what stops it
 * @error: return location for a #BillingDeskError or #BillingStoreError
 *
 * Puts a period of Stripe's ledger side by side with Stripe's balance, its payouts and the books.
 *
 * Returns: (transfer full) (nullable): what fits, and what does not
 */
BillingReconciliation *
billing_desk_reconcile (BillingDesk   *self,
                        const char    *currency,
                        const char    *from,
                        const char    *to,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr (Reconciling) reconciling = reconciling_new (self, currency, from, to);

  return run (self, reconciling, cancellable, error);
}

static void
reconcile_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  GError *error = NULL;
  BillingReconciliation *result = run (source, data, cancellable, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify) billing_reconciliation_free);
  else
    g_task_return_error (task, error);
}

/**
 * billing_desk_reconcile_async:
 * @self: a session
 * @currency: (nullable): see billing_desk_reconcile(); copied, like the days
 * @from: the first day
 * @to: the last one
 * @cancellable: (nullable): what stops it
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * Does billing_desk_reconcile() in a thread.
 */
void
billing_desk_reconcile_async (BillingDesk         *self,
                              const char          *currency,
                              const char          *from,
                              const char          *to,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, billing_desk_reconcile_async);
  g_task_set_task_data (task, reconciling_new (self, currency, from, to), reconciling_free);
  g_task_run_in_thread (task, reconcile_thread);
}

/**
 * billing_desk_reconcile_finish:
 * @self: a session
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): see billing_desk_reconcile()
 */
BillingReconciliation *
billing_desk_reconcile_finish (BillingDesk   *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
list_currencies_cb (BillingConnection  *connection,
                    gpointer            data,
                    GCancellable       *cancellable,
                    GError            **error)
{
  char ***currencies = data;

  *currencies = billing_reconciliation_list_currencies (connection, error);
  return *currencies != NULL;
}

/**
 * billing_desk_list_stripe_currencies:
 * @self: a session
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): in what Stripe holds or held money for the practice, by their codes
 */
char **
billing_desk_list_stripe_currencies (BillingDesk  *self,
                                     GError      **error)
{
  char **currencies = NULL;

  billing_store_read (billing_desk_get_store (self), list_currencies_cb, &currencies, NULL, error);
  return currencies;
}

/**
 * billing_reconciliation_describe:
 * @self: a reconciliation
 *
 * Returns: (transfer full): how it came out, in a sentence
 */
char *
billing_reconciliation_describe (BillingReconciliation *self)
{
  g_autofree char *difference = NULL;

  if (self->incomplete != NULL)
    return g_strdup (self->incomplete);
  if (self->n_breaches > 0 && self->difference == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u row does not fit.", "%u rows do not fit.", self->n_breaches),
                            self->n_breaches);
  if (self->unanchored != NULL)
    return g_strdup (self->unanchored);

  difference = billing_money_format (billing_money_new (self->difference, self->currency), NULL);
  if (self->n_breaches == 0)
    /* Translators: an amount: 0.00 */
    return g_strdup_printf (_("Everything fits: the difference to Stripe’s balance is %s."), difference);

  /* Translators: an amount, and how many rows */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "The difference to Stripe’s balance is %s; %u row does not fit.",
                                       "The difference to Stripe’s balance is %s; %u rows do not fit.", self->n_breaches),
                          difference, self->n_breaches);
}
