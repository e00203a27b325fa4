/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-letter"

#include "config.h"

#include "billing-letter.h"

struct _BillingLetter {
  GObject parent_instance;

  char *title;       /* (owned) */
  char *name;        /* (owned) (nullable): whose letter it is */
  char *address;     /* (owned) (nullable): theirs, in lines */
  BillingPicture *logo; /* (owned) (nullable) */
  char *recipient;   /* (owned) (nullable): name and address, in lines */
  char *mark;        /* (owned) (nullable): a word across each page */
  BillingCatalogue *words; /* (owned) (nullable): of its language; the program’s otherwise */
  char *subject;     /* (owned) (nullable): what programs are told that it is about */
  gint64 written;    /* Unix seconds */
  GPtrArray *blocks; /* (owned) (element-type BillingLetterBlock) */
};

G_DEFINE_FINAL_TYPE (BillingLetter, billing_letter, G_TYPE_OBJECT)

static void
table_free (BillingLetterTable *table)
{
  g_array_unref (table->columns);
  g_ptr_array_unref (table->titles);
  g_ptr_array_unref (table->rows);
  g_free (table);
}

static void
block_free (gpointer data)
{
  BillingLetterBlock *block = data;

  g_clear_pointer (&block->table, table_free);
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
  g_clear_object (&self->logo);
  g_free (self->recipient);
  g_free (self->mark);
  g_clear_pointer (&self->words, billing_catalogue_unref);
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
 * billing_letter_set_logo:
 * @self: a letter
 * @logo: (nullable): the picture at its head
 */
void
billing_letter_set_logo (BillingLetter  *self,
                         BillingPicture *logo)
{
  g_set_object (&self->logo, logo);
}

/**
 * billing_letter_set_recipient:
 * @self: a letter
 * @recipient: (nullable): for whom it is, with their address, in lines, where the window of an envelope shows it
 */
void
billing_letter_set_recipient (BillingLetter *self,
                              const char    *recipient)
{
  g_free (self->recipient);
  self->recipient = g_strdup (recipient);
}

/**
 * billing_letter_set_mark:
 * @self: a letter
 * @mark: (nullable): a word that is drawn across each page, behind its text; what it means must stand in the text too
 */
void
billing_letter_set_mark (BillingLetter *self,
                         const char    *mark)
{
  g_free (self->mark);
  self->mark = g_strdup (mark);
}

/**
 * billing_letter_set_words:
 * @self: a letter
 * @words: (nullable): in which language what is added to its pages stands; %NULL: the program’s
 */
void
billing_letter_set_words (BillingLetter    *self,
                          BillingCatalogue *words)
{
  g_clear_pointer (&self->words, billing_catalogue_unref);
  self->words = words != NULL ? billing_catalogue_ref (words) : NULL;
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

/**
 * billing_letter_add_table:
 * @self: a letter
 *
 * Adds a table below the parts that are there.
 *
 * Returns: (transfer none): the table, to which columns are added, and then rows
 */
BillingLetterTable *
billing_letter_add_table (BillingLetter *self)
{
  BillingLetterBlock *block = g_new0 (BillingLetterBlock, 1);
  BillingLetterTable *table = g_new0 (BillingLetterTable, 1);

  table->columns = g_array_new (FALSE, FALSE, sizeof (BillingLetterColumn));
  table->titles = g_ptr_array_new_with_free_func (g_free);
  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  block->kind = BILLING_LETTER_TABLE;
  block->table = table;
  g_ptr_array_add (self->blocks, block);
  return table;
}

/**
 * billing_letter_table_add_column:
 * @table: a table without rows
 * @column: how the column is set
 * @title: above it
 */
void
billing_letter_table_add_column (BillingLetterTable  *table,
                                 BillingLetterColumn  column,
                                 const char          *title)
{
  g_array_append_val (table->columns, column);
  g_ptr_array_add (table->titles, g_strdup (title));
}

/**
 * billing_letter_table_add_row:
 * @table: a table
 * @cells: (array zero-terminated=1): one text for each column
 */
void
billing_letter_table_add_row (BillingLetterTable *table,
                              const char * const *cells)
{
  g_return_if_fail (g_strv_length ((char **) cells) == table->columns->len);

  g_ptr_array_add (table->rows, g_strdupv ((char **) cells));
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

BillingPicture *
billing_letter_get_logo (BillingLetter *self)
{
  return self->logo;
}

const char *
billing_letter_get_recipient (BillingLetter *self)
{
  return self->recipient;
}

const char *
billing_letter_get_mark (BillingLetter *self)
{
  return self->mark;
}

BillingCatalogue *
billing_letter_get_words (BillingLetter *self)
{
  return self->words;
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

static void
append_table (GString                  *text,
              const BillingLetterTable *table)
{
  for (guint i = 0; i < table->titles->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", (const char *) table->titles->pdata[i]);
  g_string_append_c (text, '\n');

  for (guint i = 0; i < table->rows->len; i++)
    {
      g_autofree char *row = g_strjoinv ("|", table->rows->pdata[i]);

      g_string_append_printf (text, "%s\n", row);
    }
}

/**
 * billing_letter_build_text:
 * @self: a letter
 *
 * Returns: (transfer full): all that it says below its head, a part or a row of a table a line; a bar stands between a text and its value
 */
char *
billing_letter_build_text (BillingLetter *self)
{
  GString *text = g_string_new (self->title);

  g_string_append_c (text, '\n');
  if (self->recipient != NULL)
    g_string_append_printf (text, "%s\n", self->recipient);

  for (guint i = 0; i < self->blocks->len; i++)
    {
      const BillingLetterBlock *block = self->blocks->pdata[i];

      if (block->table != NULL)
        append_table (text, block->table);
      else
        g_string_append_printf (text, "%s|%s\n", block->text, block->value != NULL ? block->value : "");
    }

  return g_string_free (text, FALSE);
}
