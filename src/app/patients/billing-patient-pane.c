/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-patient-pane"

#include "config.h"

#include "billing-patient-pane.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-age.h"
#include "billing-day.h"
#include "billing-detail-format.h"
#include "billing-documents-section.h"
#include "billing-dossier.h"
#include "billing-drop-zone.h"
#include "billing-format.h"
#include "billing-invoice-format.h"
#include "billing-list-format.h"
#include "billing-notes-section.h"
#include "billing-patient-acts.h"
#include "billing-report.h"
#include "billing-table.h"
#include "billing-timeline-section.h"
#include "billing-totals.h"

/* In the order of the class's lists. */
enum { PAYMENTS, TREATMENTS, INVOICES, SERVICES, COVERAGES };

struct _BillingPatientPane {
  BillingRecordPane parent_instance;

  /* They stay while the pane is filled anew: somebody may be writing a note. */
  GtkWidget *notes; /* (not owned): in the pane */
  GtkWidget *documents; /* (not owned): likewise */
  GtkWidget *timeline; /* (not owned): likewise */

  BillingDossier *dossier; /* (owned) (nullable): of the patient who is shown */
  GCancellable *loading; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BillingPatientPane, billing_patient_pane, BILLING_TYPE_RECORD_PANE)

/* How old it is what they owe, as the report says it of all. */
static gpointer
read_aging (BillingConnection  *connection,
            BillingRecord      *record,
            GError            **error)
{
  g_autoptr (GPtrArray) practices = billing_table_select (connection, BILLING_TYPE_PRACTICE, "pk", "1", error);
  g_autoptr (BillingQuery) query = billing_query_new ("payments");

  if (practices == NULL || practices->len == 0)
    return NULL;

  query->patient = g_strdup (billing_record_get_id (record));
  query->time_zone = g_strdup (BILLING_PRACTICE (practices->pdata[0])->time_zone);
  query->today = billing_day_today (query->time_zone);
  return billing_totals_report (connection, "aging", query, error);
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
add_balance (BillingRecordPane *pane,
             BillingPatient    *patient,
             GPtrArray         *aging)
{
  const char *currency = billing_desk_get_practice (billing_record_pane_get_desk (pane))->currency;
  AdwPreferencesGroup *group = billing_record_pane_add_group (pane, NULL);
  g_autofree char *credit = billing_format_money (NULL, patient->credit, currency);
  g_autofree char *held = billing_format_money (NULL, patient->credit_held, currency);

  billing_record_pane_add_balance (pane, group, patient->balance, patient->owed_since, currency);
  for (guint i = 0; i < aging->len && patient->balance > 0; i++)
    {
      BillingReportLine *line = aging->pdata[i];
      g_autofree char *label = billing_age_get_label (line->key, NULL);
      g_autofree char *amount = billing_format_money (NULL, line->amount, line->currency);
      g_autofree char *title = g_str_equal (line->key, "not-due") ? g_strdup (_("Not yet due")) : g_strdup (label);

      if (line->amount > 0)
        billing_record_pane_add_fact (group, title, amount);
    }

  billing_record_pane_add_fact (group, _("Credit"), credit);
  if (patient->credit_held > 0)
    billing_record_pane_add_fact (group, _("Of that on its way back"), held);
}

static void
add_contact (BillingRecordPane *pane,
             BillingPatient    *patient)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (pane, NULL);
  g_autofree char *born = billing_format_day (NULL, patient->birth_date);
  g_autofree char *language = billing_detail_format_language (NULL, patient->language);
  g_autofree char *address = billing_detail_format_address (NULL, patient->address_line, patient->postal_code, patient->city,
                                                            patient->region, patient->country);

  billing_record_pane_add_fact (group, _("Birth date"), born);
  billing_record_pane_add_fact (group, _("Gender"), get_gender_label (patient->gender));
  billing_record_pane_add_fact (group, _("Phone"), patient->phone);
  billing_record_pane_add_fact (group, _("Email"), patient->email);
  billing_record_pane_add_fact (group, _("Address"), address);
  billing_record_pane_add_fact (group, _("Language"), language);
  if (patient->no_mail || patient->no_reminders)
    billing_record_pane_add_fact (group, _("Wants"), patient->no_mail ? _("No e-mail") : _("No reminders"));
  billing_record_pane_add_fact (group, _("Was also"), patient->also);
}

static void
add_invoices (BillingRecordPane *pane,
              GPtrArray         *invoices)
{
  AdwPreferencesGroup *group;
  g_autofree char *today = NULL;

  if (invoices->len == 0)
    return;

  group = billing_record_pane_add_group (pane, _("Invoices"));
  today = billing_desk_get_today (billing_record_pane_get_desk (pane));
  for (guint i = 0; i < invoices->len; i++)
    {
      BillingInvoice *invoice = invoices->pdata[i];
      g_autofree char *amount = billing_format_money (NULL, invoice->amount, invoice->currency);
      g_autofree char *day = billing_format_day (NULL, invoice->invoiced_on);
      g_autofree char *status = billing_invoice_format_status (invoice, today);
      g_autofree char *subtitle = g_strdup_printf ("%s · %s · %s", invoice->number, day, status);

      billing_record_pane_add_link (group, amount, subtitle, "win.show-invoice", billing_record_get_id (invoices->pdata[i]));
    }
}

