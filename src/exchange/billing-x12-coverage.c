/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-x12-coverage"

#include "config.h"

#include <string.h>

#include "billing-day.h"
#include "billing-x12-private.h"

/* The coverage that an answer is about. */

/**
 * billing_x12_read_day:
 * @text: the date of a D8: 20260131
 *
 * Returns: (transfer full) (nullable): the day, %NULL where it is none
 */
char *
billing_x12_read_day (const char *text)
{
  g_autofree char *day = NULL;

  if (strlen (text) != 8 || strspn (text, "0123456789") != 8)
    return NULL;

  day = g_strdup_printf ("%.4s-%.2s-%.2s", text, text + 4, text + 6);
  return billing_day_is_valid (day) ? g_steal_pointer (&day) : NULL;
}

static void
take_day (char       **place,
          const char  *text)
{
  if (*place == NULL)
    *place = billing_x12_read_day (text);
}

/* What DTP01 says of which date it is. */
static const struct {
  const char *qualifier;
  gboolean plan;
  gboolean ends;
} dates[] = {
  { "291", TRUE, FALSE },  /* plan */
  { "346", TRUE, FALSE },  /* plan begins */
  { "347", TRUE, TRUE },   /* plan ends */
  { "307", FALSE, FALSE }, /* eligibility */
  { "356", FALSE, FALSE }, /* eligibility begins */
  { "357", FALSE, TRUE },  /* eligibility ends */
  { "539", FALSE, FALSE }, /* policy takes effect */
  { "540", FALSE, TRUE },  /* policy expires */
};

/**
 * billing_x12_cover_read_dates:
 * @self: a coverage
 * @segment: a DTP
 *
 * Takes the days between which it is good; a range (RD8) has both.
 */
void
billing_x12_cover_read_dates (BillingX12Cover         *self,
                              const BillingX12Segment *segment)
{
  g_auto (GStrv) days = g_strsplit (billing_x12_segment_get (segment, 3), "-", 2);
  const char *qualifier = billing_x12_segment_get (segment, 1);

  for (guint i = 0; days[0] != NULL && i < G_N_ELEMENTS (dates); i++)
    {
      char **starts = dates[i].plan ? &self->plan_starts_on : &self->starts_on;
      char **ends = dates[i].plan ? &self->plan_ends_on : &self->ends_on;

      if (!g_str_equal (qualifier, dates[i].qualifier))
        continue;

      take_day (dates[i].ends && days[1] == NULL ? ends : starts, days[0]);
      if (days[1] != NULL)
        take_day (ends, days[1]);
    }
}

void
billing_x12_cover_clear (BillingX12Cover *self)
{
  g_clear_pointer (&self->plan, g_free);
  g_clear_pointer (&self->group, g_free);
  g_clear_pointer (&self->plan_starts_on, g_free);
  g_clear_pointer (&self->plan_ends_on, g_free);
  g_clear_pointer (&self->starts_on, g_free);
  g_clear_pointer (&self->ends_on, g_free);
  self->is_secondary = FALSE;
}

static void
inherit (char       **place,
         const char  *text)
{
  if (*place == NULL)
    *place = g_strdup (text);
}

/* What is said of a subscriber's coverage is good for its dependents, but for what is said of theirs. */
void
billing_x12_cover_inherit (BillingX12Cover       *self,
                           const BillingX12Cover *from)
{
  gboolean dated = self->plan_starts_on != NULL || self->plan_ends_on != NULL || self->starts_on != NULL ||
                   self->ends_on != NULL;

  self->is_secondary = self->is_secondary || from->is_secondary;
  inherit (&self->plan, from->plan);
  inherit (&self->group, from->group);
  if (dated)
    return;

  inherit (&self->plan_starts_on, from->plan_starts_on);
  inherit (&self->plan_ends_on, from->plan_ends_on);
  inherit (&self->starts_on, from->starts_on);
  inherit (&self->ends_on, from->ends_on);
}

/* The plan, or what else it goes by. */
const char *
billing_x12_cover_get_plan (const BillingX12Cover *self)
{
  return self->plan != NULL ? self->plan : self->group;
}

char *
billing_x12_cover_make_key (const BillingX12Person *person,
                            const char             *payer)
{
  g_autofree char *who = billing_x12_person_make_key (person);

  return g_strdup_printf ("coverages#x12:%s|%s", payer, who);
}

/* By this one that came from elsewhere is found: billing-import-compare.c */
static void
add_member_key (BillingImportItem      *item,
                const BillingX12Person *person,
                gboolean                whole)
{
  g_autofree char *name = billing_x12_person_get_name (person, whole);
  g_autofree char *who = billing_import_make_name_key (name, person->birth_date);

  if (who != NULL && person->member_id != NULL)
    billing_import_item_add_key (item, BILLING_IMPORT_STRENGTH_IDENTIFIER,
                                 g_strdup_printf ("coverages#member:%s|%s", who + strlen ("patients#name:"),
                                                  person->member_id));
}

/**
 * billing_x12_cover_make_item:
 * @self: a coverage
 * @person: whose, with a member id
 * @payer: the insurer
 * @status: active or cancelled
 * @what: where it stands in its file, for people
 *
 * Returns: (transfer full): the coverage
 */
BillingImportItem *
billing_x12_cover_make_item (const BillingX12Cover  *self,
                             const BillingX12Person *person,
                             const char             *payer,
                             const char             *status,
                             const char             *what)
{
  BillingImportItem *item = billing_import_item_new ("x12-coverages", what);
  BillingCoverage *coverage = billing_coverage_new ();
  gboolean plan_dates = self->plan_starts_on != NULL || self->plan_ends_on != NULL;

  item->partial = TRUE;
  item->record = BILLING_RECORD (coverage);
  coverage->payer = g_strdup (payer);
  coverage->member_id = g_strdup (person->member_id);
  coverage->plan = g_strdup (billing_x12_cover_get_plan (self));
  coverage->precedence = self->is_secondary ? 2 : 1;
  coverage->status = g_strdup (status);
  coverage->starts_on = g_strdup (plan_dates ? self->plan_starts_on : self->starts_on);
  coverage->ends_on = g_strdup (plan_dates ? self->plan_ends_on : self->ends_on);

  billing_import_item_add_key (item, BILLING_IMPORT_STRENGTH_URN, billing_x12_cover_make_key (person, payer));
  add_member_key (item, person, TRUE);
  add_member_key (item, person, FALSE);
  billing_x12_person_refer (person, item);
  return item;
}
