/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-import-report.h"

G_BEGIN_DECLS

#define BILLING_TYPE_IMPORTER (billing_importer_get_type ())

/**
 * BillingImporter:
 *
 * One import: files are added, prepared (read, checked, and compared with the books, which are not
 * touched), shown, and applied in one short transaction, whole or not at all.
 *
 * Prepare may be called again after a mapping was changed or a file was added. Nothing of the
 * practice is written before apply. Files are FHIR R4 in JSON (a resource, a Bundle of any type,
 * NDJSON), X12 with eligibility answers (271) or remittances (835), or CSV; told apart by content.
 *
 * What an import reads waits in a private file of its own (mode 0600, in a folder of mode 0700),
 * which goes away with the importer.
 */
G_DECLARE_FINAL_TYPE (BillingImporter, billing_importer, BILLING, IMPORTER, GObject)

/**
 * BillingImportProgress:
 * @fraction: thousandths of the work done
 * @entries: entries read so far
 * @data: the caller's
 *
 * Told now and then. From billing_importer_prepare() and billing_importer_apply() in the calling
 * thread; from their asynchronous forms in the caller's main context.
 */
typedef void (*BillingImportProgress) (int      fraction,
                                       guint64  entries,
                                       gpointer data);

BillingImporter *billing_importer_new             (BillingDesk            *desk);

/* What is imported. Objects of the models are BillingImportFile, -Column, -Count and -Problem. */
void             billing_importer_add_path        (BillingImporter        *self,
                                                   const char             *path);
void             billing_importer_add_file        (BillingImporter        *self,
                                                   GFile                  *file);
GListModel      *billing_importer_get_files       (BillingImporter        *self);

/* What the columns of a CSV file are taken for; known after prepare, empty for FHIR. */
GListModel      *billing_importer_get_columns     (BillingImporter        *self,
                                                   guint                   file);
char           **billing_importer_list_targets    (BillingImporter        *self,
                                                   guint                   file);
const char      *billing_importer_get_target_label (const char            *target);
gboolean         billing_importer_set_target      (BillingImporter        *self,
                                                   guint                   file,
                                                   guint                   column,
                                                   const char             *target,
                                                   GError                **error);
gboolean         billing_importer_set_kind        (BillingImporter        *self,
                                                   guint                   file,
                                                   const char             *kind,
                                                   GError                **error);
gboolean         billing_importer_set_date_order  (BillingImporter        *self,
                                                   guint                   file,
                                                   const char             *order,
                                                   GError                **error);

gboolean         billing_importer_prepare         (BillingImporter        *self,
                                                   BillingImportProgress   progress,
                                                   gpointer                progress_data,
                                                   GCancellable           *cancellable,
                                                   GError                **error);
void             billing_importer_prepare_async   (BillingImporter        *self,
                                                   BillingImportProgress   progress,
                                                   gpointer                progress_data,
                                                   GCancellable           *cancellable,
                                                   GAsyncReadyCallback     callback,
                                                   gpointer                user_data);
gboolean         billing_importer_prepare_finish  (BillingImporter        *self,
                                                   GAsyncResult           *result,
                                                   GError                **error);

/* What apply will do, or has done. */
GListModel      *billing_importer_get_counts      (BillingImporter        *self);
GListModel      *billing_importer_get_problems    (BillingImporter        *self);
guint64          billing_importer_get_n_problems  (BillingImporter        *self);
gboolean         billing_importer_has_changes     (BillingImporter        *self);
char            *billing_importer_get_summary     (BillingImporter        *self);

gboolean         billing_importer_apply           (BillingImporter        *self,
                                                   GCancellable           *cancellable,
                                                   GError                **error);
void             billing_importer_apply_async     (BillingImporter        *self,
                                                   GCancellable           *cancellable,
                                                   GAsyncReadyCallback     callback,
                                                   gpointer                user_data);
gboolean         billing_importer_apply_finish    (BillingImporter        *self,
                                                   GAsyncResult           *result,
                                                   GError                **error);

G_END_DECLS
