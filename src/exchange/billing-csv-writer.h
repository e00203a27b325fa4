/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * billing_csv_append_row:
 * @out: where to append
 * @fields: %NULL-terminated, UTF-8
 *
 * Appends one row of CSV by RFC 4180: commas, CRLF, and quotation marks where a field needs them
 * (comma, semicolon, quotation mark, line break, tab, or a space at its ends).
 *
 * A field that a spreadsheet would take for a formula, because it begins with =, +, -, @, a tab or
 * a carriage return, gets an apostrophe before it: names and memos come from other people, and
 * `=HYPERLINK(…)` in one of them must not run where the file is opened. Plain numbers (`-250.00`,
 * `+1`, `-1.234,56`) stay as they are, so that columns of amounts can be summed. The apostrophe
 * stays when the file is read again.
 */
void  billing_csv_append_row (GString            *out,
                              const char * const *fields);

/**
 * billing_csv_row:
 *
 * Returns: (transfer full): @fields as one row with its CRLF, by billing_csv_append_row()
 */
char *billing_csv_row        (const char * const *fields);

G_END_DECLS
