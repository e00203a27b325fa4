/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-record"

#include "config.h"

#include "billing-record.h"

/*
 * A record keeps its values in its struct; a table of BillingField describes them once, and from it come
 * the properties (for .ui files), the columns (for the store) and the JSON form (for files).
 */

typedef struct {
  char *id;        /* (owned) (nullable): globally unique, carries the desk it was made at */
  gint64 revision; /* rises with every change */
  gint64 pk;       /* the row of this database; never leaves it */
} BillingRecordPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BillingRecord, billing_record, G_TYPE_OBJECT)

/* The first two fields are the base's own, kept in the private part. */
static BillingField id_field = { "id", G_TYPE_STRING, NULL, 0, BILLING_FIELD_FIXED, "id" };
static BillingField revision_field = { "revision", G_TYPE_INT64, NULL, 0, BILLING_FIELD_KEPT, "revision" };

static GQuark
field_quark (void)
{
  return g_quark_from_static_string ("billing-field");
}

static gpointer
get_member (BillingRecord      *self,
            const BillingField *field)
{
  BillingRecordPrivate *priv = billing_record_get_instance_private (self);

  if (field == &id_field)
    return &priv->id;
  if (field == &revision_field)
    return &priv->revision;

  return (guint8 *) self + field->offset;
}

static GParamSpec *
make_param_spec (const BillingField *field)
{
  const char *name = field->property;
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  if (field->get_enum != NULL)
    {
      GType type = field->get_enum ();
      g_autoptr (GEnumClass) klass = g_type_class_ref (type);

      return g_param_spec_enum (name, NULL, NULL, type, klass->values[0].value, flags);
    }
  if (field->type == G_TYPE_STRING)
    return g_param_spec_string (name, NULL, NULL, NULL, flags);
  if (field->type == G_TYPE_BOOLEAN)
    return g_param_spec_boolean (name, NULL, NULL, FALSE, flags);

  return g_param_spec_int64 (name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
}

static void
install_field (BillingRecordClass *klass,
               BillingField       *field,
               guint               property_id)
{
  GParamSpec *pspec;

  if (field->property == NULL)
    {
      g_autofree char *property = g_strdelimit (g_strdup (field->member), "_", '-');

      field->property = g_intern_string (property);
    }

  pspec = make_param_spec (field);
  g_param_spec_set_qdata (pspec, field_quark (), field);
  g_object_class_install_property (G_OBJECT_CLASS (klass), property_id, pspec);
}

static void
billing_record_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  BillingRecord *self = BILLING_RECORD (object);
  const BillingField *field = g_param_spec_get_qdata (pspec, field_quark ());

  if (field->get_enum != NULL)
    g_value_set_enum (value, (int) billing_record_get_integer (self, field));
  else if (field->type == G_TYPE_STRING)
    g_value_set_string (value, billing_record_get_text (self, field));
  else if (field->type == G_TYPE_BOOLEAN)
    g_value_set_boolean (value, billing_record_get_integer (self, field) != 0);
  else
    g_value_set_int64 (value, billing_record_get_integer (self, field));
}

static void
billing_record_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  BillingRecord *self = BILLING_RECORD (object);
  const BillingField *field = g_param_spec_get_qdata (pspec, field_quark ());

  if (field->get_enum != NULL)
    billing_record_set_integer (self, field, g_value_get_enum (value));
  else if (field->type == G_TYPE_STRING)
    billing_record_set_text (self, field, g_value_get_string (value));
  else if (field->type == G_TYPE_BOOLEAN)
    billing_record_set_integer (self, field, g_value_get_boolean (value));
  else
    billing_record_set_integer (self, field, g_value_get_int64 (value));
}

static void
billing_record_finalize (GObject *object)
{
  BillingRecord *self = BILLING_RECORD (object);
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (self);

  for (guint i = 0; i < klass->n_fields; i++)
    {
      if (klass->fields[i]->type == G_TYPE_STRING)
        g_free (*(char **) get_member (self, klass->fields[i]));
    }

  G_OBJECT_CLASS (billing_record_parent_class)->finalize (object);
}

