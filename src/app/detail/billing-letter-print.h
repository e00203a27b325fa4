/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-letter.h"

G_BEGIN_DECLS

/**
 * BillingLetterPrintFunc:
 * @problem: (nullable): why nothing was printed, for a person; %NULL: it was, or somebody thought better of it
 * @data: the caller's
 */
typedef void (*BillingLetterPrintFunc) (const char *problem,
                                        gpointer    data);

void billing_letter_print (GPtrArray              *letters,
                           GtkWindow              *parent,
                           BillingLetterPrintFunc  func,
                           gpointer                data,
                           GDestroyNotify          destroy);

G_END_DECLS
