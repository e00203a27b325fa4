/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-sandbox"

#include "config.h"

#include "billing-sandbox-tape.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-sandbox-charges.h"
#include "billing-sandbox-claims.h"
#include "billing-sandbox-json.h"

/* Values that stand out, so that each is found again wherever it went. */
#define SAMPLE_AMOUNT G_GINT64_CONSTANT (98765432)
#define SAMPLE_PART G_GINT64_CONSTANT (12345678)
#define SAMPLE_NAME "Sample Name"
#define SAMPLE_EMAIL "sample@sandbox.invalid"
#define SAMPLE_DESCRIPTION "Sample Description"
#define SAMPLE_METADATA "sample_metadata"
#define SAMPLE_REFUND_METADATA "sample_refund_metadata"
#define SAMPLE_PAYOUT "po_1SamplePayoutOfTransaction"
#define SAMPLE_REQUEST "SampleRequest1"

/* A number that is greater was counted from one of the values above. */
#define LARGE 1000000
#define TOLERANCE 10000

struct _BillingSandboxForm
{
  char *texts[2]; /* (owned): without and with what is for the sandbox only */
  GArray *cuts[2]; /* (owned): of Cut, in order */
};

typedef struct
{
  gsize at;
  BillingSandboxGap gap;
} Cut;

typedef enum
{
  CUSTOMER_ROLE,
  PAYMENT_ROLE,
  PAYOUT_ROLE,
} Role;

struct _BillingSandboxTape
{
  Role role;
  GArray *items;       /* (owned): of BillingSandboxTapeItem */
  GHashTable *names;   /* (owned): text (owned) -> BillingSandboxGap (owned) */
  gint64 created;
  gint64 later;        /* or 0 */
  gint64 amount;
};

/* Forms */

typedef struct
{
  BillingSandboxTape *tape; /* (not owned) */
  GString *text;
  GArray *cuts;
} Writer;

static void write_node (Writer *writer, const char *name, JsonNode *node);

static void
cut (Writer                  *writer,
     const BillingSandboxGap *gap)
{
  Cut here = { writer->text->len, *gap };

  g_array_append_val (writer->cuts, here);
}

static gboolean
count_time (BillingSandboxTape   *tape,
            gint64                value,
            BillingSandboxNumber *number)
{
  gboolean after = tape->later != 0 && value >= tape->later;
  gint64 base = after ? tape->later : tape->created;
  gint64 days = value / BILLING_SANDBOX_DAY - base / BILLING_SANDBOX_DAY;

  if (days < -60 || days > 400)
    return FALSE;

  /* A dispute can be answered until a day's last second. */
  if (!after && value % BILLING_SANDBOX_DAY == BILLING_SANDBOX_DAY - 1)
    *number = (BillingSandboxNumber) { BILLING_SANDBOX_FROM_CREATED_NIGHT, FALSE, days };
  else if (value % BILLING_SANDBOX_DAY == 0)
    *number = (BillingSandboxNumber) {
      after ? BILLING_SANDBOX_FROM_LATER_DAY : BILLING_SANDBOX_FROM_CREATED_DAY, FALSE, days
    };
  else
    *number = (BillingSandboxNumber) {
      after ? BILLING_SANDBOX_FROM_LATER : BILLING_SANDBOX_FROM_CREATED, FALSE, value - base
    };
  return TRUE;
}

static gboolean
count_amount (BillingSandboxTape   *tape,
              gint64                value,
              BillingSandboxNumber *number)
{
  gint64 fee = billing_sandbox_charge_fee (tape->amount, FALSE);
  const gint64 bases[] = { tape->amount, fee, tape->amount - fee, SAMPLE_PART };

  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      gint64 offset = value < 0 ? value + bases[i] : value - bases[i];

      if (ABS (offset) > TOLERANCE)
        continue;
      *number = (BillingSandboxNumber) { BILLING_SANDBOX_FROM_AMOUNT + i, value < 0, offset };
      return TRUE;
    }

  return FALSE;
}

