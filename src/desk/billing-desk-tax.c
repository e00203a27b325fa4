/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-tax"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-day.h"
#include "billing-json-texts.h"
#include "billing-stripe-request.h"
#include "billing-table.h"
#include "billing-tax-scheme.h"
#include "billing-tax.h"

/*
 * Stripe's tax settings and registrations, changed through the outbox. They carry no marks of ours: whether a change was done whose
 * answer was lost is told by reading them again.
 */

#define REGISTER "tax-register"
#define END "tax-end"
#define SETTINGS "tax-settings"

/* What new registrations are about in the outbox. */
#define REGISTRATIONS "tax_registrations"

static const char *
get (GHashTable *fields,
     const char *name)
{
  const char *text = g_hash_table_lookup (fields, name);

  return text != NULL ? text : "";
}

static GHashTable *
parse_fields (BillingTurn  *turn,
              GError      **error)
{
  g_autoptr (GError) own_error = NULL;
  GHashTable *fields = billing_json_texts_parse (turn->act->fields, &own_error);

  if (fields == NULL)
    billing_desk_refuse (error, "%s", own_error->message);
  return fields;
}

static gboolean
check_names (GHashTable          *fields,
             const char * const  *names,
             GError             **error)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (!g_strv_contains (names, name))
        return billing_desk_refuse (error, _("Stripe has no such field: “%s”. Nothing was changed."), (char *) name);
    }

  return TRUE;
}

static gboolean
refuse_with (char    *problem,
             GError **error)
{
  g_autofree char *sentence = problem;

  return sentence == NULL || billing_desk_refuse (error, _("%s Nothing was changed."), sentence);
}

static gboolean
is_open (BillingIntent *intent)
{
  return intent->state == BILLING_OUTBOX_STATE_QUEUED || intent->state == BILLING_OUTBOX_STATE_SENDING ||
         intent->state == BILLING_OUTBOX_STATE_UNKNOWN;
}

/* Whether nothing is on its way that would do the same, or that what is asked for was decided without: @body is what such a request
 * begins with. */
static gboolean
check_nothing_waits (BillingTurn  *turn,
                     const char   *kind,
                     const char   *subject,
                     const char   *body,
                     GError      **error)
{
  g_autoptr (GPtrArray) intents = billing_table_select (turn->connection, BILLING_TYPE_INTENT, "subject_id", subject, error);

  if (intents == NULL)
    return FALSE;

  for (guint i = 0; i < intents->len; i++)
    {
      BillingIntent *intent = intents->pdata[i];

      if (is_open (intent) && g_str_equal (intent->kind, kind) && g_str_has_prefix (intent->body, body))
        return billing_desk_refuse (error,
                                    /* Translators: a verb (“Change Tax Settings”), the id of what waits (out_…) */
                                    _("“%s” waits for Stripe already (%s). Withdraw that first, or wait until it is done. "
                                      "Nothing was changed."),
                                    billing_verb_get_label (turn->act->verb), billing_record_get_id (BILLING_RECORD (intent)));
    }

  return TRUE;
}

static gboolean
queue (BillingTurn        *turn,
       const char         *kind,
       const char         *subject,
       char               *path,
       BillingStripeForm  *form,
       GError            **error)
{
  g_autoptr (BillingIntent) intent = billing_turn_begin_intent_of (turn, kind, subject, 0, NULL, error);

  if (intent == NULL)
    {
      g_free (path);
      return FALSE;
    }
  if (!billing_turn_queue_intent (turn, intent, path, form, error) ||
      !billing_turn_audit (turn, subject, NULL, BILLING_RECORD (intent), turn->act->notes, error))
    return FALSE;

  billing_turn_set_result (turn, billing_record_get_id (BILLING_RECORD (intent)));
  return TRUE;
}

/* --- settings ---------------------------------------------------------------------------------- */

