/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dispute-story"

#include "config.h"

#include "billing-dispute-story.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "billing-clinical-words.h"
#include "billing-day.h"
#include "billing-desk-private.h"
#include "billing-dispute-private.h"
#include "billing-filing.h"
#include "billing-json-texts.h"
#include "billing-ledger.h"
#include "billing-list.h"
#include "billing-mirror.h"
#include "billing-money.h"
#include "billing-query.h"
#include "billing-stripe-payment.h"
#include "billing-table.h"
#include "billing-treatment.h"

void
billing_dispute_story_free (BillingDisputeStory *self)
{
  g_clear_object (&self->dispute);
  g_clear_object (&self->charge);
  g_clear_object (&self->payment);
  g_clear_object (&self->patient);
  g_clear_object (&self->answer);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->moves, g_ptr_array_unref);
  g_clear_pointer (&self->intents, g_ptr_array_unref);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_clear_pointer (&self->at_stripe, g_hash_table_unref);
  g_clear_pointer (&self->own, g_ptr_array_unref);
  g_free (self->service_date);
  g_free (self->billing_address);
  g_free (self->twin);
  g_free (self->why_not);
  g_free (self);
}

/* --- what Stripe says ------------------------------------------------------------------------- */

static JsonObject *
peek_object (JsonObject *object,
             const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* A text, or the id of an object in its place. */
static const char *
peek_text (JsonObject *object,
           const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return peek_text (json_node_get_object (node), "id");
  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gint64
peek_integer (JsonObject *object,
              const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;
}

/* The object as Stripe sent it; %NULL without @error where the mirror has it not. */
static JsonNode *
read_object (BillingConnection  *connection,
             const char         *stream,
             const char         *id,
             GError            **error)
{
  g_autofree char *text = billing_mirror_read_object (connection, stream, id, error);
  JsonNode *node = text != NULL ? json_from_string (text, NULL) : NULL;

  if (node == NULL || JSON_NODE_HOLDS_OBJECT (node))
    return node;

  json_node_unref (node);
  return NULL;
}

GHashTable *
billing_dispute_read_evidence (JsonObject *dispute)
{
  JsonObject *evidence = peek_object (dispute, "evidence");
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < BILLING_N_EVIDENCE_FIELDS; i++)
    {
      const char *name = billing_evidence_field_nth (i)->name;
      const char *text = peek_text (evidence, name);

      if (text != NULL && *text != '\0')
        g_hash_table_insert (texts, g_strdup (name), g_strdup (text));
    }

  return texts;
}

static BillingBalanceTransaction *
read_move (JsonObject *object)
{
  BillingBalanceTransaction *move = billing_balance_transaction_new ();
  const char *currency = peek_text (object, "currency");

  billing_record_set_id (BILLING_RECORD (move), peek_text (object, "id"));
  move->created_at = peek_integer (object, "created");
  move->available_at = peek_integer (object, "available_on");
  move->amount = peek_integer (object, "amount");
  move->fee = peek_integer (object, "fee");
  move->net = peek_integer (object, "net");
  move->currency = g_ascii_strup (currency != NULL ? currency : "", -1);
  move->status = g_strdup (peek_text (object, "status"));
  move->type = g_strdup (peek_text (object, "type"));
  move->category = g_strdup (peek_text (object, "reporting_category"));
  move->source = g_strdup (peek_text (object, "source"));
  move->description = g_strdup (peek_text (object, "description"));
  return move;
}

static int
compare_moves (gconstpointer a,
               gconstpointer b)
{
  const BillingBalanceTransaction *one = *(BillingBalanceTransaction * const *) a;
  const BillingBalanceTransaction *other = *(BillingBalanceTransaction * const *) b;

  return (one->created_at > other->created_at) - (one->created_at < other->created_at);
}

GPtrArray *
billing_dispute_read_moves (JsonObject *dispute)
{
  JsonNode *node = json_object_get_member (dispute, "balance_transactions");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  GPtrArray *moves = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (element))
        g_ptr_array_add (moves, read_move (json_node_get_object (element)));
    }

  g_ptr_array_sort (moves, compare_moves);
  return moves;
}

