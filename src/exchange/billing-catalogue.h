/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BillingCatalogue:
 *
 * The program’s texts in one language, whatever the language of the process is: what a patient reads is in theirs. gettext knows one
 * language a process, and asks the system for locales that few have installed; this reads the same compiled catalogues by itself.
 */
typedef struct _BillingCatalogue BillingCatalogue;

BillingCatalogue *billing_catalogue_open  (const char       *language);
BillingCatalogue *billing_catalogue_ref   (BillingCatalogue *self);
void              billing_catalogue_unref (BillingCatalogue *self);
const char       *billing_catalogue_get   (BillingCatalogue *self,
                                           const char       *text) G_GNUC_FORMAT (2);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BillingCatalogue, billing_catalogue_unref)

G_END_DECLS
