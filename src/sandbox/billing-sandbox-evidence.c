/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-claims.h"

#include "billing-sandbox-json.h"

#define MAX_TEXT 20000
#define MAX_ALL_TEXTS 150000

static gboolean
check_text (BillingSandboxCall *call,
            const char         *name,
            const char         *text)
{
  g_autofree char *param = g_strdup_printf ("evidence[%s]", name);

  if (g_utf8_strlen (text, -1) <= MAX_TEXT)
    return TRUE;

  billing_sandbox_fail (call, 400, "parameter_invalid_string_length", param,
                        "Invalid string: %s can have up to %d characters.", param, MAX_TEXT);
  return FALSE;
}

static gboolean
check_file (BillingSandbox     *self,
            BillingSandboxCall *call,
            const char         *name,
            const char         *id)
{
  g_autofree char *param = g_strdup_printf ("evidence[%s]", name);
  g_autoptr (JsonObject) file = billing_sandbox_store_get (billing_sandbox_get_store (self), id);

  if (file == NULL || billing_sandbox_kind_of (file) != BILLING_SANDBOX_FILE)
    billing_sandbox_fail (call, 400, "resource_missing", param, "No such file upload: '%s'", id);
  else if (!g_str_equal (json_object_get_string_member (file, "purpose"), "dispute_evidence"))
    billing_sandbox_fail (call, 400, NULL, param,
                          "The file %s has the purpose %s; evidence needs dispute_evidence.", id,
                          json_object_get_string_member (file, "purpose"));

  return call->error == NULL;
}

/* Sets a text or a file that was given; an empty one is taken back. */
static gboolean
apply_one (BillingSandbox     *self,
           BillingSandboxCall *call,
           JsonObject         *evidence,
           const char         *name,
           gboolean            is_file)
{
  JsonObject *given = billing_sandbox_json_child (call->params, "evidence");
  const char *value = billing_sandbox_json_string (given, name);

  if (!json_object_has_member (given, name))
    return TRUE;
  if (value == NULL)
    return billing_sandbox_fail (call, 400, NULL, name, "Invalid string: %s is no text", name),
           FALSE;
  if (*value == '\0')
    json_object_set_null_member (evidence, name);
  else if (is_file ? !check_file (self, call, name, value) : !check_text (call, name, value))
    return FALSE;
  else
    json_object_set_string_member (evidence, name, value);

  return TRUE;
}

static gboolean
check_length (BillingSandboxCall *call,
              JsonObject         *evidence)
{
  g_autoptr (GList) names = json_object_get_members (evidence);
  glong length = 0;

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *text = billing_sandbox_json_string (evidence, l->data);

      length += text != NULL ? g_utf8_strlen (text, -1) : 0;
    }
  if (length <= MAX_ALL_TEXTS)
    return TRUE;

  billing_sandbox_fail (call, 400, NULL, "evidence",
                        "The combined character count of all evidence fields can be up to %d.",
                        MAX_ALL_TEXTS);
  return FALSE;
}

static gboolean
apply_evidence (BillingSandbox     *self,
                BillingSandboxCall *call,
                JsonObject         *dispute)
{
  JsonObject *given = billing_sandbox_json_child (call->params, "evidence");
  JsonObject *evidence = json_object_get_object_member (dispute, "evidence");
  g_auto (GStrv) texts = g_strsplit (BILLING_SANDBOX_EVIDENCE_TEXTS, ",", -1);
  g_auto (GStrv) files = g_strsplit (BILLING_SANDBOX_EVIDENCE_FILES, ",", -1);

  if (given == NULL)
    return TRUE;

  for (guint i = 0; texts[i] != NULL; i++)
    {
      if (!apply_one (self, call, evidence, texts[i], FALSE))
        return FALSE;
    }
  for (guint i = 0; files[i] != NULL; i++)
    {
      if (!apply_one (self, call, evidence, files[i], TRUE))
        return FALSE;
    }
  if (billing_sandbox_json_child (given, "enhanced_evidence") != NULL)
    billing_sandbox_json_assign (evidence, given, "enhanced_evidence");

  return check_length (call, evidence);
}

static gboolean
has_evidence (JsonObject *dispute)
{
  JsonObject *evidence = json_object_get_object_member (dispute, "evidence");
  g_autoptr (GList) names = json_object_get_members (evidence);

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *child = billing_sandbox_json_child (evidence, l->data);

      if (billing_sandbox_json_string (evidence, l->data) != NULL ||
          (child != NULL && json_object_get_size (child) > 0))
        return TRUE;
    }

  return FALSE;
}

static gpointer
refuse (BillingSandboxCall *call,
        JsonObject         *dispute)
{
  JsonObject *details = json_object_get_object_member (dispute, "evidence_details");

  if (json_object_get_int_member (details, "submission_count") > 0)
    return billing_sandbox_fail (call, 400, NULL, NULL,
                                 "The evidence for dispute %s has already been submitted; it can "
                                 "be submitted once only.",
                                 json_object_get_string_member (dispute, "id"));

  return billing_sandbox_fail (call, 400, NULL, NULL,
                               "Dispute %s cannot be responded to: its status is %s.",
                               json_object_get_string_member (dispute, "id"),
                               json_object_get_string_member (dispute, "status"));
}

/* Evidence is submitted unless the client says that it is not. */
static gboolean
is_to_submit (BillingSandboxCall *call)
{
  if (billing_sandbox_call_has (call, "submit"))
    return billing_sandbox_json_bool (call->params, "submit");

  return billing_sandbox_call_has (call, "evidence");
}

JsonObject *
billing_sandbox_dispute_update (BillingSandbox     *self,
                                BillingSandboxCall *call)
{
  g_autoptr (JsonObject) before = billing_sandbox_find (self, call, BILLING_SANDBOX_DISPUTE);
  g_autoptr (JsonObject) dispute = NULL;
  gboolean submit = is_to_submit (call);

  if (before == NULL)
    return NULL;
  if ((submit || billing_sandbox_call_has (call, "evidence")) &&
      !billing_sandbox_dispute_awaits (before))
    return refuse (call, before);

  dispute = billing_sandbox_json_copy (before);
  billing_sandbox_call_apply (call, dispute, "metadata intended_submission_method");
  if (call->error != NULL || !apply_evidence (self, call, dispute))
    return NULL;
  if (submit && !has_evidence (dispute))
    return billing_sandbox_fail (call, 400, NULL, "evidence",
                                 "There is no evidence to submit for dispute %s.", call->id);

  json_object_set_boolean_member (json_object_get_object_member (dispute, "evidence_details"),
                                  "has_evidence", has_evidence (dispute));
  if (submit)
    billing_sandbox_dispute_review (self, dispute);
  billing_sandbox_store_put (billing_sandbox_get_store (self), dispute);
  billing_sandbox_tell_change (self, "charge.dispute.updated", before, dispute);
  return g_steal_pointer (&dispute);
}

JsonObject *
billing_sandbox_dispute_accept (BillingSandbox     *self,
                                BillingSandboxCall *call)
{
  g_autoptr (JsonObject) dispute = billing_sandbox_find (self, call, BILLING_SANDBOX_DISPUTE);

  if (dispute == NULL)
    return NULL;
  if (!billing_sandbox_dispute_awaits (dispute))
    return refuse (call, dispute);

  billing_sandbox_dispute_close (
    self, dispute, billing_sandbox_dispute_is_inquiry (dispute) ? "warning_closed" : "lost");
  return g_steal_pointer (&dispute);
}
