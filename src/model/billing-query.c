/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-query"

#include "config.h"

#include "billing-query.h"

G_DEFINE_FINAL_TYPE (BillingQuery, billing_query, BILLING_TYPE_RECORD)

static BillingField query_fields[] = {
  BILLING_STRING_FIELD (BillingQuery, list, 0),
  BILLING_STRING_FIELD (BillingQuery, status, 0),
  BILLING_STRING_FIELD (BillingQuery, location, 0),
  BILLING_STRING_FIELD (BillingQuery, patient, 0),
  BILLING_STRING_FIELD (BillingQuery, subject, 0),
  BILLING_STRING_FIELD (BillingQuery, search, 0),
  BILLING_STRING_FIELD (BillingQuery, from, 0),
  BILLING_STRING_FIELD (BillingQuery, to, 0),
  BILLING_STRING_FIELD (BillingQuery, due_from, 0),
  BILLING_STRING_FIELD (BillingQuery, due_to, 0),
  BILLING_STRING_FIELD (BillingQuery, paid_from, 0),
  BILLING_STRING_FIELD (BillingQuery, paid_to, 0),
  BILLING_STRING_FIELD (BillingQuery, tender, 0),
  BILLING_STRING_FIELD (BillingQuery, physician, 0),
  BILLING_STRING_FIELD (BillingQuery, method, 0),
  BILLING_STRING_FIELD (BillingQuery, payout, 0),
  BILLING_STRING_FIELD (BillingQuery, reason, 0),
  BILLING_STRING_FIELD (BillingQuery, rate, 0),
  BILLING_STRING_FIELD (BillingQuery, reviewed, 0),
  BILLING_STRING_FIELD (BillingQuery, payer, 0),
  BILLING_STRING_FIELD (BillingQuery, age, 0),
  BILLING_STRING_FIELD (BillingQuery, age_basis, 0),
  BILLING_INT64_FIELD (BillingQuery, min, 0),
  BILLING_INT64_FIELD (BillingQuery, max, 0),
  BILLING_BOOLEAN_FIELD (BillingQuery, overdue, 0),
  BILLING_STRING_FIELD (BillingQuery, today, 0),
  BILLING_STRING_FIELD (BillingQuery, time_zone, 0),
  BILLING_STRING_FIELD (BillingQuery, sort, 0),
  BILLING_BOOLEAN_FIELD (BillingQuery, descending, 0),
  BILLING_INT64_FIELD (BillingQuery, limit, 0),
  BILLING_INT64_FIELD (BillingQuery, offset, 0),
};

static void
billing_query_class_init (BillingQueryClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "queries", "qry", NULL,
                                query_fields, G_N_ELEMENTS (query_fields));
}

static void
billing_query_init (BillingQuery *self)
{
  self->min = -1;
  self->max = -1;
  self->limit = -1;
}

/**
 * billing_query_new:
 * @list: the kind to list
 *
 * Returns: (transfer full): a query for all of it, in its usual order
 */
BillingQuery *
billing_query_new (const char *list)
{
  return g_object_new (BILLING_TYPE_QUERY, "list", list, NULL);
}

/**
 * billing_query_copy:
 * @self: a query
 *
 * Returns: (transfer full): another that asks for the same
 */
BillingQuery *
billing_query_copy (BillingQuery *self)
{
  BillingQuery *copy = billing_query_new (self->list);

  billing_record_copy (BILLING_RECORD (copy), BILLING_RECORD (self));
  return copy;
}
