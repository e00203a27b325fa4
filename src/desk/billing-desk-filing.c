/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-filing"

#include "config.h"

#include "billing-desk-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "billing-documents.h"
#include "billing-filing.h"
#include "billing-table.h"

#define MAX_DOCUMENT (G_GINT64_CONSTANT (100) * 1024 * 1024)
#define CHUNK 65536

/* Notes and documents. A document lies under the hash of its content, so that the same file is kept once and damage shows. */

static BillingRecord *
find_subject (BillingTurn  *turn,
              GError      **error)
{
  if (turn->act->subject == NULL || *turn->act->subject == '\0')
    {
      billing_desk_refuse (error, _("To what? Name a payment, a treatment or a patient. Nothing was changed."));
      return NULL;
    }

  return billing_table_find (turn->connection, turn->act->subject, error);
}

/**
 * billing_desk_add_note:
 * @turn: a payment, a treatment or a patient; text
 * @error: return location for an error
 *
 * Returns: whether the note is added
 */
gboolean
billing_desk_add_note (BillingTurn  *turn,
                       GError      **error)
{
  g_autoptr (BillingRecord) subject = find_subject (turn, error);
  g_autoptr (BillingNote) note = billing_note_new ();
  g_autofree char *text = g_strdup (turn->act->text != NULL ? turn->act->text : "");

  if (subject == NULL || !billing_turn_check_text (text, error))
    return FALSE;
  if (*g_strstrip (text) == '\0')
    return billing_desk_refuse (error, _("The note is empty. Nothing was changed."));

  note->subject_id = g_strdup (billing_record_get_id (subject));
  note->text = g_steal_pointer (&text);
  note->person = g_strdup (turn->account);
  note->created_at = turn->now;
  if (!billing_table_insert (turn->connection, BILLING_RECORD (note), error))
    return FALSE;

  billing_turn_set_result (turn, billing_record_get_id (BILLING_RECORD (note)));
  return billing_turn_audit (turn, note->subject_id, NULL, BILLING_RECORD (note), NULL, error);
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

static gboolean
set_io_error (GError     **error,
              GError      *why,
              const char  *name)
{
  g_set_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID,
               /* Translators: a file name, and what the system says */
               _("“%s” could not be filed: %s. Nothing was changed."), name, why->message);
  return FALSE;
}

/* Copies and hashes at once, so that what is kept is what was hashed. */
static gboolean
copy (GInputStream   *from,
      GOutputStream  *to,
      GChecksum      *checksum,
      gint64         *size,
      GError        **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  gssize n;

  *size = 0;
  while ((n = g_input_stream_read (from, chunk, CHUNK, NULL, error)) > 0)
    {
      *size += n;
      if (*size > MAX_DOCUMENT)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("it is larger than 100 MiB"));
          return FALSE;
        }
      g_checksum_update (checksum, chunk, n);
      if (!g_output_stream_write_all (to, chunk, (gsize) n, NULL, NULL, error))
        return FALSE;
    }

  return n == 0;
}

/* To read a pipe would wait for whoever writes to it. What is not there at all is told when it is read. */
static gboolean
check_kind (GFile   *file,
            GError **error)
{
  GFileType kind = g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL);

  if (kind == G_FILE_TYPE_REGULAR || kind == G_FILE_TYPE_UNKNOWN)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _("it is no ordinary file"));
  return FALSE;
}

static gboolean
copy_to_fd (GFile      *file,
            int         fd,
            GChecksum  *checksum,
            gint64     *size,
            GError    **error)
{
  g_autoptr (GInputStream) from = NULL;
  g_autoptr (GOutputStream) to = NULL;

  if (!check_kind (file, error))
    return FALSE;

  from = G_INPUT_STREAM (g_file_read (file, NULL, error));
  if (from == NULL)
    return FALSE;

  to = g_unix_output_stream_new (fd, FALSE);
  if (!copy (from, to, checksum, size, error))
    return FALSE;

  /* The row that names the file must not outlive it when the power goes. */
  if (fsync (fd) == 0)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
  return FALSE;
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
keep (const char   *partial,
      const char   *folder,
      const char   *sha256,
      GError      **error)
{
  g_autofree char *start = g_strndup (sha256, 2);
  g_autofree char *shelf = g_build_filename (folder, start, NULL);
  g_autofree char *path = g_build_filename (shelf, sha256, NULL);

  if (g_mkdir_with_parents (shelf, 0700) == 0 && g_rename (partial, path) == 0 &&
      sync_folder (shelf) && sync_folder (folder))
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
  return FALSE;
}

static char *
guess_type (GFile *file)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, NULL);
  const char *type = info != NULL ? g_file_info_get_content_type (info) : NULL;

  return type != NULL ? g_content_type_get_mime_type (type) : g_strdup ("application/octet-stream");
}

static gboolean
take (const char       *folder,
      GFile            *file,
      BillingDocument  *document,
      GError          **error)
{
  g_autofree char *partial = g_build_filename (folder, "filing-XXXXXX", NULL);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  int fd = g_mkstemp_full (partial, O_RDWR | O_CLOEXEC, 0600);
  gboolean success;

  if (fd < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }

  success = copy_to_fd (file, fd, checksum, &document->size, error);
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
 * @act: with a file
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

  document->name = base != NULL ? g_utf8_make_valid (base, -1) : g_strdup ("?");
  document->media_type = guess_type (file);
  if (take (folder, file, document, &why))
    return BILLING_RECORD (g_steal_pointer (&document));

  set_io_error (error, why, document->name);
  return NULL;
}

/**
 * billing_desk_add_document:
 * @turn: a payment, a treatment or a patient, and what was taken
 * @error: return location for an error
 *
 * Returns: whether the document is filed
 */
gboolean
billing_desk_add_document (BillingTurn  *turn,
                           GError      **error)
{
  g_autoptr (BillingRecord) subject = find_subject (turn, error);
  BillingDocument *document = BILLING_DOCUMENT (turn->prepared);

  if (subject == NULL)
    return FALSE;

  document->subject_id = g_strdup (billing_record_get_id (subject));
  document->person = g_strdup (turn->account);
  document->created_at = turn->now;
  if (!billing_table_insert (turn->connection, BILLING_RECORD (document), error))
    return FALSE;

  billing_turn_set_result (turn, billing_record_get_id (BILLING_RECORD (document)));
  return billing_turn_audit (turn, document->subject_id, NULL, BILLING_RECORD (document), NULL, error);
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

/**
 * billing_desk_record_only:
 * @turn: an act that changes nothing in the books
 * @error: return location for an error
 *
 * Writes into the audit that somebody looked, exported or backed up.
 *
 * Returns: whether it was written
 */
gboolean
billing_desk_record_only (BillingTurn  *turn,
                          GError      **error)
{
  g_autoptr (BillingRecord) subject = NULL;

  if (turn->act->verb == BILLING_VERB_PATIENT_VIEW || turn->act->verb == BILLING_VERB_DOCUMENT_OPEN)
    {
      subject = find_subject (turn, error);
      if (subject == NULL)
        return FALSE;
    }

  return billing_turn_audit (turn, subject != NULL ? billing_record_get_id (subject) : turn->act->subject, NULL, NULL,
                             turn->act->notes, error);
}
