/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-gather"

#include "config.h"

#include "billing-stripe-gather.h"

#include "billing-stripe-singles.h"

typedef struct
{
  const BillingMirrorKind *kind;     /* (nullable): of a single */
  const BillingStripeSingle *single; /* (nullable): of an object of which there are many */
  GBytes *body; /* (owned) */
  gint64 fetched;
} Taken;

static void
taken_clear (gpointer data)
{
  Taken *taken = data;

  g_bytes_unref (taken->body);
}

void
billing_stripe_gather_init (BillingStripeGather *self,
                            BillingStripeClient *client,
                            GCancellable        *cancellable)
{
  self->client = client;
  self->cancellable = cancellable;
  self->objects = g_array_new (FALSE, FALSE, sizeof (Taken));
  g_array_set_clear_func (self->objects, taken_clear);
}

void
billing_stripe_gather_clear (BillingStripeGather *self)
{
  g_clear_pointer (&self->objects, g_array_unref);
}

void
billing_stripe_gather_take (BillingStripeGather *self,
                            const char          *object,
                            GBytes              *body,
                            gint64               fetched)
{
  Taken taken = { billing_mirror_kind_of_object (object), billing_stripe_single_find_object (object), NULL, fetched };

  if (taken.kind == NULL && taken.single == NULL)
    return;

  taken.body = g_bytes_ref (body);
  g_array_append_val (self->objects, taken);
}

static char *
make_path (const BillingMirrorKind *kind,
           const char              *id)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);

  return g_strdup_printf ("/v1/%s/%s", kind->path, escaped);
}

JsonNode *
billing_stripe_gather_fetch (BillingStripeGather  *self,
                             const char           *object,
                             const char           *id,
                             GError              **error)
{
  const BillingMirrorKind *kind = billing_mirror_kind_of_object (object);
  const BillingStripeSingle *single = billing_stripe_single_find_object (object);
  g_autofree char *path = NULL;
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  g_autoptr (BillingStripeRequest) request = NULL;
  g_autoptr (BillingStripeAnswer) answer = NULL;
  gint64 now = g_get_real_time ();

  g_return_val_if_fail (single != NULL || (kind != NULL && id != NULL), NULL);

  path = single != NULL ? g_strdup (single->path) : make_path (kind, id);
  if (single == NULL && kind->expand != NULL)
    billing_stripe_form_expand (form, kind->expand);
  request = billing_stripe_request_new_get (path, form, error);
  answer = request != NULL ? billing_stripe_client_send (self->client, request, self->cancellable, error) : NULL;
  if (answer == NULL)
    return NULL;

  billing_stripe_gather_take (self, object, answer->body, now);
  return billing_stripe_answer_parse (answer, error);
}

static gboolean
put (BillingMirror  *mirror,
     Taken          *taken,
     GError        **error)
{
  gsize size;
  const char *text = g_bytes_get_data (taken->body, &size);

  if (taken->single != NULL)
    return billing_mirror_put_single (mirror, taken->single->name, text, size, taken->fetched, error);
  return billing_mirror_put (mirror, taken->kind, text, size, taken->fetched, error);
}

static gboolean
put_all (BillingStripeGather  *self,
         BillingMirror        *mirror,
         GError              **error)
{
  for (guint i = 0; i < self->objects->len; i++)
    {
      if (!put (mirror, &g_array_index (self->objects, Taken, i), error))
        return FALSE;
    }

  return TRUE;
}

gboolean
billing_stripe_gather_keep (BillingStripeGather  *self,
                            BillingMirror        *mirror,
                            GError              **error)
{
  if (self->objects->len == 0)
    return TRUE;

  if (!billing_mirror_begin (mirror, error))
    return FALSE;
  if (put_all (self, mirror, error))
    return billing_mirror_commit (mirror, error);

  billing_mirror_rollback (mirror);
  return FALSE;
}
