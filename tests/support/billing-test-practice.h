/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"

G_BEGIN_DECLS

/**
 * BillingTestPractice:
 *
 * A fixture: a practice of its own in a temporary folder, one patient, one treatment, a session of its administrator.
 */
typedef struct {
  char *folder;      /* (owned) */
  BillingDesk *desk; /* (owned) */
  char *patient;     /* (owned): id */
  char *treatment;   /* (owned): id */
} BillingTestPractice;

void    billing_test_practice_set_up         (BillingTestPractice *self);
void    billing_test_practice_tear_down      (BillingTestPractice *self);
void    billing_test_practice_verify         (BillingTestPractice *self);
char   *billing_test_practice_create_payment (BillingTestPractice *self,
                                              gint64               amount,
                                              gboolean             draft);
void    billing_test_practice_do             (BillingTestPractice *self,
                                              BillingAct          *act);
void    billing_test_practice_do_refused     (BillingTestPractice *self,
                                              BillingAct          *act,
                                              int                  code);
void    billing_test_practice_assert_payment (BillingTestPractice *self,
                                              const char          *number,
                                              BillingStatus        status,
                                              gint64               amount,
                                              gint64               collected,
                                              gint64               refunded);
gint64  billing_test_practice_get_credit     (BillingTestPractice *self);
void    billing_test_practice_add_person     (BillingTestPractice *self,
                                              const char          *account,
                                              const char          *role,
                                              const char          *passphrase);
void    billing_test_practice_sign_in        (BillingTestPractice *self,
                                              const char          *account,
                                              const char          *passphrase);

G_END_DECLS
