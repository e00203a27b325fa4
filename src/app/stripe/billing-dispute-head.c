/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dispute-head"

#include "config.h"

#include "billing-dispute-head.h"

#include <glib/gi18n.h>

#include "billing-dispute-format.h"
#include "billing-dispute-reason.h"

struct _BillingDisputeHead {
  GtkBox parent_instance;

  /* Template widgets */
  GtkLabel *lead_label; /* (not owned) */
  GtkLabel *meaning_label; /* (not owned) */
  GtkLabel *answer_label; /* (not owned) */
  GtkLabel *problem_label; /* (not owned) */
  GtkWidget *main_button; /* (not owned) */
  GtkWidget *other_button; /* (not owned) */
  GtkWidget *open_button; /* (not owned) */
};

G_DEFINE_FINAL_TYPE (BillingDisputeHead, billing_dispute_head, GTK_TYPE_BOX)

static void
billing_dispute_head_class_init (BillingDisputeHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Billing/ui/stripe/dispute-head.ui");
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeHead, answer_label);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeHead, lead_label);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeHead, main_button);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeHead, meaning_label);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeHead, open_button);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeHead, other_button);
  gtk_widget_class_bind_template_child (widget_class, BillingDisputeHead, problem_label);
}

static void
billing_dispute_head_init (BillingDisputeHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_text (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
show_button (GtkWidget   *button,
             BillingDesk *desk,
             const char  *label,
             const char  *action,
             BillingVerb  verb)
{
  g_autofree char *refusal = NULL;

  gtk_button_set_label (GTK_BUTTON (button), label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_visible (button, TRUE);
  if (verb == BILLING_VERB_NONE || billing_desk_may (desk, verb))
    return;

  /* An action would make it sensitive again. */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), NULL);
  gtk_widget_set_sensitive (button, FALSE);
  refusal = billing_verb_refusal (verb, billing_desk_get_person (desk)->role);
  gtk_widget_set_tooltip_text (button, refusal);
}

/* Whether there is an answer to read that cannot be changed any more: ours, or one that was given in Stripe's own dashboard. */
static gboolean
has_final_answer (BillingDisputeStory *story)
{
  BillingAnswerState state = story->answer != NULL ? story->answer->state : BILLING_ANSWER_STATE_DRAFT;

  if (story->can_edit || state == BILLING_ANSWER_STATE_ACCEPTING || state == BILLING_ANSWER_STATE_ACCEPTED)
    return FALSE;

  return state == BILLING_ANSWER_STATE_SUBMITTING || state == BILLING_ANSWER_STATE_SUBMITTED ||
         g_hash_table_size (story->at_stripe) > 0;
}

/* What comes next has the first button; at most one thing more can be done. */
static void
show_buttons (BillingDisputeHead  *self,
              BillingDesk         *desk,
              BillingDisputeStory *story)
{
  GtkWidget *buttons[] = { self->main_button, self->other_button };
  const struct {
    gboolean is_shown;
    const char *label;
    const char *action;
    BillingVerb verb;
  } all[] = {
    { story->can_edit, story->answer != NULL ? _("Continue Answer…") : _("Answer…"), "dispute.answer", BILLING_VERB_DISPUTE_SAVE },
    { story->can_settle, _("Bill Again"), "dispute.bill-again", BILLING_VERB_DISPUTE_BILL_AGAIN },
    { story->can_accept, _("Accept…"), "dispute.accept", BILLING_VERB_DISPUTE_ACCEPT },
    { story->can_settle, _("Write Off…"), "dispute.write-off", BILLING_VERB_DISPUTE_WRITE_OFF },
    { story->answer != NULL && story->answer->outcome_id != NULL, _("Show New Payment"), "win.show-payment", BILLING_VERB_NONE },
    { has_final_answer (story), _("See Answer"), "dispute.answer", BILLING_VERB_NONE },
  };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all) && n < G_N_ELEMENTS (buttons); i++)
    {
      if (!all[i].is_shown)
        continue;
      if (g_str_has_prefix (all[i].action, "win."))
        gtk_actionable_set_action_target (GTK_ACTIONABLE (buttons[n]), "s", story->answer->outcome_id);
      show_button (buttons[n++], desk, all[i].label, all[i].action, all[i].verb);
    }
}

/* What can be done about lost money is only worth saying while it can. */
static const char *
get_meaning (BillingDisputeStory *story)
{
  const char *status = story->dispute->status;

  if ((billing_dispute_status_get_flags (status) & BILLING_DISPUTE_LOST) != 0 && !story->can_settle)
    return _("The money stays with the cardholder.");

  return billing_dispute_status_get_explanation (status);
}

/**
 * billing_dispute_head_new:
 * @desk: who looks at it
 * @story: a dispute
 *
 * Returns: (transfer floating): what comes first of it
 */
GtkWidget *
billing_dispute_head_new (BillingDesk         *desk,
                          BillingDisputeStory *story)
{
  BillingDisputeHead *self = g_object_new (BILLING_TYPE_DISPUTE_HEAD, NULL);
  BillingDispute *dispute = story->dispute;
  const char *time_zone = billing_desk_get_practice (desk)->time_zone;
  g_autofree char *today = billing_desk_get_today (desk);
  g_autofree char *lead = billing_dispute_format_lead (dispute, time_zone, today);
  g_autofree char *answer = story->answer != NULL ? billing_dispute_format_answer (story->answer, dispute, time_zone) : NULL;
  g_autofree char *page = g_strconcat ("disputes/", billing_record_get_id (BILLING_RECORD (dispute)), NULL);
  gboolean is_open = (billing_dispute_status_get_flags (dispute->status) & BILLING_DISPUTE_NEEDS_ANSWER) != 0;

  show_text (self->lead_label, lead != NULL ? lead : billing_dispute_status_get_label (dispute->status));
  if (billing_dispute_format_is_urgent (dispute, time_zone, today))
    gtk_widget_add_css_class (GTK_WIDGET (self->lead_label), "error");
  show_text (self->meaning_label, get_meaning (story));
  show_text (self->answer_label, answer != NULL && *answer != '\0' ? answer : is_open ? story->why_not : NULL);
  show_text (self->problem_label, story->answer != NULL ? story->answer->problem : NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open_button), "s", page);
  gtk_widget_set_visible (self->main_button, FALSE);
  gtk_widget_set_visible (self->other_button, FALSE);
  show_buttons (self, desk, story);
  return GTK_WIDGET (self);
}
