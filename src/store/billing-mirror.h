/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-mirror-kind.h"

G_BEGIN_DECLS

/**
 * BillingMirror:
 *
 * The local copy of Stripe's objects, `stripe.db` beside the books, for writing: by the sync and
 * the delivery, which hold a lock file while they do. The connections of the books see it, and
 * cannot change it, under the name `mirror`. It may be dropped at any time, and be fetched again.
 *
 * Used from any thread: between billing_mirror_begin() and the commit or rollback it is the
 * caller's alone, and the others wait.
 */
typedef struct _BillingMirror BillingMirror;

/* The file: made where it is missing, and made anew where it is damaged or older than this
 * program. */
gboolean       billing_mirror_prepare     (const char         *folder,
                                           GError            **error);
gboolean       billing_mirror_drop        (const char         *folder,
                                           GError            **error);
gboolean       billing_mirror_attach      (BillingConnection  *books,
                                           const char         *folder,
                                           GError            **error);

char          *billing_mirror_read_object (BillingConnection  *books,
                                           const char         *stream,
                                           const char         *id,
                                           GError            **error);

BillingMirror *billing_mirror_open        (const char         *folder,
                                           GError            **error);
void           billing_mirror_close       (BillingMirror      *self);

gboolean       billing_mirror_begin       (BillingMirror      *self,
                                           GError            **error);
gboolean       billing_mirror_commit      (BillingMirror      *self,
                                           GError            **error);
void           billing_mirror_rollback    (BillingMirror      *self);

/* Within a transaction. */
gboolean       billing_mirror_put         (BillingMirror            *self,
                                           const BillingMirrorKind  *kind,
                                           const char               *text,
                                           gsize                     length,
                                           gint64                    fetched,
                                           GError                  **error);
gboolean       billing_mirror_put_single  (BillingMirror            *self,
                                           const char               *name,
                                           const char               *text,
                                           gsize                     length,
                                           gint64                    fetched,
                                           GError                  **error);
gboolean       billing_mirror_bury        (BillingMirror            *self,
                                           const BillingMirrorKind  *kind,
                                           const char               *id,
                                           gint64                    fetched,
                                           GError                  **error);
gboolean       billing_mirror_set_state   (BillingMirror            *self,
                                           const char               *name,
                                           const char               *value,
                                           GError                  **error);
char          *billing_mirror_get_state   (BillingMirror            *self,
                                           const char               *name,
                                           GError                  **error);

/* (transfer none) Within a transaction: what the sync reads and keeps besides, in SQL of this
 * room's files alone (billing-mirror-*.c). */
BillingConnection *billing_mirror_get_connection (BillingMirror *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingMirror, billing_mirror_close)

G_END_DECLS
