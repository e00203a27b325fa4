/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-json-scanner"

#include "config.h"

#include "billing-json-scanner.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "billing-exchange-error.h"
#include "billing-json-grammar.h"

#define BUFFER_SIZE (64 * 1024)
#define MAX_ENTRY_SIZE (16 * 1024 * 1024)

typedef enum
{
  WHERE_TOP,      /* between documents */
  WHERE_DOCUMENT, /* in an object at the top: an entry, or a Bundle */
  WHERE_LIST,     /* between the entries of an array */
  WHERE_ENTRY,
  WHERE_BAD_LINE, /* behind the error of a line */
} Where;

typedef enum
{
  MEMBER_OTHER,
  MEMBER_RESOURCE_TYPE,
  MEMBER_TYPE,
  MEMBER_ENTRY,
} Member;

struct _BillingJsonScanner
{
  GInputStream *stream; /* (owned) */
  guint8 *buffer;       /* (owned) */
  const guint8 *at;     /* in buffer: what is not yet read */
  const guint8 *end;
  guint64 end_offset; /* of the end of the buffer in the file */

  BillingJsonGrammar grammar;
  Where where;
  gboolean has_lines; /* the file is one object a line */
  gboolean was_array;
  guint64 documents;    /* begun */
  guint64 start_line;   /* of the latest document */
  guint64 end_line;
  guint64 entries;      /* handed out, or complained of */

  Member member;
  gboolean is_bundle;
  gboolean has_bad_entry_member;
  char *resource_type; /* (owned) (nullable) */
  char *bundle_type;   /* (owned) (nullable) */
  gsize list_depth;    /* brackets open between the entries of an array */

  GByteArray *text;   /* (owned) (nullable): of the entry, without what follows mark */
  const guint8 *mark; /* (nullable): in buffer */
  BillingJsonPlace place;
  BillingJsonProblem problem;
  BillingJsonPlace problem_place;

  GError *fatal; /* (owned) (nullable) */
};

static BillingJsonPlace
get_place (BillingJsonScanner *self)
{
  return (BillingJsonPlace) {
    .entry = self->entries + 1,
    .offset = self->end_offset - (guint64) (self->end - self->at),
    .line = self->grammar.line,
  };
}

/* --- the text of an entry --------------------------------------------------------------------- */

static void
set_problem (BillingJsonScanner *self, BillingJsonProblem problem)
{
  if (self->problem != BILLING_JSON_FINE)
    return;
  self->problem = problem;
  self->problem_place = get_place (self);
}

static void
drop_text (BillingJsonScanner *self)
{
  g_clear_pointer (&self->text, g_byte_array_unref);
  self->mark = NULL;
}

/* The bracket that opens the entry has just been taken. */
static void
begin_text (BillingJsonScanner *self)
{
  self->at--;
  self->place = get_place (self);
  self->mark = self->at++;
  self->text = g_byte_array_new ();
  self->problem = BILLING_JSON_FINE;
}

static void
keep_text (BillingJsonScanner *self)
{
  gsize length;

  if (self->mark == NULL)
    return;

  length = (gsize) (self->at - self->mark);
  if (self->text->len + length > MAX_ENTRY_SIZE)
    {
      if (self->problem == BILLING_JSON_FINE)
        self->problem_place = self->place;
      self->problem = BILLING_JSON_TOO_BIG;
      drop_text (self);
      return;
    }
  g_byte_array_append (self->text, self->mark, (guint) length);
  self->mark = self->at;
}

static void
check_text (BillingJsonScanner *self)
{
  const guint8 *where = NULL;

  self->problem =
    billing_json_grammar_check_text (self->text->data, self->text->len, &where);
  if (self->problem == BILLING_JSON_FINE)
    return;

  self->problem_place = self->place;
  self->problem_place.offset += (guint64) (where - self->text->data);
  for (const guint8 *at = self->text->data; at < where; at++)
    self->problem_place.line += *at == '\n';
}

/* --- complaints ------------------------------------------------------------------------------- */

