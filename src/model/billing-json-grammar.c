/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-json-grammar"

#include "config.h"

#include "billing-json-grammar.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A name or type that we look for is far shorter; longer ones only must not match. */
#define MAX_TOKEN 128

/* Nonzero for the bytes that a string holds as they are. */
static const guint8 plain[256] = {
  [0x20 ... '"' - 1] = 1,
  ['"' + 1 ... '\\' - 1] = 1,
  ['\\' + 1 ... 0xff] = 1,
};

static BillingJsonEvent
complain (BillingJsonGrammar *self, BillingJsonProblem problem)
{
  self->problem = problem;
  if (self->state == BILLING_JSON_IN_STRING)
    self->after_string = BILLING_JSON_IN_LOOSE;
  else
    self->state = BILLING_JSON_IN_LOOSE;
  return BILLING_JSON_PROBLEM;
}

static BillingJsonEvent
report (BillingJsonGrammar *self, BillingJsonEvent event, gsize depth)
{
  return depth <= self->loud_depth ? event : BILLING_JSON_MORE;
}

static BillingJsonEvent
open_bracket (BillingJsonGrammar *self, char kind)
{
  gboolean is_loose = self->state == BILLING_JSON_IN_LOOSE;

  self->depth++;
  if (self->depth <= self->max_depth)
    self->kinds[self->depth - 1] = kind;
  else if (!is_loose)
    return complain (self, BILLING_JSON_DEPTH);

  if (!is_loose)
    self->state = kind == '{' ? BILLING_JSON_IN_FIRST_KEY : BILLING_JSON_IN_FIRST_VALUE;
  return report (self, BILLING_JSON_OPEN, self->depth - 1);
}

static BillingJsonEvent
close_bracket (BillingJsonGrammar *self, char closing)
{
  char kind = closing == '}' ? '{' : '[';

  /* Levels beyond the limit are only counted. */
  if (self->depth == 0 ||
      (self->depth <= self->max_depth && self->kinds[self->depth - 1] != kind))
    {
      self->problem = BILLING_JSON_BRACKETS;
      return BILLING_JSON_BROKEN;
    }

  self->depth--;
  if (self->state != BILLING_JSON_IN_LOOSE)
    self->state = BILLING_JSON_IN_AFTER;
  return report (self, BILLING_JSON_CLOSE, self->depth);
}

static BillingJsonEvent
begin_string (BillingJsonGrammar *self, BillingJsonState after)
{
  self->state = BILLING_JSON_IN_STRING;
  self->after_string = after;
  g_string_truncate (self->token, 0);
  return BILLING_JSON_MORE;
}

static BillingJsonEvent
end_string (BillingJsonGrammar *self)
{
  self->state = self->after_string;
  if (self->state == BILLING_JSON_IN_LOOSE)
    return BILLING_JSON_MORE;
  if (self->state == BILLING_JSON_IN_COLON)
    return report (self, BILLING_JSON_KEY, self->depth);
  return report (self, BILLING_JSON_STRING, self->depth);
}

static void
keep_token (BillingJsonGrammar *self, const guint8 *start, const guint8 *end)
{
  if (self->depth <= self->loud_depth && self->token->len < MAX_TOKEN)
    g_string_append_len (self->token, (const char *) start, MIN (end - start, MAX_TOKEN));
}

static BillingJsonEvent
take_line_end (BillingJsonGrammar *self, const guint8 **at)
{
  if (self->one_line)
    return BILLING_JSON_LINE;
  self->line++;
  (*at)++;
  return BILLING_JSON_MORE;
}

static BillingJsonEvent
take_control (BillingJsonGrammar *self, const guint8 **at)
{
  if (**at != '\n')
    (*at)++;
  else if (take_line_end (self, at) == BILLING_JSON_LINE)
    return BILLING_JSON_LINE;
  return self->after_string == BILLING_JSON_IN_LOOSE ? BILLING_JSON_MORE
                                                     : complain (self, BILLING_JSON_CONTROL);
}

