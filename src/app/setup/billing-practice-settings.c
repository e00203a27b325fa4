/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-practice-settings"

#include "config.h"

#include "billing-practice-settings.h"

#include <glib/gi18n.h>

#include "billing-entry.h"
#include "billing-money.h"
#include "billing-problem-row.h"

/* What stands on receipts and letters: the names of the rows, and of the practice's properties. */
static const char * const letterhead[] = {
  "address-line", "city", "region", "postal-code", "country", "phone", "email", "receipt-note",
};

#define N_LETTERHEAD G_N_ELEMENTS (letterhead)

struct _BillingPracticeSettings {
  AdwPreferencesGroup parent_instance;

  /* Template widgets. */
  GtkEditable *name;
  GtkEditable *time_zone;
  GtkEditable *locale;
  GtkEditable *refund_limit;
  GtkEditable *link_days;
  BillingProblemRow *name_problem;
  BillingProblemRow *time_zone_problem;
  BillingProblemRow *locale_problem;
  BillingProblemRow *refund_limit_problem;
  BillingProblemRow *link_days_problem;
  GtkEditable *letterhead[N_LETTERHEAD];
  BillingProblemRow *letterhead_problem;
  GtkLabel *currency;
  GtkLabel *folder;

  BillingDesk *desk; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BillingPracticeSettings, billing_practice_settings, ADW_TYPE_PREFERENCES_GROUP)

/* One edit, and where to say what is wrong with it. */
typedef struct {
  BillingPracticeSettings *settings; /* (owned) */
  BillingProblemRow *problem; /* (owned) */
} Edit;

static void
edit_free (Edit *edit)
{
  g_object_unref (edit->settings);
  g_object_unref (edit->problem);
  g_free (edit);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Edit, edit_free)

static void
show_letterhead (BillingPracticeSettings *self)
{
  BillingPractice *practice = billing_desk_get_practice (self->desk);

  for (guint i = 0; i < N_LETTERHEAD; i++)
    {
      g_autofree char *text = NULL;

      g_object_get (practice, letterhead[i], &text, NULL);
      billing_entry_row_show_text (ADW_ENTRY_ROW (self->letterhead[i]), text != NULL ? text : "");
    }
}

static void
show_practice (BillingPracticeSettings *self)
{
  BillingProblemRow *problems[] = { self->name_problem, self->time_zone_problem, self->locale_problem,
                                    self->refund_limit_problem, self->link_days_problem, self->letterhead_problem };
  BillingPractice *practice = billing_desk_get_practice (self->desk);
  BillingMoney limit = billing_money_new (practice->refund_limit, practice->currency);
  g_autofree char *written = practice->refund_limit != 0 ? billing_money_format (limit, NULL) : NULL;
  g_autofree char *days = g_strdup_printf ("%" G_GINT64_FORMAT, practice->link_days);
  g_autofree char *folder =
    g_filename_display_name (billing_store_get_folder (billing_desk_get_store (self->desk)));

  billing_entry_row_show_text (ADW_ENTRY_ROW (self->name), practice->name);
  billing_entry_row_show_text (ADW_ENTRY_ROW (self->time_zone), practice->time_zone);
  billing_entry_row_show_text (ADW_ENTRY_ROW (self->locale), practice->locale != NULL ? practice->locale : "");
  billing_entry_row_show_text (ADW_ENTRY_ROW (self->refund_limit), written != NULL ? written : "");
  billing_entry_row_show_text (ADW_ENTRY_ROW (self->link_days), days);
  show_letterhead (self);
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
  BillingPracticeSettings *self = edit->settings;
  g_autoptr (GError) error = NULL;

  billing_desk_do_finish (BILLING_DESK (object), result, &error);

  /* The settings may have gone meanwhile. */
  if (self->desk == NULL)
    return;

  /* What was refused stays to be corrected. */
  if (error != NULL)
    {
      billing_problem_row_set_message (edit->problem, error->message);
      return;
    }

  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Saved"));
  show_practice (self);
}

static void
edit (BillingPracticeSettings *self,
      BillingProblemRow  *problem,
      const char         *property,
      const char         *value)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);
  Edit *edit = g_new (Edit, 1);

  edit->settings = g_object_ref (self);
  edit->problem = g_object_ref (problem);
  g_object_set (act, property, value, NULL);
  billing_desk_do_async (self->desk, act, NULL, edited_cb, edit);
}

