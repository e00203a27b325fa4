/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

#include "billing-sandbox-call.h"

gboolean billing_sandbox_upload_read (SoupServerMessage *message, BillingSandboxCall *call);
