/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BillingX12Reader:
 *
 * The segments of X12 interchanges, one after the other, whatever they carry. A file may hold several
 * interchanges, each with the separators that its ISA segment declares. Whether the envelopes are whole
 * (ISA to IEA, GS to GE, ST to SE, and as many parts in each as its end says) is checked here; control
 * numbers are not compared, since real ones differ.
 */
typedef struct _BillingX12Reader BillingX12Reader;

/**
 * BillingX12Segment:
 * @id: what it is: ISA, NM1, …
 * @number: which segment of the file it is, from 1
 * @n_elements: how many elements follow @id
 *
 * One segment, good until the next one is read.
 */
typedef struct {
  const char *id;
  guint64 number;
  guint n_elements;

  /*< private >*/
  char **elements;
  char repetition; /* 0: this interchange repeats nothing */
  char component;
} BillingX12Segment;

gboolean          billing_x12_is_interchange     (const char               *bytes,
                                                  gsize                     length);

BillingX12Reader *billing_x12_reader_new         (GInputStream             *utf8);
void              billing_x12_reader_free        (BillingX12Reader         *self);
gboolean          billing_x12_reader_next        (BillingX12Reader         *self,
                                                  const BillingX12Segment **segment,
                                                  GCancellable             *cancellable,
                                                  GError                  **error);
guint64           billing_x12_reader_get_offset  (BillingX12Reader         *self);

const char       *billing_x12_segment_get        (const BillingX12Segment  *self,
                                                  guint                     element);
char             *billing_x12_segment_dup        (const BillingX12Segment  *self,
                                                  guint                     element);
char            **billing_x12_segment_list       (const BillingX12Segment  *self,
                                                  guint                     element);
char             *billing_x12_segment_dup_part   (const BillingX12Segment  *self,
                                                  guint                     element,
                                                  guint                     component);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingX12Reader, billing_x12_reader_free)

G_END_DECLS
