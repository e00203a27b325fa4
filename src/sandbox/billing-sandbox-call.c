/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-call.h"

#include <string.h>

#include "billing-money.h"
#include "billing-sandbox-json.h"

#define MAX_METADATA_KEYS 50
#define MAX_METADATA_KEY 40
#define MAX_METADATA_VALUE 500

/* Of every page; without images, fonts or scripts from anywhere. */
#define STYLE                                                                                      \
  ":root{color-scheme:light dark}"                                                                 \
  "body{margin:0;font:1rem/1.5 system-ui,sans-serif;background:Canvas;color:CanvasText}"           \
  "main{max-width:30rem;margin:3rem auto;padding:2rem;border:1px solid GrayText;"                  \
  "border-radius:.75rem}"                                                                          \
  "h1{margin-top:0;font-size:1.5rem}"                                                              \
  "table{width:100%%;border-collapse:collapse;margin:1rem 0}"                                      \
  "caption{text-align:start}"                                                                      \
  "th{text-align:start;font-weight:normal;padding:.4rem 0}"                                        \
  "td{text-align:end;padding:.4rem 0;font-variant-numeric:tabular-nums}"                           \
  "tfoot th,tfoot td{border-top:1px solid GrayText;font-weight:bold}"                              \
  "dt{font-size:.9rem}dd{margin:0 0 .75rem;font-weight:bold;overflow-wrap:anywhere}"               \
  "label{display:block}"                                                                           \
  "input,select,button{font:inherit;padding:.5rem .75rem;border:1px solid GrayText;"               \
  "border-radius:.4rem;box-sizing:border-box}"                                                     \
  "input,select{width:100%%}"                                                                      \
  "button{background:#1a5fb4;border-color:#1a5fb4;color:#fff;font-weight:bold}"                    \
  "button.quiet{background:Canvas;color:CanvasText;border-color:GrayText}"                         \
  "a{color:LinkText}:focus-visible{outline:3px solid #62a0ea;outline-offset:2px}"                  \
  ".problem{border-inline-start:.3rem solid #c01c28;padding-inline-start:.75rem}"

void
billing_sandbox_call_clear (BillingSandboxCall *call)
{
  g_clear_pointer (&call->id, g_free);
  g_clear_pointer (&call->params, json_object_unref);
  g_clear_pointer (&call->request_id, g_free);
  g_clear_pointer (&call->idempotency_key, g_free);
  g_clear_pointer (&call->error, json_object_unref);
  g_clear_pointer (&call->text, g_free);
  g_clear_pointer (&call->upload, g_bytes_unref);
  g_clear_pointer (&call->content, g_bytes_unref);
  g_clear_pointer (&call->content_type, g_free);
  g_clear_pointer (&call->location, g_free);
}

/**
 * billing_sandbox_call_answer:
 * @call: a request
 * @type: a content type
 * @content: (transfer full): what is sent in place of JSON
 *
 * Returns: (transfer full): an object, for handlers to return
 */
JsonObject *
billing_sandbox_call_answer (BillingSandboxCall *call,
                             const char         *type,
                             GBytes             *content)
{
  g_clear_pointer (&call->content, g_bytes_unref);
  g_free (call->content_type);
  call->content = content;
  call->content_type = g_strdup (type);
  return json_object_new ();
}

/**
 * billing_sandbox_call_answer_page:
 * @call: a request of a browser
 * @title: its title
 * @body: what stands in its body, as HTML
 *
 * Returns: (transfer full): an object, for handlers to return
 */
JsonObject *
billing_sandbox_call_answer_page (BillingSandboxCall *call,
                                  const char         *title,
                                  const char         *body)
{
  g_autofree char *safe = g_markup_escape_text (title, -1);
  char *html = g_strdup_printf ("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                                "<meta name=\"viewport\" content=\"width=device-width, "
                                "initial-scale=1\">"
                                "<title>%s</title><style>" STYLE "</style></head>\n"
                                "<body><main><h1>%s</h1>\n%s\n</main></body></html>\n",
                                safe, safe, body);

  return billing_sandbox_call_answer (call, "text/html; charset=utf-8",
                                      g_bytes_new_take (html, strlen (html)));
}

/**
 * billing_sandbox_error_new:
 * @type: Stripe's kind of error
 * @code: (nullable): its short name
 * @param: (nullable): the parameter at fault
 * @message: the sentence
 *
 * Returns: (transfer full): what stands under "error"
 */
