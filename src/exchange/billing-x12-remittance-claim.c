/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-x12-remittance-claim"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-money.h"
#include "billing-remittance.h"
#include "billing-x12-private.h"

/*
 * A claim of an 835 (loops 2100 and 2110): CLP, and an SVC for each service. What a claim says besides its services becomes part of
 * the service where there is only one, else a line of its own, so that the lines sum up to the claim in every case.
 */

/* More services than any claim has; a hostile file has more. */
#define MAX_LINES 10000

/* What an adjustment (CAS) moves, by its group and reason. */
typedef struct {
  gint64 adjusted;
  gint64 patient;
  gint64 prior;
  GString *codes; /* (owned) (nullable) */
} Reasons;

typedef struct {
  BillingRemittanceLine *record; /* (owned) */
  Reasons reasons;
} Line;

struct _BillingX12Claim {
  const char *currency; /* (not owned) */
  BillingX12Person patient;
  BillingX12Person insured;
  char *number;         /* (owned) (nullable): CLP01 */
  char *status;         /* (owned) (nullable): CLP02 */
  char *payer_number;   /* (owned) (nullable): CLP07 */
  gint64 charge;
  gint64 paid;
  char *day;            /* (owned) (nullable): on which its services begin */
  Reasons reasons;      /* of the claim as a whole */
  GPtrArray *lines;     /* (owned) (element-type Line) */
  char *problem;        /* (owned) (nullable): the first */
};

static void
reasons_clear (Reasons *self)
{
  if (self->codes != NULL)
    g_string_free (self->codes, TRUE);
}

static void
line_free (gpointer data)
{
  Line *line = data;

  reasons_clear (&line->reasons);
  g_object_unref (line->record);
  g_free (line);
}

