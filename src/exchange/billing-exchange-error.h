/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BillingExchangeError:
 * @BILLING_EXCHANGE_ERROR_ENTRY: one entry, line or row is bad and was left out; the reader stands
 *   behind it and goes on with the next call
 * @BILLING_EXCHANGE_ERROR_TORN: the file ends too early; what was handed out before is whole
 * @BILLING_EXCHANGE_ERROR_FORMAT: the file is not what it should be, and cannot be read on
 * @BILLING_EXCHANGE_ERROR_ENCODING: the file is not text, or not in the encoding that it began in
 *
 * What can be wrong with a file. The message is a sentence for a person: what, where, what to do.
 * All but %BILLING_EXCHANGE_ERROR_ENTRY are the end of the file. Errors of the file system stay
 * %G_IO_ERROR, and so does %G_IO_ERROR_CANCELLED.
 */
typedef enum
{
  BILLING_EXCHANGE_ERROR_ENTRY,
  BILLING_EXCHANGE_ERROR_TORN,
  BILLING_EXCHANGE_ERROR_FORMAT,
  BILLING_EXCHANGE_ERROR_ENCODING,
} BillingExchangeError;

#define BILLING_EXCHANGE_ERROR (billing_exchange_error_quark ())

GQuark billing_exchange_error_quark (void);

G_END_DECLS
