/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-tax-registration-pane"

#include "config.h"

#include "billing-tax-registration-pane.h"

#include <glib/gi18n.h>

#include "billing-tax-format.h"
#include "billing-tax-registration-actions.h"
#include "billing-tax-scheme.h"

struct _BillingTaxRegistrationPane {
  BillingRecordPane parent_instance;
};

G_DEFINE_FINAL_TYPE (BillingTaxRegistrationPane, billing_tax_registration_pane, BILLING_TYPE_RECORD_PANE)

static void
fill (BillingRecordPane  *pane,
      BillingRecord      *record,
      GPtrArray         **lists)
{
  BillingTaxRegistration *registration = BILLING_TAX_REGISTRATION (record);
  BillingDesk *desk = billing_record_pane_get_desk (pane);
  const char *time_zone = billing_desk_get_practice (desk)->time_zone;
  g_autofree char *place = billing_tax_format_place (registration);
  g_autofree char *status = billing_tax_format_status (registration);
  g_autofree char *from = billing_tax_format_day (registration->active_from, time_zone);
  g_autofree char *until = billing_tax_format_day (registration->expires_at, time_zone);
  g_autofree char *created = billing_tax_format_day (registration->created_at, time_zone);
  AdwPreferencesGroup *group;

  billing_record_pane_set_title (pane, place, status);
  group = billing_record_pane_add_group (pane, NULL);
  adw_preferences_group_add (group, billing_tax_registration_actions_new (registration, desk));
  group = billing_record_pane_add_group (pane, _("Registration"));
  billing_record_pane_add_fact (group, _("Registered For"),
                                registration->type != NULL ? billing_tax_get_type_label (registration->type) : NULL);
  billing_record_pane_add_fact (group, _("Jurisdiction"), registration->jurisdiction);
  billing_record_pane_add_fact (group, _("Place of Supply"),
                                registration->scheme != NULL ? billing_tax_get_scheme_label (registration->scheme) : NULL);
  billing_record_pane_add_fact (group, _("From"), from);
  billing_record_pane_add_fact (group, _("Until"), *until != '\0' ? until : _("No end"));
  billing_record_pane_add_fact (group, _("Added"), created);
  billing_record_pane_add_fact (group, _("Registration ID"), billing_record_get_id (record));
}

static void
billing_tax_registration_pane_class_init (BillingTaxRegistrationPaneClass *klass)
{
  BillingRecordPaneClass *pane_class = BILLING_RECORD_PANE_CLASS (klass);

  pane_class->get_record_type = billing_tax_registration_get_type;
  pane_class->fill = fill;
}

static void
billing_tax_registration_pane_init (BillingTaxRegistrationPane *self)
{
}
