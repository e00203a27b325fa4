/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-dialog.h"

G_BEGIN_DECLS

void billing_act_progress_follow (BillingDialog  *dialog,
                                  BillingAct     *act,
                                  GtkProgressBar *bar,
                                  GtkWidget      *stop_button);

G_END_DECLS
