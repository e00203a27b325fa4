# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding payments in the list."""

import clinic
from billing_test import run
from billing_window import Window


def make(desktop):
    """One payment of each kind that the tests tell apart."""
    clinic.make(desktop, clinic.PATIENTS, clinic.TREATMENTS)
    treatments = {treatment['patient-name']: treatment['number'] for treatment in desktop.list('treatments')}
    clinic.create_payment(desktop, '1', '120', '--treatment', treatments['Ana Mejía'])
    clinic.create_payment(desktop, '2', '300', '--treatment', treatments['Bob Stone'])
    clinic.create_payment(desktop, '3', '45')
    clinic.create_payment(desktop, '1', '80', '--draft')
    desktop.ctl('payment', 'collect', 'PAY-002', '--tender', 'cheque')


def expect_rows(window, *numbers):
    window.expect(lambda: [sentence.split(',')[0] for sentence in window.read_rows('Payments')], list(numbers),
                  'the payments in the list')


def search_narrows_the_list_as_one_types(desktop):
    """Each letter narrows the list, accents are no matter, and the count below follows."""
    make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        expect_rows(window, 'PAY-004', 'PAY-003', 'PAY-002', 'PAY-001')
        window.focus('Elm Clinic')
        window.keys('ctrl+f')
        window.type('mej')
        expect_rows(window, 'PAY-004', 'PAY-001')
        window.find_text('of 2 · $200.00')
        window.write('Search payments', 'angstrom')
        expect_rows(window, 'PAY-003')
        window.write('Search payments', 'nobody of this name')
        window.find_text('No Payments Match')
        window.write('Search payments', '')
        expect_rows(window, 'PAY-004', 'PAY-003', 'PAY-002', 'PAY-001')


def filters_narrow_the_list_and_chips_take_them_off(desktop):
    """By status and by location, both at once; a chip for each says what is filtered and takes it off."""
    make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        expect_rows(window, 'PAY-004', 'PAY-003', 'PAY-002', 'PAY-001')
        window.press_button('Filter')
        window.press_by_keys('check box', 'Pending')
        expect_rows(window, 'PAY-003', 'PAY-001')
        window.press_by_keys('check box', 'Paid')
        expect_rows(window, 'PAY-003', 'PAY-002', 'PAY-001')

        # All of them, those without one, North, South.
        window.press_by_keys('push button', 'GtkToggleButton', window.find('combo box', 'Location'))
        window.find_text('South Clinic')
        window.keys('Down', 'Down', 'Return')
        expect_rows(window, 'PAY-001')
        window.focus('Elm Clinic')
        window.keys('Escape')

        window.press_button('Remove filter Location: North Clinic')
        expect_rows(window, 'PAY-003', 'PAY-002', 'PAY-001')
        window.press_button('Remove filter Status: Pending, Paid')
        expect_rows(window, 'PAY-004', 'PAY-003', 'PAY-002', 'PAY-001')


def a_menu_sorts_the_list(desktop):
    """Whoever cannot press a column's header sorts by the menu, and the button says by what."""
    make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        expect_rows(window, 'PAY-004', 'PAY-003', 'PAY-002', 'PAY-001')
        window.press_button('Sort: Created')
        window.press('menu item', 'Amount')
        window.find('push button', 'Sort: Amount')
        expect_rows(window, 'PAY-002', 'PAY-001', 'PAY-004', 'PAY-003')
        window.press_button('Sort: Amount')
        window.press('menu item', 'Descending')
        expect_rows(window, 'PAY-003', 'PAY-004', 'PAY-001', 'PAY-002')

    # It is remembered.
    with Window(desktop, '--practice', desktop.practice) as window:
        expect_rows(window, 'PAY-003', 'PAY-004', 'PAY-001', 'PAY-002')


def what_another_process_writes_is_shown(desktop):
    """While the window is open, billingctl writes in the same practice: the list and the open pane follow."""
    make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        window.select('Payments', 'PAY-001')
        window.find('push button', 'Status Pending')
        clinic.create_payment(desktop, '2', '12.34')
        window.find_row('Payments', 'PAY-005, Bob Stone, $12.34, Pending')
        desktop.ctl('payment', 'collect', 'PAY-001', '--tender', 'card')
        window.find('push button', 'Status Paid')
        window.find_row('Payments', 'PAY-001, Ana Mejía, $120.00, Paid')


run(search_narrows_the_list_as_one_types, filters_narrow_the_list_and_chips_take_them_off, a_menu_sorts_the_list,
    what_another_process_writes_is_shown)
