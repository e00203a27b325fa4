/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-refetch"

#include "config.h"

#include "billing-mirror-look.h"
#include "billing-mirror-row.h"
#include "billing-stripe-error.h"
#include "billing-stripe-round.h"

/*
 * Asking again for what is there already, or should be.
 */

/* Of a list that is asked for in place of single objects. */
#define MAX_PAGES 1000

static gboolean
is_deleted (const char *text,
            gsize       length)
{
  static const BillingMirrorKind tombstone = {
    .columns = { { "id", "id", BILLING_MIRROR_TEXT }, { "deleted", "deleted", BILLING_MIRROR_BOOLEAN } },
  };
  g_auto (BillingMirrorRow) row = { 0 };

  billing_mirror_row_init (&row);
  return billing_mirror_row_fill (&row, &tombstone, text, length) && row.cells[1].integer != 0;
}

/* @answer NULL: there is no such object. */
static gboolean
keep (BillingStripeRound       *round,
      const BillingMirrorKind  *kind,
      const char               *id,
      BillingStripeAnswer      *answer,
      gint64                    fetched,
      GError                  **error)
{
  gsize length = 0;
  const char *text = answer != NULL ? g_bytes_get_data (answer->body, &length) : NULL;

  if (!billing_mirror_begin (round->mirror, error))
    return FALSE;

  if (text == NULL || is_deleted (text, length))
    return billing_stripe_round_end (round,
                                     billing_mirror_bury (round->mirror, kind, id, fetched, error),
                                     error);
  return billing_stripe_round_end (round,
                                   billing_stripe_round_put (round, kind, text, length, fetched,
                                                             error), error);
}

static BillingStripeAnswer *
get_object (BillingStripeRound       *round,
            const BillingMirrorKind  *kind,
            const char               *id,
            GError                  **error)
{
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("/v1/%s/%s", kind->path, escaped);

  if (kind->expand != NULL)
    billing_stripe_form_expand (form, kind->expand);
  return billing_stripe_round_get (round, path, form, error);
}

/* An id that cannot be asked for names nothing of Stripe's; it must not hold up what can. */
static gboolean
is_no_id (const GError *error)
{
  return g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_INVALID) &&
         billing_stripe_error_get_detail (error) == NULL;
}

