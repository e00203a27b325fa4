/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox-kind.h"

/**
 * BillingSandboxEntry:
 * @created: when it came to be
 * @sequence: its place among everything that was ever put
 * @kind: what it is
 * @deleted: it can be asked for, but is in no list
 * @text: (owned): what differs from the kind's template, as JSON
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
  char id[];
} BillingSandboxEntry;

/**
 * BillingSandboxEntries:
 * @entries: (not owned): oldest first; good until something is put
 * @n: how many
 */
typedef struct
{
  BillingSandboxEntry **entries;
  guint n;
} BillingSandboxEntries;

typedef struct _BillingSandboxStore BillingSandboxStore;

BillingSandboxStore *billing_sandbox_store_new (guint64 seed);
void billing_sandbox_store_free (BillingSandboxStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingSandboxStore, billing_sandbox_store_free)

char *billing_sandbox_store_random (BillingSandboxStore *self, const char *prefix, guint length);
char *billing_sandbox_store_new_id (BillingSandboxStore *self, BillingSandboxKind kind);
BillingSandboxEntry *billing_sandbox_store_put (BillingSandboxStore *self, JsonObject *object);
void billing_sandbox_store_delete (BillingSandboxStore *self, const char *id);
BillingSandboxEntry *billing_sandbox_store_find (BillingSandboxStore *self, const char *id);
JsonObject *billing_sandbox_store_get (BillingSandboxStore *self, const char *id);
JsonObject *billing_sandbox_entry_read (BillingSandboxEntry *entry);
BillingSandboxEntries billing_sandbox_store_all (BillingSandboxStore *self,
                                                 BillingSandboxKind kind);
BillingSandboxEntries billing_sandbox_store_where (BillingSandboxStore *self,
                                                   BillingSandboxKind kind, const char *member,
                                                   const char *value);
JsonObject *billing_sandbox_public (JsonObject *object);
