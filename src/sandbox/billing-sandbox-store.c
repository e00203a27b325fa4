/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-store.h"

#include <string.h>

#include "billing-sandbox-json.h"

/* Marks an object inside another (in an event) that was written against its own kind's template. */
#define KIND_MARK "~"

/* Lists the members of the template that an object does not have. */
#define ABSENT_MARK "~-"

/* Before a client's own name that begins as the marks do, such as a key of metadata. */
#define ESCAPE "~~"

/* What is of the history comes before everything that was put. */
#define FIRST_SEQUENCE (G_GUINT64_CONSTANT (1) << 40)

/* How many entries of the history are good at the same time. */
#define LENT 4096

struct _BillingSandboxStore
{
  guint64 random;
  guint64 next_sequence;
  guint64 changes;                              /* how often something was put */
  GHashTable *by_id;                            /* (owned): id, inside the entry -> entry (owned) */
  GPtrArray *all[BILLING_SANDBOX_N_KINDS];      /* (owned) */
  GHashTable *indices;                          /* (owned): hash of a value -> Bucket (owned) */
  BillingSandboxHistory *history;               /* (owned) (nullable) */
  GHashTable *changed[BILLING_SANDBOX_N_KINDS]; /* (owned): place in the history -> entry */
  BillingSandboxEntry *lent[LENT];              /* (owned) (nullable): of the history */
  guint next_lent;
  GPtrArray *found;                             /* (owned): what was looked for last */
  GPtrArray *found_old;                         /* (owned): those of them that are of the history */
};

/* The entries that have, or had, a value of a member: most often one. */
typedef struct
{
  guint n;
  guint size;
  BillingSandboxEntry *entries[];
} Bucket;

static JsonNode *shrink (JsonNode *template, JsonNode *node);
static JsonNode *grow (JsonNode *template, JsonNode *node);

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static void
mark_absent (JsonObject *template,
             JsonObject *object,
             JsonObject *result)
{
  g_autoptr (JsonArray) absent = json_array_new ();
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, template);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      if (!json_object_has_member (object, name))
        json_array_add_string_element (absent, name);
    }

  if (json_array_get_length (absent) > 0)
    json_object_set_array_member (result, ABSENT_MARK, g_steal_pointer (&absent));
}

static void
set_escaped (JsonObject *result,
             const char *name,
             JsonNode   *member)
{
  g_autofree char *escaped = *name == *ESCAPE ? g_strconcat (ESCAPE, name, NULL) : NULL;

  json_object_set_member (result, escaped != NULL ? escaped : name, member);
}

static JsonNode *
shrink_members (JsonObject *template,
                JsonObject *object,
                const char *mark)
{
  JsonObject *result = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (mark != NULL)
    json_object_set_string_member (result, KIND_MARK, mark);

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &member))
    {
      JsonNode *common = template != NULL ? json_object_get_member (template, name) : NULL;

      if (common == NULL || !json_node_equal (common, member))
        set_escaped (result, name, shrink (common, member));
    }
  if (template != NULL)
    mark_absent (template, object, result);

  return take_object (result);
}

static JsonNode *
shrink (JsonNode *template,
        JsonNode *node)
{
  JsonObject *object, *common;
  int kind;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return json_node_copy (node);

  object = json_node_get_object (node);
  if (template != NULL && JSON_NODE_HOLDS_OBJECT (template))
    return shrink_members (json_node_get_object (template), object, NULL);

  kind = billing_sandbox_kind_of (object);
  if (kind < 0)
    return shrink_members (NULL, object, NULL);

  common = billing_sandbox_kind_template (kind);
  /* Something partial, such as a deleted customer, is kept as it is. */
  if (json_object_get_size (object) < json_object_get_size (common))
    return shrink_members (NULL, object, NULL);

  return shrink_members (common, object, billing_sandbox_kind_info (kind)->object);
}

static void
remove_absent (JsonObject *result,
               JsonArray  *absent)
{
  for (guint i = 0; i < json_array_get_length (absent); i++)
    json_object_remove_member (result, json_array_get_string_element (absent, i));
}

static void
grow_member (JsonObject *result,
             const char *name,
             JsonNode   *member)
{
  const char *plain = g_str_has_prefix (name, ESCAPE) ? name + strlen (ESCAPE) : name;

  json_object_set_member (result, plain, grow (json_object_get_member (result, plain), member));
}

static void
grow_members (JsonObject *result,
              JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &member))
    {
      if (g_str_equal (name, ABSENT_MARK))
        remove_absent (result, json_node_get_array (member));
      else if (!g_str_equal (name, KIND_MARK))
        grow_member (result, name, member);
    }
}

