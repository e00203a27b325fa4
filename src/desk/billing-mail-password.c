/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-mail-password"

#include "config.h"

#include "billing-mail-password.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "billing-desk-private.h"
#include "billing-keyring.h"
#include "billing-messages.h"
#include "billing-sync.h"

/*
 * How the mail server is spoken to. Its password is in the keyring; where there is none, as on a server, the environment may bring one for the time
 * that the program runs.
 */

#define VARIABLE "BILLING_MAIL_PASSWORD"

/* What the environment brought; written once, before there are threads. */
static char *brought; /* (owned) (nullable) */

static BillingKeyringItem
get_item (BillingDesk *desk)
{
  return (BillingKeyringItem) { billing_record_get_id (BILLING_RECORD (billing_desk_get_practice (desk))), BILLING_KEYRING_MAIL };
}

/**
 * billing_mail_password_take_environment:
 *
 * Takes the password from the environment, so that nobody else finds it there. To be done while the program has one thread.
 */
void
billing_mail_password_take_environment (void)
{
  char *text = getenv (VARIABLE);

  if (text == NULL)
    return;

  billing_keyring_free_secret (brought);
  brought = g_strdup (text);
  explicit_bzero (text, strlen (text));
  unsetenv (VARIABLE);
}

BillingMailServer
_billing_mail_get_server (BillingMailSettings *settings)
{
  return (BillingMailServer) {
    .host = settings->host,
    .port = (guint) settings->port,
    .security = g_str_equal (settings->security, "tls") ? BILLING_MAIL_SECURITY_TLS
                : g_str_equal (settings->security, "none") ? BILLING_MAIL_SECURITY_NONE : BILLING_MAIL_SECURITY_STARTTLS,
    .user = settings->user,
  };
}

/**
 * _billing_mail_find_password:
 * @desk: a session
 * @password: (out) (transfer full) (nullable): for billing_keyring_free_secret(); %NULL: there is none
 * @error: return location for a #BillingSyncError
 *
 * Looks the password up, which asks nobody and takes a few seconds at most.
 *
 * Returns: whether it could be looked for
 */
gboolean
_billing_mail_find_password (BillingDesk  *desk,
                             char        **password,
                             GError      **error)
{
  BillingKeyringItem item = get_item (desk);
  BillingKeyringState state;

  *password = billing_keyring_look_up (&item, &state);
  if (*password == NULL && brought != NULL)
    *password = g_strdup (brought);
  if (*password != NULL || state == BILLING_KEYRING_OPEN)
    return TRUE;

  g_set_error_literal (error, BILLING_SYNC_ERROR, state == BILLING_KEYRING_LOCKED ? BILLING_SYNC_ERROR_LOCKED : BILLING_SYNC_ERROR_NO_KEYRING,
                       state == BILLING_KEYRING_LOCKED
                         ? _("The keyring is locked, so that the password of the mail server cannot be read. Unlock it; nothing was sent.")
                         : _("There is no keyring that could have the password of the mail server. Install and start one; nothing was sent."));
  return FALSE;
}

/* What the keyring says is not made for people. */
static void
explain (GError  *own_error,
         GError **error)
{
  gboolean is_locked = g_error_matches (own_error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);

  g_debug ("The keyring: %s", own_error->message);
  g_set_error_literal (error, BILLING_SYNC_ERROR, is_locked ? BILLING_SYNC_ERROR_LOCKED : BILLING_SYNC_ERROR_NO_KEYRING,
                       is_locked ? _("The keyring is locked: the password was not kept. Unlock it, and enter the password again.")
                                 : _("There is no keyring that could keep a password. Install and start one, such as GNOME Keyring or KeePassXC. "
                                     "Nothing was changed."));
}

/**
 * billing_desk_keep_mail_password:
 * @self: a session
 * @act: a %BILLING_VERB_MAIL_SETTINGS; passphrase: the password; empty: it is forgotten; %NULL: it stays
 * @error: return location for a #BillingSyncError
 *
 * What comes before the transaction: the password goes into the keyring, and nowhere else.
 *
 * Returns: %NULL, with @error where it could not be kept
 */
BillingRecord *
billing_desk_keep_mail_password (BillingDesk  *self,
                                 BillingAct   *act,
                                 GError      **error)
{
  BillingKeyringItem item = get_item (self);
  g_autoptr (GError) own_error = NULL;
  gboolean is_kept;

  if (act->passphrase == NULL)
    return NULL;

  is_kept = *act->passphrase != '\0' ? billing_keyring_store (&item, _("Billing: password of the mail server"), act->passphrase, NULL, &own_error)
                                     : billing_keyring_clear (&item, NULL, &own_error);
  if (!is_kept)
    explain (own_error, error);
  return NULL;
}
