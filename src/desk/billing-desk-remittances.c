/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-remittances"

#include "config.h"

#include "billing-desk-remittances.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-desk-private.h"
#include "billing-posting.h"
#include "billing-remittance-store.h"
#include "billing-service-private.h"
#include "billing-table.h"

/* What insurers paid, line by line: posted as answers of services, told by a person which service it is, or set aside. */

static const char *
get_subject (BillingTurn *turn)
{
  return turn->act->subject != NULL ? turn->act->subject : "";
}

static BillingRemittance *
load_remittance (BillingTurn  *turn,
                 const char   *id,
                 GError      **error)
{
  return (BillingRemittance *) billing_table_get (turn->connection, BILLING_TYPE_REMITTANCE, id, error);
}

/* --- posting ---------------------------------------------------------------------------------- */

/* “CO-45:5000 N130” without its amounts, which the answer has by itself. */
static char *
strip_amounts (const char *codes)
{
  g_auto (GStrv) words = codes != NULL ? g_strsplit (codes, " ", -1) : NULL;

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    *strchrnul (words[i], ':') = '\0';

  return words != NULL ? g_strjoinv (" ", words) : NULL;
}

static gboolean
is_reversal (BillingRemittanceLine *line)
{
  return g_strcmp0 (line->claim_status, "22") == 0;
}

/* A reversal whose correction comes with it leaves the patient's part to that, so that no invoice is changed twice. */
static gboolean
find_correction (BillingTurn            *turn,
                 BillingRemittanceLine  *line,
                 gboolean               *is_corrected,
                 GError                **error)
{
  gint64 found;

  if (!billing_connection_get_integer (turn->connection, &found, error,
                                       "SELECT EXISTS (SELECT 1 FROM remittance_lines WHERE remittance_id = ? AND service_id = ?"
                                       " AND state = 'matched' AND pk > ? AND claim_status IS NOT '22')", "tti", line->remittance_id,
                                       line->service_id, billing_record_get_pk (BILLING_RECORD (line))))
    return FALSE;

  *is_corrected = found != 0;
  return TRUE;
}

/* What is the patient's in all after it. What a line adds or takes back is added to what was theirs before. */
static gboolean
find_patient_part (BillingTurn            *turn,
                   BillingRemittanceLine  *line,
                   gint64                 *part,
                   GError                **error)
{
  gboolean is_corrected = FALSE;
  gint64 before;

  *part = MAX (line->patient, 0);
  if (!is_reversal (line) && !g_str_equal (line->level, "rest"))
    return TRUE;
  if (!find_correction (turn, line, &is_corrected, error) ||
      !billing_connection_get_integer (turn->connection, &before, error, "SELECT patient_part FROM services WHERE id = ?", "t",
                                       line->service_id))
    return FALSE;

  *part = line->patient == 0 || (is_corrected && is_reversal (line)) ? -1 : MAX (before + line->patient, 0);
  return TRUE;
}

/* The day on which the money moved, but none that is yet to come, or that is closed already: that is posted today. */
static const char *
choose_day (BillingTurn       *turn,
            BillingRemittance *remittance)
{
  if (turn->act->date != NULL && *turn->act->date != '\0')
    return turn->act->date;

  return remittance->day != NULL && strcmp (remittance->day, turn->today) <= 0 &&
         billing_turn_check_open_day (turn, remittance->day, NULL) ? remittance->day : turn->today;
}

static BillingInsurerAnswer *
make_answer (BillingTurn            *turn,
             BillingRemittance      *remittance,
             BillingRemittanceLine  *line,
             GError                **error)
{
  g_autoptr (BillingInsurerAnswer) answer = billing_insurer_answer_new ();

  answer->payer = *remittance->payer != '\0' ? g_strdup (remittance->payer) : NULL;
  answer->day = g_strdup (choose_day (turn, remittance));
  answer->reference = g_strdup (remittance->reference);
  answer->allowed = line->allowed;
  answer->paid = line->paid;
  answer->adjusted = line->adjusted;
  answer->codes = strip_amounts (line->codes);
  answer->source = g_strdup_printf ("%s:%" G_GINT64_FORMAT, billing_record_get_id (BILLING_RECORD (line)),
                                    billing_record_get_revision (BILLING_RECORD (line)));
  if (!find_patient_part (turn, line, &answer->patient, error))
    return NULL;

  return g_steal_pointer (&answer);
}

