/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-link-section"

#include "config.h"

#include "billing-link-section.h"

#include <glib/gi18n.h>

#include "billing-day-row.h"
#include "billing-day.h"
#include "billing-format.h"
#include "billing-link-format.h"
#include "billing-payment-rules.h"
#include "billing-problem-row.h"
#include "billing-qr-code.h"

struct _BillingLinkSection {
  BillingDetailSection parent_instance;

  /* Template widgets */
  GtkWidget *open_box; /* (not owned): what there is of an open link */
  GtkMenuButton *qr_button; /* (not owned) */
  BillingQrCode *small_code; /* (not owned) */
  BillingQrCode *large_code; /* (not owned) */
  GtkLabel *code_label; /* (not owned) */
  GtkLabel *url_label; /* (not owned) */
  GtkLabel *expiry_label; /* (not owned) */
  GtkLabel *state_label; /* (not owned): of any other */
  GtkWidget *open_buttons; /* (not owned) */
  GtkWidget *buttons; /* (not owned) */
  GtkMenuButton *make_button; /* (not owned) */
  GtkPopover *make_popover; /* (not owned) */
  GtkLabel *make_label; /* (not owned) */
  BillingDayRow *day_row; /* (not owned) */
  BillingProblemRow *day_problem; /* (not owned) */
  GtkWidget *cancel_button; /* (not owned) */
  GtkWidget *connect_button; /* (not owned) */

  GSignalGroup *dossier_signals; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingLinkSection, billing_link_section, BILLING_TYPE_DETAIL_SECTION)

static BillingDossier *
get_dossier (BillingLinkSection *self)
{
  return billing_detail_section_get_dossier (BILLING_DETAIL_SECTION (self));
}

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* The link by which the patient can pay now. */
static BillingLink *
get_live_link (BillingLinkSection *self)
{
  BillingLink *link = get_dossier (self) != NULL ? billing_dossier_get_link (get_dossier (self)) : NULL;

  return billing_link_format_is_live (link, get_now ()) ? link : NULL;
}

static void
show_code (BillingLinkSection *self,
           BillingLink        *link)
{
  g_autofree char *amount = billing_format_money (NULL, link->amount, link->currency);
  /* Translators: an amount */
  g_autofree char *text = g_strdup_printf (_("Point a phone’s camera here to pay %s."), amount);
  g_autofree char *name = g_strdup_printf (_("QR code of %s"), link->url);

  billing_qr_code_set_text (self->small_code, link->url);
  billing_qr_code_set_text (self->large_code, link->url);
  gtk_label_set_label (self->code_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->large_code), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  billing_detail_name_button (self->qr_button, _("QR code"), _("Show it larger"));
}

static void
show_open (BillingLinkSection *self,
           BillingLink        *link)
{
  g_autofree char *expiry = NULL;

  gtk_widget_set_visible (self->open_box, link != NULL);
  gtk_widget_set_visible (self->open_buttons, link != NULL);
  if (link == NULL)
    {
      gtk_popover_popdown (gtk_menu_button_get_popover (self->qr_button));
      return;
    }

  expiry = billing_link_format_expiry (link->expires_on);
  show_code (self, link);
  gtk_label_set_label (self->url_label, link->url);
  gtk_label_set_label (self->expiry_label, expiry);
}

/* How it stands where there is no open link, or what a link is good for. */
static void
show_state (BillingLinkSection *self,
            BillingLink        *link)
{
  BillingPractice *practice = billing_dossier_get_practice (get_dossier (self));
  g_autofree char *state = NULL;

  if (link != NULL)
    state = billing_link_format_state (link, get_now (), practice->time_zone);
  else if (practice->stripe_account == NULL)
    state = g_strdup (_("Payment links are made by Stripe, and this practice is not connected to Stripe yet. "
                        "An administrator connects it in Administration."));
  else
    state = g_strdup (_("With a link the patient pays by card on Stripe’s page."));

  gtk_label_set_label (self->state_label, state);
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), get_live_link (self) == NULL);
}

