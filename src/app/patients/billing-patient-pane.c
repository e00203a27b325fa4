/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-patient-pane"

#include "config.h"

#include "billing-patient-pane.h"

#include <glib/gi18n.h>

#include "billing-format.h"
#include "billing-list-format.h"

struct _BillingPatientPane {
  BillingRecordPane parent_instance;
};

G_DEFINE_FINAL_TYPE (BillingPatientPane, billing_patient_pane, BILLING_TYPE_RECORD_PANE)

static char *
format_address (BillingPatient *patient)
{
  const char *parts[] = { patient->address_line, patient->city, patient->region,
                          patient->postal_code, patient->country };
  GString *address = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] == NULL || *parts[i] == '\0')
        continue;

      if (address->len > 0)
        g_string_append (address, ", ");
      g_string_append (address, parts[i]);
    }

  return g_string_free (address, FALSE);
}

static const char *
get_gender_label (const char *gender)
{
  if (g_strcmp0 (gender, "female") == 0)
    return _("Female");
  if (g_strcmp0 (gender, "male") == 0)
    return _("Male");
  if (g_strcmp0 (gender, "other") == 0)
    return C_("gender", "Other");
  if (g_strcmp0 (gender, "unknown") == 0)
    return NULL;

  return gender;
}

static void
add_actions (BillingRecordPane *pane,
             const char        *id)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (pane, NULL);
  GtkWidget *button = gtk_button_new_with_label (_("Create Payment"));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.create-payment-for-patient");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  adw_preferences_group_add (group, button);
}

static void
fill (BillingRecordPane  *pane,
      BillingRecord      *record,
      GPtrArray         **lists)
{
  BillingPatient *patient = BILLING_PATIENT (record);
  BillingPractice *practice = billing_desk_get_practice (billing_record_pane_get_desk (pane));
  g_autofree char *born = billing_format_day (NULL, patient->birth_date);
  g_autofree char *credit = billing_format_money (NULL, patient->credit, practice->currency);
  g_autofree char *address = format_address (patient);
  AdwPreferencesGroup *group;

  billing_record_pane_set_title (pane, patient->name, patient->number);
  add_actions (pane, billing_record_get_id (record));

  group = billing_record_pane_add_group (pane, NULL);
  billing_record_pane_add_fact (group, _("Birth date"), born);
  billing_record_pane_add_fact (group, _("Gender"), get_gender_label (patient->gender));
  billing_record_pane_add_fact (group, _("Phone"), patient->phone);
  billing_record_pane_add_fact (group, _("Email"), patient->email);
  billing_record_pane_add_fact (group, _("Address"), address);
  billing_record_pane_add_balance (pane, group, patient->balance, patient->owed_since, practice->currency);
  billing_record_pane_add_fact (group, _("Credit"), credit);

  billing_record_pane_add_payments (pane, lists[0]);
  billing_record_pane_add_treatments (pane, lists[1]);
}

/* Looking at a patient is a verb of its own: it leaves its line in the audit. */
static void
shown (BillingRecordPane *pane,
       const char        *id)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PATIENT_VIEW, id);

  billing_desk_do_async (billing_record_pane_get_desk (pane), act, NULL, NULL, NULL);
}

static void
billing_patient_pane_class_init (BillingPatientPaneClass *klass)
{
  BillingRecordPaneClass *pane_class = BILLING_RECORD_PANE_CLASS (klass);

  pane_class->get_record_type = billing_patient_get_type;
  pane_class->lists[0] = (BillingRecordPaneList) { "payments", "patient" };
  pane_class->lists[1] = (BillingRecordPaneList) { "treatments", "patient" };
  pane_class->shown = shown;
  pane_class->fill = fill;
}

static void
billing_patient_pane_init (BillingPatientPane *self)
{
}
