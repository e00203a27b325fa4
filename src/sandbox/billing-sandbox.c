/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox.h"

#include <gio/gio.h>

#include "billing-sandbox-invoices.h"
#include "billing-sandbox-json.h"
#include "billing-sandbox-sessions.h"

struct _BillingSandbox
{
  BillingSandboxStore *store;   /* (owned) */
  BillingSandboxMoney *money;   /* (owned) */
  BillingSandboxFaults *faults; /* (owned) */
  BillingSandboxRequests *requests; /* (owned) */
  GSequence *tasks;             /* (owned): of Task, by when they are due */
  guint64 next_task;
  char *url;                    /* (owned) (nullable): where it is served */
  gint64 created;
  gint64 offset;                /* from the computer's clock to ours */
  gint64 standing;              /* the moment a task is done at, or 0 */
  BillingSandboxCall *call;     /* (not owned) (nullable): what is being answered */
  BillingSandboxListener listener; /* (nullable) */
  gpointer listener_data;
};

typedef struct
{
  gint64 due;
  guint64 order;
  const BillingSandboxTaskName *task; /* (not owned) */
  char *id;
} Task;

static void
task_free (gpointer data)
{
  Task *task = data;

  g_free (task->id);
  g_free (task);
}

static int
task_compare (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  const Task *left = a;
  const Task *right = b;

  if (left->due != right->due)
    return left->due < right->due ? -1 : 1;

  return left->order < right->order ? -1 : left->order > right->order;
}

/**
 * billing_sandbox_new:
 * @seed: equal seeds and equal requests give equal ids
 *
 * Returns: (transfer full): an account in which nothing has happened yet
 */
BillingSandbox *
billing_sandbox_new (guint64 seed)
{
  BillingSandbox *self = g_new0 (BillingSandbox, 1);
  g_autoptr (JsonObject) bank = NULL;

  self->store = billing_sandbox_store_new (seed);
  self->money = billing_sandbox_money_new ();
  self->faults = billing_sandbox_faults_new ();
  self->requests = billing_sandbox_requests_new ();
  self->tasks = g_sequence_new (task_free);
  self->created = billing_sandbox_now (self);

  bank = billing_sandbox_add (self, BILLING_SANDBOX_BANK_ACCOUNT);
  billing_sandbox_store_put (self->store, bank);
  billing_sandbox_later (self, (self->created / BILLING_SANDBOX_DAY + 1) * BILLING_SANDBOX_DAY,
                         billing_sandbox_run_day, NULL);

  return self;
}

void
billing_sandbox_free (BillingSandbox *self)
{
  g_sequence_free (self->tasks);
  billing_sandbox_requests_free (self->requests);
  billing_sandbox_faults_free (self->faults);
  billing_sandbox_money_free (self->money);
  billing_sandbox_store_free (self->store);
  g_free (self->url);
  g_free (self);
}

BillingSandboxStore *
billing_sandbox_get_store (BillingSandbox *self)
{
  return self->store;
}

BillingSandboxFaults *
billing_sandbox_get_faults (BillingSandbox *self)
{
  return self->faults;
}

BillingSandboxRequests *
billing_sandbox_get_requests (BillingSandbox *self)
{
  return self->requests;
}

BillingSandboxMoney *
billing_sandbox_get_money (BillingSandbox *self)
{
  return self->money;
}

/**
 * billing_sandbox_get_url:
 * @self: a sandbox
 *
 * Returns: where its pages are, without a slash at the end
 */
const char *
billing_sandbox_get_url (BillingSandbox *self)
{
  return self->url != NULL ? self->url : "";
}

void
billing_sandbox_set_url (BillingSandbox *self,
                         const char     *url)
{
  g_free (self->url);
  self->url = g_strdup (url);
}

gint64
billing_sandbox_get_created (BillingSandbox *self)
{
  return self->created;
}

gint64
billing_sandbox_now (BillingSandbox *self)
{
  if (self->standing != 0)
    return self->standing;

  return g_get_real_time () / G_USEC_PER_SEC + self->offset;
}