static void
name_cb (BillingPracticeSettings *self)
{
  edit (self, self->name_problem, "name", gtk_editable_get_text (self->name));
}

static void
time_zone_cb (BillingPracticeSettings *self)
{
  edit (self, self->time_zone_problem, "time-zone", gtk_editable_get_text (self->time_zone));
}

static void
locale_cb (BillingPracticeSettings *self)
{
  edit (self, self->locale_problem, "locale", gtk_editable_get_text (self->locale));
}

static void
refund_limit_cb (BillingPracticeSettings *self)
{
  const char *text = gtk_editable_get_text (self->refund_limit);
  g_autofree char *digits = NULL;
  g_autoptr (GError) error = NULL;
  BillingMoney limit = { 0 };

  if (*text != '\0' &&
      !billing_money_parse (text, billing_desk_get_practice (self->desk)->currency, NULL, &limit,
                            &error))
    {
      billing_problem_row_set_message (self->refund_limit_problem, error->message);
      return;
    }

  digits = g_strdup_printf ("%" G_GINT64_FORMAT, limit.minor);
  edit (self, self->refund_limit_problem, "refund-limit", digits);
}

/* How many are sensible is the desk's to say. */
static void
link_days_cb (BillingPracticeSettings *self)
{
  edit (self, self->link_days_problem, "link-days", gtk_editable_get_text (self->link_days));
}

static void
letterhead_cb (BillingPracticeSettings *self,
               GtkEditable             *row)
{
  for (guint i = 0; i < N_LETTERHEAD; i++)
    {
      if (self->letterhead[i] == row)
        edit (self, self->letterhead_problem, letterhead[i], gtk_editable_get_text (row));
    }
}

/* Whoever may not change them reads why, and sees them. */
static void
show_role (BillingPracticeSettings *self)
{
  GtkEditable *rows[] = { self->name, self->time_zone, self->locale, self->refund_limit, self->link_days };
  gboolean may = billing_desk_may (self->desk, BILLING_VERB_PRACTICE_EDIT);
  g_autofree char *refusal = NULL;

  if (!may)
    refusal = billing_verb_refusal (BILLING_VERB_PRACTICE_EDIT,
                                    billing_desk_get_person (self->desk)->role);

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         may ? _("Shared by everybody who works here.") : refusal);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_editable_set_editable (rows[i], may);
  for (guint i = 0; i < N_LETTERHEAD; i++)
    gtk_editable_set_editable (self->letterhead[i], may);
}

static void
billing_practice_settings_dispose (GObject *object)
{
  BillingPracticeSettings *self = BILLING_PRACTICE_SETTINGS (object);

  g_clear_object (&self->desk);

  G_OBJECT_CLASS (billing_practice_settings_parent_class)->dispose (object);
}

static void
billing_practice_settings_class_init (BillingPracticeSettingsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_practice_settings_dispose;

  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/setup/practice-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeSettings, currency);
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeSettings, folder);
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeSettings, link_days);
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeSettings, link_days_problem);
  for (guint i = 0; i < N_LETTERHEAD; i++)
    gtk_widget_class_bind_template_child_full (widget_class, letterhead[i], FALSE,
                                               G_STRUCT_OFFSET (BillingPracticeSettings, letterhead) +
                                               (gssize) (i * sizeof (GtkEditable *)));
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeSettings, letterhead_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeSettings, locale);
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeSettings, locale_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeSettings, name);
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeSettings, name_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeSettings, refund_limit);
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeSettings,
                                        refund_limit_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeSettings, time_zone);
  gtk_widget_class_bind_template_child (widget_class, BillingPracticeSettings, time_zone_problem);
  gtk_widget_class_bind_template_callback (widget_class, link_days_cb);
  gtk_widget_class_bind_template_callback (widget_class, letterhead_cb);
  gtk_widget_class_bind_template_callback (widget_class, locale_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_cb);
  gtk_widget_class_bind_template_callback (widget_class, refund_limit_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_zone_cb);
}

static void
billing_practice_settings_init (BillingPracticeSettings *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_practice_settings_set_desk:
 * @self: the settings
 * @desk: (nullable): of the practice; shows anew what is there
 */
void
billing_practice_settings_set_desk (BillingPracticeSettings *self,
                                    BillingDesk             *desk)
{
  g_set_object (&self->desk, desk);
  if (desk == NULL)
    return;

  show_practice (self);
  show_role (self);
}