static void
leave_out_entry (BillingJsonScanner *self, GError **error)
{
  drop_text (self);
  self->entries++;
  g_set_error (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_ENTRY,
               _("Entry %" PRIu64 " was left out: %s (line %" PRIu64 ", byte %" PRIu64 "). The "
                 "entries around it are not affected; ask for this one again where the file "
                 "comes from."),
               self->place.entry, billing_json_problem_to_text (self->problem),
               self->problem_place.line, self->problem_place.offset);
  self->problem = BILLING_JSON_FINE;
}

/* There is no going on, except behind the end of the line where lines are entries. @problem is
 * what shows that; what went wrong before it in the same entry tells more. */
static void
give_up (BillingJsonScanner *self, BillingJsonProblem problem, GError **error)
{
  set_problem (self, problem);
  if (self->has_lines)
    {
      if (self->text == NULL)
        self->place = self->problem_place;
      self->where = WHERE_BAD_LINE;
      leave_out_entry (self, error);
      return;
    }

  self->fatal =
    g_error_new (BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_FORMAT,
                 _("The file cannot be read beyond line %" PRIu64 " (byte %" PRIu64 "): %s. What "
                   "stands before is whole; ask for the file again where it comes from."),
                 self->problem_place.line, self->problem_place.offset,
                 billing_json_problem_to_text (self->problem));
  g_propagate_error (error, g_error_copy (self->fatal));
}

static void
refuse_file (BillingJsonScanner *self, const char *sentence, GError **error)
{
  BillingJsonPlace place = get_place (self);

  self->place = place;
  self->fatal = g_error_new (BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_FORMAT,
                             _("%s (Line %" PRIu64 ", byte %" PRIu64 ".)"), sentence, place.line,
                             place.offset);
  g_propagate_error (error, g_error_copy (self->fatal));
}

static void
complain_of_torn_file (BillingJsonScanner *self, GError **error)
{
  BillingJsonPlace place = get_place (self);

  if (self->text != NULL || self->where == WHERE_ENTRY)
    self->fatal =
      g_error_new (BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_TORN,
                   _("The file ends in the middle of entry %" PRIu64 " (byte %" PRIu64 "). The "
                     "entries before it are whole; copy or export the file again to get the rest."),
                   place.entry, place.offset);
  else
    self->fatal =
      g_error_new (BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_TORN,
                   _("The file ends too early, behind entry %" PRIu64 " (byte %" PRIu64 "). The "
                     "entries up to there are whole; copy or export the file again to get the "
                     "rest."),
                   self->entries, place.offset);
  drop_text (self);
  g_propagate_error (error, g_error_copy (self->fatal));
}

/* --- entries ---------------------------------------------------------------------------------- */

static void
finish_entry (BillingJsonScanner *self, GBytes **entry, GError **error)
{
  keep_text (self);
  if (self->problem == BILLING_JSON_FINE)
    check_text (self);
  billing_json_grammar_mend (&self->grammar);

  if (self->problem != BILLING_JSON_FINE)
    {
      leave_out_entry (self, error);
      return;
    }
  self->entries++;
  self->mark = NULL;
  *entry = g_byte_array_free_to_bytes (g_steal_pointer (&self->text));
}

static void
read_entry (BillingJsonScanner *self, GBytes **entry, GError **error)
{
  BillingJsonEvent event = billing_json_grammar_run (&self->grammar, &self->at, self->end);

  if (event == BILLING_JSON_PROBLEM)
    set_problem (self, self->grammar.problem);
  else if (event == BILLING_JSON_BROKEN)
    give_up (self, BILLING_JSON_BRACKETS, error);
  else if (event == BILLING_JSON_LINE)
    give_up (self, BILLING_JSON_LINE_END, error);
  else if (event == BILLING_JSON_CLOSE)
    {
      self->where = WHERE_LIST;
      finish_entry (self, entry, error);
    }
}

