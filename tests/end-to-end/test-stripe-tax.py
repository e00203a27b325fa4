# SPDX-License-Identifier: GPL-3.0-or-later
"""Taxes in the Stripe Dashboard: settings saved, a registration added and ended, and what a year came to."""

import datetime

import clinic
from billing_sandbox import KEY, Sandbox
from billing_test import run
from billing_window import Atspi, Window, get_labels, has_state, walk


# The last one that is over.
YEAR = datetime.date.today().year - 1


def connect(desktop):
    """A practice with a payment taken in cash, connected to a Stripe of its own, which was asked once."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50')
    desktop.ctl('payment', 'collect', 'PAY-001', '--tender', 'cash', '--date', f'{YEAR}-03-05')
    sandbox = Sandbox(desktop)
    desktop.ctl('key', 'set', '--stripe-url', sandbox.url, passphrase=KEY)
    desktop.ctl('sync', '--stripe-url', sandbox.url)
    return sandbox


def open_window(desktop, sandbox):
    return Window(desktop, '--practice', desktop.practice, '--stripe-url', sandbox.url)


def take(window, title, beginning, within=None):
    """Finds one of many in a row that can be searched, by how it begins."""
    row = window.find('combo box', title, within)
    window.click(row)
    window.expect(lambda: any(has_state(node, Atspi.StateType.FOCUSED) for node in walk(row)
                              if node.get_role_name() in ('entry', 'text')), True, f'the search of “{title}”')
    window.type(beginning)
    window.expect(lambda: [text for text in get_labels(row) if text.startswith(beginning)] != [], True, f'what “{title}” found')
    window.keys('Down', 'Return')
    window.expect(lambda: beginning in get_labels(window.find('combo box', title, within))[0], True, f'what is chosen in “{title}”')


def settings_are_saved(desktop):
    """Where the head office is, and how tax is worked out, is filled in, saved, and then known to Stripe; what is missing is said at
    its field, and nothing is sent before."""
    sandbox = connect(desktop)
    with open_window(desktop, sandbox) as window:
        window.show_section('Tax', 'Tax Settings')
        window.find_text('Stripe still needs: the head office’s address.')
        take(window, 'Country', 'United States')
        window.find('combo box', 'State')
        window.write('Postal Code', '94103')
        window.press_button('Save Tax Settings')
        window.find_text('In the United States an address needs its state, like CA.')
        take(window, 'State', 'Calif')
        window.press_button('Choose the Preset Tax Code')
        dialog = window.find_frame('Preset Tax Code')
        window.click(window.find_entry('Search tax codes', dialog))
        window.type('better')
        window.find_text('A service that no other code describes better.', dialog)
        window.keys('Return')
        window.wait_for_frame_to_go('Preset Tax Code')
        window.find_text('General - Services (txcd_20030000)')
        window.press_button('Save Tax Settings')
        window.find_text('Stripe can work out taxes wherever the business is registered.')
    told = desktop.ctl('tax', 'settings', '--format', 'csv')
    assert '94103,US,txcd_20030000' in told, told


def a_registration_is_added_and_ended(desktop):
    """In California from now on, as Stripe asks for it there; it stands in the list, and is ended, and stays in it."""
    sandbox = connect(desktop)
    desktop.ctl('tax', 'settings', '--country', 'US', '--state', 'CA', '--postal-code', '94103', '--stripe-url', sandbox.url)
    with open_window(desktop, sandbox) as window:
        window.show_section('Tax', 'Tax Registrations')
        window.find_text('No Tax Registrations')
        window.open_by_button('Add Registration…', 'Add Registration')
        dialog = window.find_frame('Add Registration')
        window.find_text('The business must be registered with the authority there already', dialog)
        window.press_button('Add Registration', dialog)
        window.find_text('Choose the state in which the business is registered.', dialog)
        take(window, 'State', 'Calif', dialog)
        window.press_button('Add Registration', dialog)
        window.wait_for_frame_to_go('Add Registration')
        window.find_row('Tax Registrations', 'United States, California')
        window.select('Tax Registrations', 'United States, California')
        window.open_by_button('End…', 'End Registration')
        dialog = window.find_frame('End Registration')
        window.find_text('United States, California: State sales tax', dialog)
        window.press_button('End Registration', dialog)
        window.wait_for_frame_to_go('End Registration')
        window.find_row('Tax Registrations', 'Ended')
    told = desktop.ctl('list', 'tax-registrations', '--format', 'csv')
    assert 'US,CA,state_sales_tax' in told and 'expired' in told, told


def a_year_is_read(desktop):
    """The last year that is over stands by month, with its sum, as the command line prints it."""
    sandbox = connect(desktop)
    with open_window(desktop, sandbox) as window:
        window.show_section('Tax', 'Year-End')
        window.find_text(f'March {YEAR}')
        window.find_text('No tax was collected: no charge or invoice of this year carries any.')
        window.find_text('$120.50')
    told = desktop.ctl('report', 'year-end', '--year', str(YEAR), '--format', 'csv')
    assert told.count('120.50') == 4, told


run(settings_are_saved, a_registration_is_added_and_ended, a_year_is_read)
