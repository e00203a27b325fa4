/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"

G_BEGIN_DECLS

int       billing_migration_get_newest  (void);
gboolean  billing_migration_get_version (BillingConnection  *connection,
                                         int                *version,
                                         GError            **error);
gboolean  billing_migration_check       (BillingConnection  *connection,
                                         int                *version,
                                         GError            **error);
gboolean  billing_migration_run         (BillingConnection  *connection,
                                         const char         *backups,
                                         GError            **error);

G_END_DECLS
