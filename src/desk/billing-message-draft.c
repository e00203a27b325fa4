/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-message-draft"

#include "config.h"

#include "billing-messages-private.h"

#include <glib/gi18n-lib.h>

#include "billing-day.h"
#include "billing-enums.h"
#include "billing-json-texts.h"
#include "billing-mail-message.h"
#include "billing-message-store.h"
#include "billing-message-text.h"
#include "billing-money.h"
#include "billing-selection.h"
#include "billing-table.h"

/*
 * Messages as they would go out: who gets them, what stands in them, and who is left out and why. What is shown before an act and what the
 * act does are the same.
 */

/* What each kind of message is about, and the list from which that is chosen. */
static const struct {
  const char *list;
  gboolean may_link;
} kinds[] = {
  [BILLING_MESSAGE_KIND_INVOICE] = { "invoices", TRUE },
  [BILLING_MESSAGE_KIND_REMINDER] = { "invoices", TRUE },
  [BILLING_MESSAGE_KIND_STATEMENT] = { "patients", FALSE },
  [BILLING_MESSAGE_KIND_RECEIPT] = { "payments", FALSE },
  [BILLING_MESSAGE_KIND_REQUEST] = { "payments", TRUE },
};

/* What a message is about, whatever that is. */
typedef struct {
  const char *name;
  const char *number; /* (nullable) */
  const char *patient_id;
  const char *invoice_id; /* (nullable) */
  const char *payment_id; /* (nullable) */
  gint64 amount;
  const char *currency;
  const char *due; /* (nullable) */
} About;

void
billing_message_draft_free (BillingMessageDraft *self)
{
  g_clear_object (&self->message);
  g_free (self->name);
  g_free (self->left_out);
  g_free (self);
}

void
_billing_drafting_clear (BillingDrafting *self)
{
  g_clear_object (&self->settings);
  g_clear_pointer (&self->subject, g_free);
  g_clear_pointer (&self->body, g_free);
}

static gboolean
read_kind (BillingDrafting  *self,
           const char       *word,
           GError          **error)
{
  int kind;

  if (word == NULL || *word == '\0')
    return TRUE;
  if (!billing_enum_from_nick (BILLING_TYPE_MESSAGE_KIND, word, &kind))
    return billing_desk_refuse (error, _("“%s” is no message: invoice, reminder, statement, receipt or request. Nothing was changed."), word);

  self->kind = (BillingMessageKind) kind;
  return TRUE;
}

static gboolean
read_channel (BillingDrafting  *self,
              const char       *word,
              GError          **error)
{
  int channel;

  self->channel = self->settings->channel;
  if (word != NULL && *word != '\0')
    {
      if (!billing_enum_from_nick (BILLING_TYPE_MESSAGE_CHANNEL, word, &channel))
        return billing_desk_refuse (error, _("Messages go by “smtp” or “portal”, not by “%s”. Nothing was changed."), word);
      self->channel = (BillingMessageChannel) channel;
    }
  if (self->channel != BILLING_MESSAGE_CHANNEL_NONE)
    return TRUE;

  return billing_desk_refuse (error, _("The practice sends no e-mails yet: a manager sets up how, under Administration → E-mail. Nothing was "
                                       "changed."));
}

/* What was said in place of the template, for this time. */
static gboolean
read_text (GHashTable  *fields,
           const char  *name,
           gboolean     is_line,
           char       **text,
           GError     **error)
{
  const char *said = g_hash_table_lookup (fields, name);
  g_autofree char *unknown = said != NULL ? billing_message_text_find_unknown (said) : NULL;

  if (unknown != NULL)
    return billing_desk_refuse (error, _("“%s” is no placeholder: there are {patient}, {number}, {amount}, {due}, {link} and {practice}. "
                                         "Nothing was changed."), unknown);
  if (said != NULL && is_line && (strpbrk (said, "\r\n") != NULL || g_utf8_strlen (said, -1) > BILLING_MESSAGE_MAX_SUBJECT))
    return billing_desk_refuse (error, _("The subject is one line of at most %d characters. Nothing was changed."), BILLING_MESSAGE_MAX_SUBJECT);
  if (!billing_turn_check_text (said, error))
    return FALSE;

  *text = said != NULL && *said != '\0' ? g_strdup (said) : NULL;
  return TRUE;
}

