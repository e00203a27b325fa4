/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

/* What goes over the wire: keys and parameters in, answers out, whole or broken on purpose. */

GSource *billing_sandbox_wire_later (guint ms, GSourceFunc function, gpointer data);
void billing_sandbox_wire_never (GSource *source);
char *billing_sandbox_wire_read_key (SoupServerMessage *message);
char *billing_sandbox_wire_read_params (SoupServerMessage *message);
void billing_sandbox_wire_send (SoupServerMessage *message, guint status, char *body);
void billing_sandbox_wire_hang_up (SoupServerMessage *message);
void billing_sandbox_wire_hold (SoupServerMessage *message, GCancellable *cancellable);
void billing_sandbox_wire_tear (SoupServerMessage *message, guint status, const char *body);
