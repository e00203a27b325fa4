/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-requests.h"

struct _BillingSandboxRequests
{
  GArray *endpoints; /* (owned): of Endpoint, in the order of their first use */
};

typedef struct
{
  const char *method;  /* an interned string */
  const char *pattern; /* an interned string */
  guint64 n;
} Endpoint;

BillingSandboxRequests *
billing_sandbox_requests_new (void)
{
  BillingSandboxRequests *self = g_new0 (BillingSandboxRequests, 1);

  self->endpoints = g_array_new (FALSE, FALSE, sizeof (Endpoint));
  return self;
}

void
billing_sandbox_requests_free (BillingSandboxRequests *self)
{
  g_array_unref (self->endpoints);
  g_free (self);
}

/**
 * billing_sandbox_requests_count:
 * @self: counters
 * @method: the HTTP method of a request
 * @pattern: its path, with "*" for an id
 */
void
billing_sandbox_requests_count (BillingSandboxRequests *self,
                                const char             *method,
                                const char             *pattern)
{
  Endpoint endpoint = { g_intern_string (method), g_intern_string (pattern), 1 };

  for (guint i = 0; i < self->endpoints->len; i++)
    {
      Endpoint *known = &g_array_index (self->endpoints, Endpoint, i);

      if (known->method == endpoint.method && known->pattern == endpoint.pattern)
        {
          known->n++;
          return;
        }
    }

  g_array_append_val (self->endpoints, endpoint);
}

/**
 * billing_sandbox_requests_sum:
 * @self: counters
 * @method: (nullable): an HTTP method; %NULL: any
 * @path: (nullable): a path, in which "*" stands for anything; %NULL: any
 *
 * Returns: how many requests there were
 */
guint64
billing_sandbox_requests_sum (BillingSandboxRequests *self,
                              const char             *method,
                              const char             *path)
{
  guint64 sum = 0;

  for (guint i = 0; i < self->endpoints->len; i++)
    {
      Endpoint *endpoint = &g_array_index (self->endpoints, Endpoint, i);

      if ((method == NULL || g_str_equal (method, endpoint->method)) &&
          (path == NULL || g_pattern_match_simple (path, endpoint->pattern)))
        sum += endpoint->n;
    }

  return sum;
}

void
billing_sandbox_requests_clear (BillingSandboxRequests *self)
{
  g_array_set_size (self->endpoints, 0);
}

/**
 * billing_sandbox_requests_list:
 * @self: counters
 *
 * Returns: (transfer full): the count of each endpoint, of all GETs, and of everything
 */
JsonObject *
billing_sandbox_requests_list (BillingSandboxRequests *self)
{
  JsonObject *list = json_object_new ();
  JsonArray *data = json_array_new ();

  for (guint i = 0; i < self->endpoints->len; i++)
    {
      Endpoint *endpoint = &g_array_index (self->endpoints, Endpoint, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "object", "sandbox.endpoint");
      json_object_set_string_member (object, "method", endpoint->method);
      json_object_set_string_member (object, "path", endpoint->pattern);
      json_object_set_int_member (object, "count", (gint64) endpoint->n);
      json_array_add_object_element (data, object);
    }

  json_object_set_string_member (list, "object", "sandbox.requests");
  json_object_set_array_member (list, "data", data);
  json_object_set_int_member (list, "reads",
                              (gint64) billing_sandbox_requests_sum (self, "GET", NULL));
  json_object_set_int_member (list, "total",
                              (gint64) billing_sandbox_requests_sum (self, NULL, NULL));
  return list;
}
