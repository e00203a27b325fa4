/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BillingJsonPlace:
 * @entry: which entry of the file, counted from 1, bad ones included
 * @offset: its first byte, counted from 0; the byte behind it where it is a number or text
 * @line: the line of its first byte, counted from 1
 */
typedef struct
{
  guint64 entry;
  guint64 offset;
  guint64 line;
} BillingJsonPlace;

/**
 * BillingJsonScanner:
 *
 * Splits a file of FHIR resources in JSON (UTF-8, with or without a byte order mark) into its
 * entries, holding no more of it than one entry. What the file is shows in its content:
 *
 * - a Bundle: each object of its `entry` array is an entry, as it stands there (fullUrl, resource,
 *   request, search). Its other members are skipped, in whatever order they come. An object that
 *   has an `entry` array before its `resourceType` is taken for a Bundle; if it then calls itself
 *   something else, that is a %BILLING_EXCHANGE_ERROR_FORMAT.
 * - any other object: one entry
 * - an array: each object in it is an entry
 * - one object a line (NDJSON), blank lines allowed: each line is an entry, or a Bundle to be split
 *
 * A Bundle inside an entry or an array is handed out whole: make a scanner for it, with a limit.
 *
 * An entry that is handed out is one JSON object by RFC 8259, valid UTF-8, without U+0000 and half
 * surrogate pairs, at most 16 MiB, and nested at most 200 levels deep: fit for json-glib. Names may
 * still repeat, and numbers may be larger than any type.
 */
typedef struct _BillingJsonScanner BillingJsonScanner;

BillingJsonScanner *billing_json_scanner_new  (GInputStream        *stream);

void                billing_json_scanner_free (BillingJsonScanner  *self);

/**
 * billing_json_scanner_next:
 * @entry: (out) (transfer full) (nullable): the text of the next entry, %NULL at the end
 * @place: (out) (optional): where it stands; set with an error too
 *
 * Blocks while it reads. After %BILLING_EXCHANGE_ERROR_ENTRY, which says what is wrong with one
 * entry, the next call goes on behind it. %BILLING_EXCHANGE_ERROR_TORN and
 * %BILLING_EXCHANGE_ERROR_FORMAT are the end, and are repeated by further calls.
 *
 * Returns: %FALSE with @error set
 */
gboolean            billing_json_scanner_next (BillingJsonScanner  *self,
                                               GBytes             **entry,
                                               BillingJsonPlace    *place,
                                               GCancellable        *cancellable,
                                               GError             **error);

/**
 * billing_json_scanner_get_bundle_type:
 *
 * Returns: (nullable): the `type` of the Bundle being split, as far as it has been read: it may
 *   stand behind the entries. %NULL where there is no Bundle.
 */
const char         *billing_json_scanner_get_bundle_type (BillingJsonScanner *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingJsonScanner, billing_json_scanner_free)

G_END_DECLS
