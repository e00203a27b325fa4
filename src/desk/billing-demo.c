/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-demo"

#include "config.h"

#include "billing-demo-private.h"

#include <errno.h>
#include <ftw.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "billing-bulk.h"
#include "billing-day.h"

/*
 * A clinic that nobody has to be careful with: two years of it, made by the same verbs that people use, one day after
 * the other. Everything follows from the seed, the number of payments, and the day on which it ends.
 */

#define TIME_ZONE "America/New_York"

/* Patients in one commit: enough to be quick, few enough to stop soon. */
#define BATCH 2000

#define FEW_PAYMENTS 10000

/* From here on the indices of the lists are made at the end. */
#define MANY_PAYMENTS 20000
#define DAYS_OF_FEW 14

typedef struct {
  BillingDemo *demo;
  guint from; /* of patients */
  guint to;
} Batch;

/**
 * billing_demo_between:
 * @self: a clinic
 * @from: the least
 * @to: the first that is too much
 *
 * Returns: a number by chance
 */
int
billing_demo_between (BillingDemo *self,
                      int          from,
                      int          to)
{
  return g_rand_int_range (self->rand, from, to);
}

gboolean
billing_demo_chance (BillingDemo *self,
                     int          percent)
{
  return billing_demo_between (self, 0, 100) < percent;
}

const char *
billing_demo_pick (BillingDemo        *self,
                   const char * const *words)
{
  return words[billing_demo_between (self, 0, (int) g_strv_length ((char **) words))];
}

/**
 * billing_demo_day:
 * @self: a clinic
 * @day: counted from its first day; may be before it
 *
 * Returns: (transfer full): the day
 */
char *
billing_demo_day (BillingDemo *self,
                  int          day)
{
  return billing_day_add (self->first_day, day);
}

/**
 * billing_demo_time:
 * @self: a clinic
 * @day: counted from its first day
 *
 * Returns: an instant of that day while the clinic is open
 */
gint64
billing_demo_time (BillingDemo *self,
                   guint        day)
{
  g_autofree char *date = billing_demo_day (self, (int) day);

  return billing_day_start (date, TIME_ZONE) + billing_demo_between (self, 8 * 3600, 18 * 3600);
}

/**
 * billing_demo_open_day:
 * @self: a clinic
 * @day: counted from its first day
 *
 * Returns: that day, or the Monday after it where it is on a weekend
 */
guint
billing_demo_open_day (BillingDemo *self,
                       guint        day)
{
  guint weekday = (self->weekday + day) % 7;

  return weekday < 5 ? day : day + 7 - weekday;
}

static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  const BillingDemoStep *first = *(BillingDemoStep * const *) a;
  const BillingDemoStep *second = *(BillingDemoStep * const *) b;

  if (first->at != second->at)
    return first->at < second->at ? -1 : 1;

  return first->number < second->number ? -1 : 1;
}

static gboolean
is_open (BillingDemo *self)
{
  return billing_demo_open_day (self, self->day) == self->day;
}

static gboolean
take_steps (BillingDemo  *self,
            GError      **error)
{
  GPtrArray *steps = self->days[self->day];

  if (steps == NULL)
    return TRUE;

  g_ptr_array_sort (steps, compare_steps);
  for (guint i = 0; i < steps->len; i++)
    {
      if (!billing_demo_take_step (self, steps->pdata[i], error))
        return FALSE;
    }

  g_clear_pointer (&self->days[self->day], g_ptr_array_unref);
  return TRUE;
}

/* At weekends nobody comes, but some pay from home. */
static gboolean
live_day (BillingDemo  *self,
          GError      **error)
{
  return (!is_open (self) || billing_demo_plan_day (self, error)) && take_steps (self, error) &&
         (!is_open (self) || billing_demo_bill_day (self, error));
}

