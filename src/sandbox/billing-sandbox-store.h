/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox-history.h"
#include "billing-sandbox-kind.h"

/**
 * BillingSandboxEntry:
 * @created: when it came to be
 * @sequence: its place among everything that was ever put
 * @kind: what it is
 * @deleted: it can be asked for, but is in no list
 * @text: (owned) (nullable): what differs from the kind's template, as JSON; %NULL: ask @history
 * @history: (not owned) (nullable): where @sequence is its place
 * @id: its id
 *
 * One object, kept small: a charge is some hundred bytes instead of two thousand.
 */
typedef struct
{
  gint64 created;
  guint64 sequence;
  guint kind;
  gboolean deleted;
  char *text;
  BillingSandboxHistory *history;
  char id[];
} BillingSandboxEntry;

/**
 * BillingSandboxEntries:
 * @entries: (not owned): oldest first; good until something is put
 * @n: how many
 * @n_old: how many of the history are before them, which billing_sandbox_store_at() gives
 */
typedef struct
{
  BillingSandboxEntry **entries;
  guint n;
  guint n_old;
} BillingSandboxEntries;

typedef struct _BillingSandboxStore BillingSandboxStore;

BillingSandboxStore *billing_sandbox_store_new (guint64 seed);
void billing_sandbox_store_free (BillingSandboxStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingSandboxStore, billing_sandbox_store_free)

JsonObject *billing_sandbox_store_save (BillingSandboxStore *self);
void billing_sandbox_store_load (BillingSandboxStore *self, JsonObject *state);
guint64 billing_sandbox_store_changes (BillingSandboxStore *self);
void billing_sandbox_store_set_history (BillingSandboxStore *self, BillingSandboxHistory *history);
BillingSandboxHistory *billing_sandbox_store_get_history (BillingSandboxStore *self);
char *billing_sandbox_store_random (BillingSandboxStore *self, const char *prefix, guint length);
char *billing_sandbox_store_new_id (BillingSandboxStore *self, BillingSandboxKind kind);
BillingSandboxEntry *billing_sandbox_store_put (BillingSandboxStore *self, JsonObject *object);
void billing_sandbox_store_delete (BillingSandboxStore *self, const char *id);
BillingSandboxEntry *billing_sandbox_store_find (BillingSandboxStore *self, const char *id);
JsonObject *billing_sandbox_store_get (BillingSandboxStore *self, const char *id);
JsonObject *billing_sandbox_entry_read (BillingSandboxEntry *entry);
BillingSandboxEntries billing_sandbox_store_all (BillingSandboxStore *self,
                                                 BillingSandboxKind kind);
BillingSandboxEntry *billing_sandbox_store_at (BillingSandboxStore *self, BillingSandboxKind kind,
                                               const BillingSandboxEntries *entries, guint i);
BillingSandboxEntries billing_sandbox_store_where (BillingSandboxStore *self,
                                                   BillingSandboxKind kind, const char *member,
                                                   const char *value);
JsonObject *billing_sandbox_public (JsonObject *object);
