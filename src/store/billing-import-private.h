/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-import-store.h"

G_BEGIN_DECLS

/*
 * What the parts of an import share. Only for this room.
 *
 * The stage's tables begin with `stage_`, the books' do not, so that the same SQL runs on the stage with the books attached (to
 * compare) and on the books with the stage attached (to apply).
 */

struct _BillingImportStage {
  char *folder;                  /* (owned) */
  char *path;                    /* (owned): of the database in it */
  int lock;                      /* held while the folder is in use */
  BillingConnection *connection; /* (owned) */
  gint64 file;                   /* the number of the file being read; 0: what waited in the books */
  gint64 first;                  /* the first item of that file */
  gint64 item;                   /* the last item */
  GHashTable *unused;            /* (owned) (element-type utf8 gint64): of that file */
  GHashTable *inserts;           /* (owned) (element-type BillingRecordClass utf8): SQL */
  gint64 import;                 /* the row of the books' imports that the last apply wrote; 0: none yet */
  gint64 at;                     /* and what it says */
};

/* So many items are compared and applied at once. */
#define BILLING_IMPORT_RANGE 5000

typedef struct {
  gint64 first;
  gint64 last;
} BillingImportRange;

typedef gboolean (*BillingImportRangeFunc) (BillingConnection         *connection,
                                            const BillingImportRange  *range,
                                            gconstpointer              data,
                                            GError                   **error);

gboolean  billing_import_each_range    (BillingConnection       *connection,
                                        BillingImportRangeFunc   func,
                                        gconstpointer            data,
                                        GCancellable            *cancellable,
                                        GError                 **error);
GType     billing_import_get_nth_type  (guint                 i);
gboolean  billing_import_is_staged     (const BillingField   *field);
gboolean  billing_import_is_reference  (const BillingField   *field);
gboolean  billing_import_run_all       (BillingConnection    *connection,
                                        const char * const   *statements,
                                        const BillingImportRange *range,
                                        GError              **error);
gboolean  billing_import_begin         (BillingImportStage   *self,
                                        GError              **error);
gboolean  billing_import_compare       (BillingConnection    *connection,
                                        GCancellable         *cancellable,
                                        GError              **error);

G_END_DECLS
