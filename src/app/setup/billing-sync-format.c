/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sync-format"

#include "config.h"

#include "billing-sync-format.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "billing-format.h"

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* What a key may read, by the names of the mirror's streams and singles, as people call it. */
static const struct {
  const char *name;
  const char *label;
} permissions[] = {
  { "account", N_("Account") },
  { "balance", N_("Balance") },
  { "balance_settings", N_("Settings of payouts") },
  { "balance_transactions", N_("Balance transactions") },
  { "charges", N_("Stripe’s charges") },
  { "checkout_sessions", N_("Checkout sessions") },
  { "customers", N_("Customers") },
  { "disputes", N_("Disputes") },
  { "early_fraud_warnings", N_("Early fraud warnings") },
  { "events", N_("Events") },
  { "invoice_payments", N_("Payments of Stripe’s invoices") },
  { "payment_intents", N_("Payment intents") },
  { "payment_links", N_("Payment links") },
  { "payouts", N_("Payouts") },
  { "stripe_invoices", N_("Stripe’s invoices") },
  { "stripe_refunds", N_("Refunds") },
  { "tax_codes", N_("Tax codes") },
  { "tax_registrations", N_("Tax registrations") },
  { "tax_settings", N_("Tax settings") },
  { "write", N_("Changing things: collecting, refunding") },
};

/**
 * billing_sync_format_age:
 * @then: Unix seconds
 * @now: Unix seconds
 * @time_zone: (nullable): the practice's
 *
 * Returns: (transfer full): how long ago that was, in the few words that fit beside an icon; after
 *   a day, when
 */
char *
billing_sync_format_age (gint64      then,
                         gint64      now,
                         const char *time_zone)
{
  gint64 seconds = now - then;
  int n;

  if (seconds < MINUTE)
    return g_strdup (_("just now"));

  if (seconds >= DAY)
    return billing_format_instant (NULL, then, time_zone);

  if (seconds >= HOUR)
    {
      n = (int) (seconds / HOUR);
      /* Translators: short for hours */
      return g_strdup_printf (g_dngettext (NULL, "%d h ago", "%d h ago", (gulong) n), n);
    }

  n = (int) (seconds / MINUTE);
  /* Translators: short for minutes */
  return g_strdup_printf (g_dngettext (NULL, "%d min ago", "%d min ago", (gulong) n), n);
}

static char *
format_synced (gint64      synced_at,
               gint64      now,
               const char *time_zone)
{
  g_autofree char *age = NULL;

  if (synced_at == 0)
    return g_strdup (_("Not synced yet"));

  age = billing_sync_format_age (synced_at, now, time_zone);
  /* Translators: followed by “2 min ago” or a date */
  return g_strdup_printf (_("Synced %s"), age);
}

static char *
format_offline (guint n_waiting)
{
  if (n_waiting == 0)
    return g_strdup (_("Offline"));

  return g_strdup_printf (g_dngettext (NULL, "Offline: %u waits", "Offline: %u wait", n_waiting),
                          n_waiting);
}

/**
 * billing_sync_format_label:
 * @state: how the practice stands with Stripe
 * @synced_at: Unix seconds of the last round that went well, 0: never
 * @n_waiting: intents of the outbox
 * @progress: (nullable): how far a round is
 * @now: Unix seconds
 * @time_zone: (nullable): the practice's
 *
 * Returns: (transfer full): the few words that are always in sight
 */
char *
billing_sync_format_label (BillingSyncState  state,
                           gint64            synced_at,
                           guint             n_waiting,
                           const char       *progress,
                           gint64            now,
                           const char       *time_zone)
{
  switch (state)
    {
    case BILLING_SYNC_STATE_STARTING:
      return g_strdup (_("Connecting…"));
    case BILLING_SYNC_STATE_NOT_CONNECTED:
    case BILLING_SYNC_STATE_NO_KEYRING:
      return g_strdup (_("Not connected"));
    case BILLING_SYNC_STATE_LOCKED:
      return g_strdup (_("Keyring locked"));
    case BILLING_SYNC_STATE_KEY_REFUSED:
      return g_strdup (_("Key refused"));
    case BILLING_SYNC_STATE_DENIED:
      return g_strdup (_("Permission missing"));
    case BILLING_SYNC_STATE_OFFLINE:
      return format_offline (n_waiting);
    case BILLING_SYNC_STATE_SYNCING:
      return g_strdup (progress != NULL && *progress != '\0' ? progress : _("Syncing…"));
    case BILLING_SYNC_STATE_FAILED:
      return g_strdup (_("Sync failed"));
    case BILLING_SYNC_STATE_CURRENT:
    case BILLING_SYNC_STATE_LIMITED:
    case BILLING_SYNC_STATE_BUSY:
    default:
      return format_synced (synced_at, now, time_zone);
    }
}

