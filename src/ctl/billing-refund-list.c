/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-refund-list"

#include "config.h"

#include "billing-commands.h"

#include "billing-day.h"
#include "billing-payment.h"
#include "billing-stripe-records.h"

/*
 * Refunds in one list: those that were asked for here, and those of Stripe's that nobody here asked
 * for, made in Stripe's Dashboard for instance. One that Stripe made for one of ours stands there
 * once, as ours: its reference is Stripe's id.
 */

typedef struct {
  GPtrArray *records;     /* (owned) (element-type BillingRecord) */
  GHashTable *references; /* (owned): Stripe's ids of those that are ours */
} Refunds;

static void
refunds_clear (Refunds *self)
{
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->references, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Refunds, refunds_clear)

static gboolean
note_reference_cb (BillingRecord  *record,
                   gpointer        data,
                   GError        **error)
{
  Refunds *refunds = data;
  const char *reference = BILLING_REFUND (record)->reference;

  if (reference != NULL)
    g_hash_table_add (refunds->references, g_strdup (reference));
  return TRUE;
}

static gboolean
add_cb (BillingRecord  *record,
        gpointer        data,
        GError        **error)
{
  Refunds *refunds = data;

  if (!g_hash_table_contains (refunds->references, billing_record_get_id (record)))
    g_ptr_array_add (refunds->records, g_object_ref (record));
  return TRUE;
}

static gint64
get_created (BillingRecord *record)
{
  return BILLING_IS_REFUND (record) ? BILLING_REFUND (record)->created_at : BILLING_STRIPE_REFUND (record)->created_at;
}

static gint64
get_amount (BillingRecord *record)
{
  return BILLING_IS_REFUND (record) ? BILLING_REFUND (record)->amount : BILLING_STRIPE_REFUND (record)->amount;
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      data)
{
  BillingQuery *query = data;
  BillingRecord *first = *(BillingRecord * const *) a;
  BillingRecord *second = *(BillingRecord * const *) b;
  gboolean by_amount = g_strcmp0 (query->sort, "amount") == 0;
  gint64 x = by_amount ? get_amount (first) : get_created (first);
  gint64 y = by_amount ? get_amount (second) : get_created (second);
  int order = (x > y) - (x < y);

  if (order == 0)
    order = g_strcmp0 (billing_record_get_id (first), billing_record_get_id (second));
  return query->descending || query->sort == NULL ? -order : order;
}

/* Stripe's words for how a refund stands, in ours. */
static BillingRefundState
get_state (const char *status)
{
  if (g_strcmp0 (status, "succeeded") == 0)
    return BILLING_REFUND_STATE_POSTED;
  if (g_strcmp0 (status, "failed") == 0 || g_strcmp0 (status, "canceled") == 0)
    return BILLING_REFUND_STATE_FAILED;

  return BILLING_REFUND_STATE_WAITING;
}

static BillingRefundReason
get_reason (const char *reason)
{
  if (g_strcmp0 (reason, "duplicate") == 0)
    return BILLING_REFUND_REASON_DUPLICATE_CHARGE;
  if (g_strcmp0 (reason, "requested_by_customer") == 0)
    return BILLING_REFUND_REASON_PATIENT_REQUEST;

  return reason != NULL ? BILLING_REFUND_REASON_OTHER : BILLING_REFUND_REASON_NONE;
}

/* One of Stripe's as the columns of ours show it; what it was for is its charge. */
static BillingRecord *
convert (BillingStripeRefund *from,
         const char          *time_zone)
{
  g_autofree char *day = billing_day_from_instant (from->created_at, time_zone);
  BillingRefund *refund = billing_refund_new ();

  billing_record_set_id (BILLING_RECORD (refund), billing_record_get_id (BILLING_RECORD (from)));
  g_object_set (refund, "payment-id", from->payment_id, "amount", from->amount, "currency",
                from->currency,
                "state", get_state (from->status), "reason", get_reason (from->reason), "tender",
                BILLING_TENDER_STRIPE,
                "refunded-on", day, "reference", from->charge, "person", "stripe", "notes",
                from->problem,
                "created-at", from->created_at, NULL);
  return BILLING_RECORD (refund);
}

static gboolean
hand_out (Refunds         *refunds,
          BillingQuery    *query,
          gboolean         whole,
          BillingRowFunc   func,
          gpointer         data,
          GError         **error)
{
  guint first = (guint) CLAMP (query->offset, 0, refunds->records->len);
  guint n = refunds->records->len - first;

  if (query->limit >= 0)
    n = (guint) MIN (n, query->limit);
  for (guint i = first; i < first + n; i++)
    {
      BillingRecord *record = refunds->records->pdata[i];
      g_autoptr (BillingRecord) shown = !whole && BILLING_IS_STRIPE_REFUND (record)
                                          ? convert (BILLING_STRIPE_REFUND (record), query->time_zone)
                                          : g_object_ref (record);

      if (!func (shown, data, error))
        return FALSE;
    }

  return TRUE;
}

/* The whole of one of the two lists, under the filters of @query. */
static gboolean
collect (BillingDesk   *desk,
         BillingQuery  *query,
         const char    *list,
         Refunds       *refunds,
         GError       **error)
{
  g_autoptr (BillingQuery) part = billing_query_copy (query);

  g_object_set (part, "list", list, "limit", (gint64) -1, "offset", (gint64) 0, NULL);
  /* In the order of the whole they are put later. */
  g_object_set (part, "sort", NULL, NULL);
  return billing_desk_list (desk, part, add_cb, refunds, NULL, error);
}

/* What only those that were asked for here can be filtered by: Stripe's own know no payment and no reason of ours. */
static gboolean
is_of_ours (BillingQuery *query)
{
  return query->subject != NULL || query->patient != NULL || query->location != NULL || query->physician != NULL ||
         query->tender != NULL || query->reason != NULL || query->paid_from != NULL || query->paid_to != NULL;
}

/**
 * billing_refund_list_read:
 * @desk: a session
 * @query: of refunds
 * @whole: whether Stripe's are handed out as they are, not in the columns of ours
 * @func: (scope call): given each one
 * @data: for @func
 * @error: return location for an error
 *
 * Returns: whether all of it was read
 */
gboolean
billing_refund_list_read (BillingDesk     *desk,
                          BillingQuery    *query,
                          gboolean         whole,
                          BillingRowFunc   func,
                          gpointer         data,
                          GError         **error)
{
  g_auto (Refunds) refunds = { g_ptr_array_new_with_free_func (g_object_unref),
                               g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  g_autoptr (BillingQuery) ours = billing_desk_query (desk, "refunds");

  if (is_of_ours (query))
    return billing_desk_list (desk, query, func, data, NULL, error);

  if (!billing_desk_list (desk, ours, note_reference_cb, &refunds, NULL, error) ||
      !collect (desk, query, "refunds", &refunds, error) ||
      !collect (desk, query, "stripe_refunds", &refunds, error))
    return FALSE;

  g_ptr_array_sort_with_data (refunds.records, compare, query);
  return hand_out (&refunds, query, whole, func, data, error);
}
