/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BILLING_TYPE_DASHBOARD_CARD (billing_dashboard_card_get_type ())
G_DECLARE_FINAL_TYPE (BillingDashboardCard, billing_dashboard_card, BILLING, DASHBOARD_CARD, GtkBox)

/**
 * BillingDashboardCard:
 *
 * A card: its title and its number are a button that is called like the title; below them is what is put into it.
 *
 * Property: `title`. Signal: `clicked`: on the button, or on a place of the card where nothing else is.
 */
void billing_dashboard_card_set_text (BillingDashboardCard *self,
                                      const char           *number,
                                      const char           *beside,
                                      const char           *note,
                                      const char           *note_class,
                                      const char           *spoken);

G_END_DECLS
