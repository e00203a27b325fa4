/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-import-item"

#include "config.h"

#include "billing-import-item.h"

#include <string.h>

#include "billing-day.h"
#include "billing-text.h"

static void
key_free (gpointer data)
{
  BillingImportKey *key = data;

  g_free (key->key);
  g_free (key);
}

static void
reference_free (gpointer data)
{
  BillingImportReference *reference = data;

  g_free (reference->key);
  g_free (reference->shown);
  g_free (reference);
}

static void
part_free (gpointer data)
{
  BillingImportPart *part = data;

  g_ptr_array_unref (part->codes);
  g_free (part);
}

/**
 * billing_import_item_new:
 * @type: its type at the source
 * @what: its name for people
 *
 * Returns: (transfer full): an item without content
 */
BillingImportItem *
billing_import_item_new (const char *type,
                         const char *what)
{
  BillingImportItem *self = g_new0 (BillingImportItem, 1);

  self->type = g_strdup (type);
  self->what = g_strdup (what);
  self->keys = g_ptr_array_new_with_free_func (key_free);
  self->references = g_ptr_array_new_with_free_func (reference_free);
  self->benefits = g_ptr_array_new_with_free_func (g_object_unref);
  self->parts = g_ptr_array_new_with_free_func (part_free);

  return self;
}

void
billing_import_item_free (BillingImportItem *self)
{
  g_free (self->type);
  g_free (self->what);
  g_free (self->insurer);
  g_free (self->version);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->references);
  g_ptr_array_unref (self->benefits);
  g_ptr_array_unref (self->parts);
  g_clear_object (&self->record);
  g_clear_pointer (&self->raw, g_bytes_unref);
  g_free (self);
}

/**
 * billing_import_item_add_key:
 * @self: an item
 * @strength: how good the key is
 * @key: (transfer full): the key; one that is there already is dropped
 *
 * Adds a name for the item, behind those that are as good.
 */
void
billing_import_item_add_key (BillingImportItem     *self,
                             BillingImportStrength  strength,
                             char                  *key)
{
  BillingImportKey *added;
  guint place = 0;

  for (guint i = 0; i < self->keys->len; i++)
    {
      BillingImportKey *other = self->keys->pdata[i];

      if (g_str_equal (other->key, key))
        {
          g_free (key);
          return;
        }
      if (other->strength <= strength)
        place = i + 1;
    }

  added = g_new0 (BillingImportKey, 1);
  added->key = key;
  added->strength = strength;
  g_ptr_array_insert (self->keys, (int) place, added);
}

/**
 * billing_import_item_add_reference:
 * @self: an item
 * @reference: (transfer full): what it refers to
 */
void
billing_import_item_add_reference (BillingImportItem     *self,
                                   BillingImportReference reference)
{
  g_ptr_array_add (self->references, g_memdup2 (&reference, sizeof reference));
}

/**
 * billing_import_item_add_part:
 * @self: an item
 * @tier: where the part's words come from
 *
 * Returns: (transfer none): the new part, at the end of the item's parts
 */
BillingImportPart *
billing_import_item_add_part (BillingImportItem *self,
                              BillingImportTier  tier)
{
  BillingImportPart *part = g_new0 (BillingImportPart, 1);

  part->tier = tier;
  part->codes = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->parts, part);

  return part;
}

static void
digest_text (GChecksum  *checksum,
             const char *text)
{
  /* With its end, so that “a”, “bc” and “ab”, “c” differ; and nothing differs from an empty text. */
  if (text == NULL)
    g_checksum_update (checksum, (const guchar *) "\1", 1);
  else
    g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text) + 1);
}

static void
digest_integer (GChecksum *checksum,
                gint64     integer)
{
  gint64 bytes = GINT64_TO_LE (integer); /* the books may move to another computer */

  g_checksum_update (checksum, (const guchar *) &bytes, sizeof bytes);
}

static void
digest_record (GChecksum     *checksum,
               BillingRecord *record)
{
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (record);

  digest_text (checksum, klass->kind);
  for (guint i = 0; i < klass->n_fields; i++)
    {
      const BillingField *field = klass->fields[i];

      if (field->type == G_TYPE_STRING || field->get_enum != NULL)
        digest_text (checksum, billing_record_get_text (record, field));
      else
        digest_integer (checksum, billing_record_get_integer (record, field));
    }
}

static void
digest_part (GChecksum         *checksum,
             BillingImportPart *part)
{
  const gint64 amounts[] = { part->tier, part->charges, part->coinsurance, part->deductible,
                             part->copay, part->insurer_paid };

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    digest_integer (checksum, amounts[i]);
  for (guint i = 0; i < part->codes->len; i++)
    digest_record (checksum, part->codes->pdata[i]);
}

/**
 * billing_import_item_get_digest:
 * @self: an item
 *
 * What an item says that Billing keeps, in short: a source that changes anything else (a narrative, a tag,
 * the order of members) does not change it.
 *
 * Returns: (transfer full): the digest
 */
char *
billing_import_item_get_digest (BillingImportItem *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  digest_text (checksum, self->type);
  digest_text (checksum, self->insurer);
  if (self->record != NULL)
    digest_record (checksum, self->record);
  for (guint i = 0; i < self->benefits->len; i++)
    digest_record (checksum, self->benefits->pdata[i]);
  for (guint i = 0; i < self->parts->len; i++)
    digest_part (checksum, self->parts->pdata[i]);
  for (guint i = 0; i < self->references->len; i++)
    {
      BillingImportReference *reference = self->references->pdata[i];

      digest_text (checksum, reference->role);
      digest_integer (checksum, reference->ordinal);
      digest_text (checksum, reference->key);
    }

  return g_strdup (g_checksum_get_string (checksum));
}

static char *
fold_name (const char *name)
{
  const char *comma = strchr (name, ',');
  g_autofree char *turned = NULL;

  /* `Mejía, Gustavo` is Gustavo Mejía. */
  if (comma != NULL)
    {
      g_autofree char *family = g_strndup (name, (gsize) (comma - name));

      turned = g_strdup_printf ("%s %s", comma + 1, family);
    }

  return billing_text_fold (turned != NULL ? turned : name);
}

/**
 * billing_import_make_name_key:
 * @name: (nullable): of a patient
 * @birth_date: (nullable): day
 *
 * The key by which a source without numbers of patients speaks of one.
 *
 * Returns: (transfer full) (nullable): the key, %NULL without a name or a whole birth date
 */
char *
billing_import_make_name_key (const char *name,
                              const char *birth_date)
{
  g_autofree char *folded = name != NULL ? fold_name (name) : NULL;

  return folded != NULL && birth_date != NULL && billing_day_is_valid (birth_date)
    ? g_strdup_printf ("patients#name:%s|%s", birth_date, folded) : NULL;
}
