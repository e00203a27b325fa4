/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-demo-invoices"

#include "config.h"

#include "billing-demo-private.h"

#include <string.h>

#include "billing-day.h"
#include "billing-invoice.h"
#include "billing-list.h"
#include "billing-service.h"

/*
 * Of late the clinic bills by rates: the services of some visits go to the insurers, who answer within weeks, and each Friday what is the
 * patients' is invoiced. What is younger than the last Friday but one waits to be looked at.
 */

/* For so many days. */
#define LATELY 77

/* How long insurers take at least, and how long patients do. */
#define INSURER_DAYS 9
#define PATIENT_DAYS 4

/* For so many payments there is such a visit a day, up to so many. */
#define PAYMENTS_A_VISIT 800
#define MOST_VISITS 40

/* Of a hundred visits, so many are paid in advance in part. */
#define PREPAID 20

/* The office is closed, and the biller sits down. */
#define EVENING (18 * 3600 + 600)

/* What insurers allow of the usual price, and what self-payers pay: parts of a hundred. */
#define ALLOWED 82
#define SELF_PAY 75

enum {
  BILLER = 1,
  MANAGER = 2,
  FRIDAY = 4,
};

static char *
get_day (BillingDemo *self)
{
  return billing_demo_day (self, (int) self->day);
}

/* On the last day the payments are as many as were asked for. */
static gboolean
is_last (BillingDemo *self)
{
  return billing_demo_open_day (self, self->day + 1) >= BILLING_DEMO_DAYS;
}

static gboolean
perform (BillingDemo  *self,
         BillingAct   *act,
         guint         person,
         GError      **error)
{
  g_autofree char *day = get_day (self);

  billing_desk_set_clock (self->desk, billing_day_start (day, billing_desk_get_practice (self->desk)->time_zone) + EVENING);
  billing_desk_act_as (self->desk, self->persons[person]);
  return billing_desk_perform (self->desk, self->connection, act, error);
}

static gboolean
set_price (BillingDemo  *self,
           const char   *rate,
           gint64        amount,
           const char   *payer,
           const char   *from,
           GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_RATE_PRICE, rate);

  g_object_set (act, "has-amount", TRUE, "amount", amount, "payer", payer, "date", from, NULL);
  return perform (self, act, MANAGER, error);
}

/* The twin that patients pay themselves costs less, in whole dollars. */
static gboolean
set_prices (BillingDemo           *self,
            const BillingDemoCode *code,
            BillingAct            *made,
            GError               **error)
{
  g_autofree char *year = g_strdup_printf ("%.4s-01-01", self->today);

  return set_price (self, made->result, code->amount, NULL, self->first_day, error) &&
         (strcmp (year, self->first_day) <= 0 ||
          set_price (self, made->result, code->amount + code->amount / 100 * 4, NULL, year, error)) &&
         set_price (self, made->result, code->amount / 100 * 96, billing_demo_insurers[0].payer, self->first_day, error) &&
         (made->remainder == NULL ||
          set_price (self, made->remainder, MAX (code->amount * SELF_PAY / 10000 * 100, 100), NULL, self->first_day, error));
}

static gboolean
add_rate (BillingDemo           *self,
          const BillingDemoCode *code,
          GError               **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_RATE_CREATE, NULL);
  gboolean is_charged = code->amount > 0;

  g_object_set (act, "name", code->display, "code", code->code, "code-system", is_charged ? code->system : "own", "payer-kind",
                is_charged ? "both" : "self-pay", "billable", is_charged ? "yes" : "no", "invoiced", is_charged ? "yes" : "no", NULL);
  return perform (self, act, MANAGER, error) &&
         (is_charged ? set_prices (self, code, act, error) : set_price (self, act->result, 0, NULL, self->first_day, error));
}

/* For each code that visits have, and for what has none. */
static gboolean
add_rates (BillingDemo  *self,
           GError      **error)
{
  static const BillingDemoCode general = { "own", "GEN", "General Service", 9000 };

  for (guint i = 0; i < billing_demo_n_codes; i++)
    {
      if (!add_rate (self, &billing_demo_codes[i], error))
        return FALSE;
    }

  return add_rate (self, &general, error);
}

