/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-mirror-kind.h"

G_BEGIN_DECLS

/**
 * BillingMirrorCell:
 * @is_set: whether the object has the member, and it is not null
 * @start: of a text: where it stands in the row's JSON
 * @length: of a text: bytes
 * @integer: of an integer or boolean: its value
 *
 * One column of a row.
 */
typedef struct {
  gboolean is_set;
  gsize start;
  gsize length;
  gint64 integer;
} BillingMirrorCell;

/**
 * BillingMirrorRow:
 * @json: (owned): the object without the blanks between its tokens
 * @cells: in the order of the kind's columns
 *
 * One object of Stripe's, as the mirror keeps it. Made once and filled again and again.
 */
typedef struct {
  GString *json;
  BillingMirrorCell cells[BILLING_MIRROR_MAX_COLUMNS];
} BillingMirrorRow;

void        billing_mirror_row_init  (BillingMirrorRow        *self);
void        billing_mirror_row_clear (BillingMirrorRow        *self);
gboolean    billing_mirror_row_fill  (BillingMirrorRow        *self,
                                      const BillingMirrorKind *kind,
                                      const char              *text,
                                      gsize                    length);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BillingMirrorRow, billing_mirror_row_clear)

G_END_DECLS
