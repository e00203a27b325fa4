/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-dossier.h"

G_BEGIN_DECLS

#define BILLING_TYPE_DETAIL_SECTION (billing_detail_section_get_type ())
G_DECLARE_DERIVABLE_TYPE (BillingDetailSection, billing_detail_section, BILLING, DETAIL_SECTION, GtkBox)

/**
 * BillingDetailSectionClass:
 * @dossier_changed: (nullable): called when there is another dossier to show, never with %NULL
 *
 * One part of the payment's pane. Its property `dossier` is what it shows; templates look up everything from there.
 */
struct _BillingDetailSectionClass {
  GtkBoxClass parent_class;

  void (*dossier_changed) (BillingDetailSection *self,
                           BillingDossier       *dossier);
};

/**
 * BillingDetailRowFunc:
 * @record: what the row is about
 * @desk: who looks
 *
 * Returns: (transfer floating): its row
 */
typedef GtkWidget *(*BillingDetailRowFunc) (gpointer     record,
                                            BillingDesk *desk);

BillingDossier *billing_detail_section_get_dossier (BillingDetailSection *self);
void            billing_detail_section_bind_rows   (BillingDetailSection *self,
                                                    GtkListBox           *list,
                                                    const char           *property);
void            billing_detail_section_fill_rows   (BillingDetailSection *self,
                                                    GtkBox               *box,
                                                    GPtrArray            *records,
                                                    char                **shown,
                                                    BillingDetailRowFunc  func);
void            billing_detail_section_complain    (BillingDetailSection *self,
                                                    const char           *sentence);
void            billing_detail_section_do          (BillingDetailSection *self,
                                                    BillingAct           *act,
                                                    const char           *action,
                                                    const char           *toast);
void            billing_detail_name_button         (GtkMenuButton        *button,
                                                    const char           *label,
                                                    const char           *description);

G_END_DECLS
