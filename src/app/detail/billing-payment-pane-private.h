/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dossier.h"
#include "billing-drop-zone.h"
#include "billing-link-section.h"
#include "billing-message-bar.h"
#include "billing-payment-pane.h"

G_BEGIN_DECLS

struct _BillingPaymentPane {
  AdwBin parent_instance;

  /* Template widgets */
  GtkWidget *number_label; /* (not owned) */
  GtkStack *stack; /* (not owned) */
  GtkScrolledWindow *scroller; /* (not owned) */
  BillingMessageBar *message_bar; /* (not owned) */
  AdwStatusPage *error_page; /* (not owned) */
  BillingDropZone *drop_zone; /* (not owned) */
  BillingLinkSection *link_section; /* (not owned) */

  BillingDesk *desk; /* (owned) (nullable) */
  BillingDossier *dossier; /* (owned) (nullable) */
  char *payment; /* (owned) (nullable): id or number that was asked for */
  GSignalGroup *store_signals; /* (owned) */
  GCancellable *loading; /* (owned) (nullable): of the last load */
  GCancellable *acting; /* (owned): of all acts */
  guint reload_source;
};

void _billing_payment_pane_install_actions (GtkWidgetClass     *widget_class);
void _billing_payment_pane_update_actions  (BillingPaymentPane *self);

G_END_DECLS
