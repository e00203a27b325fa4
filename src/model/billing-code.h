/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The systems of the codes by which things are billed; those that a practice made itself are its own. */
#define BILLING_CODE_CPT "CPT"
#define BILLING_CODE_HCPCS "HCPCS"
#define BILLING_CODE_OWN "own"

const char *billing_code_find_system  (const char *name);
const char *billing_code_guess_system (const char *code);

G_END_DECLS
