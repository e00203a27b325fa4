/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-welcome"

#include "config.h"

#include "billing-welcome.h"

struct _BillingWelcome {
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (BillingWelcome, billing_welcome, ADW_TYPE_BIN)

static void
billing_welcome_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BILLING_TYPE_WELCOME);

  G_OBJECT_CLASS (billing_welcome_parent_class)->dispose (object);
}

static void
billing_welcome_class_init (BillingWelcomeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = billing_welcome_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/com/example/Billing/ui/welcome/welcome.ui");
}

static void
billing_welcome_init (BillingWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
