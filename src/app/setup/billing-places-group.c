/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-places-group"

#include "config.h"

#include "billing-places-group.h"

#include <glib/gi18n.h>

#include "billing-entry.h"
#include "billing-place-row.h"
#include "billing-problem-row.h"
#include "billing-read.h"

struct _BillingPlacesGroup {
  AdwPreferencesGroup parent_instance;

  /* Template widgets. */
  GtkListBox *places;
  AdwEntryRow *new;
  BillingProblemRow *problem;

  char *kind; /* (owned): of list */
  BillingDesk *desk; /* (owned) (nullable) */
  GSignalGroup *store; /* (owned) */
  GCancellable *reading; /* (owned) (nullable) */
};

typedef enum {
  PROP_KIND = 1,
} BillingPlacesGroupProperty;

static GParamSpec *properties[PROP_KIND + 1];

G_DEFINE_FINAL_TYPE (BillingPlacesGroup, billing_places_group, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
is_locations (BillingPlacesGroup *self)
{
  return g_strcmp0 (self->kind, "locations") == 0;
}

/* The row that shows it already, so that one that is open stays open. */
static BillingPlaceRow *
find_row (BillingPlacesGroup *self,
          BillingRecord      *record)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->places)); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      if (BILLING_IS_PLACE_ROW (row) && g_strcmp0 (billing_record_get_id (billing_place_row_get_record (BILLING_PLACE_ROW (row))),
                                                   billing_record_get_id (record)) == 0)
        return BILLING_PLACE_ROW (row);
    }

  return NULL;
}

/* Before the row by which another one is added. */
static void
show_place (BillingPlacesGroup *self,
            BillingRecord      *record,
            int                 position)
{
  BillingPlaceRow *row = find_row (self, record);

  if (row != NULL)
    billing_place_row_set_record (row, record);
  else
    gtk_list_box_insert (self->places, billing_place_row_new (self->desk, record), position);
}

static void
places_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GPtrArray) places = billing_read_finish (BILLING_STORE (object), result, NULL);
  BillingPlacesGroup *self = user_data;

  /* A read that was interrupted, perhaps because the page is gone. */
  for (guint i = 0; places != NULL && i < places->len; i++)
    show_place (self, places->pdata[i], (int) i);
}

static void
read_places (BillingPlacesGroup *self)
{
  billing_read_list_again (self->desk, self->kind, &self->reading, places_cb, self);
}

static void
store_changed_cb (BillingPlacesGroup *self,
                  const char         *kind)
{
  if (g_strcmp0 (kind, self->kind) == 0 && self->desk != NULL)
    read_places (self);
}

static void
added_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (BillingPlacesGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  billing_desk_do_finish (BILLING_DESK (object), result, &error);
  billing_problem_row_set_message (self->problem, error != NULL ? error->message : NULL);
  if (error == NULL)
    billing_entry_row_show_text (self->new, "");
}

static void
add_cb (BillingPlacesGroup *self)
{
  g_autoptr (BillingAct) act = billing_act_new (is_locations (self) ? BILLING_VERB_LOCATION_EDIT : BILLING_VERB_PHYSICIAN_EDIT, NULL);

  if (self->desk == NULL)
    return;

  act->name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->new)));
  billing_desk_do_async (self->desk, act, NULL, added_cb, g_object_ref (self));
}

static void
billing_places_group_dispose (GObject *object)
{
  BillingPlacesGroup *self = BILLING_PLACES_GROUP (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->kind, g_free);

  G_OBJECT_CLASS (billing_places_group_parent_class)->dispose (object);
}

static void
billing_places_group_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  BillingPlacesGroup *self = BILLING_PLACES_GROUP (object);

  if (property_id != PROP_KIND)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }

  self->kind = g_value_dup_string (value);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), is_locations (self) ? _("Locations") : _("Physicians"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->new), is_locations (self) ? _("Add a location: its name")
                                                                                      : _("Add a physician: their name"));
}

static void
billing_places_group_class_init (BillingPlacesGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_places_group_dispose;
  object_class->set_property = billing_places_group_set_property;

  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/setup/places-group.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPlacesGroup, new);
  gtk_widget_class_bind_template_child (widget_class, BillingPlacesGroup, places);
  gtk_widget_class_bind_template_child (widget_class, BillingPlacesGroup, problem);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
billing_places_group_init (BillingPlacesGroup *self)
{
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Rows of another practice, or of another person, are made anew. */
static void
clear_places (BillingPlacesGroup *self)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->places));

  while (row != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (row);

      if (BILLING_IS_PLACE_ROW (row))
        gtk_list_box_remove (self->places, row);
      row = next;
    }
}

/**
 * billing_places_group_set_desk:
 * @self: the group
 * @desk: (nullable): a session of the practice
 */
void
billing_places_group_set_desk (BillingPlacesGroup *self,
                               BillingDesk        *desk)
{
  g_set_object (&self->desk, desk);
  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  clear_places (self);
  if (desk == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->new), billing_desk_may (desk, BILLING_VERB_LOCATION_EDIT));
  read_places (self);
}
