/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-x12-eligibility"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-day.h"
#include "billing-x12-private.h"

/*
 * One 271: a payer (HL 20) answers a provider (21) about subscribers (22) and their dependents (23), each of whom is an entry of the
 * file. What belongs to whom shows in the order of the segments alone.
 */

/* More than any payer has benefits; a hostile file has more. */
#define MAX_BENEFITS 10000
#define MAX_WORDS 1000

typedef enum {
  LEVEL_NONE,
  LEVEL_PAYER,
  LEVEL_PROVIDER,
  LEVEL_SUBSCRIBER,
  LEVEL_DEPENDENT,
} Level;

struct _BillingX12Eligibility {
  BillingX12File *file;   /* (not owned) */
  char *set;              /* (owned): ST02 */

  char *reference;        /* (owned) (nullable): BHT03 */
  char *day;              /* (owned) (nullable): BHT04 */
  char *time;             /* (owned) (nullable): BHT05 */
  char *payer;            /* (owned) (nullable) */
  char *payer_id;         /* (owned) (nullable) */
  GString *refusal;       /* (owned): why nobody is answered */

  Level level;
  BillingX12Person subscriber;
  BillingX12Person dependent;
  BillingX12Cover covers[2]; /* the subscriber's, good for its dependents where theirs says nothing, and the dependent's */

  /* The answer being read. */
  char *number;           /* (owned) (nullable): HL01 */
  char *trace;            /* (owned) (nullable): TRN02 */
  GPtrArray *benefits;    /* (owned) (element-type BillingBenefit) */
  BillingX12Standing standing;
  GString *errors;        /* (owned) */
  GString *messages;      /* (owned) */
  gboolean has_lines;     /* an EB was read */
  gboolean refused;       /* the question was, as a whole */
  gboolean of_plan;       /* the EB before is about the plan as a whole */
  gboolean of_payers;     /* it is about another payer */
  gboolean elsewhere;     /* inside of a loop about somebody else */
  char *problem;          /* (owned) (nullable): the first */
};