/* --- what the books say ----------------------------------------------------------------------- */

gboolean
billing_dispute_sum_books (BillingConnection  *connection,
                           GPtrArray          *moves,
                           gint64             *amount,
                           GError            **error)
{
  *amount = 0;
  for (guint i = 0; i < moves->len; i++)
    {
      g_autoptr (GPtrArray) entries = billing_ledger_list_entries (connection, billing_record_get_id (moves->pdata[i]), error);
      BillingEntry *entry = entries != NULL ? billing_ledger_find_standing (entries, "dispute") : NULL;

      if (entries == NULL)
        return FALSE;
      if (entry != NULL)
        *amount += entry->amount;
    }

  return TRUE;
}

gboolean
billing_dispute_find_answer (BillingConnection     *connection,
                             const char            *dispute_id,
                             BillingDisputeAnswer **answer,
                             GError               **error)
{
  g_autoptr (GPtrArray) answers = billing_table_select (connection, BILLING_TYPE_DISPUTE_ANSWER, "dispute_id", dispute_id, error);

  *answer = answers != NULL && answers->len > 0 ? g_object_ref (answers->pdata[0]) : NULL;
  return answers != NULL;
}

/* A question that became a dispute is answered anew. */
static gboolean
is_asked_again (BillingDispute *dispute)
{
  return (billing_dispute_status_get_flags (dispute->status) & BILLING_DISPUTE_NEEDS_ANSWER) != 0 && dispute->submissions == 0;
}

char *
billing_dispute_find_obstacle (BillingDispute       *dispute,
                               BillingDisputeAnswer *answer,
                               gint64                now)
{
  BillingAnswerState state = answer != NULL ? answer->state : BILLING_ANSWER_STATE_DRAFT;

  if (state == BILLING_ANSWER_STATE_SUBMITTING)
    return g_strdup (_("The answer is on its way to Stripe, which takes only one."));
  if (state == BILLING_ANSWER_STATE_ACCEPTING)
    return g_strdup (_("The dispute is being accepted."));
  if (state == BILLING_ANSWER_STATE_ACCEPTED)
    return g_strdup (_("The dispute was accepted, which cannot be taken back."));
  if (dispute->submissions > 0 || (state == BILLING_ANSWER_STATE_SUBMITTED && !is_asked_again (dispute)))
    return g_strdup (_("An answer was submitted. Stripe takes only one."));
  if (g_strcmp0 (dispute->status, "appeal_needs_response") == 0)
    return g_strdup (_("An appeal is made in Stripe’s own dashboard."));
  if ((billing_dispute_status_get_flags (dispute->status) & BILLING_DISPUTE_NEEDS_ANSWER) == 0)
    return g_strdup_printf (_("It cannot be answered any more: it is “%s”."), billing_dispute_status_get_label (dispute->status));
  if (dispute->past_due || (dispute->due_at != 0 && dispute->due_at < now))
    return g_strdup (_("The time to answer it is over."));
  if (dispute->due_at == 0)
    return g_strdup (_("The bank takes no answer to this dispute."));

  return NULL;
}

gboolean
billing_dispute_can_settle (BillingDispute       *dispute,
                            BillingDisputeAnswer *answer,
                            gint64                in_books)
{
  return in_books > 0 && (billing_dispute_status_get_flags (dispute->status) & BILLING_DISPUTE_LOST) != 0 &&
         (answer == NULL || answer->outcome == BILLING_DISPUTE_OUTCOME_NONE);
}

/* --- reading ---------------------------------------------------------------------------------- */

typedef struct {
  BillingDesk *desk; /* (owned) */
  char *id; /* (owned) */
  BillingDisputeStory *story; /* (owned) (nullable) */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_object (&reading->desk);
  g_clear_pointer (&reading->story, billing_dispute_story_free);
  g_free (reading->id);
  g_free (reading);
}

static void
add_own (BillingDisputeStory *self,
         const char          *text)
{
  if (text != NULL && *text != '\0')
    g_ptr_array_add (self->own, g_strdup (text));
}

