# SPDX-License-Identifier: GPL-3.0-or-later
"""What insurers paid: shown before it is posted, posted to the services that it is about, matched by hand, set aside."""

import clinic
from billing_test import run
from billing_window import Window

REMITTANCE = """ISA*00*          *00*          *ZZ*ACMEHEALTH     *ZZ*ELMCLINIC      *261005*0915*^*00501*000000001*0*T*:~
GS*HP*ACMEHEALTH*ELMCLINIC*20261005*0915*1*X*005010X221A1~
ST*835*0001~
BPR*I*150.00*C*ACH************20261005~
TRN*1*EFT-1*1987654321~
N1*PR*ACME HEALTH~
N1*PE*ELM CLINIC*XX*1234567893~
LX*1~
CLP*SVC-001*1*125.00*80.00*20.00*12*A1~
NM1*QC*1*MEJIA*ANA****MI*M100~
SVC*HC:99213*125.00*80.00~
DTM*472*20261002~
CAS*CO*45*25.00~
CAS*PR*3*20.00~
CLP*OURS-2*1*80.00*70.00*10.00*12*A2~
NM1*QC*1*SOMEBODY*ELSE****MI*M900~
SVC*HC:99999*80.00*70.00~
DTM*472*20261005~
CAS*PR*3*10.00~
SE*18*0001~
GE*1*1~
IEA*1*000000001~
"""


def make(desktop):
    """Two services that an insurer is asked for, and what it paid for them: of one it says our number, of the other none."""
    clinic.make(desktop, clinic.PATIENTS)
    rate = desktop.ctl('rate', 'create', '--name', 'Visit', '--payer-kind', 'insurance', '--bill', 'yes', '--invoiced', 'yes', '--amount',
                       '125', '--date', '2026-01-01').strip()
    desktop.ctl('service', 'add', '--patient', '1', '--rate', rate, '--date', '2026-10-02', '--payer', 'ACME HEALTH')
    desktop.ctl('service', 'add', '--patient', '2', '--rate', rate, '--date', '2026-10-05', '--payer', 'ACME HEALTH', '--amount', '80')
    desktop.ctl('import', clinic.write(desktop, 'paid.835', REMITTANCE))


def show_remittance(window):
    window.press_button('Main Menu')
    window.press('menu item', 'Remittances')
    frame = window.find_frame('Remittances')
    window.select('Remittances', 'ACME HEALTH')
    window.find_text('EFT-1', frame)
    return frame


def list_states(desktop):
    return [row['state'] for row in desktop.list('remittance-lines')]


def a_remittance_is_posted(desktop):
    """What it would do is shown first; then the line that is known is an answer of its service, to the cent, and the other waits."""
    make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        show_remittance(window)
        dialog = window.open_by_button('Post…', 'Post Remittance')
        window.find_text('$80.00', dialog)
        window.find_text('$25.00', dialog)
        window.press_button('Post', dialog)
        window.wait_for_frame_to_go('Post Remittance')
        window.expect(lambda: list_states(desktop), ['posted', 'unmatched'], 'the lines')

    service = desktop.show('SVC-001')
    assert (service['insurer-paid'], service['insurer-adjusted'], service['patient-part'], service['insurer-open']) == (8000, 2500, 2000, 0)


def what_is_not_ours_is_set_aside(desktop):
    """A reason is asked for; nothing of it is posted."""
    make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        show_remittance(window)
        dialog = window.open_by_button('Set Aside…', 'Set Aside')
        window.write('Why', 'Not our patients', dialog)
        window.press_button('Set Aside', dialog)
        window.wait_for_frame_to_go('Set Aside')
        window.expect(lambda: list_states(desktop), ['dismissed', 'dismissed'], 'the lines')

    assert desktop.show('SVC-001')['insurer-paid'] == 0


run(a_remittance_is_posted, what_is_not_ours_is_set_aside)
