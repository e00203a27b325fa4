/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-books"

#include "config.h"

#include "billing-books.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "billing-desk-private.h"
#include "billing-documents.h"
#include "billing-list.h"
#include "billing-mirror.h"
#include "billing-table.h"
#include "billing-totals.h"
#include "billing-verify.h"

/* Rows of a long list are read this many at a time. */
#define CHUNK 512

/* Daily backups that are kept. */
#define MAX_DAILY 7

typedef struct {
  BillingDesk *desk;
  char **report;
} Verifying;

static gboolean
verify (BillingConnection  *connection,
        gpointer            data,
        GCancellable       *cancellable,
        GError            **error)
{
  Verifying *verifying = data;

  return billing_verify_books (connection, billing_desk_get_seal_key (verifying->desk), verifying->report, cancellable,
                               error);
}

static gboolean
check_document (BillingRecord  *record,
                gpointer        data,
                GError        **error)
{
  return billing_documents_check (data, BILLING_DOCUMENT (record), error);
}

/**
 * billing_desk_verify:
 * @self: a session
 * @report: (out) (optional) (transfer full): what was checked, in words
 * @cancellable: (nullable): what stops it
 * @error: return location for %BILLING_STORE_ERROR_BREACH, with the first breach
 *
 * Checks every invariant of the books, every seal, every document.
 *
 * Returns: whether all of them hold
 */
gboolean
billing_desk_verify (BillingDesk   *self,
                     char         **report,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (BillingQuery) documents = billing_desk_query (self, "documents");
  g_autofree char *unwanted = NULL;
  Verifying verifying = { self, report != NULL ? report : &unwanted };

  /* A removed one can be brought back, so that its file has to be there too. */
  g_object_set (documents, "status", "kept,removed", NULL);
  return billing_desk_list (self, documents, check_document, self, cancellable, error) &&
         billing_store_read (billing_desk_get_store (self), verify, &verifying, cancellable, error);
}

/**
 * billing_desk_back_up:
 * @self: a session
 * @path: a file; one that is there is replaced once the new one is whole
 * @error: return location for an error
 *
 * Writes a copy of the books while work goes on, and notes that in the audit.
 *
 * Returns: whether the copy is complete
 */
gboolean
billing_desk_back_up (BillingDesk  *self,
                      const char   *path,
                      GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_BACKUP, NULL);

  return billing_desk_do (self, act, error) &&
         billing_store_back_up (billing_desk_get_store (self), path, error);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char * const *) a, *(const char * const *) b);
}

static void
remove_old (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (name, "daily-") && g_str_has_suffix (name, ".db"))
        g_ptr_array_add (names, g_strdup (name));
    }

  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i + MAX_DAILY < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);

      g_unlink (path);
    }
}

/**
 * billing_desk_back_up_daily:
 * @self: a session
 * @error: return location for an error
 *
 * Makes today's backup, unless there is one, and removes those older than a week. Every program that writes calls this; it may take
 * seconds where the practice is large, so windows call it on another thread.
 *
 * Returns: whether there is a backup of today
 */
gboolean
billing_desk_back_up_daily (BillingDesk  *self,
                            GError      **error)
{
  g_autofree char *today = billing_desk_get_today (self);
  g_autofree char *folder = billing_store_build_path (billing_desk_get_store (self), "backups");
  g_autofree char *name = g_strdup_printf ("daily-%s.db", today);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!billing_store_back_up (billing_desk_get_store (self), path, error))
    return FALSE;

  remove_old (folder);
  return TRUE;
}

/**
 * billing_desk_restore:
 * @folder: of a practice that no window has open
 * @path: a backup
 * @error: return location for an error
 *
 * Makes the books what the backup says. What they said before is kept under “backups”.
 *
 * Returns: whether they are restored
 */
gboolean
billing_desk_restore (const char  *folder,
                      const char  *path,
                      GError     **error)
{
  return billing_store_restore (folder, path, error);
}

/**
 * billing_desk_query:
 * @self: a session
 * @kind: what lists call a kind
 *
 * Returns: (transfer full): a query for it, with the practice's today and time zone
 */
BillingQuery *
billing_desk_query (BillingDesk *self,
                    const char  *kind)
{
  BillingQuery *query = billing_query_new (kind);

  query->today = billing_desk_get_today (self);
  query->time_zone = g_strdup (billing_desk_get_practice (self)->time_zone);
  return query;
}

typedef struct {
  BillingQuery *query;
  BillingRowFunc func;
  gpointer data;
} Listing;

static gboolean
hand_out (BillingConnection  *connection,
          Listing            *listing,
          const gint64       *pks,
          gsize               n_pks,
          GError            **error)
{
  g_autoptr (GPtrArray) rows = billing_table_fetch (connection, billing_table_get_type_of (listing->query->list), pks,
                                                    n_pks, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      if (!listing->func (rows->pdata[i], listing->data, error))
        return FALSE;
    }

  return rows != NULL;
}

