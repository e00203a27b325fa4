/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-key"

#include "config.h"

#include "billing-stripe-key.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/mman.h>

#include "billing-stripe-error.h"

/* Stripe's are about 110 characters long. */
#define MAX_LENGTH 255

/* A key fills no page, and a page is the least that can be kept from the swap. */
#define PAGE_SIZE 4096

struct _BillingStripeKey
{
  char *text; /* (owned): a mapping of PAGE_SIZE */
};

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, BILLING_STRIPE_ERROR, BILLING_STRIPE_ERROR_KEY, sentence);
  return FALSE;
}

static gboolean
has_prefix (const char *text,
            const char *prefix)
{
  return g_str_has_prefix (text, prefix) && text[strlen (prefix)] != '\0';
}

/* Anything else than these characters could also end the header that the key is sent in. */
static gboolean
check (const char  *text,
       GError     **error)
{
  if (g_str_has_prefix (text, "pk_"))
    return refuse (error, _("This is a publishable key (pk_…): it cannot read payments. Enter the "
                            "secret key (sk_…) or a restricted key (rk_…), which are on the same "
                            "page of the Stripe Dashboard."));
  if (g_str_has_prefix (text, "whsec_"))
    return refuse (error, _("This is a webhook's signing secret (whsec_…). Enter the secret key "
                            "(sk_…) or a restricted key (rk_…) of the Stripe Dashboard, under "
                            "Developers → API keys."));
  if (strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_") != strlen (text) ||
      strlen (text) > MAX_LENGTH)
    return refuse (error, _("This is not a key of Stripe's: it has a space, a line break or "
                            "another character that keys do not have, or is too long. Copy it "
                            "again from the Stripe Dashboard."));
  if (!has_prefix (text, "sk_live_") && !has_prefix (text, "sk_test_") &&
      !has_prefix (text, "rk_live_") && !has_prefix (text, "rk_test_"))
    return refuse (error, _("This is not a key of Stripe's: they begin with sk_live_, sk_test_, "
                            "rk_live_ or rk_test_. Copy it again from the Stripe Dashboard, under "
                            "Developers → API keys."));
  return TRUE;
}

/* Without the right to lock memory the key is used all the same: most systems grant 64 KiB and
 * more. */
static char *
map_page (void)
{
  void *page = mmap (NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (page == MAP_FAILED)
    g_error ("Out of memory");
  if (mlock (page, PAGE_SIZE) != 0)
    g_debug ("The key's memory may be swapped out: %s", g_strerror (errno));
  if (madvise (page, PAGE_SIZE, MADV_DONTDUMP) != 0)
    g_debug ("The key may be in a core dump: %s", g_strerror (errno));
  return page;
}

BillingStripeKey *
billing_stripe_key_new (const char  *text,
                        GError     **error)
{
  BillingStripeKey *self;

  g_return_val_if_fail (text != NULL, NULL);

  if (!check (text, error))
    return NULL;

  self = g_new0 (BillingStripeKey, 1);
  self->text = map_page ();
  strcpy (self->text, text);
  return self;
}

void
billing_stripe_key_free (BillingStripeKey *self)
{
  explicit_bzero (self->text, PAGE_SIZE);
  munmap (self->text, PAGE_SIZE);
  g_free (self);
}

const char *
billing_stripe_key_peek (BillingStripeKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

gboolean
billing_stripe_key_is_live (BillingStripeKey *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_str_has_prefix (self->text + strlen ("sk_"), "live_");
}

gboolean
billing_stripe_key_is_restricted (BillingStripeKey *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_str_has_prefix (self->text, "rk_");
}
