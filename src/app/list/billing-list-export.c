/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-export"

#include "config.h"

#include "billing-list-export.h"

#include <glib/gi18n.h>
#include <inttypes.h>

/* What of a list on the screen goes into a file. */

/* What the columns of the lists are in a file, where they are not of the same name there. A column of the screen may say more than one
 * thing. */
static const struct {
  const char *list;
  const char *column;
  const char *properties; /* separated by spaces */
} mappings[] = {
  { "payments", "payment", "number" },
  { "payments", "patient", "patient-name" },
  { "payments", "due", "due-on" },
  { "payments", "created", "created-at" },
  { "treatments", "treatment", "number" },
  { "treatments", "patient", "patient-name" },
  { "patients", "patient", "number" },
  { "charges", "charge", "id created-at" },
  { "charges", "payer", "patient-name payer" },
  { "charges", "method", "method brand last4" },
};

/* Lists of payments, treatments and charges may be of several currencies; behind their amounts stands in which. */
static const struct {
  const char *list;
  const char *amounts[5];
} currencies[] = {
  { "payments", { "amount" } },
  { "treatments", { "charges", "balance" } },
  { "charges", { "amount", "fee", "net" } },
};

static const char *
find_properties (const char *list,
                 const char *column)
{
  for (guint i = 0; i < G_N_ELEMENTS (mappings); i++)
    {
      if (g_str_equal (mappings[i].list, list) && g_str_equal (mappings[i].column, column))
        return mappings[i].properties;
    }

  return column;
}

static gboolean
is_amount (const char *list,
           const char *column)
{
  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    {
      if (g_str_equal (currencies[i].list, list))
        return g_strv_contains (currencies[i].amounts, column);
    }

  return FALSE;
}

/**
 * billing_list_export_columns:
 * @list: a kind that is listed
 * @shown: (array zero-terminated=1): the columns on the screen, in their order
 *
 * Returns: (transfer full) (array zero-terminated=1): the properties that a file of the same list has, in their order
 */
char **
billing_list_export_columns (const char         *list,
                             const char * const *shown)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  int last_amount = -1;

  for (guint i = 0; shown[i] != NULL; i++)
    {
      g_auto (GStrv) properties = g_strsplit (find_properties (list, shown[i]), " ", -1);

      for (guint p = 0; properties[p] != NULL; p++)
        g_ptr_array_add (columns, g_strdup (properties[p]));
      if (is_amount (list, shown[i]))
        last_amount = (int) columns->len;
    }

  if (last_amount >= 0)
    g_ptr_array_insert (columns, last_amount, g_strdup ("currency"));
  g_ptr_array_add (columns, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&columns), FALSE);
}

/**
 * billing_list_export_done:
 * @list: a kind that is listed
 * @n_rows: how many rows the file has
 *
 * Returns: (transfer full): what was done, in words
 */
char *
billing_list_export_done (const char *list,
                          guint64     n_rows)
{
  const char *format;

  if (g_str_equal (list, "payments"))
    format = ngettext ("%'" PRIu64 " payment exported", "%'" PRIu64 " payments exported", n_rows);
  else if (g_str_equal (list, "treatments"))
    format = ngettext ("%'" PRIu64 " treatment exported", "%'" PRIu64 " treatments exported", n_rows);
  else if (g_str_equal (list, "patients"))
    format = ngettext ("%'" PRIu64 " patient exported", "%'" PRIu64 " patients exported", n_rows);
  else
    format = ngettext ("%'" PRIu64 " row exported", "%'" PRIu64 " rows exported", n_rows);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, n_rows);
#pragma GCC diagnostic pop
}
