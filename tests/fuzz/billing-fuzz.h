/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the fuzzers do to their seeds.
 */

void billing_fuzz_mutate (GRand              *rand,
                          GString            *text,
                          const char * const *pieces,
                          guint               n_pieces);

G_END_DECLS
