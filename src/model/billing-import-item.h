/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-record.h"

G_BEGIN_DECLS

/**
 * BillingImportStrength:
 * @BILLING_IMPORT_STRENGTH_URL: an absolute URL, unique in the world
 * @BILLING_IMPORT_STRENGTH_ID: `Patient/123`, unique on its server, or a number that the source gave
 * @BILLING_IMPORT_STRENGTH_URN: `urn:uuid:…`, unique in the world, but often made anew for each file
 * @BILLING_IMPORT_STRENGTH_IDENTIFIER: a business identifier; two things may share one
 * @BILLING_IMPORT_STRENGTH_WEAK: good to be found by, never to be taken for the same thing by
 *
 * How well a key tells one thing from another, best first.
 */
typedef enum {
  BILLING_IMPORT_STRENGTH_URL,
  BILLING_IMPORT_STRENGTH_ID,
  BILLING_IMPORT_STRENGTH_URN,
  BILLING_IMPORT_STRENGTH_IDENTIFIER,
  BILLING_IMPORT_STRENGTH_WEAK,
} BillingImportStrength;

/**
 * BillingImportKey:
 *
 * One name by which a source, or another source, may speak of an item.
 */
typedef struct {
  char *key; /* (owned) */
  BillingImportStrength strength;
} BillingImportKey;

/**
 * BillingImportReference:
 *
 * One way to find what an item refers to. References of the same role and ordinal are tried by rank.
 */
typedef struct {
  const char *role; /* the column that it fills: patient_id, …; a part's treatment_id */
  int ordinal;      /* which part */
  int rank;
  const char *kind; /* of the record that is looked for */
  gboolean required;
  char *key;        /* (owned) */
  char *shown;      /* (owned): as the source writes it */
} BillingImportReference;

/**
 * BillingImportTier:
 *
 * Where amounts and codes of a treatment come from. The same service stands in several resources; the
 * first tier that has it counts.
 */
typedef enum {
  BILLING_IMPORT_TIER_CLAIM,
  BILLING_IMPORT_TIER_BENEFIT,
  BILLING_IMPORT_TIER_CHARGE,
  BILLING_IMPORT_TIER_PROCEDURE,
  BILLING_IMPORT_TIER_VISIT,
} BillingImportTier;

/**
 * BillingImportPart:
 *
 * What one item says about the money and the codes of one treatment, which its reference of the role
 * `treatment_id` and the part's place as ordinal names. An item that is a treatment speaks of itself.
 */
typedef struct {
  BillingImportTier tier;
  gint64 charges;     /* minor units, as all that follow */
  gint64 coinsurance;
  gint64 deductible;
  gint64 copay;
  gint64 insurer_paid;
  GPtrArray *codes;   /* (owned) (element-type BillingTreatmentCode) */
} BillingImportPart;

/**
 * BillingImportItem:
 *
 * One entry of a file that Billing has a use for, as it was read.
 */
typedef struct {
  char *type;             /* (owned): Encounter, …; of CSV: treatments, … */
  char *what;             /* (owned): Encounter/123, for people */
  GPtrArray *keys;        /* (owned) (element-type BillingImportKey): best first, at least one */
  GPtrArray *references;  /* (owned) (element-type BillingImportReference) */
  BillingRecord *record;  /* (owned) (nullable): what it becomes; %NULL: only parts of treatments */
  GPtrArray *benefits;    /* (owned) (element-type BillingBenefit) */
  GPtrArray *parts;       /* (owned) (element-type BillingImportPart) */
  char *insurer;          /* (owned) (nullable): its name, where it may be one */
  char *version;          /* (owned) (nullable): of this thing at its source */
  gint64 updated_at;      /* Unix seconds: when it changed at its source, 0: not said */
  gboolean partial;       /* what it does not say stays as it is */
  GBytes *raw;            /* (owned) (nullable): kept where it has to wait */
} BillingImportItem;

BillingImportItem *billing_import_item_new           (const char            *type,
                                                      const char            *what);
void               billing_import_item_free          (BillingImportItem     *self);
void               billing_import_item_add_key       (BillingImportItem     *self,
                                                      BillingImportStrength  strength,
                                                      char                  *key);
void               billing_import_item_add_reference (BillingImportItem     *self,
                                                      BillingImportReference reference);
BillingImportPart *billing_import_item_add_part      (BillingImportItem     *self,
                                                      BillingImportTier      tier);
char              *billing_import_item_get_digest    (BillingImportItem     *self);

char              *billing_import_make_name_key      (const char            *name,
                                                      const char            *birth_date);

/**
 * BillingImportSink:
 * @item: takes an item; @error is the end of the reading
 * @unused: is told of an entry that Billing has no use for
 * @problem: is told of an entry that does not come in, and why
 * @progress: is told how far the reading is, in bytes and entries
 *
 * Who takes what a reader of files reads.
 */
typedef struct {
  gboolean (*item)     (gpointer            data,
                        guint64             entry,
                        BillingImportItem  *item,
                        GError            **error);
  gboolean (*unused)   (gpointer            data,
                        const char         *type,
                        GError            **error);
  gboolean (*problem)  (gpointer            data,
                        guint64             entry,
                        const char         *type,
                        const char         *what,
                        const char         *text,
                        GError            **error);
  void     (*progress) (gpointer            data,
                        guint64             offset,
                        guint64             entries);
} BillingImportSink;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingImportItem, billing_import_item_free)

G_END_DECLS
