/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-receipt-preview"

#include "config.h"

#include "billing-receipt-preview.h"

/* Between the pages, pixels. */
#define GAP 12

struct _BillingReceiptPreview {
  GtkWidget parent_instance;

  BillingLetterLayout *pages; /* (owned) (nullable) */
  double paper_width; /* points, as the next one */
  double paper_height;
};

G_DEFINE_FINAL_TYPE (BillingReceiptPreview, billing_receipt_preview, GTK_TYPE_WIDGET)

static guint
get_n_pages (BillingReceiptPreview *self)
{
  return self->pages != NULL ? billing_letter_layout_get_n_pages (self->pages) : 1;
}

/* As wide as there is room, and as high as that makes it. */
static int
get_page_height (BillingReceiptPreview *self,
                 int                    width)
{
  return (int) (width * self->paper_height / self->paper_width);
}

static GtkSizeRequestMode
billing_receipt_preview_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
billing_receipt_preview_measure (GtkWidget      *widget,
                                 GtkOrientation  orientation,
                                 int             for_size,
                                 int            *minimum,
                                 int            *natural,
                                 int            *minimum_baseline,
                                 int            *natural_baseline)
{
  BillingReceiptPreview *self = BILLING_RECEIPT_PREVIEW (widget);
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
draw_page (BillingReceiptPreview *self,
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
billing_receipt_preview_snapshot (GtkWidget   *widget,
                                  GtkSnapshot *snapshot)
{
  BillingReceiptPreview *self = BILLING_RECEIPT_PREVIEW (widget);

  for (guint page = 0; page < get_n_pages (self); page++)
    draw_page (self, snapshot, page, gtk_widget_get_width (widget));
}

static void
billing_receipt_preview_finalize (GObject *object)
{
  BillingReceiptPreview *self = BILLING_RECEIPT_PREVIEW (object);

  g_clear_pointer (&self->pages, billing_letter_layout_free);

  G_OBJECT_CLASS (billing_receipt_preview_parent_class)->finalize (object);
}

static void
billing_receipt_preview_class_init (BillingReceiptPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_receipt_preview_finalize;
  widget_class->get_request_mode = billing_receipt_preview_get_request_mode;
  widget_class->measure = billing_receipt_preview_measure;
  widget_class->snapshot = billing_receipt_preview_snapshot;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
billing_receipt_preview_init (BillingReceiptPreview *self)
{
  billing_letter_get_paper (&self->paper_width, &self->paper_height);
}

static char *
describe (BillingLetter *letter)
{
  g_autoptr (GString) text = g_string_new (billing_letter_get_title (letter));

  for (guint i = 0; i < billing_letter_get_n_blocks (letter); i++)
    {
      const BillingLetterBlock *block = billing_letter_get_block (letter, i);

      g_string_append_printf (text, "\n%s %s", block->text, block->value != NULL ? block->value : "");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * billing_receipt_preview_set_letter:
 * @self: a preview
 * @letter: what it shows
 */
void
billing_receipt_preview_set_letter (BillingReceiptPreview *self,
                                    BillingLetter         *letter)
{
  g_autofree char *text = describe (letter);

  g_clear_pointer (&self->pages, billing_letter_layout_free);
  self->pages = billing_letter_layout_new (letter, self->paper_width, self->paper_height);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
