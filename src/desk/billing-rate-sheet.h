/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"

G_BEGIN_DECLS

/**
 * BillingRateSheetFate:
 * @BILLING_RATE_SHEET_FATE_SAME: the practice has it so already
 * @BILLING_RATE_SHEET_FATE_NEW: a new rate, or a new price of one
 * @BILLING_RATE_SHEET_FATE_CHANGED: a rate or a price becomes another
 * @BILLING_RATE_SHEET_FATE_REFUSED: it does not come in
 *
 * What becomes of a row of a file of billing rates.
 */
typedef enum {
  BILLING_RATE_SHEET_FATE_SAME,
  BILLING_RATE_SHEET_FATE_NEW,
  BILLING_RATE_SHEET_FATE_CHANGED,
  BILLING_RATE_SHEET_FATE_REFUSED,
} BillingRateSheetFate;

#define BILLING_RATE_SHEET_N_FATES 4

/**
 * BillingRateSheetLine:
 * @line: as a spreadsheet counts it
 * @fate: what becomes of it
 * @what: (owned): the rate that it is about
 * @text: (owned): what is new, what changes, or why it is refused; empty where nothing happens
 */
typedef struct {
  guint64 line;
  BillingRateSheetFate fate;
  char *what;
  char *text;
} BillingRateSheetLine;

/**
 * BillingRateSheet:
 *
 * A file of billing rates: read and compared with the practice, shown, and taken in whole. Rates are known by their code and kind of payer,
 * or else by their name.
 */
typedef struct _BillingRateSheet BillingRateSheet;

BillingRateSheet *billing_rate_sheet_read      (BillingDesk                *desk,
                                                const char                 *path,
                                                GCancellable               *cancellable,
                                                GError                    **error);
void              billing_rate_sheet_free      (BillingRateSheet           *self);
GPtrArray        *billing_rate_sheet_get_lines (BillingRateSheet           *self);
guint             billing_rate_sheet_count     (BillingRateSheet           *self,
                                                BillingRateSheetFate        fate);
char             *billing_rate_sheet_summarise (BillingRateSheet           *self);
const char       *billing_rate_sheet_fate_get_label (BillingRateSheetFate   fate);
gboolean          billing_rate_sheet_apply     (BillingRateSheet           *self,
                                                GError                    **error);

char             *billing_rate_sheet_build     (BillingDesk                *desk,
                                                guint                      *n_rates,
                                                GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingRateSheet, billing_rate_sheet_free)

G_END_DECLS
