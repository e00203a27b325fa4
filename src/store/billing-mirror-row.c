/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-mirror-row"

#include "config.h"

#include "billing-mirror-row.h"

#include <string.h>

/*
 * An object becomes a row in one pass over its bytes: blanks go, the members that have columns are
 * noted where they stand. SQLite's json_each with a ->> for each column parses an object once for
 * each of them. That the text is JSON was found out before (billing-stripe-json.h); what is not can
 * give a wrong row here, or none, and touches no memory but its own.
 */

#define MAX_PATH 3

typedef struct {
  const char *name;
  gsize length;
} Key;

typedef struct {
  BillingMirrorRow *row;
  const BillingMirrorKind *kind;
  const char *at;
  const char *end;
  Key path[MAX_PATH];
  guint64 objects;   /* a bit for each open bracket, the last one lowest: whether it is a { */
  guint depth;
  guint arrays;      /* how many of the open brackets are [ */
  gboolean expects_key;
  int column;        /* whose value comes next; -1: nobody's */
} Scan;

void
billing_mirror_row_init (BillingMirrorRow *self)
{
  self->json = g_string_sized_new (4096);
  memset (self->cells, 0, sizeof self->cells);
}

void
billing_mirror_row_clear (BillingMirrorRow *self)
{
  if (self->json != NULL)
    g_string_free (self->json, TRUE);
  self->json = NULL;
}

/* Whether the open members are those that @column names. An id may be that of an object which was
 * expanded. */
static gboolean
is_path (const Scan                *scan,
         const BillingMirrorColumn *column)
{
  const char *piece = column->path;

  for (guint i = 0; i < scan->depth; i++)
    {
      gsize length = strcspn (piece, ".");

      if (length != scan->path[i].length || memcmp (piece, scan->path[i].name, length) != 0)
        return FALSE;

      piece += length;
      if (*piece == '\0')
        return i + 1 == scan->depth ||
               (column->type == BILLING_MIRROR_ID && i + 2 == scan->depth &&
                scan->path[i + 1].length == 2 &&
                memcmp (scan->path[i + 1].name, "id", 2) == 0);
      piece++;
    }

  return FALSE;
}

static int
find_column (const Scan *scan)
{
  if (scan->arrays > 0 || scan->depth > MAX_PATH)
    return -1;

  for (int i = 0; scan->kind->columns[i].name != NULL; i++)
    {
      /* Most columns fall out by their first letter. */
      if (scan->kind->columns[i].path[0] == scan->path[0].name[0] &&
          is_path (scan, &scan->kind->columns[i]))
        return i;
    }

  return -1;
}

static gboolean
is_number (const Scan *scan)
{
  BillingMirrorType type = scan->kind->columns[scan->column].type;

  return type == BILLING_MIRROR_INTEGER || type == BILLING_MIRROR_BOOLEAN;
}

static gboolean
set_text (Scan       *scan,
          const char *start,
          gsize       length)
{
  BillingMirrorCell *cell = &scan->row->cells[scan->column];

  if (is_number (scan))
    return FALSE;

  cell->is_set = TRUE;
  cell->start = (gsize) (start - scan->row->json->str);
  cell->length = length;
  return TRUE;
}

/* Of an integer, at most 18 digits: it fits. */
static gboolean
set_integer (BillingMirrorCell *cell,
             const char        *text,
             gsize              length)
{
  gboolean is_negative = length > 0 && *text == '-';
  gint64 value = 0;

  if (length - is_negative < 1 || length - is_negative > 18)
    return FALSE;

  for (gsize i = is_negative; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      value = value * 10 + (text[i] - '0');
    }

  cell->is_set = TRUE;
  cell->integer = is_negative ? -value : value;
  return TRUE;
}

static gboolean
set_scalar (Scan       *scan,
            const char *text,
            gsize       length)
{
  BillingMirrorCell *cell = &scan->row->cells[scan->column];
  gboolean is_true = length == 4 && memcmp (text, "true", 4) == 0;

  if (length == 4 && memcmp (text, "null", 4) == 0)
    return TRUE;

  switch (scan->kind->columns[scan->column].type)
    {
    case BILLING_MIRROR_INTEGER:
      return set_integer (cell, text, length);
    case BILLING_MIRROR_BOOLEAN:
      cell->is_set = TRUE;
      cell->integer = is_true;
      return is_true || (length == 5 && memcmp (text, "false", 5) == 0);
    case BILLING_MIRROR_TEXT:
    case BILLING_MIRROR_ID:
    default:
      /* What should be a word and is none is nothing that a list could show. */
      return TRUE;
    }
}

