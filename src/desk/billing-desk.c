/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk"

#include "config.h"

#include "billing-desk-private.h"

#include <glib/gi18n-lib.h>

#include "billing-day.h"
#include "billing-keyring.h"
#include "billing-money.h"
#include "billing-service-private.h"
#include "billing-table.h"

/*
 * A session at a desk: the practice, who is acting, and the way that every act takes: allowed? legal? then one transaction
 * of records, ledger and audit.
 */

struct _BillingDesk {
  GObject parent_instance;

  BillingStore *store;  /* (owned) */
  GBytes *seal_key;     /* (owned) (nullable) */
  char *warning;        /* (owned) (nullable) */
  gint64 clock;         /* Unix seconds; 0: the real one */

  /* Under @mutex: verbs run on other threads. */
  GMutex mutex;
  BillingPractice *practice; /* (owned) */
  BillingPerson *person;     /* (owned) */
};

G_DEFINE_FINAL_TYPE (BillingDesk, billing_desk, G_TYPE_OBJECT)

G_DEFINE_QUARK (billing-desk-error-quark, billing_desk_error)

static const struct {
  BillingVerb verb;
  BillingVerbFunc func;
  BillingRecord *(*prepare) (BillingDesk *self, BillingAct *act, GError **error); /* (nullable) */
} verb_funcs[] = {
  { BILLING_VERB_PAYMENT_CREATE, billing_desk_create_payment, NULL },
  { BILLING_VERB_PAYMENT_EDIT, billing_desk_edit_payment, NULL },
  { BILLING_VERB_PAYMENT_SUBMIT, billing_desk_submit, NULL },
  { BILLING_VERB_PAYMENT_FAIL, billing_desk_fail, NULL },
  { BILLING_VERB_PAYMENT_CANCEL, billing_desk_cancel, NULL },
  { BILLING_VERB_PAYMENT_WRITE_OFF, billing_desk_write_off, NULL },
  { BILLING_VERB_PAYMENT_REOPEN, billing_desk_reopen, NULL },
  { BILLING_VERB_PAYMENT_COLLECT, billing_desk_collect, NULL },
  { BILLING_VERB_PAYMENT_REVERSE, billing_desk_reverse, NULL },
  { BILLING_VERB_PAYMENT_REFUND, billing_desk_refund, NULL },
  { BILLING_VERB_PAYMENT_AUTHORISE, billing_desk_authorise, NULL },
  { BILLING_VERB_PAYMENT_CAPTURE, billing_desk_capture, NULL },
  { BILLING_VERB_PAYMENT_VOID, billing_desk_void, NULL },
  { BILLING_VERB_CREDIT_REFUND, billing_desk_refund_credit, NULL },
  { BILLING_VERB_REFUND_APPROVE, billing_desk_approve_refund, NULL },
  { BILLING_VERB_REFUND_DECLINE, billing_desk_decline_refund, NULL },
  { BILLING_VERB_NOTE_ADD, billing_desk_add_note, NULL },
  { BILLING_VERB_NOTE_EDIT, billing_desk_edit_note, NULL },
  { BILLING_VERB_DOCUMENT_ADD, billing_desk_add_document, billing_desk_take_document },
  { BILLING_VERB_DOCUMENT_RENAME, billing_desk_rename_document, NULL },
  { BILLING_VERB_DOCUMENT_REMOVE, billing_desk_remove_document, NULL },
  { BILLING_VERB_DOCUMENT_RESTORE, billing_desk_restore_document, NULL },
  { BILLING_VERB_PAYMENT_RECEIPT, billing_desk_record_only, NULL },
  { BILLING_VERB_INVOICE_PRINT, billing_desk_record_letter, NULL },
  { BILLING_VERB_STATEMENT_PRINT, billing_desk_record_letter, NULL },
  { BILLING_VERB_DOCUMENT_OPEN, billing_desk_record_only, NULL },
  { BILLING_VERB_PATIENT_VIEW, billing_desk_record_only, NULL },
  { BILLING_VERB_PATIENT_EDIT, billing_desk_edit_patient, NULL },
  { BILLING_VERB_PATIENT_MERGE, billing_desk_merge_patients, NULL },
  { BILLING_VERB_PATIENT_UNMERGE, billing_desk_unmerge_patient, NULL },
  { BILLING_VERB_REPORT_VIEW, billing_desk_record_only, NULL },
  { BILLING_VERB_IMPORT, billing_desk_record_only, NULL },
  { BILLING_VERB_EXPORT, billing_desk_record_only, NULL },
  { BILLING_VERB_BACKUP, billing_desk_record_only, NULL },
  { BILLING_VERB_PERSON_ADD, billing_desk_add_person, billing_desk_hash_passphrase },
  { BILLING_VERB_PERSON_EDIT, billing_desk_edit_person, billing_desk_hash_passphrase },
  { BILLING_VERB_PRACTICE_EDIT, billing_desk_edit_practice, billing_desk_take_logo },
  { BILLING_VERB_LOCATION_EDIT, billing_desk_edit_location, NULL },
  { BILLING_VERB_PHYSICIAN_EDIT, billing_desk_edit_physician, NULL },
  { BILLING_VERB_STRIPE_CONNECT, billing_desk_connect_stripe, NULL },
  { BILLING_VERB_CHARGE_ASSIGN, billing_desk_assign, NULL },
  { BILLING_VERB_OUTBOX_CHECK, billing_desk_check_intent, NULL },
  { BILLING_VERB_OUTBOX_WITHDRAW, billing_desk_withdraw_intent, NULL },
  { BILLING_VERB_PAYMENT_LINK, billing_desk_make_link, NULL },
  { BILLING_VERB_LINK_CANCEL, billing_desk_cancel_link, NULL },
  { BILLING_VERB_LATE_KEEP, billing_desk_keep_late, NULL },
  { BILLING_VERB_LATE_REFUND, billing_desk_refund_late, NULL },
  { BILLING_VERB_NOTICE_READ, billing_desk_read_notice, NULL },
  { BILLING_VERB_NOTICE_DONE, billing_desk_finish_notice, NULL },
  { BILLING_VERB_NOTICE_SNOOZE, billing_desk_snooze_notice, NULL },
  { BILLING_VERB_NOTICE_REOPEN, billing_desk_reopen_notice, NULL },
  { BILLING_VERB_PAYOUT_CREATE, billing_desk_pay_out, NULL },
  { BILLING_VERB_PAYOUT_CANCEL, billing_desk_cancel_payout, NULL },
  { BILLING_VERB_PAYOUT_SCHEDULE, billing_desk_change_payout_schedule, NULL },
  { BILLING_VERB_DISPUTE_SAVE, billing_desk_save_dispute, NULL },
  { BILLING_VERB_DISPUTE_ATTACH, billing_desk_attach_evidence, billing_desk_take_evidence },
  { BILLING_VERB_DISPUTE_DETACH, billing_desk_detach_evidence, NULL },
  { BILLING_VERB_DISPUTE_SUBMIT, billing_desk_submit_dispute, NULL },
  { BILLING_VERB_DISPUTE_ACCEPT, billing_desk_accept_dispute, NULL },
  { BILLING_VERB_DISPUTE_BILL_AGAIN, billing_desk_bill_dispute_again, NULL },
  { BILLING_VERB_DISPUTE_WRITE_OFF, billing_desk_write_off_dispute, NULL },
  { BILLING_VERB_MESSAGE_SEND, billing_desk_send_messages, NULL },
  { BILLING_VERB_MESSAGE_RESOLVE, billing_desk_resolve_message, NULL },
  { BILLING_VERB_MESSAGE_CANCEL, billing_desk_cancel_message, NULL },
  { BILLING_VERB_MAIL_SETTINGS, billing_desk_change_mail_settings, billing_desk_keep_mail_password },
  { BILLING_VERB_TEMPLATE_EDIT, billing_desk_edit_template, NULL },
  { BILLING_VERB_TAX_SETTINGS, billing_desk_change_tax_settings, NULL },
  { BILLING_VERB_TAX_REGISTER, billing_desk_register_tax, NULL },
  { BILLING_VERB_TAX_END, billing_desk_end_tax, NULL },
  { BILLING_VERB_REMITTANCE_POST, billing_desk_post_remittance, NULL },
  { BILLING_VERB_REMITTANCE_MATCH, billing_desk_match_remittance, NULL },
  { BILLING_VERB_REMITTANCE_DISMISS, billing_desk_dismiss_remittance, NULL },
  { BILLING_VERB_INVOICE_CREATE, billing_desk_invoice, NULL },
  { BILLING_VERB_INVOICE_EDIT, billing_desk_edit_invoice, NULL },
  { BILLING_VERB_INVOICE_MARK_PAID, billing_desk_mark_invoice_paid, NULL },
  { BILLING_VERB_INVOICE_VOID, billing_desk_void_invoice, NULL },
  { BILLING_VERB_INVOICE_WRITE_OFF, billing_desk_write_off_invoice, NULL },
  { BILLING_VERB_DAY_CLOSE, billing_desk_close_day, NULL },
  { BILLING_VERB_DAY_REOPEN, billing_desk_reopen_day, NULL },
  { BILLING_VERB_RATE_CREATE, billing_desk_create_rate, NULL },
  { BILLING_VERB_RATE_EDIT, billing_desk_edit_rate, NULL },
  { BILLING_VERB_RATE_PRICE, billing_desk_price_rate, NULL },
  { BILLING_VERB_RATE_RETIRE, billing_desk_retire_rate, NULL },
  { BILLING_VERB_RATE_RESTORE, billing_desk_restore_rate, NULL },
  { BILLING_VERB_SERVICE_MAKE, billing_desk_make_services, NULL },
  { BILLING_VERB_SERVICE_ADD, billing_desk_add_service, NULL },
  { BILLING_VERB_SERVICE_EDIT, billing_desk_edit_service, NULL },
  { BILLING_VERB_SERVICE_REVIEW, billing_desk_review_services, NULL },
  { BILLING_VERB_SERVICE_UNREVIEW, billing_desk_review_services, NULL },
  { BILLING_VERB_SERVICE_SET_RATE, billing_desk_set_rate, NULL },
  { BILLING_VERB_SERVICE_INSURER, billing_desk_note_answer, NULL },
  { BILLING_VERB_SERVICE_TAKE_BACK, billing_desk_take_answer_back, NULL },
  { BILLING_VERB_SERVICE_REMOVE, billing_desk_remove_services, NULL },
  { BILLING_VERB_SERVICE_RESTORE, billing_desk_restore_services, NULL },
};