static void
begin_list (BillingJsonScanner *self, gsize depth)
{
  self->where = WHERE_LIST;
  self->list_depth = depth;
  self->grammar.loud_depth = depth;
  self->grammar.max_depth = depth + BILLING_JSON_MAX_DEPTH;
}

static void
end_list (BillingJsonScanner *self)
{
  self->where = self->was_array ? WHERE_TOP : WHERE_DOCUMENT;
  self->grammar.loud_depth = 1;
}

static void
read_list (BillingJsonScanner *self, GError **error)
{
  BillingJsonEvent event = billing_json_grammar_run (&self->grammar, &self->at, self->end);

  if (event == BILLING_JSON_OPEN && self->grammar.depth > self->list_depth)
    {
      self->where = WHERE_ENTRY;
      begin_text (self);
      if (*self->mark == '[')
        set_problem (self, BILLING_JSON_NO_OBJECT);
    }
  else if (event == BILLING_JSON_CLOSE && self->grammar.depth < self->list_depth)
    end_list (self);
  else if (event == BILLING_JSON_STRING || event == BILLING_JSON_SCALAR)
    {
      self->place = get_place (self);
      self->problem = BILLING_JSON_FINE;
      set_problem (self, BILLING_JSON_NO_OBJECT);
      leave_out_entry (self, error);
    }
  else if (event == BILLING_JSON_PROBLEM || event == BILLING_JSON_BROKEN)
    give_up (self, self->grammar.problem, error);
  else if (event == BILLING_JSON_LINE)
    give_up (self, BILLING_JSON_LINE_END, error);
}

/* --- objects at the top ----------------------------------------------------------------------- */

/* The latest token without its escapes; no token that matters needs more than a parser. */
static char *
dup_token (BillingJsonScanner *self)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  const guint8 *where = NULL;
  GString *token = self->grammar.token;

  if (billing_json_grammar_check_text ((guint8 *) token->str, token->len, &where) !=
      BILLING_JSON_FINE)
    return g_strdup ("");
  if (strchr (token->str, '\\') == NULL)
    return g_strdup (token->str);

  text = g_strdup_printf ("[\"%s\"]", token->str);
  node = json_from_string (text, NULL);
  return g_strdup (node == NULL ? ""
                                : json_array_get_string_element (json_node_get_array (node), 0));
}

static Member
get_member (BillingJsonScanner *self)
{
  g_autofree char *name = dup_token (self);

  if (g_str_equal (name, "resourceType"))
    return MEMBER_RESOURCE_TYPE;
  if (g_str_equal (name, "type"))
    return MEMBER_TYPE;
  return g_str_equal (name, "entry") ? MEMBER_ENTRY : MEMBER_OTHER;
}

static void
become_bundle (BillingJsonScanner *self)
{
  self->is_bundle = TRUE;
  self->problem = BILLING_JSON_FINE;
  drop_text (self);
}

static void
take_resource_type (BillingJsonScanner *self, GError **error)
{
  g_free (self->resource_type);
  self->resource_type = dup_token (self);
  if (g_str_equal (self->resource_type, "Bundle"))
    become_bundle (self);
  else if (self->is_bundle)
    refuse_file (self, _("The file has a list of entries, but does not call itself a Bundle."),
                 error);
}

static void
take_member_string (BillingJsonScanner *self, GError **error)
{
  if (self->member == MEMBER_RESOURCE_TYPE)
    take_resource_type (self, error);
  else if (self->member == MEMBER_TYPE)
    {
      g_free (self->bundle_type);
      self->bundle_type = dup_token (self);
    }
  else if (self->member == MEMBER_ENTRY)
    self->has_bad_entry_member = TRUE;
}

static void
take_member_open (BillingJsonScanner *self)
{
  if (self->member != MEMBER_ENTRY || self->grammar.problem != BILLING_JSON_FINE)
    return;
  if (self->at[-1] != '[')
    self->has_bad_entry_member = TRUE;
  else if (self->resource_type == NULL || self->is_bundle)
    {
      become_bundle (self);
      begin_list (self, 2);
    }
}

