/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Only a pointer passes here, and not every test that kills speaks SQL. */
typedef struct sqlite3 sqlite3;

/**
 * BillingKillResult:
 * @BILLING_KILL_FAILED: the child could not be started, or ended by itself with a failure
 * @BILLING_KILL_KILLED: the child was killed at the statement asked for
 * @BILLING_KILL_FINISHED: the child ran to its end, which has fewer statements than that
 */
typedef enum
{
  BILLING_KILL_FAILED,
  BILLING_KILL_KILLED,
  BILLING_KILL_FINISHED,
} BillingKillResult;

/**
 * BillingKillFunc:
 * @folder: the folder to work in
 *
 * What a child does. It runs in a process of its own that has no threads and no GTest yet.
 */
typedef void (*BillingKillFunc) (const char *folder);

void              billing_kill_add_child     (const char       *child_name,
                                              BillingKillFunc   func);
gboolean          billing_kill_main          (void);
BillingKillResult billing_kill_run           (const char       *child_name,
                                              const char       *folder,
                                              int               at,
                                              GError          **error);
void              billing_kill_child_install (sqlite3          *db);
void              billing_kill_child_hold    (void);
void              billing_kill_child_release (void);

G_END_DECLS
