/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-request"

#include "config.h"

#include "billing-stripe-request.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-stripe-error.h"

#define PREFIX "/v1/"
#define MAX_KEY_LENGTH 255

struct _BillingStripeRequest
{
  const char *method;
  char *path;            /* (owned) */
  char *endpoint;        /* (owned) */
  GBytes *body;          /* (owned) (nullable) */
  char *idempotency_key; /* (owned) (nullable) */
  char *api_version;     /* (owned) (nullable): not this program's */
  char *content_type;    /* (owned) (nullable): not a form's: that of a file in parts */
};

/* Ids have digits or capital letters, the names of endpoints neither. Ids of a clinic's own making
 * may have none: then each of them is paced as an endpoint, and the limit of the account holds. */
static gboolean
is_id (const char *segment)
{
  return strpbrk (segment, G_CSET_DIGITS G_CSET_A_2_Z) != NULL;
}

static char *
make_endpoint (const char *method,
               const char *path)
{
  g_auto (GStrv) segments = g_strsplit (path + strlen (PREFIX), "/", -1);
  GString *endpoint = g_string_new (method);

  g_string_append (endpoint, " /v1");
  for (guint i = 0; segments[i] != NULL; i++)
    g_string_append_printf (endpoint, "/%s", is_id (segments[i]) ? "{id}" : segments[i]);
  return g_string_free (endpoint, FALSE);
}

/* "." and ".." would be resolved on the way, whatever they are encoded as. */
static gboolean
is_segment (const char *segment)
{
  g_autofree char *plain = g_uri_unescape_string (segment, "/");

  return plain != NULL && *plain != '\0' && !g_str_equal (plain, ".") &&
         !g_str_equal (plain, "..") &&
         strspn (segment, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._~%") == strlen (segment);
}

static gboolean
check_path (const char  *path,
            GError     **error)
{
  g_auto (GStrv) segments = NULL;
  gboolean is_good = g_str_has_prefix (path, PREFIX);

  if (is_good)
    segments = g_strsplit (path + strlen (PREFIX), "/", -1);
  for (guint i = 0; is_good && segments[i] != NULL; i++)
    is_good = is_segment (segments[i]);
  is_good = is_good && segments[0] != NULL;

  if (!is_good)
    g_set_error_literal (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_INVALID,
                         _("This is not the address of anything at Stripe: an id is empty or has "
                           "characters that ids do not have. Nothing was sent."));
  return is_good;
}

static gboolean
check_key (const char  *key,
           GError     **error)
{
  gsize length = strlen (key);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (key[i]))
      length = 0;
  if (length > 0 && length <= MAX_KEY_LENGTH)
    return TRUE;

  g_set_error_literal (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_INVALID,
                       _("The key that keeps a request from being done twice is empty, too long "
                         "or has characters that cannot be sent. Nothing was sent."));
  return FALSE;
}

static BillingStripeRequest *
new_request (const char  *method,
             const char  *path,
             GError     **error)
{
  BillingStripeRequest *self;

  g_return_val_if_fail (path != NULL, NULL);

  if (!check_path (path, error))
    return NULL;

  self = g_atomic_rc_box_new0 (BillingStripeRequest);
  self->method = method;
  self->path = g_strdup (path);
  self->endpoint = make_endpoint (method, path);
  return self;
}

