/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-rate-sheet"

#include "config.h"

#include "billing-rate-sheet.h"

#include <glib/gi18n-lib.h>

#include "billing-books.h"
#include "billing-code.h"
#include "billing-desk-private.h"
#include "billing-enums.h"
#include "billing-money.h"
#include "billing-rate-csv.h"
#include "billing-rate-store.h"
#include "billing-table.h"

/* A file of billing rates is taken in by the verbs themselves: once in a transaction that is then undone, which shows what would become of
 * each row, and once for good. */

struct _BillingRateSheet {
  BillingDesk *desk; /* (owned) */
  GPtrArray *rows;   /* (owned) (element-type BillingRateRow) */
  GPtrArray *lines;  /* (owned) (element-type BillingRateSheetLine): as many */
};

/* A row while it is done. */
typedef struct {
  BillingDesk *desk;
  BillingConnection *connection;
  const char *today;
  const BillingRateRow *row;
  BillingRateSheetLine *line;
} Doing;

static void
line_free (gpointer data)
{
  BillingRateSheetLine *line = data;

  g_free (line->what);
  g_free (line->text);
  g_free (line);
}

void
billing_rate_sheet_free (BillingRateSheet *self)
{
  g_object_unref (self->desk);
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}

GPtrArray *
billing_rate_sheet_get_lines (BillingRateSheet *self)
{
  return self->lines;
}

guint
billing_rate_sheet_count (BillingRateSheet     *self,
                          BillingRateSheetFate  fate)
{
  guint n = 0;

  for (guint i = 0; i < self->lines->len; i++)
    n += ((BillingRateSheetLine *) self->lines->pdata[i])->fate == fate;
  return n;
}

const char *
billing_rate_sheet_fate_get_label (BillingRateSheetFate fate)
{
  static const char * const labels[BILLING_RATE_SHEET_N_FATES] = { N_("As Before"), N_("New"), N_("Changed"), N_("Refused") };

  return _(labels[fate]);
}

/**
 * billing_rate_sheet_summarise:
 * @self: a sheet that was read
 *
 * Returns: (transfer full): how many of its rows are new, change something, are as before, are refused
 */
char *
billing_rate_sheet_summarise (BillingRateSheet *self)
{
  /* Translators: rows of a file of billing rates */
  return g_strdup_printf (_("%u new, %u changed, %u as before, %u refused"),
                          billing_rate_sheet_count (self, BILLING_RATE_SHEET_FATE_NEW),
                          billing_rate_sheet_count (self, BILLING_RATE_SHEET_FATE_CHANGED),
                          billing_rate_sheet_count (self, BILLING_RATE_SHEET_FATE_SAME),
                          billing_rate_sheet_count (self, BILLING_RATE_SHEET_FATE_REFUSED));
}

/* --- one row ---------------------------------------------------------------------------------- */

static void
tell (Doing                *doing,
      BillingRateSheetFate  fate,
      const char           *text)
{
  BillingRateSheetLine *line = doing->line;
  g_autofree char *before = line->text;

  if (line->fate == BILLING_RATE_SHEET_FATE_SAME)
    line->fate = fate;
  line->text = before != NULL ? g_strdup_printf ("%s; %s", before, text) : g_strdup (text);
}

static gboolean
perform (Doing       *doing,
         BillingAct  *act,
         GError     **error)
{
  return billing_desk_perform (doing->desk, doing->connection, act, error);
}

static const char *
get_system (const BillingRateRow *row)
{
  return row->code_system != NULL ? row->code_system : billing_code_guess_system (row->code);
}

static gboolean
create (Doing             *doing,
        const char        *kind,
        const char        *name,
        BillingRate      **rate,
        GError           **error)
{
  const BillingRateRow *row = doing->row;
  g_autoptr (BillingAct) act =
    g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_CREATE, "name", name != NULL ? name : row->code, "code", row->code,
                  "code-system", row->code != NULL ? row->code_system : NULL, "payer-kind", kind, "billable", row->billable, "invoiced",
                  row->invoiced, "currency", row->currency, NULL);

  if (!perform (doing, act, error))
    return FALSE;

  tell (doing, BILLING_RATE_SHEET_FATE_NEW, g_str_equal (kind, "insurance") ? _("new rate, insurance") : _("new rate, self-pay"));
  *rate = (BillingRate *) billing_table_get (doing->connection, BILLING_TYPE_RATE, act->result, error);
  return *rate != NULL;
}

