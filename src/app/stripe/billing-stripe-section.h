/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-desk.h"
#include "billing-sync.h"

G_BEGIN_DECLS

#define BILLING_TYPE_STRIPE_SECTION (billing_stripe_section_get_type ())
G_DECLARE_INTERFACE (BillingStripeSection, billing_stripe_section, BILLING, STRIPE_SECTION, GtkWidget)

/**
 * BillingStripeSectionInterface:
 * @set_sync: there is a desk and what keeps it and Stripe together, or others, or neither any more
 * @shown: (nullable): the section has come into sight
 * @show_item: (nullable): a person wants to see the thing of this id; sections that are lists need none
 * @streams: (nullable) (array zero-terminated=1): the streams of the mirror that it shows; where the key may read none of them the
 *   page says which permission is missing
 *
 * A part of the Stripe Dashboard: *Payouts*, *Tax Settings*.
 */
struct _BillingStripeSectionInterface {
  GTypeInterface parent_interface;

  void (*set_sync)  (BillingStripeSection *self,
                     BillingDesk          *desk,
                     BillingSync          *sync);
  void (*shown)     (BillingStripeSection *self);
  void (*show_item) (BillingStripeSection *self,
                     const char           *id);

  const char * const *streams;
};

void                billing_stripe_section_set_sync    (BillingStripeSection *self,
                                                        BillingDesk          *desk,
                                                        BillingSync          *sync);
void                billing_stripe_section_shown       (BillingStripeSection *self);
gboolean            billing_stripe_section_show_item   (BillingStripeSection *self,
                                                        const char           *id,
                                                        GError              **error);
const char * const *billing_stripe_section_get_streams (BillingStripeSection *self);

G_END_DECLS