static void
billing_record_class_init (BillingRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = billing_record_get_property;
  object_class->set_property = billing_record_set_property;
  object_class->finalize = billing_record_finalize;

  install_field (klass, &id_field, 1);
  install_field (klass, &revision_field, 2);
}

static void
billing_record_init (BillingRecord *self)
{
}

/**
 * billing_record_class_install:
 * @klass: a subclass of #BillingRecord
 * @kind: what lists call it
 * @prefix: what its ids begin with
 * @number_prefix: (nullable): what its numbers begin with, when people see one
 * @fields: (array length=n_fields): its fields; kept, not copied
 * @n_fields: how many
 *
 * Describes a record, once for all its uses. To be called in class_init.
 */
void
billing_record_class_install (BillingRecordClass *klass,
                              const char         *kind,
                              const char         *prefix,
                              const char         *number_prefix,
                              BillingField       *fields,
                              guint               n_fields)
{
  klass->kind = kind;
  klass->prefix = prefix;
  klass->number_prefix = number_prefix;
  klass->n_fields = n_fields + 2;
  klass->fields = g_new (BillingField *, klass->n_fields);
  klass->fields[0] = &id_field;
  klass->fields[1] = &revision_field;

  /* GObject does not hand these two down to subclasses. */
  G_OBJECT_CLASS (klass)->get_property = billing_record_get_property;
  G_OBJECT_CLASS (klass)->set_property = billing_record_set_property;

  for (guint i = 0; i < n_fields; i++)
    {
      klass->fields[i + 2] = &fields[i];
      install_field (klass, &fields[i], i + 3);
    }
}

/**
 * billing_record_class_is_joined:
 * @klass: the class of a record
 *
 * Returns: whether some of its fields are kept elsewhere, so that it is read from its view
 */
gboolean
billing_record_class_is_joined (BillingRecordClass *klass)
{
  for (guint i = 0; i < klass->n_fields; i++)
    {
      if (klass->fields[i]->flags & BILLING_FIELD_JOINED)
        return TRUE;
    }

  return FALSE;
}

/**
 * billing_record_class_find:
 * @klass: the class of a record
 * @property: the name of a property, or of a column
 *
 * Returns: (nullable): the field of that name
 */
const BillingField *
billing_record_class_find (BillingRecordClass *klass,
                           const char         *property)
{
  for (guint i = 0; i < klass->n_fields; i++)
    {
      if (g_str_equal (klass->fields[i]->property, property) ||
          g_str_equal (klass->fields[i]->member, property))
        return klass->fields[i];
    }

  return NULL;
}

/**
 * billing_record_get_pk:
 * @self: a record
 *
 * Returns: its row in this database, 0 while it was never stored
 */
gint64
billing_record_get_pk (BillingRecord *self)
{
  BillingRecordPrivate *priv = billing_record_get_instance_private (self);

  return priv->pk;
}

void
billing_record_set_pk (BillingRecord *self,
                       gint64         pk)
{
  BillingRecordPrivate *priv = billing_record_get_instance_private (self);

  priv->pk = pk;
}

/**
 * billing_record_get_id:
 * @self: a record
 *
 * Returns: (nullable): its globally unique id
 */
const char *
billing_record_get_id (BillingRecord *self)
{
  return billing_record_get_text (self, &id_field);
}

void
billing_record_set_id (BillingRecord *self,
                       const char    *id)
{
  billing_record_set_text (self, &id_field, id);
}

gint64
billing_record_get_revision (BillingRecord *self)
{
  return billing_record_get_integer (self, &revision_field);
}

/**
 * billing_record_get_text:
 * @self: a record
 * @field: one of its fields, a string or an enumeration
 *
 * Returns: (nullable): the string, or the enumeration's nick
 */
