/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-history-private.h"

#include <string.h>

#define ORDINALS 64
#define N_LETTERS 62

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/* Ids: the place of what they name, enciphered, so that nothing needs to be looked up.  A Feistel
   network of four rounds is a permutation of all 64-bit numbers, and easily run backwards. */

static guint32
scramble (guint64 key,
          guint32 half)
{
  guint64 z = (key ^ half) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 29)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  return (guint32) (z >> 32);
}

static guint64
encipher (guint64 key,
          guint64 value)
{
  guint32 left = (guint32) (value >> 32);
  guint32 right = (guint32) value;

  for (guint round = 0; round < 4; round++)
    {
      guint32 next = left ^ scramble (key + round, right);

      left = right;
      right = next;
    }

  return (guint64) left << 32 | right;
}

static guint64
decipher (guint64 key,
          guint64 value)
{
  guint32 left = (guint32) (value >> 32);
  guint32 right = (guint32) value;

  for (guint round = 4; round > 0; round--)
    {
      guint32 before = right ^ scramble (key + round - 1, left);

      right = left;
      left = before;
    }

  return (guint64) left << 32 | right;
}

/* Eleven letters hold 64 bits. */
#define CIPHER 11

static guint64
key_of (BillingSandboxHistory *self,
        BillingSandboxKind     kind)
{
  guint hash = g_str_hash (billing_sandbox_kind_info (kind)->prefix);

  return (self->seed + 1) * G_GUINT64_CONSTANT (0xd1342543de82ef95) + hash * 16;
}

static void
write_letters (GString *text,
               guint64  value,
               guint    length)
{
  for (guint i = 0; i < length; i++)
    {
      g_string_append_c (text, letters[value % N_LETTERS]);
      value /= N_LETTERS;
    }
}

void
billing_sandbox_history_write_random (BillingSandboxHistory *self,
              GString               *text,
              guint64                what,
              guint                  length)
{
  for (guint done = 0; done < length; done += 10)
    write_letters (text, encipher (self->seed * 31 + done, what), MIN (10, length - done));
}

static const char *
given_id (BillingSandboxHistory *self,
          BillingSandboxKind     kind,
          guint                  deed,
          guint                  ordinal)
{
  Extra *extra = extra_of (self, deed);

  if (extra == NULL || ordinal != 0)
    return NULL;

  return kind == BILLING_SANDBOX_CHARGE           ? extra->charge
         : kind == BILLING_SANDBOX_PAYMENT_INTENT ? extra->payment_intent
         : kind == BILLING_SANDBOX_REFUND         ? extra->refund
         : kind == BILLING_SANDBOX_CUSTOMER       ? extra->customer
                                                  : NULL;
}

void
billing_sandbox_history_write_id (BillingSandboxHistory *self,
          GString               *text,
          BillingSandboxKind     kind,
          guint                  deed,
          guint                  ordinal)
{
  const BillingSandboxKindInfo *info = billing_sandbox_kind_info (kind);
  const char *given = given_id (self, kind, deed, ordinal);
  guint64 place = (guint64) deed * ORDINALS + ordinal;

  if (given != NULL)
    {
      g_string_append (text, given);
      return;
    }

  g_string_append (text, info->prefix);
  write_letters (text, encipher (key_of (self, kind), place), CIPHER);
  billing_sandbox_history_write_random (self, text, place ^ key_of (self, kind),
                                        info->length - CIPHER);
}

static gboolean
read_letters (const char *text,
              guint64    *value)
{
  *value = 0;
  for (guint i = CIPHER; i > 0; i--)
    {
      const char *letter = strchr (letters, text[i - 1]);

      if (letter == NULL)
        return FALSE;
      *value = *value * N_LETTERS + (guint64) (letter - letters);
    }

  return TRUE;
}

static gboolean
read_given (BillingSandboxHistory *self,
            const char            *id,
            Name                  *name)
{
  static const BillingSandboxKind kinds[] = { BILLING_SANDBOX_CHARGE,
                                              BILLING_SANDBOX_PAYMENT_INTENT,
                                              BILLING_SANDBOX_REFUND, BILLING_SANDBOX_CUSTOMER };
  guint deed = GPOINTER_TO_UINT (g_hash_table_lookup (self->ids, id));

  for (guint i = 0; deed != 0 && i < G_N_ELEMENTS (kinds); i++)
    {
      *name = (Name) { kinds[i], deed - 1, 0 };
      if (g_strcmp0 (given_id (self, kinds[i], deed - 1, 0), id) == 0)
        return TRUE;
    }

  return FALSE;
}

gboolean
billing_sandbox_history_read_id (BillingSandboxHistory *self,
         const char            *id,
         Name                  *name)
{
  gsize length = strlen (id);
  guint64 cipher;

  if (read_given (self, id, name))
    return TRUE;

  for (guint kind = 0; kind < BILLING_SANDBOX_N_KINDS; kind++)
    {
      const BillingSandboxKindInfo *info = billing_sandbox_kind_info (kind);
      g_autoptr (GString) again = NULL;

      if (info->length < CIPHER || length != strlen (info->prefix) + info->length ||
          !g_str_has_prefix (id, info->prefix) ||
          !read_letters (id + strlen (info->prefix), &cipher))
        continue;

      cipher = decipher (key_of (self, kind), cipher);
      if (cipher / ORDINALS >= self->deeds->len)
        continue;

      *name = (Name) { kind, (guint) (cipher / ORDINALS), (guint) (cipher % ORDINALS) };
      again = g_string_new (NULL);
      billing_sandbox_history_write_id (self, again, kind, name->deed, name->ordinal);
      if (g_str_equal (again->str, id))
        return TRUE;
    }

  return FALSE;
}

guint64
billing_sandbox_history_hash (BillingSandboxHistory *self,
         guint                  deed)
{
  return encipher (self->seed ^ G_GUINT64_CONSTANT (0x6a09e667f3bcc908), deed);
}
