/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-remittance-words"

#include "config.h"

#include "billing-remittance-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "billing-money.h"

/*
 * What insurers say in codes, in our words: why less is paid than was asked (claim adjustment reasons, CARC), remarks (RARC), why something
 * is kept back from a payment (PLB), and what a claim's status is. Of a code that is not here only the code is shown.
 */

typedef struct {
  const char *code;
  const char *words;
} Word;

static const Word reasons[] = {
  { "1", N_("The deductible") },
  { "2", N_("The patient’s share (co-insurance)") },
  { "3", N_("The copay") },
  { "4", N_("The modifier does not fit the code") },
  { "5", N_("The code does not fit the place of service") },
  { "6", N_("The code does not fit the patient’s age") },
  { "7", N_("The code does not fit the patient’s gender") },
  { "8", N_("The code does not fit the kind of provider") },
  { "9", N_("The diagnosis does not fit the patient’s age") },
  { "10", N_("The diagnosis does not fit the patient’s gender") },
  { "11", N_("The diagnosis does not fit the code") },
  { "12", N_("The diagnosis does not fit the kind of provider") },
  { "13", N_("The day of death is before the day of service") },
  { "14", N_("The day of birth is after the day of service") },
  { "16", N_("The claim lacks something, or has a mistake") },
  { "18", N_("The same was claimed already") },
  { "19", N_("It is an injury at work, for that insurer to pay") },
  { "20", N_("Another party’s liability insurance has to pay") },
  { "21", N_("The car insurance has to pay") },
  { "22", N_("Another insurance may have to pay first") },
  { "23", N_("What another insurer decided before") },
  { "24", N_("It is covered by a flat fee for the patient’s care") },
  { "26", N_("It was done before the coverage began") },
  { "27", N_("It was done after the coverage ended") },
  { "29", N_("It was claimed too late") },
  { "31", N_("The insurer does not know the patient") },
  { "32", N_("The dependent is not insured with them") },
  { "33", N_("The insured person has no cover for dependents") },
  { "34", N_("The insured person has no cover for newborns") },
  { "35", N_("The most that is ever paid was reached") },
  { "39", N_("It was asked for before and declined") },
  { "40", N_("It was no emergency by the plan’s terms") },
  { "42", N_("It is above the agreed fee") },
  { "44", N_("A discount for prompt payment") },
  { "45", N_("It is above what the contract with the insurer allows") },
  { "49", N_("It is a routine examination, which is not covered") },
  { "50", N_("The insurer does not see the medical need") },
  { "51", N_("The condition was there before the coverage") },
  { "53", N_("Treatment by the family or the household is not covered") },
  { "54", N_("Several doctors or assistants are not covered") },
  { "55", N_("It counts as experimental") },
  { "56", N_("It is not proven to work, by the insurer’s standards") },
  { "58", N_("It was done at a place that does not fit") },
  { "59", N_("It is paid less as one of several procedures") },
  { "60", N_("Outpatient services this close to a stay are not covered") },
  { "61", N_("It is paid less without a second opinion") },
  { "66", N_("The deductible for blood") },
  { "69", N_("The day’s outlier amount") },
  { "70", N_("Additional amount for an outlier") },
  { "74", N_("Addition for indirect medical education") },
  { "75", N_("Addition for direct medical education") },
  { "76", N_("Addition for a disproportionate share of patients in need") },
  { "78", N_("Days that are not covered") },
  { "85", N_("Interest that the patient owes") },
  { "89", N_("Professional fees were taken off") },
  { "90", N_("Ingredient costs") },
  { "91", N_("Dispensing fee") },
  { "94", N_("More is paid than was asked for") },
  { "95", N_("The plan’s rules were not followed") },
  { "96", N_("It is not covered") },
  { "97", N_("It is part of another service that was paid") },
  { "100", N_("It was paid to the patient or the insured person") },
  { "101", N_("An estimate; the decision follows") },
  { "102", N_("Adjustment for a major need") },
  { "103", N_("Discount for a provider’s own people") },
  { "104", N_("Kept back by the managed care plan") },
  { "105", N_("Tax kept back") },
  { "106", N_("The patient’s payment option applies") },
  { "107", N_("The claim that it belongs to was not found") },
  { "108", N_("The rules for renting or buying were not met") },
  { "109", N_("Another insurer is responsible") },
  { "110", N_("It was claimed before it was done") },
  { "111", N_("It is not covered unless the provider accepts the insurer’s payment in full") },
  { "112", N_("It was not done by the person who claims it") },
  { "114", N_("It is not approved by the drug authority") },
  { "115", N_("It was put off or cancelled") },
  { "116", N_("The notice that the patient signed does not meet the rules") },
  { "117", N_("Transport is covered only to the nearest place that can help") },
  { "118", N_("Kidney network support") },
  { "119", N_("The most for this period was reached") },
  { "121", N_("The most that an indemnity pays") },
  { "122", N_("It was taken away for psychiatric care") },
  { "128", N_("The newborn’s care is in the mother’s allowance") },
  { "129", N_("What another insurer decided before is missing or wrong") },
  { "130", N_("Fee for submitting the claim") },
  { "131", N_("A discount that the claim has negotiated") },
  { "132", N_("A demonstration project pays otherwise") },
  { "133", N_("It waits for a review") },
  { "134", N_("Fees that have to do with it") },
  { "135", N_("Interim bills cannot be processed") },
  { "136", N_("The other insurer’s rules were not followed") },
  { "137", N_("Regulatory surcharges and taxes") },
  { "138", N_("The appeal was too late or not in order") },
  { "139", N_("The contracted funding was used up") },
  { "140", N_("The patient’s number and name do not belong together") },
  { "142", N_("The monthly amount that the patient owes by Medicaid") },
  { "143", N_("A part of the payment is put off") },
  { "144", N_("An incentive") },
  { "146", N_("The diagnosis was not valid on the day") },
  { "147", N_("The agreed fee has expired or is not on file") },
  { "148", N_("Something was missing from another provider") },
  { "149", N_("The most that is ever paid for this was reached") },
  { "150", N_("The insurer does not see the need for this level of service") },
  { "151", N_("The insurer does not see the need for this many") },
  { "152", N_("The insurer does not see the need for this length") },
  { "153", N_("The insurer does not see the need for this dose") },
  { "154", N_("The insurer does not see the need for this day’s supply") },
  { "155", N_("The patient refused it") },
  { "157", N_("It was caused by an act of war") },
  { "158", N_("It was done outside of the country") },
  { "159", N_("It was caused by an act of terror") },
  { "160", N_("It is excluded from what the plan pays for an injury or illness") },
  { "161", N_("A bonus for the provider") },
  { "163", N_("An attachment that the claim mentions was not received") },
  { "164", N_("An attachment that the claim mentions came too late") },
  { "165", N_("The referral is missing") },
  { "166", N_("It was claimed after this plan’s responsibility ended") },
  { "167", N_("The diagnosis is not covered") },
  { "170", N_("It is not paid for this kind of provider") },
  { "171", N_("It is not paid for this kind of provider at such a place") },
  { "172", N_("It is not paid for this specialty") },
  { "173", N_("A prescription is missing") },
  { "174", N_("It was not prescribed before") },
  { "175", N_("The prescription is incomplete") },
  { "176", N_("The prescription is not current") },
  { "177", N_("The patient does not meet what the plan requires") },
  { "178", N_("The patient has not met the spend-down") },
  { "179", N_("The waiting time is not over") },
  { "180", N_("The patient does not live where the plan requires") },
  { "181", N_("The code was not valid on the day") },
  { "182", N_("The modifier was not valid on the day") },
  { "183", N_("The referring provider may not refer for it") },
  { "184", N_("The prescribing provider may not prescribe it") },
  { "185", N_("The provider may not do it") },
  { "186", N_("The level of care was changed") },
  { "187", N_("Paid from a spending account") },
  { "188", N_("It is covered only when it is used as recommended") },
  { "189", N_("A code for something unlisted was used though there is one for it") },
  { "190", N_("It is in the allowance of a nursing home") },
  { "192", N_("The other insurer’s reasons were not in the standard form") },
  { "193", N_("It was looked at again, and the first decision stands") },
  { "194", N_("The anaesthesia was by the doctor who operated") },
  { "195", N_("The refund was made to the wrong insurer") },
  { "197", N_("It was not authorised before") },
  { "198", N_("More was done than was authorised") },
  { "199", N_("The revenue code does not fit the code") },
  { "200", N_("It was done while the coverage had lapsed") },
  { "201", N_("Paid from a set-aside for medical care") },
  { "202", N_("Personal comfort is not covered") },
  { "203", N_("It was not finished") },
  { "204", N_("It is not covered by the patient’s plan") },
  { "205", N_("A pharmacy’s discount card") },
  { "206", N_("The provider’s number (NPI) is missing") },
  { "207", N_("The provider’s number (NPI) is invalid") },
  { "208", N_("The provider’s number (NPI) does not match") },
  { "209", N_("By rule or agreement it cannot be asked of the patient") },
  { "210", N_("It was authorised too late") },
  { "211", N_("These drugs are not covered") },
  { "212", N_("Administrative surcharges are not covered") },
  { "213", N_("The rules against self-referral were not met") },
  { "215", N_("Another party paid") },
  { "216", N_("By the finding of a review") },
  { "219", N_("By the extent of an injury") },
  { "222", N_("It is more than the contract with the provider counts in the period") },
  { "223", N_("A law that has no code of its own") },
  { "224", N_("Somebody else’s identity may have been used") },
  { "225", N_("A penalty or interest of the insurer") },
  { "226", N_("Something that the provider was asked for did not come in time") },
  { "227", N_("Something that the patient was asked for did not come in time") },
  { "228", N_("Something that another provider was asked for did not come in time") },
  { "229", N_("Part of what another insurer does not count") },
  { "231", N_("Two procedures cannot be done on the same day") },
  { "232", N_("The transfer to another place") },
  { "233", N_("Treatment of something that happened in hospital") },
  { "234", N_("It is not paid separately") },
  { "235", N_("Sales tax") },
  { "236", N_("The codes cannot be combined") },
  { "237", N_("A penalty by law") },
  { "238", N_("The claim covers days with and without coverage") },
  { "239", N_("It covers days with and without coverage") },
  { "240", N_("The diagnosis does not fit the birth weight") },
  { "241", N_("A reduction for low income") },
  { "242", N_("It was not done by a provider of the network") },
  { "243", N_("It was not authorised by the network") },
  { "245", N_("Nothing is paid for readmissions of this kind") },
  { "246", N_("It only reports something and is never paid") },
  { "247", N_("The deductible, for a professional’s service at an institution") },
  { "248", N_("The co-insurance, for a professional’s service at an institution") },
  { "249", N_("The patient came back into hospital") },
  { "250", N_("The attachment is not the one that was expected") },
  { "251", N_("The attachment is incomplete") },
  { "252", N_("An attachment is needed") },
  { "253", N_("The government’s reduction of payments (sequestration)") },
  { "254", N_("A dental plan has no such benefit") },
  { "256", N_("It is not payable by the managed care contract") },
  { "257", N_("The decision waits for the end of a premium’s grace period") },
  { "258", N_("The patient was in custody") },
  { "259", N_("Additional payment for dental care or eyes") },
  { "260", N_("It waits for Medicare’s review") },
  { "261", N_("It does not fit the patient’s history") },
  { "262", N_("Delivery cost") },
  { "263", N_("Shipping cost") },
  { "264", N_("Postage") },
  { "265", N_("Administrative cost") },
  { "266", N_("Cost of making it up") },
  { "267", N_("It covers more than one month") },
  { "268", N_("It goes over two plan years") },
  { "269", N_("Anaesthesia is not covered for it") },
  { "270", N_("It has to be asked of the dental plan first") },
  { "271", N_("Earlier contract fees are counted in") },
  { "272", N_("Coverage and programme rules were not met") },
  { "273", N_("Coverage and programme rules were exceeded") },
  { "274", N_("The fee belongs to somebody who may not be paid") },
  { "275", N_("What another insurer left to the patient is not covered") },
  { "276", N_("What another insurer denied is not covered here") },
  { "277", N_("The decision waits for an event’s end") },
  { "278", N_("The performance bonus is not paid by the programme") },
  { "279", N_("The provider does not belong to the preferred network") },
  { "280", N_("A discount for care of accidents") },
  { "281", N_("The deductible was waived") },
  { "282", N_("The kind of bill does not fit the code") },
  { "283", N_("The attending provider may not do it") },
  { "284", N_("The authorisation number does not cover it") },
  { "285", N_("The appeal was not made as is needed") },
  { "286", N_("The appeal was too late") },
  { "287", N_("The referral was exceeded") },
  { "288", N_("The referral is missing") },
  { "289", N_("It was decided under the dental plan, and is open under the medical one") },
  { "290", N_("It was passed on from the dental to the medical plan") },
  { "291", N_("It was passed on from the medical to the dental plan") },
  { "292", N_("It was passed on from the medical plan to the pharmacy’s") },
  { "293", N_("It was paid to the employer") },
  { "294", N_("It was paid to a lawyer") },
  { "295", N_("It was passed on to the pharmacy’s plan") },
  { "296", N_("The authorisation does not cover this provider") },
  { "297", N_("It was passed on to the eye plan") },
  { "298", N_("It was passed on to the eye plan, and is open under the medical one") },
  { "299", N_("The provider may not be paid for this patient") },
  { "300", N_("It was passed on to the plan for mental health") },
  { "301", N_("It was passed on to the plan for mental health, and is open under the medical one") },
  { "302", N_("The authorisation had run out") },
  { "303", N_("What another insurer left was turned over") },
  { "304", N_("It was passed on to the hearing plan") },
  { "305", N_("It was passed on to the hearing plan, and is open under the medical one") },
  { "A0", N_("The patient was given it back") },
  { "A1", N_("The claim was denied") },
  { "A5", N_("An amount that Medicare passed on was not asked for") },
  { "A6", N_("A stay in hospital or a discharge before is needed") },
  { "A8", N_("It could not be put into a group of diagnoses") },
  { "B1", N_("Visits that are not covered") },
  { "B4", N_("A penalty for filing late") },
  { "B7", N_("The provider was not certified for it on the day") },
  { "B8", N_("Other ways were there and should have been used") },
  { "B9", N_("The patient is in a hospice") },
  { "B10", N_("Part of a simpler service was paid before") },
  { "B11", N_("It was passed on to whoever is responsible") },
  { "B12", N_("It is not in the medical record") },
  { "B13", N_("It was paid before") },
  { "B14", N_("Only one visit or consultation a day is covered") },
  { "B15", N_("Another service has to come first") },
  { "B16", N_("The patient was not new") },
  { "B20", N_("It was done by another provider, in part or in full") },
  { "B22", N_("It was changed by the diagnosis") },
  { "B23", N_("The laboratory is not certified for it") },
  { "P1", N_("By a state’s rules on accidents") },
  { "P2", N_("It is no injury at work") },
  { "P3", N_("The case was settled") },
  { "P4", N_("The injury at work was not accepted") },
  { "P12", N_("By a state’s fee schedule for injuries at work") },
  { "P13", N_("By a law on injuries at work") },
  { "W1", N_("By a state’s fee schedule for injuries at work") },
};