gboolean
billing_desk_refuse (GError     **error,
                     const char  *sentence,
                     ...)
{
  va_list arguments;

  va_start (arguments, sentence);
  g_propagate_error (error, g_error_new_valist (BILLING_DESK_ERROR, BILLING_DESK_ERROR_INVALID, sentence, arguments));
  va_end (arguments);
  return FALSE;
}

static void
billing_desk_finalize (GObject *object)
{
  BillingDesk *self = BILLING_DESK (object);

  g_clear_object (&self->store);
  g_clear_object (&self->practice);
  g_clear_object (&self->person);
  g_clear_pointer (&self->seal_key, g_bytes_unref);
  g_mutex_clear (&self->mutex);
  g_free (self->warning);

  G_OBJECT_CLASS (billing_desk_parent_class)->finalize (object);
}

static void
billing_desk_class_init (BillingDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = billing_desk_finalize;
}

static void
billing_desk_init (BillingDesk *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * billing_desk_get_default_folder:
 *
 * Returns: (transfer full): where a practice lies when nobody says otherwise
 */
char *
billing_desk_get_default_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "billing", "practice", NULL);
}

/**
 * billing_desk_exists:
 * @folder: a folder
 *
 * Returns: whether there is a practice in it
 */
gboolean
billing_desk_exists (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "practice.db", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static BillingStore *
open_store (BillingDesk  *self,
            const char   *folder,
            const char   *practice_id,
            GError      **error)
{
  self->seal_key = billing_keyring_get_seal_key (practice_id, &self->warning);
  return billing_store_open (folder, self->seal_key, error);
}

typedef struct {
  BillingPractice *practice; /* (owned) */
  BillingPerson *person;     /* (owned) (nullable) */
  const char *account;
} People;

static gboolean
load_people (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  People *people = data;
  g_autoptr (GPtrArray) practices = billing_table_select (connection, BILLING_TYPE_PRACTICE, "pk", "1", error);
  g_autoptr (GPtrArray) persons = NULL;

  if (practices == NULL)
    return FALSE;
  if (practices->len == 0)
    {
      g_set_error_literal (error, BILLING_STORE_ERROR, BILLING_STORE_ERROR_CORRUPT,
                           _("There is no practice in these books: making it was interrupted. Remove the folder and "
                             "make the practice again."));
      return FALSE;
    }

  people->practice = g_object_ref (practices->pdata[0]);
  persons = billing_table_select (connection, BILLING_TYPE_PERSON, "account", people->account, error);
  if (persons == NULL)
    return FALSE;

  if (persons->len > 0)
    people->person = g_object_ref (persons->pdata[0]);
  return TRUE;
}

static gboolean
set_unknown_person (GError     **error,
                    const char  *account)
{
  g_set_error (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_UNKNOWN_PERSON,
               _("“%s” does not work in this practice, or the passphrase is wrong. An administrator can add people."),
               account);
  return FALSE;
}

static gboolean
sign_in_with (BillingDesk  *self,
              People       *people,
              const char   *passphrase,
              GError      **error)
{
  gboolean is_own = g_str_equal (people->account, g_get_user_name ());

  if (people->person == NULL || people->person->retired ||
      ((!is_own || passphrase != NULL) && !billing_desk_check_passphrase (people->person, passphrase)))
    return set_unknown_person (error, people->account);

  g_mutex_lock (&self->mutex);
  g_set_object (&self->practice, people->practice);
  g_set_object (&self->person, people->person);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

/**
 * billing_desk_sign_in:
 * @self: a session
 * @account: (nullable): who; %NULL: the account of the operating system
 * @passphrase: (nullable): theirs; the account of the operating system needs none
 * @error: return location for %BILLING_DESK_ERROR_UNKNOWN_PERSON
 *
 * Changes who is acting.
 *
 * Returns: whether that person works here and may act
 */
gboolean
billing_desk_sign_in (BillingDesk  *self,
                      const char   *account,
                      const char   *passphrase,
                      GError      **error)
{
  People people = { .account = account != NULL ? account : g_get_user_name () };
  gboolean success = billing_store_read (self->store, load_people, &people, NULL, error) &&
                     sign_in_with (self, &people, passphrase, error);

  g_clear_object (&people.practice);
  g_clear_object (&people.person);
  return success;
}

/**
 * billing_desk_open:
 * @folder: of a practice
 * @account: (nullable): who acts; %NULL: the account of the operating system
 * @passphrase: (nullable): theirs
 * @error: return location for an error
 *
 * Opens a practice and begins a session.
 *
 * Returns: (transfer full) (nullable): the session
 */
BillingDesk *
billing_desk_open (const char  *folder,
                   const char  *account,
                   const char  *passphrase,
                   GError     **error)
{
  g_autoptr (BillingDesk) self = g_object_new (BILLING_TYPE_DESK, NULL);
  g_autoptr (GError) own_error = NULL;
  g_autofree char *id = billing_store_read_id (folder, &own_error);

  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return NULL;
    }

  self->store = open_store (self, folder, id, error);
  if (self->store == NULL || !billing_desk_sign_in (self, account, passphrase, error))
    return NULL;

  return g_steal_pointer (&self);
}

BillingStore *
billing_desk_get_store (BillingDesk *self)
{
  return self->store;
}

/**
 * billing_desk_get_practice:
 * @self: a session
 *
 * Returns: (transfer none): the practice's settings
 */
BillingPractice *
billing_desk_get_practice (BillingDesk *self)
{
  return self->practice;
}

/**
 * billing_desk_get_person:
 * @self: a session
 *
 * Returns: (transfer none): who is acting
 */
BillingPerson *
billing_desk_get_person (BillingDesk *self)
{
  return self->person;
}

/**
 * billing_desk_may:
 * @self: a session
 * @verb: what somebody wants to do
 *
 * Returns: whether who is acting has a role that may
 */
gboolean
billing_desk_may (BillingDesk *self,
                  BillingVerb  verb)
{
  return billing_verb_is_allowed (verb, self->person->role);
}

/**
 * billing_desk_get_now:
 * @self: a session
 *
 * Returns: Unix seconds, by the clock of the desk
 */
gint64
billing_desk_get_now (BillingDesk *self)
{
  return self->clock != 0 ? self->clock : g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * billing_desk_get_today:
 * @self: a session
 *
 * Returns: (transfer full): the day in the practice's time zone
 */
char *
billing_desk_get_today (BillingDesk *self)
{
  return billing_day_from_instant (billing_desk_get_now (self), self->practice->time_zone);
}

/**
 * billing_desk_get_warning:
 * @self: a session
 *
 * Returns: (nullable): what is not as it should be, though everything works: no keyring, for one
 */
const char *
billing_desk_get_warning (BillingDesk *self)
{
  return self->warning;
}

GBytes *
billing_desk_get_seal_key (BillingDesk *self)
{
  return self->seal_key;
}

/**
 * billing_desk_set_clock:
 * @self: a session
 * @now: Unix seconds; 0: the real ones
 *
 * For the demo and the tests, whose acts happen at times of their own.
 */
void
billing_desk_set_clock (BillingDesk *self,
                        gint64       now)
{
  self->clock = now;
}

/**
 * billing_desk_act_as:
 * @self: a session
 * @person: somebody who works in the practice
 *
 * Changes who is acting without asking for a passphrase: for the demo, in which nobody is real.
 */
void
billing_desk_act_as (BillingDesk   *self,
                     BillingPerson *person)
{
  g_mutex_lock (&self->mutex);
  g_set_object (&self->person, person);
  g_mutex_unlock (&self->mutex);
}

static guint
find_func (BillingVerb verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (verb_funcs); i++)
    {
      if (verb_funcs[i].verb == verb)
        return i;
    }

  g_return_val_if_reached (0);
}

/* The role as it stands now, in the transaction of the act: it may have changed since the person signed in. */
static gboolean
check_role (BillingTurn  *turn,
            GError      **error)
{
  g_autoptr (BillingRecord) record = billing_table_get (turn->connection, BILLING_TYPE_PERSON, turn->account, error);
  g_autofree char *refusal = NULL;
  BillingPerson *person;

  if (record == NULL)
    return FALSE;

  person = BILLING_PERSON (record);
  if (person->retired)
    return set_unknown_person (error, turn->account);
  if (billing_verb_is_allowed (turn->act->verb, person->role))
    return TRUE;

  refusal = billing_verb_refusal (turn->act->verb, person->role);
  g_set_error_literal (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_REFUSED, refusal);
  return FALSE;
}

static gboolean
perform_prepared (BillingDesk        *self,
                  BillingConnection  *connection,
                  BillingAct         *act,
                  BillingRecord      *prepared,
                  GCancellable       *cancellable,
                  GError            **error)
{
  g_autofree char *today = billing_desk_get_today (self);
  g_autofree char *account = NULL;
  BillingTurn turn = {
    .desk = self,
    .connection = connection,
    .act = act,
    .now = billing_desk_get_now (self),
    .today = today,
    .prepared = prepared,
    .cancellable = cancellable,
  };

  g_mutex_lock (&self->mutex);
  account = g_strdup (self->person->account);
  g_mutex_unlock (&self->mutex);
  turn.account = account;

  return check_role (&turn, error) && verb_funcs[find_func (act->verb)].func (&turn, error);
}

/**
 * billing_desk_perform:
 * @self: a session
 * @connection: inside a batch's transaction
 * @act: what to do
 * @error: return location for an error
 *
 * Does one act of a batch. An error should end the batch, which then leaves nothing.
 *
 * Returns: whether it was done
 */
gboolean
billing_desk_perform (BillingDesk        *self,
                      BillingConnection  *connection,
                      BillingAct         *act,
                      GError            **error)
{
  guint i = find_func (act->verb);
  g_autoptr (BillingRecord) prepared = NULL;

  if (verb_funcs[i].prepare != NULL)
    {
      g_autoptr (GError) own_error = NULL;

      prepared = verb_funcs[i].prepare (self, act, &own_error);
      if (own_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&own_error));
          return FALSE;
        }
    }

  return perform_prepared (self, connection, act, prepared, NULL, error);
}

