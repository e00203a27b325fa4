/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-filing.h"

G_BEGIN_DECLS

void      billing_documents_watch      (BillingAct       *act,
                                        GCancellable     *cancellable);
int       billing_documents_get_progress (BillingAct     *act);
gboolean  billing_documents_check_name (const char       *name,
                                        GError          **error);
char     *billing_documents_build_path (BillingDesk      *desk,
                                        BillingDocument  *document);
gboolean  billing_documents_check      (BillingDesk      *desk,
                                        BillingDocument  *document,
                                        GError          **error);

G_END_DECLS
