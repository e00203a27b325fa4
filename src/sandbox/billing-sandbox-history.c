/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-history.h"

#include <string.h>

#include "billing-sandbox-charges.h"
#include "billing-sandbox-json.h"
#include "billing-sandbox-tape.h"

#define EVENTS_FOR (30 * BILLING_SANDBOX_DAY)
#define ORDINALS 64

/* When nothing more becomes of a dispute, and when a payment's money has been paid out. */
#define LONG_AGO 50
#define OF_LATE 5
#define N_LETTERS 62

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/* What was done once: a customer's coming, a payment, a payout. */
typedef struct
{
  gint64 amount;
  gint64 part;       /* what was refunded of it */
  guint32 created;
  guint32 later;     /* when it was refunded */
  guint32 customer;  /* the deed of its coming + 1, or 0 */
  guint32 extra;     /* what a file said of it + 1, or 0 */
  guint8 reel;
} Deed;

/* One object. */
typedef struct
{
  guint32 created;
  guint32 deed;
  guint32 payout;    /* of a balance transaction: the deed of its payout + 1, or 0 */
  guint8 item;       /* which of its tape */
} Row;

/* What a file said. */
typedef struct
{
  char *customer;       /* (owned) (nullable) */
  char *name;           /* (owned) (nullable) */
  char *email;          /* (owned) (nullable) */
  char *description;    /* (owned) (nullable) */
  char *metadata;       /* (owned) (nullable) */
  char *charge;         /* (owned) (nullable) */
  char *payment_intent; /* (owned) (nullable) */
  char *refund;         /* (owned) (nullable) */
} Extra;

typedef struct
{
  BillingSandboxTape *tape; /* (owned) */
  char *name;               /* (owned): what it is of */
  guint currency;           /* in the list of payout reels */
} Reel;

struct _BillingSandboxHistory
{
  guint64 seed;
  gint64 until;
  char *bank;               /* (owned) (nullable): the id of the bank account */
  GArray *reels;            /* (owned): of Reel; the first one is of a customer */
  GPtrArray *currencies;    /* (owned): of the names of the currencies */
  GArray *deeds;            /* (owned): of Deed */
  GArray *extras;           /* (owned): of Extra */
  GHashTable *emails;       /* (owned): email, in an extra -> deed + 1 */
  GHashTable *ids;          /* (owned): id, in an extra -> deed + 1 */
  GArray *rows[BILLING_SANDBOX_N_KINDS]; /* (owned): of Row, oldest first */
};

static void
extra_clear (gpointer data)
{
  Extra *extra = data;

  g_free (extra->customer);
  g_free (extra->name);
  g_free (extra->email);
  g_free (extra->description);
  g_free (extra->metadata);
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

static guint
add_reel (BillingSandboxHistory *self,
          const char            *name,
          guint                  currency,
          BillingSandboxTape    *tape)
{
  Reel reel = { tape, g_strdup (name), currency };

  g_array_append_val (self->reels, reel);
  return self->reels->len - 1;
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
  g_array_set_clear_func (self->extras, extra_clear);
  self->emails = g_hash_table_new (g_str_hash, g_str_equal);
  self->ids = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < BILLING_SANDBOX_N_KINDS; i++)
    self->rows[i] = g_array_new (FALSE, TRUE, sizeof (Row));
  add_reel (self, "customer", 0, billing_sandbox_tape_new_customer ());

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

static Deed *
deed_at (BillingSandboxHistory *self,
         guint                  i)
{
  return &g_array_index (self->deeds, Deed, i);
}

static Row *
row_at (BillingSandboxHistory *self,
        BillingSandboxKind     kind,
        guint                  place)
{
  return &g_array_index (self->rows[kind], Row, place);
}

static Reel *
reel_of (BillingSandboxHistory *self,
         guint                  deed)
{
  return &g_array_index (self->reels, Reel, deed_at (self, deed)->reel);
}

static const BillingSandboxTapeItem *
item_of (BillingSandboxHistory *self,
         const Row             *row)
{
  return billing_sandbox_tape_item (reel_of (self, row->deed)->tape, row->item);
}

static Extra *
extra_of (BillingSandboxHistory *self,
          guint                  deed)
{
  guint extra = deed_at (self, deed)->extra;

  return extra != 0 ? &g_array_index (self->extras, Extra, extra - 1) : NULL;
}

/* Numbers */

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
      return deed->created / BILLING_SANDBOX_DAY;
    case BILLING_SANDBOX_FROM_LATER_DAY:
      return deed->later / BILLING_SANDBOX_DAY;
    case BILLING_SANDBOX_FROM_NOTHING:
    default:
      return 0;
    }
}

