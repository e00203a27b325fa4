/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BillingDayCache:
 *
 * Instants as days, for whoever writes a million of them: the calendar of the time zone is asked once
 * for each day. For one thread.
 */
typedef struct _BillingDayCache BillingDayCache;

BillingDayCache *billing_day_cache_new            (const char       *time_zone);
void             billing_day_cache_free           (BillingDayCache  *self);
void             billing_day_cache_append_day     (BillingDayCache  *self,
                                                   GString          *out,
                                                   gint64            instant);
void             billing_day_cache_append_instant (BillingDayCache  *self,
                                                   GString          *out,
                                                   gint64            instant);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingDayCache, billing_day_cache_free)

G_END_DECLS
