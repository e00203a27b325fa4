/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-books.h"
#include "billing-call.h"

G_BEGIN_DECLS

/* What commands do, one file for each group of them. Results go to standard output, the rest to standard error. */

/* billing-act-commands.c */
gboolean billing_command_create      (BillingCall *call, GError **error);
gboolean billing_command_act        (BillingCall *call, GError **error);
gboolean billing_command_authorise  (BillingCall *call, GError **error);
gboolean billing_command_assign     (BillingCall *call, GError **error);
gboolean billing_command_link       (BillingCall *call, GError **error);
gboolean billing_command_attach     (BillingCall *call, GError **error);
gboolean billing_command_note       (BillingCall *call, GError **error);
gboolean billing_command_receipt    (BillingCall *call, GError **error);
gboolean billing_command_rename     (BillingCall *call, GError **error);
gboolean billing_command_person     (BillingCall *call, GError **error);

/* billing-list-commands.c */
gboolean billing_command_list       (BillingCall *call, GError **error);
gboolean billing_command_export     (BillingCall *call, GError **error);
gboolean billing_command_report     (BillingCall *call, GError **error);
char    *billing_command_list_kinds (void);
BillingQuery *billing_command_make_query (BillingCall *call, const char *kind, GError **error);

/* billing-letter-command.c */
gboolean billing_command_invoice_pdf (BillingCall *call, GError **error);
gboolean billing_command_statement  (BillingCall *call, GError **error);

/* billing-place-command.c */
gboolean billing_command_practice   (BillingCall *call, GError **error);
gboolean billing_command_place      (BillingCall *call, GError **error);

/* billing-list-check.c */
gboolean billing_command_check_query (BillingCall *call, BillingQuery *query, GError **error);

/* billing-reconcile-command.c */
gboolean billing_command_reconcile  (BillingCall *call, GError **error);

/* billing-remittance-command.c */
gboolean billing_command_report_estimates (BillingCall *call, GError **error);
gboolean billing_command_remittance      (BillingCall *call, GError **error);
gboolean billing_command_remittance_post (BillingCall *call, GError **error);

/* billing-message-command.c */
gboolean billing_command_invoice_send (BillingCall *call, GError **error);
gboolean billing_command_message_send (BillingCall *call, GError **error);
gboolean billing_command_message    (BillingCall *call, GError **error);
gboolean billing_command_send_messages (BillingCall *call, GError **error);
gboolean billing_command_mail_settings (BillingCall *call, GError **error);
gboolean billing_command_mail_test  (BillingCall *call, GError **error);
gboolean billing_command_template_edit (BillingCall *call, GError **error);
gboolean billing_command_tell_patients (BillingCall *call);

/* billing-payout-command.c */
gboolean billing_command_payout     (BillingCall *call, GError **error);
gboolean billing_command_dispute    (BillingCall *call, GError **error);
gboolean billing_command_patient_edit (BillingCall *call, GError **error);
gboolean billing_command_patient_merge (BillingCall *call, GError **error);
gboolean billing_command_patient_unmerge (BillingCall *call, GError **error);
gboolean billing_command_list_duplicates (BillingCall *call, GError **error);
gboolean billing_command_payout_schedule (BillingCall *call, GError **error);

/* billing-tax-command.c */
gboolean billing_command_tax_settings (BillingCall *call, GError **error);
gboolean billing_command_tax_register (BillingCall *call, GError **error);
gboolean billing_command_tax_end    (BillingCall *call, GError **error);
gboolean billing_command_year_end   (BillingCall *call, GError **error);

/* billing-day-command.c */
gboolean billing_command_day_close  (BillingCall *call, GError **error);
gboolean billing_command_day_report (BillingCall *call, BillingQuery *query, GError **error);
gboolean billing_command_print_cb   (BillingRecord *record, gpointer data, GError **error);

/* billing-rate-command.c */
gboolean billing_command_rate       (BillingCall *call, GError **error);
gboolean billing_command_rate_import (BillingCall *call, GError **error);
gboolean billing_command_rate_export (BillingCall *call, GError **error);

/* billing-invoice-command.c */
gboolean billing_command_invoice_create (BillingCall *call, GError **error);
gboolean billing_command_invoice    (BillingCall *call, GError **error);

/* billing-service-command.c */
gboolean billing_command_service    (BillingCall *call, GError **error);
gboolean billing_command_services   (BillingCall *call, GError **error);
gboolean billing_command_service_make (BillingCall *call, GError **error);
gboolean billing_command_service_set_rate (BillingCall *call, GError **error);
gboolean billing_command_service_insurer (BillingCall *call, GError **error);

/* billing-show-command.c */
gboolean billing_command_show       (BillingCall *call, GError **error);

/* billing-practice-commands.c */
gboolean billing_command_init       (BillingCall *call, GError **error);
gboolean billing_command_verify     (BillingCall *call, GError **error);
gboolean billing_command_support_report (BillingCall *call, GError **error);
gboolean billing_command_backup     (BillingCall *call, GError **error);
gboolean billing_command_restore    (BillingCall *call, GError **error);

/* billing-estimate-command.c */
gboolean billing_command_estimate   (BillingCall *call, GError **error);

/* billing-import-command.c */
gboolean billing_command_import     (BillingCall *call, GError **error);

/* billing-key-commands.c */
gboolean billing_command_key_set    (BillingCall *call, GError **error);
gboolean billing_command_key_status (BillingCall *call, GError **error);
gboolean billing_command_key_clear  (BillingCall *call, GError **error);

/* billing-sync-command.c */
gboolean billing_command_sync       (BillingCall *call, GError **error);
gboolean billing_command_deliver    (BillingCall *call, const char *subject, GError **error);

/* billing-refund-list.c */
gboolean billing_refund_list_read   (BillingDesk     *desk,
                                     BillingQuery    *query,
                                     gboolean         whole,
                                     BillingRowFunc   func,
                                     gpointer         data,
                                     GError         **error);

gboolean              billing_commands_is_group (const char          *word);
const BillingCommand *billing_commands_find     (const char * const  *line,
                                                 guint               *n_words,
                                                 GError             **error);
char                 *billing_commands_help     (const char          *group);

G_END_DECLS
