/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-history.h"
#include "billing-record.h"
#include "billing-types.h"

G_BEGIN_DECLS

/*
 * How the pane's fields and lines read. Pure functions, to be bound as closures of .ui files; the first argument is not looked at.
 */
char     *billing_detail_format_title    (gpointer            ignored,
                                          BillingRecord      *record);
char     *billing_detail_format_subtitle (gpointer            ignored,
                                          BillingRecord      *record,
                                          const char         *time_zone);
char     *billing_detail_format_birth    (gpointer            ignored,
                                          const char         *birth_date,
                                          const char         *time_zone);
char     *billing_detail_format_gender   (gpointer            ignored,
                                          const char         *gender);
char     *billing_detail_format_language (gpointer            ignored,
                                          const char         *language);
char     *billing_detail_format_address  (gpointer            ignored,
                                          const char         *line,
                                          const char         *postal_code,
                                          const char         *city,
                                          const char         *region,
                                          const char         *country);
char     *billing_detail_format_due      (gpointer            ignored,
                                          BillingStatus       status,
                                          const char         *due_on,
                                          const char         *time_zone);
char     *billing_detail_format_tender   (gpointer            ignored,
                                          BillingTender       tender,
                                          const char         *reference);
char     *billing_detail_format_sum      (gpointer            ignored,
                                          gint64              amount,
                                          const char         *currency);
char     *billing_detail_format_lock     (gpointer            ignored,
                                          BillingStatus       status);
char     *billing_detail_format_dispute  (gpointer            ignored,
                                          const char         *dispute);
char     *billing_detail_format_intent   (BillingIntent      *intent,
                                          const char         *time_zone);
char     *billing_detail_format_outcome  (const char         *number,
                                          gint64              owed,
                                          gint64              amount,
                                          const char         *currency);
gboolean  billing_detail_format_is_there (gpointer            ignored,
                                          GObject            *object);
gboolean  billing_detail_format_has_items (gpointer           ignored,
                                          guint               n_items);
char     *billing_detail_join            (char               *first,
                                          ...) G_GNUC_NULL_TERMINATED;
char     *billing_detail_dup_text        (const char         *text);

G_END_DECLS
