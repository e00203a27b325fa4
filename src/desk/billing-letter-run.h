/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-letter.h"

G_BEGIN_DECLS

#define BILLING_TYPE_LETTER_RUN (billing_letter_run_get_type ())
/**
 * BillingLetterRun:
 *
 * Letters to be given out, one or as many as one likes: invoices, statements or receipts, on paper, in one PDF or in one each. Each is written into
 * the audit once, before it leaves the practice. A run is made once; its progress may be read by any thread.
 */
G_DECLARE_FINAL_TYPE (BillingLetterRun, billing_letter_run, BILLING, LETTER_RUN, GObject)

BillingLetterRun *billing_letter_run_new             (BillingDesk          *desk,
                                                      BillingAct           *act,
                                                      const char           *from,
                                                      const char           *to);
int               billing_letter_run_get_progress    (BillingLetterRun     *self);
guint             billing_letter_run_get_n_letters   (BillingLetterRun     *self);
BillingLetter    *billing_letter_run_preview         (BillingLetterRun     *self,
                                                      const char           *name,
                                                      GError              **error);
void              billing_letter_run_preview_async   (BillingLetterRun     *self,
                                                      const char           *name,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
BillingLetter    *billing_letter_run_preview_finish  (BillingLetterRun     *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
GPtrArray        *billing_letter_run_build           (BillingLetterRun     *self,
                                                      GCancellable         *cancellable,
                                                      GError              **error);
void              billing_letter_run_build_async     (BillingLetterRun     *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
GPtrArray        *billing_letter_run_build_finish    (BillingLetterRun     *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);
gboolean          billing_letter_run_write           (BillingLetterRun     *self,
                                                      const char           *path,
                                                      GCancellable         *cancellable,
                                                      GError              **error);
void              billing_letter_run_write_async     (BillingLetterRun     *self,
                                                      const char           *path,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
gboolean          billing_letter_run_write_finish    (BillingLetterRun     *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

G_END_DECLS
