/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-application"

#include "config.h"

#include "billing-application.h"

#include <glib/gi18n.h>

#include "billing-app-resource.h"
#include "billing-desk.h"
#include "billing-preferences.h"
#include "billing-support-window.h"
#include "billing-window.h"

#define RESOURCES "/com/example/Billing/"

struct _BillingApplication {
  AdwApplication parent_instance;

  char *stripe_url; /* (owned) (nullable): Stripe's own */
};

G_DEFINE_FINAL_TYPE (BillingApplication, billing_application, ADW_TYPE_APPLICATION)

/* Windows. */

static char *
get_last_folder (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autofree char *folder = g_settings_get_string (settings, "practice-folder");

  return *folder != '\0' ? g_steal_pointer (&folder) : billing_desk_get_default_folder ();
}

static BillingWindow *
find_window (BillingApplication *self,
             const char         *folder)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (BILLING_IS_WINDOW (l->data) &&
          g_strcmp0 (billing_window_get_folder (l->data), folder) == 0)
        return l->data;
    }

  return NULL;
}

static BillingWindow *
add_window (BillingApplication *self)
{
  BillingWindow *window = billing_window_new (GTK_APPLICATION (self));

  billing_window_set_stripe_url (window, self->stripe_url);
  return window;
}

/* The window of the practice, or one that has none yet, or a new one. */
static BillingWindow *
get_window (BillingApplication *self,
            const char         *folder)
{
  BillingWindow *window = find_window (self, folder);

  if (window == NULL && folder != NULL)
    window = find_window (self, NULL);

  return window != NULL ? window : add_window (self);
}

static void
open_practice (BillingApplication *self,
               const char         *folder)
{
  BillingWindow *window = get_window (self, folder);

  if (g_strcmp0 (billing_window_get_folder (window), folder) != 0)
    billing_window_open_folder (window, folder);
  gtk_window_present (GTK_WINDOW (window));
}

static void
open_demo (BillingApplication *self)
{
  g_autofree char *folder = billing_window_get_demo_folder ();
  BillingWindow *window = get_window (self, folder);

  if (g_strcmp0 (billing_window_get_folder (window), folder) != 0)
    billing_window_open_demo (window);
  gtk_window_present (GTK_WINDOW (window));
}

static BillingWindow *
open_last (BillingApplication *self)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autofree char *folder = get_last_folder ();
  BillingWindow *window;

  if (active != NULL)
    {
      gtk_window_present (active);
      return BILLING_IS_WINDOW (active) ? BILLING_WINDOW (active) : NULL;
    }

  window = add_window (self);
  if (billing_desk_exists (folder))
    billing_window_open_folder (window, folder);
  else
    billing_window_welcome (window);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* Actions. */

static GtkWindow *
get_active (gpointer user_data)
{
  return gtk_application_get_active_window (GTK_APPLICATION (user_data));
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  /* Closing remembers the windows' sizes; the last one ends the program. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  adw_show_about_window (get_active (user_data),
                         "application-name", _("Billing"),
                         "application-icon", APPLICATION_ID,
                         "version", PACKAGE_VERSION,
                         "developer-name", _("The Billing project"),
                         "comments", _("Look after what patients owe and pay."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  GtkWindow *window = get_active (user_data);
  GtkWindow *preferences;

  if (!BILLING_IS_WINDOW (window))
    return;

  preferences = billing_preferences_new ();
  gtk_window_set_transient_for (preferences, window);
  gtk_window_set_modal (preferences, TRUE);
  gtk_window_present (preferences);
}

static void
present_from (gpointer    user_data,
              GtkBuilder *builder,
              const char *id)
{
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, id));

  gtk_window_set_transient_for (window, get_active (user_data));
  gtk_window_set_application (window, GTK_APPLICATION (user_data)); /* for the actions of its buttons */
  gtk_window_present (window);
}

static void
shortcuts_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCES "ui/shortcuts.ui");

  present_from (user_data, builder, "shortcuts");
}

/* The practice's window under what is in front: the help may be asked for in a window that stands over it. */
static BillingWindow *
get_practice_window (gpointer user_data)
{
  GtkWindow *window = get_active (user_data);

  while (window != NULL && !BILLING_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);

  return window != NULL ? BILLING_WINDOW (window) : NULL;
}

static void
help_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCES "ui/help-stripe.ui");
  BillingWindow *window = get_practice_window (user_data);
  const char *topic = window != NULL ? billing_window_get_topic (window) : NULL;
  GtkStack *pages;

  if (!gtk_builder_add_from_resource (builder, RESOURCES "ui/help-invoices.ui", NULL) ||
      !gtk_builder_add_from_resource (builder, RESOURCES "ui/help.ui", NULL))
    g_assert_not_reached ();
  pages = GTK_STACK (gtk_builder_get_object (builder, "pages"));
  if (topic != NULL && gtk_stack_get_child_by_name (pages, topic) != NULL)
    gtk_stack_set_visible_child_name (pages, topic);
  present_from (user_data, builder, "help");
}

static void
support_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  BillingWindow *window = get_practice_window (user_data);
  GtkWindow *support = billing_support_window_new (window != NULL ? billing_window_get_desk (window) : NULL);

  /* Over the practice's window, not over the help, which may be closed before. */
  gtk_window_set_transient_for (support, GTK_WINDOW (window));
  gtk_window_present (support);
}

static void
open_practice_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  open_practice (user_data, g_variant_get_string (parameter, NULL));
}