static BillingSandboxNumber
count_from (BillingSandboxTape *tape,
            gint64              value)
{
  BillingSandboxNumber number = { BILLING_SANDBOX_FROM_NOTHING, FALSE, value };

  if (ABS (value) >= LARGE && !count_time (tape, value, &number) &&
      !count_amount (tape, value, &number))
    g_error ("The history's sample has a number of unknown origin: %" G_GINT64_FORMAT, value);

  return number;
}

static void
write_integer (Writer *writer,
               gint64  value)
{
  BillingSandboxGap gap = { .type = BILLING_SANDBOX_GAP_NUMBER,
                            .number = count_from (writer->tape, value) };

  if (gap.number.base != BILLING_SANDBOX_FROM_NOTHING)
    cut (writer, &gap);
  else
    g_string_append_printf (writer->text, "%" G_GINT64_FORMAT, value);
}

/* Returns: (transfer none) (nullable): the first name that is in @text, and where */
static const BillingSandboxGap *
find_name (BillingSandboxTape  *tape,
           const char          *text,
           const char         **start,
           const char         **end)
{
  const BillingSandboxGap *gap = NULL;
  GHashTableIter iter;
  gpointer name, value;

  *start = NULL;
  g_hash_table_iter_init (&iter, tape->names);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const char *found = strstr (text, name);

      if (found == NULL || (*start != NULL && found >= *start))
        continue;
      *start = found;
      *end = found + strlen (name);
      gap = value;
    }

  return gap;
}

/* @text: a JSON string, with its quotation marks */
static void
write_string (Writer     *writer,
              const char *text)
{
  const char *start, *end;
  const BillingSandboxGap *gap = find_name (writer->tape, text, &start, &end);
  gboolean whole = gap != NULL && start == text + 1 && g_str_equal (end, "\"");
  BillingSandboxGap copy;

  if (gap == NULL)
    {
      g_string_append (writer->text, text);
      return;
    }

  copy = *gap;
  copy.whole = whole;
  if (!whole)
    g_string_append_len (writer->text, text, start - text);
  cut (writer, &copy);
  if (!whole)
    write_string (writer, end);
}

static void
write_object (Writer     *writer,
              JsonObject *object,
              gboolean    with_private)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  gboolean first = TRUE;

  if (json_object_has_member (object, SAMPLE_METADATA) ||
      json_object_has_member (object, SAMPLE_REFUND_METADATA))
    {
      BillingSandboxGap gap = { .type = BILLING_SANDBOX_GAP_METADATA, .whole = TRUE };

      gap.ordinal = json_object_has_member (object, SAMPLE_REFUND_METADATA) ? 1 : 0;
      cut (writer, &gap);
      return;
    }

  g_string_append_c (writer->text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (!with_private && *name == '_')
        continue;
      g_string_append_printf (writer->text, "%s\"%s\":", first ? "" : ",", name);
      write_node (writer, name, member);
      first = FALSE;
    }
  g_string_append_c (writer->text, '}');
}

static void
write_array (Writer    *writer,
             JsonArray *array)
{
  g_string_append_c (writer->text, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (writer->text, ',');
      write_node (writer, NULL, json_array_get_element (array, i));
    }
  g_string_append_c (writer->text, ']');
}

static void
write_node (Writer     *writer,
            const char *name,
            JsonNode   *node)
{
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    write_object (writer, json_node_get_object (node), TRUE);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    write_array (writer, json_node_get_array (node));
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    write_integer (writer, json_node_get_int (node));
  else
    {
      text = json_to_string (node, FALSE);
      write_string (writer, text);
    }
}

static BillingSandboxForm *
form_new (BillingSandboxTape *tape,
          JsonObject         *sample)
{
  BillingSandboxForm *form = g_new0 (BillingSandboxForm, 1);

  for (guint i = 0; i < G_N_ELEMENTS (form->texts); i++)
    {
      Writer writer = { tape, g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (Cut)) };

      write_object (&writer, sample, i == 1);
      form->texts[i] = g_string_free (writer.text, FALSE);
      form->cuts[i] = writer.cuts;
    }

  return form;
}

static void
form_free (BillingSandboxForm *form)
{
  for (guint i = 0; i < G_N_ELEMENTS (form->texts); i++)
    {
      g_free (form->texts[i]);
      g_array_unref (form->cuts[i]);
    }
  g_free (form);
}

