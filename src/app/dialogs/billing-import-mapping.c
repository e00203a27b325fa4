/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-import-mapping"

#include "config.h"

#include "billing-import-mapping.h"

#include <glib/gi18n.h>

/* A choice of the importer and the words for it. */
typedef struct {
  const char *value;
  const char *label;
} BillingChoice;

static const BillingChoice kinds[] = {
  { "patients", N_("Patients") },
  { "treatments", N_("Treatments") },
  { "eligibility_checks", N_("Eligibility checks") },
};

static const BillingChoice date_orders[] = {
  { "ymd", N_("Year, month, day") },
  { "dmy", N_("Day, month, year") },
  { "mdy", N_("Month, day, year") },
};

struct _BillingImportMapping {
  AdwPreferencesGroup parent_instance;

  /* Template widgets */
  AdwComboRow *kind_row; /* (not owned) */
  AdwComboRow *date_order_row; /* (not owned) */

  BillingImporter *importer; /* (owned) */
  guint file; /* which of the importer's files */
  GStrv targets; /* (owned): what columns can be */
  gboolean filling; /* the choices are being shown, not made */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingImportMapping, billing_import_mapping, ADW_TYPE_PREFERENCES_GROUP)

static void
fill_choices (AdwComboRow         *row,
              const BillingChoice *choices,
              guint                n_choices,
              const char          *value)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < n_choices; i++)
    {
      gtk_string_list_append (model, _(choices[i].label));
      if (g_strcmp0 (choices[i].value, value) == 0)
        selected = i;
    }

  adw_combo_row_set_model (row, G_LIST_MODEL (model));
  adw_combo_row_set_selected (row, selected);
}

static void
tell_changed (BillingImportMapping *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
complain (BillingImportMapping *self,
          GError               *error)
{
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), error->message);
}

static void
kind_selected_cb (BillingImportMapping *self)
{
  guint selected = adw_combo_row_get_selected (self->kind_row);
  g_autoptr (GError) error = NULL;

  if (self->filling || selected >= G_N_ELEMENTS (kinds))
    return;

  if (billing_importer_set_kind (self->importer, self->file, kinds[selected].value, &error))
    tell_changed (self);
  else
    complain (self, error);
}

static void
date_order_selected_cb (BillingImportMapping *self)
{
  guint selected = adw_combo_row_get_selected (self->date_order_row);
  g_autoptr (GError) error = NULL;

  if (self->filling || selected >= G_N_ELEMENTS (date_orders))
    return;

  if (billing_importer_set_date_order (self->importer, self->file, date_orders[selected].value, &error))
    tell_changed (self);
  else
    complain (self, error);
}

static void
column_selected_cb (BillingImportMapping *self,
                    GParamSpec           *pspec,
                    AdwComboRow          *row)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "billing-column"));
  guint selected = adw_combo_row_get_selected (row);
  const char *target = selected > 0 ? self->targets[selected - 1] : NULL;
  g_autoptr (GError) error = NULL;

  if (billing_importer_set_target (self->importer, self->file, column, target, &error))
    tell_changed (self);
  else
    complain (self, error);
}

static void
add_column (BillingImportMapping *self,
            guint                 position,
            BillingImportColumn  *column,
            GListModel           *labels)
{
  g_autoptr (GtkBuilder) builder =
    gtk_builder_new_from_resource ("/com/example/Billing/ui/dialogs/import-column.ui");
  AdwComboRow *row = ADW_COMBO_ROW (gtk_builder_get_object (builder, "row"));
  g_autofree char *subtitle = NULL;
  guint selected = 0;

  for (guint i = 0; self->targets[i] != NULL; i++)
    {
      if (g_strcmp0 (self->targets[i], column->target) == 0)
        selected = i + 1;
    }

  subtitle = column->note != NULL && *column->note != '\0'
    ? g_strdup_printf ("%s\n%s", column->samples, column->note) : g_strdup (column->samples);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), column->header);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_combo_row_set_model (row, labels);
  adw_combo_row_set_selected (row, selected);

  g_object_set_data (G_OBJECT (row), "billing-column", GUINT_TO_POINTER (position));
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (column_selected_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (row));
}

static void
add_columns (BillingImportMapping *self)
{
  GListModel *columns = billing_importer_get_columns (self->importer, self->file);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  self->targets = billing_importer_list_targets (self->importer, self->file);
  gtk_string_list_append (labels, _("Left out"));
  for (guint i = 0; self->targets[i] != NULL; i++)
    gtk_string_list_append (labels, billing_importer_get_target_label (self->targets[i]));

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (BillingImportColumn) column = g_list_model_get_item (columns, i);

      add_column (self, i, column, G_LIST_MODEL (labels));
    }
}

static void
fill_in (BillingImportMapping *self)
{
  g_autoptr (BillingImportFile) file =
    g_list_model_get_item (billing_importer_get_files (self->importer), self->file);

  self->filling = TRUE;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), file->name);
  fill_choices (self->kind_row, kinds, G_N_ELEMENTS (kinds), file->kind);
  fill_choices (self->date_order_row, date_orders, G_N_ELEMENTS (date_orders), file->date_order);
  gtk_widget_set_visible (GTK_WIDGET (self->date_order_row), file->date_order != NULL);
  add_columns (self);
  self->filling = FALSE;
}

static void
billing_import_mapping_finalize (GObject *object)
{
  BillingImportMapping *self = BILLING_IMPORT_MAPPING (object);

  g_clear_object (&self->importer);
  g_strfreev (self->targets);

  G_OBJECT_CLASS (billing_import_mapping_parent_class)->finalize (object);
}

static void
billing_import_mapping_class_init (BillingImportMappingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_import_mapping_finalize;

  /**
   * BillingImportMapping::changed:
   * @self: the mapping
   *
   * Something is taken for something else now; the importer must prepare again.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/Billing/ui/dialogs/import-mapping.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingImportMapping, date_order_row);
  gtk_widget_class_bind_template_child (widget_class, BillingImportMapping, kind_row);
  gtk_widget_class_bind_template_callback (widget_class, date_order_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_selected_cb);
}

static void
billing_import_mapping_init (BillingImportMapping *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_import_mapping_new:
 * @importer: an import that was prepared
 * @file: which of its files, a CSV file
 *
 * Returns: (transfer floating): what the file is taken for
 */
GtkWidget *
billing_import_mapping_new (BillingImporter *importer,
                            guint            file)
{
  BillingImportMapping *self = g_object_new (BILLING_TYPE_IMPORT_MAPPING, NULL);

  self->importer = g_object_ref (importer);
  self->file = file;
  fill_in (self);

  return GTK_WIDGET (self);
}
