/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-test-stripe.h"

G_BEGIN_DECLS

/* Has the payment paid with a card whose owner disputes it. Returns: (transfer full): the dispute's id */
char       *begin_dispute (Fixture    *self,
                           const char *method);
void        sync_mirror   (Fixture    *self);

/* Returns: (transfer full): what a query says of the practice's mirror */
char       *read_mirror   (Fixture    *self,
                           const char *sql);

BillingAct *act           (BillingVerb verb,
                           const char *id);
BillingAct *save          (const char *id,
                           const char *fields);
BillingAct *attach        (const char *id,
                           const char *slot,
                           const char *path);
BillingAct *detach        (const char *id,
                           const char *slot);

/* A file of @size bytes that begins like a PDF, and is another one each time; the other one takes its path over. */
char       *make_file     (gsize       size,
                           const char *name);
void        remove_file   (char       *path);

/* What the sandbox has of a dispute: `status`, `evidence.receipt`, `evidence_details.submission_count`; empty: null. */
char       *look          (Fixture    *self,
                           const char *id,
                           const char *path);
void        assert_stripe (Fixture    *self,
                           const char *id,
                           const char *path,
                           const char *expected);
void        assert_answer (Fixture    *self,
                           const char *state);

G_END_DECLS