/**
 * billing_sandbox_form_write:
 * @form: a form
 * @with_private: whether with what is for the sandbox only
 * @text: where to write
 * @fill: writes what goes into each gap
 * @data: for @fill
 */
void
billing_sandbox_form_write (const BillingSandboxForm *form,
                            gboolean                  with_private,
                            GString                  *text,
                            BillingSandboxFill        fill,
                            gpointer                  data)
{
  const char *from = form->texts[with_private ? 1 : 0];
  GArray *cuts = form->cuts[with_private ? 1 : 0];
  gsize done = 0;

  for (guint i = 0; i < cuts->len; i++)
    {
      const Cut *here = &g_array_index (cuts, Cut, i);

      g_string_append_len (text, from + done, (gssize) (here->at - done));
      fill (text, &here->gap, data);
      done = here->at;
    }
  g_string_append (text, from + done);
}

/* Recording */

static void
item_clear (gpointer data)
{
  BillingSandboxTapeItem *item = data;

  json_object_unref (item->sample);
  form_free (item->form);
}

static BillingSandboxTape *
tape_new (Role role)
{
  BillingSandboxTape *self = g_new0 (BillingSandboxTape, 1);

  self->role = role;
  self->items = g_array_new (FALSE, TRUE, sizeof (BillingSandboxTapeItem));
  g_array_set_clear_func (self->items, item_clear);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
billing_sandbox_tape_free (BillingSandboxTape *self)
{
  g_array_unref (self->items);
  g_hash_table_unref (self->names);
  g_free (self);
}

static void
add_name (BillingSandboxTape *self,
          const char         *name,
          BillingSandboxGap   gap)
{
  g_hash_table_replace (self->names, g_strdup (name), g_memdup2 (&gap, sizeof gap));
}

static Role
role_of (BillingSandboxKind  kind,
         JsonObject         *object)
{
  const char *type = billing_sandbox_json_string (object, "type");

  if (kind == BILLING_SANDBOX_CUSTOMER)
    return CUSTOMER_ROLE;
  if (kind == BILLING_SANDBOX_PAYOUT)
    return PAYOUT_ROLE;
  if (kind == BILLING_SANDBOX_BALANCE_TRANSACTION)
    return g_str_equal (type, "payout") ? PAYOUT_ROLE : PAYMENT_ROLE;
  if (kind != BILLING_SANDBOX_EVENT)
    return PAYMENT_ROLE;

  return g_str_has_prefix (type, "customer.") ? CUSTOMER_ROLE
         : g_str_has_prefix (type, "payout.") ? PAYOUT_ROLE : PAYMENT_ROLE;
}

/* What the balance was is not told of the history, and what was there before is not part of it. */
static gboolean
is_recorded (BillingSandboxTape *self,
             BillingSandboxKind  kind,
             JsonObject         *object)
{
  const char *type = billing_sandbox_json_string (object, "type");

  if (kind == BILLING_SANDBOX_BANK_ACCOUNT ||
      (kind == BILLING_SANDBOX_EVENT && g_str_has_prefix (type, "balance.")))
    return FALSE;

  return role_of (kind, object) == self->role &&
         billing_sandbox_json_int (object, "created", 0) >= self->created;
}

static void
name_object (BillingSandboxTape *self,
             BillingSandboxKind  kind,
             JsonObject         *object,
             guint               ordinal)
{
  const char *id = json_object_get_string_member (object, "id");
  const char *secret = billing_sandbox_json_string (object, "client_secret");
  const char *prefix = billing_sandbox_json_string (object, "invoice_prefix");
  BillingSandboxGap gap = { .kind = kind, .ordinal = ordinal };

  if (role_of (kind, object) == CUSTOMER_ROLE && self->role != CUSTOMER_ROLE)
    gap.owner = BILLING_SANDBOX_ITS_CUSTOMER;
  add_name (self, id, gap);

  gap = (BillingSandboxGap) { .type = BILLING_SANDBOX_GAP_RANDOM, .ordinal = kind + 1 };
  if (secret != NULL)
    {
      secret = strstr (secret, "_secret_") + strlen ("_secret_");
      gap.length = (guint) strlen (secret);
      add_name (self, secret, gap);
    }
  if (prefix != NULL)
    {
      gap.length = (guint) strlen (prefix);
      add_name (self, prefix, gap);
    }
}

static void
name_samples (BillingSandboxTape *self)
{
  add_name (self, SAMPLE_NAME, (BillingSandboxGap) { .type = BILLING_SANDBOX_GAP_NAME });
  add_name (self, SAMPLE_EMAIL, (BillingSandboxGap) { .type = BILLING_SANDBOX_GAP_EMAIL });
  add_name (self, SAMPLE_DESCRIPTION,
            (BillingSandboxGap) { .type = BILLING_SANDBOX_GAP_DESCRIPTION });
  add_name (self, SAMPLE_PAYOUT, (BillingSandboxGap) { .owner = BILLING_SANDBOX_ITS_PAYOUT,
                                                       .kind = BILLING_SANDBOX_PAYOUT });
  add_name (self, SAMPLE_REQUEST, (BillingSandboxGap) { .type = BILLING_SANDBOX_GAP_RANDOM,
                                                        .length = strlen (SAMPLE_REQUEST) });
}

static void
keep_object (BillingSandboxTape *self,
             BillingSandboxKind  kind,
             JsonObject         *object,
             guint               ordinal)
{
  BillingSandboxTapeItem item = { .kind = kind, .ordinal = ordinal };

  if (self->role == PAYMENT_ROLE && kind == BILLING_SANDBOX_BALANCE_TRANSACTION)
    json_object_set_string_member (object, "_payout", SAMPLE_PAYOUT);

  item.created = count_from (self, json_object_get_int_member (object, "created"));
  item.net = count_from (self, billing_sandbox_json_int (object, "net", 0));
  item.available_on = count_from (self, billing_sandbox_json_int (object, "available_on", 0));
  item.sample = json_object_ref (object);
  item.form = form_new (self, object);
  g_array_append_val (self->items, item);
}

/* First the names of everything, as some of it speaks of what comes after it. */
static void
record (BillingSandboxTape *self,
        BillingSandbox     *sandbox)
{
  BillingSandboxStore *store = billing_sandbox_get_store (sandbox);

  name_samples (self);
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint kind = 0; kind < BILLING_SANDBOX_N_KINDS; kind++)
        {
          BillingSandboxEntries all = billing_sandbox_store_all (store, kind);
          guint ordinal = 0;

          for (guint i = 0; i < all.n; i++)
            {
              g_autoptr (JsonObject) object = billing_sandbox_entry_read (all.entries[i]);
              gboolean recorded = is_recorded (self, kind, object);

              if (pass == 0)
                name_object (self, kind, object, recorded ? ordinal : 0);
              else if (recorded)
                keep_object (self, kind, object, ordinal);
              ordinal += recorded ? 1 : 0;
            }
        }
    }
}

