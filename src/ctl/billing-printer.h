/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdio.h>

#include "billing-columns.h"

G_BEGIN_DECLS

/**
 * BillingPrinter:
 *
 * Records on their way to standard output, as an aligned table for people, as CSV, or as a JSON array of objects
 * whose names are the records' properties.
 */
typedef struct _BillingPrinter BillingPrinter;

BillingPrinter *billing_printer_new    (const char                 *format,
                                        const char                 *kind,
                                        const BillingColumnFormat  *columns,
                                        GError                    **error);
void            billing_printer_free   (BillingPrinter             *self);
void            billing_printer_set_output (BillingPrinter         *self,
                                        FILE                       *output);
void            billing_printer_set_max_cell (BillingPrinter       *self,
                                        int                         max_cell);
void            billing_printer_add    (BillingPrinter             *self,
                                        BillingRecord              *record);
void            billing_printer_finish (BillingPrinter             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingPrinter, billing_printer_free)

G_END_DECLS
