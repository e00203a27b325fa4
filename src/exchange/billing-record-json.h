/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "billing-record.h"

G_BEGIN_DECLS

/*
 * The JSON form of a record: one object, whose members are named like the record's properties.
 *
 * Strings are strings, or null where there is none; enumerations are their nicks; instants and amounts are whole
 * numbers, exact to all 64 bits; secret fields are left out.
 */

JsonNode *billing_record_to_json        (BillingRecord  *record);
gboolean  billing_record_from_json      (BillingRecord  *record,
                                         JsonNode       *node,
                                         GError        **error);
gboolean  billing_record_from_json_text (BillingRecord  *record,
                                         const char     *text,
                                         GError        **error);
char     *billing_json_to_text          (JsonNode       *node,
                                         gboolean        pretty);

G_END_DECLS
