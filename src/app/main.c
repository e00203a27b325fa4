/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing"

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "billing-application.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr (BillingApplication) application = NULL;
  const char *locales = g_getenv ("BILLING_LOCALEDIR"); /* where it is not installed, as in build-aux/run */

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locales != NULL ? locales : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = billing_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
