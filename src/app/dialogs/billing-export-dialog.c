/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-export-dialog"

#include "config.h"

#include "billing-export-dialog.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-export-preview.h"
#include "billing-exporter.h"
#include "billing-file-choice.h"
#include "billing-filter-checks.h"
#include "billing-filter-range.h"
#include "billing-format.h"
#include "billing-list-export.h"
#include "billing-list-statuses.h"
#include "billing-list.h"

/* Milliseconds after a change before it is counted again: somebody is still writing. */
#define PAUSE 150

/* One of the lists to choose among. */
typedef struct {
  BillingQuery *query; /* (owned): as its page has it */
  GStrv columns;       /* (owned) (nullable): all */
} Choice;

struct _BillingExportDialog {
  BillingDialog parent_instance;

  /* Template widgets. */
  GtkStack *stack;
  AdwComboRow *what_row;
  GtkStringList *whats;
  AdwEntryRow *search_row;
  GtkWidget *others_row;
  GtkSwitch *others;
  GtkWidget *days_box;
  BillingFilterRange *days;
  GtkWidget *status_box;
  AdwBin *status_bin;
  GtkWidget *amount_box;
  BillingFilterRange *amount;
  GtkLabel *preview;
  GtkWidget *confirm_button;
  GtkProgressBar *bar;
  GtkLabel *count;

  GPtrArray *choices;      /* (owned) (element-type Choice) */
  GCancellable *counting;  /* (owned) (nullable) */
  GCancellable *exporting; /* (owned) (nullable) */
  GtkFileChooserNative *chooser; /* (owned) (nullable) */
  BillingQuery *exported;  /* (owned) (nullable): what is on its way */
  char *path;              /* (owned) (nullable): likewise */
  guint pause;
  gboolean busy;           /* setting our own widgets */
};

G_DEFINE_FINAL_TYPE (BillingExportDialog, billing_export_dialog, BILLING_TYPE_DIALOG)

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_object_unref (choice->query);
  g_strfreev (choice->columns);
  g_free (choice);
}

/* What is asked for. */

/* The filters of a list that have no place in the dialog. Each is told by its name, and kept or left out with the others. */
static const struct {
  const char *property;
  const char *label;
} others[] = {
  { "location", N_("location") },
  { "patient", N_("patient") },
  { "physician", N_("physician") },
  { "subject", N_("what it belongs to") },
  { "due-from", N_("due date") },
  { "due-to", N_("due date") },
  { "paid-from", N_("day of payment") },
  { "paid-to", N_("day of payment") },
  { "tender", N_("tender") },
  { "method", N_("payment method") },
  { "reason", N_("reason") },
  { "age", N_("age") },
};

static Choice *
get_choice (BillingExportDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->what_row);

  return self->choices->pdata[selected < self->choices->len ? selected : 0];
}

static char *
get_other (BillingQuery *query,
           guint         i)
{
  char *value = NULL;

  g_object_get (query, others[i].property, &value, NULL);
  if (value != NULL && *value == '\0')
    g_clear_pointer (&value, g_free);
  return value;
}

static char *
describe_others (BillingQuery *query)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  const char *last = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *value = get_other (query, i);

      if (value != NULL && g_strcmp0 (last, _(others[i].label)) != 0)
        g_ptr_array_add (labels, (gpointer) (last = _(others[i].label)));
    }
  if (query->overdue)
    g_ptr_array_add (labels, (gpointer) _("overdue"));
  if (labels->len == 0)
    return NULL;

  g_ptr_array_add (labels, NULL);
  /* Translators: between the names of filters: location, patient */
  return g_strjoinv (_(", "), (char **) labels->pdata);
}

static void
leave_others_out (BillingQuery *query)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_object_set (query, others[i].property, NULL, NULL);
  g_object_set (query, "age-basis", NULL, "overdue", FALSE, NULL);
}

static char *
join_statuses (BillingExportDialog *self)
{
  GtkWidget *checks = adw_bin_get_child (self->status_bin);

  return checks != NULL ? billing_filter_checks_join (BILLING_FILTER_CHECKS (checks)) : NULL;
}

