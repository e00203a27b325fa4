/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-form"

#include "config.h"

#include "billing-stripe-form.h"

#include <inttypes.h>
#include <string.h>

typedef struct
{
  char *prefix; /* (owned) */
  guint items;  /* added to it */
} Level;

struct _BillingStripeForm
{
  GString *text;     /* (owned) */
  GPtrArray *levels; /* (owned): of Level, the open ones */
  GHashTable *names; /* (owned): all names added */
  guint expanded;
};

static void
level_free (gpointer data)
{
  Level *level = data;

  g_free (level->prefix);
  g_free (level);
}

static Level *
get_level (BillingStripeForm *self)
{
  return self->levels->len > 0 ? g_ptr_array_index (self->levels, self->levels->len - 1) : NULL;
}

static gboolean
is_name (const char *name)
{
  return *name != '\0' && strpbrk (name, "[]") == NULL && g_utf8_validate (name, -1, NULL);
}

/* Nothing but the unreserved characters of RFC 3986 stays as it is: ! * ( ) ' do not. */
static char *
encode (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

static char *
make_name (BillingStripeForm *self,
           const char        *name)
{
  Level *level = get_level (self);
  g_autofree char *encoded = name != NULL ? encode (name) : NULL;

  if (level == NULL)
    return g_steal_pointer (&encoded);
  if (name == NULL)
    return g_strdup_printf ("%s[%u]", level->prefix, level->items++);
  return g_strdup_printf ("%s[%s]", level->prefix, encoded);
}

/* Of a name that stands twice Stripe takes one, and nobody knows which: not where money is. */
static void
append (BillingStripeForm *self,
        char              *name,
        const char        *value)
{
  g_autofree char *encoded = encode (value);

  g_return_if_fail (g_hash_table_add (self->names, name));

  g_string_append_printf (self->text, "%s%s=%s", self->text->len > 0 ? "&" : "", name, encoded);
}

BillingStripeForm *
billing_stripe_form_new (void)
{
  BillingStripeForm *self = g_new0 (BillingStripeForm, 1);

  self->text = g_string_new (NULL);
  self->levels = g_ptr_array_new_with_free_func (level_free);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
billing_stripe_form_free (BillingStripeForm *self)
{
  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->levels);
  g_hash_table_unref (self->names);
  g_free (self);
}

void
billing_stripe_form_open (BillingStripeForm *self,
                          const char        *name)
{
  Level *level;

  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL ? is_name (name) : self->levels->len > 0);

  level = g_new0 (Level, 1);
  level->prefix = make_name (self, name);
  g_ptr_array_add (self->levels, level);
}

void
billing_stripe_form_close (BillingStripeForm *self)
{
  g_return_if_fail (self != NULL && self->levels->len > 0);

  g_ptr_array_remove_index (self->levels, self->levels->len - 1);
}

void
billing_stripe_form_add_string (BillingStripeForm *self,
                                const char        *name,
                                const char        *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL ? is_name (name) : self->levels->len > 0);
  g_return_if_fail (value != NULL && g_utf8_validate (value, -1, NULL));

  append (self, make_name (self, name), value);
}

void
billing_stripe_form_add_integer (BillingStripeForm *self,
                                 const char        *name,
                                 gint64             value)
{
  g_autofree char *text = g_strdup_printf ("%" PRId64, value);

  billing_stripe_form_add_string (self, name, text);
}

void
billing_stripe_form_add_boolean (BillingStripeForm *self,
                                 const char        *name,
                                 gboolean           value)
{
  billing_stripe_form_add_string (self, name, value ? "true" : "false");
}

void
billing_stripe_form_add_unset (BillingStripeForm *self,
                               const char        *name)
{
  billing_stripe_form_add_string (self, name, "");
}

void
billing_stripe_form_expand (BillingStripeForm *self,
                            const char        *path)
{
  g_return_if_fail (self != NULL && path != NULL && *path != '\0');

  append (self, g_strdup_printf ("expand[%u]", self->expanded++), path);
}

GBytes *
billing_stripe_form_to_bytes (BillingStripeForm *self)
{
  g_return_val_if_fail (self != NULL && self->levels->len == 0, NULL);

  return g_bytes_new (self->text->str, self->text->len);
}
