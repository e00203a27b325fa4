/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-patient-command"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

#include "billing-desk-patients.h"
#include "billing-json-texts.h"
#include "billing-money.h"
#include "billing-printer.h"

/* Patients: how they are reached, and those who turned out to be one. */

/* At most so many at once: whoever merged those asks again. */
#define MAX_DUPLICATES 10000

static gboolean
perform (BillingCall  *call,
         BillingAct   *act,
         GError      **error)
{
  if (!billing_desk_do (call->desk, act, error))
    return FALSE;

  printf ("%s\n", act->result);
  return TRUE;
}

/* Prints the patient's number. */
gboolean
billing_command_patient_edit (BillingCall  *call,
                              GError      **error)
{
  static const char * const names[] = { "email", "phone", "language", "no-mail", "no-reminders" };
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, call->arguments[0]);
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    billing_call_copy (call, fields, names[i], names[i]);
  act->fields = billing_json_texts_build (fields);
  act->notes = g_strdup (billing_call_get (call, "notes"));
  return billing_call_open_desk (call, error) != NULL && perform (call, act, error);
}

static void
print_preview (BillingCall          *call,
               BillingMergePreview  *preview)
{
  const char *currency = billing_desk_get_practice (call->desk)->currency;
  g_autofree char *credit = billing_money_format_plain (billing_money_new (preview->from->credit, currency));
  g_autofree char *what = billing_merge_counts_describe (preview->counts);

  /* Translators: numbers and names of two patients: “PT-005 Jo Smith becomes PT-001 Joanna Smith” */
  printf (_("%s %s becomes %s %s"), preview->from->number, preview->from->name, preview->into->number, preview->into->name);
  printf ("\n%s\n", *what != '\0' ? what : _("Nothing belongs to them."));
  if (preview->from->credit > 0)
    {
      /* Translators: an amount with its currency */
      printf (_("Credit: %s %s"), credit, currency);
      printf ("\n");
    }
}

/* Prints the number of who stays; with “--preview”, what would move, and writes nothing. */
gboolean
billing_command_patient_merge (BillingCall  *call,
                               GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, call->arguments[0]);
  g_autoptr (BillingMergePreview) preview = NULL;

  act->patient = g_strdup (call->arguments[1]);
  act->notes = g_strdup (billing_call_get (call, "notes"));
  if (billing_call_open_desk (call, error) == NULL)
    return FALSE;
  if (billing_call_get (call, "preview") == NULL)
    return perform (call, act, error);

  preview = billing_desk_preview_merge (call->desk, act->subject, act->patient, error);
  if (preview != NULL)
    print_preview (call, preview);
  return preview != NULL;
}

/* Prints the number of who came back. */
gboolean
billing_command_patient_unmerge (BillingCall  *call,
                                 GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, call->arguments[0]);

  act->notes = g_strdup (billing_call_get (call, "notes"));
  return billing_call_open_desk (call, error) != NULL && perform (call, act, error);
}

/* Patients who may be one, two in a row. */
gboolean
billing_command_list_duplicates (BillingCall  *call,
                                 GError      **error)
{
  const char *limit = billing_call_get (call, "limit");
  BillingDesk *desk = billing_call_open_desk (call, error);
  g_autoptr (BillingPrinter) printer = NULL;
  g_autoptr (GPtrArray) found = NULL;
  BillingColumnFormat columns;

  if (desk == NULL)
    return FALSE;

  columns = billing_call_get_format (call);
  printer = billing_printer_new (billing_call_get (call, "format"), "duplicates", &columns, error);
  found = printer != NULL
    ? billing_desk_list_duplicates (desk, limit != NULL ? g_ascii_strtoll (limit, NULL, 10) : MAX_DUPLICATES, error) : NULL;
  for (guint i = 0; found != NULL && i < found->len; i++)
    billing_printer_add (printer, found->pdata[i]);

  if (found != NULL)
    billing_printer_finish (printer);
  return found != NULL;
}
