/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-people-group"

#include "config.h"

#include "billing-people-group.h"

#include <glib/gi18n.h>

#include "billing-field-row.h"
#include "billing-read.h"

struct _BillingPeopleGroup {
  AdwPreferencesGroup parent_instance;

  /* Template widgets. */
  GtkListBox *people;

  BillingDesk *desk; /* (owned) (nullable) */
  GSignalGroup *store; /* (owned) */
  GCancellable *reading; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BillingPeopleGroup, billing_people_group, ADW_TYPE_PREFERENCES_GROUP)

static void
add_person (BillingPeopleGroup *self,
            BillingPerson      *person)
{
  const char *role = billing_role_get_label (person->role);
  g_autofree char *value = person->retired ? g_strdup_printf ("%s · %s · %s", person->account, role, _("works here no longer"))
                                           : g_strdup_printf ("%s · %s", person->account, role);

  gtk_list_box_append (self->people,
                       g_object_new (BILLING_TYPE_FIELD_ROW, "title", person->name, "value", value,
                                     NULL));
}

static void
people_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GPtrArray) people = billing_read_finish (BILLING_STORE (object), result, NULL);
  BillingPeopleGroup *self = user_data;
  GtkWidget *row;

  /* A read that was interrupted, perhaps because the page is gone. */
  if (people == NULL)
    return;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->people))) != NULL)
    gtk_list_box_remove (self->people, row);
  for (guint i = 0; i < people->len; i++)
    add_person (self, g_ptr_array_index (people, i));
}

static void
read_people (BillingPeopleGroup *self)
{
  billing_read_list_again (self->desk, "people", &self->reading, people_cb, self);
}

static void
store_changed_cb (BillingPeopleGroup *self,
                  const char         *kind)
{
  if (g_strcmp0 (kind, "people") == 0)
    read_people (self);
}

static void
billing_people_group_dispose (GObject *object)
{
  BillingPeopleGroup *self = BILLING_PEOPLE_GROUP (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (billing_people_group_parent_class)->dispose (object);
}

static void
billing_people_group_class_init (BillingPeopleGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_people_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/setup/people-group.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingPeopleGroup, people);
}

static void
billing_people_group_init (BillingPeopleGroup *self)
{
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_people_group_set_desk:
 * @self: the group
 * @desk: (nullable): a session of the practice
 */
void
billing_people_group_set_desk (BillingPeopleGroup *self,
                               BillingDesk        *desk)
{
  g_set_object (&self->desk, desk);
  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  if (desk != NULL)
    read_people (self);
}
