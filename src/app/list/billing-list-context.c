/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-context"

#include "config.h"

#include "billing-list-context.h"

#include "billing-day.h"
#include "billing-list-choice.h"

/* A sleeping computer wakes up on another day: so the clock is looked at, not waited for. */
#define SECONDS_BETWEEN_LOOKS 30

struct _BillingListContext {
  GObject parent_instance;

  char *currency; /* (owned) */
  char *time_zone; /* (owned) (nullable) */
  char *today; /* (owned) */
  BillingListChoice *choice; /* (owned) (nullable) */
  guint clock;
};

typedef enum {
  PROP_CURRENCY = 1,
  PROP_TIME_ZONE,
  PROP_TODAY,
} BillingListContextProperty;

static GParamSpec *properties[PROP_TODAY + 1];

G_DEFINE_FINAL_TYPE (BillingListContext, billing_list_context, G_TYPE_OBJECT)

static gboolean
clock_cb (gpointer user_data)
{
  BillingListContext *self = user_data;
  g_autofree char *today = billing_day_today (self->time_zone);

  billing_list_context_set_today (self, today);
  return G_SOURCE_CONTINUE;
}

static void
billing_list_context_finalize (GObject *object)
{
  BillingListContext *self = BILLING_LIST_CONTEXT (object);

  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_object (&self->choice);
  g_free (self->currency);
  g_free (self->time_zone);
  g_free (self->today);

  G_OBJECT_CLASS (billing_list_context_parent_class)->finalize (object);
}

static void
billing_list_context_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  BillingListContext *self = BILLING_LIST_CONTEXT (object);

  switch ((BillingListContextProperty) property_id)
    {
    case PROP_CURRENCY:
      g_value_set_string (value, self->currency);
      break;
    case PROP_TIME_ZONE:
      g_value_set_string (value, self->time_zone);
      break;
    case PROP_TODAY:
      g_value_set_string (value, self->today);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_list_context_class_init (BillingListContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = billing_list_context_finalize;
  object_class->get_property = billing_list_context_get_property;

  properties[PROP_CURRENCY] = g_param_spec_string ("currency", NULL, NULL, NULL, flags);
  properties[PROP_TIME_ZONE] = g_param_spec_string ("time-zone", NULL, NULL, NULL, flags);
  properties[PROP_TODAY] = g_param_spec_string ("today", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
billing_list_context_init (BillingListContext *self)
{
}

/**
 * billing_list_context_new:
 * @currency: ISO 4217 code
 * @time_zone: (nullable): in which days begin and end; %NULL: the computer's
 *
 * Returns: (transfer full): a context whose day is today's there
 */
BillingListContext *
billing_list_context_new (const char *currency,
                          const char *time_zone)
{
  BillingListContext *self = g_object_new (BILLING_TYPE_LIST_CONTEXT, NULL);

  self->currency = g_strdup (currency);
  self->time_zone = g_strdup (time_zone);
  self->today = billing_day_today (time_zone);
  self->clock = g_timeout_add_seconds (SECONDS_BETWEEN_LOOKS, clock_cb, self);
  return self;
}

BillingListContext *
billing_list_context_new_for_desk (BillingDesk *desk)
{
  BillingPractice *practice = billing_desk_get_practice (desk);

  return billing_list_context_new (practice->currency, practice->time_zone);
}

const char *
billing_list_context_get_currency (BillingListContext *self)
{
  return self->currency;
}

const char *
billing_list_context_get_time_zone (BillingListContext *self)
{
  return self->time_zone;
}

const char *
billing_list_context_get_today (BillingListContext *self)
{
  return self->today;
}

void
billing_list_context_set_today (BillingListContext *self,
                                const char         *today)
{
  if (g_strcmp0 (self->today, today) == 0)
    return;

  g_free (self->today);
  self->today = g_strdup (today);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TODAY]);
}

BillingListChoice *
billing_list_context_get_choice (BillingListContext *self)
{
  return self->choice;
}

void
billing_list_context_set_choice (BillingListContext *self,
                                 BillingListChoice  *choice)
{
  g_set_object (&self->choice, choice);
}