static BillingTaxSettings *
load_settings (BillingTurn  *turn,
               GError      **error)
{
  return (BillingTaxSettings *) billing_table_get (turn->connection, BILLING_TYPE_TAX_SETTINGS, BILLING_TAX_SETTINGS_ID, error);
}

static const char *
get_current (BillingTaxSettings *settings,
             const char         *member)
{
  g_autofree char *property = g_strdelimit (g_strdup (member), "_", '-');
  const BillingField *field = billing_record_class_find (BILLING_RECORD_GET_CLASS (settings), property);
  const char *text = billing_record_get_text (BILLING_RECORD (settings), field);

  return text != NULL ? text : "";
}

/* What is said, or else what is. */
static const char *
get_wanted (BillingTaxSettings *settings,
            GHashTable         *fields,
            const char         *member)
{
  const char *said = g_hash_table_lookup (fields, member);

  return said != NULL ? said : get_current (settings, member);
}

static gboolean
differs (BillingTaxSettings *settings,
         GHashTable         *fields,
         const char         *member)
{
  return !g_str_equal (get_wanted (settings, fields, member), get_current (settings, member));
}

static gboolean
check_code (BillingTurn  *turn,
            const char   *code,
            GError      **error)
{
  g_autoptr (GPtrArray) found = billing_table_select (turn->connection, BILLING_TYPE_TAX_CODE, "id", code, error);

  if (found == NULL)
    return FALSE;
  return found->len > 0 ||
         billing_desk_refuse (error, _("“%s” is none of Stripe's tax codes. Choose one of the list (billingctl list tax-codes). "
                                       "Nothing was changed."), code);
}

static gboolean
check_behavior (const char  *behavior,
                GError     **error)
{
  static const char * const known[] = { "exclusive", "inclusive", "inferred_by_currency", NULL };

  return g_strv_contains (known, behavior) ||
         billing_desk_refuse (error, _("Tax is added to prices (exclusive), contained in them (inclusive), or one or the other by "
                                       "currency (inferred_by_currency); “%s” is none of these. Nothing was changed."), behavior);
}

/* Of a default: what was set once can be changed, but not taken back. */
static gboolean
add_default (BillingTurn         *turn,
             BillingTaxSettings  *settings,
             GHashTable          *fields,
             const char          *member,
             BillingStripeForm   *form,
             GError             **error)
{
  const char *wanted = get_wanted (settings, fields, member);

  if (!differs (settings, fields, member))
    return TRUE;
  if (*wanted == '\0')
    return billing_desk_refuse (error, _("Stripe lets tax settings be changed, but none removed once it is set. Nothing was "
                                         "changed."));
  if (!(g_str_equal (member, "tax_code") ? check_code (turn, wanted, error) : check_behavior (wanted, error)))
    return FALSE;

  billing_stripe_form_add_string (form, member, wanted);
  return TRUE;
}

/* An address is one thing: where a part of it changes, all of it is told. */
static gboolean
add_office (BillingTaxSettings  *settings,
            GHashTable          *fields,
            BillingStripeForm   *form,
            gboolean            *is_changed,
            GError             **error)
{
  const char * const *members = billing_tax_settings_list_address ();
  gboolean has_office = FALSE;

  for (guint i = 0; members[i] != NULL; i++)
    {
      *is_changed = *is_changed || differs (settings, fields, members[i]);
      has_office = has_office || *get_wanted (settings, fields, members[i]) != '\0';
    }
  if (!*is_changed)
    return TRUE;
  if (!has_office)
    return billing_desk_refuse (error, _("Stripe lets the head office be changed, but not removed once it is set. Nothing was "
                                         "changed."));
  if (!refuse_with (billing_tax_settings_check_address (get_wanted (settings, fields, "country"),
                                                        get_wanted (settings, fields, "state"),
                                                        get_wanted (settings, fields, "postal_code"), NULL), error))
    return FALSE;

  billing_stripe_form_open (form, "head_office");
  billing_stripe_form_open (form, "address");
  for (guint i = 0; members[i] != NULL; i++)
    {
      const char *wanted = get_wanted (settings, fields, members[i]);

      if (*wanted != '\0' || differs (settings, fields, members[i]))
        billing_stripe_form_add_string (form, members[i], wanted);
    }
  billing_stripe_form_close (form);
  billing_stripe_form_close (form);
  return TRUE;
}

