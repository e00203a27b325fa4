/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox.h"

#include <string.h>

#include "billing-sandbox-json.h"

#define MAX_SIZE (5 * 1024 * 1024)

/* What Stripe calls the types of files that it takes. */
static const struct
{
  const char *type;
  const char *content_type;
  const char *magic;
} types[] = {
  { "pdf", "application/pdf", "%PDF-" },
  { "png", "image/png", "\x89PNG" },
  { "jpg", "image/jpeg", "\xff\xd8\xff" },
  { "csv", "text/csv", NULL },
};

/* By what the file begins with, since names and headers can say anything. */
static int
find_type (GBytes     *bytes,
           const char *content_type)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      const char *magic = types[i].magic;

      if (magic != NULL && size >= strlen (magic) && memcmp (data, magic, strlen (magic)) == 0)
        return (int) i;
      if (magic == NULL && g_strcmp0 (types[i].content_type, content_type) == 0)
        return (int) i;
    }

  return -1;
}

static gboolean
check_file (BillingSandboxCall *call,
            int                 type)
{
  gboolean evidence =
    g_str_equal (billing_sandbox_call_string (call, "purpose"), "dispute_evidence");

  if (g_bytes_get_size (call->upload) > MAX_SIZE)
    billing_sandbox_fail (call, 400, NULL, "file",
                          "File for key file exceeds the maximum size of 5 MB.");
  else if (evidence && (type < 0 || types[type].magic == NULL))
    billing_sandbox_fail (call, 400, NULL, "file",
                          "Invalid file type. Only the following file types are allowed for "
                          "dispute_evidence: pdf, jpg, png.");

  return call->error == NULL;
}

static void
keep_contents (BillingSandbox     *self,
               BillingSandboxCall *call,
               JsonObject         *file,
               const char         *content_type)
{
  g_autoptr (JsonObject) content = billing_sandbox_add (self, BILLING_SANDBOX_FILE_CONTENT);
  gsize size;
  const guchar *data = g_bytes_get_data (call->upload, &size);
  g_autofree char *base64 = g_base64_encode (data, size);

  json_object_set_string_member (content, "content_type", content_type);
  json_object_set_string_member (content, "base64", base64);
  billing_sandbox_store_put (billing_sandbox_get_store (self), content);
  json_object_set_string_member (file, "_content", json_object_get_string_member (content, "id"));
}

static void
describe (BillingSandbox     *self,
          BillingSandboxCall *call,
          JsonObject         *file,
          int                 type)
{
  JsonObject *given = billing_sandbox_json_child (call->params, "file");
  const char *id = json_object_get_string_member (file, "id");
  g_autofree char *url = g_strdup_printf ("%s/v1/files/%s/contents",
                                          billing_sandbox_get_url (self), id);
  g_autofree char *links = g_strconcat ("/v1/file_links?file=", id, NULL);

  billing_sandbox_call_apply (call, file, "purpose");
  json_object_set_string_member (file, "filename", billing_sandbox_json_string (given, "filename"));
  json_object_set_int_member (file, "size", (gint64) g_bytes_get_size (call->upload));
  json_object_set_string_member (file, "type", type >= 0 ? types[type].type : NULL);
  json_object_set_string_member (file, "url", url);
  json_object_set_string_member (json_object_get_object_member (file, "links"), "url", links);
}

JsonObject *
billing_sandbox_file_create (BillingSandbox     *self,
                             BillingSandboxCall *call)
{
  g_autoptr (JsonObject) file = NULL;
  const char *content_type;
  int type;

  if (call->upload == NULL)
    return billing_sandbox_fail (call, 400, NULL, "file",
                                 "Invalid file: a file must be uploaded as multipart/form-data.");

  content_type =
    billing_sandbox_json_string (billing_sandbox_json_child (call->params, "file"), "type");
  type = find_type (call->upload, content_type);
  if (!check_file (call, type))
    return NULL;

  file = billing_sandbox_add (self, BILLING_SANDBOX_FILE);
  describe (self, call, file, type);
  keep_contents (self, call, file,
                 type >= 0 ? types[type].content_type : "application/octet-stream");
  billing_sandbox_store_put (billing_sandbox_get_store (self), file);
  billing_sandbox_tell (self, "file.created", file);
  return g_steal_pointer (&file);
}

JsonObject *
billing_sandbox_file_contents (BillingSandbox     *self,
                               BillingSandboxCall *call)
{
  g_autoptr (JsonObject) file = billing_sandbox_find (self, call, BILLING_SANDBOX_FILE);
  g_autoptr (JsonObject) content = NULL;
  guchar *data;
  gsize size;

  if (file == NULL)
    return NULL;

  content = billing_sandbox_store_get (billing_sandbox_get_store (self),
                                       json_object_get_string_member (file, "_content"));
  data = g_base64_decode (json_object_get_string_member (content, "base64"), &size);
  return billing_sandbox_call_answer (call, json_object_get_string_member (content, "content_type"),
                                      g_bytes_new_take (data, size));
}
