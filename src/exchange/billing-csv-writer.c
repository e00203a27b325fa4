/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-csv-writer"

#include "config.h"

#include "billing-csv-writer.h"

#include <string.h>

static gboolean
is_plain_number (const char *text)
{
  if (*text == '+' || *text == '-')
    text++;
  return g_ascii_isdigit (*text) && text[strspn (text, "0123456789.,")] == '\0';
}

static gboolean
may_be_formula (const char *field)
{
  return field[0] != '\0' && strchr ("=+-@\t\r", field[0]) != NULL && !is_plain_number (field);
}

/* Looks at each byte once, without a call for each: exports write tens of millions of fields. */
static gboolean
needs_quotes (const char *field)
{
  const char *end = field;

  for (; *end != '\0'; end++)
    {
      if (*end <= ';' && (*end == ',' || *end == ';' || *end == '"' || *end == '\r' || *end == '\n' || *end == '\t'))
        return TRUE;
    }

  return end > field && (field[0] == ' ' || end[-1] == ' ');
}

static void
append_field (GString *out, const char *field)
{
  const char *guard = may_be_formula (field) ? "'" : "";

  if (!needs_quotes (field))
    {
      g_string_append (out, guard);
      g_string_append (out, field);
      return;
    }

  g_string_append_c (out, '"');
  g_string_append (out, guard);
  for (const char *mark; (mark = strchr (field, '"')) != NULL; field = mark + 1)
    {
      g_string_append_len (out, field, mark - field);
      g_string_append (out, "\"\"");
    }
  g_string_append (out, field);
  g_string_append_c (out, '"');
}

void
billing_csv_append_row (GString *out, const char *const *fields)
{
  g_return_if_fail (out != NULL && fields != NULL);

  /* A row of one empty field would be a blank line, which is no row. */
  if (fields[0] != NULL && fields[0][0] == '\0' && fields[1] == NULL)
    g_string_append (out, "\"\"");
  for (gsize i = 0; fields[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_field (out, fields[i]);
    }
  g_string_append (out, "\r\n");
}

char *
billing_csv_row (const char *const *fields)
{
  GString *out = g_string_new (NULL);

  billing_csv_append_row (out, fields);
  return g_string_free (out, FALSE);
}
