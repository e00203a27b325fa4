/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "billing-stripe-page"

#include "config.h"

#include "billing-stripe-page.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-stripe-json.h"

/* A hundred is what is asked for and what Stripe gives at most; not everything that stands in for
 * it minds that. */
#define MAX_OBJECTS 10000
#define MAX_ID_LENGTH 255

/* Brackets that are open: in the list object, in its data, in an object of it. */
#define IN_LIST 1
#define IN_DATA 2
#define IN_OBJECT 3

typedef enum
{
  MEMBER_OTHER,
  MEMBER_DATA,
  MEMBER_HAS_MORE,
  MEMBER_ID,
} Member;

typedef struct
{
  const char *cursor; /* (nullable) */
  GPtrArray *ids;     /* (owned): of char * */
  GHashTable *known;  /* (owned): the same, not owned by it */
  GArray *spans;      /* (owned): of BillingStripeSpan */
  const guint8 *body; /* (not owned): where offsets count from */
  Member member;      /* whose value comes next */
  gboolean in_data;
  gboolean had_data;
  gboolean had_has_more;
  gboolean has_more;
  gboolean has_id; /* the object that is open */
} Scan;

/* SQLite takes the first of two members of a name and json-glib the last: neither is taken here. */
static const char *
take_key (Scan                     *scan,
          const BillingJsonGrammar *grammar)
{
  const char *name = grammar->token->str;

  scan->member = MEMBER_OTHER;
  if (grammar->depth == IN_LIST && g_str_equal (name, "data"))
    scan->member = MEMBER_DATA;
  else if (grammar->depth == IN_LIST && g_str_equal (name, "has_more"))
    scan->member = MEMBER_HAS_MORE;
  else if (scan->in_data && grammar->depth == IN_OBJECT && g_str_equal (name, "id"))
    scan->member = MEMBER_ID;

  if ((scan->member == MEMBER_DATA && scan->had_data) ||
      (scan->member == MEMBER_HAS_MORE && scan->had_has_more) ||
      (scan->member == MEMBER_ID && scan->has_id))
    return _("a member stands twice");
  return NULL;
}

/* The machine keeps only the beginning of a long text, so an id is taken from the bytes. */
static const char *
take_id (Scan         *scan,
         const guint8 *at)
{
  const guint8 *end = at - 1, *start = end;
  char *id;

  while (end - start <= MAX_ID_LENGTH && start[-1] != '"')
    start--;
  if (end == start || end - start > MAX_ID_LENGTH ||
      memchr (start, '\\', (gsize) (end - start)) != NULL ||
      start[-2] == '\\')
    return _("an id is empty, too long or has characters that ids do not have");

  id = g_strndup ((const char *) start, (gsize) (end - start));
  g_ptr_array_add (scan->ids, id);
  scan->has_id = TRUE;
  if (g_strcmp0 (id, scan->cursor) == 0)
    return _("the list does not go on behind the object that it was asked for behind");
  if (!g_hash_table_add (scan->known, id))
    return _("an object stands twice in it");
  return NULL;
}

static const char *
take_scalar (Scan                     *scan,
             const BillingJsonGrammar *grammar)
{
  if (scan->member != MEMBER_HAS_MORE)
    return NULL;
  if (!g_str_equal (grammar->scalar, "true") && !g_str_equal (grammar->scalar, "false"))
    return _("it does not say whether more follows");

  scan->had_has_more = TRUE;
  scan->has_more = g_str_equal (grammar->scalar, "true");
  return NULL;
}

static const char *
open_data (Scan         *scan,
           const guint8 *at)
{
  if (at[-1] != '[')
    return _("it has no list of objects");
  scan->in_data = scan->had_data = TRUE;
  return NULL;
}