static gint64
count (const Deed                 *deed,
       const BillingSandboxNumber *number)
{
  gint64 base = count_base (deed, number->base);
  gint64 value = number->negative ? number->offset - base : number->offset + base;

  return number->base == BILLING_SANDBOX_FROM_CREATED_DAY ||
             number->base == BILLING_SANDBOX_FROM_LATER_DAY
           ? value * BILLING_SANDBOX_DAY
           : value;
}

/* Ids: the place of what they name, enciphered, so that nothing needs to be looked up.  A Feistel
   network of four rounds is a permutation of all 64-bit numbers, and easily run backwards. */

static guint32
scramble (guint64 key,
          guint32 half)
{
  guint64 z = (key ^ half) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 29)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  return (guint32) (z >> 32);
}

static guint64
encipher (guint64 key,
          guint64 value)
{
  guint32 left = (guint32) (value >> 32);
  guint32 right = (guint32) value;

  for (guint round = 0; round < 4; round++)
    {
      guint32 next = left ^ scramble (key + round, right);

      left = right;
      right = next;
    }

  return (guint64) left << 32 | right;
}

static guint64
decipher (guint64 key,
          guint64 value)
{
  guint32 left = (guint32) (value >> 32);
  guint32 right = (guint32) value;

  for (guint round = 4; round > 0; round--)
    {
      guint32 before = right ^ scramble (key + round - 1, left);

      right = left;
      left = before;
    }

  return (guint64) left << 32 | right;
}

/* Eleven letters hold 64 bits. */
#define CIPHER 11

static guint64
key_of (BillingSandboxHistory *self,
        BillingSandboxKind     kind)
{
  guint hash = g_str_hash (billing_sandbox_kind_info (kind)->prefix);

  return (self->seed + 1) * G_GUINT64_CONSTANT (0xd1342543de82ef95) + hash * 16;
}

static void
write_letters (GString *text,
               guint64  value,
               guint    length)
{
  for (guint i = 0; i < length; i++)
    {
      g_string_append_c (text, letters[value % N_LETTERS]);
      value /= N_LETTERS;
    }
}

static void
write_random (BillingSandboxHistory *self,
              GString               *text,
              guint64                what,
              guint                  length)
{
  for (guint done = 0; done < length; done += 10)
    write_letters (text, encipher (self->seed * 31 + done, what), MIN (10, length - done));
}

static const char *
given_id (BillingSandboxHistory *self,
          BillingSandboxKind     kind,
          guint                  deed,
          guint                  ordinal)
{
  Extra *extra = extra_of (self, deed);

  if (extra == NULL || ordinal != 0)
    return NULL;

  return kind == BILLING_SANDBOX_CHARGE           ? extra->charge
         : kind == BILLING_SANDBOX_PAYMENT_INTENT ? extra->payment_intent
         : kind == BILLING_SANDBOX_REFUND         ? extra->refund
         : kind == BILLING_SANDBOX_CUSTOMER       ? extra->customer
                                                  : NULL;
}

static void
write_id (BillingSandboxHistory *self,
          GString               *text,
          BillingSandboxKind     kind,
          guint                  deed,
          guint                  ordinal)
{
  const BillingSandboxKindInfo *info = billing_sandbox_kind_info (kind);
  const char *given = given_id (self, kind, deed, ordinal);
  guint64 place = (guint64) deed * ORDINALS + ordinal;

  if (given != NULL)
    {
      g_string_append (text, given);
      return;
    }

  g_string_append (text, info->prefix);
  write_letters (text, encipher (key_of (self, kind), place), CIPHER);
  write_random (self, text, place ^ key_of (self, kind), info->length - CIPHER);
}

