/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-payment-filters"

#include "config.h"

#include "billing-payment-filters.h"

#include <glib/gi18n.h>

#include "billing-books.h"
#include "billing-enums.h"
#include "billing-list.h"
#include "billing-status.h"
#include "billing-treatment.h"

#define N_STATUSES (BILLING_STATUS_VOIDED + 1)
#define STATUSES_IN_A_ROW 2

struct _BillingPaymentFilters {
  GtkBox parent_instance;

  /* Template widgets. */
  GtkMenuButton *button;
  GtkGrid *statuses;
  GtkDropDown *locations;
  GtkStringList *location_names;
  GtkCheckButton *overdue;
  GtkBox *chips;

  GtkCheckButton *checks[N_STATUSES]; /* (not owned) */
  GSettings *settings; /* (owned) */
  GSignalGroup *store; /* (owned) */
  BillingDesk *desk; /* (owned) (nullable) */
  GPtrArray *location_ids; /* (owned) (element-type utf8): as the drop down has them; "" is all */
  GCancellable *reading; /* (owned) (nullable) */
  gboolean busy; /* setting our own widgets */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingPaymentFilters, billing_payment_filters, GTK_TYPE_BOX)

static char **
get_statuses (BillingPaymentFilters *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; i < N_STATUSES; i++)
    {
      if (gtk_check_button_get_active (self->checks[i]))
        g_strv_builder_add (builder, billing_enum_nick (BILLING_TYPE_STATUS, i));
    }

  return g_strv_builder_end (builder);
}

static const char *
get_location (BillingPaymentFilters *self)
{
  guint selected = gtk_drop_down_get_selected (self->locations);

  return selected < self->location_ids->len ? g_ptr_array_index (self->location_ids, selected) : "";
}

/* Chips. */

static void
remove_statuses_cb (BillingPaymentFilters *self)
{
  self->busy = TRUE;
  for (int i = 0; i < N_STATUSES; i++)
    gtk_check_button_set_active (self->checks[i], FALSE);
  self->busy = FALSE;

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
remove_location_cb (BillingPaymentFilters *self)
{
  gtk_drop_down_set_selected (self->locations, 0);
}

static void
remove_overdue_cb (BillingPaymentFilters *self)
{
  gtk_check_button_set_active (self->overdue, FALSE);
}

static void
add_chip (BillingPaymentFilters *self,
          const char            *text,
          GCallback              remove)
{
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);
  /* TRANSLATORS: what a screen reader says of a chip such as “Status: Pending” */
  g_autofree char *name = g_strdup_printf (_("Remove filter %s"), text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_set_tooltip_text (chip, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (chip, "clicked", remove, self);
  gtk_box_append (self->chips, chip);
}

static void
add_status_chip (BillingPaymentFilters *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (int i = 0; i < N_STATUSES; i++)
    {
      if (!gtk_check_button_get_active (self->checks[i]))
        continue;

      if (names->len > 0)
        g_string_append (names, ", ");
      g_string_append (names, billing_status_get_label ((BillingStatus) i));
    }

  if (names->len == 0)
    return;

  text = g_strdup_printf (_("Status: %s"), names->str);
  add_chip (self, text, G_CALLBACK (remove_statuses_cb));
}

static void
add_location_chip (BillingPaymentFilters *self)
{
  guint selected = gtk_drop_down_get_selected (self->locations);
  g_autofree char *text = NULL;

  if (*get_location (self) == '\0')
    return;

  text = g_strdup_printf (_("Location: %s"),
                          gtk_string_list_get_string (self->location_names, selected));
  add_chip (self, text, G_CALLBACK (remove_location_cb));
}

static void
update_chips (BillingPaymentFilters *self)
{
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_box_remove (self->chips, chip);

  add_status_chip (self);
  add_location_chip (self);
  if (gtk_check_button_get_active (self->overdue))
    add_chip (self, _("Overdue only"), G_CALLBACK (remove_overdue_cb));
}

static void
billing_payment_filters_changed (BillingPaymentFilters *self)
{
  g_auto (GStrv) statuses = get_statuses (self);

  g_settings_set_strv (self->settings, "payments-status", (const char * const *) statuses);
  g_settings_set_string (self->settings, "payments-location", get_location (self));
  update_chips (self);
}

static void
changed (BillingPaymentFilters *self)
{
  if (!self->busy)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
overdue_cb (BillingPaymentFilters *self)
{
  changed (self);
}

static void
location_cb (BillingPaymentFilters *self)
{
  changed (self);
}

/* Locations. */

static void
add_location (BillingPaymentFilters *self,
              const char            *id,
              const char            *name)
{
  g_ptr_array_add (self->location_ids, g_strdup (id));
  gtk_string_list_append (self->location_names, name);
}

static void
take_locations (BillingPaymentFilters *self,
                GPtrArray             *locations)
{
  g_autofree char *wanted = g_settings_get_string (self->settings, "payments-location");
  guint selected = 0;

  self->busy = TRUE;
  g_ptr_array_set_size (self->location_ids, 0);
  gtk_string_list_splice (self->location_names, 0,
                          g_list_model_get_n_items (G_LIST_MODEL (self->location_names)), NULL);
  add_location (self, "", _("All locations"));
  add_location (self, BILLING_QUERY_NO_LOCATION, _("No location"));
  for (guint i = 0; i < locations->len; i++)
    {
      BillingLocation *location = g_ptr_array_index (locations, i);

      add_location (self, billing_record_get_id (BILLING_RECORD (location)), location->name);
    }

  for (guint i = 0; i < self->location_ids->len; i++)
    {
      if (g_strcmp0 (g_ptr_array_index (self->location_ids, i), wanted) == 0)
        selected = i;
    }
  gtk_drop_down_set_selected (self->locations, selected);
  self->busy = FALSE;
}

typedef struct {
  BillingQuery *query; /* (owned) */
  GPtrArray *rows; /* (owned) (nullable) */
} Locations;

static void
locations_free (gpointer data)
{
  Locations *locations = data;

  g_object_unref (locations->query);
  g_clear_pointer (&locations->rows, g_ptr_array_unref);
  g_free (locations);
}

static gboolean
read_locations (BillingConnection  *connection,
                gpointer            data,
                GCancellable       *cancellable,
                GError            **error)
{
  Locations *locations = data;

  locations->rows = billing_list_rows (connection, locations->query, error);
  return locations->rows != NULL;
}

typedef struct {
  BillingPaymentFilters *filters; /* (not owned): gone when the read was cancelled */
  Locations *locations; /* (owned) */
} LocationsRead;

static void
locations_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree LocationsRead *read = user_data;
  gboolean done = billing_store_read_finish (BILLING_STORE (object), result, NULL);

  if (done)
    {
      g_autofree char *before = g_strdup (get_location (read->filters));

      take_locations (read->filters, read->locations->rows);
      if (g_strcmp0 (before, get_location (read->filters)) != 0)
        g_signal_emit (read->filters, signals[CHANGED], 0);
      else
        update_chips (read->filters);
    }

  locations_free (read->locations);
}

static void
load_locations (BillingPaymentFilters *self)
{
  LocationsRead *read = g_new0 (LocationsRead, 1);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();

  read->filters = self;
  read->locations = g_new0 (Locations, 1);
  read->locations->query = billing_desk_query (self->desk, "locations");
  billing_store_read_async (billing_desk_get_store (self->desk), read_locations, read->locations,
                            NULL, self->reading, locations_cb, read);
}

static void
store_changed_cb (BillingPaymentFilters *self,
                  const char            *kind)
{
  if (g_strcmp0 (kind, "locations") == 0)
    load_locations (self);
}

static void
add_statuses (BillingPaymentFilters *self)
{
  g_auto (GStrv) active = g_settings_get_strv (self->settings, "payments-status");

  for (int i = 0; i < N_STATUSES; i++)
    {
      GtkWidget *check =
        gtk_check_button_new_with_label (billing_status_get_label ((BillingStatus) i));

      self->checks[i] = GTK_CHECK_BUTTON (check);
      gtk_check_button_set_active (self->checks[i],
                                   g_strv_contains ((const char * const *) active,
                                                    billing_enum_nick (BILLING_TYPE_STATUS, i)));
      gtk_grid_attach (self->statuses, check, i % STATUSES_IN_A_ROW, i / STATUSES_IN_A_ROW, 1, 1);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (changed), self);
    }
}

static void
billing_payment_filters_dispose (GObject *object)
{
  BillingPaymentFilters *self = BILLING_PAYMENT_FILTERS (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->location_ids, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), BILLING_TYPE_PAYMENT_FILTERS);

  G_OBJECT_CLASS (billing_payment_filters_parent_class)->dispose (object);
}