static void
clear_request (gpointer data)
{
  BillingStripeRequest *self = data;

  g_free (self->path);
  g_free (self->endpoint);
  g_free (self->idempotency_key);
  g_free (self->api_version);
  g_free (self->content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
}

char *
billing_stripe_path_new (const char *first,
                         ...)
{
  GString *path = g_string_new ("/v1");
  va_list pieces;

  va_start (pieces, first);
  for (const char *piece = first; piece != NULL; piece = va_arg (pieces, const char *))
    {
      g_autofree char *encoded = g_uri_escape_string (piece, NULL, FALSE);

      g_string_append_printf (path, "/%s", encoded);
    }
  va_end (pieces);
  return g_string_free (path, FALSE);
}

BillingStripeRequest *
billing_stripe_request_new_get (const char         *path,
                                BillingStripeForm  *query,
                                GError            **error)
{
  BillingStripeRequest *self = new_request ("GET", path, error);
  g_autoptr (GBytes) text = NULL;
  g_autofree char *bare = NULL;

  if (self == NULL || query == NULL)
    return self;

  text = billing_stripe_form_to_bytes (query);
  if (g_bytes_get_size (text) == 0)
    return self;

  bare = g_steal_pointer (&self->path);
  self->path = g_strdup_printf ("%s?%.*s", bare, (int) g_bytes_get_size (text),
                                (const char *) g_bytes_get_data (text, NULL));
  return self;
}

BillingStripeRequest *
billing_stripe_request_new_post (const char  *path,
                                 GBytes      *body,
                                 const char  *idempotency_key,
                                 GError     **error)
{
  BillingStripeRequest *self;

  g_return_val_if_fail (body != NULL && idempotency_key != NULL, NULL);

  if (!check_key (idempotency_key, error))
    return NULL;

  self = new_request ("POST", path, error);
  if (self == NULL)
    return NULL;

  self->body = g_bytes_ref (body);
  self->idempotency_key = g_strdup (idempotency_key);
  return self;
}

BillingStripeRequest *
billing_stripe_request_new_stored (const char  *path,
                                   GBytes      *body,
                                   const char  *idempotency_key,
                                   const char  *api_version,
                                   GError     **error)
{
  BillingStripeRequest *self = billing_stripe_request_new_post (path, body, idempotency_key, error);

  if (self != NULL)
    self->api_version = g_strdup (api_version);
  return self;
}

/* The parts stand between lines that the file does not have, and that are the same each time. */
static GBytes *
make_parts (GBytes     *file,
            const char *boundary,
            const char *purpose,
            const char *filename,
            const char *content_type)
{
  GByteArray *parts = g_byte_array_new ();
  g_autofree char *head = g_strdup_printf ("--%s\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n%s\r\n"
                                           "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
                                           "Content-Type: %s\r\n\r\n",
                                           boundary, purpose, boundary, filename, content_type);
  g_autofree char *tail = g_strdup_printf ("\r\n--%s--\r\n", boundary);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (file, &size);

  g_byte_array_append (parts, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (parts, bytes, (guint) size);
  g_byte_array_append (parts, (const guint8 *) tail, (guint) strlen (tail));
  return g_byte_array_free_to_bytes (parts);
}

BillingStripeRequest *
billing_stripe_request_new_upload (GBytes      *file,
                                   const char  *purpose,
                                   const char  *filename,
                                   const char  *content_type,
                                   const char  *idempotency_key,
                                   const char  *api_version,
                                   GError     **error)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, idempotency_key, -1);
  g_autofree char *boundary = g_strdup_printf ("billing-%.40s", digest);
  g_autoptr (GBytes) parts = NULL;
  BillingStripeRequest *self;

  g_return_val_if_fail (strpbrk (filename, "\"\\\r\n") == NULL && strpbrk (content_type, "\r\n") == NULL, NULL);

  parts = make_parts (file, boundary, purpose, filename, content_type);
  self = billing_stripe_request_new_stored ("/v1/files", parts, idempotency_key, api_version, error);
  if (self != NULL)
    self->content_type = g_strconcat ("multipart/form-data; boundary=", boundary, NULL);
  return self;
}

BillingStripeRequest *
billing_stripe_request_new_delete (const char  *path,
                                   GError     **error)
{
  return new_request ("DELETE", path, error);
}

BillingStripeRequest *
billing_stripe_request_ref (BillingStripeRequest *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
billing_stripe_request_unref (BillingStripeRequest *self)
{
  g_atomic_rc_box_release_full (self, clear_request);
}

const char *
billing_stripe_request_get_method (BillingStripeRequest *self)
{
  return self->method;
}

const char *
billing_stripe_request_get_path (BillingStripeRequest *self)
{
  return self->path;
}

const char *
billing_stripe_request_get_endpoint (BillingStripeRequest *self)
{
  return self->endpoint;
}

GBytes *
billing_stripe_request_get_body (BillingStripeRequest *self)
{
  return self->body;
}

const char *
billing_stripe_request_get_content_type (BillingStripeRequest *self)
{
  return self->content_type != NULL ? self->content_type : "application/x-www-form-urlencoded";
}

gboolean
billing_stripe_request_is_upload (BillingStripeRequest *self)
{
  return self->content_type != NULL;
}

const char *
billing_stripe_request_get_idempotency_key (BillingStripeRequest *self)
{
  return self->idempotency_key;
}

const char *
billing_stripe_request_get_api_version (BillingStripeRequest *self)
{
  return self->api_version;
}
