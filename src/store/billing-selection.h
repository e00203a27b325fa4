/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-act.h"
#include "billing-connection.h"

G_BEGIN_DECLS

/*
 * What an act is done to, where that may be very many: set-based verbs and the questions before them read it from a temporary table.
 *
 *   if (!billing_selection_fill (connection, act, "services", error))
 *     return FALSE;
 *   billing_connection_run (connection, error, "UPDATE services SET … WHERE pk IN (SELECT pk FROM temp.selection)", "");
 *
 * `temp.selection (pk INTEGER PRIMARY KEY)` belongs to the connection, holds until the next fill, and may be made smaller by whoever
 * filled it. It works on the writer's connection and on a reader's, so that what is shown before an act is worked out by the act's own SQL.
 */

gboolean billing_selection_fill  (BillingConnection  *connection,
                                  BillingAct         *act,
                                  const char         *kind,
                                  GError            **error);
gboolean billing_selection_open  (BillingConnection  *connection,
                                  gboolean           *was_closed,
                                  GError            **error);
gboolean billing_selection_close (BillingConnection  *connection,
                                  gboolean            was_closed,
                                  gboolean            success,
                                  GError            **error);
gboolean billing_selection_count (BillingConnection  *connection,
                                  gint64             *n,
                                  GError            **error);
GArray  *billing_selection_list  (BillingConnection  *connection,
                                  GError            **error);

G_END_DECLS
