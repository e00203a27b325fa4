/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BILLING_TYPE_FIELD_ROW (billing_field_row_get_type ())
/**
 * BillingFieldRow:
 *
 * A field's name (`title`) and what stands in it (`value`). A field in which nothing stands is not shown, unless it can be edited.
 *
 * What stands in it may lead somewhere (`scheme`: `tel` or `mailto`).
 *
 * One that people may edit (`editable`) has a pencil. It and Enter on the row emit the signal `edit`; where it is locked for now
 * (`lock`, a sentence that says why; %NULL: it is not), they do not, and the pencil says so.
 */
G_DECLARE_FINAL_TYPE (BillingFieldRow, billing_field_row, BILLING, FIELD_ROW, AdwPreferencesRow)

const char *billing_field_row_get_value (BillingFieldRow *self);
void        billing_field_row_set_value (BillingFieldRow *self,
                                         const char      *value);
void        billing_field_row_set_lock  (BillingFieldRow *self,
                                         const char      *lock);
void        billing_field_row_set_editing (BillingFieldRow *self,
                                           gboolean         editing);
void        billing_field_row_edit      (BillingFieldRow *self);
void        billing_field_row_focus     (BillingFieldRow *self);

G_END_DECLS
