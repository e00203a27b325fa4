/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "billing-import-item.h"

G_BEGIN_DECLS

/**
 * BillingX12Practice:
 * @currency: in which amounts are, since X12 does not say
 *
 * What a reader of X12 has to know about the practice.
 */
typedef struct {
  const char *currency;
} BillingX12Practice;

/**
 * billing_x12_read:
 * @stream: X12 interchanges, in any encoding that billing_text_reader_open() knows
 * @practice: whose books it is for
 * @sink: takes what is read, answer by answer; no more than one answer is held
 * @data: given to @sink
 *
 * Reads eligibility answers (271, as 005010X279A1 and 004010X092A1 describe them) and remittances (835,
 * as 005010X221A1 and 004010X091A1 do); other transactions are told to @sink as unused. A remittance becomes
 * an item (`x12-remittances`) and one for each of its lines (`x12-remittance-lines`). An answer becomes up to three items: the patient (`x12-patients`, never
 * changing one whom the practice knows), the coverage (`x12-coverages`) and the check with its
 * benefits (`x12-checks`). One that is bad is told to @sink, and the reading goes on. With an error
 * the file is torn or no X12: what @sink took of it is to be dropped.
 *
 * Returns: whether the file was read to its end
 */
gboolean billing_x12_read (GInputStream              *stream,
                           const BillingX12Practice  *practice,
                           const BillingImportSink   *sink,
                           gpointer                   data,
                           GCancellable              *cancellable,
                           GError                   **error);

G_END_DECLS