static gboolean
note_posted (BillingTurn            *turn,
             BillingRemittanceLine  *line,
             BillingInsurerAnswer   *answer,
             GError                **error)
{
  return billing_connection_run (turn->connection, error,
                                 "UPDATE remittance_lines SET revision = revision + 1, state = 'posted', answer_id = ?, why = NULL,"
                                 " done_at = ?, done_by = ? WHERE id = ?", "titt",
                                 billing_record_get_id (BILLING_RECORD (answer)), turn->now, turn->account,
                                 billing_record_get_id (BILLING_RECORD (line)));
}

static gboolean
note_refused (BillingTurn            *turn,
              BillingRemittanceLine  *line,
              const char             *why,
              GError                **error)
{
  return billing_connection_run (turn->connection, error,
                                 "UPDATE remittance_lines SET revision = revision + 1, state = 'refused', why = ?,"
                                 " done_at = ?, done_by = ? WHERE id = ?", "titt", why, turn->now, turn->account,
                                 billing_record_get_id (BILLING_RECORD (line)));
}

static gboolean
answer_service (BillingTurn            *turn,
                BillingRemittanceLine  *line,
                BillingInsurerAnswer   *answer,
                GError                **error)
{
  g_autoptr (BillingRecord) service = billing_table_get (turn->connection, BILLING_TYPE_SERVICE, line->service_id, error);

  return service != NULL && billing_turn_post_answer (turn, BILLING_SERVICE (service), answer, error);
}

/* A line that the books do not take says why and keeps the others from nothing. */
static gboolean
post_line (BillingTurn            *turn,
           BillingRemittance      *remittance,
           BillingRemittanceLine  *line,
           GError                **error)
{
  g_autoptr (BillingInsurerAnswer) answer = make_answer (turn, remittance, line, error);
  g_autoptr (GError) refusal = NULL;

  if (answer == NULL || !billing_posting_mark (turn->connection, error))
    return FALSE;
  if (answer_service (turn, line, answer, &refusal))
    return billing_posting_keep (turn->connection, error) && note_posted (turn, line, answer, error);
  if (refusal->domain != BILLING_DESK_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return FALSE;
    }

  return billing_posting_undo (turn->connection, error) && note_refused (turn, line, refusal->message, error);
}

static gboolean
post_remittance (BillingTurn  *turn,
                 const char   *id,
                 GError      **error)
{
  g_autoptr (BillingRemittance) before = load_remittance (turn, id, error);
  g_autoptr (BillingRemittance) after = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  const char *key;

  if (before == NULL)
    return FALSE;

  key = billing_record_get_id (BILLING_RECORD (before));
  if (!billing_remittance_find_services (turn->connection, key, error))
    return FALSE;

  lines = billing_remittance_list_lines (turn->connection, key, "matched", error);
  if (lines == NULL)
    return FALSE;
  if (lines->len == 0)
    return billing_desk_refuse (error, before->n_open > 0
                                ? _("None of the lines of %s can be posted: say first which services they are about. Nothing was "
                                    "changed.")
                                : _("All of the lines of %s are dealt with already. Nothing was changed."), before->number);

  for (guint i = 0; i < lines->len; i++)
    {
      if (!post_line (turn, before, lines->pdata[i], error))
        return FALSE;
    }

  after = load_remittance (turn, id, error);
  if (after == NULL)
    return FALSE;

  billing_turn_set_result (turn, after->number);
  return billing_turn_audit (turn, key, BILLING_RECORD (before), BILLING_RECORD (after), turn->act->notes, error);
}

/**
 * billing_desk_post_remittance:
 * @turn: a remittance (subject); date (else that of the remittance, or today where that day is closed)
 * @error: return location for an error
 *
 * Posts the lines whose services are known as answers of these. What is refused of them is said at the line.
 *
 * Returns: whether that was done; the result is the number of the remittance
 */
gboolean
billing_desk_post_remittance (BillingTurn  *turn,
                              GError      **error)
{
  const char *day = turn->act->date;

  return billing_turn_check_text (turn->act->notes, error) && billing_turn_check_day (day, error) &&
         (day == NULL || *day == '\0' || billing_turn_check_open_day (turn, day, error)) &&
         post_remittance (turn, get_subject (turn), error);
}