static JsonNode *
grow (JsonNode *template,
      JsonNode *node)
{
  JsonObject *object, *result;
  const char *mark;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return json_node_copy (node);

  object = json_node_get_object (node);
  mark = billing_sandbox_json_string (object, KIND_MARK);
  if (mark != NULL)
    result = billing_sandbox_kind_new (billing_sandbox_kind_from_name (mark));
  else if (template != NULL && JSON_NODE_HOLDS_OBJECT (template))
    result = json_object_ref (json_node_get_object (template));
  else
    result = json_object_new ();

  grow_members (result, object);
  return take_object (result);
}

static char *
write_text (JsonObject *object)
{
  JsonObject *template = billing_sandbox_kind_template (billing_sandbox_kind_of (object));
  g_autoptr (JsonNode) node = shrink_members (template, object, NULL);

  return json_to_string (node, FALSE);
}

static void
entry_free (gpointer data)
{
  BillingSandboxEntry *entry = data;

  g_free (entry->text);
  g_free (entry);
}

static void
free_bucket_cb (gpointer key,
                gpointer value,
                gpointer data)
{
  g_free (value);
}

/**
 * billing_sandbox_store_new:
 * @seed: equal seeds give equal ids
 *
 * Returns: (transfer full): an empty store
 */
BillingSandboxStore *
billing_sandbox_store_new (guint64 seed)
{
  BillingSandboxStore *self = g_new0 (BillingSandboxStore, 1);

  self->random = seed;
  self->next_sequence = FIRST_SEQUENCE;
  self->found = g_ptr_array_new ();
  self->found_old = g_ptr_array_new_with_free_func (g_free);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  self->indices = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < BILLING_SANDBOX_N_KINDS; i++)
    {
      self->all[i] = g_ptr_array_new ();
      self->changed[i] = g_hash_table_new (NULL, NULL);
    }

  return self;
}

void
billing_sandbox_store_free (BillingSandboxStore *self)
{
  for (guint i = 0; i < BILLING_SANDBOX_N_KINDS; i++)
    {
      g_ptr_array_unref (self->all[i]);
      g_hash_table_unref (self->changed[i]);
    }
  for (guint i = 0; i < LENT; i++)
    g_free (self->lent[i]);
  g_ptr_array_unref (self->found);
  g_ptr_array_unref (self->found_old);
  g_clear_pointer (&self->history, billing_sandbox_history_free);
  g_hash_table_foreach (self->indices, free_bucket_cb, NULL);
  g_hash_table_unref (self->indices);
  g_hash_table_unref (self->by_id);
  g_free (self);
}

/**
 * billing_sandbox_store_set_history:
 * @self: a store
 * @history: (transfer full): what comes before everything that is put
 */
void
billing_sandbox_store_set_history (BillingSandboxStore   *self,
                                   BillingSandboxHistory *history)
{
  g_clear_pointer (&self->history, billing_sandbox_history_free);
  self->history = history;
}

BillingSandboxHistory *
billing_sandbox_store_get_history (BillingSandboxStore *self)
{
  return self->history;
}

/* Returns: (transfer full): an entry that is not kept */
static BillingSandboxEntry *
make_old_entry (BillingSandboxStore *self,
                BillingSandboxKind   kind,
                guint                place)
{
  g_autofree char *id = billing_sandbox_history_id (self->history, kind, place);
  gsize size = strlen (id) + 1;
  BillingSandboxEntry *entry = g_malloc0 (sizeof *entry + size);

  memcpy (entry->id, id, size);
  entry->kind = kind;
  entry->created = billing_sandbox_history_created (self->history, kind, place);
  entry->sequence = place;
  entry->history = self->history;
  return entry;
}

/* Returns: (transfer none): an entry that is good until many more have been lent */
static BillingSandboxEntry *
lend_entry (BillingSandboxStore *self,
            BillingSandboxKind   kind,
            guint                place)
{
  BillingSandboxEntry **slot = &self->lent[self->next_lent++ % LENT];

  g_free (*slot);
  *slot = make_old_entry (self, kind, place);
  return *slot;
}