BillingX12Eligibility *
billing_x12_eligibility_new (BillingX12File *file)
{
  BillingX12Eligibility *self = g_new0 (BillingX12Eligibility, 1);

  self->file = file;
  self->refusal = g_string_new (NULL);
  self->errors = g_string_new (NULL);
  self->messages = g_string_new (NULL);
  self->benefits = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
billing_x12_eligibility_free (BillingX12Eligibility *self)
{
  billing_x12_person_clear (&self->subscriber);
  billing_x12_person_clear (&self->dependent);
  billing_x12_cover_clear (&self->covers[0]);
  billing_x12_cover_clear (&self->covers[1]);
  g_string_free (self->refusal, TRUE);
  g_string_free (self->errors, TRUE);
  g_string_free (self->messages, TRUE);
  g_ptr_array_unref (self->benefits);
  g_free (self->set);
  g_free (self->reference);
  g_free (self->day);
  g_free (self->time);
  g_free (self->payer);
  g_free (self->payer_id);
  g_free (self->number);
  g_free (self->trace);
  g_free (self->problem);
  g_free (self);
}

static void
take (char **place,
      char  *text)
{
  g_free (*place);
  *place = text;
}

static BillingX12Cover *
get_cover (BillingX12Eligibility *self)
{
  return &self->covers[self->level == LEVEL_DEPENDENT ? 1 : 0];
}

static BillingX12Person *
get_person (BillingX12Eligibility *self)
{
  return self->level == LEVEL_DEPENDENT ? &self->dependent : &self->subscriber;
}

/* Words of the payer, each once and not without end. */
static void
add_words (GString    *words,
           const char *text)
{
  if (text == NULL || strstr (words->str, text) != NULL || words->len + strlen (text) > MAX_WORDS)
    return;

  g_string_append_printf (words, "%s%s", words->len > 0 ? "; " : "", text);
}

/* Handing an answer over */

static char *
make_what (BillingX12Eligibility *self)
{
  return g_strdup_printf ("ST %s HL %s", self->set != NULL ? self->set : "?", self->number != NULL ? self->number : "?");
}

static gboolean
complain (BillingX12Eligibility  *self,
          const char             *text,
          GError                **error)
{
  g_autofree char *what = make_what (self);

  return self->file->sink->problem (self->file->data, self->file->entries, "x12-checks", what, text, error);
}

static BillingEligibilityStatus
get_status (BillingX12Eligibility *self)
{
  const BillingX12Standing *standing = &self->standing;

  if (self->refused || self->refusal->len > 0)
    return BILLING_ELIGIBILITY_STATUS_ERROR;
  if (standing->plan_active > 0)
    return BILLING_ELIGIBILITY_STATUS_ACTIVE;
  if (standing->plan_inactive > 0)
    return BILLING_ELIGIBILITY_STATUS_INACTIVE;
  if (standing->active > 0)
    return BILLING_ELIGIBILITY_STATUS_ACTIVE;
  if (standing->inactive > 0)
    return BILLING_ELIGIBILITY_STATUS_INACTIVE;
  if (standing->failed > 0 || self->errors->len > 0)
    return BILLING_ELIGIBILITY_STATUS_ERROR;

  return BILLING_ELIGIBILITY_STATUS_UNKNOWN;
}

static char *
get_disposition (BillingX12Eligibility *self)
{
  g_autoptr (GString) words = g_string_new (self->refusal->str);

  add_words (words, self->errors->len > 0 ? self->errors->str : NULL);
  add_words (words, self->messages->len > 0 ? self->messages->str : NULL);
  return words->len > 0 ? g_strdup (words->str) : NULL;
}

/* The same answer may come again in another envelope. */
static char *
make_check_key (BillingX12Eligibility  *self,
                const BillingX12Person *person)
{
  g_autofree char *who = billing_x12_person_make_key (person);

  return g_strdup_printf ("checks#x12:%s|%s%s|%s|%s|%s", self->payer_id != NULL ? self->payer_id : self->payer,
                          self->day, self->time != NULL ? self->time : "", self->reference != NULL ? self->reference : "",
                          self->trace != NULL ? self->trace : self->number, who);
}

static void
refer_to_coverage (BillingX12Eligibility  *self,
                   const BillingX12Person *person,
                   BillingImportItem      *item)
{
  BillingImportReference reference = {
    .role = "coverage_id", .kind = "coverages", .shown = g_strdup (""),
    .key = billing_x12_cover_make_key (person, self->payer),
  };

  billing_import_item_add_reference (item, reference);
}

static BillingImportItem *
make_check (BillingX12Eligibility    *self,
            const BillingX12Person   *person,
            BillingEligibilityStatus  status,
            const char               *what)
{
  BillingImportItem *item = billing_import_item_new ("x12-checks", what);
  BillingEligibilityCheck *check = billing_eligibility_check_new ();

  item->record = BILLING_RECORD (check);
  check->payer = g_strdup (self->payer);
  check->plan = g_strdup (billing_x12_cover_get_plan (get_cover (self)));
  check->status = status;
  check->checked_on = g_strdup (self->day);
  check->disposition = get_disposition (self);
  for (guint i = 0; i < self->benefits->len; i++)
    g_ptr_array_add (item->benefits, g_object_ref (self->benefits->pdata[i]));

  billing_import_item_add_key (item, BILLING_IMPORT_STRENGTH_ID, make_check_key (self, person));
  billing_x12_person_refer (person, item);
  if (status != BILLING_ELIGIBILITY_STATUS_ERROR && person->member_id != NULL)
    refer_to_coverage (self, person, item);
  return item;
}

static gboolean
hand_over (BillingX12Eligibility   *self,
           BillingImportItem       *item,
           GError                 **error)
{
  g_autoptr (BillingImportItem) owned = item;
  g_autofree char *stamp = g_strdup_printf ("%sT%.2s:%.2s:00Z", self->day, self->time != NULL ? self->time : "00",
                                            self->time != NULL ? self->time + 2 : "00");

  /* Of two answers the later one counts, in whatever order they come in. */
  if (!billing_instant_parse (stamp, "UTC", &owned->updated_at, NULL))
    owned->updated_at = 0;

  return self->file->sink->item (self->file->data, self->file->entries, owned, error);
}

static gboolean
hand_over_answer (BillingX12Eligibility   *self,
                  const BillingX12Person  *person,
                  GError                 **error)
{
  g_autofree char *what = make_what (self);
  BillingEligibilityStatus status = get_status (self);
  const char *in_force = status == BILLING_ELIGIBILITY_STATUS_INACTIVE ? "cancelled" : "active";

  billing_x12_benefits_pair (self->benefits);
  if (self->level == LEVEL_DEPENDENT)
    billing_x12_cover_inherit (&self->covers[1], &self->covers[0]);
  if (!hand_over (self, billing_x12_person_make_item (person, what), error))
    return FALSE;
  if (status != BILLING_ELIGIBILITY_STATUS_ERROR && person->member_id != NULL &&
      !hand_over (self, billing_x12_cover_make_item (get_cover (self), person, self->payer, in_force, what), error))
    return FALSE;

  return hand_over (self, make_check (self, person, status, what), error);
}

/* Nobody can be told whom the payer means: what it says against the question is all there is to say. */
static char *
describe_unknown (BillingX12Eligibility *self)
{
  g_autofree char *words = get_disposition (self);

  if (words == NULL)
    return g_strdup (_("it does not say about whom it is"));

  /* Translators: the first is an insurer, the second its reason in its words */
  return g_strdup_printf (_("%s did not answer, and names no patient: %s"),
                          self->payer != NULL ? self->payer : _("the insurer"), words);
}

static char *
find_problem (BillingX12Eligibility  *self,
              const BillingX12Person *person)
{
  if (self->problem != NULL)
    return g_strdup (self->problem);
  if (!billing_x12_person_is_known (person))
    return describe_unknown (self);
  if (self->payer == NULL)
    return g_strdup (_("it names no insurer"));
  if (self->day == NULL)
    return g_strdup (_("it does not say when it was made"));

  return NULL;
}

static void
clear_answer (BillingX12Eligibility *self)
{
  g_clear_pointer (&self->number, g_free);
  g_clear_pointer (&self->trace, g_free);
  g_clear_pointer (&self->problem, g_free);
  g_ptr_array_set_size (self->benefits, 0);
  g_string_truncate (self->errors, 0);
  g_string_truncate (self->messages, 0);
  self->standing = (BillingX12Standing) { 0 };
  self->has_lines = FALSE;
  self->refused = FALSE;
  self->of_plan = FALSE;
  self->of_payers = FALSE;
  self->elsewhere = FALSE;
}

static gboolean
finish_person (BillingX12Eligibility  *self,
               gboolean                answered,
               GError                **error)
{
  BillingX12Person *person = get_person (self);
  g_autofree char *problem = NULL;

  if (self->level == LEVEL_DEPENDENT && person->member_id == NULL)
    person->member_id = g_strdup (self->subscriber.member_id);

  problem = answered ? find_problem (self, person) : g_strdup (_("it answers nothing"));
  self->file->entries++;
  return problem != NULL ? complain (self, problem, error) : hand_over_answer (self, person, error);
}

/* A subscriber of whom nothing is said stands there for its dependents; a refusal that nobody follows is about nobody. */
static gboolean
finish_level (BillingX12Eligibility  *self,
              Level                   next,
              GError                **error)
{
  gboolean said = self->has_lines || self->errors->len > 0;
  gboolean ok = TRUE;

  if (self->level >= LEVEL_SUBSCRIBER)
    {
      if (said || self->level == LEVEL_DEPENDENT || next != LEVEL_DEPENDENT)
        ok = finish_person (self, said || self->refusal->len > 0, error);
    }
  else if (self->refusal->len > 0 && next <= self->level)
    {
      g_autofree char *words = describe_unknown (self);

      self->file->entries++;
      ok = complain (self, words, error);
    }

  clear_answer (self);
  return ok;
}

/* Reading */

static void
read_beginning (BillingX12Eligibility   *self,
                const BillingX12Segment *segment)
{
  take (&self->reference, billing_x12_segment_dup (segment, 3));
  take (&self->day, billing_x12_read_day (billing_x12_segment_get (segment, 4)));
  take (&self->time, billing_x12_segment_dup (segment, 5));
  if (self->time != NULL && strspn (self->time, "0123456789") < 4)
    g_clear_pointer (&self->time, g_free);
}

/* What the levels before said and is not of this one. */
static void
forget (BillingX12Eligibility *self,
        Level                  level)
{
  if (level == LEVEL_PAYER || (level == LEVEL_PROVIDER && self->level > LEVEL_PAYER))
    g_string_truncate (self->refusal, 0);
  if (level == LEVEL_PAYER)
    {
      g_clear_pointer (&self->payer, g_free);
      g_clear_pointer (&self->payer_id, g_free);
    }
  if (level != LEVEL_DEPENDENT)
    {
      billing_x12_person_clear (&self->subscriber);
      billing_x12_cover_clear (&self->covers[0]);
    }

  billing_x12_person_clear (&self->dependent);
  billing_x12_cover_clear (&self->covers[1]);
}

static gboolean
begin_level (BillingX12Eligibility    *self,
             const BillingX12Segment  *segment,
             GError                  **error)
{
  static const struct {
    const char *code;
    Level level;
  } levels[] = {
    { "20", LEVEL_PAYER },
    { "21", LEVEL_PROVIDER },
    { "22", LEVEL_SUBSCRIBER },
    { "23", LEVEL_DEPENDENT },
  };
  Level level = LEVEL_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      if (g_str_equal (billing_x12_segment_get (segment, 3), levels[i].code))
        level = levels[i].level;
    }

  if (!finish_level (self, level, error))
    return FALSE;

  forget (self, level);
  self->level = level;
  take (&self->number, billing_x12_segment_dup (segment, 1));
  return TRUE;
}

