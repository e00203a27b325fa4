/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-stripe-clock.h"

G_BEGIN_DECLS

/*
 * A clock that nobody waits for: it is moved on by what waits. Any thread may use it.
 */
typedef struct
{
  BillingStripeClock clock;
  GMutex mutex;   /* for what follows, while others use it */
  gint64 now;
  GArray *waits;  /* (owned): of gint64: all waits that took time */
  guint32 random; /* given out each time */
} BillingTestClock;

void billing_test_clock_init  (BillingTestClock *self);
void billing_test_clock_clear (BillingTestClock *self);

G_END_DECLS
