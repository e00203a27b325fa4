/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "billing-import-item.h"

G_BEGIN_DECLS

/**
 * BillingFhirPractice:
 * @currency: in which amounts have to be
 * @time_zone: in which days begin, and where dates without a time are
 *
 * What a reader of FHIR has to know about the practice.
 */
typedef struct {
  const char *currency;
  const char *time_zone;
} BillingFhirPractice;

/**
 * billing_fhir_read:
 * @stream: FHIR R4 in JSON: a resource, a Bundle of any type, an array, or NDJSON
 * @practice: whose books it is for
 * @sink: takes what is read, entry by entry; no more than one entry is held
 * @data: given to @sink
 *
 * Amounts never become floating point (see billing_fhir_keep_numbers()). An entry that is bad is told
 * to @sink and the reading goes on. With an error the file is torn or no FHIR: what @sink took of it
 * is to be dropped.
 *
 * Returns: whether the file was read to its end
 */
gboolean billing_fhir_read         (GInputStream               *stream,
                                    const BillingFhirPractice  *practice,
                                    const BillingImportSink    *sink,
                                    gpointer                    data,
                                    GCancellable               *cancellable,
                                    GError                    **error);

/**
 * billing_fhir_keep_numbers:
 * @json: valid JSON
 * @length: its length in bytes
 *
 * json-glib reads `112.41600000000001` as a double, and `9223372036854775808` as garbage. Every number
 * that is not a plain integer of at most 18 digits is therefore made a string before json-glib sees it:
 * U+0001, which no source writes by accident, and then the number's own digits. Whoever reads an amount
 * reads those digits; whoever expects a text and finds U+0001 knows that a number stood there.
 *
 * Returns: (transfer full): the same JSON without such numbers
 */
char    *billing_fhir_keep_numbers (const char                 *json,
                                    gsize                       length);

G_END_DECLS
