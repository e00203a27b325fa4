/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "billing-store-error.h"

G_BEGIN_DECLS

/**
 * BillingConnection:
 *
 * One connection to the books, used by one thread at a time. Rooms above the store get one in a #BillingStoreFunc and
 * give it to the functions of this room; what stands in it is nobody else's business.
 */
typedef struct _BillingConnection BillingConnection;

/**
 * BillingStatement:
 *
 * A prepared statement, borrowed from its connection's cache; reset when it goes out of scope.
 */
typedef struct _BillingStatement BillingStatement;

BillingConnection *billing_connection_open         (const char          *path,
                                                    gboolean             writable,
                                                    GError             **error);
void               billing_connection_close        (BillingConnection   *self);
gboolean           billing_connection_execute      (BillingConnection   *self,
                                                    const char          *sql,
                                                    GError             **error);
BillingStatement  *billing_connection_prepare      (BillingConnection   *self,
                                                    const char          *sql,
                                                    GError             **error);
gboolean           billing_connection_run          (BillingConnection   *self,
                                                    GError             **error,
                                                    const char          *sql,
                                                    const char          *types,
                                                    ...);
gboolean           billing_connection_get_integer  (BillingConnection   *self,
                                                    gint64              *value,
                                                    GError             **error,
                                                    const char          *sql,
                                                    const char          *types,
                                                    ...);
char              *billing_connection_get_text     (BillingConnection   *self,
                                                    GError             **error,
                                                    const char          *sql,
                                                    const char          *types,
                                                    ...);
void               billing_connection_set_deadline (BillingConnection   *self,
                                                    gint64               deadline);
gint64             billing_connection_get_last_pk  (BillingConnection   *self);
gint64             billing_connection_get_n_changed (BillingConnection  *self);
gboolean           billing_connection_begin        (BillingConnection   *self,
                                                    gboolean             write,
                                                    GError             **error);
gboolean           billing_connection_commit       (BillingConnection   *self,
                                                    GError             **error);
void               billing_connection_rollback     (BillingConnection   *self);
gboolean           billing_connection_is_in_transaction (BillingConnection *self);
void               billing_connection_interrupt    (BillingConnection   *self);
gboolean           billing_connection_fail         (BillingConnection   *self,
                                                    int                  code,
                                                    GError             **error);
gboolean           billing_connection_backup       (BillingConnection   *self,
                                                    const char          *path,
                                                    GError             **error);

void               billing_statement_bind_text     (BillingStatement    *self,
                                                    int                  index,
                                                    const char          *text);
void               billing_statement_bind_integer  (BillingStatement    *self,
                                                    int                  index,
                                                    gint64               value);
void               billing_statement_bind_blob     (BillingStatement    *self,
                                                    int                  index,
                                                    gconstpointer        data,
                                                    gsize                size);
gboolean           billing_statement_step          (BillingStatement    *self,
                                                    gboolean            *row,
                                                    GError             **error);
int                billing_statement_n_columns     (BillingStatement    *self);
const char        *billing_statement_get_name      (BillingStatement    *self,
                                                    int                  column);
const char        *billing_statement_get_text      (BillingStatement    *self,
                                                    int                  column);
gint64             billing_statement_get_integer   (BillingStatement    *self,
                                                    int                  column);
gconstpointer      billing_statement_get_blob      (BillingStatement    *self,
                                                    int                  column,
                                                    gsize               *size);
int                billing_statement_get_type      (BillingStatement    *self,
                                                    int                  column);
void               billing_statement_release       (BillingStatement    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingConnection, billing_connection_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingStatement, billing_statement_release)

G_END_DECLS
