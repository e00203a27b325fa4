/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-remittance-pane"

#include "config.h"

#include "billing-remittance-pane.h"

#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-format.h"
#include "billing-remittance-actions.h"
#include "billing-remittance-row.h"
#include "billing-remittance-store.h"
#include "billing-remittance-words.h"

/* More lines than anybody reads beside a list; the rest is on the command line and in exports. */
#define MAX_LINES 200

struct _BillingRemittancePane {
  BillingRecordPane parent_instance;
};

G_DEFINE_FINAL_TYPE (BillingRemittancePane, billing_remittance_pane, BILLING_TYPE_RECORD_PANE)

static gpointer
read_lines (BillingConnection  *connection,
            BillingRecord      *record,
            GError            **error)
{
  return billing_remittance_list_lines (connection, billing_record_get_id (record), NULL, error);
}

static void
add_money (AdwPreferencesGroup *group,
           const char          *title,
           gint64               amount,
           const char          *currency)
{
  g_autofree char *text = billing_format_money (NULL, amount, currency);

  billing_record_pane_add_fact (group, title, text);
}

static void
add_facts (BillingRecordPane *pane,
           BillingRemittance *remittance)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (pane, _("Remittance"));
  g_autofree char *day = remittance->day != NULL ? billing_day_format (remittance->day, NULL) : NULL;
  g_autofree char *kept = billing_remittance_describe_provider (remittance);
  g_autofree char *balance = billing_remittance_describe_balance (remittance);

  billing_record_pane_add_fact (group, _("Date"), day);
  billing_record_pane_add_fact (group, _("Reference"), remittance->reference);
  billing_record_pane_add_fact (group, _("Method"), remittance->method);
  billing_record_pane_add_fact (group, _("Paid to"), remittance->payee);
  add_money (group, _("Claims"), remittance->claims, remittance->currency);
  if (remittance->provider_adjusted != 0)
    add_money (group, _("Kept back"), remittance->provider_adjusted, remittance->currency);
  billing_record_pane_add_fact (group, _("Why"), kept);
  add_money (group, _("Paid"), remittance->amount, remittance->currency);
  add_money (group, _("Posted"), remittance->posted, remittance->currency);
  billing_record_pane_add_fact (group, _("Does not fit"), balance);
  billing_record_pane_add_fact (group, _("Number"), remittance->number);
}

static void
add_lines (BillingRecordPane *pane,
           GPtrArray         *lines)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (pane, _("Lines"));

  for (guint i = 0; i < MIN (lines->len, MAX_LINES); i++)
    adw_preferences_group_add (group, billing_remittance_row_new (lines->pdata[i]));

  if (lines->len > MAX_LINES)
    {
      g_autofree char *text = g_strdup_printf (_("Only the first %u of %u lines are shown."), MAX_LINES, lines->len);

      adw_preferences_group_set_description (group, text);
    }
}

static void
fill (BillingRecordPane  *pane,
      BillingRecord      *record,
      GPtrArray         **lists)
{
  BillingRemittance *remittance = BILLING_REMITTANCE (record);
  g_autofree char *amount = billing_format_money (NULL, remittance->amount, remittance->currency);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", remittance->payer, billing_remittance_get_state_label (remittance->state));
  AdwPreferencesGroup *group;

  billing_record_pane_set_title (pane, amount, subtitle);
  if (remittance->n_open > 0)
    {
      group = billing_record_pane_add_group (pane, NULL);
      adw_preferences_group_add (group, billing_remittance_actions_new (remittance));
    }
  add_lines (pane, billing_record_pane_get_read (pane));
  add_facts (pane, remittance);
}

static void
billing_remittance_pane_class_init (BillingRemittancePaneClass *klass)
{
  BillingRecordPaneClass *pane_class = BILLING_RECORD_PANE_CLASS (klass);

  pane_class->get_record_type = billing_remittance_get_type;
  pane_class->read = read_lines;
  pane_class->free_read = (GDestroyNotify) g_ptr_array_unref;
  pane_class->fill = fill;
}

static void
billing_remittance_pane_init (BillingRemittancePane *self)
{
}
