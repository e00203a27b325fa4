/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The templates of disputes and what belongs to them, for the table of kinds: JSON with every
   field of API version 2026-10-28.endive. */

extern const char billing_sandbox_dispute_template[];
extern const char billing_sandbox_warning_template[];
extern const char billing_sandbox_file_template[];
extern const char billing_sandbox_file_content_template[];
