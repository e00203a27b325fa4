/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-timeline-format"

#include "config.h"

#include "billing-timeline-format.h"

#include <glib/gi18n.h>

#include "billing-day.h"
#include "billing-detail-format.h"
#include "billing-enums.h"
#include "billing-format.h"
#include "billing-link-format.h"
#include "billing-status.h"

#define WARNING "dialog-warning-symbolic"
#define NEWS "dialog-information-symbolic"
#define MONEY_IN "emblem-ok-symbolic"
#define MONEY_BACK "edit-undo-symbolic"

/* What happened, by the words of the timeline: nicks of verbs, how attempts stand, and what Stripe did with the money.  With the
 * icon of what is to be seen at a glance, and with what money that nobody waited for means, and what to do. */
static const struct {
  const char *what;
  const char *label;
  const char *icon;
  const char *consequence;
} events[] = {
  { "payment-create", N_("Created") },
  { "payment-rest", N_("Created for the rest") },
  { "payment-edit", N_("Edited") },
  { "payment-submit", N_("Submitted") },
  { "payment-fail", N_("Marked as failed") },
  { "payment-cancel", N_("Cancelled") },
  { "payment-reopen", N_("Reopened") },
  { "payment-write-off", N_("Written off") },
  { "payment-collect", N_("Collected"), MONEY_IN },
  { "payment-reverse", N_("Collection reversed") },
  { "payment-refund", N_("Refunded"), MONEY_BACK },
  { "payment-refund-asked", N_("Refund requested") },
  { "payment-refund-refused", N_("Refund refused"), WARNING },
  { "refund-approve", N_("Refund approved") },
  { "refund-decline", N_("Refund declined") },
  { "payment-authorise", N_("Authorisation requested") },
  { "payment-authorise-refused", N_("Authorisation refused"), WARNING },
  { "payment-capture", N_("Capture requested") },
  { "payment-capture-refused", N_("Capture refused"), WARNING },
  { "payment-void", N_("Release requested") },
  { "payment-void-refused", N_("Release refused"), WARNING },
  { "payment-link", N_("Payment link made") },
  { "payment-link-refused", N_("Payment link refused"), WARNING },
  { "link-cancel", N_("Payment link closed") },
  { "link-cancel-refused", N_("Closing of the payment link refused"), WARNING },
  { "late-keep", N_("Late money kept as credit") },
  { "late-refund", N_("Refund of late money requested") },
  { "late-refund-refused", N_("Refund of late money refused"), WARNING },
  { "dispute-save", N_("Draft of a dispute’s answer saved") },
  { "dispute-attach", N_("File attached to a dispute’s answer") },
  { "dispute-detach", N_("File taken from a dispute’s answer") },
  { "dispute-submit", N_("Answer to a dispute submitted") },
  { "dispute-accept", N_("Dispute accepted") },
  { "dispute-save-refused", N_("Draft of a dispute’s answer refused"), WARNING },
  { "dispute-attach-refused", N_("File for a dispute refused"), WARNING },
  { "dispute-submit-refused", N_("Answer to a dispute refused"), WARNING },
  { "dispute-accept-refused", N_("Acceptance of a dispute refused"), WARNING },
  { "dispute-bill-again", N_("Disputed amount billed again") },
  { "dispute-write-off", N_("Disputed amount written off") },
  { "invoice-create", N_("Invoiced") },
  { "invoice-edit", N_("Invoice changed") },
  { "invoice-mark-paid", N_("Invoice marked as paid"), MONEY_IN },
  { "invoice-void", N_("Invoice voided") },
  { "invoice-write-off", N_("Invoice written off") },
  { "invoice-print", N_("Invoice printed") },
  { "service-make", N_("Service made of the treatment") },
  { "service-add", N_("Service added") },
  { "service-edit", N_("Service changed") },
  { "service-review", N_("Marked as reviewed") },
  { "service-unreview", N_("Marked as not reviewed") },
  { "service-set-rate", N_("Rate changed") },
  { "service-remove", N_("Service removed") },
  { "service-restore", N_("Service brought back") },
  { "service-insurer", N_("Insurer’s answer noted") },
  { "service-take-back", N_("Insurer’s answer taken back") },
  { "payment-receipt", N_("Receipt made") },
  { "message-queued", N_("E-mail to the patient queued"), "mail-unread-symbolic" },
  { "message-sent", N_("E-mail sent to the patient"), "mail-unread-symbolic" },
  { "message-handed", N_("E-mail handed to the mail program"), "mail-unread-symbolic" },
  { "message-unknown", N_("Not known whether an e-mail was sent"), WARNING },
  { "message-failed", N_("E-mail to the patient refused"), WARNING },
  { "message-cancelled", N_("E-mail not sent: no longer needed") },
  { "message-cancel", N_("E-mail to the patient cancelled") },
  { "message-resolve", N_("Somebody said what became of an e-mail") },
  { "patient-edit", N_("Contact preferences changed") },
  { "patient-merge", N_("Merged") },
  { "patient-unmerge", N_("Merge taken back") },
  { "note-add", N_("Note added") },
  { "note-edit", N_("Note edited") },
  { "document-add", N_("Document added") },
  { "document-rename", N_("Document renamed") },
  { "document-remove", N_("Document removed") },
  { "document-restore", N_("Document brought back") },
  { "import", N_("Imported") },
  { "outbox-check", N_("Stripe asked what became of it") },
  { "outbox-withdraw", N_("Withdrawn before it was sent") },
  { "charge-assign", N_("Charge assigned") },
  { "attempt-in-flight", N_("Attempt on its way"), "content-loading-symbolic" },
  { "attempt-authorised", N_("Authorised"), "changes-prevent-symbolic" },
  { "attempt-succeeded", N_("Collected by Stripe"), MONEY_IN },
  { "attempt-failed", N_("Attempt failed"), WARNING },
  { "attempt-expired", N_("Attempt expired"), WARNING },
  { "attempt-released", N_("Authorisation released"), "changes-allow-symbolic" },
  { "stripe-fee", N_("Stripe’s fee") },
  { "stripe-payout", N_("Paid out to the bank"), "go-next-symbolic" },
  { "stripe-submit", N_("Submitted") },
  { "stripe-void", N_("No longer asked for") },
  { "stripe-split", N_("Rest split off"), NULL, N_("A new payment for it stays open.") },
  { "stripe-reverse", N_("Taken back by the bank"), WARNING, N_("It is owed again.") },
  { "stripe-refund", N_("Refunded by Stripe"), MONEY_BACK },
  { "stripe-refund-reverse", N_("Refund failed"), WARNING,
    N_("The money is back at Stripe. Find another way to give it to the patient.") },
  { "stripe-overpay", N_("Paid too much"), NEWS,
    N_("It became the patient’s credit: keep it for the next payment, or refund the credit.") },
  { "stripe-late", N_("Late money"), NEWS,
    N_("It came for a payment that was closed or paid otherwise, and became the patient’s credit: keep it for the next "
       "payment, or refund the credit.") },
  { "stripe-credit", N_("Credit") },
  { "stripe-credit-refund", N_("Credit refunded by Stripe"), MONEY_BACK },
  { "stripe-credit-reverse", N_("Credit returned by the bank"), WARNING },
  { "stripe-dispute", N_("Withdrawn by a dispute"), WARNING },
  { "stripe-dispute-reverse", N_("Given back after a dispute"), MONEY_IN },
  { "stripe-problem", N_("Not posted"), WARNING },
};

