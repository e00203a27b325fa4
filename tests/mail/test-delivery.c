/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-mail-delivery"

#include "config.h"

#include "billing-mail-delivery.h"

#include <glib/gstdio.h>
#include <string.h>

#include "billing-mail-message.h"
#include "billing-test-smtp.h"

#define FROM "office@clinic.example"
#define TO "lee@example.org"

static GBytes *
make_message (void)
{
  BillingMailMessage message = {
    .from_address = FROM, .to_address = TO, .subject = "Invoice INV-001", .body = "Dear Lee,\n.\n..two dots\n", .message_id = "m1@clinic.example",
  };
  g_autoptr (GError) error = NULL;
  GBytes *bytes = billing_mail_message_build (&message, &error);

  g_assert_no_error (error);
  return bytes;
}

static void
deliver (const BillingMailServer *server,
         BillingMailResult       *result)
{
  g_autoptr (GBytes) message = make_message ();

  billing_mail_deliver (server, FROM, TO, message, result, NULL);
}

static BillingMailServer
get_server (BillingTestSmtp     *smtp,
            BillingMailSecurity  security)
{
  return (BillingMailServer) { .host = "127.0.0.1", .port = smtp->port, .security = security, .timeout = 20 };
}

static void
assert_outcome (const BillingMailServer *server,
                BillingMailOutcome       outcome,
                const char              *words)
{
  g_auto (BillingMailResult) result = { 0 };

  deliver (server, &result);
  g_assert_cmpint (result.outcome, ==, outcome);
  if (words == NULL)
    g_assert_null (result.problem);
  else if (result.problem == NULL || strstr (result.problem, words) == NULL)
    g_error ("“%s” is not in “%s”", words, result.problem);
}

static void
assert_taken (BillingTestSmtp *smtp)
{
  g_autofree char *line = billing_test_smtp_next (smtp);

  g_assert_cmpstr (line, ==, "<m1@clinic.example> " TO);
}

/* To this computer itself a message goes without TLS, whole, with the dots that SMTP would take for its end. */
static void
test_plain (void)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autoptr (BillingTestSmtp) smtp = billing_test_smtp_new ("--keep", folder, NULL);
  BillingMailServer server = get_server (smtp, BILLING_MAIL_SECURITY_NONE);
  g_autoptr (GBytes) message = make_message ();
  g_autofree char *path = g_build_filename (folder, "0.eml", NULL);
  g_autofree char *text = NULL;
  gsize size;

  assert_outcome (&server, BILLING_MAIL_SENT, NULL);
  assert_taken (smtp);
  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  g_assert_cmpmem (text, size, g_bytes_get_data (message, NULL), g_bytes_get_size (message));
  g_remove (path);
  g_rmdir (folder);
}

/* With TLS, from the first byte or once it is spoken to, by a certificate that is trusted, and a user who signs in. */
static void
test_tls (void)
{
  g_autofree char *certificate = billing_test_smtp_certificate ();
  g_autoptr (BillingTestSmtp) tls = billing_test_smtp_new ("--tls", "--certificate", certificate, NULL);
  g_autoptr (BillingTestSmtp) later = billing_test_smtp_new ("--starttls", "--certificate", certificate, "--user", "office",
                                                             "--password", "pass word", NULL);
  BillingMailServer first = get_server (tls, BILLING_MAIL_SECURITY_TLS);
  BillingMailServer second = get_server (later, BILLING_MAIL_SECURITY_STARTTLS);

  first.authorities = second.authorities = certificate;
  assert_outcome (&first, BILLING_MAIL_SENT, NULL);
  assert_taken (tls);

  second.user = "office";
  second.password = "pass word";
  assert_outcome (&second, BILLING_MAIL_SENT, NULL);
  assert_taken (later);

  second.password = "wrong";
  assert_outcome (&second, BILLING_MAIL_DEFERRED, "user and password: 535");
}

/* Nothing is said to a server whose certificate nobody vouches for, or that offers no TLS where it should. */
static void
test_no_trust (void)
{
  g_autofree char *certificate = billing_test_smtp_certificate ();
  g_autoptr (BillingTestSmtp) tls = billing_test_smtp_new ("--tls", "--certificate", certificate, NULL);
  g_autoptr (BillingTestSmtp) plain = billing_test_smtp_new (NULL, NULL);
  BillingMailServer first = get_server (tls, BILLING_MAIL_SECURITY_TLS);
  BillingMailServer second = get_server (plain, BILLING_MAIL_SECURITY_STARTTLS);

  assert_outcome (&first, BILLING_MAIL_DEFERRED, "certificate");
  assert_outcome (&second, BILLING_MAIL_DEFERRED, "no TLS");
}

