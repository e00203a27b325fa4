/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-actionable"

#include "config.h"

#include "billing-actionable.h"

/**
 * billing_actionable_set_action:
 * @actionable: what a person presses
 * @action: (nullable): what it does from now on
 * @target: (nullable): to what
 *
 * Gives something that is on the screen another action. GTK looks at each change by itself, and complains of an action
 * that is seen with the target of the one before, or with none.
 */
void
billing_actionable_set_action (GtkActionable *actionable,
                               const char    *action,
                               const char    *target)
{
  gtk_actionable_set_action_name (actionable, NULL);
  gtk_actionable_set_action_target_value (actionable, target != NULL ? g_variant_new_string (target) : NULL);
  gtk_actionable_set_action_name (actionable, action);
}
