/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-x12-reader"

#include "config.h"

#include "billing-x12-reader.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "billing-exchange-error.h"

/* Interchanges as X12.5 and X12.6 describe them. */

/* The longest segment that anybody writes is of some hundred bytes; a file that has no terminator at all must not fill the memory. */
#define MAX_SEGMENT (64 * 1024)
#define CHUNK (64 * 1024)

/* ISA has sixteen elements; the component separator is the last of them, and the terminator stands behind it. */
#define N_ISA_ELEMENTS 16
#define MAX_ISA 256

typedef enum {
  LEVEL_FILE,
  LEVEL_INTERCHANGE,
  LEVEL_GROUP,
  LEVEL_SET,
} Level;

struct _BillingX12Reader {
  GInputStream *stream;      /* (owned) */
  GByteArray *buffer;        /* (owned): read and not handed out */
  gsize start;               /* where in it the next segment begins */
  guint64 offset;            /* of the buffer's first byte in the file */
  gboolean ended;            /* the stream has no more */

  char separator;
  char terminator;
  Level level;
  gint64 counts[LEVEL_SET + 1]; /* parts of what is open: groups, sets, segments */

  GString *text;             /* (owned): of the segment */
  GPtrArray *elements;       /* (owned) (element-type utf8): they point into it */
  BillingX12Segment segment;
};

/**
 * billing_x12_is_interchange:
 * @bytes: (array length=length): how a file begins, white space passed over
 * @length: how much of it is there
 *
 * Returns: whether it begins with an ISA segment: its first element has two characters, and so the
 *   separator stands before and behind it
 */
gboolean
billing_x12_is_interchange (const char *bytes,
                            gsize       length)
{
  return length > 6 && memcmp (bytes, "ISA", 3) == 0 && bytes[3] == bytes[6] && !g_ascii_isalnum (bytes[3]) &&
         bytes[3] != ' ' && (guchar) bytes[3] < 0x80;
}

/**
 * billing_x12_reader_new:
 * @utf8: a file as UTF-8, see billing_text_reader_open()
 *
 * Returns: (transfer full): a reader that stands before its first segment
 */
BillingX12Reader *
billing_x12_reader_new (GInputStream *utf8)
{
  BillingX12Reader *self = g_new0 (BillingX12Reader, 1);

  self->stream = g_object_ref (utf8);
  self->buffer = g_byte_array_new ();
  self->text = g_string_new (NULL);
  self->elements = g_ptr_array_new ();
  return self;
}

void
billing_x12_reader_free (BillingX12Reader *self)
{
  g_object_unref (self->stream);
  g_byte_array_unref (self->buffer);
  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->elements);
  g_free (self);
}

/**
 * billing_x12_reader_get_offset:
 * @self: a reader
 *
 * Returns: where in the file it reads on, in bytes
 */
guint64
billing_x12_reader_get_offset (BillingX12Reader *self)
{
  return self->offset + self->start;
}

static gboolean
set_torn (GError **error)
{
  g_set_error_literal (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_TORN,
                       _("The file ends in the middle. Ask whoever sent it to send it again"));
  return FALSE;
}

static gboolean set_bad (BillingX12Reader *self, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
set_bad (BillingX12Reader  *self,
         GError           **error,
         const char        *format,
         ...)
{
  g_autofree char *why = NULL;
  va_list values;

  va_start (values, format);
  why = g_strdup_vprintf (format, values);
  va_end (values);

  g_set_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_FORMAT,
               /* Translators: %s is what is wrong there */
               _("It is no sound X12 interchange: at its segment %" PRIu64 " %s"), self->segment.number, why);
  return FALSE;
}

/* Bytes of the stream */

