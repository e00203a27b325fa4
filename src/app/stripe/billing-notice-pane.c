/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-notice-pane"

#include "config.h"

#include "billing-notice-pane.h"

#include <glib/gi18n.h>

#include "billing-format.h"
#include "billing-notice-card.h"
#include "billing-notice-format.h"
#include "billing-notice-rules.h"

struct _BillingNoticePane {
  BillingRecordPane parent_instance;

  BillingNotice *notice; /* (owned) (nullable): what is shown */
  gboolean opened; /* by a person, and not shown yet */
};

enum { OPENED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingNoticePane, billing_notice_pane, BILLING_TYPE_RECORD_PANE)

static void
shown (BillingRecordPane *pane,
       const char        *id)
{
  BillingNoticePane *self = BILLING_NOTICE_PANE (pane);

  g_clear_object (&self->notice);
  self->opened = TRUE;
}

static void
add_instant (AdwPreferencesGroup *group,
             const char          *title,
             gint64               at,
             const char          *time_zone)
{
  g_autofree char *text = at != 0 ? billing_format_instant (NULL, at, time_zone) : NULL;

  billing_record_pane_add_fact (group, title, text);
}

static void
add_facts (BillingNoticePane *self,
           BillingNotice     *notice,
           const char        *time_zone)
{
  AdwPreferencesGroup *group = billing_record_pane_add_group (BILLING_RECORD_PANE (self), _("Details"));
  g_autofree char *amount = notice->amount != 0 && notice->currency != NULL
                              ? billing_format_money (NULL, notice->amount, notice->currency) : NULL;
  g_autofree char *words = billing_notice_format_words (notice);

  add_instant (group, _("Since"), notice->created_at, time_zone);
  add_instant (group, _("By when"), notice->due_at, time_zone);
  billing_record_pane_add_fact (group, _("Amount"), amount);
  billing_record_pane_add_fact (group, _("Payment"), notice->payment);
  billing_record_pane_add_fact (group, _("Patient"), notice->patient_name);
  billing_record_pane_add_fact (group, _("Stripe’s words"), words);
  billing_record_pane_add_fact (group, _("Stripe’s id"), notice->subject);
}

static void
fill (BillingRecordPane  *pane,
      BillingRecord      *record,
      GPtrArray         **lists)
{
  BillingNoticePane *self = BILLING_NOTICE_PANE (pane);
  BillingNotice *notice = BILLING_NOTICE (record);
  BillingDesk *desk = billing_record_pane_get_desk (pane);
  const char *time_zone = billing_desk_get_practice (desk)->time_zone;
  g_autofree char *title = billing_notice_format_title (notice, time_zone);
  AdwPreferencesGroup *group;

  g_set_object (&self->notice, notice);
  billing_record_pane_set_title (pane, title, billing_notice_rule_get_label (notice->rule));
  group = billing_record_pane_add_group (pane, NULL);
  adw_preferences_group_add (group, billing_notice_card_new (notice, desk));
  add_facts (self, notice, time_zone);

  if (self->opened)
    g_signal_emit (self, signals[OPENED], 0);
  self->opened = FALSE;
}

static void
billing_notice_pane_dispose (GObject *object)
{
  g_clear_object (&BILLING_NOTICE_PANE (object)->notice);

  G_OBJECT_CLASS (billing_notice_pane_parent_class)->dispose (object);
}

static void
billing_notice_pane_class_init (BillingNoticePaneClass *klass)
{
  BillingRecordPaneClass *pane_class = BILLING_RECORD_PANE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_notice_pane_dispose;

  signals[OPENED] = g_signal_new ("opened", BILLING_TYPE_NOTICE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  pane_class->get_record_type = billing_notice_get_type;
  pane_class->shown = shown;
  pane_class->fill = fill;
}

static void
billing_notice_pane_init (BillingNoticePane *self)
{
}

/**
 * billing_notice_pane_get_notice:
 * @self: the pane
 *
 * Returns: (transfer none) (nullable): what it shows; %NULL also while that is on its way
 */
BillingNotice *
billing_notice_pane_get_notice (BillingNoticePane *self)
{
  return self->notice;
}