/* SplitMix64: small, and the same everywhere. */
static guint64
next_random (BillingSandboxStore *self)
{
  guint64 z = (self->random += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/**
 * billing_sandbox_store_random:
 * @self: a store
 * @prefix: what it begins with
 * @length: how many random letters and digits follow
 *
 * Returns: (transfer full): a new name, determined by the seed and by what was asked before
 */
char *
billing_sandbox_store_random (BillingSandboxStore *self,
                              const char          *prefix,
                              guint                length)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  GString *name = g_string_new (prefix);

  for (guint i = 0; i < length; i++)
    g_string_append_c (name, letters[next_random (self) % (sizeof letters - 1)]);

  return g_string_free (name, FALSE);
}

char *
billing_sandbox_store_new_id (BillingSandboxStore *self,
                              BillingSandboxKind   kind)
{
  const BillingSandboxKindInfo *info = billing_sandbox_kind_info (kind);

  return billing_sandbox_store_random (self, info->prefix, info->length);
}

/* What is of the history keeps its place when it is put. */
static void
place_entry (BillingSandboxStore *self,
             BillingSandboxEntry *entry)
{
  BillingSandboxKind kind;
  guint place = self->history != NULL
                  ? billing_sandbox_history_find (self->history, entry->id, &kind)
                  : BILLING_SANDBOX_NOWHERE;

  if (place == BILLING_SANDBOX_NOWHERE)
    {
      entry->sequence = self->next_sequence++;
      g_ptr_array_add (self->all[entry->kind], entry);
      return;
    }

  entry->sequence = place;
  g_hash_table_insert (self->changed[kind], GUINT_TO_POINTER (place), entry);
}

static BillingSandboxEntry *
add_entry (BillingSandboxStore *self,
           JsonObject          *object)
{
  const char *id = json_object_get_string_member (object, "id");
  gsize size = strlen (id) + 1;
  BillingSandboxEntry *entry = g_malloc0 (sizeof *entry + size);

  memcpy (entry->id, id, size);
  entry->kind = billing_sandbox_kind_of (object);
  /* An invoice's item calls it so. */
  entry->created = billing_sandbox_json_int (object, "created",
                                             billing_sandbox_json_int (object, "date", 0));
  g_hash_table_insert (self->by_id, entry->id, entry);
  place_entry (self, entry);

  return entry;
}

/* FNV-1a.  Where two values meet in one bucket, who reads the list finds out. */
static gpointer
hash_value (guint       kind,
            const char *member,
            const char *value)
{
  const char *const parts[] = { member, "=", value };
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325) + kind;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      for (const char *c = parts[i]; *c != '\0'; c++)
        hash = (hash ^ (guchar) *c) * G_GUINT64_CONSTANT (0x100000001b3);
    }

  /* The table looks at the lower half only. */
  return GSIZE_TO_POINTER ((gsize) (hash ^ (hash >> 32)));
}

static Bucket *
make_room (Bucket *bucket)
{
  guint n = bucket != NULL ? bucket->n : 0;
  guint size = bucket != NULL ? bucket->size : 0;

  if (n < size)
    return bucket;

  size = MAX (1, size * 2);
  bucket = g_realloc (bucket, sizeof *bucket + size * sizeof bucket->entries[0]);
  bucket->n = n;
  bucket->size = size;
  return bucket;
}

/* By sequence, oldest first, wherever it is to stand: an older object may take a value later. */
static void
insert_sorted (BillingSandboxStore *self,
               gpointer             hash,
               BillingSandboxEntry *entry)
{
  Bucket *bucket = g_hash_table_lookup (self->indices, hash);
  guint i = bucket != NULL ? bucket->n : 0;

  while (i > 0 && bucket->entries[i - 1]->sequence > entry->sequence)
    i--;
  if (i > 0 && bucket->entries[i - 1] == entry)
    return;

  bucket = make_room (bucket);
  memmove (&bucket->entries[i + 1], &bucket->entries[i],
           (bucket->n - i) * sizeof bucket->entries[0]);
  bucket->entries[i] = entry;
  bucket->n++;
  g_hash_table_insert (self->indices, hash, bucket);
}

static void
index_entry (BillingSandboxStore *self,
             BillingSandboxEntry *entry,
             JsonObject          *object)
{
  g_auto (GStrv) members =
    g_strsplit (billing_sandbox_kind_info (entry->kind)->indexed, " ", -1);

  for (guint i = 0; members[i] != NULL; i++)
    {
      const char *value = billing_sandbox_json_string (object, members[i]);

      if (value != NULL)
        insert_sorted (self, hash_value (entry->kind, members[i], value), entry);
    }
}

/**
 * billing_sandbox_store_put:
 * @self: a store
 * @object: an object of a known kind, with its id
 *
 * Keeps @object as it is now, in place of what its id meant before.
 *
 * Returns: (transfer none): its entry
 */