/* Money that is on its way when the history ends goes on. */
static void
take_over_money (BillingSandbox        *self,
                 BillingSandboxHistory *history,
                 guint                  place)
{
  g_autofree char *id =
    billing_sandbox_history_id (history, BILLING_SANDBOX_BALANCE_TRANSACTION, place);
  g_autoptr (JsonObject) transaction = billing_sandbox_store_get (self->store, id);

  if (json_object_get_int_member (transaction, "available_on") > billing_sandbox_now (self))
    json_object_set_string_member (transaction, "status", "pending");
  billing_sandbox_count_in (self, transaction);
}

static void
take_over_payout (BillingSandbox        *self,
                  BillingSandboxHistory *history,
                  guint                  place)
{
  g_autofree char *id = billing_sandbox_history_id (history, BILLING_SANDBOX_PAYOUT, place);
  g_autoptr (JsonObject) payout = billing_sandbox_store_get (self->store, id);

  if (json_object_get_int_member (payout, "arrival_date") > billing_sandbox_now (self))
    billing_sandbox_payout_follow (self, payout);
}

/**
 * billing_sandbox_set_history:
 * @self: a sandbox in which nothing has happened yet
 * @history: (transfer full): what happened before, until about now; not closed yet
 */
void
billing_sandbox_set_history (BillingSandbox        *self,
                             BillingSandboxHistory *history)
{
  BillingSandboxEntries banks = billing_sandbox_store_all (self->store, BILLING_SANDBOX_BANK_ACCOUNT);
  guint n;

  billing_sandbox_history_close (history, banks.entries[0]->id);
  billing_sandbox_store_set_history (self->store, history);
  self->created = billing_sandbox_history_begin (history);

  n = billing_sandbox_history_count (history, BILLING_SANDBOX_BALANCE_TRANSACTION);
  for (guint i = 0; i < n; i++)
    {
      if (!billing_sandbox_history_settled (history, i))
        take_over_money (self, history, i);
    }
  n = billing_sandbox_history_count (history, BILLING_SANDBOX_PAYOUT);
  for (guint i = 0; i < n; i++)
    take_over_payout (self, history, i);
}

/**
 * billing_sandbox_catch_up:
 * @self: a sandbox
 *
 * Does what became due since it was last asked, each at its own moment and in order.
 */
void
billing_sandbox_catch_up (BillingSandbox *self)
{
  gint64 now = billing_sandbox_now (self);

  while (!g_sequence_is_empty (self->tasks))
    {
      GSequenceIter *first = g_sequence_get_begin_iter (self->tasks);
      Task *task = g_sequence_get (first);
      g_autofree char *id = NULL;
      BillingSandboxTask function = task->task->task;

      if (task->due > now)
        break;

      id = g_steal_pointer (&task->id);
      self->standing = task->due;
      g_sequence_remove (first);
      function (self, id);
      self->standing = 0;
    }
}

/**
 * billing_sandbox_set_clock:
 * @self: a sandbox
 * @now: what time it shall be; not before now
 */
void
billing_sandbox_set_clock (BillingSandbox *self,
                           gint64          now)
{
  self->offset = now - g_get_real_time () / G_USEC_PER_SEC;
  billing_sandbox_catch_up (self);
}

/**
 * billing_sandbox_stop_clock:
 * @self: a sandbox
 * @now: the moment at which its clock stands still from now on; not before now
 */
void
billing_sandbox_stop_clock (BillingSandbox *self,
                            gint64          now)
{
  self->standing = 0;
  billing_sandbox_set_clock (self, now);
  self->standing = now;
}

/**
 * billing_sandbox_do_later:
 * @self: a sandbox
 * @due: when, by its clock
 * @task: what is done then
 * @id: (nullable): what @task is given
 *
 * billing_sandbox_later() is easier to call.
 */
void
billing_sandbox_do_later (BillingSandbox               *self,
                          gint64                        due,
                          const BillingSandboxTaskName *task,
                          const char                   *id)
{
  Task *item = g_new0 (Task, 1);

  item->due = due;
  item->order = self->next_task++;
  item->task = task;
  item->id = g_strdup (id);
  g_sequence_insert_sorted (self->tasks, item, task_compare, NULL);
}

/* The linker knows where the array of all of them begins and ends. */
extern const BillingSandboxTaskName __start_sandbox_tasks[];
extern const BillingSandboxTaskName __stop_sandbox_tasks[];

