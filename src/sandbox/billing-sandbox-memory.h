/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

/* What was answered under each idempotency key. */
typedef struct _BillingSandboxMemory BillingSandboxMemory;

typedef enum
{
  BILLING_SANDBOX_KEY_NEW,
  BILLING_SANDBOX_KEY_IN_USE,
  BILLING_SANDBOX_KEY_OTHER_PATH,
  BILLING_SANDBOX_KEY_OTHER_PARAMS,
  BILLING_SANDBOX_KEY_ANSWERED,
} BillingSandboxKeyState;

/**
 * BillingSandboxAnswer:
 * @path: where the request went
 * @params: its parameters
 * @request_id: its name
 * @answered: whether @status and @body are there
 * @made: when
 * @status: the HTTP status
 * @body: the answer
 */
typedef struct
{
  char *path;
  char *params;
  char *request_id;
  gboolean answered;
  gint64 made;
  guint status;
  char *body;
} BillingSandboxAnswer;

BillingSandboxMemory *billing_sandbox_memory_new (void);
void billing_sandbox_memory_free (BillingSandboxMemory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingSandboxMemory, billing_sandbox_memory_free)

BillingSandboxKeyState billing_sandbox_memory_begin (BillingSandboxMemory *self, const char *key,
                                                     const char *path, const char *params,
                                                     const char *request_id, gint64 now,
                                                     BillingSandboxAnswer **earlier);
void billing_sandbox_memory_keep (BillingSandboxMemory *self, const char *key, guint status,
                                  const char *body);
void billing_sandbox_memory_drop (BillingSandboxMemory *self, const char *key);
JsonArray *billing_sandbox_memory_save (BillingSandboxMemory *self);
void billing_sandbox_memory_load (BillingSandboxMemory *self, JsonArray *state);
