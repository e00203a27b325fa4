/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-letter"

#include "config.h"

#include "billing-letter.h"

struct _BillingLetter {
  GObject parent_instance;

  char *title;       /* (owned) */
  char *name;        /* (owned) (nullable): whose letter it is */
  char *address;     /* (owned) (nullable): theirs, in lines */
  char *subject;     /* (owned) (nullable): what programs are told that it is about */
  gint64 written;    /* Unix seconds */
  GPtrArray *blocks; /* (owned) (element-type BillingLetterBlock) */
};

G_DEFINE_FINAL_TYPE (BillingLetter, billing_letter, G_TYPE_OBJECT)

static void
block_free (gpointer data)
{
  BillingLetterBlock *block = data;

  g_free (block->text);
  g_free (block->value);
  g_free (block);
}

static void
billing_letter_finalize (GObject *object)
{
  BillingLetter *self = BILLING_LETTER (object);

  g_free (self->title);
  g_free (self->name);
  g_free (self->address);
  g_free (self->subject);
  g_ptr_array_unref (self->blocks);

  G_OBJECT_CLASS (billing_letter_parent_class)->finalize (object);
}

static void
billing_letter_class_init (BillingLetterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = billing_letter_finalize;
}

static void
billing_letter_init (BillingLetter *self)
{
  self->blocks = g_ptr_array_new_with_free_func (block_free);
}

/**
 * billing_letter_new:
 * @title: what it is: “Receipt”
 *
 * Returns: (transfer full): a letter that says nothing else yet
 */
BillingLetter *
billing_letter_new (const char *title)
{
  BillingLetter *self = g_object_new (BILLING_TYPE_LETTER, NULL);

  self->title = g_strdup (title);
  return self;
}

/**
 * billing_letter_set_head:
 * @self: a letter
 * @name: whose it is
 * @address: (nullable): where they are and how they are reached, in lines
 */
void
billing_letter_set_head (BillingLetter *self,
                         const char    *name,
                         const char    *address)
{
  g_free (self->name);
  g_free (self->address);
  self->name = g_strdup (name);
  self->address = g_strdup (address);
}

/**
 * billing_letter_set_written:
 * @self: a letter
 * @instant: when it was made, Unix seconds: the same letter is the same file, byte for byte
 * @subject: (nullable): what its file is said to be about; nothing that is not in the letter
 */
void
billing_letter_set_written (BillingLetter *self,
                            gint64         instant,
                            const char    *subject)
{
  self->written = instant;
  g_free (self->subject);
  self->subject = g_strdup (subject);
}

/**
 * billing_letter_add:
 * @self: a letter
 * @kind: of what looks
 * @text: at the left
 * @value: (nullable): of a fact or a line
 *
 * Adds a part below those that are there.
 */
void
billing_letter_add (BillingLetter          *self,
                    BillingLetterBlockKind  kind,
                    const char             *text,
                    const char             *value)
{
  BillingLetterBlock *block = g_new0 (BillingLetterBlock, 1);

  block->kind = kind;
  block->text = g_strdup (text);
  block->value = g_strdup (value);
  g_ptr_array_add (self->blocks, block);
}

const char *
billing_letter_get_title (BillingLetter *self)
{
  return self->title;
}

const char *
billing_letter_get_name (BillingLetter *self)
{
  return self->name;
}

const char *
billing_letter_get_address (BillingLetter *self)
{
  return self->address;
}

const char *
billing_letter_get_subject (BillingLetter *self)
{
  return self->subject;
}

gint64
billing_letter_get_written (BillingLetter *self)
{
  return self->written;
}

guint
billing_letter_get_n_blocks (BillingLetter *self)
{
  return self->blocks->len;
}

/**
 * billing_letter_get_block:
 * @self: a letter
 * @i: which part
 *
 * Returns: (transfer none): the part
 */
const BillingLetterBlock *
billing_letter_get_block (BillingLetter *self,
                          guint          i)
{
  return g_ptr_array_index (self->blocks, i);
}
