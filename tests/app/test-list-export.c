/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "billing-columns.h"
#include "billing-list-export.h"

static char *
join (const char         *list,
      const char * const *shown)
{
  g_auto (GStrv) columns = billing_list_export_columns (list, shown);

  return g_strjoinv (",", columns);
}

/* A file has the columns of the screen, in the order in which somebody put them, without those that are hidden; behind the amounts
 * stands their currency, and at the end what tells them apart. */
static void
test_order (void)
{
  static const char * const moved[] = { "memo", "amount", "payment", "created", NULL };
  static const char * const without[] = { "due", "patient", NULL };
  static const char * const two[] = { "treatment", "charges", "day", "balance", NULL };
  g_autofree char *of_moved = join ("payments", moved);
  g_autofree char *of_without = join ("payments", without);
  g_autofree char *of_two = join ("treatments", two);

  g_assert_cmpstr (of_moved, ==, "memo,amount,currency,number,created-at");
  g_assert_cmpstr (of_without, ==, "due-on,patient-name,number,currency");
  g_assert_cmpstr (of_two, ==, "number,charges,day,balance,currency");
}

/* Every column that a list may show is one of its files too. */
static void
test_columns (void)
{
  static const struct {
    const char *list;
    const char *shown[12];
  } lists[] = {
    { "payments", { "payment", "patient", "amount", "status", "due", "treatment", "created", "memo" } },
    { "treatments", { "treatment", "patient", "day", "physician", "location", "codes", "charges", "balance" } },
    { "patients", { "patient", "name", "birth-date", "phone", "email", "balance", "credit" } },
    { "stripe_payments", { "date", "amount", "status", "payer", "payment", "fee", "net", "refunded", "method", "description",
                           "stripe-id" } },
    { "notices", { "notice", "since", "due", "about", "state" } },
    { "tax_registrations", { "place", "type", "status", "from", "until" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_auto (GStrv) columns = billing_list_export_columns (lists[i].list, lists[i].shown);
      guint n_columns;
      const BillingColumn *known = billing_columns_of (lists[i].list, &n_columns);

      for (guint c = 0; columns[c] != NULL; c++)
        {
          guint k = 0;

          while (k < n_columns && !g_str_equal (known[k].property, columns[c]))
            k++;
          g_test_message ("%s: %s", lists[i].list, columns[c]);
          g_assert_cmpuint (k, <, n_columns);
        }
    }
}

/* What was done is said in the words of the list, and one is no plural. */
static void
test_done (void)
{
  g_autofree char *many = billing_list_export_done ("payments", 412);
  g_autofree char *one = billing_list_export_done ("patients", 1);
  g_autofree char *other = billing_list_export_done ("customers", 0);

  g_assert_cmpstr (many, ==, "412 payments exported");
  g_assert_cmpstr (one, ==, "1 patient exported");
  g_assert_cmpstr (other, ==, "0 rows exported");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/list-export/order", test_order);
  g_test_add_func ("/list-export/columns", test_columns);
  g_test_add_func ("/list-export/done", test_done);

  return g_test_run ();
}
