/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * An HTTP server on the loopback address, in a thread of its own, that answers requests with what it
 * was told to, in that order, and keeps what it was asked. A request that nobody foresaw gets a 599.
 */
typedef struct _BillingTestServer BillingTestServer;

typedef struct
{
  char *method;
  char *path; /* with the query */
  char *body;
  GHashTable *headers; /* (owned): lower-case name → value */
} BillingTestRequest;

BillingTestServer *billing_test_server_new  (void);

/* With https, and a certificate that nobody vouches for: tests/stripe/self-signed.pem. */
BillingTestServer *billing_test_server_new_tls (void);

void               billing_test_server_free (BillingTestServer *self);

/* "http://127.0.0.1:PORT", or https */
const char        *billing_test_server_get_base (BillingTestServer *self);

/* The next answer, with more headers: name, value, …, NULL. */
void billing_test_server_answer (BillingTestServer *self,
                                 guint              status,
                                 const char        *body,
                                 ...) G_GNUC_NULL_TERMINATED;

/* The same with bytes, of any size. */
void billing_test_server_answer_bytes (BillingTestServer *self,
                                       guint              status,
                                       GBytes            *body);

/* These bytes as they are, headers and all, and then the end of the connection. */
void billing_test_server_answer_raw (BillingTestServer *self,
                                     const char        *bytes);

/* Nothing, for ever; @cancellable, if any, is cancelled when the request is there. */
void billing_test_server_hang (BillingTestServer *self,
                               GCancellable      *cancellable);

guint                     billing_test_server_count (BillingTestServer *self);

/* Until the server is freed. */
const BillingTestRequest *billing_test_server_get   (BillingTestServer *self,
                                                     guint              index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingTestServer, billing_test_server_free)

G_END_DECLS
