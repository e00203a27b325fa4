/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-documents"

#include "config.h"

#include "billing-documents.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "billing-desk-private.h"

#define MAX_DOCUMENT (G_GINT64_CONSTANT (100) * 1024 * 1024)
#define CHUNK 65536
#define MAX_NAME 255

/* The files of documents. Each lies under the hash of its content, so that the same file is kept once and damage shows. */

/* Who watches while a file is copied for an act. */
typedef struct {
  GCancellable *cancellable; /* (owned) (nullable) */
  int permille; /* atomic */
} Watch;

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_clear_object (&watch->cancellable);
  g_free (watch);
}

static Watch *
get_watch (BillingAct *act)
{
  return g_object_get_data (G_OBJECT (act), "billing-documents-watch");
}

/**
 * billing_documents_watch:
 * @act: an act that adds a document, before it is done
 * @cancellable: (nullable): stops the copying of its file; nothing is filed then
 *
 * Lets somebody wait for a large file: how far its copying is, is told by billing_documents_get_progress().
 */
void
billing_documents_watch (BillingAct   *act,
                         GCancellable *cancellable)
{
  Watch *watch = g_new0 (Watch, 1);

  g_set_object (&watch->cancellable, cancellable);
  g_object_set_data_full (G_OBJECT (act), "billing-documents-watch", watch, watch_free);
}

/**
 * billing_documents_get_progress:
 * @act: an act that is watched; of any thread
 *
 * Returns: how much of its file is copied, in thousandths
 */
int
billing_documents_get_progress (BillingAct *act)
{
  Watch *watch = get_watch (act);

  return watch != NULL ? g_atomic_int_get (&watch->permille) : 0;
}

static char *
build_folder (BillingDesk *self)
{
  return billing_store_build_path (billing_desk_get_store (self), "documents");
}

/**
 * billing_documents_build_path:
 * @desk: a session
 * @document: a document of the practice
 *
 * Returns: (transfer full): where its content lies
 */
char *
billing_documents_build_path (BillingDesk     *desk,
                              BillingDocument *document)
{
  g_autofree char *folder = build_folder (desk);
  g_autofree char *start = g_strndup (document->sha256, 2);

  return g_build_filename (folder, start, document->sha256, NULL);
}

/* Stopping is no failure of the file's. */
static gboolean
set_io_error (GError     **error,
              GError      *why,
              const char  *name)
{
  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, why->message);
  else
    g_set_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID,
                 /* Translators: a file name, and what the system says */
                 _("“%s” could not be filed: %s. Nothing was changed."), name, why->message);
  return FALSE;
}

static gboolean
fail (GError     **error,
      const char  *sentence)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, sentence);
  return FALSE;
}

static gboolean
fail_by_errno (GError **error)
{
  int code = errno;

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
  return FALSE;
}

static void
tell_progress (Watch  *watch,
               gint64  done,
               gint64  size)
{
  if (watch != NULL && size > 0)
    g_atomic_int_set (&watch->permille, (int) MIN (1000, done * 1000 / size));
}

/* What the system says of a full disk is said without the names of a stream's parts. */
static gboolean
write_all (int            fd,
           const guint8  *bytes,
           gsize          length,
           GError       **error)
{
  while (length > 0)
    {
      gssize n = write (fd, bytes, length);

      if (n < 0 && errno != EINTR)
        return fail_by_errno (error);

      bytes += MAX (n, 0);
      length -= (gsize) MAX (n, 0);
    }

  return TRUE;
}

/* Copies and hashes at once, so that what is kept is what was hashed. */
static gboolean
copy (GInputStream   *from,
      int             to,
      gint64          expected,
      Watch          *watch,
      GChecksum      *checksum,
      gint64         *size,
      GError        **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  GCancellable *cancellable = watch != NULL ? watch->cancellable : NULL;
  gssize n;

  *size = 0;
  while ((n = g_input_stream_read (from, chunk, CHUNK, cancellable, error)) > 0)
    {
      *size += n;
      if (*size > MAX_DOCUMENT)
        return fail (error, _("it is larger than 100 MiB"));
      g_checksum_update (checksum, chunk, n);
      if (!write_all (to, chunk, (gsize) n, error))
        return FALSE;
      tell_progress (watch, *size, expected);
    }

  return n == 0 && (*size > 0 || fail (error, _("it is empty")));
}

/* To open a pipe would wait for whoever writes to it; to read a device may have no end. */
static GInputStream *
open_source (const char  *path,
             gint64      *size,
             GError     **error)
{
  int fd = path != NULL ? g_open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0) : -1;
  g_autoptr (GInputStream) stream = NULL;
  struct stat info;

  if (path == NULL)
    {
      fail (error, _("it is not on this computer"));
      return NULL;
    }
  if (fd < 0)
    {
      fail_by_errno (error);
      return NULL;
    }

  stream = g_unix_input_stream_new (fd, TRUE);
  if (fstat (fd, &info) != 0)
    fail_by_errno (error);
  else if (S_ISDIR (info.st_mode))
    fail (error, _("it is a folder"));
  else if (!S_ISREG (info.st_mode))
    fail (error, _("it is no ordinary file"));
  else if (info.st_size > MAX_DOCUMENT)
    fail (error, _("it is larger than 100 MiB"));
  else
    {
      *size = info.st_size;
      return g_steal_pointer (&stream);
    }

  return NULL;
}