typedef struct {
  BillingDesk *desk;
  BillingDeskBatchFunc func;
  gpointer data;
} Batch;

static gboolean
run_batch (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Batch *batch = data;

  return batch->func (batch->desk, connection, batch->data, error);
}

/**
 * billing_desk_batch:
 * @self: a session
 * @func: (scope call): does the acts
 * @data: for @func
 * @cancellable: (nullable): what stops it
 * @error: return location for an error
 *
 * Does many acts in one transaction.
 *
 * Returns: whether all of them were done
 */
gboolean
billing_desk_batch (BillingDesk           *self,
                    BillingDeskBatchFunc   func,
                    gpointer               data,
                    GCancellable          *cancellable,
                    GError               **error)
{
  Batch batch = { self, func, data };

  return billing_store_write (self->store, run_batch, &batch, cancellable, error);
}

typedef struct {
  BillingDesk *desk;
  BillingAct *act;
  BillingRecord *prepared; /* (nullable) */
} Doing;

static gboolean
run_act (BillingConnection  *connection,
         gpointer            data,
         GCancellable       *cancellable,
         GError            **error)
{
  Doing *doing = data;

  return perform_prepared (doing->desk, connection, doing->act, doing->prepared, cancellable, error);
}

/* What the practice's own settings say now. */
static void
refresh (BillingDesk *self)
{
  People people = { .account = self->person->account };

  if (billing_store_read (self->store, load_people, &people, NULL, NULL))
    {
      billing_record_copy (BILLING_RECORD (self->practice), BILLING_RECORD (people.practice));
      if (people.person != NULL)
        billing_record_copy (BILLING_RECORD (self->person), BILLING_RECORD (people.person));
    }

  g_clear_object (&people.practice);
  g_clear_object (&people.person);
}

