# SPDX-License-Identifier: GPL-3.0-or-later
"""The first window, and both ways on from it."""

import os

import clinic
from billing_test import run
from billing_window import Window

BUNDLE = '''{
  "resourceType": "Bundle", "type": "collection",
  "entry": [
    { "fullUrl": "urn:uuid:6b0f9a50-0000-4000-8000-000000000001",
      "resource": { "resourceType": "Patient", "id": "6b0f9a50-0000-4000-8000-000000000001",
        "name": [ { "use": "official", "family": "Okonkwo", "given": [ "Ada" ] } ], "birthDate": "1991-05-06" } },
    { "fullUrl": "urn:uuid:6b0f9a50-0000-4000-8000-000000000002",
      "resource": { "resourceType": "Encounter", "id": "6b0f9a50-0000-4000-8000-000000000002", "status": "finished",
        "class": { "code": "AMB" },
        "subject": { "reference": "urn:uuid:6b0f9a50-0000-4000-8000-000000000001" },
        "period": { "start": "2026-09-01T09:00:00Z", "end": "2026-09-01T09:30:00Z" } } },
    { "resource": { "resourceType": "Patient", "id": "nameless", "birthDate": "the day before yesterday" } }
  ]
}
'''


def looking_around_opens_the_made_up_clinic(desktop):
    """Somebody who has nothing yet gets a clinic with payments in it, and a practice that *verify* accepts."""
    desktop.practice = os.path.join(desktop.environment['XDG_DATA_HOME'], 'billing', 'demo')
    with Window(desktop) as window:
        window.find_text('Welcome to Billing')
        window.press('list item', 'Look around with sample data')
        window.find('tree table', 'Payments')
        window.find_row('Payments', 'PAY-')
        window.expect(lambda: len(window.read_rows('Payments', 10)), 10, 'the first rows')
        window.find_text(' overdue')

    assert len(desktop.list('payments', '--limit', '2000')) == 1500


def choose(window, title, path):
    """What a person does who knows where the file is: its name is typed."""
    window.find('filler', title)
    window.focus(title)
    window.type(path)
    window.press_button('_Choose Choose')


def patients_come_in_after_a_look_at_them(desktop):
    """*Import patients* makes a practice, reads the files, says what would come in and what cannot, and only then,
    when it is told to, takes them in."""
    bundle = clinic.write(desktop, 'bundle.json', BUNDLE)
    patients = clinic.write(desktop, 'patients.csv', clinic.PATIENTS)
    desktop.practice = os.path.join(desktop.environment['XDG_DATA_HOME'], 'billing', 'practice')

    # GTK's file chooser leaks on its own (in libcloudproviders, and in gio where no function has a name to suppress).
    with Window(desktop, leaks=False) as window:
        window.press('list item', 'Import patients')
        dialog = window.find_frame('New Practice')
        window.write('Name of the practice', 'Oak Clinic', dialog)
        window.press_button('Create Practice', dialog)

        dialog = window.find_frame('Import')
        window.press_button('Choose Files…', dialog)
        choose(window, 'Choose Files to Import', bundle)
        window.find('list', 'What Comes In', dialog)
        window.press_button('Add Files…', dialog)
        choose(window, 'Choose Files to Import', patients)
        window.find_text('patients.csv', dialog)
        assert desktop.list('patients') == []

        window.press_button('Import', dialog)
        window.find_frame('Imported')
        window.press_button('Close', window.find_frame('Imported'))
        window.wait_for_frame_to_go('Imported')
        window.show_page('Patients')
        window.find_row('Patients', 'Ada Okonkwo')
        window.find_row('Patients', 'Ana Mejía')
        window.show_page('Treatments')
        window.find_row('Treatments', 'Ada Okonkwo')

    assert sorted(patient['name'] for patient in desktop.list('patients')) == \
        ['Ada Okonkwo', 'Ana Mejía', 'Bob Stone', 'Zoë Ångström']
    assert len(desktop.list('treatments')) == 1


run(looking_around_opens_the_made_up_clinic, patients_come_in_after_a_look_at_them)