/* The sample */

static JsonObject *
call_for (BillingSandbox         *sandbox,
          BillingSandboxHandler   handler,
          const char             *id,
          const char             *params,
          GError                **error)
{
  g_auto (BillingSandboxCall) request = { .id = g_strdup (id),
                                          .params = billing_sandbox_json_parse (params),
                                          .request_id = g_strdup ("req_" SAMPLE_REQUEST) };
  JsonObject *answer;

  billing_sandbox_begin (sandbox, &request);
  answer = handler (sandbox, &request);
  billing_sandbox_end (sandbox);
  if (answer == NULL &&
      !g_str_equal (json_object_get_string_member (request.error, "type"), "card_error"))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         json_object_get_string_member (request.error, "message"));

  return answer;
}

static JsonObject *
call (BillingSandbox         *sandbox,
      BillingSandboxHandler   handler,
      const char             *params,
      GError                **error)
{
  return call_for (sandbox, handler, NULL, params, error);
}

static JsonObject *
do_customer (BillingSandbox *sandbox)
{
  return call (sandbox, billing_sandbox_customer_create,
               "{\"name\":\"" SAMPLE_NAME "\",\"email\":\"" SAMPLE_EMAIL "\"}", NULL);
}

static gboolean
do_payment (BillingSandbox  *sandbox,
            const char      *customer,
            const char      *payment_method,
            const char      *currency,
            GError         **error)
{
  g_autofree char *params = g_strdup_printf (
    "{\"amount\":%" G_GINT64_FORMAT ",\"currency\":\"%s\",\"customer\":\"%s\",\"description\":\""
    SAMPLE_DESCRIPTION "\",\"metadata\":{\"" SAMPLE_METADATA "\":\"-\"},\"payment_method\":\"%s\","
    "\"confirm\":true,\"off_session\":true}",
    SAMPLE_AMOUNT, currency, customer, payment_method);
  g_autoptr (GError) failure = NULL;
  g_autoptr (JsonObject) answer =
    call (sandbox, billing_sandbox_intent_create, params, &failure);

  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
do_refund (BillingSandbox  *sandbox,
           gint64           amount,
           GError         **error)
{
  BillingSandboxEntries intents =
    billing_sandbox_store_all (billing_sandbox_get_store (sandbox), BILLING_SANDBOX_PAYMENT_INTENT);
  g_autofree char *params = g_strdup_printf (
    "{\"payment_intent\":\"%s\",\"amount\":%" G_GINT64_FORMAT
    ",\"metadata\":{\"" SAMPLE_REFUND_METADATA "\":\"-\"},\"reason\":\"requested_by_customer\"}",
    intents.entries[0]->id, amount);
  g_autoptr (JsonObject) answer = call (sandbox, billing_sandbox_refund_create, params, error);

  return answer != NULL;
}

/* The answer to the dispute that the card brought about. */
static gboolean
do_answer (BillingSandbox  *sandbox,
           const char      *evidence,
           GError         **error)
{
  BillingSandboxEntries disputes =
    billing_sandbox_store_all (billing_sandbox_get_store (sandbox), BILLING_SANDBOX_DISPUTE);
  g_autoptr (JsonObject) texts = json_object_new ();
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *text = NULL;
  g_autofree char *params = NULL;

  if (disputes.n == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _("nobody disputes a payment with that card"));
      return FALSE;
    }

  json_object_set_string_member (texts, "uncategorized_text", evidence);
  text = billing_sandbox_json_text (texts);
  params = g_strdup_printf ("{\"evidence\":%s,\"submit\":true}", text);
  answer = call_for (sandbox, billing_sandbox_dispute_update, disputes.entries[0]->id, params, error);
  return answer != NULL;
}

