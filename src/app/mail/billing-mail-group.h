/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_MAIL_GROUP (billing_mail_group_get_type ())
/**
 * BillingMailGroup:
 *
 * *E-mail* of *Administration*: how messages are sent, when patients are reminded, what e-mails say, and a test.
 */
G_DECLARE_FINAL_TYPE (BillingMailGroup, billing_mail_group, BILLING, MAIL_GROUP, AdwPreferencesGroup)

void billing_mail_group_set_desk (BillingMailGroup *self,
                                  BillingDesk      *desk);

G_END_DECLS