JsonObject *
billing_sandbox_error_new (const char *type,
                           const char *code,
                           const char *param,
                           const char *message)
{
  JsonObject *error = json_object_new ();

  if (code != NULL)
    {
      g_autofree char *page = g_strdelimit (g_strdup (code), "_", '-');
      g_autofree char *url = g_strconcat ("https://stripe.com/docs/error-codes/", page, NULL);

      json_object_set_string_member (error, "code", code);
      json_object_set_string_member (error, "doc_url", url);
    }
  json_object_set_string_member (error, "message", message);
  if (param != NULL)
    json_object_set_string_member (error, "param", param);
  json_object_set_string_member (error, "type", type);

  return error;
}

/**
 * billing_sandbox_fail_with:
 * @call: a request
 * @status: the HTTP status
 * @error: (transfer full): what stands under "error"
 *
 * Returns: %NULL, for handlers to return
 */
gpointer
billing_sandbox_fail_with (BillingSandboxCall *call,
                           guint               status,
                           JsonObject         *error)
{
  g_clear_pointer (&call->error, json_object_unref);
  call->status = status;
  call->error = error;
  return NULL;
}

/**
 * billing_sandbox_fail:
 * @call: a request
 * @status: the HTTP status
 * @code: (nullable): Stripe's short name
 * @param: (nullable): the parameter at fault
 * @format: the sentence
 *
 * Answers @call with an invalid_request_error.
 *
 * Returns: %NULL, for handlers to return
 */
gpointer
billing_sandbox_fail (BillingSandboxCall *call,
                      guint               status,
                      const char         *code,
                      const char         *param,
                      const char         *format,
                      ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  return billing_sandbox_fail_with (
    call, status, billing_sandbox_error_new ("invalid_request_error", code, param, message));
}

static JsonNode *
check_integer (BillingSandboxCall *call,
               const char         *param,
               const char         *text)
{
  gint64 value;

  if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL))
    return json_node_init_int (json_node_alloc (), value);

  return billing_sandbox_fail (call, 400, "parameter_invalid_integer", param, "Invalid integer: %s",
                               text);
}

static JsonNode *
check_boolean (BillingSandboxCall *call,
               const char         *param,
               const char         *text)
{
  if (g_str_equal (text, "true") || g_str_equal (text, "false"))
    return json_node_init_boolean (json_node_alloc (), g_str_equal (text, "true"));

  return billing_sandbox_fail (call, 400, NULL, param, "Invalid boolean: %s", text);
}

static char *
list_choices (const char *choices)
{
  g_auto (GStrv) words = g_strsplit (choices, ",", -1);
  guint n = g_strv_length (words);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : i < n - 1 ? ", " : n > 2 ? ", or " : " or ",
                            words[i]);

  return g_string_free (text, FALSE);
}

static gboolean
is_choice (const char *choices,
           const char *text)
{
  g_auto (GStrv) words = g_strsplit (choices, ",", -1);

  return g_strv_contains ((const char *const *) words, text);
}

static JsonNode *
check_choice (BillingSandboxCall *call,
              const char         *param,
              const char         *text,
              const char         *choices)
{
  g_autofree char *list = NULL;

  if (*text == '\0')
    return json_node_new (JSON_NODE_NULL);
  if (is_choice (choices, text))
    return json_node_init_string (json_node_alloc (), text);

  list = list_choices (choices);
  return billing_sandbox_fail (call, 400, NULL, param, "Invalid %s: must be one of %s", param,
                               list);
}

static gboolean
check_metadata (BillingSandboxCall *call,
                JsonObject         *map)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, map);
  while (json_object_iter_next (&iter, &name, &node))
    {
      const char *value = billing_sandbox_json_string (map, name);
      g_autofree char *param = g_strdup_printf ("metadata[%s]", name);

      if (value == NULL)
        return billing_sandbox_fail (call, 400, NULL, param, "Invalid string: metadata is flat"),
               FALSE;
      if (g_utf8_strlen (name, -1) > MAX_METADATA_KEY)
        return billing_sandbox_fail (call, 400, NULL, param,
                                     "Metadata keys can have up to %d characters.",
                                     MAX_METADATA_KEY),
               FALSE;
      if (g_utf8_strlen (value, -1) > MAX_METADATA_VALUE)
        return billing_sandbox_fail (call, 400, NULL, param,
                                     "Metadata values can have up to %d characters, but you passed "
                                     "in a value that is %ld characters.",
                                     MAX_METADATA_VALUE, g_utf8_strlen (value, -1)),
               FALSE;
    }

  return TRUE;
}