/* The fee of a debit is not a card's. */
static gboolean
is_card (BillingSandbox  *sandbox,
         GError         **error)
{
  BillingSandboxEntries charges =
    billing_sandbox_store_all (billing_sandbox_get_store (sandbox), BILLING_SANDBOX_CHARGE);
  g_autoptr (JsonObject) charge = NULL;

  if (charges.n == 1)
    {
      charge = billing_sandbox_entry_read (charges.entries[0]);
      if (g_strcmp0 (billing_sandbox_json_string (
                       json_object_get_object_member (charge, "payment_method_details"), "type"),
                     "card") == 0)
        return TRUE;
    }

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       _("The history is of cards that can be charged at once"));
  return FALSE;
}

static BillingSandbox *
start (gint64 *tomorrow)
{
  BillingSandbox *sandbox = billing_sandbox_new (0x5a3d);

  *tomorrow = (billing_sandbox_get_created (sandbox) / BILLING_SANDBOX_DAY + 1) *
              BILLING_SANDBOX_DAY;
  return sandbox;
}

/**
 * billing_sandbox_tape_new_customer:
 *
 * Returns: (transfer full): what the making of a customer makes
 */
BillingSandboxTape *
billing_sandbox_tape_new_customer (void)
{
  BillingSandboxTape *self = tape_new (CUSTOMER_ROLE);
  gint64 tomorrow;
  g_autoptr (BillingSandbox) sandbox = start (&tomorrow);
  g_autoptr (JsonObject) customer = NULL;

  self->created = tomorrow + 12345;
  self->amount = SAMPLE_AMOUNT;
  billing_sandbox_stop_clock (sandbox, self->created);
  customer = do_customer (sandbox);
  record (self, sandbox);
  return self;
}