static BillingJsonEvent
take_string (BillingJsonGrammar *self, const guint8 **at, const guint8 *end)
{
  const guint8 *start = *at, *stop = start;

  while (stop < end && plain[*stop])
    stop++;

  *at = stop;
  keep_token (self, start, MIN (stop + 1, end)); /* with the backslash, or the quote */
  if (stop == end)
    return BILLING_JSON_MORE;
  if (*stop < 0x20)
    return take_control (self, at);

  (*at)++;
  if (*stop == '\\')
    {
      self->state = BILLING_JSON_IN_ESCAPE;
      return BILLING_JSON_MORE;
    }
  if (self->token->len > 0)
    g_string_truncate (self->token, self->token->len - 1);
  return end_string (self);
}

/* Which escapes exist is checked on the whole text of an entry. */
static BillingJsonEvent
take_escape (BillingJsonGrammar *self, const guint8 **at)
{
  self->state = BILLING_JSON_IN_STRING;
  if (**at < 0x20)
    return take_control (self, at);
  keep_token (self, *at, *at + 1);
  (*at)++;
  return BILLING_JSON_MORE;
}

static gboolean
skip_digits (const char **text)
{
  const char *start = *text;

  while (g_ascii_isdigit (**text))
    (*text)++;
  return *text > start;
}

static gboolean
is_number (const char *text)
{
  if (*text == '-')
    text++;
  if (*text == '0')
    text++;
  else if (!skip_digits (&text))
    return FALSE;
  if (*text == '.')
    {
      text++;
      if (!skip_digits (&text))
        return FALSE;
    }
  if (*text == 'e' || *text == 'E')
    {
      text++;
      if (*text == '+' || *text == '-')
        text++;
      if (!skip_digits (&text))
        return FALSE;
    }
  return *text == '\0';
}

static gboolean
is_scalar (const char *text)
{
  return is_number (text) || g_str_equal (text, "true") || g_str_equal (text, "false") ||
         g_str_equal (text, "null");
}

static gboolean
is_scalar_byte (guint8 byte)
{
  return g_ascii_isalnum (byte) || byte == '-' || byte == '+' || byte == '.';
}

static BillingJsonEvent
take_scalar (BillingJsonGrammar *self, const guint8 **at, const guint8 *end)
{
  for (; *at < end && is_scalar_byte (**at); (*at)++)
    if (self->scalar_length < sizeof self->scalar - 1)
      self->scalar[self->scalar_length++] = (char) **at;
    else
      return complain (self, BILLING_JSON_BAD_SCALAR);

  if (*at == end)
    return BILLING_JSON_MORE;
  self->scalar[self->scalar_length] = '\0';
  if (!is_scalar (self->scalar))
    return complain (self, BILLING_JSON_BAD_SCALAR);
  self->state = BILLING_JSON_IN_AFTER;
  return report (self, BILLING_JSON_SCALAR, self->depth);
}

/* After a problem only strings and brackets are looked at, to find the end of the entry. */
static BillingJsonEvent
take_loose (BillingJsonGrammar *self, const guint8 **at, const guint8 *end)
{
  guint8 byte = **at;

  if (byte == '\n')
    return take_line_end (self, at);
  (*at)++;
  if (byte == '"')
    return begin_string (self, BILLING_JSON_IN_LOOSE);
  if (byte == '{' || byte == '[')
    return open_bracket (self, (char) byte);
  if (byte == '}' || byte == ']')
    return close_bracket (self, (char) byte);
  return BILLING_JSON_MORE;
}

static gboolean
wants_value (BillingJsonGrammar *self)
{
  return self->state == BILLING_JSON_IN_VALUE || self->state == BILLING_JSON_IN_FIRST_VALUE;
}

static gboolean
wants_key (BillingJsonGrammar *self)
{
  return self->state == BILLING_JSON_IN_KEY || self->state == BILLING_JSON_IN_FIRST_KEY;
}

static gboolean
may_close (BillingJsonGrammar *self)
{
  return self->state == BILLING_JSON_IN_AFTER || self->state == BILLING_JSON_IN_FIRST_KEY ||
         self->state == BILLING_JSON_IN_FIRST_VALUE;
}