static const char *
open_object (Scan         *scan,
             const guint8 *at)
{
  if (at[-1] != '{')
    return _("something in the list is not an object");
  if (scan->ids->len == MAX_OBJECTS)
    return _("it has far too many objects");
  scan->has_id = FALSE;
  g_array_append_val (scan->spans,
                      ((BillingStripeSpan) { .offset = (gsize) (at - 1 - scan->body) }));
  return NULL;
}

static const char *
close_object (Scan         *scan,
              const guint8 *at)
{
  BillingStripeSpan *span = &g_array_index (scan->spans, BillingStripeSpan, scan->spans->len - 1);

  span->length = (gsize) (at - scan->body) - span->offset;
  return scan->has_id ? NULL : _("an object in it has no id");
}

static const char *
close_bracket (Scan                     *scan,
               const BillingJsonGrammar *grammar,
               const guint8             *at)
{
  if (scan->in_data && grammar->depth == IN_DATA)
    return close_object (scan, at);
  if (grammar->depth == IN_LIST)
    scan->in_data = FALSE;
  return NULL;
}

static const char *
take_event (Scan                     *scan,
            BillingJsonEvent          event,
            const BillingJsonGrammar *grammar,
            const guint8             *at)
{
  if (event == BILLING_JSON_CLOSE)
    return close_bracket (scan, grammar, at);
  if (event == BILLING_JSON_OPEN && grammar->depth == IN_DATA && scan->member == MEMBER_DATA)
    return open_data (scan, at);
  if (event == BILLING_JSON_OPEN && grammar->depth == IN_OBJECT && scan->in_data)
    return open_object (scan, at);
  if (event != BILLING_JSON_OPEN && grammar->depth == IN_DATA && scan->in_data)
    return _("something in the list is not an object");
  if (event == BILLING_JSON_STRING && scan->member == MEMBER_ID)
    return take_id (scan, at);
  if (event == BILLING_JSON_SCALAR)
    return take_scalar (scan, grammar);
  return NULL;
}

static const char *
scan_cb (gpointer                  data,
         BillingJsonEvent          event,
         const BillingJsonGrammar *grammar,
         const guint8             *at)
{
  Scan *scan = data;
  const char *problem;

  if (event == BILLING_JSON_KEY)
    return take_key (scan, grammar);

  problem = take_event (scan, event, grammar, at);
  scan->member = MEMBER_OTHER;
  return problem;
}

static const char *
check_whole (Scan *scan)
{
  if (!scan->had_data)
    return _("it has no list of objects");
  if (!scan->had_has_more)
    return _("it does not say whether more follows");
  if (scan->has_more && scan->ids->len == 0)
    return _("it is empty and says that more follows");
  return NULL;
}

BillingStripePage *
billing_stripe_page_new (BillingStripeAnswer  *answer,
                         const char           *cursor,
                         GError              **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (BillingStripeSpan));
  Scan scan = { .cursor = cursor, .ids = ids, .known = known, .spans = spans };
  BillingStripePage *self;
  const char *problem;

  g_return_val_if_fail (answer != NULL, NULL);

  scan.body = g_bytes_get_data (answer->body, NULL);
  problem = billing_stripe_json_scan (answer->body, IN_OBJECT, scan_cb, &scan);
  if (problem == NULL)
    problem = check_whole (&scan);
  if (problem != NULL)
    {
      billing_stripe_answer_set_unreadable (answer, problem, error);
      return NULL;
    }

  self = g_new0 (BillingStripePage, 1);
  self->body = g_bytes_ref (answer->body);
  self->has_more = scan.has_more;
  self->request_id = g_strdup (answer->request_id);
  self->n_objects = ids->len;
  self->spans = (BillingStripeSpan *) (gpointer) g_array_free (g_steal_pointer (&spans), FALSE);
  g_ptr_array_add (ids, NULL);
  self->ids = (char **) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
  return self;
}

void
billing_stripe_page_free (BillingStripePage *self)
{
  g_bytes_unref (self->body);
  g_strfreev (self->ids);
  g_free (self->spans);
  g_free (self->request_id);
  g_free (self);
}