/* Some days of a small clinic make one commit; a large one has enough to do with one. */
static gboolean
live_days (BillingDesk        *desk,
           BillingConnection  *connection,
           gpointer            data,
           GError            **error)
{
  BillingDemo *self = data;
  guint until = MIN (self->day + (self->n_payments < FEW_PAYMENTS ? DAYS_OF_FEW : 1), BILLING_DEMO_DAYS);

  self->connection = connection;
  for (; self->day < until; self->day++)
    {
      if (!live_day (self, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_places (BillingDesk        *desk,
            BillingConnection  *connection,
            gpointer            data,
            GError            **error)
{
  BillingDemo *self = data;

  self->connection = connection;
  return billing_demo_add_places (self, error) && billing_demo_add_persons (self, error);
}

static gboolean
add_people (BillingDesk        *desk,
            BillingConnection  *connection,
            gpointer            data,
            GError            **error)
{
  Batch *batch = data;

  batch->demo->connection = connection;
  return billing_demo_add_people (batch->demo, batch->from, batch->to, error);
}

static void
report (BillingDemoProgress  progress,
        gpointer             data,
        double               fraction,
        const char          *what)
{
  if (progress != NULL)
    progress (fraction, what, data);
}

static gboolean
set_rules (BillingDemo  *self,
           GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_PRACTICE_EDIT, NULL);

  billing_desk_set_clock (self->desk, billing_day_start (self->first_day, TIME_ZONE) - 86400);
  g_object_set (act, "refund-limit", G_STRINGIFY (BILLING_DEMO_REFUND_LIMIT), "address-line", "12 Elm Street", "city",
                "Springfield", "region", "IL", "postal-code", "62701", "phone", "+1 217 555 0100", "email",
                "desk@elm-clinic.example", "receipt-note", "Thank you. If anything is unclear, please call us on weekdays.", NULL);
  return billing_desk_do (self->desk, act, error);
}

static gboolean
make_people (BillingDemo          *self,
             BillingDemoProgress   progress,
             gpointer              data,
             GCancellable         *cancellable,
             GError              **error)
{
  guint n = billing_demo_n_people (self);

  if (!set_rules (self, error) || !billing_desk_batch (self->desk, add_places, self, cancellable, error))
    return FALSE;

  for (guint from = 0; from < n; from += BATCH)
    {
      Batch batch = { self, from, MIN (from + BATCH, n) };

      report (progress, data, 0.1 * from / n, _("Making up patients"));
      if (!billing_desk_batch (self->desk, add_people, &batch, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
begin_bulk (BillingDesk        *desk,
            BillingConnection  *connection,
            gpointer            data,
            GError            **error)
{
  return billing_bulk_begin (connection, error);
}

static gboolean
end_bulk (BillingDesk        *desk,
          BillingConnection  *connection,
          gpointer            data,
          GError            **error)
{
  return billing_bulk_end (connection, error);
}

static gboolean
live (BillingDemo          *self,
      BillingDemoProgress   progress,
      gpointer              data,
      GCancellable         *cancellable,
      GError              **error)
{
  gboolean is_bulk = self->n_payments >= MANY_PAYMENTS;

  if (is_bulk && !billing_desk_batch (self->desk, begin_bulk, NULL, cancellable, error))
    return FALSE;

  for (self->day = 0; self->day < BILLING_DEMO_DAYS;)
    {
      report (progress, data, 0.1 + 0.9 * self->day / BILLING_DEMO_DAYS, _("Making up treatments and payments"));
      if (!billing_desk_batch (self->desk, live_days, self, cancellable, error))
        return FALSE;
    }

  report (progress, data, 1.0, _("Making up treatments and payments"));
  return !is_bulk || billing_desk_batch (self->desk, end_bulk, NULL, cancellable, error);
}

static GRand *
seed_rand (guint64 seed)
{
  guint32 parts[] = { (guint32) seed, (guint32) (seed >> 32) };

  return g_rand_new_with_seed_array (parts, G_N_ELEMENTS (parts));
}

/* Tests say which day it is. */
static char *
find_today (void)
{
  const char *said = g_getenv ("BILLING_DEMO_TODAY");

  return billing_day_is_valid (said) ? g_strdup (said) : billing_day_today (TIME_ZONE);
}

static void
billing_demo_init (BillingDemo *self,
                   gint64       n_payments,
                   guint64      seed)
{
  self->rand = seed_rand (seed);
  self->billing_rand = seed_rand (~seed);
  self->n_payments = n_payments > 0 ? n_payments : BILLING_DEMO_PAYMENTS;
  self->today = find_today ();
  self->first_day = billing_day_add (self->today, -BILLING_DEMO_DAYS);
  /* 2024-01-01 was a Monday. */
  self->weekday = (guint) (((billing_day_difference (self->first_day, "2024-01-01") % 7) + 7) % 7);
  self->end = billing_day_start (self->today, TIME_ZONE);
  self->locations = g_ptr_array_new_with_free_func (g_free);
  self->physicians = g_ptr_array_new_with_free_func (g_free);
  self->patients = g_ptr_array_new_with_free_func (g_free);
  self->days = g_new0 (GPtrArray *, BILLING_DEMO_DAYS);
}

static void
billing_demo_clear (BillingDemo *self)
{
  for (guint i = 0; i < BILLING_DEMO_DAYS; i++)
    g_clear_pointer (&self->days[i], g_ptr_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->persons); i++)
    g_clear_object (&self->persons[i]);
  g_free (self->days);
  g_ptr_array_unref (self->locations);
  g_ptr_array_unref (self->physicians);
  g_ptr_array_unref (self->patients);
  g_free (self->today);
  g_free (self->first_day);
  g_free (self->folder);
  g_clear_pointer (&self->stripe, billing_demo_stripe_free);
  g_rand_free (self->rand);
  g_rand_free (self->billing_rand);
  g_clear_object (&self->desk);
}

static int
remove_cb (const char        *path,
           const struct stat *info,
           int                kind,
           struct FTW        *place)
{
  return remove (path);
}

/* Only what this file made itself: a folder of its own name beside the practice's. */
static void
remove_folder (const char *folder)
{
  if (nftw (folder, remove_cb, 16, FTW_DEPTH | FTW_PHYS) != 0)
    g_warning ("A folder could not be removed: %s", g_strerror (errno));
}

static gboolean
fill (const char           *folder,
      gint64                n_payments,
      guint64               seed,
      BillingDemoProgress   progress,
      gpointer              data,
      GCancellable         *cancellable,
      GError              **error)
{
  BillingDemo self = { 0 };
  gboolean done;

  if (!billing_desk_create (folder, "Elm Clinic", "USD", TIME_ZONE, error))
    return FALSE;

  billing_demo_init (&self, n_payments, seed);
  self.folder = g_strdup (folder);
  self.desk = billing_desk_open (folder, NULL, NULL, error);
  self.stripe = self.desk != NULL ? billing_demo_stripe_new (folder, error) : NULL;
  done = self.stripe != NULL && make_people (&self, progress, data, cancellable, error) &&
         live (&self, progress, data, cancellable, error) && billing_demo_post_charges (&self, cancellable, error);

  billing_demo_clear (&self);
  return done;
}

static gboolean
fail (const char  *folder,
      GError     **error)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _("A practice could not be made in “%s”: %s"), folder,
               g_strerror (code));
  return FALSE;
}

/* Beside the practice's own folder, into which it is moved once it is whole. */
static char *
make_folder (const char  *folder,
             GError     **error)
{
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autofree char *base = g_path_get_basename (folder);
  g_autofree char *hidden = g_strdup_printf (".%s.XXXXXX", base);
  g_autofree char *path = g_build_filename (parent, hidden, NULL);

  if (g_mkdir_with_parents (parent, 0700) != 0 || g_mkdtemp_full (path, 0700) == NULL)
    {
      fail (folder, error);
      return NULL;
    }

  return g_steal_pointer (&path);
}

/**
 * billing_demo_create:
 * @folder: where the practice is to be; empty, or nothing yet
 * @n_payments: how many payments; 0: %BILLING_DEMO_PAYMENTS
 * @seed: the same seed makes the same clinic on the same day
 * @progress: (nullable): told how far it is, in the calling thread
 * @data: for @progress
 * @cancellable: (nullable): to stop; nothing is left then
 * @error: return location for an error
 *
 * Makes up a practice: “Elm Clinic”, with patients, treatments, eligibility checks and payments of two years that end
 * today. Takes about a second, and minutes for a million payments.
 *
 * Returns: whether it is there
 */
gboolean
billing_demo_create (const char           *folder,
                     gint64                n_payments,
                     guint64               seed,
                     BillingDemoProgress   progress,
                     gpointer              data,
                     GCancellable         *cancellable,
                     GError              **error)
{
  g_autofree char *beside = NULL;

  if (billing_desk_exists (folder))
    {
      g_set_error (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_EXISTS,
                   _("There is a practice in “%s” already; nothing was changed"), folder);
      return FALSE;
    }

  beside = make_folder (folder, error);
  if (beside == NULL)
    return FALSE;

  if (fill (beside, n_payments, seed, progress, data, cancellable, error) &&
      (g_rename (beside, folder) == 0 || fail (folder, error)))
    return TRUE;

  remove_folder (beside);
  return FALSE;
}
