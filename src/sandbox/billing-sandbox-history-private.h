/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-sandbox-history.h"
#include "billing-sandbox-tape.h"

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
  char *refund_metadata; /* (owned) (nullable) */
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

/* What an id names. */
typedef struct
{
  BillingSandboxKind kind;
  guint deed;
  guint ordinal;
} Name;

static inline Deed *
deed_at (BillingSandboxHistory *self,
         guint                  i)
{
  return &g_array_index (self->deeds, Deed, i);
}

static inline Row *
row_at (BillingSandboxHistory *self,
        BillingSandboxKind     kind,
        guint                  place)
{
  return &g_array_index (self->rows[kind], Row, place);
}

static inline Reel *
reel_of (BillingSandboxHistory *self,
         guint                  deed)
{
  return &g_array_index (self->reels, Reel, deed_at (self, deed)->reel);
}

static inline const BillingSandboxTapeItem *
item_of (BillingSandboxHistory *self,
         const Row             *row)
{
  return billing_sandbox_tape_item (reel_of (self, row->deed)->tape, row->item);
}

static inline Extra *
extra_of (BillingSandboxHistory *self,
          guint                  deed)
{
  guint extra = deed_at (self, deed)->extra;

  return extra != 0 ? &g_array_index (self->extras, Extra, extra - 1) : NULL;
}

gint64 billing_sandbox_history_number (const Deed *deed, const BillingSandboxNumber *number);
guint billing_sandbox_history_add_reel (BillingSandboxHistory *self, const char *name,
                                        guint currency, BillingSandboxTape *tape);
int billing_sandbox_history_compare (gconstpointer a, gconstpointer b);
void billing_sandbox_history_extra_clear (gpointer data);
void billing_sandbox_history_write_id (BillingSandboxHistory *self, GString *text,
                                       BillingSandboxKind kind, guint deed, guint ordinal);
void billing_sandbox_history_write_random (BillingSandboxHistory *self, GString *text, guint64 what,
                                           guint length);
gboolean billing_sandbox_history_read_id (BillingSandboxHistory *self, const char *id, Name *name);
guint64 billing_sandbox_history_hash (BillingSandboxHistory *self, guint deed);