/* From a notification, which may be older than the program that is asked now. */
static void
show_payment_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  BillingApplication *self = BILLING_APPLICATION (user_data);
  const char *folder, *payment;

  g_variant_get (parameter, "(&s&s)", &folder, &payment);
  if (!billing_desk_exists (folder))
    return;

  open_practice (self, folder);
  billing_window_show_payment (find_window (self, folder), payment);
}

/* Likewise a section of the Stripe Dashboard. */
static void
show_stripe_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  BillingApplication *self = BILLING_APPLICATION (user_data);
  const char *folder, *section;

  g_variant_get (parameter, "(&s&s)", &folder, &section);
  if (!billing_desk_exists (folder))
    return;

  open_practice (self, folder);
  billing_window_show_stripe (find_window (self, folder), section);
}

/* From the desktop's menu, where the program may not be running yet: the window opens the form once it has a desk. */
static void
new_payment_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  BillingWindow *window = open_last (user_data);

  if (window != NULL)
    billing_window_create_payment (window);
}

static const GActionEntry actions[] = {
  { .name = "about", .activate = about_cb },
  { .name = "help", .activate = help_cb },
  { .name = "new-payment", .activate = new_payment_cb },
  { .name = "open-practice", .activate = open_practice_cb, .parameter_type = "s" },
  { .name = "preferences", .activate = preferences_cb },
  { .name = "quit", .activate = quit_cb },
  { .name = "show-payment", .activate = show_payment_cb, .parameter_type = "(ss)" },
  { .name = "show-stripe", .activate = show_stripe_cb, .parameter_type = "(ss)" },
  { .name = "shortcuts", .activate = shortcuts_cb },
  { .name = "support", .activate = support_cb },
};

static const struct {
  const char *action;
  const char *accels[3];
} shortcuts[] = {
  { "app.help", { "F1" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.quit", { "<Control>q" } },
  { "app.shortcuts", { "<Control>question" } },
  { "win.create-payment", { "<Control>n" } },
  { "win.export", { "<Control>e" } },
  { "win.go-to-row", { "<Control>l" } },
  { "win.import", { "<Control>i" } },
  { "win.search", { "<Control>f" } },
  { "win.show-page::payments", { "<Alt>1" } },
  { "win.show-page::invoices", { "<Alt>2" } },
  { "win.show-page::treatments", { "<Alt>3" } },
  { "win.show-page::patients", { "<Alt>4" } },
  { "win.show-page::stripe", { "<Alt>5" } },
  { "win.show-page::reports", { "<Alt>6" } },
  { "win.show-page::rates", { "<Alt>7" } },
  { "win.show-page::administration", { "<Alt>8" } },
  { "win.turn-section(1)", { "<Control>Page_Down" } },
  { "win.turn-section(-1)", { "<Control>Page_Up" } },
  { "window.close", { "<Control>w" } },
};

/* The command line. */

static const GOptionEntry options[] = {
  { "practice", 'p', 0, G_OPTION_ARG_FILENAME, NULL, N_("Open the practice in this folder"), N_("FOLDER") },
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open a made-up clinic to look around in"), NULL },
  { "stripe-url", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Where Stripe is: a sandbox on this computer"), N_("URL") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
  { NULL },
};

static int
billing_application_handle_local_options (GApplication *application,
                                          GVariantDict *options_given)
{
  if (g_variant_dict_contains (options_given, "version"))
    {
      g_print ("Billing %s\n", PACKAGE_VERSION);
      return 0;
    }

  return -1;
}

static int
billing_application_command_line (GApplication            *application,
                                  GApplicationCommandLine *command_line)
{
  BillingApplication *self = BILLING_APPLICATION (application);
  GVariantDict *given = g_application_command_line_get_options_dict (command_line);
  g_autofree char *folder = NULL;

  g_clear_pointer (&self->stripe_url, g_free);
  g_variant_dict_lookup (given, "stripe-url", "s", &self->stripe_url);

  if (g_variant_dict_lookup (given, "practice", "^ay", &folder))
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (command_line, folder);
      g_autofree char *path = g_file_get_path (file);

      open_practice (self, path != NULL ? path : folder);
    }
  else if (g_variant_dict_contains (given, "demo"))
    {
      open_demo (self);
    }
  else
    {
      open_last (self);
    }

  return 0;
}

static void
billing_application_activate (GApplication *application)
{
  open_last (BILLING_APPLICATION (application));
}

static void
billing_application_startup (GApplication *application)
{
  g_resources_register (billing_app_get_resource ());

  G_APPLICATION_CLASS (billing_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APPLICATION_ID);
  /* Text that can be copied takes the keyboard when the button below it goes; it is not to look chosen then. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), shortcuts[i].action,
                                           shortcuts[i].accels);
}

static void
billing_application_finalize (GObject *object)
{
  g_free (BILLING_APPLICATION (object)->stripe_url);

  G_OBJECT_CLASS (billing_application_parent_class)->finalize (object);
}

static void
billing_application_class_init (BillingApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = billing_application_finalize;
  application_class->activate = billing_application_activate;
  application_class->command_line = billing_application_command_line;
  application_class->handle_local_options = billing_application_handle_local_options;
  application_class->startup = billing_application_startup;
}

static void
billing_application_init (BillingApplication *self)
{
  GApplication *application = G_APPLICATION (self);

  g_application_add_main_option_entries (application, options);
  g_application_set_option_context_summary (application, _("Look after what patients owe and pay."));
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

BillingApplication *
billing_application_new (void)
{
  return g_object_new (BILLING_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "resource-base-path", "/com/example/Billing",
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       NULL);
}
