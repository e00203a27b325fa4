/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-import-item.h"
#include "billing-store.h"

G_BEGIN_DECLS

/**
 * BillingImportStage:
 *
 * Where an import waits between reading and applying: a database of its own in a private folder
 * (mode 0700, files 0600) inside the practice's, so that nothing of it needs memory and nothing of it
 * stands in the books. It goes away with billing_import_stage_free(); what a killed program left
 * goes away when the next one is made.
 *
 * It is used by one thread at a time.
 */
typedef struct _BillingImportStage BillingImportStage;

/**
 * BillingImportTally:
 *
 * What becomes of the entries of one type.
 */
typedef struct {
  char *type; /* (owned) */
  gint64 added;
  gint64 changed;
  gint64 same;
  gint64 waiting;
  gint64 refused;
  gint64 unused;
} BillingImportTally;

/**
 * BillingImportComplaint:
 *
 * Why an entry does not come in.
 */
typedef struct {
  char *file;  /* (owned): its name */
  gint64 entry; /* 0: the whole file */
  char *what;  /* (owned) (nullable): Encounter/123 */
  char *text;  /* (owned): the reason; with @waits what it waits for */
  gboolean waits;
  gboolean ambiguous; /* there is more than one of what it waits for */
} BillingImportComplaint;

/**
 * BillingImportWaitingFunc:
 * @entry: an entry that an earlier import kept
 *
 * Returns: %FALSE with @error set to stop
 */
typedef gboolean (*BillingImportWaitingFunc) (GBytes   *entry,
                                              gpointer  data,
                                              GError  **error);

BillingImportStage *billing_import_stage_new          (BillingStore              *store,
                                                       GError                   **error);
void                billing_import_stage_free         (BillingImportStage        *self);

/* Reading: what stands between begin and end is taken or dropped whole. */
gboolean            billing_import_stage_each_waiting (BillingImportStage        *self,
                                                       BillingImportWaitingFunc   func,
                                                       gpointer                   data,
                                                       GError                   **error);
gboolean            billing_import_stage_begin_file   (BillingImportStage        *self,
                                                       const char                *name,
                                                       GError                   **error);
gboolean            billing_import_stage_put          (BillingImportStage        *self,
                                                       guint64                    entry,
                                                       BillingImportItem         *item,
                                                       GError                   **error);
gboolean            billing_import_stage_put_unused   (BillingImportStage        *self,
                                                       const char                *type,
                                                       GError                   **error);
gboolean            billing_import_stage_put_problem  (BillingImportStage        *self,
                                                       guint64                    entry,
                                                       const char                *type,
                                                       const char                *what,
                                                       const char                *text,
                                                       GError                   **error);
gboolean            billing_import_stage_drop_file    (BillingImportStage        *self,
                                                       const char                *text,
                                                       GError                   **error);
gboolean            billing_import_stage_end_file     (BillingImportStage        *self,
                                                       GError                   **error);

/* What applying would do. */
gboolean            billing_import_stage_compare      (BillingImportStage        *self,
                                                       GCancellable              *cancellable,
                                                       GError                   **error);
GPtrArray          *billing_import_stage_list_tallies (BillingImportStage        *self,
                                                       GError                   **error);
GPtrArray          *billing_import_stage_list_complaints (BillingImportStage     *self,
                                                       gint64                     limit,
                                                       GError                   **error);
gboolean            billing_import_stage_count_complaints (BillingImportStage    *self,
                                                       gint64                    *n,
                                                       GError                   **error);

/**
 * billing_import_stage_apply:
 * @connection: of the books, inside a writing transaction
 * @at: Unix seconds
 * @person: the account of who imports
 * @files: the names of the files, for the books' list of imports
 *
 * Writes what compare found, set by set. Where the books were imported into since, they are compared once more first.
 * After the transaction, in another one, billing_import_stage_detach() has to be called.
 *
 * Returns: whether all of it was written
 */
gboolean            billing_import_stage_apply        (BillingImportStage        *self,
                                                       BillingConnection         *connection,
                                                       gint64                     at,
                                                       const char                *person,
                                                       const char                *files,
                                                       GCancellable              *cancellable,
                                                       GError                   **error);

/**
 * billing_import_stage_is_applied:
 * @connection: of the books, in the transaction after that of billing_import_stage_apply()
 *
 * A commit is of the books first and then of the stage. Where the disk fails in between, it is said to have failed, and the books
 * are the ones to ask.
 *
 * Returns: whether what the last apply wrote is in the books
 */
gboolean            billing_import_stage_is_applied   (BillingImportStage        *self,
                                                       BillingConnection         *connection);
gboolean            billing_import_stage_detach       (BillingConnection         *connection,
                                                       GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingImportStage, billing_import_stage_free)

G_END_DECLS
