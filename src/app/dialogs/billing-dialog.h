/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"

G_BEGIN_DECLS

#define BILLING_TYPE_DIALOG (billing_dialog_get_type ())
G_DECLARE_DERIVABLE_TYPE (BillingDialog, billing_dialog, BILLING, DIALOG, AdwWindow)

/**
 * BillingDialogClass:
 * @is_changed: (nullable): whether closing would lose something that was written
 * @done: (nullable): called when the desk has done the act, before the dialog closes
 * @stays: (nullable): whether the dialog stays open after @done, to show what becomes of the act
 *
 * A form over the window that leads to one act. Properties: `desk` (construct only), `message` (what went wrong, for a
 * #BillingMessageBar), `busy` (the act is on its way). Signal: `done`.
 *
 * Escape closes it, and asks only when something would be lost.
 */
struct _BillingDialogClass {
  AdwWindowClass parent_class;

  gboolean (*is_changed) (BillingDialog *self);
  void     (*done)       (BillingDialog *self,
                          BillingAct    *act);
  gboolean (*stays)      (BillingDialog *self,
                          BillingAct    *act);
};

BillingDesk     *billing_dialog_get_desk     (BillingDialog *self);
BillingPractice *billing_dialog_get_practice (BillingDialog *self);
GCancellable    *billing_dialog_get_cancellable (BillingDialog *self);
void             billing_dialog_set_busy     (BillingDialog *self,
                                              gboolean       busy);
void             billing_dialog_complain     (BillingDialog *self,
                                              const char    *sentence);
void             billing_dialog_tell_window  (BillingDialog *self,
                                              const char    *action,
                                              const char    *text);
void             billing_dialog_tell_done    (BillingDialog *self,
                                             const char    *toast,
                                             BillingAct    *act);
void             billing_dialog_do           (BillingDialog *self,
                                              BillingAct    *act);
void             billing_dialog_stop         (BillingDialog *self);

G_END_DECLS