/* More of the stream behind what is there; FALSE with an error, or at the end without one. */
static gboolean
fill (BillingX12Reader  *self,
      GCancellable      *cancellable,
      GError           **error)
{
  guint had;
  gssize n;

  if (self->ended)
    return FALSE;

  self->offset += self->start;
  g_byte_array_remove_range (self->buffer, 0, (guint) self->start);
  self->start = 0;
  had = self->buffer->len;
  g_byte_array_set_size (self->buffer, had + CHUNK);
  n = g_input_stream_read (self->stream, self->buffer->data + had, CHUNK, cancellable, error);
  g_byte_array_set_size (self->buffer, had + (guint) MAX (n, 0));
  self->ended = n <= 0;
  return n > 0;
}

static const char *
get_rest (BillingX12Reader *self,
          gsize            *length)
{
  *length = self->buffer->len - self->start;
  return (const char *) self->buffer->data + self->start;
}

/* Lines may end wherever somebody broke them. */
static gboolean
skip_space (BillingX12Reader  *self,
            gboolean          *at_end,
            GCancellable      *cancellable,
            GError           **error)
{
  g_autoptr (GError) local = NULL;
  gsize length;

  do
    {
      const char *rest = get_rest (self, &length);

      for (gsize i = 0; i < length; i++)
        {
          if (!g_ascii_isspace (rest[i]))
            {
              self->start += i;
              *at_end = FALSE;
              return TRUE;
            }
        }
      self->start = self->buffer->len;
    }
  while (fill (self, cancellable, &local));

  *at_end = TRUE;
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The bytes as far as the terminator, which is passed over. The last one of a file may lack it. */
static gboolean
take_text (BillingX12Reader  *self,
           gboolean          *terminated,
           GCancellable      *cancellable,
           GError           **error)
{
  g_autoptr (GError) local = NULL;
  gsize length;
  const char *rest;
  const char *end;

  for (;;)
    {
      rest = get_rest (self, &length);
      end = length > 0 ? memchr (rest, self->terminator, length) : NULL;
      if (end != NULL || length > MAX_SEGMENT || !fill (self, cancellable, &local))
        break;
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  rest = get_rest (self, &length);
  if (end != NULL)
    length = (gsize) (end - rest);
  if (length > MAX_SEGMENT)
    return set_bad (self, error, _("it does not end"));

  g_string_truncate (self->text, 0);
  for (gsize i = 0; i < length; i++)
    {
      if (rest[i] != '\r' && rest[i] != '\n')
        g_string_append_c (self->text, rest[i]);
    }
  *terminated = end != NULL;
  self->start += length + (end != NULL ? 1 : 0);
  return TRUE;
}

/* Segments */

static gboolean
is_separator (char c)
{
  return !g_ascii_isalnum (c) && c != ' ' && c != '\0' && (guchar) c < 0x80;
}

/* Separators are those that ISA is written with. */
static gboolean
read_separators (BillingX12Reader  *self,
                 GCancellable      *cancellable,
                 GError           **error)
{
  g_autoptr (GError) local = NULL;
  gsize length;
  const char *rest;
  gsize at = 3;
  guint n = 0;

  while (get_rest (self, &length) != NULL && length < MAX_ISA && fill (self, cancellable, &local))
    ;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  rest = get_rest (self, &length);
  if (length < 3 || memcmp (rest, "ISA", 3) != 0)
    return set_bad (self, error, _("there is no ISA"));
  if (length > 6 && !billing_x12_is_interchange (rest, length))
    return set_bad (self, error, _("ISA does not declare its separators"));

  for (; at < MIN (length, MAX_ISA); at++)
    {
      if (rest[at] == rest[3] && ++n == N_ISA_ELEMENTS)
        break;
    }
  if (at + 2 >= length)
    return self->ended ? set_torn (error) : set_bad (self, error, _("ISA does not declare its separators"));

  self->separator = rest[3];
  self->segment.component = rest[at + 1];
  self->terminator = rest[at + 2];
  if (n < N_ISA_ELEMENTS || !is_separator (self->segment.component) || !is_separator (self->terminator) ||
      self->terminator == self->separator || self->terminator == self->segment.component ||
      self->separator == self->segment.component)
    return set_bad (self, error, _("ISA does not declare its separators"));

  return TRUE;
}

/* What stands in ISA11 repeats elements, except where it is the letter of an older version. */
static char
get_repetition (BillingX12Reader *self)
{
  const char *declared = billing_x12_segment_get (&self->segment, 11);
  char c = declared[0];

  return declared[0] != '\0' && declared[1] == '\0' && is_separator (c) && c != self->separator &&
         c != self->segment.component && c != self->terminator ? c : '\0';
}

static void
split (BillingX12Reader *self)
{
  char *next = self->text->str;

  g_ptr_array_set_size (self->elements, 0);
  while (next != NULL)
    {
      char *end = strchr (next, self->separator);

      if (end != NULL)
        *end++ = '\0';
      g_ptr_array_add (self->elements, g_strstrip (next));
      next = end;
    }

  self->segment.id = self->elements->pdata[0];
  self->segment.elements = (char **) self->elements->pdata;
  self->segment.n_elements = self->elements->len - 1;
}

static gboolean
is_id (const char *id)
{
  gsize length = strlen (id);

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isupper (id[i]) && !(i > 0 && g_ascii_isdigit (id[i])))
        return FALSE;
    }

  return length == 2 || length == 3;
}