static void
billing_payment_filters_class_init (BillingPaymentFiltersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_payment_filters_dispose;

  signals[CHANGED] = g_signal_new_class_handler ("changed", BILLING_TYPE_PAYMENT_FILTERS,
                                                 G_SIGNAL_RUN_FIRST,
                                                 G_CALLBACK (billing_payment_filters_changed),
                                                 NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/example/Billing/ui/payments/payment-filters.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilters, button);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilters, chips);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilters, location_names);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilters, locations);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilters, overdue);
  gtk_widget_class_bind_template_child (widget_class, BillingPaymentFilters, statuses);
  gtk_widget_class_bind_template_callback (widget_class, location_cb);
  gtk_widget_class_bind_template_callback (widget_class, overdue_cb);
}

static void
billing_payment_filters_init (BillingPaymentFilters *self)
{
  self->settings = g_settings_new (APPLICATION_ID);
  self->location_ids = g_ptr_array_new_with_free_func (g_free);
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);

  self->busy = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  add_statuses (self);
  self->busy = FALSE;
  update_chips (self);
}

void
billing_payment_filters_set_desk (BillingPaymentFilters *self,
                                  BillingDesk           *desk)
{
  if (!g_set_object (&self->desk, desk))
    return;

  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  if (desk != NULL)
    load_locations (self);
}

void
billing_payment_filters_apply (BillingPaymentFilters *self,
                               BillingQuery          *query)
{
  g_auto (GStrv) statuses = get_statuses (self);
  g_autofree char *joined = g_strjoinv (",", statuses);
  const char *location = get_location (self);

  g_object_set (query,
                "status", *joined != '\0' ? joined : NULL,
                "location", *location != '\0' ? location : NULL,
                "overdue", gtk_check_button_get_active (self->overdue),
                NULL);
}

gboolean
billing_payment_filters_are_active (BillingPaymentFilters *self)
{
  return gtk_widget_get_first_child (GTK_WIDGET (self->chips)) != NULL;
}

void
billing_payment_filters_clear (BillingPaymentFilters *self)
{
  self->busy = TRUE;
  for (int i = 0; i < N_STATUSES; i++)
    gtk_check_button_set_active (self->checks[i], FALSE);
  gtk_drop_down_set_selected (self->locations, 0);
  gtk_check_button_set_active (self->overdue, FALSE);
  self->busy = FALSE;

  g_signal_emit (self, signals[CHANGED], 0);
}

/* Only what is late, whatever was filtered before. */
void
billing_payment_filters_show_overdue (BillingPaymentFilters *self)
{
  self->busy = TRUE;
  billing_payment_filters_clear (self);
  gtk_check_button_set_active (self->overdue, TRUE);
  self->busy = FALSE;

  g_signal_emit (self, signals[CHANGED], 0);
}