static gboolean
read_codes (BillingConnection    *connection,
            BillingDisputeStory  *self,
            BillingTreatment     *treatment,
            GError              **error)
{
  g_autoptr (GPtrArray) codes = billing_table_select (connection, BILLING_TYPE_TREATMENT_CODE, "treatment_id",
                                                      billing_record_get_id (BILLING_RECORD (treatment)), error);

  add_own (self, treatment->description);
  for (guint i = 0; codes != NULL && i < codes->len; i++)
    {
      add_own (self, BILLING_TREATMENT_CODE (codes->pdata[i])->code);
      add_own (self, BILLING_TREATMENT_CODE (codes->pdata[i])->display);
    }

  return codes != NULL;
}

static gboolean
read_notes (BillingConnection    *connection,
            BillingDisputeStory  *self,
            const char           *subject_id,
            GError              **error)
{
  g_autoptr (GPtrArray) notes = billing_table_select (connection, BILLING_TYPE_NOTE, "subject_id", subject_id, error);

  for (guint i = 0; notes != NULL && i < notes->len; i++)
    add_own (self, BILLING_NOTE (notes->pdata[i])->text);
  return notes != NULL;
}

/* What stands in the patient's chart, as far as the books have it, so that it is known again. */
static gboolean
read_chart (BillingConnection    *connection,
            BillingDisputeStory  *self,
            GError              **error)
{
  const char *patient_id = billing_record_get_id (BILLING_RECORD (self->patient));
  g_autoptr (GPtrArray) treatments = billing_table_select (connection, BILLING_TYPE_TREATMENT, "patient_id", patient_id, error);

  for (guint i = 0; treatments != NULL && i < treatments->len; i++)
    {
      if (!read_codes (connection, self, treatments->pdata[i], error) ||
          !read_notes (connection, self, billing_record_get_id (treatments->pdata[i]), error))
        return FALSE;
    }

  return treatments != NULL && read_notes (connection, self, patient_id, error) &&
         (self->payment == NULL || read_notes (connection, self, billing_record_get_id (BILLING_RECORD (self->payment)), error));
}

/* What the mirror or the books no longer have is left out. */
static BillingRecord *
read_record (BillingConnection *connection,
             GType              type,
             const char        *id)
{
  return id != NULL ? billing_table_get (connection, type, id, NULL) : NULL;
}

/* The newest other payment of as much by the same patient. */
static gboolean
read_twin (BillingConnection    *connection,
           BillingDisputeStory  *self,
           GError              **error)
{
  g_autoptr (BillingQuery) query = billing_query_new ("stripe_payments");
  g_autoptr (GPtrArray) rows = NULL;

  if (g_strcmp0 (self->dispute->reason, "duplicate") != 0 || self->charge == NULL)
    return TRUE;

  g_object_set (query, "patient", self->dispute->patient_id, "min", self->charge->amount, "max", self->charge->amount, "limit",
                (gint64) 10, NULL);
  rows = billing_list_rows (connection, query, error);
  for (guint i = 0; rows != NULL && self->twin == NULL && i < rows->len; i++)
    {
      BillingStripePayment *other = rows->pdata[i];

      if (other->captured > 0 && other->charge != NULL && !g_str_equal (other->charge, self->dispute->charge))
        self->twin = g_strdup (other->charge);
    }

  return rows != NULL;
}

static gboolean
read_owner (BillingConnection    *connection,
            BillingDisputeStory  *self,
            GError              **error)
{
  BillingDispute *dispute = self->dispute;
  g_autoptr (BillingRecord) treatment = NULL;

  self->charge = (BillingCharge *) read_record (connection, BILLING_TYPE_CHARGE, dispute->charge);
  self->payment = (BillingPayment *) read_record (connection, BILLING_TYPE_PAYMENT, dispute->payment_id);
  self->patient = (BillingPatient *) read_record (connection, BILLING_TYPE_PATIENT, dispute->patient_id);
  if (self->payment != NULL)
    treatment = read_record (connection, BILLING_TYPE_TREATMENT, self->payment->treatment_id);
  if (treatment != NULL)
    self->service_date = g_strdup (BILLING_TREATMENT (treatment)->day);

  return self->patient == NULL || (read_chart (connection, self, error) && read_twin (connection, self, error));
}

