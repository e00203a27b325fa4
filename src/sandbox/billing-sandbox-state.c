/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-state.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "billing-sandbox-json.h"
#include "billing-sandbox-settings.h"

#define VERSION 1

struct _BillingSandboxState
{
  char *path;                   /* (owned) (nullable) */
  BillingSandbox *sandbox;      /* (not owned) */
  BillingSandboxMemory *memory; /* (not owned) */
  JsonObject *past;             /* (owned): what the history is made of */
  gboolean written;
  guint64 changes;              /* how many there were when it was written */
};

static BillingSandboxHistory *
make_history (JsonObject  *past,
              GError     **error)
{
  g_autoptr (BillingSandboxHistory) history = NULL;
  gint64 payments = billing_sandbox_json_int (past, "payments", 0);
  const char *file = billing_sandbox_json_string (past, "file");

  history =
    billing_sandbox_history_new ((guint64) billing_sandbox_json_int (past, "seed", 0),
                                 billing_sandbox_json_int (past, "until", 0));
  if (file != NULL && !billing_sandbox_history_add_lines (history, file, error))
    return NULL;
  if (payments > 0)
    billing_sandbox_history_add_some (history, (guint) payments);

  return g_steal_pointer (&history);
}

static gboolean
has_past (JsonObject *past)
{
  return billing_sandbox_json_int (past, "payments", 0) > 0 ||
         billing_sandbox_json_string (past, "file") != NULL;
}

static gboolean
begin_anew (BillingSandboxState          *self,
            const BillingSandboxOptions  *options,
            GError                      **error)
{
  g_autofree char *text = NULL;
  BillingSandboxHistory *history;

  if (options->history != NULL && !g_file_get_contents (options->history, &text, NULL, error))
    return FALSE;

  if (options->account != NULL && !billing_sandbox_account_begin (self->sandbox, options->account, error))
    return FALSE;

  self->past = json_object_new ();
  json_object_set_int_member (self->past, "payments", options->payments);
  json_object_set_int_member (self->past, "seed", (gint64) options->seed);
  json_object_set_int_member (self->past, "until", billing_sandbox_now (self->sandbox));
  json_object_set_string_member (self->past, "file", text);
  if (!has_past (self->past))
    return TRUE;

  history = make_history (self->past, error);
  if (history == NULL)
    return FALSE;

  billing_sandbox_set_history (self->sandbox, history);
  return TRUE;
}

static gboolean
go_on (BillingSandboxState  *self,
       JsonObject           *state,
       GError              **error)
{
  JsonObject *past = billing_sandbox_json_child (state, "past");
  JsonObject *sandbox = billing_sandbox_json_child (state, "sandbox");
  BillingSandboxHistory *history = NULL;

  if (billing_sandbox_json_int (state, "version", 0) != VERSION || past == NULL || sandbox == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("“%s” is not the state of this sandbox"), self->path);
      return FALSE;
    }

  self->past = json_object_ref (past);
  if (has_past (past))
    {
      history = make_history (past, error);
      if (history == NULL)
        return FALSE;
    }

  billing_sandbox_memory_load (self->memory, json_object_get_array_member (state, "answers"));
  return billing_sandbox_load (self->sandbox, sandbox, history, error);
}

static gboolean
read_file (BillingSandboxState  *self,
           GError              **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (!g_file_get_contents (self->path, &text, NULL, error))
    return FALSE;

  node = json_from_string (text, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("“%s” is not the state of this sandbox"), self->path);
      return FALSE;
    }

  return go_on (self, json_node_get_object (node), error);
}

/**
 * billing_sandbox_state_open:
 * @options: what the sandbox is to be like
 * @sandbox: a sandbox in which nothing has happened yet
 * @memory: its answers, none yet
 * @error: where to say why not
 *
 * Brings @sandbox to where the file was written, if there is one, and then takes no notice of what
 * @options say of its history; or else gives it that history.
 *
 * Returns: (transfer full) (nullable): what writes the file
 */
BillingSandboxState *
billing_sandbox_state_open (const BillingSandboxOptions  *options,
                            BillingSandbox               *sandbox,
                            BillingSandboxMemory         *memory,
                            GError                      **error)
{
  g_autoptr (BillingSandboxState) self = g_new0 (BillingSandboxState, 1);

  self->path = g_strdup (options->state);
  self->sandbox = sandbox;
  self->memory = memory;
  if (self->path != NULL && g_file_test (self->path, G_FILE_TEST_EXISTS)
        ? !read_file (self, error)
        : !begin_anew (self, options, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * billing_sandbox_state_touch:
 * @self: a state
 *
 * Says that something other than an object may have changed: the clock, or an answer that is kept.
 */
void
billing_sandbox_state_touch (BillingSandboxState *self)
{
  self->written = FALSE;
}

/**
 * billing_sandbox_state_write:
 * @self: a state
 * @error: where to say why not
 *
 * Writes the file, if something has changed: all of it or nothing, and for its owner only.
 *
 * Returns: whether the file is up to date, or there is none
 */
gboolean
billing_sandbox_state_write (BillingSandboxState  *self,
                             GError              **error)
{
  guint64 changes = billing_sandbox_store_changes (billing_sandbox_get_store (self->sandbox));
  g_autoptr (JsonObject) state = NULL;
  g_autofree char *text = NULL;

  if (self->path == NULL || (self->written && changes == self->changes))
    return TRUE;

  state = json_object_new ();
  json_object_set_int_member (state, "version", VERSION);
  json_object_set_object_member (state, "past", json_object_ref (self->past));
  json_object_set_object_member (state, "sandbox", billing_sandbox_save (self->sandbox));
  json_object_set_array_member (state, "answers", billing_sandbox_memory_save (self->memory));
  text = billing_sandbox_json_text (state);
  if (!g_file_set_contents_full (self->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
    return FALSE;

  self->written = TRUE;
  self->changes = changes;
  return TRUE;
}

void
billing_sandbox_state_free (BillingSandboxState *self)
{
  g_clear_pointer (&self->past, json_object_unref);
  g_free (self->path);
  g_free (self);
}
