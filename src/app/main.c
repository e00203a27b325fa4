/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing"

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "billing-application.h"
#include "billing-messages.h"
#include "billing-stripe-keys.h"

/* GSettings and the icon theme look where the desktop keeps its data. A program in a prefix that the desktop does not know must find its
 * own all the same. To be done before anything asks GLib for these folders. */
static void
add_own_data (void)
{
  const char *folders = g_getenv ("XDG_DATA_DIRS");
  g_autofree char *all = g_strconcat (folders != NULL && *folders != '\0' ? folders : "/usr/local/share:/usr/share", ":",
                                      DATADIR, NULL);

  g_setenv ("XDG_DATA_DIRS", all, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (BillingApplication) application = NULL;
  const char *locales = g_getenv ("BILLING_LOCALEDIR"); /* where it is not installed, as in build-aux/run */

  billing_stripe_keys_take_environment ();
  billing_mail_password_take_environment ();
  add_own_data ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locales != NULL ? locales : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = billing_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
