/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "billing-books.h"
#include "billing-day.h"
#include "billing-desk-outbox.h"
#include "billing-desk-private.h"
#include "billing-outbox.h"
#include "billing-stripe-sync.h"
#include "billing-table.h"
#include "billing-tax.h"
#include "billing-test-dump.h"
#include "billing-test-stripe.h"

/* Tax settings and registrations, changed at the sandbox: only what differs is told, once, whatever goes wrong on the way. */

#define SETTINGS "/v1/tax/settings"
#define REGISTRATIONS "/v1/tax/registrations"
#define OFFICE "{\"country\":\"US\",\"state\":\"CA\",\"postal_code\":\"94103\",\"city\":\"San Francisco\",\"line1\":\"1 Elm St\"}"
#define CALIFORNIA "{\"country\":\"US\",\"region\":\"CA\",\"type\":\"state_sales_tax\"}"
#define DAY (24 * 60 * 60)

static void
fetch (Fixture *self)
{
  g_auto (BillingStripeSyncSummary) summary = { 0 };
  g_autoptr (GError) error = NULL;

  billing_stripe_sync (self->stripe.client, self->mirror, BILLING_STRIPE_SYNC_FULL, NULL, NULL, &summary, NULL, &error);
  g_assert_no_error (error);
}

static BillingAct *
make (BillingVerb  verb,
      const char  *subject,
      const char  *fields)
{
  return g_object_new (BILLING_TYPE_ACT, "verb", verb, "subject", subject, "fields", fields, NULL);
}

static BillingAct *
settings (const char *fields)
{
  return make (BILLING_VERB_TAX_SETTINGS, NULL, fields);
}

static BillingAct *
registration (const char *fields)
{
  return make (BILLING_VERB_TAX_REGISTER, NULL, fields);
}

/* As the act's result, so that it can be ended. */
static char *
get_last_registration (Fixture *self)
{
  return billing_test_text (self->practice.folder, "SELECT result_id FROM outbox WHERE kind = 'tax-register' ORDER BY pk DESC LIMIT 1");
}

static BillingRecord *
load (Fixture    *self,
      const char *id)
{
  g_autoptr (GError) error = NULL;
  BillingRecord *record = billing_desk_find (self->practice.desk, id, &error);

  g_assert_no_error (error);
  return record;
}

static void
assert_last (Fixture    *self,
             const char *state)
{
  assert_sql (self, "SELECT state FROM outbox ORDER BY pk DESC LIMIT 1", state);
}

static void
assert_registration (Fixture    *self,
                     const char *id,
                     const char *status,
                     const char *words)
{
  g_autoptr (BillingTaxRegistration) found = BILLING_TAX_REGISTRATION (load (self, id));
  g_autofree char *line = billing_tax_registration_describe (found, "en_US");

  g_assert_cmpstr (billing_tax_registration_get_status (found, self->now), ==, status);
  g_assert_cmpstr (line, ==, words);
}

static char *
get_day (Fixture *self,
         int      days)
{
  g_autofree char *today = billing_day_from_instant (self->now, billing_desk_get_practice (self->practice.desk)->time_zone);

  return billing_day_add (today, days);
}

static void
set_up_tax (Fixture       *self,
            gconstpointer  data)
{
  set_up (self, data);
  fetch (self);
}

/* With a head office, as registrations need it. */
static void
set_up_office (Fixture       *self,
               gconstpointer  data)
{
  set_up_tax (self, data);
  do_act (self, settings (OFFICE));
  g_assert_cmpuint (deliver (self), ==, 1);
}

/* What is filled in reaches Stripe in one request, and only what differs: the rest is not told again. */
static void
test_settings (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr (BillingTaxSettings) before = BILLING_TAX_SETTINGS (load (self, BILLING_TAX_SETTINGS_ID));
  g_autofree char *missing = billing_tax_settings_describe_missing (before);
  g_autoptr (BillingTaxSettings) after = NULL;

  g_assert_cmpstr (before->status, ==, "pending");
  g_assert_nonnull (missing);
  do_act (self, settings ("{\"country\":\"US\",\"state\":\"CA\",\"postal_code\":\" 94103 \",\"city\":\"San Francisco\","
                          "\"line1\":\"1 Elm St\",\"tax_code\":\"txcd_20030000\",\"tax_behavior\":\"exclusive\"}"));
  g_assert_cmpuint (deliver (self), ==, 1);
  assert_last (self, "done");
  after = BILLING_TAX_SETTINGS (load (self, BILLING_TAX_SETTINGS_ID));
  g_assert_cmpstr (after->status, ==, "active");
  g_assert_null (after->missing);
  g_assert_cmpstr (after->postal_code, ==, "94103");
  g_assert_cmpstr (after->tax_code_name, ==, "General - Services");

  do_act (self, settings ("{\"state\":\"CA\",\"tax_code\":\"txcd_20030000\",\"tax_behavior\":\"inclusive\"}"));
  assert_sql (self, "SELECT body FROM outbox ORDER BY pk DESC LIMIT 1", "defaults[tax_behavior]=inclusive");
  g_assert_cmpuint (deliver (self), ==, 1);
  do_act (self, settings ("{\"line1\":\"\",\"line2\":\"Floor 2\"}"));
  g_assert_cmpuint (deliver (self), ==, 1);
  g_clear_object (&after);
  after = BILLING_TAX_SETTINGS (load (self, BILLING_TAX_SETTINGS_ID));
  g_assert_cmpstr (after->line2, ==, "Floor 2");
  g_assert_cmpstr (after->line1 != NULL ? after->line1 : "", ==, "");
  g_assert_cmpstr (after->city, ==, "San Francisco");
  g_assert_cmpstr (after->tax_behavior, ==, "inclusive");
  g_assert_cmpuint (count_posts (self, SETTINGS), ==, 3);
}