static void complain (BillingX12Claim *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
complain (BillingX12Claim *self,
          const char      *format,
          ...)
{
  va_list values;

  if (self->problem != NULL)
    return;

  va_start (values, format);
  self->problem = g_strdup_vprintf (format, values);
  va_end (values);
}

/**
 * billing_x12_read_amount:
 * @text: an amount, with or without a point, perhaps negative
 * @currency: ISO 4217
 * @minor: return location
 *
 * Returns: whether it is one; "" is zero
 */
gboolean
billing_x12_read_amount (const char *text,
                         const char *currency,
                         gint64     *minor)
{
  BillingMoney money;

  *minor = 0;
  if (*text == '\0')
    return TRUE;
  if (!billing_money_parse_plain (text, currency, TRUE, &money, NULL))
    return FALSE;

  *minor = money.minor;
  return TRUE;
}

static gint64
read_amount (BillingX12Claim         *self,
             const BillingX12Segment *segment,
             guint                    element)
{
  const char *text = billing_x12_segment_get (segment, element);
  gint64 minor;

  if (!billing_x12_read_amount (text, self->currency, &minor))
    complain (self, _("“%s” is no amount"), text);

  return minor;
}

static void
add (BillingX12Claim *self,
     gint64          *sum,
     gint64           amount)
{
  if (__builtin_add_overflow (*sum, amount, sum))
    {
      *sum = 0;
      complain (self, _("its amounts are larger than can be kept"));
    }
}

static void
add_code (Reasons    *self,
          const char *code)
{
  if (self->codes == NULL)
    self->codes = g_string_new (NULL);
  if (self->codes->len < 1000)
    g_string_append_printf (self->codes, "%s%s", self->codes->len > 0 ? " " : "", code);
}

static gboolean
is_code (const char *text)
{
  gsize length = strlen (text);

  return length >= 1 && length <= 6 && strspn (text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") == length;
}

/* Reason 23 is what other insurers decided before; it was posted with their own answer, and is not posted again. */
static void
add_reason (BillingX12Claim *self,
            Reasons         *reasons,
            const char      *group,
            const char      *reason,
            gint64           amount)
{
  g_autofree char *code = NULL;

  if (!is_code (group) || !is_code (reason))
    {
      complain (self, _("“%s %s” is no reason of an adjustment"), group, reason);
      return;
    }

  code = g_strdup_printf ("%s-%s:%" G_GINT64_FORMAT, group, reason, amount);
  add_code (reasons, code);
  if (g_str_equal (group, "PR"))
    add (self, &reasons->patient, amount);
  else if (g_str_equal (reason, "23"))
    add (self, &reasons->prior, amount);
  else
    add (self, &reasons->adjusted, amount);
}

static Reasons *
get_reasons (BillingX12Claim *self)
{
  return self->lines->len > 0 ? &((Line *) self->lines->pdata[self->lines->len - 1])->reasons : &self->reasons;
}

/* CAS: up to six reasons of one group, each with its amount and a quantity. */
static void
read_reasons (BillingX12Claim         *self,
              const BillingX12Segment *segment)
{
  const char *group = billing_x12_segment_get (segment, 1);

  for (guint i = 2; i <= segment->n_elements; i += 3)
    {
      const char *reason = billing_x12_segment_get (segment, i);

      if (*reason != '\0')
        add_reason (self, get_reasons (self), group, reason, read_amount (self, segment, i + 1));
    }
}

static void
read_remark (BillingX12Claim *self,
             const char      *code)
{
  if (*code != '\0' && is_code (code))
    add_code (get_reasons (self), code);
}

/* MIA and MOA: remarks on a claim, each at a place of its own. */
static void
read_remarks (BillingX12Claim         *self,
              const BillingX12Segment *segment)
{
  static const guint inpatient[] = { 5, 20, 21, 22, 23, 0 };
  static const guint outpatient[] = { 3, 4, 5, 6, 7, 0 };
  const guint *places = g_str_equal (segment->id, "MIA") ? inpatient : outpatient;

  for (guint i = 0; places[i] != 0; i++)
    read_remark (self, billing_x12_segment_get (segment, places[i]));
}

/* HC:99213:25. Some write their composites with another character than the one that their ISA declares: what stands behind the two
 * letters of the qualifier separates then. */
static char **
split_procedure (const BillingX12Segment *segment,
                 guint                    element)
{
  const char *text = billing_x12_segment_get (segment, element);
  char separator[2] = { segment->component, '\0' };

  if (strchr (text, segment->component) == NULL && strlen (text) > 3 && g_ascii_isalpha (text[0]) && g_ascii_isalnum (text[1]) &&
      g_ascii_ispunct (text[2]))
    separator[0] = text[2];

  return g_strsplit (text, separator, 8);
}

/* Some write HC and the code as two elements, so that all that follows stands one further: HC alone is no procedure. */
static guint
get_shift (const BillingX12Segment *segment)
{
  static const char * const qualifiers[] = { "AD", "ER", "HC", "HP", "IV", "N4", "NU", "WK", NULL };

  return g_strv_contains (qualifiers, billing_x12_segment_get (segment, 1)) ? 1 : 0;
}

static gint64
read_units (const BillingX12Segment *segment,
            guint                    shift)
{
  gint64 units = g_ascii_strtoll (billing_x12_segment_get (segment, 7 + shift), NULL, 10);

  if (units == 0)
    units = g_ascii_strtoll (billing_x12_segment_get (segment, 5 + shift), NULL, 10);
  return CLAMP (units, 1, 1000000);
}

static char *
clean (const char *text)
{
  g_autofree char *copy = g_strdup (text);

  for (char *c = copy; *c != '\0'; c++)
    {
      if (g_ascii_iscntrl (*c))
        *c = ' ';
    }

  g_strstrip (copy);
  return *copy != '\0' ? g_steal_pointer (&copy) : NULL;
}

/* A code that was written as an amount: 24599.00. */
static char *
clean_lone_code (const char *text)
{
  char *code = clean (text);

  if (code != NULL && g_str_has_suffix (code, ".00"))
    code[strlen (code) - 3] = '\0';
  return code;
}

/* What was asked for goes before what the insurer made of it: by that the service is found. */
static void
read_procedure (BillingX12Claim         *self,
                BillingRemittanceLine   *line,
                const BillingX12Segment *segment)
{
  gboolean asked = *billing_x12_segment_get (segment, 6) != '\0';
  g_auto (GStrv) parts = split_procedure (segment, asked ? 6 : 1);
  g_autoptr (GString) modifiers = g_string_new (NULL);

  if (get_shift (segment) > 0)
    {
      line->code = clean_lone_code (billing_x12_segment_get (segment, 2));
      return;
    }
  if (parts[0] == NULL || parts[1] == NULL)
    {
      line->code = parts[0] != NULL ? clean (parts[0]) : NULL;
      return;
    }

  line->code = clean (parts[1]);
  for (guint i = 2; i < 6 && parts[i] != NULL; i++)
    {
      if (is_code (parts[i]))
        g_string_append_printf (modifiers, "%s%s", modifiers->len > 0 ? " " : "", parts[i]);
    }
  line->modifiers = modifiers->len > 0 ? g_strdup (modifiers->str) : NULL;
}

static void
read_service (BillingX12Claim         *self,
              const BillingX12Segment *segment)
{
  guint shift = get_shift (segment);
  Line *line;

  if (self->lines->len >= MAX_LINES)
    {
      complain (self, _("it has too many services to be a claim"));
      return;
    }

  line = g_new0 (Line, 1);
  line->record = billing_remittance_line_new ();
  line->record->level = g_strdup ("service");
  line->record->charge = read_amount (self, segment, 2 + shift);
  line->record->paid = read_amount (self, segment, 3 + shift);
  line->record->units = read_units (segment, shift);
  read_procedure (self, line->record, segment);
  g_ptr_array_add (self->lines, line);
}

static void
take (char **place,
      char  *text)
{
  if (*place == NULL)
    *place = text;
  else
    g_free (text);
}

static void
read_date (BillingX12Claim         *self,
           const BillingX12Segment *segment)
{
  const char *which = billing_x12_segment_get (segment, 1);
  const char *text = billing_x12_segment_get (segment, 2);
  BillingRemittanceLine *line = self->lines->len > 0 ? ((Line *) self->lines->pdata[self->lines->len - 1])->record : NULL;

  if (line != NULL && (g_str_equal (which, "472") || g_str_equal (which, "150")))
    take (&line->day, billing_x12_read_day (text));
  else if (line == NULL && (g_str_equal (which, "232") || g_str_equal (which, "472")))
    take (&self->day, billing_x12_read_day (text));
}

static void
read_name (BillingX12Claim         *self,
           const BillingX12Segment *segment)
{
  const char *who = billing_x12_segment_get (segment, 1);

  if (g_str_equal (who, "QC"))
    billing_x12_person_read_name (&self->patient, segment);
  else if (g_str_equal (who, "IL"))
    billing_x12_person_read_name (&self->insured, segment);
}

/**
 * billing_x12_claim_new:
 * @segment: a CLP
 * @currency: in which its amounts are
 *
 * Returns: (transfer full): the claim that begins with it
 */
BillingX12Claim *
billing_x12_claim_new (const BillingX12Segment *segment,
                       const char              *currency)
{
  BillingX12Claim *self = g_new0 (BillingX12Claim, 1);

  self->currency = currency;
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->number = billing_x12_segment_dup (segment, 1);
  self->status = billing_x12_segment_dup (segment, 2);
  self->payer_number = billing_x12_segment_dup (segment, 7);
  self->charge = read_amount (self, segment, 3);
  self->paid = read_amount (self, segment, 4);
  if (self->number == NULL)
    complain (self, _("it does not say which claim it is about"));
  if (*billing_x12_segment_get (segment, 4) == '\0')
    complain (self, _("it does not say what was paid"));

  return self;
}

void
billing_x12_claim_free (BillingX12Claim *self)
{
  billing_x12_person_clear (&self->patient);
  billing_x12_person_clear (&self->insured);
  reasons_clear (&self->reasons);
  g_ptr_array_unref (self->lines);
  g_free (self->number);
  g_free (self->status);
  g_free (self->payer_number);
  g_free (self->day);
  g_free (self->problem);
  g_free (self);
}

/**
 * billing_x12_claim_read:
 * @self: a claim
 * @segment: what follows its CLP
 *
 * Takes what it says of the claim, or of its last service.
 */
void
billing_x12_claim_read (BillingX12Claim         *self,
                        const BillingX12Segment *segment)
{
  const char *id = segment->id;

  if (g_str_equal (id, "SVC"))
    read_service (self, segment);
  else if (g_str_equal (id, "CAS"))
    read_reasons (self, segment);
  else if (g_str_equal (id, "NM1"))
    read_name (self, segment);
  else if (g_str_equal (id, "DTM"))
    read_date (self, segment);
  else if (g_str_equal (id, "MIA") || g_str_equal (id, "MOA"))
    read_remarks (self, segment);
  else if (g_str_equal (id, "LQ") && g_str_equal (billing_x12_segment_get (segment, 1), "HE"))
    read_remark (self, billing_x12_segment_get (segment, 2));
  else if (g_str_equal (id, "AMT") && self->lines->len > 0 && g_str_equal (billing_x12_segment_get (segment, 1), "B6"))
    ((Line *) self->lines->pdata[self->lines->len - 1])->record->allowed = read_amount (self, segment, 2);
}

/* Into lines */

static void
merge_reasons (BillingX12Claim *self,
               Reasons         *into,
               const Reasons   *from)
{
  add (self, &into->adjusted, from->adjusted);
  add (self, &into->patient, from->patient);
  add (self, &into->prior, from->prior);
  if (from->codes != NULL)
    add_code (into, from->codes->str);
}

static void
add_line (BillingX12Claim *self,
          const char      *level,
          gint64           charge,
          gint64           paid)
{
  Line *line = g_new0 (Line, 1);

  line->record = billing_remittance_line_new ();
  line->record->level = g_strdup (level);
  line->record->charge = charge;
  line->record->paid = paid;
  merge_reasons (self, &line->reasons, &self->reasons);
  g_ptr_array_add (self->lines, line);
}

static void
sum_lines (BillingX12Claim *self,
           gint64          *charge,
           gint64          *paid)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = self->lines->pdata[i];

      add (self, charge, line->record->charge);
      add (self, paid, line->record->paid);
    }
}

