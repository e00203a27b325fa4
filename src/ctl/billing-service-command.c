/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-service-command"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

#include "billing-desk-services.h"
#include "billing-money.h"
#include "billing-printer.h"
#include "billing-rate.h"

/* Services: made, added, looked at, put under another rate, answered by insurers. */

/* Of which currency its amounts are. */
static char *
find_currency (BillingCall  *call,
               const char   *service,
               GError      **error)
{
  g_autoptr (BillingRecord) record = billing_desk_find (call->desk, service, error);

  if (record == NULL)
    return NULL;

  return g_strdup (BILLING_IS_SERVICE (record) ? BILLING_SERVICE (record)->currency : billing_call_get_format (call).currency);
}

/* A price is of the currency of the rate. */
static char *
find_price_currency (BillingCall  *call,
                     BillingAct   *act,
                     GError      **error)
{
  g_autoptr (BillingRecord) rate = NULL;

  if (act->subject != NULL)
    return find_currency (call, act->subject, error);

  rate = billing_desk_find (call->desk, act->rate, error);
  if (rate == NULL)
    return NULL;

  return g_strdup (BILLING_IS_RATE (rate) ? BILLING_RATE (rate)->currency : billing_call_get_format (call).currency);
}

/* Nought units would be taken for units that were not said. */
static gboolean
check_units (BillingCall  *call,
             BillingAct   *act,
             GError      **error)
{
  if (billing_call_get (call, "units") == NULL || act->units > 0)
    return TRUE;

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--units should be at least 1"));
  return FALSE;
}

/* Prints the number of what was added. */
gboolean
billing_command_service (BillingCall  *call,
                         GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, call->arguments[0]);
  g_autofree char *currency = NULL;
  BillingMoney money;
  const char *amount = billing_call_get (call, "amount");

  if (billing_call_open_desk (call, error) == NULL || !billing_call_fill (call, act, error) || !check_units (call, act, error))
    return FALSE;

  currency = amount != NULL ? find_price_currency (call, act, error) : NULL;
  if (amount != NULL && (currency == NULL || !billing_money_parse_plain (amount, currency, FALSE, &money, error)))
    return FALSE;
  if (amount != NULL)
    act->amount = money.minor;
  if (!billing_desk_do (call->desk, act, error))
    return FALSE;

  if (act->verb == BILLING_VERB_SERVICE_ADD)
    printf ("%s\n", act->result);
  return TRUE;
}

/* --- many ------------------------------------------------------------------------------------- */

static const char * const filters[] = { "status", "location", "patient", "from", "to", "rate", "reviewed", "payer", "search" };

static gboolean
has_filters (BillingCall *call)
{
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      if (billing_call_get (call, filters[i]) != NULL)
        return TRUE;
    }

  return billing_call_get (call, "all") != NULL;
}

static gboolean
fill_query (BillingCall  *call,
            BillingAct   *act,
            GError      **error)
{
  const char *expected = billing_call_get (call, "expected");

  act->query = billing_desk_query (call->desk, "services");
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      if (billing_call_get (call, filters[i]) != NULL)
        g_object_set (act->query, filters[i], billing_call_get (call, filters[i]), NULL);
    }
  if (expected != NULL)
    act->expected = g_ascii_strtoll (expected, NULL, 10);

  return billing_command_check_query (call, act->query, error);
}

/* What is named, or what the filters find; nobody means everything by saying nothing. */
static gboolean
choose (BillingCall  *call,
        guint         n_before,
        BillingAct   *act,
        GError      **error)
{
  guint n = g_strv_length (call->arguments) - n_before;

  if (billing_call_open_desk (call, error) == NULL)
    return FALSE;
  if ((n > 0) == has_filters (call))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _("Name services, or say which by filters, or --all; see billingctl %s --help"), call->command->name);
      return FALSE;
    }

  act->notes = g_strdup (billing_call_get (call, "notes"));
  if (n == 0)
    return fill_query (call, act, error);

  act->selection = g_strjoinv (" ", call->arguments + n_before);
  return TRUE;
}

static gboolean
perform (BillingCall  *call,
         BillingAct   *act,
         GError      **error)
{
  if (!billing_call_do (call, act, error))
    return FALSE;

  printf ("%s\n", act->result);
  if (act->remainder != NULL)
    g_printerr (_("%s stay as they are\n"), act->remainder);
  return TRUE;
}

/* Prints the number of one, or how many. */
gboolean
billing_command_services (BillingCall  *call,
                          GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, NULL);

  return choose (call, 0, act, error) && perform (call, act, error);
}

