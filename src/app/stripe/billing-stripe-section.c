/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-section"

#include "config.h"

#include "billing-stripe-section.h"

#include "billing-list-page.h"

G_DEFINE_INTERFACE (BillingStripeSection, billing_stripe_section, GTK_TYPE_WIDGET)

static void
billing_stripe_section_default_init (BillingStripeSectionInterface *iface)
{
}

/**
 * billing_stripe_section_set_sync:
 * @self: a section
 * @desk: (nullable): who looks at it, and in which practice
 * @sync: (nullable): of the practice
 */
void
billing_stripe_section_set_sync (BillingStripeSection *self,
                                 BillingDesk          *desk,
                                 BillingSync          *sync)
{
  BILLING_STRIPE_SECTION_GET_IFACE (self)->set_sync (self, desk, sync);
}

void
billing_stripe_section_shown (BillingStripeSection *self)
{
  BillingStripeSectionInterface *iface = BILLING_STRIPE_SECTION_GET_IFACE (self);

  if (iface->shown != NULL)
    iface->shown (self);
}

/**
 * billing_stripe_section_show_item:
 * @self: a section
 * @id: of what a person wants to see
 * @error: return location for an error
 *
 * Returns: whether it is shown
 */
gboolean
billing_stripe_section_show_item (BillingStripeSection  *self,
                                  const char            *id,
                                  GError               **error)
{
  BillingStripeSectionInterface *iface = BILLING_STRIPE_SECTION_GET_IFACE (self);

  if (BILLING_IS_LIST_PAGE (self))
    return billing_list_page_show (BILLING_LIST_PAGE (self), id, error);

  if (iface->show_item != NULL)
    iface->show_item (self, id);
  return TRUE;
}

const char * const *
billing_stripe_section_get_streams (BillingStripeSection *self)
{
  return BILLING_STRIPE_SECTION_GET_IFACE (self)->streams;
}
