/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-administration-page"

#include "config.h"

#include "billing-administration-page.h"

#include "billing-mail-group.h"
#include "billing-paper-group.h"
#include "billing-people-group.h"
#include "billing-places-group.h"
#include "billing-practice-settings.h"
#include "billing-stripe-setup.h"

struct _BillingAdministrationPage {
  AdwBin parent_instance;

  /* Template widgets. */
  BillingStripeSetup *stripe;
  BillingPracticeSettings *practice;
  BillingPaperGroup *paper;
  BillingPlacesGroup *locations;
  BillingPlacesGroup *physicians;
  BillingMailGroup *mail;
  BillingPeopleGroup *people;

  BillingDesk *desk; /* (owned) (nullable) */
  GSignalGroup *store; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingAdministrationPage, billing_administration_page, ADW_TYPE_BIN)

static void
store_changed_cb (BillingAdministrationPage *self,
                  const char                *kind)
{
  if (g_strcmp0 (kind, "practice") != 0)
    return;

  billing_practice_settings_set_desk (self->practice, self->desk);
  billing_paper_group_set_desk (self->paper, self->desk);
}

static void
billing_administration_page_dispose (GObject *object)
{
  BillingAdministrationPage *self = BILLING_ADMINISTRATION_PAGE (object);

  g_clear_object (&self->store);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (billing_administration_page_parent_class)->dispose (object);
}

static void
billing_administration_page_class_init (BillingAdministrationPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_administration_page_dispose;

  g_type_ensure (BILLING_TYPE_MAIL_GROUP);
  g_type_ensure (BILLING_TYPE_PAPER_GROUP);
  g_type_ensure (BILLING_TYPE_PEOPLE_GROUP);
  g_type_ensure (BILLING_TYPE_PLACES_GROUP);
  g_type_ensure (BILLING_TYPE_PRACTICE_SETTINGS);
  g_type_ensure (BILLING_TYPE_STRIPE_SETUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/setup/administration-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingAdministrationPage, mail);
  gtk_widget_class_bind_template_child (widget_class, BillingAdministrationPage, locations);
  gtk_widget_class_bind_template_child (widget_class, BillingAdministrationPage, paper);
  gtk_widget_class_bind_template_child (widget_class, BillingAdministrationPage, people);
  gtk_widget_class_bind_template_child (widget_class, BillingAdministrationPage, physicians);
  gtk_widget_class_bind_template_child (widget_class, BillingAdministrationPage, practice);
  gtk_widget_class_bind_template_child (widget_class, BillingAdministrationPage, stripe);
}

static void
billing_administration_page_init (BillingAdministrationPage *self)
{
  self->store = g_signal_group_new (BILLING_TYPE_STORE);
  g_signal_group_connect_swapped (self->store, "changed", G_CALLBACK (store_changed_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_administration_page_set_sync:
 * @self: the page
 * @desk: (nullable): who looks at it, and in which practice
 * @sync: (nullable): of the practice
 */
void
billing_administration_page_set_sync (BillingAdministrationPage *self,
                                      BillingDesk               *desk,
                                      BillingSync               *sync)
{
  g_set_object (&self->desk, desk);
  g_signal_group_set_target (self->store, desk != NULL ? billing_desk_get_store (desk) : NULL);
  billing_practice_settings_set_desk (self->practice, desk);
  billing_paper_group_set_desk (self->paper, desk);
  billing_places_group_set_desk (self->locations, desk);
  billing_places_group_set_desk (self->physicians, desk);
  billing_stripe_setup_set_sync (self->stripe, desk, sync);
  billing_mail_group_set_desk (self->mail, desk);
  billing_people_group_set_desk (self->people, desk);
}

void
billing_administration_page_connect (BillingAdministrationPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->stripe));
}

/**
 * billing_administration_page_warn:
 * @self: the page
 * @warning: (nullable): what somebody should know of the key that Stripe has accepted; %NULL:
 *   nothing
 */
void
billing_administration_page_warn (BillingAdministrationPage *self,
                                  const char                *warning)
{
  billing_stripe_setup_warn (self->stripe, warning);
}