static gboolean
do_act (BillingDesk   *self,
        BillingAct    *act,
        GCancellable  *cancellable,
        GError       **error)
{
  guint i = find_func (act->verb);
  g_autoptr (BillingRecord) prepared = NULL;
  g_autoptr (GError) own_error = NULL;
  Doing doing = { .desk = self, .act = act };

  /* Before anything is hashed or copied; the transaction asks again. */
  if (!billing_desk_may (self, act->verb))
    {
      g_autofree char *refusal = billing_verb_refusal (act->verb, self->person->role);

      g_set_error_literal (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_REFUSED, refusal);
      return FALSE;
    }

  if (verb_funcs[i].prepare != NULL)
    prepared = verb_funcs[i].prepare (self, act, &own_error);
  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }

  doing.prepared = prepared;
  if (!billing_store_write (self->store, run_act, &doing, cancellable, error))
    return FALSE;

  if (act->verb == BILLING_VERB_PRACTICE_EDIT || act->verb == BILLING_VERB_PERSON_EDIT ||
      act->verb == BILLING_VERB_STRIPE_CONNECT)
    refresh (self);
  return TRUE;
}

/**
 * billing_desk_do:
 * @self: a session
 * @act: what to do; its result and remainder are set
 * @error: return location for a #BillingDeskError or #BillingStoreError
 *
 * Does one act: checked, in one transaction with its ledger and audit, whole or not at all.
 *
 * Returns: whether it was done
 */
gboolean
billing_desk_do (BillingDesk  *self,
                 BillingAct   *act,
                 GError      **error)
{
  return do_act (self, act, NULL, error);
}

static void
do_thread (GTask        *task,
           gpointer      source,
           gpointer      task_data,
           GCancellable *cancellable)
{
  GError *error = NULL;

  if (do_act (source, task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * billing_desk_do_async:
 * @self: a session
 * @act: what to do; not to be touched until it is done
 * @cancellable: (nullable): what stops an act that has not begun, or one that takes long; nothing of it is then done
 * @callback: told when it is done
 * @user_data: for @callback
 *
 * Does one act on another thread, as billing_desk_do() does.
 */
void
billing_desk_do_async (BillingDesk         *self,
                       BillingAct          *act,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, billing_desk_do_async);
  /* What was done is said to be done, though somebody wanted it stopped: it was too late. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_object_ref (act), g_object_unref);
  g_task_run_in_thread (task, do_thread);
}

gboolean
billing_desk_do_finish (BillingDesk   *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