static gboolean
list (BillingConnection  *connection,
      gpointer            data,
      GCancellable       *cancellable,
      GError            **error)
{
  Listing *listing = data;
  g_autoptr (BillingListing) found = billing_list_listing (connection, listing->query, error);

  for (gsize i = 0; found != NULL && i < found->pks->len; i += CHUNK)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !hand_out (connection, listing, &g_array_index (found->pks, gint64, i), MIN (CHUNK, found->pks->len - i),
                     error))
        return FALSE;
    }

  return found != NULL;
}

/**
 * billing_desk_list:
 * @self: a session
 * @query: what to list
 * @func: (scope call): given each row
 * @data: for @func
 * @cancellable: (nullable): what stops it
 * @error: return location for an error
 *
 * Reads a list of any length in little memory, all of it as of one moment.
 *
 * Returns: whether all of it was read
 */
gboolean
billing_desk_list (BillingDesk     *self,
                   BillingQuery    *query,
                   BillingRowFunc   func,
                   gpointer         data,
                   GCancellable    *cancellable,
                   GError         **error)
{
  Listing listing = { query, func, data };

  return billing_store_read (billing_desk_get_store (self), list, &listing, cancellable, error);
}

typedef struct {
  const char *name;
  GType type; /* %G_TYPE_INVALID: any */
  BillingRecord *found; /* (owned) (nullable) */
} Finding;

typedef struct {
  BillingRecord *record;
  char *text; /* (owned) (nullable) */
} Showing;

static gboolean
find (BillingConnection  *connection,
      gpointer            data,
      GCancellable       *cancellable,
      GError            **error)
{
  Finding *finding = data;

  finding->found = finding->type != G_TYPE_INVALID ? billing_table_get (connection, finding->type, finding->name, error)
                                                   : billing_table_find (connection, finding->name, error);
  return finding->found != NULL;
}

/**
 * billing_desk_find:
 * @self: a session
 * @id_or_number: PAY-001, or an id
 * @error: return location for %BILLING_STORE_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the record of that name
 */
BillingRecord *
billing_desk_find (BillingDesk  *self,
                   const char   *id_or_number,
                   GError      **error)
{
  return billing_desk_find_of (self, G_TYPE_INVALID, id_or_number, error);
}

/**
 * billing_desk_find_of:
 * @self: a session
 * @type: of a record, or %G_TYPE_INVALID for any
 * @id_or_number: what people call it
 * @error: return location for a #BillingStoreError
 *
 * As billing_desk_find(), where one id names things of several kinds: Stripe's payment intent, and the payment that is shown of it.
 *
 * Returns: (transfer full) (nullable): the record
 */
BillingRecord *
billing_desk_find_of (BillingDesk  *self,
                      GType         type,
                      const char   *id_or_number,
                      GError      **error)
{
  Finding finding = { id_or_number, type, NULL };

  billing_store_read (billing_desk_get_store (self), find, &finding, NULL, error);
  return finding.found;
}

static gboolean
find_stripe (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  Showing *showing = data;
  g_autoptr (GError) own_error = NULL;

  showing->text = billing_mirror_read_object (connection, BILLING_RECORD_GET_CLASS (showing->record)->kind,
                                              billing_record_get_id (showing->record), &own_error);
  if (own_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

/**
 * billing_desk_find_stripe:
 * @self: a session
 * @record: a charge, a payout, …
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable): what Stripe says of it, whole, as JSON; %NULL without @error where @record is not Stripe's
 */
char *
billing_desk_find_stripe (BillingDesk    *self,
                          BillingRecord  *record,
                          GError        **error)
{
  Showing showing = { record, NULL };

  billing_store_read (billing_desk_get_store (self), find_stripe, &showing, NULL, error);
  return showing.text;
}

typedef struct {
  const char *report;
  BillingQuery *query;
  GPtrArray *lines; /* (owned) (nullable) */
} Reporting;

static gboolean
report (BillingConnection  *connection,
        gpointer            data,
        GCancellable       *cancellable,
        GError            **error)
{
  Reporting *reporting = data;

  reporting->lines = billing_totals_report (connection, reporting->report, reporting->query, error);
  return reporting->lines != NULL;
}

/**
 * billing_desk_report:
 * @self: a session
 * @report_name: one of billing_totals_list_reports()
 * @query: from, to, location
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type BillingReportLine): the numbers behind a card or a chart
 */
GPtrArray *
billing_desk_report (BillingDesk   *self,
                     const char    *report_name,
                     BillingQuery  *query,
                     GError       **error)
{
  Reporting reporting = { report_name, query, NULL };

  billing_store_read (billing_desk_get_store (self), report, &reporting, NULL, error);
  return reporting.lines;
}