/**
 * billing_sandbox_tape_new_payment:
 * @payment_method: a test card's name
 * @currency: a currency, in small letters
 * @ending: what became of it
 * @days: how many days ago the last of it was done
 * @evidence: (nullable): how its dispute was answered, after %BILLING_SANDBOX_ANSWERED_AFTER
 * @error: where to say why not
 *
 * Returns: (transfer full) (nullable): what a customer's payment with that card makes
 */
BillingSandboxTape *
billing_sandbox_tape_new_payment (const char            *payment_method,
                                  const char            *currency,
                                  BillingSandboxEnding   ending,
                                  guint                  days,
                                  const char            *evidence,
                                  GError               **error)
{
  g_autoptr (BillingSandboxTape) self = tape_new (PAYMENT_ROLE);
  gint64 tomorrow;
  g_autoptr (BillingSandbox) sandbox = start (&tomorrow);
  g_autoptr (JsonObject) customer = NULL;

  self->created = tomorrow + BILLING_SANDBOX_DAY + 12345;
  self->amount = SAMPLE_AMOUNT;
  billing_sandbox_stop_clock (sandbox, tomorrow + 1234);
  customer = do_customer (sandbox);
  billing_sandbox_stop_clock (sandbox, self->created);
  if (!do_payment (sandbox, json_object_get_string_member (customer, "id"), payment_method,
                   currency, error))
    return NULL;

  if (evidence != NULL)
    {
      billing_sandbox_stop_clock (sandbox, self->created + BILLING_SANDBOX_ANSWERED_AFTER);
      if (!do_answer (sandbox, evidence, error))
        return NULL;
    }
  if (ending != BILLING_SANDBOX_PAID)
    {
      self->later = self->created + 20 * BILLING_SANDBOX_DAY + 4321;
      billing_sandbox_stop_clock (sandbox, self->later);
      if (!do_refund (sandbox, ending == BILLING_SANDBOX_REFUNDED ? SAMPLE_AMOUNT : SAMPLE_PART,
                      error))
        return NULL;
    }
  billing_sandbox_stop_clock (sandbox, MAX (self->created, self->later) +
                                         days * BILLING_SANDBOX_DAY);
  if (!is_card (sandbox, error))
    return NULL;
  record (self, sandbox);
  return g_steal_pointer (&self);
}

/**
 * billing_sandbox_tape_new_payout:
 * @currency: a currency, in small letters
 *
 * Returns: (transfer full): what an automatic payout makes until it has arrived
 */
BillingSandboxTape *
billing_sandbox_tape_new_payout (const char *currency)
{
  BillingSandboxTape *self = tape_new (PAYOUT_ROLE);
  gint64 tomorrow;
  g_autoptr (BillingSandbox) sandbox = start (&tomorrow);
  g_autoptr (JsonObject) customer = NULL;

  billing_sandbox_stop_clock (sandbox, tomorrow + 12345);
  customer = do_customer (sandbox);
  do_payment (sandbox, json_object_get_string_member (customer, "id"), "pm_card_visa", currency,
              NULL);
  self->created = tomorrow + 2 * BILLING_SANDBOX_DAY;
  self->amount = SAMPLE_AMOUNT - billing_sandbox_charge_fee (SAMPLE_AMOUNT, FALSE);
  billing_sandbox_stop_clock (sandbox, self->created + 10 * BILLING_SANDBOX_DAY);
  record (self, sandbox);
  return self;
}

guint
billing_sandbox_tape_length (BillingSandboxTape *self)
{
  return self->items->len;
}

const BillingSandboxTapeItem *
billing_sandbox_tape_item (BillingSandboxTape *self,
                           guint               i)
{
  return &g_array_index (self->items, BillingSandboxTapeItem, i);
}

/**
 * billing_sandbox_tape_gap:
 * @self: a tape
 * @value: a text in one of its samples
 *
 * Returns: (transfer none) (nullable): the gap that it became, or %NULL where it is the same for
 *   all
 */
const BillingSandboxGap *
billing_sandbox_tape_gap (BillingSandboxTape *self,
                          const char         *value)
{
  return g_hash_table_lookup (self->names, value);
}