/* What Stripe would refuse, or what says nothing, is refused here, and changes nothing. */
static void
test_settings_refused (Fixture       *self,
                       gconstpointer  data)
{
  static const char * const wrong[] = {
    "{}",
    "[\"country\"]",
    "{\"country\":1}",
    "{\"colour\":\"blue\"}",
    "{\"country\":\"USA\"}",
    "{\"country\":\"\",\"state\":\"\",\"postal_code\":\"\",\"city\":\"\",\"line1\":\"\"}",
    "{\"country\":\"US\",\"state\":\"ON\"}",
    "{\"postal_code\":\"\"}",
    "{\"tax_code\":\"txcd_1\"}",
    "{\"tax_behavior\":\"sideways\"}",
    "{\"country\":\"US\",\"city\":\"San Francisco\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_test_message ("%s", wrong[i]);
      refuse_act (self, settings (wrong[i]));
    }

  do_act (self, settings ("{\"tax_behavior\":\"exclusive\"}"));
  refuse_act (self, settings ("{\"tax_behavior\":\"inclusive\"}"));
  deliver (self);
  refuse_act (self, settings ("{\"tax_behavior\":\"\"}"));
  refuse_act (self, settings ("{\"tax_behavior\":\"exclusive\"}"));
}

/* A registration now, and one on a later day: what the country asks for is told, and said in words when it is there. */
static void
test_register (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *california = NULL;
  g_autofree char *german = NULL;
  g_autofree char *day = get_day (self, 10);
  g_autofree char *last = get_day (self, 20);
  g_autofree char *fields = g_strdup_printf ("{\"country\":\"DE\",\"type\":\"standard\",\"scheme\":\"small_seller\","
                                             "\"active_from\":\"%s\",\"expires_at\":\"%s\"}", day, last);

  do_act (self, registration (CALIFORNIA));
  assert_sql (self, "SELECT body FROM outbox ORDER BY pk DESC LIMIT 1",
              "country=US&country_options[us][type]=state_sales_tax&country_options[us][state]=CA&active_from=now");
  g_assert_cmpuint (deliver (self), ==, 1);
  california = get_last_registration (self);
  assert_registration (self, california, "active", "United States, California: State sales tax");

  do_act (self, registration (fields));
  g_assert_cmpuint (deliver (self), ==, 1);
  german = get_last_registration (self);
  assert_registration (self, german, "scheduled",
                       "Germany: Standard (VAT, GST, sales tax), Small seller: where the business is");
  pass (self, 11 * DAY);
  assert_registration (self, german, "active",
                       "Germany: Standard (VAT, GST, sales tax), Small seller: where the business is");
  pass (self, 10 * DAY);
  assert_registration (self, german, "expired",
                       "Germany: Standard (VAT, GST, sales tax), Small seller: where the business is");
  fetch (self);
  assert_registration (self, german, "expired",
                       "Germany: Standard (VAT, GST, sales tax), Small seller: where the business is");
}

/* Every kind of country is told in its own words, and the sandbox, which has Stripe's, takes them. */
static void
test_schemes (Fixture       *self,
              gconstpointer  data)
{
  static const char * const wishes[] = {
    "{\"country\":\"US\",\"region\":\"IL\",\"type\":\"local_lease_tax\",\"jurisdiction\":\"14000\"}",
    "{\"country\":\"CA\",\"type\":\"standard\"}",
    "{\"country\":\"CA\",\"type\":\"province_standard\",\"region\":\"BC\"}",
    "{\"country\":\"FR\",\"type\":\"oss_union\"}",
    "{\"country\":\"GB\",\"type\":\"standard\"}",
    "{\"country\":\"CH\",\"type\":\"standard\",\"scheme\":\"inbound_goods\"}",
    "{\"country\":\"MX\",\"type\":\"simplified\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    {
      g_test_message ("%s", wishes[i]);
      do_act (self, registration (wishes[i]));
      g_assert_cmpuint (deliver (self), ==, 1);
      assert_last (self, "done");
      refuse_act (self, registration (wishes[i]));
    }

  assert_sql (self, "SELECT count(*) FROM outbox WHERE kind = 'tax-register' AND state = 'done'", "7");
}

