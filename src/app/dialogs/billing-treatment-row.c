/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-treatment-row"

#include "config.h"

#include "billing-treatment-row.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-format.h"
#include "billing-read.h"

/* As many as anybody looks through; older ones are found on the treatments page. */
#define N_TREATMENTS 200

struct _BillingTreatmentRow {
  AdwComboRow parent_instance;

  GPtrArray *treatments; /* (owned) (element-type BillingTreatment): of the patient, in the order of the row */
  char *wanted; /* (owned) (nullable): id or number of the one to choose first */
  GCancellable *reading; /* (owned) (nullable) */
};

enum { LOADED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingTreatmentRow, billing_treatment_row, ADW_TYPE_COMBO_ROW)

static char *
describe_treatment (BillingTreatment *treatment)
{
  g_autofree char *day = billing_format_day (NULL, treatment->day);

  if (treatment->physician == NULL || *treatment->physician == '\0')
    return g_strdup_printf ("%s · %s", treatment->number, day);

  return g_strdup_printf ("%s · %s · %s", treatment->number, day, treatment->physician);
}

static gboolean
is_wanted (BillingTreatmentRow *self,
           BillingTreatment    *treatment)
{
  return self->wanted != NULL &&
         (g_str_equal (treatment->number, self->wanted) ||
          g_strcmp0 (billing_record_get_id (BILLING_RECORD (treatment)), self->wanted) == 0);
}

/* Row 0 says that there is none. */
static void
fill (BillingTreatmentRow *self,
      GPtrArray           *treatments)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  guint selected = 0;

  g_ptr_array_set_size (self->treatments, 0);
  gtk_string_list_append (model, _("None"));

  for (guint i = 0; treatments != NULL && i < treatments->len; i++)
    {
      BillingTreatment *treatment = g_ptr_array_index (treatments, i);
      g_autofree char *text = describe_treatment (treatment);

      gtk_string_list_append (model, text);
      g_ptr_array_add (self->treatments, g_object_ref (treatment));
      if (is_wanted (self, treatment))
        selected = i + 1;
    }

  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected);
  gtk_widget_set_sensitive (GTK_WIDGET (self), self->treatments->len > 0);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  BillingTreatmentRow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) treatments = billing_read_finish (BILLING_STORE (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  fill (self, treatments);
  g_signal_emit (self, signals[LOADED], 0, error != NULL ? error->message : NULL);
}

static void
billing_treatment_row_dispose (GObject *object)
{
  BillingTreatmentRow *self = BILLING_TREATMENT_ROW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);

  G_OBJECT_CLASS (billing_treatment_row_parent_class)->dispose (object);
}

static void
billing_treatment_row_finalize (GObject *object)
{
  BillingTreatmentRow *self = BILLING_TREATMENT_ROW (object);

  g_ptr_array_unref (self->treatments);
  g_free (self->wanted);

  G_OBJECT_CLASS (billing_treatment_row_parent_class)->finalize (object);
}

static void
billing_treatment_row_class_init (BillingTreatmentRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = billing_treatment_row_dispose;
  object_class->finalize = billing_treatment_row_finalize;

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
billing_treatment_row_init (BillingTreatmentRow *self)
{
  self->treatments = g_ptr_array_new_with_free_func (g_object_unref);
  fill (self, NULL);
}

/**
 * billing_treatment_row_set_patient:
 * @self: a row
 * @desk: whose practice
 * @patient: (nullable): whose treatments, by id; %NULL: none to choose from
 * @treatment: (nullable): id or number of the one to choose first
 */
void
billing_treatment_row_set_patient (BillingTreatmentRow *self,
                                   BillingDesk         *desk,
                                   const char          *patient,
                                   const char          *treatment)
{
  g_autoptr (BillingQuery) query = NULL;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_free (self->wanted);
  self->wanted = g_strdup (treatment);
  fill (self, NULL);
  if (patient == NULL)
    return;

  self->reading = g_cancellable_new ();
  query = billing_desk_query (desk, "treatments");
  g_object_set (query, "patient", patient, "limit", (gint64) N_TREATMENTS, NULL);
  billing_read_query_async (billing_desk_get_store (desk), query, self->reading, read_cb, self);
}

/**
 * billing_treatment_row_get_treatment:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the one that is chosen
 */
BillingTreatment *
billing_treatment_row_get_treatment (BillingTreatmentRow *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION || selected > self->treatments->len)
    return NULL;

  return g_ptr_array_index (self->treatments, selected - 1);
}

/**
 * billing_treatment_row_get_id:
 * @self: a row
 *
 * Returns: the id of the one that is chosen, empty for none: as acts name it
 */
const char *
billing_treatment_row_get_id (BillingTreatmentRow *self)
{
  BillingTreatment *treatment = billing_treatment_row_get_treatment (self);

  return treatment != NULL ? billing_record_get_id (BILLING_RECORD (treatment)) : "";
}
