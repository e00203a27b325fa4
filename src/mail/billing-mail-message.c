/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-mail-message"

#include "config.h"

#include "billing-mail-message.h"

#include <glib/gi18n-lib.h>
#include <gmime/gmime.h>
#include <string.h>

#include "billing-text.h"

/*
 * An e-mail as it goes over the wire: plain text, and a PDF where there is one. GMime encodes what is not ASCII; what could begin a header of
 * its own is refused before it gets there.
 */

/* What RFC 5321 allows of an address, and of what is before its @. */
#define MAX_ADDRESS 254
#define MAX_LOCAL 64

/* Quoted local parts are legal, and nobody has one. */
#define LOCAL G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "!#$%&'*+-/=?^_`{|}~."
#define DOMAIN G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-."

G_DEFINE_QUARK (billing-mail-error-quark, billing_mail_error)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeObject, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMessage, g_object_unref)

static void
begin (void)
{
  static gsize begun = 0;

  if (g_once_init_enter (&begun))
    {
      g_mime_init ();
      g_once_init_leave (&begun, 1);
    }
}

static gboolean
is_dotted (const char *text)
{
  return *text != '\0' && *text != '.' && !g_str_has_suffix (text, ".") && strstr (text, "..") == NULL;
}

/**
 * billing_mail_check_address:
 * @address: (nullable): what should be an e-mail address
 * @error: return location for %BILLING_MAIL_ERROR_ADDRESS
 *
 * Returns: whether it is one, and nothing else
 */
gboolean
billing_mail_check_address (const char  *address,
                            GError     **error)
{
  const char *at = address != NULL ? strrchr (address, '@') : NULL;
  g_autofree char *local = at != NULL ? g_strndup (address, (gsize) (at - address)) : NULL;

  if (at != NULL && strlen (address) <= MAX_ADDRESS && strlen (local) <= MAX_LOCAL && is_dotted (local) && is_dotted (at + 1) &&
      strspn (local, LOCAL) == strlen (local) && strspn (at + 1, DOMAIN) == strlen (at + 1))
    return TRUE;

  g_set_error (error, BILLING_MAIL_ERROR, BILLING_MAIL_ERROR_ADDRESS,
               _("“%s” is no e-mail address. It looks like name@example.org."), address != NULL ? address : "");
  return FALSE;
}

/* A line break in a name or a subject would begin a header of its own. */
static gboolean
check_line (const char  *text,
            GError     **error)
{
  if (text == NULL || (strpbrk (text, "\r\n") == NULL && billing_text_is_plain (text)))
    return TRUE;

  g_set_error_literal (error, BILLING_MAIL_ERROR, BILLING_MAIL_ERROR_ADDRESS,
                       _("A name or the subject of an e-mail has a line break or other characters that are no text. Nothing was sent."));
  return FALSE;
}

static gboolean
check (const BillingMailMessage  *self,
       GError                   **error)
{
  return billing_mail_check_address (self->from_address, error) && billing_mail_check_address (self->to_address, error) &&
         check_line (self->from_name, error) && check_line (self->to_name, error) && check_line (self->subject, error) &&
         check_line (self->message_id, error) && check_line (self->language, error) && check_line (self->attachment_name, error);
}

/**
 * billing_mail_message_build_id:
 * @id: of our message
 * @practice_id: of the practice
 * @from_address: of the practice
 *
 * The same message has the same Message-ID however often it is sent, so that who gets it twice can tell.
 *
 * Returns: (transfer full): it, without angle brackets
 */
char *
billing_mail_message_build_id (const char *id,
                               const char *practice_id,
                               const char *from_address)
{
  const char *at = strrchr (from_address, '@');
  g_autofree char *text = g_strdup_printf ("%s.%s@%s", id, practice_id, at != NULL ? at + 1 : "localhost");

  return g_strcanon (g_steal_pointer (&text), LOCAL "@", '-');
}

/* A part that holds @size bytes of @data, which outlive it. */
static GMimePart *
build_part (const char           *type,
            const char           *subtype,
            const char           *data,
            gsize                 size,
            GMimeContentEncoding  encoding)
{
  GMimePart *part = g_mime_part_new_with_type (type, subtype);
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer (data, size);
  GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream (stream, GMIME_CONTENT_ENCODING_DEFAULT);

  g_mime_part_set_content (part, content);
  g_mime_part_set_content_encoding (part, encoding);
  g_object_unref (content);
  g_object_unref (stream);
  return part;
}

