/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Private to the room: what an account has one of. @name is its name in the mirror, @object what
 * its member of that name says, and
 * @path where it is asked for.
 */
typedef struct
{
  const char *name;
  const char *object;
  const char *path;
} BillingStripeSingle;

#define BILLING_STRIPE_N_SINGLES 4

const BillingStripeSingle *billing_stripe_single_nth         (guint       i);
const BillingStripeSingle *billing_stripe_single_find        (const char *name);
/* Of other objects: NULL. */
const BillingStripeSingle *billing_stripe_single_find_object (const char *object);

G_END_DECLS
