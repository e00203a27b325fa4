/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "billing-bench-watch.h"

#include <time.h>

/*
 * Watches a window with a long list from inside its process, by its frame clock: the first frame with rows, jumps, scrolling page by page,
 * typing into the search where there is one. It knows widgets of GTK only, so that it watches any list in the same way. At the end it prints
 * a number for each figure.
 */

#define N_JUMPS 21
#define N_PAGES 100
#define SETTLE_MS 700
#define PAUSE_MS 60
#define TYPING_MS 90
#define FRAME_US 16667
#define GIVE_UP_SECONDS 120

/* More rows than the first page has: then the whole list is there. */
#define MANY 1000

static const char * const typed[] = { "m", "me", "mej", "meji", "mejia", "mejia a", "al", "a", "" };

typedef enum {
  PHASE_STARTING,
  PHASE_SETTLING,
  PHASE_JUMPING,
  PHASE_PAGING,
  PHASE_TYPING,
} Phase;

typedef struct {
  GtkApplication *application; /* (not owned) */
  GtkWindow *window;           /* (not owned) */
  GtkWidget *view;             /* (not owned): the column view */
  GtkWidget *list;             /* (not owned): the list inside of it */
  GtkWidget *entry;            /* (not owned) (nullable) */
  GdkFrameClock *clock;        /* (not owned) (nullable) */
  Phase phase;
  guint step;
  gint64 start;
  gint64 frame_start;
  gboolean is_jumping;
  gint64 began;                /* the first frame of the jump; 0: it is still waited for */
  gint64 frames;               /* how long its frames took together */
  char *text_before;           /* (owned) (nullable) */
  GArray *jumps;               /* (owned) (element-type gint64) */
  GArray *jump_work;         /* (owned) (element-type gint64) */
  GArray *page_frames;         /* (owned) (element-type gint64) */
  gint64 last_beat;
  gint64 figures[BILLING_BENCH_N_FIGURES];
} Watch;

static void next (Watch *self);

/* Frames are measured by the main thread's processor time, so that other programs do not count; waiting is told apart. */
static gint64
get_thread_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000) + now.tv_nsec / 1000;
}

static gint64
get_process_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

/* What is on the screen. */

static GtkWidget *
find_mapped (GtkWidget *widget,
             GType      type)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_mapped (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static const char *
get_text (GtkWidget *widget)
{
  const char *text = NULL;

  if (GTK_IS_INSCRIPTION (widget))
    text = gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  else if (GTK_IS_LABEL (widget))
    text = gtk_label_get_text (GTK_LABEL (widget));
  if (text != NULL && *text != '\0')
    return text;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      text = get_text (child);
      if (text != NULL)
        return text;
    }

  return NULL;
}

/* The first text of the row that stands at so many hundredths of the height; %NULL: there is none, or it waits. */
static const char *
get_row_text (Watch *self,
              int    percent)
{
  int y = gtk_widget_get_height (self->list) * percent / 100;
  GtkWidget *row = gtk_widget_pick (self->list, 60, y, GTK_PICK_INSENSITIVE | GTK_PICK_NON_TARGETABLE);

  while (row != NULL && row != self->list && gtk_widget_get_parent (row) != self->list)
    row = gtk_widget_get_parent (row);

  return row != NULL && row != self->list ? get_text (row) : NULL;
}

static gboolean
has_rows (Watch *self)
{
  return get_row_text (self, 3) != NULL && get_row_text (self, 50) != NULL && get_row_text (self, 95) != NULL;
}

static guint
count_rows (Watch *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (self->view))));
}

static gboolean
find_list (Watch *self)
{
  self->view = find_mapped (GTK_WIDGET (self->window), GTK_TYPE_COLUMN_VIEW);
  self->list = self->view != NULL ? find_mapped (self->view, GTK_TYPE_LIST_VIEW) : NULL;
  self->entry = find_mapped (GTK_WIDGET (self->window), GTK_TYPE_SEARCH_ENTRY);

  return self->list != NULL && has_rows (self);
}

/* The figures. */

static int
compare_integers (gconstpointer a,
                  gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

static gint64
get_median (GArray *times)
{
  g_array_sort (times, compare_integers);
  return times->len > 0 ? g_array_index (times, gint64, times->len / 2) * 1000 : 0;
}

static gint64
get_peak_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;

  line = strstr (status, "VmHWM:");
  return line != NULL ? g_ascii_strtoll (line + strlen ("VmHWM:"), NULL, 10) * 1024 : 0;
}

static void
finish (Watch *self)
{
  self->figures[BILLING_BENCH_JUMP] = get_median (self->jumps);
  self->figures[BILLING_BENCH_JUMP_WORK] = get_median (self->jump_work);
  self->figures[BILLING_BENCH_PAGE_FRAME] = get_median (self->page_frames);
  self->figures[BILLING_BENCH_MEMORY] = get_peak_memory ();

  for (guint i = 0; i < BILLING_BENCH_N_FIGURES; i++)
    g_print ("%s%" G_GINT64_FORMAT, i > 0 ? " " : "", self->figures[i]);
  g_print ("\n");

  g_signal_handlers_disconnect_by_data (self->clock, self);
  g_application_quit (G_APPLICATION (self->application));
}

/* What is done. */

static gboolean
next_cb (gpointer data)
{
  next (data);
  return G_SOURCE_REMOVE;
}

static void
jump (Watch *self)
{
  guint n = count_rows (self);
  guint position = (guint) (((guint64) self->step * 611953 + 523287) % n);

  g_free (self->text_before);
  self->text_before = g_strdup (get_row_text (self, 50));
  self->frames = 0;
  self->began = 0;
  self->is_jumping = TRUE;
  gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", position);
}