static BillingJsonEvent
complain_of_state (BillingJsonGrammar *self)
{
  if (wants_value (self))
    return complain (self, BILLING_JSON_NO_VALUE);
  if (wants_key (self))
    return complain (self, BILLING_JSON_NO_KEY);
  return complain (self, self->state == BILLING_JSON_IN_COLON ? BILLING_JSON_NO_COLON
                                                              : BILLING_JSON_NO_COMMA);
}

static BillingJsonEvent
take_comma (BillingJsonGrammar *self)
{
  self->state = self->kinds[self->depth - 1] == '{' ? BILLING_JSON_IN_KEY : BILLING_JSON_IN_VALUE;
  return BILLING_JSON_MORE;
}

/* What is not as it should be is left for take_loose(), which counts its brackets. */
static BillingJsonEvent
take_token (BillingJsonGrammar *self, const guint8 **at)
{
  guint8 byte = **at;

  if (byte == '"' && (wants_key (self) || wants_value (self)))
    {
      (*at)++;
      return begin_string (self,
                           wants_key (self) ? BILLING_JSON_IN_COLON : BILLING_JSON_IN_AFTER);
    }
  if ((byte == '{' || byte == '[') && wants_value (self))
    {
      (*at)++;
      return open_bracket (self, (char) byte);
    }
  if ((byte == '}' || byte == ']') && may_close (self))
    {
      (*at)++;
      return close_bracket (self, (char) byte);
    }
  if (byte == ',' && self->state == BILLING_JSON_IN_AFTER && self->depth > 0)
    {
      (*at)++;
      return take_comma (self);
    }
  if (byte == ':' && self->state == BILLING_JSON_IN_COLON)
    {
      (*at)++;
      self->state = BILLING_JSON_IN_VALUE;
      return BILLING_JSON_MORE;
    }
  if (!wants_value (self) || !is_scalar_byte (byte))
    return complain_of_state (self);

  self->state = BILLING_JSON_IN_SCALAR;
  self->scalar_length = 0;
  return BILLING_JSON_MORE;
}

static BillingJsonEvent
take_space_or_token (BillingJsonGrammar *self, const guint8 **at, const guint8 *end)
{
  while (*at < end && (**at == ' ' || **at == '\t' || **at == '\r'))
    (*at)++;
  if (*at == end)
    return BILLING_JSON_MORE;
  return **at == '\n' ? take_line_end (self, at) : take_token (self, at);
}

static BillingJsonEvent
take (BillingJsonGrammar *self, const guint8 **at, const guint8 *end)
{
  switch (self->state)
    {
    case BILLING_JSON_IN_STRING:
      return take_string (self, at, end);
    case BILLING_JSON_IN_ESCAPE:
      return take_escape (self, at);
    case BILLING_JSON_IN_SCALAR:
      return take_scalar (self, at, end);
    case BILLING_JSON_IN_LOOSE:
      return take_loose (self, at, end);
    case BILLING_JSON_IN_VALUE:
    case BILLING_JSON_IN_FIRST_VALUE:
    case BILLING_JSON_IN_FIRST_KEY:
    case BILLING_JSON_IN_KEY:
    case BILLING_JSON_IN_COLON:
    case BILLING_JSON_IN_AFTER:
    default:
      return take_space_or_token (self, at, end);
    }
}

static guint
read_hex4 (const guint8 *text, const guint8 *end)
{
  guint value = 0;

  if (end - text < 4)
    return G_MAXUINT;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value ((char) text[i]);

      if (digit < 0)
        return G_MAXUINT;
      value = value * 16 + (guint) digit;
    }
  return value;
}