static guint
find_event (BillingEvent *event)
{
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      if (g_str_equal (events[i].what, event->what))
        return i;
    }

  return G_MAXUINT;
}

/**
 * billing_timeline_format_title:
 * @event: a line of a payment's timeline
 *
 * Returns: (transfer full): what happened, and the amount
 */
char *
billing_timeline_format_title (BillingEvent *event)
{
  guint i = find_event (event);
  const char *label = i != G_MAXUINT ? _(events[i].label) : event->what;
  g_autofree char *amount = NULL;

  if (event->amount == 0 || event->currency == NULL)
    return g_strdup (label);

  amount = billing_format_money (NULL, event->amount, event->currency);
  /* Translators: what happened to a payment, and the amount: “Collected · $100.00” */
  return g_strdup_printf (C_("event and amount", "%s · %s"), label, amount);
}

/* Of the fee, the detail is what is left of the money. */
static char *
format_net (BillingEvent *event)
{
  g_autofree char *net = NULL;
  gint64 amount;

  if (event->currency == NULL || event->detail == NULL ||
      !g_ascii_string_to_signed (event->detail, 10, G_MININT64, G_MAXINT64, &amount, NULL))
    return g_strdup ("");

  net = billing_format_money (NULL, amount, event->currency);
  /* Translators: what is left of the money after Stripe's fee */
  return g_strdup_printf (_("%s net"), net);
}

/* The books keep the tender of a collection or a refund as its word, a link's end as its day, and why it was closed as a word. */
static char *
format_detail (BillingEvent *event)
{
  int tender;

  if (g_str_equal (event->what, "stripe-fee"))
    return format_net (event);
  if (billing_enum_from_nick (billing_tender_get_type (), event->detail, &tender))
    return g_strdup (billing_tender_get_label (tender));
  if (g_str_equal (event->what, "payment-link") && event->detail != NULL && billing_day_is_valid (event->detail))
    return billing_link_format_expiry (event->detail);
  if (g_str_equal (event->what, "link-cancel"))
    return billing_link_format_why (event->detail);

  return billing_detail_dup_text (event->detail);
}

/**
 * billing_timeline_format_subtitle:
 * @event: a line of a payment's timeline
 * @time_zone: (nullable): the practice's
 *
 * Returns: (transfer full): when, who, what else is known of it, and what to do
 */
char *
billing_timeline_format_subtitle (BillingEvent *event,
                                  const char   *time_zone)
{
  guint i = find_event (event);
  const char *consequence = i != G_MAXUINT ? events[i].consequence : NULL;

  return billing_detail_join (billing_format_instant (NULL, event->at, time_zone),
                              billing_detail_dup_text (event->person),
                              format_detail (event),
                              g_strdup (consequence != NULL ? _(consequence) : ""), NULL);
}

/**
 * billing_timeline_format_icon:
 * @event: a line of a payment's timeline
 *
 * Returns: name of the icon before it; it says nothing that the words do not say
 */
const char *
billing_timeline_format_icon (BillingEvent *event)
{
  guint i = find_event (event);

  /* Others keep the place, so that the words stand under each other. */
  return i != G_MAXUINT && events[i].icon != NULL ? events[i].icon : "billing-dot-symbolic";
}
