/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "billing-types.h"

G_BEGIN_DECLS

#define BILLING_TYPE_RECORD (billing_record_get_type ())
G_DECLARE_DERIVABLE_TYPE (BillingRecord, billing_record, BILLING, RECORD, GObject)

/**
 * BillingFieldFlags:
 * @BILLING_FIELD_FIXED: written when the record is made and never again
 * @BILLING_FIELD_JOINED: read with the record, kept elsewhere; never written
 * @BILLING_FIELD_KEPT: kept by the books themselves (status, what was collected); never written from a record
 * @BILLING_FIELD_SECRET: never leaves the practice: not exported, not audited
 */
typedef enum {
  BILLING_FIELD_FIXED = 1 << 0,
  BILLING_FIELD_JOINED = 1 << 1,
  BILLING_FIELD_KEPT = 1 << 2,
  BILLING_FIELD_SECRET = 1 << 3,
} BillingFieldFlags;

/**
 * BillingField:
 * @member: the struct member's name; the property has it with dashes, the column as it is
 * @type: %G_TYPE_STRING, %G_TYPE_BOOLEAN, %G_TYPE_INT64 or 0 for an enumeration
 * @get_enum: (nullable): the enumeration's type function
 * @offset: where the member stands in the record
 * @flags: how the field is kept
 *
 * One property of a record, and so one column and one member of its JSON form.
 * Instants are int64 Unix seconds, days ISO strings, money int64 minor units.
 */
typedef struct {
  const char *member;
  GType type;
  GType (*get_enum) (void);
  gsize offset;
  BillingFieldFlags flags;
  const char *property; /* (not owned): @member with dashes, filled in when it is installed */
} BillingField;

#define BILLING_STRING_FIELD(Type, member, flags) \
  { #member, G_TYPE_STRING, NULL, G_STRUCT_OFFSET (Type, member), flags, NULL }
#define BILLING_INT64_FIELD(Type, member, flags) \
  { #member, G_TYPE_INT64, NULL, G_STRUCT_OFFSET (Type, member), flags, NULL }
#define BILLING_BOOLEAN_FIELD(Type, member, flags) \
  { #member, G_TYPE_BOOLEAN, NULL, G_STRUCT_OFFSET (Type, member), flags, NULL }
#define BILLING_ENUM_FIELD(Type, member, get_enum, flags) \
  { #member, 0, get_enum, G_STRUCT_OFFSET (Type, member), flags, NULL }

/**
 * BillingRecordClass:
 * @kind: what lists call it: `payments`
 * @prefix: what its ids begin with: `pay`
 * @number_prefix: (nullable): what its numbers begin with: `PAY`
 * @fields: (array length=n_fields): all fields, those of #BillingRecord first
 *
 * @kind is also the name of the table; records with joined fields are read from `@kind_view`.
 */
struct _BillingRecordClass {
  GObjectClass parent_class;

  const char *kind;
  const char *prefix;
  const char *number_prefix;
  BillingField **fields;
  guint n_fields;
};

void                 billing_record_class_install   (BillingRecordClass  *klass,
                                                     const char          *kind,
                                                     const char          *prefix,
                                                     const char          *number_prefix,
                                                     BillingField        *fields,
                                                     guint                n_fields);
gboolean             billing_record_class_is_joined (BillingRecordClass  *klass);
const BillingField  *billing_record_class_find      (BillingRecordClass  *klass,
                                                     const char          *property);

gint64               billing_record_get_pk          (BillingRecord       *self);
void                 billing_record_set_pk          (BillingRecord       *self,
                                                     gint64               pk);
const char          *billing_record_get_id          (BillingRecord       *self);
void                 billing_record_set_id          (BillingRecord       *self,
                                                     const char          *id);
gint64               billing_record_get_revision    (BillingRecord       *self);

const char          *billing_record_get_text        (BillingRecord       *self,
                                                     const BillingField  *field);
void                 billing_record_set_text        (BillingRecord       *self,
                                                     const BillingField  *field,
                                                     const char          *text);
void                 billing_record_fill_text       (BillingRecord       *self,
                                                     const BillingField  *field,
                                                     const char          *text);
gint64               billing_record_get_integer     (BillingRecord       *self,
                                                     const BillingField  *field);
void                 billing_record_set_integer     (BillingRecord       *self,
                                                     const BillingField  *field,
                                                     gint64               integer);
void                 billing_record_fill_integer    (BillingRecord       *self,
                                                     const BillingField  *field,
                                                     gint64               integer);
gboolean             billing_record_set_nick        (BillingRecord       *self,
                                                     const BillingField  *field,
                                                     const char          *nick);
void                 billing_record_copy            (BillingRecord       *self,
                                                     BillingRecord       *from);

G_END_DECLS
