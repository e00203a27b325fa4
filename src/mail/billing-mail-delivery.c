/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-mail-delivery"

#include "config.h"

#include "billing-mail-delivery.h"

#include <curl/curl.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-loopback.h"
#include "billing-mail-message.h"
#include "billing-text.h"

/*
 * One message to one mail server, over SMTP by libcurl. What matters is to know when it may have gone: from the moment on at which all of it was
 * handed over, until the server has answered that. An answer that is lost in between is neither yes nor no.
 */

/* RFC 5321 would wait for ten minutes; people would not. */
#define TIMEOUT 300
#define CONNECT_TIMEOUT 30

/* What is kept of a server's words. */
#define MAX_WORDS 400

#define LAST_PORT 65535

/* What a server says when it is told that nothing more comes; what it said before counts. */
#define GOODBYE "221"

typedef struct {
  const char *data;
  gsize left;
  gboolean is_over;   /* all of it was handed over */
  gboolean is_judged; /* and the server answered that */
  int code;           /* of the last whole answer, 0: none */
  GString *words;     /* (owned): of the last answer */
  GCancellable *cancellable;
} Delivery;

/* Servers that one signs in to, or that speak TLS, and do not like how. */
static const int settings_codes[] = { 530, 534, 535, 538, 523, 504 };

void
billing_mail_result_clear (BillingMailResult *self)
{
  g_clear_pointer (&self->problem, g_free);
}

static size_t
read_cb (char   *buffer,
         size_t  size,
         size_t  n,
         void   *data)
{
  Delivery *delivery = data;
  gsize length = MIN (size * n, delivery->left);

  if (g_cancellable_is_cancelled (delivery->cancellable))
    return CURL_READFUNC_ABORT;

  memcpy (buffer, delivery->data, length);
  delivery->data += length;
  delivery->left -= length;
  delivery->is_over = delivery->left == 0;
  return length;
}

