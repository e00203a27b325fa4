/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-today-page"

#include "config.h"

#include "billing-today-page.h"

#include <glib/gi18n.h>

#include "billing-list-context.h"
#include "billing-stripe-section.h"
#include "billing-today-row.h"
#include "billing-today.h"

/* Milliseconds for which changes are collected: a sync commits many. */
#define DELAY 250

struct _BillingTodayPage {
  AdwBin parent_instance;

  /* Template widgets. */
  AdwPreferencesGroup *check;
  AdwPreferencesGroup *news;
  AdwPreferencesGroup *month_end;

  BillingDesk *desk; /* (owned) (nullable) */
  GSignalGroup *store; /* (owned) */
  BillingListContext *context; /* (owned) (nullable): it knows when the day ends */
  GCancellable *reading; /* (owned) (nullable) */
  GPtrArray *rows; /* (owned) (element-type BillingTodayRow) */
  guint timeout;
};

static void billing_today_page_section_init (BillingStripeSectionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BillingTodayPage, billing_today_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (BILLING_TYPE_STRIPE_SECTION, billing_today_page_section_init))

static AdwPreferencesGroup *
get_group (BillingTodayPage *self,
           BillingTodayPart  part)
{
  switch (part)
    {
    case BILLING_TODAY_NEWS:
      return self->news;
    case BILLING_TODAY_MONTH_END:
      return self->month_end;
    case BILLING_TODAY_CHECK:
    default:
      return self->check;
    }
}

static void
clear (BillingTodayPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = self->rows->pdata[i];
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

/* The same lines as before keep their rows, and so the focus. */
static gboolean
are_same (BillingTodayPage *self,
          GPtrArray        *lines)
{
  if (lines->len != self->rows->len)
    return FALSE;

  for (guint i = 0; i < lines->len; i++)
    {
      BillingTodayLine *line = lines->pdata[i];

      if (g_strcmp0 (billing_today_row_get_nick (self->rows->pdata[i]), line->nick) != 0)
        return FALSE;
    }

  return TRUE;
}

static void
show_rows (BillingTodayPage *self,
           GPtrArray        *lines)
{
  gboolean same = are_same (self, lines);

  if (!same)
    clear (self);

  for (guint i = 0; i < lines->len; i++)
    {
      BillingTodayLine *line = lines->pdata[i];

      if (same)
        {
          billing_today_row_set_line (self->rows->pdata[i], line);
          continue;
        }

      g_ptr_array_add (self->rows, billing_today_row_new (line));
      adw_preferences_group_add (get_group (self, line->part), self->rows->pdata[i]);
    }
}

static void
show_summary (BillingTodayPage *self,
              GPtrArray        *lines)
{
  g_autofree char *text = NULL;
  guint n = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      BillingTodayLine *line = lines->pdata[i];

      n += line->part == BILLING_TODAY_CHECK && line->state == BILLING_TODAY_STATE_OPEN ? 1 : 0;
    }

  text = n > 0 ? g_strdup_printf (g_dngettext (NULL, "%u thing is to be looked at", "%u things are to be looked at", n), n)
               : g_strdup (_("Everything is in order"));
  adw_preferences_group_set_description (self->check, text);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = billing_today_list_finish (BILLING_DESK (object), result, &error);
  BillingTodayPage *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (lines == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.warn", "s", error->message);
      return;
    }
  show_rows (self, lines);
  show_summary (self, lines);
}

static void
read_lines (BillingTodayPage *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (self->desk == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->reading = g_cancellable_new ();
  billing_today_list_async (self->desk, self->reading, read_cb, self);
}

static gboolean
timeout_cb (gpointer user_data)
{
  BillingTodayPage *self = user_data;

  self->timeout = 0;
  read_lines (self);
  return G_SOURCE_REMOVE;
}

/* Whatever changes, something here may count it. */
static void
changed_cb (BillingTodayPage *self)
{
  if (self->timeout == 0)
    self->timeout = g_timeout_add (DELAY, timeout_cb, self);
}

static void
set_sync (BillingStripeSection *section,
          BillingDesk          *desk,
          BillingSync          *sync)
{
  BillingTodayPage *self = BILLING_TODAY_PAGE (section);

  if (!g_set_object (&self->desk, desk))
    return;

  clear (self);
  g_clear_object (&self->context);
  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  if (desk != NULL)
    {
      self->context = billing_list_context_new_for_desk (desk);
      g_signal_connect_object (self->context, "notify::today", G_CALLBACK (read_lines), self, G_CONNECT_SWAPPED);
    }
  read_lines (self);
}

/* What only time changes, such as how long a request waits, is told anew to who comes back. */
static void
billing_today_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (billing_today_page_parent_class)->map (widget);

  read_lines (BILLING_TODAY_PAGE (widget));
}

static void
billing_today_page_dispose (GObject *object)
{
  BillingTodayPage *self = BILLING_TODAY_PAGE (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);
  g_clear_object (&self->context);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (billing_today_page_parent_class)->dispose (object);
}

static void
billing_today_page_finalize (GObject *object)
{
  g_ptr_array_unref (BILLING_TODAY_PAGE (object)->rows);

  G_OBJECT_CLASS (billing_today_page_parent_class)->finalize (object);
}

static void
billing_today_page_section_init (BillingStripeSectionInterface *iface)
{
  iface->set_sync = set_sync;
}

static void
billing_today_page_class_init (BillingTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_today_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = billing_today_page_finalize;
  widget_class->map = billing_today_page_map;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingTodayPage, check);
  gtk_widget_class_bind_template_child (widget_class, BillingTodayPage, month_end);
  gtk_widget_class_bind_template_child (widget_class, BillingTodayPage, news);
}

static void
billing_today_page_init (BillingTodayPage *self)
{
  self->rows = g_ptr_array_new ();
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (changed_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}