/* The list of its page, under the filters of the dialog. */
static BillingQuery *
create_query (BillingExportDialog *self)
{
  BillingQuery *query = billing_query_copy (get_choice (self)->query);
  g_autofree char *status = join_statuses (self);
  g_autofree char *search = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_row))));

  if (!gtk_switch_get_active (self->others))
    leave_others_out (query);
  if (gtk_widget_get_visible (GTK_WIDGET (self->search_row)))
    g_object_set (query, "search", *search != '\0' ? search : NULL, NULL);
  if (gtk_widget_get_visible (self->status_box))
    g_object_set (query, "status", status, NULL);
  if (gtk_widget_get_visible (self->days_box))
    billing_filter_range_apply (self->days, query);
  if (gtk_widget_get_visible (self->amount_box))
    billing_filter_range_apply (self->amount, query);

  return query;
}

/* How much that is. */

static char *
format_preview (const char           *list,
                BillingExportPreview *preview)
{
  g_autofree char *count = billing_list_export_count (list, preview->n_rows);
  g_autoptr (GString) text = g_string_new (count);

  if (preview->n_rows == 0)
    return g_strdup (_("Nothing matches these filters."));

  for (guint i = 0; i < preview->sums->len; i++)
    {
      BillingExportSum *sum = preview->sums->pdata[i];
      g_autofree char *amount = billing_format_money (NULL, sum->amount, sum->currency);

      g_string_append_printf (text, " · %s", amount);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (BillingExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingExportPreview) preview = billing_desk_preview_export_finish (BILLING_DESK (object), result, &error);
  g_autofree char *text = NULL;

  /* What was cancelled was counted by filters that are not there any more, or the dialog is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->counting);
  billing_dialog_complain (BILLING_DIALOG (self), error != NULL ? error->message : NULL);
  text = preview != NULL ? format_preview (get_choice (self)->query->list, preview) : g_strdup ("");
  gtk_label_set_label (self->preview, text);
  gtk_widget_set_sensitive (self->confirm_button, preview != NULL && preview->n_rows > 0);
}

static void
stop_counting (BillingExportDialog *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
}

static gboolean
pause_cb (gpointer user_data)
{
  BillingExportDialog *self = user_data;
  g_autoptr (BillingQuery) query = create_query (self);

  self->pause = 0;
  self->counting = g_cancellable_new ();
  billing_desk_preview_export_async (billing_dialog_get_desk (BILLING_DIALOG (self)), query, self->counting, counted_cb,
                                     g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
changed_cb (BillingExportDialog *self)
{
  if (self->busy || self->choices->len == 0)
    return;

  gtk_widget_set_sensitive (self->confirm_button, FALSE);
  gtk_label_set_label (self->preview, _("Counting…"));
  stop_counting (self);
  self->pause = g_timeout_add (PAUSE, pause_cb, self);
}

/* What can be asked for of a list. */

/* Whether a list can be filtered so: it refuses what it cannot. */
static gboolean
can_filter (BillingQuery *of,
            const char   *property,
            const char   *text,
            gint64        number)
{
  g_autoptr (BillingQuery) query = billing_query_new (of->list);

  query->today = g_strdup (of->today);
  query->time_zone = g_strdup (of->time_zone);
  if (text != NULL)
    g_object_set (query, property, text, NULL);
  else
    g_object_set (query, property, number, NULL);

  return billing_list_check (query, NULL);
}

static void
add_status (BillingFilterChecks *checks,
            const char          *list,
            const char          *status)
{
  g_autofree char *label = billing_list_statuses_get_label (list, status);
  gboolean is_long = g_str_equal (list, "balance_transactions") || g_str_equal (list, "disputes");

  billing_filter_checks_add (checks, status, label, is_long ? 2 : 3);
}

/* Those that are known, and those that the list was filtered by. */
static void
show_statuses (BillingExportDialog *self,
               BillingQuery        *query)
{
  g_auto (GStrv) known = billing_list_statuses_of (query->list);
  g_auto (GStrv) chosen = g_strsplit (query->status != NULL ? query->status : "", ",", -1);
  BillingFilterChecks *checks = g_object_new (BILLING_TYPE_FILTER_CHECKS, NULL);

  for (guint i = 0; known[i] != NULL; i++)
    add_status (checks, query->list, known[i]);
  for (guint i = 0; chosen[i] != NULL; i++)
    {
      if (*chosen[i] != '\0' && !g_strv_contains ((const char * const *) known, chosen[i]))
        add_status (checks, query->list, chosen[i]);
    }

  billing_filter_checks_show (checks, query->status);
  g_signal_connect_object (checks, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->status_box, gtk_widget_get_first_child (GTK_WIDGET (checks)) != NULL);
  adw_bin_set_child (self->status_bin, GTK_WIDGET (checks));
}

static void
show_others (BillingExportDialog *self,
             BillingQuery        *query)
{
  g_autofree char *names = describe_others (query);

  gtk_widget_set_visible (self->others_row, names != NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->others_row), names != NULL ? names : "");
}

static void
show_choice (BillingExportDialog *self)
{
  BillingQuery *query = get_choice (self)->query;

  self->busy = TRUE;
  show_statuses (self, query);
  show_others (self, query);
  gtk_editable_set_text (GTK_EDITABLE (self->search_row), query->search != NULL ? query->search : "");
  gtk_widget_set_visible (GTK_WIDGET (self->search_row), can_filter (query, "search", "a", 0));
  gtk_widget_set_visible (self->days_box, can_filter (query, "from", query->today, 0));
  gtk_widget_set_visible (self->amount_box, can_filter (query, "min", NULL, 1));
  self->busy = FALSE;
  changed_cb (self);
}

/* Days and amounts are meant for whatever is chosen. */
static void
what_cb (BillingExportDialog *self)
{
  if (!self->busy && self->choices->len > 0)
    show_choice (self);
}

/* The file. */

static void
progress_cb (guint64  done,
             guint64  total,
             gpointer user_data)
{
  BillingExportDialog *self = user_data;
  g_autofree char *text = NULL;

  /* What shows it may be gone. */
  if (g_cancellable_is_cancelled (self->exporting))
    return;

  /* TRANSLATORS: rows written, and how many there are: 412,000 of 1,000,000 */
  text = g_strdup_printf (_("%'" PRIu64 " of %'" PRIu64), done, total);
  gtk_progress_bar_set_fraction (self->bar, total > 0 ? (double) done / (double) total : 0.0);
  gtk_label_set_text (self->count, text);
}

static void
tell_exported (BillingExportDialog *self,
               guint64              n_rows)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *sentence = billing_list_export_done (self->exported->list, n_rows);

  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.exported", "(s^ay)", sentence, self->path);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (BillingExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  guint64 n_rows;

  billing_dialog_set_busy (BILLING_DIALOG (self), FALSE);
  if (billing_desk_export_finish (BILLING_DESK (source), result, &n_rows, &error))
    {
      tell_exported (self, n_rows);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  g_clear_object (&self->exporting);
  if (self->stack == NULL)
    return;

  gtk_stack_set_visible_child_name (self->stack, "form");
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    billing_dialog_complain (BILLING_DIALOG (self), error->message);
}

static void
write_file (BillingExportDialog *self)
{
  BillingDesk *desk = billing_dialog_get_desk (BILLING_DIALOG (self));

  g_clear_object (&self->exporting);
  g_clear_object (&self->exported);
  self->exporting = g_cancellable_new ();
  self->exported = create_query (self);
  billing_dialog_set_busy (BILLING_DIALOG (self), TRUE);
  gtk_progress_bar_set_fraction (self->bar, 0.0);
  gtk_label_set_label (self->count, "");
  gtk_stack_set_visible_child_name (self->stack, "progress");
  billing_desk_export_async (desk, self->exported, (const char * const *) get_choice (self)->columns, self->path, progress_cb,
                             self, self->exporting, exported_cb, g_object_ref (self));
}

static gboolean
place_chosen_cb (gpointer  owner,
                 GSList   *files)
{
  BillingExportDialog *self = owner;

  g_clear_object (&self->chooser);
  if (files == NULL)
    return FALSE;

  g_free (self->path);
  self->path = g_file_get_path (files->data);
  if (self->path == NULL)
    {
      billing_dialog_complain (BILLING_DIALOG (self), _("The file can only be written to a folder of this computer."));
      return FALSE;
    }

  write_file (self);
  return TRUE;
}

/* Named after what it lists and of which days. */
static char *
suggest_name (BillingQuery *query)
{
  if (query->from == NULL && query->to == NULL)
    return g_strdup_printf ("%s-%s.csv", query->list, query->today);

  return g_strdup_printf ("%s-%s-%s.csv", query->list, query->from != NULL ? query->from : "",
                          query->to != NULL ? query->to : query->today);
}

static void
suggest_folder (GtkFileChooser *chooser)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autoptr (GFile) folder = g_file_new_for_path (documents != NULL ? documents : g_get_home_dir ());

  gtk_file_chooser_set_current_folder (chooser, folder, NULL);
}