static gboolean
print_all (BillingCall  *call,
           const char   *kind,
           GPtrArray    *records,
           GError      **error)
{
  BillingColumnFormat columns = billing_call_get_format (call);
  g_autoptr (BillingPrinter) printer = billing_printer_new (billing_call_get (call, "format"), kind, &columns, error);

  if (printer == NULL)
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    billing_printer_add (printer, records->pdata[i]);
  billing_printer_finish (printer);
  return TRUE;
}

static gboolean
print_outlook (BillingCall  *call,
               BillingAct   *act,
               GError      **error)
{
  g_autoptr (BillingRateOutlook) outlook = billing_desk_look_at_rate (call->desk, act, -1, NULL, error);

  return outlook != NULL && print_all (call, "service_changes", outlook->changes, error);
}

gboolean
billing_command_service_set_rate (BillingCall  *call,
                                  GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, NULL);

  act->rate = g_strdup (call->arguments[0]);
  if (!choose (call, 1, act, error))
    return FALSE;

  return billing_call_get (call, "dry-run") != NULL ? print_outlook (call, act, error) : perform (call, act, error);
}

/* What was made is the result; what was not is said beside it. */
static gboolean
say_what_is_not_made (BillingCall  *call,
                      GError      **error)
{
  g_autoptr (GPtrArray) codes = billing_desk_list_unbilled_codes (call->desk, NULL, error);
  g_autoptr (GPtrArray) kept = codes != NULL ? billing_desk_list_kept_services (call->desk, NULL, error) : NULL;

  if (kept == NULL)
    return FALSE;

  for (guint i = 0; i < codes->len; i++)
    {
      BillingUnbilledCode *code = codes->pdata[i];

      g_printerr (g_str_equal (code->reason, "no-rate") ? _("%s %s has no rate: %" PRId64 " treatments\n")
                                                        : _("%s %s has no price for all days: %" PRId64 " treatments\n"),
                  code->code_system, code->code, code->n);
    }
  for (guint i = 0; i < kept->len; i++)
    g_printerr (_("%s stays as it is, though its treatment says something else\n"), (char *) kept->pdata[i]);
  return TRUE;
}

gboolean
billing_command_service_make (BillingCall  *call,
                              GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, NULL);

  if (billing_call_open_desk (call, error) == NULL)
    return FALSE;

  act->notes = g_strdup (billing_call_get (call, "notes"));
  if (call->arguments[0] != NULL)
    act->selection = g_strjoinv (" ", call->arguments);
  if (!billing_call_do (call, act, error))
    return FALSE;

  printf ("%s\n", act->result);
  return say_what_is_not_made (call, error);
}

/* --- insurers --------------------------------------------------------------------------------- */

static gboolean
read_amount (BillingCall  *call,
             const char   *option,
             const char   *currency,
             gint64       *amount,
             GError      **error)
{
  const char *said = billing_call_get (call, option);
  gboolean is_negative = said != NULL && *said == '-';
  BillingMoney money;

  if (said == NULL)
    return TRUE;
  if (!billing_money_parse_plain (said + is_negative, currency, FALSE, &money, error))
    return FALSE;

  *amount = is_negative ? -money.minor : money.minor;
  return TRUE;
}

/* What is the insurer's to allow and the patient's to pay is never below nothing, which would be taken for not said. */
static gboolean
read_part (BillingCall  *call,
           const char   *option,
           const char   *currency,
           gint64       *amount,
           GError      **error)
{
  const char *said = billing_call_get (call, option);

  if (!read_amount (call, option, currency, amount, error))
    return FALSE;
  if (said == NULL || *amount >= 0)
    return TRUE;

  /* Translators: an option (“allowed”), and what was said with it */
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--%s cannot be below nothing: “%s”"), option, said);
  return FALSE;
}

/* Prints the answer's id. */
gboolean
billing_command_service_insurer (BillingCall  *call,
                                 GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, call->arguments[0]);
  g_autofree char *currency = NULL;

  if (billing_call_open_desk (call, error) == NULL || !billing_call_fill (call, act, error))
    return FALSE;

  currency = find_currency (call, act->subject, error);
  if (currency == NULL || !read_part (call, "allowed", currency, &act->allowed, error) ||
      !read_amount (call, "paid", currency, &act->paid, error) || !read_amount (call, "adjusted", currency, &act->adjusted, error) ||
      !read_part (call, "patient-part", currency, &act->patient_part, error))
    return FALSE;

  act->has_insurer = TRUE;
  if (!billing_desk_do (call->desk, act, error))
    return FALSE;

  printf ("%s\n", act->result);
  return TRUE;
}
