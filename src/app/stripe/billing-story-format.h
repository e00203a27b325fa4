/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-stripe-story.h"

G_BEGIN_DECLS

/* The story of a payment at Stripe in words, in the process's locale. */
char *billing_story_format_title  (BillingStoryEvent *event);
char *billing_story_format_detail (BillingStoryEvent *event,
                                   const char        *time_zone);
char *billing_story_format_line   (BillingStoryLine  *line);
char *billing_story_format_word   (const char        *word);

G_END_DECLS
