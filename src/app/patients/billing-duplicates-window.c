/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-duplicates-window"

#include "config.h"

#include "billing-duplicates-window.h"

#include <glib/gi18n.h>

#include "billing-desk-patients.h"
#include "billing-format.h"
#include "billing-message-bar.h"

/* Whoever merged those looks again. */
#define MAX_PAIRS 100

struct _BillingDuplicatesWindow {
  BillingDialog parent_instance;

  /* Template widgets (not owned) */
  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (BillingDuplicatesWindow, billing_duplicates_window, BILLING_TYPE_DIALOG)

/* What one read brings. */
typedef struct {
  BillingDuplicatesWindow *window; /* (not owned): gone when the read was cancelled */
  GPtrArray *found; /* (owned) (nullable) (element-type BillingDuplicate) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_pointer (&reading->found, g_ptr_array_unref);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static char *
describe_one (const char *number,
              const char *name,
              const char *birth_date,
              const char *has)
{
  g_autofree char *born = billing_format_day (NULL, birth_date);
  g_autoptr (GString) text = g_string_new (number);

  g_string_append_printf (text, " · %s", name);
  if (*born != '\0')
    g_string_append_printf (text, " · %s", born);
  if (*has != '\0')
    g_string_append_printf (text, " · %s", has);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
create_row (BillingDuplicate *duplicate)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_("Merge…"));
  g_autofree char *first = describe_one (duplicate->number, duplicate->name, duplicate->birth_date, duplicate->has);
  g_autofree char *second = describe_one (duplicate->other, duplicate->other_name, duplicate->other_birth_date,
                                          duplicate->other_has);
  g_autofree char *subtitle = g_strjoin ("\n", first, second, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), billing_duplicate_get_label (duplicate));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "duplicates.merge");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", duplicate->other, duplicate->number);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static gboolean
read_duplicates (BillingConnection  *connection,
                 gpointer            data,
                 GCancellable       *cancellable,
                 GError            **error)
{
  Reading *reading = data;

  reading->found = billing_duplicates_read (connection, MAX_PAIRS, error);
  return reading->found != NULL;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Reading) reading = user_data;
  g_autoptr (GError) error = NULL;

  if (!billing_store_read_finish (BILLING_STORE (object), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        billing_dialog_complain (BILLING_DIALOG (reading->window), error->message);
      return;
    }

  for (guint i = 0; i < reading->found->len; i++)
    gtk_list_box_append (reading->window->list, create_row (reading->found->pdata[i]));
  gtk_stack_set_visible_child_name (reading->window->stack, reading->found->len > 0 ? "found" : "none");
}

/* The question about two of them takes this window's place. */
static void
merge_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  gtk_window_close (GTK_WINDOW (widget));
  if (parent != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (parent), "win.merge-patients", parameter);
}

static void
billing_duplicates_window_class_init (BillingDuplicatesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (BILLING_TYPE_MESSAGE_BAR);
  gtk_widget_class_install_action (widget_class, "duplicates.merge", "(ss)", merge_action);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/patients/duplicates-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingDuplicatesWindow, list);
  gtk_widget_class_bind_template_child (widget_class, BillingDuplicatesWindow, stack);
}

static void
billing_duplicates_window_init (BillingDuplicatesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_duplicates_window_new:
 * @desk: who looks
 *
 * Returns: (transfer none): the window, to be presented
 */
GtkWindow *
billing_duplicates_window_new (BillingDesk *desk)
{
  BillingDuplicatesWindow *self = g_object_new (BILLING_TYPE_DUPLICATES_WINDOW, "desk", desk, NULL);
  Reading *reading = g_new0 (Reading, 1);

  reading->window = self;
  billing_store_read_async (billing_desk_get_store (desk), read_duplicates, reading, NULL,
                            billing_dialog_get_cancellable (BILLING_DIALOG (self)), read_cb, reading);
  return GTK_WINDOW (self);
}
