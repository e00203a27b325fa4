/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-x12-remittance"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-money.h"
#include "billing-remittance-item.h"
#include "billing-x12-private.h"

/*
 * One 835: a payer (N1*PR) tells a payee what one cheque or transfer (BPR, TRN) is for. Its claims are handed over as they come, so that no
 * more than one is held; the remittance itself at the end, where the adjustments stand that are about no claim (PLB).
 */

struct _BillingX12Remittance {
  BillingX12File *file;     /* (not owned) */
  char *set;                /* (owned) (nullable): ST02 */
  BillingRemittance *record; /* (owned) */
  char *originator;         /* (owned) (nullable): TRN03 */
  char *written_on;         /* (owned) (nullable): day of DTM 405 */
  GString *provider_codes;  /* (owned) */
  char *key;                /* (owned) (nullable): what it is known by, once that has been read */
  char *problem;            /* (owned) (nullable): the first of the whole */
  BillingX12Claim *claim;   /* (owned) (nullable): the one being read */
  GHashTable *seen;         /* (owned) (element-type utf8 int): how often each claim came */
  gboolean has_amount;
  gboolean has_claims;
};

BillingX12Remittance *
billing_x12_remittance_new (BillingX12File *file)
{
  BillingX12Remittance *self = g_new0 (BillingX12Remittance, 1);

  self->file = file;
  self->record = billing_remittance_new ();
  self->record->format = g_strdup ("835");
  self->record->currency = g_strdup (file->practice->currency);
  self->provider_codes = g_string_new (NULL);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
billing_x12_remittance_free (BillingX12Remittance *self)
{
  g_clear_pointer (&self->claim, billing_x12_claim_free);
  g_string_free (self->provider_codes, TRUE);
  g_hash_table_unref (self->seen);
  g_object_unref (self->record);
  g_free (self->set);
  g_free (self->originator);
  g_free (self->written_on);
  g_free (self->key);
  g_free (self->problem);
  g_free (self);
}

static void complain (BillingX12Remittance *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
complain (BillingX12Remittance *self,
          const char           *format,
          ...)
{
  va_list values;

  if (self->problem != NULL)
    return;

  va_start (values, format);
  self->problem = g_strdup_vprintf (format, values);
  va_end (values);
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

static gint64
read_amount (BillingX12Remittance    *self,
             const BillingX12Segment *segment,
             guint                    element)
{
  const char *text = billing_x12_segment_get (segment, element);
  gint64 minor;

  if (!billing_x12_read_amount (text, self->record->currency, &minor))
    complain (self, _("“%s” is no amount"), text);

  return minor;
}

static void
add (BillingX12Remittance *self,
     gint64               *sum,
     gint64                amount)
{
  if (__builtin_add_overflow (*sum, amount, sum))
    {
      *sum = 0;
      complain (self, _("its amounts are larger than can be kept"));
    }
}

/* The head */

/* BPR: how much, by what, and when. What is taken from the practice (D) is negative. */
static void
read_payment (BillingX12Remittance    *self,
              const BillingX12Segment *segment)
{
  self->has_amount = *billing_x12_segment_get (segment, 2) != '\0';
  self->record->amount = read_amount (self, segment, 2);
  if (g_str_equal (billing_x12_segment_get (segment, 3), "D"))
    self->record->amount = -self->record->amount;
  take (&self->record->method, billing_x12_segment_dup (segment, 4));
  take (&self->record->day, billing_x12_read_day (billing_x12_segment_get (segment, 16)));
}

static void
read_currency (BillingX12Remittance    *self,
               const BillingX12Segment *segment)
{
  const char *currency = billing_x12_segment_get (segment, 2);

  if (!g_str_equal (currency, self->record->currency))
    complain (self, _("its amounts are in %s, and the practice’s books are kept in %s"), strlen (currency) == 3 ? currency : "?",
              self->record->currency);
}

static void
read_party (BillingX12Remittance    *self,
            const BillingX12Segment *segment)
{
  const char *who = billing_x12_segment_get (segment, 1);

  if (g_str_equal (who, "PR"))
    {
      take (&self->record->payer, billing_x12_segment_dup (segment, 2));
      take (&self->record->payer_code, billing_x12_segment_dup (segment, 4));
    }
  else if (g_str_equal (who, "PE"))
    take (&self->record->payee, billing_x12_segment_dup (segment, 2));
}

static void
read_head (BillingX12Remittance    *self,
           const BillingX12Segment *segment)
{
  const char *id = segment->id;

  if (g_str_equal (id, "BPR"))
    read_payment (self, segment);
  else if (g_str_equal (id, "TRN"))
    {
      take (&self->record->reference, billing_x12_segment_dup (segment, 2));
      take (&self->originator, billing_x12_segment_dup (segment, 3));
    }
  else if (g_str_equal (id, "CUR"))
    read_currency (self, segment);
  else if (g_str_equal (id, "DTM") && g_str_equal (billing_x12_segment_get (segment, 1), "405"))
    take (&self->written_on, billing_x12_read_day (billing_x12_segment_get (segment, 2)));
  else if (g_str_equal (id, "N1"))
    read_party (self, segment);
}

/* PLB: adjustments that are about no claim, up to six: a reason with a reference, and an amount by which less is paid. */
static void
read_provider (BillingX12Remittance    *self,
               const BillingX12Segment *segment)
{
  for (guint i = 3; i <= segment->n_elements; i += 2)
    {
      g_autofree char *reason = billing_x12_segment_dup_part (segment, i, 1);
      gint64 amount = read_amount (self, segment, i + 1);

      if (reason == NULL)
        continue;
      add (self, &self->record->provider_adjusted, amount);
      if (self->provider_codes->len < 1000 && strlen (reason) <= 3)
        g_string_append_printf (self->provider_codes, "%s%s:%" G_GINT64_FORMAT, self->provider_codes->len > 0 ? " " : "", reason,
                                amount);
    }
}

/* Claims */

static char *
make_what (BillingX12Remittance *self,
           const char           *claim)
{
  g_autofree char *set = g_strdup_printf ("ST %s", self->set != NULL ? self->set : "?");

  return claim != NULL ? g_strdup_printf ("%s CLP %s", set, claim) : g_steal_pointer (&set);
}

static gboolean
tell_problem (BillingX12Remittance  *self,
              const char            *claim,
              const char            *text,
              GError               **error)
{
  g_autofree char *what = make_what (self, claim);

  return self->file->sink->problem (self->file->data, self->file->entries,
                                    claim != NULL ? "x12-remittance-lines" : "x12-remittances", what, text, error);
}

/* The same trace number of the same payer is the same remittance, in whatever file it comes. */
static void
find_key (BillingX12Remittance *self)
{
  BillingRemittance *record = self->record;

  if (self->key != NULL)
    return;
  if (record->reference == NULL)
    complain (self, _("it does not say which cheque or transfer it is about"));
  if (!self->has_amount)
    complain (self, _("it does not say what was paid"));
  if (record->payer == NULL && self->originator == NULL)
    complain (self, _("it names no insurer"));
  if (record->day == NULL)
    record->day = g_strdup (self->written_on);

  self->key = g_strdup_printf ("835:%s|%s", self->originator != NULL ? self->originator : record->payer,
                               record->reference != NULL ? record->reference : "");
}

static gboolean
hand_over_lines (BillingX12Remittance  *self,
                 GPtrArray             *lines,
                 GError               **error)
{
  g_autofree char *what = make_what (self, billing_x12_claim_get_number (self->claim));
  g_autofree char *claim = billing_x12_claim_make_key (self->claim);
  int times = GPOINTER_TO_INT (g_hash_table_lookup (self->seen, claim));

  g_hash_table_insert (self->seen, g_strdup (claim), GINT_TO_POINTER (times + 1));
  for (guint i = 0; i < lines->len; i++)
    {
      g_autofree char *place = g_strdup_printf ("%s|%d|%u", claim, times, i + 1);
      g_autoptr (BillingImportItem) item =
        billing_remittance_line_make_item (lines->pdata[i], "x12-remittance-lines", what, self->key, place);

      if (!self->file->sink->item (self->file->data, self->file->entries, item, error))
        return FALSE;
    }

  return TRUE;
}

/* A claim that is bad does not come in, and is said; what it paid is no part of the sum, so that the remittance shows that it is missing. */
static gboolean
finish_claim (BillingX12Remittance  *self,
              GError               **error)
{
  g_autoptr (GPtrArray) lines = NULL;
  const char *problem;
  gboolean ok;

  if (self->claim == NULL)
    return TRUE;

  find_key (self);
  lines = billing_x12_claim_finish (self->claim, &problem);
  add (self, &self->record->claims, problem == NULL ? billing_x12_claim_get_paid (self->claim) : 0);
  if (problem != NULL)
    ok = tell_problem (self, billing_x12_claim_get_number (self->claim), problem, error);
  else
    ok = self->problem != NULL || hand_over_lines (self, lines, error);

  g_clear_pointer (&self->claim, billing_x12_claim_free);
  return ok;
}

/**
 * billing_x12_remittance_read:
 * @self: an 835
 * @segment: the next of its segments
 * @error: return location for an error of the sink
 *
 * Returns: whether what was complete by it was handed over
 */
gboolean
billing_x12_remittance_read (BillingX12Remittance     *self,
                             const BillingX12Segment  *segment,
                             GError                  **error)
{
  const char *id = segment->id;

  if (g_str_equal (id, "ST"))
    take (&self->set, billing_x12_segment_dup (segment, 2));
  else if (g_str_equal (id, "CLP") || g_str_equal (id, "LX") || g_str_equal (id, "PLB"))
    {
      if (!finish_claim (self, error))
        return FALSE;
      if (g_str_equal (id, "CLP"))
        {
          self->has_claims = TRUE;
          self->file->entries++;
          self->claim = billing_x12_claim_new (segment, self->record->currency);
        }
      else if (g_str_equal (id, "PLB"))
        read_provider (self, segment);
    }
  else if (self->claim != NULL)
    billing_x12_claim_read (self->claim, segment);
  else if (!self->has_claims)
    read_head (self, segment);

  return TRUE;
}

/**
 * billing_x12_remittance_finish:
 * @self: an 835 that was read to its SE
 * @error: return location for an error of the sink
 *
 * Returns: whether the remittance, or what is wrong with it, was handed over
 */
gboolean
billing_x12_remittance_finish (BillingX12Remittance  *self,
                               GError               **error)
{
  BillingRemittance *record = self->record;
  g_autofree char *what = NULL;
  g_autoptr (BillingImportItem) item = NULL;

  if (!finish_claim (self, error))
    return FALSE;

  find_key (self);
  record->imbalance = record->amount;
  add (self, &record->imbalance, -record->claims);
  add (self, &record->imbalance, record->provider_adjusted);
  record->provider_codes = self->provider_codes->len > 0 ? g_strdup (self->provider_codes->str) : NULL;
  if (record->payer == NULL)
    record->payer = g_strdup (self->originator);
  if (self->problem != NULL)
    return tell_problem (self, NULL, self->problem, error);

  what = make_what (self, NULL);
  item = billing_remittance_make_item (record, "x12-remittances", what, self->key);
  return self->file->sink->item (self->file->data, self->file->entries, item, error);
}
