/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-remittance-store"

#include "config.h"

#include "billing-remittance-store.h"

#include "billing-service.h"
#include "billing-table.h"

/*
 * Which services the lines of remittances are about: by the number of the claim, which is that of a service or of a treatment, by the treatment
 * that a line names, else by who was treated, the day and the code. A number under which another code was done is a claim of somebody else's. The
 * best of these counts, of equal ones what costs as much as was asked for. Where one service is left, that is it; where several are, or none, a
 * person has to say.
 */

#define WAITING "n.state = 'unmatched' AND n.level <> 'rest' AND (?1 IS NULL OR n.remittance_id = ?1)"
#define SAME_CODE "(n.code IS NULL OR upper (s.code) = upper (n.code))"
#define NO_OTHER_CODE "(n.code IS NULL OR s.code IS NULL OR upper (s.code) = upper (n.code))"
#define LINE(rank) "SELECT n.pk, s.id, " rank ", s.amount = n.charge FROM remittance_lines n"

static const char find_services[] =
  "WITH candidates (line, service, rank, exact) AS MATERIALIZED ("
  LINE ("0") " JOIN services s ON s.number = n.claim AND s.removed_at = 0 AND " NO_OTHER_CODE " WHERE " WAITING
  " UNION ALL " LINE ("1") " JOIN treatments t ON t.number = n.claim"
  "   JOIN services s ON s.treatment_id = t.id AND s.removed_at = 0 AND " SAME_CODE " WHERE " WAITING
  " UNION ALL " LINE ("1") " JOIN services s ON s.treatment_id = n.treatment_id AND s.removed_at = 0 AND " SAME_CODE
  "   WHERE " WAITING " AND n.treatment_id IS NOT NULL"
  " UNION ALL SELECT n.pk, s.id,"
  "   CASE WHEN v.pk IS NOT NULL AND billing_fold (c.name) = billing_fold (n.patient_name) THEN 2"
  "     WHEN v.pk IS NOT NULL THEN 3 ELSE 4 END, s.amount = n.charge"
  "   FROM remittance_lines n JOIN services s ON s.day = n.day AND s.removed_at = 0 AND upper (s.code) = upper (n.code)"
  "   JOIN patients c ON c.id = s.patient_id"
  "   LEFT JOIN coverages v ON v.patient_id = s.patient_id AND v.member_id = n.member_id"
  "   WHERE " WAITING " AND (v.pk IS NOT NULL OR billing_fold (c.name) = billing_fold (n.patient_name))),"
  " ranked AS (SELECT line, service, dense_rank () OVER (PARTITION BY line ORDER BY rank, exact DESC) AS place FROM candidates),"
  " found AS (SELECT line, count (DISTINCT service) AS n, min (service) AS service FROM ranked WHERE place = 1 GROUP BY line)"
  " UPDATE remittance_lines SET revision = revision + 1, service_id = iif (f.n = 1, f.service, NULL),"
  "   state = iif (f.n = 1, 'matched', 'unmatched'), why = iif (f.n = 1, NULL, 'several')"
  " FROM found AS f WHERE remittance_lines.pk = f.line";

/* Two lines of a claim cannot both be one service: a person has to say which is which. */
static const char part_doubles[] =
  "UPDATE remittance_lines SET revision = revision + 1, state = 'unmatched', service_id = NULL, why = 'lines'"
  " WHERE state = 'matched' AND level = 'service' AND chosen_by IS NULL AND (?1 IS NULL OR remittance_id = ?1)"
  "   AND EXISTS (SELECT 1 FROM remittance_lines AS o WHERE o.remittance_id = remittance_lines.remittance_id"
  "     AND o.pk <> remittance_lines.pk AND o.claim = remittance_lines.claim AND o.level = 'service'"
  "     AND o.service_id = remittance_lines.service_id AND o.claim_status IS remittance_lines.claim_status"
  "     AND o.payer_claim IS remittance_lines.payer_claim AND o.state IN ('matched', 'posted'))";

/* What a claim says besides its services goes to the largest of them. */
#define LARGEST \
  "(SELECT o.service_id FROM remittance_lines AS o WHERE o.remittance_id = remittance_lines.remittance_id" \
  "  AND o.claim = remittance_lines.claim AND o.claim_status IS remittance_lines.claim_status AND o.level = 'service'" \
  "  AND o.payer_claim IS remittance_lines.payer_claim AND o.service_id IS NOT NULL ORDER BY abs (o.charge) DESC, o.pk LIMIT 1)"