/* A link is made by Stripe alone; without it messages go without. */
static void
read_link (BillingDrafting *self,
           GHashTable      *fields)
{
  const char *said = g_hash_table_lookup (fields, "link");
  gboolean is_wanted = said != NULL ? g_str_equal (said, "yes") : self->settings->with_link;

  self->with_link = is_wanted && kinds[self->kind].may_link && billing_desk_get_practice (self->turn->desk)->stripe_account != NULL;
}

/**
 * _billing_drafting_begin:
 * @self: (out): what is in common
 * @turn: name: the kind of message; method: smtp or portal (otherwise as the practice does); fields: link (yes, no), subject, body
 * @error: return location for an error
 *
 * Returns: whether messages can be made; @self is to be cleared in any case
 */
gboolean
_billing_drafting_begin (BillingDrafting  *self,
                         BillingTurn      *turn,
                         GError          **error)
{
  g_autoptr (GHashTable) fields = NULL;

  *self = (BillingDrafting) { .turn = turn };
  fields = billing_json_texts_parse (turn->act->fields != NULL ? turn->act->fields : "{}", error);
  self->settings = fields != NULL ? billing_message_store_load_settings (turn->connection, error) : NULL;
  if (self->settings == NULL || !read_kind (self, turn->act->name, error) || !read_channel (self, turn->act->method, error) ||
      !read_text (fields, "subject", TRUE, &self->subject, error) || !read_text (fields, "body", FALSE, &self->body, error))
    return FALSE;

  read_link (self, fields);
  return TRUE;
}

static void
tell_of (BillingRecord *record,
         About         *about)
{
  *about = (About) { 0 };
  if (BILLING_IS_INVOICE (record))
    {
      BillingInvoice *invoice = BILLING_INVOICE (record);

      *about = (About) { .name = invoice->number, .number = invoice->number, .patient_id = invoice->patient_id,
                         .invoice_id = billing_record_get_id (record), .amount = invoice->balance, .currency = invoice->currency,
                         .due = invoice->due_on };
    }
  else if (BILLING_IS_PAYMENT (record))
    {
      BillingPayment *payment = BILLING_PAYMENT (record);

      *about = (About) { .name = payment->number, .number = payment->number, .patient_id = payment->patient_id,
                         .payment_id = billing_record_get_id (record), .amount = payment->amount, .currency = payment->currency,
                         .due = payment->due_on };
    }
  else
    {
      *about = (About) { .name = BILLING_PATIENT (record)->number, .patient_id = billing_record_get_id (record) };
    }
}

static char *
refuse_invoice (BillingInvoice *invoice)
{
  if (invoice->status == BILLING_INVOICE_STATUS_VOID)
    return g_strdup_printf (_("%s is void."), invoice->number);
  if (invoice->status == BILLING_INVOICE_STATUS_PAID)
    return g_strdup_printf (_("%s is paid."), invoice->number);

  return invoice->status == BILLING_INVOICE_STATUS_WRITTEN_OFF ? g_strdup_printf (_("%s is written off."), invoice->number) : NULL;
}

static char *
refuse_payment (BillingMessageKind  kind,
                BillingPayment     *payment)
{
  gboolean is_open = payment->status == BILLING_STATUS_DRAFT || payment->status == BILLING_STATUS_PENDING ||
                     payment->status == BILLING_STATUS_FAILED;

  if (kind == BILLING_MESSAGE_KIND_RECEIPT)
    return payment->collected > 0 ? NULL : g_strdup_printf (_("Nothing was paid of %s."), payment->number);

  return is_open ? NULL : g_strdup_printf (_("%s asks for nothing any more."), payment->number);
}

/* Whom nobody may write to, or cannot. */
static char *
refuse_patient (BillingMessageKind  kind,
                BillingPatient     *patient)
{
  if (patient->no_mail)
    return g_strdup_printf (_("%s wants no e-mail."), patient->name);
  if (kind == BILLING_MESSAGE_KIND_REMINDER && patient->no_reminders)
    return g_strdup_printf (_("%s wants no reminders."), patient->name);
  if (patient->deceased)
    return g_strdup_printf (_("%s is no longer alive, says where the record came from."), patient->name);
  if (patient->email == NULL || *patient->email == '\0')
    return g_strdup_printf (_("No e-mail address of %s is known."), patient->name);

  return billing_mail_check_address (patient->email, NULL) ? NULL : g_strdup_printf (_("The e-mail address of %s is none."), patient->name);
}