static gboolean
check_texts (GHashTable  *fields,
             GError     **error)
{
  GHashTableIter iter;
  gpointer text;

  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    {
      if (!billing_turn_check_text (text, error))
        return FALSE;
    }

  return TRUE;
}

/* What a person types stands between blanks now and then. */
static void
strip_all (GHashTable *fields)
{
  GHashTableIter iter;
  gpointer text;

  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, NULL, &text))
    g_strstrip (text);
}

static gboolean
check_settings (BillingTaxSettings  *settings,
                GError             **error)
{
  if (g_strcmp0 (settings->fetch_state, "denied") == 0)
    return billing_desk_refuse (error, _("The key may not read the tax settings. Give it the permission “Tax Settings and "
                                         "Registrations” in the Stripe Dashboard. Nothing was changed."));
  if (g_strcmp0 (settings->fetch_state, "missing") == 0)
    return billing_desk_refuse (error, _("Stripe Tax is not available in this account: “%s”. It is switched on in the Stripe "
                                         "Dashboard. Nothing was changed."), settings->problem != NULL ? settings->problem : "");
  return settings->fetched_at != 0 ||
         billing_desk_refuse (error, _("The tax settings were not fetched from Stripe yet. Sync, and try again. Nothing was "
                                       "changed."));
}

/**
 * billing_desk_change_tax_settings:
 * @turn: fields: `country`, `state`, `postal_code`, `city`, `line1`, `line2` (of the head office), `tax_code`, `tax_behavior`: what
 *   is said is wanted, and only what differs from what Stripe has is told
 * @error: return location for an error
 *
 * Returns: whether Stripe will be told; the result is the id of the intent
 */
gboolean
billing_desk_change_tax_settings (BillingTurn  *turn,
                                  GError      **error)
{
  static const char * const names[] = { "country", "state", "postal_code", "city", "line1", "line2", "tax_code", "tax_behavior",
                                        NULL };
  g_autoptr (GHashTable) fields = parse_fields (turn, error);
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  g_autoptr (BillingTaxSettings) settings = NULL;
  gboolean is_changed = FALSE;

  if (fields == NULL || !check_names (fields, names, error) || !check_texts (fields, error) ||
      !billing_turn_check_connected (turn, NULL, error))
    return FALSE;

  strip_all (fields);
  settings = load_settings (turn, error);
  if (settings == NULL || !check_settings (settings, error) ||
      !check_nothing_waits (turn, SETTINGS, BILLING_TAX_SETTINGS_ID, "", error))
    return FALSE;

  if (!add_office (settings, fields, form, &is_changed, error))
    return FALSE;
  billing_stripe_form_open (form, "defaults");
  if (!add_default (turn, settings, fields, "tax_behavior", form, error) ||
      !add_default (turn, settings, fields, "tax_code", form, error))
    return FALSE;
  billing_stripe_form_close (form);
  if (!is_changed && !differs (settings, fields, "tax_behavior") && !differs (settings, fields, "tax_code"))
    return billing_desk_refuse (error, _("The tax settings are like this at Stripe already. Nothing was changed."));

  return queue (turn, SETTINGS, BILLING_TAX_SETTINGS_ID, billing_stripe_path_new ("tax", "settings", NULL), form, error);
}

/* --- registrations ----------------------------------------------------------------------------- */

