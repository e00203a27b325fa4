/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dossier"

#include "config.h"

#include "billing-dossier.h"

#include "billing-books.h"
#include "billing-enums.h"
#include "billing-filing.h"
#include "billing-history.h"
#include "billing-list.h"
#include "billing-outbox.h"
#include "billing-table.h"
#include "billing-verb.h"

/* The lists, in the order of their properties. */
enum { CODES, REFUNDS, INTENTS, TIMELINE, DOCUMENTS, NOTES, LINKS, LATE_MONEY, N_LISTS };

struct _BillingDossier {
  GObject parent_instance;

  BillingDesk *desk; /* (owned) */
  BillingRecord *subject; /* (owned) (nullable): what it is about, where that is no payment */
  BillingPayment *payment; /* (owned) (nullable): until it was loaded */
  BillingPatient *patient; /* (owned) (nullable) */
  BillingTreatment *treatment; /* (owned) (nullable) */
  GListStore *lists[N_LISTS]; /* (owned) */
  char *page; /* (owned) (nullable): where Stripe lets the patient pay */
  gint64 page_expires_at; /* Unix seconds */
};

typedef enum {
  PROP_PRACTICE = 1,
  PROP_PAYMENT,
  PROP_PATIENT,
  PROP_TREATMENT,
  PROP_CODES,
  PROP_REFUNDS,
  PROP_INTENTS,
  PROP_TIMELINE,
  PROP_DOCUMENTS,
  PROP_NOTES,
  PROP_LINKS,
  PROP_LATE_MONEY,
} BillingDossierProperty;

static GParamSpec *properties[PROP_LATE_MONEY + 1];

enum { LOADED, N_SIGNALS };

static guint signals[N_SIGNALS];

static const char * const list_kinds[N_LISTS] = {
  [REFUNDS] = "refunds",
  [INTENTS] = "outbox",
  [TIMELINE] = "timeline",
  [DOCUMENTS] = "documents",
  [NOTES] = "notes",
  [LINKS] = "links",
  [LATE_MONEY] = "late_money",
};

/* What one read brings, on its way from the reading thread. */
typedef struct {
  char *name; /* (owned): of the payment */
  BillingQuery *queries[N_LISTS]; /* (owned) (nullable) */
  BillingRecord *subject; /* (owned) (nullable): where it is no payment */
  BillingRecord *payment; /* (owned) (nullable) */
  BillingRecord *patient; /* (owned) (nullable) */
  BillingRecord *treatment; /* (owned) (nullable) */
  GPtrArray *lists[N_LISTS]; /* (owned) (nullable) */
  char *page; /* (owned) (nullable) */
  gint64 page_expires_at;
} BillingDossierPages;

G_DEFINE_FINAL_TYPE (BillingDossier, billing_dossier, G_TYPE_OBJECT)

static void
pages_free (BillingDossierPages *pages)
{
  g_free (pages->name);
  g_free (pages->page);
  g_clear_object (&pages->subject);
  g_clear_object (&pages->payment);
  g_clear_object (&pages->patient);
  g_clear_object (&pages->treatment);

  for (guint i = 0; i < N_LISTS; i++)
    {
      g_clear_object (&pages->queries[i]);
      g_clear_pointer (&pages->lists[i], g_ptr_array_unref);
    }

  g_free (pages);
}

static BillingDossierPages *
pages_new (BillingDossier *self,
           const char     *payment)
{
  BillingDossierPages *pages = g_new0 (BillingDossierPages, 1);

  pages->name = g_strdup (payment);

  for (guint i = 0; i < N_LISTS; i++)
    {
      if (list_kinds[i] != NULL)
        pages->queries[i] = billing_desk_query (self->desk, list_kinds[i]);
    }

  /* The queue to Stripe is listed the other way round: here the newest is what matters. */
  g_object_set (pages->queries[INTENTS], "descending", TRUE, NULL);
  return pages;
}