static gboolean
check_members (BillingSandboxCall *call,
               const char         *param,
               JsonObject         *object,
               const char         *choices)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *full = NULL;

      if (choices == NULL || is_choice (choices, l->data))
        continue;
      full = g_strdup_printf ("%s[%s]", param, (const char *) l->data);
      return billing_sandbox_fail (call, 400, "parameter_unknown", full,
                                   "Received unknown parameter: %s", full),
             FALSE;
    }

  return TRUE;
}

static JsonNode *
check_range (BillingSandboxCall *call,
             const char         *param,
             JsonObject         *object)
{
  g_autoptr (GList) names = json_object_get_members (object);
  g_autoptr (JsonObject) range = json_object_new ();

  if (!check_members (call, param, object, "gt,gte,lt,lte"))
    return NULL;

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *text = billing_sandbox_json_string (object, l->data);
      g_autofree char *full = g_strdup_printf ("%s[%s]", param, (const char *) l->data);
      JsonNode *bound = check_integer (call, full, text != NULL ? text : "");

      if (bound == NULL)
        return NULL;
      json_object_set_member (range, l->data, bound);
    }

  return json_node_init_object (json_node_alloc (), range);
}

static JsonNode *
check_array (BillingSandboxCall *call,
             const char         *param,
             JsonObject         *object)
{
  g_autoptr (GList) values = json_object_get_values (object);
  g_autoptr (JsonArray) array = json_array_new ();

  for (GList *l = values; l != NULL; l = l->next)
    {
      if (!JSON_NODE_HOLDS_VALUE ((JsonNode *) l->data))
        return billing_sandbox_fail (call, 400, NULL, param, "Invalid string: %s", param);
      json_array_add_element (array, json_node_copy (l->data));
    }

  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
check_object (BillingSandboxCall *call,
              const char         *param,
              char                type,
              const char         *choices,
              JsonObject         *object)
{
  switch (type)
    {
    case 'm':
      return check_metadata (call, object) ? json_node_init_object (json_node_alloc (), object)
                                           : NULL;
    case 'h':
      return check_members (call, param, object, choices)
               ? json_node_init_object (json_node_alloc (), object)
               : NULL;
    case 'r':
      return check_range (call, param, object);
    case 'a':
      return check_array (call, param, object);
    default:
      return billing_sandbox_fail (call, 400, NULL, param, "Invalid string: %s is no object",
                                   param);
    }
}

static JsonNode *
check_text (BillingSandboxCall *call,
            const char         *param,
            char                type,
            gboolean            required,
            const char         *choices,
            const char         *text)
{
  if (*text == '\0' && (required || type == 'i' || type == 'b'))
    return billing_sandbox_fail (
      call, 400, "parameter_invalid_empty", param,
      "You passed an empty string for '%s'. We assume empty values are an attempt to unset a "
      "parameter; however '%s' cannot be unset. You should remove '%s' from your request or supply "
      "a "
      "non-empty value.",
      param, param, param);

  switch (type)
    {
    case 'i':
    case 'r':
      return check_integer (call, param, text);
    case 'b':
      return check_boolean (call, param, text);
    case 'e':
      return check_choice (call, param, text, choices);
    case 's':
      return *text != '\0' ? json_node_init_string (json_node_alloc (), text)
                           : json_node_new (JSON_NODE_NULL);
    default:
      if (*text == '\0')
        return json_node_new (JSON_NODE_NULL);
      return billing_sandbox_fail (call, 400, NULL, param,
                                   type == 'a' ? "Invalid array: %s is no list"
                                               : "Invalid object: %s is no object", param);
    }
}

/* @word: "name:type[!][=choice,choice]" */
static gboolean
check_param (BillingSandboxCall *call,
             const char         *word,
             JsonObject         *given,
             JsonObject         *checked)
{
  const char *colon = strchr (word, ':');
  g_autofree char *name = g_strndup (word, colon - word);
  const char *equals = strchr (colon, '=');
  gboolean required = colon[2] == '!';
  JsonNode *value = json_object_get_member (given, name);
  JsonNode *result;

  if (value == NULL && required)
    return billing_sandbox_fail (call, 400, "parameter_missing", name,
                                 "Missing required param: %s.", name),
           FALSE;
  if (value == NULL)
    return TRUE;

  if (JSON_NODE_HOLDS_OBJECT (value))
    result = check_object (call, name, colon[1], equals != NULL ? equals + 1 : NULL,
                           json_node_get_object (value));
  else
    result = check_text (call, name, colon[1], required, equals != NULL ? equals + 1 : NULL,
                         json_node_get_string (value));
  if (result == NULL)
    return FALSE;

  json_object_set_member (checked, name, result);
  json_object_remove_member (given, name);
  return TRUE;
}

/**
 * billing_sandbox_call_check:
 * @call: a request whose parameters are texts
 * @description: the parameters it may have, separated by spaces, each "name:type[!][=choices]": i
 * an
 *   integer, s a text (empty: unset), b a boolean, e one of the choices, m metadata, r an integer
 * or a
 *   range, a a list of texts, h an object of the members in choices; ! must be there
 *
 * Gives the parameters their types, or answers with the error that Stripe has for the first that is
 * wrong.
 *
 * Returns: whether they are right
 */
gboolean
billing_sandbox_call_check (BillingSandboxCall *call,
                            const char         *description)
{
  g_auto (GStrv) words = g_strsplit (description, " ", -1);
  g_autoptr (JsonObject) checked = json_object_new ();
  g_autoptr (JsonObject) given = billing_sandbox_json_copy (call->params);
  g_autoptr (GList) unknown = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0' && !check_param (call, words[i], given, checked))
        return FALSE;
    }

  unknown = json_object_get_members (given);
  if (unknown != NULL)
    return billing_sandbox_fail (call, 400, "parameter_unknown", unknown->data,
                                 "Received unknown parameter: %s", (const char *) unknown->data),
           FALSE;

  g_clear_pointer (&call->params, json_object_unref);
  call->params = g_steal_pointer (&checked);
  return TRUE;
}

