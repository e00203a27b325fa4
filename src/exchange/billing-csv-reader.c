/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-csv-reader"

#include "config.h"

#include "billing-csv-reader.h"

#include <csv.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "billing-exchange-error.h"

#define BUFFER_SIZE (64 * 1024)
#define MAX_FIELD_SIZE (1024 * 1024)
#define MAX_ROW_SIZE (16 * 1024 * 1024)
#define MAX_FIELDS 4096
#define MAX_GUESSED_LINES 20

static const char separators[] = { ',', ';', '\t', '|' };

typedef struct
{
  GStrv fields; /* (owned) */
  guint length;
  guint64 number;
  gboolean is_text;
} Row;

struct _BillingCsvReader
{
  GInputStream *stream; /* (owned) */
  char *buffer;         /* (owned) */
  struct csv_parser parser;
  char separator;
  Row *header;          /* (owned) (nullable) */
  gboolean at_end;
  GError *fatal; /* (owned) (nullable) */

  GQueue rows;       /* of Row, read and not yet asked for */
  GPtrArray *fields; /* (owned): of the row being read */
  gsize row_size;
  guint64 row_count;
  gboolean is_text;
  gboolean is_too_big;
  int row_end; /* the character that ended the latest row */
};

static void
row_free (Row *row)
{
  g_strfreev (row->fields);
  g_free (row);
}

/* --- the separator ---------------------------------------------------------------------------- */

typedef struct
{
  guint first[G_N_ELEMENTS (separators)]; /* how many of each the first line has */
  guint agree[G_N_ELEMENTS (separators)]; /* how many lines have as many */
  guint here[G_N_ELEMENTS (separators)];
  guint lines;
  gboolean has_text;
} Guess;

static void
end_guessed_line (Guess *guess)
{
  if (guess->has_text)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
        {
          if (guess->lines == 0)
            guess->first[i] = guess->here[i];
          guess->agree[i] += guess->first[i] > 0 && guess->here[i] == guess->first[i];
        }
      guess->lines++;
    }
  memset (guess->here, 0, sizeof guess->here);
  guess->has_text = FALSE;
}

static char
best_guess (const Guess *guess)
{
  gsize best = 0;

  for (gsize i = 1; i < G_N_ELEMENTS (separators); i++)
    if (guess->agree[i] > guess->agree[best] ||
        (guess->agree[i] == guess->agree[best] && guess->first[i] > guess->first[best]))
      best = i;
  return separators[best];
}

static char
guess_separator (const char *head, gsize length, gboolean is_whole)
{
  Guess guess = { 0 };
  gboolean is_quoted = FALSE;

  for (gsize i = 0; i < length && guess.lines < MAX_GUESSED_LINES; i++)
    {
      const char *found = memchr (separators, head[i], sizeof separators);

      if (head[i] == '"')
        is_quoted = !is_quoted;
      if (!is_quoted && (head[i] == '\n' || head[i] == '\r'))
        end_guessed_line (&guess);
      else
        guess.has_text = TRUE;
      if (!is_quoted && found != NULL)
        guess.here[found - separators]++;
    }
  /* The line that is cut off tells nothing, unless there is no other. */
  if (is_whole || guess.lines == 0)
    end_guessed_line (&guess);
  return best_guess (&guess);
}

/* --- rows ------------------------------------------------------------------------------------- */

static void
begin_row (BillingCsvReader *self)
{
  g_ptr_array_set_size (self->fields, 0);
  self->row_size = 0;
  self->is_text = TRUE;
}

/* Fields at the end are empty in every row of a table that was once wider. */
static void
drop_empty_fields (GPtrArray *fields, guint keep)
{
  while (fields->len > keep && *(char *) g_ptr_array_index (fields, fields->len - 1) == '\0')
    g_ptr_array_set_size (fields, (int) fields->len - 1);
}

static gboolean
is_blank (GPtrArray *fields)
{
  for (guint i = 0; i < fields->len; i++)
    if (*(char *) g_ptr_array_index (fields, i) != '\0')
      return FALSE;
  return TRUE;
}

static void
end_row (BillingCsvReader *self)
{
  Row *row;

  self->row_count++;
  if (is_blank (self->fields))
    {
      begin_row (self);
      return;
    }

  drop_empty_fields (self->fields, self->header != NULL ? self->header->length : 0);
  row = g_new0 (Row, 1);
  row->length = self->fields->len;
  row->number = self->row_count;
  row->is_text = self->is_text;
  g_ptr_array_add (self->fields, NULL);
  row->fields = (GStrv) g_ptr_array_steal (self->fields, NULL);
  begin_row (self);

  if (self->header == NULL)
    self->header = row;
  else
    g_queue_push_tail (&self->rows, row);
}

static void
field_cb (void *text, size_t length, void *user_data)
{
  BillingCsvReader *self = user_data;

  self->row_size += length;
  if (length > MAX_FIELD_SIZE || self->row_size > MAX_ROW_SIZE || self->fields->len >= MAX_FIELDS)
    self->is_too_big = TRUE;
  if (self->is_too_big)
    return;

  self->is_text = self->is_text && g_utf8_validate_len (text, length, NULL);
  g_ptr_array_add (self->fields, g_strndup (text, length));
}

static void
row_cb (int end, void *user_data)
{
  BillingCsvReader *self = user_data;
  /* libcsv reports CRLF as the end of a row and the end of an empty one. */
  gboolean is_rest = end == CSV_LF && self->row_end == CSV_CR && self->fields->len == 0;

  self->row_end = is_rest ? 0 : end;
  if (!is_rest && !self->is_too_big)
    end_row (self);
}

