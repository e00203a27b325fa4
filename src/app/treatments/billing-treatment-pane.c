/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-treatment-pane"

#include "config.h"

#include "billing-treatment-pane.h"

#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-format.h"
#include "billing-list-format.h"

struct _BillingTreatmentPane {
  BillingRecordPane parent_instance;
};

G_DEFINE_FINAL_TYPE (BillingTreatmentPane, billing_treatment_pane, BILLING_TYPE_RECORD_PANE)

static void
add_actions (BillingRecordPane *pane,
             const char        *id,
             const char        *patient_id)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (pane, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *create = gtk_button_new_with_label (_("Create Payment"));
  GtkWidget *patient = gtk_button_new_with_label (_("Show Patient"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (create), "win.create-payment-for-treatment");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (create), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (patient), "win.show-patient");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (patient), "s", patient_id);
  gtk_box_append (GTK_BOX (box), create);
  gtk_box_append (GTK_BOX (box), patient);
  adw_preferences_group_add (group, box);
}

static void
add_amount (AdwPreferencesGroup *group,
            const char          *title,
            gint64               minor,
            const char          *currency)
{
  g_autofree char *amount = minor != 0 ? billing_format_money (NULL, minor, currency) : NULL;

  billing_record_pane_add_fact (group, title, amount);
}

static void
add_codes (BillingRecordPane *pane,
           GPtrArray         *codes)
{
  AdwPreferencesGroup *group;

  if (codes->len == 0)
    return;

  group = billing_record_pane_add_group (pane, _("Codes"));
  for (guint i = 0; i < codes->len; i++)
    {
      BillingTreatmentCode *code = g_ptr_array_index (codes, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *subtitle = g_strdup_printf ("%s %s", code->system, code->code);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                     code->display != NULL ? code->display : code->code);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
      adw_preferences_group_add (group, row);
    }
}

static void
fill (BillingRecordPane  *pane,
      BillingRecord      *record,
      GPtrArray         **lists)
{
  BillingTreatment *treatment = BILLING_TREATMENT (record);
  BillingPractice *practice = billing_desk_get_practice (billing_record_pane_get_desk (pane));
  g_autofree char *when = billing_instant_format (treatment->starts_at, practice->time_zone, NULL);
  AdwPreferencesGroup *group;

  billing_record_pane_set_title (pane, treatment->number, treatment->patient_name);
  add_actions (pane, billing_record_get_id (record), treatment->patient_id);

  group = billing_record_pane_add_group (pane, NULL);
  billing_record_pane_add_fact (group, _("When"), when);
  billing_record_pane_add_fact (group, _("Physician"), treatment->physician);
  billing_record_pane_add_fact (group, _("Location"), treatment->location);
  billing_record_pane_add_fact (group, _("What"), treatment->description);
  add_amount (group, _("Charges"), treatment->charges, treatment->currency);
  add_amount (group, _("Insurer paid"), treatment->insurer_paid, treatment->currency);
  add_amount (group, _("Coinsurance"), treatment->coinsurance, treatment->currency);
  add_amount (group, _("Deductible"), treatment->deductible, treatment->currency);
  add_amount (group, _("Copay"), treatment->copay, treatment->currency);

  billing_record_pane_add_balance (pane, group, treatment->balance, treatment->owed_since, treatment->currency);

  billing_record_pane_add_payments (pane, lists[0]);
  billing_record_pane_add_services (pane, lists[2]);
  add_codes (pane, lists[1]);
}

static void
billing_treatment_pane_class_init (BillingTreatmentPaneClass *klass)
{
  BillingRecordPaneClass *pane_class = BILLING_RECORD_PANE_CLASS (klass);

  pane_class->get_record_type = billing_treatment_get_type;
  pane_class->lists[0] = (BillingRecordPaneList) { "payments", "subject" };
  pane_class->lists[1] = (BillingRecordPaneList) { "treatment_codes", "subject" };
  pane_class->lists[2] = (BillingRecordPaneList) { "services", "subject" };
  pane_class->fill = fill;
}

static void
billing_treatment_pane_init (BillingTreatmentPane *self)
{
}
