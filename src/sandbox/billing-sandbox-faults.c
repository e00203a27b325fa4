/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-faults.h"

#include <string.h>

#include "billing-sandbox-call.h"
#include "billing-sandbox-json.h"

struct _BillingSandboxFaults
{
  GPtrArray *rules; /* (owned): of Rule */
};

typedef struct
{
  BillingSandboxFault fault; /* whose strings are owned */
  guint seen;
  guint struck;
} Rule;

static const char *const names[] = {
  "none", "latency", "status", "lost",      "refused", "torn",
  "cut",  "hang",    "notice", "repeat",    "duplicate", "shuffle", "late",
};

static void
copy_fault (BillingSandboxFault       *copy,
            const BillingSandboxFault *fault)
{
  *copy = *fault;
  copy->method = g_strdup (fault->method);
  copy->path = g_strdup (fault->path);
  copy->code = g_strdup (fault->code);
  copy->reason = g_strdup (fault->reason);
  copy->should_retry = g_strdup (fault->should_retry);
}

/**
 * billing_sandbox_fault_clear:
 * @fault: a fault whose strings are owned, such as one that was taken
 */
void
billing_sandbox_fault_clear (BillingSandboxFault *fault)
{
  g_free ((char *) fault->method);
  g_free ((char *) fault->path);
  g_free ((char *) fault->code);
  g_free ((char *) fault->reason);
  g_free ((char *) fault->should_retry);
  memset (fault, 0, sizeof *fault);
}

BillingSandboxFaultKind
billing_sandbox_fault_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (names[i], name))
        return i;
    }

  return BILLING_SANDBOX_FAULT_NONE;
}

/**
 * billing_sandbox_fault_parse:
 * @fault: (out caller-allocates): what @text says
 * @text: the header Sandbox-Fault: "kind", or "kind number", where the number is the HTTP status of
 *   a status fault and the milliseconds of any other
 *
 * Returns: whether @text is a fault
 */
gboolean
billing_sandbox_fault_parse (BillingSandboxFault *fault,
                             const char          *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 2);
  guint64 number = 0;

  memset (fault, 0, sizeof *fault);
  if (words[0] == NULL)
    return FALSE;

  fault->kind = billing_sandbox_fault_kind (words[0]);
  if (words[1] != NULL &&
      !g_ascii_string_to_unsigned (words[1], 10, 0, G_MAXINT, &number, NULL))
    return FALSE;

  if (fault->kind == BILLING_SANDBOX_FAULT_STATUS)
    fault->status = (guint) number;
  else
    fault->ms = (guint) number;

  return fault->kind != BILLING_SANDBOX_FAULT_NONE &&
         (fault->kind != BILLING_SANDBOX_FAULT_STATUS ||
          (fault->status >= 400 && fault->status <= 599));
}

/**
 * billing_sandbox_fault_is_done:
 * @fault: a fault
 *
 * Returns: whether what is asked for is done all the same
 */
gboolean
billing_sandbox_fault_is_done (const BillingSandboxFault *fault)
{
  return fault->kind != BILLING_SANDBOX_FAULT_REFUSED &&
         (fault->kind != BILLING_SANDBOX_FAULT_STATUS || fault->done);
}

/* What Stripe says with each status. */
static const struct
{
  guint status;
  const char *type;
  const char *code;
  const char *message;
} errors[] = {
  { 401, "invalid_request_error", "api_key_expired", "Expired API Key provided: sk_test_********" },
  { 402, "card_error", "card_declined", "Your card was declined." },
  { 403, "invalid_request_error", NULL,
    "The provided key does not have the required permissions for this endpoint." },
  { 404, "invalid_request_error", "resource_missing", "No such object." },
  { 409, "invalid_request_error", "idempotency_key_in_use",
    "There is currently another in-progress request using this Idempotent Key." },
  { 429, "invalid_request_error", "rate_limit",
    "Request rate limit exceeded. Learn more at https://stripe.com/docs/rate-limits." },
};

/**
 * billing_sandbox_fault_error:
 * @fault: a status fault
 *
 * Returns: (transfer full): what stands under "error"
 */
JsonObject *
billing_sandbox_fault_error (const BillingSandboxFault *fault)
{
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      if (errors[i].status == fault->status)
        return billing_sandbox_error_new (errors[i].type,
                                          fault->code != NULL ? fault->code : errors[i].code, NULL,
                                          errors[i].message);
    }

  return billing_sandbox_error_new (fault->status >= 500 ? "api_error" : "invalid_request_error",
                                    fault->code, NULL,
                                    "An unknown error occurred. The sandbox was asked for it.");
}

static JsonArray *
distort_data (BillingSandboxFaultKind  kind,
              JsonArray               *data)
{
  JsonArray *result = json_array_new ();
  guint n = json_array_get_length (data);

  if (kind == BILLING_SANDBOX_FAULT_DUPLICATE && n > 0)
    json_array_add_element (result, json_array_dup_element (data, 0));

  for (guint i = 0; i < n; i++)
    {
      guint from = i;

      /* Steps of seven come by everything, unless there are seven times so many. */
      if (kind == BILLING_SANDBOX_FAULT_SHUFFLE)
        from = n % 7 != 0 ? (i * 7 + 3) % n : n - 1 - i;
      if (kind != BILLING_SANDBOX_FAULT_LATE || i != 1)
        json_array_add_element (result, json_array_dup_element (data, from));
    }

  return result;
}

