/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-kill"

#include "config.h"

#include "billing-kill.h"

#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

#define VARIABLE_AT     "BILLING_KILL_AT"
#define VARIABLE_CHILD  "BILLING_KILL_CHILD"
#define VARIABLE_FOLDER "BILLING_KILL_FOLDER"

typedef struct
{
  const char *name;     /* (not owned): a literal */
  BillingKillFunc func;
} Child;

static GArray *children;     /* (owned) (nullable) (element-type Child) */
static int statement_to_die_at;
static int n_statements;     /* (atomic): of all connections */
static int is_held;          /* (atomic): statements do not count */

static int
trace_cb (unsigned int kind,
          void        *user_data,
          void        *statement,
          void        *text)
{
  if (!g_atomic_int_get (&is_held) &&
      g_atomic_int_add (&n_statements, 1) + 1 == statement_to_die_at)
    kill (getpid (), SIGKILL);

  return 0;
}

static int
install_cb (sqlite3                     *db,
            char                       **message,
            const sqlite3_api_routines  *api)
{
  billing_kill_child_install (db);

  return SQLITE_OK;
}

static BillingKillFunc
find_child (const char *name)
{
  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      const Child *child = &g_array_index (children, Child, i);

      if (g_str_equal (child->name, name))
        return child->func;
    }

  g_error ("There is no child “%s”", name);
}

static GSubprocessLauncher *
make_launcher (const char *child_name,
               const char *folder,
               int         at)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char *number = g_strdup_printf ("%d", at);

  /* What the child prints must not get between the lines of the test's TAP. */
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_subprocess_launcher_setenv (launcher, VARIABLE_AT, number, TRUE);
  g_subprocess_launcher_setenv (launcher, VARIABLE_CHILD, child_name, TRUE);
  g_subprocess_launcher_setenv (launcher, VARIABLE_FOLDER, folder, TRUE);

  return g_steal_pointer (&launcher);
}

/**
 * billing_kill_add_child:
 * @child_name: a literal, the name for billing_kill_run()
 * @func: what the child does
 *
 * Makes a child known. Call it in main() before billing_kill_main().
 */
void
billing_kill_add_child (const char      *child_name,
                        BillingKillFunc  func)
{
  const Child child = { child_name, func };

  if (children == NULL)
    children = g_array_new (FALSE, FALSE, sizeof (Child));

  g_array_append_val (children, child);
}

/**
 * billing_kill_main:
 *
 * Runs the child if this process is one. Call it in main() before g_test_init().
 *
 * Every connection that the child opens, in whatever library, counts towards its death: the trace
 * is installed as SQLite's automatic extension.
 *
 * Returns: %TRUE if it was a child, which has finished: main() must return 0
 */
gboolean
billing_kill_main (void)
{
  const char *name = g_getenv (VARIABLE_CHILD);
  const char *at = g_getenv (VARIABLE_AT);
  const char *folder = g_getenv (VARIABLE_FOLDER);

  if (name == NULL)
    return FALSE;

  g_assert_nonnull (at);
  g_assert_nonnull (folder);

  statement_to_die_at = (int) g_ascii_strtoll (at, NULL, 10);
  sqlite3_auto_extension ((void (*) (void)) install_cb);
  find_child (name) (folder);

  return TRUE;
}

/**
 * billing_kill_run:
 * @child_name: a child that billing_kill_add_child() made known
 * @folder: the folder it works in
 * @at: the statement before which it is killed, from 1; 0 to let it finish
 * @error: return location for a #GError, set for %BILLING_KILL_FAILED
 *
 * Runs this very program again as a child, with SIGKILL at the @at-th statement that begins.
 *
 * Statements of triggers count too. A test calls this with 1, 2, 3… until it returns
 * %BILLING_KILL_FINISHED. Note that a killed process loses nothing that it wrote: for power loss
 * see billing_fault_vfs_record_start().
 *
 * Returns: how the child ended
 */
BillingKillResult
billing_kill_run (const char  *child_name,
                  const char  *folder,
                  int          at,
                  GError     **error)
{
  g_autoptr (GSubprocessLauncher) launcher = make_launcher (child_name, folder, at);
  g_autoptr (GSubprocess) child = NULL;
  g_autofree char *program = NULL;

  g_return_val_if_fail (find_child (child_name) != NULL, BILLING_KILL_FAILED);

  program = g_file_read_link ("/proc/self/exe", error);
  if (program == NULL)
    return BILLING_KILL_FAILED;

  child = g_subprocess_launcher_spawn (launcher, error, program, NULL);
  if (child == NULL || !g_subprocess_wait (child, NULL, error))
    return BILLING_KILL_FAILED;

  if (at > 0 && g_subprocess_get_if_signaled (child) &&
      g_subprocess_get_term_sig (child) == SIGKILL)
    return BILLING_KILL_KILLED;

  if (!g_spawn_check_wait_status (g_subprocess_get_status (child), error))
    return BILLING_KILL_FAILED;

  return BILLING_KILL_FINISHED;
}

/**
 * billing_kill_child_install:
 * @db: a connection of the child
 *
 * Makes the statements of @db count. billing_kill_main() does this to every connection by itself;
 * it is needed again only after something else has taken the connection's trace.
 */
void
billing_kill_child_install (sqlite3 *db)
{
  sqlite3_trace_v2 (db, SQLITE_TRACE_STMT, trace_cb, NULL);
}

/**
 * billing_kill_child_hold:
 *
 * Lets the statements that follow pass without counting: what the child does to get ready.
 */
void
billing_kill_child_hold (void)
{
  g_atomic_int_set (&is_held, TRUE);
}

/**
 * billing_kill_child_release:
 *
 * Lets the statements count again.
 */
void
billing_kill_child_release (void)
{
  g_atomic_int_set (&is_held, FALSE);
}
