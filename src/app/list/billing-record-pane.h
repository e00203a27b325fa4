/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "billing-connection.h"
#include "billing-desk.h"
#include "billing-payment.h"
#include "billing-treatment.h"

G_BEGIN_DECLS

#define BILLING_TYPE_RECORD_PANE (billing_record_pane_get_type ())
G_DECLARE_DERIVABLE_TYPE (BillingRecordPane, billing_record_pane, BILLING, RECORD_PANE, AdwBin)

#define BILLING_RECORD_PANE_MAX_LISTS 5

/**
 * BillingRecordPaneList:
 * @list: a kind that belongs to the record: its payments, its treatments
 * @property: the query's property that says to whom: `patient` or `subject`
 */
typedef struct {
  const char *list;
  const char *property;
} BillingRecordPaneList;

/**
 * BillingRecordPaneClass:
 * @get_record_type: what it shows
 * @lists: what it shows with it, read in the same transaction
 * @shown: (nullable): a record was asked for by a person
 * @read: (nullable): reads more of the record, in another thread and in the same transaction
 * @free_read: what frees that
 * @fill: writes the pane anew: @self is empty; @lists are as in the class
 *
 * The detail of a record that has nothing to be done with beyond going on to what belongs to it.
 */
struct _BillingRecordPaneClass {
  AdwBinClass parent_class;

  GType (*get_record_type) (void);
  BillingRecordPaneList lists[BILLING_RECORD_PANE_MAX_LISTS];

  gpointer       (*read) (BillingConnection  *connection,
                          BillingRecord      *record,
                          GError            **error);
  GDestroyNotify free_read;

  void (*shown) (BillingRecordPane *self,
                 const char        *id);
  void (*fill)  (BillingRecordPane *self,
                 BillingRecord     *record,
                 GPtrArray        **lists);
};

void                 billing_record_pane_set_desk   (BillingRecordPane *self,
                                                     BillingDesk       *desk);
BillingDesk         *billing_record_pane_get_desk   (BillingRecordPane *self);
void                 billing_record_pane_set_record (BillingRecordPane *self,
                                                     const char        *id);

/* For fill(). */
gpointer             billing_record_pane_get_read   (BillingRecordPane *self);
GtkBox              *billing_record_pane_get_body   (BillingRecordPane *self);
void                 billing_record_pane_set_title  (BillingRecordPane *self,
                                                     const char        *title,
                                                     const char        *subtitle);
AdwPreferencesGroup *billing_record_pane_add_group  (BillingRecordPane *self,
                                                     const char        *title);
void                 billing_record_pane_add_fact   (AdwPreferencesGroup *group,
                                                     const char        *title,
                                                     const char        *value);
void                 billing_record_pane_add_link   (AdwPreferencesGroup *group,
                                                     const char        *title,
                                                     const char        *subtitle,
                                                     const char        *action,
                                                     const char        *id);
void                 billing_record_pane_add_balance (BillingRecordPane   *self,
                                                      AdwPreferencesGroup *group,
                                                      gint64               balance,
                                                      const char          *owed_since,
                                                      const char          *currency);
void                 billing_record_pane_add_payments (BillingRecordPane *self,
                                                     GPtrArray         *payments);
void                 billing_record_pane_add_treatments (BillingRecordPane *self,
                                                     GPtrArray         *treatments);
void                 billing_record_pane_add_services (BillingRecordPane *self,
                                                     GPtrArray         *services);

G_END_DECLS
