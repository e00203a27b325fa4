/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-seal"

#include "config.h"

#include "billing-seal.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <sqlite3.h>

#define DIGEST_SIZE 32

/* What a seal covers: all rows of these up to the ones that it names. */
static const char * const sealed_rows[] = {
  "SELECT pk, at, day, act, person, patient_id, payment_id, reason, source, reverses FROM transactions"
  " WHERE pk > ? AND pk <= ? ORDER BY pk",
  "SELECT pk, transaction_pk, account, currency, amount FROM postings WHERE pk > ? AND pk <= ? ORDER BY pk",
  "SELECT pk, at, person, verb, subject_id, before, after, reason FROM audit WHERE pk > ? AND pk <= ? ORDER BY pk",
};

#define N_SEALED G_N_ELEMENTS (sealed_rows)

typedef struct {
  gint64 pk;
  gint64 upto[N_SEALED];
  guint8 digest[DIGEST_SIZE];
} Seal;

struct _BillingSealer {
  BillingConnection *connection; /* (not owned) */
  GBytes *key;                   /* (owned) (nullable) */
  char *key_id;                  /* (owned) */
};

/**
 * billing_seal_key_id:
 * @key: (nullable): a key
 *
 * Returns: (transfer full): what tells the key from others without telling the key; empty for none
 */
char *
billing_seal_key_id (GBytes *key)
{
  g_autofree char *digest = NULL;

  if (key == NULL)
    return g_strdup ("");

  digest = g_compute_hmac_for_string (G_CHECKSUM_SHA256, g_bytes_get_data (key, NULL), g_bytes_get_size (key),
                                      "billing seal key", -1);
  return g_strndup (digest, 12);
}

BillingSealer *
billing_sealer_new (BillingConnection *connection,
                    GBytes            *key)
{
  BillingSealer *self = g_new0 (BillingSealer, 1);

  self->connection = connection;
  self->key = key != NULL ? g_bytes_ref (key) : NULL;
  self->key_id = billing_seal_key_id (key);
  return self;
}

void
billing_sealer_free (BillingSealer *self)
{
  g_clear_pointer (&self->key, g_bytes_unref);
  g_free (self->key_id);
  g_free (self);
}

static GHmac *
begin_digest (GBytes       *key,
              const guint8 *previous)
{
  static const guint8 no_key[1] = { 0 };
  GHmac *hmac = g_hmac_new (G_CHECKSUM_SHA256,
                            key != NULL ? g_bytes_get_data (key, NULL) : no_key,
                            key != NULL ? g_bytes_get_size (key) : 0);

  g_hmac_update (hmac, previous, DIGEST_SIZE);
  return hmac;
}

/* Type, length and bytes of each value, so that no two rows can be told as one. */
static void
digest_row (GHmac            *hmac,
            BillingStatement *statement,
            GByteArray       *buffer)
{
  int n_columns = billing_statement_n_columns (statement);

  g_byte_array_set_size (buffer, 0);
  for (int i = 0; i < n_columns; i++)
    {
      guint8 type = (guint8) billing_statement_get_type (statement, i);
      const char *text = billing_statement_get_text (statement, i);
      guint32 length = text != NULL ? GUINT32_TO_LE ((guint32) strlen (text)) : 0;

      g_byte_array_append (buffer, &type, 1);
      g_byte_array_append (buffer, (const guint8 *) &length, sizeof length);
      if (text != NULL)
        g_byte_array_append (buffer, (const guint8 *) text, (guint) strlen (text));
    }

  g_hmac_update (hmac, buffer->data, buffer->len);
}

static gboolean
digest_rows (BillingConnection  *connection,
             GHmac              *hmac,
             guint               which,
             gint64              from,
             gint64              upto,
             GError            **error)
{
  g_autoptr (BillingStatement) statement = NULL;
  g_autoptr (GByteArray) buffer = NULL;
  gboolean row = TRUE;

  if (from == upto)
    return TRUE;

  statement = billing_connection_prepare (connection, sealed_rows[which], error);
  if (statement == NULL)
    return FALSE;

  buffer = g_byte_array_sized_new (512);
  billing_statement_bind_integer (statement, 1, from);
  billing_statement_bind_integer (statement, 2, upto);
  while (billing_statement_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      digest_row (hmac, statement, buffer);
    }

  return FALSE;
}

static gboolean
compute (BillingConnection  *connection,
         GBytes             *key,
         const Seal         *previous,
         Seal               *seal,
         GError            **error)
{
  GHmac *hmac = begin_digest (key, previous->digest);
  gsize size = DIGEST_SIZE;
  gboolean success = TRUE;

  for (guint i = 0; success && i < N_SEALED; i++)
    success = digest_rows (connection, hmac, i, previous->upto[i], seal->upto[i], error);

  g_hmac_get_digest (hmac, seal->digest, &size);
  g_hmac_unref (hmac);
  return success;
}

static void
read_seal (BillingStatement *statement,
           Seal             *seal)
{
  gsize size;
  gconstpointer digest = billing_statement_get_blob (statement, 4, &size);

  seal->pk = billing_statement_get_integer (statement, 0);
  for (guint i = 0; i < N_SEALED; i++)
    seal->upto[i] = billing_statement_get_integer (statement, (int) i + 1);
  if (size == DIGEST_SIZE)
    memcpy (seal->digest, digest, DIGEST_SIZE);
}

static gboolean
read_last (BillingConnection  *connection,
           Seal               *seal,
           GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT pk, transaction_pk, posting_pk, audit_pk, digest FROM seals ORDER BY pk DESC LIMIT 1", error);
  gboolean row;

  if (statement == NULL || !billing_statement_step (statement, &row, error))
    return FALSE;

  if (row)
    read_seal (statement, seal);
  return TRUE;
}

