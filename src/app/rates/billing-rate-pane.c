/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-rate-pane"

#include "config.h"

#include "billing-rate-pane.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-format.h"
#include "billing-rate-actions.h"
#include "billing-rate-format.h"
#include "billing-service.h"

struct _BillingRatePane {
  BillingRecordPane parent_instance;
};

G_DEFINE_FINAL_TYPE (BillingRatePane, billing_rate_pane, BILLING_TYPE_RECORD_PANE)

/* As the seed names them. */
static void
add_facts (BillingRecordPane *pane,
           BillingRate       *rate)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (pane, _("Rate"));
  g_autofree char *code = billing_rate_format_code (rate);

  billing_record_pane_add_fact (group, _("Code"), code);
  billing_record_pane_add_fact (group, _("Who pays"), billing_rate_format_kind (rate));
  billing_record_pane_add_fact (group, _("Do you need to bill"), rate->billable ? _("Yes") : _("No"));
  billing_record_pane_add_fact (group, _("Is Invoiced"), rate->invoiced ? _("Yes") : _("No"));
  billing_record_pane_add_fact (group, _("Currency"), rate->currency);
  if (rate->twin_id != NULL)
    billing_record_pane_add_link (group, rate->twin_name, _("Twin: the same thing for the other kind of payer"), "win.show-rate",
                                  rate->twin_id);
}

static void
add_prices (BillingRecordPane *pane,
            BillingRate       *rate,
            GPtrArray         *prices)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (pane, _("Prices"));

  for (guint i = 0; i < prices->len; i++)
    {
      BillingRatePrice *price = prices->pdata[i];
      g_autofree char *since = billing_rate_format_since (price);
      g_autofree char *amount = billing_format_money (NULL, price->amount, rate->currency);

      billing_record_pane_add_fact (group, since, amount);
    }

  if (prices->len == 0)
    adw_preferences_group_set_description (group, _("It has no price yet: nothing is billed by it before somebody sets one."));
}

static void
add_services (BillingRecordPane *pane,
              BillingRate       *rate,
              GPtrArray         *services)
{
  g_autofree char *title = g_strdup_printf (_("Services (%'" PRId64 ")"), rate->n_services);
  AdwPreferencesGroup *group = services->len > 0 ? billing_record_pane_add_group (pane, title) : NULL;

  for (guint i = 0; i < services->len; i++)
    {
      BillingService *service = services->pdata[i];
      g_autofree char *day = billing_format_day (NULL, service->day);
      g_autofree char *amount = billing_format_money (NULL, service->amount, service->currency);
      g_autofree char *subtitle = g_strjoin (" · ", service->number, day, amount, NULL);

      billing_record_pane_add_link (group, service->patient_name, subtitle, "win.show-service",
                                    billing_record_get_id (BILLING_RECORD (service)));
    }
}

static void
fill (BillingRecordPane  *pane,
      BillingRecord      *record,
      GPtrArray         **lists)
{
  BillingRate *rate = BILLING_RATE (record);
  g_autofree char *price = billing_rate_format_price (rate);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", rate->number, price != NULL ? price : billing_rate_format_billing (rate));
  AdwPreferencesGroup *group;

  billing_record_pane_set_title (pane, rate->name, rate->retired ? _("Retired: nothing new is billed by it") : subtitle);
  group = billing_record_pane_add_group (pane, NULL);
  adw_preferences_group_add (group, billing_rate_actions_new (rate));
  add_prices (pane, rate, lists[0]);
  add_facts (pane, rate);
  add_services (pane, rate, lists[1]);
}

static void
billing_rate_pane_class_init (BillingRatePaneClass *klass)
{
  BillingRecordPaneClass *pane_class = BILLING_RECORD_PANE_CLASS (klass);

  pane_class->get_record_type = billing_rate_get_type;
  pane_class->lists[0] = (BillingRecordPaneList) { "rate_prices", "subject" };
  pane_class->lists[1] = (BillingRecordPaneList) { "services", "rate" };
  pane_class->fill = fill;
}

static void
billing_rate_pane_init (BillingRatePane *self)
{
}