/* --- matching and setting aside --------------------------------------------------------------- */

static BillingRemittanceLine *
load_line (BillingTurn  *turn,
           GError      **error)
{
  g_autoptr (BillingRecord) record = billing_table_get (turn->connection, BILLING_TYPE_REMITTANCE_LINE, get_subject (turn), error);

  if (record == NULL)
    return NULL;
  if (BILLING_REMITTANCE_LINE (record)->state == BILLING_REMITTANCE_LINE_STATE_POSTED)
    {
      billing_desk_refuse (error, _("This line is posted already, as an answer of %s. Take that answer back first. Nothing was "
                                    "changed."), BILLING_REMITTANCE_LINE (record)->service);
      return NULL;
    }

  return BILLING_REMITTANCE_LINE (g_steal_pointer (&record));
}

static gboolean
conclude_line (BillingTurn            *turn,
               BillingRemittanceLine  *before,
               GError                **error)
{
  const char *id = billing_record_get_id (BILLING_RECORD (before));
  g_autoptr (BillingRecord) after = billing_table_get (turn->connection, BILLING_TYPE_REMITTANCE_LINE, id, error);

  if (after == NULL)
    return FALSE;

  billing_turn_set_result (turn, before->remittance);
  return billing_turn_audit (turn, before->remittance_id, BILLING_RECORD (before), after, turn->act->notes, error);
}

/* Looks once more: services may have been made since. */
static gboolean
match_remittance (BillingTurn  *turn,
                  GError      **error)
{
  g_autoptr (BillingRemittance) before = load_remittance (turn, get_subject (turn), error);
  g_autoptr (BillingRemittance) after = NULL;
  const char *id;

  if (before == NULL)
    return FALSE;

  id = billing_record_get_id (BILLING_RECORD (before));
  if (!billing_remittance_find_services (turn->connection, id, error))
    return FALSE;

  after = load_remittance (turn, id, error);
  if (after == NULL)
    return FALSE;

  billing_turn_set_result (turn, after->number);
  return billing_turn_audit (turn, id, BILLING_RECORD (before), BILLING_RECORD (after), turn->act->notes, error);
}

static gboolean
match_line (BillingTurn  *turn,
            GError      **error)
{
  g_autoptr (BillingRemittanceLine) line = load_line (turn, error);
  g_autoptr (BillingRecord) service = NULL;

  if (line == NULL)
    return FALSE;

  service = billing_table_get (turn->connection, BILLING_TYPE_SERVICE, turn->act->selection, error);
  if (service == NULL)
    return FALSE;
  if (BILLING_SERVICE (service)->removed_at != 0)
    return billing_desk_refuse (error, _("%s was removed. Nothing was changed."), BILLING_SERVICE (service)->number);
  if (!g_str_equal (BILLING_SERVICE (service)->currency, line->currency))
    return billing_desk_refuse (error, _("%s is in %s, and the insurer paid in %s. Nothing was changed."),
                                BILLING_SERVICE (service)->number, BILLING_SERVICE (service)->currency, line->currency);

  return billing_connection_run (turn->connection, error,
                                 "UPDATE remittance_lines SET revision = revision + 1, state = 'matched', service_id = ?, why = NULL,"
                                 " chosen_by = ?, done_at = 0, done_by = NULL WHERE id = ?", "ttt", billing_record_get_id (service),
                                 turn->account, billing_record_get_id (BILLING_RECORD (line))) &&
         conclude_line (turn, line, error);
}

/**
 * billing_desk_match_remittance:
 * @turn: a line (subject) and its service (selection); or a remittance (subject), whose services are looked for once more
 * @error: return location for an error
 *
 * Returns: whether that was done; the result is the number of the remittance
 */
gboolean
billing_desk_match_remittance (BillingTurn  *turn,
                               GError      **error)
{
  if (!billing_turn_check_text (turn->act->notes, error))
    return FALSE;

  return turn->act->selection != NULL && *turn->act->selection != '\0' ? match_line (turn, error) : match_remittance (turn, error);
}

static gboolean
is_line (BillingTurn  *turn,
         gboolean     *answer,
         GError      **error)
{
  gint64 found;

  if (!billing_connection_get_integer (turn->connection, &found, error,
                                       "SELECT EXISTS (SELECT 1 FROM remittance_lines WHERE id = ?)", "t", get_subject (turn)))
    return FALSE;

  *answer = found != 0;
  return TRUE;
}

