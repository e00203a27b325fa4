/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-csv-import-cell"

#include "config.h"

#include "billing-csv-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-day.h"
#include "billing-money.h"

/* What the cells of a row say. The first that makes no sense is the row's problem. */

const char *
billing_csv_row_get (BillingCsvRow *self,
                     const char    *target)
{
  return billing_csv_plan_get_value (self->plan, self->cells, target);
}

char *
billing_csv_row_dup (BillingCsvRow *self,
                     const char    *target)
{
  return g_strdup (billing_csv_row_get (self, target));
}

void
billing_csv_row_complain (BillingCsvRow *self,
                          const char    *format,
                          ...)
{
  va_list values;

  if (self->problem != NULL)
    return;

  va_start (values, format);
  self->problem = g_strdup_vprintf (format, values);
  va_end (values);
}

char *
billing_csv_row_get_day (BillingCsvRow *self,
                         const char    *target)
{
  const char *text = billing_csv_row_get (self, target);
  char *day;

  if (text == NULL)
    return NULL;

  day = billing_csv_parse_day (text, billing_csv_plan_get_reading_order (self->plan),
                               billing_csv_plan_get_practice (self->plan)->locale);
  if (day == NULL)
    billing_csv_row_complain (self, _("“%s” is no date that exists: %s"), billing_csv_get_target_label (target), text);

  return day;
}

/* Births may be known by the year only. */
char *
billing_csv_row_get_birth_date (BillingCsvRow *self,
                                const char    *target)
{
  const char *text = billing_csv_row_get (self, target);
  char *day = NULL;

  if (text != NULL && billing_day_parse_partial (text, &day, NULL))
    return day;

  return billing_csv_row_get_day (self, target);
}

gboolean
billing_csv_row_get_money (BillingCsvRow *self,
                           const char    *target,
                           gint64        *minor)
{
  const char *text = billing_csv_row_get (self, target);
  g_autofree char *plain = NULL;
  g_autoptr (GError) error = NULL;
  BillingMoney money;

  if (text == NULL)
    return FALSE;

  plain = billing_csv_plain_number (text, billing_csv_plan_get_decimal (self->plan));
  if (!billing_csv_is_in_currency (text, billing_csv_plan_get_practice (self->plan)->currency) ||
      !billing_money_parse_plain (plain, billing_csv_plan_get_practice (self->plan)->currency, TRUE, &money, &error) ||
      money.minor > G_GINT64_CONSTANT (1000000000000) || money.minor < -G_GINT64_CONSTANT (1000000000000))
    {
      billing_csv_row_complain (self, _("“%s” is no amount: %s"), billing_csv_get_target_label (target), text);
      return FALSE;
    }

  *minor = money.minor;
  return TRUE;
}

char *
billing_csv_row_get_gender (BillingCsvRow *self)
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
  const char *value = billing_csv_row_get (self, "gender");
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

gint64
billing_csv_row_get_start (BillingCsvRow *self,
                           const char    *day)
{
  const char *zone = billing_csv_plan_get_practice (self->plan)->time_zone;
  const char *time = billing_csv_row_get (self, "time");
  int seconds = 0;

  if (time == NULL)
    time = billing_csv_row_get (self, "date");
  if (time != NULL && strchr (time, ':') != NULL && !billing_csv_parse_time (time, &seconds))
    billing_csv_row_complain (self, _("“%s” is no time that exists: %s"), billing_csv_get_target_label ("time"), time);

  return billing_day_start (day, zone) + seconds;
}

BillingEligibilityStatus
billing_csv_row_get_eligibility (BillingCsvRow *self)
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
  const char *value = billing_csv_row_get (self, "eligibility");
  g_autofree char *folded = value != NULL ? billing_csv_fold_header (value) : NULL;
  g_autofree char *word = g_strdup_printf ("|%s|", folded != NULL ? folded : "");

  for (guint i = 0; folded != NULL && i < G_N_ELEMENTS (statuses); i++)
    {
      if (strstr (statuses[i].words, word) != NULL)
        return statuses[i].status;
    }

  return BILLING_ELIGIBILITY_STATUS_UNKNOWN;
}

char *
billing_csv_join_names (const char *name,
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
