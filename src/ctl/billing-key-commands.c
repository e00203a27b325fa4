/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-key-commands"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "billing-console.h"

/* The keys of the practice's Stripe account. A key comes in by standard input, and is never
 * printed. */

static const char * const access_labels[] = {
  [BILLING_STRIPE_ACCESS_UNKNOWN] = N_("not known until it is tried"),
  [BILLING_STRIPE_ACCESS_ALLOWED] = N_("allowed"),
  [BILLING_STRIPE_ACCESS_DENIED] = N_("denied"),
  [BILLING_STRIPE_ACCESS_MISSING] = N_("not in this account"),
};

static const char *
get_mode (gboolean live)
{
  return live ? _("live mode: real money moves") : _("test mode: no real money moves");
}

static void
print_line (const char *name,
            const char *value)
{
  printf ("%-12s %s\n", name, value);
}

/* What Stripe's own words can be is not known: they go on a line of their own, without anything
 * that a terminal would obey. */
static void
print_permissions (BillingStripeProbe *probe)
{
  for (guint i = 0; i < probe->permissions->len; i++)
    {
      BillingStripePermission *permission = probe->permissions->pdata[i];
      g_autofree char *words = permission->sentence != NULL ? billing_console_cell (permission->sentence, G_MAXINT) : NULL;

      printf ("  %-22s %s%s%s\n", permission->name, _(access_labels[permission->access]), words != NULL ? ": " : "",
              words != NULL ? words : "");
    }
}

static void
print_probe (BillingStripeProbe *probe)
{
  g_autofree char *account = probe->name != NULL ? g_strdup_printf ("%s (%s)", probe->account, probe->name)
                                                 : g_strdup (probe->account);
  g_autofree char *key = g_strdup_printf (probe->restricted ? _("restricted key …%s") : _("secret key …%s"), probe->last4);
  g_autofree char *shown = billing_console_cell (account, G_MAXINT);

  print_line (_("Account"), shown);
  print_line (_("Mode"), get_mode (probe->live));
  print_line (_("Key"), key);
  if (probe->country != NULL)
    print_line (_("Country"), probe->country);
  if (probe->currency != NULL)
    print_line (_("Currency"), probe->currency);
  printf ("%s\n", _("What it may do"));
  print_permissions (probe);
}

static gboolean
read_key (char    **key,
          GError  **error)
{
  *key = billing_console_read_secret (_("Secret key of Stripe:"), error);
  if (*key == NULL)
    return FALSE;

  g_strstrip (*key);
  if (**key != '\0')
    return TRUE;

  g_clear_pointer (key, g_free);
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                       _("There is no key on standard input. It is one line: sk_… or rk_…, from "
                         "the Stripe Dashboard."));
  return FALSE;
}

gboolean
billing_command_key_set (BillingCall  *call,
                         GError      **error)
{
  BillingSync *sync = billing_call_open_sync (call, error);
  g_autoptr (BillingStripeProbe) probe = NULL;
  g_autofree char *warning = NULL;
  char *key = NULL;

  if (sync == NULL || !read_key (&key, error))
    return FALSE;

  probe = billing_sync_connect (sync, key, billing_call_get (call, "publishable"),
                                BILLING_SYNC_KEEP_IN_KEYRING, &warning, NULL, error);
  explicit_bzero (key, strlen (key));
  g_free (key);
  if (probe == NULL)
    return FALSE;

  print_probe (probe);
  if (warning != NULL)
    g_printerr ("billingctl: %s\n", warning);
  return TRUE;
}

/* Where the practice belongs is known without a key too. */
static void
print_binding (BillingPractice *practice)
{
  print_line (_("Account"), practice->stripe_account);
  print_line (_("Mode"), get_mode (practice->stripe_live));
}

gboolean
billing_command_key_status (BillingCall  *call,
                            GError      **error)
{
  BillingSync *sync = billing_call_open_sync (call, error);
  g_autoptr (BillingStripeProbe) probe = NULL;
  g_autoptr (GError) none = NULL;
  BillingPractice *practice;
  gboolean for_session = FALSE;

  if (sync == NULL)
    return FALSE;

  practice = billing_desk_get_practice (call->desk);
  if (!billing_sync_look (sync, &for_session, &probe, NULL, &none) &&
      none->domain != BILLING_SYNC_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&none));
      return FALSE;
    }

  if (probe != NULL && !for_session)
    print_probe (probe);
  else if (practice->stripe_account != NULL)
    print_binding (practice);

  if (none != NULL)
    printf ("%s\n", none->message);
  else
    print_line (_("Kept"), for_session ? "BILLING_STRIPE_KEY" : _("in the keyring"));
  return TRUE;
}

gboolean
billing_command_key_clear (BillingCall  *call,
                           GError      **error)
{
  BillingSync *sync = billing_call_open_sync (call, error);

  return sync != NULL && billing_sync_clear (sync, NULL, error);
}
