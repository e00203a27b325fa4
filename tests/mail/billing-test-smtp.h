/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BillingTestSmtp:
 * @port: where it listens, on 127.0.0.1
 *
 * A mail server in a process of its own (smtp-server.py), until it is freed.
 */
typedef struct {
  guint port;
  GSubprocess *process;      /* (owned) */
  GDataInputStream *output;  /* (owned) */
} BillingTestSmtp;

BillingTestSmtp *billing_test_smtp_new         (const char      *argument,
                                                ...) G_GNUC_NULL_TERMINATED;
char            *billing_test_smtp_next        (BillingTestSmtp *self);
char            *billing_test_smtp_certificate (void);
void             billing_test_smtp_free        (BillingTestSmtp *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingTestSmtp, billing_test_smtp_free)

G_END_DECLS