static char *
join_address (JsonObject *address)
{
  static const char * const names[] = { "line1", "line2", "city", "state", "postal_code", "country" };
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *text = peek_text (address, names[i]);

      if (text != NULL && *text != '\0')
        g_string_append_printf (lines, "%s%s", lines->len > 0 ? ", " : "", text);
    }

  return lines->len > 0 ? g_string_free (lines, FALSE) : (g_string_free (lines, TRUE), NULL);
}

static gboolean
read_stripe (BillingConnection    *connection,
             BillingDisputeStory  *self,
             GError              **error)
{
  const char *id = billing_record_get_id (BILLING_RECORD (self->dispute));
  g_autoptr (JsonNode) dispute = read_object (connection, "disputes", id, error);
  g_autoptr (JsonNode) charge = NULL;

  if (dispute == NULL)
    return FALSE;

  self->at_stripe = billing_dispute_read_evidence (json_node_get_object (dispute));
  self->moves = billing_dispute_read_moves (json_node_get_object (dispute));
  if (self->dispute->charge != NULL)
    charge = read_object (connection, "charges", self->dispute->charge, NULL);
  if (charge != NULL)
    self->billing_address = join_address (peek_object (peek_object (json_node_get_object (charge), "billing_details"), "address"));

  return billing_dispute_sum_books (connection, self->moves, &self->in_books, error);
}

GHashTable *
billing_dispute_copy_texts (GHashTable *evidence)
{
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < BILLING_N_EVIDENCE_FIELDS; i++)
    {
      const BillingEvidenceField *field = billing_evidence_field_nth (i);
      const char *text = g_hash_table_lookup (evidence, field->name);

      if (!field->is_file && text != NULL)
        g_hash_table_insert (texts, g_strdup (field->name), g_strdup (text));
    }

  return texts;
}

static gboolean
read_answer (BillingConnection    *connection,
             BillingDisputeStory  *self,
             GError              **error)
{
  const char *id = billing_record_get_id (BILLING_RECORD (self->dispute));

  if (!billing_dispute_find_answer (connection, id, &self->answer, error))
    return FALSE;

  self->files = billing_table_select (connection, BILLING_TYPE_DISPUTE_FILE, "dispute_id", id, error);
  self->intents = self->files != NULL ? billing_table_select (connection, BILLING_TYPE_INTENT, "subject_id", id, error) : NULL;
  if (self->intents == NULL)
    return FALSE;

  for (guint i = 0; i < self->intents->len; i++)
    {
      BillingOutboxState state = BILLING_INTENT (self->intents->pdata[i])->state;

      if (state == BILLING_OUTBOX_STATE_QUEUED || state == BILLING_OUTBOX_STATE_SENDING || state == BILLING_OUTBOX_STATE_UNKNOWN)
        self->n_waiting++;
    }

  self->texts = self->answer != NULL ? billing_json_texts_parse (self->answer->evidence, error) : billing_dispute_copy_texts (self->at_stripe);
  return self->texts != NULL;
}

static void
judge (BillingDisputeStory *self,
       gint64               now)
{
  self->why_not = billing_dispute_find_obstacle (self->dispute, self->answer, now);
  self->can_edit = self->can_submit = self->can_accept = self->why_not == NULL;
  self->can_settle = self->payment != NULL && billing_dispute_can_settle (self->dispute, self->answer, self->in_books);
}

static gboolean
read_func (BillingConnection  *connection,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Reading *reading = data;
  g_autoptr (BillingDisputeStory) self = g_new0 (BillingDisputeStory, 1);

  self->own = g_ptr_array_new_with_free_func (g_free);
  self->dispute = (BillingDispute *) billing_table_get (connection, BILLING_TYPE_DISPUTE, reading->id, error);
  if (self->dispute == NULL || !read_owner (connection, self, error) || !read_stripe (connection, self, error) ||
      !read_answer (connection, self, error))
    return FALSE;

  self->reason = billing_dispute_reason_find (self->dispute->reason);
  judge (self, billing_desk_get_now (reading->desk));
  g_clear_pointer (&reading->story, billing_dispute_story_free); /* a read that is begun again */
  reading->story = g_steal_pointer (&self);
  return TRUE;
}