const char *
billing_sync_format_icon (BillingSyncState state)
{
  switch (state)
    {
    case BILLING_SYNC_STATE_NOT_CONNECTED:
    case BILLING_SYNC_STATE_NO_KEYRING:
    case BILLING_SYNC_STATE_OFFLINE:
      return "network-offline-symbolic";
    case BILLING_SYNC_STATE_LOCKED:
      return "dialog-password-symbolic";
    case BILLING_SYNC_STATE_KEY_REFUSED:
    case BILLING_SYNC_STATE_DENIED:
    case BILLING_SYNC_STATE_FAILED:
      return "dialog-warning-symbolic";
    case BILLING_SYNC_STATE_STARTING:
    case BILLING_SYNC_STATE_SYNCING:
    case BILLING_SYNC_STATE_CURRENT:
    case BILLING_SYNC_STATE_LIMITED:
    case BILLING_SYNC_STATE_BUSY:
    default:
      return "emblem-synchronizing-symbolic";
    }
}

/* Whether a person has to do something before it goes on. */
gboolean
billing_sync_format_is_problem (BillingSyncState state)
{
  return state == BILLING_SYNC_STATE_LOCKED || state == BILLING_SYNC_STATE_KEY_REFUSED ||
         state == BILLING_SYNC_STATE_DENIED || state == BILLING_SYNC_STATE_FAILED;
}

/**
 * billing_sync_format_waiting:
 * @n_waiting: intents that Stripe is still to be told
 * @n_unknown: those of which nobody knows whether Stripe did them
 * @n_refused: those that Stripe refused, as far as nobody has seen it
 *
 * Returns: (transfer full): a sentence
 */
char *
billing_sync_format_waiting (guint n_waiting,
                             guint n_unknown,
                             guint n_refused)
{
  if (n_unknown > 0)
    return g_strdup_printf (g_dngettext (NULL, "Of %u request the answer is unknown.",
                                         "Of %u requests the answer is unknown.",
                                         n_unknown), n_unknown);

  if (n_waiting > 0)
    return g_strdup_printf (g_dngettext (NULL, "%u request waits to be sent.",
                                         "%u requests wait to be sent.", n_waiting), n_waiting);

  if (n_refused > 0)
    return g_strdup_printf (g_dngettext (NULL, "Stripe refused %u request.",
                                         "Stripe refused %u requests.", n_refused), n_refused);

  return g_strdup (_("Nothing waits to be sent."));
}

/**
 * billing_sync_format_permission:
 * @name: of a stream of the mirror, of a single, or `write`
 *
 * Returns: (transfer none): what it is called; @name itself where nobody has named it yet
 */
const char *
billing_sync_format_permission (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (permissions); i++)
    {
      if (g_str_equal (permissions[i].name, name))
        return _(permissions[i].label);
    }

  return name;
}

/**
 * billing_sync_format_key:
 * @probe: (nullable): what is known of a key
 *
 * Returns: (transfer full): which key it is, as far as people can tell
 */
char *
billing_sync_format_key (BillingStripeProbe *probe)
{
  gboolean is_restricted = probe != NULL && probe->restricted;
  const char *kind = is_restricted ? _("Restricted key") : _("Secret key");

  return probe != NULL && probe->last4[0] != '\0' ? g_strdup_printf ("%s ···· %s", kind, probe->last4) : g_strdup (kind);
}

/* Where the key of a practice is kept. */
const char *
billing_sync_format_key_place (BillingSync *sync)
{
  gboolean for_session;

  g_object_get (sync, "for-session", &for_session, NULL);
  return for_session ? _("In memory: forgotten when Billing is closed") : _("In this computer’s keyring");
}

/**
 * billing_sync_format_permission_state:
 * @permission: one of a key's
 * @restricted: whether the key may do only what it was given permission for
 *
 * Returns: (transfer full): whether it may, and Stripe's reason where it may not
 */
char *
billing_sync_format_permission_state (const BillingStripePermission *permission,
                                      gboolean                       restricted)
{
  switch (permission->access)
    {
    case BILLING_STRIPE_ACCESS_ALLOWED:
      return g_strdup (C_("permission", "Allowed"));
    case BILLING_STRIPE_ACCESS_DENIED:
      return g_strdup (permission->sentence != NULL ? permission->sentence : _("Not allowed"));
    case BILLING_STRIPE_ACCESS_MISSING:
      return g_strdup (_("This account has none"));
    case BILLING_STRIPE_ACCESS_UNKNOWN:
    default:
      return g_strdup (restricted ? _("Known only once it is tried: Stripe does not say beforehand what a restricted key may change")
                                  : _("Not tried"));
    }
}
