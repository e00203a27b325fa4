/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-call"

#include "config.h"

#include "billing-call.h"

#include <glib/gi18n.h>
#include <string.h>

#include "billing-console.h"
#include "billing-money.h"

/* What every command takes. */
static const char common_options[] = "practice stripe-url as help";

typedef void (*BillingOptionFunc) (const BillingOption *option, gboolean required, gpointer data);

static void
for_each_option (const char        *names,
                 BillingOptionFunc  func,
                 gpointer           data)
{
  g_auto (GStrv) list = g_strsplit (names, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    {
      gboolean required = g_str_has_suffix (list[i], "!");

      if (*list[i] == '\0')
        continue;
      if (required)
        list[i][strlen (list[i]) - 1] = '\0';
      func (billing_option_find (list[i]), required, data);
    }
}

static gboolean
said_cb (const char  *option_name,
         const char  *value,
         gpointer     data,
         GError     **error)
{
  BillingCall *self = data;
  const char *name = option_name + strspn (option_name, "-");
  const BillingOption *option = billing_option_find (g_str_equal (name, "h") ? "help" : name);

  if (value != NULL && !billing_option_check (option, value, error))
    return FALSE;

  if (option->type == BILLING_OPTION_TEXTS)
    {
      g_ptr_array_add (self->texts, g_strdup (option->name));
      g_ptr_array_add (self->texts, g_strdup (value));
    }
  g_hash_table_insert (self->values, (gpointer) option->name, g_strdup (value != NULL ? value : ""));
  return TRUE;
}

static void
add_entry (const BillingOption *option,
           gboolean             required,
           gpointer             data)
{
  GOptionEntry entry = { 0 };

  entry.long_name = option->name;
  entry.short_name = g_str_equal (option->name, "help") ? 'h' : 0;
  entry.arg = G_OPTION_ARG_CALLBACK;
  entry.arg_data = said_cb;
  entry.description = option->description;
  entry.arg_description = option->placeholder;
  if (option->type == BILLING_OPTION_FLAG)
    entry.flags = G_OPTION_FLAG_NO_ARG;
  else if (option->type == BILLING_OPTION_FILE)
    entry.flags = G_OPTION_FLAG_FILENAME;

  g_array_append_val ((GArray *) data, entry);
}

static GOptionContext *
make_context (const BillingCommand *command,
              BillingCall          *call)
{
  GOptionContext *context = g_option_context_new (command->parameters);
  GOptionGroup *group = g_option_group_new ("main", NULL, NULL, call, NULL);
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));

  for_each_option (command->options, add_entry, entries);
  for_each_option (common_options, add_entry, entries);
  g_option_group_add_entries (group, (GOptionEntry *) entries->data);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_context_set_main_group (context, group);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, _(command->summary));

  return context;
}

static void
collect_name (const BillingOption *option,
              gboolean             required,
              gpointer             data)
{
  g_ptr_array_add (data, (gpointer) option->name);
}

/* GOption only says that it does not know the option; a typo deserves more. */
static void
suggest_option (const BillingCommand  *command,
                const char * const    *line,
                GError               **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for_each_option (command->options, collect_name, names);
  for_each_option (common_options, collect_name, names);
  g_ptr_array_add (names, NULL);

  for (guint i = 0; line[i] != NULL && !g_str_equal (line[i], "--"); i++)
    {
      g_autofree char *name = g_strndup (line[i] + 2 * g_str_has_prefix (line[i], "--"), strcspn (line[i], "="));
      const char *nearest;

      g_strdelimit (name, "=", '\0');
      if (!g_str_has_prefix (line[i], "--") || g_strv_contains ((const char * const *) names->pdata, name))
        continue;

      nearest = billing_console_nearest (name, (const char * const *) names->pdata);
      g_clear_error (error);
      if (nearest != NULL)
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION,
                     _("“%s” has no option --%s. Did you mean --%s?"), command->name, name, nearest);
      else
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION,
                     _("“%s” has no option --%s; see billingctl %s --help"), command->name, name, command->name);
      return;
    }
}

typedef struct {
  BillingCall *call;
  const char *missing;
} BillingNeeds;

static void
look_for_need (const BillingOption *option,
               gboolean             required,
               gpointer             data)
{
  BillingNeeds *needs = data;

  if (required && needs->missing == NULL && billing_call_get (needs->call, option->name) == NULL)
    needs->missing = option->name;
}

