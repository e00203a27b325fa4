/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-letter-run"

#include "config.h"

#include "billing-letter-run.h"

#include <glib/gi18n-lib.h>

#include "billing-desk-private.h"
#include "billing-invoice-letter.h"
#include "billing-invoice.h"
#include "billing-letter-pdf.h"
#include "billing-patient.h"
#include "billing-payment.h"
#include "billing-receipt.h"
#include "billing-safe-file.h"
#include "billing-selection.h"
#include "billing-statement-letter.h"
#include "billing-table.h"

/* So many letters are written into the audit together, before the first of them is given out. */
#define CHUNK 50

struct _BillingLetterRun {
  GObject parent_instance;

  BillingDesk *desk;  /* (owned) */
  BillingAct *act;    /* (owned): what is chosen */
  char *from;         /* (owned) (nullable): day, of statements */
  char *to;           /* (owned) (nullable): likewise */
  GPtrArray *subjects; /* (owned) (element-type BillingRecord): whose letters, once they are known */
  int permille;       /* atomic */
};

G_DEFINE_FINAL_TYPE (BillingLetterRun, billing_letter_run, G_TYPE_OBJECT)

static void
billing_letter_run_finalize (GObject *object)
{
  BillingLetterRun *self = BILLING_LETTER_RUN (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->act);
  g_clear_pointer (&self->subjects, g_ptr_array_unref);
  g_free (self->from);
  g_free (self->to);

  G_OBJECT_CLASS (billing_letter_run_parent_class)->finalize (object);
}

static void
billing_letter_run_class_init (BillingLetterRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = billing_letter_run_finalize;
}

static void
billing_letter_run_init (BillingLetterRun *self)
{
}

/**
 * billing_letter_run_new:
 * @desk: who gives them out
 * @act: %BILLING_VERB_INVOICE_PRINT, %BILLING_VERB_STATEMENT_PRINT or %BILLING_VERB_PAYMENT_RECEIPT, with what is chosen: a subject, a
 *   selection, or a query
 * @from: (nullable): the first day of statements
 * @to: (nullable): their last day; %NULL: today
 *
 * Returns: (transfer full): the run, of which nothing is done
 */
BillingLetterRun *
billing_letter_run_new (BillingDesk *desk,
                        BillingAct  *act,
                        const char  *from,
                        const char  *to)
{
  BillingLetterRun *self = g_object_new (BILLING_TYPE_LETTER_RUN, NULL);

  self->desk = g_object_ref (desk);
  self->act = g_object_ref (act);
  self->from = g_strdup (from);
  self->to = g_strdup (to);
  return self;
}

/**
 * billing_letter_run_get_progress:
 * @self: a run; of any thread
 *
 * Returns: how much of it is done, in thousandths
 */
int
billing_letter_run_get_progress (BillingLetterRun *self)
{
  return g_atomic_int_get (&self->permille);
}

/**
 * billing_letter_run_get_n_letters:
 * @self: a run that is done
 *
 * Returns: how many letters it gave out
 */
guint
billing_letter_run_get_n_letters (BillingLetterRun *self)
{
  return self->subjects != NULL ? self->subjects->len : 0;
}

/* What each verb gives out: a letter about a record of a list. */
static const struct {
  BillingVerb verb;
  const char *list;
  GType (*get_type) (void);
} kinds[] = {
  { BILLING_VERB_INVOICE_PRINT, "invoices", billing_invoice_get_type },
  { BILLING_VERB_STATEMENT_PRINT, "patients", billing_patient_get_type },
  { BILLING_VERB_PAYMENT_RECEIPT, "payments", billing_payment_get_type },
};

static guint
find_kind (BillingLetterRun *self)
{
  guint i = 0;

  while (kinds[i].verb != self->act->verb)
    i++;
  return i;
}

static gboolean
read_subjects (BillingConnection  *connection,
               gpointer            data,
               GCancellable       *cancellable,
               GError            **error)
{
  BillingLetterRun *self = data;
  guint kind = find_kind (self);
  g_autoptr (GArray) pks = NULL;

  /* Letters that were shown may be printed by the same run. */
  g_clear_pointer (&self->subjects, g_ptr_array_unref);
  if (!billing_selection_fill (connection, self->act, kinds[kind].list, error))
    return FALSE;

  pks = billing_selection_list (connection, error);
  if (pks != NULL)
    self->subjects = billing_table_fetch (connection, kinds[kind].get_type (), (const gint64 *) (gpointer) pks->data, pks->len, error);
  return self->subjects != NULL;
}

static gboolean
choose (BillingLetterRun  *self,
        GError           **error)
{
  if (!billing_desk_may (self->desk, self->act->verb))
    {
      g_autofree char *refusal = billing_verb_refusal (self->act->verb, billing_desk_get_person (self->desk)->role);

      g_set_error_literal (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_REFUSED, refusal);
      return FALSE;
    }

  return billing_store_read (billing_desk_get_store (self->desk), read_subjects, self, NULL, error);
}

