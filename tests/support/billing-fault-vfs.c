/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-fault-vfs"

#include "config.h"

#include "billing-fault-vfs.h"

#include "billing-fault-record.h"

#include <sqlite3.h>

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real;           /* (owned): in the same allocation, which is SQLite's */
  char *path;                   /* (owned) (nullable): NULL for a temporary file without a name */
  BillingFaultFile *recorded;   /* (not owned) (nullable) */
  gboolean syncs_folder;        /* the first sync is to keep the file's name as well */
} FaultFile;

static GMutex lock;                 /* protects all that follows */
static sqlite3_vfs *real_vfs;       /* (not owned) (nullable): NULL until registered */
static GPtrArray *open_files;       /* (owned) (nullable) (element-type FaultFile) */
static BillingFaultRecord *record;  /* (owned) (nullable) */
static gboolean recording;
static struct
{
  guint at;
  int code;
  gboolean sticky;
  guint n_operations;
  guint n_failures;
} fault;

/* Counts one operation of the kind that can fail with @code_a or @code_b, and says whether this one
 * does. A disk that is full takes no bytes, but it still syncs and truncates. */
static int
count_operation (int code_a,
                 int code_b)
{
  fault.n_operations++;

  if (fault.at == 0 || fault.n_operations < fault.at)
    return SQLITE_OK;

  if (fault.code != code_a && fault.code != code_b)
    return SQLITE_OK;

  if (fault.n_failures > 0 && !fault.sticky)
    return SQLITE_OK;

  fault.n_failures++;

  return fault.code;
}

/* Reads through SQLite's own handle: to open and close the file here would drop the POSIX locks
 * that this process has on it. */
static GByteArray *
read_contents (FaultFile *self)
{
  sqlite3_int64 size = 0;
  GByteArray *bytes = g_byte_array_new ();

  if (self->real->pMethods->xFileSize (self->real, &size) != SQLITE_OK || size > G_MAXINT)
    g_error ("Cannot read %s", self->path);

  g_byte_array_set_size (bytes, (guint) size);

  if (size > 0 &&
      self->real->pMethods->xRead (self->real, bytes->data, (int) size, 0) != SQLITE_OK)
    g_error ("Cannot read %s", self->path);

  return bytes;
}

static gboolean
is_recorded (const char *path)
{
  return recording && path != NULL && billing_fault_record_covers (record, path);
}

static void
record_file (FaultFile *self,
             gboolean   existed)
{
  self->recorded = billing_fault_record_find (record, self->path);

  if (self->recorded == NULL && existed)
    self->recorded = billing_fault_record_existing (record, self->path, read_contents (self));
  else if (self->recorded == NULL)
    self->recorded = billing_fault_record_created (record, self->path);
}

static void
forget_record (void)
{
  for (guint i = 0; open_files != NULL && i < open_files->len; i++)
    ((FaultFile *) g_ptr_array_index (open_files, i))->recorded = NULL;

  recording = FALSE;
  g_clear_pointer (&record, billing_fault_record_free);
}

static int
file_close (sqlite3_file *file)
{
  FaultFile *self = (FaultFile *) file;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  g_ptr_array_remove_fast (open_files, self);
  g_clear_pointer (&self->path, g_free);

  return self->real->pMethods->xClose (self->real);
}

static int
file_read (sqlite3_file  *file,
           void          *data,
           int            size,
           sqlite3_int64  offset)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xRead (self->real, data, size, offset);
}

static int
file_write (sqlite3_file  *file,
            const void    *data,
            int            size,
            sqlite3_int64  offset)
{
  FaultFile *self = (FaultFile *) file;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  const int failure = count_operation (SQLITE_FULL, SQLITE_IOERR_WRITE);
  int result;

  /* A write that fails has usually begun well. */
  if (failure != SQLITE_OK)
    size /= 2;

  result = self->real->pMethods->xWrite (self->real, data, size, offset);

  if (result == SQLITE_OK && recording && self->recorded != NULL)
    billing_fault_record_written (record, self->recorded, (gsize) offset, data, (gsize) size);

  return failure != SQLITE_OK ? failure : result;
}

