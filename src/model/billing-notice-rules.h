/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-notice.h"

G_BEGIN_DECLS

/**
 * BillingNoticeRule:
 * @nick: by which notices name it, and by which the store knows how to find them (billing-notice-find.h)
 * @label: what it is about, for lists and filters; to be translated
 * @urgent: whether somebody has to act; otherwise it is news
 * @title: what happened, with %NULL-free placeholders: {amount}, {payment}, {subject}, {detail}, {day}, {count}; to be
 *   translated
 * @title_many: (nullable): the same where {count} is not one
 * @body: what that means and what to do; to be translated
 * @words: (nullable): which table of billing-notice-words.h says @detail in plain words
 * @due: (nullable): what the deadline is for, with {due}; to be translated
 * @button: label of the one button that deals with it; to be translated
 * @action: what that activates in the window
 * @target: its target; {subject} and {payment} stand for the ids, and a part behind a slash that would be empty is left out
 * @preference: the setting that says whether the desktop hears of it
 *
 * One kind of notification.
 */
typedef struct {
  const char *nick;
  const char *label;
  gboolean urgent;
  const char *title;
  const char *title_many;
  const char *body;
  const char *words;
  const char *due;
  const char *button;
  const char *action;
  const char *target;
  const char *preference;
} BillingNoticeRule;

/**
 * BillingNoticeText:
 * @title: (owned): what happened
 * @body: (owned): what that means, and what to do
 * @due: (owned) (nullable): by when: “Answer by 3 Dec 2026, 16:00”
 * @button: what deals with it, translated
 * @action: what the button activates: `win.show-stripe`, `win.open-stripe`, `win.show-payment`, …
 * @target: (owned): its target, a string
 *
 * A notification in words. Amounts and days are in the locale's way of writing.
 */
typedef struct {
  char *title;
  char *body;
  char *due;
  const char *button;
  const char *action;
  char *target;
} BillingNoticeText;

const BillingNoticeRule *billing_notice_rule_nth        (guint          i);
const BillingNoticeRule *billing_notice_rule_find       (const char    *nick);
const char              *billing_notice_rule_get_label  (const char    *nick);

BillingNoticeText       *billing_notice_describe        (BillingNotice *notice,
                                                         const char    *time_zone);
void                     billing_notice_text_free       (BillingNoticeText *self);
gboolean                 billing_notice_is_open         (BillingNotice *notice,
                                                         gint64         now);
char                    *billing_notice_describe_rest   (gint64         due_at,
                                                         gint64         now,
                                                         const char    *time_zone);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingNoticeText, billing_notice_text_free)

G_END_DECLS
