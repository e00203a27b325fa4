/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-tax-register-dialog"

#include "config.h"

#include "billing-tax-register-dialog.h"

#include <glib/gi18n.h>

#include "billing-day-row.h"
#include "billing-entry.h"
#include "billing-json-texts.h"
#include "billing-problem-row.h"
#include "billing-tax-choice-row.h"
#include "billing-tax-scheme.h"

struct _BillingTaxRegisterDialog {
  BillingDialog parent_instance;

  /* Template widgets. */
  BillingTaxChoiceRow *country;
  BillingProblemRow *country_problem;
  BillingTaxChoiceRow *type;
  BillingProblemRow *type_problem;
  BillingTaxChoiceRow *region;
  BillingProblemRow *region_problem;
  AdwEntryRow *jurisdiction;
  BillingProblemRow *jurisdiction_problem;
  BillingTaxChoiceRow *scheme;
  BillingProblemRow *scheme_problem;
  AdwPreferencesGroup *period;
  GtkCheckButton *now;
  GtkCheckButton *later;
  BillingDayRow *day;
  BillingProblemRow *day_problem;

  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (BillingTaxRegisterDialog, billing_tax_register_dialog, BILLING_TYPE_DIALOG)

static const char *
get_country (BillingTaxRegisterDialog *self)
{
  return billing_tax_choice_row_get_word (self->country);
}

static const char *
get_type (BillingTaxRegisterDialog *self)
{
  return billing_tax_choice_row_get_word (self->type);
}

static void
clear_problems (BillingTaxRegisterDialog *self)
{
  BillingProblemRow *problems[] = { self->country_problem, self->type_problem, self->region_problem, self->jurisdiction_problem,
                                    self->scheme_problem, self->day_problem };

  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    billing_problem_row_set_message (problems[i], NULL);
}

/* What depends on the type; what Stripe does not ask for there is not to be seen. */
static void
show_details (BillingTaxRegisterDialog *self)
{
  const char *country = get_country (self);
  const char *type = get_type (self);
  const BillingTaxRegion *regions = billing_tax_list_regions (country, type);
  const char * const *schemes = billing_tax_list_schemes (country, type);
  gboolean has_regions = regions->code != NULL;
  g_autofree char *region = g_strdup (billing_tax_choice_row_get_word (self->region));

  billing_tax_choice_row_clear (self->region);
  for (; regions->code != NULL; regions++)
    billing_tax_choice_row_add (self->region, regions->code, regions->name);
  billing_tax_choice_row_finish (self->region);
  /* Whoever chose the state first need not do so again. */
  if (has_regions && billing_tax_find_region (country, region) != NULL)
    billing_tax_choice_row_set_word (self->region, region);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->region), g_str_equal (country, "CA") ? _("Province") : _("State"));

  billing_tax_choice_row_clear (self->scheme);
  for (guint i = 0; schemes[i] != NULL; i++)
    billing_tax_choice_row_add (self->scheme, schemes[i], billing_tax_get_scheme_label (schemes[i]));
  billing_tax_choice_row_finish (self->scheme);
  if (schemes[0] != NULL)
    billing_tax_choice_row_set_word (self->scheme, schemes[0]);

  gtk_widget_set_visible (GTK_WIDGET (self->region), has_regions);
  gtk_widget_set_visible (GTK_WIDGET (self->scheme), schemes[0] != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->jurisdiction), billing_tax_needs_jurisdiction (country, type));
}

static void
show_types (BillingTaxRegisterDialog *self)
{
  const char *country = get_country (self);
  const char * const *types = billing_tax_list_types (country);

  self->is_filling = TRUE;
  billing_tax_choice_row_clear (self->type);
  for (guint i = 0; types[i] != NULL; i++)
    billing_tax_choice_row_add (self->type, types[i], billing_tax_get_type_label (types[i]));
  billing_tax_choice_row_finish (self->type);
  /* The usual one stands first. */
  if (types[0] != NULL)
    billing_tax_choice_row_set_word (self->type, types[0]);
  show_details (self);
  self->is_filling = FALSE;

  gtk_widget_set_visible (GTK_WIDGET (self->type), types[0] != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->period), types[0] != NULL);
}

static void
country_cb (BillingTaxRegisterDialog *self)
{
  clear_problems (self);
  show_types (self);
}

static void
type_cb (BillingTaxRegisterDialog *self)
{
  if (self->is_filling)
    return;

  clear_problems (self);
  show_details (self);
}

static void
edited_cb (BillingTaxRegisterDialog *self)
{
  if (!self->is_filling)
    clear_problems (self);
}

static void
when_cb (BillingTaxRegisterDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->day), gtk_check_button_get_active (self->later));
  billing_problem_row_set_message (self->day_problem, NULL);
}