static int
file_truncate (sqlite3_file  *file,
               sqlite3_int64  size)
{
  FaultFile *self = (FaultFile *) file;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  int result = count_operation (SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_TRUNCATE);

  if (result == SQLITE_OK)
    result = self->real->pMethods->xTruncate (self->real, size);

  if (result == SQLITE_OK && recording && self->recorded != NULL)
    billing_fault_record_resized (record, self->recorded, (gsize) size);

  return result;
}

static int
file_sync (sqlite3_file *file,
           int           flags)
{
  FaultFile *self = (FaultFile *) file;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  const int result = count_operation (SQLITE_IOERR_FSYNC, SQLITE_IOERR_FSYNC);

  if (result != SQLITE_OK)
    return result;

  if (recording && self->recorded != NULL)
    billing_fault_record_synced (record, self->recorded, self->syncs_folder);

  self->syncs_folder = FALSE;

  return SQLITE_OK;
}

static int
file_size (sqlite3_file  *file,
           sqlite3_int64 *size)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xFileSize (self->real, size);
}

static int
file_lock (sqlite3_file *file,
           int           level)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xLock (self->real, level);
}

static int
file_unlock (sqlite3_file *file,
             int           level)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xUnlock (self->real, level);
}

static int
file_check_reserved_lock (sqlite3_file *file,
                          int          *reserved)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xCheckReservedLock (self->real, reserved);
}

static int
file_control (sqlite3_file *file,
              int           what,
              void         *argument)
{
  FaultFile *self = (FaultFile *) file;

  /* With a chunk size the file would grow without a write that could be recorded. */
  if (what == SQLITE_FCNTL_CHUNK_SIZE)
    return SQLITE_NOTFOUND;

  return self->real->pMethods->xFileControl (self->real, what, argument);
}

static int
file_sector_size (sqlite3_file *file)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xSectorSize (self->real);
}

static int
file_device_characteristics (sqlite3_file *file)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xDeviceCharacteristics (self->real);
}

static int
file_shm_map (sqlite3_file   *file,
              int             page,
              int             page_size,
              int             extend,
              void volatile **data)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xShmMap (self->real, page, page_size, extend, data);
}

static int
file_shm_lock (sqlite3_file *file,
               int           offset,
               int           n,
               int           flags)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xShmLock (self->real, offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *file)
{
  FaultFile *self = (FaultFile *) file;

  self->real->pMethods->xShmBarrier (self->real);
}

static int
file_shm_unmap (sqlite3_file *file,
                int           delete)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xShmUnmap (self->real, delete);
}

static int
file_fetch (sqlite3_file   *file,
            sqlite3_int64   offset,
            int             size,
            void          **data)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xFetch (self->real, offset, size, data);
}

static int
file_unfetch (sqlite3_file  *file,
              sqlite3_int64  offset,
              void          *data)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xUnfetch (self->real, offset, data);
}

static const sqlite3_io_methods file_methods = {
  .iVersion = 3,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_reserved_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_device_characteristics,
  .xShmMap = file_shm_map,
  .xShmLock = file_shm_lock,
  .xShmBarrier = file_shm_barrier,
  .xShmUnmap = file_shm_unmap,
  .xFetch = file_fetch,
  .xUnfetch = file_unfetch,
};

static int
vfs_open (sqlite3_vfs  *vfs,
          const char   *path,
          sqlite3_file *file,
          int           flags,
          int          *out_flags)
{
  const int journals = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
  FaultFile *self = (FaultFile *) file;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  const gboolean existed = path != NULL && g_file_test (path, G_FILE_TEST_EXISTS);
  int result;

  *self = (FaultFile) { .real = (sqlite3_file *) (self + 1) };

  result = real_vfs->xOpen (real_vfs, path, self->real, flags, out_flags);
  if (result != SQLITE_OK)
    return result;

  g_assert_cmpint (self->real->pMethods->iVersion, >=, 3);

  self->base.pMethods = &file_methods;
  self->path = g_strdup (path);
  /* As in SQLite's unixOpen() and unixSync(). */
  self->syncs_folder = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & journals) != 0;
  g_ptr_array_add (open_files, self);

  if (is_recorded (path))
    record_file (self, existed);

  return SQLITE_OK;
}

static BillingFaultFile *
find_file_to_delete (const char *path)
{
  BillingFaultFile *file = billing_fault_record_find (record, path);
  g_autofree char *data = NULL;
  gsize size;

  if (file != NULL)
    return file;

  /* Nobody has it open, so no lock is lost by reading it. */
  if (!g_file_get_contents (path, &data, &size, NULL))
    return NULL;

  return billing_fault_record_existing (record, path,
                                        g_byte_array_new_take ((guint8 *) g_steal_pointer (&data),
                                                               size));
}

