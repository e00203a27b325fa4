/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-csv-import-target"

#include "config.h"

#include "billing-csv-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-text.h"

/* What the columns of a CSV file may be, and by which headers they are known, in English, German, French and Spanish. */

#define PATIENTS 1
#define TREATMENTS 2
#define CHECKS 4

static const struct {
  const char *kind;
  guint bit;
} kinds[] = {
  { "patients", PATIENTS }, { "treatments", TREATMENTS }, { "eligibility_checks", CHECKS },
};

/* Headers are compared folded: small ASCII letters, single spaces for all else. */
static const BillingCsvTarget targets[] = {
  { "number", PATIENTS, 1, BILLING_CSV_TEXT, N_("Patient number"),
    "patient number|patient no|patient id|patientid|patient nr|number|no|id|mrn|medical record number|chart number|"
    "account number|patientennummer|patienten nr|patientennr|patient nummer|nummer|nr|numero|numero de patient|numero patient|"
    "id patient|numero de paciente|id paciente|historia clinica|nip" },
  { "name", PATIENTS, 1, BILLING_CSV_TEXT, N_("Name"),
    "name|patient name|full name|patient|patientenname|vollstandiger name|nom complet|nom du patient|nombre completo|"
    "nombre y apellidos|nombre del paciente" },
  { "given_name", PATIENTS, 1, BILLING_CSV_TEXT, N_("Given name"),
    "given name|first name|firstname|forename|given|first|vorname|rufname|prenom|prenoms|nombre|nombres" },
  { "family_name", PATIENTS, 1, BILLING_CSV_TEXT, N_("Family name"),
    "family name|last name|lastname|surname|family|last|nachname|familienname|zuname|nom|nom de famille|apellido|apellidos" },
  { "birth_date", PATIENTS, 1, BILLING_CSV_DATE, N_("Birth date"),
    "birth date|birthdate|date of birth|dob|birthday|born|geburtsdatum|geburtstag|geb datum|geb|geboren|date de naissance|"
    "naissance|ne le|nee le|fecha de nacimiento|fecha nacimiento|nacimiento|f nacimiento" },
  { "gender", PATIENTS, 2, BILLING_CSV_TEXT, N_("Gender"),
    "gender|sex|geschlecht|sexe|genre|sexo|genero" },
  { "phone", PATIENTS, 2, BILLING_CSV_TEXT, N_("Phone"),
    "phone|phone number|telephone|tel|mobile|mobile phone|cell|cell phone|home phone|telefon|telefonnummer|handy|mobil|"
    "telefon nr|telephone portable|portable|telefono|movil|celular" },
  { "email", PATIENTS, 2, BILLING_CSV_TEXT, N_("E-mail"),
    "email|e mail|email address|e mail address|mail|e mail adresse|courriel|adresse e mail|adresse email|"
    "correo|correo electronico" },
  { "address_line", PATIENTS, 2, BILLING_CSV_TEXT, N_("Street"),
    "address|address line|address line 1|address 1|street|street address|strasse|strasse und hausnummer|anschrift|adresse|rue|"
    "direccion|calle|domicilio" },
  { "city", PATIENTS, 2, BILLING_CSV_TEXT, N_("City"),
    "city|town|ort|stadt|wohnort|ville|commune|ciudad|poblacion|localidad" },
  { "region", PATIENTS, 2, BILLING_CSV_TEXT, N_("State or region"),
    "state|region|province|county|bundesland|land|departement|provincia|estado" },
  { "postal_code", PATIENTS, 2, BILLING_CSV_TEXT, N_("Postal code"),
    "postal code|postcode|zip|zip code|zipcode|plz|postleitzahl|code postal|cp|codigo postal" },
  { "country", PATIENTS, 2, BILLING_CSV_TEXT, N_("Country"), "country|staat|pays|pais" },
  { "language", PATIENTS, 2, BILLING_CSV_TEXT, N_("Language"), "language|sprache|langue|idioma|lengua" },

  { "patient_number", TREATMENTS | CHECKS, 1, BILLING_CSV_TEXT, N_("Patient number"),
    "patient number|patient no|patient id|patientid|patient nr|mrn|medical record number|chart number|patientennummer|"
    "patienten nr|patientennr|patient nummer|numero de patient|numero patient|id patient|numero de paciente|id paciente|"
    "historia clinica" },
  { "patient_name", TREATMENTS | CHECKS, 1, BILLING_CSV_TEXT, N_("Patient’s name"),
    "patient name|patient|name|full name|patientenname|nom du patient|nom complet|nombre del paciente|paciente|"
    "nombre completo" },
  { "patient_given_name", TREATMENTS | CHECKS, 1, BILLING_CSV_TEXT, N_("Patient’s given name"),
    "given name|first name|firstname|patient first name|vorname|prenom|nombre" },
  { "patient_family_name", TREATMENTS | CHECKS, 1, BILLING_CSV_TEXT, N_("Patient’s family name"),
    "family name|last name|lastname|surname|patient last name|nachname|familienname|nom|nom de famille|apellido|apellidos" },
  { "patient_birth_date", TREATMENTS | CHECKS, 1, BILLING_CSV_DATE, N_("Patient’s birth date"),
    "birth date|birthdate|date of birth|dob|patient dob|patient birth date|geburtsdatum|geb datum|geburtstag|"
    "date de naissance|naissance|fecha de nacimiento|fecha nacimiento|nacimiento" },

  { "visit", TREATMENTS, 3, BILLING_CSV_TEXT, N_("Treatment number"),
    "treatment number|treatment no|treatment id|visit|visit id|visit number|encounter|encounter id|encounter number|"
    "appointment id|number|id|behandlungsnummer|fallnummer|fall nr|besuch|numero de visite|numero de sejour|visite|"
    "numero de visita|id visita|episodio" },
  { "date", TREATMENTS, 3, BILLING_CSV_DATE, N_("Service date"),
    "date|service date|date of service|dos|visit date|treatment date|encounter date|appointment date|start|start date|"
    "datum|behandlungsdatum|leistungsdatum|besuchsdatum|termin|date de service|date de visite|date de consultation|"
    "date des soins|date de l acte|fecha|fecha de servicio|fecha de visita|fecha de consulta|fecha de atencion" },
  { "time", TREATMENTS, 3, BILLING_CSV_TEXT, N_("Time"),
    "time|start time|service time|visit time|uhrzeit|zeit|beginn|heure|heure de debut|hora|hora de inicio" },
  { "description", TREATMENTS, 2, BILLING_CSV_TEXT, N_("Description"),
    "description|service|procedure|treatment|reason|visit type|type|beschreibung|leistung|behandlung|bezeichnung|art|"
    "libelle|acte|prestation|motif|descripcion|servicio|procedimiento|tratamiento|motivo" },
  { "location", TREATMENTS, 2, BILLING_CSV_TEXT, N_("Location"),
    "location|site|clinic|facility|office|place|standort|praxis|filiale|ort der behandlung|lieu|site de soins|cabinet|"
    "etablissement|ubicacion|clinica|sede|centro|consultorio" },
  { "physician", TREATMENTS, 2, BILLING_CSV_TEXT, N_("Physician"),
    "physician|provider|doctor|dr|practitioner|therapist|clinician|rendering provider|arzt|arztin|behandler|therapeut|"
    "medecin|praticien|docteur|medico|doctora|profesional" },
  { "code", TREATMENTS, 3, BILLING_CSV_TEXT, N_("Codes"),
    "code|codes|cpt|cpt code|cpt codes|procedure code|procedure codes|hcpcs|hcpcs code|service code|snomed|cvx|ziffer|"
    "leistungsziffer|gebuhrenziffer|leistungscode|code acte|code ccam|codigo|codigo de procedimiento" },
  { "code_system", TREATMENTS, 3, BILLING_CSV_TEXT, N_("Code system"),
    "code system|coding system|system|codesystem|kodiersystem|systeme de codes|sistema de codigos" },
  { "units", TREATMENTS, 2, BILLING_CSV_NUMBER, N_("Units"),
    "units|quantity|qty|anzahl|menge|einheiten|quantite|unites|unidades|cantidad" },
  { "charges", TREATMENTS, 3, BILLING_CSV_MONEY, N_("Charges"),
    "charge|charges|amount|fee|total|price|billed|billed amount|total charges|charge amount|betrag|honorar|kosten|preis|"
    "rechnungsbetrag|summe|montant|honoraires|prix|tarif|importe|monto|precio|cargo|cargos|honorarios" },
  { "coinsurance", TREATMENTS, 2, BILLING_CSV_MONEY, N_("Co-insurance"),
    "coinsurance|co insurance|coinsurance amount|selbstbeteiligung|ticket moderateur|coseguro" },
  { "deductible", TREATMENTS, 1, BILLING_CSV_MONEY, N_("Deductible"),
    "deductible|deductible amount|selbstbehalt|franchise|deducible" },
  { "copay", TREATMENTS, 1, BILLING_CSV_MONEY, N_("Copay"),
    "copay|co pay|copayment|copay amount|zuzahlung|participation forfaitaire|copago" },
  { "insurer_paid", TREATMENTS, 3, BILLING_CSV_MONEY, N_("Paid by the insurer"),
    "insurer paid|insurance paid|paid by insurance|insurance payment|versicherung bezahlt|kassenzahlung|"
    "paye par l assurance|remboursement|pagado por el seguro|pago del seguro" },
  { "state", TREATMENTS, 1, BILLING_CSV_TEXT, N_("Status of the treatment"), "status|state|zustand|statut|etat|estado de la visita" },

  { "payer", CHECKS, 3, BILLING_CSV_TEXT, N_("Insurer"),
    "payer|payor|insurer|insurance|insurance company|carrier|versicherung|versicherer|kasse|krankenkasse|kostentrager|"
    "assureur|assurance|mutuelle|aseguradora|seguro|compania de seguros" },
  { "plan", CHECKS, 3, BILLING_CSV_TEXT, N_("Plan"),
    "plan|plan name|insurance plan|tarif der versicherung|tarif|formule|contrat|plan de seguro|poliza" },
  { "checked_on", CHECKS, 3, BILLING_CSV_DATE, N_("Checked on"),
    "checked on|check date|date checked|eligibility date|verified|verified on|verification date|date verified|date|as of|"
    "geprueft am|gepruft am|prufdatum|datum|date de verification|verifie le|date|fecha de verificacion|verificado el|fecha" },
  { "eligibility", CHECKS, 3, BILLING_CSV_TEXT, N_("Status of the coverage"),
    "status|eligibility|eligible|eligibility status|coverage status|coverage|active|versicherungsstatus|anspruch|aktiv|"
    "statut|droits|eligibilite|actif|estado|elegibilidad|cobertura|activo" },
  { "disposition", CHECKS, 2, BILLING_CSV_TEXT, N_("Insurer’s words"),
    "disposition|message|note|notes|comment|response|bemerkung|antwort|hinweis|remarque|reponse|commentaire|observaciones|"
    "respuesta|nota|mensaje" },
  { "benefit_copay", CHECKS, 3, BILLING_CSV_MONEY, N_("Copay"),
    "copay|co pay|copayment|copay amount|zuzahlung|participation forfaitaire|copago" },
  { "benefit_coinsurance", CHECKS, 3, BILLING_CSV_NUMBER, N_("Co-insurance in percent"),
    "coinsurance|co insurance|coinsurance percent|coinsurance %|coinsurance rate|selbstbeteiligung|eigenanteil|"
    "ticket moderateur|taux|coseguro" },
  { "benefit_deductible", CHECKS, 3, BILLING_CSV_MONEY, N_("Deductible"),
    "deductible|deductible amount|annual deductible|selbstbehalt|franchise|deducible" },
  { "benefit_deductible_used", CHECKS, 3, BILLING_CSV_MONEY, N_("Deductible, used"),
    "deductible used|deductible met|deductible to date|deductible met to date|selbstbehalt verbraucht|franchise utilisee|"
    "deducible usado|deducible cumplido" },
  { "benefit_out_of_pocket", CHECKS, 3, BILLING_CSV_MONEY, N_("Out-of-pocket maximum"),
    "out of pocket|out of pocket maximum|out of pocket max|oop|oop max|moop|hochstgrenze|belastungsgrenze|"
    "plafond|maximo de bolsillo" },
  { "benefit_out_of_pocket_used", CHECKS, 3, BILLING_CSV_MONEY, N_("Out-of-pocket, used"),
    "out of pocket used|out of pocket met|oop used|oop met|plafond utilise|bolsillo usado" },
};

