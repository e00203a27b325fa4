/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A JSON object of texts, as BillingAct has its `fields`: names and what they are, nothing below them. */

GHashTable *billing_json_texts_parse (const char  *json,
                                      GError     **error);
char       *billing_json_texts_build (GHashTable  *texts);

G_END_DECLS
