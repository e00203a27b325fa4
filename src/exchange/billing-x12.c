/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-x12"

#include "config.h"

#include "billing-x12.h"

#include <string.h>

#include "billing-text-reader.h"
#include "billing-x12-private.h"

/* From the transactions of a file to items, one transaction at a time. */

typedef struct {
  BillingX12File file;
  BillingX12Eligibility *eligibility; /* (owned) (nullable): the transaction being read, if it is one */
  BillingX12Remittance *remittance;   /* (owned) (nullable): likewise */
} Reading;

static gboolean
begin_set (Reading                  *self,
           const BillingX12Segment  *segment,
           GError                  **error)
{
  const char *type = billing_x12_segment_get (segment, 1);
  g_autofree char *shown = NULL;

  if (g_str_equal (type, "271"))
    {
      self->eligibility = billing_x12_eligibility_new (&self->file);
      return billing_x12_eligibility_read (self->eligibility, segment, error);
    }

  if (g_str_equal (type, "835"))
    {
      self->remittance = billing_x12_remittance_new (&self->file);
      return billing_x12_remittance_read (self->remittance, segment, error);
    }

  shown = g_strdup_printf ("X12 %s", strlen (type) <= 6 ? type : "");
  return self->file.sink->unused (self->file.data, shown, error);
}

static gboolean
finish_set (Reading  *self,
            GError  **error)
{
  gboolean ok = (self->eligibility == NULL || billing_x12_eligibility_finish (self->eligibility, error)) &&
                (self->remittance == NULL || billing_x12_remittance_finish (self->remittance, error));

  g_clear_pointer (&self->eligibility, billing_x12_eligibility_free);
  g_clear_pointer (&self->remittance, billing_x12_remittance_free);
  return ok;
}

static gboolean
read_segment (Reading                  *self,
              const BillingX12Segment  *segment,
              GError                  **error)
{
  if (g_str_equal (segment->id, "ST"))
    return begin_set (self, segment, error);
  if (g_str_equal (segment->id, "SE"))
    return finish_set (self, error);
  if (self->eligibility != NULL)
    return billing_x12_eligibility_read (self->eligibility, segment, error);

  return self->remittance == NULL || billing_x12_remittance_read (self->remittance, segment, error);
}

static gboolean
read_all (Reading           *self,
          BillingX12Reader  *reader,
          GCancellable      *cancellable,
          GError           **error)
{
  const BillingX12Segment *segment;

  for (;;)
    {
      if (!billing_x12_reader_next (reader, &segment, cancellable, error))
        return FALSE;
      if (self->file.sink->progress != NULL)
        self->file.sink->progress (self->file.data, billing_x12_reader_get_offset (reader), self->file.entries);
      if (segment == NULL)
        return TRUE;
      if (!read_segment (self, segment, error))
        return FALSE;
    }
}

gboolean
billing_x12_read (GInputStream              *stream,
                  const BillingX12Practice  *practice,
                  const BillingImportSink   *sink,
                  gpointer                   data,
                  GCancellable              *cancellable,
                  GError                   **error)
{
  g_autoptr (GInputStream) text = billing_text_reader_open (stream, NULL, cancellable, error);
  g_autoptr (BillingX12Reader) reader = NULL;
  Reading self = { { practice, sink, data, 0 }, NULL, NULL };
  gboolean ok;

  if (text == NULL)
    return FALSE;

  reader = billing_x12_reader_new (text);
  ok = read_all (&self, reader, cancellable, error);
  g_clear_pointer (&self.eligibility, billing_x12_eligibility_free);
  g_clear_pointer (&self.remittance, billing_x12_remittance_free);
  return ok;
}
