/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-probe"

#include "config.h"

#include "billing-stripe-probe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-mirror-kind.h"
#include "billing-stripe-error.h"
#include "billing-stripe-json.h"
#include "billing-stripe-singles.h"

/* What is asked for first: whose the key is. */
#define ACCOUNT "account"

/* The account of a stand-in that knows none. */
#define NO_ACCOUNT "acct_none"

/* Everything that a key may change: no question can be asked about it that would change nothing. */
#define WRITE "write"

static const char * const access_words[] = {
  [BILLING_STRIPE_ACCESS_UNKNOWN] = "unknown",
  [BILLING_STRIPE_ACCESS_ALLOWED] = "allowed",
  [BILLING_STRIPE_ACCESS_DENIED] = "denied",
  [BILLING_STRIPE_ACCESS_MISSING] = "missing",
};

static void
permission_free (gpointer data)
{
  BillingStripePermission *permission = data;

  g_free (permission->name);
  g_free (permission->sentence);
  g_free (permission);
}

static BillingStripeProbe *
probe_new (void)
{
  BillingStripeProbe *self = g_atomic_rc_box_new0 (BillingStripeProbe);

  self->permissions = g_ptr_array_new_with_free_func (permission_free);
  return self;
}

static void
add_permission (BillingStripeProbe  *self,
                const char          *name,
                BillingStripeAccess  access,
                const char          *sentence)
{
  BillingStripePermission *permission = g_new0 (BillingStripePermission, 1);

  permission->name = g_strdup (name);
  permission->access = access;
  permission->sentence = g_strdup (sentence);
  g_ptr_array_add (self->permissions, permission);
}

/* What the owner calls the business, or what Stripe's own pages call it. */
static const char *
get_business_name (JsonObject *account)
{
  JsonObject *profile = billing_stripe_json_peek_object (account, "business_profile");
  JsonObject *settings = billing_stripe_json_peek_object (account, "settings");
  JsonObject *dashboard = billing_stripe_json_peek_object (settings, "dashboard");
  const char *name = billing_stripe_json_peek_text (profile, "name");

  return name != NULL ? name : billing_stripe_json_peek_text (dashboard, "display_name");
}

static gboolean
fill (BillingStripeProbe  *self,
      JsonNode            *node,
      GError             **error)
{
  JsonObject *account = json_node_get_object (node);
  const char *id = billing_stripe_json_peek_text (account, "id");
  const char *currency = billing_stripe_json_peek_text (account, "default_currency");

  if (id == NULL || *id == '\0')
    {
      g_set_error_literal (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_UNREADABLE,
                           _("Stripe did not say whose key this is. Nothing was changed; try "
                             "again later."));
      return FALSE;
    }

  self->account = g_strdup (id);
  self->name = g_strdup (get_business_name (account));
  self->country = g_strdup (billing_stripe_json_peek_text (account, "country"));
  self->currency = currency != NULL ? g_ascii_strup (currency, -1) : NULL;
  return TRUE;
}

/* A restricted key that may not say whose it is cannot be told from another account's. */
static gboolean
explain_account (GError  *own_error,
                 GError **error)
{
  if (g_error_matches (own_error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_PERMISSION))
    {
      g_prefix_error (&own_error, "%s ",
                      _("Billing must know whose key this is: give it read access to the account "
                        "in the Stripe Dashboard."));
    }

  g_propagate_error (error, own_error);
  return FALSE;
}

static gboolean
ask_account (BillingStripeProbe   *self,
             BillingStripeClient  *client,
             GCancellable         *cancellable,
             GError              **error)
{
  GError *own_error = NULL;
  g_autoptr (BillingStripeRequest) request =
    billing_stripe_request_new_get (billing_stripe_single_find (ACCOUNT)->path, NULL, error);
  g_autoptr (BillingStripeAnswer) answer = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (request == NULL)
    return FALSE;

  answer = billing_stripe_client_send (client, request, cancellable, &own_error);
  if (answer == NULL && billing_stripe_client_lacks (client, own_error))
    {
      g_clear_error (&own_error);
      self->account = g_strdup (NO_ACCOUNT);
      return TRUE;
    }
  if (answer == NULL)
    return explain_account (own_error, error);

  node = billing_stripe_answer_parse (answer, error);
  return node != NULL && fill (self, node, error);
}