/* `now`, or the beginning of a later day of the practice's. */
static gboolean
add_moment (BillingTurn        *turn,
            const char         *name,
            const char         *day,
            BillingStripeForm  *form,
            GError            **error)
{
  if (*day == '\0' || g_str_equal (day, "now") || g_strcmp0 (day, turn->today) == 0)
    {
      billing_stripe_form_add_string (form, name, "now");
      return TRUE;
    }
  if (!billing_turn_check_day (day, error))
    return FALSE;
  if (strcmp (day, turn->today) < 0)
    return billing_desk_refuse (error, _("Stripe registers, and ends registrations, from now on or from a later day: choose one that "
                                         "is not over. Nothing was changed."));

  billing_stripe_form_add_integer (form, name, billing_day_start (day, billing_desk_get_practice (turn->desk)->time_zone));
  return TRUE;
}

/* Under the country's own name. */
static void
add_options (BillingStripeForm    *form,
             const BillingTaxWish *wish)
{
  g_autofree char *country = g_ascii_strdown (wish->country, -1);
  gboolean is_province = g_str_equal (wish->type, "province_standard");
  const char *rest = billing_tax_needs_jurisdiction (wish->country, wish->type) ? "jurisdiction"
                     : *wish->scheme != '\0' ? "place_of_supply_scheme" : is_province ? "province" : NULL;

  billing_stripe_form_add_string (form, "country", wish->country);
  billing_stripe_form_open (form, "country_options");
  billing_stripe_form_open (form, country);
  billing_stripe_form_add_string (form, "type", wish->type);
  if (*wish->region != '\0' && !is_province)
    billing_stripe_form_add_string (form, "state", wish->region);
  if (rest != NULL)
    {
      billing_stripe_form_open (form, wish->type);
      billing_stripe_form_add_string (form, rest,
                                      is_province ? wish->region : *wish->scheme != '\0' ? wish->scheme : wish->jurisdiction);
      billing_stripe_form_close (form);
    }
  billing_stripe_form_close (form);
  billing_stripe_form_close (form);
}

static gboolean
is_same (BillingTaxRegistration *registration,
         const BillingTaxWish   *wish)
{
  return g_strcmp0 (registration->country, wish->country) == 0 && g_strcmp0 (registration->type, wish->type) == 0 &&
         g_strcmp0 (registration->region != NULL ? registration->region : "", wish->region) == 0 &&
         g_strcmp0 (registration->jurisdiction != NULL ? registration->jurisdiction : "", wish->jurisdiction) == 0;
}

static gboolean
check_not_registered (BillingTurn           *turn,
                      const BillingTaxWish  *wish,
                      GError               **error)
{
  g_autoptr (GPtrArray) registrations = billing_table_select (turn->connection, BILLING_TYPE_TAX_REGISTRATION, "country",
                                                              wish->country, error);

  if (registrations == NULL)
    return FALSE;

  for (guint i = 0; i < registrations->len; i++)
    {
      BillingTaxRegistration *registration = registrations->pdata[i];

      if (is_same (registration, wish) &&
          !g_str_equal (billing_tax_registration_get_status (registration, turn->now), "expired"))
        return billing_desk_refuse (error, _("The business is registered for this at Stripe already (%s). Nothing was changed."),
                                    billing_record_get_id (BILLING_RECORD (registration)));
    }

  return TRUE;
}

/* Stripe registers nobody of whom it does not know where they are. */
static gboolean
check_ready (BillingTurn  *turn,
             GError      **error)
{
  g_autoptr (BillingTaxSettings) settings = load_settings (turn, error);

  if (settings == NULL || !check_settings (settings, error))
    return FALSE;

  return settings->country != NULL ||
         billing_desk_refuse (error, _("Stripe must know the head office first: fill in the tax settings, and wait until Stripe has "
                                       "them. Nothing was changed."));
}

