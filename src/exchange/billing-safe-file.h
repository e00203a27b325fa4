/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BillingSafeFile:
 *
 * A file that appears whole or not at all: it is written beside its place, readable by nobody else from its first
 * byte, and moved there at the end. What stood there before stays until then. Pipes and devices, which have no whole,
 * are written as they are.
 */
typedef struct _BillingSafeFile BillingSafeFile;

BillingSafeFile *billing_safe_file_open       (const char       *path,
                                               GError          **error);
void             billing_safe_file_free       (BillingSafeFile  *self);
GOutputStream   *billing_safe_file_get_stream (BillingSafeFile  *self);
void             billing_safe_file_explain    (BillingSafeFile  *self,
                                               GError          **error);
gboolean         billing_safe_file_commit     (BillingSafeFile  *self,
                                               GError          **error);
gboolean         billing_safe_file_write      (const char       *path,
                                               const char       *text,
                                               GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingSafeFile, billing_safe_file_free)

G_END_DECLS
