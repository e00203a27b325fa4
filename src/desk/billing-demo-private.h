/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-demo-data.h"
#include "billing-demo.h"
#include "billing-desk-private.h"
#include "billing-mirror.h"

G_BEGIN_DECLS

/* Two years lie behind the clinic. */
#define BILLING_DEMO_DAYS 730

/* Disputes of the last days are not left to chance: each way in which one can stand is shown. */
#define BILLING_DEMO_LATELY 60

/* Refunds above this need a second person: 150.00 */
#define BILLING_DEMO_REFUND_LIMIT 15000

typedef struct _BillingDemoStripe BillingDemoStripe;

/**
 * BillingDemo:
 *
 * A made-up clinic while it is made up. Everything in it follows from the seed, the number of payments and the day
 * that it ends on.
 */
typedef struct {
  BillingDesk *desk;             /* (owned) */
  BillingConnection *connection; /* in a batch: inside its transaction */
  GRand *rand;                   /* (owned) */
  GRand *billing_rand;           /* (owned): for what is billed by rates */
  BillingPerson *persons[3];     /* (owned): front desk, biller, manager */
  gint64 n_payments;             /* asked for */
  gint64 n_planned;              /* payments that are made or will be */
  char *today;                   /* (owned) */
  char *first_day;               /* (owned) */
  guint weekday;                 /* of the first day; 0: Monday */
  gint64 end;                    /* Unix seconds: nothing happens from here on */
  GPtrArray *locations;          /* (owned) (element-type utf8): ids */
  GPtrArray *physicians;         /* (owned) (element-type utf8): ids */
  GPtrArray *patients;           /* (owned) (element-type utf8): ids */
  GPtrArray **days;              /* (owned): for each day, the steps that are taken on it */
  guint day;                     /* which day it is, counted from the first */
  guint n_steps;                 /* steps planned so far */
  char *folder;                  /* (owned): for files on their way into the practice */
  BillingDemoStripe *stripe;     /* (owned) */
  guint n_disputes;              /* of those that are told, how many have been */
  guint n_from_home;             /* likewise, of those that are paid from home of late */
  gboolean has_rates;            /* billing rates were made */
} BillingDemo;

/**
 * BillingDemoPlan:
 *
 * What happens to one payment, over all its steps.
 */
typedef struct {
  int n_users;       /* steps that still need it */
  gint64 created_at; /* Unix seconds */
  gint64 last_at;    /* Unix seconds of the last step but notes and documents */
  char *patient;   /* (owned): id */
  char *treatment; /* (owned) (nullable): id */
  const char *type;
  const char *memo; /* (nullable) */
  char *due;        /* (owned) (nullable) */
  gint64 amount;
  gboolean draft;
  char *number; /* (owned) (nullable): once it is created */
  char *rest;   /* (owned) (nullable): number of what a part collection left open */
  char *refund; /* (owned) (nullable): id of the last refund */
} BillingDemoPlan;

/**
 * BillingDemoStep:
 *
 * One act that will be done.
 */
typedef struct {
  BillingDemoPlan *plan; /* (owned): one use of it */
  gint64 at;
  guint number; /* in the order of planning */
  BillingVerb verb;
  gboolean on_rest;
  gint64 amount; /* 0: all of it */
  BillingTender tender;
  BillingRefundReason reason;
  const char *text; /* (nullable): of a note, or why */
  const char *outcome; /* (nullable): what Stripe does, of its own; the verb does not count then */
  const char *card;    /* (nullable): by which of its test cards */
  const char *evidence; /* (nullable): how it was answered there that the payment was disputed */
  gint64 refunded;     /* how much of it goes back there */
  gint64 refunded_at;
} BillingDemoStep;

/* billing-demo.c */
int         billing_demo_between   (BillingDemo *self, int from, int to);
gboolean    billing_demo_chance    (BillingDemo *self, int percent);
const char *billing_demo_pick      (BillingDemo *self, const char * const *words);
gint64      billing_demo_time      (BillingDemo *self, guint day);
char       *billing_demo_day       (BillingDemo *self, int day);
guint       billing_demo_open_day  (BillingDemo *self, guint day);

/* billing-demo-insurance.c */
gboolean    billing_demo_add_insurance (BillingDemo *self, const char *patient_id, guint number, GError **error);

/* billing-demo-people.c */
gboolean    billing_demo_add_places (BillingDemo *self, GError **error);
gboolean    billing_demo_add_people (BillingDemo *self, guint from, guint to, GError **error);
gboolean    billing_demo_add_persons (BillingDemo *self, GError **error);
guint       billing_demo_n_people   (BillingDemo *self);

/* billing-demo-treatments.c */
gboolean    billing_demo_add_treatment (BillingDemo *self, const char *patient, int day, char **id,
                                        const char **description, gint64 *charges, gint64 *part, GError **error);

/* billing-demo-invoices.c */
gboolean    billing_demo_bill_day  (BillingDemo *self, GError **error);

/* billing-demo-plans.c */
gboolean    billing_demo_plan_day  (BillingDemo *self, GError **error);
void        billing_demo_step_free (BillingDemoStep *step);

/* billing-demo-steps.c */
gboolean    billing_demo_take_step (BillingDemo *self, BillingDemoStep *step, GError **error);
gboolean    billing_demo_file_document (BillingDemo *self, BillingAct *act, char *path, GError **error);

/* billing-demo-stripe.c */
BillingDemoStripe *billing_demo_stripe_new   (const char *folder, GError **error);
void        billing_demo_stripe_free  (BillingDemoStripe *self);
gboolean    billing_demo_charge       (BillingDemo *self, BillingDemoStep *step, GError **error);
gboolean    billing_demo_post_charges (BillingDemo *self, GCancellable *cancellable, GError **error);

/* billing-demo-disputes.c */
gboolean    billing_demo_dispute   (BillingDemo *self, BillingDemoStep *step, gint64 amount, GError **error);

/* billing-demo-files.c */
char       *billing_demo_write_file (BillingDemo *self, BillingDemoPlan *plan, guint number, GError **error);
char       *billing_demo_write_agreement (BillingDemo *self, BillingDemoPlan *plan, GError **error);

G_END_DECLS
