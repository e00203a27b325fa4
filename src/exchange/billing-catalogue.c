/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-catalogue"

#include "config.h"

#include "billing-catalogue.h"

#include <glib/gi18n-lib.h>
#include <libintl.h>
#include <string.h>

/* A compiled catalogue, as the GNU gettext manual describes it: a head of seven numbers, two tables of lengths and offsets, the texts. */
#define MAGIC 0x950412deU
#define HEAD 28
#define ENTRY 8

struct _BillingCatalogue {
  GMappedFile *file; /* (owned) (nullable): %NULL: the texts as they are written in the program */
  const char *bytes; /* (not owned) (nullable): of the file */
  gsize size;
  gboolean is_swapped; /* written by a computer of the other byte order */
  guint32 n_texts;
  guint32 originals; /* where the table of the texts is, which are sorted */
  guint32 translations; /* likewise */
};

static guint32
read_number (BillingCatalogue *self,
             gsize             offset)
{
  guint32 number;

  memcpy (&number, self->bytes + offset, sizeof number);
  return self->is_swapped ? GUINT32_SWAP_LE_BE (number) : number;
}

/* Of a damaged file, nothing is read beyond its end. */
static const char *
read_text (BillingCatalogue *self,
           gsize             table,
           guint32           i)
{
  gsize length = read_number (self, table + (gsize) i * ENTRY);
  gsize offset = read_number (self, table + (gsize) i * ENTRY + 4);

  return offset < self->size && length < self->size - offset && self->bytes[offset + length] == '\0' ? self->bytes + offset : NULL;
}

static gboolean
read_head (BillingCatalogue *self)
{
  guint32 magic;

  if (self->size < HEAD)
    return FALSE;

  magic = read_number (self, 0);
  self->is_swapped = magic == GUINT32_SWAP_LE_BE (MAGIC);
  if (magic != MAGIC && !self->is_swapped)
    return FALSE;

  self->n_texts = read_number (self, 8);
  self->originals = read_number (self, 12);
  self->translations = read_number (self, 16);
  return self->originals <= self->size && self->n_texts <= (self->size - self->originals) / ENTRY &&
         self->translations <= self->size && self->n_texts <= (self->size - self->translations) / ENTRY;
}

static BillingCatalogue *
open_file (const char *name)
{
  const char *folder = bindtextdomain (GETTEXT_PACKAGE, NULL);
  g_autofree char *path = g_build_filename (folder, name, "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (BillingCatalogue) self = NULL;

  if (file == NULL)
    return NULL;

  self = g_atomic_rc_box_new0 (BillingCatalogue);
  self->file = g_steal_pointer (&file);
  self->bytes = g_mapped_file_get_contents (self->file);
  self->size = g_mapped_file_get_length (self->file);
  return read_head (self) ? g_steal_pointer (&self) : NULL;
}

/* `pt-BR` is called `pt_BR` in the file system. What is no plain name is no language. */
static char *
normalise (const char *language)
{
  char *name = g_strdup (language != NULL ? language : "");

  g_strdelimit (name, "-", '_');
  name[strcspn (name, ".@")] = '\0';
  for (const char *p = name; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '_')
        name[0] = '\0';
    }

  return name;
}

/**
 * billing_catalogue_open:
 * @language: (nullable): a BCP 47 tag or a locale: `de`, `pt-BR`, `de_AT.UTF-8`
 *
 * Opens the texts of a language: of its region where there are such, otherwise of the language.
 *
 * Returns: (transfer full) (nullable): the texts; %NULL: the program does not speak it
 */
BillingCatalogue *
billing_catalogue_open (const char *language)
{
  g_autofree char *name = normalise (language);
  BillingCatalogue *self = NULL;

  while (*name != '\0' && self == NULL)
    {
      char *last = strrchr (name, '_');

      self = open_file (name);
      /* The program is written in English. */
      if (self == NULL && g_ascii_strcasecmp (name, "en") == 0)
        self = g_atomic_rc_box_new0 (BillingCatalogue);
      *(last != NULL ? last : name) = '\0';
    }

  return self;
}

BillingCatalogue *
billing_catalogue_ref (BillingCatalogue *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  BillingCatalogue *self = data;

  g_clear_pointer (&self->file, g_mapped_file_unref);
}

void
billing_catalogue_unref (BillingCatalogue *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * billing_catalogue_get:
 * @self: (nullable): the texts of a language; %NULL: of the process's
 * @text: a text of the program, as N_() marks it
 *
 * Returns: (transfer none): the text in that language, as long as @self lives; @text where it was not translated
 */
const char *
billing_catalogue_get (BillingCatalogue *self,
                       const char       *text)
{
  guint32 first = 0, end = self != NULL ? self->n_texts : 0;

  if (self == NULL)
    return g_dgettext (GETTEXT_PACKAGE, text);

  while (first < end)
    {
      guint32 middle = first + (end - first) / 2;
      const char *original = read_text (self, self->originals, middle);
      int order = original != NULL ? strcmp (text, original) : -1;

      if (order == 0)
        {
          const char *translation = read_text (self, self->translations, middle);

          return translation != NULL && *translation != '\0' ? translation : text;
        }
      if (order < 0)
        end = middle;
      else
        first = middle + 1;
    }

  return text;
}