static void
show_problem (BillingTaxRegisterDialog *self,
              const char               *field,
              const char               *problem)
{
  struct {
    const char *field;
    BillingProblemRow *row;
  } rows[] = {
    { "country", self->country_problem }, { "type", self->type_problem }, { "region", self->region_problem },
    { "jurisdiction", self->jurisdiction_problem }, { "scheme", self->scheme_problem },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    billing_problem_row_set_message (rows[i].row, g_strcmp0 (rows[i].field, field) == 0 ? problem : NULL);
}

static gboolean
get_day (BillingTaxRegisterDialog  *self,
         char                     **day)
{
  g_autoptr (GError) error = NULL;

  *day = NULL;
  if (gtk_check_button_get_active (self->now))
    return TRUE;
  if (billing_day_row_get_day (self->day, day, &error) && *day != NULL)
    return TRUE;

  billing_problem_row_set_message (self->day_problem, error != NULL ? error->message : _("Enter the day, or choose to start now."));
  gtk_widget_grab_focus (GTK_WIDGET (self->day));
  return FALSE;
}

static void
add (GHashTable *fields,
     const char *name,
     const char *text)
{
  if (text != NULL && *text != '\0')
    g_hash_table_insert (fields, (gpointer) name, g_strdup (text));
}

static void
add_cb (BillingTaxRegisterDialog *self)
{
  g_autofree char *jurisdiction = gtk_widget_get_visible (GTK_WIDGET (self->jurisdiction))
                                    ? billing_entry_row_dup_text (self->jurisdiction) : NULL;
  BillingTaxWish wish = { get_country (self), get_type (self), billing_tax_choice_row_get_word (self->region), jurisdiction,
                          billing_tax_choice_row_get_word (self->scheme) };
  const char *field = NULL;
  g_autofree char *problem = billing_tax_check (&wish, &field);
  g_autofree char *day = NULL;
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (BillingAct) act = NULL;

  show_problem (self, field, problem);
  if (problem != NULL || !get_day (self, &day))
    return;

  add (fields, "country", wish.country);
  add (fields, "type", wish.type);
  add (fields, "region", wish.region);
  add (fields, "jurisdiction", jurisdiction);
  add (fields, "scheme", wish.scheme);
  add (fields, "active_from", day);
  act = billing_act_new (BILLING_VERB_TAX_REGISTER, NULL);
  act->fields = billing_json_texts_build (fields);
  billing_dialog_do (BILLING_DIALOG (self), act);
}

static gboolean
billing_tax_register_dialog_is_changed (BillingDialog *dialog)
{
  BillingTaxRegisterDialog *self = BILLING_TAX_REGISTER_DIALOG (dialog);

  return *billing_tax_choice_row_get_word (self->region) != '\0' ||
         *gtk_editable_get_text (GTK_EDITABLE (self->jurisdiction)) != '\0';
}

static void
billing_tax_register_dialog_done (BillingDialog *dialog,
                                  BillingAct    *act)
{
  billing_dialog_tell_window (dialog, "win.toast", _("Stripe is being told"));
}

static void
billing_tax_register_dialog_class_init (BillingTaxRegisterDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  BILLING_DIALOG_CLASS (klass)->is_changed = billing_tax_register_dialog_is_changed;
  BILLING_DIALOG_CLASS (klass)->done = billing_tax_register_dialog_done;

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);
  g_type_ensure (BILLING_TYPE_TAX_CHOICE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/tax-register-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegisterDialog, country);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegisterDialog, country_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegisterDialog, day);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegisterDialog, day_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegisterDialog, jurisdiction);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegisterDialog, jurisdiction_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegisterDialog, later);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegisterDialog, now);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegisterDialog, period);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegisterDialog, region);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegisterDialog, region_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegisterDialog, scheme);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegisterDialog, scheme_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegisterDialog, type);
  gtk_widget_class_bind_template_child (widget_class, BillingTaxRegisterDialog, type_problem);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, country_cb);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, type_cb);
  gtk_widget_class_bind_template_callback (widget_class, when_cb);
}

static void
billing_tax_register_dialog_init (BillingTaxRegisterDialog *self)
{
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  billing_tax_choice_row_clear (self->country);
  billing_tax_choice_row_add_countries (self->country, billing_tax_list_countries ());
  billing_tax_choice_row_finish (self->country);
  self->is_filling = FALSE;
}

/**
 * billing_tax_register_dialog_new:
 * @desk: whose practice
 * @country: (nullable): where the head office is
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
billing_tax_register_dialog_new (BillingDesk *desk,
                                 const char  *country)
{
  BillingTaxRegisterDialog *self = g_object_new (BILLING_TYPE_TAX_REGISTER_DIALOG, "desk", desk, NULL);

  if (country != NULL && billing_tax_is_known_country (country))
    billing_tax_choice_row_set_word (self->country, country);
  show_types (self);
  return GTK_WINDOW (self);
}
