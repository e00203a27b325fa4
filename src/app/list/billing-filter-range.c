/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-filter-range"

#include "config.h"

#include "billing-filter-range.h"

#include <glib/gi18n.h>

#include "billing-day-row.h"
#include "billing-day.h"
#include "billing-filter-format.h"
#include "billing-money-row.h"
#include "billing-problem-row.h"

/* Milliseconds after the last key: half a date is no date, and need not be said to be none. */
#define PAUSE 350

typedef enum {
  WAY_BETWEEN,
  WAY_EQUALS,
  WAY_MORE,
  WAY_LESS,
} Way;

typedef struct {
  BillingFilterRange *range; /* (not owned) */
  GtkWidget *row; /* (not owned) */
  BillingProblemRow *problem; /* (not owned) */
  char *day; /* (owned) (nullable): what is in force */
  gint64 amount; /* likewise, -1: none */
} Field;

enum { FIRST, LAST, N_FIELDS };

struct _BillingFilterRange {
  GtkBox parent_instance;

  /* Template widgets. */
  GtkDropDown *ways; /* (not owned) */
  GtkListBox *lists[N_FIELDS]; /* (not owned) */

  Field fields[N_FIELDS];
  char *properties[N_FIELDS]; /* (owned): of a query */
  gboolean has_ways;
  guint pause; /* the source that waits for the end of the writing, 0: none */
  gboolean busy; /* setting our own widgets */
};

typedef enum {
  PROP_FIRST = 1,
  PROP_LAST,
  PROP_FROM,
  PROP_TO,
  PROP_HAS_WAYS,
} BillingFilterRangeProperty;

static GParamSpec *properties[PROP_HAS_WAYS + 1];

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingFilterRange, billing_filter_range, GTK_TYPE_BOX)

/* In the order of the drop down. */
static const struct {
  const char *label;
  Way way;
} amount_ways[] = {
  { N_("Equals"), WAY_EQUALS }, { N_("More than"), WAY_MORE }, { N_("Less than"), WAY_LESS }, { N_("Between"), WAY_BETWEEN },
}, day_ways[] = {
  { N_("Before"), WAY_LESS }, { N_("After"), WAY_MORE }, { N_("Between"), WAY_BETWEEN },
};

static gboolean
has_days (BillingFilterRange *self)
{
  return BILLING_IS_DAY_ROW (self->fields[FIRST].row);
}

static Way
get_way (BillingFilterRange *self)
{
  guint selected = gtk_drop_down_get_selected (self->ways);

  if (!self->has_ways)
    return WAY_BETWEEN;

  return has_days (self) ? day_ways[selected].way : amount_ways[selected].way;
}

static void
select_way (BillingFilterRange *self,
            Way                 way)
{
  guint n = has_days (self) ? G_N_ELEMENTS (day_ways) : G_N_ELEMENTS (amount_ways);

  for (guint i = 0; i < n; i++)
    {
      if ((has_days (self) ? day_ways[i].way : amount_ways[i].way) == way)
        gtk_drop_down_set_selected (self->ways, i);
    }
}

/* What is written in a field. */

static gboolean
is_empty (Field *field)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (field->row))));

  return *text == '\0';
}

static gboolean
read_amount (Field   *field,
             gint64  *amount,
             GError **error)
{
  *amount = -1;
  return is_empty (field) || billing_money_row_get_amount (BILLING_MONEY_ROW (field->row), amount, error);
}

/* Whether what is written there makes sense, and is something else than what is in force; then it is in force. */
static gboolean
take (Field     *field,
      GError   **error)
{
  g_autofree char *day = NULL;
  gint64 amount = -1;

  if (BILLING_IS_DAY_ROW (field->row) ? !billing_day_row_get_day (BILLING_DAY_ROW (field->row), &day, error)
                                      : !read_amount (field, &amount, error))
    return FALSE;
  if (g_strcmp0 (day, field->day) == 0 && amount == field->amount)
    return FALSE;

  g_free (field->day);
  field->day = g_steal_pointer (&day);
  field->amount = amount;
  return TRUE;
}