static void
end_document (BillingJsonScanner *self, GBytes **entry, GError **error)
{
  self->where = WHERE_TOP;
  self->end_line = self->grammar.line;
  if (!self->is_bundle)
    {
      finish_entry (self, entry, error);
      return;
    }

  if (self->has_bad_entry_member)
    refuse_file (self, _("The file calls itself a Bundle, but its entries are not a list."), error);
}

static void
take_document_problem (BillingJsonScanner *self, GError **error)
{
  if (self->is_bundle)
    give_up (self, self->grammar.problem, error);
  else
    set_problem (self, self->grammar.problem);
}

static void
read_document (BillingJsonScanner *self, GBytes **entry, GError **error)
{
  switch (billing_json_grammar_run (&self->grammar, &self->at, self->end))
    {
    case BILLING_JSON_OPEN:
      take_member_open (self);
      break;
    case BILLING_JSON_CLOSE:
      if (self->grammar.depth == 0)
        end_document (self, entry, error);
      break;
    case BILLING_JSON_KEY:
      self->member = get_member (self);
      break;
    case BILLING_JSON_STRING:
      take_member_string (self, error);
      break;
    case BILLING_JSON_SCALAR:
      if (self->member == MEMBER_ENTRY)
        self->has_bad_entry_member = TRUE;
      break;
    case BILLING_JSON_LINE:
      give_up (self, BILLING_JSON_LINE_END, error);
      break;
    case BILLING_JSON_PROBLEM:
      take_document_problem (self, error);
      break;
    case BILLING_JSON_BROKEN:
      give_up (self, BILLING_JSON_BRACKETS, error);
      break;
    case BILLING_JSON_MORE:
    default:
      break;
    }
}

static void
begin_document (BillingJsonScanner *self)
{
  self->documents++;
  self->start_line = self->grammar.line;
  self->where = WHERE_DOCUMENT;
  self->member = MEMBER_OTHER;
  self->is_bundle = FALSE;
  self->has_bad_entry_member = FALSE;
  g_clear_pointer (&self->resource_type, g_free);
  g_clear_pointer (&self->bundle_type, g_free);

  billing_json_grammar_restart (&self->grammar);
  self->grammar.one_line = self->has_lines;
  billing_json_grammar_run (&self->grammar, &self->at, self->at + 1);
  begin_text (self);
}

/* --- between documents ------------------------------------------------------------------------ */

static gboolean
is_space_or_mark (BillingJsonScanner *self)
{
  static const guint8 byte_order_mark[] = { 0xef, 0xbb, 0xbf };
  guint64 offset = get_place (self).offset;

  if (offset < G_N_ELEMENTS (byte_order_mark) && *self->at == byte_order_mark[offset])
    return TRUE;
  return *self->at == ' ' || *self->at == '\t' || *self->at == '\r' || *self->at == '\n';
}

/* A second object is only in place on a line of its own, behind one that was on a single line. */
static gboolean
begins_line (BillingJsonScanner *self)
{
  return !self->was_array && self->start_line == self->end_line &&
         self->grammar.line > self->end_line;
}

static void
complain_at_top (BillingJsonScanner *self, GError **error)
{
  if (self->has_lines)
    give_up (self, BILLING_JSON_NO_OBJECT, error);
  else if (self->documents == 0)
    refuse_file (self, _("This is not a FHIR file in JSON: it begins with something else. Export "
                         "it as FHIR R4 in JSON and import it again."), error);
  else
    refuse_file (self, _("Something follows the end of the file's content. The entries before it "
                         "are whole; ask for the file again where it comes from."), error);
}

static void
read_top (BillingJsonScanner *self, GError **error)
{
  for (; self->at < self->end && is_space_or_mark (self); self->at++)
    self->grammar.line += *self->at == '\n';
  if (self->at == self->end)
    return;

  if (*self->at == '{' && (self->documents == 0 || begins_line (self)))
    {
      self->has_lines = self->documents > 0;
      begin_document (self);
    }
  else if (*self->at == '[' && self->documents == 0)
    {
      self->documents++;
      self->was_array = TRUE;
      billing_json_grammar_run (&self->grammar, &self->at, self->at + 1);
      begin_list (self, 1);
    }
  else
    complain_at_top (self, error);
}

