/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-stripe-account"

#include "config.h"

#include "billing-stripe-account.h"

#include <glib/gi18n-lib.h>

#include "billing-record-json.h"

G_DEFINE_FINAL_TYPE (BillingBankAccount, billing_bank_account, BILLING_TYPE_RECORD)
G_DEFINE_FINAL_TYPE (BillingCapability, billing_capability, BILLING_TYPE_RECORD)
G_DEFINE_FINAL_TYPE (BillingRequirement, billing_requirement, BILLING_TYPE_RECORD)
G_DEFINE_FINAL_TYPE (BillingStripeAccount, billing_stripe_account, BILLING_TYPE_RECORD)

#define BANK(member) BILLING_STRING_FIELD (BillingBankAccount, member, 0)
#define TEXT(member) BILLING_STRING_FIELD (BillingStripeAccount, member, 0)
#define INSTANT(member) BILLING_INT64_FIELD (BillingStripeAccount, member, 0)

static BillingField bank_fields[] = {
  BANK (bank), BANK (last4), BANK (currency), BANK (country), BANK (holder), BANK (status), BANK (standard),
  BILLING_INT64_FIELD (BillingBankAccount, last_used_at, 0),
  BILLING_INT64_FIELD (BillingBankAccount, payouts, 0),
};

static BillingField capability_fields[] = {
  BILLING_STRING_FIELD (BillingCapability, standing, 0),
};

static BillingField requirement_fields[] = {
  BILLING_STRING_FIELD (BillingRequirement, standing, 0),
  BILLING_STRING_FIELD (BillingRequirement, reason, 0),
  BILLING_INT64_FIELD (BillingRequirement, due_at, 0),
};

static BillingField account_fields[] = {
  TEXT (display_name), TEXT (email), TEXT (country), TEXT (currency), TEXT (time_zone), TEXT (charges_enabled),
  TEXT (payouts_enabled), TEXT (details_submitted), TEXT (disabled_reason), TEXT (business_type), TEXT (legal_name),
  TEXT (legal_phone), TEXT (legal_address), TEXT (tax_id_provided), TEXT (website), TEXT (product_description), TEXT (mcc),
  TEXT (first_name), TEXT (last_name), TEXT (person_title), TEXT (person_email), TEXT (person_phone),
  TEXT (person_verification), TEXT (public_name), TEXT (support_email), TEXT (support_phone), TEXT (support_url),
  TEXT (support_address), TEXT (payout_status), TEXT (payout_interval), TEXT (payout_days), TEXT (payout_delay),
  TEXT (payout_descriptor), TEXT (debit_negative), TEXT (descriptor), TEXT (descriptor_prefix), TEXT (icon), TEXT (logo),
  TEXT (primary_color), TEXT (secondary_color), INSTANT (created_at), INSTANT (accepted_at), INSTANT (fetched_at),
  TEXT (state), TEXT (problem),
};

