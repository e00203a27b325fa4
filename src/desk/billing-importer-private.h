/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-csv-import.h"
#include "billing-import-store.h"
#include "billing-importer.h"

G_BEGIN_DECLS

/* What the parts of an import share. Only for this room. */

struct _BillingImporter {
  GObject parent_instance;

  BillingDesk *desk;         /* (owned) */
  GListStore *files;         /* (owned) (element-type BillingImportFile) */
  GListStore *counts;        /* (owned) (element-type BillingImportCount) */
  GListStore *problems;      /* (owned) (element-type BillingImportProblem) */
  GPtrArray *columns;        /* (owned) (element-type GListStore): of each file */
  GPtrArray *plans;          /* (owned) (element-type BillingCsvPlan): of each file, %NULL for FHIR */
  guint64 n_problems;
  BillingImportStage *stage; /* (owned) (nullable): of the last prepare */
  gboolean applied;
  gboolean busy;
};

/* What a prepare finds out, perhaps on another thread; the importer takes it over on its own. */
typedef struct {
  BillingDesk *desk;         /* (owned) */
  char *currency;            /* (owned) */
  char *time_zone;           /* (owned) */
  char *locale;              /* (owned) (nullable) */
  GPtrArray *files;          /* (owned) (element-type BillingImportFile): copies */
  GPtrArray *plans;          /* (not owned) (element-type BillingCsvPlan) */
  BillingImportStage *stage; /* (owned) */
  GPtrArray *tallies;        /* (owned) */
  GPtrArray *complaints;     /* (owned) */
  gint64 n_complaints;

  guint file;                /* being read */
  GInputStream *stream;      /* (not owned) (nullable): of it */
  gint64 total;              /* bytes of all files */
  gint64 before;             /* bytes of those that were read */
  guint64 entries;           /* of those that were read */
  guint64 file_entries;      /* of this one */
  gint64 last_progress;
  BillingImportProgress progress;
  gpointer progress_data;
  GMainContext *context;     /* (owned) (nullable): where progress is told; %NULL: here */
} BillingImporterWork;

/* billing-importer.c */
gboolean billing_importer_check_role         (BillingImporter      *self,
                                              GError              **error);

/* billing-importer-prepare.c */
void     billing_importer_work_tell          (BillingImporterWork  *work,
                                              int                   fraction);

/* billing-importer-read.c */
gboolean billing_importer_work_read_waiting  (BillingImporterWork  *work,
                                              GError              **error);
gboolean billing_importer_work_read_file     (BillingImporterWork  *work,
                                              GCancellable         *cancellable,
                                              GError              **error);

/* billing-importer-show.c */
void     billing_importer_show_plan          (BillingImporter      *self,
                                              guint                 file);
void     billing_importer_show_counts        (BillingImporter      *self,
                                              GPtrArray            *tallies);
void     billing_importer_show_problems      (BillingImporter      *self,
                                              GPtrArray            *complaints);

G_END_DECLS
