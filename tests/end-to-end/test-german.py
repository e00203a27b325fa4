# SPDX-License-Identifier: GPL-3.0-or-later
"""The window in a locale that writes amounts with commas."""

import shutil
import subprocess

import clinic
from billing_test import Skip, run
from billing_window import Window


def make_locale(desktop):
    """Debian 12 has no German locale unless somebody asked for it: it is made, for this test only."""
    if shutil.which('localedef') is None:
        raise Skip('localedef is not here')
    try:
        desktop.run('localedef', '-i', 'de_DE', '-f', 'UTF-8', desktop.path('de_DE.UTF-8'))
    except (AssertionError, subprocess.TimeoutExpired) as error:
        raise Skip(f'the German locale cannot be made: {error}') from error
    return {'LOCPATH': desktop.folder, 'LC_ALL': 'de_DE.UTF-8', 'LANGUAGE': 'de'}


def amounts_are_written_and_read_with_commas(desktop):
    """A German types 1.234,50 and reads it so again, in the row, the pane and below the list."""
    locale = make_locale(desktop)
    desktop.ctl('init', '--name', 'Ulmenpraxis', '--currency', 'EUR', '--time-zone', 'Europe/Berlin')
    desktop.ctl('import', clinic.write(desktop, 'patients.csv', clinic.PATIENTS))
    with Window(desktop, '--practice', desktop.practice, environment=locale) as window:
        window.press_button('Create Payment')
        dialog = window.find_frame('Create Payment')
        window.write('Patient', 'stone', dialog)
        window.press('list item', 'Bob Stone', dialog)
        window.write('Amount', '1.234,50', dialog)
        window.press_button('Create', dialog)
        window.wait_for_frame_to_go('Create Payment')
        window.find_row('Payments', '1.234,50\u00a0€')
        window.find('list item', 'Created · 1.234,50\u00a0€')
        window.find_text('of 1 · 1.234,50\u00a0€')

    assert desktop.show('PAY-001')['amount'] == 123450


run(amounts_are_written_and_read_with_commas)
