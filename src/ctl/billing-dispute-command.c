/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-dispute-command"

#include "config.h"

#include "billing-commands.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "billing-clinical-words.h"
#include "billing-dispute-story.h"
#include "billing-json-texts.h"

/* Disputes: answered, given up, and settled. */

/* Texts are given as NAME=TEXT, by Stripe's names; without a text one is taken back. */
static char *
read_texts (BillingCall  *call,
            GError      **error)
{
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 1; call->arguments[i] != NULL; i++)
    {
      const char *equals = strchr (call->arguments[i], '=');

      if (equals == NULL)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _("“%s” is no text of an answer. Write it like customer_name=“Ana Mejía”."), call->arguments[i]);
          return NULL;
        }
      g_hash_table_insert (texts, g_strndup (call->arguments[i], (gsize) (equals - call->arguments[i])), g_strdup (equals + 1));
    }

  return billing_json_texts_build (texts);
}

/* Said before it goes anywhere, and no more than said. */
static void
warn (BillingCall *call,
      BillingAct  *act)
{
  g_autoptr (BillingDisputeStory) story = billing_dispute_story_read (call->desk, act->subject, NULL);
  g_autoptr (GHashTable) texts = billing_json_texts_parse (act->fields, NULL);
  GHashTableIter iter;
  gpointer name;
  gpointer text;

  if (story == NULL || texts == NULL)
    return;

  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    {
      g_autoptr (GPtrArray) findings = billing_dispute_find_clinical (story, text);

      for (guint i = 0; i < findings->len; i++)
        {
          BillingClinicalFinding *finding = findings->pdata[i];

          /* Translators: the name of a field, what stands in it, and what that looks like: a diagnosis or procedure code */
          g_printerr (_("%s: “%s” looks like %s. A bank reads this, and must not learn it.\n"), (char *) name, finding->text,
                      billing_clinical_kind_describe (finding->kind));
        }
    }
}

static gboolean
fill (BillingCall  *call,
      BillingAct   *act,
      GError      **error)
{
  switch ((int) act->verb)
    {
    case BILLING_VERB_DISPUTE_SAVE:
      act->fields = read_texts (call, error);
      return act->fields != NULL;
    case BILLING_VERB_DISPUTE_ATTACH:
      g_object_set (act, "slot", call->arguments[1], "file", call->arguments[2], NULL);
      return TRUE;
    case BILLING_VERB_DISPUTE_DETACH:
      g_object_set (act, "slot", call->arguments[1], NULL);
      return TRUE;
    default:
      return TRUE;
    }
}

/* What is billed again has a number of its own, for scripts; the rest goes to Stripe at once. */
gboolean
billing_command_dispute (BillingCall  *call,
                         GError      **error)
{
  g_autoptr (BillingAct) act = billing_act_new (call->command->verb, call->arguments[0]);

  if (billing_call_open_desk (call, error) == NULL || !billing_call_fill (call, act, error) || !fill (call, act, error))
    return FALSE;
  if (act->verb == BILLING_VERB_DISPUTE_SAVE)
    warn (call, act);
  if (!billing_desk_do (call->desk, act, error))
    return FALSE;

  if (act->verb == BILLING_VERB_DISPUTE_BILL_AGAIN)
    printf ("%s\n", act->result);
  return act->verb == BILLING_VERB_DISPUTE_BILL_AGAIN || act->verb == BILLING_VERB_DISPUTE_WRITE_OFF ||
         billing_command_deliver (call, act->subject, error);
}
