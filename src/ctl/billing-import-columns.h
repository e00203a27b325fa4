/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdio.h>

#include "billing-call.h"
#include "billing-importer.h"

G_BEGIN_DECLS

/* What the columns of CSV files are taken for: shown, and corrected by --kind, --map and --dates. */
gboolean billing_import_columns_correct (BillingImporter  *importer,
                                         BillingCall      *call,
                                         gboolean         *corrected,
                                         GError          **error);
void     billing_import_columns_print   (BillingImporter  *importer,
                                         FILE             *output,
                                         gboolean          samples);

G_END_DECLS
