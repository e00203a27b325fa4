/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-wrap-layout"

#include "config.h"

#include "billing-wrap-layout.h"

struct _BillingWrapLayout {
  GtkLayoutManager parent_instance;

  int spacing;
};

typedef enum {
  PROP_SPACING = 1,
} BillingWrapLayoutProperty;

static GParamSpec *properties[PROP_SPACING + 1];

G_DEFINE_FINAL_TYPE (BillingWrapLayout, billing_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* A child that is wider than the whole line is made as narrow as it gets. */
static int
get_width (GtkWidget *child,
           int        width)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, width));
}

static int
get_height (GtkWidget *child,
            int        width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static void
place (GtkWidget *child,
       int        x,
       int        y,
       int        width,
       int        height)
{
  gtk_widget_size_allocate (child, &(GtkAllocation) { x, y, width, height }, -1);
}

/* Places the children in lines of @width where @is_placing. Returns the height that they take. */
static int
lay_out (BillingWrapLayout *self,
         GtkWidget         *widget,
         int                width,
         gboolean           is_placing)
{
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0, line = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int child_width, child_height;

      if (!gtk_widget_should_layout (child))
        continue;

      child_width = get_width (child, width);
      child_height = get_height (child, child_width);
      if (x > 0 && x + child_width > width)
        {
          x = 0;
          y += line + self->spacing;
          line = 0;
        }

      if (is_placing)
        place (child, is_mirrored ? width - x - child_width : x, y, child_width, child_height);
      x += child_width + self->spacing;
      line = MAX (line, child_height);
    }

  return y + line;
}

static void
measure_width (GtkWidget *widget,
               int        spacing,
               int       *minimum,
               int       *natural)
{
  int n = 0;

  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (n++ > 0 ? spacing : 0);
    }
}

static GtkSizeRequestMode
billing_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                      GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
billing_wrap_layout_measure (GtkLayoutManager *manager,
                             GtkWidget        *widget,
                             GtkOrientation    orientation,
                             int               for_size,
                             int              *minimum,
                             int              *natural,
                             int              *minimum_baseline,
                             int              *natural_baseline)
{
  BillingWrapLayout *self = BILLING_WRAP_LAYOUT (manager);
  int least, most;

  measure_width (widget, self->spacing, &least, &most);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = most;
    }
  else
    *minimum = *natural = lay_out (self, widget, for_size >= 0 ? MAX (for_size, least) : most, FALSE);
}

static void
billing_wrap_layout_allocate (GtkLayoutManager *manager,
                              GtkWidget        *widget,
                              int               width,
                              int               height,
                              int               baseline)
{
  lay_out (BILLING_WRAP_LAYOUT (manager), widget, width, TRUE);
}

static void
billing_wrap_layout_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  switch ((BillingWrapLayoutProperty) property_id)
    {
    case PROP_SPACING:
      g_value_set_int (value, BILLING_WRAP_LAYOUT (object)->spacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_wrap_layout_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  BillingWrapLayout *self = BILLING_WRAP_LAYOUT (object);

  switch ((BillingWrapLayoutProperty) property_id)
    {
    case PROP_SPACING:
      if (self->spacing == g_value_get_int (value))
        return;
      self->spacing = g_value_get_int (value);
      gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_wrap_layout_class_init (BillingWrapLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = billing_wrap_layout_get_property;
  object_class->set_property = billing_wrap_layout_set_property;
  layout_class->get_request_mode = billing_wrap_layout_get_request_mode;
  layout_class->measure = billing_wrap_layout_measure;
  layout_class->allocate = billing_wrap_layout_allocate;

  properties[PROP_SPACING] =
    g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 0,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
billing_wrap_layout_init (BillingWrapLayout *self)
{
}
