/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * All that would be sent to a bank, to be read before it is.
 */

GtkWidget *billing_dispute_review_new (GHashTable *texts,
                                       GPtrArray  *files,
                                       GHashTable *at_stripe);

G_END_DECLS
