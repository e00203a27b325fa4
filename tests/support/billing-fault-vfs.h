/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SECTION: billing-fault-vfs
 *
 * A disk that can fail, for the tests of the books: a SQLite VFS over the ordinary unix one.
 *
 * It knows nothing of what is stored. It serves any number of connections and threads of this
 * process; what other processes write it does not see. It never really calls fsync(): it keeps
 * account itself of what a sync would have made durable, and this machine loses no power.
 */

#define BILLING_FAULT_VFS_NAME "billing-fault"

void     billing_fault_vfs_register     (gboolean    make_default);
void     billing_fault_vfs_unregister   (void);

void     billing_fault_vfs_record_start (const char *folder);
void     billing_fault_vfs_record_stop  (void);
guint    billing_fault_vfs_n_syncs      (void);
gboolean billing_fault_vfs_restore      (guint       sync_index,
                                         const char *into_folder,
                                         guint       variant);

void     billing_fault_vfs_fail_write   (int         n,
                                         int         code,
                                         gboolean    sticky);
void     billing_fault_vfs_reset        (void);
guint    billing_fault_vfs_n_operations (void);
guint    billing_fault_vfs_n_failures   (void);

G_END_DECLS
