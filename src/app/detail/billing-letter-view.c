/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-letter-view"

#include "config.h"

#include "billing-letter-view.h"

/* Between the pages, pixels. */
#define GAP 12

struct _BillingLetterView {
  GtkWidget parent_instance;

  BillingLetterLayout *pages; /* (owned) (nullable) */
  double paper_width; /* points, as the next one */
  double paper_height;
};

G_DEFINE_FINAL_TYPE (BillingLetterView, billing_letter_view, GTK_TYPE_WIDGET)

static guint
get_n_pages (BillingLetterView *self)
{
  return self->pages != NULL ? billing_letter_layout_get_n_pages (self->pages) : 1;
}

/* As wide as there is room, and as high as that makes it. */
static int
get_page_height (BillingLetterView *self,
                 int                    width)
{
  return (int) (width * self->paper_height / self->paper_width);
}

static GtkSizeRequestMode
billing_letter_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
billing_letter_view_measure (GtkWidget      *widget,
                                 GtkOrientation  orientation,
                                 int             for_size,
                                 int            *minimum,
                                 int            *natural,
                                 int            *minimum_baseline,
                                 int            *natural_baseline)
{
  BillingLetterView *self = BILLING_LETTER_VIEW (widget);
  int n_pages = (int) get_n_pages (self);
  int width = for_size >= 0 ? for_size : (int) self->paper_width;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 280;
      *natural = (int) self->paper_width;
    }
  else
    *minimum = *natural = get_page_height (self, width) * n_pages + GAP * (n_pages - 1);
}

/* Paper is white, in the dark too. */
static void
draw_page (BillingLetterView *self,
           GtkSnapshot           *snapshot,
           guint                  page,
           int                    width)
{
  int height = get_page_height (self, width);
  graphene_rect_t paper = GRAPHENE_RECT_INIT (0, (float) ((height + GAP) * (int) page), (float) width, (float) height);
  double scale = width / self->paper_width;
  cairo_t *cr;

  gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 1, 1, 1, 1 }, &paper);
  if (self->pages == NULL)
    return;

  cr = gtk_snapshot_append_cairo (snapshot, &paper);
  cairo_translate (cr, 0, (height + GAP) * (int) page);
  cairo_scale (cr, scale, scale);
  billing_letter_layout_draw (self->pages, page, cr);
  cairo_destroy (cr);
}

static void
billing_letter_view_snapshot (GtkWidget   *widget,
                                  GtkSnapshot *snapshot)
{
  BillingLetterView *self = BILLING_LETTER_VIEW (widget);

  for (guint page = 0; page < get_n_pages (self); page++)
    draw_page (self, snapshot, page, gtk_widget_get_width (widget));
}

static void
billing_letter_view_finalize (GObject *object)
{
  BillingLetterView *self = BILLING_LETTER_VIEW (object);

  g_clear_pointer (&self->pages, billing_letter_layout_free);

  G_OBJECT_CLASS (billing_letter_view_parent_class)->finalize (object);
}

static void
billing_letter_view_class_init (BillingLetterViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_letter_view_finalize;
  widget_class->get_request_mode = billing_letter_view_get_request_mode;
  widget_class->measure = billing_letter_view_measure;
  widget_class->snapshot = billing_letter_view_snapshot;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
billing_letter_view_init (BillingLetterView *self)
{
  billing_letter_get_paper (&self->paper_width, &self->paper_height);
}

GtkWidget *
billing_letter_view_new (void)
{
  return g_object_new (BILLING_TYPE_LETTER_VIEW, NULL);
}

/**
 * billing_letter_view_set_letter:
 * @self: a view
 * @letter: (nullable): what it shows; %NULL: an empty page
 */
void
billing_letter_view_set_letter (BillingLetterView *self,
                                BillingLetter     *letter)
{
  g_autofree char *text = letter != NULL ? billing_letter_build_text (letter) : g_strdup ("");

  /* Bars would be read aloud. */
  g_strdelimit (text, "|", ' ');
  g_clear_pointer (&self->pages, billing_letter_layout_free);
  if (letter != NULL)
    self->pages = billing_letter_layout_new (letter, self->paper_width, self->paper_height);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
