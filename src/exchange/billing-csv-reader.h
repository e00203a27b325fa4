/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BillingCsvReader:
 *
 * Reads CSV of any size, row by row. The first row that is not blank is the header. The separator
 * (comma, semicolon, tab or |) is the one that the first lines agree on. Fields may be quoted, with
 * line breaks inside; spaces and tabs around unquoted ones are taken off. Rows end in LF, CRLF or
 * CR.
 *
 * Blank rows, with or without separators, are passed over, and so are empty fields beyond the last
 * column, as spreadsheets leave them. A row with more or fewer fields than the header is an error
 * of that row. A quotation mark that is out of place is the end: what it was to enclose cannot be
 * known, and a row must never be made of the inside of a field.
 *
 * Limits: 1 MiB a field, 16 MiB and 4,096 fields a row.
 */
typedef struct _BillingCsvReader BillingCsvReader;

/**
 * billing_csv_reader_new:
 * @utf8: UTF-8, as of billing_text_reader_open(); a byte order mark is passed over
 *
 * Reads as far as the header.
 *
 * Returns: (transfer full): %NULL with @error set, %BILLING_EXCHANGE_ERROR_FORMAT without any row
 */
BillingCsvReader   *billing_csv_reader_new           (GInputStream      *utf8,
                                                      GCancellable      *cancellable,
                                                      GError           **error);

void                billing_csv_reader_free          (BillingCsvReader  *self);

/**
 * billing_csv_reader_get_header:
 *
 * Returns: (transfer none): the names of the columns as they stand, %NULL-terminated; names may be
 *   empty or repeat
 */
const char * const *billing_csv_reader_get_header    (BillingCsvReader  *self);

char                billing_csv_reader_get_separator (BillingCsvReader  *self);

/**
 * billing_csv_reader_next:
 * @row: (out) (transfer full) (nullable): as many fields as the header has; %NULL at the end
 * @row_number: (out) (optional): as a spreadsheet counts it: from 1, with header and blank rows;
 *   set with an error too
 *
 * After %BILLING_EXCHANGE_ERROR_ENTRY the next call goes on with the row behind.
 * %BILLING_EXCHANGE_ERROR_TORN and %BILLING_EXCHANGE_ERROR_FORMAT are the end and are repeated.
 *
 * Returns: %FALSE with @error set
 */
gboolean            billing_csv_reader_next          (BillingCsvReader  *self,
                                                      GStrv             *row,
                                                      guint64           *row_number,
                                                      GCancellable      *cancellable,
                                                      GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingCsvReader, billing_csv_reader_free)

G_END_DECLS