static const Word remarks[] = {
  { "M15", N_("It is paid as part of another service") },
  { "M20", N_("The code is missing or invalid") },
  { "M27", N_("The provider bears the charge, not the patient") },
  { "M51", N_("The code is missing, incomplete or invalid") },
  { "M53", N_("How many were done is missing or invalid") },
  { "M76", N_("The diagnosis is missing, incomplete or invalid") },
  { "M77", N_("The place of service is missing or invalid") },
  { "M80", N_("It is not covered together with another service of the same day") },
  { "M127", N_("The medical record is missing") },
  { "MA01", N_("The decision can be appealed") },
  { "MA04", N_("What the first insurer paid is missing") },
  { "MA07", N_("It was sent on to Medicaid, too") },
  { "MA13", N_("The patient may not be asked for what this reason takes off") },
  { "MA15", N_("The claim was divided to be decided faster") },
  { "MA18", N_("It was sent on to the supplementary insurer, too") },
  { "MA27", N_("The insured person’s name or number is missing or invalid") },
  { "MA61", N_("The patient’s number is missing or invalid") },
  { "MA63", N_("The main diagnosis is missing or invalid") },
  { "MA67", N_("It corrects an earlier claim") },
  { "MA92", N_("The plan’s details of the other insurance are missing") },
  { "MA130", N_("The claim was incomplete or wrong: send it again, corrected") },
  { "N1", N_("The decision can be appealed") },
  { "N4", N_("What the insurer before decided is missing") },
  { "N19", N_("It is part of the main procedure") },
  { "N20", N_("It is not paid together with another service of the same day") },
  { "N30", N_("The patient is not eligible for it") },
  { "N56", N_("The code is not right for what was done or when") },
  { "N95", N_("This kind of provider may not claim it") },
  { "N115", N_("It was decided by a local coverage rule") },
  { "N130", N_("The plan’s documents say what is limited") },
  { "N179", N_("Something was asked of the patient") },
  { "N182", N_("It has to go to the plan that is responsible") },
  { "N219", N_("The payment follows what the insurer before allowed") },
  { "N290", N_("The provider’s number is missing or invalid") },
  { "N362", N_("More days or units were claimed than are accepted") },
  { "N382", N_("The patient’s number is missing or invalid") },
  { "N386", N_("It was decided by a national coverage rule") },
  { "N425", N_("It is excluded by law") },
  { "N522", N_("The same claim was decided or is being decided already") },
  { "N620", N_("An alert: a code that only reports quality") },
  { "N657", N_("It should be claimed with the code that fits") },
};

