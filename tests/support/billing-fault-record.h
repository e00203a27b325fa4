/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to the harness: tests use billing-fault-vfs.h. */

/**
 * BillingFaultRecord:
 *
 * Everything that happened, in order, to SQLite's files below one folder, and what of it a power
 * loss would have left. It has no lock: its one user, the VFS, has.
 */
typedef struct _BillingFaultRecord BillingFaultRecord;

/**
 * BillingFaultFile:
 *
 * One file of a record, as an inode and not as a name: a file that is deleted and made again is
 * two of these.
 */
typedef struct _BillingFaultFile BillingFaultFile;

BillingFaultRecord *billing_fault_record_new      (const char         *folder);
void                billing_fault_record_free     (BillingFaultRecord *self);
gboolean            billing_fault_record_covers   (BillingFaultRecord *self,
                                                   const char         *path);
BillingFaultFile   *billing_fault_record_find     (BillingFaultRecord *self,
                                                   const char         *path);
BillingFaultFile   *billing_fault_record_existing (BillingFaultRecord *self,
                                                   const char         *path,
                                                   GByteArray         *contents);
BillingFaultFile   *billing_fault_record_created  (BillingFaultRecord *self,
                                                   const char         *path);
void                billing_fault_record_written  (BillingFaultRecord *self,
                                                   BillingFaultFile   *file,
                                                   gsize               offset,
                                                   gconstpointer       data,
                                                   gsize               size);
void                billing_fault_record_resized  (BillingFaultRecord *self,
                                                   BillingFaultFile   *file,
                                                   gsize               size);
void                billing_fault_record_deleted  (BillingFaultRecord *self,
                                                   BillingFaultFile   *file);
void                billing_fault_record_synced   (BillingFaultRecord *self,
                                                   BillingFaultFile   *file,
                                                   gboolean            with_folder);
guint               billing_fault_record_n_syncs  (BillingFaultRecord *self);
gboolean            billing_fault_record_restore  (BillingFaultRecord *self,
                                                   guint               sync_index,
                                                   const char         *into_folder,
                                                   guint               variant);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingFaultRecord, billing_fault_record_free)

G_END_DECLS
