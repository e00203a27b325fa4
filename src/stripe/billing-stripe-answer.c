/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-answer"

#include "config.h"

#include "billing-stripe-answer.h"

#include <glib/gi18n-lib.h>

#include "billing-stripe-error.h"
#include "billing-stripe-json.h"

void
billing_stripe_answer_free (BillingStripeAnswer *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->request_id);
  g_free (self->notice);
  g_free (self->should_retry);
  g_free (self->limited_reason);
  g_free (self);
}

void
billing_stripe_answer_set_unreadable (BillingStripeAnswer  *self,
                                      const char           *problem,
                                      GError              **error)
{
  g_autoptr (BillingStripeDetail) detail = billing_stripe_detail_new ();
  g_autofree char *sentence =
    g_strdup_printf (_("The answer cannot be read: %s. It may not be Stripe's: something on the "
                       "way, such as a proxy or the sign-in page of a network, answers in its "
                       "place too. Nothing here was changed by it; try again later."), problem);

  detail->status = self->status;
  detail->request_id = g_strdup (self->request_id);
  detail->is_replayed = self->is_replayed;
  g_propagate_error (error,
                     billing_stripe_error_new (BILLING_STRIPE_ERROR_UNREADABLE, detail, sentence));
}

gboolean
billing_stripe_answer_check (BillingStripeAnswer  *self,
                             GError              **error)
{
  const char *problem = billing_stripe_json_scan (self->body, 0, NULL, NULL);

  if (problem == NULL)
    return TRUE;
  billing_stripe_answer_set_unreadable (self, problem, error);
  return FALSE;
}

JsonNode *
billing_stripe_answer_parse (BillingStripeAnswer  *self,
                             GError              **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize size;
  const char *text = g_bytes_get_data (self->body, &size);

  if (!billing_stripe_answer_check (self, error))
    return NULL;
  if (json_parser_load_from_data (parser, text, (gssize) size, NULL))
    return json_parser_steal_root (parser);

  billing_stripe_answer_set_unreadable (self, _("it is not JSON"), error);
  return NULL;
}