static const Word provider_adjustments[] = {
  { "50", N_("A charge for lateness") },
  { "51", N_("A penalty for interest") },
  { "72", N_("A refund that the practice asked for") },
  { "90", N_("A discount for early payment") },
  { "AH", N_("A fee for processing") },
  { "AM", N_("Applied to what the borrower owes") },
  { "AP", N_("Paid before, and taken off now") },
  { "B2", N_("A rebate") },
  { "B3", N_("What a recovery allows") },
  { "BD", N_("Bad debts") },
  { "BN", N_("A bonus") },
  { "C5", N_("A temporary allowance") },
  { "CR", N_("Interest on capital") },
  { "CS", N_("An adjustment") },
  { "CT", N_("Capitation") },
  { "CV", N_("Capital that is passed through") },
  { "CW", N_("Anaesthetists’ costs that are passed through") },
  { "DM", N_("Direct costs of medical education") },
  { "E3", N_("Kept back") },
  { "FB", N_("A balance that is carried forward") },
  { "FC", N_("Money set aside") },
  { "GO", N_("Costs of graduate education") },
  { "HM", N_("Costs of a blood disorder’s treatment") },
  { "IP", N_("An incentive") },
  { "IR", N_("Kept back for the tax authority") },
  { "IS", N_("An interim settlement") },
  { "J1", N_("It is not refunded") },
  { "L3", N_("A penalty") },
  { "L6", N_("Interest that the insurer owes") },
  { "LE", N_("A levy") },
  { "LS", N_("A lump sum") },
  { "OA", N_("Costs of organs") },
  { "OB", N_("Something from an earlier period") },
  { "PI", N_("A payment that comes regularly") },
  { "PL", N_("The final payment") },
  { "RA", N_("A retroactive adjustment") },
  { "RE", N_("Return on equity") },
  { "SL", N_("A student loan’s repayment") },
  { "TL", N_("Another party’s liability") },
  { "WO", N_("Overpaid before, and taken back now") },
  { "WU", N_("Overpaid before, and not taken back yet") },
};