/* What the row says otherwise than the rate. */
static gboolean
note_difference (Doing       *doing,
                 BillingAct  *act,
                 const char  *property,
                 const char  *title,
                 const char  *is,
                 const char  *wanted)
{
  g_autofree char *text = NULL;

  if (wanted == NULL || g_strcmp0 (is, wanted) == 0)
    return FALSE;

  /* Translators: what is changed of a billing rate, how it was and how it becomes: “Name: Visit → Long Visit” */
  text = g_strdup_printf (_("%s: %s → %s"), title, is != NULL ? is : "–", wanted);
  tell (doing, BILLING_RATE_SHEET_FATE_CHANGED, text);
  g_object_set (act, property, wanted, NULL);
  return TRUE;
}

static const char *
say_flag (gboolean flag)
{
  return flag ? "yes" : "no";
}

static gboolean
edit (Doing        *doing,
      BillingRate  *rate,
      const char   *name,
      GError      **error)
{
  const BillingRateRow *row = doing->row;
  const char *system = row->code != NULL && row->code_system != NULL ? billing_code_find_system (row->code_system) : NULL;
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_RATE_EDIT, billing_record_get_id (BILLING_RECORD (rate)));
  gboolean differs = FALSE;

  if (row->code_system != NULL && billing_code_find_system (row->code_system) == NULL)
    system = row->code_system;
  differs |= note_difference (doing, act, "name", _("Name"), rate->name, name);
  differs |= note_difference (doing, act, "code", _("Code"), rate->code, row->code);
  differs |= note_difference (doing, act, "code-system", _("Code system"), rate->code_system, system);
  differs |= note_difference (doing, act, "billable", _("Do you need to bill"), say_flag (rate->billable), row->billable);
  differs |= note_difference (doing, act, "invoiced", _("Is Invoiced"), say_flag (rate->invoiced), row->invoiced);
  differs |= note_difference (doing, act, "currency", _("Currency"), rate->currency, row->currency);
  return !differs || perform (doing, act, error);
}

static gboolean
retire (Doing        *doing,
        BillingRate  *rate,
        GError      **error)
{
  const char *said = doing->row->retired;
  gboolean retired = g_strcmp0 (said, "yes") == 0;
  g_autoptr (BillingAct) act = NULL;

  if (said == NULL || rate->retired == retired)
    return TRUE;

  act = billing_act_new (retired ? BILLING_VERB_RATE_RETIRE : BILLING_VERB_RATE_RESTORE, billing_record_get_id (BILLING_RECORD (rate)));
  tell (doing, BILLING_RATE_SHEET_FATE_CHANGED, retired ? _("retired") : _("no longer retired"));
  return perform (doing, act, error);
}