static const BillingSandboxTaskName *
find_task (const char *name)
{
  for (const BillingSandboxTaskName *task = __start_sandbox_tasks; task < __stop_sandbox_tasks;
       task++)
    {
      if (g_strcmp0 (task->name, name) == 0)
        return task;
    }

  return NULL;
}

static void
save_task_cb (gpointer data,
              gpointer user_data)
{
  Task *task = data;
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "due", task->due);
  json_object_set_string_member (object, "task", task->task->name);
  json_object_set_string_member (object, "id", task->id);
  json_array_add_object_element (user_data, object);
}

static gboolean
load_tasks (BillingSandbox  *self,
            JsonArray       *tasks,
            GError         **error)
{
  g_sequence_remove_range (g_sequence_get_begin_iter (self->tasks),
                           g_sequence_get_end_iter (self->tasks));
  for (guint i = 0; i < json_array_get_length (tasks); i++)
    {
      JsonObject *object = json_array_get_object_element (tasks, i);
      const BillingSandboxTaskName *task =
        find_task (billing_sandbox_json_string (object, "task"));

      if (task == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "This sandbox does not know the task %s",
                       billing_sandbox_json_string (object, "task"));
          return FALSE;
        }
      billing_sandbox_do_later (self, billing_sandbox_json_int (object, "due", 0), task,
                                billing_sandbox_json_string (object, "id"));
    }

  return TRUE;
}

/**
 * billing_sandbox_save:
 * @self: a sandbox
 *
 * Returns: (transfer full): everything that it knows, but for its history
 */
JsonObject *
billing_sandbox_save (BillingSandbox *self)
{
  JsonObject *state = json_object_new ();
  JsonArray *tasks = json_array_new ();

  g_sequence_foreach (self->tasks, save_task_cb, tasks);
  json_object_set_int_member (state, "created", self->created);
  json_object_set_int_member (state, "offset", self->offset);
  json_object_set_array_member (state, "tasks", tasks);
  json_object_set_object_member (state, "store", billing_sandbox_store_save (self->store));
  json_object_set_object_member (state, "money", billing_sandbox_money_save (self->money));
  return state;
}

/**
 * billing_sandbox_load:
 * @self: a sandbox in which nothing has happened yet
 * @state: what billing_sandbox_save() said
 * @history: (transfer full) (nullable): its history; not closed yet
 * @error: where to say why not
 *
 * Returns: whether @self is now as the other one was
 */
gboolean
billing_sandbox_load (BillingSandbox         *self,
                      JsonObject             *state,
                      BillingSandboxHistory  *history,
                      GError                **error)
{
  JsonObject *store = billing_sandbox_json_child (state, "store");

  if (history != NULL)
    {
      billing_sandbox_history_close (history, billing_sandbox_json_string (store, "bank"));
      billing_sandbox_store_set_history (self->store, history);
    }

  self->created = billing_sandbox_json_int (state, "created", 0);
  self->offset = billing_sandbox_json_int (state, "offset", 0);
  billing_sandbox_store_load (self->store, store);
  billing_sandbox_money_load (self->money, billing_sandbox_json_child (state, "money"),
                              self->store);
  return load_tasks (self, json_object_get_array_member (state, "tasks"), error);
}

/* Between begin and end, events name the request that made them. */
void
billing_sandbox_begin (BillingSandbox     *self,
                       BillingSandboxCall *call)
{
  self->call = call;
}

void
billing_sandbox_end (BillingSandbox *self)
{
  self->call = NULL;
}

/**
 * billing_sandbox_add:
 * @self: a sandbox
 * @kind: a kind
 *
 * Returns: (transfer full): a new object with an id, made now; it is not kept before it is put
 */
JsonObject *
billing_sandbox_add (BillingSandbox     *self,
                     BillingSandboxKind  kind)
{
  JsonObject *object = billing_sandbox_kind_new (kind);
  g_autofree char *id = billing_sandbox_store_new_id (self->store, kind);

  json_object_set_string_member (object, "id", id);
  json_object_set_int_member (object, "created", billing_sandbox_now (self));
  return object;
}

