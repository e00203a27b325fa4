/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-create"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "billing-audit.h"
#include "billing-day.h"
#include "billing-keyring.h"
#include "billing-money.h"
#include "billing-table.h"

typedef struct {
  BillingPractice *practice; /* (owned) */
  BillingPerson *person;     /* (owned) */
} First;

static gboolean
write_first (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  First *first = data;

  return billing_table_insert (connection, BILLING_RECORD (first->practice), error) &&
         billing_table_insert (connection, BILLING_RECORD (first->person), error) &&
         billing_audit_write (connection, first->practice->created_at, first->person->account,
                              BILLING_VERB_PRACTICE_EDIT, billing_record_get_id (BILLING_RECORD (first->practice)),
                              NULL, BILLING_RECORD (first->practice), NULL, error);
}

/* Five characters that people can read out: what tells this desk's ids from another's. */
static char *
make_desk_code (void)
{
  static const char letters[] = "abcdefghjkmnpqrstvwxyz23456789";
  char code[6] = { 0, };

  for (guint i = 0; i < 5; i++)
    code[i] = letters[g_random_int_range (0, sizeof letters - 1)];

  return g_strdup (code);
}

static void
describe_first (First      *first,
                const char *name,
                const char *currency,
                const char *time_zone)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *real_name = g_get_real_name ();

  first->practice = billing_practice_new ();
  first->practice->name = g_strdup (name);
  first->practice->currency = g_strdup (currency);
  first->practice->time_zone = g_strdup (time_zone);
  first->practice->desk = make_desk_code ();
  first->practice->created_at = now;
  billing_record_set_id (BILLING_RECORD (first->practice), NULL);

  first->person = billing_person_new ();
  first->person->account = g_strdup (g_get_user_name ());
  first->person->name = g_strdup (g_strcmp0 (real_name, "Unknown") != 0 ? real_name : g_get_user_name ());
  first->person->role = BILLING_ROLE_ADMINISTRATOR;
  first->person->created_at = now;
}

static gboolean
fill (const char  *folder,
      First       *first,
      GError     **error)
{
  g_autofree char *id = g_strconcat ("pra_", first->practice->desk, NULL);
  g_autofree char *warning = NULL;
  g_autoptr (GBytes) key = billing_keyring_get_seal_key (id, &warning);
  g_autoptr (BillingStore) store = billing_store_open (folder, key, error);

  billing_record_set_id (BILLING_RECORD (first->practice), id);
  return store != NULL && billing_store_write (store, write_first, first, NULL, error);
}

static void
remove_books (const char *folder)
{
  static const char * const endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/practice.db%s", folder, endings[i]);

      g_unlink (path);
    }
}

static gboolean
check_settings (const char  *name,
                const char  *currency,
                const char  *time_zone,
                GError     **error)
{
  if (name == NULL || *name == '\0')
    return billing_desk_refuse (error, _("A practice needs a name. Nothing was made."));
  if (currency == NULL || !billing_currency_is_known (currency))
    return billing_desk_refuse (error, _("“%s” is no currency. Write it like USD. Nothing was made."),
                                currency != NULL ? currency : "");
  if (time_zone == NULL || !billing_time_zone_is_known (time_zone))
    return billing_desk_refuse (error, _("“%s” is no time zone. Write it like Europe/Berlin. Nothing was made."),
                                time_zone != NULL ? time_zone : "");

  return TRUE;
}

/**
 * billing_desk_create:
 * @folder: where; made if it is not there
 * @name: what the practice is called
 * @currency: ISO 4217
 * @time_zone: IANA name
 * @error: return location for an error
 *
 * Makes a practice, whole or not at all; the account of the operating system becomes its administrator.
 *
 * Returns: whether it was made
 */
gboolean
billing_desk_create (const char  *folder,
                     const char  *name,
                     const char  *currency,
                     const char  *time_zone,
                     GError     **error)
{
  First first = { NULL, NULL };
  gboolean success;

  if (!check_settings (name, currency, time_zone, error) || !billing_store_create (folder, error))
    return FALSE;

  describe_first (&first, name, currency, time_zone);
  success = fill (folder, &first, error);
  if (!success)
    remove_books (folder);

  g_object_unref (first.practice);
  g_object_unref (first.person);
  return success;
}
