# SPDX-License-Identifier: GPL-3.0-or-later
"""A small practice for a test to begin with, made by billingctl."""

PATIENTS = '''id,first name,last name,birth date,email
1,Ana,Mejía,1980-02-03,ana@example.com
2,Bob,Stone,1970-12-24,
3,Zoë,Ångström,2001-07-15,zoe@example.com
'''

TREATMENTS = '''id,patient id,date,location,physician,code,charge
T1,1,2026-10-02,North Clinic,Dr. Amara Okafor,99213,125.00
T2,2,2026-10-05,South Clinic,Dr. Benjamin Katz,99212,80.00
'''


def write(desktop, name, text):
    path = desktop.path(name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


def make(desktop, *files):
    """An empty practice, or one with what is in the files."""
    desktop.ctl('init', '--name', 'Elm Clinic', '--currency', 'USD', '--time-zone', 'America/New_York')
    for number, text in enumerate(files):
        desktop.ctl('import', write(desktop, f'file-{number}.csv', text))


def create_payment(desktop, patient, amount, *options):
    """Returns its number."""
    return desktop.ctl('payment', 'create', '--patient', patient, '--amount', amount, *options)