static gboolean
check_needs (BillingCall  *self,
             GError      **error)
{
  const BillingCommand *command = self->command;
  guint n = g_strv_length (self->arguments);
  BillingNeeds needs = { self, NULL };

  for_each_option (command->options, look_for_need, &needs);
  if (n < command->min_arguments || n > command->max_arguments)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("It goes like this: billingctl %s %s"),
                   command->name, command->parameters);
      return FALSE;
    }
  if (needs.missing != NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("“%s” needs --%s; see billingctl %s --help"),
                   command->name, needs.missing, command->name);
      return FALSE;
    }

  return TRUE;
}

/* "--" says that what follows is no option; it is no argument itself. */
static void
take_arguments (BillingCall  *self,
                char        **line)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean taken = FALSE;

  for (guint i = 0; line[i] != NULL; i++)
    {
      if (!taken && g_str_equal (line[i], "--"))
        taken = TRUE;
      else
        g_strv_builder_add (builder, line[i]);
    }

  self->arguments = g_strv_builder_end (builder);
}

static gboolean
parse (BillingCall         *self,
       const char * const  *line,
       GError             **error)
{
  g_autoptr (GOptionContext) context = make_context (self->command, self);
  g_auto (GStrv) rest = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add (builder, self->command->name);
  g_strv_builder_addv (builder, (const char **) line);
  rest = g_strv_builder_end (builder);

  if (!g_option_context_parse_strv (context, &rest, error))
    {
      if (error != NULL && g_error_matches (*error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION))
        suggest_option (self->command, line, error);
      return FALSE;
    }

  take_arguments (self, rest + 1);
  return billing_call_wants_help (self) || check_needs (self, error);
}

/**
 * billing_call_new:
 * @command: a command
 * @line: (array zero-terminated=1): what was said beside its name
 * @error: return location for a %G_OPTION_ERROR
 *
 * Returns: (transfer full): what is to be done, or %NULL with @error set where the line makes no sense
 */
BillingCall *
billing_call_new (const BillingCommand  *command,
                  const char * const    *line,
                  GError               **error)
{
  g_autoptr (BillingCall) self = g_new0 (BillingCall, 1);

  self->command = command;
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->texts = g_ptr_array_new_with_free_func (g_free);

  return parse (self, line, error) ? g_steal_pointer (&self) : NULL;
}

void
billing_call_free (BillingCall *self)
{
  g_strfreev (self->arguments);
  g_hash_table_unref (self->values);
  g_ptr_array_unref (self->texts);
  g_clear_object (&self->sync);
  g_clear_object (&self->desk);
  g_free (self);
}

/**
 * billing_call_get:
 * @self: a call
 * @option: the name of an option
 *
 * Returns: (nullable): what was said with it; empty for a flag; %NULL where it was not said
 */
const char *
billing_call_get (BillingCall *self,
                  const char  *option)
{
  return g_hash_table_lookup (self->values, option);
}

/**
 * billing_call_get_all:
 * @self: a call
 * @option: the name of an option that may be said often
 *
 * Returns: (transfer full): what was said with it, each time
 */
char **
billing_call_get_all (BillingCall *self,
                      const char  *option)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->texts->len; i += 2)
    {
      if (g_str_equal (self->texts->pdata[i], option))
        g_strv_builder_add (builder, self->texts->pdata[i + 1]);
    }

  return g_strv_builder_end (builder);
}

/**
 * billing_call_copy:
 * @self: a call
 * @fields: (element-type utf8 utf8): texts, which own their names and values
 * @option: the name of an option
 * @name: what it is called among @fields
 *
 * Puts what was said with the option among the fields; where it was not said, nothing.
 */
void
billing_call_copy (BillingCall *self,
                   GHashTable  *fields,
                   const char  *option,
                   const char  *name)
{
  const char *value = billing_call_get (self, option);

  if (value != NULL)
    g_hash_table_insert (fields, g_strdup (name), g_strdup (value));
}

gboolean
billing_call_wants_help (BillingCall *self)
{
  return billing_call_get (self, "help") != NULL;
}

/**
 * billing_call_get_help:
 * @command: a command
 *
 * Returns: (transfer full): what `--help` prints
 */
