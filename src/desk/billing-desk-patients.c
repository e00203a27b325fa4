/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-desk-patients"

#include "config.h"

#include "billing-desk-patients.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "billing-desk-private.h"
#include "billing-json-texts.h"
#include "billing-locale.h"
#include "billing-table.h"
#include "billing-text.h"

/* How a patient is reached, and two patients who turned out to be one. */

/* RFC 5321: a path. */
#define MAX_EMAIL 254
#define MAX_PHONE 60

/* --- contact preferences ---------------------------------------------------------------------- */

/* Enough to see that it is one: whether it is theirs, only a message tells. */
static gboolean
check_email (const char  *email,
             GError     **error)
{
  const char *at = strchr (email, '@');

  if (*email == '\0' ||
      (at != NULL && at != email && at[1] != '\0' && strchr (at + 1, '@') == NULL && strpbrk (email, " \t\r\n,;<>\"") == NULL &&
       billing_text_is_plain (email) && strlen (email) <= MAX_EMAIL))
    return TRUE;

  return billing_desk_refuse (error, _("“%s” is no e-mail address. Nothing was changed."), email);
}

static gboolean
check_phone (const char  *phone,
             GError     **error)
{
  return (billing_text_is_plain (phone) && strchr (phone, '\n') == NULL && strlen (phone) <= MAX_PHONE) ||
         billing_desk_refuse (error, _("“%s” is no phone number. Nothing was changed."), phone);
}

static gboolean
check_language (const char  *language,
                GError     **error)
{
  g_autofree char *locale = g_strdelimit (g_strdup (language), "-", '_');

  return *language == '\0' || billing_language_is_known (locale) ||
         billing_desk_refuse (error, _("“%s” is no language. Write it like de or pt_BR. Nothing was changed."), language);
}

static gboolean
check_yes_or_no (const char  *word,
                 GError     **error)
{
  return g_str_equal (word, "yes") || g_str_equal (word, "no") ||
         billing_desk_refuse (error, _("That is “yes” or “no”, not “%s”. Nothing was changed."), word);
}

/* What may be said, by the names of the patient's properties. */
static const struct {
  const char *name;
  gboolean is_word; /* whether imports say it, too */
  gboolean (*check) (const char *text, GError **error);
} preferences[] = {
  { "email", TRUE, check_email },
  { "phone", TRUE, check_phone },
  { "language", TRUE, check_language },
  { "no-mail", FALSE, check_yes_or_no },
  { "no-reminders", FALSE, check_yes_or_no },
};

/* No import changes it from now on. */
static void
note_typed (BillingPatient *patient,
            const char     *name)
{
  g_auto (GStrv) words = g_strsplit (patient->typed != NULL ? patient->typed : "", " ", -1);
  char *typed;

  if (g_strv_contains ((const char * const *) words, name))
    return;

  typed = patient->typed != NULL ? g_strconcat (patient->typed, " ", name, NULL) : g_strdup (name);
  g_free (patient->typed);
  patient->typed = typed;
}

static gboolean
set_preference (BillingPatient  *patient,
                guint            i,
                char            *said,
                GError         **error)
{
  const char *name = preferences[i].name;
  g_autofree char *before = NULL;

  g_strstrip (said);
  if (!preferences[i].check (said, error))
    return FALSE;

  if (!preferences[i].is_word)
    {
      g_object_set (patient, name, g_str_equal (said, "yes"), NULL);
      return TRUE;
    }

  g_object_get (patient, name, &before, NULL);
  if (g_strcmp0 (before != NULL ? before : "", said) != 0)
    note_typed (patient, name);
  g_object_set (patient, name, *said != '\0' ? said : NULL, NULL);
  return TRUE;
}

