/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * BillingTestCtl:
 *
 * A fixture: a practice of its own for the built billingctl, and what its last call said.
 */
typedef struct {
  char *folder;   /* (owned) */
  char *practice; /* (owned): a path in @folder */
  char *out;      /* (owned) (nullable) */
  char *err;      /* (owned) (nullable) */
  int status;
  const char *locale; /* (not owned) (nullable): whose words and numbers people see; NULL: C.UTF-8 */
} BillingTestCtl;

void        billing_test_ctl_set_up      (BillingTestCtl *self,
                                          gconstpointer   data);
void        billing_test_ctl_set_up_demo (BillingTestCtl *self,
                                          gconstpointer   data);
void        billing_test_ctl_tear_down   (BillingTestCtl *self,
                                          gconstpointer   data);
void        billing_test_ctl_call        (BillingTestCtl *self,
                                          const char     *input,
                                          ...) G_GNUC_NULL_TERMINATED;
void        billing_test_ctl_run         (BillingTestCtl *self,
                                          ...) G_GNUC_NULL_TERMINATED;
void        billing_test_ctl_fail        (BillingTestCtl *self,
                                          const char     *sentence,
                                          ...) G_GNUC_NULL_TERMINATED;
char       *billing_test_ctl_line        (BillingTestCtl *self);
char       *billing_test_ctl_path        (BillingTestCtl *self,
                                          const char     *name);
JsonNode   *billing_test_ctl_json        (BillingTestCtl *self);
JsonArray  *billing_test_ctl_rows        (BillingTestCtl *self,
                                          JsonNode       *node,
                                          guint           n_rows);

G_END_DECLS
