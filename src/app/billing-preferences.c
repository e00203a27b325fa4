/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-preferences"

#include "config.h"

#include "billing-preferences.h"

#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-money.h"
#include "billing-problem-row.h"

struct _BillingPreferences {
  AdwPreferencesWindow parent_instance;

  /* Template widgets. */
  AdwPreferencesPage *practice_page;
  AdwPreferencesPage *computer_page;
  AdwPreferencesGroup *practice;
  GtkEditable *name;
  GtkEditable *time_zone;
  GtkEditable *locale;
  GtkEditable *refund_limit;
  BillingProblemRow *name_problem;
  BillingProblemRow *time_zone_problem;
  BillingProblemRow *locale_problem;
  BillingProblemRow *refund_limit_problem;
  GtkLabel *currency;
  GtkLabel *folder;
  GtkSwitch *show_sidebar;

  GSettings *settings; /* (owned) */
  BillingDesk *desk; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BillingPreferences, billing_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* One edit, and where to say what is wrong with it. */
typedef struct {
  BillingPreferences *preferences; /* (owned) */
  BillingProblemRow *problem; /* (owned) */
} Edit;

static void
edit_free (Edit *edit)
{
  g_object_unref (edit->preferences);
  g_object_unref (edit->problem);
  g_free (edit);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Edit, edit_free)

/* Not as if somebody had typed it: there is nothing to apply then. */
static void
show_text (GtkEditable *row,
           const char  *text)
{
  if (g_str_equal (gtk_editable_get_text (row), text))
    return;

  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), FALSE);
  gtk_editable_set_text (row, text);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
}

static void
show_practice (BillingPreferences *self)
{
  BillingProblemRow *problems[] = { self->name_problem, self->time_zone_problem, self->locale_problem,
                                    self->refund_limit_problem };
  BillingPractice *practice = billing_desk_get_practice (self->desk);
  BillingMoney limit = billing_money_new (practice->refund_limit, practice->currency);
  g_autofree char *written = practice->refund_limit != 0 ? billing_money_format (limit, NULL) : NULL;
  g_autofree char *folder =
    g_filename_display_name (billing_store_get_folder (billing_desk_get_store (self->desk)));

  show_text (self->name, practice->name);
  show_text (self->time_zone, practice->time_zone);
  show_text (self->locale, practice->locale != NULL ? practice->locale : "");
  show_text (self->refund_limit, written != NULL ? written : "");
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    billing_problem_row_set_message (problems[i], NULL);
  gtk_label_set_label (self->currency, practice->currency);
  gtk_label_set_label (self->folder, folder);
}

static void
edited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Edit) edit = user_data;
  BillingPreferences *self = edit->preferences;
  g_autoptr (GError) error = NULL;

  billing_desk_do_finish (BILLING_DESK (object), result, &error);

  /* The window may have been closed meanwhile. */
  if (self->name == NULL)
    return;

  /* What was refused stays to be corrected. */
  if (error != NULL)
    {
      billing_problem_row_set_message (edit->problem, error->message);
      return;
    }

  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), adw_toast_new (_("Saved")));
  show_practice (self);
}

static void
edit (BillingPreferences *self,
      BillingProblemRow  *problem,
      const char         *property,
      const char         *value)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);
  Edit *edit = g_new (Edit, 1);

  edit->preferences = g_object_ref (self);
  edit->problem = g_object_ref (problem);
  g_object_set (act, property, value, NULL);
  billing_desk_do_async (self->desk, act, NULL, edited_cb, edit);
}

static void
name_cb (BillingPreferences *self)
{
  edit (self, self->name_problem, "name", gtk_editable_get_text (self->name));
}

static void
time_zone_cb (BillingPreferences *self)
{
  edit (self, self->time_zone_problem, "time-zone", gtk_editable_get_text (self->time_zone));
}

static void
locale_cb (BillingPreferences *self)
{
  edit (self, self->locale_problem, "locale", gtk_editable_get_text (self->locale));
}

static void
refund_limit_cb (BillingPreferences *self)
{
  const char *text = gtk_editable_get_text (self->refund_limit);
  g_autofree char *digits = NULL;
  g_autoptr (GError) error = NULL;
  BillingMoney limit = { 0 };

  if (*text != '\0' &&
      !billing_money_parse (text, billing_desk_get_practice (self->desk)->currency, NULL, &limit, &error))
    {
      billing_problem_row_set_message (self->refund_limit_problem, error->message);
      return;
    }

  digits = g_strdup_printf ("%" G_GINT64_FORMAT, limit.minor);
  edit (self, self->refund_limit_problem, "refund-limit", digits);
}

static void
add_practice (BillingPreferences *self,
              BillingDesk        *desk)
{
  g_autofree char *refusal = NULL;

  self->desk = g_object_ref (desk);
  show_practice (self);
  if (billing_desk_may (desk, BILLING_VERB_PRACTICE_EDIT))
    return;

  refusal = billing_verb_refusal (BILLING_VERB_PRACTICE_EDIT, billing_desk_get_person (desk)->role);
  adw_preferences_group_set_description (self->practice, refusal);
  gtk_editable_set_editable (self->name, FALSE);
  gtk_editable_set_editable (self->time_zone, FALSE);
  gtk_editable_set_editable (self->locale, FALSE);
  gtk_editable_set_editable (self->refund_limit, FALSE);
}

static void
billing_preferences_dispose (GObject *object)
{
  BillingPreferences *self = BILLING_PREFERENCES (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->desk);
  gtk_widget_dispose_template (GTK_WIDGET (self), BILLING_TYPE_PREFERENCES);

  G_OBJECT_CLASS (billing_preferences_parent_class)->dispose (object);
}

static void
billing_preferences_class_init (BillingPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_preferences_dispose;

  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, computer_page);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, currency);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, folder);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, locale);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, locale_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, name);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, name_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, practice);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, practice_page);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, refund_limit);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, refund_limit_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, show_sidebar);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, time_zone);
  gtk_widget_class_bind_template_child (widget_class, BillingPreferences, time_zone_problem);
  gtk_widget_class_bind_template_callback (widget_class, locale_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_cb);
  gtk_widget_class_bind_template_callback (widget_class, refund_limit_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_zone_cb);
}

static void
billing_preferences_init (BillingPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = g_settings_new (APPLICATION_ID);
  g_settings_bind (self->settings, "show-sidebar", self->show_sidebar, "active", G_SETTINGS_BIND_DEFAULT);
}

/**
 * billing_preferences_new:
 * @desk: (nullable): of the practice; %NULL leaves only what is this computer's
 *
 * Returns: (transfer none): a window
 */
GtkWindow *
billing_preferences_new (BillingDesk *desk)
{
  BillingPreferences *self = g_object_new (BILLING_TYPE_PREFERENCES, NULL);

  if (desk != NULL)
    {
      add_practice (self, desk);
      return GTK_WINDOW (self);
    }

  /* The page that is seen must not be the one that goes: nothing would be seen. */
  adw_preferences_window_set_visible_page (ADW_PREFERENCES_WINDOW (self), self->computer_page);
  adw_preferences_window_remove (ADW_PREFERENCES_WINDOW (self), self->practice_page);

  return GTK_WINDOW (self);
}
