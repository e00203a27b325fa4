/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-remittances-window"

#include "config.h"

#include "billing-remittances-window.h"

#include <glib/gi18n.h>

#include "billing-remittance-dismiss-dialog.h"
#include "billing-remittance-match-dialog.h"
#include "billing-remittance-post-dialog.h"
#include "billing-remittances-page.h"

struct _BillingRemittancesWindow {
  AdwWindow parent_instance;

  /* Template widgets (not owned) */
  AdwToastOverlay *toasts;
  BillingListPage *page;

  BillingDesk *desk; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingRemittancesWindow, billing_remittances_window, ADW_TYPE_WINDOW)

static void
tell (BillingRemittancesWindow *self,
      const char               *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

/* Who may not is told who may. */
static gboolean
check_role (BillingRemittancesWindow *self,
            BillingVerb               verb)
{
  g_autofree char *refusal = NULL;

  if (billing_desk_may (self->desk, verb))
    return TRUE;

  refusal = billing_verb_refusal (verb, billing_desk_get_person (self->desk)->role);
  tell (self, refusal);
  return FALSE;
}

static void
present (BillingRemittancesWindow *self,
         GtkWindow                *dialog)
{
  gtk_window_set_transient_for (dialog, GTK_WINDOW (self));
  gtk_window_set_modal (dialog, TRUE);
  gtk_window_present (dialog);
}

static void
post_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BillingRemittancesWindow *self = BILLING_REMITTANCES_WINDOW (widget);

  if (check_role (self, BILLING_VERB_REMITTANCE_POST))
    present (self, billing_remittance_post_dialog_new (self->desk, g_variant_get_string (parameter, NULL)));
}

static void
match_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  BillingRemittancesWindow *self = BILLING_REMITTANCES_WINDOW (widget);

  if (check_role (self, BILLING_VERB_REMITTANCE_MATCH))
    present (self, billing_remittance_match_dialog_new (self->desk, g_variant_get_string (parameter, NULL)));
}

static void
dismiss_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BillingRemittancesWindow *self = BILLING_REMITTANCES_WINDOW (widget);

  if (check_role (self, BILLING_VERB_REMITTANCE_DISMISS))
    present (self, billing_remittance_dismiss_dialog_new (self->desk, g_variant_get_string (parameter, NULL)));
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (BillingRemittancesWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  tell (self, billing_desk_do_finish (BILLING_DESK (object), result, &error) ? _("Looked for services once more") : error->message);
}

static void
look_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BillingRemittancesWindow *self = BILLING_REMITTANCES_WINDOW (widget);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_REMITTANCE_MATCH, g_variant_get_string (parameter, NULL));

  if (check_role (self, BILLING_VERB_REMITTANCE_MATCH))
    billing_desk_do_async (self->desk, act, NULL, looked_cb, g_object_ref (self));
}

static void
toast_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  tell (BILLING_REMITTANCES_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
close_detail_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  billing_list_page_close_detail (BILLING_REMITTANCES_WINDOW (widget)->page);
}

static void
billing_remittances_window_dispose (GObject *object)
{
  BillingRemittancesWindow *self = BILLING_REMITTANCES_WINDOW (object);

  if (self->page != NULL)
    billing_list_page_set_desk (self->page, NULL);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (billing_remittances_window_parent_class)->dispose (object);
}

static void
billing_remittances_window_class_init (BillingRemittancesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_remittances_window_dispose;

  g_type_ensure (BILLING_TYPE_REMITTANCES_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/remittances/remittances-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingRemittancesWindow, page);
  gtk_widget_class_bind_template_child (widget_class, BillingRemittancesWindow, toasts);

  gtk_widget_class_install_action (widget_class, "remittance.dismiss", "s", dismiss_action);
  gtk_widget_class_install_action (widget_class, "remittance.look", "s", look_action);
  gtk_widget_class_install_action (widget_class, "remittance.match", "s", match_action);
  gtk_widget_class_install_action (widget_class, "remittance.post", "s", post_action);
  /* What lists, panes and dialogs ask of the window around them. */
  gtk_widget_class_install_action (widget_class, "win.close-detail", NULL, close_detail_action);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);
  gtk_widget_class_install_action (widget_class, "win.warn", "s", toast_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
billing_remittances_window_init (BillingRemittancesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_remittances_window_new:
 * @desk: whose practice
 *
 * Returns: (transfer none): the window, to be presented
 */
GtkWindow *
billing_remittances_window_new (BillingDesk *desk)
{
  BillingRemittancesWindow *self = g_object_new (BILLING_TYPE_REMITTANCES_WINDOW, NULL);

  self->desk = g_object_ref (desk);
  billing_list_page_set_desk (self->page, desk);
  return GTK_WINDOW (self);
}