static void
read_payer (BillingX12Eligibility   *self,
            const BillingX12Segment *segment)
{
  take (&self->payer, billing_x12_segment_dup (segment, 3));
  take (&self->payer_id, billing_x12_segment_dup (segment, 9));
  if (self->payer == NULL)
    self->payer = g_strdup (self->payer_id);
}

/* Where another payer is the primary one, this one is not. */
static void
read_other (BillingX12Eligibility   *self,
            const BillingX12Segment *segment)
{
  if (self->of_payers && g_str_equal (billing_x12_segment_get (segment, 1), "PRP"))
    get_cover (self)->is_secondary = TRUE;
  self->elsewhere = TRUE;
}

static void
read_name (BillingX12Eligibility   *self,
           const BillingX12Segment *segment)
{
  if (self->level == LEVEL_PAYER)
    read_payer (self, segment);
  else if (self->level >= LEVEL_SUBSCRIBER && (self->has_lines || self->elsewhere))
    read_other (self, segment);
  else if (self->level >= LEVEL_SUBSCRIBER)
    billing_x12_person_read_name (get_person (self), segment);
}

/* Numbers of the plan and the group, with their names behind. */
static void
read_reference (BillingX12Eligibility   *self,
                const BillingX12Segment *segment)
{
  const char *qualifier = billing_x12_segment_get (segment, 1);
  BillingX12Person *person = get_person (self);
  BillingX12Cover *cover = get_cover (self);

  if ((g_str_equal (qualifier, "18") || g_str_equal (qualifier, "6P")) && cover->group == NULL)
    cover->group = billing_x12_segment_dup (segment, 3);
  if (g_str_equal (qualifier, "1W") && person->member_id == NULL)
    person->member_id = billing_x12_segment_dup (segment, 2);
}