static gboolean
read_tops (BillingConnection  *connection,
           Seal               *seal,
           GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT (SELECT max (pk) FROM transactions), (SELECT max (pk) FROM postings), (SELECT max (pk) FROM audit)",
    error);
  gboolean row;

  if (statement == NULL || !billing_statement_step (statement, &row, error))
    return FALSE;

  for (guint i = 0; i < N_SEALED; i++)
    seal->upto[i] = billing_statement_get_integer (statement, (int) i);
  return TRUE;
}

static gboolean
write_seal (BillingSealer  *self,
            const Seal     *seal,
            GError        **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (self->connection,
    "INSERT INTO seals (at, desk, transaction_pk, posting_pk, audit_pk, key_id, digest)"
    " VALUES (?, ifnull ((SELECT desk FROM practice), ''), ?, ?, ?, ?, ?)", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  billing_statement_bind_integer (statement, 1, g_get_real_time () / G_USEC_PER_SEC);
  for (guint i = 0; i < N_SEALED; i++)
    billing_statement_bind_integer (statement, (int) i + 2, seal->upto[i]);
  billing_statement_bind_text (statement, 5, self->key_id);
  billing_statement_bind_blob (statement, 6, seal->digest, DIGEST_SIZE);
  return billing_statement_step (statement, &row, error);
}

/**
 * billing_sealer_seal:
 * @self: a sealer whose connection is about to commit
 * @error: return location for a #BillingStoreError
 *
 * Seals what the transaction wrote to the ledger and the audit, if it did.
 *
 * Returns: whether it is sealed
 */
gboolean
billing_sealer_seal (BillingSealer  *self,
                     GError        **error)
{
  Seal previous = { 0, };
  Seal seal = { 0, };

  if (!read_last (self->connection, &previous, error) || !read_tops (self->connection, &seal, error))
    return FALSE;

  if (memcmp (seal.upto, previous.upto, sizeof seal.upto) == 0)
    return TRUE;

  return compute (self->connection, self->key, &previous, &seal, error) && write_seal (self, &seal, error);
}

static void
set_breach (GError     **error,
            const Seal  *seal)
{
  g_set_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_BREACH,
               _("Seal %" PRId64 " is broken: the ledger or the audit was changed behind the program's back. "
                 "Compare with the newest backup before it."), seal->pk);
}

static gboolean
check_seal (BillingConnection  *connection,
            GBytes             *key,
            const Seal         *previous,
            const Seal         *seal,
            GError            **error)
{
  Seal expected = *seal;

  if (!compute (connection, key, previous, &expected, error))
    return FALSE;

  if (seal->pk == previous->pk + 1 && memcmp (expected.digest, seal->digest, DIGEST_SIZE) == 0)
    return TRUE;

  set_breach (error, seal);
  return FALSE;
}

/* What came after the last seal, was taken from before it, or stands before the first. */
static gboolean
check_rest (BillingConnection  *connection,
            const Seal         *last,
            GError            **error)
{
  Seal tops = { 0, };
  gint64 is_before_first;

  if (!read_tops (connection, &tops, error) ||
      !billing_connection_get_integer (connection, &is_before_first, error,
                                       "SELECT EXISTS (SELECT 1 FROM transactions WHERE pk < 1)"
                                       " OR EXISTS (SELECT 1 FROM postings WHERE pk < 1)"
                                       " OR EXISTS (SELECT 1 FROM audit WHERE pk < 1)", ""))
    return FALSE;

  if (memcmp (tops.upto, last->upto, sizeof tops.upto) == 0 && !is_before_first)
    return TRUE;

  g_set_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_BREACH,
               _("The ledger or the audit has rows that no seal covers, or lost rows: it was changed behind the "
                 "program's back after seal %" PRId64 "."), last->pk);
  return FALSE;
}

static char *
format_digest (const guint8 *digest)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < DIGEST_SIZE / 2; i++)
    g_string_append_printf (text, "%02x", digest[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * billing_seal_verify:
 * @connection: inside a transaction
 * @key: (nullable): the key, if there is one
 * @head: (out) (transfer full): the last seal, as printed at day close
 * @n_unkeyed: (out): how many seals were made while there was no keyring
 * @cancellable: (nullable): what stops it
 * @error: return location for %BILLING_STORE_ERROR_BREACH
 *
 * Computes every seal again. One that was made with a key that is not @key cannot be checked and is a breach.
 *
 * Returns: whether all of them hold
 */
gboolean
billing_seal_verify (BillingConnection  *connection,
                     GBytes             *key,
                     char              **head,
                     gint64             *n_unkeyed,
                     GCancellable       *cancellable,
                     GError            **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT pk, transaction_pk, posting_pk, audit_pk, digest, key_id FROM seals ORDER BY pk", error);
  g_autofree char *key_id = billing_seal_key_id (key);
  Seal previous = { 0, };
  gboolean row;

  *n_unkeyed = 0;
  while (statement != NULL && billing_statement_step (statement, &row, error))
    {
      Seal seal = { 0, };
      const char *with;

      if (!row)
        {
          *head = format_digest (previous.digest);
          return check_rest (connection, &previous, error);
        }

      read_seal (statement, &seal);
      with = billing_statement_get_text (statement, 5);
      if (*with == '\0')
        *n_unkeyed += 1;
      else if (!g_str_equal (with, key_id))
        {
          g_set_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_BREACH,
                       _("Seal %" PRId64 " was made with a key that is not in this keyring, so it cannot be "
                         "checked here. Unlock the keyring, or check on the computer where it was made."), seal.pk);
          return FALSE;
        }

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !check_seal (connection, *with != '\0' ? key : NULL, &previous, &seal, error))
        return FALSE;
      previous = seal;
    }

  return FALSE;
}