static gboolean
refuse_again (BillingDrafting  *self,
              About            *about,
              char            **why,
              GError          **error)
{
  gboolean is_reminded = FALSE;

  if (self->kind == BILLING_MESSAGE_KIND_REMINDER &&
      !billing_message_store_is_reminded (self->turn->connection, about->invoice_id, self->turn->today, &is_reminded, error))
    return FALSE;

  if (is_reminded)
    *why = g_strdup_printf (_("%s had its reminder of today already."), about->name);
  return TRUE;
}

/* Why nothing goes out, where that is so. */
static gboolean
find_reason (BillingDrafting  *self,
             BillingRecord    *record,
             About            *about,
             BillingPatient   *patient,
             char            **why,
             GError          **error)
{
  *why = NULL;
  if (BILLING_IS_INVOICE (record))
    *why = refuse_invoice (BILLING_INVOICE (record));
  else if (BILLING_IS_PAYMENT (record))
    *why = refuse_payment (self->kind, BILLING_PAYMENT (record));
  else if (about->amount <= 0)
    *why = g_strdup_printf (_("%s owes nothing."), patient->name);

  if (*why == NULL)
    *why = refuse_patient (self->kind, patient);
  return *why != NULL || refuse_again (self, about, why, error);
}

/* What of it could be paid by a link that is there, or can be made. */
static gboolean
needs_link (BillingDrafting  *self,
            About            *about,
            gboolean         *needs,
            GError          **error)
{
  g_autoptr (GPtrArray) payments = NULL;

  *needs = self->with_link;
  if (!self->with_link || about->amount <= 0)
    return TRUE;

  payments = billing_message_store_list_linkable (self->turn->connection, about->invoice_id, about->payment_id, error);
  return payments != NULL;
}

static char *
choose_language (BillingPatient  *patient,
                 BillingTemplate *message_template)
{
  if (message_template != NULL && *message_template->language != '\0')
    return g_strdup (message_template->language);

  return message_template != NULL ? g_strdup (patient->language) : NULL;
}

static void
write_text (BillingDrafting *self,
            About           *about,
            BillingPatient  *patient,
            BillingTemplate *message_template,
            BillingMessage  *message)
{
  BillingPractice *practice = billing_desk_get_practice (self->turn->desk);
  const char *subject = message_template != NULL ? message_template->subject : billing_message_text_get_subject (self->kind);
  const char *body = message_template != NULL ? message_template->body : billing_message_text_get_body (self->kind);
  g_autofree char *locale = choose_language (patient, message_template);
  g_autofree char *icu = locale != NULL ? g_strdelimit (g_strdup (locale), "-", '_') : NULL;
  BillingMoney money = billing_money_new (about->amount, about->currency != NULL ? about->currency : practice->currency);
  g_autofree char *amount = billing_money_format (money, icu);
  g_autofree char *due = about->due != NULL ? billing_day_format (about->due, icu) : NULL;
  BillingMessageValues values = { patient->name, about->number, amount, due, message->with_link ? BILLING_MESSAGE_LINK_MARK : NULL,
                                  self->settings->from_name != NULL ? self->settings->from_name : practice->name };

  message->subject = billing_message_text_expand (self->subject != NULL ? self->subject : subject, &values);
  message->body = billing_message_text_expand (self->body != NULL ? self->body : body, &values);
  message->language = g_strdup (locale);
  /* Where nobody put it into the text there is nothing to wait for. */
  message->with_link = strstr (message->body, BILLING_MESSAGE_LINK_MARK) != NULL;
}

static BillingMessage *
write_message (BillingDrafting  *self,
               About            *about,
               BillingPatient   *patient,
               GError          **error)
{
  g_autoptr (BillingTemplate) message_template = NULL;
  g_autoptr (BillingMessage) message = billing_message_new ();

  if (!needs_link (self, about, &message->with_link, error) ||
      !billing_message_store_find_template (self->turn->connection, self->kind, patient->language, &message_template, error))
    return NULL;

  message->kind = self->kind;
  message->channel = self->channel;
  message->patient_id = g_strdup (about->patient_id);
  message->invoice_id = g_strdup (about->invoice_id);
  message->payment_id = g_strdup (about->payment_id);
  message->address = g_strdup (patient->email);
  message->patient_name = g_strdup (patient->name);
  message->patient_number = g_strdup (patient->number);
  message->invoice = about->invoice_id != NULL ? g_strdup (about->number) : NULL;
  message->payment = about->payment_id != NULL ? g_strdup (about->number) : NULL;
  write_text (self, about, patient, message_template, message);
  return g_steal_pointer (&message);
}

