# SPDX-License-Identifier: GPL-3.0-or-later
"""What is kept with a payment."""

import clinic
from billing_test import run
from billing_window import Window, is_sensitive, walk


def a_note_is_added(desktop):
    """A note is written in the pane, stands there with the name of who wrote it, and in the books."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50')
    with Window(desktop, '--practice', desktop.practice) as window:
        window.select('Payments', 'PAY-001')
        window.write('New note', 'Will pay on Friday')
        window.press_button('Add Note')
        window.find_text('Will pay on Friday', window.find('list', 'Notes'))

    assert [note['text'] for note in desktop.list('notes')] == ['Will pay on Friday']


def a_note_is_changed(desktop):
    """Its author changes a note in place, and what it said before is shown; another's note has nothing to press."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50')
    desktop.ctl('payment', 'note', 'PAY-001', 'Will pay on Friday')
    with Window(desktop, '--practice', desktop.practice) as window:
        window.select('Payments', 'PAY-001')
        notes = window.find('list', 'Notes')
        window.press_button('Edit Note', notes)
        window.write('Edited note', 'Will pay on Monday', notes)
        window.press_button('Save Note', notes)
        window.find_text('Will pay on Monday', notes)
        window.find_text('edited', notes)
        window.press_button('What the note said before', notes)
        window.find_text('Will pay on Friday', window.find('list', 'What the Note Said Before'))

    assert [note['text'] for note in desktop.list('notes')] == ['Will pay on Monday']


def a_receipt_is_shown(desktop):
    """What a patient is given is shown as it will print, and read to whoever does not see it."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50')
    desktop.ctl('payment', 'collect', 'PAY-001', '--tender', 'cash')
    with Window(desktop, '--practice', desktop.practice) as window:
        window.select('Payments', 'PAY-001')
        window.press_button('Payment Menu')
        window.press('menu item', 'Receipt…')
        receipt = window.find_frame('Receipt PAY-001')
        window.expect(lambda: ['Balance due $0.00' in node.get_name() for node in walk(receipt)
                               if node.get_name().startswith('Receipt\n')], [True], 'the one page of the receipt')


def copied_files_are_pasted(desktop):
    """Files that another program has copied are kept with the payment that is selected, from the list as well."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50')
    paths = [clinic.write(desktop, name, name) for name in ('consent.txt', 'letter.txt')]
    with Window(desktop, '--practice', desktop.practice) as window:
        window.select('Payments', 'PAY-001')
        documents = window.find('list', 'Documents')
        window.paste_files('Elm Clinic', paths)
        window.find('list item', 'consent.txt', documents)
        window.find('list item', 'letter.txt', documents)

    assert sorted(document['name'] for document in desktop.list('documents')) == ['consent.txt', 'letter.txt']


def a_wrong_name_is_refused(desktop):
    """A document keeps its name while the dialog has none, or one that no document can have."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50')
    desktop.ctl('payment', 'attach', 'PAY-001', clinic.write(desktop, 'consent.txt', 'Consent'))
    with Window(desktop, '--practice', desktop.practice) as window:
        window.select('Payments', 'PAY-001')
        window.press_button('More for consent.txt', window.find('list', 'Documents'))
        window.press('menu item', 'Rename…')
        dialog = window.find_frame('Rename Document')
        rename = window.find('push button', '_Rename Rename', dialog)
        for name in ('', 'letters/consent.txt', '..'):
            window.write('Name', name, dialog)
            window.expect(lambda: is_sensitive(rename), False, f'whether “{name}” can be a name')
            window.keys('Return')
        window.find_text('without a “/”', dialog)
        assert [document['name'] for document in desktop.list('documents')] == ['consent.txt']

        window.write('Name', 'Consent of Ana.txt', dialog)
        window.expect(lambda: is_sensitive(rename), True, 'whether it can be renamed')
        window.keys('Return')
        window.find('list item', 'Consent of Ana.txt', window.find('list', 'Documents'))

    assert [document['name'] for document in desktop.list('documents')] == ['Consent of Ana.txt']


run(a_note_is_added, a_note_is_changed, a_receipt_is_shown,
    copied_files_are_pasted, a_wrong_name_is_refused)
