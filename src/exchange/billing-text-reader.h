/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Text in whatever encoding a practice's other programs write, as UTF-8 without a byte order mark.
 *
 * It is UTF-8 with or without a byte order mark; UTF-16 with one, or shown by where its null bytes
 * are; and otherwise, when it is not valid UTF-8, Windows-1252 (ISO-8859-1 where bytes occur that
 * Windows-1252 does not have). Null bytes elsewhere mean that it is no text, and so does U+0000.
 */

/**
 * billing_text_decode:
 * @text: (out) (transfer full): UTF-8, without null characters
 * @encoding_name: (out) (optional): what the bytes were in, as a name to show: "UTF-8", "UTF-16LE",
 *   "UTF-16BE", "WINDOWS-1252" or "ISO-8859-1"
 *
 * Returns: %FALSE with %BILLING_EXCHANGE_ERROR_ENCODING set where @bytes are not text
 */
gboolean      billing_text_decode      (GBytes        *bytes,
                                        char         **text,
                                        const char   **encoding_name,
                                        GError       **error);

/**
 * billing_text_reader_open:
 * @raw: read from here on by the stream returned; not to be used beside it
 * @encoding_name: (out) (optional) (transfer full): as of billing_text_decode()
 *
 * A stream of UTF-8 from @raw, of any size. The encoding is recognised by the first 64 KiB, which
 * are read now; bytes later on that are not in it make a read fail with
 * %BILLING_EXCHANGE_ERROR_ENCODING, which says where.
 *
 * Returns: (transfer full): %NULL with @error set where @raw is not text or cannot be read
 */
GInputStream *billing_text_reader_open (GInputStream  *raw,
                                        char         **encoding_name,
                                        GCancellable  *cancellable,
                                        GError       **error);

G_END_DECLS
