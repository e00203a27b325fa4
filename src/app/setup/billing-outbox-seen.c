/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-outbox-seen"

#include "config.h"

#include "billing-outbox-seen.h"

#define KEY "outbox-seen"

/* By practice, since a person may work in several. */
static const char *
get_name (BillingDesk *desk)
{
  return billing_record_get_id (BILLING_RECORD (billing_desk_get_practice (desk)));
}

/**
 * billing_outbox_seen_get:
 * @desk: in which practice
 *
 * Returns: Unix seconds, 0: never
 */
gint64
billing_outbox_seen_get (BillingDesk *desk)
{
  g_autoptr (GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autoptr (GVariant) seen = g_settings_get_value (settings, KEY);
  gint64 at = 0;

  g_variant_lookup (seen, get_name (desk), "x", &at);
  return at;
}

/**
 * billing_outbox_seen_set:
 * @desk: in which practice
 *
 * Remembers that the person looks at it just now.
 */
void
billing_outbox_seen_set (BillingDesk *desk)
{
  g_autoptr (GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autoptr (GVariant) seen = g_settings_get_value (settings, KEY);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sx}"));
  GVariantIter iter;
  const char *name;
  gint64 at;

  g_variant_iter_init (&iter, seen);
  while (g_variant_iter_next (&iter, "{&sx}", &name, &at))
    {
      if (!g_str_equal (name, get_name (desk)))
        g_variant_builder_add (&builder, "{sx}", name, at);
    }

  g_variant_builder_add (&builder, "{sx}", get_name (desk), g_get_real_time () / G_USEC_PER_SEC);
  g_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
}

/**
 * billing_outbox_seen_needs_person:
 * @intent: of the queue
 * @seen_at: when the person has last looked at it
 *
 * Returns: whether somebody must do something about it, or has yet to learn of it
 */
gboolean
billing_outbox_seen_needs_person (BillingIntent *intent,
                                  gint64         seen_at)
{
  return intent->state == BILLING_OUTBOX_STATE_UNKNOWN ||
         (intent->state == BILLING_OUTBOX_STATE_FAILED && intent->sent_at > seen_at);
}
