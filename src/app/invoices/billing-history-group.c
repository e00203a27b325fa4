/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-history-group"

#include "config.h"

#include "billing-history-group.h"

#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-enums.h"
#include "billing-history.h"
#include "billing-list.h"
#include "billing-verb.h"

/* What people did to a service or an invoice, the newest first, as the audit has it. */

#define MAX_ENTRIES 50

/**
 * billing_history_group_read:
 * @connection: inside a transaction
 * @record: what it was done to
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingAuditEntry): what was done, the newest first
 */
GPtrArray *
billing_history_group_read (BillingConnection  *connection,
                            BillingRecord      *record,
                            GError            **error)
{
  g_autoptr (BillingQuery) query = billing_query_new ("audit");

  g_object_set (query, "subject", billing_record_get_id (record), "limit", (gint64) MAX_ENTRIES, NULL);
  return billing_list_rows (connection, query, error);
}

static const char *
get_label (BillingAuditEntry *entry)
{
  int verb;

  return billing_enum_from_nick (BILLING_TYPE_VERB, entry->verb, &verb) ? billing_verb_get_label (verb) : entry->verb;
}

static void
add_entry (AdwPreferencesGroup *group,
           BillingAuditEntry   *entry,
           const char          *time_zone)
{
  g_autofree char *when = billing_instant_format (entry->at, time_zone, NULL);
  const char *who = entry->person_name != NULL ? entry->person_name : entry->person;
  gboolean has_reason = entry->reason != NULL && *entry->reason != '\0';
  g_autofree char *subtitle = g_strjoin (" · ", when, who, has_reason ? entry->reason : NULL, NULL);

  billing_record_pane_add_link (group, get_label (entry), subtitle, NULL, NULL);
}

/**
 * billing_history_group_add:
 * @pane: a pane that is being filled
 * @entries: (element-type BillingAuditEntry): what was done
 */
void
billing_history_group_add (BillingRecordPane *pane,
                           GPtrArray         *entries)
{
  BillingPractice *practice = billing_desk_get_practice (billing_record_pane_get_desk (pane));
  AdwPreferencesGroup *group;

  if (entries->len == 0)
    return;

  group = billing_record_pane_add_group (pane, _("Timeline"));
  for (guint i = 0; i < entries->len; i++)
    add_entry (group, entries->pdata[i], practice->time_zone);
}
