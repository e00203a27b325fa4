/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-place-row"

#include "config.h"

#include "billing-place-row.h"

#include <glib/gi18n.h>

#include "billing-entry.h"
#include "billing-json-texts.h"
#include "billing-problem-row.h"
#include "billing-treatment.h"

/* The rows: their ids, and the names of the record's properties. A record that has no such property does not show the row. */
static const char * const texts[] = {
  "name", "address-line", "city", "region", "postal-code", "country", "phone", "npi", "specialty",
};

#define N_TEXTS G_N_ELEMENTS (texts)

struct _BillingPlaceRow {
  AdwExpanderRow parent_instance;

  /* Template widgets. */
  GtkEditable *texts[N_TEXTS];
  BillingProblemRow *problem;

  BillingDesk *desk; /* (owned) */
  BillingRecord *record; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingPlaceRow, billing_place_row, ADW_TYPE_EXPANDER_ROW)

static BillingVerb
get_verb (BillingPlaceRow *self)
{
  return BILLING_IS_LOCATION (self->record) ? BILLING_VERB_LOCATION_EDIT : BILLING_VERB_PHYSICIAN_EDIT;
}

static void
edited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (BillingPlaceRow) self = user_data;
  g_autoptr (GError) error = NULL;

  /* What was refused stays to be corrected. */
  billing_desk_do_finish (BILLING_DESK (object), result, &error);
  billing_problem_row_set_message (self->problem, error != NULL ? error->message : NULL);
  if (error == NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Saved"));
}

static void
text_cb (BillingPlaceRow *self,
         GtkEditable     *row)
{
  g_autoptr (BillingAct) act = billing_act_new (get_verb (self), billing_record_get_id (self->record));
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < N_TEXTS; i++)
    {
      if (self->texts[i] == row)
        g_hash_table_insert (fields, g_strdup (texts[i]), g_strdup (gtk_editable_get_text (row)));
    }
  act->fields = billing_json_texts_build (fields);
  billing_desk_do_async (self->desk, act, NULL, edited_cb, g_object_ref (self));
}

static void
billing_place_row_finalize (GObject *object)
{
  BillingPlaceRow *self = BILLING_PLACE_ROW (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->record);

  G_OBJECT_CLASS (billing_place_row_parent_class)->finalize (object);
}

static void
billing_place_row_class_init (BillingPlaceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_place_row_finalize;

  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/setup/place-row.ui");
  for (guint i = 0; i < N_TEXTS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, texts[i], FALSE, G_STRUCT_OFFSET (BillingPlaceRow, texts) +
                                               (gssize) (i * sizeof (GtkEditable *)));
  gtk_widget_class_bind_template_child (widget_class, BillingPlaceRow, problem);
  gtk_widget_class_bind_template_callback (widget_class, text_cb);
}

static void
billing_place_row_init (BillingPlaceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_place_row_new:
 * @desk: who may change it
 * @record: a location or a physician
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
billing_place_row_new (BillingDesk   *desk,
                       BillingRecord *record)
{
  BillingPlaceRow *self = g_object_new (BILLING_TYPE_PLACE_ROW, NULL);

  self->desk = g_object_ref (desk);
  billing_place_row_set_record (self, record);
  return GTK_WIDGET (self);
}

BillingRecord *
billing_place_row_get_record (BillingPlaceRow *self)
{
  return self->record;
}

static void
show_text (BillingPlaceRow *self,
           guint            i,
           gboolean         may)
{
  gboolean is_known = g_object_class_find_property (G_OBJECT_GET_CLASS (self->record), texts[i]) != NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->texts[i]), is_known);
  gtk_editable_set_editable (self->texts[i], may);
  if (!is_known)
    return;

  g_object_get (self->record, texts[i], &text, NULL);
  billing_entry_row_show_text (ADW_ENTRY_ROW (self->texts[i]), text != NULL ? text : "");
}

/**
 * billing_place_row_set_record:
 * @self: a row
 * @record: what it shows now
 */
void
billing_place_row_set_record (BillingPlaceRow *self,
                              BillingRecord   *record)
{
  g_autofree char *name = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  gboolean may;

  g_set_object (&self->record, record);
  may = billing_desk_may (self->desk, get_verb (self));
  for (guint i = 0; i < N_TEXTS; i++)
    show_text (self, i, may);
  g_object_get (record, "name", &name, BILLING_IS_LOCATION (record) ? "city" : "specialty", &detail, NULL);
  title = g_markup_escape_text (name != NULL ? name : "", -1);
  subtitle = g_markup_escape_text (detail != NULL ? detail : "", -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
}
