/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-fault-record"

#include "config.h"

#include "billing-fault-record.h"

#include "billing-test-folder.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define SECTOR 512

struct _BillingFaultFile
{
  char *path;               /* (owned) */
  char *parent;             /* (owned): the folder whose sync keeps the name */
  GByteArray *initial;      /* (owned) (nullable): NULL if it was created while recording */
};

typedef enum
{
  STEP_CREATE,
  STEP_WRITE,
  STEP_RESIZE,
  STEP_DELETE,
  STEP_SYNC,
} StepKind;

typedef struct
{
  StepKind kind;
  BillingFaultFile *file;   /* (not owned) */
  gsize offset;             /* of a write, in bytes; of a resize: the size */
  GBytes *bytes;            /* (owned) (nullable): of a write */
  gboolean with_folder;     /* of a sync: the folder's names too */
} Step;

struct _BillingFaultRecord
{
  char *folder;             /* (owned): ends in a slash */
  GPtrArray *files;         /* (owned) (element-type BillingFaultFile) */
  GHashTable *by_path;      /* (owned) (element-type utf8 BillingFaultFile): those that exist */
  GHashTable *known_paths;  /* (owned) (element-type utf8): those that ever existed */
  GArray *steps;            /* (owned) (element-type Step) */
  GArray *syncs;            /* (owned) (element-type guint): where in steps the syncs are */
};

/* What a disk holds at one moment. */
typedef struct
{
  GHashTable *contents;     /* (owned) (element-type BillingFaultFile GByteArray) */
  GHashTable *names;        /* (owned) (element-type utf8 BillingFaultFile) */
  GRand *random;            /* (owned) */
  guint variant;
} Disk;

static void
file_free (BillingFaultFile *file)
{
  g_clear_pointer (&file->path, g_free);
  g_clear_pointer (&file->parent, g_free);
  g_clear_pointer (&file->initial, g_byte_array_unref);
  g_free (file);
}

static void
step_clear (Step *step)
{
  g_clear_pointer (&step->bytes, g_bytes_unref);
}

static void
disk_clear (Disk *disk)
{
  g_clear_pointer (&disk->contents, g_hash_table_unref);
  g_clear_pointer (&disk->names, g_hash_table_unref);
  g_clear_pointer (&disk->random, g_rand_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Disk, disk_clear)

static BillingFaultFile *
add_file (BillingFaultRecord *self,
          const char         *path,
          GByteArray         *initial)
{
  BillingFaultFile *file = g_new0 (BillingFaultFile, 1);

  file->path = g_strdup (path);
  file->parent = g_path_get_dirname (path);
  file->initial = initial;

  g_ptr_array_add (self->files, file);
  g_hash_table_insert (self->by_path, file->path, file);
  g_hash_table_add (self->known_paths, file->path);

  return file;
}

static void
disk_init (Disk               *disk,
           BillingFaultRecord *self,
           guint               sync_index,
           guint               variant)
{
  const guint32 seed[] = { sync_index, variant };

  disk->contents = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_byte_array_unref);
  disk->names = g_hash_table_new (g_str_hash, g_str_equal);
  disk->random = g_rand_new_with_seed_array (seed, G_N_ELEMENTS (seed));
  disk->variant = variant;

  for (guint i = 0; i < self->files->len; i++)
    {
      BillingFaultFile *file = g_ptr_array_index (self->files, i);
      GByteArray *bytes = g_byte_array_new ();

      g_hash_table_insert (disk->contents, file, bytes);

      if (file->initial == NULL)
        continue;

      g_byte_array_append (bytes, file->initial->data, file->initial->len);
      g_hash_table_insert (disk->names, file->path, file);
    }
}

static void
resize (GByteArray *bytes,
        gsize       size)
{
  const gsize before = bytes->len;

  g_assert_cmpuint (size, <=, G_MAXUINT);
  g_byte_array_set_size (bytes, (guint) size);

  if (size > before)
    memset (bytes->data + before, 0, size - before);
}

/* Writes @size bytes to @offset, which may be behind the end; @data %NULL stands for rubbish. */
static void
disk_put (Disk         *disk,
          GByteArray   *bytes,
          gsize         offset,
          const guint8 *data,
          gsize         size)
{
  if (offset + size > bytes->len)
    resize (bytes, offset + size);

  if (data != NULL)
    memcpy (bytes->data + offset, data, size);

  for (gsize i = 0; data == NULL && i < size; i++)
    bytes->data[offset + i] = (guint8) g_rand_int_range (disk->random, 0, 256);
}

/* A disk writes whole sectors in any order, and one that loses power while it writes a sector may
 * leave rubbish in it. The bytes of the sector that were not being written stay what they were:
 * SQLite relies on that (SQLITE_IOCAP_POWERSAFE_OVERWRITE), and says so of the unix VFS. */