static gboolean
check_names (GHashTable  *said,
             GError     **error)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, said);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      gboolean is_known = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (preferences); i++)
        is_known |= g_str_equal (preferences[i].name, name);
      if (!is_known)
        return billing_desk_refuse (error, _("“%s” cannot be said of a patient. Nothing was changed."), (const char *) name);
    }

  return g_hash_table_size (said) > 0 ||
         billing_desk_refuse (error, _("Nothing was said about the patient. Nothing was changed."));
}

/**
 * billing_desk_edit_patient:
 * @turn: a patient; fields: email, phone, language (empty: none), no-mail, no-reminders (yes or no)
 * @error: return location for an error
 *
 * What a person changes of e-mail, phone and language is theirs from then on: no later import changes it.
 *
 * Returns: whether the patient is reached like that
 */
gboolean
billing_desk_edit_patient (BillingTurn  *turn,
                           GError      **error)
{
  const char *name = turn->act->subject != NULL ? turn->act->subject : "";
  g_autoptr (BillingRecord) before = billing_table_get (turn->connection, BILLING_TYPE_PATIENT, name, error);
  g_autoptr (BillingPatient) patient = billing_patient_new ();
  g_autoptr (GHashTable) said = before != NULL
    ? billing_json_texts_parse (turn->act->fields != NULL ? turn->act->fields : "{}", error) : NULL;

  if (said == NULL || !check_names (said, error))
    return FALSE;

  billing_record_copy (BILLING_RECORD (patient), before);
  for (guint i = 0; i < G_N_ELEMENTS (preferences); i++)
    {
      char *text = g_hash_table_lookup (said, preferences[i].name);

      if (text != NULL && !set_preference (patient, i, text, error))
        return FALSE;
    }

  billing_turn_set_result (turn, patient->number);
  return billing_table_update (turn->connection, BILLING_RECORD (patient), error) &&
         billing_turn_audit (turn, billing_record_get_id (before), before, BILLING_RECORD (patient), turn->act->notes, error);
}

/* --- merges ----------------------------------------------------------------------------------- */

/* The row of a name itself, whoever they turned out to be. */
static BillingPatient *
find_row (BillingConnection  *connection,
          const char         *name,
          GError            **error)
{
  g_autoptr (BillingRecord) meant = name != NULL && *name != '\0'
    ? billing_table_get (connection, BILLING_TYPE_PATIENT, name, error) : NULL;
  g_autofree char *upper = g_ascii_strup (name != NULL ? name : "", -1);
  const char *tries[][2] = { { "id", name }, { "number", name }, { "number", upper } };

  if (meant == NULL)
    {
      if (name == NULL || *name == '\0')
        billing_desk_refuse (error, _("Which patient? Nothing was changed."));
      return NULL;
    }

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_autoptr (GPtrArray) found = billing_table_select (connection, BILLING_TYPE_PATIENT, tries[i][0], tries[i][1], error);

      if (found == NULL)
        return NULL;
      if (found->len > 0)
        return g_object_ref (found->pdata[0]);
    }

  return (BillingPatient *) g_steal_pointer (&meant);
}

static gboolean
find_two (BillingConnection  *connection,
          const char         *from_name,
          const char         *into_name,
          BillingPatient    **from,
          BillingPatient    **into,
          GError            **error)
{
  g_autoptr (BillingPatient) first = find_row (connection, from_name, error);
  g_autoptr (BillingRecord) second = NULL;

  if (first == NULL)
    return FALSE;
  if (into_name == NULL || *into_name == '\0')
    return billing_desk_refuse (error, _("With whom is the patient merged? Nothing was changed."));

  second = billing_table_get (connection, BILLING_TYPE_PATIENT, into_name, error);
  if (second == NULL)
    return FALSE;
  if (first->merged_into != NULL)
    {
      g_autoptr (BillingRecord) stays = billing_table_get (connection, BILLING_TYPE_PATIENT, first->merged_into, error);

      return stays != NULL && billing_desk_refuse (error, _("%s was merged already, and is %s. Nothing was changed."), first->number,
                                                   BILLING_PATIENT (stays)->number);
    }
  if (g_str_equal (billing_record_get_id (BILLING_RECORD (first)), billing_record_get_id (second)))
    return billing_desk_refuse (error, _("Both are the same patient. Nothing was changed."));

  *from = g_steal_pointer (&first);
  *into = (BillingPatient *) g_steal_pointer (&second);
  return TRUE;
}

