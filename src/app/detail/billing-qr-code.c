/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-qr-code"

#include "config.h"

#include "billing-qr-code.h"

#include <glib/gi18n.h>
#include <qrencode.h>

/* The white margin that ISO/IEC 18004 asks for, in modules, on each side. */
#define QUIET_ZONE 4

struct _BillingQrCode {
  GtkWidget parent_instance;

  char *text; /* (owned) (nullable) */
  QRcode *code; /* (owned) (nullable): of the text */
  int size; /* pixels */
};

typedef enum {
  PROP_TEXT = 1,
  PROP_SIZE,
} BillingQrCodeProperty;

static GParamSpec *properties[PROP_SIZE + 1];

G_DEFINE_FINAL_TYPE (BillingQrCode, billing_qr_code, GTK_TYPE_WIDGET)

static gboolean
is_dark (BillingQrCode *self,
         int            x,
         int            y)
{
  /* The lowest bit is the module's colour, the others are libqrencode's own. */
  return (self->code->data[y * self->code->width + x] & 1) != 0;
}

/* Neighbours in a row are one rectangle: fewer nodes, and no seams. */
static void
append_row (BillingQrCode *self,
            GtkSnapshot   *snapshot,
            int            y,
            float          left,
            float          top,
            float          module)
{
  static const GdkRGBA black = { 0.f, 0.f, 0.f, 1.f };
  int begin;

  for (int x = 0; x < self->code->width; x++)
    {
      if (!is_dark (self, x, y))
        continue;

      begin = x;
      while (x < self->code->width && is_dark (self, x, y))
        x++;
      gtk_snapshot_append_color (snapshot, &black,
                                 &GRAPHENE_RECT_INIT (left + (float) begin * module, top + (float) y * module,
                                                      (float) (x - begin) * module, module));
    }
}

static void
billing_qr_code_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  static const GdkRGBA white = { 1.f, 1.f, 1.f, 1.f };
  BillingQrCode *self = BILLING_QR_CODE (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int scale = gtk_widget_get_scale_factor (widget);
  int n_modules, pixels;
  float module;

  if (self->code == NULL)
    return;

  /* In pixels of the screen, of which one of the widget's may be several. */
  n_modules = self->code->width + 2 * QUIET_ZONE;
  pixels = MAX (1, MIN (width, height) * scale / n_modules);
  module = (float) pixels / (float) scale;

  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  for (int y = 0; y < self->code->width; y++)
    append_row (self, snapshot, y,
                (float) ((width * scale - self->code->width * pixels) / 2) / (float) scale,
                (float) ((height * scale - self->code->width * pixels) / 2) / (float) scale, module);
}

static void
billing_qr_code_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  BillingQrCode *self = BILLING_QR_CODE (widget);
  int n_modules;

  n_modules = self->code != NULL ? self->code->width + 2 * QUIET_ZONE : 1;

  /* The next size at which every module is as many whole pixels. */
  *minimum = *natural = (MAX (self->size, 1) + n_modules - 1) / n_modules * n_modules;
}

static void
billing_qr_code_finalize (GObject *object)
{
  BillingQrCode *self = BILLING_QR_CODE (object);

  g_clear_pointer (&self->code, QRcode_free);
  g_free (self->text);

  G_OBJECT_CLASS (billing_qr_code_parent_class)->finalize (object);
}

static void
billing_qr_code_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  BillingQrCode *self = BILLING_QR_CODE (object);

  switch ((BillingQrCodeProperty) property_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_SIZE:
      g_value_set_int (value, self->size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_qr_code_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  BillingQrCode *self = BILLING_QR_CODE (object);

  switch ((BillingQrCodeProperty) property_id)
    {
    case PROP_TEXT:
      billing_qr_code_set_text (self, g_value_get_string (value));
      break;
    case PROP_SIZE:
      self->size = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_qr_code_class_init (BillingQrCodeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = billing_qr_code_finalize;
  object_class->get_property = billing_qr_code_get_property;
  object_class->set_property = billing_qr_code_set_property;
  widget_class->measure = billing_qr_code_measure;
  widget_class->snapshot = billing_qr_code_snapshot;

  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SIZE] =
    g_param_spec_int ("size", NULL, NULL, 0, G_MAXINT, 0,
                      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "qrcode");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
billing_qr_code_init (BillingQrCode *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

const char *
billing_qr_code_get_text (BillingQrCode *self)
{
  return self->text;
}

/**
 * billing_qr_code_set_text:
 * @self: a QR code
 * @text: (nullable): what cameras read; %NULL: nothing is drawn
 */
void
billing_qr_code_set_text (BillingQrCode *self,
                          const char    *text)
{
  if (g_strcmp0 (self->text, text) == 0)
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  g_clear_pointer (&self->code, QRcode_free);
  /* Level M survives 15 % of damage. What is too long for any code is not drawn. */
  if (text != NULL)
    self->code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);

  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/**
 * billing_qr_code_get_n_modules:
 * @self: a QR code
 *
 * Returns: how many modules it is wide and high, without its margin; 0 where there is nothing to draw
 */
int
billing_qr_code_get_n_modules (BillingQrCode *self)
{
  return self->code != NULL ? self->code->width : 0;
}