/**
 * billing_sandbox_call_check_currency:
 * @call: a request
 *
 * Writes the parameter currency in small letters, or answers that there is no such currency.
 *
 * Returns: whether it is one, or was not given
 */
gboolean
billing_sandbox_call_check_currency (BillingSandboxCall *call)
{
  const char *currency = billing_sandbox_call_string (call, "currency");
  g_autofree char *lower = NULL;
  g_autofree char *upper = NULL;

  if (currency == NULL)
    return TRUE;

  lower = g_ascii_strdown (currency, -1);
  upper = g_ascii_strup (currency, -1);
  if (!billing_currency_is_known (upper))
    return billing_sandbox_fail (call, 400, NULL, "currency", "Invalid currency: %s.", currency),
           FALSE;

  json_object_set_string_member (call->params, "currency", lower);
  return TRUE;
}

gboolean
billing_sandbox_call_has (BillingSandboxCall *call,
                          const char         *name)
{
  return json_object_has_member (call->params, name);
}

const char *
billing_sandbox_call_string (BillingSandboxCall *call,
                             const char         *name)
{
  return billing_sandbox_json_string (call->params, name);
}

/* An empty value takes a key away; an empty map takes all. */
static gboolean
apply_metadata (BillingSandboxCall *call,
                JsonObject         *object)
{
  JsonObject *changes = billing_sandbox_json_child (call->params, "metadata");
  JsonObject *metadata = json_object_get_object_member (object, "metadata");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (changes == NULL)
    {
      if (billing_sandbox_call_has (call, "metadata"))
        json_object_set_object_member (object, "metadata", json_object_new ());
      return TRUE;
    }

  json_object_iter_init (&iter, changes);
  while (json_object_iter_next (&iter, &name, &node))
    {
      if (*json_node_get_string (node) == '\0')
        json_object_remove_member (metadata, name);
      else
        json_object_set_member (metadata, name, json_node_copy (node));
    }

  return json_object_get_size (metadata) <= MAX_METADATA_KEYS;
}

/**
 * billing_sandbox_call_apply:
 * @call: a request whose parameters were checked
 * @object: what is changed
 * @names: parameters that are members of @object by the same name, separated by spaces
 *
 * Sets those that were given.  Metadata is merged; an object (such as an address) replaces the old
 * one and
 * has every member that Stripe answers with.
 */
void
billing_sandbox_call_apply (BillingSandboxCall *call,
                            JsonObject         *object,
                            const char         *names)
{
  g_auto (GStrv) words = g_strsplit (names, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (!g_str_equal (words[i], "metadata"))
        billing_sandbox_json_assign (object, call->params, words[i]);
      else if (!apply_metadata (call, object))
        billing_sandbox_fail (call, 400, NULL, "metadata",
                              "You can have up to %d metadata keys per object.", MAX_METADATA_KEYS);
    }
}
