/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-picture"

#include "config.h"

#include "billing-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-exchange-error.h"

/* Enough for the room that a letter gives it, at 300 dots an inch. */
#define MAX_WIDTH 1000
#define MAX_HEIGHT 400

/* A small file can say that it is as large as a house: that is refused before there is memory for it. */
#define MAX_PIXELS 8192

/* So much may stand behind the end of a picture. */
#define END_SLACK 1024

struct _BillingPicture {
  GObject parent_instance;

  GdkPixbuf *pixbuf; /* (owned) */
  char *name; /* (owned): the same for the same picture */
};

G_DEFINE_FINAL_TYPE (BillingPicture, billing_picture, G_TYPE_OBJECT)

static void
billing_picture_finalize (GObject *object)
{
  BillingPicture *self = BILLING_PICTURE (object);

  g_clear_object (&self->pixbuf);
  g_free (self->name);

  G_OBJECT_CLASS (billing_picture_parent_class)->finalize (object);
}

static void
billing_picture_class_init (BillingPictureClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = billing_picture_finalize;
}

static void
billing_picture_init (BillingPicture *self)
{
}

/* What a file is, by how it begins, whatever it is called. An SVG is XML, which may begin with much else before its first element. */
static const char *
find_kind (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size > 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "png";
  if (size > 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return "jpeg";
  if (size > 4 && g_utf8_validate (data, (gssize) size, NULL) && g_strstr_len (data, (gssize) MIN (size, 4096), "<svg") != NULL)
    return "svg";
  return NULL;
}

/* A picture whose end is missing would be shown as far as it goes: it ends in a mark, or a little before the end of the file. */
static gboolean
is_whole (GBytes     *bytes,
          const char *kind)
{
  const char *mark = g_str_equal (kind, "png") ? "IEND" : "\xff\xd9";
  gsize size, length = strlen (mark);
  const char *data = g_bytes_get_data (bytes, &size);
  gsize slack = MIN (size, END_SLACK);

  return g_str_equal (kind, "svg") || memmem (data + size - slack, slack, mark, length) != NULL;
}

static gboolean
fail (GError     **error,
      const char  *sentence)
{
  g_set_error_literal (error, BILLING_EXCHANGE_ERROR, BILLING_EXCHANGE_ERROR_FORMAT, sentence);
  return FALSE;
}

static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gboolean        *is_too_large)
{
  g_autofree char *format = gdk_pixbuf_format_get_name (gdk_pixbuf_loader_get_format (loader));
  double scale;

  *is_too_large = width > MAX_PIXELS || height > MAX_PIXELS;
  if (*is_too_large || width < 1 || height < 1)
    {
      gdk_pixbuf_loader_set_size (loader, 1, 1);
      return;
    }

  scale = MIN ((double) MAX_WIDTH / width, (double) MAX_HEIGHT / height);
  /* A drawing is made as large as it will print; a photograph is only made smaller. */
  if (scale < 1 || g_str_equal (format, "svg"))
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale)), MAX (1, (int) (height * scale)));
}

static GdkPixbuf *
load (GBytes      *bytes,
      const char  *kind,
      GError     **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (kind, NULL);
  g_autoptr (GError) why = NULL;
  gboolean is_too_large = FALSE, is_read;
  GdkPixbuf *pixbuf;

  if (loader == NULL)
    {
      fail (error, _("This computer cannot read such pictures. Save the picture as PNG."));
      return NULL;
    }

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &is_too_large);
  is_read = gdk_pixbuf_loader_write_bytes (loader, bytes, &why);
  is_read = gdk_pixbuf_loader_close (loader, is_read ? &why : NULL) && is_read;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (is_too_large)
    fail (error, _("The picture is too large: save it no wider and no higher than 8192 pixels."));
  else if (!is_read || pixbuf == NULL)
    fail (error, _("The picture is damaged: save it anew as PNG."));
  return is_read && !is_too_large && pixbuf != NULL ? g_object_ref (pixbuf) : NULL;
}

/**
 * billing_picture_read:
 * @bytes: a file
 * @error: return location for a #BillingExchangeError
 *
 * Reads a PNG, JPEG or SVG. Nothing else is read, and nothing that the file points at.
 *
 * Returns: (transfer full) (nullable): the picture
 */
BillingPicture *
billing_picture_read (GBytes  *bytes,
                      GError **error)
{
  const char *kind = find_kind (bytes);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  BillingPicture *self;

  if (g_bytes_get_size (bytes) > BILLING_PICTURE_MAX_SIZE)
    return fail (error, _("The file is larger than 2 MiB: save the picture smaller.")), NULL;
  if (kind == NULL)
    return fail (error, _("The file is no PNG, JPEG or SVG picture.")), NULL;

  if (!is_whole (bytes, kind))
    return fail (error, _("The picture is damaged: save it anew as PNG.")), NULL;

  pixbuf = load (bytes, kind, error);
  if (pixbuf == NULL)
    return NULL;

  self = g_object_new (BILLING_TYPE_PICTURE, NULL);
  self->pixbuf = g_steal_pointer (&pixbuf);
  self->name = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  return self;
}

/**
 * billing_picture_get_aspect:
 * @self: a picture
 *
 * Returns: its width by its height
 */
double
billing_picture_get_aspect (BillingPicture *self)
{
  return (double) gdk_pixbuf_get_width (self->pixbuf) / gdk_pixbuf_get_height (self->pixbuf);
}

static guint32
multiply (guint value,
          guint alpha)
{
  return (value * alpha + 127) / 255;
}

/* Cairo wants colours that are multiplied with their opacity. */
static void
copy_row (const guchar *from,
          guint32      *to,
          int           width,
          gboolean      has_alpha)
{
  for (int x = 0; x < width; x++, from += has_alpha ? 4 : 3)
    {
      guint alpha = has_alpha ? from[3] : 255;

      to[x] = alpha << 24 | multiply (from[0], alpha) << 16 | multiply (from[1], alpha) << 8 | multiply (from[2], alpha);
    }
}

/**
 * billing_picture_build_surface:
 * @self: a picture
 *
 * Returns: (transfer full): its pixels, to be drawn by the thread that asked; a PDF keeps those of one picture once
 */
cairo_surface_t *
billing_picture_build_surface (BillingPicture *self)
{
  int width = gdk_pixbuf_get_width (self->pixbuf);
  int height = gdk_pixbuf_get_height (self->pixbuf);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  const guchar *from = gdk_pixbuf_read_pixels (self->pixbuf);
  guchar *to = cairo_image_surface_get_data (surface);
  char *name = g_strdup (self->name);

  cairo_surface_flush (surface);
  for (int y = 0; to != NULL && y < height; y++)
    copy_row (from + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (self->pixbuf),
              (guint32 *) (gpointer) (to + (gsize) y * (gsize) cairo_image_surface_get_stride (surface)), width,
              gdk_pixbuf_get_has_alpha (self->pixbuf));
  cairo_surface_mark_dirty (surface);
  if (cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_UNIQUE_ID, (const guchar *) name, strlen (name), g_free, name) !=
      CAIRO_STATUS_SUCCESS)
    g_free (name);
  return surface;
}