/* Plain text goes to no other computer, and a server is a name and nothing else. */
static void
test_servers (void)
{
  BillingMailServer plain = { .host = "smtp.example.org", .security = BILLING_MAIL_SECURITY_NONE };
  BillingMailServer odd = { .host = "smtp.example.org/x", .security = BILLING_MAIL_SECURITY_TLS };
  BillingMailServer good = { .host = "smtp.example.org", .security = BILLING_MAIL_SECURITY_TLS };

  assert_outcome (&plain, BILLING_MAIL_REFUSED, "without TLS");
  assert_outcome (&odd, BILLING_MAIL_REFUSED, "is no mail server");
  g_assert_true (billing_mail_check_server (&good, NULL));
}

static void
assert_answer (const char         *option,
               const char         *code,
               BillingMailOutcome  outcome,
               const char         *words)
{
  g_autoptr (BillingTestSmtp) smtp = billing_test_smtp_new (option, code, NULL);
  BillingMailServer server = get_server (smtp, BILLING_MAIL_SECURITY_NONE);

  assert_outcome (&server, outcome, words);
}

/* A refusal is told in the server's own words: for good where it says 5xx, for now where it says 4xx, whatever it refuses. */
static void
test_refusals (void)
{
  assert_answer ("--mail", "550", BILLING_MAIL_REFUSED, "550 The sender is not welcome");
  assert_answer ("--rcpt", "550", BILLING_MAIL_REFUSED, "550 No such mailbox here");
  assert_answer ("--rcpt", "450", BILLING_MAIL_DEFERRED, "450 No such mailbox here");
  assert_answer ("--data", "554", BILLING_MAIL_REFUSED, "554 Come again later");
  assert_answer ("--data", "451", BILLING_MAIL_DEFERRED, "451 Come again later");
  assert_answer ("--mail", "530", BILLING_MAIL_DEFERRED, "user and password: 530");
}

/* Where the server had all of it and its answer never came, nobody knows: neither sent nor not sent. */
static void
test_lost (void)
{
  g_autoptr (BillingTestSmtp) lost = billing_test_smtp_new ("--lose", NULL);
  g_autoptr (BillingTestSmtp) silent = billing_test_smtp_new ("--silent", NULL);
  BillingMailServer first = get_server (lost, BILLING_MAIL_SECURITY_NONE);
  BillingMailServer second = get_server (silent, BILLING_MAIL_SECURITY_NONE);

  assert_outcome (&first, BILLING_MAIL_UNKNOWN, "not known");
  assert_taken (lost);
  second.timeout = 2;
  assert_outcome (&second, BILLING_MAIL_UNKNOWN, "not known");
  assert_taken (silent);
}

/* Nobody listens, or it was stopped before it began: it can go later. */
static void
test_unreachable (void)
{
  g_autoptr (BillingTestSmtp) smtp = billing_test_smtp_new (NULL, NULL);
  BillingMailServer server = get_server (smtp, BILLING_MAIL_SECURITY_NONE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) message = make_message ();
  g_auto (BillingMailResult) result = { 0 };

  g_cancellable_cancel (cancellable);
  billing_mail_deliver (&server, FROM, TO, message, &result, cancellable);
  g_assert_cmpint (result.outcome, ==, BILLING_MAIL_DEFERRED);

  g_clear_pointer (&smtp, billing_test_smtp_free);
  assert_outcome (&server, BILLING_MAIL_DEFERRED, "cannot be reached");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/delivery/plain", test_plain);
  g_test_add_func ("/mail/delivery/tls", test_tls);
  g_test_add_func ("/mail/delivery/no-trust", test_no_trust);
  g_test_add_func ("/mail/delivery/servers", test_servers);
  g_test_add_func ("/mail/delivery/refusals", test_refusals);
  g_test_add_func ("/mail/delivery/lost", test_lost);
  g_test_add_func ("/mail/delivery/unreachable", test_unreachable);
  return g_test_run ();
}
