/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-patient.h"
#include "billing-x12-reader.h"
#include "billing-x12.h"

G_BEGIN_DECLS

/* What the readers of the single transactions share. Only for this room. */

/**
 * BillingX12File:
 *
 * A file on its way to items.
 */
typedef struct {
  const BillingX12Practice *practice;
  const BillingImportSink *sink;
  gpointer data;
  guint64 entries; /* answers so far */
} BillingX12File;

/**
 * BillingX12Person:
 *
 * What NM1, N3, N4 and DMG say of a subscriber or a dependent. All texts are owned and nullable.
 */
typedef struct {
  char *family;
  char *given;
  char *middle;
  char *member_id;
  char *address_line;
  char *city;
  char *region;
  char *postal_code;
  char *country;
  char *birth_date; /* day */
  char *gender;
} BillingX12Person;

/**
 * BillingX12Cover:
 *
 * What is said of a coverage. All texts are owned and nullable.
 */
typedef struct {
  char *plan;
  char *group;
  char *plan_starts_on; /* days; the plan's count before the eligibility's */
  char *plan_ends_on;
  char *starts_on;
  char *ends_on;
  gboolean is_secondary; /* another payer is named as the primary one */
} BillingX12Cover;

/* How many answered lines say of the coverage that it is in force, or is not. */
typedef struct {
  guint active;
  guint inactive;
  guint plan_active;   /* of those: about the plan as a whole */
  guint plan_inactive;
  guint failed;        /* cannot be processed */
} BillingX12Standing;

/* billing-x12-people.c */
void     billing_x12_person_read_name    (BillingX12Person         *self,
                                          const BillingX12Segment  *segment);
void     billing_x12_person_read_street  (BillingX12Person         *self,
                                          const BillingX12Segment  *segment);
void     billing_x12_person_read_city    (BillingX12Person         *self,
                                          const BillingX12Segment  *segment);
void     billing_x12_person_read_facts   (BillingX12Person         *self,
                                          const BillingX12Segment  *segment);
void     billing_x12_person_clear        (BillingX12Person         *self);
char    *billing_x12_person_get_name     (const BillingX12Person   *self,
                                          gboolean                  whole);
gboolean billing_x12_person_is_known     (const BillingX12Person   *self);
char    *billing_x12_person_make_key     (const BillingX12Person   *self);
BillingImportItem *
         billing_x12_person_make_item    (const BillingX12Person   *self,
                                          const char               *what);
void     billing_x12_person_refer        (const BillingX12Person   *self,
                                          BillingImportItem        *item);

/* billing-x12-coverage.c */
char    *billing_x12_read_day            (const char               *text);
void     billing_x12_cover_read_dates    (BillingX12Cover          *self,
                                          const BillingX12Segment  *segment);
void     billing_x12_cover_clear         (BillingX12Cover          *self);
void     billing_x12_cover_inherit       (BillingX12Cover          *self,
                                          const BillingX12Cover    *from);
const char *
         billing_x12_cover_get_plan      (const BillingX12Cover    *self);
char    *billing_x12_cover_make_key      (const BillingX12Person   *person,
                                          const char               *payer);
BillingImportItem *
         billing_x12_cover_make_item     (const BillingX12Cover    *self,
                                          const BillingX12Person   *person,
                                          const char               *payer,
                                          const char               *status,
                                          const char               *what);

/* billing-x12-benefit.c */
void     billing_x12_benefits_read       (GPtrArray                *benefits,
                                          const BillingX12Segment  *segment,
                                          const char               *currency,
                                          char                    **problem);
void     billing_x12_benefits_pair       (GPtrArray                *benefits);
void     billing_x12_standing_read       (BillingX12Standing       *self,
                                          const BillingX12Segment  *segment);
const char *
         billing_x12_get_insurance_type  (const char               *code);

/* billing-x12-reject.c */
char    *billing_x12_reject_read         (const BillingX12Segment  *segment);

/* billing-x12-eligibility.c */
typedef struct _BillingX12Eligibility BillingX12Eligibility;

BillingX12Eligibility *
         billing_x12_eligibility_new     (BillingX12File           *file);
void     billing_x12_eligibility_free    (BillingX12Eligibility    *self);
gboolean billing_x12_eligibility_read    (BillingX12Eligibility    *self,
                                          const BillingX12Segment  *segment,
                                          GError                  **error);
gboolean billing_x12_eligibility_finish  (BillingX12Eligibility    *self,
                                          GError                  **error);

/* billing-x12-remittance.c */
typedef struct _BillingX12Remittance BillingX12Remittance;

BillingX12Remittance *
         billing_x12_remittance_new      (BillingX12File           *file);
void     billing_x12_remittance_free     (BillingX12Remittance     *self);
gboolean billing_x12_remittance_read     (BillingX12Remittance     *self,
                                          const BillingX12Segment  *segment,
                                          GError                  **error);
gboolean billing_x12_remittance_finish   (BillingX12Remittance     *self,
                                          GError                  **error);

/* billing-x12-remittance-claim.c */
typedef struct _BillingX12Claim BillingX12Claim;

BillingX12Claim *
         billing_x12_claim_new           (const BillingX12Segment  *segment,
                                          const char               *currency);
void     billing_x12_claim_free          (BillingX12Claim          *self);
void     billing_x12_claim_read          (BillingX12Claim          *self,
                                          const BillingX12Segment  *segment);
GPtrArray *
         billing_x12_claim_finish        (BillingX12Claim          *self,
                                          const char              **problem);
const char *
         billing_x12_claim_get_number    (BillingX12Claim          *self);
char    *billing_x12_claim_make_key      (BillingX12Claim          *self);
gint64   billing_x12_claim_get_paid      (BillingX12Claim          *self);
gboolean billing_x12_read_amount         (const char               *text,
                                          const char               *currency,
                                          gint64                   *minor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingX12Claim, billing_x12_claim_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingX12Eligibility, billing_x12_eligibility_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingX12Remittance, billing_x12_remittance_free)

G_END_DECLS