/* Envelopes */

static const struct {
  const char *id;
  Level inside;   /* of what it may stand */
  Level then;     /* where what follows stands */
} envelopes[] = {
  { "ISA", LEVEL_FILE, LEVEL_INTERCHANGE },
  { "GS", LEVEL_INTERCHANGE, LEVEL_GROUP },
  { "ST", LEVEL_GROUP, LEVEL_SET },
  { "SE", LEVEL_SET, LEVEL_GROUP },
  { "GE", LEVEL_GROUP, LEVEL_INTERCHANGE },
  { "IEA", LEVEL_INTERCHANGE, LEVEL_FILE },
};

/* What an end says of how many parts stood before it, is what did. */
static gboolean
check_count (BillingX12Reader  *self,
             GError           **error)
{
  const char *said = billing_x12_segment_get (&self->segment, 1);
  gint64 count = self->counts[self->level];
  gint64 number;

  if (g_ascii_string_to_signed (said, 10, 0, G_MAXINT64, &number, NULL) && number == count)
    return TRUE;

  return set_bad (self, error, _("%s counts “%s” where %" PRId64 " are there, so that some of it is missing"),
                  self->segment.id, said, count);
}

static gboolean
step_level (BillingX12Reader  *self,
            GError           **error)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (envelopes) && !g_str_equal (envelopes[i].id, self->segment.id))
    i++;

  if (i == G_N_ELEMENTS (envelopes))
    {
      self->counts[LEVEL_SET]++;
      if (self->level == LEVEL_SET || (self->level == LEVEL_INTERCHANGE && g_str_equal (self->segment.id, "TA1")))
        return TRUE;
      return set_bad (self, error, _("%s stands outside of a transaction"), self->segment.id);
    }
  if (envelopes[i].inside != self->level)
    return g_str_equal (self->segment.id, "ISA") ? set_torn (error)
      : set_bad (self, error, _("%s stands where it cannot"), self->segment.id);

  self->counts[LEVEL_SET] = self->level == LEVEL_SET ? self->counts[LEVEL_SET] + 1 : 1;
  if (envelopes[i].then < self->level && !check_count (self, error))
    return FALSE;
  if (envelopes[i].then > self->level && self->level != LEVEL_FILE)
    self->counts[self->level]++;
  if (envelopes[i].then > self->level && envelopes[i].then != LEVEL_SET)
    self->counts[envelopes[i].then] = 0;

  self->level = envelopes[i].then;
  return TRUE;
}

