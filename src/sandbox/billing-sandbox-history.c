/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-history-private.h"

#include <string.h>

#include "billing-sandbox-charges.h"
#include "billing-sandbox-json.h"

void
billing_sandbox_history_extra_clear (gpointer data)
{
  Extra *extra = data;

  g_free (extra->customer);
  g_free (extra->name);
  g_free (extra->email);
  g_free (extra->description);
  g_free (extra->metadata);
  g_free (extra->refund_metadata);
  g_free (extra->charge);
  g_free (extra->payment_intent);
  g_free (extra->refund);
}

static void
reel_clear (gpointer data)
{
  Reel *reel = data;

  billing_sandbox_tape_free (reel->tape);
  g_free (reel->name);
}

/**
 * billing_sandbox_history_new:
 * @seed: what the ids are derived from
 * @until: when it ends
 *
 * Returns: (transfer full): a past in which nothing has happened yet
 */
BillingSandboxHistory *
billing_sandbox_history_new (guint64 seed,
                             gint64  until)
{
  BillingSandboxHistory *self = g_new0 (BillingSandboxHistory, 1);

  self->seed = seed;
  self->until = until;
  self->reels = g_array_new (FALSE, FALSE, sizeof (Reel));
  g_array_set_clear_func (self->reels, reel_clear);
  self->currencies = g_ptr_array_new_with_free_func (g_free);
  self->deeds = g_array_new (FALSE, TRUE, sizeof (Deed));
  self->extras = g_array_new (FALSE, TRUE, sizeof (Extra));
  g_array_set_clear_func (self->extras, billing_sandbox_history_extra_clear);
  self->emails = g_hash_table_new (g_str_hash, g_str_equal);
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < BILLING_SANDBOX_N_KINDS; i++)
    self->rows[i] = g_array_new (FALSE, TRUE, sizeof (Row));
  billing_sandbox_history_add_reel (self, "customer", 0, billing_sandbox_tape_new_customer ());

  return self;
}

void
billing_sandbox_history_free (BillingSandboxHistory *self)
{
  for (guint i = 0; i < BILLING_SANDBOX_N_KINDS; i++)
    g_array_unref (self->rows[i]);
  g_hash_table_unref (self->ids);
  g_hash_table_unref (self->emails);
  g_array_unref (self->extras);
  g_array_unref (self->deeds);
  g_ptr_array_unref (self->currencies);
  g_array_unref (self->reels);
  g_free (self->bank);
  g_free (self);
}

guint
billing_sandbox_history_add_reel (BillingSandboxHistory *self,
          const char            *name,
          guint                  currency,
          BillingSandboxTape    *tape)
{
  Reel reel = { tape, g_strdup (name), currency };

  g_array_append_val (self->reels, reel);
  return self->reels->len - 1;
}

static gint64
count_base (const Deed         *deed,
            BillingSandboxBase  base)
{
  switch (base)
    {
    case BILLING_SANDBOX_FROM_AMOUNT:
      return deed->amount;
    case BILLING_SANDBOX_FROM_FEE:
      return billing_sandbox_charge_fee (deed->amount, FALSE);
    case BILLING_SANDBOX_FROM_NET:
      return deed->amount - billing_sandbox_charge_fee (deed->amount, FALSE);
    case BILLING_SANDBOX_FROM_PART:
      return deed->part;
    case BILLING_SANDBOX_FROM_CREATED:
      return deed->created;
    case BILLING_SANDBOX_FROM_LATER:
      return deed->later;
    case BILLING_SANDBOX_FROM_CREATED_DAY:
    case BILLING_SANDBOX_FROM_CREATED_NIGHT:
      return deed->created / BILLING_SANDBOX_DAY;
    case BILLING_SANDBOX_FROM_LATER_DAY:
      return deed->later / BILLING_SANDBOX_DAY;
    case BILLING_SANDBOX_FROM_NOTHING:
    default:
      return 0;
    }
}

gint64
billing_sandbox_history_number (const Deed                 *deed,
       const BillingSandboxNumber *number)
{
  gint64 base = count_base (deed, number->base);
  gint64 value = number->negative ? number->offset - base : number->offset + base;

  if (number->base == BILLING_SANDBOX_FROM_CREATED_NIGHT)
    return (value + 1) * BILLING_SANDBOX_DAY - 1;

  return number->base == BILLING_SANDBOX_FROM_CREATED_DAY ||
             number->base == BILLING_SANDBOX_FROM_LATER_DAY
           ? value * BILLING_SANDBOX_DAY
           : value;
}

typedef struct
{
  BillingSandboxHistory *self;
  const Row *row;
} Player;

static void
write_text (GString    *text,
            const char *value)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;

  if (value == NULL)
    {
      g_string_append (text, "null");
      return;
    }

  node = json_node_init_string (json_node_alloc (), value);
  json = json_to_string (node, FALSE);
  g_string_append (text, json);
}

