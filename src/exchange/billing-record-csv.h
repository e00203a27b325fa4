/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "billing-columns.h"

G_BEGIN_DECLS

char *billing_record_csv_header (const char                *kind);
char *billing_record_csv_row    (BillingRecord             *record,
                                 const BillingColumnFormat *format);

/**
 * BillingRecordCsv:
 *
 * Records on their way into a CSV file, a row at a time: memory does not grow with the file.
 */
typedef struct _BillingRecordCsv BillingRecordCsv;

BillingRecordCsv *billing_record_csv_new    (const char                 *kind,
                                             const char * const         *wanted,
                                             GOutputStream              *stream,
                                             const BillingColumnFormat  *format);
void              billing_record_csv_free   (BillingRecordCsv           *self);
gboolean          billing_record_csv_add    (BillingRecordCsv           *self,
                                             BillingRecord              *record,
                                             GCancellable               *cancellable,
                                             GError                    **error);
const BillingField * const *
                  billing_record_csv_get_fields (BillingRecordCsv       *self,
                                             BillingRecordClass         *klass,
                                             guint                      *n_fields);
void              billing_record_csv_append (BillingRecordCsv           *self,
                                             GString                    *out,
                                             const BillingColumnValue   *values,
                                             const char                 *currency);
gboolean          billing_record_csv_write  (BillingRecordCsv           *self,
                                             const char                 *rows,
                                             gsize                       length,
                                             GCancellable               *cancellable,
                                             GError                    **error);
gboolean          billing_record_csv_finish (BillingRecordCsv           *self,
                                             GCancellable               *cancellable,
                                             GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingRecordCsv, billing_record_csv_free)

G_END_DECLS