static gboolean
make_services (BillingDemo  *self,
               const char   *treatments,
               GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_SERVICE_MAKE, NULL);

  if (*treatments == '\0')
    return TRUE;

  g_object_set (act, "selection", treatments, NULL);
  return perform (self, act, BILLER, error);
}

/* Some paid a part in advance, which their invoice takes off. */
static gboolean
prepay (BillingDemo  *self,
        const char   *patient,
        const char   *treatment,
        GError      **error)
{
  g_autoptr (BillingAct) create = billing_act_new (BILLING_VERB_PAYMENT_CREATE, NULL);
  g_autoptr (BillingAct) collect = NULL;

  if (!billing_demo_chance (self, PREPAID) || is_last (self))
    return TRUE;

  g_object_set (create, "patient", patient, "treatment", treatment, "payment-type", "treatment-pre-payment", "has-amount", TRUE,
                "amount", G_GINT64_CONSTANT (2000), NULL);
  if (!perform (self, create, BILLER, error))
    return FALSE;

  self->n_planned++;
  collect = billing_act_new (BILLING_VERB_PAYMENT_COLLECT, create->result);
  g_object_set (collect, "tender", BILLING_TENDER_CASH, NULL);
  return perform (self, collect, BILLER, error);
}

static guint
count_visits (BillingDemo *self)
{
  gint64 n = self->n_payments / PAYMENTS_A_VISIT;

  return (guint) MIN (n, MOST_VISITS - 1) + billing_demo_chance (self, (int) (self->n_payments % PAYMENTS_A_VISIT * 100 / PAYMENTS_A_VISIT));
}

static gboolean
add_visits (BillingDemo  *self,
            GError      **error)
{
  g_autoptr (GString) treatments = g_string_new (NULL);
  guint n = count_visits (self);

  for (guint i = 0; i < n; i++)
    {
      const char *patient = self->patients->pdata[billing_demo_between (self, 0, (int) self->patients->len)];
      g_autofree char *id = NULL;
      const char *description;
      gint64 charges, part;

      if (!billing_demo_add_treatment (self, patient, (int) self->day, &id, &description, &charges, &part, error) ||
          !prepay (self, patient, id, error))
        return FALSE;
      g_string_append_printf (treatments, "%s ", id);
    }

  return make_services (self, treatments->str, error);
}

static GPtrArray *
list (BillingDemo  *self,
      const char   *kind,
      const char   *status,
      int           days_ago,
      GError      **error)
{
  g_autoptr (BillingQuery) query = billing_query_new (kind);
  g_autofree char *until = billing_demo_day (self, (int) self->day - days_ago);

  g_object_set (query, "status", status, "to", until, NULL);
  return billing_list_rows (self->connection, query, error);
}

/* Most is paid but for a copay or a share; a few are denied, and the patient owes all of it. */
static gboolean
answer (BillingDemo     *self,
        BillingService  *service,
        GError         **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_SERVICE_INSURER, service->number);
  g_autofree char *reference = g_strdup_printf ("ERA %d", billing_demo_between (self, 100000, 1000000));
  gboolean is_denied = billing_demo_chance (self, 7);
  gint64 allowed = is_denied ? service->amount : service->amount * ALLOWED / 100;
  gint64 patient = is_denied ? allowed : allowed * (billing_demo_between (self, 0, 5) * 10) / 100;

  g_object_set (act, "has-insurer", TRUE, "allowed", allowed, "paid", allowed - patient, "adjusted", service->amount - allowed,
                "patient-part", patient, "reference", reference, NULL);
  return perform (self, act, BILLER, error);
}

static gboolean
answer_some (BillingDemo  *self,
             GError      **error)
{
  g_autoptr (GPtrArray) services = list (self, "services", "with-insurer", INSURER_DAYS, error);

  for (guint i = 0; services != NULL && i < services->len; i++)
    {
      if (billing_demo_chance (self, 25) && !answer (self, services->pdata[i], error))
        return FALSE;
    }

  return services != NULL;
}

