/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-support"

#include "config.h"

#include "billing-support.h"

#include <locale.h>

#include "billing-census.h"
#include "billing-enums.h"
#include "billing-stripe-client.h"

static void
append_system (GString *report)
{
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  g_string_append_printf (report, "Billing: %s\n", PACKAGE_VERSION);
  g_string_append_printf (report, "System: %s\n", os != NULL ? os : "unknown");
  g_string_append_printf (report, "GLib: %u.%u.%u\n", glib_major_version, glib_minor_version, glib_micro_version);
  g_string_append_printf (report, "Stripe API version: %s\n", BILLING_STRIPE_API_VERSION);
  g_string_append_printf (report, "Locale: %s\n", setlocale (LC_ALL, NULL));
  g_string_append_printf (report, "Desktop: %s, session: %s\n",
                          g_getenv ("XDG_CURRENT_DESKTOP") != NULL ? g_getenv ("XDG_CURRENT_DESKTOP") : "unknown",
                          g_getenv ("XDG_SESSION_TYPE") != NULL ? g_getenv ("XDG_SESSION_TYPE") : "unknown");
}

static gboolean
take_census (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  char **census = data;

  *census = billing_census_take (connection, error);
  return *census != NULL;
}

char *
billing_support_write_report (BillingDesk  *desk,
                              GError      **error)
{
  g_autoptr (GString) report = g_string_new (NULL);
  g_autofree char *census = NULL;

  append_system (report);
  if (desk == NULL)
    return g_string_free (g_steal_pointer (&report), FALSE);

  g_string_append_printf (report, "Role: %s\n",
                          billing_enum_nick (BILLING_TYPE_ROLE, billing_desk_get_person (desk)->role));
  g_string_append_printf (report, "Seals: %s\n", billing_desk_get_warning (desk) == NULL ? "keyed" : "not keyed");
  if (!billing_store_read (billing_desk_get_store (desk), take_census, &census, NULL, error))
    return NULL;

  g_string_append (report, census);
  return g_string_free (g_steal_pointer (&report), FALSE);
}