/* Both of them tell of it, each of the other. */
static gboolean
audit_both (BillingTurn     *turn,
            BillingPatient  *from,
            BillingPatient  *into,
            GError         **error)
{
  BillingPatient *both[] = { from, into };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      BillingPatient *other = both[1 - i];
      const char *id = billing_record_get_id (BILLING_RECORD (both[i]));
      g_autoptr (GPtrArray) after = billing_table_select (turn->connection, BILLING_TYPE_PATIENT, "id", id, error);
      gboolean has_notes = turn->act->notes != NULL && *turn->act->notes != '\0';
      g_autofree char *reason = g_strjoin (" ", other->number, other->name, has_notes ? "·" : NULL, turn->act->notes, NULL);

      if (after == NULL || !billing_turn_audit (turn, id, BILLING_RECORD (both[i]), after->pdata[0], reason, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * billing_desk_merge_patients:
 * @turn: a patient; patient: whom they turned out to be; notes
 * @error: return location for an error
 *
 * Returns: whether everything of the one is the other's; the result is the number of who stays
 */
gboolean
billing_desk_merge_patients (BillingTurn  *turn,
                             GError      **error)
{
  g_autoptr (BillingPatient) from = NULL;
  g_autoptr (BillingPatient) into = NULL;

  if (!billing_turn_check_text (turn->act->notes, error) ||
      !find_two (turn->connection, turn->act->subject, turn->act->patient, &from, &into, error) ||
      !billing_merge_patients (turn->connection, billing_record_get_id (BILLING_RECORD (from)),
                               billing_record_get_id (BILLING_RECORD (into)), turn->account, turn->now, error))
    return FALSE;

  billing_turn_set_result (turn, into->number);
  return audit_both (turn, from, into, error);
}

static gboolean
refuse_snag (BillingMergeSnag   snag,
             const char        *what,
             GError           **error)
{
  if (snag == BILLING_MERGE_SNAG_INVOICE)
    return billing_desk_refuse (error, _("%s was made since, of things of both patients: void it first, or take it out. Nothing was "
                                         "changed."), what);
  if (snag == BILLING_MERGE_SNAG_PAYMENT)
    return billing_desk_refuse (error, _("%s was given to a treatment of the other patient since. Change that first. Nothing was "
                                         "changed."), what);
  if (*what != '\0')
    return billing_desk_refuse (error, _("Credit was used or came in with %s since the patients were merged, so that nobody can say "
                                         "any more whose it is. Take that back first. Nothing was changed."), what);

  return billing_desk_refuse (error, _("The credit that came along was used since the patients were merged. Take that back first. "
                                       "Nothing was changed."));
}

static gboolean
check_stays (BillingPatient  *into,
             GError         **error)
{
  return into->merged_into == NULL ||
         billing_desk_refuse (error, _("%s was itself merged since. Take that back first. Nothing was changed."), into->number);
}

/**
 * billing_desk_unmerge_patient:
 * @turn: a patient who was merged; notes
 * @error: return location for an error
 *
 * Returns: whether they are two again; the result is the number of who came back
 */
gboolean
billing_desk_unmerge_patient (BillingTurn  *turn,
                              GError      **error)
{
  g_autoptr (BillingPatient) from = find_row (turn->connection, turn->act->subject, error);
  g_autoptr (BillingPatient) into = NULL;
  g_autofree char *into_id = NULL;
  g_autofree char *what = NULL;
  BillingMergeSnag snag;
  gint64 pk;

  if (from == NULL || !billing_turn_check_text (turn->act->notes, error) ||
      !billing_merge_find (turn->connection, billing_record_get_id (BILLING_RECORD (from)), &pk, &into_id, error))
    return FALSE;
  if (pk == 0)
    return billing_desk_refuse (error, _("%s was not merged with anybody. Nothing was changed."), from->number);

  into = find_row (turn->connection, into_id, error);
  if (into == NULL || !check_stays (into, error) ||
      !billing_merge_take_back (turn->connection, pk, turn->now, &snag, &what, error))
    return FALSE;
  if (snag != BILLING_MERGE_SNAG_NONE)
    return refuse_snag (snag, what, error);

  billing_turn_set_result (turn, from->number);
  return audit_both (turn, from, into, error);
}

/* --- what is looked at before ----------------------------------------------------------------- */

/**
 * billing_merge_preview_free:
 * @preview: (transfer full): a preview
 */
void
billing_merge_preview_free (BillingMergePreview *preview)
{
  g_clear_object (&preview->from);
  g_clear_object (&preview->into);
  g_clear_pointer (&preview->counts, g_ptr_array_unref);
  g_free (preview);
}

/**
 * billing_merge_preview_read:
 * @connection: inside a transaction
 * @from: id or number of who turned out to be @into
 * @into: id or number of who stays
 * @error: return location for a #BillingDeskError that says why they cannot be merged
 *
 * Returns: (transfer full) (nullable): what a merge would do
 */
BillingMergePreview *
billing_merge_preview_read (BillingConnection  *connection,
                            const char         *from,
                            const char         *into,
                            GError            **error)
{
  g_autoptr (BillingMergePreview) preview = g_new0 (BillingMergePreview, 1);

  if (!find_two (connection, from, into, &preview->from, &preview->into, error))
    return NULL;

  preview->counts = billing_merge_count (connection, billing_record_get_id (BILLING_RECORD (preview->from)), error);
  return preview->counts != NULL ? g_steal_pointer (&preview) : NULL;
}

typedef struct {
  const char *from;
  const char *into;
  gint64 limit;
  BillingMergePreview *preview; /* (owned) (nullable) */
  GPtrArray *duplicates;        /* (owned) (nullable) */
} Looking;

static gboolean
preview_func (BillingConnection  *connection,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  Looking *looking = data;

  looking->preview = billing_merge_preview_read (connection, looking->from, looking->into, error);
  return looking->preview != NULL;
}

/**
 * billing_desk_preview_merge:
 * @self: a session
 * @from: id or number of who turned out to be @into
 * @into: id or number of who stays
 * @error: return location for an error that says why they cannot be merged
 *
 * Returns: (transfer full) (nullable): what a merge would do
 */
BillingMergePreview *
billing_desk_preview_merge (BillingDesk  *self,
                            const char   *from,
                            const char   *into,
                            GError      **error)
{
  Looking looking = { from, into, 0, NULL, NULL };

  billing_store_read (billing_desk_get_store (self), preview_func, &looking, NULL, error);
  return looking.preview;
}

/* One literal for each: the number is checked against it. */
static char *
describe_count (BillingMergeCount *count)
{
  gulong n = (gulong) count->n;

  if (g_str_equal (count->kind, "payments"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRId64 " payment", "%" PRId64 " payments", n), count->n);
  if (g_str_equal (count->kind, "invoices"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRId64 " invoice", "%" PRId64 " invoices", n), count->n);
  if (g_str_equal (count->kind, "treatments"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRId64 " treatment", "%" PRId64 " treatments", n), count->n);
  if (g_str_equal (count->kind, "services"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRId64 " service", "%" PRId64 " services", n), count->n);
  if (g_str_equal (count->kind, "coverages"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRId64 " coverage", "%" PRId64 " coverages", n), count->n);
  if (g_str_equal (count->kind, "eligibility_checks"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRId64 " eligibility check", "%" PRId64 " eligibility checks", n), count->n);
  if (g_str_equal (count->kind, "documents"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRId64 " document", "%" PRId64 " documents", n), count->n);
  if (g_str_equal (count->kind, "notes"))
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" PRId64 " note", "%" PRId64 " notes", n), count->n);

  return NULL;
}

/**
 * billing_merge_counts_describe:
 * @counts: (element-type BillingMergeCount): what belongs to a patient
 *
 * Returns: (transfer full): it in words: “2 payments, 1 treatment”; empty where there is nothing
 */
char *
billing_merge_counts_describe (GPtrArray *counts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < counts->len; i++)
    {
      BillingMergeCount *count = counts->pdata[i];

      g_autofree char *words = count->n > 0 ? describe_count (count) : NULL;

      if (words != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", words);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
set_one (BillingConnection  *connection,
         const char         *id,
         char              **number,
         char              **name,
         char              **birth_date,
         char              **has,
         GError            **error)
{
  g_autoptr (BillingRecord) record = billing_table_get (connection, BILLING_TYPE_PATIENT, id, error);
  g_autoptr (GPtrArray) counts = record != NULL ? billing_merge_count (connection, id, error) : NULL;
  BillingPatient *patient = (BillingPatient *) record;

  if (counts == NULL)
    return FALSE;

  *number = g_strdup (patient->number);
  *name = g_strdup (patient->name);
  *birth_date = g_strdup (patient->birth_date);
  *has = billing_merge_counts_describe (counts);
  return TRUE;
}

/**
 * billing_duplicates_read:
 * @connection: inside a transaction
 * @limit: how many at most
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingDuplicate): who may be one, the likeliest first
 */
GPtrArray *
billing_duplicates_read (BillingConnection  *connection,
                         gint64              limit,
                         GError            **error)
{
  g_autoptr (GPtrArray) pairs = billing_merge_list_pairs (connection, limit, error);
  g_autoptr (GPtrArray) duplicates = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    {
      BillingMergePair *pair = pairs->pdata[i];
      BillingDuplicate *duplicate = billing_duplicate_new ();
      g_autofree char *id = g_strdup_printf ("%s+%s", pair->first, pair->second);

      g_ptr_array_add (duplicates, duplicate);
      g_object_set (duplicate, "id", id, "reason", pair->reason, NULL);
      if (!set_one (connection, pair->first, &duplicate->number, &duplicate->name, &duplicate->birth_date, &duplicate->has, error) ||
          !set_one (connection, pair->second, &duplicate->other, &duplicate->other_name, &duplicate->other_birth_date,
                    &duplicate->other_has, error))
        return NULL;
    }

  return pairs != NULL ? g_steal_pointer (&duplicates) : NULL;
}

static gboolean
duplicates_func (BillingConnection  *connection,
                 gpointer            data,
                 GCancellable       *cancellable,
                 GError            **error)
{
  Looking *looking = data;

  looking->duplicates = billing_duplicates_read (connection, looking->limit, error);
  return looking->duplicates != NULL;
}

/**
 * billing_desk_list_duplicates:
 * @self: a session
 * @limit: how many at most
 * @error: return location for a #BillingStoreError
 *
 * Returns: (transfer full) (nullable) (element-type BillingDuplicate): who may be one, the likeliest first
 */
GPtrArray *
billing_desk_list_duplicates (BillingDesk  *self,
                              gint64        limit,
                              GError      **error)
{
  Looking looking = { NULL, NULL, limit, NULL, NULL };

  billing_store_read (billing_desk_get_store (self), duplicates_func, &looking, NULL, error);
  return looking.duplicates;
}

/**
 * billing_duplicate_get_label:
 * @self: two patients
 *
 * Returns: what they have in common, in words
 */
const char *
billing_duplicate_get_label (BillingDuplicate *self)
{
  if (g_strcmp0 (self->reason, "member-id") == 0)
    return _("Same insurance number");
  if (g_strcmp0 (self->reason, "email") == 0)
    return _("Same e-mail address");

  return _("Same name and birth date");
}
