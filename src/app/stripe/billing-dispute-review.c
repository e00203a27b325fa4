/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dispute-review"

#include "config.h"

#include "billing-dispute-review.h"

#include <glib/gi18n.h>

#include "billing-dispute-answer.h"
#include "billing-dispute-reason.h"

static void
add_row (AdwPreferencesGroup *group,
         const char          *title,
         const char          *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (group, row);
}

static char *
describe_file (GPtrArray  *files,
               const char *slot)
{
  for (guint i = 0; i < files->len; i++)
    {
      BillingDisputeFile *file = files->pdata[i];
      g_autofree char *size = NULL;

      if (!g_str_equal (file->slot, slot))
        continue;
      size = g_format_size ((guint64) file->size);
      return g_strdup_printf ("%s · %s", file->name, size);
    }

  return NULL;
}

/**
 * billing_dispute_review_new:
 * @texts: (element-type utf8 utf8): the texts by their fields
 * @files: (element-type BillingDisputeFile): the files
 * @at_stripe: (element-type utf8 utf8): what Stripe has of the evidence
 *
 * Returns: (transfer floating): all of it, in the order of the fields
 */
GtkWidget *
billing_dispute_review_new (GHashTable *texts,
                            GPtrArray  *files,
                            GHashTable *at_stripe)
{
  GtkWidget *group = adw_preferences_group_new ();

  for (guint i = 0; i < BILLING_N_EVIDENCE_FIELDS; i++)
    {
      const BillingEvidenceField *field = billing_evidence_field_nth (i);
      const char *text = g_hash_table_lookup (texts, field->name);
      g_autofree char *file = field->is_file ? describe_file (files, field->name) : NULL;

      if (file == NULL && field->is_file && g_hash_table_contains (at_stripe, field->name))
        file = g_strdup (_("A file that was added in Stripe’s own dashboard"));
      if (file != NULL || (text != NULL && *text != '\0'))
        add_row (ADW_PREFERENCES_GROUP (group), billing_evidence_field_get_label (field), file != NULL ? file : text);
    }

  return group;
}