/**
 * _billing_drafting_make:
 * @self: what is in common
 * @about: an invoice, a payment or a patient, as the kind of message wants
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): its message, or why there is none
 */
BillingMessageDraft *
_billing_drafting_make (BillingDrafting  *self,
                        BillingRecord    *record,
                        GError          **error)
{
  g_autoptr (BillingMessageDraft) draft = g_new0 (BillingMessageDraft, 1);
  g_autoptr (BillingRecord) patient = NULL;
  About about;

  tell_of (record, &about);
  draft->name = g_strdup (about.name);
  patient = billing_table_get (self->turn->connection, BILLING_TYPE_PATIENT, about.patient_id, error);
  if (patient == NULL)
    return NULL;
  if (BILLING_IS_PATIENT (record))
    about.amount = billing_message_store_get_balance (self->turn->connection, about.patient_id, error);
  if (about.amount < 0 || !find_reason (self, record, &about, BILLING_PATIENT (patient), &draft->left_out, error))
    return NULL;

  draft->message = write_message (self, &about, BILLING_PATIENT (patient), error);
  return draft->message != NULL ? g_steal_pointer (&draft) : NULL;
}

/**
 * _billing_drafting_list:
 * @self: what is in common
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type BillingMessageDraft): of all that the act chose
 */
GPtrArray *
_billing_drafting_list (BillingDrafting  *self,
                        GError          **error)
{
  BillingConnection *connection = self->turn->connection;
  const char *list = kinds[self->kind].list;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) billing_message_draft_free);
  g_autoptr (GPtrArray) records = NULL;

  if (!billing_selection_fill (connection, self->turn->act, list, error))
    return NULL;

  records = billing_message_store_list_selected (connection, list, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      BillingMessageDraft *draft = _billing_drafting_make (self, records->pdata[i], error);

      if (draft == NULL)
        return NULL;
      g_ptr_array_add (drafts, draft);
    }

  return records != NULL ? g_steal_pointer (&drafts) : NULL;
}

/* --- what is shown before ------------------------------------------------------------------------- */

typedef struct {
  BillingDesk *desk;
  BillingAct *act;
  GPtrArray *drafts; /* (owned) (nullable) */
} Showing;

static gboolean
show_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Showing *showing = data;
  g_autofree char *today = billing_desk_get_today (showing->desk);
  g_auto (BillingDrafting) drafting = { 0 };
  BillingTurn turn;

  _billing_turn_begin (&turn, showing->desk, connection, showing->act, today);
  if (!_billing_drafting_begin (&drafting, &turn, error))
    return FALSE;

  showing->drafts = _billing_drafting_list (&drafting, error);
  return showing->drafts != NULL;
}

/**
 * billing_desk_draft_messages:
 * @desk: a session
 * @act: a %BILLING_VERB_MESSAGE_SEND that nobody has done yet
 * @cancellable: (nullable): what stops it
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type BillingMessageDraft): what it would do
 */
GPtrArray *
billing_desk_draft_messages (BillingDesk   *desk,
                             BillingAct    *act,
                             GCancellable  *cancellable,
                             GError       **error)
{
  Showing showing = { desk, act, NULL };

  if (billing_store_read (billing_desk_get_store (desk), show_func, &showing, cancellable, error))
    return showing.drafts;

  g_clear_pointer (&showing.drafts, g_ptr_array_unref);
  return NULL;
}

/**
 * billing_desk_show_template:
 * @desk: a session
 * @text: of a template
 *
 * Returns: (transfer full): the text with an example in the place of its placeholders
 */
char *
billing_desk_show_template (BillingDesk *desk,
                            const char  *text)
{
  BillingPractice *practice = billing_desk_get_practice (desk);
  g_autofree char *amount = billing_money_format (billing_money_new (12500, practice->currency), NULL);
  g_autofree char *today = billing_desk_get_today (desk);
  g_autofree char *due = billing_day_format (today, NULL);
  BillingMessageValues values = { C_("example", "Ana Example"), "INV-001", amount, due, "https://buy.stripe.com/…", practice->name };

  return billing_message_text_expand (text, &values);
}
