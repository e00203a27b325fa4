/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-stripe-answer.h"

G_BEGIN_DECLS

/* Of a list, how much is asked for at once: the most that Stripe gives. */
#define BILLING_STRIPE_PAGE_SIZE 100

/**
 * BillingStripeSpan:
 * @offset: where an object begins in the body, in bytes
 * @length: of it
 */
typedef struct
{
  gsize offset;
  gsize length;
} BillingStripeSpan;

/**
 * BillingStripePage:
 * @body: (owned): the whole list object, as it came; fit for json-glib and for SQLite's json_each:
 *   pages are stored without being parsed once more
 * @ids: (owned): of the objects of its `data`, in their order
 * @spans: (owned): where each of them stands in @body
 * @n_objects: how many there are
 * @has_more: whether another page follows
 * @request_id: (owned) (nullable): `req_…`
 *
 * One page of a list, checked: `data` is an array of objects, each with an id of its
 * own, and `has_more` is true or false; each of these members stands once.
 */
typedef struct
{
  GBytes *body;
  char **ids;
  BillingStripeSpan *spans;
  guint n_objects;
  gboolean has_more;
  char *request_id;
} BillingStripePage;

/**
 * billing_stripe_page_new:
 * @cursor: (nullable): the id that this page was asked for to begin behind
 *
 * Returns: (transfer full): %NULL with %BILLING_STRIPE_ERROR_UNREADABLE, also where an empty page
 *   says that more follows, or where the cursor stands in it: asking on would never end
 */
BillingStripePage *billing_stripe_page_new  (BillingStripeAnswer  *answer,
                                             const char           *cursor,
                                             GError              **error);

void               billing_stripe_page_free (BillingStripePage    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingStripePage, billing_stripe_page_free)

G_END_DECLS