static void
add_coverages (BillingRecordPane *pane,
               GPtrArray         *coverages)
{
  AdwPreferencesGroup *group;

  if (coverages->len == 0)
    return;

  group = billing_record_pane_add_group (pane, _("Insurance"));
  for (guint i = 0; i < coverages->len; i++)
    {
      BillingCoverage *coverage = coverages->pdata[i];
      g_autofree char *subtitle = billing_detail_join (billing_detail_dup_text (coverage->member_id), billing_detail_dup_text (coverage->plan), NULL);

      billing_record_pane_add_link (group, coverage->payer, subtitle, NULL, NULL);
    }
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!billing_dossier_load_finish (BILLING_DOSSIER (object), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (user_data), "win.warn", "s", error->message);
}

/* What is kept with the patient is read again with them. */
static void
load_dossier (BillingPatientPane *self,
              const char         *id)
{
  BillingDesk *desk = billing_record_pane_get_desk (BILLING_RECORD_PANE (self));
  GtkWidget *sections[] = { self->documents, self->notes, self->timeline };

  if (self->dossier == NULL || billing_dossier_get_desk (self->dossier) != desk)
    {
      g_clear_object (&self->dossier);
      self->dossier = billing_dossier_new (desk);
    }

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_object_set (sections[i], "dossier", self->dossier, NULL);
      gtk_widget_set_visible (sections[i], TRUE);
    }

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  billing_dossier_load_async (self->dossier, id, self->loading, loaded_cb, self);
}

static void
fill (BillingRecordPane  *pane,
      BillingRecord      *record,
      GPtrArray         **lists)
{
  BillingPatient *patient = BILLING_PATIENT (record);
  AdwPreferencesGroup *group;

  billing_record_pane_set_title (pane, patient->name, patient->number);
  group = billing_record_pane_add_group (pane, NULL);
  adw_preferences_group_add (group, billing_patient_acts_new (billing_record_pane_get_desk (pane), patient, lists[PAYMENTS]));

  add_balance (pane, patient, billing_record_pane_get_read (pane));
  add_contact (pane, patient);
  add_invoices (pane, lists[INVOICES]);
  billing_record_pane_add_payments (pane, lists[PAYMENTS]);
  billing_record_pane_add_treatments (pane, lists[TREATMENTS]);
  billing_record_pane_add_services (pane, lists[SERVICES]);
  add_coverages (pane, lists[COVERAGES]);
  load_dossier (BILLING_PATIENT_PANE (pane), billing_record_get_id (record));
}

/* Looking at a patient is a verb of its own: it leaves its line in the audit. */
static void
shown (BillingRecordPane *pane,
       const char        *id)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PATIENT_VIEW, id);

  billing_desk_do_async (billing_record_pane_get_desk (pane), act, NULL, NULL, NULL);
}

/* What the sections have to complain of. */
static void
complain_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  if (*g_variant_get_string (parameter, NULL) != '\0')
    gtk_widget_activate_action_variant (widget, "win.warn", parameter);
}

static void
billing_patient_pane_dispose (GObject *object)
{
  BillingPatientPane *self = BILLING_PATIENT_PANE (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->dossier);

  G_OBJECT_CLASS (billing_patient_pane_parent_class)->dispose (object);
}

static void
billing_patient_pane_class_init (BillingPatientPaneClass *klass)
{
  BillingRecordPaneClass *pane_class = BILLING_RECORD_PANE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_patient_pane_dispose;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "pane.complain", "s", complain_action);

  pane_class->get_record_type = billing_patient_get_type;
  pane_class->lists[PAYMENTS] = (BillingRecordPaneList) { "payments", "patient" };
  pane_class->lists[TREATMENTS] = (BillingRecordPaneList) { "treatments", "patient" };
  pane_class->lists[INVOICES] = (BillingRecordPaneList) { "invoices", "patient" };
  pane_class->lists[SERVICES] = (BillingRecordPaneList) { "services", "patient" };
  pane_class->lists[COVERAGES] = (BillingRecordPaneList) { "coverages", "patient" };
  pane_class->read = read_aging;
  pane_class->free_read = (GDestroyNotify) g_ptr_array_unref;
  pane_class->shown = shown;
  pane_class->fill = fill;
}

static void
add_below (BillingPatientPane *self,
           GtkWidget          *widget)
{
  GtkWidget *body = GTK_WIDGET (billing_record_pane_get_body (BILLING_RECORD_PANE (self)));

  gtk_widget_set_margin_top (widget, 18);
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (body)), widget);
}

static GtkWidget *
add_section (BillingPatientPane *self,
             GType               type)
{
  GtkWidget *section = g_object_new (type, "visible", FALSE, NULL);

  add_below (self, section);
  return section;
}

/* Files are dropped on the documents themselves, or pasted while they are on the screen. */
static GtkWidget *
add_documents (BillingPatientPane *self)
{
  GtkWidget *documents = g_object_new (BILLING_TYPE_DOCUMENTS_SECTION, "visible", FALSE, NULL);
  BillingDropZone *zone = g_object_new (BILLING_TYPE_DROP_ZONE, "content", documents, NULL);

  g_signal_connect_object (zone, "files", G_CALLBACK (billing_documents_section_add_files), documents, G_CONNECT_SWAPPED);
  g_signal_connect_object (zone, "image", G_CALLBACK (billing_documents_section_add_image), documents, G_CONNECT_SWAPPED);
  g_object_bind_property (documents, "visible", zone, "visible", G_BINDING_SYNC_CREATE);
  billing_drop_zone_set_open (zone, TRUE);
  add_below (self, GTK_WIDGET (zone));
  return documents;
}

static void
billing_patient_pane_init (BillingPatientPane *self)
{
  self->documents = add_documents (self);
  self->notes = add_section (self, BILLING_TYPE_NOTES_SECTION);
  self->timeline = add_section (self, BILLING_TYPE_TIMELINE_SECTION);
}
