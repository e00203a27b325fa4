/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-remittance-item"

#include "config.h"

#include "billing-remittance-item.h"

/**
 * billing_remittance_make_item:
 * @remittance: what was paid
 * @type: its type at the source
 * @what: its name for people
 * @key: what it is known by, wherever it stands
 *
 * Returns: (transfer full): the item of it
 */
BillingImportItem *
billing_remittance_make_item (BillingRemittance *remittance,
                              const char        *type,
                              const char        *what,
                              const char        *key)
{
  BillingImportItem *item = billing_import_item_new (type, what);

  item->record = g_object_ref (BILLING_RECORD (remittance));
  billing_import_item_add_key (item, BILLING_IMPORT_STRENGTH_ID, g_strdup_printf ("remittances#%s", key));
  return item;
}

/**
 * billing_remittance_line_make_item:
 * @line: what was paid for one service
 * @type: its type at the source
 * @what: its name for people
 * @key: what its remittance is known by
 * @place: what it is known by among its lines
 *
 * Returns: (transfer full): the item of it, which refers to that of its remittance
 */
BillingImportItem *
billing_remittance_line_make_item (BillingRemittanceLine *line,
                                   const char            *type,
                                   const char            *what,
                                   const char            *key,
                                   const char            *place)
{
  BillingImportItem *item = billing_import_item_new (type, what);
  BillingImportReference reference = {
    .role = "remittance_id", .kind = "remittances", .required = TRUE,
    .key = g_strdup_printf ("remittances#%s", key), .shown = g_strdup (key),
  };

  item->record = g_object_ref (BILLING_RECORD (line));
  billing_import_item_add_key (item, BILLING_IMPORT_STRENGTH_ID, g_strdup_printf ("remittance_lines#%s|%s", key, place));
  billing_import_item_add_reference (item, reference);
  return item;
}
