/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-columns.h"
#include "billing-desk.h"
#include "billing-option.h"
#include "billing-sync.h"

G_BEGIN_DECLS

typedef struct _BillingCall BillingCall;

/**
 * BillingCommand:
 * @name: one or two words: `payment create`
 * @parameters: how the rest of the line looks, for its help
 * @options: names of #BillingOption that it takes, separated by spaces; with a ! behind those that it needs
 * @min_arguments: how many arguments it needs beside them
 * @max_arguments: how many it takes at most
 * @verb: for commands that are a verb of the desk
 * @run: does it
 * @summary: what it does, to be translated
 *
 * One command of billingctl. `--practice`, `--stripe-url` and `--as` are understood by all of them.
 */
typedef struct {
  const char *name;
  const char *parameters;
  const char *options;
  guint min_arguments;
  guint max_arguments;
  BillingVerb verb;
  gboolean (*run) (BillingCall *call, GError **error);
  const char *summary;
} BillingCommand;

/**
 * BillingCall:
 * @command: which command
 * @arguments: (owned): what was said beside the options
 * @values: (owned): what was said with each option, by its name; of one that may be said often, the last
 * @texts: (owned): all that was said with options that may be said often, each with the option's name before it
 * @desk: (owned) (nullable): opened by billing_call_open_desk()
 * @sync: (owned) (nullable): made by billing_call_open_sync()
 *
 * One use of a command.
 */
struct _BillingCall {
  const BillingCommand *command;
  char **arguments;
  GHashTable *values;
  GPtrArray *texts;
  BillingDesk *desk;
  BillingSync *sync;
};

BillingCall         *billing_call_new         (const BillingCommand  *command,
                                               const char * const    *line,
                                               GError               **error);
void                 billing_call_free        (BillingCall           *self);
const char          *billing_call_get         (BillingCall           *self,
                                               const char            *option);
char               **billing_call_get_all     (BillingCall           *self,
                                               const char            *option);
void                 billing_call_copy        (BillingCall           *self,
                                               GHashTable            *fields,
                                               const char            *option,
                                               const char            *name);
gboolean             billing_call_wants_help  (BillingCall           *self);
char                *billing_call_get_folder  (BillingCall           *self);
BillingDesk         *billing_call_open_desk   (BillingCall           *self,
                                               GError               **error);
BillingSync         *billing_call_open_sync   (BillingCall           *self,
                                               GError               **error);
BillingColumnFormat  billing_call_get_format  (BillingCall           *self);
gboolean             billing_call_fill_money  (BillingCall           *self,
                                               const char            *option,
                                               const char            *currency,
                                               BillingAct            *act,
                                               GError               **error);
gboolean             billing_call_fill        (BillingCall           *self,
                                               gpointer               record,
                                               GError               **error);
gboolean             billing_call_do          (BillingCall           *self,
                                               BillingAct            *act,
                                               GError               **error);
char                *billing_call_get_help    (const BillingCommand  *command);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingCall, billing_call_free)

G_END_DECLS