/* A line of an answer: “250-…” where more of it follows, “250 …” where not. */
static size_t
answer_cb (char   *line,
           size_t  size,
           size_t  n,
           void   *data)
{
  Delivery *delivery = data;
  gsize length = size * n;
  gsize end = length;
  gboolean is_last = length < 4 || line[3] != '-';

  if (length < 3 || !g_ascii_isdigit (line[0]) || !g_ascii_isdigit (line[1]) || !g_ascii_isdigit (line[2]) ||
      strncmp (line, GOODBYE, 3) == 0)
    return length;
  if (delivery->code != 0)
    g_string_truncate (delivery->words, 0);

  while (end > 0 && g_ascii_isspace (line[end - 1]))
    end--;
  if (delivery->words->len > 0)
    g_string_append_c (delivery->words, ' ');
  if (delivery->words->len < MAX_WORDS && end > 4)
    g_string_append_len (delivery->words, line + 4, (gssize) end - 4);

  delivery->code = is_last ? (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0') : 0;
  delivery->is_judged = is_last && delivery->is_over;
  return length;
}

static int
progress_cb (void       *data,
             curl_off_t  total_down,
             curl_off_t  down,
             curl_off_t  total_up,
             curl_off_t  up)
{
  Delivery *delivery = data;

  return g_cancellable_is_cancelled (delivery->cancellable);
}

static guint
get_port (const BillingMailServer *server)
{
  static const guint ports[] = {
    [BILLING_MAIL_SECURITY_TLS] = 465, [BILLING_MAIL_SECURITY_STARTTLS] = 587, [BILLING_MAIL_SECURITY_NONE] = 25,
  };

  return server->port != 0 ? server->port : ports[server->security];
}

static gboolean
is_host (const char *host)
{
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return address != NULL ||
         (host != NULL && *host != '\0' && *host != '-' && *host != '.' &&
          strspn (host, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-.") == strlen (host));
}

/**
 * billing_mail_check_server:
 * @server: a mail server
 * @error: return location for %BILLING_MAIL_ERROR_SERVER
 *
 * Returns: whether a message may be sent to it
 */
gboolean
billing_mail_check_server (const BillingMailServer  *server,
                           GError                  **error)
{
  if (!is_host (server->host) || server->port > LAST_PORT)
    g_set_error (error, BILLING_MAIL_ERROR, BILLING_MAIL_ERROR_SERVER,
                 _("“%s” is no mail server: it is a name such as smtp.example.org, and a port."), server->host != NULL ? server->host : "");
  else if (server->security == BILLING_MAIL_SECURITY_NONE && !billing_host_is_loopback (server->host))
    g_set_error_literal (error, BILLING_MAIL_ERROR, BILLING_MAIL_ERROR_SERVER,
                         _("E-mails are not sent without TLS, where others can read them, except to this computer itself "
                           "(127.0.0.1, ::1 or localhost)."));
  else
    return TRUE;

  return FALSE;
}

/* The name under which this computer says hello is that of the sender's domain: its own is nobody's business. */
static char *
build_url (const BillingMailServer *server,
           const char              *from)
{
  gboolean is_v6 = strchr (server->host, ':') != NULL;

  return g_strdup_printf (is_v6 ? "%s://[%s]:%u/%s" : "%s://%s:%u/%s",
                          server->security == BILLING_MAIL_SECURITY_TLS ? "smtps" : "smtp", server->host, get_port (server),
                          strrchr (from, '@') + 1);
}

static void
set_up_security (CURL                    *curl,
                 const BillingMailServer *server)
{
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt (curl, CURLOPT_USE_SSL,
                    (long) (server->security == BILLING_MAIL_SECURITY_NONE ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  curl_easy_setopt (curl, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (curl, CURLOPT_SSL_VERIFYHOST, 2L);
  if (server->authorities != NULL)
    curl_easy_setopt (curl, CURLOPT_CAINFO, server->authorities);
  if (billing_host_is_loopback (server->host))
    curl_easy_setopt (curl, CURLOPT_NOPROXY, "*");
  if (server->user != NULL && *server->user != '\0')
    {
      curl_easy_setopt (curl, CURLOPT_USERNAME, server->user);
      curl_easy_setopt (curl, CURLOPT_PASSWORD, server->password != NULL ? server->password : "");
    }
}

static void
set_up_times (CURL                    *curl,
              const BillingMailServer *server)
{
  long timeout = server->timeout != 0 ? (long) server->timeout : TIMEOUT;

  /* Signals are the main program's. */
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, timeout);
  curl_easy_setopt (curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, timeout);
  /* Otherwise libcurl waits for two minutes to be told goodbye by a server that does not answer. */
  curl_easy_setopt (curl, CURLOPT_FORBID_REUSE, 1L);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, MIN (timeout, CONNECT_TIMEOUT));
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
}

static void
set_up_callbacks (CURL     *curl,
                  Delivery *delivery)
{
  curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (curl, CURLOPT_READFUNCTION, read_cb);
  curl_easy_setopt (curl, CURLOPT_READDATA, delivery);
  curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, answer_cb);
  curl_easy_setopt (curl, CURLOPT_HEADERDATA, delivery);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, progress_cb);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, delivery);
}

static CURLcode
perform (const BillingMailServer *server,
         const char              *from,
         const char              *to,
         Delivery                *delivery)
{
  g_autofree char *url = build_url (server, from);
  struct curl_slist *recipients = curl_slist_append (NULL, to);
  CURL *curl = curl_easy_init ();
  CURLcode code;

  set_up_security (curl, server);
  set_up_times (curl, server);
  set_up_callbacks (curl, delivery);
  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_MAIL_FROM, from);
  curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, recipients);
  code = curl_easy_perform (curl);

  curl_easy_cleanup (curl);
  curl_slist_free_all (recipients);
  return code;
}

static void
set (BillingMailResult  *result,
     BillingMailOutcome  outcome,
     gboolean            stops,
     char               *problem)
{
  *result = (BillingMailResult) { .outcome = outcome, .problem = problem, .stops = stops };
}

/* What a server says may be anything. */
static char *
quote (const char *sentence,
       Delivery   *delivery)
{
  g_autofree char *valid = g_utf8_make_valid (delivery->words->str, (gssize) delivery->words->len);

  if (!billing_text_is_plain (valid))
    g_strcanon (valid, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS " .,:;-_/@<>()=+#'\"", '?');
  return g_strdup_printf ("%s %d %s", sentence, delivery->code, valid);
}

