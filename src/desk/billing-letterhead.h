/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-desk.h"
#include "billing-letter.h"
#include "billing-link.h"
#include "billing-patient.h"
#include "billing-payment.h"
#include "billing-stripe-records.h"

G_BEGIN_DECLS

/**
 * BillingLetterhead:
 * @practice: (owned): whose letters
 * @words: (owned) (nullable): of the letter’s language; %NULL: the program’s
 * @locale: (owned) (nullable): in which amounts and days are written; %NULL: the process’s
 * @logo: (owned) (nullable): the practice’s
 * @now: Unix seconds
 * @today: (owned): the day in the practice’s time zone
 *
 * What all letters to one patient share: whose they are, and how they speak.
 */
typedef struct {
  BillingPractice *practice;
  BillingCatalogue *words;
  char *locale;
  BillingPicture *logo;
  gint64 now;
  char *today;
} BillingLetterhead;

BillingLetterhead *billing_letterhead_new            (BillingDesk        *desk,
                                                      BillingPatient     *patient);
void               billing_letterhead_free           (BillingLetterhead  *self);
BillingLetter     *billing_letterhead_begin          (BillingLetterhead  *self,
                                                      const char         *title,
                                                      const char         *subject);
void               billing_letterhead_set_recipient  (BillingLetterhead  *self,
                                                      BillingLetter      *letter,
                                                      BillingPatient     *patient);
const char        *billing_letterhead_say            (BillingLetterhead  *self,
                                                      const char         *text) G_GNUC_FORMAT (2);
char              *billing_letterhead_format_money   (BillingLetterhead  *self,
                                                      gint64              amount,
                                                      const char         *currency);
char              *billing_letterhead_format_day     (BillingLetterhead  *self,
                                                      const char         *day);
char              *billing_letterhead_format_instant (BillingLetterhead  *self,
                                                      gint64              instant);
char              *billing_letterhead_format_tender  (BillingLetterhead  *self,
                                                      BillingTender       tender,
                                                      const char         *reference,
                                                      BillingCharge      *charge);
void               billing_letterhead_add_link       (BillingLetterhead  *self,
                                                      BillingLetter      *letter,
                                                      BillingLink        *link);

/* What letters read of payments. */
BillingCharge     *billing_letterhead_read_charge    (BillingConnection  *connection,
                                                      BillingPayment     *payment);
gboolean           billing_letterhead_read_link      (BillingConnection  *connection,
                                                      BillingPayment     *payment,
                                                      BillingLink       **link,
                                                      GError            **error);

/* The practice’s logo, by its content. */
BillingPicture    *billing_letterhead_load_logo      (BillingDesk        *desk,
                                                      const char         *sha256,
                                                      GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingLetterhead, billing_letterhead_free)

G_END_DECLS
