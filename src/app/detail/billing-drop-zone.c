/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-drop-zone"

#include "config.h"

#include "billing-drop-zone.h"

#include "billing-file-choice.h"

struct _BillingDropZone {
  AdwBin parent_instance;

  /* Template widgets */
  GtkOverlay *overlay; /* (not owned) */
  GtkWidget *hint; /* (not owned) */

  GtkDropTarget *target; /* (not owned) */
  GCancellable *pasting; /* (owned) */
  gboolean is_open;
};

typedef enum {
  PROP_CONTENT = 1,
} BillingDropZoneProperty;

static GParamSpec *properties[PROP_CONTENT + 1];

enum { FILES, IMAGE, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingDropZone, billing_drop_zone, ADW_TYPE_BIN)

static gboolean
take_files (gpointer  owner,
            GSList   *files)
{
  BillingDropZone *self = owner;

  gtk_widget_set_visible (self->hint, FALSE);
  if (!self->is_open || files == NULL)
    return FALSE;

  g_signal_emit (self, signals[FILES], 0, files);
  return TRUE;
}

/* Only files: what else is dragged is for the fields of the pane. */
static GdkDragAction
enter_cb (BillingDropZone *self)
{
  gtk_widget_set_visible (self->hint, self->is_open);
  return self->is_open ? GDK_ACTION_COPY : 0;
}

static GdkDragAction
motion_cb (BillingDropZone *self)
{
  return self->is_open ? GDK_ACTION_COPY : 0;
}

static void
leave_cb (BillingDropZone *self)
{
  gtk_widget_set_visible (self->hint, FALSE);
}

static void
files_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, NULL);

  if (value != NULL)
    take_files (user_data, g_value_get_boxed (value));
}

static void
image_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GdkTexture) texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (object), result, NULL);

  if (texture != NULL)
    g_signal_emit (user_data, signals[IMAGE], 0, texture);
}

/* What a field wants of the clipboard it has taken before, wherever in the window it is; the zone may be out of sight. */
static gboolean
paste_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   user_data)
{
  BillingDropZone *self = BILLING_DROP_ZONE (widget);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  g_autoptr (GdkContentFormats) all = gdk_content_formats_union_deserialize_gtypes (gdk_content_formats_ref (formats));

  if (!self->is_open || !gtk_widget_get_mapped (widget))
    return FALSE;

  if (gdk_content_formats_contain_gtype (all, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, self->pasting, files_read_cb, self);
  else if (gdk_content_formats_contain_gtype (all, GDK_TYPE_TEXTURE))
    gdk_clipboard_read_texture_async (clipboard, self->pasting, image_read_cb, self);
  else
    return FALSE;

  return TRUE;
}

/* Whoever has selected a payment has the focus in the list, and pastes onto what the pane shows. */
static void
add_shortcuts (BillingDropZone *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcutTrigger *trigger = gtk_shortcut_trigger_parse_string ("<Control>v|<Shift>Insert");
  GtkShortcutAction *action = gtk_callback_action_new (paste_cb, NULL, NULL);

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), gtk_shortcut_new (trigger, action));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
billing_drop_zone_dispose (GObject *object)
{
  BillingDropZone *self = BILLING_DROP_ZONE (object);

  g_cancellable_cancel (self->pasting);

  G_OBJECT_CLASS (billing_drop_zone_parent_class)->dispose (object);
}

static void
billing_drop_zone_finalize (GObject *object)
{
  BillingDropZone *self = BILLING_DROP_ZONE (object);

  g_clear_object (&self->pasting);

  G_OBJECT_CLASS (billing_drop_zone_parent_class)->finalize (object);
}

static void
billing_drop_zone_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  BillingDropZone *self = BILLING_DROP_ZONE (object);

  switch ((BillingDropZoneProperty) property_id)
    {
    case PROP_CONTENT:
      g_value_set_object (value, gtk_overlay_get_child (self->overlay));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_drop_zone_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  BillingDropZone *self = BILLING_DROP_ZONE (object);

  switch ((BillingDropZoneProperty) property_id)
    {
    case PROP_CONTENT:
      gtk_overlay_set_child (self->overlay, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_drop_zone_class_init (BillingDropZoneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = billing_drop_zone_dispose;
  object_class->finalize = billing_drop_zone_finalize;
  object_class->get_property = billing_drop_zone_get_property;
  object_class->set_property = billing_drop_zone_set_property;

  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[FILES] = g_signal_new ("files", BILLING_TYPE_DROP_ZONE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_POINTER);
  signals[IMAGE] = g_signal_new ("image", BILLING_TYPE_DROP_ZONE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 GDK_TYPE_TEXTURE);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/detail/drop-zone.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingDropZone, hint);
  gtk_widget_class_bind_template_child (widget_class, BillingDropZone, overlay);
}

static void
billing_drop_zone_init (BillingDropZone *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->pasting = g_cancellable_new ();
  self->is_open = TRUE;
  self->target = billing_file_choice_new_drop (self, take_files);
  g_signal_connect_swapped (self->target, "enter", G_CALLBACK (enter_cb), self);
  g_signal_connect_swapped (self->target, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (self->target, "leave", G_CALLBACK (leave_cb), self);
  /* Before the fields of the pane, which would take a file for its name. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (self->target), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->target));
  add_shortcuts (self);
}

/**
 * billing_drop_zone_set_open:
 * @self: a drop zone
 * @is_open: whether there is something with which files can be kept
 */
void
billing_drop_zone_set_open (BillingDropZone *self,
                            gboolean         is_open)
{
  self->is_open = is_open;
}