const char *
billing_record_get_text (BillingRecord      *self,
                         const BillingField *field)
{
  if (field->get_enum != NULL)
    return billing_enum_nick (field->get_enum (), *(int *) get_member (self, field));

  return *(char **) get_member (self, field);
}

/**
 * billing_record_set_text:
 * @self: a record
 * @field: one of its string fields
 * @text: (nullable): what to put there
 */
void
billing_record_set_text (BillingRecord      *self,
                         const BillingField *field,
                         const char         *text)
{
  char **member = get_member (self, field);

  if (g_strcmp0 (*member, text) == 0)
    return;

  g_free (*member);
  *member = g_strdup (text);
  g_object_notify (G_OBJECT (self), field->property);
}

/**
 * billing_record_fill_text:
 * @self: a new record that nobody else has seen yet
 * @field: one of its string fields, still empty or what it is where nobody says otherwise
 * @text: (nullable): what to put there
 *
 * As billing_record_set_text(), without telling anybody: lists read many records, and nobody can listen yet.
 */
void
billing_record_fill_text (BillingRecord      *self,
                          const BillingField *field,
                          const char         *text)
{
  char **member = get_member (self, field);

  g_free (*member);
  *member = g_strdup (text);
}

/**
 * billing_record_get_integer:
 * @self: a record
 * @field: one of its int64, boolean or enumeration fields
 *
 * Returns: the number
 */
gint64
billing_record_get_integer (BillingRecord      *self,
                            const BillingField *field)
{
  if (field->get_enum != NULL || field->type == G_TYPE_BOOLEAN)
    return *(int *) get_member (self, field);

  return *(gint64 *) get_member (self, field);
}

/**
 * billing_record_fill_integer:
 * @self: a new record that nobody else has seen yet
 * @field: one of its int64, boolean or enumeration fields
 * @integer: what to put there
 *
 * As billing_record_set_integer(), without telling anybody.
 */
void
billing_record_fill_integer (BillingRecord      *self,
                             const BillingField *field,
                             gint64              integer)
{
  if (field->get_enum != NULL || field->type == G_TYPE_BOOLEAN)
    *(int *) get_member (self, field) = (int) integer;
  else
    *(gint64 *) get_member (self, field) = integer;
}

void
billing_record_set_integer (BillingRecord      *self,
                            const BillingField *field,
                            gint64              integer)
{
  if (billing_record_get_integer (self, field) == integer)
    return;

  billing_record_fill_integer (self, field, integer);
  g_object_notify (G_OBJECT (self), field->property);
}

/**
 * billing_record_set_nick:
 * @self: a record
 * @field: one of its enumeration fields
 * @nick: (nullable): the word that stands for the value
 *
 * Returns: whether the enumeration has that word; the field is left alone otherwise
 */
gboolean
billing_record_set_nick (BillingRecord      *self,
                         const BillingField *field,
                         const char         *nick)
{
  int value;

  if (!billing_enum_from_nick (field->get_enum (), nick, &value))
    return FALSE;

  billing_record_set_integer (self, field, value);
  return TRUE;
}

/**
 * billing_record_copy:
 * @self: a record
 * @from: another of the same type
 *
 * Makes @self say what @from says, and notifies what changed.
 */
void
billing_record_copy (BillingRecord *self,
                     BillingRecord *from)
{
  BillingRecordClass *klass = BILLING_RECORD_GET_CLASS (self);

  g_return_if_fail (G_OBJECT_TYPE (self) == G_OBJECT_TYPE (from));

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < klass->n_fields; i++)
    {
      const BillingField *field = klass->fields[i];

      if (field->type == G_TYPE_STRING)
        billing_record_set_text (self, field, billing_record_get_text (from, field));
      else
        billing_record_set_integer (self, field, billing_record_get_integer (from, field));
    }
  billing_record_set_pk (self, billing_record_get_pk (from));
  g_object_thaw_notify (G_OBJECT (self));
}