BillingSandboxEntry *
billing_sandbox_store_put (BillingSandboxStore *self,
                           JsonObject          *object)
{
  const char *id = json_object_get_string_member (object, "id");
  BillingSandboxEntry *entry = g_hash_table_lookup (self->by_id, id);

  if (entry == NULL)
    entry = add_entry (self, object);

  self->changes++;
  g_free (entry->text);
  entry->text = write_text (object);
  index_entry (self, entry, object);
  return entry;
}

/* Those of the history that nobody has changed, and those that were put, in their order. */
static BillingSandboxEntries
find_with_history (BillingSandboxStore *self,
                   BillingSandboxKind   kind,
                   const char          *member,
                   const char          *value,
                   Bucket              *bucket)
{
  g_autoptr (GArray) places =
    billing_sandbox_history_where (self->history, kind, member, value);
  guint n = bucket != NULL ? bucket->n : 0;
  guint next = 0;

  g_ptr_array_set_size (self->found, 0);
  g_ptr_array_set_size (self->found_old, 0);
  for (guint i = 0; i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);

      while (next < n && bucket->entries[next]->sequence < place)
        g_ptr_array_add (self->found, bucket->entries[next++]);
      if (g_hash_table_contains (self->changed[kind], GUINT_TO_POINTER (place)))
        continue;
      g_ptr_array_add (self->found_old, make_old_entry (self, kind, place));
      g_ptr_array_add (self->found, g_ptr_array_index (self->found_old, self->found_old->len - 1));
    }
  while (next < n)
    g_ptr_array_add (self->found, bucket->entries[next++]);

  return (BillingSandboxEntries) { (BillingSandboxEntry **) self->found->pdata, self->found->len };
}

/**
 * billing_sandbox_store_where:
 * @self: a store
 * @kind: a kind
 * @member: one of its indexed members
 * @value: a value of it
 *
 * An index keeps an entry under values that it has no more: who reads a list looks again.
 *
 * Returns: (transfer none): what may have @value
 */
BillingSandboxEntries
billing_sandbox_store_where (BillingSandboxStore *self,
                             BillingSandboxKind   kind,
                             const char          *member,
                             const char          *value)
{
  Bucket *bucket = g_hash_table_lookup (self->indices, hash_value (kind, member, value));
  BillingSandboxEntries result = { NULL };

  if (self->history != NULL)
    return find_with_history (self, kind, member, value, bucket);
  if (bucket != NULL)
    result = (BillingSandboxEntries) { bucket->entries, bucket->n };

  return result;
}

/**
 * billing_sandbox_store_at:
 * @self: a store
 * @kind: a kind
 * @entries: what was asked for
 * @i: which of them, those of the history counted first
 *
 * Returns: (transfer none): the entry, good until some thousand more have been asked for
 */
BillingSandboxEntry *
billing_sandbox_store_at (BillingSandboxStore         *self,
                          BillingSandboxKind           kind,
                          const BillingSandboxEntries *entries,
                          guint                        i)
{
  BillingSandboxEntry *changed;

  if (i >= entries->n_old)
    return entries->entries[i - entries->n_old];

  changed = g_hash_table_lookup (self->changed[kind], GUINT_TO_POINTER (i));
  return changed != NULL ? changed : lend_entry (self, kind, i);
}

void
billing_sandbox_store_delete (BillingSandboxStore *self,
                              const char          *id)
{
  g_autoptr (JsonObject) object = billing_sandbox_store_get (self, id);

  billing_sandbox_store_put (self, object)->deleted = TRUE;
}

BillingSandboxEntry *
billing_sandbox_store_find (BillingSandboxStore *self,
                            const char          *id)
{
  BillingSandboxEntry *entry = g_hash_table_lookup (self->by_id, id);
  BillingSandboxKind kind;
  guint place;

  if (entry != NULL || self->history == NULL)
    return entry;

  place = billing_sandbox_history_find (self->history, id, &kind);
  return place != BILLING_SANDBOX_NOWHERE ? lend_entry (self, kind, place) : NULL;
}

static JsonObject *
read_old (BillingSandboxEntry *entry)
{
  g_autoptr (GString) text = g_string_new (NULL);

  billing_sandbox_history_write (entry->history, entry->kind, (guint) entry->sequence, TRUE, text);
  return billing_sandbox_json_parse (text->str);
}

/**
 * billing_sandbox_entry_read:
 * @entry: an entry
 *
 * Returns: (transfer full): the object, with what is for the sandbox only (its name begins with
 * "_")
 */