static BillingJsonProblem
check_unicode_escape (const guint8 **at, const guint8 *end)
{
  guint first = read_hex4 (*at, end), second;

  if (first == G_MAXUINT)
    return BILLING_JSON_BAD_ESCAPE;
  *at += 4;
  if (first == 0)
    return BILLING_JSON_NUL;
  if (first < 0xd800 || first > 0xdfff)
    return BILLING_JSON_FINE;

  if (first > 0xdbff || end - *at < 6 || (*at)[0] != '\\' || (*at)[1] != 'u')
    return BILLING_JSON_SURROGATE;
  second = read_hex4 (*at + 2, end);
  *at += 6;
  return second >= 0xdc00 && second <= 0xdfff ? BILLING_JSON_FINE : BILLING_JSON_SURROGATE;
}

void
billing_json_grammar_init (BillingJsonGrammar *self)
{
  *self = (BillingJsonGrammar) { .line = 1 };
  self->token = g_string_new (NULL);
  billing_json_grammar_restart (self);
}

void
billing_json_grammar_clear (BillingJsonGrammar *self)
{
  g_string_free (g_steal_pointer (&self->token), TRUE);
}

void
billing_json_grammar_restart (BillingJsonGrammar *self)
{
  self->state = BILLING_JSON_IN_VALUE;
  self->problem = BILLING_JSON_FINE;
  self->depth = 0;
  self->loud_depth = 1;
  self->max_depth = BILLING_JSON_MAX_DEPTH;
}

void
billing_json_grammar_mend (BillingJsonGrammar *self)
{
  self->state = BILLING_JSON_IN_AFTER;
  self->problem = BILLING_JSON_FINE;
}

BillingJsonEvent
billing_json_grammar_run (BillingJsonGrammar *self, const guint8 **at, const guint8 *end)
{
  BillingJsonEvent event = BILLING_JSON_MORE;

  while (*at < end && event == BILLING_JSON_MORE)
    event = take (self, at, end);
  return event;
}

BillingJsonProblem
billing_json_grammar_check_text (const guint8 *text, gsize length, const guint8 **where)
{
  const guint8 *end = text + length, *at = text;
  const char *bad;

  if (!g_utf8_validate_len ((const char *) text, length, &bad))
    {
      *where = (const guint8 *) bad;
      return BILLING_JSON_BAD_UTF8;
    }

  while ((at = memchr (at, '\\', (gsize) (end - at))) != NULL)
    {
      BillingJsonProblem problem = BILLING_JSON_FINE;

      *where = at++;
      if (at == end || memchr ("\"\\/bfnrtu", *at, 9) == NULL)
        return BILLING_JSON_BAD_ESCAPE;
      if (*at++ == 'u')
        problem = check_unicode_escape (&at, end);
      if (problem != BILLING_JSON_FINE)
        return problem;
    }
  return BILLING_JSON_FINE;
}

const char *
billing_json_problem_to_text (BillingJsonProblem problem)
{
  switch (problem)
    {
    case BILLING_JSON_NO_COMMA:
      return _("a comma or a closing bracket is missing");
    case BILLING_JSON_NO_KEY:
      return _("the name of a member is missing");
    case BILLING_JSON_NO_COLON:
      return _("a colon is missing");
    case BILLING_JSON_NO_VALUE:
      return _("a value is missing");
    case BILLING_JSON_BAD_SCALAR:
      return _("a value is neither a number nor true, false or null");
    case BILLING_JSON_CONTROL:
      return _("a text holds a line break or a control character as it is");
    case BILLING_JSON_DEPTH:
      return _("it is nested more than 200 levels deep");
    case BILLING_JSON_BRACKETS:
      return _("a closing bracket does not match an opening one");
    case BILLING_JSON_LINE_END:
      return _("the line ends in the middle of it");
    case BILLING_JSON_TOO_BIG:
      return _("it is larger than 16 MiB");
    case BILLING_JSON_NO_OBJECT:
      return _("it is not an object");
    case BILLING_JSON_BAD_UTF8:
      return _("its text is not UTF-8");
    case BILLING_JSON_BAD_ESCAPE:
      return _("a text holds a backslash that stands for nothing");
    case BILLING_JSON_NUL:
      return _("a text holds the null character");
    case BILLING_JSON_SURROGATE:
      return _("a text holds half a character");
    case BILLING_JSON_FINE:
    default:
      return "";
    }
}