static void
show_buttons (BillingLinkSection *self,
              BillingLink        *link)
{
  BillingDossier *dossier = get_dossier (self);
  BillingDesk *desk = billing_dossier_get_desk (dossier);
  gboolean connected = billing_dossier_get_practice (dossier)->stripe_account != NULL;
  gboolean waiting = link != NULL && link->state == BILLING_LINK_STATE_WAITING;
  gboolean open = link != NULL && link->state == BILLING_LINK_STATE_OPEN;
  gboolean offered = billing_payment_rules_is_offered (BILLING_VERB_PAYMENT_LINK, dossier);

  gtk_menu_button_set_label (self->make_button, link != NULL ? _("New link") : _("Make Link"));
  gtk_label_set_label (self->make_label, open ? _("The link before is closed, and cannot be paid any more.") : "");
  gtk_widget_set_visible (GTK_WIDGET (self->make_label), open);
  gtk_widget_set_visible (GTK_WIDGET (self->make_button), offered && !waiting);
  gtk_widget_set_visible (self->cancel_button, waiting || open);
  gtk_widget_set_visible (self->connect_button, !connected && billing_desk_may (desk, BILLING_VERB_STRIPE_CONNECT));
  gtk_widget_set_visible (self->buttons, (offered && !waiting) || waiting || open ||
                          gtk_widget_get_visible (self->connect_button));
}

static void
update (BillingLinkSection *self)
{
  BillingDossier *dossier = get_dossier (self);
  BillingPayment *payment = billing_dossier_get_payment (dossier);
  BillingLink *link;

  if (payment == NULL)
    return;

  link = billing_dossier_get_link (dossier);
  show_open (self, get_live_link (self));
  show_state (self, link);
  show_buttons (self, link);
  gtk_widget_set_visible (GTK_WIDGET (self), link != NULL ||
                          billing_verb_is_legal (BILLING_VERB_PAYMENT_LINK, payment->status));
}

/* Usually as the practice has it; the day can be written over. */
static void
make_shown_cb (BillingLinkSection *self)
{
  BillingDossier *dossier = get_dossier (self);
  g_autofree char *today = billing_desk_get_today (billing_dossier_get_desk (dossier));
  g_autofree char *day = billing_day_add (today, (int) billing_dossier_get_practice (dossier)->link_days);

  billing_day_row_set_day (self->day_row, day);
  billing_problem_row_set_message (self->day_problem, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->day_row));
}

static gboolean
read_day (BillingLinkSection  *self,
          char               **day,
          GError             **error)
{
  g_autofree char *today = billing_desk_get_today (billing_dossier_get_desk (get_dossier (self)));

  if (!billing_day_row_get_day (self->day_row, day, error))
    return FALSE;
  if (*day != NULL && g_strcmp0 (*day, today) >= 0)
    return TRUE;

  g_clear_pointer (day, g_free);
  g_set_error_literal (error, BILLING_MODEL_ERROR, BILLING_MODEL_ERROR_DAY,
                       _("Until when can it be paid? Choose today or a later day."));
  return FALSE;
}

static void
make_clicked_cb (BillingLinkSection *self)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PAYMENT_LINK, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *day = NULL;

  if (!read_day (self, &day, &error))
    {
      billing_problem_row_set_message (self->day_problem, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->day_row));
      return;
    }

  g_object_set (act,
                "subject", billing_record_get_id (BILLING_RECORD (billing_dossier_get_payment (get_dossier (self)))),
                "expires", day, NULL);
  gtk_popover_popdown (self->make_popover);
  billing_detail_section_do (BILLING_DETAIL_SECTION (self), act, "win.toast-sent", _("The payment link"));
}

static void
day_changed_cb (BillingLinkSection *self)
{
  billing_problem_row_set_message (self->day_problem, NULL);
}

static void
cancel_clicked_cb (BillingLinkSection *self)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_LINK_CANCEL, NULL);
  BillingLink *link = billing_dossier_get_link (get_dossier (self));
  gboolean known = link != NULL && link->state == BILLING_LINK_STATE_OPEN;

  g_object_set (act, "subject",
                billing_record_get_id (BILLING_RECORD (billing_dossier_get_payment (get_dossier (self)))), NULL);
  /* Of what was never sent, Stripe need not hear. */
  billing_detail_section_do (BILLING_DETAIL_SECTION (self), act, known ? "win.toast-sent" : "win.toast",
                             known ? _("The closing of the link") : _("Payment link cancelled"));
}