static void
confirm_cb (BillingExportDialog *self)
{
  g_autoptr (BillingQuery) query = create_query (self);
  g_autofree char *name = suggest_name (query);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;

  self->chooser = billing_file_choice_ask_save (GTK_WIDGET (self), _("Save Export"), name, self, place_chosen_cb);
  gtk_file_filter_set_name (filter, _("CSV Files"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  suggest_folder (GTK_FILE_CHOOSER (self->chooser));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* The file that was begun goes; what was there before stays. */
static void
stop_cb (BillingExportDialog *self)
{
  g_cancellable_cancel (self->exporting);
}

static gboolean
billing_export_dialog_close_request (GtkWindow *window)
{
  BillingExportDialog *self = BILLING_EXPORT_DIALOG (window);

  stop_cb (self);
  stop_counting (self);
  return GTK_WINDOW_CLASS (billing_export_dialog_parent_class)->close_request (window);
}

static void
billing_export_dialog_dispose (GObject *object)
{
  BillingExportDialog *self = BILLING_EXPORT_DIALOG (object);

  self->busy = TRUE;
  stop_counting (self);
  g_cancellable_cancel (self->exporting);
  g_clear_object (&self->chooser);
  self->stack = NULL;

  G_OBJECT_CLASS (billing_export_dialog_parent_class)->dispose (object);
}

static void
billing_export_dialog_finalize (GObject *object)
{
  BillingExportDialog *self = BILLING_EXPORT_DIALOG (object);

  g_clear_object (&self->exporting);
  g_clear_object (&self->exported);
  g_ptr_array_unref (self->choices);
  g_free (self->path);

  G_OBJECT_CLASS (billing_export_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/dialogs/export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, amount);
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, amount_box);
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, confirm_button);
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, count);
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, days);
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, days_box);
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, others);
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, others_row);
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, search_row);
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, status_bin);
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, status_box);
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, what_row);
  gtk_widget_class_bind_template_child (widget_class, BillingExportDialog, whats);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirm_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, what_cb);
}