static void
skip_line (BillingJsonScanner *self)
{
  const guint8 *line_end = memchr (self->at, '\n', (gsize) (self->end - self->at));

  self->at = line_end != NULL ? line_end : self->end;
  if (line_end == NULL)
    return;
  self->where = WHERE_TOP;
  self->start_line = self->end_line = self->grammar.line;
}

/* --- the whole -------------------------------------------------------------------------------- */

static void
read_on (BillingJsonScanner *self, GBytes **entry, GError **error)
{
  switch (self->where)
    {
    case WHERE_DOCUMENT:
      read_document (self, entry, error);
      break;
    case WHERE_LIST:
      read_list (self, error);
      break;
    case WHERE_ENTRY:
      read_entry (self, entry, error);
      break;
    case WHERE_BAD_LINE:
      skip_line (self);
      break;
    case WHERE_TOP:
    default:
      read_top (self, error);
      break;
    }
}

static gssize
fill_buffer (BillingJsonScanner *self, GCancellable *cancellable, GError **error)
{
  gssize length;

  keep_text (self);
  length = g_input_stream_read (self->stream, self->buffer, BUFFER_SIZE, cancellable, error);
  if (length <= 0)
    return length;

  self->at = self->buffer;
  self->end = self->buffer + length;
  self->end_offset += (guint64) length;
  if (self->mark != NULL)
    self->mark = self->at;
  return length;
}

static gboolean
end_file (BillingJsonScanner *self, GError **error)
{
  if (self->where == WHERE_BAD_LINE)
    self->where = WHERE_TOP;

  if (self->where != WHERE_TOP)
    {
      self->place = get_place (self);
      /* Behind a missing quotation mark everything is inside out: the end tells nothing. */
      if (self->grammar.problem != BILLING_JSON_FINE &&
          self->grammar.problem != BILLING_JSON_DEPTH)
        give_up (self, self->grammar.problem, error);
      else
        complain_of_torn_file (self, error);
      return FALSE;
    }
  if (self->documents > 0)
    return TRUE;

  refuse_file (self, _("The file is empty. Export it again."), error);
  return FALSE;
}

BillingJsonScanner *
billing_json_scanner_new (GInputStream *stream)
{
  BillingJsonScanner *self;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  self = g_new0 (BillingJsonScanner, 1);
  self->stream = g_object_ref (stream);
  self->buffer = g_malloc (BUFFER_SIZE);
  self->at = self->end = self->buffer;
  billing_json_grammar_init (&self->grammar);
  return self;
}

void
billing_json_scanner_free (BillingJsonScanner *self)
{
  drop_text (self);
  billing_json_grammar_clear (&self->grammar);
  g_clear_object (&self->stream);
  g_clear_error (&self->fatal);
  g_free (self->resource_type);
  g_free (self->bundle_type);
  g_free (self->buffer);
  g_free (self);
}

gboolean
billing_json_scanner_next (BillingJsonScanner *self, GBytes **entry, BillingJsonPlace *place,
                           GCancellable *cancellable, GError **error)
{
  GError *local_error = NULL;
  gssize filled = 1;

  g_return_val_if_fail (self != NULL && entry != NULL, FALSE);

  *entry = NULL;
  if (self->fatal != NULL)
    local_error = g_error_copy (self->fatal);
  while (*entry == NULL && local_error == NULL && filled > 0)
    if (self->at < self->end)
      read_on (self, entry, &local_error);
    else
      filled = fill_buffer (self, cancellable, &local_error);
  if (filled == 0)
    end_file (self, &local_error);

  if (place != NULL)
    *place = self->place;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

const char *
billing_json_scanner_get_bundle_type (BillingJsonScanner *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->is_bundle ? self->bundle_type : NULL;
}