static void
copy_clicked_cb (BillingLinkSection *self)
{
  BillingLink *link = get_live_link (self);

  if (link == NULL)
    {
      update (self);
      return;
    }

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), link->url);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Link copied"));
}

static void
open_clicked_cb (BillingLinkSection *self)
{
  BillingLink *link = get_live_link (self);

  if (link != NULL)
    gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), link->url, GDK_CURRENT_TIME);
  else
    update (self);
}

static void
mail_clicked_cb (BillingLinkSection *self)
{
  BillingLink *link = get_live_link (self);

  if (link != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.send-request", "s", link->payment_id);
  else
    update (self);
}

static void
billing_link_section_dossier_changed (BillingDetailSection *section,
                                      BillingDossier       *dossier)
{
  BillingLinkSection *self = BILLING_LINK_SECTION (section);

  g_signal_group_set_target (self->dossier_signals, dossier);
  update (self);
}

static void
billing_link_section_dispose (GObject *object)
{
  BillingLinkSection *self = BILLING_LINK_SECTION (object);

  g_clear_object (&self->dossier_signals);

  G_OBJECT_CLASS (billing_link_section_parent_class)->dispose (object);
}

static void
billing_link_section_class_init (BillingLinkSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_link_section_dispose;
  BILLING_DETAIL_SECTION_CLASS (klass)->dossier_changed = billing_link_section_dossier_changed;

  g_type_ensure (BILLING_TYPE_DAY_ROW);
  g_type_ensure (BILLING_TYPE_PROBLEM_ROW);
  g_type_ensure (BILLING_TYPE_QR_CODE);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/detail/link-section.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingLinkSection, buttons);
  gtk_widget_class_bind_template_child (widget_class, BillingLinkSection, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, BillingLinkSection, code_label);
  gtk_widget_class_bind_template_child (widget_class, BillingLinkSection, connect_button);
  gtk_widget_class_bind_template_child (widget_class, BillingLinkSection, day_problem);
  gtk_widget_class_bind_template_child (widget_class, BillingLinkSection, day_row);
  gtk_widget_class_bind_template_child (widget_class, BillingLinkSection, expiry_label);
  gtk_widget_class_bind_template_child (widget_class, BillingLinkSection, large_code);
  gtk_widget_class_bind_template_child (widget_class, BillingLinkSection, make_button);
  gtk_widget_class_bind_template_child (widget_class, BillingLinkSection, make_label);
  gtk_widget_class_bind_template_child (widget_class, BillingLinkSection, make_popover);
  gtk_widget_class_bind_template_child (widget_class, BillingLinkSection, open_box);
  gtk_widget_class_bind_template_child (widget_class, BillingLinkSection, open_buttons);
  gtk_widget_class_bind_template_child (widget_class, BillingLinkSection, qr_button);
  gtk_widget_class_bind_template_child (widget_class, BillingLinkSection, small_code);
  gtk_widget_class_bind_template_child (widget_class, BillingLinkSection, state_label);
  gtk_widget_class_bind_template_child (widget_class, BillingLinkSection, url_label);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, mail_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
}

static void
billing_link_section_init (BillingLinkSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->dossier_signals = g_signal_group_new (BILLING_TYPE_DOSSIER);
  g_signal_group_connect_swapped (self->dossier_signals, "loaded", G_CALLBACK (update), self);
}

/**
 * billing_link_section_make:
 * @self: the section of a payment that may have a link
 *
 * Opens what asks until when the link can be paid, where a link can be made now; else it shows how the link stands.
 */
void
billing_link_section_make (BillingLinkSection *self)
{
  /* The focus scrolls it into sight. */
  gtk_widget_child_focus (self->buttons, GTK_DIR_TAB_FORWARD);
  if (gtk_widget_get_visible (GTK_WIDGET (self->make_button)))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->make_button));
      gtk_menu_button_popup (self->make_button);
    }
}
