/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A stream over memory that never gives more than a few bytes at once, so that every token of a
 * reader is cut at every place; and that may repeat its bytes, to be longer than memory.
 */
#define BILLING_TYPE_TRICKLE_STREAM (billing_trickle_stream_get_type ())
G_DECLARE_FINAL_TYPE (BillingTrickleStream, billing_trickle_stream, BILLING, TRICKLE_STREAM,
                      GInputStream)

GInputStream *billing_trickle_stream_new        (gconstpointer data,
                                                 gsize         length,
                                                 gsize         step);

/* @head, then @body @repeats times, then @tail: each borrowed. */
GInputStream *billing_trickle_stream_new_repeat (const char   *head,
                                                 const char   *body,
                                                 guint64       repeats,
                                                 const char   *tail);

G_END_DECLS
