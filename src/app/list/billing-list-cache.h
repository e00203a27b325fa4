/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-row.h"

G_BEGIN_DECLS

/* Rows of a page; what is read, kept and dropped together. */
#define BILLING_LIST_PAGE 64

/**
 * BillingListCache:
 *
 * The row objects of one list. There is one object for a row of the books as long as anybody holds it, so that a
 * widget never loses the row it shows; besides, the pages looked at last are kept, and no more of them than %32.
 */
typedef struct _BillingListCache BillingListCache;

BillingListCache *billing_list_cache_new    (BillingListContext  *context);
void              billing_list_cache_free   (BillingListCache    *self);
BillingListRow   *billing_list_cache_peek   (BillingListCache    *self,
                                             gint64               pk);
BillingListRow   *billing_list_cache_get    (BillingListCache    *self,
                                             gint64               pk);
void              billing_list_cache_touch  (BillingListCache    *self,
                                             BillingListRow      *row);
void              billing_list_cache_fill   (BillingListCache    *self,
                                             GPtrArray           *records);
GArray           *billing_list_cache_pks    (BillingListCache    *self,
                                             gboolean             empty_only);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingListCache, billing_list_cache_free)

G_END_DECLS
