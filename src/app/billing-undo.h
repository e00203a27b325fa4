/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "billing-desk.h"

G_BEGIN_DECLS

/**
 * billing_undo_tell:
 * @widget: somewhere in a window of a practice
 * @desk: who is acting
 * @toast: what was done: “PAY-0412 cancelled”
 * @undo: (nullable): the act that undoes it; %NULL: nothing does
 *
 * Says in a toast what was done, with *Undo* where it can be undone by who did it.
 */
void billing_undo_tell (GtkWidget   *widget,
                        BillingDesk *desk,
                        const char  *toast,
                        BillingAct  *undo);

G_END_DECLS