JsonObject *
billing_sandbox_entry_read (BillingSandboxEntry *entry)
{
  g_autoptr (JsonObject) difference = NULL;
  JsonObject *object;

  if (entry->text == NULL)
    return read_old (entry);

  difference = billing_sandbox_json_parse (entry->text);
  object = billing_sandbox_kind_new (entry->kind);
  grow_members (object, difference);
  return object;
}

JsonObject *
billing_sandbox_store_get (BillingSandboxStore *self,
                           const char          *id)
{
  BillingSandboxEntry *entry = billing_sandbox_store_find (self, id);

  return entry != NULL ? billing_sandbox_entry_read (entry) : NULL;
}

BillingSandboxEntries
billing_sandbox_store_all (BillingSandboxStore *self,
                           BillingSandboxKind   kind)
{
  BillingSandboxEntries all = {
    (BillingSandboxEntry **) self->all[kind]->pdata, self->all[kind]->len,
    self->history != NULL ? billing_sandbox_history_count (self->history, kind) : 0
  };

  return all;
}

/**
 * billing_sandbox_public:
 * @object: (transfer full): an object
 *
 * Returns: (transfer full): the same, without what is for the sandbox only
 */
JsonObject *
billing_sandbox_public (JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      if (g_str_has_prefix (l->data, "_"))
        json_object_remove_member (object, l->data);
    }

  return object;
}

guint64
billing_sandbox_store_changes (BillingSandboxStore *self)
{
  return self->changes;
}

static int
compare_sequences (gconstpointer a,
                   gconstpointer b)
{
  const BillingSandboxEntry *left = *(BillingSandboxEntry *const *) a;
  const BillingSandboxEntry *right = *(BillingSandboxEntry *const *) b;

  return left->sequence < right->sequence ? -1 : left->sequence > right->sequence;
}

static void
save_entry (BillingSandboxEntry *entry,
            JsonArray           *entries)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", entry->id);
  json_object_set_string_member (object, "kind", billing_sandbox_kind_info (entry->kind)->object);
  json_object_set_boolean_member (object, "deleted", entry->deleted);
  json_object_set_object_member (object, "difference", billing_sandbox_json_parse (entry->text));
  json_array_add_object_element (entries, object);
}

/**
 * billing_sandbox_store_save:
 * @self: a store
 *
 * Returns: (transfer full): everything that was put, in its order, and what the next ids derive
 *   from
 */
JsonObject *
billing_sandbox_store_save (BillingSandboxStore *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  JsonObject *state = json_object_new ();
  JsonArray *entries = json_array_new ();
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    g_ptr_array_add (all, entry);
  g_ptr_array_sort (all, compare_sequences);
  for (guint i = 0; i < all->len; i++)
    save_entry (g_ptr_array_index (all, i), entries);

  json_object_set_int_member (state, "random", (gint64) self->random);
  json_object_set_string_member (
    state, "bank",
    ((BillingSandboxEntry *) g_ptr_array_index (self->all[BILLING_SANDBOX_BANK_ACCOUNT], 0))->id);
  json_object_set_array_member (state, "entries", entries);
  return state;
}

static void
forget_all (BillingSandboxStore *self)
{
  for (guint i = 0; i < BILLING_SANDBOX_N_KINDS; i++)
    {
      g_ptr_array_set_size (self->all[i], 0);
      g_hash_table_remove_all (self->changed[i]);
    }
  g_hash_table_foreach (self->indices, free_bucket_cb, NULL);
  g_hash_table_remove_all (self->indices);
  g_hash_table_remove_all (self->by_id);
}

/**
 * billing_sandbox_store_load:
 * @self: a store, which has its history already
 * @state: what billing_sandbox_store_save() said
 *
 * Puts all that @state has in place of what was there.
 */
void
billing_sandbox_store_load (BillingSandboxStore *self,
                            JsonObject          *state)
{
  JsonArray *entries = json_object_get_array_member (state, "entries");

  forget_all (self);
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);
      int kind = billing_sandbox_kind_from_name (billing_sandbox_json_string (entry, "kind"));
      g_autoptr (JsonObject) object = NULL;

      if (kind < 0)
        continue;
      object = billing_sandbox_kind_new (kind);
      grow_members (object, billing_sandbox_json_child (entry, "difference"));
      billing_sandbox_store_put (self, object)->deleted =
        billing_sandbox_json_bool (entry, "deleted");
    }
  self->random = (guint64) billing_sandbox_json_int (state, "random", 0);
}
