/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-administration-page.h"
#include "billing-care-bar.h"
#include "billing-demo-sandbox.h"
#include "billing-invoices-page.h"
#include "billing-list-page.h"
#include "billing-notice-news.h"
#include "billing-paid-news.h"
#include "billing-postman.h"
#include "billing-reports-page.h"
#include "billing-sidebar-row.h"
#include "billing-stripe-dashboard.h"
#include "billing-sync-button.h"
#include "billing-sync.h"
#include "billing-welcome.h"
#include "billing-window.h"

G_BEGIN_DECLS

struct _BillingWindow {
  AdwApplicationWindow parent_instance;

  /* Template widgets. */
  AdwToastOverlay *toasts;
  GtkStack *root;
  GtkSpinner *spinner;
  GtkLabel *progress;
  BillingWelcome *welcome;
  AdwStatusPage *broken;
  GtkWidget *sign_in_button;
  GtkWidget *restore_button;
  AdwFlap *flap;
  GtkWidget *practice_button;
  GtkLabel *practice_name;
  GtkLabel *person;
  GtkListBox *sidebar;
  GtkWidget *sidebar_button;
  GtkWidget *back_button;
  GtkWidget *create_button;
  GtkSearchEntry *search;
  AdwWindowTitle *page_title;
  GtkInfoBar *info_bar;
  GtkLabel *info_label;
  GtkStack *pages;
  BillingListPage *payments;
  BillingInvoicesPage *invoices;
  BillingListPage *treatments;
  BillingListPage *patients;
  BillingStripeDashboard *stripe;
  BillingReportsPage *reports;
  BillingListPage *rates;
  BillingAdministrationPage *administration;
  BillingCareBar *care_bar;
  BillingSyncButton *sync_button;
  GtkWidget *test_mode;
  GtkWidget *test_mode_alone;

  GSettings *settings; /* (owned) */
  GSignalGroup *store; /* (owned) */
  GSignalGroup *sync_signals; /* (owned) */
  BillingDesk *desk; /* (owned) (nullable) */
  BillingSync *sync; /* (owned) (nullable): as long as there is a desk */
  char *stripe_url; /* (owned) (nullable): Stripe's own */
  BillingDemoSandbox *sandbox; /* (owned) (nullable): while the practice is the made-up one */
  char *folder; /* (owned) (nullable): of the practice, open or to be opened */
  GCancellable *opening; /* (owned) (nullable) */
  GCancellable *counting; /* (owned) (nullable) */
  GCancellable *counting_invoices; /* (owned) (nullable) */
  guint n_to_invoice; /* services that wait */
  guint n_overdue_invoices;
  AdwToast *toast; /* (not owned) (nullable): the newest, as long as it is shown or waits */
  guint header_source; /* will show what belongs into the header bar */
  BillingPaidNews *news; /* (owned) (nullable): as long as there is a desk */
  BillingNoticeNews *notice_news; /* (owned) (nullable): likewise */
  BillingPostman *postman; /* (owned) (nullable): likewise */
  char *payment_to_show; /* (owned) (nullable): once there is a desk */
  char *section_to_show; /* (owned) (nullable): of the Stripe Dashboard, likewise */
  const char *when_open; /* (not owned) (nullable): the action to begin with once there is a desk */
};

BillingListPage *_billing_window_get_page        (BillingWindow  *self);
BillingSidebarRow *_billing_window_find_row      (BillingWindow  *self,
                                                  const char     *page);
void             _billing_window_show_page       (BillingWindow  *self,
                                                  const char     *page);
void             _billing_window_set_desk        (BillingWindow  *self,
                                                  BillingDesk    *desk);
void             _billing_window_warn            (BillingWindow  *self,
                                                  const char     *sentence);
void             _billing_window_toast           (BillingWindow  *self,
                                                  AdwToast       *toast);
gboolean         _billing_window_may                    (BillingWindow  *self,
                                                         BillingVerb     verb);
void             _billing_window_present         (BillingWindow  *self,
                                                  GtkWindow      *dialog);
void             _billing_window_open            (BillingWindow  *self,
                                                  const char     *account,
                                                  const char     *passphrase);
void             _billing_window_restore         (BillingWindow  *self);
void             _billing_window_count           (BillingWindow  *self);
void             _billing_window_install_actions (GtkWidgetClass *widget_class);
void             _billing_window_update_actions  (BillingWindow  *self);

/* billing-window-export.c */
void             _billing_window_export                 (BillingWindow  *self);
void             _billing_window_export_contents        (BillingWindow  *self,
                                                         const char     *payout);
void             _billing_window_exported               (BillingWindow  *self,
                                                         const char     *sentence,
                                                         const char     *path);
void             _billing_window_open_exported          (BillingWindow  *self,
                                                         const char     *path);

/* billing-window-news.c */
void             _billing_window_set_news               (BillingWindow  *self);
void             _billing_window_show_waiting           (BillingWindow  *self);

/* billing-window-mail.c */
void             _billing_window_set_postman            (BillingWindow  *self);
void             _billing_window_install_mail_actions   (GtkWidgetClass *widget_class);

/* billing-window-demo.c */
gboolean         _billing_window_is_demo                (BillingWindow  *self);
gboolean         _billing_window_prepare_demo           (BillingWindow  *self);
const char      *_billing_window_get_stripe_url         (BillingWindow  *self);

/* billing-window-letters.c */
void             _billing_window_install_letter_actions  (GtkWidgetClass *widget_class);

/* billing-window-invoices.c */
void             _billing_window_count_invoices          (BillingWindow  *self);
void             _billing_window_install_invoice_actions (GtkWidgetClass *widget_class);

/* Stripe: billing-window-stripe.c */
void             _billing_window_init_stripe            (BillingWindow  *self);
void             _billing_window_set_sync               (BillingWindow  *self);
void             _billing_window_update_stripe          (BillingWindow  *self);
void             _billing_window_count_notices          (BillingWindow  *self);
void             _billing_window_install_stripe_actions (GtkWidgetClass *widget_class);
void             _billing_window_install_charge_actions (GtkWidgetClass *widget_class);
void             _billing_window_install_payout_actions (GtkWidgetClass *widget_class);

/* billing-window-remittances.c */
void             _billing_window_install_remittance_actions (GtkWidgetClass *widget_class);

/* billing-window-patients.c */
void             _billing_window_install_patient_actions (GtkWidgetClass *widget_class);

/* billing-window-rates.c */
void             _billing_window_install_rate_actions   (GtkWidgetClass *widget_class);

G_END_DECLS
