/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "billing-connection.h"

G_BEGIN_DECLS

typedef void (*BillingUpdatedFunc) (gpointer    data,
                                    const char *table,
                                    gint64      pk);

struct _BillingConnection {
  sqlite3 *db;                /* (owned) */
  GHashTable *statements;     /* (owned) (element-type utf8 BillingStatement) */
  BillingUpdatedFunc updated; /* (nullable): told of every row that changes */
  gpointer updated_data;      /* (not owned) */
  gint64 deadline;            /* monotonic; 0: none */
};

struct _BillingStatement {
  BillingConnection *connection; /* (not owned) */
  sqlite3_stmt *stmt;            /* (owned) */
  const char *sql;               /* (not owned): the key in the cache */
  gboolean cached;
  gboolean in_use;
};

G_END_DECLS
