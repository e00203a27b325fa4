/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-people"

#include "config.h"

#include "billing-desk-private.h"

#include <crypt.h>
#include <glib/gi18n-lib.h>

#include "billing-enums.h"
#include "billing-table.h"

/* People, their roles and passphrases. */

#define MIN_PASSPHRASE 8

static char *
hash (const char *passphrase,
      const char *setting)
{
  g_autofree struct crypt_data *data = g_new0 (struct crypt_data, 1);
  const char *hashed = crypt_rn (passphrase, setting, data, sizeof *data);

  return g_strdup (hashed);
}

/**
 * billing_desk_hash_passphrase:
 * @self: a session
 * @act: perhaps with a passphrase
 * @error: return location for an error
 *
 * Hashes the passphrase of an act (yescrypt, slow by design) before its transaction, and forgets it.
 *
 * Returns: (transfer full) (nullable): a person with the hash; %NULL without @error where none was given
 */
BillingRecord *
billing_desk_hash_passphrase (BillingDesk  *self,
                              BillingAct   *act,
                              GError      **error)
{
  g_autofree char *passphrase = g_steal_pointer (&act->passphrase);
  g_autoptr (BillingPerson) person = NULL;
  char setting[CRYPT_GENSALT_OUTPUT_SIZE];

  if (passphrase == NULL)
    return NULL;

  person = billing_person_new ();
  if (*passphrase == '\0')
    return BILLING_RECORD (g_steal_pointer (&person));

  if (g_utf8_strlen (passphrase, -1) < MIN_PASSPHRASE)
    {
      billing_desk_refuse (error, _("A passphrase has at least %d characters. Nothing was changed."), MIN_PASSPHRASE);
      return NULL;
    }

  if (crypt_gensalt_rn ("$y$", 0, NULL, 0, setting, sizeof setting) != NULL)
    person->passphrase = hash (passphrase, setting);
  explicit_bzero (passphrase, strlen (passphrase));
  if (person->passphrase == NULL)
    {
      billing_desk_refuse (error, _("This computer cannot hash passphrases. Nothing was changed."));
      return NULL;
    }

  return BILLING_RECORD (g_steal_pointer (&person));
}

/**
 * billing_desk_check_passphrase:
 * @person: somebody
 * @passphrase: (nullable): what was typed
 *
 * Returns: whether it is theirs
 */
gboolean
billing_desk_check_passphrase (BillingPerson *person,
                               const char    *passphrase)
{
  g_autofree char *found = NULL;

  if (person->passphrase == NULL || passphrase == NULL)
    return FALSE;

  found = hash (passphrase, person->passphrase);
  return found != NULL && g_str_equal (found, person->passphrase);
}

static gboolean
set_role (BillingPerson  *person,
          const char     *nick,
          GError        **error)
{
  int role;

  if (!billing_enum_from_nick (BILLING_TYPE_ROLE, nick, &role))
    return billing_desk_refuse (error, _("“%s” is no role. There are: front-desk, biller, manager, administrator. "
                                         "Nothing was changed."), nick != NULL ? nick : "");

  person->role = role;
  return TRUE;
}

static gboolean
set_person (BillingTurn    *turn,
            BillingPerson  *person,
            GError        **error)
{
  BillingAct *act = turn->act;

  if (!billing_turn_check_text (act->name, error) ||
      (act->role != NULL && !set_role (person, act->role, error)))
    return FALSE;

  if (act->name != NULL && *act->name != '\0')
    {
      g_free (person->name);
      person->name = g_strdup (act->name);
    }
  if (turn->prepared != NULL)
    {
      g_free (person->passphrase);
      person->passphrase = g_strdup (BILLING_PERSON (turn->prepared)->passphrase);
    }
  return TRUE;
}

/**
 * billing_desk_add_person:
 * @turn: account, role; name, passphrase
 * @error: return location for an error
 *
 * Returns: whether the person works here now
 */
gboolean
billing_desk_add_person (BillingTurn  *turn,
                         GError      **error)
{
  g_autoptr (BillingPerson) person = billing_person_new ();
  g_autoptr (GPtrArray) same = NULL;
  BillingAct *act = turn->act;

  if (act->account == NULL || *act->account == '\0' || act->role == NULL)
    return billing_desk_refuse (error, _("A person needs an account name and a role. Nothing was changed."));

  same = billing_table_select (turn->connection, BILLING_TYPE_PERSON, "account", act->account, error);
  if (same == NULL)
    return FALSE;
  if (same->len > 0)
    return billing_desk_refuse (error, _("“%s” works here already. Nothing was changed."), act->account);

  person->account = g_strdup (act->account);
  person->name = g_strdup (act->account);
  person->created_at = turn->now;
  if (!billing_turn_check_text (act->account, error) || !set_person (turn, person, error) ||
      !billing_table_insert (turn->connection, BILLING_RECORD (person), error))
    return FALSE;

  billing_turn_set_result (turn, person->account);
  return billing_turn_audit (turn, billing_record_get_id (BILLING_RECORD (person)), NULL, BILLING_RECORD (person),
                             NULL, error);
}

/* Somebody must be able to add people. */
static gboolean
check_administrators (BillingTurn  *turn,
                      GError      **error)
{
  g_autoptr (GPtrArray) people = billing_table_select (turn->connection, BILLING_TYPE_PERSON, "role", "administrator",
                                                       error);

  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      if (!BILLING_PERSON (people->pdata[i])->retired)
        return TRUE;
    }
  if (people != NULL)
    billing_desk_refuse (error, _("A practice needs an administrator. Nothing was changed."));

  return FALSE;
}

/**
 * billing_desk_edit_person:
 * @turn: a person; name, role, passphrase, retired
 * @error: return location for an error
 *
 * Returns: whether the person is changed
 */
gboolean
billing_desk_edit_person (BillingTurn  *turn,
                          GError      **error)
{
  const char *name = turn->act->subject != NULL ? turn->act->subject : "";
  g_autoptr (BillingRecord) before = billing_table_get (turn->connection, BILLING_TYPE_PERSON, name, error);
  g_autoptr (BillingPerson) person = billing_person_new ();

  if (before == NULL)
    return FALSE;

  billing_record_copy (BILLING_RECORD (person), before);
  person->retired = turn->act->retired;
  if (!set_person (turn, person, error) ||
      !billing_table_update (turn->connection, BILLING_RECORD (person), error) ||
      !check_administrators (turn, error))
    return FALSE;

  billing_turn_set_result (turn, person->account);
  return billing_turn_audit (turn, billing_record_get_id (before), before, BILLING_RECORD (person), NULL, error);
}