static const Word claim_statuses[] = {
  { "1", N_("Decided, as the first insurance") },
  { "2", N_("Decided, as the second insurance") },
  { "3", N_("Decided, as the third insurance") },
  { "4", N_("Denied") },
  { "19", N_("Decided as the first insurance, and sent on") },
  { "20", N_("Decided as the second insurance, and sent on") },
  { "21", N_("Decided as the third insurance, and sent on") },
  { "22", N_("An earlier payment, taken back") },
  { "23", N_("Not theirs, and sent on") },
  { "25", N_("Only what it would pay") },
};

static const Word groups[] = {
  { "CO", N_("By contract") },
  { "CR", N_("Correction") },
  { "OA", N_("Other") },
  { "PI", N_("Insurer’s reduction") },
  { "PR", N_("Patient’s") },
};

static const char *
find (const Word *words,
      guint       n,
      const char *code)
{
  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (words[i].code, code))
        return _(words[i].words);
    }

  return NULL;
}

/**
 * billing_reason_get_words:
 * @code: a claim adjustment reason: 45
 *
 * Returns: (nullable): what it means; %NULL where it is not known here
 */
const char *
billing_reason_get_words (const char *code)
{
  return find (reasons, G_N_ELEMENTS (reasons), code);
}

/**
 * billing_remark_get_words:
 * @code: a remittance advice remark: N130
 *
 * Returns: (nullable): what it means; %NULL where it is not known here
 */