/* Where each stands: in the settings of the balance or in the account. The first place that says anything counts. */
static const struct {
  const char *member;
  gboolean in_settings;
  const char *path;
} places[] = {
  { "id", FALSE, "id" },
  { "display_name", FALSE, "settings.dashboard.display_name" },
  { "display_name", FALSE, "business_profile.name" },
  { "email", FALSE, "email" },
  { "country", FALSE, "country" },
  { "currency", FALSE, "default_currency" },
  { "time_zone", FALSE, "settings.dashboard.timezone" },
  { "charges_enabled", FALSE, "charges_enabled" },
  { "payouts_enabled", FALSE, "payouts_enabled" },
  { "details_submitted", FALSE, "details_submitted" },
  { "disabled_reason", FALSE, "requirements.disabled_reason" },
  { "business_type", FALSE, "business_type" },
  { "legal_name", FALSE, "company.name" },
  { "legal_phone", FALSE, "company.phone" },
  { "legal_address", FALSE, "company.address" },
  { "legal_address", FALSE, "individual.address" },
  { "tax_id_provided", FALSE, "company.tax_id_provided" },
  { "website", FALSE, "business_profile.url" },
  { "product_description", FALSE, "business_profile.product_description" },
  { "mcc", FALSE, "business_profile.mcc" },
  { "first_name", FALSE, "individual.first_name" },
  { "last_name", FALSE, "individual.last_name" },
  { "person_title", FALSE, "individual.relationship.title" },
  { "person_email", FALSE, "individual.email" },
  { "person_phone", FALSE, "individual.phone" },
  { "person_verification", FALSE, "individual.verification.status" },
  { "public_name", FALSE, "business_profile.name" },
  { "support_email", FALSE, "business_profile.support_email" },
  { "support_phone", FALSE, "business_profile.support_phone" },
  { "support_url", FALSE, "business_profile.support_url" },
  { "support_address", FALSE, "business_profile.support_address" },
  { "payout_status", TRUE, "payments.payouts.status" },
  { "payout_interval", TRUE, "payments.payouts.schedule.interval" },
  { "payout_interval", FALSE, "settings.payouts.schedule.interval" },
  { "payout_days", TRUE, "payments.payouts.schedule.weekly_payout_days" },
  { "payout_days", TRUE, "payments.payouts.schedule.monthly_payout_days" },
  { "payout_days", FALSE, "settings.payouts.schedule.weekly_payout_days" },
  { "payout_days", FALSE, "settings.payouts.schedule.monthly_payout_days" },
  { "payout_days", FALSE, "settings.payouts.schedule.weekly_anchor" },
  { "payout_days", FALSE, "settings.payouts.schedule.monthly_anchor" },
  { "payout_delay", TRUE, "payments.settlement_timing.delay_days" },
  { "payout_delay", FALSE, "settings.payouts.schedule.delay_days" },
  { "payout_descriptor", TRUE, "payments.payouts.statement_descriptor" },
  { "payout_descriptor", FALSE, "settings.payouts.statement_descriptor" },
  { "debit_negative", TRUE, "payments.debit_negative_balances" },
  { "debit_negative", FALSE, "settings.payouts.debit_negative_balances" },
  { "descriptor", FALSE, "settings.payments.statement_descriptor" },
  { "descriptor_prefix", FALSE, "settings.card_payments.statement_descriptor_prefix" },
  { "icon", FALSE, "settings.branding.icon" },
  { "logo", FALSE, "settings.branding.logo" },
  { "primary_color", FALSE, "settings.branding.primary_color" },
  { "secondary_color", FALSE, "settings.branding.secondary_color" },
  { "created_at", FALSE, "created" },
  { "accepted_at", FALSE, "tos_acceptance.date" },
};

/* Lists of the names of fields, the most urgent first. */
static const struct {
  const char *object;
  const char *list;
  const char *standing;
} wants[] = {
  { "requirements", "past_due", "past_due" },
  { "requirements", "currently_due", "currently_due" },
  { "requirements", "pending_verification", "pending_verification" },
  { "requirements", "eventually_due", "eventually_due" },
  { "future_requirements", "past_due", "future" },
  { "future_requirements", "currently_due", "future" },
  { "future_requirements", "eventually_due", "future" },
};

static void
billing_bank_account_class_init (BillingBankAccountClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "bank_accounts", "ba", NULL, bank_fields,
                                G_N_ELEMENTS (bank_fields));
}

static void
billing_bank_account_init (BillingBankAccount *self)
{
}

static void
billing_capability_class_init (BillingCapabilityClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "capabilities", "cap", NULL, capability_fields,
                                G_N_ELEMENTS (capability_fields));
}

static void
billing_capability_init (BillingCapability *self)
{
}

static void
billing_requirement_class_init (BillingRequirementClass *klass)
{
  billing_record_class_install (BILLING_RECORD_CLASS (klass), "requirements", "req", NULL, requirement_fields,
                                G_N_ELEMENTS (requirement_fields));
}

static void
billing_requirement_init (BillingRequirement *self)
{
}

