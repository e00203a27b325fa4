/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-connection.h"
#include "billing-record.h"
#include "billing-verb.h"

G_BEGIN_DECLS

gboolean billing_audit_write (BillingConnection  *connection,
                              gint64              at,
                              const char         *person,
                              BillingVerb         verb,
                              const char         *subject_id,
                              BillingRecord      *before,
                              BillingRecord      *after,
                              const char         *reason,
                              GError            **error);
gboolean billing_audit_write_made (BillingConnection *connection,
                                   gint64             at,
                                   const char        *person,
                                   BillingVerb        verb,
                                   GType              type,
                                   gint64             after_pk,
                                   const char        *reason,
                                   GError           **error);

GPtrArray *billing_audit_read_note (BillingConnection  *connection,
                                    const char         *id,
                                    GError            **error);

G_END_DECLS
