/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "billing-fhir.h"
#include "billing-patient.h"
#include "billing-treatment.h"

G_BEGIN_DECLS

/*
 * What the readers of the single resources share. Only for this room.
 */

/**
 * BillingFhirReading:
 *
 * One resource on its way to an item.
 */
typedef struct {
  const BillingFhirPractice *practice;
  JsonObject *resource;    /* (not owned) */
  JsonObject *outer;       /* (not owned): what contains it, or itself: where #references lead */
  BillingImportItem *item; /* (not owned) */
  char *base;              /* (owned) (nullable): the server's address, of the entry's fullUrl */
  GPtrArray *more;         /* (owned) (element-type BillingImportItem) (nullable): what it says besides */
  GPtrArray *contained;    /* (owned) (element-type JsonObject): the contained ones that it refers to */
  char *problem;           /* (owned) (nullable): the first */
} BillingFhirReading;

/**
 * BillingFhirTarget:
 *
 * What a reference has to lead to.
 */
typedef struct {
  const char *role;
  const char *kind;
  const char * const *types; /* resources that will do */
} BillingFhirTarget;

extern const BillingFhirTarget billing_fhir_patient;
extern const BillingFhirTarget billing_fhir_location;
extern const BillingFhirTarget billing_fhir_physician;
extern const BillingFhirTarget billing_fhir_encounter;
extern const BillingFhirTarget billing_fhir_claim;
extern const BillingFhirTarget billing_fhir_coverage;
extern const BillingFhirTarget billing_fhir_payer;

/* Members, checked: what is there and of another type than FHIR says is a problem of the entry. */
void         billing_fhir_complain     (BillingFhirReading *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
const char  *billing_fhir_get_text     (BillingFhirReading *self, JsonObject *object, const char *name);
gboolean     billing_fhir_get_boolean  (BillingFhirReading *self, JsonObject *object, const char *name);
JsonObject  *billing_fhir_get_object   (BillingFhirReading *self, JsonObject *object, const char *name);
guint        billing_fhir_get_length   (BillingFhirReading *self, JsonObject *object, const char *name);
JsonObject  *billing_fhir_get_element  (BillingFhirReading *self, JsonObject *object, const char *name, guint i);
const char  *billing_fhir_get_string   (BillingFhirReading *self, JsonObject *object, const char *name, guint i);
const char  *billing_fhir_get_number   (BillingFhirReading *self, JsonObject *object, const char *name,
                                        char digits[32]);
gboolean     billing_fhir_get_money    (BillingFhirReading *self, JsonObject *object, const char *name,
                                        gint64 *minor);
char        *billing_fhir_get_day      (BillingFhirReading *self, JsonObject *object, const char *name);
gboolean     billing_fhir_get_instant  (BillingFhirReading *self, JsonObject *object, const char *name,
                                        gint64 *instant);

/* Data types. */
const char  *billing_fhir_get_concept_text (BillingFhirReading *self, JsonObject *concept);
gboolean     billing_fhir_concept_has  (BillingFhirReading *self, JsonObject *concept, const char * const *codes);
void         billing_fhir_add_codes    (BillingFhirReading *self, BillingImportPart *part, JsonObject *concept,
                                        gint64 units, gint64 amount);
char        *billing_fhir_join_name    (BillingFhirReading *self, JsonObject *name, gboolean whole);
JsonObject  *billing_fhir_choose       (BillingFhirReading *self, JsonObject *object, const char *name,
                                        const char * const *uses);

/* Keys and references. */
void         billing_fhir_add_keys     (BillingFhirReading *self, const char *full_url, JsonObject *request);
gboolean     billing_fhir_refer        (BillingFhirReading *self, JsonObject *reference,
                                        const BillingFhirTarget *target, guint ordinal, gboolean required);
char        *billing_fhir_coverage_key (BillingFhirReading *self, JsonObject *coverage);

/* Claims and explanations. */
gboolean     billing_fhir_sum_category (BillingFhirReading *self, JsonObject *object, const char *list,
                                        const char * const *category, gint64 *sum);
gint64       billing_fhir_get_units    (BillingFhirReading *self, JsonObject *item);
gint64       billing_fhir_get_charge   (BillingFhirReading *self, JsonObject *item, gint64 units);
void         billing_fhir_remittance_read (BillingFhirReading *self);

/* Resources. */
typedef void (*BillingFhirFunc) (BillingFhirReading *self);

void         billing_fhir_patient_read      (BillingFhirReading *self);
void         billing_fhir_practitioner_read (BillingFhirReading *self);
void         billing_fhir_organization_read (BillingFhirReading *self);
void         billing_fhir_location_read     (BillingFhirReading *self);
void         billing_fhir_coverage_read     (BillingFhirReading *self);
void         billing_fhir_encounter_read    (BillingFhirReading *self);
void         billing_fhir_procedure_read    (BillingFhirReading *self);
void         billing_fhir_immunization_read (BillingFhirReading *self);
void         billing_fhir_charge_item_read  (BillingFhirReading *self);
void         billing_fhir_claim_read        (BillingFhirReading *self);
void         billing_fhir_benefit_read      (BillingFhirReading *self);
void         billing_fhir_eligibility_read  (BillingFhirReading *self);

G_END_DECLS
