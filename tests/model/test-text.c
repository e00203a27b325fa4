/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "billing-text.h"

#include <string.h>

static void
assert_folds (const char *text, const char *expected)
{
  g_autofree char *folded = billing_text_fold (text);

  g_assert_cmpstr (folded, ==, expected);
}

static int
compare (const char *a, const char *b, const char *locale)
{
  g_autoptr (GBytes) key_a = billing_text_sort_key (a, locale);
  g_autoptr (GBytes) key_b = billing_text_sort_key (b, locale);

  return g_bytes_compare (key_a, key_b);
}

static void
assert_sorted (const char *const *names, const char *locale)
{
  for (gsize i = 1; names[i] != NULL; i++) {
    g_test_message ("%s < %s in %s", names[i - 1], names[i], locale);
    g_assert_cmpint (compare (names[i - 1], names[i], locale), <, 0);
  }
}

/* Whoever types a name without its accents, or in capitals, finds it. */
static void
test_fold (void)
{
  assert_folds ("", "");
  assert_folds ("  Ann\t\n LEE ", "ann lee");
  assert_folds ("Mejía", "mejia");
  assert_folds ("Meji\u0301a", "mejia");
  assert_folds ("Straße STRASSE", "strasse strasse");
  assert_folds ("GROẞ", "gross");
  assert_folds ("Łódź", "lodz");
  assert_folds ("Øre Đorđe Æsir Œuvre Þór ðan", "ore dorde aesir oeuvre thor dan");
  assert_folds ("Işık İstanbul ISTANBUL", "isik istanbul istanbul");
  assert_folds ("O’Brien–Smith", "o'brien-smith");
  assert_folds ("Ａｎｎ\u3000Ｌｅｅ", "ann lee");
  assert_folds ("ﬁﬀ №5", "fiff no5");
  assert_folds ("\u00a0x\u202fy\u00a0", "x y");
  assert_folds ("so\u00adft", "soft");
}

/* Other scripts keep their letters; Greek and Cyrillic lose case and accents like Latin. */
static void
test_fold_scripts (void)
{
  assert_folds ("МОСКВА", "москва");
  assert_folds ("Άλφα ΣΊΣΥΦΟΣ", "αλφα σισυφοσ");
  assert_folds ("東京 太郎", "東京 太郎");
  assert_folds ("ガ", "ガ");
  assert_folds ("김철수", "김철수");
  assert_folds ("مُحَمَّد", "محمد");
  assert_folds ("हिन्दी", "हिन्दी");
  assert_folds ("a😀b", "a😀b");
}

/* Text that was read from a bad file is still text. */
static void
test_fold_invalid (void)
{
  g_autofree char *folded = billing_text_fold ("a\xff" "B");

  g_assert_true (g_utf8_validate (folded, -1, NULL));
  g_assert_cmpint (folded[0], ==, 'a');
}

/* A folded text folds to itself, whatever character it came from: searches may fold twice. */
static void
test_fold_again (void)
{
  for (gunichar character = 1; character < 0x20000; character++) {
    char text[8] = { 0 };
    g_autofree char *folded = NULL;
    g_autofree char *again = NULL;

    if (!g_unichar_validate (character))
      continue;

    g_unichar_to_utf8 (character, text);
    folded = billing_text_fold (text);
    again = billing_text_fold (folded);

    if (!g_str_equal (folded, again))
      g_test_message ("U+%04X", character);

    g_assert_true (g_utf8_validate (folded, -1, NULL));
    g_assert_cmpstr (folded, ==, again);
  }
}

/* Names sort as people expect: letters first, then accents, then case, and spaces count. */
static void
test_sort (void)
{
  static const char *const common[]
      = { "",      "a b",   "aa",    "Ab", "ähnlich", "B", "Łódź",
          "Mejia", "Mejía", "Meyer", "zz", "Москва",  NULL };
  static const char *const swedish[]
      = { "Andersson", "Zetterlund", "Åberg", "Ärlig", "Öberg", NULL };
  static const char *const german[] = { "Aberg", "Åberg", "Öberg", "Oz", NULL };

  assert_sorted (common, NULL);
  assert_sorted (common, "en_US");
  assert_sorted (common, "C");
  assert_sorted (swedish, "sv_SE");
  assert_sorted (german, "de_DE");

  g_assert_cmpint (compare ("Mejía", "Meji\u0301a", NULL), ==, 0);
  g_assert_cmpint (compare ("lee", "LEE", NULL), !=, 0);
}

/* Control characters have no place in a name, but an address has lines. */
static void
test_plain (void)
{
  g_assert_true (billing_text_is_plain (""));
  g_assert_true (billing_text_is_plain ("Łódź 東京 😀"));
  g_assert_true (billing_text_is_plain ("1 Main St\n\tSpringfield"));
  g_assert_false (billing_text_is_plain ("a\rb"));
  g_assert_false (billing_text_is_plain ("a\x1b[31m"));
  g_assert_false (billing_text_is_plain ("a\x7f"));
  g_assert_false (billing_text_is_plain ("a\xc2\x85"));
  g_assert_false (billing_text_is_plain ("a\xff"));
  g_assert_false (billing_text_is_plain (NULL));
}

/* A word that is no language is told from one, with or without a country. */
static void
test_languages (void)
{
  const char *languages[] = { "de", "de_DE", "de_DE.UTF-8", "pt-BR", "zh_Hant_TW", "tlh" };
  const char *others[] = { "", "klingon!", "German", "xx", "12", "😀" };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++) {
    g_test_message ("%s", languages[i]);
    g_assert_true (billing_language_is_known (languages[i]));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    g_test_message ("%s", others[i]);
    g_assert_false (billing_language_is_known (others[i]));
  }
  g_assert_false (billing_language_is_known (NULL));
}

/* A language's code is shown as its name, in the words of whoever looks; what is no code stays as it was written. */
static void
test_language_names (void)
{
  static const struct { const char *language; const char *locale; const char *name; } cases[] = {
    { "pt-BR", "en_US", "Portuguese (Brazil)" }, { "es", "en_US", "Spanish" }, { "es", "de_DE", "Spanisch" },
    { "he", "en_US", "Hebrew" }, { "English, mostly", "en_US", "English, mostly" }, { "", "en_US", "" }, { NULL, "en_US", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = billing_language_format (cases[i].language, cases[i].locale);

    g_assert_cmpstr (name, ==, cases[i].name);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/fold", test_fold);
  g_test_add_func ("/text/fold-scripts", test_fold_scripts);
  g_test_add_func ("/text/fold-invalid", test_fold_invalid);
  g_test_add_func ("/text/fold-again", test_fold_again);
  g_test_add_func ("/text/sort", test_sort);
  g_test_add_func ("/text/plain", test_plain);
  g_test_add_func ("/text/languages", test_languages);
  g_test_add_func ("/text/language-names", test_language_names);

  return g_test_run ();
}