const char *
billing_remark_get_words (const char *code)
{
  return find (remarks, G_N_ELEMENTS (remarks), code);
}

/**
 * billing_provider_adjustment_get_words:
 * @code: why something was kept back from a payment: WO
 *
 * Returns: (nullable): what it means; %NULL where it is not known here
 */
const char *
billing_provider_adjustment_get_words (const char *code)
{
  return find (provider_adjustments, G_N_ELEMENTS (provider_adjustments), code);
}

/**
 * billing_claim_status_get_words:
 * @code: (nullable): the status of a claim: 22
 *
 * Returns: (nullable): what it means; %NULL where it is not known here
 */
const char *
billing_claim_status_get_words (const char *code)
{
  return code != NULL ? find (claim_statuses, G_N_ELEMENTS (claim_statuses), code) : NULL;
}

static void
append_amount (GString    *text,
               const char *minor,
               const char *currency)
{
  g_autofree char *amount = billing_money_format (billing_money_new (g_ascii_strtoll (minor, NULL, 10), currency), NULL);

  g_string_append_printf (text, " (%s)", amount);
}

/* CO-45:5000, or a remark. */
static void
append_code (GString    *text,
             char       *code,
             const char *currency)
{
  char *amount = strchr (code, ':');
  char *reason = strchr (code, '-');
  const char *words;

  if (amount != NULL)
    *amount++ = '\0';
  if (text->len > 0)
    g_string_append_c (text, '\n');
  words = reason != NULL ? billing_reason_get_words (reason + 1) : billing_remark_get_words (code);
  g_string_append (text, code);
  if (reason != NULL)
    {
      g_autofree char *group = g_strndup (code, (gsize) (reason - code));
      const char *whose = find (groups, G_N_ELEMENTS (groups), group);

      if (whose != NULL)
        g_string_append_printf (text, " · %s", whose);
    }
  if (words != NULL)
    g_string_append_printf (text, " · %s", words);
  if (amount != NULL)
    append_amount (text, amount, currency);
}

