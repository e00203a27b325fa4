/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-welcome"

#include "config.h"

#include "billing-welcome.h"

struct _BillingWelcome {
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (BillingWelcome, billing_welcome, ADW_TYPE_BIN)

static void
billing_welcome_class_init (BillingWelcomeClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/com/example/Billing/ui/welcome/welcome.ui");
}

static void
billing_welcome_init (BillingWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
