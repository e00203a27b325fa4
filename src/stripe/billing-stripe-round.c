/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-round"

#include "config.h"

#include "billing-stripe-round.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-mirror-row.h"
#include "billing-mirror-streams.h"
#include "billing-store-error.h"
#include "billing-stripe-error.h"

/* A 429 is waited out in steps of 1, 2, 4, 8 and 16 seconds, each with a spread. */
#define MAX_WAITS 5

/* --- asking ----------------------------------------------------------------------------------- */

/* Whether to ask once more; otherwise @problem is what is wrong. */
static gboolean
wait_for_rate (BillingStripeRound  *self,
               guint                waits,
               GError              *problem,
               GError             **error)
{
  const BillingStripeClock *clock = billing_stripe_client_get_clock (self->client);
  gint64 step = G_USEC_PER_SEC << waits;

  if (!g_error_matches (problem, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_RATE_LIMITED) ||
      waits == MAX_WAITS)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }

  g_error_free (problem);
  return clock->wait (clock->data, clock->get_time (clock->data) + step / 2 + clock->get_random (clock->data) % step,
                      self->cancellable, error);
}

static void
count_request (BillingStripeRound *self)
{
  g_mutex_lock (&self->mutex);
  self->requests++;
  g_mutex_unlock (&self->mutex);
}

BillingStripeAnswer *
billing_stripe_round_get (BillingStripeRound  *self,
                          const char          *path,
                          BillingStripeForm   *form,
                          GError             **error)
{
  g_autoptr (BillingStripeRequest) request = billing_stripe_request_new_get (path, form, error);

  for (guint waits = 0; request != NULL; waits++)
    {
      GError *problem = NULL;
      BillingStripeAnswer *answer;

      count_request (self);
      answer = billing_stripe_client_send (self->client, request, self->cancellable, &problem);
      if (answer != NULL)
        return answer;
      if (!wait_for_rate (self, waits, problem, error))
        return NULL;
    }

  return NULL;
}

BillingStripePage *
billing_stripe_round_get_form (BillingStripeRound  *self,
                               const char          *path,
                               BillingStripeForm   *form,
                               const char          *cursor,
                               GError             **error)
{
  g_autoptr (BillingStripeRequest) request = billing_stripe_request_new_get (path, form, error);

  for (guint waits = 0; request != NULL; waits++)
    {
      GError *problem = NULL;
      BillingStripePage *page;

      count_request (self);
      page = billing_stripe_client_get_page (self->client, request, cursor, self->cancellable,
                                             &problem);
      if (page != NULL)
        return page;
      if (!wait_for_rate (self, waits, problem, error))
        return NULL;
    }

  return NULL;
}

static void
add_range (BillingStripeForm       *form,
           const BillingStripeList *list)
{
  billing_stripe_form_open (form, "created");
  if (list->low > 0)
    billing_stripe_form_add_integer (form, "gte", list->low);
  if (list->high > 0 && list->high < G_MAXINT64)
    billing_stripe_form_add_integer (form, "lt", list->high);
  billing_stripe_form_close (form);
}

static BillingStripeForm *
make_form (const BillingStripeList *list,
           const char              *cursor)
{
  const BillingMirrorKind *kind = list->kind;
  BillingStripeForm *form = billing_stripe_form_new ();

  billing_stripe_form_add_integer (form, "limit", BILLING_STRIPE_PAGE_SIZE);
  if (kind->query != NULL)
    {
      g_auto (GStrv) pair = g_strsplit (kind->query, "=", 2);

      billing_stripe_form_add_string (form, pair[0], pair[1]);
    }
  if (kind->expand != NULL)
    {
      g_autofree char *path = g_strconcat ("data.", kind->expand, NULL);

      billing_stripe_form_expand (form, path);
    }
  if (list->filter != NULL)
    billing_stripe_form_add_string (form, list->filter, list->value);
  add_range (form, list);
  if (cursor != NULL)
    billing_stripe_form_add_string (form, "starting_after", cursor);
  return form;
}

BillingStripePage *
billing_stripe_round_get_page (BillingStripeRound       *self,
                               const BillingStripeList  *list,
                               const char               *cursor,
                               GError                  **error)
{
  g_autoptr (BillingStripeForm) form = make_form (list, cursor);
  g_autofree char *path = g_strconcat ("/v1/", list->kind->path, NULL);

  return billing_stripe_round_get_form (self, path, form, cursor, error);
}

/* --- keeping ---------------------------------------------------------------------------------- */