/**
 * billing_sandbox_fault_distort:
 * @fault: a fault
 * @body: (transfer full): an answer
 * @earlier: (nullable): the page that was answered before on the same path
 *
 * Returns: (transfer full): what a fault of lists makes of the page that @body is; @body itself
 *   where it is no page or the fault is another
 */
char *
billing_sandbox_fault_distort (const BillingSandboxFault *fault,
                               char                      *body,
                               const char                *earlier)
{
  g_autofree char *whole = body;
  g_autoptr (JsonObject) page = NULL;

  if (fault->kind < BILLING_SANDBOX_FAULT_REPEAT)
    return g_steal_pointer (&whole);
  if (fault->kind == BILLING_SANDBOX_FAULT_REPEAT)
    return earlier != NULL ? g_strdup (earlier) : g_steal_pointer (&whole);

  page = billing_sandbox_json_parse (body);
  if (g_strcmp0 (billing_sandbox_json_string (page, "object"), "list") != 0)
    return g_steal_pointer (&whole);

  json_object_set_array_member (
    page, "data", distort_data (fault->kind, json_object_get_array_member (page, "data")));
  return billing_sandbox_json_text (page);
}

static void
rule_free (gpointer data)
{
  Rule *rule = data;

  billing_sandbox_fault_clear (&rule->fault);
  g_free (rule);
}

BillingSandboxFaults *
billing_sandbox_faults_new (void)
{
  BillingSandboxFaults *self = g_new0 (BillingSandboxFaults, 1);

  self->rules = g_ptr_array_new_with_free_func (rule_free);
  return self;
}

void
billing_sandbox_faults_free (BillingSandboxFaults *self)
{
  g_ptr_array_unref (self->rules);
  g_free (self);
}

/**
 * billing_sandbox_faults_add:
 * @self: faults
 * @fault: one more; its strings are copied
 */
void
billing_sandbox_faults_add (BillingSandboxFaults      *self,
                            const BillingSandboxFault *fault)
{
  Rule *rule = g_new0 (Rule, 1);

  copy_fault (&rule->fault, fault);
  rule->fault.times = MAX (rule->fault.times, 1);
  g_ptr_array_add (self->rules, rule);
}

void
billing_sandbox_faults_clear (BillingSandboxFaults *self)
{
  g_ptr_array_set_size (self->rules, 0);
}

static gboolean
matches (const BillingSandboxFault *fault,
         const char                *method,
         const char                *path)
{
  /* Deliveries are struck only by faults that are meant for them. */
  if (fault->method == NULL && g_str_equal (method, BILLING_SANDBOX_DELIVERY))
    return FALSE;

  return (fault->method == NULL || g_str_equal (fault->method, method)) &&
         (fault->path == NULL || g_pattern_match_simple (fault->path, path));
}

/**
 * billing_sandbox_faults_take:
 * @self: faults
 * @method: the HTTP method of a request
 * @path: its path
 * @fault: (out caller-allocates): what strikes it; to be cleared
 *
 * Counts the request for each fault that it matches; the first whose turn it is strikes.
 *
 * Returns: whether one does
 */
gboolean
billing_sandbox_faults_take (BillingSandboxFaults *self,
                             const char           *method,
                             const char           *path,
                             BillingSandboxFault  *fault)
{
  gboolean taken = FALSE;

  memset (fault, 0, sizeof *fault);
  for (guint i = 0; i < self->rules->len; i++)
    {
      Rule *rule = g_ptr_array_index (self->rules, i);

      if (!matches (&rule->fault, method, path))
        continue;

      rule->seen++;
      if (taken || rule->seen <= rule->fault.after || rule->struck >= rule->fault.times)
        continue;

      rule->struck++;
      copy_fault (fault, &rule->fault);
      taken = TRUE;
    }

  return taken;
}

static JsonObject *
write_rule (Rule *rule)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "object", "sandbox.fault");
  json_object_set_string_member (object, "kind", names[rule->fault.kind]);
  json_object_set_string_member (object, "method", rule->fault.method);
  json_object_set_string_member (object, "path", rule->fault.path);
  json_object_set_int_member (object, "times", rule->fault.times);
  json_object_set_int_member (object, "after", rule->fault.after);
  json_object_set_int_member (object, "ms", rule->fault.ms);
  json_object_set_int_member (object, "status", rule->fault.status);
  json_object_set_string_member (object, "code", rule->fault.code);
  json_object_set_string_member (object, "reason", rule->fault.reason);
  json_object_set_string_member (object, "should_retry", rule->fault.should_retry);
  json_object_set_boolean_member (object, "done", rule->fault.done);
  json_object_set_int_member (object, "seen", rule->seen);
  json_object_set_int_member (object, "struck", rule->struck);
  return object;
}

/**
 * billing_sandbox_faults_list:
 * @self: faults
 *
 * Returns: (transfer full): all of them, with how many requests each has seen and struck
 */
JsonObject *
billing_sandbox_faults_list (BillingSandboxFaults *self)
{
  JsonObject *list = json_object_new ();
  JsonArray *data = json_array_new ();

  for (guint i = 0; i < self->rules->len; i++)
    json_array_add_object_element (data, write_rule (g_ptr_array_index (self->rules, i)));

  json_object_set_string_member (list, "object", "list");
  json_object_set_array_member (list, "data", data);
  json_object_set_boolean_member (list, "has_more", FALSE);
  json_object_set_string_member (list, "url", "/sandbox/faults");
  return list;
}