static gboolean
is_about_settings (int code)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings_codes); i++)
    {
      if (settings_codes[i] == code)
        return TRUE;
    }

  return FALSE;
}

/* The server said no: to this message, for now or for good, or to us. */
static void
judge_answer (CURLcode           code,
              Delivery          *delivery,
              BillingMailResult *result)
{
  if (code == CURLE_LOGIN_DENIED || (!delivery->is_judged && is_about_settings (delivery->code)))
    set (result, BILLING_MAIL_DEFERRED, TRUE, quote (_("The mail server lets nobody in by this user and password:"), delivery));
  else if (delivery->code >= 500)
    set (result, BILLING_MAIL_REFUSED, FALSE, quote (_("The mail server refused it:"), delivery));
  else
    set (result, BILLING_MAIL_DEFERRED, FALSE, quote (_("The mail server does not take it now:"), delivery));
}

/* Nothing was said that could be quoted. */
static void
judge_silence (CURLcode           code,
               BillingMailResult *result)
{
  const char *problem;

  switch ((int) code)
    {
    case CURLE_ABORTED_BY_CALLBACK:
      problem = _("It was stopped before it was sent.");
      break;
    case CURLE_USE_SSL_FAILED:
      problem = _("The mail server offers no TLS, so that nothing was sent to it.");
      break;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      problem = _("The mail server cannot show that it is the one it should be (its certificate), so that nothing was sent to it.");
      break;
    case CURLE_COULDNT_RESOLVE_HOST:
      problem = _("The mail server’s name is not known, or there is no network.");
      break;
    case CURLE_OPERATION_TIMEDOUT:
      problem = _("The mail server did not answer in time, and nothing was sent.");
      break;
    case CURLE_COULDNT_CONNECT:
    default:
      problem = _("The mail server cannot be reached.");
      break;
    }
  set (result, BILLING_MAIL_DEFERRED, TRUE, g_strdup (problem));
}

static void
judge (CURLcode           code,
       Delivery          *delivery,
       BillingMailResult *result)
{
  gboolean is_answer = code == CURLE_LOGIN_DENIED || code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY ||
                       code == CURLE_REMOTE_ACCESS_DENIED;

  if (code == CURLE_OK || (delivery->is_judged && delivery->code / 100 == 2))
    set (result, BILLING_MAIL_SENT, FALSE, NULL);
  else if (delivery->is_over && !delivery->is_judged)
    set (result, BILLING_MAIL_UNKNOWN, TRUE,
         g_strdup (_("The mail server had all of it, but its answer was lost: it is not known whether it went out.")));
  else if (delivery->is_judged || (is_answer && delivery->code >= 400))
    judge_answer (code, delivery, result);
  else
    judge_silence (code, result);
}

/**
 * billing_mail_deliver:
 * @server: a mail server
 * @from: address of who sends it
 * @to: address of who gets it
 * @message: it, of billing_mail_message_build()
 * @result: (out): what became of it
 * @cancellable: (nullable): what stops it
 *
 * Hands a message to a mail server. TLS is needed and its certificate checked, except to this computer itself. Not for the thread of a main
 * loop.
 */
void
billing_mail_deliver (const BillingMailServer  *server,
                      const char               *from,
                      const char               *to,
                      GBytes                   *message,
                      BillingMailResult        *result,
                      GCancellable             *cancellable)
{
  static gsize begun = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  Delivery delivery = { .words = words, .cancellable = cancellable };

  if (g_once_init_enter (&begun))
    {
      curl_global_init (CURL_GLOBAL_DEFAULT);
      g_once_init_leave (&begun, 1);
    }
  if (!billing_mail_check_server (server, &error) || !billing_mail_check_address (from, &error) || !billing_mail_check_address (to, &error))
    {
      set (result, BILLING_MAIL_REFUSED, FALSE, g_strdup (error->message));
      return;
    }

  delivery.data = g_bytes_get_data (message, &delivery.left);
  judge (perform (server, from, to, &delivery), &delivery, result);
}
