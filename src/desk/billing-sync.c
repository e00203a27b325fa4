/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sync"

#include "config.h"

#include "billing-sync-private.h"

#include <glib/gi18n-lib.h>

#include "billing-sync-enums.h"

/*
 * The rounds of a practice in the background. A round runs on a thread of its own, one at a time;
 * what it has to tell goes through `shared` to the main context, where alone the properties change.
 * The thread does not hold the object: letting go of the object ends it.
 */

/* Progress is told at most this often. */
#define PROGRESS_STEP (100 * G_TIME_SPAN_MILLISECOND)

struct _BillingSync {
  GObject parent_instance;

  BillingSyncCore *core;     /* (owned) */
  GMainContext *context;     /* (owned): where everything is told */
  GCancellable *cancellable; /* (owned): ends the rounds */
  GNetworkMonitor *monitor;  /* (owned) (nullable) */

  /* Only of @context's thread. */
  BillingSyncStanding standing;
  gboolean started;
  gboolean active;
  gboolean wants_round;
  gboolean wants_count;
  gboolean is_counting;  /* the thread only counts */
  gint64 newest_tried;   /* the row of the newest intent that a round has seen */
  gint64 round_at;       /* when the last round ended, monotonic */
  guint n_failed;        /* rounds in a row */
  GThread *thread;       /* (owned) (nullable) */
  GSource *timer;        /* (owned) (nullable) */

  /* Under @mutex. */
  GMutex mutex;
  struct {
    BillingSyncStanding standing;
    BillingSyncCounts counts;
    gint64 newest_begun; /* the row of the newest intent when the round began */
    gboolean ended; /* the thread is at its end */
    gboolean again; /* something happened that a round should follow */
    gint64 told_at; /* of progress, monotonic */
    GSource *telling; /* (owned) (nullable) */
  } shared;
};

G_DEFINE_FINAL_TYPE (BillingSync, billing_sync, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_DESK,
  PROP_STATE,
  PROP_SENTENCE,
  PROP_SYNCED_AT,
  PROP_PROGRESS,
  PROP_PERMILLE,
  PROP_MODE,
  PROP_N_WAITING,
  PROP_N_UNKNOWN,
  PROP_CONNECTED,
  PROP_FOR_SESSION,
  PROP_ACCOUNT_NAME,
  PROP_PROBE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void schedule (BillingSync *self);
static void start_thread (BillingSync *self, gboolean is_counting);

/* --- telling ---------------------------------------------------------------------------------- */

static void
notify_changed (BillingSync               *self,
                const BillingSyncStanding *before,
                const BillingSyncStanding *after)
{
  const struct { int prop; gboolean changed; } changes[] = {
    { PROP_STATE, before->state != after->state },
    { PROP_SENTENCE, g_strcmp0 (before->sentence, after->sentence) != 0 },
    { PROP_SYNCED_AT, before->synced_at != after->synced_at },
    { PROP_PROGRESS, g_strcmp0 (before->progress, after->progress) != 0 },
    { PROP_PERMILLE, before->permille != after->permille },
    { PROP_MODE, before->mode != after->mode },
    { PROP_N_WAITING, before->n_waiting != after->n_waiting },
    { PROP_N_UNKNOWN, before->n_unknown != after->n_unknown },
    { PROP_CONNECTED, before->connected != after->connected },
    { PROP_FOR_SESSION, before->for_session != after->for_session },
    { PROP_ACCOUNT_NAME, before->probe != after->probe },
    { PROP_PROBE, before->probe != after->probe },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      if (changes[i].changed)
        g_object_notify_by_pspec (G_OBJECT (self), props[changes[i].prop]);
    }
}

static void
take_standing (BillingSync               *self,
               const BillingSyncStanding *told)
{
  BillingSyncStanding before = self->standing;

  self->standing = (BillingSyncStanding) { 0 };
  _billing_sync_standing_copy (&self->standing, told);
  g_object_freeze_notify (G_OBJECT (self));
  notify_changed (self, &before, &self->standing);
  g_object_thaw_notify (G_OBJECT (self));
  _billing_sync_standing_clear (&before);
}

static gboolean
is_failure (BillingSyncState state)
{
  return state != BILLING_SYNC_STATE_CURRENT && state != BILLING_SYNC_STATE_BUSY;
}

static void
end_thread (BillingSync       *self,
            BillingSyncCounts *counts,
            gint64             newest_begun)
{
  g_thread_join (g_steal_pointer (&self->thread));
  if (self->is_counting)
    {
      /* Somebody asked for something that no round has seen. */
      if (counts->newest > self->newest_tried && counts->due <= g_get_real_time () / G_USEC_PER_SEC)
        self->wants_round = TRUE;
    }
  else
    {
      self->round_at = g_get_monotonic_time ();
      self->newest_tried = MAX (self->newest_tried, newest_begun);
      self->n_failed = is_failure (self->standing.state) ? self->n_failed + 1 : 0;
    }
}

static gboolean
told_cb (gpointer data)
{
  g_autoptr (BillingSync) self = g_object_ref (data);
  g_auto (BillingSyncStanding) told = { 0 };
  BillingSyncCounts counts;
  gint64 newest_begun;
  gboolean ended;

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->shared.telling, g_source_unref);
  _billing_sync_standing_copy (&told, &self->shared.standing);
  counts = self->shared.counts;
  newest_begun = self->shared.newest_begun;
  ended = self->shared.ended;
  self->shared.ended = FALSE;
  self->wants_round = self->wants_round || self->shared.again;
  self->shared.again = FALSE;
  g_mutex_unlock (&self->mutex);

  take_standing (self, &told);
  if (ended && self->thread != NULL)
    end_thread (self, &counts, newest_begun);
  if (self->thread == NULL)
    schedule (self);
  return G_SOURCE_REMOVE;
}

