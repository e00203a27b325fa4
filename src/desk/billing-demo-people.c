/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-demo-people"

#include "config.h"

#include "billing-demo-private.h"

#include "billing-day.h"
#include "billing-table.h"
#include "billing-treatment.h"

/* The clinic's places, physicians and patients. In real life they come by an import, and no verb makes them. */

/* More patients than this are only asked about now and then. */
#define MANY_PATIENTS 5000

guint
billing_demo_n_people (BillingDemo *self)
{
  return (guint) MAX (400, self->n_payments / 20);
}

static gboolean
insert (BillingDemo  *self,
        gpointer      record,
        GError      **error)
{
  return billing_table_insert (self->connection, record, error);
}

static gboolean
insert_and_keep (BillingDemo  *self,
                 gpointer      record,
                 GPtrArray    *ids,
                 GError      **error)
{
  if (!insert (self, record, error))
    return FALSE;

  g_ptr_array_add (ids, g_strdup (billing_record_get_id (record)));
  return TRUE;
}

/**
 * billing_demo_add_places:
 * @self: a clinic
 * @error: return location for an error
 *
 * Returns: whether its locations and physicians are stored
 */
gboolean
billing_demo_add_places (BillingDemo  *self,
                         GError      **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (billing_demo_places); i++)
    {
      const BillingDemoPlace *place = &billing_demo_places[i];
      g_autoptr (BillingLocation) location =
        g_object_new (BILLING_TYPE_LOCATION, "name", place->name, "address-line", place->address, "city", place->city,
                      "region", "NY", "postal-code", place->postal_code, "country", "US", "phone", place->phone, NULL);

      if (!insert_and_keep (self, location, self->locations, error))
        return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (billing_demo_doctors); i++)
    {
      const BillingDemoDoctor *doctor = &billing_demo_doctors[i];
      g_autoptr (BillingPhysician) physician =
        g_object_new (BILLING_TYPE_PHYSICIAN, "name", doctor->name, "npi", doctor->npi, "specialty", doctor->specialty, NULL);

      if (!insert_and_keep (self, physician, self->physicians, error))
        return FALSE;
    }

  return TRUE;
}

static const BillingDemoCulture *
pick_culture (BillingDemo *self)
{
  int at = billing_demo_between (self, 0, 100);

  for (guint i = 0; i < billing_demo_n_cultures; i++)
    {
      at -= (int) billing_demo_cultures[i].weight;
      if (at < 0)
        return &billing_demo_cultures[i];
    }

  return &billing_demo_cultures[0];
}

static const char *
pick_gender (BillingDemo *self)
{
  int at = billing_demo_between (self, 0, 100);

  return at < 53 ? "female" : at < 98 ? "male" : "other";
}

/* Languages that write the family name first put nothing between the names, but for Vietnamese. */
static char *
join_name (const BillingDemoCulture *culture,
           const char               *given,
           const char               *family)
{
  if (!culture->family_first)
    return g_strdup_printf ("%s %s", given, family);

  return g_strdup_printf (g_str_equal (culture->language, "vi") ? "%s %s" : "%s%s", family, given);
}

static void
set_name (BillingDemo    *self,
          BillingPatient *patient)
{
  const BillingDemoCulture *culture = pick_culture (self);
  const char *gender = pick_gender (self);
  gboolean woman = !g_str_equal (gender, "male");
  const char * const *families = woman && culture->families_of_women != NULL ? culture->families_of_women : culture->families;
  const char *given = billing_demo_pick (self, woman ? culture->women : culture->men);
  const char *family = billing_demo_pick (self, families);
  g_autofree char *name = join_name (culture, given, family);

  g_object_set (patient, "name", name, "given-name", given, "family-name", family, "gender", gender,
                "language", culture->language, NULL);
}

static void
set_contact (BillingDemo    *self,
             BillingPatient *patient,
             guint           number)
{
  g_autofree char *email = g_strdup_printf ("%s%u@example.org", billing_demo_pick (self, billing_demo_handles), number + 1);
  g_autofree char *phone = g_strdup_printf ("+1 %d-555-01%02d", billing_demo_between (self, 0, 2) ? 315 : 607,
                                            billing_demo_between (self, 0, 100));
  g_autofree char *address = g_strdup_printf ("%d %s", billing_demo_between (self, 1, 400),
                                              billing_demo_pick (self, billing_demo_streets));
  g_autofree char *postal_code = g_strdup_printf ("133%02d", billing_demo_between (self, 1, 60));

  g_object_set (patient, "phone", phone, "address-line", address, "city", billing_demo_pick (self, billing_demo_cities),
                "region", "NY", "postal-code", postal_code, "country", "US", NULL);
  if (billing_demo_chance (self, 85))
    g_object_set (patient, "email", email, NULL);
}

static BillingPatient *
make_patient (BillingDemo *self,
              guint        number)
{
  BillingPatient *patient = billing_patient_new ();
  g_autofree char *birth_date = billing_demo_day (self, -billing_demo_between (self, 300, 33000));

  set_name (self, patient);
  set_contact (self, patient, number);
  g_object_set (patient, "birth-date", birth_date, "created-at",
                billing_demo_time (self, 0) - (gint64) billing_demo_between (self, 1, 1500) * 86400, NULL);

  return patient;
}

/**
 * billing_demo_add_people:
 * @self: a clinic
 * @from: the first patient, counted from 0
 * @to: the first one not to add
 * @error: return location for an error
 *
 * Returns: whether they are stored, with what their insurers said
 */
gboolean
billing_demo_add_people (BillingDemo  *self,
                         guint         from,
                         guint         to,
                         GError      **error)
{
  int percent_asked = billing_demo_n_people (self) > MANY_PATIENTS ? 15 : 65;

  for (guint i = from; i < to; i++)
    {
      g_autoptr (BillingPatient) patient = make_patient (self, i);

      if (!insert_and_keep (self, patient, self->patients, error))
        return FALSE;
      if (billing_demo_chance (self, percent_asked) &&
          !billing_demo_add_insurance (self, billing_record_get_id (BILLING_RECORD (patient)), i, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * billing_demo_add_persons:
 * @self: a clinic
 * @error: return location for an error
 *
 * Returns: whether those who work there are stored
 */
gboolean
billing_demo_add_persons (BillingDemo  *self,
                          GError      **error)
{
  static const struct {
    const char *account;
    const char *name;
    const char *role;
  } persons[] = {
    { "rosa", "Rosa Delgado", "front-desk" },
    { "marek", "Marek Nowak", "biller" },
    { "joan", "Joan Whitfield", "manager" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (persons); i++)
    {
      g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PERSON_ADD, NULL);
      g_autoptr (BillingRecord) person = NULL;

      g_object_set (act, "account", persons[i].account, "name", persons[i].name, "role", persons[i].role, NULL);
      if (!billing_desk_perform (self->desk, self->connection, act, error))
        return FALSE;

      person = billing_table_get (self->connection, BILLING_TYPE_PERSON, persons[i].account, error);
      if (person == NULL)
        return FALSE;
      self->persons[i] = BILLING_PERSON (g_steal_pointer (&person));
    }

  return TRUE;
}