/* Nothing can be after the last day and before the first. */
static const char *
find_contradiction (BillingFilterRange *self)
{
  const Field *first = &self->fields[FIRST];
  const Field *last = &self->fields[LAST];

  if (get_way (self) != WAY_BETWEEN)
    return NULL;
  if (first->day != NULL && last->day != NULL && strcmp (first->day, last->day) > 0)
    return _("This is before the first day.");
  if (first->amount >= 0 && last->amount >= 0 && first->amount > last->amount)
    return _("This is less than the lowest amount.");

  return NULL;
}

/* Takes what is written. What makes no sense is complained about once its writer is done with it. */
static void
take_all (BillingFilterRange *self,
          Field              *done)
{
  gboolean any = FALSE;

  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_autoptr (GError) error = NULL;

      any |= take (&self->fields[i], &error);
      if (error == NULL)
        billing_problem_row_set_message (self->fields[i].problem, i == LAST ? find_contradiction (self) : NULL);
      else if (done == &self->fields[i])
        billing_problem_row_set_message (self->fields[i].problem, error->message);
    }

  if (any)
    g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
pause_cb (gpointer user_data)
{
  BillingFilterRange *self = user_data;

  self->pause = 0;
  take_all (self, NULL);
  return G_SOURCE_REMOVE;
}

static void
written_cb (Field *field)
{
  BillingFilterRange *self = field->range;

  if (self->busy)
    return;

  billing_problem_row_set_message (field->problem, NULL);
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add (PAUSE, pause_cb, self);
}

static void
done_cb (Field *field)
{
  BillingFilterRange *self = field->range;

  if (self->busy)
    return;

  g_clear_handle_id (&self->pause, g_source_remove);
  take_all (self, field);
}

static void
update_way (BillingFilterRange *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->lists[LAST]), get_way (self) == WAY_BETWEEN);
  if (!self->has_ways)
    return;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->fields[FIRST].row),
                                 get_way (self) == WAY_BETWEEN ? _("From") : has_days (self) ? _("Date") : _("Amount"));
}

