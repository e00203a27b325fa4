/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What Stripe asks for where somebody is to be registered to collect tax, by country: the one table of it, for the dialog, the
 * desk, the command line and the sandbox. From Stripe's API of version 2026-10-28 (country_options of POST
 * /v1/tax/registrations). Countries are upper-case codes of ISO 3166; types and schemes are Stripe's words.
 */

/**
 * BillingTaxRegion:
 * @code: of ISO 3166-2, behind the country's: `CA`
 * @name: its own name: `California`
 */
typedef struct {
  const char *code;
  const char *name;
} BillingTaxRegion;

/**
 * BillingTaxWish:
 *
 * A registration that is asked for; the members are not owned, and %NULL or empty where nothing was said.
 */
typedef struct {
  const char *country;
  const char *type;
  const char *region;       /* a state of the US, a province of Canada */
  const char *jurisdiction; /* of local taxes in the US: a FIPS code */
  const char *scheme;       /* place of supply, of the standard type */
} BillingTaxWish;

const char * const     *billing_tax_list_countries     (void);
const char * const     *billing_tax_list_all_countries (void);
gboolean                billing_tax_is_known_country   (const char *country);
const char * const     *billing_tax_list_types         (const char *country);
const char * const     *billing_tax_list_schemes       (const char *country,
                                                        const char *type);
gboolean                billing_tax_needs_scheme       (const char *country,
                                                        const char *type);
const BillingTaxRegion *billing_tax_list_regions       (const char *country,
                                                        const char *type);
gboolean                billing_tax_needs_jurisdiction (const char *country,
                                                        const char *type);
const char             *billing_tax_find_region        (const char *country,
                                                        const char *code);
char                   *billing_tax_check              (const BillingTaxWish *wish,
                                                        const char          **field);

gboolean                billing_tax_has_region         (const char *country);

char                   *billing_tax_get_country_label  (const char *country,
                                                        const char *locale);
const char             *billing_tax_get_type_label     (const char *type);
const char             *billing_tax_get_scheme_label   (const char *scheme);
const char             *billing_tax_get_behavior_label (const char *behavior);
char                   *billing_tax_get_field_label    (const char *field);
char                   *billing_tax_describe           (const char *country,
                                                        const char *region,
                                                        const char *type,
                                                        const char *jurisdiction,
                                                        const char *scheme,
                                                        const char *locale);

G_END_DECLS