static int
vfs_delete (sqlite3_vfs *vfs,
            const char  *path,
            int          sync_folder)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  BillingFaultFile *file = is_recorded (path) ? find_file_to_delete (path) : NULL;
  const int result = real_vfs->xDelete (real_vfs, path, FALSE);

  if (result != SQLITE_OK || file == NULL)
    return result;

  billing_fault_record_deleted (record, file);
  if (sync_folder)
    billing_fault_record_synced (record, file, TRUE);

  return SQLITE_OK;
}

static int
vfs_access (sqlite3_vfs *vfs,
            const char  *path,
            int          flags,
            int         *result)
{
  return real_vfs->xAccess (real_vfs, path, flags, result);
}

static int
vfs_full_pathname (sqlite3_vfs *vfs,
                   const char  *path,
                   int          size,
                   char        *result)
{
  return real_vfs->xFullPathname (real_vfs, path, size, result);
}

static int
vfs_randomness (sqlite3_vfs *vfs,
                int          size,
                char        *result)
{
  return real_vfs->xRandomness (real_vfs, size, result);
}

static int
vfs_sleep (sqlite3_vfs *vfs,
           int          microseconds)
{
  return real_vfs->xSleep (real_vfs, microseconds);
}

static int
vfs_current_time (sqlite3_vfs *vfs,
                  double      *result)
{
  return real_vfs->xCurrentTime (real_vfs, result);
}

static int
vfs_get_last_error (sqlite3_vfs *vfs,
                    int          size,
                    char        *result)
{
  return real_vfs->xGetLastError (real_vfs, size, result);
}

static int
vfs_current_time_int64 (sqlite3_vfs   *vfs,
                        sqlite3_int64 *result)
{
  return real_vfs->xCurrentTimeInt64 (real_vfs, result);
}

/* Without xDlOpen: no test loads an extension. */
static sqlite3_vfs fault_vfs = {
  .iVersion = 2,
  .zName = BILLING_FAULT_VFS_NAME,
  .xOpen = vfs_open,
  .xDelete = vfs_delete,
  .xAccess = vfs_access,
  .xFullPathname = vfs_full_pathname,
  .xRandomness = vfs_randomness,
  .xSleep = vfs_sleep,
  .xCurrentTime = vfs_current_time,
  .xGetLastError = vfs_get_last_error,
  .xCurrentTimeInt64 = vfs_current_time_int64,
};

/**
 * billing_fault_vfs_register:
 * @make_default: whether connections that ask for no VFS get this one
 *
 * Makes the VFS known to SQLite as %BILLING_FAULT_VFS_NAME. Until told otherwise it fails nothing
 * and records nothing.
 */
void
billing_fault_vfs_register (gboolean make_default)
{
  if (real_vfs == NULL)
    {
      real_vfs = sqlite3_vfs_find ("unix");
      g_assert_nonnull (real_vfs);
      open_files = g_ptr_array_new ();
      fault_vfs.szOsFile = (int) sizeof (FaultFile) + real_vfs->szOsFile;
      fault_vfs.mxPathname = real_vfs->mxPathname;
    }

  sqlite3_vfs_register (&fault_vfs, make_default);
}

/**
 * billing_fault_vfs_unregister:
 *
 * Gives SQLite its own VFS back and forgets the recording. No connection that uses this VFS may be
 * open any more.
 */
void
billing_fault_vfs_unregister (void)
{
  g_return_if_fail (real_vfs != NULL && open_files->len == 0);

  billing_fault_vfs_reset ();
  forget_record ();
  sqlite3_vfs_unregister (&fault_vfs);
  sqlite3_vfs_register (real_vfs, TRUE);
  g_clear_pointer (&open_files, g_ptr_array_unref);
  real_vfs = NULL;
}

/**
 * billing_fault_vfs_record_start:
 * @folder: a folder that exists
 *
 * Begins to record what happens to SQLite's files in @folder and below, and forgets what was
 * recorded before. What the files hold now is taken to be durable.
 *
 * Only what goes through the VFS is seen: a database that is renamed, or removed with unlink(), is
 * still there after billing_fault_vfs_restore().
 */
