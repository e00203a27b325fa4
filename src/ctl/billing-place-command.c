/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-place-command"

#include "config.h"

#include "billing-commands.h"

#include <stdio.h>

#include "billing-json-texts.h"

/* The practice's settings, its locations, and who treats. */

/* An option and what it is called in the record. */
typedef struct {
  const char *option;
  const char *name;
} Field;

static void
add_fields (BillingCall *call,
            const Field *wanted,
            guint        n,
            GHashTable  *fields)
{
  for (guint i = 0; i < n; i++)
    billing_call_copy (call, fields, wanted[i].option, wanted[i].name);
}

/* “--logo FILE” gives one, “--logo ""” takes it away. */
gboolean
billing_command_practice (BillingCall  *call,
                          GError      **error)
{
  static const Field wanted[] = {
    { "invoice-note", "invoice_note" }, { "invoice-prefix", "invoice_prefix" }, { "invoice-digits", "invoice_digits" },
    { "invoice-days", "invoice_days" }, { "show-services", "show_services" }, { "show-codes", "show_codes" },
  };
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, NULL);
  const char *logo = billing_call_get (call, "logo");
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  add_fields (call, wanted, G_N_ELEMENTS (wanted), fields);
  if (logo != NULL && *logo == '\0')
    g_hash_table_insert (fields, g_strdup ("logo"), g_strdup (""));
  else
    act->file = g_strdup (logo);
  act->fields = billing_json_texts_build (fields);
  return billing_call_open_desk (call, error) != NULL && billing_call_fill (call, act, error) &&
         billing_desk_do (call->desk, act, error);
}

/* Prints the id: “edit” takes that, or the name where only one is called so. */
gboolean
billing_command_place (BillingCall  *call,
                       GError      **error)
{
  static const Field wanted[] = {
    { "name", "name" }, { "address", "address_line" }, { "city", "city" }, { "region", "region" }, { "postal-code", "postal_code" },
    { "country", "country" }, { "phone", "phone" }, { "npi", "npi" }, { "specialty", "specialty" },
  };
  gboolean is_new = g_str_has_suffix (call->command->name, " add");
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, is_new ? NULL : call->arguments[0]);
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  add_fields (call, wanted, G_N_ELEMENTS (wanted), fields);
  act->fields = billing_json_texts_build (fields);
  act->name = is_new ? g_strdup (call->arguments[0]) : NULL;
  if (billing_call_open_desk (call, error) == NULL || !billing_desk_do (call->desk, act, error))
    return FALSE;

  printf ("%s\n", act->result);
  return TRUE;
}
