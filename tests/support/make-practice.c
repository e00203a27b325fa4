/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-verb-cases.h"

/*
 * Makes the practice of the tests of the verbs in the folder that it is given, so that its books can be kept as the fixture of a schema.
 *
 * tests/fixtures/schema-001.db was made when 001 was the newest but for 002, which only adds tables:
 *
 *   tests/support/make-practice /tmp/practice
 *   sqlite3 /tmp/practice/practice.db 'PRAGMA foreign_keys = OFF; BEGIN; DROP TABLE … (each table of 002); PRAGMA user_version = 1; COMMIT;
 *     PRAGMA journal_mode = DELETE; VACUUM'
 *   mv /tmp/practice/practice.db tests/fixtures/schema-001.db
 *
 * Fixtures are never made again: they are what practices of people look like.
 */
int
main (int    argc,
      char **argv)
{
  g_return_val_if_fail (argc == 2, 2);

  billing_verb_cases_make (argv[1]);
  return 0;
}
