/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-mail-message"

#include "config.h"

#include "billing-mail-message.h"

#include <string.h>

static const BillingMailMessage plain = {
  .from_address = "office@clinic.example",
  .from_name = "Klinik Müller",
  .to_address = "lee@example.org",
  .to_name = "Zoë Łee",
  .subject = "Rechnung INV-001 über 12,50 €",
  .body = "Guten Tag,\n.\nFrom here on: ümlaute, and a line that is quite a bit longer than what one line of an e-mail may be in all.\n",
  .language = "de",
  .message_id = "msg_1.pra_1@clinic.example",
  .sent_at = 1793750400, /* 2026-11-04 00:00 */
};

static char *
build (const BillingMailMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = billing_mail_message_build (message, &error);
  gsize size;
  const char *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &size);
  return g_strndup (data, size);
}

static void
assert_has (const char *text,
            const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in:\n%s", part, text);
}

/* Everything that is not ASCII is encoded, lines end and are as short as the wire wants them, and the headers are those that a mail program looks at. */
static void
test_plain (void)
{
  g_autofree char *text = build (&plain);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  assert_has (text, "From: Klinik =?UTF-8?b?");
  assert_has (text, "<office@clinic.example>\r\n");
  assert_has (text, "<lee@example.org>\r\n");
  assert_has (text, "Message-Id: <msg_1.pra_1@clinic.example>\r\n");
  assert_has (text, "Date: Wed, 04 Nov 2026 00:00:00 +0000\r\n");
  assert_has (text, "Auto-Submitted: auto-generated\r\n");
  assert_has (text, "Content-Type: text/plain; charset=utf-8\r\n");
  assert_has (text, "Content-Language: de\r\n");
  assert_has (text, "=C3=BCmlaute");
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 78);
      g_assert_null (strchr (lines[i], '\n'));
      g_assert_true (g_str_is_ascii (lines[i]));
    }
}

/* A PDF goes beside the text, by its name. */
static void
test_attachment (void)
{
  BillingMailMessage message = plain;
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.5 \0 bytes", 16);
  g_autofree char *text = NULL;

  message.attachment = pdf;
  message.attachment_name = "INV-001.pdf";
  text = build (&message);
  assert_has (text, "Content-Type: multipart/mixed");
  assert_has (text, "Content-Type: application/pdf");
  assert_has (text, "filename=INV-001.pdf");
  assert_has (text, "JVBERi0xLjUgACBieXRlcw==");
}

static void
assert_refused (const BillingMailMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = billing_mail_message_build (message, &error);

  g_assert_null (bytes);
  g_assert_error (error, BILLING_MAIL_ERROR, BILLING_MAIL_ERROR_ADDRESS);
}

/* Nobody begins a header of their own by a name, a subject or an address. */
static void
test_injection (void)
{
  BillingMailMessage message = plain;

  message.to_name = "Lee\r\nBcc: all@example.org";
  assert_refused (&message);
  message = plain;
  message.from_name = "Clinic\nX: y";
  assert_refused (&message);
  message = plain;
  message.subject = "Invoice\r\n\r\nanother body";
  assert_refused (&message);
  message = plain;
  message.to_address = "lee@example.org>, <all@example.org";
  assert_refused (&message);
}

/* What is an address, and what only looks like one. */
static void
test_addresses (void)
{
  static const char * const good[] = { "a@b", "first.last+tag@sub.example.org", "o'neil@example.org" };
  static const char * const bad[] = { "", "lee", "@example.org", "lee@", "a b@c.org", "lee@example.org\r\n", "a..b@c.org", ".a@c.org", "lee@.org",
                                      "Lee <lee@example.org>", "lee@exämple.org", "a@b@c d" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (billing_mail_check_address (good[i], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (billing_mail_check_address (bad[i], NULL));
  g_assert_false (billing_mail_check_address (NULL, NULL));
}

/* The same message of the same practice always has the same Message-ID. */
static void
test_id (void)
{
  g_autofree char *id = billing_mail_message_build_id ("msg_A1", "pra_B2", "office@clinic.example");
  g_autofree char *odd = billing_mail_message_build_id ("msg A>1", "pra\n", "office@clinic.example");

  g_assert_cmpstr (id, ==, "msg_A1.pra_B2@clinic.example");
  g_assert_cmpstr (odd, ==, "msg-A-1.pra-@clinic.example");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/message/plain", test_plain);
  g_test_add_func ("/mail/message/attachment", test_attachment);
  g_test_add_func ("/mail/message/injection", test_injection);
  g_test_add_func ("/mail/message/addresses", test_addresses);
  g_test_add_func ("/mail/message/id", test_id);
  return g_test_run ();
}
