/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-upload.h"

#include "billing-sandbox-form.h"

static void
add_pair (GString    *form,
          const char *name,
          const char *member,
          const char *value)
{
  g_autofree char *safe = g_uri_escape_string (value != NULL ? value : "", NULL, FALSE);

  g_string_append_printf (form, "%s%s%s=%s", form->len > 0 ? "&" : "", name, member, safe);
}

/* The digest stands for the bytes where requests are compared. */
static void
add_file (GString            *form,
          const char         *name,
          const char         *filename,
          const char         *type,
          GBytes             *bytes,
          BillingSandboxCall *call)
{
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  add_pair (form, name, "[filename]", filename);
  add_pair (form, name, "[type]", type);
  add_pair (form, name, "[digest]", digest);
  g_clear_pointer (&call->upload, g_bytes_unref);
  call->upload = g_bytes_ref (bytes);
}

static void
add_part (GString            *form,
          SoupMessageHeaders *headers,
          GBytes             *bytes,
          BillingSandboxCall *call)
{
  g_autofree char *disposition = NULL;
  g_autofree char *value = NULL;
  GHashTable *words = NULL;
  const char *name;

  if (!soup_message_headers_get_content_disposition (headers, &disposition, &words))
    return;

  name = g_hash_table_lookup (words, "name");
  if (name != NULL && g_hash_table_contains (words, "filename"))
    add_file (form, name, g_hash_table_lookup (words, "filename"),
              soup_message_headers_get_content_type (headers, NULL), bytes, call);
  else if (name != NULL)
    {
      value = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      add_pair (form, name, "", value);
    }
  g_hash_table_unref (words);
}

/**
 * billing_sandbox_upload_read:
 * @message: a request
 * @call: where its parameters and its file go
 *
 * Of the part that is a file, the parameters have the name, the type and a digest.
 *
 * Returns: whether it is a form in parts; if not, @call is as it was
 */
gboolean
billing_sandbox_upload_read (SoupServerMessage  *message,
                             BillingSandboxCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (SoupMultipart) parts = NULL;
  g_autoptr (GString) form = g_string_new (NULL);

  if (g_strcmp0 (type, SOUP_FORM_MIME_TYPE_MULTIPART) != 0)
    return FALSE;

  body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  parts = soup_multipart_new_from_message (headers, body);
  for (int i = 0; parts != NULL && i < soup_multipart_get_length (parts); i++)
    {
      SoupMessageHeaders *part;
      GBytes *bytes;

      if (soup_multipart_get_part (parts, i, &part, &bytes))
        add_part (form, part, bytes, call);
    }

  call->params = billing_sandbox_form_decode (form->str);
  return TRUE;
}
