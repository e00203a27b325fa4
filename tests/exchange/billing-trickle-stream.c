/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-trickle-stream"

#include "config.h"

#include "billing-trickle-stream.h"

#include <string.h>

typedef struct
{
  const char *data;
  gsize length;
  guint64 repeats;
} Part;

struct _BillingTrickleStream
{
  GInputStream parent_instance;

  Part parts[3];
  guint part;
  gsize at; /* in the part */
  gsize step;
};

G_DEFINE_FINAL_TYPE (BillingTrickleStream, billing_trickle_stream, G_TYPE_INPUT_STREAM)

static gssize
billing_trickle_stream_read (GInputStream *stream, void *buffer, gsize count,
                             GCancellable *cancellable, GError **error)
{
  BillingTrickleStream *self = BILLING_TRICKLE_STREAM (stream);
  gsize wanted = MIN (count, self->step), given = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;

  while (given < wanted && self->part < G_N_ELEMENTS (self->parts))
    {
      Part *part = &self->parts[self->part];
      gsize length = MIN (wanted - given, part->length - self->at);

      if (part->repeats == 0 || part->length == 0)
        {
          self->part++;
          continue;
        }
      memcpy ((char *) buffer + given, part->data + self->at, length);
      given += length;
      self->at += length;
      if (self->at < part->length)
        continue;
      self->at = 0;
      part->repeats--;
    }
  return (gssize) given;
}

static void
billing_trickle_stream_class_init (BillingTrickleStreamClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = billing_trickle_stream_read;
}

static void
billing_trickle_stream_init (BillingTrickleStream *self)
{
  self->step = G_MAXSIZE;
}

GInputStream *
billing_trickle_stream_new (gconstpointer data, gsize length, gsize step)
{
  BillingTrickleStream *self = g_object_new (BILLING_TYPE_TRICKLE_STREAM, NULL);

  self->parts[0] = (Part) { data, length, 1 };
  self->step = step;
  return G_INPUT_STREAM (self);
}

GInputStream *
billing_trickle_stream_new_repeat (const char *head, const char *body, guint64 repeats,
                                   const char *tail)
{
  BillingTrickleStream *self = g_object_new (BILLING_TYPE_TRICKLE_STREAM, NULL);

  self->parts[0] = (Part) { head, strlen (head), 1 };
  self->parts[1] = (Part) { body, strlen (body), repeats };
  self->parts[2] = (Part) { tail, strlen (tail), 1 };
  return G_INPUT_STREAM (self);
}