char *
billing_call_get_help (const BillingCommand *command)
{
  g_autoptr (GOptionContext) context = make_context (command, NULL);
  g_autofree char *name = g_strdup_printf ("billingctl %s", command->name);

  g_set_prgname (name);
  return g_option_context_get_help (context, TRUE, NULL);
}

char *
billing_call_get_folder (BillingCall *self)
{
  const char *folder = billing_call_get (self, "practice");

  return folder != NULL ? g_canonicalize_filename (folder, NULL) : billing_desk_get_default_folder ();
}

/**
 * billing_call_open_desk:
 * @self: a call
 * @error: return location for an error
 *
 * Opens the practice that was named, as who was named.
 *
 * Returns: (transfer none): the desk, or %NULL with @error set
 */
BillingDesk *
billing_call_open_desk (BillingCall  *self,
                        GError      **error)
{
  g_autofree char *folder = billing_call_get_folder (self);
  const char *account = billing_call_get (self, "as");
  g_autofree char *passphrase = NULL;

  if (self->desk != NULL)
    return self->desk;

  if (account != NULL)
    {
      passphrase = billing_console_read_secret (_("Passphrase:"), error);
      if (passphrase == NULL)
        return NULL;
    }

  /* Who is signed in to the computer as USER needs no passphrase. */
  self->desk = billing_desk_open (folder, account, passphrase != NULL && *passphrase != '\0' ? passphrase : NULL, error);
  /* The timers of a computer without a keyring need not say so every time. */
  if (self->desk != NULL && billing_desk_get_warning (self->desk) != NULL && billing_console_is_watched ())
    g_printerr ("billingctl: %s\n", billing_desk_get_warning (self->desk));

  return self->desk;
}

/**
 * billing_call_open_sync:
 * @self: a call
 * @error: return location for an error
 *
 * Opens the practice that was named, and what syncs it with Stripe, where that was said to be.
 *
 * Returns: (transfer none): the session with Stripe, or %NULL with @error set
 */
BillingSync *
billing_call_open_sync (BillingCall  *self,
                        GError      **error)
{
  if (self->sync == NULL && billing_call_open_desk (self, error) != NULL)
    self->sync = billing_sync_new (self->desk, billing_call_get (self, "stripe-url"));

  return self->sync;
}

/**
 * billing_call_get_format:
 * @self: a call whose desk is open
 *
 * Returns: what columns need to know of the practice
 */
BillingColumnFormat
billing_call_get_format (BillingCall *self)
{
  BillingPractice *practice = billing_desk_get_practice (self->desk);

  return (BillingColumnFormat) { practice->currency, practice->time_zone };
}

/**
 * billing_call_fill_money:
 * @self: a call whose desk is open
 * @option: name of the option that says how much
 * @currency: (nullable): in which it is said; %NULL: the option “currency” says it, or it is the practice's
 * @act: an act
 * @error: return location for an error
 *
 * An amount is of the currency that was said with it.
 *
 * Returns: %FALSE with @error set
 */
gboolean
billing_call_fill_money (BillingCall  *self,
                         const char   *option,
                         const char   *currency,
                         BillingAct   *act,
                         GError      **error)
{
  const char *said = currency != NULL ? currency : billing_call_get (self, "currency");
  const char *amount = billing_call_get (self, option);
  g_autofree char *upper = g_ascii_strup (said != NULL ? said : billing_call_get_format (self).currency, -1);
  BillingMoney money;

  if (amount == NULL)
    return TRUE;
  if (!billing_money_parse_plain (amount, upper, FALSE, &money, error))
    return FALSE;

  g_object_set (act, "has-amount", TRUE, "amount", money.minor, "currency", said != NULL ? upper : NULL, NULL);
  return TRUE;
}

/**
 * billing_call_fill:
 * @self: a call whose desk is open
 * @record: an act or a query
 * @error: return location for an error
 *
 * Makes @record say what the options said.
 *
 * Returns: %FALSE with @error set
 */
gboolean
billing_call_fill (BillingCall  *self,
                   gpointer      record,
                   GError      **error)
{
  const char *currency = billing_call_get_format (self).currency;
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const BillingOption *option = billing_option_find (name);

      if (option->property != NULL && !billing_option_apply (option, value, record, currency, error))
        return FALSE;
    }

  return TRUE;
}