static gboolean
read_lists (BillingConnection    *connection,
            BillingDossierPages  *pages,
            GError              **error)
{
  const char *id = billing_record_get_id (pages->payment != NULL ? pages->payment : pages->subject);
  gboolean is_payment = pages->payment != NULL;

  for (guint i = 0; i < N_LISTS; i++)
    {
      if (pages->queries[i] == NULL || !(is_payment || i == TIMELINE || i == DOCUMENTS || i == NOTES))
        continue;

      g_object_set (pages->queries[i], "subject", id, NULL);
      pages->lists[i] = billing_list_rows (connection, pages->queries[i], error);
      if (pages->lists[i] == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_treatment (BillingConnection    *connection,
                BillingDossierPages  *pages,
                const char           *treatment_id,
                GError              **error)
{
  pages->treatment = billing_table_get (connection, BILLING_TYPE_TREATMENT, treatment_id, error);
  if (pages->treatment == NULL)
    return FALSE;

  pages->lists[CODES] = billing_table_select (connection, BILLING_TYPE_TREATMENT_CODE,
                                              "treatment_id", treatment_id, error);
  return pages->lists[CODES] != NULL;
}

static gboolean
read_pages (BillingConnection  *connection,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  BillingDossierPages *pages = data;
  BillingRecord *found = billing_table_find (connection, pages->name, error);
  BillingPayment *payment;

  if (found == NULL)
    return FALSE;
  if (!BILLING_IS_PAYMENT (found))
    {
      pages->subject = found;
      return read_lists (connection, pages, error);
    }

  pages->payment = found;
  payment = BILLING_PAYMENT (pages->payment);
  pages->patient = billing_table_get (connection, BILLING_TYPE_PATIENT, payment->patient_id, error);
  if (pages->patient == NULL)
    return FALSE;

  if (payment->treatment_id != NULL &&
      !read_treatment (connection, pages, payment->treatment_id, error))
    return FALSE;

  return read_lists (connection, pages, error) &&
         billing_outbox_find_page (connection, billing_record_get_id (pages->payment), &pages->page,
                                   &pages->page_expires_at, error);
}

static gboolean
record_is_like (BillingRecord *a,
                BillingRecord *b)
{
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (a);

  if (G_OBJECT_TYPE (a) != G_OBJECT_TYPE (b))
    return FALSE;

  for (guint i = 0; i < klass->n_fields; i++)
    {
      const BillingField *field = klass->fields[i];
      gboolean alike = field->type == G_TYPE_STRING
        ? g_strcmp0 (billing_record_get_text (a, field), billing_record_get_text (b, field)) == 0
        : billing_record_get_integer (a, field) == billing_record_get_integer (b, field);

      if (!alike)
        return FALSE;
    }

  return TRUE;
}

/* Replaces only the stretch that differs: rows that stay keep their widgets, and the focus. */
static void
update_list (GListStore *list,
             GPtrArray  *rows)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (list));
  guint n_new = rows != NULL ? rows->len : 0;
  guint head = 0, tail = 0;

  for (; head < MIN (n_old, n_new); head++)
    {
      g_autoptr (BillingRecord) old = g_list_model_get_item (G_LIST_MODEL (list), head);

      if (!record_is_like (old, g_ptr_array_index (rows, head)))
        break;
    }

  for (; tail < MIN (n_old, n_new) - head; tail++)
    {
      g_autoptr (BillingRecord) old = g_list_model_get_item (G_LIST_MODEL (list), n_old - 1 - tail);

      if (!record_is_like (old, g_ptr_array_index (rows, n_new - 1 - tail)))
        break;
    }

  if (n_old + n_new > 2 * (head + tail))
    g_list_store_splice (list, head, n_old - head - tail,
                         n_new > head + tail ? rows->pdata + head : NULL, n_new - head - tail);
}

/* The same thing is changed in place, another one takes its place; both tell who looks at it. */
static void
update_record (BillingDossier         *self,
               BillingRecord         **place,
               BillingRecord          *record,
               BillingDossierProperty  property)
{
  if (*place != NULL && record != NULL &&
      g_strcmp0 (billing_record_get_id (*place), billing_record_get_id (record)) == 0)
    {
      billing_record_copy (*place, record);
      return;
    }

  if (g_set_object (place, record))
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
take_pages (BillingDossier      *self,
            BillingDossierPages *pages)
{
  g_object_freeze_notify (G_OBJECT (self));
  g_set_object (&self->subject, pages->subject);
  update_record (self, (BillingRecord **) &self->payment, pages->payment, PROP_PAYMENT);
  update_record (self, (BillingRecord **) &self->patient, pages->patient, PROP_PATIENT);
  update_record (self, (BillingRecord **) &self->treatment, pages->treatment, PROP_TREATMENT);
  for (guint i = 0; i < N_LISTS; i++)
    update_list (self->lists[i], pages->lists[i]);
  g_free (self->page);
  self->page = g_steal_pointer (&pages->page);
  self->page_expires_at = pages->page_expires_at;
  g_object_thaw_notify (G_OBJECT (self));

  g_signal_emit (self, signals[LOADED], 0);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!billing_store_read_finish (BILLING_STORE (object), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (g_task_return_error_if_cancelled (task))
    return;

  take_pages (g_task_get_source_object (task), g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

static void
billing_dossier_dispose (GObject *object)
{
  BillingDossier *self = BILLING_DOSSIER (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->subject);
  g_clear_object (&self->payment);
  g_clear_object (&self->patient);
  g_clear_object (&self->treatment);
  for (guint i = 0; i < N_LISTS; i++)
    g_clear_object (&self->lists[i]);
  g_clear_pointer (&self->page, g_free);

  G_OBJECT_CLASS (billing_dossier_parent_class)->dispose (object);
}

static void
billing_dossier_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  BillingDossier *self = BILLING_DOSSIER (object);

  switch ((BillingDossierProperty) property_id)
    {
    case PROP_PRACTICE:
      g_value_set_object (value, billing_dossier_get_practice (self));
      break;
    case PROP_PAYMENT:
      g_value_set_object (value, self->payment);
      break;
    case PROP_PATIENT:
      g_value_set_object (value, self->patient);
      break;
    case PROP_TREATMENT:
      g_value_set_object (value, self->treatment);
      break;
    case PROP_CODES:
    case PROP_REFUNDS:
    case PROP_INTENTS:
    case PROP_TIMELINE:
    case PROP_DOCUMENTS:
    case PROP_NOTES:
    case PROP_LINKS:
    case PROP_LATE_MONEY:
      g_value_set_object (value, self->lists[property_id - PROP_CODES]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
billing_dossier_class_init (BillingDossierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = billing_dossier_dispose;
  object_class->get_property = billing_dossier_get_property;

  properties[PROP_PRACTICE] =
    g_param_spec_object ("practice", NULL, NULL, BILLING_TYPE_PRACTICE, flags);
  properties[PROP_PAYMENT] =
    g_param_spec_object ("payment", NULL, NULL, BILLING_TYPE_PAYMENT, flags);
  properties[PROP_PATIENT] =
    g_param_spec_object ("patient", NULL, NULL, BILLING_TYPE_PATIENT, flags);
  properties[PROP_TREATMENT] =
    g_param_spec_object ("treatment", NULL, NULL, BILLING_TYPE_TREATMENT, flags);
  properties[PROP_CODES] = g_param_spec_object ("codes", NULL, NULL, G_TYPE_LIST_STORE, flags);
  properties[PROP_REFUNDS] = g_param_spec_object ("refunds", NULL, NULL, G_TYPE_LIST_STORE, flags);
  properties[PROP_INTENTS] = g_param_spec_object ("intents", NULL, NULL, G_TYPE_LIST_STORE, flags);
  properties[PROP_TIMELINE] = g_param_spec_object ("timeline", NULL, NULL, G_TYPE_LIST_STORE, flags);
  properties[PROP_DOCUMENTS] =
    g_param_spec_object ("documents", NULL, NULL, G_TYPE_LIST_STORE, flags);
  properties[PROP_NOTES] = g_param_spec_object ("notes", NULL, NULL, G_TYPE_LIST_STORE, flags);
  properties[PROP_LINKS] = g_param_spec_object ("links", NULL, NULL, G_TYPE_LIST_STORE, flags);
  properties[PROP_LATE_MONEY] =
    g_param_spec_object ("late-money", NULL, NULL, G_TYPE_LIST_STORE, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * BillingDossier::loaded:
   * @self: the dossier
   *
   * Everything was read and now agrees.
   */
  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
billing_dossier_init (BillingDossier *self)
{
  for (guint i = 0; i < N_LISTS; i++)
    self->lists[i] = g_list_store_new (BILLING_TYPE_RECORD);
}

/**
 * billing_dossier_new:
 * @desk: whose practice
 *
 * Returns: (transfer full): a dossier of nothing yet
 */
BillingDossier *
billing_dossier_new (BillingDesk *desk)
{
  BillingDossier *self = g_object_new (BILLING_TYPE_DOSSIER, NULL);

  self->desk = g_object_ref (desk);
  return self;
}

/**
 * billing_dossier_load_async:
 * @self: a dossier
 * @payment: id or number of a payment; or of anything else that has documents, notes and a timeline, which are all that is read then
 * @cancellable: (nullable): interrupts the read
 * @callback: called when everything was read
 * @user_data: data for @callback
 *
 * Reads the payment and all that belongs to it, without blocking.
 */
void
billing_dossier_load_async (BillingDossier      *self,
                            const char          *payment,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  BillingDossierPages *pages = pages_new (self, payment);

  g_task_set_source_tag (task, billing_dossier_load_async);
  g_task_set_task_data (task, pages, (GDestroyNotify) pages_free);
  billing_store_read_async (billing_desk_get_store (self->desk), read_pages, pages, NULL,
                            cancellable, read_cb, task);
}

/**
 * billing_dossier_load_finish:
 * @self: a dossier
 * @result: what the callback got
 * @error: return location for a #BillingStoreError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether @self now is what the books say
 */
gboolean
billing_dossier_load_finish (BillingDossier  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
has_pk (GArray        *pks,
        gpointer       record)
{
  gint64 pk = record != NULL ? billing_record_get_pk (record) : 0;

  if (record == NULL || pks == NULL)
    return record != NULL;

  for (guint i = 0; i < pks->len; i++)
    {
      if (g_array_index (pks, gint64, i) == pk)
        return TRUE;
    }

  return FALSE;
}

/**
 * billing_dossier_is_touched_by:
 * @self: a dossier
 * @kind: what changed in the books
 * @pks: (nullable) (element-type gint64): which of them; %NULL: many
 *
 * Returns: whether it may have to be loaded again
 */
gboolean
billing_dossier_is_touched_by (BillingDossier *self,
                               const char     *kind,
                               GArray         *pks)
{
  static const char * const kinds[] = {
    "attempts", "balance_transactions", "checkout_sessions", "documents", "late_money", "links", "notes", "outbox",
    "payout_items", "refunds", NULL
  };

  if (g_str_equal (kind, "payments"))
    return has_pk (pks, self->payment);
  if (g_str_equal (kind, "patients"))
    return has_pk (pks, self->patient);
  if (g_str_equal (kind, "treatments"))
    return has_pk (pks, self->treatment);

  return g_strv_contains (kinds, kind);
}

BillingDesk *
billing_dossier_get_desk (BillingDossier *self)
{
  return self->desk;
}

BillingPractice *
billing_dossier_get_practice (BillingDossier *self)
{
  return self->desk != NULL ? billing_desk_get_practice (self->desk) : NULL;
}

/**
 * billing_dossier_get_subject:
 * @self: a dossier
 *
 * Returns: (transfer none) (nullable): what it is about: a payment, or what else was loaded
 */
BillingRecord *
billing_dossier_get_subject (BillingDossier *self)
{
  return self->payment != NULL ? BILLING_RECORD (self->payment) : self->subject;
}

BillingPayment *
billing_dossier_get_payment (BillingDossier *self)
{
  return self->payment;
}

BillingPatient *
billing_dossier_get_patient (BillingDossier *self)
{
  return self->patient;
}

/* Stripe is asked for it, or makes it already. */
static gboolean
is_with_stripe (BillingDossier *self,
                BillingRefund  *refund)
{
  GListModel *intents = G_LIST_MODEL (self->lists[INTENTS]);
  const char *id = billing_record_get_id (BILLING_RECORD (refund));

  for (guint i = 0; i < g_list_model_get_n_items (intents); i++)
    {
      g_autoptr (BillingIntent) intent = g_list_model_get_item (intents, i);

      if (g_strcmp0 (intent->record_id, id) == 0)
        return TRUE;
    }

  /* Made in Stripe itself, and on its way. */
  return refund->reference != NULL && g_str_has_prefix (refund->reference, "re_");
}

/**
 * billing_dossier_find_waiting_refund:
 * @self: a dossier
 *
 * Returns: (transfer none) (nullable): the refund that waits for a second person
 */
BillingRefund *
billing_dossier_find_waiting_refund (BillingDossier *self)
{
  GListModel *refunds = G_LIST_MODEL (self->lists[REFUNDS]);

  for (guint i = 0; i < g_list_model_get_n_items (refunds); i++)
    {
      g_autoptr (BillingRefund) refund = g_list_model_get_item (refunds, i);

      /* The list keeps it. */
      if (refund->state == BILLING_REFUND_STATE_WAITING && !is_with_stripe (self, refund))
        return refund;
    }

  return NULL;
}

static gboolean
is_open (BillingIntent *intent)
{
  return intent->state == BILLING_OUTBOX_STATE_QUEUED || intent->state == BILLING_OUTBOX_STATE_SENDING ||
         intent->state == BILLING_OUTBOX_STATE_UNKNOWN;
}

/* The link's own section says that it waits or was refused; not that nobody knows what became of it. */
static gboolean
is_told_by_link (BillingIntent *intent)
{
  static const char * const kinds[] = { "link", "link-close", "session-expire", NULL };

  return g_strv_contains (kinds, intent->kind) && intent->state != BILLING_OUTBOX_STATE_UNKNOWN;
}

/* As long as it could be asked for again. */
static gboolean
is_refused (BillingDossier *self,
            BillingIntent  *intent)
{
  g_autofree char *nick = g_strconcat ("payment-", intent->kind, NULL);
  int verb;

  return intent->state == BILLING_OUTBOX_STATE_FAILED &&
         billing_enum_from_nick (billing_verb_get_type (), nick, &verb) &&
         billing_verb_is_legal (verb, self->payment->status);
}

/**
 * billing_dossier_list_news:
 * @self: a dossier
 *
 * What Stripe was asked to do and has not done: all that it has not answered, and what it refused last.
 *
 * Returns: (transfer full) (element-type BillingIntent): the newest first
 */
GPtrArray *
billing_dossier_list_news (BillingDossier *self)
{
  GListModel *intents = G_LIST_MODEL (self->lists[INTENTS]);
  GPtrArray *news = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (intents); i++)
    {
      g_autoptr (BillingIntent) intent = g_list_model_get_item (intents, i);

      if (!is_told_by_link (intent) && (is_open (intent) || (i == 0 && is_refused (self, intent))))
        g_ptr_array_add (news, g_steal_pointer (&intent));
    }

  return news;
}

/**
 * billing_dossier_is_asked:
 * @self: a dossier
 *
 * Returns: whether Stripe has still to answer about the payment's collection: until then nothing else is done to it
 */
gboolean
billing_dossier_is_asked (BillingDossier *self)
{
  static const char * const collecting[] = { "authorise", "capture", "void", NULL };
  GListModel *intents = G_LIST_MODEL (self->lists[INTENTS]);

  for (guint i = 0; i < g_list_model_get_n_items (intents); i++)
    {
      g_autoptr (BillingIntent) intent = g_list_model_get_item (intents, i);

      if (is_open (intent) && g_strv_contains (collecting, intent->kind))
        return TRUE;
    }

  return FALSE;
}

/**
 * billing_dossier_get_link:
 * @self: a dossier
 *
 * Returns: (transfer none) (nullable): the payment's newest payment link, however it stands
 */
BillingLink *
billing_dossier_get_link (BillingDossier *self)
{
  g_autoptr (BillingLink) link = g_list_model_get_item (G_LIST_MODEL (self->lists[LINKS]), 0);

  /* The list keeps it. */
  return link;
}

/**
 * billing_dossier_get_page:
 * @self: a dossier
 * @expires_at: (out) (optional): until when, Unix seconds
 *
 * Returns: (nullable): address of Stripe's page on which the payment can be paid
 */
const char *
billing_dossier_get_page (BillingDossier *self,
                          gint64         *expires_at)
{
  if (expires_at != NULL)
    *expires_at = self->page_expires_at;

  return self->page;
}