static void
read_line (BillingX12Eligibility   *self,
           const BillingX12Segment *segment)
{
  const char *code = billing_x12_segment_get (segment, 1);
  BillingX12Cover *cover = get_cover (self);
  guint plans = self->standing.plan_active + self->standing.plan_inactive;

  self->has_lines = TRUE;
  self->elsewhere = FALSE;
  self->of_payers = g_str_equal (code, "R");
  billing_x12_standing_read (&self->standing, segment);
  self->of_plan = self->standing.plan_active + self->standing.plan_inactive > plans;
  if (self->benefits->len < MAX_BENEFITS)
    billing_x12_benefits_read (self->benefits, segment, self->file->practice->currency, &self->problem);
  else if (self->problem == NULL)
    self->problem = g_strdup (_("it has more benefits than any insurer has"));

  if (cover->plan == NULL && !self->of_payers)
    cover->plan = billing_x12_segment_dup (segment, 5);
  if (cover->group == NULL && !self->of_payers)
    cover->group = g_strdup (billing_x12_get_insurance_type (billing_x12_segment_get (segment, 4)));
}

/* Before any line it is the whole question that was refused; behind one it is what that asked about. */
static void
read_refusal (BillingX12Eligibility   *self,
              const BillingX12Segment *segment)
{
  g_autofree char *words = billing_x12_reject_read (segment);

  add_words (self->level >= LEVEL_SUBSCRIBER ? self->errors : self->refusal, words);
  if (self->level >= LEVEL_SUBSCRIBER && !self->has_lines)
    self->refused = TRUE;
}

