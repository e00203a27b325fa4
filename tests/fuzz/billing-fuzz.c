/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-fuzz.h"

/**
 * billing_fuzz_mutate:
 * @rand: says what
 * @text: is changed in one place
 * @pieces: (array length=n_pieces): what is put in, now and then
 * @n_pieces: how many
 */
void
billing_fuzz_mutate (GRand              *rand,
                     GString            *text,
                     const char * const *pieces,
                     guint               n_pieces)
{
  gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) text->len + 1);
  gsize wanted = (gsize) g_rand_int_range (rand, 1, 20);
  gsize length = MIN (wanted, text->len - at);
  g_autofree char *copy = g_strndup (text->str + at, length);

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      g_string_truncate (text, at);
      break;
    case 1:
      g_string_erase (text, (gssize) at, (gssize) length);
      break;
    case 2:
      g_string_insert (text, g_rand_int_range (rand, 0, (gint32) text->len + 1), copy);
      break;
    case 3:
      if (length > 0)
        text->str[at] = (char) g_rand_int_range (rand, 0, 256);
      break;
    default:
      g_string_insert (text, (gssize) at, pieces[g_rand_int_range (rand, 0, (gint32) n_pieces)]);
      break;
    }
}