/**
 * billing_remittance_line_describe:
 * @line: a line of a remittance
 *
 * Returns: (transfer full): its reasons and remarks in words, a line for each
 */
char *
billing_remittance_line_describe (BillingRemittanceLine *line)
{
  g_auto (GStrv) codes = line->codes != NULL ? g_strsplit (line->codes, " ", -1) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    {
      if (*codes[i] != '\0')
        append_code (text, codes[i], line->currency);
    }

  return g_strdup (text->str);
}

/**
 * billing_remittance_line_explain_state:
 * @line: a line of a remittance
 *
 * Returns: (transfer full) (nullable): what somebody has to know of where it stands
 */
char *
billing_remittance_line_explain_state (BillingRemittanceLine *line)
{
  if (line->state == BILLING_REMITTANCE_LINE_STATE_REFUSED || line->state == BILLING_REMITTANCE_LINE_STATE_DISMISSED)
    return g_strdup (line->why);
  if (line->state != BILLING_REMITTANCE_LINE_STATE_UNMATCHED)
    return NULL;
  if (g_strcmp0 (line->why, "several") == 0)
    return g_strdup (_("It may be about several services. Say which one it is."));
  if (g_strcmp0 (line->why, "lines") == 0)
    return g_strdup (_("Several lines of this claim are about the same service. Say which services they are about."));

  return g_strdup (_("No service was found that it is about."));
}