static void
way_cb (BillingFilterRange *self)
{
  if (self->busy || self->fields[FIRST].row == NULL)
    return;

  update_way (self);
  billing_problem_row_set_message (self->fields[LAST].problem, find_contradiction (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_field (BillingFilterRange *self,
           guint               i)
{
  Field *field = &self->fields[i];
  GtkEventController *focus = gtk_event_controller_focus_new ();

  field->problem = g_object_new (BILLING_TYPE_PROBLEM_ROW, "field", field->row, NULL);
  gtk_list_box_append (self->lists[i], field->row);
  gtk_list_box_append (self->lists[i], GTK_WIDGET (field->problem));
  g_signal_connect_swapped (field->row, "changed", G_CALLBACK (written_cb), field);
  g_signal_connect_swapped (field->row, "entry-activated", G_CALLBACK (done_cb), field);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (done_cb), field);
  gtk_widget_add_controller (field->row, focus);
}

static void
add_ways (BillingFilterRange *self)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  guint n = has_days (self) ? G_N_ELEMENTS (day_ways) : G_N_ELEMENTS (amount_ways);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (labels, has_days (self) ? _(day_ways[i].label) : _(amount_ways[i].label));

  gtk_drop_down_set_model (self->ways, G_LIST_MODEL (labels));
  select_way (self, WAY_BETWEEN);
  g_object_unref (labels);
}

static void
billing_filter_range_constructed (GObject *object)
{
  BillingFilterRange *self = BILLING_FILTER_RANGE (object);

  G_OBJECT_CLASS (billing_filter_range_parent_class)->constructed (object);

  self->busy = TRUE;
  for (guint i = 0; i < N_FIELDS; i++)
    add_field (self, i);
  add_ways (self);
  gtk_widget_set_visible (GTK_WIDGET (self->ways), self->has_ways);
  update_way (self);
  self->busy = FALSE;
}

static void
billing_filter_range_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  BillingFilterRange *self = BILLING_FILTER_RANGE (object);

  switch ((BillingFilterRangeProperty) prop_id)
    {
    case PROP_FIRST:
    case PROP_LAST:
      self->fields[prop_id == PROP_FIRST ? FIRST : LAST].row = g_value_get_object (value);
      break;
    case PROP_FROM:
    case PROP_TO:
      self->properties[prop_id == PROP_FROM ? FIRST : LAST] = g_value_dup_string (value);
      break;
    case PROP_HAS_WAYS:
      self->has_ways = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
billing_filter_range_dispose (GObject *object)
{
  BillingFilterRange *self = BILLING_FILTER_RANGE (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  self->busy = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), BILLING_TYPE_FILTER_RANGE);

  G_OBJECT_CLASS (billing_filter_range_parent_class)->dispose (object);
}

static void
billing_filter_range_finalize (GObject *object)
{
  BillingFilterRange *self = BILLING_FILTER_RANGE (object);

  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_free (self->fields[i].day);
      g_free (self->properties[i]);
    }

  G_OBJECT_CLASS (billing_filter_range_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  properties[PROP_FIRST] = g_param_spec_object ("first", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_LAST] = g_param_spec_object ("last", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_FROM] = g_param_spec_string ("from", NULL, NULL, NULL, flags);
  properties[PROP_TO] = g_param_spec_string ("to", NULL, NULL, NULL, flags);
  properties[PROP_HAS_WAYS] = g_param_spec_boolean ("has-ways", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
billing_filter_range_class_init (BillingFilterRangeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = billing_filter_range_constructed;
  object_class->dispose = billing_filter_range_dispose;
  object_class->finalize = billing_filter_range_finalize;
  object_class->set_property = billing_filter_range_set_property;
  install_properties (object_class);

  signals[CHANGED] = g_signal_new ("changed", BILLING_TYPE_FILTER_RANGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/list/filter-range.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingFilterRange, ways);
  gtk_widget_class_bind_template_child_full (widget_class, "first_list", FALSE, G_STRUCT_OFFSET (BillingFilterRange, lists[FIRST]));
  gtk_widget_class_bind_template_child_full (widget_class, "last_list", FALSE, G_STRUCT_OFFSET (BillingFilterRange, lists[LAST]));
  gtk_widget_class_bind_template_callback (widget_class, way_cb);
}

static void
billing_filter_range_init (BillingFilterRange *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    {
      self->fields[i].range = self;
      self->fields[i].amount = -1;
    }
  self->busy = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * billing_filter_range_set_currency:
 * @self: a range of amounts
 * @currency: theirs
 */
void
billing_filter_range_set_currency (BillingFilterRange *self,
                                   const char         *currency)
{
  for (guint i = 0; i < N_FIELDS; i++)
    billing_money_row_set_currency (BILLING_MONEY_ROW (self->fields[i].row), currency);
}

static void
show_day (Field      *field,
          const char *day)
{
  g_free (field->day);
  field->day = g_strdup (day);
  billing_day_row_set_day (BILLING_DAY_ROW (field->row), day);
}

static void
show_amount (Field  *field,
             gint64  amount)
{
  field->amount = amount;
  if (amount >= 0)
    billing_money_row_set_amount (BILLING_MONEY_ROW (field->row), amount);
  else
    gtk_editable_set_text (GTK_EDITABLE (field->row), "");
}

/* Before and after do not count the day itself, but a query does. */
static void
show_days (BillingFilterRange *self,
           BillingQuery       *query)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  g_object_get (query, self->properties[FIRST], &from, self->properties[LAST], &to, NULL);
  if (self->has_ways && (from == NULL) != (to == NULL))
    {
      g_autofree char *day = billing_day_add (from != NULL ? from : to, from != NULL ? -1 : 1);

      select_way (self, from != NULL ? WAY_MORE : WAY_LESS);
      show_day (&self->fields[FIRST], day);
      show_day (&self->fields[LAST], NULL);
      return;
    }

  if (from != NULL)
    select_way (self, WAY_BETWEEN);
  show_day (&self->fields[FIRST], from);
  show_day (&self->fields[LAST], to);
}

/* Whether this is an amount, or what is more or less than one, and not what is from one on or until it. */
static gboolean
is_compared (gint64 min,
             gint64 max)
{
  if (min == max || (min >= 0 && max >= 0))
    return min == max && min >= 0;

  return min >= 0 ? !billing_filter_format_is_rounder (min, min - 1) : !billing_filter_format_is_rounder (max, max + 1);
}

/* Likewise, more and less. */
static void
show_amounts (BillingFilterRange *self,
              BillingQuery       *query)
{
  gint64 min, max;

  g_object_get (query, self->properties[FIRST], &min, self->properties[LAST], &max, NULL);
  if (self->has_ways && is_compared (min, max))
    {
      select_way (self, min == max ? WAY_EQUALS : min >= 0 ? WAY_MORE : WAY_LESS);
      show_amount (&self->fields[FIRST], min == max ? min : min >= 0 ? min - 1 : max + 1);
      show_amount (&self->fields[LAST], -1);
      return;
    }

  if (min >= 0 || max >= 0)
    select_way (self, WAY_BETWEEN);
  show_amount (&self->fields[FIRST], min);
  show_amount (&self->fields[LAST], max);
}

/**
 * billing_filter_range_show:
 * @self: a range
 * @query: what is in force
 */
void
billing_filter_range_show (BillingFilterRange *self,
                           BillingQuery       *query)
{
  self->busy = TRUE;
  g_clear_handle_id (&self->pause, g_source_remove);
  if (has_days (self))
    show_days (self, query);
  else
    show_amounts (self, query);
  for (guint i = 0; i < N_FIELDS; i++)
    billing_problem_row_set_message (self->fields[i].problem, NULL);
  update_way (self);
  self->busy = FALSE;
}

static void
apply_days (BillingFilterRange *self,
            BillingQuery       *query)
{
  const char *first = self->fields[FIRST].day;
  Way way = get_way (self);
  g_autofree char *after = way == WAY_MORE && first != NULL ? billing_day_add (first, 1) : NULL;
  g_autofree char *before = way == WAY_LESS && first != NULL ? billing_day_add (first, -1) : NULL;

  if (way == WAY_BETWEEN)
    g_object_set (query, self->properties[FIRST], first, self->properties[LAST], self->fields[LAST].day, NULL);
  else
    g_object_set (query, self->properties[FIRST], after, self->properties[LAST], before, NULL);
}

static void
apply_amounts (BillingFilterRange *self,
               BillingQuery       *query)
{
  gint64 first = self->fields[FIRST].amount;
  Way way = get_way (self);
  gint64 min = -1, max = -1;

  if (first >= 0 && way == WAY_MORE)
    min = first + 1;
  else if (way != WAY_LESS)
    min = first;

  if (way == WAY_BETWEEN)
    max = self->fields[LAST].amount;
  else if (way == WAY_EQUALS)
    max = first;
  else if (first >= 0 && way == WAY_LESS)
    max = MAX (0, first - 1);

  g_object_set (query, self->properties[FIRST], min, self->properties[LAST], max, NULL);
}

/**
 * billing_filter_range_apply:
 * @self: a range
 * @query: gets what is in force
 */
void
billing_filter_range_apply (BillingFilterRange *self,
                            BillingQuery       *query)
{
  if (has_days (self))
    apply_days (self, query);
  else
    apply_amounts (self, query);
}
