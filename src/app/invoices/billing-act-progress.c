/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-act-progress"

#include "config.h"

#include "billing-act-progress.h"

/* Milliseconds between two looks, the first of which is also how long nothing is shown: most acts are done by then. */
#define LOOK_MS 250

typedef struct {
  BillingDialog *dialog; /* (owned) */
  BillingAct *act; /* (owned) */
  GtkProgressBar *bar; /* (not owned): the dialog's */
  GtkWidget *stop_button; /* (not owned): likewise */
} Following;

static void
following_free (gpointer data)
{
  Following *following = data;

  g_object_unref (following->dialog);
  g_object_unref (following->act);
  g_free (following);
}

static gboolean
look_cb (gpointer data)
{
  Following *following = data;
  gboolean busy;

  g_object_get (following->dialog, "busy", &busy, NULL);
  gtk_widget_set_visible (GTK_WIDGET (following->bar), busy);
  gtk_widget_set_visible (following->stop_button, busy);
  gtk_progress_bar_set_fraction (following->bar, g_atomic_int_get (&following->act->progress) / 1000.0);
  return busy ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/**
 * billing_act_progress_follow:
 * @dialog: a dialog whose act was given to the desk
 * @act: the act
 * @bar: shows how much of it is done, as long as it takes
 * @stop_button: shown as long
 */
void
billing_act_progress_follow (BillingDialog  *dialog,
                             BillingAct     *act,
                             GtkProgressBar *bar,
                             GtkWidget      *stop_button)
{
  Following *following = g_new0 (Following, 1);

  following->dialog = g_object_ref (dialog);
  following->act = g_object_ref (act);
  following->bar = bar;
  following->stop_button = stop_button;
  g_timeout_add_full (G_PRIORITY_DEFAULT, LOOK_MS, look_cb, following, following_free);
}
