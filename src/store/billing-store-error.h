/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BILLING_STORE_ERROR (billing_store_error_quark ())

/**
 * BillingStoreError:
 * @BILLING_STORE_ERROR_FAILED: the database refused for a reason that nobody foresaw
 * @BILLING_STORE_ERROR_NOT_FOUND: there is no such practice, or no such record
 * @BILLING_STORE_ERROR_EXISTS: there is one already
 * @BILLING_STORE_ERROR_BUSY: another program is writing
 * @BILLING_STORE_ERROR_FULL: the disk is full
 * @BILLING_STORE_ERROR_READ_ONLY: the folder cannot be written
 * @BILLING_STORE_ERROR_CORRUPT: the file is damaged or is no database
 * @BILLING_STORE_ERROR_NEWER: a newer version of the program made it
 * @BILLING_STORE_ERROR_CONSTRAINT: a rule of the books forbids it
 * @BILLING_STORE_ERROR_QUERY: a list was asked for what it does not have
 * @BILLING_STORE_ERROR_BREACH: an invariant of the books is broken
 * @BILLING_STORE_ERROR_CLOSED: the day of it is closed
 *
 * The errors of this room; their messages are sentences for people. A read that was interrupted is
 * %G_IO_ERROR_CANCELLED.
 */
typedef enum {
  BILLING_STORE_ERROR_FAILED,
  BILLING_STORE_ERROR_NOT_FOUND,
  BILLING_STORE_ERROR_EXISTS,
  BILLING_STORE_ERROR_BUSY,
  BILLING_STORE_ERROR_FULL,
  BILLING_STORE_ERROR_READ_ONLY,
  BILLING_STORE_ERROR_CORRUPT,
  BILLING_STORE_ERROR_NEWER,
  BILLING_STORE_ERROR_CONSTRAINT,
  BILLING_STORE_ERROR_QUERY,
  BILLING_STORE_ERROR_BREACH,
  BILLING_STORE_ERROR_CLOSED,
} BillingStoreError;

GQuark billing_store_error_quark (void);

G_END_DECLS
