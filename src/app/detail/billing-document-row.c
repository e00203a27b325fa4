/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-document-row"

#include "config.h"

#include "billing-document-row.h"

#include <glib/gi18n.h>

#include "billing-detail-format.h"
#include "billing-detail-section.h"
#include "billing-thumbnail.h"

#define THUMBNAIL_SIZE 40

struct _BillingDocumentRow {
  AdwActionRow parent_instance;

  /* Template widgets */
  GtkImage *image; /* (not owned) */
  GtkButton *open_button; /* (not owned) */
  GtkMenuButton *menu_button; /* (not owned) */

  GCancellable *loading; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingDocumentRow, billing_document_row, ADW_TYPE_ACTION_ROW)

static void
thumbnail_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = billing_thumbnail_load_finish (BILLING_DESK (object), result, &error);
  BillingDocumentRow *self = user_data;

  /* What cannot be read keeps the icon of its kind; opening it says why. */
  if (texture == NULL)
    return;

  gtk_image_set_pixel_size (self->image, THUMBNAIL_SIZE);
  gtk_image_set_from_paintable (self->image, GDK_PAINTABLE (texture));
  gtk_widget_add_css_class (GTK_WIDGET (self->image), "thumbnail");
}

/* Of what the theme has no symbol for, it would show a picture that is hardly seen in the dark. */
static void
show_kind (BillingDocumentRow *self,
           BillingDocument    *document)
{
  g_autofree char *type = g_content_type_from_mime_type (document->media_type);
  g_autoptr (GIcon) kind = g_content_type_get_symbolic_icon (type != NULL ? type : "application/octet-stream");
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  const char * const *names = G_IS_THEMED_ICON (kind) ? g_themed_icon_get_names (G_THEMED_ICON (kind)) : NULL;

  for (; names != NULL && *names != NULL; names++)
    if (g_str_has_suffix (*names, "-symbolic") && gtk_icon_theme_has_icon (theme, *names))
      {
        gtk_image_set_from_icon_name (self->image, *names);
        return;
      }

  gtk_image_set_from_icon_name (self->image, "text-x-generic-symbolic");
}

/* The buttons say which document they are about. */
static void
name_buttons (BillingDocumentRow *self,
              BillingDocument    *document)
{
  g_autofree char *open = g_strdup_printf (_("Open %s"), document->name);
  g_autofree char *more = g_strdup_printf (_("More for %s"), document->name);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->open_button), open);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->open_button));
  /* The row has named the button after itself; its own name says more. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->open_button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open_button), GTK_ACCESSIBLE_PROPERTY_LABEL, open, -1);
  billing_detail_name_button (self->menu_button, more, NULL);
}

static void
append (GMenu      *menu,
        const char *label,
        const char *action,
        const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static void
make_menu (BillingDocumentRow *self,
           const char         *id)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  append (menu, _("_Open"), "document.open", id);
  append (menu, _("Save _As…"), "document.save", id);
  append (menu, _("_Rename…"), "document.rename", id);
  append (menu, _("Re_move"), "document.remove", id);
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (menu));
}

static void
billing_document_row_dispose (GObject *object)
{
  BillingDocumentRow *self = BILLING_DOCUMENT_ROW (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);

  G_OBJECT_CLASS (billing_document_row_parent_class)->dispose (object);
}

static void
billing_document_row_class_init (BillingDocumentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = billing_document_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/detail/document-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingDocumentRow, image);
  gtk_widget_class_bind_template_child (widget_class, BillingDocumentRow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, BillingDocumentRow, open_button);
}

static void
billing_document_row_init (BillingDocumentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->loading = g_cancellable_new ();
}

/**
 * billing_document_row_new:
 * @document: what it shows; the row does not follow its changes
 * @desk: whose it is
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
billing_document_row_new (BillingDocument *document,
                          BillingDesk     *desk)
{
  BillingDocumentRow *self = g_object_new (BILLING_TYPE_DOCUMENT_ROW, NULL);
  const char *id = billing_record_get_id (BILLING_RECORD (document));
  BillingPractice *practice = billing_desk_get_practice (desk);
  g_autofree char *subtitle = billing_detail_format_subtitle (NULL, BILLING_RECORD (document), practice->time_zone);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), document->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open_button), "s", id);
  name_buttons (self, document);
  make_menu (self, id);
  show_kind (self, document);
  if (billing_thumbnail_is_possible (document))
    billing_thumbnail_load_async (desk, document, THUMBNAIL_SIZE * 2, self->loading, thumbnail_cb, self);
  return GTK_WIDGET (self);
}