/* What cannot be registered is refused, and says why; without a head office nothing is. */
static void
test_register_refused (Fixture       *self,
                       gconstpointer  data)
{
  static const char * const wrong[] = {
    "{}",
    "{\"country\":\"US\"}",
    "{\"country\":\"AQ\",\"type\":\"standard\"}",
    "{\"country\":\"US\",\"type\":\"state_sales_tax\"}",
    "{\"country\":\"US\",\"type\":\"state_sales_tax\",\"region\":\"CA\",\"active_from\":\"2020-01-01\"}",
    "{\"country\":\"US\",\"type\":\"state_sales_tax\",\"region\":\"CA\",\"active_from\":\"someday\"}",
    "{\"country\":\"US\",\"type\":\"state_sales_tax\",\"region\":\"CA\",\"expires_at\":\"now\"}",
    "{\"country\":\"US\",\"type\":\"state_sales_tax\",\"region\":\"CA\",\"state\":\"CA\"}",
  };

  refuse_act (self, registration (CALIFORNIA));
  do_act (self, settings (OFFICE));
  refuse_act (self, registration (CALIFORNIA));
  deliver (self);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_test_message ("%s", wrong[i]);
      refuse_act (self, registration (wrong[i]));
    }

  do_act (self, registration (CALIFORNIA));
  refuse_act (self, registration (CALIFORNIA));
  do_act (self, registration ("{\"country\":\"US\",\"region\":\"NY\",\"type\":\"state_sales_tax\"}"));
  g_assert_cmpuint (deliver (self), ==, 2);
}

/* Ended now, or on a day; never twice, and never deleted. */
static void
test_end (Fixture       *self,
          gconstpointer  data)
{
  g_autofree char *california = NULL;
  g_autofree char *york = NULL;
  g_autofree char *day = get_day (self, 5);
  g_autofree char *on_day = g_strdup_printf ("{\"expires_at\":\"%s\"}", day);

  do_act (self, registration (CALIFORNIA));
  deliver (self);
  california = get_last_registration (self);
  do_act (self, registration ("{\"country\":\"US\",\"region\":\"NY\",\"type\":\"state_sales_tax\"}"));
  deliver (self);
  york = get_last_registration (self);

  refuse_act (self, make (BILLING_VERB_TAX_END, york, "{\"expires_at\":\"2020-01-01\"}"));
  do_act (self, make (BILLING_VERB_TAX_END, california, NULL));
  refuse_act (self, make (BILLING_VERB_TAX_END, california, NULL));
  do_act (self, make (BILLING_VERB_TAX_END, york, on_day));
  g_assert_cmpuint (deliver (self), ==, 2);
  pass (self, 1);
  assert_registration (self, california, "expired", "United States, California: State sales tax");
  assert_registration (self, york, "active", "United States, New York: State sales tax");
  refuse_act (self, make (BILLING_VERB_TAX_END, california, NULL));
  pass (self, 6 * DAY);
  assert_registration (self, york, "expired", "United States, New York: State sales tax");

  do_act (self, registration (CALIFORNIA));
  g_assert_cmpuint (deliver (self), ==, 1);
}

/* One that is to begin later can be ended before it does. */
static void
test_end_scheduled (Fixture       *self,
                    gconstpointer  data)
{
  g_autofree char *day = get_day (self, 30);
  g_autofree char *fields = g_strdup_printf ("{\"country\":\"GB\",\"type\":\"standard\",\"active_from\":\"%s\"}", day);
  g_autofree char *id = NULL;

  do_act (self, registration (fields));
  deliver (self);
  id = get_last_registration (self);
  do_act (self, make (BILLING_VERB_TAX_END, id, NULL));
  deliver (self);
  assert_last (self, "done");
  fetch (self);
  pass (self, 1);
  assert_registration (self, id, "expired", "United Kingdom: Standard (VAT, GST, sales tax)");
}