/**
 * billing_letter_run_preview:
 * @self: a run
 * @name: id or number of one of what it is about
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): its letter, as it would be given out; nothing is written into the audit
 */
BillingLetter *
billing_letter_run_preview (BillingLetterRun  *self,
                            const char        *name,
                            GError           **error)
{
  if (self->act->verb == BILLING_VERB_INVOICE_PRINT)
    return billing_invoice_letter_build (self->desk, name, error);
  if (self->act->verb == BILLING_VERB_STATEMENT_PRINT)
    return billing_statement_letter_build (self->desk, name, self->from, self->to, error);
  return billing_receipt_build (self->desk, name, error);
}

static BillingLetter *
build_letter (BillingLetterRun  *self,
              guint              i,
              GError           **error)
{
  g_atomic_int_set (&self->permille, (int) ((gint64) i * 1000 / self->subjects->len));
  return billing_letter_run_preview (self, billing_record_get_id (self->subjects->pdata[i]), error);
}

typedef struct {
  BillingLetterRun *run;
  guint begin;
  guint end;
} Chunk;

static gboolean
perform_chunk (BillingDesk        *desk,
               BillingConnection  *connection,
               gpointer            data,
               GError            **error)
{
  Chunk *chunk = data;

  for (guint i = chunk->begin; i < chunk->end; i++)
    {
      g_autoptr (BillingAct) act = billing_act_new (chunk->run->act->verb,
                                                    billing_record_get_id (chunk->run->subjects->pdata[i]));

      if (!billing_desk_perform (desk, connection, act, error))
        return FALSE;
    }

  return TRUE;
}

/* Writes into the audit that these letters are given out. */
static gboolean
audit (BillingLetterRun  *self,
       guint              begin,
       guint              end,
       GError           **error)
{
  Chunk chunk = { self, begin, end };

  return billing_desk_batch (self->desk, perform_chunk, &chunk, NULL, error);
}

/* The letters from @begin on, in order. */
static GPtrArray *
build_letters (BillingLetterRun  *self,
               guint              begin,
               guint              end,
               GCancellable      *cancellable,
               GError           **error)
{
  g_autoptr (GPtrArray) letters = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = begin; i < end; i++)
    {
      BillingLetter *letter;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      letter = build_letter (self, i, error);
      if (letter == NULL)
        return NULL;
      g_ptr_array_add (letters, letter);
    }

  return g_steal_pointer (&letters);
}

/**
 * billing_letter_run_build:
 * @self: a run
 * @cancellable: (nullable): stops it; none is given out then
 * @error: return location for an error
 *
 * Makes the letters, to be printed, and writes each into the audit.
 *
 * Returns: (transfer full) (nullable) (element-type BillingLetter): the letters
 */
GPtrArray *
billing_letter_run_build (BillingLetterRun  *self,
                          GCancellable      *cancellable,
                          GError           **error)
{
  g_autoptr (GPtrArray) letters = NULL;

  if (!choose (self, error))
    return NULL;

  letters = build_letters (self, 0, self->subjects->len, cancellable, error);
  if (letters == NULL || !audit (self, 0, self->subjects->len, error))
    return NULL;

  g_atomic_int_set (&self->permille, 1000);
  return g_steal_pointer (&letters);
}

/* All into one file, which is there when it is whole. */
static gboolean
write_file (BillingLetterRun  *self,
            const char        *path,
            GCancellable      *cancellable,
            GError           **error)
{
  g_autoptr (BillingSafeFile) file = billing_safe_file_open (path, error);
  g_autoptr (BillingLetterPdf) pdf = file != NULL ? billing_letter_pdf_new (billing_safe_file_get_stream (file)) : NULL;

  if (pdf == NULL)
    return FALSE;

  for (guint i = 0; i < self->subjects->len; i++)
    {
      g_autoptr (GPtrArray) letters = build_letters (self, i, i + 1, cancellable, error);

      if (letters == NULL)
        return FALSE;
      billing_letter_pdf_add (pdf, letters->pdata[0]);
    }

  if (!billing_letter_pdf_finish (pdf, error))
    {
      billing_safe_file_explain (file, error);
      return FALSE;
    }
  return audit (self, 0, self->subjects->len, error) && billing_safe_file_commit (file, error);
}

/* A number may be of another system's making; in a file name nothing stands for a folder. */
static char *
build_path (BillingLetterRun *self,
            const char       *folder,
            guint             i)
{
  g_autofree char *number = NULL;
  g_autofree char *name = NULL;

  g_object_get (self->subjects->pdata[i], "number", &number, NULL);
  g_strdelimit (number, "/\\:*?\"<>|\n", '-');
  if (*number == '.')
    *number = '-';
  name = g_strconcat (number, ".pdf", NULL);
  return g_build_filename (folder, name, NULL);
}

static gboolean
write_one (BillingLetter  *letter,
           const char     *path,
           GError        **error)
{
  g_autoptr (BillingSafeFile) file = billing_safe_file_open (path, error);

  if (file == NULL)
    return FALSE;
  if (!billing_letter_write_pdf (letter, billing_safe_file_get_stream (file), error))
    {
      billing_safe_file_explain (file, error);
      return FALSE;
    }
  return billing_safe_file_commit (file, error);
}

