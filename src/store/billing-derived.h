/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

/* What the books derive from what records say, so that an index can sort and search. */

/* A condition for the functions of patients below, which all take one on the columns of patients with ?1 and ?2 in it. */
#define BILLING_DERIVED_PKS "pk BETWEEN ?1 AND ?2"

void      billing_derived_append           (const char         *kind,
                                            GString            *columns,
                                            GString            *values);
gboolean  billing_derived_index_patients   (BillingConnection  *connection,
                                            const char         *which,
                                            gint64              first,
                                            gint64              last,
                                            GError            **error);
gboolean  billing_derived_unindex_patients (BillingConnection  *connection,
                                            const char         *which,
                                            gint64              first,
                                            gint64              last,
                                            GError            **error);
gboolean  billing_derived_update_patients  (BillingConnection  *connection,
                                            const char         *which,
                                            gint64              first,
                                            gint64              last,
                                            GError            **error);
gboolean  billing_derived_inserted         (BillingConnection  *connection,
                                            const char         *kind,
                                            gint64              pk,
                                            GError            **error);
gboolean  billing_derived_updated          (BillingConnection  *connection,
                                            const char         *kind,
                                            gint64              pk,
                                            GError            **error);
gboolean  billing_derived_resort_patients  (BillingConnection  *connection,
                                            GError            **error);

G_END_DECLS
