/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BillingMirrorType:
 * @BILLING_MIRROR_TEXT: a word of Stripe's or an id, null or not there
 * @BILLING_MIRROR_ID: likewise, or the object itself where it was expanded
 * @BILLING_MIRROR_INTEGER: an integer; null or not there is 0
 * @BILLING_MIRROR_BOOLEAN: true or false; null or not there is false
 */
typedef enum {
  BILLING_MIRROR_TEXT,
  BILLING_MIRROR_ID,
  BILLING_MIRROR_INTEGER,
  BILLING_MIRROR_BOOLEAN,
} BillingMirrorType;

/**
 * BillingMirrorColumn:
 * @name: the column
 * @path: the member of Stripe's object, those above it before dots
 * @type: what it must be
 */
typedef struct {
  const char *name;
  const char *path;
  BillingMirrorType type;
} BillingMirrorColumn;

#define BILLING_MIRROR_MAX_COLUMNS 20

/**
 * BillingMirrorKind:
 * @table: where it is kept, and the name of its stream
 * @object: what the member `object` says of it
 * @path: of its list, after `/v1/`
 * @query: (nullable): parameters of the list and of one object beyond the page, such as
 *   `status=all`
 * @expand: (nullable): what is expanded in it
 * @by_created: whether the list can be asked for by the time of creation, so that ranges of it are
 *   fetched side by side
 * @columns: ended by a column without a name; `id` and `created` are among them
 *
 * One stream of Stripe's objects (stripe-facts 3.2).
 */
typedef struct {
  const char *table;
  const char *object;
  const char *path;
  const char *query;
  const char *expand;
  gboolean by_created;
  BillingMirrorColumn columns[BILLING_MIRROR_MAX_COLUMNS];
} BillingMirrorKind;

const BillingMirrorKind *billing_mirror_kind_nth       (guint       i);
const BillingMirrorKind *billing_mirror_kind_find      (const char *table);
const BillingMirrorKind *billing_mirror_kind_of_object (const char *object);

G_END_DECLS