/* In whichever way an answer is lost, there is one registration, and one end, in the end. */
static void
test_lost (Fixture       *self,
           gconstpointer  data)
{
  for (guint i = 0; i < N_LOSSES; i++)
    {
      g_autofree char *id = NULL;

      do_act (self, registration (CALIFORNIA));
      lose (self, i, REGISTRATIONS);
      try_to_deliver (self);
      billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
      pass (self, 2 * 60 * 60);
      deliver (self);
      assert_last (self, "done");
      id = get_last_registration (self);
      do_act (self, make (BILLING_VERB_TAX_END, id, NULL));
      deliver (self);
      assert_last (self, "done");
      pass (self, 1);
      assert_sql (self, "SELECT count(*) || '/' || count(DISTINCT result_id) FROM outbox WHERE kind = 'tax-register' AND state = 'done'"
                        " GROUP BY state HAVING count(*) <> count(DISTINCT result_id)", NULL);
    }

  g_assert_cmpuint (billing_sandbox_server_count (self->stripe.sandbox.server, "tax.registration"), ==, N_LOSSES);
}

/* After a day Stripe knows the key no longer: what became of it is told by reading, since nothing carries a mark of ours. */
static void
test_unknown (Fixture       *self,
              gconstpointer  data)
{
  const gboolean *is_done = data;

  do_act (self, registration (CALIFORNIA));
  do_act (self, settings ("{\"tax_behavior\":\"inclusive\"}"));
  lose (self, *is_done ? LOST_DONE : LOST_UNDONE, REGISTRATIONS);
  lose (self, *is_done ? LOST_DONE : LOST_UNDONE, SETTINGS);
  try_to_deliver (self);
  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  pass (self, DAY);
  deliver (self);
  assert_sql (self, "SELECT group_concat (state) FROM outbox WHERE state IN ('unknown', 'queued')", "unknown,unknown");

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = billing_test_text (self->practice.folder, "SELECT id FROM outbox WHERE state = 'unknown' LIMIT 1");

      do_act (self, make (BILLING_VERB_OUTBOX_CHECK, id, NULL));
      deliver (self);
    }
  assert_sql (self, "SELECT group_concat (state) FROM (SELECT state FROM outbox WHERE kind <> 'tax-settings' OR pk > 1 ORDER BY pk)",
              *is_done ? "done,done" : "failed,failed");
  g_assert_cmpuint (billing_sandbox_server_count (self->stripe.sandbox.server, "tax.registration"), ==, *is_done ? 1 : 0);
}

/* A key that may not is said with its reason, and what was asked for is over. */
static void
test_denied (Fixture       *self,
             gconstpointer  data)
{
  BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "POST", .path = REGISTRATIONS, .status = 403,
                                .times = 100 };

  billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
  do_act (self, registration (CALIFORNIA));
  try_to_deliver (self);
  assert_last (self, "failed");
  assert_sql (self, "SELECT problem IS NOT NULL FROM outbox ORDER BY pk DESC LIMIT 1", "1");
  billing_sandbox_server_clear_faults (self->stripe.sandbox.server);
  do_act (self, registration (CALIFORNIA));
  deliver (self);
  assert_last (self, "done");
}

/* In an account without Stripe Tax, Stripe's words are said, and nothing is asked of it. */
static void
test_missing (Fixture       *self,
              gconstpointer  data)
{
  BillingSandboxFault fault = { .kind = BILLING_SANDBOX_FAULT_STATUS, .method = "GET", .path = SETTINGS, .status = 404,
                                .times = 100 };
  g_autoptr (BillingTaxSettings) found = NULL;

  billing_sandbox_server_add_fault (self->stripe.sandbox.server, &fault);
  fetch (self);
  found = BILLING_TAX_SETTINGS (load (self, BILLING_TAX_SETTINGS_ID));
  g_assert_cmpstr (found->fetch_state, ==, "missing");
  refuse_act (self, settings (OFFICE));
  refuse_act (self, registration (CALIFORNIA));
}

int
main (int    argc,
      char **argv)
{
  static const gboolean done = TRUE, undone = FALSE;

  g_test_init (&argc, &argv, NULL);
#define ADD(name, up, data, func) g_test_add ("/desk/tax/" name, Fixture, data, up, func, tear_down)
  ADD ("settings", set_up_tax, NULL, test_settings);
  ADD ("settings-refused", set_up_tax, NULL, test_settings_refused);
  ADD ("register", set_up_office, NULL, test_register);
  ADD ("schemes", set_up_office, NULL, test_schemes);
  ADD ("register-refused", set_up_tax, NULL, test_register_refused);
  ADD ("end", set_up_office, NULL, test_end);
  ADD ("end-scheduled", set_up_office, NULL, test_end_scheduled);
  ADD ("lost", set_up_office, NULL, test_lost);
  ADD ("unknown-done", set_up_office, &done, test_unknown);
  ADD ("unknown-undone", set_up_office, &undone, test_unknown);
  ADD ("denied", set_up_office, NULL, test_denied);
  ADD ("missing", set_up, NULL, test_missing);
  return g_test_run ();
}
