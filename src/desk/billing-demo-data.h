/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the made-up clinic is made of. Nobody in it is real. Private to the demo. */

/**
 * BillingDemoCulture:
 * @language: BCP 47
 * @weight: how many of a hundred patients
 * @family_first: how the whole name is written
 * @women: given names
 * @men: given names
 * @families: family names
 * @families_of_women: (nullable): the same, where women's differ
 */
typedef struct {
  const char *language;
  guint weight;
  gboolean family_first;
  const char * const *women;
  const char * const *men;
  const char * const *families;
  const char * const *families_of_women;
} BillingDemoCulture;

/**
 * BillingDemoCode:
 * @system: CPT or CVX
 * @code: as coded
 * @display: in our own words
 * @amount: minor units charged
 */
typedef struct {
  const char *system;
  const char *code;
  const char *display;
  gint64 amount;
} BillingDemoCode;

/**
 * BillingDemoVisit:
 * @description: what the visit is
 * @weight: how many of a hundred
 * @minutes: how long it takes
 * @codes: what is done, as indices of billing_demo_codes, up to 4; -1: no more
 */
typedef struct {
  const char *description;
  guint weight;
  int minutes;
  int codes[4];
} BillingDemoVisit;

typedef struct {
  const char *name;
  const char *address;
  const char *city;
  const char *postal_code;
  const char *phone;
} BillingDemoPlace;

typedef struct {
  const char *name;
  const char *npi;
  const char *specialty;
} BillingDemoDoctor;

typedef struct {
  const char *payer;
  const char *plan;
} BillingDemoInsurer;

extern const BillingDemoCulture billing_demo_cultures[];
extern const guint billing_demo_n_cultures;
extern const BillingDemoCode billing_demo_codes[];
extern const guint billing_demo_n_codes;
extern const BillingDemoVisit billing_demo_visits[];
extern const guint billing_demo_n_visits;
extern const BillingDemoPlace billing_demo_places[3];
extern const BillingDemoDoctor billing_demo_doctors[6];
extern const BillingDemoInsurer billing_demo_insurers[6];
extern const char * const billing_demo_streets[];
extern const char * const billing_demo_cities[];
extern const char * const billing_demo_handles[];

G_END_DECLS