static void
write_name (BillingSandboxHistory *self,
            GString               *text,
            guint                  deed)
{
  static const char *const first[] = { "Ada",  "Ben",   "Cara", "Dan",  "Eva",  "Finn", "Gina",
                                       "Hugo", "Ines",  "Jack", "Kim",  "Leo",  "Mia",  "Noah",
                                       "Olga", "Paul",  "Rosa", "Sam",  "Tina", "Uma",  "Vera" };
  static const char *const last[] = { "Adams", "Baker", "Clark", "Davis", "Evans", "Foster",
                                      "Green", "Hall",  "Irwin", "Jones", "Kelly", "Lewis",
                                      "Moore", "Nolan", "Owens", "Price", "Quinn", "Reed",
                                      "Scott", "Tyler", "Usher", "Vance", "Wood" };
  guint64 hash = billing_sandbox_history_hash (self, deed);
  Extra *extra = extra_of (self, deed);

  if (extra != NULL)
    write_text (text, extra->name);
  else
    g_string_append_printf (text, "\"%s %s\"", first[hash % G_N_ELEMENTS (first)],
                            last[hash / 64 % G_N_ELEMENTS (last)]);
}

static void
write_email (BillingSandboxHistory *self,
             GString               *text,
             guint                  deed)
{
  Extra *extra = extra_of (self, deed);

  if (extra != NULL)
    write_text (text, extra->email);
  else
    g_string_append_printf (text, "\"patient%u@example.com\"", deed);
}

static void
write_description (BillingSandboxHistory *self,
                   GString               *text,
                   guint                  deed)
{
  static const char *const reasons[] = { "Office visit", "Treatment", "Consultation", "Lab work" };
  guint64 hash = billing_sandbox_history_hash (self, deed);
  Extra *extra = extra_of (self, deed);

  if (extra != NULL)
    write_text (text, extra->description);
  else
    g_string_append_printf (text, "\"%s\"", reasons[hash % G_N_ELEMENTS (reasons)]);
}

static void
write_metadata (BillingSandboxHistory *self,
                GString               *text,
                guint                  deed,
                gboolean               refund)
{
  Extra *extra = extra_of (self, deed);
  const char *metadata = extra == NULL ? NULL : refund ? extra->refund_metadata : extra->metadata;

  g_string_append (text, metadata != NULL ? metadata : "{}");
}

static void
fill_id (Player                  *player,
         GString                 *text,
         const BillingSandboxGap *gap)
{
  guint owner = gap->owner == BILLING_SANDBOX_OWN ? player->row->deed + 1
                : gap->owner == BILLING_SANDBOX_ITS_CUSTOMER
                  ? deed_at (player->self, player->row->deed)->customer
                  : player->row->payout;

  if (owner == 0)
    {
      g_string_append (text, "null");
      return;
    }

  if (gap->whole)
    g_string_append_c (text, '"');
  if (gap->kind == BILLING_SANDBOX_BANK_ACCOUNT)
    g_string_append (text, player->self->bank);
  else
    billing_sandbox_history_write_id (player->self, text, gap->kind, owner - 1, gap->ordinal);
  if (gap->whole)
    g_string_append_c (text, '"');
}

static void
fill_random (Player                  *player,
             GString                 *text,
             const BillingSandboxGap *gap)
{
  gsize from = text->len + (gap->whole ? 1 : 0);

  if (gap->whole)
    g_string_append_c (text, '"');
  billing_sandbox_history_write_random (player->self, text,
                (G_GUINT64_CONSTANT (1) << 56) + ((guint64) player->row->deed << 8) + gap->ordinal,
                gap->length);
  /* The prefix of invoices is the only short one, and in capital letters. */
  if (gap->length == 8)
    {
      for (gsize i = from; i < text->len; i++)
        text->str[i] = g_ascii_toupper (text->str[i]);
    }
  if (gap->whole)
    g_string_append_c (text, '"');
}

static void
fill_cb (GString                 *text,
         const BillingSandboxGap *gap,
         gpointer                 data)
{
  Player *player = data;
  BillingSandboxHistory *self = player->self;
  guint deed = player->row->deed;

  switch (gap->type)
    {
    case BILLING_SANDBOX_GAP_ID:
      fill_id (player, text, gap);
      break;
    case BILLING_SANDBOX_GAP_NUMBER:
      g_string_append_printf (text, "%" G_GINT64_FORMAT,
                              billing_sandbox_history_number (deed_at (self, deed), &gap->number));
      break;
    case BILLING_SANDBOX_GAP_RANDOM:
      fill_random (player, text, gap);
      break;
    case BILLING_SANDBOX_GAP_NAME:
      write_name (self, text, deed);
      break;
    case BILLING_SANDBOX_GAP_EMAIL:
      write_email (self, text, deed);
      break;
    case BILLING_SANDBOX_GAP_DESCRIPTION:
      write_description (self, text, deed);
      break;
    case BILLING_SANDBOX_GAP_METADATA:
    default:
      write_metadata (self, text, deed, gap->ordinal == 1);
    }
}