/* What the claim says and its services do not. */
static void
add_rest (BillingX12Claim *self)
{
  gint64 charge = 0, paid = 0;

  sum_lines (self, &charge, &paid);
  if (self->lines->len == 0)
    add_line (self, "claim", self->charge, self->paid);
  else if (self->lines->len == 1 && charge == self->charge)
    {
      Line *line = self->lines->pdata[0];

      line->record->paid = self->paid;
      merge_reasons (self, &line->reasons, &self->reasons);
    }
  else if (charge != self->charge || paid != self->paid || self->reasons.codes != NULL)
    {
      gint64 rest_charge = self->charge, rest_paid = self->paid;

      add (self, &rest_charge, -charge);
      add (self, &rest_paid, -paid);
      add_line (self, "rest", rest_charge, rest_paid);
    }
}

static void
finish_line (BillingX12Claim *self,
             guint            i)
{
  Line *line = self->lines->pdata[i];
  BillingRemittanceLine *record = line->record;
  char *name = billing_x12_person_get_name (&self->patient, TRUE);
  gint64 left = record->charge;

  record->place = i + 1;
  record->claim = g_strdup (self->number);
  record->payer_claim = g_strdup (self->payer_number);
  record->claim_status = g_strdup (self->status);
  record->patient_name = name != NULL ? name : billing_x12_person_get_name (&self->insured, TRUE);
  record->member_id = g_strdup (self->patient.member_id != NULL ? self->patient.member_id : self->insured.member_id);
  if (record->day == NULL)
    record->day = g_strdup (self->day);
  record->adjusted = line->reasons.adjusted;
  record->patient = line->reasons.patient;
  record->prior = line->reasons.prior;
  record->codes = line->reasons.codes != NULL ? g_strdup (line->reasons.codes->str) : NULL;
  add (self, &left, -record->adjusted);
  add (self, &left, -record->patient);
  add (self, &left, -record->prior);
  add (self, &left, -record->paid);
  record->imbalance = left;
}

/**
 * billing_x12_claim_finish:
 * @self: a claim, all of it read
 * @problem: (out) (transfer none): what is wrong with it, if anything
 *
 * Returns: (transfer full) (element-type BillingRemittanceLine): its lines, which sum up to it
 */
GPtrArray *
billing_x12_claim_finish (BillingX12Claim  *self,
                          const char      **problem)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);

  add_rest (self);
  for (guint i = 0; i < self->lines->len; i++)
    {
      finish_line (self, i);
      g_ptr_array_add (records, g_object_ref (((Line *) self->lines->pdata[i])->record));
    }

  *problem = self->problem;
  return records;
}

const char *
billing_x12_claim_get_number (BillingX12Claim *self)
{
  return self->number;
}

/* What it is known by among the claims of its remittance; a reversal and its correction have the same number. */
char *
billing_x12_claim_make_key (BillingX12Claim *self)
{
  return g_strdup_printf ("%s|%s|%s", self->number, self->payer_number != NULL ? self->payer_number : "",
                          self->status != NULL ? self->status : "");
}

gint64
billing_x12_claim_get_paid (BillingX12Claim *self)
{
  return self->paid;
}
