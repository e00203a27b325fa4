/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-query.h"

G_BEGIN_DECLS

/* How old payments are, as a filter of lists and as what reports group by: the same SQL, so that they never disagree. */

gboolean billing_list_check_age     (BillingQuery       *query,
                                     GError            **error);
void     billing_list_add_age       (BillingQuery       *query,
                                     GString            *where);

char    *billing_list_build_age_key   (BillingQuery *query,
                                       const char   *basis);
char    *billing_list_build_month_key (BillingQuery *query,
                                       const char   *day,
                                       const char   *instant);

G_END_DECLS