/* A price without a day is the one that holds today; with one, the one that begins then. */
static gboolean
find_price (Doing        *doing,
            const char   *id,
            gint64       *amount,
            GError      **error)
{
  const BillingRateRow *row = doing->row;
  g_autoptr (GError) problem = NULL;
  g_autofree char *price = NULL;

  *amount = -1;
  if (row->from == NULL)
    return billing_rate_get_own_price (doing->connection, id, doing->today, row->payer, amount, error);

  price = billing_rate_find_price_of (doing->connection, id, row->from, row->payer, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  return price == NULL || billing_rate_get_own_price (doing->connection, id, row->from, row->payer, amount, error);
}

static void
tell_price (Doing      *doing,
            const char *currency,
            gint64      before)
{
  const BillingRateRow *row = doing->row;
  g_autofree char *from = before >= 0 ? billing_money_format (billing_money_new (before, currency), NULL) : g_strdup ("–");
  g_autofree char *to = billing_money_format (billing_money_new (row->price, currency), NULL);
  g_autofree char *text = row->payer != NULL ? g_strdup_printf (_("price of %s: %s → %s"), row->payer, from, to)
                                             : g_strdup_printf (_("price: %s → %s"), from, to);

  tell (doing, before >= 0 ? BILLING_RATE_SHEET_FATE_CHANGED : BILLING_RATE_SHEET_FATE_NEW, text);
}

static gboolean
set_price (Doing        *doing,
           BillingRate  *rate,
           GError      **error)
{
  const BillingRateRow *row = doing->row;
  const char *id = billing_record_get_id (BILLING_RECORD (rate));
  g_autoptr (BillingAct) act = NULL;
  gint64 amount;

  if (row->price < 0)
    return TRUE;
  if (!find_price (doing, id, &amount, error))
    return FALSE;
  if (amount == row->price)
    return TRUE;

  tell_price (doing, rate->currency, amount);
  act = g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_PRICE, "subject", id, "payer", row->payer, "date", row->from,
                      "has-amount", TRUE, "amount", row->price, NULL);
  return perform (doing, act, error);
}

/* A rate that is retired is brought back before it is changed, so that nothing stands in its way afterwards. */
static gboolean
put_rate (Doing             *doing,
          BillingPayerKind   kind,
          const char        *name,
          char             **id,
          GError           **error)
{
  const BillingRateRow *row = doing->row;
  g_autoptr (GError) problem = NULL;
  g_autoptr (BillingRate) rate = NULL;

  *id = billing_rate_match (doing->connection, get_system (row), row->code, name, kind, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  if (*id == NULL && !create (doing, billing_enum_nick (BILLING_TYPE_PAYER_KIND, kind), name, &rate, error))
    return FALSE;
  if (*id != NULL)
    rate = (BillingRate *) billing_table_get (doing->connection, BILLING_TYPE_RATE, *id, error);
  else
    *id = g_strdup (billing_record_get_id (BILLING_RECORD (rate)));

  return rate != NULL && edit (doing, rate, name, error) && set_price (doing, rate, error) && retire (doing, rate, error);
}

static gboolean
join (Doing       *doing,
      const char  *id,
      const char  *twin_id,
      GError     **error)
{
  g_autoptr (BillingRate) rate = (BillingRate *) billing_table_get (doing->connection, BILLING_TYPE_RATE, id, error);
  g_autoptr (BillingRecord) twin = NULL;
  g_autoptr (BillingAct) act = NULL;
  g_autofree char *text = NULL;

  if (rate == NULL || g_strcmp0 (rate->twin_id, twin_id) == 0)
    return rate != NULL;

  twin = billing_table_get (doing->connection, BILLING_TYPE_RATE, twin_id, error);
  if (twin == NULL)
    return FALSE;

  text = g_strdup_printf (_("a twin of %s"), BILLING_RATE (twin)->name);
  tell (doing, BILLING_RATE_SHEET_FATE_CHANGED, text);
  act = g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_RATE_EDIT, "subject", id, "rate", twin_id, NULL);
  return perform (doing, act, error);
}

static gboolean
put_both (Doing   *doing,
          GError **error)
{
  const char *name = doing->row->name != NULL ? doing->row->name : doing->row->code;
  /* Translators: what a billing rate is called that patients pay themselves: “General Service (Self-Pay)” */
  g_autofree char *own = g_strdup_printf (_("%s (Self-Pay)"), name);
  g_autofree char *insured_id = NULL;
  g_autofree char *own_id = NULL;

  return put_rate (doing, BILLING_PAYER_KIND_INSURANCE, name, &insured_id, error) &&
         put_rate (doing, BILLING_PAYER_KIND_SELF_PAY, own, &own_id, error) && join (doing, insured_id, own_id, error);
}