static void
billing_export_dialog_class_init (BillingExportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  g_type_ensure (BILLING_TYPE_FILTER_RANGE);
  object_class->dispose = billing_export_dialog_dispose;
  object_class->finalize = billing_export_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = billing_export_dialog_close_request;

  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
billing_export_dialog_init (BillingExportDialog *self)
{
  self->choices = g_ptr_array_new_with_free_func (choice_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_export_dialog_new:
 * @desk: the session that exports
 *
 * Returns: (transfer none): a dialog in which there is nothing to choose yet
 */
GtkWindow *
billing_export_dialog_new (BillingDesk *desk)
{
  BillingExportDialog *self = g_object_new (BILLING_TYPE_EXPORT_DIALOG, "desk", desk, NULL);

  billing_filter_range_set_currency (self->amount, billing_desk_get_practice (desk)->currency);
  return GTK_WINDOW (self);
}

/**
 * billing_export_dialog_offer:
 * @self: a dialog that is not shown yet
 * @label: what people call the list
 * @query: the list as somebody has it before them: the dialog begins with its filters; copied
 * @columns: (nullable) (array zero-terminated=1): the properties that are wanted; %NULL: all columns of the kind
 *
 * Adds a list to choose; the first is chosen.
 */
void
billing_export_dialog_offer (BillingExportDialog *self,
                             const char          *label,
                             BillingQuery        *query,
                             const char * const  *columns)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->query = billing_query_copy (query);
  choice->columns = g_strdupv ((char **) columns);

  self->busy = TRUE;
  g_ptr_array_add (self->choices, choice);
  gtk_string_list_append (self->whats, label);
  gtk_widget_set_visible (GTK_WIDGET (self->what_row), self->choices->len > 1);
  self->busy = FALSE;
  if (self->choices->len > 1)
    return;

  adw_combo_row_set_selected (self->what_row, 0);
  billing_filter_range_show (self->days, query);
  billing_filter_range_show (self->amount, query);
  show_choice (self);
}