void
billing_fault_vfs_record_start (const char *folder)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  g_return_if_fail (real_vfs != NULL);

  forget_record ();
  record = billing_fault_record_new (folder);
  recording = TRUE;

  for (guint i = 0; i < open_files->len; i++)
    {
      FaultFile *file = g_ptr_array_index (open_files, i);

      if (is_recorded (file->path) && g_file_test (file->path, G_FILE_TEST_EXISTS))
        record_file (file, TRUE);
    }
}

/**
 * billing_fault_vfs_record_stop:
 *
 * Ends the recording, which stays at hand for billing_fault_vfs_restore().
 */
void
billing_fault_vfs_record_stop (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  recording = FALSE;
}

/**
 * billing_fault_vfs_n_syncs:
 *
 * Counts the recorded syncs, of files and of folders. A test that notes this number when a COMMIT
 * has returned may demand the transaction of every cut from that number on.
 *
 * Returns: how many syncs there were since the recording began
 */
guint
billing_fault_vfs_n_syncs (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  return record == NULL ? 0 : billing_fault_record_n_syncs (record);
}

/**
 * billing_fault_vfs_restore:
 * @sync_index: the last sync before the power went, from 1; 0 if it went before the first
 * @into_folder: where to; it is made or emptied, and may not be in the recorded folder
 * @variant: what became of the writes that were not synced yet. 0: all are lost. 1: all that came
 *   before the next sync are there. From 2 on, a seed: the power goes somewhere before the next
 *   sync, and of what was not synced some is there, some is lost, and some is torn by sectors of
 *   512 bytes, a few of them rubbish
 *
 * Makes the files that a power loss right after that sync, and before the next, could have left.
 *
 * A write or truncation is durable when the same file was synced after it. A new file is durable
 * when it or its folder was synced, a deletion when the folder was. -shm files are left out. Files
 * that are not SQLite's are copied as they are now.
 *
 * Returns: %FALSE if there were fewer syncs than @sync_index
 */
gboolean
billing_fault_vfs_restore (guint       sync_index,
                           const char *into_folder,
                           guint       variant)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  g_return_val_if_fail (record != NULL, FALSE);

  return billing_fault_record_restore (record, sync_index, into_folder, variant);
}

/**
 * billing_fault_vfs_fail_write:
 * @n: the operation from which the fault waits, counted from this call, from 1
 * @code: how: `SQLITE_FULL` or `SQLITE_IOERR_WRITE` for a write, `SQLITE_IOERR_TRUNCATE` for a
 *   truncation, `SQLITE_IOERR_FSYNC` for a sync
 * @sticky: whether all later ones of that kind fail too, until billing_fault_vfs_reset(): a full
 *   disk stays full
 *
 * Lets the first operation of that kind fail that is the @n-th of all, or comes after it.
 *
 * Writes, truncations and syncs of all files count, temporary ones too. Of a write that fails, the
 * first half gets to the file.
 */
void
billing_fault_vfs_fail_write (int      n,
                              int      code,
                              gboolean sticky)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  g_return_if_fail (n > 0);
  g_return_if_fail (code == SQLITE_FULL || code == SQLITE_IOERR_WRITE ||
                    code == SQLITE_IOERR_TRUNCATE || code == SQLITE_IOERR_FSYNC);

  fault.at = (guint) n;
  fault.code = code;
  fault.sticky = sticky;
  fault.n_operations = 0;
  fault.n_failures = 0;
}

/**
 * billing_fault_vfs_reset:
 *
 * Makes the disk whole again, and counts from 0.
 */
void
billing_fault_vfs_reset (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  fault.at = 0;
  fault.n_operations = 0;
  fault.n_failures = 0;
}

/**
 * billing_fault_vfs_n_operations:
 *
 * Returns: how many writes, truncations and syncs there were since the last
 *   billing_fault_vfs_fail_write() or billing_fault_vfs_reset()
 */
guint
billing_fault_vfs_n_operations (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  return fault.n_operations;
}

/**
 * billing_fault_vfs_n_failures:
 *
 * Returns: how many of them failed; a test that lets the n-th operation fail has tried them all
 *   when this stays 0
 */
guint
billing_fault_vfs_n_failures (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  return fault.n_failures;
}