static void
billing_stripe_account_finalize (GObject *object)
{
  BillingStripeAccount *self = BILLING_STRIPE_ACCOUNT (object);

  g_ptr_array_unref (self->banks);
  g_ptr_array_unref (self->capabilities);
  g_ptr_array_unref (self->requirements);
  g_clear_pointer (&self->stripe, json_node_unref);

  G_OBJECT_CLASS (billing_stripe_account_parent_class)->finalize (object);
}

static void
billing_stripe_account_class_init (BillingStripeAccountClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = billing_stripe_account_finalize;

  billing_record_class_install (BILLING_RECORD_CLASS (klass), "accounts", "acct", NULL, account_fields,
                                G_N_ELEMENTS (account_fields));
}

static void
billing_stripe_account_init (BillingStripeAccount *self)
{
  self->banks = g_ptr_array_new_with_free_func (g_object_unref);
  self->capabilities = g_ptr_array_new_with_free_func (g_object_unref);
  self->requirements = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Of JSON that may have anything anywhere. */

static JsonObject *
get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonNode *
find_node (JsonNode   *node,
           const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);

  for (guint i = 0; names[i] != NULL && node != NULL; i++)
    {
      JsonObject *object = get_object (node);

      node = object != NULL ? json_object_get_member (object, names[i]) : NULL;
    }

  return node;
}

static char *get_text (JsonNode *node);

static void
append (GString  *text,
        JsonNode *node)
{
  g_autofree char *part = get_text (node);

  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, part);
}

static char *
join_array (JsonArray *array)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    append (text, json_array_get_element (array, i));
  return g_string_free (text, FALSE);
}

/* A thing that Stripe was asked to put in the place of its id, or else an address. */
static char *
join_object (JsonObject *object)
{
  static const char * const parts[] = { "line1", "line2", "city", "state", "postal_code", "country" };
  GString *text;

  if (json_object_has_member (object, "id"))
    return get_text (json_object_get_member (object, "id"));

  text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    append (text, json_object_get_member (object, parts[i]));
  return g_string_free (text, FALSE);
}

/* What people read of it: NULL for what is not there, and nothing for null. */
static char *
get_text (JsonNode *node)
{
  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_ARRAY (node))
    return join_array (json_node_get_array (node));
  if (JSON_NODE_HOLDS_OBJECT (node))
    return join_object (json_node_get_object (node));
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);

  return json_to_string (node, FALSE);
}

static gint64
get_integer (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
           ? json_node_get_int (node) : 0;
}

static void
set (BillingRecord *record,
     const char    *member,
     JsonNode      *node)
{
  const BillingField *field = billing_record_class_find (BILLING_RECORD_GET_CLASS (record), member);
  g_autofree char *text = NULL;

  if (field->type == G_TYPE_INT64)
    {
      billing_record_set_integer (record, field, get_integer (node));
      return;
    }

  text = get_text (node);
  billing_record_set_text (record, field, text);
}

static gboolean
says_something (BillingRecord *record,
                const char    *member)
{
  const BillingField *field = billing_record_class_find (BILLING_RECORD_GET_CLASS (record), member);
  const char *text = field->type == G_TYPE_STRING ? billing_record_get_text (record, field) : NULL;

  return text != NULL && *text != '\0';
}

static void
fill (BillingStripeAccount *self,
      JsonNode       *account,
      JsonNode       *settings)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      JsonNode *node = find_node (places[i].in_settings ? settings : account, places[i].path);

      if (node != NULL && !says_something (BILLING_RECORD (self), places[i].member))
        set (BILLING_RECORD (self), places[i].member, node);
    }
}

static void
upcase (char **text)
{
  char *upper = *text != NULL ? g_ascii_strup (*text, -1) : NULL;

  g_free (*text);
  *text = upper;
}

static void
add_capabilities (BillingStripeAccount *self,
                  JsonNode       *account)
{
  JsonObject *object = get_object (find_node (account, "capabilities"));
  g_autoptr (GList) names = object != NULL ? json_object_get_members (object) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    {
      BillingCapability *capability = g_object_new (BILLING_TYPE_CAPABILITY, "id", l->data, NULL);

      capability->standing = get_text (json_object_get_member (object, l->data));
      g_ptr_array_add (self->capabilities, capability);
    }
}

