/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-practice-commands"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "billing-books.h"
#include "billing-console.h"
#include "billing-day.h"
#include "billing-demo.h"
#include "billing-money.h"
#include "billing-support.h"

static volatile sig_atomic_t is_interrupted;

static void
interrupt (int number)
{
  is_interrupted = TRUE;
}

/* Ctrl+C stops between two commits, so that the half-made clinic can be taken away again. */
static void
progress_cb (double      fraction,
             const char *what,
             gpointer    data)
{
  if (is_interrupted)
    g_cancellable_cancel (data);

  billing_console_progress (fraction, what);
}

static gboolean
init_demo (BillingCall  *call,
           const char   *folder,
           GError      **error)
{
  const char *payments = billing_call_get (call, "payments");
  const char *seed = billing_call_get (call, "seed");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  struct sigaction action = { .sa_handler = interrupt };
  gboolean done;

  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
  done = billing_demo_create (folder, payments != NULL ? g_ascii_strtoll (payments, NULL, 10) : 0,
                              seed != NULL ? g_ascii_strtoull (seed, NULL, 10) : BILLING_DEMO_SEED,
                              progress_cb, cancellable, cancellable, error);
  billing_console_progress_end ();

  if (error != NULL && g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (error);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Stopped; no practice was made"));
    }

  return done;
}

/* The currency of the user's country; US dollars where the locale has none. */
static char *
guess_currency (void)
{
  const char *symbol = localeconv ()->int_curr_symbol;
  g_autofree char *code = g_strndup (symbol, 3);

  return g_strdup (billing_currency_is_known (code) ? code : "USD");
}

static char *
guess_time_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (zone);

  return g_strdup (billing_time_zone_is_known (name) ? name : "UTC");
}

static gboolean
init_empty (BillingCall  *call,
            const char   *folder,
            GError      **error)
{
  const char *name = billing_call_get (call, "name");
  const char *currency = billing_call_get (call, "currency");
  const char *time_zone = billing_call_get (call, "time-zone");
  g_autofree char *usual_currency = guess_currency ();
  g_autofree char *usual_time_zone = guess_time_zone ();

  return billing_desk_create (folder, name != NULL ? name : _("Practice"), currency != NULL ? currency : usual_currency,
                              time_zone != NULL ? time_zone : usual_time_zone, error);
}

gboolean
billing_command_init (BillingCall  *call,
                      GError      **error)
{
  g_autofree char *folder = billing_call_get_folder (call);
  gboolean demo = billing_call_get (call, "demo") != NULL;

  if (!demo && (billing_call_get (call, "payments") != NULL || billing_call_get (call, "seed") != NULL))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                           _("--payments and --seed are for a made-up clinic, which --demo makes"));
      return FALSE;
    }
  if (demo && (billing_call_get (call, "name") != NULL || billing_call_get (call, "currency") != NULL ||
               billing_call_get (call, "time-zone") != NULL))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                           _("The clinic that --demo makes up has its own name, currency and time zone"));
      return FALSE;
    }
  if (!(demo ? init_demo (call, folder, error) : init_empty (call, folder, error)))
    return FALSE;

  printf ("%s\n", folder);
  return TRUE;
}

gboolean
billing_command_verify (BillingCall  *call,
                        GError      **error)
{
  BillingDesk *desk = billing_call_open_desk (call, error);
  g_autofree char *report = NULL;

  if (desk == NULL || !billing_desk_verify (desk, &report, NULL, error))
    return FALSE;

  printf ("%s%s", report, g_str_has_suffix (report, "\n") ? "" : "\n");
  return TRUE;
}

gboolean
billing_command_support_report (BillingCall  *call,
                                GError      **error)
{
  BillingDesk *desk = billing_call_open_desk (call, error);
  g_autofree char *report = desk != NULL ? billing_support_write_report (desk, error) : NULL;

  if (report == NULL)
    return FALSE;

  printf ("%s", report);
  return TRUE;
}

gboolean
billing_command_backup (BillingCall  *call,
                        GError      **error)
{
  BillingDesk *desk = billing_call_open_desk (call, error);

  return desk != NULL && billing_desk_back_up (desk, call->arguments[0], error);
}

gboolean
billing_command_restore (BillingCall  *call,
                         GError      **error)
{
  g_autofree char *folder = billing_call_get_folder (call);

  if (!billing_desk_restore (folder, call->arguments[0], error))
    return FALSE;

  printf ("%s\n", folder);
  return TRUE;
}
