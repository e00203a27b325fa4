/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-invoice-acts"

#include "config.h"

#include "billing-invoice-acts.h"

#include "billing-undo.h"

/**
 * billing_invoice_acts_may:
 * @widget: a widget in the window
 * @desk: (nullable): who acts
 * @verb: what is to be done
 *
 * Says in the window who may, where the person may not.
 *
 * Returns: whether the person may
 */
gboolean
billing_invoice_acts_may (GtkWidget   *widget,
                          BillingDesk *desk,
                          BillingVerb  verb)
{
  g_autofree char *refusal = NULL;

  if (desk == NULL || billing_desk_may (desk, verb))
    return desk != NULL;

  refusal = billing_verb_refusal (verb, billing_desk_get_person (desk)->role);
  gtk_widget_activate_action (widget, "win.warn", "s", refusal);
  return FALSE;
}

/**
 * billing_invoice_acts_build:
 * @verb: what is to be done
 * @id: to what; "": to all that is ticked
 * @choice: what is ticked
 *
 * Returns: (transfer full) (nullable): the act, without what else it needs; %NULL: nothing is ticked
 */
BillingAct *
billing_invoice_acts_build (BillingVerb        verb,
                            const char        *id,
                            BillingListChoice *choice)
{
  g_autoptr (BillingAct) act = billing_act_new (verb, *id != '\0' ? id : NULL);

  if (*id != '\0')
    return g_steal_pointer (&act);
  if (billing_list_choice_get_n (choice) == 0)
    return NULL;

  billing_list_choice_fill_act (choice, act);
  return g_steal_pointer (&act);
}

typedef struct {
  GtkWidget *widget; /* (owned) */
  BillingAct *act; /* (owned) */
  char *toast; /* (owned) */
} Doing;

static void
doing_free (Doing *doing)
{
  g_object_unref (doing->widget);
  g_object_unref (doing->act);
  g_free (doing->toast);
  g_free (doing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Doing, doing_free)

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Doing) doing = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingAct) undo = NULL;

  if (!billing_desk_do_finish (BILLING_DESK (object), result, &error))
    {
      gtk_widget_activate_action (doing->widget, "win.warn", "s", error->message);
      return;
    }

  undo = billing_act_build_undo (doing->act);
  billing_undo_tell (doing->widget, BILLING_DESK (object), doing->toast, undo);
}

/**
 * billing_invoice_acts_do:
 * @widget: a widget in the window
 * @desk: who acts
 * @act: what is done; not to be touched afterwards
 * @toast: what is said when it is done, with *Undo* where that is possible
 */
void
billing_invoice_acts_do (GtkWidget   *widget,
                         BillingDesk *desk,
                         BillingAct  *act,
                         const char  *toast)
{
  Doing *doing = g_new0 (Doing, 1);

  doing->widget = g_object_ref (widget);
  doing->act = g_object_ref (act);
  doing->toast = g_strdup (toast);
  billing_desk_do_async (desk, act, NULL, done_cb, doing);
}

void
billing_invoice_acts_present (GtkWidget *widget,
                              GtkWindow *dialog)
{
  gtk_window_set_transient_for (dialog, GTK_WINDOW (gtk_widget_get_root (widget)));
  gtk_window_set_modal (dialog, TRUE);
  gtk_window_present (dialog);
}
