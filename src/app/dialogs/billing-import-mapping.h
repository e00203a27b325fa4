/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-importer.h"

G_BEGIN_DECLS

#define BILLING_TYPE_IMPORT_MAPPING (billing_import_mapping_get_type ())
/**
 * BillingImportMapping:
 *
 * What a CSV file and its columns are taken for, to be changed before anything is written. Emits `changed` when it was.
 */
G_DECLARE_FINAL_TYPE (BillingImportMapping, billing_import_mapping, BILLING, IMPORT_MAPPING,
                      AdwPreferencesGroup)

GtkWidget *billing_import_mapping_new (BillingImporter *importer,
                                       guint            file);

G_END_DECLS