static const char place_rests[] =
  "UPDATE remittance_lines SET revision = revision + 1, state = 'matched', why = NULL, service_id = " LARGEST
  " WHERE state = 'unmatched' AND level = 'rest' AND (?1 IS NULL OR remittance_id = ?1) AND " LARGEST " IS NOT NULL";

static const char name_lost[] =
  "UPDATE remittance_lines SET why = 'none' WHERE state = 'unmatched' AND why IS NULL AND (?1 IS NULL OR remittance_id = ?1)";

/**
 * billing_remittance_find_services:
 * @connection: inside of a writing transaction
 * @remittance_id: (nullable): of which remittance; %NULL: of all
 * @error: return location for a #BillingStoreError
 *
 * Looks for the services of lines whose service is not known.
 *
 * Returns: whether that was done
 */
gboolean
billing_remittance_find_services (BillingConnection  *connection,
                                  const char         *remittance_id,
                                  GError            **error)
{
  static const char * const statements[] = { find_services, part_doubles, place_rests, name_lost };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      if (!billing_connection_run (connection, error, statements[i], "t", remittance_id))
        return FALSE;
    }

  return TRUE;
}

static GPtrArray *
load_all (BillingConnection  *connection,
          BillingStatement   *ids,
          GType               type,
          GError            **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean row;

  while (billing_statement_step (ids, &row, error))
    {
      if (row)
        {
          g_ptr_array_add (keys, g_strdup (billing_statement_get_text (ids, 0)));
          continue;
        }
      for (guint i = 0; i < keys->len; i++)
        {
          BillingRecord *record = billing_table_get (connection, type, keys->pdata[i], error);

          if (record == NULL)
            return NULL;
          g_ptr_array_add (records, record);
        }
      return g_steal_pointer (&records);
    }

  return NULL;
}

/**
 * billing_remittance_list_lines:
 * @connection: of the books
 * @remittance_id: of which remittance
 * @state: (nullable): only those that stand there
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (element-type BillingRemittanceLine) (nullable): its lines, as they stand in its file
 */
GPtrArray *
billing_remittance_list_lines (BillingConnection  *connection,
                               const char         *remittance_id,
                               const char         *state,
                               GError            **error)
{
  g_autoptr (BillingStatement) ids = billing_connection_prepare (connection,
    "SELECT id FROM remittance_lines WHERE remittance_id = ?1 AND (?2 IS NULL OR state = ?2) ORDER BY pk", error);

  if (ids == NULL)
    return NULL;

  billing_statement_bind_text (ids, 1, remittance_id);
  billing_statement_bind_text (ids, 2, state);
  return load_all (connection, ids, BILLING_TYPE_REMITTANCE_LINE, error);
}

/**
 * billing_remittance_list_candidates:
 * @connection: of the books
 * @line_id: of a line
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (element-type BillingService) (nullable): services that it may be about, the likeliest first: those of its
 *   claim's treatment, of its patient, and those of its day that have its code
 */
GPtrArray *
billing_remittance_list_candidates (BillingConnection  *connection,
                                    const char         *line_id,
                                    GError            **error)
{
  g_autoptr (BillingStatement) ids = billing_connection_prepare (connection,
    "SELECT id FROM (SELECT s.id AS id, s.pk AS pk, upper (s.code) IS upper (n.code) AS code, s.day IS n.day AS day,"
    "     s.amount = n.charge AS exact"
    "   FROM remittance_lines n JOIN services s ON s.removed_at = 0 AND ("
    "     s.treatment_id = n.treatment_id OR s.treatment_id IN (SELECT id FROM treatments WHERE number = n.claim)"
    "     OR s.patient_id IN (SELECT patient_id FROM coverages WHERE member_id = n.member_id)"
    "     OR s.day = n.day AND s.code = n.code) WHERE n.id = ?)"
    " ORDER BY code + day + exact DESC, pk DESC LIMIT 50", error);

  if (ids == NULL)
    return NULL;

  billing_statement_bind_text (ids, 1, line_id);
  return load_all (connection, ids, BILLING_TYPE_SERVICE, error);
}
