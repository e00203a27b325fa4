/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-act.h"
#include "billing-test-mirror.h"
#include "billing-test-practice.h"

G_BEGIN_DECLS

/**
 * Fixture:
 *
 * A practice that is connected to a sandbox, and one payment.
 */
typedef struct {
  BillingTestPractice practice;
  BillingTestMirror stripe; /* the sandbox and a client for it; its own mirror is not used */
  BillingMirror *mirror;    /* (owned): the practice's */
  char *number;             /* (owned): of a payment of 250.00 */
  gint64 now;
  char *last; /* (owned) (nullable): the result of the last act */
} Fixture;

/* With what GTest passes to a fixture. */
void        set_up         (Fixture       *self,
                            gconstpointer  data);
void        tear_down      (Fixture       *self,
                            gconstpointer  data);

/* These take the act over. */
void        do_act         (Fixture       *self,
                            BillingAct    *act);
void        refuse_act     (Fixture       *self,
                            BillingAct    *act);
BillingAct *act_on         (Fixture       *self,
                            BillingVerb    verb);

/* Returns how many intents Stripe answered. The second one takes whatever comes of it. */
guint       deliver        (Fixture       *self);
void        try_to_deliver (Fixture       *self);
guint64     count_posts    (Fixture       *self,
                            const char    *path);

/* Time passes for the practice alone, or for it and Stripe. */
void        wait_for       (Fixture       *self,
                            gint64         seconds);
void        pass           (Fixture       *self,
                            gint64         seconds);

void        assert_sql     (Fixture       *self,
                            const char    *sql,
                            const char    *expected);

/* So many ways there are in which an answer can get lost; of these two, by the first the work was done, by the second it was not. */
#define N_LOSSES 9
#define LOST_DONE 0
#define LOST_UNDONE 5

/* Has all POSTs to @path get lost in the @i-th way. */
void        lose           (Fixture       *self,
                            guint          i,
                            const char    *path);

/* A program that dies between two steps of a delivery: what it claimed, sent or posted until then. */
enum {
  AFTER_CLAIM,
  AFTER_ANSWER,
  AFTER_POSTING,
  N_DEATHS,
};

void        die            (Fixture       *self,
                            guint          death);

G_END_DECLS
