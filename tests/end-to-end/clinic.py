# SPDX-License-Identifier: GPL-3.0-or-later
"""A small practice for a test to begin with, made by billingctl."""

import datetime

PATIENTS = '''id,first name,last name,birth date,email
1,Ana,Mejía,1980-02-03,ana@example.com
2,Bob,Stone,1970-12-24,
3,Zoë,Ångström,2001-07-15,zoe@example.com
'''

TREATMENTS = '''id,patient id,date,location,physician,code,charge
T1,1,2026-10-02,North Clinic,Dr. Amara Okafor,99213,125.00
T2,2,2026-10-05,South Clinic,Dr. Benjamin Katz,99212,80.00
'''


ANSWER = """ISA*00*          *00*          *ZZ*ACMEHEALTH     *ZZ*ELMCLINIC      *{yymmdd}*0915*^*00501*000000001*0*T*:~
GS*HB*ACMEHEALTH*ELMCLINIC*{day}*0915*1*X*005010X279A1~
ST*271*0001*005010X279A1~
BHT*0022*11*R1*{day}*0915~
HL*1**20*1~
NM1*PR*2*ACME HEALTH*****PI*ACME1~
HL*2*1*21*1~
NM1*1P*2*ELM CLINIC*****XX*1234567893~
HL*3*2*22*0~
TRN*2*T1*9ELMCLINIC~
NM1*IL*1*STONE*BOB****MI*M200~
DMG*D8*19701224*M~
DTP*291*RD8*20200101-20991231~
EB*1**30*PR*SILVER PPO~
EB*C*IND*30***23*500*****Y~
EB*C*IND*30***29*40*****Y~
EB*A*IND*30*****.2****Y~
EB*B*IND*98***27*25*****Y~
SE*17*0001~
GE*1*1~
IEA*1*000000001~
"""


def insure(desktop):
    """Bob's insurer has answered: 40.00 of the deductible remain, of what is above a fifth is his, and 25.00 for each visit.
    That was the day before yesterday, which is no day to come in any time zone."""
    day = (datetime.date.today() - datetime.timedelta(2)).strftime('%Y%m%d')
    desktop.ctl('import', write(desktop, 'answer.271', ANSWER.format(day=day, yymmdd=day[2:])))


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