/**
 * billing_sandbox_history_write:
 * @self: a history
 * @kind: a kind
 * @place: which of them, oldest first
 * @with_private: whether with what is for the sandbox only
 * @text: where to write the object, as JSON
 */
void
billing_sandbox_history_write (BillingSandboxHistory *self,
                               BillingSandboxKind     kind,
                               guint                  place,
                               gboolean               with_private,
                               GString               *text)
{
  Player player = { self, row_at (self, kind, place) };

  billing_sandbox_form_write (item_of (self, player.row)->form, with_private, text, fill_cb,
                              &player);
}

gint64
billing_sandbox_history_begin (BillingSandboxHistory *self)
{
  GArray *rows = self->rows[BILLING_SANDBOX_PAYMENT_INTENT];

  return rows->len > 0 ? g_array_index (rows, Row, 0).created - BILLING_SANDBOX_DAY : self->until;
}

gint64
billing_sandbox_history_end (BillingSandboxHistory *self)
{
  return self->until;
}

guint
billing_sandbox_history_count (BillingSandboxHistory *self,
                               BillingSandboxKind     kind)
{
  return self->rows[kind]->len;
}

gint64
billing_sandbox_history_created (BillingSandboxHistory *self,
                                 BillingSandboxKind     kind,
                                 guint                  place)
{
  return row_at (self, kind, place)->created;
}

/**
 * billing_sandbox_history_settled:
 * @self: a history
 * @place: of a balance transaction
 *
 * Returns: whether it has been paid out
 */
gboolean
billing_sandbox_history_settled (BillingSandboxHistory *self,
                                 guint                  place)
{
  return row_at (self, BILLING_SANDBOX_BALANCE_TRANSACTION, place)->payout != 0;
}

char *
billing_sandbox_history_id (BillingSandboxHistory *self,
                            BillingSandboxKind     kind,
                            guint                  place)
{
  const Row *row = row_at (self, kind, place);
  GString *text = g_string_sized_new (32);

  billing_sandbox_history_write_id (self, text, kind, row->deed, item_of (self, row)->ordinal);
  return g_string_free (text, FALSE);
}

/* By time; what was made at the same time, in the order in which it was. */
int
billing_sandbox_history_compare (gconstpointer a,
                                 gconstpointer b)
{
  const Row *left = a;
  const Row *right = b;

  if (left->created != right->created)
    return left->created < right->created ? -1 : 1;
  if (left->deed != right->deed)
    return left->deed < right->deed ? -1 : 1;

  return (int) left->item - (int) right->item;
}