/**
 * billing_x12_reader_next:
 * @self: a reader
 * @segment: (out) (nullable): the next segment, envelopes included; %NULL at the end
 * @cancellable: (nullable): what stops it
 * @error: return location for a %BILLING_EXCHANGE_ERROR_TORN, a %BILLING_EXCHANGE_ERROR_FORMAT, or
 *   one of the stream
 *
 * Returns: %FALSE with @error set; the file cannot be read on then
 */
gboolean
billing_x12_reader_next (BillingX12Reader         *self,
                         const BillingX12Segment **segment,
                         GCancellable             *cancellable,
                         GError                  **error)
{
  gboolean at_end;
  gboolean terminated = FALSE;

  *segment = NULL;
  if (!skip_space (self, &at_end, cancellable, error))
    return FALSE;
  if (at_end && self->level == LEVEL_FILE && self->segment.number > 0)
    return TRUE;
  if (at_end)
    return set_torn (error);

  self->segment.number++;
  if (self->level == LEVEL_FILE && !read_separators (self, cancellable, error))
    return FALSE;
  if (!take_text (self, &terminated, cancellable, error))
    return FALSE;

  split (self);
  if (self->level == LEVEL_FILE)
    self->segment.repetition = get_repetition (self);
  if (!terminated && !g_str_equal (self->segment.id, "IEA"))
    return set_torn (error);
  if (!is_id (self->segment.id))
    return set_bad (self, error, _("there is no segment"));
  if (!step_level (self, error))
    return FALSE;

  *segment = &self->segment;
  return TRUE;
}

/* Elements */

/**
 * billing_x12_segment_get:
 * @self: a segment
 * @element: which, from 1, as the guides count
 *
 * Returns: the element as it stands, without the spaces around it; "" where there is none
 */
const char *
billing_x12_segment_get (const BillingX12Segment *self,
                         guint                    element)
{
  return element <= self->n_elements ? self->elements[element] : "";
}

/* Text for people: no control character gets in, and nothing that is empty. */
static char *
clean (char *text)
{
  for (char *c = text; *c != '\0'; c++)
    {
      if (g_ascii_iscntrl (*c))
        *c = ' ';
    }

  g_strstrip (text);
  if (*text != '\0')
    return text;

  g_free (text);
  return NULL;
}

/**
 * billing_x12_segment_dup:
 * @self: a segment
 * @element: which, from 1
 *
 * Returns: (transfer full) (nullable): the element as text, %NULL where it says nothing
 */
char *
billing_x12_segment_dup (const BillingX12Segment *self,
                         guint                    element)
{
  return clean (g_strdup (billing_x12_segment_get (self, element)));
}

/**
 * billing_x12_segment_list:
 * @self: a segment
 * @element: which, from 1
 *
 * Returns: (transfer full) (array zero-terminated=1): each repetition of the element that says something
 */
char **
billing_x12_segment_list (const BillingX12Segment *self,
                          guint                    element)
{
  const char separator[] = { self->repetition, '\0' };
  g_auto (GStrv) parts = NULL;
  GStrvBuilder *list = g_strv_builder_new ();
  char **result;

  if (self->repetition == '\0')
    parts = g_strsplit (billing_x12_segment_get (self, element), "\x01", 1);
  else
    parts = g_strsplit (billing_x12_segment_get (self, element), separator, -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *text = clean (g_strdup (parts[i]));

      if (text != NULL)
        g_strv_builder_add (list, text);
    }

  result = g_strv_builder_end (list);
  g_strv_builder_unref (list);
  return result;
}

/**
 * billing_x12_segment_dup_part:
 * @self: a segment
 * @element: which, from 1
 * @component: which of its components, from 1
 *
 * Returns: (transfer full) (nullable): the component as text
 */
char *
billing_x12_segment_dup_part (const BillingX12Segment *self,
                              guint                    element,
                              guint                    component)
{
  const char separator[] = { self->component, '\0' };
  g_auto (GStrv) parts = g_strsplit (billing_x12_segment_get (self, element), separator, -1);

  return component >= 1 && component <= g_strv_length (parts) ? clean (g_strdup (parts[component - 1])) : NULL;
}
