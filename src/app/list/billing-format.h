/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "billing-types.h"

G_BEGIN_DECLS

/*
 * How values are shown: pure functions, to be bound as closures of .ui files. The first argument is the expression's `this` and
 * is not looked at. Those that make text return new text, empty for what is not there.
 */

char     *billing_format_money      (gpointer            ignored,
                                     gint64              amount,
                                     const char         *currency);
char     *billing_format_day        (gpointer            ignored,
                                     const char         *day);
char     *billing_format_instant    (gpointer            ignored,
                                     gint64              instant,
                                     const char         *time_zone);
char     *billing_format_status     (gpointer            ignored,
                                     BillingStatus       status);
char     *billing_format_tender     (gpointer            ignored,
                                     BillingTender       tender);
char     *billing_format_type       (gpointer            ignored,
                                     BillingPaymentType  type);
gboolean  billing_format_is_overdue (gpointer            ignored,
                                     BillingStatus       status,
                                     const char         *due_on,
                                     const char         *today);
gboolean  billing_format_has_text   (gpointer            ignored,
                                     const char         *text);

G_END_DECLS
