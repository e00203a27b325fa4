/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-error"

#include "config.h"

#include "billing-stripe-error.h"

typedef struct
{
  BillingStripeDetail *detail; /* (owned) (nullable) */
  gboolean is_unheard;
} BillingStripeErrorPrivate;

static void
billing_stripe_error_private_init (BillingStripeErrorPrivate *priv)
{
}

static void
billing_stripe_error_private_copy (const BillingStripeErrorPrivate *from,
                                   BillingStripeErrorPrivate       *to)
{
  if (from == NULL || to == NULL) /* which GLib's macro leaves open */
    return;

  to->is_unheard = from->is_unheard;
  if (from->detail != NULL)
    to->detail = g_atomic_rc_box_acquire (from->detail);
}

static void
billing_stripe_error_private_clear (BillingStripeErrorPrivate *priv)
{
  if (priv != NULL) /* which GLib's macro leaves open */
    g_clear_pointer (&priv->detail, billing_stripe_detail_unref);
}

G_DEFINE_EXTENDED_ERROR (BillingStripeError, billing_stripe_error)

static void
clear_detail (gpointer data)
{
  BillingStripeDetail *self = data;

  g_free (self->type);
  g_free (self->code);
  g_free (self->decline_code);
  g_free (self->param);
  g_free (self->permission);
  g_free (self->limited_reason);
  g_free (self->request_id);
  g_free (self->message);
  g_free (self->payment_intent);
  g_free (self->charge);
}

BillingStripeDetail *
billing_stripe_detail_new (void)
{
  return g_atomic_rc_box_new0 (BillingStripeDetail);
}

void
billing_stripe_detail_unref (BillingStripeDetail *self)
{
  g_atomic_rc_box_release_full (self, clear_detail);
}

GError *
billing_stripe_error_new (BillingStripeError   code,
                          BillingStripeDetail *detail,
                          const char          *sentence)
{
  GError *error = g_error_new_literal (BILLING_STRIPE_ERROR, (int) code, sentence);
  BillingStripeErrorPrivate *priv = billing_stripe_error_get_private (error);

  if (detail != NULL && priv != NULL)
    priv->detail = g_atomic_rc_box_acquire (detail);
  return error;
}

const BillingStripeDetail *
billing_stripe_error_get_detail (const GError *error)
{
  BillingStripeErrorPrivate *priv = NULL;

  if (error != NULL && error->domain == BILLING_STRIPE_ERROR)
    priv = billing_stripe_error_get_private (error);
  return priv != NULL ? priv->detail : NULL;
}

gboolean
billing_stripe_error_is_unheard (const GError *error)
{
  BillingStripeErrorPrivate *priv = NULL;

  if (error != NULL && error->domain == BILLING_STRIPE_ERROR)
    priv = billing_stripe_error_get_private (error);
  return priv != NULL && priv->is_unheard;
}

void
billing_stripe_error_set_unheard (GError   *error,
                                  gboolean  unheard)
{
  BillingStripeErrorPrivate *priv = NULL;

  if (error->domain == BILLING_STRIPE_ERROR)
    priv = billing_stripe_error_get_private (error);
  if (priv != NULL)
    priv->is_unheard = unheard;
}

char *
billing_stripe_error_to_log (const GError *error)
{
  const BillingStripeDetail *detail = billing_stripe_error_get_detail (error);
  GString *line;

  g_return_val_if_fail (error != NULL, NULL);

  line = g_string_new (g_quark_to_string (error->domain));
  g_string_append_printf (line, " %d", error->code);
  if (detail == NULL)
    return g_string_free (line, FALSE);

  g_string_append_printf (line, ": status %u", detail->status);
  if (detail->type != NULL)
    g_string_append_printf (line, ", %s", detail->type);
  if (detail->code != NULL)
    g_string_append_printf (line, ", %s", detail->code);
  if (detail->decline_code != NULL)
    g_string_append_printf (line, ", %s", detail->decline_code);
  if (detail->limited_reason != NULL)
    g_string_append_printf (line, ", %s", detail->limited_reason);
  if (detail->request_id != NULL)
    g_string_append_printf (line, ", %s", detail->request_id);
  return g_string_free (line, FALSE);
}