/**
 * billing_remittance_describe_provider:
 * @remittance: a remittance
 *
 * Returns: (transfer full) (nullable): what was kept back from it or added to it besides its claims, a line for each
 */
char *
billing_remittance_describe_provider (BillingRemittance *remittance)
{
  g_auto (GStrv) codes = remittance->provider_codes != NULL ? g_strsplit (remittance->provider_codes, " ", -1) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    {
      char *amount = strchr (codes[i], ':');
      const char *words;

      if (amount == NULL)
        continue;
      *amount++ = '\0';
      words = billing_provider_adjustment_get_words (codes[i]);
      g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? "\n" : "", codes[i], words != NULL ? " · " : "",
                              words != NULL ? words : "");
      append_amount (text, amount, remittance->currency);
    }

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/**
 * billing_remittance_describe_balance:
 * @remittance: a remittance
 *
 * Returns: (transfer full) (nullable): what does not fit, in a sentence; %NULL where all of it does
 */
char *
billing_remittance_describe_balance (BillingRemittance *remittance)
{
  g_autofree char *amount = NULL;

  if (remittance->imbalance == 0)
    return NULL;

  amount = billing_money_format (billing_money_new (remittance->imbalance, remittance->currency), NULL);
  /* Translators: an amount */
  return g_strdup_printf (_("What was paid is %s off what its claims come to. Ask the insurer."), amount);
}

/**
 * billing_remittance_get_state_label:
 * @state: where a remittance stands
 *
 * Returns: that in words
 */
const char *
billing_remittance_get_state_label (BillingRemittanceState state)
{
  static const char * const labels[] = { N_("To Post"), N_("Partly Posted"), N_("Posted"), N_("Closed") };

  return state < G_N_ELEMENTS (labels) ? _(labels[state]) : "";
}

/**
 * billing_remittance_line_get_state_label:
 * @state: where a line of a remittance stands
 *
 * Returns: that in words
 */
const char *
billing_remittance_line_get_state_label (BillingRemittanceLineState state)
{
  static const char * const labels[] = { N_("Not Matched"), N_("Matched"), N_("Posted"), N_("Refused"), N_("Set Aside") };

  return state < G_N_ELEMENTS (labels) ? _(labels[state]) : "";
}