gboolean
billing_stripe_round_end (BillingStripeRound  *self,
                          gboolean             success,
                          GError             **error)
{
  if (success)
    return billing_mirror_commit (self->mirror, error);

  billing_mirror_rollback (self->mirror);
  return FALSE;
}

gboolean
billing_stripe_round_put (BillingStripeRound       *self,
                          const BillingMirrorKind  *kind,
                          const char               *text,
                          gsize                     length,
                          gint64                    fetched,
                          GError                  **error)
{
  g_autoptr (GError) problem = NULL;

  if (billing_mirror_put (self->mirror, kind, text, length, fetched, &problem))
    return TRUE;

  if (g_error_matches (problem, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CONSTRAINT))
    g_set_error_literal (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE,
                         problem->message);
  else
    g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
billing_stripe_round_put_page (BillingStripeRound       *self,
                               const BillingMirrorKind  *kind,
                               BillingStripePage        *page,
                               gint64                    fetched,
                               GError                  **error)
{
  const char *body = g_bytes_get_data (page->body, NULL);

  for (guint i = 0; i < page->n_objects; i++)
    {
      if (!billing_stripe_round_put (self, kind, body + page->spans[i].offset,
                                     page->spans[i].length, fetched, error))
        return FALSE;
    }

  return TRUE;
}

gint64
billing_stripe_round_read_created (BillingStripePage *page,
                                   guint              i)
{
  static const BillingMirrorKind head = {
    .columns = { { "id", "id", BILLING_MIRROR_TEXT }, { "created", "created", BILLING_MIRROR_INTEGER } },
  };
  const char *body = g_bytes_get_data (page->body, NULL);
  g_auto (BillingMirrorRow) row = { 0 };

  billing_mirror_row_init (&row);
  if (!billing_mirror_row_fill (&row, &head, body + page->spans[i].offset, page->spans[i].length))
    return 0;
  return row.cells[1].integer;
}

void
billing_stripe_round_count (BillingStripeRound *self,
                            const char         *stream,
                            guint               n_objects)
{
  guint64 *count;

  g_mutex_lock (&self->mutex);
  count = g_hash_table_lookup (self->counts, stream);
  if (count == NULL)
    {
      count = g_new0 (guint64, 1);
      g_hash_table_insert (self->counts, (gpointer) stream, count);
    }
  *count += n_objects;
  self->objects += n_objects;
  if (self->progress != NULL)
    self->progress (stream, self->objects, self->requests, self->progress_data);
  g_mutex_unlock (&self->mutex);
}

/* --- what goes wrong -------------------------------------------------------------------------- */

static gboolean
is_hopeless (const GError *error)
{
  return error->domain != BILLING_STRIPE_ERROR ||
         error->code == BILLING_STRIPE_ERROR_AUTHENTICATION;
}

void
billing_stripe_round_fail (BillingStripeRound *self,
                           GError             *error)
{
  gboolean ends = is_hopeless (error);

  g_mutex_lock (&self->mutex);
  if (self->error == NULL)
    self->error = g_steal_pointer (&error);
  g_mutex_unlock (&self->mutex);

  g_clear_error (&error);
  if (ends)
    g_cancellable_cancel (self->cancellable);
}

gboolean
billing_stripe_round_has_ended (BillingStripeRound *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

/* Events are everywhere: what is refused there is one request, not the list. */
static const char *
get_state_for (BillingStripeRound *self,
               const char         *stream,
               const GError       *error)
{
  if (g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_PERMISSION))
    return "denied";
  if (billing_stripe_client_lacks (self->client, error))
    return "missing";
  if (g_str_equal (stream, "events"))
    return "";
  if (g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_NOT_FOUND) ||
      g_error_matches (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_INVALID))
    return "missing";
  return ""; /* it is tried again in the next round */
}

void
billing_stripe_round_stop (BillingStripeRound *self,
                           const char         *stream,
                           GError             *error)
{
  g_autoptr (GError) problem = error;
  g_autofree char *line = billing_stripe_error_to_log (problem);
  const char *state = get_state_for (self, stream, problem);
  GError *store_error = NULL;

  if (is_hopeless (problem))
    {
      billing_stripe_round_fail (self, g_steal_pointer (&problem));
      return;
    }

  g_info ("%s stops: %s", stream, line);
  if (!billing_mirror_begin (self->mirror, &store_error))
    {
      billing_stripe_round_fail (self, store_error);
      return;
    }
  if (!billing_stripe_round_end (self, billing_mirror_stream_set_state (self->mirror, stream, state,
                                                                        problem->message,
                                                                         &store_error), &store_error))
    billing_stripe_round_fail (self, store_error);
  else if (*state == '\0')
    billing_stripe_round_fail (self, g_steal_pointer (&problem));
}

