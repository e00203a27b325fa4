/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-code"

#include "config.h"

#include "billing-code.h"

#include <string.h>

/**
 * billing_code_find_system:
 * @name: what somebody wrote
 *
 * Returns: (nullable): the system of codes that it names, whatever its case
 */
const char *
billing_code_find_system (const char *name)
{
  static const char * const systems[] = { BILLING_CODE_CPT, BILLING_CODE_HCPCS, BILLING_CODE_OWN };

  for (guint i = 0; i < G_N_ELEMENTS (systems); i++)
    {
      if (g_ascii_strcasecmp (name, systems[i]) == 0)
        return systems[i];
    }

  return NULL;
}

/**
 * billing_code_guess_system:
 * @code: (nullable): a code of which nobody said the system
 *
 * CPT codes are five digits, the last of which may be a letter; HCPCS level II a letter and four digits.
 *
 * Returns: which system it is by its looks
 */
const char *
billing_code_guess_system (const char *code)
{
  if (code == NULL || strlen (code) != 5)
    return BILLING_CODE_OWN;
  if (strspn (code, "0123456789") >= 4)
    return BILLING_CODE_CPT;

  return g_ascii_isupper (code[0]) && strspn (code + 1, "0123456789") == 4 ? BILLING_CODE_HCPCS : BILLING_CODE_OWN;
}
