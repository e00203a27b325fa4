/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-desk.h"
#include "billing-filing.h"

G_BEGIN_DECLS

#define BILLING_TYPE_NOTE_ROW (billing_note_row_get_type ())
/**
 * BillingNoteRow:
 *
 * A note, who wrote it and when. Its author changes it in place; what it said before is shown on demand.
 */
G_DECLARE_FINAL_TYPE (BillingNoteRow, billing_note_row, BILLING, NOTE_ROW, GtkListBoxRow)

GtkWidget *billing_note_row_new (BillingNote *note,
                                 BillingDesk *desk);

G_END_DECLS