static gboolean
dismiss_line (BillingTurn  *turn,
              GError      **error)
{
  g_autoptr (BillingRemittanceLine) line = load_line (turn, error);

  return line != NULL &&
         billing_connection_run (turn->connection, error,
                                 "UPDATE remittance_lines SET revision = revision + 1, state = 'dismissed', why = ?, done_at = ?,"
                                 " done_by = ? WHERE id = ?", "titt", turn->act->notes, turn->now, turn->account,
                                 billing_record_get_id (BILLING_RECORD (line))) &&
         conclude_line (turn, line, error);
}

static gboolean
dismiss_remittance (BillingTurn  *turn,
                    GError      **error)
{
  g_autoptr (BillingRemittance) before = load_remittance (turn, get_subject (turn), error);
  g_autoptr (BillingRemittance) after = NULL;
  const char *id;

  if (before == NULL)
    return FALSE;
  if (before->n_open == 0)
    return billing_desk_refuse (error, _("All of the lines of %s are dealt with already. Nothing was changed."), before->number);

  id = billing_record_get_id (BILLING_RECORD (before));
  if (!billing_connection_run (turn->connection, error,
                               "UPDATE remittance_lines SET revision = revision + 1, state = 'dismissed', why = ?, done_at = ?,"
                               " done_by = ? WHERE remittance_id = ? AND state IN ('unmatched', 'matched', 'refused')", "titt",
                               turn->act->notes, turn->now, turn->account, id))
    return FALSE;

  after = load_remittance (turn, id, error);
  if (after == NULL)
    return FALSE;

  billing_turn_set_result (turn, after->number);
  return billing_turn_audit (turn, id, BILLING_RECORD (before), BILLING_RECORD (after), turn->act->notes, error);
}

/**
 * billing_desk_dismiss_remittance:
 * @turn: a line, or a remittance all of whose open lines are meant (subject), and why (notes)
 * @error: return location for an error
 *
 * Sets aside what is not going to be posted; saying of a line which service it is takes that back.
 *
 * Returns: whether that was done; the result is the number of the remittance
 */
gboolean
billing_desk_dismiss_remittance (BillingTurn  *turn,
                                 GError      **error)
{
  gboolean line;

  if (turn->act->notes == NULL || *turn->act->notes == '\0')
    return billing_desk_refuse (error, _("Say why it is set aside. Nothing was changed."));
  if (!billing_turn_check_text (turn->act->notes, error) || !is_line (turn, &line, error))
    return FALSE;

  return line ? dismiss_line (turn, error) : dismiss_remittance (turn, error);
}

/* --- looking ---------------------------------------------------------------------------------- */

typedef struct {
  const char *id;
  GPtrArray *found; /* (owned) (nullable) */
} Looking;

static gboolean
list_lines_func (BillingConnection  *connection,
                 gpointer            data,
                 GCancellable       *cancellable,
                 GError            **error)
{
  Looking *looking = data;

  looking->found = billing_remittance_list_lines (connection, looking->id, NULL, error);
  return looking->found != NULL;
}

/**
 * billing_desk_list_remittance_lines:
 * @self: a session
 * @remittance_id: of which remittance
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (element-type BillingRemittanceLine) (nullable): its lines
 */
GPtrArray *
billing_desk_list_remittance_lines (BillingDesk  *self,
                                    const char   *remittance_id,
                                    GError      **error)
{
  Looking looking = { remittance_id, NULL };

  billing_store_read (billing_desk_get_store (self), list_lines_func, &looking, NULL, error);
  return looking.found;
}

static gboolean
list_candidates_func (BillingConnection  *connection,
                      gpointer            data,
                      GCancellable       *cancellable,
                      GError            **error)
{
  Looking *looking = data;

  looking->found = billing_remittance_list_candidates (connection, looking->id, error);
  return looking->found != NULL;
}

/**
 * billing_desk_list_line_candidates:
 * @self: a session
 * @line_id: of a line of a remittance
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (element-type BillingService) (nullable): services that it may be about, the likeliest first
 */
GPtrArray *
billing_desk_list_line_candidates (BillingDesk  *self,
                                   const char   *line_id,
                                   GError      **error)
{
  Looking looking = { line_id, NULL };

  billing_store_read (billing_desk_get_store (self), list_candidates_func, &looking, NULL, error);
  return looking.found;
}