/* The payments of invoices count as well. */
static gboolean
count_payments (BillingDemo  *self,
                gint64        sign,
                GError      **error)
{
  g_autoptr (BillingQuery) query = billing_query_new ("payments");
  g_autoptr (BillingListing) listing = billing_list_listing (self->connection, query, error);

  if (listing == NULL)
    return FALSE;

  self->n_planned += sign * (gint64) listing->pks->len;
  return TRUE;
}

static gboolean
invoice (BillingDemo  *self,
         GError      **error)
{
  g_autoptr (GPtrArray) services = list (self, "services", "to-invoice", 2, error);
  g_autoptr (GString) selection = g_string_new (NULL);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_INVOICE_CREATE, NULL);

  for (guint i = 0; services != NULL && i < services->len; i++)
    g_string_append_printf (selection, "%s ", ((BillingService *) services->pdata[i])->number);
  if (services == NULL || services->len == 0)
    return services != NULL;

  g_object_set (act, "selection", selection->str, NULL);
  return count_payments (self, -1, error) && perform (self, act, BILLER, error) && count_payments (self, 1, error);
}

/* Some pay the whole, some a part, one invoice was made by mistake; who never pays is given up in the end. */
static BillingAct *
decide (BillingDemo    *self,
        BillingInvoice *found)
{
  static const BillingTender tenders[] = { BILLING_TENDER_CARD, BILLING_TENDER_CHEQUE, BILLING_TENDER_BANK, BILLING_TENDER_CASH };
  BillingAct *act;
  int at = billing_demo_between (self, 0, 1000);

  if (at >= 80)
    return NULL;
  if (at < 3 && found->status == BILLING_INVOICE_STATUS_OPEN)
    {
      act = billing_act_new (BILLING_VERB_INVOICE_VOID, found->number);
      g_object_set (act, "notes", "Invoiced to the wrong family member", NULL);
      return act;
    }
  if (at < 6)
    {
      act = billing_act_new (BILLING_VERB_INVOICE_WRITE_OFF, found->number);
      g_object_set (act, "notes", "Hardship, agreed with Dr. Okafor", NULL);
      return act;
    }

  act = billing_act_new (BILLING_VERB_INVOICE_MARK_PAID, found->number);
  g_object_set (act, "tender", tenders[at % G_N_ELEMENTS (tenders)], "reference", at % 4 == 1 ? "1207" : NULL, NULL);
  if (at < 20 && found->balance >= 4000 && !is_last (self))
    {
      g_object_set (act, "has-amount", TRUE, "amount", found->balance / 200 * 100, NULL);
      self->n_planned++;
    }
  return act;
}

static gboolean
pay_some (BillingDemo  *self,
          GError      **error)
{
  g_autoptr (GPtrArray) invoices = list (self, "invoices", "open,partly-paid", PATIENT_DAYS, error);

  for (guint i = 0; invoices != NULL && i < invoices->len; i++)
    {
      g_autoptr (BillingAct) act = decide (self, invoices->pdata[i]);

      if (act != NULL && !perform (self, act, act->verb == BILLING_VERB_INVOICE_WRITE_OFF ? MANAGER : BILLER, error))
        return FALSE;
    }

  return invoices != NULL;
}

static gboolean
bill (BillingDemo  *self,
      GError      **error)
{
  if (!self->has_rates && !add_rates (self, error))
    return FALSE;

  self->has_rates = TRUE;
  return add_visits (self, error) && answer_some (self, error) && pay_some (self, error) &&
         ((self->weekday + self->day) % 7 != FRIDAY || self->day + 7 >= BILLING_DEMO_DAYS || invoice (self, error));
}

/**
 * billing_demo_bill_day:
 * @self: a clinic, on one of its days
 * @error: return location for an error
 *
 * What happens here has chances of its own, so that the rest of the clinic does not change with it.
 *
 * Returns: whether what is billed by rates on this day is done
 */
gboolean
billing_demo_bill_day (BillingDemo  *self,
                       GError      **error)
{
  GRand *rand = self->rand;
  gboolean done;

  if (self->day + LATELY < BILLING_DEMO_DAYS || self->patients->len == 0)
    return TRUE;

  self->rand = self->billing_rand;
  done = bill (self, error);
  self->rand = rand;
  return done;
}