/* Whatever was wrong with what Stripe was told before. */
static char *
find_reason (JsonNode   *list,
             const char *name)
{
  JsonArray *errors = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;

  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    {
      JsonNode *item = json_array_get_element (errors, i);
      g_autofree char *field = get_text (find_node (item, "requirement"));

      if (g_strcmp0 (field, name) == 0)
        return get_text (find_node (item, "reason"));
    }

  return NULL;
}

static gboolean
is_wanted (BillingStripeAccount *self,
           const char     *name)
{
  for (guint i = 0; i < self->requirements->len; i++)
    {
      if (g_strcmp0 (billing_record_get_id (self->requirements->pdata[i]), name) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
add_requirement (BillingStripeAccount *self,
                 JsonNode       *object,
                 const char     *name,
                 const char     *standing)
{
  BillingRequirement *requirement = g_object_new (BILLING_TYPE_REQUIREMENT, "id", name, NULL);

  requirement->standing = g_strdup (standing);
  requirement->reason = find_reason (find_node (object, "errors"), name);
  /* What is checked or wanted some day has no deadline. */
  if (!g_str_equal (standing, "pending_verification") && !g_str_equal (standing, "eventually_due"))
    requirement->due_at = get_integer (find_node (object, "current_deadline"));
  g_ptr_array_add (self->requirements, requirement);
}

static void
add_requirements (BillingStripeAccount *self,
                  JsonNode       *account)
{
  for (guint i = 0; i < G_N_ELEMENTS (wants); i++)
    {
      JsonNode *object = find_node (account, wants[i].object);
      JsonNode *list = find_node (object, wants[i].list);
      JsonArray *names = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;

      for (guint j = 0; names != NULL && j < json_array_get_length (names); j++)
        {
          g_autofree char *name = get_text (json_array_get_element (names, j));

          if (name != NULL && *name != '\0' && !is_wanted (self, name))
            add_requirement (self, object, name, wants[i].standing);
        }
    }
}

static BillingBankAccount *
find_bank (BillingStripeAccount *self,
           const char     *id)
{
  for (guint i = 0; i < self->banks->len; i++)
    {
      if (g_strcmp0 (billing_record_get_id (self->banks->pdata[i]), id) == 0)
        return self->banks->pdata[i];
    }

  return NULL;
}

static void
fill_bank (BillingBankAccount *bank,
           JsonNode           *node)
{
  static const struct {
    const char *member;
    const char *path;
  } parts[] = {
    { "bank", "bank_name" }, { "bank", "brand" }, { "last4", "last4" }, { "currency", "currency" },
    { "country", "country" }, { "holder", "account_holder_name" }, { "holder", "name" }, { "status", "status" },
    { "standard", "default_for_currency" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      JsonNode *part = find_node (node, parts[i].path);

      if (part != NULL && !says_something (BILLING_RECORD (bank), parts[i].member))
        set (BILLING_RECORD (bank), parts[i].member, part);
    }
  upcase (&bank->currency);
}

static void
add_bank (BillingStripeAccount *self,
          JsonNode       *node,
          gint64          last_used_at,
          gint64          payouts)
{
  g_autofree char *id = get_object (node) != NULL ? get_text (find_node (node, "id")) : get_text (node);
  BillingBankAccount *bank = find_bank (self, id);

  if (id == NULL || *id == '\0')
    return;

  if (bank == NULL)
    {
      bank = g_object_new (BILLING_TYPE_BANK_ACCOUNT, "id", id, NULL);
      g_ptr_array_add (self->banks, bank);
    }
  fill_bank (bank, node);
  bank->last_used_at = MAX (bank->last_used_at, last_used_at);
  bank->payouts += payouts;
}

/* Platforms are told of them; the own account hardly ever. */
static void
add_external_accounts (BillingStripeAccount *self,
                       JsonNode       *account)
{
  JsonNode *list = find_node (account, "external_accounts.data");
  JsonArray *data = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;

  for (guint i = 0; data != NULL && i < json_array_get_length (data); i++)
    add_bank (self, json_array_get_element (data, i), 0, 0);
}

static JsonNode *
parse (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;

  return get_object (node) != NULL ? g_steal_pointer (&node) : NULL;
}

/**
 * billing_stripe_account_new:
 * @account: (nullable): what Stripe says of the account, as JSON
 * @settings: (nullable): likewise of the settings of its balance
 *
 * Never fails: what cannot be read is not known.
 *
 * Returns: (transfer full): what is known of the account
 */
BillingStripeAccount *
billing_stripe_account_new (const char *account,
                     const char *settings)
{
  BillingStripeAccount *self = g_object_new (BILLING_TYPE_STRIPE_ACCOUNT, NULL);
  g_autoptr (JsonNode) node = parse (settings);

  self->stripe = parse (account);
  fill (self, self->stripe, node);
  upcase (&self->currency);
  add_capabilities (self, self->stripe);
  add_requirements (self, self->stripe);
  add_external_accounts (self, self->stripe);
  return self;
}

/**
 * billing_stripe_account_add_bank:
 * @self: an account
 * @destination: JSON: an object with a bank account or card, or a text with its id
 * @last_used_at: Unix seconds of the last payout to it
 * @payouts: how many are known
 *
 * Adds where payouts went, or what is known of it beyond what Stripe says of the account.
 */
void
billing_stripe_account_add_bank (BillingStripeAccount *self,
                          const char     *destination,
                          gint64          last_used_at,
                          gint64          payouts)
{
  g_autoptr (JsonNode) node = json_from_string (destination, NULL);

  if (node != NULL)
    add_bank (self, node, last_used_at, payouts);
}

/* Whether Stripe has described it. */
gboolean
billing_stripe_account_is_known (BillingStripeAccount *self)
{
  return self->stripe != NULL;
}

/**
 * billing_stripe_account_get_sentence:
 * @self: an account
 *
 * Returns: (transfer full) (nullable): why nothing is known of it, for a person; %NULL where something is
 */
char *
billing_stripe_account_get_sentence (BillingStripeAccount *self)
{
  if (billing_stripe_account_is_known (self))
    return NULL;
  if (g_strcmp0 (self->state, "denied") == 0)
    return self->problem != NULL && *self->problem != '\0'
             ? g_strdup_printf (_("The key may not read the account: %s Give it that permission in Stripe’s dashboard, or use "
                                  "another key."), self->problem)
             : g_strdup (_("The key may not read the account. Give it that permission in Stripe’s dashboard, or use another "
                           "key."));
  if (self->state != NULL && *self->state != '\0')
    return g_strdup (_("Stripe did not describe the account in a way that can be read. It is asked again with the next sync."));

  return g_strdup (_("What Stripe says of the account was not fetched yet. It comes with the next sync, once the practice is "
                     "connected to Stripe."));
}

static void
add_array (JsonObject *object,
           const char *name,
           GPtrArray  *records)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < records->len; i++)
    json_array_add_element (array, billing_record_to_json (records->pdata[i]));
  json_object_set_array_member (object, name, array);
}

/**
 * billing_stripe_account_to_json:
 * @self: an account
 *
 * Returns: (transfer full): what is known of it, and what Stripe says, whole
 */
JsonNode *
billing_stripe_account_to_json (BillingStripeAccount *self)
{
  g_autoptr (JsonNode) node = billing_record_to_json (BILLING_RECORD (self));
  JsonObject *object = json_node_get_object (node);

  add_array (object, "banks", self->banks);
  add_array (object, "capabilities", self->capabilities);
  add_array (object, "requirements", self->requirements);
  if (self->stripe != NULL)
    json_object_set_member (object, "stripe", json_node_copy (self->stripe));

  return g_steal_pointer (&node);
}
