/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-mirror.h"
#include "billing-stripe-client.h"

G_BEGIN_DECLS

/*
 * Private to the room: objects that belong together, fetched one by one, and kept in the mirror at
 * once.
 */
typedef struct
{
  BillingStripeClient *client; /* (not owned) */
  GCancellable *cancellable;   /* (not owned) (nullable) */
  GArray *objects;             /* (owned): what was taken */
} BillingStripeGather;

void      billing_stripe_gather_init  (BillingStripeGather  *self,
                                       BillingStripeClient  *client,
                                       GCancellable         *cancellable);
void      billing_stripe_gather_clear (BillingStripeGather  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BillingStripeGather, billing_stripe_gather_clear)

/* An object that is there already, and when it was asked for; objects that the mirror does not keep
 * are left out. */
void      billing_stripe_gather_take  (BillingStripeGather  *self,
                                       const char           *object,
                                       GBytes               *body,
                                       gint64                fetched);

/* Returns (transfer full) the object, taken as well. @object is what its member of that name
 * says; @id is NULL of what an account has one of. */
JsonNode *billing_stripe_gather_fetch (BillingStripeGather  *self,
                                       const char           *object,
                                       const char           *id,
                                       GError              **error);

/* A transaction of the mirror with all that was taken. */
gboolean  billing_stripe_gather_keep  (BillingStripeGather  *self,
                                       BillingMirror        *mirror,
                                       GError              **error);

G_END_DECLS
