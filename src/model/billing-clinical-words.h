/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-patient.h"

G_BEGIN_DECLS

/*
 * What looks clinical in a text that a bank will read. It is looked for so that somebody can be warned before they send it; nothing
 * is refused, and what is not found may be clinical all the same.
 */

/**
 * BillingClinicalKind:
 * @BILLING_CLINICAL_CODE: a code of a diagnosis or a procedure
 * @BILLING_CLINICAL_WORD: a word that speaks of an illness or its treatment
 * @BILLING_CLINICAL_BIRTH: a birth date, or the words for one
 * @BILLING_CLINICAL_OWN: what stands in the patient's own treatments or notes
 */
typedef enum
{
  BILLING_CLINICAL_CODE,
  BILLING_CLINICAL_WORD,
  BILLING_CLINICAL_BIRTH,
  BILLING_CLINICAL_OWN,
} BillingClinicalKind;

/**
 * BillingClinicalFinding:
 * @start: bytes into the text
 * @length: in bytes
 * @text: (owned): what stands there
 *
 * Something that looks clinical.
 */
typedef struct
{
  BillingClinicalKind kind;
  gsize start;
  gsize length;
  char *text;
} BillingClinicalFinding;

/**
 * billing_clinical_find:
 * @text: UTF-8
 * @patient: (nullable): whose birth date is looked for
 * @own: (nullable) (element-type utf8): codes and descriptions of the patient's treatments, and their notes: a word with a digit
 *   is looked for as it is, of longer texts any five words in a row
 *
 * Returns: (transfer full) (element-type BillingClinicalFinding): what was found, in the order of the text; nothing overlaps
 */
GPtrArray  *billing_clinical_find          (const char            *text,
                                            BillingPatient        *patient,
                                            GPtrArray             *own);

/**
 * billing_clinical_find_in_name:
 * @name: of a file
 *
 * Returns: (transfer full) (nullable): the word in it by which it looks like a part of a chart; %NULL: there is none
 */
char       *billing_clinical_find_in_name  (const char            *name);

/* Two or three words: “a diagnosis or procedure code”. */
const char *billing_clinical_kind_describe (BillingClinicalKind    kind);

G_END_DECLS
