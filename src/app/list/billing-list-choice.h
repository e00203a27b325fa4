/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-act.h"
#include "billing-list-model.h"

G_BEGIN_DECLS

#define BILLING_TYPE_LIST_CHOICE (billing_list_choice_get_type ())
G_DECLARE_FINAL_TYPE (BillingListChoice, billing_list_choice, BILLING, LIST_CHOICE, GObject)

/**
 * BillingListChoice:
 *
 * What is ticked in a list, at any number: some rows, by their ids, or all that the list shows but some, which takes no more memory than
 * those. It has nothing to do with the row whose detail is shown.
 *
 * Signal: `changed`.
 */
BillingListChoice *billing_list_choice_new       (void);
BillingListModel  *billing_list_choice_get_list  (BillingListChoice *self);
void               billing_list_choice_set_list  (BillingListChoice *self,
                                                  BillingListModel  *list);
gboolean           billing_list_choice_contains  (BillingListChoice *self,
                                                  const char        *id);
void               billing_list_choice_set       (BillingListChoice *self,
                                                  const char        *id,
                                                  gboolean           chosen);
void               billing_list_choice_set_run   (BillingListChoice *self,
                                                  guint              first,
                                                  guint              n,
                                                  gboolean           chosen);
void               billing_list_choice_choose_all (BillingListChoice *self);
void               billing_list_choice_clear     (BillingListChoice *self);
gboolean           billing_list_choice_is_all    (BillingListChoice *self);
guint              billing_list_choice_get_n     (BillingListChoice *self);
void               billing_list_choice_fill_act  (BillingListChoice *self,
                                                  BillingAct        *act);

G_END_DECLS