guint
billing_csv_get_kind_bit (const char *kind)
{
  for (guint i = 0; kind != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i].kind, kind))
        return kinds[i].bit;
    }

  return 0;
}

const char *
billing_csv_get_kind_name (guint bit)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (kinds[i].bit == bit)
        return kinds[i].kind;
    }

  return NULL;
}

const BillingCsvTarget *
billing_csv_get_nth_target (guint i)
{
  return i < G_N_ELEMENTS (targets) ? &targets[i] : NULL;
}

const BillingCsvTarget *
billing_csv_find_target (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (targets); i++)
    {
      if (g_str_equal (targets[i].name, name))
        return &targets[i];
    }

  return NULL;
}

/* Letters and digits without case and accents, all else one space. */
char *
billing_csv_fold_header (const char *header)
{
  g_autofree char *spaced = g_strdup (header);
  g_autofree char *folded = NULL;
  GString *out = g_string_new (NULL);

  folded = billing_text_fold (spaced);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (out, c);
      else if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  g_strchomp (out->str);

  return g_string_free (out, FALSE);
}

static gboolean
has_words (const char *header,
           const char *words)
{
  g_autofree char *padded = g_strdup_printf (" %s ", header);
  g_autofree char *wanted = g_strdup_printf (" %s ", words);

  return strstr (padded, wanted) != NULL;
}

/**
 * billing_csv_rate:
 * @target: what a column may be
 * @header: its header, folded
 *
 * Returns: how well the header means the target: 0 not at all, most where it is one of its words exactly
 */
int
billing_csv_rate (const BillingCsvTarget *target,
                  const char             *header)
{
  g_auto (GStrv) words = g_strsplit (target->words, "|", -1);
  int best = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_str_equal (words[i], header))
        return 1000 - (int) i;
      /* `Patient’s date of birth (required)` holds `date of birth`; short words hold too little. */
      if (strlen (words[i]) > 4 && has_words (header, words[i]))
        best = MAX (best, 10 * (int) strlen (words[i]));
    }

  return best;
}

char **
billing_csv_list_targets (const char *kind)
{
  guint bit = billing_csv_get_kind_bit (kind);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      if (targets[i].kinds & bit)
        g_ptr_array_add (names, g_strdup (targets[i].name));
    }
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * billing_csv_get_target_label:
 * @target: (nullable): a target
 *
 * Returns: what people call it, translated
 */
const char *
billing_csv_get_target_label (const char *target)
{
  const BillingCsvTarget *found = billing_csv_find_target (target);

  return found != NULL ? _(found->label) : _("Left out");
}
