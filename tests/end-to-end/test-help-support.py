# SPDX-License-Identifier: GPL-3.0-or-later
"""Help at the place where one is, and a report for whoever is to help."""

import clinic
from billing_sandbox import KEY, Sandbox
from billing_test import run
from billing_window import Window, get_text

# What only the help of this section says.
SECTIONS = [
    ('General', 'Today', 'At the month’s end'), ('Payments', 'Payments', 'After the payment'),
    ('Payments', 'Disputes', 'The one submission'), ('Payments', 'Reconciliation', 'What must be 0.00'),
    ('Tax', 'Tax Registrations', 'Add one'),
]


def make(desktop):
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50', '--memo', 'Secret of the clinic')


def read_help(window, words):
    """Asks for the help, finds what it says there, and goes back."""
    window.focus('Elm Clinic')
    window.keys('F1')
    dialog = window.find_frame('Help')
    window.find('list item', words, dialog)
    window.focus('Help')
    window.keys('Escape')
    window.wait_for_frame_to_go('Help')


def help_opens_where_one_is(desktop):
    """F1 tells of the page in sight, and Escape goes back to it."""
    make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        window.find_row('Payments', 'PAY-001')
        for page, words in (('Payments', 'What is a payment?'), ('Patients', 'Eligibility checks')):
            window.show_page(page)
            read_help(window, words)
        for page, empty, words in (('Invoices', 'Nothing to Invoice', '4. Invoiced date, Update'),
                                   ('Billing Rates', 'No Billing Rates Yet', 'Twins')):
            window.press('list item', page)
            window.find_text(empty)
            read_help(window, words)


def help_tells_of_the_section_in_sight(desktop):
    """In the Stripe Dashboard F1 tells how to connect as long as there is no key, and then of the section in sight."""
    clinic.make(desktop, clinic.PATIENTS)
    sandbox = Sandbox(desktop)
    with Window(desktop, '--practice', desktop.practice, '--stripe-url', sandbox.url) as window:
        window.press('list item', 'Stripe Dashboard')
        window.find_text('A key of Stripe’s is all that is needed.')
        read_help(window, 'Connect')
        window.press_button('Billing Setup')
        window.write('Secret key', KEY)
        window.press_button('Connect')
        window.find_text('Sandbox Clinic')
        for tab, section, words in SECTIONS:
            window.show_section(tab, section)
            window.expect_section(section)
            read_help(window, words)


def a_report_names_nobody(desktop):
    """What goes with a question is shown first: versions and counts, and nothing of patients, amounts or texts."""
    make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        window.find_row('Payments', 'PAY-001')
        window.press_button('Main Menu')
        window.press('menu item', 'Contact Support…')
        dialog = window.find_frame('Contact Support')
        view = window.find_entry('Report', dialog)
        window.expect(lambda: 'GTK: ' in get_text(view), True, 'the report')
        report = get_text(view)
        assert 'Billing: ' in report and 'payments pending: 1' in report, report
        for part in ('Ana', 'Mej', '120', '12050', 'Secret', 'Elm Clinic', desktop.practice):
            assert part not in report, (part, report)
        window.press_button('Copy Report', dialog)
        window.find_text('Report copied')
        window.focus('Contact Support')
        window.keys('Escape')
        window.wait_for_frame_to_go('Contact Support')

    assert desktop.ctl('support-report').splitlines()[0] == report.splitlines()[0]


run(help_opens_where_one_is, help_tells_of_the_section_in_sight, a_report_names_nobody)
