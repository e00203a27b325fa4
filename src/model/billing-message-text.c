/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-message-text"

#include "config.h"

#include "billing-message-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What messages say: the built-in texts, and what stands for their placeholders. */

static const struct {
  const char *subject;
  const char *body;
} built_in[] = {
  /* Translators: what stands in braces stays as it is; a line of which something is not known is left out */
  [BILLING_MESSAGE_KIND_INVOICE] = {
    N_("Your invoice {number} from {practice}"),
    N_("Dear {patient},\n\nwe have made out invoice {number} to you, over {amount}.\nPlease pay it by {due}.\n\n"
       "You can pay it here: {link}\n\nWith kind regards\n{practice}\n"),
  },
  [BILLING_MESSAGE_KIND_REMINDER] = {
    N_("Reminder: invoice {number} from {practice}"),
    N_("Dear {patient},\n\n{amount} of invoice {number} are still open.\nIt is due on {due}.\n\n"
       "You can pay it here: {link}\n\nIf you have paid already, please ignore this e-mail.\n\nWith kind regards\n{practice}\n"),
  },
  [BILLING_MESSAGE_KIND_STATEMENT] = {
    N_("Your statement from {practice}"),
    N_("Dear {patient},\n\n{amount} are open in all.\n\nWith kind regards\n{practice}\n"),
  },
  [BILLING_MESSAGE_KIND_RECEIPT] = {
    N_("We have received your payment {number}"),
    N_("Dear {patient},\n\nthank you for your payment {number} of {amount}.\n\nWith kind regards\n{practice}\n"),
  },
  [BILLING_MESSAGE_KIND_REQUEST] = {
    N_("Payment {number} to {practice}"),
    N_("Dear {patient},\n\nwe ask you for {amount} (payment {number}).\nPlease pay by {due}.\n\nYou can pay it here: {link}\n\n"
       "With kind regards\n{practice}\n"),
  },
};

static const struct {
  const char *name;
  gsize offset;
} placeholders[] = {
  { "patient", G_STRUCT_OFFSET (BillingMessageValues, patient) },
  { "number", G_STRUCT_OFFSET (BillingMessageValues, number) },
  { "amount", G_STRUCT_OFFSET (BillingMessageValues, amount) },
  { "due", G_STRUCT_OFFSET (BillingMessageValues, due) },
  { "link", G_STRUCT_OFFSET (BillingMessageValues, link) },
  { "practice", G_STRUCT_OFFSET (BillingMessageValues, practice) },
};

/**
 * billing_message_text_get_subject:
 * @kind: what a message tells
 *
 * Returns: the built-in subject, translated
 */
const char *
billing_message_text_get_subject (BillingMessageKind kind)
{
  return _(built_in[kind].subject);
}

/**
 * billing_message_text_get_body:
 * @kind: what a message tells
 *
 * Returns: the built-in text, translated
 */
const char *
billing_message_text_get_body (BillingMessageKind kind)
{
  return _(built_in[kind].body);
}

/* The placeholder at the beginning of @text, with @length of it in its braces; G_MAXUINT: none that is known. */
static guint
find_placeholder (const char *text,
                  gsize      *length)
{
  gsize end = strcspn (text, "}\n");

  *length = text[end] == '}' ? end + 1 : 0;
  for (guint i = 0; *length > 0 && i < G_N_ELEMENTS (placeholders); i++)
    {
      if (strlen (placeholders[i].name) == end - 1 && strncmp (text + 1, placeholders[i].name, end - 1) == 0)
        return i;
    }

  return G_MAXUINT;
}

/**
 * billing_message_text_find_unknown:
 * @text: of a template
 *
 * Returns: (transfer full) (nullable): what stands in braces and is no placeholder
 */
char *
billing_message_text_find_unknown (const char *text)
{
  for (const char *brace = strchr (text, '{'); brace != NULL; brace = strchr (brace + 1, '{'))
    {
      gsize length;

      if (find_placeholder (brace, &length) == G_MAXUINT)
        return g_strndup (brace, length > 0 ? length : strcspn (brace, "\n"));
    }

  return NULL;
}

/* A name is one line, and has no mark of ours in it. */
static void
append_value (GString    *out,
              const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, BILLING_MESSAGE_LINK_MARK, -1);
  g_autofree char *plain = g_strjoinv ("", parts);

  g_string_append (out, g_strdelimit (plain, "\r\n\t", ' '));
}

/* Appends the line with what is known; %FALSE where something of it is not. */
static gboolean
append_line (GString                    *out,
             const char                 *line,
             const BillingMessageValues *values)
{
  while (*line != '\0')
    {
      gsize plain = strcspn (line, "{");
      gsize length;
      guint i;
      const char *value;

      g_string_append_len (out, line, (gssize) plain);
      line += plain;
      if (*line == '\0')
        return TRUE;

      i = find_placeholder (line, &length);
      value = i != G_MAXUINT ? G_STRUCT_MEMBER (const char *, values, placeholders[i].offset) : NULL;
      if (i != G_MAXUINT && (value == NULL || *value == '\0'))
        return FALSE;
      if (i != G_MAXUINT && g_str_equal (placeholders[i].name, "link"))
        g_string_append (out, value);
      else if (i != G_MAXUINT)
        append_value (out, value);
      else
        g_string_append_len (out, line, (gssize) MAX (length, 1));
      line += MAX (length, 1);
    }

  return TRUE;
}

/* Where a line is left out, there are not two empty ones in its place. */
static gboolean
is_needless (GPtrArray  *lines,
             const char *line)
{
  const char *last = lines->len > 0 ? lines->pdata[lines->len - 1] : "";

  return *line == '\0' && *last == '\0';
}

/**
 * billing_message_text_expand:
 * @text: of a template
 * @values: what stands for its placeholders
 *
 * Puts what is known in the place of the placeholders. A line of which something is not known is left out.
 *
 * Returns: (transfer full): the text
 */
char *
billing_message_text_expand (const char                 *text,
                             const BillingMessageValues *values)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  gboolean is_left_out = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      if (!append_line (line, lines[i], values))
        {
          is_left_out = TRUE;
          continue;
        }
      if (!(is_left_out && is_needless (kept, line->str)))
        g_ptr_array_add (kept, g_string_free (g_steal_pointer (&line), FALSE));
      is_left_out = FALSE;
    }
  g_ptr_array_add (kept, NULL);

  return g_strjoinv ("\n", (char **) kept->pdata);
}

/**
 * billing_message_text_set_link:
 * @body: of a message
 * @link: where it can be paid
 *
 * Returns: (transfer full): @body with @link where it was to come
 */
char *
billing_message_text_set_link (const char *body,
                               const char *link)
{
  g_auto (GStrv) parts = g_strsplit (body, BILLING_MESSAGE_LINK_MARK, -1);

  return g_strjoinv (link, parts);
}
