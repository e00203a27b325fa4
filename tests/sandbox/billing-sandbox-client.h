/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "billing-sandbox-server.h"

/* A client of a real server on the loopback, both in this thread's main context. */
typedef struct
{
  BillingSandboxServer *server; /* (owned) */
  SoupSession *session;         /* (owned) */
  char *url;                    /* (owned) */
  char *key;                    /* (owned) (nullable): the API key that is sent */
  char *once;                   /* (owned) (nullable): the idempotency key of the next request */
  SoupMessage *message;         /* (owned) (nullable): the last one */
  JsonNode *body;               /* (owned) (nullable): its answer */
} Client;

Client *client_new (guint latency);
Client *client_new_with_options (const BillingSandboxOptions *options);
void client_free (Client *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)

SoupMessage *client_message (Client *self, const char *method, const char *path, const char *form);
GBytes *client_fetch (Client *self, SoupMessage *message);
guint client_send (Client *self, SoupMessage *message);
char *client_try (Client *self, const char *method, const char *path, const char *form,
                  GError **error);
guint client_call (Client *self, const char *method, const char *path, const char *form);
char *client_make (Client *self, const char *path, const char *form);
guint client_look (Client *self, const char *place, const char *id);
char *client_pay (Client *self, gint64 amount, const char *method, const char *more);
void client_advance (Client *self, gint64 seconds);
void client_expect_events (Client *self, const char *types);
void client_expect_balance (Client *self, gint64 available, gint64 pending);
const char *client_header (Client *self, const char *name);
JsonNode *client_at (Client *self, const char *path);
const char *client_text (Client *self, const char *path);
gint64 client_int (Client *self, const char *path);
gboolean client_true (Client *self, const char *path);
void client_expect_error (Client *self, guint status, const char *type, const char *code,
                          const char *param);
char *client_visit (Client *self, const char *url, const char *form);