/* The twin stands in an earlier row or in a later one: whichever comes last joins the two. */
static gboolean
put_one (Doing   *doing,
         GError **error)
{
  const BillingRateRow *row = doing->row;
  gboolean insured = g_strcmp0 (row->payer_kind, "insurance") == 0;
  g_autoptr (GError) problem = NULL;
  g_autofree char *id = NULL;
  g_autofree char *twin_id = NULL;

  if (!put_rate (doing, insured ? BILLING_PAYER_KIND_INSURANCE : BILLING_PAYER_KIND_SELF_PAY, row->name, &id, error))
    return FALSE;
  if (row->twin == NULL)
    return TRUE;

  twin_id = billing_rate_match (doing->connection, NULL, NULL, row->twin,
                                insured ? BILLING_PAYER_KIND_SELF_PAY : BILLING_PAYER_KIND_INSURANCE, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  return twin_id == NULL || join (doing, id, twin_id, error);
}

static gboolean
put_row (Doing   *doing,
         GError **error)
{
  if (doing->row->problem != NULL)
    return billing_desk_refuse (error, "%s", doing->row->problem);

  return g_strcmp0 (doing->row->payer_kind, "both") == 0 ? put_both (doing, error) : put_one (doing, error);
}

/* --- all of them ------------------------------------------------------------------------------ */

static BillingRateSheetLine *
line_new (const BillingRateRow *row)
{
  BillingRateSheetLine *line = g_new0 (BillingRateSheetLine, 1);

  line->line = row->line;
  line->what = g_strdup (row->name != NULL ? row->name : row->code != NULL ? row->code : "");
  return line;
}

/* Tries each row; what the desk refuses is said of it. Then all of it is undone. */
static gboolean
try_rows (BillingDesk        *desk,
          BillingConnection  *connection,
          gpointer            data,
          GError            **error)
{
  BillingRateSheet *self = data;
  g_autofree char *today = billing_desk_get_today (desk);

  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autoptr (GError) problem = NULL;
      BillingRateSheetLine *line = line_new (self->rows->pdata[i]);
      Doing doing = { desk, connection, today, self->rows->pdata[i], line };

      g_ptr_array_add (self->lines, line);
      if (put_row (&doing, &problem))
        continue;
      if (problem->domain != BILLING_DESK_ERROR)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      line->fate = BILLING_RATE_SHEET_FATE_REFUSED;
      g_free (line->text);
      line->text = g_strdup (problem->message);
    }

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
  return FALSE;
}

/**
 * billing_rate_sheet_read:
 * @desk: a session
 * @path: of a CSV file
 * @cancellable: (nullable): what stops it
 * @error: return location for an error
 *
 * Reads a file of billing rates and finds out what would become of it; nothing is written.
 *
 * Returns: (transfer full) (nullable): the sheet
 */