static void
disk_put_torn (Disk       *disk,
               GByteArray *bytes,
               const Step *step)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (step->bytes, &size);

  for (gsize done = 0, piece = 0; done < size; done += piece)
    {
      const gsize at = step->offset + done;
      const int luck = g_rand_int_range (disk->random, 0, 8);

      piece = MIN (size - done, SECTOR - at % SECTOR);

      if (luck == 0)
        disk_put (disk, bytes, at, NULL, piece);
      else if (luck < 5)
        disk_put (disk, bytes, at, data + done, piece);
    }
}

static void
disk_apply (Disk       *disk,
            const Step *step)
{
  GByteArray *bytes = g_hash_table_lookup (disk->contents, step->file);

  switch (step->kind)
    {
    case STEP_CREATE:
      g_hash_table_insert (disk->names, step->file->path, step->file);
      break;

    case STEP_WRITE:
      disk_put (disk, bytes, step->offset,
                g_bytes_get_data (step->bytes, NULL), g_bytes_get_size (step->bytes));
      break;

    case STEP_RESIZE:
      resize (bytes, step->offset);
      break;

    case STEP_DELETE:
      if (g_hash_table_lookup (disk->names, step->file->path) == step->file)
        g_hash_table_remove (disk->names, step->file->path);
      break;

    case STEP_SYNC:
      break;

    default:
      g_assert_not_reached ();
    }
}

/* What nothing had synced yet may be on the disk or not. */
static void
disk_apply_perhaps (Disk       *disk,
                    const Step *step)
{
  int luck;

  if (disk->variant == 0)
    return;

  luck = disk->variant == 1 ? 0 : g_rand_int_range (disk->random, 0, 4);

  if (luck == 0)
    disk_apply (disk, step);
  else if (luck == 1 && step->kind == STEP_WRITE)
    disk_put_torn (disk, g_hash_table_lookup (disk->contents, step->file), step);
  else if (luck == 1)
    disk_apply (disk, step);
}

/* Marks which of the first @n steps a sync among them made durable. A sync of a file covers the
 * file's bytes and its own name; a sync of the folder covers what was created and deleted in it. */
static gboolean *
find_durable (BillingFaultRecord *self,
              guint               n)
{
  g_autoptr (GHashTable) files = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) folders = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean *durable = g_new0 (gboolean, n + 1);

  for (guint i = n; i-- > 0;)
    {
      const Step *step = &g_array_index (self->steps, Step, i);
      const gboolean is_name = step->kind == STEP_CREATE || step->kind == STEP_DELETE;

      if (step->kind == STEP_SYNC)
        {
          g_hash_table_add (files, step->file);
          if (step->with_folder)
            g_hash_table_add (folders, step->file->parent);
        }

      durable[i] = (step->kind != STEP_DELETE && g_hash_table_contains (files, step->file)) ||
                   (is_name && g_hash_table_contains (folders, step->file->parent));
    }

  return durable;
}

static void
disk_replay (Disk               *disk,
             BillingFaultRecord *self,
             guint               sync_index)
{
  const guint n_synced = sync_index == 0 ? 0
                                         : g_array_index (self->syncs, guint, sync_index - 1) + 1;
  guint cut = sync_index < self->syncs->len ? g_array_index (self->syncs, guint, sync_index)
                                            : self->steps->len;
  g_autofree gboolean *durable = find_durable (self, n_synced);

  /* The power may go at any step before the next sync. */
  if (disk->variant > 1)
    cut = (guint) g_rand_int_range (disk->random, (gint32) n_synced, (gint32) cut + 1);

  for (guint i = 0; i < cut; i++)
    {
      const Step *step = &g_array_index (self->steps, Step, i);

      if (i < n_synced && durable[i])
        disk_apply (disk, step);
      else
        disk_apply_perhaps (disk, step);
    }
}

static char *
path_into (BillingFaultRecord *self,
           const char         *path,
           const char         *into_folder)
{
  return g_build_filename (into_folder, path + strlen (self->folder), NULL);
}

static void
disk_store (Disk               *disk,
            BillingFaultRecord *self,
            const char         *into_folder)
{
  GHashTableIter iter;
  gpointer path;
  gpointer file;

  g_hash_table_iter_init (&iter, disk->names);
  while (g_hash_table_iter_next (&iter, &path, &file))
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *target = path_into (self, path, into_folder);
      g_autofree char *parent = g_path_get_dirname (target);
      GByteArray *bytes = g_hash_table_lookup (disk->contents, file);

      g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);

      if (!g_file_set_contents_full (target, (const char *) bytes->data, bytes->len,
                                     G_FILE_SET_CONTENTS_NONE, 0600, &error))
        g_error ("Cannot restore: %s", error->message);
    }
}

static void
copy_file (const char *from,
           const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);

  if (!g_file_copy (source, target, G_FILE_COPY_NOFOLLOW_SYMLINKS, NULL, NULL, NULL, &error))
    g_error ("Cannot restore: %s", error->message);
}