static void
end_jump (Watch *self)
{
  gint64 took = g_get_monotonic_time () - self->began;

  g_array_append_val (self->jumps, took);
  g_array_append_val (self->jump_work, self->frames);
  self->is_jumping = FALSE;
  g_timeout_add (PAUSE_MS, next_cb, self);
}

static gboolean
page_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  Watch *self = data;
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));

  if (self->step == N_PAGES)
    {
      next (self);
      return G_SOURCE_REMOVE;
    }

  self->step++;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment));
  return G_SOURCE_CONTINUE;
}

/* A main loop that does something else beats later than it should. */
static gboolean
beat_cb (gpointer data)
{
  Watch *self = data;
  gint64 now = g_get_monotonic_time ();
  gint64 late = now - self->last_beat;

  if (self->last_beat != 0 && late > FRAME_US)
    {
      self->figures[BILLING_BENCH_STALLS]++;
      self->figures[BILLING_BENCH_LONGEST_STALL] = MAX (self->figures[BILLING_BENCH_LONGEST_STALL], late * 1000);
    }

  self->last_beat = now;
  return self->phase == PHASE_TYPING ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
type_more (Watch *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), typed[self->step]);
  self->step++;
  g_timeout_add (TYPING_MS, next_cb, self);
}

static void
begin (Watch *self,
       Phase  phase)
{
  self->phase = phase;
  self->step = 0;

  if (phase == PHASE_PAGING)
    gtk_widget_add_tick_callback (self->view, page_cb, self, NULL);
  else if (phase == PHASE_TYPING)
    g_timeout_add_full (G_PRIORITY_HIGH, 1, beat_cb, self, NULL);

  if (phase != PHASE_PAGING)
    g_timeout_add (SETTLE_MS, next_cb, self);
}

static void
next (Watch *self)
{
  if (self->phase == PHASE_SETTLING && count_rows (self) < MANY)
    g_timeout_add (SETTLE_MS, next_cb, self);
  else if (self->phase == PHASE_SETTLING)
    begin (self, PHASE_JUMPING);
  else if (self->phase == PHASE_JUMPING && self->step < N_JUMPS)
    {
      jump (self);
      self->step++;
    }
  else if (self->phase == PHASE_JUMPING)
    begin (self, PHASE_PAGING);
  else if (self->phase == PHASE_PAGING && self->entry != NULL)
    begin (self, PHASE_TYPING);
  else if (self->phase == PHASE_TYPING && self->step < G_N_ELEMENTS (typed))
    type_more (self);
  else
    finish (self);
}

/* What is seen. */

static void
before_paint_cb (GdkFrameClock *clock,
                 Watch         *self)
{
  self->frame_start = get_thread_time ();
  /* Not from the action: the next frame is due at any time within one. */
  if (self->is_jumping && self->began == 0)
    self->began = g_get_monotonic_time ();
}

static void
after_jump_frame (Watch *self,
                  gint64 took)
{
  const char *text = get_row_text (self, 50);

  if (!self->is_jumping)
    return;

  self->frames += took;
  if (has_rows (self) && g_strcmp0 (text, self->text_before) != 0)
    end_jump (self);
}

static void
after_paint_cb (GdkFrameClock *clock,
                Watch         *self)
{
  gint64 took = get_thread_time () - self->frame_start;

  if (self->phase == PHASE_STARTING && find_list (self))
    {
      self->figures[BILLING_BENCH_FIRST_FRAME] = (g_get_monotonic_time () - self->start) * 1000;
      self->figures[BILLING_BENCH_FIRST_FRAME_WORK] = get_process_time ();
      begin (self, PHASE_SETTLING);
    }
  else if (self->phase == PHASE_JUMPING)
    after_jump_frame (self, took);
  else if (self->phase == PHASE_PAGING)
    {
      g_array_append_val (self->page_frames, took);
      self->figures[BILLING_BENCH_EMPTY_FRAMES] += !has_rows (self);
    }
}

static void
realize_cb (GtkWidget *window,
            Watch     *self)
{
  self->clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (self->clock, "before-paint", G_CALLBACK (before_paint_cb), self);
  g_signal_connect (self->clock, "after-paint", G_CALLBACK (after_paint_cb), self);
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window,
                 Watch          *self)
{
  if (self->window != NULL)
    return;

  self->window = window;
  if (gtk_widget_get_realized (GTK_WIDGET (window)))
    realize_cb (GTK_WIDGET (window), self);
  else
    g_signal_connect (window, "realize", G_CALLBACK (realize_cb), self);
}

static gboolean
give_up_cb (gpointer data)
{
  Watch *self = data;

  g_error ("Nothing more happened in phase %d, step %u.", self->phase, self->step);
  return G_SOURCE_REMOVE;
}

/**
 * billing_bench_watch:
 * @application: an application that is about to run, and will show one window
 * @start: the monotonic time at which its process was asked for, microseconds
 *
 * Watches its window, prints the figures and quits it.
 */
void
billing_bench_watch (GtkApplication *application,
                     gint64          start)
{
  /* For as long as the process. */
  static Watch watch;

  watch.application = application;
  watch.start = start;
  watch.jumps = g_array_new (FALSE, FALSE, sizeof (gint64));
  watch.jump_work = g_array_new (FALSE, FALSE, sizeof (gint64));
  watch.page_frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), &watch);
  g_timeout_add_seconds (GIVE_UP_SECONDS, give_up_cb, &watch);
}
