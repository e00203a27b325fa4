/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-link.h"
#include "billing-patient.h"
#include "billing-payment.h"
#include "billing-treatment.h"

G_BEGIN_DECLS

#define BILLING_TYPE_DOSSIER (billing_dossier_get_type ())
G_DECLARE_FINAL_TYPE (BillingDossier, billing_dossier, BILLING, DOSSIER, GObject)

/**
 * BillingDossier:
 *
 * Everything that the pane shows of one payment, read in one transaction so that it agrees. Loading it again changes the
 * same objects, so that widgets which show them keep their place.
 *
 * Properties, all read-only: `practice`, `payment`, `patient`, `treatment` (%NULL: none), and the lists `codes`, `refunds`,
 * `intents` (what Stripe was asked to do), `timeline`, `documents`, `notes`, `links` and `late-money` of their records, newest
 * first.
 */
BillingDossier   *billing_dossier_new           (BillingDesk          *desk);
void              billing_dossier_load_async    (BillingDossier       *self,
                                                 const char           *payment,
                                                 GCancellable         *cancellable,
                                                 GAsyncReadyCallback   callback,
                                                 gpointer              user_data);
gboolean          billing_dossier_load_finish   (BillingDossier       *self,
                                                 GAsyncResult         *result,
                                                 GError              **error);
gboolean          billing_dossier_is_touched_by (BillingDossier       *self,
                                                 const char           *kind,
                                                 GArray               *pks);
BillingDesk      *billing_dossier_get_desk      (BillingDossier       *self);
BillingPractice  *billing_dossier_get_practice  (BillingDossier       *self);
BillingRecord    *billing_dossier_get_subject   (BillingDossier       *self);
BillingPayment   *billing_dossier_get_payment   (BillingDossier       *self);
BillingPatient   *billing_dossier_get_patient   (BillingDossier       *self);
BillingLink      *billing_dossier_get_link      (BillingDossier       *self);
BillingRefund    *billing_dossier_find_waiting_refund (BillingDossier *self);
GPtrArray        *billing_dossier_list_news     (BillingDossier       *self);
gboolean          billing_dossier_is_asked      (BillingDossier       *self);
const char       *billing_dossier_get_page      (BillingDossier       *self,
                                                 gint64               *expires_at);

G_END_DECLS