gboolean
billing_stripe_round_forgive (BillingStripeRound  *self,
                              const char          *stream,
                              GError              *problem,
                              GError             **error)
{
  if (g_error_matches (problem, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_PERMISSION))
    {
      billing_stripe_round_stop (self, stream, problem);
      return TRUE;
    }

  g_propagate_error (error, problem);
  return FALSE;
}

/* --- state ------------------------------------------------------------------------------------ */

gboolean
billing_stripe_round_is_open (BillingStripeRound *self,
                              const char         *stream)
{
  g_autofree char *state = NULL;
  GError *error = NULL;

  if (billing_stripe_round_has_ended (self))
    return FALSE;
  if (billing_mirror_begin (self->mirror, &error))
    {
      state = billing_mirror_stream_get_state (self->mirror, stream, NULL, &error);
      billing_mirror_rollback (self->mirror);
    }
  if (error != NULL)
    billing_stripe_round_fail (self, error);

  return g_strcmp0 (state, "denied") != 0 && g_strcmp0 (state, "missing") != 0;
}

/* A cursor that cannot be read is not the same as none: the round ends, and whatever is asked for
 * after that fails. */
char *
billing_stripe_round_get_state (BillingStripeRound *self,
                                const char         *name)
{
  char *value = NULL;
  GError *error = NULL;

  if (billing_stripe_round_has_ended (self))
    return NULL;
  if (billing_mirror_begin (self->mirror, &error))
    {
      value = billing_mirror_get_state (self->mirror, name, &error);
      billing_mirror_rollback (self->mirror);
    }
  if (error != NULL)
    billing_stripe_round_fail (self, error);

  return value;
}

gint64
billing_stripe_round_get_time (BillingStripeRound *self,
                               const char         *name)
{
  g_autofree char *value = billing_stripe_round_get_state (self, name);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

gint64
billing_stripe_round_get_now (BillingStripeRound *self)
{
  return MAX (g_get_real_time () / G_USEC_PER_SEC,
              billing_stripe_round_get_time (self, "events_created"));
}

gboolean
billing_stripe_round_set_states (BillingStripeRound  *self,
                                 GError             **error,
                                 ...)
{
  gboolean success = billing_mirror_begin (self->mirror, error);
  const char *name;
  va_list arguments;

  if (!success)
    return FALSE;

  va_start (arguments, error);
  while (success && (name = va_arg (arguments, const char *)) != NULL)
    success = billing_mirror_set_state (self->mirror, name, va_arg (arguments, const char *),
                                        error);
  va_end (arguments);

  return billing_stripe_round_end (self, success, error);
}

/* --- several at once -------------------------------------------------------------------------- */

typedef struct
{
  BillingStripeRound *round;
  GPtrArray *items;
  BillingStripeEachFunc func;
  gpointer data;
  GMutex mutex; /* for what follows */
  guint next;
  GError *error;
} Each;

static const char *
take_item (Each *each)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&each->mutex);

  return each->error == NULL && each->next < each->items->len ? g_ptr_array_index (each->items, each->next++) : NULL;
}

static gpointer
work_cb (gpointer data)
{
  Each *each = data;
  const char *item;

  while ((item = take_item (each)) != NULL)
    {
      GError *error = NULL;

      if (each->func (each->round, item, each->data, &error))
        continue;

      g_mutex_lock (&each->mutex);
      if (each->error == NULL)
        each->error = g_steal_pointer (&error);
      g_mutex_unlock (&each->mutex);
      g_clear_error (&error);
    }

  return NULL;
}

gboolean
billing_stripe_round_each (BillingStripeRound     *self,
                           GPtrArray              *items,
                           BillingStripeEachFunc   func,
                           gpointer                data,
                           GError                **error)
{
  Each each = { .round = self, .items = items, .func = func, .data = data };
  guint n_others = MIN (items->len, self->n_workers);
  g_autofree GThread **others = g_new0 (GThread *, n_others + 1);

  g_mutex_init (&each.mutex);
  for (guint i = 1; i < n_others; i++)
    others[i] = g_thread_new ("billing-stripe", work_cb, &each);
  work_cb (&each);
  for (guint i = 1; i < n_others; i++)
    g_thread_join (others[i]);
  g_mutex_clear (&each.mutex);

  if (each.error == NULL)
    return TRUE;
  g_propagate_error (error, each.error);
  return FALSE;
}
