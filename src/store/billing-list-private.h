/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-list-search.h"
#include "billing-query.h"

G_BEGIN_DECLS

/* Between the parts of billing-list.c: the kinds of lists, their filters (billing-list-filters.c) and which index reads them (billing-list-plan.c). */

typedef struct {
  const char *name;   /* (nullable): what people say */
  const char *column; /* what it is in the table */
  const char *index;  /* (nullable): the index that is in this order */
} BillingListSort;

typedef struct {
  const char *kind;
  BillingListSort sorts[9]; /* the first is the usual one, newest first where it is a time */
  gboolean descending;      /* the usual direction */
  const char *amount;       /* (nullable): column that sums up */
  const char *status;       /* (nullable): column of the status */
  const char *besides;      /* (nullable): SQL of another status, under which the row is found as well */
  const char *location;     /* (nullable): column, or what says it */
  const char *patient;      /* (nullable): likewise */
  const char *treatment;    /* (nullable): likewise; the filter by physician goes by it */
  const char *subject;      /* (nullable): column of what it belongs to */
  const char *instant;      /* (nullable): column for --from and --to, seconds */
  const char *then;         /* (nullable): column by which the indices order what is the same */
  const char *day;          /* (nullable): likewise, days */
  const char *due;          /* (nullable): column of the day on which it is due */
  const char *paid;         /* (nullable): column of the day on which money moved */
  const char *tender;       /* (nullable) */
  const char *reason;       /* (nullable) */
  const char *method;       /* (nullable): column of Stripe's payment method type */
  const char *payout;       /* (nullable): column of the id of a balance transaction */
  const char *rate;         /* (nullable): column of the id of a billing rate */
  const char *payer;        /* (nullable): column of an insurer's name */
  const char *reviewed;     /* (nullable): SQL of whether somebody looked at it */
  BillingSearchKind search;
  gboolean from_view;       /* its columns stand in no single table */
} BillingListKind;

/* A WHERE clause that grows, with the values for it. */
typedef struct {
  GString *sql;      /* (owned) */
  GPtrArray *values; /* (owned) (element-type utf8): texts; integers are written into the statement */
} BillingListWhere;

#define BILLING_LIST_WHERE { g_string_new (NULL), g_ptr_array_new_with_free_func (g_free) }

void      _billing_list_where_clear         (BillingListWhere       *where);
void      _billing_list_where_add_text      (BillingListWhere       *where,
                                             const char             *before,
                                             const char             *text,
                                             const char             *after);
gboolean  _billing_list_is_nobodys          (const BillingListKind  *kind,
                                             BillingQuery           *query);
gboolean  _billing_list_refuse              (GError                **error,
                                             const char             *sentence,
                                             ...) G_GNUC_PRINTF (2, 3);
gboolean  _billing_list_check_filters       (const BillingListKind  *kind,
                                             BillingQuery           *query,
                                             GError                **error);
void      _billing_list_add_statuses        (BillingListWhere       *where,
                                             const BillingListKind  *kind,
                                             BillingQuery           *query);
gboolean  _billing_list_check_patients      (BillingQuery           *query,
                                             GError                **error);
void      _billing_list_add_patients        (BillingListWhere       *where,
                                             BillingQuery           *query);
gboolean  _billing_list_add_filters         (BillingConnection      *connection,
                                             const BillingListKind  *kind,
                                             BillingQuery           *query,
                                             BillingListWhere       *where,
                                             GError                **error);
gboolean  _billing_list_has_overdue         (const BillingListKind  *kind);
char     *_billing_list_build_overdue_value (BillingQuery           *query);
char     *_billing_list_choose_index        (BillingConnection      *connection,
                                             const BillingListKind  *kind,
                                             const BillingListSort  *sort,
                                             BillingQuery           *query,
                                             gboolean                is_selective);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BillingListWhere, _billing_list_where_clear)

G_END_DECLS