typedef struct
{
  BillingSandboxKind kind;
  guint deed;
  guint ordinal;
} Name;

static gboolean
read_letters (const char *text,
              guint64    *value)
{
  *value = 0;
  for (guint i = CIPHER; i > 0; i--)
    {
      const char *letter = strchr (letters, text[i - 1]);

      if (letter == NULL)
        return FALSE;
      *value = *value * N_LETTERS + (guint64) (letter - letters);
    }

  return TRUE;
}

static gboolean
read_given (BillingSandboxHistory *self,
            const char            *id,
            Name                  *name)
{
  static const BillingSandboxKind kinds[] = { BILLING_SANDBOX_CHARGE,
                                              BILLING_SANDBOX_PAYMENT_INTENT,
                                              BILLING_SANDBOX_REFUND, BILLING_SANDBOX_CUSTOMER };
  guint deed = GPOINTER_TO_UINT (g_hash_table_lookup (self->ids, id));

  for (guint i = 0; deed != 0 && i < G_N_ELEMENTS (kinds); i++)
    {
      *name = (Name) { kinds[i], deed - 1, 0 };
      if (g_strcmp0 (given_id (self, kinds[i], deed - 1, 0), id) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
read_id (BillingSandboxHistory *self,
         const char            *id,
         Name                  *name)
{
  gsize length = strlen (id);
  guint64 cipher;

  if (read_given (self, id, name))
    return TRUE;

  for (guint kind = 0; kind < BILLING_SANDBOX_N_KINDS; kind++)
    {
      const BillingSandboxKindInfo *info = billing_sandbox_kind_info (kind);
      g_autoptr (GString) again = NULL;

      if (info->length < CIPHER || length != strlen (info->prefix) + info->length ||
          !g_str_has_prefix (id, info->prefix) ||
          !read_letters (id + strlen (info->prefix), &cipher))
        continue;

      cipher = decipher (key_of (self, kind), cipher);
      if (cipher / ORDINALS >= self->deeds->len)
        continue;

      *name = (Name) { kind, (guint) (cipher / ORDINALS), (guint) (cipher % ORDINALS) };
      again = g_string_new (NULL);
      write_id (self, again, kind, name->deed, name->ordinal);
      if (g_str_equal (again->str, id))
        return TRUE;
    }

  return FALSE;
}

/* Playing */

typedef struct
{
  BillingSandboxHistory *self;
  const Row *row;
} Player;

static guint64
hash_of (BillingSandboxHistory *self,
         guint                  deed)
{
  return encipher (self->seed ^ G_GUINT64_CONSTANT (0x6a09e667f3bcc908), deed);
}

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
  guint64 hash = hash_of (self, deed);
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
  Extra *extra = extra_of (self, deed);

  if (extra != NULL)
    write_text (text, extra->description);
  else
    g_string_append_printf (text, "\"%s\"", reasons[hash_of (self, deed) % G_N_ELEMENTS (reasons)]);
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
    write_id (player->self, text, gap->kind, owner - 1, gap->ordinal);
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
  write_random (player->self, text,
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
  Extra *extra;

  switch (gap->type)
    {
    case BILLING_SANDBOX_GAP_ID:
      fill_id (player, text, gap);
      break;
    case BILLING_SANDBOX_GAP_NUMBER:
      g_string_append_printf (text, "%" G_GINT64_FORMAT,
                              count (deed_at (self, deed), &gap->number));
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
      extra = extra_of (self, deed);
      g_string_append (text, extra != NULL && extra->metadata != NULL ? extra->metadata : "{}");
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

/* Adding */

static guint
find_currency (BillingSandboxHistory *self,
               const char            *currency)
{
  guint i;

  if (!g_ptr_array_find_with_equal_func (self->currencies, currency, g_str_equal, &i))
    {
      g_ptr_array_add (self->currencies, g_strdup (currency));
      i = self->currencies->len - 1;
    }

  return i;
}

/* Returns: the reel, or %G_MAXUINT having set @error */
static guint
find_reel (BillingSandboxHistory     *self,
           const BillingSandboxPast  *past,
           GError                   **error)
{
  BillingSandboxEnding ending = past->refunded == 0              ? BILLING_SANDBOX_PAID
                                : past->refunded == past->amount ? BILLING_SANDBOX_REFUNDED
                                                                 : BILLING_SANDBOX_PARTLY_REFUNDED;
  guint days = past->created < self->until - LONG_AGO * BILLING_SANDBOX_DAY ? LONG_AGO : OF_LATE;
  g_autofree char *name =
    g_strdup_printf ("%s %s %d %u", past->payment_method, past->currency, ending, days);
  BillingSandboxTape *tape;

  for (guint i = 0; i < self->reels->len; i++)
    {
      if (g_str_equal (g_array_index (self->reels, Reel, i).name, name))
        return i;
    }

  tape = billing_sandbox_tape_new_payment (past->payment_method, past->currency, ending, days,
                                           error);
  if (tape == NULL)
    return G_MAXUINT;

  return add_reel (self, name, find_currency (self, past->currency), tape);
}

static guint
add_extra (BillingSandboxHistory *self,
           Extra                  extra,
           guint                  deed)
{
  const char *const ids[] = { extra.customer, extra.charge, extra.payment_intent, extra.refund };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      if (ids[i] != NULL)
        g_hash_table_insert (self->ids, (gpointer) ids[i], GUINT_TO_POINTER (deed + 1));
    }

  g_array_append_val (self->extras, extra);
  return self->extras->len;
}

static guint
add_customer (BillingSandboxHistory    *self,
              const BillingSandboxPast *past)
{
  Deed deed = { .created = (guint32) past->created - 1 };
  Extra extra = { .customer = g_strdup (past->customer),
                  .name = g_strdup (past->name),
                  .email = g_strdup (past->email) };
  guint i = self->deeds->len;

  deed.extra = add_extra (self, extra, i);
  g_array_append_val (self->deeds, deed);
  if (extra.email != NULL)
    g_hash_table_insert (self->emails, extra.email, GUINT_TO_POINTER (i + 1));
  return i + 1;
}

/* Returns: the deed + 1 of who pays, or 0 where that is nobody */
static guint
find_customer (BillingSandboxHistory    *self,
               const BillingSandboxPast *past)
{
  guint customer = 0;

  if (past->customer != NULL)
    customer = GPOINTER_TO_UINT (g_hash_table_lookup (self->ids, past->customer));
  else if (past->email != NULL)
    customer = GPOINTER_TO_UINT (g_hash_table_lookup (self->emails, past->email));
  if (customer != 0)
    return customer;

  return past->customer != NULL || past->name != NULL || past->email != NULL
           ? add_customer (self, past)
           : 0;
}

/**
 * billing_sandbox_history_add:
 * @self: a history that is not closed
 * @past: a payment
 * @error: where to say why not
 *
 * Returns: whether there is such a card and such a currency
 */
gboolean
billing_sandbox_history_add (BillingSandboxHistory     *self,
                             const BillingSandboxPast  *past,
                             GError                   **error)
{
  guint reel = find_reel (self, past, error);
  Deed deed = { .amount = past->amount,
                .part = past->refunded,
                .created = (guint32) past->created,
                .later = (guint32) past->refunded_at,
                .reel = (guint8) reel };
  Extra extra = { .description = g_strdup (past->description),
                  .metadata = g_strdup (past->metadata),
                  .charge = g_strdup (past->charge),
                  .payment_intent = g_strdup (past->payment_intent),
                  .refund = g_strdup (past->refund) };

  if (reel == G_MAXUINT)
    {
      extra_clear (&extra);
      return FALSE;
    }

  deed.customer = find_customer (self, past);
  deed.extra = add_extra (self, extra, self->deeds->len);
  g_array_append_val (self->deeds, deed);
  return TRUE;
}

static guint
reel_of_card (BillingSandboxHistory *self,
              const char            *card,
              const Deed            *deed)
{
  BillingSandboxPast past = { .payment_method = card,
                              .currency = "usd",
                              .amount = deed->amount,
                              .created = deed->created,
                              .refunded = deed->part };
  g_autoptr (GError) error = NULL;
  guint reel = find_reel (self, &past, &error);

  if (reel == G_MAXUINT)
    g_error ("The history cannot be made: %s", error->message);

  return reel;
}

#define YEARS (730 * BILLING_SANDBOX_DAY)

static void
add_one (BillingSandboxHistory *self,
         gint64                 created)
{
  static const char *const good[] = { "pm_card_visa", "pm_card_visa", "pm_card_mastercard",
                                      "pm_card_amex", "pm_card_visa_debit", "pm_card_discover" };
  static const char *const bad[] = { "pm_card_visa_chargeDeclined",
                                     "pm_card_visa_chargeDeclinedInsufficientFunds",
                                     "pm_card_chargeDeclinedExpiredCard" };
  guint64 hash = hash_of (self, self->deeds->len);
  guint chance = (guint) (hash % 1000);
  guint choice = (guint) (hash / 1000 % 6);
  Deed deed = { .amount = 1500 + (gint64) (hash / 6000 % 28500), .created = (guint32) created };
  gint64 later = created + BILLING_SANDBOX_DAY / 24 + (gint64) (hash / 1000000 % (20 * 86400));

  /* Five in a hundred failed, three were refunded, one of them in part; one in a thousand is disputed. */
  if (chance >= 50 && chance < 80 && later < self->until)
    {
      deed.part = chance < 70 ? deed.amount : deed.amount / 2;
      deed.later = (guint32) later;
    }
  deed.reel = (guint8) reel_of_card (self, chance < 50   ? bad[choice % 3]
                                           : chance == 80 ? "pm_card_createDispute" : good[choice],
                                     &deed);

  g_array_append_val (self->deeds, deed);
}

/**
 * billing_sandbox_history_add_some:
 * @self: a history that is not closed
 * @n: how many payments
 *
 * Spreads them over the last two years; every fourth one is a new customer's.
 */
void
billing_sandbox_history_add_some (BillingSandboxHistory *self,
                                  guint                  n)
{
  g_autoptr (GArray) customers = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n / 4 + 1);
  gint64 last = self->until - 3600;

  for (guint i = 0; i < n; i++)
    {
      gint64 created = last - YEARS + YEARS / n * (i + 1) + YEARS % n * (i + 1) / n;
      guint32 customer;

      if (i % 4 == 0)
        {
          Deed deed = { .created = (guint32) created - 1 };

          customer = self->deeds->len;
          g_array_append_val (self->deeds, deed);
          g_array_append_val (customers, customer);
        }
      else
        customer = g_array_index (customers, guint32, hash_of (self, i) % customers->len);

      add_one (self, created);
      deed_at (self, self->deeds->len - 1)->customer = customer + 1;
    }
}

/* Closing */

static void
add_rows (BillingSandboxHistory *self,
          guint                  deed)
{
  BillingSandboxTape *tape = reel_of (self, deed)->tape;

  for (guint i = 0; i < billing_sandbox_tape_length (tape); i++)
    {
      const BillingSandboxTapeItem *item = billing_sandbox_tape_item (tape, i);
      gint64 created = count (deed_at (self, deed), &item->created);
      Row row = { .created = (guint32) created, .deed = deed, .item = (guint8) i };

      if (created > self->until ||
          (item->kind == BILLING_SANDBOX_EVENT && created < self->until - EVENTS_FOR))
        continue;
      g_array_append_val (self->rows[item->kind], row);
    }
}

static int
row_compare (gconstpointer a,
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

static void
sort_rows (GArray *rows)
{
  gboolean sorted = TRUE;

  for (guint i = 1; i < rows->len && sorted; i++)
    sorted = row_compare (&g_array_index (rows, Row, i - 1), &g_array_index (rows, Row, i)) < 0;

  if (!sorted)
    g_array_sort (rows, row_compare);
}

typedef struct
{
  guint currency;
  guint reel;
  guint from; /* every older transaction has been paid out */
} Payouts;

static gboolean
is_due (BillingSandboxHistory *self,
        const Row             *row,
        guint                  currency,
        gint64                 midnight)
{
  return row->payout == 0 && reel_of (self, row->deed)->currency == currency &&
         count (deed_at (self, row->deed), &item_of (self, row)->available_on) <= midnight;
}

/* As at every midnight: all that is available of a currency is paid out, if it is more than nothing. */
static void
pay_out (BillingSandboxHistory *self,
         Payouts               *payouts,
         guint                  n,
         gint64                 midnight)
{
  Deed deed = { .created = (guint32) midnight, .reel = (guint8) payouts->reel };

  for (guint i = payouts->from; i < n; i++)
    {
      const Row *row = row_at (self, BILLING_SANDBOX_BALANCE_TRANSACTION, i);

      if (is_due (self, row, payouts->currency, midnight))
        deed.amount += count (deed_at (self, row->deed), &item_of (self, row)->net);
    }
  if (deed.amount <= 0)
    return;

  g_array_append_val (self->deeds, deed);
  for (guint i = payouts->from; i < n; i++)
    {
      Row *row = row_at (self, BILLING_SANDBOX_BALANCE_TRANSACTION, i);

      if (is_due (self, row, payouts->currency, midnight))
        row->payout = self->deeds->len;
    }
  while (payouts->from < n)
    {
      const Row *row = row_at (self, BILLING_SANDBOX_BALANCE_TRANSACTION, payouts->from);

      if (row->payout == 0 && reel_of (self, row->deed)->currency == payouts->currency)
        break;
      payouts->from++;
    }
}

static void
pay_out_all (BillingSandboxHistory *self,
             GArray                *payouts)
{
  GArray *rows = self->rows[BILLING_SANDBOX_BALANCE_TRANSACTION];
  gint64 midnight;
  guint n = 0;

  if (rows->len == 0)
    return;

  midnight = (g_array_index (rows, Row, 0).created / BILLING_SANDBOX_DAY + 1) * BILLING_SANDBOX_DAY;
  for (; midnight <= self->until; midnight += BILLING_SANDBOX_DAY)
    {
      while (n < rows->len && g_array_index (rows, Row, n).created < midnight)
        n++;
      for (guint i = 0; i < payouts->len; i++)
        pay_out (self, &g_array_index (payouts, Payouts, i), n, midnight);
    }
}

static void
add_payouts (BillingSandboxHistory *self)
{
  g_autoptr (GArray) payouts = g_array_new (FALSE, FALSE, sizeof (Payouts));
  guint first = self->deeds->len;
  GArray *rows = self->rows[BILLING_SANDBOX_BALANCE_TRANSACTION];

  for (guint i = 0; i < self->currencies->len; i++)
    {
      const char *currency = g_ptr_array_index (self->currencies, i);
      Payouts one = { i, add_reel (self, currency, i, billing_sandbox_tape_new_payout (currency)),
                      0 };

      g_array_append_val (payouts, one);
    }

  pay_out_all (self, payouts);
  for (guint i = first; i < self->deeds->len; i++)
    add_rows (self, i);
  /* A payout's own transaction is one of those that it consists of. */
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);

      if (row->deed >= first)
        row->payout = row->deed + 1;
    }
}

/**
 * billing_sandbox_history_close:
 * @self: a history to which everything has been added
 * @bank: the id of the bank account to which payouts went
 *
 * Pays out, and puts everything in order.
 */
void
billing_sandbox_history_close (BillingSandboxHistory *self,
                               const char            *bank)
{
  self->bank = g_strdup (bank);
  for (guint i = 0; i < self->deeds->len; i++)
    add_rows (self, i);
  sort_rows (self->rows[BILLING_SANDBOX_BALANCE_TRANSACTION]);
  add_payouts (self);
  for (guint i = 0; i < BILLING_SANDBOX_N_KINDS; i++)
    sort_rows (self->rows[i]);
}

/* Asking */

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

  write_id (self, text, kind, row->deed, item_of (self, row)->ordinal);
  return g_string_free (text, FALSE);
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

      if (row_compare (&g_array_index (rows, Row, middle), row) < 0)
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
  Row row = { .created = (guint32) count (deed_at (self, deed), &what->created),
              .deed = deed,
              .item = (guint8) item };
  guint place = find_place (self->rows[kind], &row);

  return place < self->rows[kind]->len && row_compare (row_at (self, kind, place), &row) == 0
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

  if (!read_id (self, id, &name))
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
  gboolean is_name = read_id (self, value, &name);
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
