/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-mirror.h"

G_BEGIN_DECLS

/**
 * BillingMirrorRange:
 * @pk: which
 * @kind: the stream that it is of
 * @low: the first second that belongs to it
 * @high: the second behind it; %G_MAXINT64: it is open towards what is new
 * @reached: when the oldest object that was taken in was made; @high where none was yet
 * @cursor: (owned) (nullable): the id of that object, behind which it goes on
 *
 * A part of a stream that is still to be listed, from the newest down.
 */
typedef struct {
  gint64 pk;
  const BillingMirrorKind *kind;
  gint64 low;
  gint64 high;
  gint64 reached;
  char *cursor;
} BillingMirrorRange;

void                billing_mirror_range_free (BillingMirrorRange *self);

/*
 * All of these within a transaction. Texts and lists are (transfer full), %NULL with @error; the
 * list is of (element-type BillingMirrorRange). Errors are those of #BillingStoreError.
 */

/* Makes every stream that was never listed ready to be, but for events; with @again also those that
 * were. */
gboolean            billing_mirror_streams_start   (BillingMirror            *mirror,
                                                    gboolean                  again,
                                                    GError                  **error);
/* Asks again for what the key could not read, or what was not there. */
gboolean            billing_mirror_streams_retry   (BillingMirror            *mirror,
                                                    GError                  **error);
/* How many ranges are still to be listed. */
gboolean            billing_mirror_streams_count_ranges (BillingMirror       *mirror,
                                                         gint64              *n_ranges,
                                                         GError             **error);

/* Of a stream, or of what there is one of: done, denied, missing, or "" where it is under way or
 * nothing is known. @problem (optional) (nullable) is a sentence. */
char               *billing_mirror_stream_get_state (BillingMirror           *mirror,
                                                     const char              *name,
                                                     char                   **problem,
                                                     GError                 **error);
/* @state NULL: it stays as it is. One that is denied or missing is listed no further. */
gboolean            billing_mirror_stream_set_state (BillingMirror           *mirror,
                                                     const char              *name,
                                                     const char              *state,
                                                     const char              *problem,
                                                     GError                 **error);

/* All of them, in the order in which they are to be listed. */
GPtrArray          *billing_mirror_ranges_list     (BillingMirror            *mirror,
                                                    GError                  **error);
gboolean            billing_mirror_range_advance   (BillingMirror            *mirror,
                                                    BillingMirrorRange       *range,
                                                    const char               *cursor,
                                                    gint64                    reached,
                                                    guint                     n_objects,
                                                    gboolean                  has_more,
                                                    gboolean                 *is_done,
                                                    GError                  **error);
gboolean            billing_mirror_range_rewind    (BillingMirror            *mirror,
                                                    BillingMirrorRange       *range,
                                                    GError                  **error);
/* Gives the older part of it to another range; @older is NULL where it has gone past @middle
 * meanwhile. */
gboolean            billing_mirror_range_split     (BillingMirror            *mirror,
                                                    gint64                    pk,
                                                    gint64                    middle,
                                                    BillingMirrorRange      **older,
                                                    GError                  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingMirrorRange, billing_mirror_range_free)

G_END_DECLS
