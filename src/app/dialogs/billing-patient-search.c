/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-patient-search"

#include "config.h"

#include "billing-patient-search.h"

#include <glib/gi18n.h>

#include "billing-detail-row.h"
#include "billing-entry.h"
#include "billing-problem-row.h"
#include "billing-read.h"

/* As many as fit under the entry; who writes on gets to the right one. */
#define N_MATCHES 6

struct _BillingPatientSearch {
  AdwBin parent_instance;

  /* Template widgets */
  GtkListBox *list; /* (not owned) */
  AdwEntryRow *entry; /* (not owned) */
  BillingProblemRow *problem; /* (not owned) */

  BillingDesk *desk; /* (owned) */
  BillingPatient *patient; /* (owned) (nullable) */
  GCancellable *searching; /* (owned) (nullable): the search for what is written */
  GPtrArray *rows; /* (owned) (element-type GtkWidget): of the matches, in @list */
  gboolean filling; /* the name of the patient is being put into the entry */
};

typedef enum {
  PROP_DESK = 1,
  PROP_PATIENT,
} BillingPatientSearchProperty;

static GParamSpec *properties[PROP_PATIENT + 1];

G_DEFINE_FINAL_TYPE (BillingPatientSearch, billing_patient_search, ADW_TYPE_BIN)

static void text_changed_cb (BillingPatientSearch *self);

static void
clear_matches (BillingPatientSearch *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    gtk_list_box_remove (self->list, g_ptr_array_index (self->rows, i));

  g_ptr_array_set_size (self->rows, 0);
}

static void
show_matches (BillingPatientSearch *self,
              GPtrArray            *patients)
{
  clear_matches (self);

  for (guint i = 0; i < patients->len; i++)
    {
      GtkWidget *row = billing_detail_row_new (g_ptr_array_index (patients, i), NULL);

      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_list_box_append (self->list, row);
      g_ptr_array_add (self->rows, row);
    }

  billing_patient_search_set_problem (self, patients->len == 0
                                      ? _("No patient of that name, birth date or number.") : NULL);
}

static void
search_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BillingPatientSearch *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) patients = billing_read_finish (BILLING_STORE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL)
    {
      /* Those of another text are not to be chosen from. */
      clear_matches (self);
      billing_patient_search_set_problem (self, error->message);
    }
  else
    show_matches (self, patients);
}

static void
search (BillingPatientSearch *self,
        const char           *text)
{
  g_autoptr (BillingQuery) query = billing_query_new ("patients");

  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);

  if (*text == '\0')
    {
      clear_matches (self);
      billing_patient_search_set_problem (self, NULL);
      return;
    }

  self->searching = g_cancellable_new ();
  g_object_set (query, "search", text, "limit", (gint64) N_MATCHES, NULL);
  billing_read_query_async (billing_desk_get_store (self->desk), query, self->searching, search_cb, self);
}

static void
text_changed_cb (BillingPatientSearch *self)
{
  g_autofree char *text = billing_entry_row_dup_text (self->entry);

  if (self->filling)
    return;

  /* Who writes on has not chosen yet. */
  if (self->patient != NULL && g_strcmp0 (text, self->patient->name) != 0)
    {
      g_clear_object (&self->patient);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PATIENT]);
    }

  if (self->patient == NULL)
    search (self, text);
}

static void
choose (BillingPatientSearch *self,
        GtkWidget            *row)
{
  BillingRecord *patient = billing_detail_row_get_record (BILLING_DETAIL_ROW (row));

  billing_patient_search_set_patient (self, BILLING_PATIENT (patient));
}

static void
row_activated_cb (BillingPatientSearch *self,
                  GtkListBoxRow        *row)
{
  if (BILLING_IS_DETAIL_ROW (row))
    choose (self, GTK_WIDGET (row));
}

/* Enter takes the first match; with a patient chosen it is the form's. */
static void
entry_activated_cb (BillingPatientSearch *self)
{
  if (self->patient == NULL && self->rows->len > 0)
    choose (self, g_ptr_array_index (self->rows, 0));
  else
    gtk_widget_activate_default (GTK_WIDGET (self));
}

static gboolean
billing_patient_search_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BILLING_PATIENT_SEARCH (widget)->entry));
}

static void
billing_patient_search_dispose (GObject *object)
{
  BillingPatientSearch *self = BILLING_PATIENT_SEARCH (object);

  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);
  g_clear_object (&self->desk);
  g_clear_object (&self->patient);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (billing_patient_search_parent_class)->dispose (object);
}

static void
billing_patient_search_get_property (GObject    *object,
                                     guint       property_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  BillingPatientSearch *self = BILLING_PATIENT_SEARCH (object);

  switch ((BillingPatientSearchProperty) property_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    case PROP_PATIENT:
      g_value_set_object (value, self->patient);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_patient_search_set_property (GObject      *object,
                                     guint         property_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  BillingPatientSearch *self = BILLING_PATIENT_SEARCH (object);

  switch ((BillingPatientSearchProperty) property_id)
    {
    case PROP_DESK:
      g_set_object (&self->desk, g_value_get_object (value));
      break;
    case PROP_PATIENT:
      billing_patient_search_set_patient (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_patient_search_class_init (BillingPatientSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_patient_search_dispose;
  object_class->get_property = billing_patient_search_get_property;
  object_class->set_property = billing_patient_search_set_property;
  widget_class->grab_focus = billing_patient_search_grab_focus;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, BILLING_TYPE_DESK, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PATIENT] =
    g_param_spec_object ("patient", NULL, NULL, BILLING_TYPE_PATIENT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dialogs/patient-search.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPatientSearch, entry);
  gtk_widget_class_bind_template_child (widget_class, BillingPatientSearch, list);
  gtk_widget_class_bind_template_child (widget_class, BillingPatientSearch, problem);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
}

static void
billing_patient_search_init (BillingPatientSearch *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

BillingPatient *
billing_patient_search_get_patient (BillingPatientSearch *self)
{
  return self->patient;
}

void
billing_patient_search_set_patient (BillingPatientSearch *self,
                                    BillingPatient       *patient)
{
  if (!g_set_object (&self->patient, patient))
    return;

  g_cancellable_cancel (self->searching);
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), patient != NULL ? patient->name : "");
  self->filling = FALSE;
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  clear_matches (self);
  billing_patient_search_set_problem (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PATIENT]);
}

/**
 * billing_patient_search_choose_only:
 * @self: the search
 *
 * Takes the patient who alone matches what is written, where nobody is chosen yet.
 *
 * Returns: whether a patient is chosen now
 */
gboolean
billing_patient_search_choose_only (BillingPatientSearch *self)
{
  if (self->patient == NULL && self->rows->len == 1)
    choose (self, g_ptr_array_index (self->rows, 0));

  return self->patient != NULL;
}

gboolean
billing_patient_search_is_empty (BillingPatientSearch *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->entry)) == '\0';
}

void
billing_patient_search_set_problem (BillingPatientSearch *self,
                                    const char           *message)
{
  billing_problem_row_set_message (self->problem, message);
}