/* GMime's own text part would choose a charset of the last century where one would do. */
static GMimeObject *
build_text (const BillingMailMessage *self)
{
  GMimePart *part = build_part ("text", "plain", self->body, strlen (self->body), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);

  g_mime_object_set_content_type_parameter (GMIME_OBJECT (part), "charset", "utf-8");
  if (self->language != NULL)
    g_mime_object_set_header (GMIME_OBJECT (part), "Content-Language", self->language, NULL);
  return GMIME_OBJECT (part);
}

static GMimeObject *
build_attachment (const BillingMailMessage *self)
{
  gsize size;
  const char *data = g_bytes_get_data (self->attachment, &size);
  GMimePart *part = build_part ("application", "pdf", data, size, GMIME_CONTENT_ENCODING_BASE64);

  g_mime_object_set_disposition (GMIME_OBJECT (part), GMIME_DISPOSITION_ATTACHMENT);
  g_mime_part_set_filename (part, self->attachment_name != NULL ? self->attachment_name : "invoice.pdf");
  return GMIME_OBJECT (part);
}

static GMimeObject *
build_content (const BillingMailMessage *self)
{
  g_autoptr (GMimeObject) text = build_text (self);
  g_autoptr (GMimeObject) attachment = NULL;
  GMimeMultipart *both;

  if (self->attachment == NULL)
    return g_steal_pointer (&text);

  attachment = build_attachment (self);
  both = g_mime_multipart_new_with_subtype ("mixed");
  g_mime_multipart_add (both, text);
  g_mime_multipart_add (both, attachment);
  return GMIME_OBJECT (both);
}

static void
add_mailbox (GMimeMessage     *message,
             GMimeAddressType  type,
             const char       *name,
             const char       *address)
{
  InternetAddress *mailbox = internet_address_mailbox_new (name, address);

  internet_address_set_charset (mailbox, "utf-8");
  internet_address_list_add (g_mime_message_get_addresses (message, type), mailbox);
  g_object_unref (mailbox);
}

static GMimeMessage *
build_message (const BillingMailMessage *self)
{
  GMimeMessage *message = g_mime_message_new (TRUE);
  g_autoptr (GMimeObject) content = build_content (self);
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (self->sent_at);

  add_mailbox (message, GMIME_ADDRESS_TYPE_FROM, self->from_name, self->from_address);
  add_mailbox (message, GMIME_ADDRESS_TYPE_TO, self->to_name, self->to_address);
  g_mime_message_set_subject (message, self->subject, "utf-8");
  g_mime_message_set_date (message, date);
  g_mime_message_set_message_id (message, self->message_id);
  /* So that no holiday notice answers. */
  g_mime_object_set_header (GMIME_OBJECT (message), "Auto-Submitted", "auto-generated", NULL);
  g_mime_message_set_mime_part (message, content);
  return message;
}

/**
 * billing_mail_message_build:
 * @self: what it is made of
 * @error: return location for %BILLING_MAIL_ERROR_ADDRESS
 *
 * Returns: (transfer full) (nullable): the e-mail, with the line ends that the wire wants
 */
GBytes *
billing_mail_message_build (const BillingMailMessage  *self,
                            GError                   **error)
{
  g_autoptr (GMimeMessage) message = NULL;
  GMimeFormatOptions *options;
  GMimeStream *stream;
  GByteArray *bytes;

  if (!check (self, error))
    return NULL;

  begin ();
  message = build_message (self);
  bytes = g_byte_array_new ();
  stream = g_mime_stream_mem_new_with_byte_array (bytes);
  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  options = g_mime_format_options_new ();
  g_mime_format_options_set_newline_format (options, GMIME_NEWLINE_FORMAT_DOS);
  g_mime_object_write_to_stream (GMIME_OBJECT (message), options, stream);
  g_mime_format_options_free (options);
  g_object_unref (stream);
  return g_byte_array_free_to_bytes (bytes);
}