static void
tell (BillingSandbox *self,
      const char     *type,
      JsonObject     *object,
      JsonObject     *previous)
{
  g_autoptr (JsonObject) event = billing_sandbox_add (self, BILLING_SANDBOX_EVENT);
  JsonObject *data = json_object_get_object_member (event, "data");
  JsonObject *request = json_object_get_object_member (event, "request");

  json_object_set_string_member (event, "type", type);
  json_object_set_object_member (data, "object",
                                 billing_sandbox_public (billing_sandbox_json_copy (object)));
  if (previous != NULL)
    json_object_set_object_member (data, "previous_attributes", billing_sandbox_public (previous));
  if (self->call != NULL)
    {
      json_object_set_string_member (request, "id", self->call->request_id);
      json_object_set_string_member (request, "idempotency_key", self->call->idempotency_key);
    }

  json_object_set_int_member (event, "pending_webhooks", billing_sandbox_webhook_count (self, type));
  billing_sandbox_store_put (self->store, event);
  billing_sandbox_webhook_announce (self, json_object_get_string_member (event, "id"), type);
}

/**
 * billing_sandbox_listen:
 * @self: a sandbox
 * @listener: (nullable): what delivers events
 * @data: for @listener
 */
void
billing_sandbox_listen (BillingSandbox         *self,
                        BillingSandboxListener  listener,
                        gpointer                data)
{
  self->listener = listener;
  self->listener_data = data;
}

/**
 * billing_sandbox_announce:
 * @self: a sandbox
 * @event: the id of an event
 * @endpoint: the id of a webhook endpoint
 *
 * Has the event delivered, if somebody delivers.
 */
void
billing_sandbox_announce (BillingSandbox *self,
                          const char     *event,
                          const char     *endpoint)
{
  if (self->listener != NULL)
    self->listener (event, endpoint, self->listener_data);
}

/**
 * billing_sandbox_tell:
 * @self: a sandbox
 * @type: the event's type
 * @object: what it is about, as it is now
 */
void
billing_sandbox_tell (BillingSandbox *self,
                      const char     *type,
                      JsonObject     *object)
{
  tell (self, type, object, NULL);
  if (!g_str_has_prefix (type, "payment_intent."))
    return;

  billing_sandbox_session_follow (self, type, object);
  billing_sandbox_invoice_follow (self, type, object);
}

/**
 * billing_sandbox_tell_change:
 * @self: a sandbox
 * @type: the event's type
 * @before: the object as it was
 * @after: the object as it is now
 *
 * Says what changed too; says nothing where nothing did.
 */
void
billing_sandbox_tell_change (BillingSandbox *self,
                             const char     *type,
                             JsonObject     *before,
                             JsonObject     *after)
{
  JsonObject *previous = billing_sandbox_json_before (before, after);

  if (json_object_get_size (previous) > 0)
    tell (self, type, after, previous);
  else
    json_object_unref (previous);
}

/**
 * billing_sandbox_find:
 * @self: a sandbox
 * @call: a request with an id in its path
 * @kind: what the id must be
 *
 * Returns: (transfer full) (nullable): the object, or %NULL having answered as Stripe does
 */
JsonObject *
billing_sandbox_find (BillingSandbox     *self,
                      BillingSandboxCall *call,
                      BillingSandboxKind  kind)
{
  BillingSandboxEntry *entry = billing_sandbox_store_find (self->store, call->id);

  if (entry != NULL && entry->kind == kind && !entry->deleted)
    return billing_sandbox_entry_read (entry);

  return billing_sandbox_fail (call, 404, "resource_missing", "id", "No such %s: '%s'",
                               billing_sandbox_kind_info (kind)->label, call->id);
}

/**
 * billing_sandbox_find_param:
 * @self: a sandbox
 * @call: a request
 * @kind: what the parameter must name
 * @param: a parameter that was given
 *
 * Returns: (transfer full) (nullable): the object, or %NULL having answered as Stripe does
 */
JsonObject *
billing_sandbox_find_param (BillingSandbox     *self,
                            BillingSandboxCall *call,
                            BillingSandboxKind  kind,
                            const char         *param)
{
  const char *id = billing_sandbox_call_string (call, param);
  BillingSandboxEntry *entry = id != NULL ? billing_sandbox_store_find (self->store, id) : NULL;

  if (entry != NULL && entry->kind == kind && !entry->deleted)
    return billing_sandbox_entry_read (entry);

  return billing_sandbox_fail (call, 400, "resource_missing", param, "No such %s: '%s'",
                               billing_sandbox_kind_info (kind)->label, id != NULL ? id : "");
}