/* With the mutex held. */
static void
tell (BillingSync *self)
{
  if (self->shared.telling != NULL)
    return;

  self->shared.telling = g_idle_source_new ();
  g_source_set_priority (self->shared.telling, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->shared.telling, told_cb, self, NULL);
  g_source_attach (self->shared.telling, self->context);
}

static void
progress_cb (const char *text,
             int         permille,
             gpointer    data)
{
  BillingSync *self = data;
  gint64 now = g_get_monotonic_time ();
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->shared.standing.state == BILLING_SYNC_STATE_SYNCING &&
      now < self->shared.told_at + PROGRESS_STEP)
    return;

  if (self->shared.standing.state != BILLING_SYNC_STATE_SYNCING)
    _billing_sync_standing_set (&self->shared.standing, BILLING_SYNC_STATE_SYNCING,
                                _("Syncing with Stripe…"));
  g_free (self->shared.standing.progress);
  self->shared.standing.progress = g_strdup (text);
  self->shared.standing.permille = permille;
  self->shared.told_at = now;
  tell (self);
}

/* --- the thread ------------------------------------------------------------------------------- */

/* What the books and the mirror say, which costs no request. */
static void
look_around (BillingSync *self)
{
  g_autoptr (BillingPractice) practice = _billing_sync_core_load (self->core, NULL);
  g_autoptr (BillingStripeProbe) probe = NULL;
  BillingSyncOrigin origin = _billing_sync_core_get_origin (self->core);
  BillingSyncCounts counts = { 0 };
  gint64 synced_at = 0;
  gboolean counted = _billing_sync_core_count (self->core, &counts, NULL);
  gboolean recalled = _billing_sync_core_recall (self->core, &synced_at, &probe, NULL);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  BillingSyncStanding *standing = &self->shared.standing;

  if (practice != NULL)
    standing->mode = practice->stripe_account == NULL ? BILLING_SYNC_MODE_NONE
                       : practice->stripe_live ? BILLING_SYNC_MODE_LIVE : BILLING_SYNC_MODE_TEST;
  if (counted)
    {
      self->shared.counts = counts;
      standing->n_waiting = counts.n_waiting;
      standing->n_unknown = counts.n_unknown;
    }
  if (recalled)
    {
      standing->synced_at = synced_at;
      g_clear_pointer (&standing->probe, billing_stripe_probe_unref);
      standing->probe = g_steal_pointer (&probe);
    }
  standing->connected = origin != BILLING_SYNC_ORIGIN_NONE;
  standing->for_session = origin == BILLING_SYNC_ORIGIN_SESSION ||
                          origin == BILLING_SYNC_ORIGIN_ENVIRONMENT;
}