static void
fail (BillingCsvReader *self, BillingExchangeError code, const char *sentence)
{
  if (self->fatal == NULL)
    self->fatal = g_error_new (BILLING_EXCHANGE_ERROR, code, _("Row %" PRIu64 ": %s"),
                               self->row_count + 1, sentence);
}

static void
parse (BillingCsvReader *self, const char *data, gsize length)
{
  gsize parsed = csv_parse (&self->parser, data, length, field_cb, row_cb, self);

  if (self->is_too_big || self->parser.entry_pos > MAX_FIELD_SIZE)
    fail (self, BILLING_EXCHANGE_ERROR_FORMAT,
          _("it is too large. A quotation mark may be missing at the end of a field; the rows "
            "before it were read. Correct the file and import it again."));
  else if (parsed != length)
    fail (self, BILLING_EXCHANGE_ERROR_FORMAT,
          _("a quotation mark stands inside a field. Take it out, or write it twice inside a "
            "quoted field, and import the file again; the rows before it were read."));
}

static void
finish (BillingCsvReader *self)
{
  self->at_end = TRUE;
  csv_set_opts (&self->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
  if (csv_fini (&self->parser, field_cb, row_cb, self) != 0)
    fail (self, BILLING_EXCHANGE_ERROR_TORN,
          _("the file ends in the middle of a quoted field. The rows before it were read; copy or "
            "export the file again to get the rest."));
}

static gboolean
read_on (BillingCsvReader *self, GCancellable *cancellable, GError **error)
{
  gssize length = g_input_stream_read (self->stream, self->buffer, BUFFER_SIZE, cancellable, error);

  if (length < 0)
    return FALSE;
  if (length == 0)
    finish (self);
  else
    parse (self, self->buffer, (gsize) length);
  return TRUE;
}

static gboolean
read_head (BillingCsvReader *self, GCancellable *cancellable, GError **error)
{
  const char *head = self->buffer;
  gsize length;

  if (!g_input_stream_read_all (self->stream, self->buffer, BUFFER_SIZE, &length, cancellable,
                                error))
    return FALSE;

  if (length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    {
      head += 3;
      length -= 3;
    }
  self->separator = guess_separator (head, length, length < BUFFER_SIZE - 3);
  csv_set_delim (&self->parser, (unsigned char) self->separator);
  parse (self, head, length);
  return TRUE;
}

static gboolean
read_header (BillingCsvReader *self, GCancellable *cancellable, GError **error)
{
  if (!read_head (self, cancellable, error))
    return FALSE;
  while (self->header == NULL && self->fatal == NULL && !self->at_end)
    if (!read_on (self, cancellable, error))
      return FALSE;

  if (self->header == NULL && self->fatal == NULL)
    g_set_error_literal (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_FORMAT,
                         _("The file has no rows. Export it again."));
  else if (self->header == NULL)
    g_propagate_error (error, g_error_copy (self->fatal));
  else if (!self->header->is_text)
    g_set_error_literal (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_FORMAT,
                         _("The names of the columns are not text. Save the file as CSV in UTF-8 "
                           "and import it again."));
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_row (BillingCsvReader *self, const Row *row, GError **error)
{
  if (!row->is_text)
    g_set_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENTRY,
                 _("Row %" PRIu64 " was left out: it is not text in UTF-8. The other rows are not "
                   "affected."),
                 row->number);
  else if (row->length != self->header->length)
    g_set_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENTRY,
                 _("Row %" PRIu64 " was left out: it has %u fields where the header has %u. The "
                   "other rows are not affected."),
                 row->number, row->length, self->header->length);
  else
    return TRUE;
  return FALSE;
}

/* --- public ----------------------------------------------------------------------------------- */

BillingCsvReader *
billing_csv_reader_new (GInputStream *utf8, GCancellable *cancellable, GError **error)
{
  g_autoptr (BillingCsvReader) self = NULL;

  g_return_val_if_fail (G_IS_INPUT_STREAM (utf8), NULL);

  self = g_new0 (BillingCsvReader, 1);
  self->stream = g_object_ref (utf8);
  self->buffer = g_malloc (BUFFER_SIZE);
  self->fields = g_ptr_array_new_with_free_func (g_free);
  begin_row (self);
  csv_init (&self->parser, CSV_STRICT | CSV_REPALL_NL);

  return read_header (self, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

void
billing_csv_reader_free (BillingCsvReader *self)
{
  csv_free (&self->parser);
  g_queue_clear_full (&self->rows, (GDestroyNotify) row_free);
  g_clear_pointer (&self->header, row_free);
  g_ptr_array_unref (self->fields);
  g_clear_object (&self->stream);
  g_clear_error (&self->fatal);
  g_free (self->buffer);
  g_free (self);
}

const char *const *
billing_csv_reader_get_header (BillingCsvReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->header->fields;
}

char
billing_csv_reader_get_separator (BillingCsvReader *self)
{
  g_return_val_if_fail (self != NULL, '\0');

  return self->separator;
}

gboolean
billing_csv_reader_next (BillingCsvReader *self, GStrv *row, guint64 *row_number,
                         GCancellable *cancellable, GError **error)
{
  Row *next;
  gboolean is_good;

  g_return_val_if_fail (self != NULL && row != NULL, FALSE);

  *row = NULL;
  while (g_queue_is_empty (&self->rows) && self->fatal == NULL && !self->at_end)
    if (!read_on (self, cancellable, error))
      return FALSE;

  next = g_queue_pop_head (&self->rows);
  if (row_number != NULL)
    *row_number = next != NULL ? next->number : self->row_count + 1;
  if (next == NULL && self->fatal != NULL)
    g_propagate_error (error, g_error_copy (self->fatal));
  if (next == NULL)
    return self->fatal == NULL;

  is_good = check_row (self, next, error);
  if (is_good)
    *row = g_steal_pointer (&next->fields);
  row_free (next);
  return is_good;
}