static const char *
find_quote (const char *at,
            const char *end)
{
  while (at < end && *at != '"')
    at += *at == '\\' ? 2 : 1;

  return at < end ? at : NULL;
}

static gboolean
take_string (Scan *scan)
{
  const char *quote = find_quote (scan->at + 1, scan->end);
  gsize before = scan->row->json->len;
  gsize length;

  if (quote == NULL)
    return FALSE;

  length = (gsize) (quote - scan->at) - 1;
  g_string_append_len (scan->row->json, scan->at, (gssize) length + 2);

  if (scan->expects_key)
    {
      if (scan->depth <= MAX_PATH)
        scan->path[scan->depth - 1] = (Key) { scan->at + 1, length };
      scan->column = find_column (scan);
      scan->expects_key = FALSE;
    }
  else if (scan->column >= 0 && !set_text (scan, scan->row->json->str + before + 1, length))
    return FALSE;

  scan->at = quote + 1;
  return TRUE;
}

static gboolean
take_scalar (Scan *scan)
{
  const char *start = scan->at;

  while (scan->at < scan->end &&
         (g_ascii_isalnum (*scan->at) || *scan->at == '-' || *scan->at == '+' || *scan->at == '.'))
    scan->at++;
  if (scan->at == start)
    return FALSE;

  g_string_append_len (scan->row->json, start, scan->at - start);
  return scan->column < 0 || set_scalar (scan, start, (gsize) (scan->at - start));
}

static gboolean
take_opening (Scan     *scan,
              gboolean  is_object)
{
  /* An object that was expanded will say its id itself. */
  if (scan->depth == 64 || (scan->column >= 0 && is_number (scan)))
    return FALSE;

  scan->objects = scan->objects << 1 | (guint64) is_object;
  scan->depth++;
  scan->arrays += !is_object;
  scan->expects_key = is_object;
  scan->column = -1;
  return TRUE;
}

static gboolean
take_closing (Scan *scan)
{
  if (scan->depth == 0)
    return FALSE;

  scan->arrays -= !(scan->objects & 1);
  scan->objects >>= 1;
  scan->depth--;
  scan->expects_key = FALSE;
  return TRUE;
}

static gboolean
take_mark (Scan *scan)
{
  char mark = *scan->at++;

  g_string_append_c (scan->row->json, mark);
  switch (mark)
    {
    case '{':
    case '[':
      return take_opening (scan, mark == '{');
    case '}':
    case ']':
      return take_closing (scan);
    case ',':
      scan->expects_key = scan->objects & 1;
      scan->column = -1;
      return TRUE;
    case ':':
    default:
      return TRUE;
    }
}

static gboolean
take (Scan *scan)
{
  switch (*scan->at)
    {
    case ' ':
    case '\n':
    case '\r':
    case '\t':
      scan->at++;
      return TRUE;
    case '"':
      return take_string (scan);
    case '{':
    case '}':
    case '[':
    case ']':
    case ',':
    case ':':
      return take_mark (scan);
    default:
      return take_scalar (scan);
    }
}

/**
 * billing_mirror_row_fill:
 * @self: a row
 * @kind: what the object is
 * @text: one JSON object that was found to be one
 * @length: its bytes
 *
 * Returns: whether it is fit to be kept: it has an id, and what must be an integer is one
 */
gboolean
billing_mirror_row_fill (BillingMirrorRow        *self,
                         const BillingMirrorKind *kind,
                         const char              *text,
                         gsize                    length)
{
  Scan scan = {
    .row = self,
    .kind = kind,
    .at = text,
    .end = text + length,
    .path = { { "", 0 }, { "", 0 }, { "", 0 } },
    .column = -1,
  };

  g_string_truncate (self->json, 0);
  memset (self->cells, 0, sizeof self->cells);

  while (scan.at < scan.end)
    {
      if (!take (&scan) || (scan.depth == 0 && *text != '{'))
        return FALSE;
    }

  return scan.depth == 0 && self->cells[0].is_set && self->cells[0].length > 0;
}
