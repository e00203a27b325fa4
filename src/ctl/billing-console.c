/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-console"

#include "config.h"

#include "billing-console.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Longer lines are no passphrase. */
#define MAX_SECRET 1024

/* How often progress is said where it becomes a line of a log. */
#define SAY_STEP (5 * G_TIME_SPAN_SECOND)

static gboolean
fail_to_read (GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("Standard input could not be read: %s"),
               g_strerror (errno));
  return FALSE;
}

/* Byte by byte, so that what follows the line is left for the next one. */
static gboolean
read_line (GString  *line,
           GError  **error)
{
  char byte;

  for (;;)
    {
      gssize n = read (STDIN_FILENO, &byte, 1);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_to_read (error);
      if (n == 0 || byte == '\n' || line->len == MAX_SECRET)
        break;
      g_string_append_c (line, byte);
    }

  if (line->len > 0 && line->str[line->len - 1] == '\r')
    g_string_truncate (line, line->len - 1);

  return TRUE;
}

static gboolean
read_unseen (const char  *prompt,
             GString     *line,
             GError     **error)
{
  struct termios shown, hidden;
  gboolean done;

  if (tcgetattr (STDIN_FILENO, &shown) != 0)
    return read_line (line, error);

  fprintf (stderr, "%s ", prompt);
  fflush (stderr);
  hidden = shown;
  hidden.c_lflag &= ~((tcflag_t) ECHO);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
  done = read_line (line, error);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
  fputc ('\n', stderr);

  return done;
}

/**
 * billing_console_read_secret:
 * @prompt: what to ask for, at a terminal
 * @error: return location for an error
 *
 * Reads a line from standard input, without showing it at a terminal. Secrets never come in by the command line, which
 * everybody on the computer can read.
 *
 * Returns: (transfer full): the line without its end; empty where there is none
 */
char *
billing_console_read_secret (const char  *prompt,
                             GError     **error)
{
  GString *line = g_string_sized_new (MAX_SECRET);

  if (read_unseen (prompt, line, error))
    return g_string_free (line, FALSE);

  g_string_free (line, TRUE);
  return NULL;
}

/**
 * billing_console_is_watched:
 *
 * Returns: whether standard error is a terminal
 */
gboolean
billing_console_is_watched (void)
{
  return isatty (STDERR_FILENO);
}

/**
 * billing_console_progress:
 * @fraction: how much is done, of 1
 * @what: what is being done
 *
 * Shows how far long work is, where somebody is looking.
 */
void
billing_console_progress (double      fraction,
                          const char *what)
{
  if (billing_console_is_watched ())
    fprintf (stderr, "\r\033[K%3d %%  %s", (int) (fraction * 100), what);
}

/**
 * billing_console_say:
 * @what: what is being done
 *
 * Shows what long work is at, where nobody knows how far it has to go: in place at a terminal, a line each few seconds elsewhere.
 */
void
billing_console_say (const char *what)
{
  static gint64 said_at;
  gint64 now = g_get_monotonic_time ();

  if (billing_console_is_watched ())
    fprintf (stderr, "\r\033[K%s", what);
  else if (said_at == 0 || now > said_at + SAY_STEP)
    {
      fprintf (stderr, "%s\n", what);
      said_at = now;
    }
}

void
billing_console_progress_end (void)
{
  if (billing_console_is_watched ())
    fputs ("\r\033[K", stderr);
}

static int
character_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;

  return g_unichar_iswide (c) ? 2 : 1;
}

/**
 * billing_console_width:
 * @text: UTF-8 without control characters
 *
 * Returns: how many columns of a terminal it takes
 */
int
billing_console_width (const char *text)
{
  int width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    width += character_width (g_utf8_get_char (text));

  return width;
}

/**
 * billing_console_cell:
 * @text: UTF-8
 * @max_width: columns that it may take
 *
 * Returns: (transfer full): @text on one line, without anything that a terminal would obey, and cut where it is long
 */
char *
billing_console_cell (const char *text,
                      int         max_width)
{
  GString *cell = g_string_new (NULL);
  int width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_unichar_iscntrl (c))
        c = ' ';
      if (width + character_width (c) > max_width - 1 && billing_console_width (text) + width > max_width)
        {
          g_string_append (cell, "…");
          break;
        }
      g_string_append_unichar (cell, c);
      width += character_width (c);
    }

  return g_string_free (cell, FALSE);
}

/* How many letters have to be changed, added, left out or swapped with the next to make one word of the other. */
static guint
distance (const char *a,
          const char *b)
{
  gsize n = strlen (b);
  g_autofree guint *before = g_new0 (guint, n + 1);
  g_autofree guint *last = g_new0 (guint, n + 1);
  g_autofree guint *row = g_new0 (guint, n + 1);

  for (guint j = 0; j <= n; j++)
    last[j] = j;

  for (guint i = 1; a[i - 1] != '\0'; i++)
    {
      guint *spare = before;

      row[0] = i;
      for (guint j = 1; j <= n; j++)
        {
          row[j] = MIN (MIN (last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], before[j - 2] + 1);
        }
      before = last;
      last = row;
      row = spare;
    }

  return last[n];
}

/**
 * billing_console_nearest:
 * @word: what was typed
 * @words: (array zero-terminated=1): what could have been meant
 *
 * Returns: (nullable): the word that is nearest, where one is near
 */
const char *
billing_console_nearest (const char         *word,
                         const char * const *words)
{
  const char *nearest = NULL;
  guint best = (guint) MAX (strlen (word) / 3, 1) + 1;

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint far = *word != '\0' && g_str_has_prefix (words[i], word) ? 0 : distance (word, words[i]);

      if (far < best)
        {
          best = far;
          nearest = words[i];
        }
    }

  return nearest;
}