/* One file each; those that are written stay where the run is stopped. */
static gboolean
write_folder (BillingLetterRun  *self,
              const char        *folder,
              GCancellable      *cancellable,
              GError           **error)
{
  for (guint begin = 0; begin < self->subjects->len; begin += CHUNK)
    {
      guint end = MIN (begin + CHUNK, self->subjects->len);
      g_autoptr (GPtrArray) letters = build_letters (self, begin, end, cancellable, error);

      if (letters == NULL || !audit (self, begin, end, error))
        return FALSE;

      for (guint i = begin; i < end; i++)
        {
          g_autofree char *path = build_path (self, folder, i);

          if (!write_one (letters->pdata[i - begin], path, error))
            return FALSE;
        }
    }

  return TRUE;
}

/**
 * billing_letter_run_write:
 * @self: a run
 * @path: a file for all of them, or a folder that is there, for one file each, called by its number
 * @cancellable: (nullable): stops it; of a folder, the files that are written stay
 * @error: return location for an error
 *
 * Writes the letters as PDF, and each into the audit.
 *
 * Returns: whether all are in their place
 */
gboolean
billing_letter_run_write (BillingLetterRun  *self,
                          const char        *path,
                          GCancellable      *cancellable,
                          GError           **error)
{
  gboolean is_folder = g_file_test (path, G_FILE_TEST_IS_DIR);
  gboolean success = choose (self, error) && (is_folder ? write_folder (self, path, cancellable, error)
                                                        : write_file (self, path, cancellable, error));

  if (success)
    g_atomic_int_set (&self->permille, 1000);
  return success;
}

static void
build_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *letters = billing_letter_run_build (source, cancellable, &error);

  if (letters != NULL)
    g_task_return_pointer (task, letters, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * billing_letter_run_build_async:
 * @self: a run
 * @cancellable: (nullable): stops it
 * @callback: called when the letters are there
 * @user_data: data for @callback
 *
 * As billing_letter_run_build(), on another thread.
 */
void
billing_letter_run_build_async (BillingLetterRun    *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, billing_letter_run_build_async);
  g_task_run_in_thread (task, build_thread);
}

/**
 * billing_letter_run_build_finish:
 * @self: a run
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type BillingLetter): the letters
 */
GPtrArray *
billing_letter_run_build_finish (BillingLetterRun  *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
preview_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  BillingLetter *letter = billing_letter_run_preview (source, task_data, &error);

  if (letter != NULL)
    g_task_return_pointer (task, letter, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * billing_letter_run_preview_async:
 * @self: a run
 * @name: id or number of one of what it is about
 * @cancellable: (nullable): stops the wait
 * @callback: called when the letter is there
 * @user_data: data for @callback
 *
 * As billing_letter_run_preview(), on another thread.
 */
void
billing_letter_run_preview_async (BillingLetterRun    *self,
                                  const char          *name,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, billing_letter_run_preview_async);
  g_task_set_task_data (task, g_strdup (name), g_free);
  g_task_run_in_thread (task, preview_thread);
}

/**
 * billing_letter_run_preview_finish:
 * @self: a run
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the letter
 */
BillingLetter *
billing_letter_run_preview_finish (BillingLetterRun  *self,
                                   GAsyncResult      *result,
                                   GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
write_thread (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  GError *error = NULL;

  if (billing_letter_run_write (source, task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * billing_letter_run_write_async:
 * @self: a run
 * @path: a file or a folder
 * @cancellable: (nullable): stops it
 * @callback: called when all are in their place
 * @user_data: data for @callback
 *
 * As billing_letter_run_write(), on another thread.
 */
void
billing_letter_run_write_async (BillingLetterRun    *self,
                                const char          *path,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, billing_letter_run_write_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, write_thread);
}

/**
 * billing_letter_run_write_finish:
 * @self: a run
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: whether all are in their place
 */
gboolean
billing_letter_run_write_finish (BillingLetterRun  *self,
                                 GAsyncResult      *result,
                                 GError           **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * billing_desk_record_letter:
 * @turn: an invoice or a patient
 * @error: return location for an error
 *
 * Writes into the audit that an invoice or a statement was printed or saved.
 *
 * Returns: whether it was written
 */
gboolean
billing_desk_record_letter (BillingTurn  *turn,
                            GError      **error)
{
  GType type = turn->act->verb == BILLING_VERB_INVOICE_PRINT ? BILLING_TYPE_INVOICE : BILLING_TYPE_PATIENT;
  g_autoptr (BillingRecord) subject = NULL;

  if (turn->act->subject == NULL || *turn->act->subject == '\0')
    return billing_desk_refuse (error, _("Which one? Name an invoice or a patient. Nothing was changed."));

  subject = billing_table_get (turn->connection, type, turn->act->subject, error);
  return subject != NULL &&
         billing_turn_audit (turn, billing_record_get_id (subject), NULL, NULL, turn->act->notes, error);
}