static void
read_message (BillingX12Eligibility   *self,
              const BillingX12Segment *segment)
{
  g_autofree char *words = billing_x12_segment_dup (segment, 1);

  add_words (self->messages, words);
}

/* What a person's loop has. */
static void
read_of_person (BillingX12Eligibility   *self,
                const BillingX12Segment *segment)
{
  BillingX12Person *person = get_person (self);
  const char *id = segment->id;

  if (g_str_equal (id, "TRN") && self->trace == NULL)
    self->trace = billing_x12_segment_dup (segment, 2);
  else if (g_str_equal (id, "EB"))
    read_line (self, segment);
  else if (g_str_equal (id, "MSG"))
    read_message (self, segment);
  else if (g_str_equal (id, "DTP") && (!self->has_lines || (self->of_plan && !self->elsewhere)))
    billing_x12_cover_read_dates (get_cover (self), segment);
  else if (self->has_lines || self->elsewhere)
    return;
  else if (g_str_equal (id, "N3"))
    billing_x12_person_read_street (person, segment);
  else if (g_str_equal (id, "N4"))
    billing_x12_person_read_city (person, segment);
  else if (g_str_equal (id, "DMG"))
    billing_x12_person_read_facts (person, segment);
  else if (g_str_equal (id, "REF"))
    read_reference (self, segment);
}

/**
 * billing_x12_eligibility_read:
 * @self: a 271
 * @segment: its next segment, from ST on
 * @error: return location for an error of the sink
 *
 * Returns: whether to go on
 */
gboolean
billing_x12_eligibility_read (BillingX12Eligibility    *self,
                              const BillingX12Segment  *segment,
                              GError                  **error)
{
  const char *id = segment->id;

  if (g_str_equal (id, "ST"))
    take (&self->set, billing_x12_segment_dup (segment, 2));
  else if (g_str_equal (id, "BHT"))
    read_beginning (self, segment);
  else if (g_str_equal (id, "HL"))
    return begin_level (self, segment, error);
  else if (g_str_equal (id, "NM1"))
    read_name (self, segment);
  else if (g_str_equal (id, "AAA"))
    read_refusal (self, segment);
  else if (g_str_equal (id, "LS"))
    self->elsewhere = TRUE;
  else if (g_str_equal (id, "LE"))
    self->elsewhere = FALSE;
  else if (self->level >= LEVEL_SUBSCRIBER)
    read_of_person (self, segment);

  return TRUE;
}

/**
 * billing_x12_eligibility_finish:
 * @self: a 271 that was read to its SE
 * @error: return location for an error of the sink
 *
 * Returns: whether the last answer, and what there is to say without any, was handed over
 */
gboolean
billing_x12_eligibility_finish (BillingX12Eligibility  *self,
                                GError                **error)
{
  return finish_level (self, LEVEL_NONE, error);
}