/* Returns: the first place whose row is not before @row */
static guint
find_place (GArray    *rows,
            const Row *row)
{
  guint low = 0;
  guint high = rows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (billing_sandbox_history_compare (&g_array_index (rows, Row, middle), row) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/**
 * billing_sandbox_history_place:
 * @self: a history
 * @kind: a kind
 * @created: a time
 *
 * Returns: the place of the first object that is not older than @created
 */
guint
billing_sandbox_history_place (BillingSandboxHistory *self,
                               BillingSandboxKind     kind,
                               gint64                 created)
{
  Row row = { .created = (guint32) CLAMP (created, 0, G_MAXUINT32) };

  return created > G_MAXUINT32 ? self->rows[kind]->len : find_place (self->rows[kind], &row);
}

static guint
place_of (BillingSandboxHistory *self,
          BillingSandboxKind     kind,
          guint                  deed,
          guint                  item)
{
  const BillingSandboxTapeItem *what =
    billing_sandbox_tape_item (reel_of (self, deed)->tape, item);
  gint64 created = billing_sandbox_history_number (deed_at (self, deed), &what->created);
  Row row = { .created = (guint32) created,
              .deed = deed,
              .item = (guint8) item };
  guint place = find_place (self->rows[kind], &row);

  return place < self->rows[kind]->len &&
             billing_sandbox_history_compare (row_at (self, kind, place), &row) == 0
           ? place
           : BILLING_SANDBOX_NOWHERE;
}

/**
 * billing_sandbox_history_find:
 * @self: a history
 * @id: any id
 * @kind: (out): what it is of
 *
 * Returns: its place among that kind, or %BILLING_SANDBOX_NOWHERE
 */
guint
billing_sandbox_history_find (BillingSandboxHistory *self,
                              const char            *id,
                              BillingSandboxKind    *kind)
{
  BillingSandboxTape *tape;
  Name name;

  if (!billing_sandbox_history_read_id (self, id, &name))
    return BILLING_SANDBOX_NOWHERE;

  *kind = name.kind;
  tape = reel_of (self, name.deed)->tape;
  for (guint i = 0; i < billing_sandbox_tape_length (tape); i++)
    {
      const BillingSandboxTapeItem *item = billing_sandbox_tape_item (tape, i);

      if (item->kind == name.kind && item->ordinal == name.ordinal)
        return place_of (self, name.kind, name.deed, i);
    }

  return BILLING_SANDBOX_NOWHERE;
}

static const char *
constant_of (BillingSandboxHistory *self,
             const Row             *row,
             const char            *member)
{
  const char *value = billing_sandbox_json_string (item_of (self, row)->sample, member);

  return value != NULL && billing_sandbox_tape_gap (reel_of (self, row->deed)->tape, value) == NULL
           ? value
           : NULL;
}

/**
 * billing_sandbox_history_constant:
 * @self: a history
 * @kind: a kind
 * @place: which of them
 * @member: a member
 *
 * Returns: (nullable): its value, where it takes no writing of the object to know it
 */
const char *
billing_sandbox_history_constant (BillingSandboxHistory *self,
                                  BillingSandboxKind     kind,
                                  guint                  place,
                                  const char            *member)
{
  return constant_of (self, row_at (self, kind, place), member);
}

/* What is about the same deed as @name. */
static void
gather_own (BillingSandboxHistory *self,
            BillingSandboxKind     kind,
            const char            *member,
            const Name            *name,
            GArray                *places)
{
  BillingSandboxTape *tape = reel_of (self, name->deed)->tape;

  for (guint i = 0; i < billing_sandbox_tape_length (tape); i++)
    {
      const BillingSandboxTapeItem *item = billing_sandbox_tape_item (tape, i);
      const char *value = billing_sandbox_json_string (item->sample, member);
      const BillingSandboxGap *gap =
        value != NULL ? billing_sandbox_tape_gap (tape, value) : NULL;
      guint place;

      if (item->kind != kind || gap == NULL || gap->type != BILLING_SANDBOX_GAP_ID ||
          gap->owner != BILLING_SANDBOX_OWN || gap->kind != name->kind ||
          gap->ordinal != name->ordinal)
        continue;

      place = place_of (self, kind, name->deed, i);
      if (place != BILLING_SANDBOX_NOWHERE)
        g_array_append_val (places, place);
    }
}

static gboolean
has_owner (BillingSandboxHistory *self,
           const Row             *row,
           const char            *member,
           const Name            *name)
{
  BillingSandboxTape *tape = reel_of (self, row->deed)->tape;
  const char *value;
  const BillingSandboxGap *gap;

  if ((name->kind == BILLING_SANDBOX_PAYOUT ? row->payout : deed_at (self, row->deed)->customer) !=
      name->deed + 1)
    return FALSE;

  value = billing_sandbox_json_string (item_of (self, row)->sample, member);
  gap = value != NULL ? billing_sandbox_tape_gap (tape, value) : NULL;
  return gap != NULL && gap->type == BILLING_SANDBOX_GAP_ID && gap->kind == name->kind;
}

static gboolean
has_text (BillingSandboxHistory *self,
          BillingSandboxKind     kind,
          const Row             *row,
          const char            *member,
          const char            *value)
{
  g_autoptr (GString) text = NULL;
  g_autoptr (GString) quoted = NULL;

  if (kind != BILLING_SANDBOX_CUSTOMER || !g_str_equal (member, "email"))
    return g_strcmp0 (constant_of (self, row, member), value) == 0;

  text = g_string_new (NULL);
  quoted = g_string_new (NULL);
  write_email (self, text, row->deed);
  write_text (quoted, value);
  return g_string_equal (text, quoted);
}

/**
 * billing_sandbox_history_where:
 * @self: a history
 * @kind: a kind
 * @member: a member by which lists are filtered
 * @value: a text
 *
 * Returns: (transfer full): the places of those that have @value, oldest first
 */
GArray *
billing_sandbox_history_where (BillingSandboxHistory *self,
                               BillingSandboxKind     kind,
                               const char            *member,
                               const char            *value)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));
  Name name;
  gboolean is_name = billing_sandbox_history_read_id (self, value, &name);
  gboolean by_owner = is_name && (name.kind == BILLING_SANDBOX_CUSTOMER ||
                                  g_str_equal (member, "_payout"));

  if (is_name && !by_owner)
    {
      gather_own (self, kind, member, &name, places);
      return places;
    }

  for (guint i = 0; i < self->rows[kind]->len; i++)
    {
      const Row *row = row_at (self, kind, i);

      if (by_owner ? has_owner (self, row, member, &name)
                   : has_text (self, kind, row, member, value))
        g_array_append_val (places, i);
    }

  return places;
}