static Reading *
reading_new (BillingDesk *desk,
             const char  *id)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->desk = g_object_ref (desk);
  reading->id = g_strdup (id);
  return reading;
}

BillingDisputeStory *
billing_dispute_story_read (BillingDesk  *desk,
                            const char   *id,
                            GError      **error)
{
  Reading *reading = reading_new (desk, id);
  BillingDisputeStory *story = NULL;

  if (billing_store_read (billing_desk_get_store (desk), read_func, reading, NULL, error))
    story = g_steal_pointer (&reading->story);
  reading_free (reading);
  return story;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;

  if (billing_store_read_finish (BILLING_STORE (object), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&reading->story), (GDestroyNotify) billing_dispute_story_free);
  else
    g_task_return_error (task, error);
}

void
billing_dispute_story_read_async (BillingDesk         *desk,
                                  const char          *id,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task = g_task_new (desk, cancellable, callback, user_data);
  Reading *reading = reading_new (desk, id);

  g_task_set_source_tag (task, billing_dispute_story_read_async);
  g_task_set_task_data (task, reading, reading_free);
  billing_store_read_async (billing_desk_get_store (desk), read_func, reading, NULL, cancellable, read_cb, task);
}

BillingDisputeStory *
billing_dispute_story_read_finish (GAsyncResult  *result,
                                   GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- what the books can say ------------------------------------------------------------------- */

static void
fill (GHashTable                 *texts,
      const BillingDisputeReason *reason,
      const char                 *name,
      const char                 *text)
{
  if (text != NULL && *text != '\0' && billing_dispute_reason_wants (reason, name))
    g_hash_table_insert (texts, g_strdup (name), g_strdup (text));
}

static char *
describe_payment (BillingDisputeStory *self)
{
  BillingDispute *dispute = self->dispute;
  g_autofree char *amount = billing_money_format (billing_money_new (self->charge != NULL ? self->charge->amount : dispute->amount,
                                                                     dispute->currency), NULL);

  if (self->payment == NULL)
    /* Translators: goes to a bank, so it says nothing clinical; an amount */
    return g_strdup_printf (_("Medical services, %s"), amount);

  /* Translators: goes to a bank, so it says nothing clinical; the number of a payment, and an amount */
  return g_strdup_printf (_("Medical services, payment %s, %s"), self->payment->number, amount);
}

static char *
join_patient_address (BillingPatient *patient)
{
  const char * const parts[] = { patient->address_line, patient->city, patient->region, patient->postal_code, patient->country };
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] != NULL && *parts[i] != '\0')
        g_string_append_printf (lines, "%s%s", lines->len > 0 ? ", " : "", parts[i]);
    }

  return g_string_free (lines, FALSE);
}

static const char *
choose (const char *first,
        const char *otherwise)
{
  return first != NULL && *first != '\0' ? first : otherwise;
}

GHashTable *
billing_dispute_prefill (BillingDisputeStory *self)
{
  GHashTable *texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *description = describe_payment (self);
  g_autofree char *address = self->patient != NULL ? join_patient_address (self->patient) : NULL;

  fill (texts, self->reason, "customer_name",
        choose (self->charge != NULL ? self->charge->payer : NULL, self->patient != NULL ? self->patient->name : NULL));
  fill (texts, self->reason, "customer_email_address",
        choose (self->charge != NULL ? self->charge->email : NULL, self->patient != NULL ? self->patient->email : NULL));
  fill (texts, self->reason, "billing_address", choose (self->billing_address, address));
  fill (texts, self->reason, "duplicate_charge_id", self->twin);
  fill (texts, self->reason, "product_description", description);
  fill (texts, self->reason, "service_date",
        choose (self->service_date, self->payment != NULL ? self->payment->paid_on : NULL));
  return texts;
}

GPtrArray *
billing_dispute_find_clinical (BillingDisputeStory *self,
                               const char          *text)
{
  return billing_clinical_find (text, self->patient, self->own);
}