static gboolean
fetch_cb (BillingStripeRound  *round,
          const char          *id,
          gpointer             data,
          GError             **error)
{
  const BillingMirrorKind *kind = data;
  gint64 fetched = g_get_real_time ();
  g_autoptr (GError) problem = NULL;
  g_autoptr (BillingStripeAnswer) answer = get_object (round, kind, id, &problem);

  if (is_no_id (problem))
    return TRUE;
  if (answer == NULL &&
      !g_error_matches (problem, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (!keep (round, kind, id, answer, fetched, error))
    return FALSE;

  billing_stripe_round_count (round, kind->table, 1);
  return TRUE;
}

/* --- lists ------------------------------------------------------------------------------------ */

static gboolean
count_differing (BillingStripeRound       *round,
                 const BillingMirrorKind  *kind,
                 BillingStripePage        *page,
                 guint64                  *n_differing,
                 GError                  **error)
{
  const char *body = g_bytes_get_data (page->body, NULL);

  for (guint i = 0; i < page->n_objects; i++)
    {
      gboolean differs;

      if (!billing_mirror_differs (round->mirror, kind, body + page->spans[i].offset,
                                   page->spans[i].length, &differs, error))
        return FALSE;
      *n_differing += differs;
    }

  return TRUE;
}

static gboolean
keep_page (BillingStripeRound       *round,
           const BillingMirrorKind  *kind,
           BillingStripePage        *page,
           gint64                    fetched,
           guint64                  *n_differing,
           GError                  **error)
{
  if (!billing_mirror_begin (round->mirror, error))
    return FALSE;

  return billing_stripe_round_end (round,
                                   (n_differing == NULL ||
                                    count_differing (round, kind, page, n_differing, error)) &&
                                   billing_stripe_round_put_page (round, kind, page, fetched,
                                                                  error),
                                   error);
}

/**
 * billing_stripe_list_again:
 * @round: the round
 * @list: what is listed, from the newest down
 * @max_pages: how much of it at most
 * @n_objects: (inout) (nullable): raised by how many there are
 * @n_differing: (inout) (nullable): raised by how many of them are not what the mirror had
 *
 * Returns: whether all that was asked for is kept
 */
gboolean
billing_stripe_list_again (BillingStripeRound       *round,
                           const BillingStripeList  *list,
                           guint                     max_pages,
                           guint64                  *n_objects,
                           guint64                  *n_differing,
                           GError                  **error)
{
  g_autofree char *cursor = NULL;
  gboolean has_more = TRUE;

  for (guint i = 0; has_more && i < max_pages; i++)
    {
      gint64 fetched = g_get_real_time ();
      g_autoptr (BillingStripePage) page = billing_stripe_round_get_page (round, list, cursor,
                                                                          error);

      if (page == NULL || !keep_page (round, list->kind, page, fetched, n_differing, error))
        return FALSE;

      billing_stripe_round_count (round, list->kind->table, page->n_objects);
      if (n_objects != NULL)
        *n_objects += page->n_objects;
      has_more = page->has_more;
      g_free (cursor);
      cursor = page->n_objects > 0 ? g_strdup (page->ids[page->n_objects - 1]) : NULL;
    }

  return TRUE;
}

/* --- which way -------------------------------------------------------------------------------- */

/* Whether the list since @since takes fewer requests than @n objects that stand in it. */
static gboolean
is_list_shorter (BillingStripeRound       *round,
                 const BillingMirrorKind  *kind,
                 gint64                    since,
                 guint                     n,
                 gboolean                 *is,
                 GError                  **error)
{
  gint64 n_known = 0;
  gboolean success;

  *is = FALSE;
  if (!kind->by_created || since == 0 || n < 3)
    return TRUE;
  if (!billing_mirror_begin (round->mirror, error))
    return FALSE;

  success = billing_mirror_count_since (round->mirror, kind, since, &n_known, NULL, error);
  billing_mirror_rollback (round->mirror);
  *is = (n_known + n) / BILLING_STRIPE_PAGE_SIZE + 1 < n;
  return success;
}

/* When the oldest of them was made; 0 where that is not known. */
static gboolean
find_oldest (BillingStripeRound       *round,
             const BillingMirrorKind  *kind,
             GPtrArray                *ids,
             gint64                   *oldest,
             GError                  **error)
{
  gboolean success;

  if (!billing_mirror_begin (round->mirror, error))
    return FALSE;
  success = billing_mirror_find_oldest (round->mirror, kind, ids, oldest, error);
  billing_mirror_rollback (round->mirror);
  return success;
}

static GPtrArray *
list_stale (BillingStripeRound       *round,
            const BillingMirrorKind  *kind,
            GPtrArray                *ids,
            gint64                    fetched,
            GError                  **error)
{
  GPtrArray *stale;

  if (!billing_mirror_begin (round->mirror, error))
    return NULL;
  stale = billing_mirror_list_stale (round->mirror, kind, ids, fetched, error);
  billing_mirror_rollback (round->mirror);
  return stale;
}

static gboolean
refetch (BillingStripeRound       *round,
         const BillingMirrorKind  *kind,
         GPtrArray                *ids,
         gint64                    since,
         guint                     n_since,
         GError                  **error)
{
  gint64 started = g_get_real_time ();
  g_autoptr (GPtrArray) rest = NULL;
  gboolean lists;

  if (since == 0)
    n_since = ids->len;
  if ((since == 0 && ids->len > 2 && !find_oldest (round, kind, ids, &since, error)) ||
      !is_list_shorter (round, kind, since, n_since, &lists, error))
    return FALSE;
  if (!lists)
    return billing_stripe_round_each (round, ids, fetch_cb, (gpointer) kind, error);

  if (!billing_stripe_list_again (round, &(BillingStripeList) { .kind = kind, .low = since },
                                  MAX_PAGES, NULL, NULL, error))
    return FALSE;

  /* What the list did not have is gone, or older than was thought. */
  rest = list_stale (round, kind, ids, started, error);
  return rest != NULL && billing_stripe_round_each (round, rest, fetch_cb, (gpointer) kind, error);
}

/**
 * billing_stripe_refetch:
 * @round: the round
 * @kind: of which stream
 * @ids: which objects
 * @since: when the oldest of them was made, or of many; 0: look it up
 * @n_since: how many were made since then
 *
 * Asks for them once more, by a list where that takes fewer requests. What is gone is buried.
 *
 * Returns: whether the mirror has them as they are now, but for what the key may not read
 */
gboolean
billing_stripe_refetch (BillingStripeRound       *round,
                        const BillingMirrorKind  *kind,
                        GPtrArray                *ids,
                        gint64                    since,
                        guint                     n_since,
                        GError                  **error)
{
  GError *problem = NULL;

  return ids->len == 0 || !billing_stripe_round_is_open (round, kind->table) ||
         refetch (round, kind, ids, since, n_since, &problem) ||
         billing_stripe_round_forgive (round, kind->table, problem, error);
}