/* One object of a list, in no more of it than the mirror asks for. */
static BillingStripeRequest *
make_request (const BillingMirrorKind  *kind,
              GError                  **error)
{
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  g_autofree char *path = g_strconcat ("/v1/", kind->path, NULL);
  g_auto (GStrv) pair = g_strsplit (kind->query != NULL ? kind->query : "", "=", 2);

  billing_stripe_form_add_integer (form, "limit", 1);
  if (pair[0] != NULL && pair[1] != NULL)
    billing_stripe_form_add_string (form, pair[0], pair[1]);

  return billing_stripe_request_new_get (path, form, error);
}

/* A failure that is no answer to the question ends the probe; an answer is kept, whichever it
 * is. */
static gboolean
keep_answer (BillingStripeProbe   *self,
             BillingStripeClient  *client,
             const char           *name,
             GError               *own_error,
             GError              **error)
{
  const BillingStripeDetail *detail = own_error != NULL ? billing_stripe_error_get_detail (own_error) : NULL;
  const char *words = detail != NULL && detail->message != NULL ? detail->message
                                                                : own_error != NULL ? own_error->message : NULL;

  if (own_error == NULL)
    add_permission (self, name, BILLING_STRIPE_ACCESS_ALLOWED, NULL);
  else if (g_error_matches (own_error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_PERMISSION))
    add_permission (self, name, BILLING_STRIPE_ACCESS_DENIED, words);
  else if (g_error_matches (own_error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_NOT_FOUND) ||
           g_error_matches (own_error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_INVALID) ||
           billing_stripe_client_lacks (client, own_error))
    add_permission (self, name, BILLING_STRIPE_ACCESS_MISSING, words);
  else
    {
      g_propagate_error (error, own_error);
      return FALSE;
    }

  g_clear_error (&own_error);
  return TRUE;
}

static gboolean
ask (BillingStripeProbe   *self,
     BillingStripeClient  *client,
     const char           *name,
     BillingStripeRequest *request,
     GCancellable         *cancellable,
     GError              **error)
{
  GError *own_error = NULL;
  g_autoptr (BillingStripeAnswer) answer = billing_stripe_client_send (client, request, cancellable,
                                                                       &own_error);

  return keep_answer (self, client, name, own_error, error);
}