BillingRateSheet *
billing_rate_sheet_read (BillingDesk   *desk,
                         const char    *path,
                         GCancellable  *cancellable,
                         GError       **error)
{
  BillingPractice *practice = billing_desk_get_practice (desk);
  BillingCsvPractice facts = { practice->currency, practice->time_zone, practice->locale };
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (BillingRateSheet) self = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *refusal = NULL;

  if (!billing_desk_may (desk, BILLING_VERB_RATE_CREATE))
    {
      refusal = billing_verb_refusal (BILLING_VERB_RATE_CREATE, billing_desk_get_person (desk)->role);
      g_set_error_literal (error, BILLING_DESK_ERROR, BILLING_DESK_ERROR_REFUSED, refusal);
      return NULL;
    }

  stream = g_file_read (file, cancellable, error);
  rows = stream != NULL ? billing_rate_csv_read (G_INPUT_STREAM (stream), &facts, cancellable, error) : NULL;
  if (rows == NULL)
    return NULL;

  self = g_new0 (BillingRateSheet, 1);
  self->desk = g_object_ref (desk);
  self->rows = g_steal_pointer (&rows);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  billing_desk_batch (desk, try_rows, self, cancellable, &problem);
  if (self->lines->len < self->rows->len || !g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  return g_steal_pointer (&self);
}

static gboolean
apply_rows (BillingDesk        *desk,
            BillingConnection  *connection,
            gpointer            data,
            GError            **error)
{
  BillingRateSheet *self = data;
  g_autofree char *today = billing_desk_get_today (desk);

  for (guint i = 0; i < self->rows->len; i++)
    {
      BillingRateSheetLine *line = self->lines->pdata[i];
      g_autoptr (GError) problem = NULL;
      BillingRateSheetLine done = { 0 };
      Doing doing = { desk, connection, today, self->rows->pdata[i], &done };
      gboolean ok = line->fate == BILLING_RATE_SHEET_FATE_REFUSED || put_row (&doing, &problem);

      g_free (done.text);
      if (!ok)
        {
          g_propagate_prefixed_error (error, g_steal_pointer (&problem), _("Row %" G_GUINT64_FORMAT ": "), line->line);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * billing_rate_sheet_apply:
 * @self: a sheet that was read
 * @error: return location for an error
 *
 * Takes all rows in but those that were refused, in one transaction.
 *
 * Returns: whether they are in
 */
gboolean
billing_rate_sheet_apply (BillingRateSheet  *self,
                          GError           **error)
{
  return billing_desk_batch (self->desk, apply_rows, self, NULL, error);
}

/* --- the way out ------------------------------------------------------------------------------ */

typedef struct {
  GString *out;
  guint n_rates;
} Building;

static void
append_rate (GString           *out,
             BillingRate       *rate,
             BillingRatePrice  *price)
{
  BillingRateRow row = {
    .code_system = rate->code_system,
    .code = rate->code,
    .name = rate->name,
    .payer_kind = (char *) billing_enum_nick (BILLING_TYPE_PAYER_KIND, rate->payer_kind),
    .billable = (char *) say_flag (rate->billable),
    .invoiced = (char *) say_flag (rate->invoiced),
    .retired = (char *) say_flag (rate->retired),
    .twin = rate->twin_name,
    .currency = rate->currency,
    .payer = price != NULL ? price->payer : NULL,
    .from = price != NULL ? price->from_on : NULL,
    .price = price != NULL ? price->amount : -1,
  };

  billing_rate_csv_append (out, rate->number, &row);
}

static gboolean
build_sheet (BillingConnection  *connection,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  Building *building = data;
  g_autoptr (GPtrArray) rates = billing_rate_list_all (connection, error);

  if (rates == NULL)
    return FALSE;

  g_string_truncate (building->out, 0);
  billing_rate_csv_append_head (building->out);
  building->n_rates = rates->len;
  for (guint i = 0; i < rates->len; i++)
    {
      g_autoptr (GPtrArray) prices = billing_table_select (connection, BILLING_TYPE_RATE_PRICE, "rate_id",
                                                           billing_record_get_id (rates->pdata[i]), error);

      if (prices == NULL)
        return FALSE;
      for (guint p = 0; p < MAX (prices->len, 1); p++)
        append_rate (building->out, rates->pdata[i], p < prices->len ? prices->pdata[p] : NULL);
    }

  return TRUE;
}

/**
 * billing_rate_sheet_build:
 * @desk: a session
 * @n_rates: (out) (optional): how many rates there are
 * @error: return location for an error
 *
 * All rates with all of their prices, as billing_rate_sheet_read() reads them. That they leave the practice is noted.
 *
 * Returns: (transfer full) (nullable): a CSV file
 */
char *
billing_rate_sheet_build (BillingDesk  *desk,
                          guint        *n_rates,
                          GError      **error)
{
  g_autoptr (BillingAct) act = g_object_new (BILLING_TYPE_ACT, "verb", BILLING_VERB_EXPORT, "text", "rates", NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  Building building = { out, 0 };

  if (!billing_desk_do (desk, act, error) ||
      !billing_store_read (billing_desk_get_store (desk), build_sheet, &building, NULL, error))
    return NULL;

  if (n_rates != NULL)
    *n_rates = building.n_rates;
  return g_string_free (g_steal_pointer (&out), FALSE);
}
