/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-list-choice"

#include "config.h"

#include "billing-list-choice.h"

struct _BillingListChoice {
  GObject parent_instance;

  BillingListModel *list; /* (owned) (nullable) */
  GHashTable *ids; /* (owned) (element-type utf8): those that are chosen or, where all are, those that are not */
  BillingQuery *query; /* (owned) (nullable): all that it finds is chosen, but @ids; %NULL: @ids are */
  guint n_found; /* how many the query finds, as far as the list knows */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BillingListChoice, billing_list_choice, G_TYPE_OBJECT)

static void
changed (BillingListChoice *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What all are is what the list asks for: another question has other answers. The same question may have some more, or some less. */
static void
listed_cb (BillingListChoice *self,
           gboolean           new_query)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  if (self->query == NULL)
    return;

  if (new_query)
    {
      billing_list_choice_clear (self);
    }
  else if (n != self->n_found)
    {
      self->n_found = n;
      changed (self);
    }
}

static void
billing_list_choice_dispose (GObject *object)
{
  BillingListChoice *self = BILLING_LIST_CHOICE (object);

  g_clear_object (&self->list);
  g_clear_object (&self->query);
  g_hash_table_remove_all (self->ids);

  G_OBJECT_CLASS (billing_list_choice_parent_class)->dispose (object);
}

static void
billing_list_choice_finalize (GObject *object)
{
  g_hash_table_unref (BILLING_LIST_CHOICE (object)->ids);

  G_OBJECT_CLASS (billing_list_choice_parent_class)->finalize (object);
}

static void
billing_list_choice_class_init (BillingListChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = billing_list_choice_dispose;
  object_class->finalize = billing_list_choice_finalize;

  signals[CHANGED] = g_signal_new ("changed", BILLING_TYPE_LIST_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
billing_list_choice_init (BillingListChoice *self)
{
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

BillingListChoice *
billing_list_choice_new (void)
{
  return g_object_new (BILLING_TYPE_LIST_CHOICE, NULL);
}

/**
 * billing_list_choice_get_list:
 * @self: a choice
 *
 * Returns: (transfer none) (nullable): the list in which is chosen
 */
BillingListModel *
billing_list_choice_get_list (BillingListChoice *self)
{
  return self->list;
}

/**
 * billing_list_choice_set_list:
 * @self: a choice
 * @list: (nullable): the list in which is chosen; another one, and nothing is chosen any more
 */
void
billing_list_choice_set_list (BillingListChoice *self,
                              BillingListModel  *list)
{
  if (self->list == list)
    return;

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, listed_cb, self);
  g_set_object (&self->list, list);
  if (list != NULL)
    g_signal_connect_object (list, "listed", G_CALLBACK (listed_cb), self, G_CONNECT_SWAPPED);
  billing_list_choice_clear (self);
}

gboolean
billing_list_choice_contains (BillingListChoice *self,
                              const char        *id)
{
  return g_hash_table_contains (self->ids, id) == (self->query == NULL);
}

static gboolean
set (BillingListChoice *self,
     const char        *id,
     gboolean           chosen)
{
  if (billing_list_choice_contains (self, id) == !!chosen)
    return FALSE;

  if (!g_hash_table_remove (self->ids, id))
    g_hash_table_add (self->ids, g_strdup (id));
  return TRUE;
}

void
billing_list_choice_set (BillingListChoice *self,
                         const char        *id,
                         gboolean           chosen)
{
  if (set (self, id, chosen))
    changed (self);
}

/**
 * billing_list_choice_set_run:
 * @self: a choice in a list
 * @first: the first row's place
 * @n: how many rows
 * @chosen: whether they are chosen from now on
 *
 * For the rows of a patient: a few, one after another. Those whose record is still on its way are left as they are.
 */
void
billing_list_choice_set_run (BillingListChoice *self,
                             guint              first,
                             guint              n,
                             gboolean           chosen)
{
  gboolean any = FALSE;

  for (guint i = first; i < first + n; i++)
    {
      g_autoptr (BillingListRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), i);
      BillingRecord *record = row != NULL ? billing_list_row_get_record (row) : NULL;

      if (record != NULL)
        any |= set (self, billing_record_get_id (record), chosen);
    }

  if (any)
    changed (self);
}

/**
 * billing_list_choice_choose_all:
 * @self: a choice in a list
 *
 * Chooses all that the list's query finds, without reading any of it.
 */
void
billing_list_choice_choose_all (BillingListChoice *self)
{
  BillingQuery *query = self->list != NULL ? billing_list_model_get_query (self->list) : NULL;

  if (query == NULL)
    return;

  g_clear_object (&self->query);
  self->query = billing_query_copy (query);
  self->n_found = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_hash_table_remove_all (self->ids);
  changed (self);
}

void
billing_list_choice_clear (BillingListChoice *self)
{
  if (self->query == NULL && g_hash_table_size (self->ids) == 0)
    return;

  g_clear_object (&self->query);
  g_hash_table_remove_all (self->ids);
  changed (self);
}

/**
 * billing_list_choice_is_all:
 * @self: a choice
 *
 * Returns: whether all that the list finds is chosen, and nothing left out
 */
gboolean
billing_list_choice_is_all (BillingListChoice *self)
{
  return self->query != NULL && g_hash_table_size (self->ids) == 0;
}

guint
billing_list_choice_get_n (BillingListChoice *self)
{
  guint n = g_hash_table_size (self->ids);

  if (self->query == NULL)
    return n;

  return self->n_found > n ? self->n_found - n : 0;
}

/* In one order, whatever the hashes are. */
static char *
join_ids (BillingListChoice *self)
{
  g_autoptr (GList) ids = g_list_sort (g_hash_table_get_keys (self->ids), (GCompareFunc) g_strcmp0);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (GList *id = ids; id != NULL; id = id->next)
    g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", (const char *) id->data);

  return g_string_free (g_steal_pointer (&joined), FALSE);
}

/**
 * billing_list_choice_fill_act:
 * @self: a choice
 * @act: what is done to all that is chosen
 *
 * Says in @act to what it is done: the ids, or the query with those left out and how many it found, so that what came meanwhile is not done
 * unseen.
 */
void
billing_list_choice_fill_act (BillingListChoice *self,
                              BillingAct        *act)
{
  g_autofree char *ids = join_ids (self);
  g_autoptr (BillingQuery) query = NULL;

  if (self->query == NULL)
    {
      g_object_set (act, "selection", ids, NULL);
      return;
    }

  query = billing_query_copy (self->query);
  g_set_object (&act->query, query);
  g_object_set (act, "except", *ids != '\0' ? ids : NULL, "expected", (gint64) self->n_found, NULL);
}