static gboolean
check_unasked (BillingTurn        *turn,
               BillingStripeForm  *form,
               GError            **error)
{
  g_autoptr (GBytes) bytes = billing_stripe_form_to_bytes (form);
  gsize size;
  const char *body = g_bytes_get_data (bytes, &size);
  g_autofree char *beginning = g_strdup_printf ("%.*s&", (int) size, body);

  return check_nothing_waits (turn, REGISTER, REGISTRATIONS, beginning, error);
}

/**
 * billing_desk_register_tax:
 * @turn: fields: `country`, `type`, and as the country asks for it `region`, `jurisdiction`, `scheme` (billing-tax-scheme.h);
 *   `active_from` (a day; now otherwise), `expires_at` (a day; never otherwise)
 * @error: return location for an error
 *
 * Returns: whether Stripe will be told; the result is the id of the intent
 */
gboolean
billing_desk_register_tax (BillingTurn  *turn,
                           GError      **error)
{
  static const char * const names[] = { "country", "type", "region", "jurisdiction", "scheme", "active_from", "expires_at", NULL };
  g_autoptr (GHashTable) fields = parse_fields (turn, error);
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  BillingTaxWish wish;

  if (fields == NULL || !check_names (fields, names, error) || !check_texts (fields, error) ||
      !billing_turn_check_connected (turn, NULL, error))
    return FALSE;

  strip_all (fields);
  wish = (BillingTaxWish) { get (fields, "country"), get (fields, "type"), get (fields, "region"), get (fields, "jurisdiction"),
                            get (fields, "scheme") };
  if (!refuse_with (billing_tax_check (&wish, NULL), error) || !check_ready (turn, error) ||
      !check_not_registered (turn, &wish, error))
    return FALSE;

  add_options (form, &wish);
  if (!check_unasked (turn, form, error) || !add_moment (turn, "active_from", get (fields, "active_from"), form, error))
    return FALSE;
  if (*get (fields, "expires_at") != '\0')
    {
      const char *from = get (fields, "active_from");

      if (!billing_turn_check_day (get (fields, "expires_at"), error))
        return FALSE;
      if (strcmp (get (fields, "expires_at"), g_ascii_isdigit (*from) ? from : turn->today) <= 0)
        return billing_desk_refuse (error, _("A registration ends after it has begun: choose a later day. Nothing was changed."));
      if (!add_moment (turn, "expires_at", get (fields, "expires_at"), form, error))
        return FALSE;
    }

  return queue (turn, REGISTER, REGISTRATIONS, billing_stripe_path_new ("tax", "registrations", NULL), form, error);
}

/**
 * billing_desk_end_tax:
 * @turn: subject: a registration of Stripe's; fields: `expires_at` (a day; now otherwise)
 * @error: return location for an error
 *
 * Returns: whether Stripe will be told; the result is the id of the intent
 */
gboolean
billing_desk_end_tax (BillingTurn  *turn,
                      GError      **error)
{
  static const char * const names[] = { "expires_at", NULL };
  g_autoptr (GHashTable) fields = parse_fields (turn, error);
  g_autoptr (BillingStripeForm) form = billing_stripe_form_new ();
  g_autoptr (BillingRecord) registration = NULL;
  const char *id = turn->act->subject != NULL ? turn->act->subject : "";

  if (fields == NULL || !check_names (fields, names, error) || !billing_turn_check_connected (turn, NULL, error))
    return FALSE;

  registration = billing_table_get (turn->connection, BILLING_TYPE_TAX_REGISTRATION, id, error);
  if (registration == NULL)
    return FALSE;
  if (g_str_equal (billing_tax_registration_get_status (BILLING_TAX_REGISTRATION (registration), turn->now), "expired"))
    return billing_desk_refuse (error, _("This registration has ended already. Nothing was changed."));
  if (!check_nothing_waits (turn, END, id, "", error) ||
      !add_moment (turn, "expires_at", get (fields, "expires_at"), form, error))
    return FALSE;

  return queue (turn, END, id, billing_stripe_path_new ("tax", "registrations", id, NULL), form, error);
}