static gboolean
copy_to_fd (GFile      *file,
            int         fd,
            Watch      *watch,
            GChecksum  *checksum,
            gint64     *size,
            GError    **error)
{
  gint64 expected;
  g_autoptr (GInputStream) from = open_source (g_file_peek_path (file), &expected, error);

  if (from == NULL || !copy (from, fd, expected, watch, checksum, size, error))
    return FALSE;

  /* The row that names the file must not outlive it when the power goes. */
  return fsync (fd) == 0 || fail_by_errno (error);
}

static gboolean
sync_folder (const char *folder)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean success = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return success;
}

static gboolean
keep (const char  *partial,
      const char  *folder,
      const char  *sha256,
      GError     **error)
{
  g_autofree char *start = g_strndup (sha256, 2);
  g_autofree char *shelf = g_build_filename (folder, start, NULL);
  g_autofree char *path = g_build_filename (shelf, sha256, NULL);

  return (g_mkdir_with_parents (shelf, 0700) == 0 && g_rename (partial, path) == 0 &&
          sync_folder (shelf) && sync_folder (folder)) || fail_by_errno (error);
}

static char *
guess_type (GFile *file)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL);
  const char *type = info != NULL ? g_file_info_get_content_type (info) : NULL;

  return type != NULL ? g_content_type_get_mime_type (type) : g_strdup ("application/octet-stream");
}

/* A file may have any name but those of folders; a document's is a line of text. */
static char *
make_name (const char *base)
{
  g_autofree char *valid = g_utf8_make_valid (base, -1);
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (name, g_unichar_iscntrl (c) ? '_' : c);
    }

  return g_string_free (g_steal_pointer (&name), FALSE);
}

/**
 * billing_documents_check_name:
 * @name: what a document is to be called
 * @error: return location for %BILLING_DESK_ERROR_INVALID
 *
 * Returns: whether a document can be called so
 */
gboolean
billing_documents_check_name (const char  *name,
                              GError     **error)
{
  if (name == NULL || *name == '\0')
    return billing_desk_refuse (error, _("A document needs a name. Nothing was changed."));

  if (strlen (name) > MAX_NAME || strchr (name, '/') != NULL || strchr (name, '\n') != NULL ||
      g_str_equal (name, ".") || g_str_equal (name, "..") || !billing_turn_check_text (name, NULL))
    return billing_desk_refuse (error, _("A document’s name is one line of at most %d bytes without a “/”. Nothing was "
                                         "changed."), MAX_NAME);

  return TRUE;
}

static gboolean
take (const char       *folder,
      GFile            *file,
      Watch            *watch,
      BillingDocument  *document,
      GError          **error)
{
  g_autofree char *partial = g_build_filename (folder, "filing-XXXXXX", NULL);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  int fd = g_mkstemp_full (partial, O_RDWR | O_CLOEXEC, 0600);
  gboolean success;

  if (fd < 0)
    return fail_by_errno (error);

  success = copy_to_fd (file, fd, watch, checksum, &document->size, error);
  close (fd);
  document->sha256 = g_strdup (g_checksum_get_string (checksum));
  success = success && keep (partial, folder, document->sha256, error);
  if (!success)
    g_unlink (partial);
  return success;
}

/**
 * billing_desk_take_document:
 * @self: a session
 * @act: with a file, and perhaps a name that it is to have
 * @error: return location for an error
 *
 * Copies a file among the documents, before the transaction that files it. One that no row names afterwards does no harm.
 *
 * Returns: (transfer full) (nullable): the document, not yet filed
 */
BillingRecord *
billing_desk_take_document (BillingDesk  *self,
                            BillingAct   *act,
                            GError      **error)
{
  g_autofree char *folder = build_folder (self);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (act->file != NULL ? act->file : "");
  g_autoptr (BillingDocument) document = billing_document_new ();
  g_autoptr (GError) why = NULL;
  g_autofree char *base = g_file_get_basename (file);

  if (act->name != NULL && !billing_documents_check_name (act->name, error))
    return NULL;

  document->name = act->name != NULL ? g_strdup (act->name) : make_name (base != NULL ? base : "?");
  if (!take (folder, file, get_watch (act), document, &why))
    {
      set_io_error (error, why, document->name);
      return NULL;
    }

  document->media_type = guess_type (file);
  return BILLING_RECORD (g_steal_pointer (&document));
}

/**
 * billing_documents_check:
 * @desk: a session
 * @document: a document of the practice
 * @error: return location for an error
 *
 * Checks, before it is opened, that a document is what was filed.
 *
 * Returns: whether it is
 */
gboolean
billing_documents_check (BillingDesk      *desk,
                         BillingDocument  *document,
                         GError          **error)
{
  g_autofree char *path = billing_documents_build_path (desk, document);
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (path, FALSE, NULL);
  g_autofree char *found = NULL;

  if (mapped != NULL)
    found = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) g_mapped_file_get_contents (mapped),
                                         g_mapped_file_get_length (mapped));
  if (g_strcmp0 (found, document->sha256) == 0)
    return TRUE;

  return billing_desk_refuse (error, _("“%s” is damaged or gone from the disk. The books are in order; file the "
                                       "document again."), document->name);
}
