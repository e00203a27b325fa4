/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The grammar of JSON (RFC 8259) as a machine that is fed bytes in pieces of any size. It holds no
 * text but the last short token, and counts nesting without recursion. For
 * the readers of files and of the network.
 */

#define BILLING_JSON_MAX_DEPTH 200

typedef enum
{
  BILLING_JSON_MORE,    /* all bytes are used up */
  BILLING_JSON_OPEN,    /* a { or [ was taken */
  BILLING_JSON_CLOSE,   /* a } or ] was taken */
  BILLING_JSON_KEY,     /* a member's name; see token */
  BILLING_JSON_STRING,  /* see token */
  BILLING_JSON_SCALAR,  /* a number, true, false or null */
  BILLING_JSON_LINE,    /* with one_line: the line ends too early; its end was not taken */
  BILLING_JSON_PROBLEM, /* the first breach of a rule; see problem; the machine goes on loosely */
  BILLING_JSON_BROKEN,  /* a closing bracket without its opening one: there is no going on */
} BillingJsonEvent;

typedef enum
{
  BILLING_JSON_FINE,
  BILLING_JSON_NO_COMMA,
  BILLING_JSON_NO_KEY,
  BILLING_JSON_NO_COLON,
  BILLING_JSON_NO_VALUE,
  BILLING_JSON_BAD_SCALAR,
  BILLING_JSON_CONTROL,
  BILLING_JSON_DEPTH,
  BILLING_JSON_BRACKETS,
  BILLING_JSON_LINE_END,
  BILLING_JSON_TOO_BIG,
  BILLING_JSON_NO_OBJECT,
  BILLING_JSON_BAD_UTF8,
  BILLING_JSON_BAD_ESCAPE,
  BILLING_JSON_NUL,
  BILLING_JSON_SURROGATE,
} BillingJsonProblem;

typedef enum
{
  BILLING_JSON_IN_VALUE,
  BILLING_JSON_IN_FIRST_VALUE,
  BILLING_JSON_IN_FIRST_KEY,
  BILLING_JSON_IN_KEY,
  BILLING_JSON_IN_COLON,
  BILLING_JSON_IN_AFTER,
  BILLING_JSON_IN_STRING,
  BILLING_JSON_IN_ESCAPE,
  BILLING_JSON_IN_SCALAR,
  BILLING_JSON_IN_LOOSE,
} BillingJsonState;

typedef struct
{
  BillingJsonState state;
  BillingJsonState after_string;
  BillingJsonProblem problem;
  guint64 line;     /* 1-based */
  gsize depth;      /* how many brackets are open */
  gsize loud_depth; /* tokens deeper than this are checked, not reported */
  gsize max_depth;  /* at most G_N_ELEMENTS (kinds) */
  gboolean one_line;
  gsize scalar_length;
  char scalar[64];
  char kinds[BILLING_JSON_MAX_DEPTH + 8]; /* the bracket that opened each level */
  GString *token;                         /* (owned) */
} BillingJsonGrammar;

void             billing_json_grammar_init    (BillingJsonGrammar  *self);
void             billing_json_grammar_clear   (BillingJsonGrammar  *self);

/* Before a document: everything but the line starts anew. */
void             billing_json_grammar_restart (BillingJsonGrammar  *self);

/* After the close of an entry: a problem inside it is no problem of what follows. */
void             billing_json_grammar_mend    (BillingJsonGrammar  *self);

BillingJsonEvent billing_json_grammar_run     (BillingJsonGrammar  *self,
                                               const guint8       **at,
                                               const guint8        *end);

/* What RFC 8259 and we ask of the text of an entry beyond its grammar: UTF-8, whole escapes, no
 * U+0000, no half surrogate pairs. @where is set to the first byte that breaks it. */
BillingJsonProblem billing_json_grammar_check_text (const guint8  *text,
                                                    gsize          length,
                                                    const guint8 **where);

const char      *billing_json_problem_to_text (BillingJsonProblem problem);

G_END_DECLS
