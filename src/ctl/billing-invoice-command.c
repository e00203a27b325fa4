/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-invoice-command"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>

#include "billing-invoice-store.h"
#include "billing-money.h"

/* Invoices: made of services, marked as paid, void, written off. */

static const char * const filters[] = { "patient", "rate", "location", "payer", "physician", "search", "from", "to", NULL };
static const char * const sayings[] = { "date", "due", "memo", "notes", NULL };

/* What of the options is meant for @record. */
static gboolean
apply (BillingCall         *call,
       const char * const  *names,
       gpointer             record,
       GError             **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *value = billing_call_get (call, names[i]);

      if (value != NULL &&
          !billing_option_apply (billing_option_find (names[i]), value, record, billing_call_get_format (call).currency, error))
        return FALSE;
    }

  return TRUE;
}

/* Services that are named; otherwise all that are to be invoiced and that the filters leave. */
static gboolean
choose (BillingCall  *call,
        BillingAct   *act,
        GError      **error)
{
  act->selection = g_strdup (billing_call_get (call, "services"));
  if (act->selection != NULL)
    return TRUE;

  act->query = billing_desk_query (call->desk, "services");
  act->query->status = g_strdup ("to-invoice");
  return apply (call, filters, act->query, error);
}

typedef struct {
  BillingAct *act;
  BillingInvoicingSums sums;
} Look;

static gboolean
look_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Look *look = data;

  return billing_invoice_store_preview (connection, look->act, &look->sums, error);
}

static void
print_amount (BillingCall *call,
              const char  *name,
              gint64       amount)
{
  g_autofree char *text = billing_money_format_plain (billing_money_new (amount, billing_call_get_format (call).currency));

  printf ("%s\t%s\n", name, text);
}

static void
print_count (const char *name,
             gint64      n)
{
  printf ("%s\t%" PRId64 "\n", name, n);
}

/* What it would come to, a name and a number a line. */
static gboolean
preview (BillingCall  *call,
         BillingAct   *act,
         GError      **error)
{
  Look look = { .act = act };
  gint64 left_out = 0;

  if (!billing_store_read (billing_desk_get_store (call->desk), look_func, &look, NULL, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (look.sums.n_left_out); i++)
    left_out += look.sums.n_left_out[i];
  print_count ("services", look.sums.n_services);
  print_count ("left-out", left_out + look.sums.n_foreign);
  print_count ("invoices", look.sums.n_invoices);
  print_amount (call, "amount", look.sums.amount);
  print_amount (call, "prepaid", look.sums.prepaid);
  print_amount (call, "joined", look.sums.joined);
  print_amount (call, "asked", look.sums.asked);
  return TRUE;
}

/* Prints the number of the invoice, or of the first and the last. */
gboolean
billing_command_invoice_create (BillingCall  *call,
                                GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, NULL);

  if (billing_call_open_desk (call, error) == NULL || !choose (call, act, error) || !apply (call, sayings, act, error))
    return FALSE;
  if (billing_call_get (call, "dry-run") != NULL)
    return preview (call, act, error);
  if (!billing_call_do (call, act, error))
    return FALSE;

  printf ("%s\n", act->result);
  return TRUE;
}

/* One invoice or many: INV-001 INV-002, or INV-005..INV-104, as it was printed when they were made. */
gboolean
billing_command_invoice (BillingCall  *call,
                         GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, NULL);

  act->selection = g_strjoinv (" ", (GStrv) call->arguments);
  if (billing_call_open_desk (call, error) == NULL || !billing_call_fill (call, act, error) || !billing_call_do (call, act, error))
    return FALSE;
  if (act->remainder != NULL)
    {
      printf ("%s\n", act->remainder);
      g_printerr (_("What is left of %s is now %s\n"), act->result, act->remainder);
    }

  return TRUE;
}
