/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "billing-demo-clinic"

#include "config.h"

#include "billing-demo-data.h"

/* The clinic: its places, physicians and what it does. The codes are real, their descriptions and prices are ours. */

const BillingDemoPlace billing_demo_places[3] = {
  { "Elm Street", "12 Elm Street", "Brookfield", "13314", "+1 315-555-0110" },
  { "Riverside", "480 Harbor Way", "Riverton", "13320", "+1 315-555-0120" },
  { "Northgate", "7 Station Square", "Northgate", "13331", "+1 315-555-0130" },
};

/* The numbers fail the check digit of real ones. */
const BillingDemoDoctor billing_demo_doctors[6] = {
  { "Dr. Amara Okafor", "1000000011", "Family Medicine" },
  { "Dr. Benjamin Katz", "1000000022", "Internal Medicine" },
  { "Dr. Lucía Fernández", "1000000033", "Pediatrics" },
  { "Dr. Hiroshi Tanaka", "1000000044", "Orthopedics" },
  { "Dr. Priya Nair", "1000000055", "Dermatology" },
  { "Dr. Søren Lindqvist", "1000000066", "Cardiology" },
};

const BillingDemoInsurer billing_demo_insurers[6] = {
  { "Bluewater Health", "Choice Plus PPO" },
  { "Bluewater Health", "Essential HMO" },
  { "Evergreen Mutual", "Silver 3000" },
  { "Northstar Insurance", "Family Care Gold" },
  { "Keystone Benefit Trust", "Standard" },
  { "Harbor State Medicaid", "Managed Care" },
};

enum {
  NEW_SHORT, NEW_LONG, VISIT_SHORT, VISIT, VISIT_LONG, ANNUAL, BLOOD_DRAW, METABOLIC, BLOOD_COUNT, ECG, CHEST_XRAY,
  IMMUNIZATION, FLU_VACCINE, INJECTION, BIOPSY, LESIONS, EAR_WAX, SPIROMETRY, STREP, URINE, EXERCISE, MANUAL, THERAPY,
  FLU_SHOT,
};

const BillingDemoCode billing_demo_codes[] = {
  [NEW_SHORT] = { "CPT", "99203", "New patient, about half an hour", 16500 },
  [NEW_LONG] = { "CPT", "99204", "New patient, about 45 minutes", 23000 },
  [VISIT_SHORT] = { "CPT", "99212", "Visit, brief", 7800 },
  [VISIT] = { "CPT", "99213", "Visit, usual", 12500 },
  [VISIT_LONG] = { "CPT", "99214", "Visit, extended", 18000 },
  [ANNUAL] = { "CPT", "99396", "Annual check-up, adult", 19500 },
  [BLOOD_DRAW] = { "CPT", "36415", "Blood draw", 1500 },
  [METABOLIC] = { "CPT", "80053", "Blood chemistry", 4800 },
  [BLOOD_COUNT] = { "CPT", "85025", "Blood count", 3200 },
  [ECG] = { "CPT", "93000", "Electrocardiogram", 7500 },
  [CHEST_XRAY] = { "CPT", "71046", "X-ray of the chest", 11000 },
  [IMMUNIZATION] = { "CPT", "90471", "Giving a vaccine", 3500 },
  [FLU_VACCINE] = { "CPT", "90686", "Influenza vaccine", 4200 },
  [INJECTION] = { "CPT", "20610", "Injection into a large joint", 14500 },
  [BIOPSY] = { "CPT", "11102", "Biopsy of the skin", 19000 },
  [LESIONS] = { "CPT", "17110", "Removal of skin lesions", 16000 },
  [EAR_WAX] = { "CPT", "69210", "Removal of ear wax", 8000 },
  [SPIROMETRY] = { "CPT", "94010", "Spirometry", 7000 },
  [STREP] = { "CPT", "87880", "Strep test", 3800 },
  [URINE] = { "CPT", "81002", "Urine test", 1250 },
  [EXERCISE] = { "CPT", "97110", "Exercise therapy, 15 minutes", 6000 },
  [MANUAL] = { "CPT", "97140", "Manual therapy, 15 minutes", 5500 },
  [THERAPY] = { "CPT", "90834", "Psychotherapy, 45 minutes", 14000 },
  [FLU_SHOT] = { "CVX", "150", "Influenza vaccine, injectable", 0 },
};

const guint billing_demo_n_codes = G_N_ELEMENTS (billing_demo_codes);

const BillingDemoVisit billing_demo_visits[] = {
  { "Follow-up visit", 24, 20, { VISIT, -1, -1, -1 } },
  { "Sore throat", 8, 15, { VISIT_SHORT, STREP, -1, -1 } },
  { "Annual check-up", 14, 40, { ANNUAL, BLOOD_DRAW, METABOLIC, BLOOD_COUNT } },
  { "First visit", 9, 45, { NEW_SHORT, BLOOD_DRAW, BLOOD_COUNT, -1 } },
  { "First visit, long history", 4, 60, { NEW_LONG, ECG, -1, -1 } },
  { "Flu shot", 9, 10, { IMMUNIZATION, FLU_VACCINE, FLU_SHOT, -1 } },
  { "Physiotherapy", 10, 30, { EXERCISE, MANUAL, -1, -1 } },
  { "Joint injection", 4, 30, { VISIT, INJECTION, -1, -1 } },
  { "Skin check", 5, 30, { VISIT, BIOPSY, -1, -1 } },
  { "Wart removal", 3, 20, { LESIONS, -1, -1, -1 } },
  { "Heart check", 4, 40, { VISIT_LONG, ECG, CHEST_XRAY, -1 } },
  { "Breathing test", 3, 25, { VISIT_SHORT, SPIROMETRY, -1, -1 } },
  { "Hearing trouble", 2, 15, { VISIT_SHORT, EAR_WAX, -1, -1 } },
  { "Urinary infection", 1, 15, { VISIT_SHORT, URINE, -1, -1 } },
};

const guint billing_demo_n_visits = G_N_ELEMENTS (billing_demo_visits);
