/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-estimate-command"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "billing-console.h"
#include "billing-desk-estimate.h"
#include "billing-money.h"
#include "billing-record-json.h"

/* What a patient will probably owe: as a receipt for people, or as one JSON object. */

#define GAP 2

/* Two columns, the second one to the right. */
typedef struct {
  GPtrArray *left;  /* (owned) (element-type utf8) */
  GPtrArray *right; /* (owned) (element-type utf8) */
} Table;

static void
table_clear (Table *table)
{
  g_clear_pointer (&table->left, g_ptr_array_unref);
  g_clear_pointer (&table->right, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static void
table_init (Table *table)
{
  table->left = g_ptr_array_new_with_free_func (g_free);
  table->right = g_ptr_array_new_with_free_func (g_free);
}

/* Takes both texts. */
static void
table_add (Table *table,
           char  *left,
           char  *right)
{
  g_ptr_array_add (table->left, left);
  g_ptr_array_add (table->right, right);
}

static int
measure (GPtrArray *texts)
{
  int width = 0;

  for (guint i = 0; i < texts->len; i++)
    width = MAX (width, billing_console_width (texts->pdata[i]));

  return width;
}

static void
table_print (Table *table)
{
  int left = measure (table->left), right = measure (table->right);

  for (guint i = 0; i < table->left->len; i++)
    {
      const char *first = table->left->pdata[i], *second = table->right->pdata[i];
      int gap = left + GAP + right - billing_console_width (first) - billing_console_width (second);

      /* Nothing follows a line that has no second column. */
      printf ("%s%*s%s\n", first, *second != '\0' ? gap : 0, "", second);
    }
  putchar ('\n');
}

static char *
format_money (BillingEstimate *estimate,
              gint64           minor)
{
  return billing_money_format (billing_money_new (minor, estimate->currency), NULL);
}

static void
add_benefits (Table           *table,
              BillingEstimate *estimate)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (estimate->benefits)); i++)
    {
      g_autoptr (BillingEstimateBenefit) benefit = g_list_model_get_item (G_LIST_MODEL (estimate->benefits), i);

      table_add (table, g_strdup (benefit->title), g_strdup (benefit->value));
    }
}

/* What is charged stands apart from what is owed of it, so that either adds up. */
static void
add_lines (Table           *table,
           BillingEstimate *estimate)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (estimate->lines)); i++)
    {
      g_autoptr (BillingEstimateLine) line = g_list_model_get_item (G_LIST_MODEL (estimate->lines), i);
      g_autofree char *amount = format_money (estimate, line->amount);
      gboolean is_charge = line->step == BILLING_ESTIMATE_STEP_CHARGE;

      if (is_charge)
        table_add (table, g_strdup_printf ("%s, %s", line->text, amount), g_strdup (""));
      else
        table_add (table, g_strdup_printf ("  %s", line->text), g_steal_pointer (&amount));
    }

  table_add (table, g_strdup (_("Estimate")), format_money (estimate, estimate->amount));
}

static void
print_sentences (GPtrArray *sentences)
{
  for (guint i = 0; i < sentences->len; i++)
    printf ("%s\n", (char *) sentences->pdata[i]);
}

static void
print_table (BillingEstimate *estimate)
{
  g_autofree char *source = billing_estimate_dup_source (estimate);
  g_auto (Table) benefits = { 0 };
  g_auto (Table) lines = { 0 };

  table_init (&benefits);
  table_init (&lines);
  if (source != NULL)
    printf ("%s\n\n", source);
  if (g_list_model_get_n_items (G_LIST_MODEL (estimate->benefits)) > 0)
    {
      add_benefits (&benefits, estimate);
      table_print (&benefits);
    }

  if (estimate->amount >= 0)
    {
      add_lines (&lines, estimate);
      table_print (&lines);
    }
  if (estimate->sentence != NULL)
    printf ("%s\n", estimate->sentence);
  print_sentences (estimate->warnings);
  print_sentences (estimate->missing);
  printf ("%s\n", billing_estimate_get_caveat (estimate));
}

static JsonArray *
records_to_json (GListModel *records)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (records); i++)
    {
      g_autoptr (BillingRecord) record = g_list_model_get_item (records, i);

      json_array_add_element (array, billing_record_to_json (record));
    }

  return array;
}

static JsonArray *
sentences_to_json (GPtrArray *sentences)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < sentences->len; i++)
    json_array_add_string_element (array, sentences->pdata[i]);

  return array;
}

static void
print_json (BillingEstimate *estimate)
{
  g_autoptr (JsonNode) node = billing_record_to_json (BILLING_RECORD (estimate));
  JsonObject *object = json_node_get_object (node);
  JsonArray *checks = json_array_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < estimate->checks->len; i++)
    json_array_add_element (checks, billing_record_to_json (estimate->checks->pdata[i]));

  json_object_set_array_member (object, "benefits", records_to_json (G_LIST_MODEL (estimate->benefits)));
  json_object_set_array_member (object, "lines", records_to_json (G_LIST_MODEL (estimate->lines)));
  json_object_set_array_member (object, "missing", sentences_to_json (estimate->missing));
  json_object_set_array_member (object, "warnings", sentences_to_json (estimate->warnings));
  json_object_set_array_member (object, "checks", checks);
  json_object_set_string_member (object, "caveat", billing_estimate_get_caveat (estimate));
  text = billing_json_to_text (node, TRUE);
  printf ("%s\n", text);
}

static gboolean
check_call (BillingCall  *call,
            GError      **error)
{
  const char *format = billing_call_get (call, "format");

  if (billing_call_get (call, "treatment") != NULL && billing_call_get (call, "code") != NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                   _("A treatment has its own codes: --code is for estimates without --treatment"));
      return FALSE;
    }
  if (format != NULL && !g_str_equal (format, "table") && !g_str_equal (format, "json"))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--format should be table or json, not “%s”"), format);
      return FALSE;
    }

  return TRUE;
}

/**
 * billing_command_estimate:
 * @call: for which patient, and what
 * @error: return location for an error
 *
 * Returns: whether it was printed; that nothing can be estimated is printed too
 */
gboolean
billing_command_estimate (BillingCall  *call,
                          GError      **error)
{
  g_autoptr (BillingEstimateQuestion) question = billing_estimate_question_new ();
  g_autoptr (BillingEstimate) estimate = NULL;

  if (!check_call (call, error) || billing_call_open_desk (call, error) == NULL || !billing_call_fill (call, question, error))
    return FALSE;

  estimate = billing_desk_estimate (call->desk, question, NULL, error);
  if (estimate == NULL)
    return FALSE;

  if (g_strcmp0 (billing_call_get (call, "format"), "json") == 0)
    print_json (estimate);
  else
    print_table (estimate);
  return TRUE;
}