/* Copies what is not SQLite's. A -shm file is mapped memory: no power loss leaves one behind. */
static void
copy_others (BillingFaultRecord *self,
             const char         *folder,
             const char         *into_folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  if (dir == NULL)
    g_error ("Cannot restore: %s", error->message);

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *target = path_into (self, path, into_folder);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        {
          g_assert_cmpint (g_mkdir_with_parents (target, 0700), ==, 0);
          copy_others (self, path, into_folder);
        }
      else if (!g_str_has_suffix (name, "-shm") &&
               !g_hash_table_contains (self->known_paths, path))
        copy_file (path, target);
    }
}

static void
add_step (BillingFaultRecord *self,
          Step                step)
{
  g_array_append_val (self->steps, step);
}

BillingFaultRecord *
billing_fault_record_new (const char *folder)
{
  BillingFaultRecord *self = g_new0 (BillingFaultRecord, 1);
  g_autofree char *real = realpath (folder, NULL);

  if (real == NULL)
    g_error ("Cannot record %s: %s", folder, g_strerror (errno));

  self->folder = g_strconcat (real, "/", NULL);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) file_free);
  self->by_path = g_hash_table_new (g_str_hash, g_str_equal);
  self->known_paths = g_hash_table_new (g_str_hash, g_str_equal);
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  self->syncs = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_set_clear_func (self->steps, (GDestroyNotify) step_clear);

  return self;
}

void
billing_fault_record_free (BillingFaultRecord *self)
{
  g_clear_pointer (&self->by_path, g_hash_table_unref);
  g_clear_pointer (&self->known_paths, g_hash_table_unref);
  g_clear_pointer (&self->steps, g_array_unref);
  g_clear_pointer (&self->syncs, g_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->folder, g_free);
  g_free (self);
}

gboolean
billing_fault_record_covers (BillingFaultRecord *self,
                             const char         *path)
{
  return g_str_has_prefix (path, self->folder);
}

BillingFaultFile *
billing_fault_record_find (BillingFaultRecord *self,
                           const char         *path)
{
  return g_hash_table_lookup (self->by_path, path);
}

/* @contents (transfer full): what the file held when the recording began */
BillingFaultFile *
billing_fault_record_existing (BillingFaultRecord *self,
                               const char         *path,
                               GByteArray         *contents)
{
  return add_file (self, path, contents);
}

BillingFaultFile *
billing_fault_record_created (BillingFaultRecord *self,
                              const char         *path)
{
  BillingFaultFile *file = add_file (self, path, NULL);

  add_step (self, (Step) { .kind = STEP_CREATE, .file = file });

  return file;
}

void
billing_fault_record_written (BillingFaultRecord *self,
                              BillingFaultFile   *file,
                              gsize               offset,
                              gconstpointer       data,
                              gsize               size)
{
  add_step (self, (Step) { .kind = STEP_WRITE, .file = file, .offset = offset,
                           .bytes = g_bytes_new (data, size) });
}

void
billing_fault_record_resized (BillingFaultRecord *self,
                              BillingFaultFile   *file,
                              gsize               size)
{
  add_step (self, (Step) { .kind = STEP_RESIZE, .file = file, .offset = size });
}

void
billing_fault_record_deleted (BillingFaultRecord *self,
                              BillingFaultFile   *file)
{
  if (g_hash_table_lookup (self->by_path, file->path) == file)
    g_hash_table_remove (self->by_path, file->path);

  add_step (self, (Step) { .kind = STEP_DELETE, .file = file });
}

void
billing_fault_record_synced (BillingFaultRecord *self,
                             BillingFaultFile   *file,
                             gboolean            with_folder)
{
  g_array_append_val (self->syncs, self->steps->len);
  add_step (self, (Step) { .kind = STEP_SYNC, .file = file, .with_folder = with_folder });
}

guint
billing_fault_record_n_syncs (BillingFaultRecord *self)
{
  return self->syncs->len;
}

gboolean
billing_fault_record_restore (BillingFaultRecord *self,
                              guint               sync_index,
                              const char         *into_folder,
                              guint               variant)
{
  g_auto (Disk) disk = { NULL };
  g_autofree char *into = g_strconcat (into_folder, "/", NULL);

  g_return_val_if_fail (!g_str_has_prefix (into, self->folder), FALSE);
  g_return_val_if_fail (!g_str_has_prefix (self->folder, into), FALSE);

  if (sync_index > self->syncs->len)
    return FALSE;

  g_assert_cmpint (g_mkdir_with_parents (into_folder, 0700), ==, 0);
  billing_test_folder_empty (into_folder);

  disk_init (&disk, self, sync_index, variant);
  disk_replay (&disk, self, sync_index);
  disk_store (&disk, self, into_folder);
  copy_others (self, self->folder, into_folder);

  return TRUE;
}