typedef struct {
  const char *remittance;
  BillingRemittancePreview *preview; /* (owned) (nullable) */
} Previewing;

static gboolean
read_preview (BillingConnection         *connection,
              const char                *remittance,
              BillingRemittancePreview  *preview,
              GError                   **error)
{
  g_autoptr (BillingStatement) statement = billing_connection_prepare (connection,
    "SELECT r.currency, total (n.state = 'posted'), ifnull (sum (a.paid), 0), ifnull (sum (a.adjusted), 0),"
    "  count (DISTINCT iif (a.moved <> 0, s.invoice_id, NULL)), ifnull (sum (a.lowered), 0), ifnull (sum (a.credited), 0),"
    "  total (n.state = 'refused'), (SELECT why FROM remittance_lines WHERE remittance_id = r.id AND state = 'refused' ORDER BY pk LIMIT 1)"
    " FROM remittances r JOIN remittance_lines n ON n.remittance_id = r.id AND n.state IN ('posted', 'refused')"
    "   AND n.pk IN (SELECT pk FROM temp.remittance_preview)"
    "   LEFT JOIN insurer_answers a ON a.id = n.answer_id LEFT JOIN services s ON s.id = a.service_id"
    " WHERE r.id = ?1 OR r.number = ?1 GROUP BY r.pk", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  billing_statement_bind_text (statement, 1, remittance);
  if (!billing_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;

  preview->currency = g_strdup (billing_statement_get_text (statement, 0));
  preview->n = billing_statement_get_integer (statement, 1);
  preview->paid = billing_statement_get_integer (statement, 2);
  preview->adjusted = billing_statement_get_integer (statement, 3);
  preview->n_invoices = billing_statement_get_integer (statement, 4);
  preview->lowered = billing_statement_get_integer (statement, 5);
  preview->credited = billing_statement_get_integer (statement, 6);
  preview->n_refused = billing_statement_get_integer (statement, 7);
  preview->refusal = g_strdup (billing_statement_get_text (statement, 8));
  return TRUE;
}

/* Done and taken back: what is shown is what will be, to the cent. */
static gboolean
preview_func (BillingDesk        *desk,
              BillingConnection  *connection,
              gpointer            data,
              GError            **error)
{
  Previewing *previewing = data;
  g_autoptr (BillingRemittancePreview) preview = g_new0 (BillingRemittancePreview, 1);
  g_autoptr (BillingAct) act = billing_act_new (BILLING_VERB_REMITTANCE_POST, previewing->remittance);

  if (!billing_connection_execute (connection,
                                   "CREATE TEMP TABLE IF NOT EXISTS remittance_preview (pk INTEGER PRIMARY KEY);"
                                   "DELETE FROM temp.remittance_preview;", error) ||
      !billing_connection_run (connection, error,
                               "INSERT INTO temp.remittance_preview SELECT n.pk FROM remittances r JOIN remittance_lines n"
                               " ON n.remittance_id = r.id WHERE (r.id = ?1 OR r.number = ?1) AND n.state IN ('unmatched', 'matched')",
                               "t", previewing->remittance) ||
      !billing_desk_perform (desk, connection, act, error) ||
      !read_preview (connection, previewing->remittance, preview, error))
    return FALSE;

  previewing->preview = g_steal_pointer (&preview);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
  return FALSE;
}

/**
 * billing_desk_preview_remittance:
 * @self: a session
 * @remittance: id or number
 * @error: return location for an error, if it cannot be posted
 *
 * Returns: (transfer full) (nullable): what posting it would do
 */
BillingRemittancePreview *
billing_desk_preview_remittance (BillingDesk  *self,
                                 const char   *remittance,
                                 GError      **error)
{
  Previewing previewing = { remittance, NULL };
  g_autoptr (GError) own = NULL;

  billing_desk_batch (self, preview_func, &previewing, NULL, &own);
  if (previewing.preview == NULL && own != NULL)
    g_propagate_error (error, g_steal_pointer (&own));

  return previewing.preview;
}

void
billing_remittance_preview_free (BillingRemittancePreview *preview)
{
  g_free (preview->refusal);
  g_free (preview->currency);
  g_free (preview);
}