static void
run_round (BillingSync *self)
{
  g_auto (BillingSyncSummary) summary = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BillingStripeClient) client = NULL;
  gboolean done;

  _billing_sync_core_expire (self->core);
  client = _billing_sync_core_get_client (self->core, self->cancellable, &error);
  /* There may be a key, though nothing comes of it. */
  look_around (self);
  g_mutex_lock (&self->mutex);
  self->shared.newest_begun = self->shared.counts.newest;
  g_mutex_unlock (&self->mutex);

  done = client != NULL && _billing_sync_core_round (self->core, client, BILLING_SYNC_DEFAULT,
                                                     progress_cb, self, &summary, self->cancellable,
                                                     &error);
  if (client != NULL)
    look_around (self);
  else
    _billing_sync_core_refresh_notices (self->core); /* a round does it itself */

  g_mutex_lock (&self->mutex);
  if (done)
    {
      g_autofree char *sentence = _billing_sync_describe_done (&summary, &self->shared.counts);

      _billing_sync_standing_set (&self->shared.standing, BILLING_SYNC_STATE_CURRENT, sentence);
    }
  else
    {
      _billing_sync_standing_fail (&self->shared.standing, error);
    }
  g_mutex_unlock (&self->mutex);
}

static gpointer
thread_func (gpointer data)
{
  BillingSync *self = data;

  if (self->is_counting)
    look_around (self);
  else
    run_round (self);

  g_mutex_lock (&self->mutex);
  self->shared.ended = TRUE;
  tell (self);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

static void
start_thread (BillingSync *self,
              gboolean     is_counting)
{
  if (!is_counting)
    self->wants_round = FALSE;
  self->wants_count = FALSE;
  self->is_counting = is_counting;
  self->thread = g_thread_new ("billing-sync", thread_func, self);
}

/* --- when ------------------------------------------------------------------------------------- */

/* Seconds until the next round. */
static guint
get_delay (BillingSync *self)
{
  gint64 due;

  g_mutex_lock (&self->mutex);
  due = self->shared.counts.due;
  g_mutex_unlock (&self->mutex);

  return _billing_sync_get_delay (self->standing.state, self->active, self->n_failed, due);
}

static void
clear_timer (BillingSync *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static gboolean
timer_cb (gpointer data)
{
  BillingSync *self = data;

  clear_timer (self);
  self->wants_round = TRUE;
  schedule (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (BillingSync *self)
{
  gint64 next;

  clear_timer (self);
  if (!self->started || self->thread != NULL)
    return;

  if (self->wants_round || self->wants_count)
    {
      start_thread (self, !self->wants_round);
      return;
    }

  next = self->round_at + get_delay (self) * G_TIME_SPAN_SECOND;
  self->timer = g_timeout_source_new ((guint) (MAX (next - g_get_monotonic_time (), 0) / 1000));
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_attach (self->timer, self->context);
}

/* Delivering changes the outbox too: what is new in it is found out by counting. */
static void
store_changed_cb (BillingSync *self,
                  const char  *kind,
                  GArray      *pks)
{
  if (g_strcmp0 (kind, "outbox") != 0)
    return;

  self->wants_count = TRUE;
  schedule (self);
}

static void
network_changed_cb (BillingSync *self,
                    gboolean     available)
{
  if (!available || self->standing.state != BILLING_SYNC_STATE_OFFLINE)
    return;

  self->n_failed = 0;
  billing_sync_now (self);
}

/* --- object ----------------------------------------------------------------------------------- */

static void
billing_sync_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  BillingSync *self = BILLING_SYNC (object);
  const BillingSyncStanding *standing = &self->standing;

  switch (prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->core->desk);
      break;
    case PROP_STATE:
      g_value_set_enum (value, standing->state);
      break;
    case PROP_SENTENCE:
      g_value_set_string (value, standing->sentence);
      break;
    case PROP_SYNCED_AT:
      g_value_set_int64 (value, standing->synced_at);
      break;
    case PROP_PROGRESS:
      g_value_set_string (value, standing->progress);
      break;
    case PROP_PERMILLE:
      g_value_set_int (value, standing->permille);
      break;
    case PROP_MODE:
      g_value_set_enum (value, standing->mode);
      break;
    case PROP_N_WAITING:
      g_value_set_uint (value, standing->n_waiting);
      break;
    case PROP_N_UNKNOWN:
      g_value_set_uint (value, standing->n_unknown);
      break;
    case PROP_CONNECTED:
      g_value_set_boolean (value, standing->connected);
      break;
    case PROP_FOR_SESSION:
      g_value_set_boolean (value, standing->for_session);
      break;
    case PROP_ACCOUNT_NAME:
      g_value_set_string (value, standing->probe != NULL ? standing->probe->name : NULL);
      break;
    case PROP_PROBE:
      g_value_set_boxed (value, standing->probe);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
billing_sync_dispose (GObject *object)
{
  BillingSync *self = BILLING_SYNC (object);

  self->started = FALSE;
  clear_timer (self);
  g_cancellable_cancel (self->cancellable);
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));

  g_mutex_lock (&self->mutex);
  if (self->shared.telling != NULL)
    g_source_destroy (self->shared.telling);
  g_clear_pointer (&self->shared.telling, g_source_unref);
  g_mutex_unlock (&self->mutex);

  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (billing_sync_parent_class)->dispose (object);
}

static void
billing_sync_finalize (GObject *object)
{
  BillingSync *self = BILLING_SYNC (object);

  _billing_sync_standing_clear (&self->standing);
  _billing_sync_standing_clear (&self->shared.standing);
  g_clear_pointer (&self->core, _billing_sync_core_free);
  g_object_unref (self->cancellable);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (billing_sync_parent_class)->finalize (object);
}

static void
billing_sync_class_init (BillingSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = billing_sync_get_property;
  object_class->dispose = billing_sync_dispose;
  object_class->finalize = billing_sync_finalize;

  props[PROP_DESK] = g_param_spec_object ("desk", NULL, NULL, BILLING_TYPE_DESK, flags);
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, BILLING_TYPE_SYNC_STATE,
                                         BILLING_SYNC_STATE_STARTING, flags);
  props[PROP_SENTENCE] = g_param_spec_string ("sentence", NULL, NULL, NULL, flags);
  props[PROP_SYNCED_AT] = g_param_spec_int64 ("synced-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_PROGRESS] = g_param_spec_string ("progress", NULL, NULL, NULL, flags);
  props[PROP_PERMILLE] = g_param_spec_int ("permille", NULL, NULL, -1, 1000, -1, flags);
  props[PROP_MODE] = g_param_spec_enum ("mode", NULL, NULL, BILLING_TYPE_SYNC_MODE,
                                        BILLING_SYNC_MODE_NONE, flags);
  props[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_UNKNOWN] = g_param_spec_uint ("n-unknown", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_CONNECTED] = g_param_spec_boolean ("connected", NULL, NULL, FALSE, flags);
  props[PROP_FOR_SESSION] = g_param_spec_boolean ("for-session", NULL, NULL, FALSE, flags);
  props[PROP_ACCOUNT_NAME] = g_param_spec_string ("account-name", NULL, NULL, NULL, flags);
  props[PROP_PROBE] = g_param_spec_boxed ("probe", NULL, NULL, BILLING_TYPE_STRIPE_PROBE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
billing_sync_init (BillingSync *self)
{
  const char *sentence = _("Looking for the key for Stripe…");

  self->context = g_main_context_ref_thread_default ();
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  _billing_sync_standing_set (&self->standing, BILLING_SYNC_STATE_STARTING, sentence);
  _billing_sync_standing_set (&self->shared.standing, BILLING_SYNC_STATE_STARTING, sentence);
}

/**
 * billing_sync_new:
 * @desk: the session at the desk, which says who acts and on which practice
 * @stripe_url: (nullable): `https://host` or, for loopback addresses, `http://host:port`; %NULL:
 *   Stripe
 *
 * Returns: (transfer full): what keeps the practice in step with Stripe
 */
BillingSync *
billing_sync_new (BillingDesk *desk,
                  const char  *stripe_url)
{
  BillingSync *self = g_object_new (BILLING_TYPE_SYNC, NULL);

  self->core = _billing_sync_core_new (desk, stripe_url);
  return self;
}

/**
 * billing_sync_start:
 * @self: a session with Stripe
 *
 * Looks the key up, syncs, and goes on syncing until the object is let go of.
 */
void
billing_sync_start (BillingSync *self)
{
  if (self->started)
    return;

  self->started = TRUE;
  self->wants_round = TRUE;
  self->monitor = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_swapped (self->monitor, "network-changed", G_CALLBACK (network_changed_cb),
                            self);
  g_signal_connect_object (billing_desk_get_store (self->core->desk), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  schedule (self);
}

/**
 * billing_sync_set_active:
 * @self: a session with Stripe
 * @active: whether somebody looks at the window
 *
 * Who looks sees what happened at Stripe within a minute; otherwise it is looked for every ten.
 */
void
billing_sync_set_active (BillingSync *self,
                         gboolean     active)
{
  if (self->active == active)
    return;

  self->active = active;
  schedule (self);
}

/**
 * billing_sync_now:
 * @self: a session with Stripe
 *
 * Begins a round, or another one behind the one under way.
 */
void
billing_sync_now (BillingSync *self)
{
  self->wants_round = TRUE;
  schedule (self);
}

/**
 * billing_sync_list_again:
 * @self: a session with Stripe
 * @stream: a list or a single of the mirror, such as `tax_registrations`
 *
 * Has the next round fetch all of a small list anew, of whose changes Stripe tells nothing, or which it may have denied when it was
 * asked last. That round begins at once, if there is a key.
 */
void
billing_sync_list_again (BillingSync *self,
                         const char  *stream)
{
  _billing_sync_core_list_again (self->core, stream);
  if (self->standing.connected)
    billing_sync_now (self);
}

BillingSyncState
billing_sync_get_state (BillingSync *self)
{
  return self->standing.state;
}

BillingSyncMode
billing_sync_get_mode (BillingSync *self)
{
  return self->standing.mode;
}

const char *
billing_sync_get_sentence (BillingSync *self)
{
  return self->standing.sentence;
}

gint64
billing_sync_get_synced_at (BillingSync *self)
{
  return self->standing.synced_at;
}

const char *
billing_sync_get_progress (BillingSync *self)
{
  return self->standing.progress;
}

int
billing_sync_get_permille (BillingSync *self)
{
  return self->standing.permille;
}

guint
billing_sync_get_n_waiting (BillingSync *self)
{
  return self->standing.n_waiting;
}

guint
billing_sync_get_n_unknown (BillingSync *self)
{
  return self->standing.n_unknown;
}

gboolean
billing_sync_is_connected (BillingSync *self)
{
  return self->standing.connected;
}

BillingStripeProbe *
billing_sync_get_probe (BillingSync *self)
{
  return self->standing.probe;
}

/* --- for the rest of the object --------------------------------------------------------------- */

BillingSyncCore *
_billing_sync_get_core (BillingSync *self)
{
  return self->core;
}

void
_billing_sync_ask_again (BillingSync *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->shared.again = TRUE;
  tell (self);
}

void
_billing_sync_tell_again (BillingSync *self)
{
  look_around (self);
  _billing_sync_ask_again (self);
}
