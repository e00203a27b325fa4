# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of patients: who owes something, how they are reached, and two who turned out to be one."""

import clinic
from billing_test import run
from billing_window import Window

PATIENTS = clinic.PATIENTS + '4,Anna,Mejia,1980-02-03,ana@example.com\n'


def open_patients(desktop):
    """A window on the patients: Ana is there twice, and Bob owes something."""
    clinic.make(desktop, PATIENTS)
    clinic.create_payment(desktop, '2', '80.00')
    window = Window(desktop, '--practice', desktop.practice)
    return window


def who_owes_something_is_listed(desktop):
    """The filter leaves those who owe something; the pane of one says how much, and leads to the payment."""
    with open_patients(desktop) as window:
        window.show_page('Patients')
        window.find_row('Patients', 'Zoë Ångström')
        choose(window, 'Owes Something')
        window.expect(lambda: len(window.read_rows('Patients')), 1, 'the patients who owe something')
        window.select('Patients', 'Bob Stone')
        window.find_text('Balance')
        window.find_text('$80.00')
        window.find_text('PAY-001')


def choose(window, part):
    """Takes a choice of the first dropdown over the list with the arrow keys."""
    box = window.find('combo box', 'Which Patients')
    window.click(box)
    window.keys('Home', 'Down', 'Return')
    window.expect(lambda: window.look_for_text(part, box) is not None, True, f'the choice “{part}”')


def contact_preferences_are_kept(desktop):
    """What a person types of how to reach a patient is there afterwards, and a later import of the same file does not undo it."""
    with open_patients(desktop) as window:
        window.show_page('Patients')
        window.select('Patients', 'Bob Stone')
        dialog = window.open_by_button('Contact…', 'Contact Preferences')
        window.write('E-mail address', 'bob@example.com', dialog)
        window.press_button('Save', dialog)
        window.find_text('Contact preferences saved')
        window.find_text('bob@example.com')
        window.find_text('Contact preferences changed', window.find('list', 'Timeline'))

    desktop.ctl('import', clinic.write(desktop, 'again.csv', PATIENTS.replace('1970-12-24,', '1970-12-24,other@example.com')))
    assert desktop.show('2')['email'] == 'bob@example.com'


def a_note_stands_with_the_patient(desktop):
    """Documents and notes are not only a payment's."""
    with open_patients(desktop) as window:
        window.show_page('Patients')
        window.select('Patients', 'Bob Stone')
        window.find('push button', 'Add Note')
        window.write('New note', 'Prefers to be called in the morning.')
        window.press_button('Add Note')
        window.find_text('Note added')

    assert desktop.show('2')['notes'][0]['text'] == 'Prefers to be called in the morning.'


def files_are_pasted_with_a_patient(desktop):
    """Beside the patient's documents it is said that files can be pasted: so they are kept with the patient."""
    with open_patients(desktop) as window:
        window.show_page('Patients')
        window.select('Patients', 'Bob Stone')
        window.find_text('Drop or paste files here')
        window.paste_files('Elm Clinic', [clinic.write(desktop, 'consent.txt', 'consent')])
        window.find('list item', 'consent.txt')

    assert [document['name'] for document in desktop.show('2')['documents']] == ['consent.txt']


def what_was_billed_leads_on(desktop):
    """A treatment says its services, and the payment that asks for them says its invoice: each leads to what it names."""
    clinic.make(desktop, clinic.PATIENTS, clinic.TREATMENTS)
    desktop.ctl('rate', 'create', '--name', 'General Service', '--code', '99213', '--invoiced', 'yes', '--amount', '125', '--date', '2026-01-01')
    desktop.ctl('service', 'make')
    desktop.ctl('invoice', 'create', '--services', 'SVC-001')
    [invoice] = desktop.list('invoices')
    with Window(desktop, '--practice', desktop.practice) as window:
        window.show_page('Treatments')
        window.select('Treatments', 'Ana Mejía')
        window.find_text('SVC-001 · Oct 2, 2026 · $125.00 · Invoiced')
        window.press('list item', 'CPT 99213 · General Service')
        window.find_text('Insurer’s part')

        window.show_page('Payments')
        window.select('Payments', 'PAY-001')
        window.press('list item', invoice['number'])
        window.find('tree table', 'Invoices')


def two_patients_turn_out_to_be_one(desktop):
    """They are found, what moves is said, one of them stays, and *Undo* makes two of them again."""
    with open_patients(desktop) as window:
        window.show_page('Patients')
        found = window.open_by_button('Possible Duplicates…', 'Possible Duplicates')
        window.find_text('Same e-mail address', found)
        window.press_button('Merge…', found)
        dialog = window.find_frame('Merge Patients')
        window.find_text('Anna Mejia (4) becomes Ana Mejía (1).', dialog)
        window.press_button('Merge', dialog)
        window.find_text('4 merged into 1')
        assert desktop.show('4')['number'] == '1'
        window.press_button('_Undo Undo')
        window.find_text('Undone')
        assert desktop.show('4')['number'] == '4'


run(who_owes_something_is_listed, contact_preferences_are_kept, a_note_stands_with_the_patient,
    files_are_pasted_with_a_patient, what_was_billed_leads_on, two_patients_turn_out_to_be_one)