static gboolean
ask_streams (BillingStripeProbe   *self,
             BillingStripeClient  *client,
             GCancellable         *cancellable,
             GError              **error)
{
  const BillingMirrorKind *kind;

  for (guint i = 0; (kind = billing_mirror_kind_nth (i)) != NULL; i++)
    {
      g_autoptr (BillingStripeRequest) request = make_request (kind, error);

      if (request == NULL || !ask (self, client, kind->table, request, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
ask_singles (BillingStripeProbe   *self,
             BillingStripeClient  *client,
             GCancellable         *cancellable,
             GError              **error)
{
  for (guint i = 0; i < BILLING_STRIPE_N_SINGLES; i++)
    {
      const BillingStripeSingle *single = billing_stripe_single_nth (i);
      g_autoptr (BillingStripeRequest) request = NULL;

      if (g_str_equal (single->name, ACCOUNT))
        continue;
      request = billing_stripe_request_new_get (single->path, NULL, error);
      if (request == NULL || !ask (self, client, single->name, request, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

BillingStripeProbe *
billing_stripe_probe_account (BillingStripeClient  *client,
                              const char           *last4,
                              GCancellable         *cancellable,
                              GError              **error)
{
  g_autoptr (BillingStripeProbe) self = probe_new ();

  g_return_val_if_fail (BILLING_IS_STRIPE_CLIENT (client) && last4 != NULL, NULL);

  self->live = billing_stripe_client_is_live (client);
  self->restricted = billing_stripe_client_is_restricted (client);
  g_strlcpy (self->last4, last4, sizeof self->last4);
  return ask_account (self, client, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

BillingStripeProbe *
billing_stripe_probe_run (BillingStripeClient  *client,
                          const char           *last4,
                          GCancellable         *cancellable,
                          GError              **error)
{
  g_autoptr (BillingStripeProbe) self = billing_stripe_probe_account (client, last4, cancellable,
                                                                      error);

  if (self == NULL || !ask_streams (self, client, cancellable, error) ||
      !ask_singles (self, client, cancellable, error))
    return NULL;

  add_permission (self, WRITE, self->restricted ? BILLING_STRIPE_ACCESS_UNKNOWN : BILLING_STRIPE_ACCESS_ALLOWED, NULL);
  return g_steal_pointer (&self);
}

const BillingStripePermission *
billing_stripe_probe_find (BillingStripeProbe *self,
                           const char         *name)
{
  for (guint i = 0; i < self->permissions->len; i++)
    {
      BillingStripePermission *permission = self->permissions->pdata[i];

      if (g_str_equal (permission->name, name))
        return permission;
    }

  return NULL;
}

/* --- as text ---------------------------------------------------------------------------------- */

static void
set_text (JsonObject *object,
          const char *name,
          const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static JsonArray *
permissions_to_json (BillingStripeProbe *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->permissions->len; i++)
    {
      BillingStripePermission *permission = self->permissions->pdata[i];
      JsonObject *object = json_object_new ();

      set_text (object, "name", permission->name);
      set_text (object, "access", access_words[permission->access]);
      set_text (object, "sentence", permission->sentence);
      json_array_add_object_element (array, object);
    }

  return array;
}

char *
billing_stripe_probe_to_text (BillingStripeProbe *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  set_text (object, "account", self->account);
  set_text (object, "name", self->name);
  set_text (object, "country", self->country);
  set_text (object, "currency", self->currency);
  set_text (object, "last4", self->last4);
  json_object_set_boolean_member (object, "live", self->live);
  json_object_set_boolean_member (object, "restricted", self->restricted);
  json_object_set_array_member (object, "permissions", permissions_to_json (self));
  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

static void
permissions_from_json (BillingStripeProbe *self,
                       JsonArray          *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *name = billing_stripe_json_peek_text (object, "name");
      const char *access = billing_stripe_json_peek_text (object, "access");

      for (guint a = 0; name != NULL && access != NULL && a < G_N_ELEMENTS (access_words); a++)
        {
          if (g_str_equal (access, access_words[a]))
            add_permission (self, name, (BillingStripeAccess) a,
                            billing_stripe_json_peek_text (object, "sentence"));
        }
    }
}

BillingStripeProbe *
billing_stripe_probe_from_text (const char *text)
{
  g_autoptr (BillingStripeProbe) self = probe_new ();
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *last4 = billing_stripe_json_peek_text (object, "last4");

  self->account = g_strdup (billing_stripe_json_peek_text (object, "account"));
  if (self->account == NULL)
    return NULL;

  self->name = g_strdup (billing_stripe_json_peek_text (object, "name"));
  self->country = g_strdup (billing_stripe_json_peek_text (object, "country"));
  self->currency = g_strdup (billing_stripe_json_peek_text (object, "currency"));
  self->live = json_object_get_boolean_member_with_default (object, "live", FALSE);
  self->restricted = json_object_get_boolean_member_with_default (object, "restricted", FALSE);
  g_strlcpy (self->last4, last4 != NULL ? last4 : "", sizeof self->last4);
  if (json_object_has_member (object, "permissions") &&
      JSON_NODE_HOLDS_ARRAY (json_object_get_member (object, "permissions")))
    permissions_from_json (self, json_object_get_array_member (object, "permissions"));
  return g_steal_pointer (&self);
}

BillingStripeProbe *
billing_stripe_probe_ref (BillingStripeProbe *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  BillingStripeProbe *self = data;

  g_free (self->account);
  g_free (self->name);
  g_free (self->country);
  g_free (self->currency);
  g_ptr_array_unref (self->permissions);
}

void
billing_stripe_probe_unref (BillingStripeProbe *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

G_DEFINE_BOXED_TYPE (BillingStripeProbe, billing_stripe_probe, billing_stripe_probe_ref,
                     billing_stripe_probe_unref)
