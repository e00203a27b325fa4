# SPDX-License-Identifier: GPL-3.0-or-later
"""What narrows and orders the list of payments: the popover of filters, their chips, the menu of orders, and the search."""

import clinic
from billing_rows import expect_chips, expect_footer, expect_rows, take_off
from billing_sandbox import KEY, Sandbox
from billing_test import run
from billing_window import Window

ALL = ('PAY-005', 'PAY-004', 'PAY-003', 'PAY-002', 'PAY-001')


def make(desktop):
    """Of each kind of filter, some payments are let through and some are not."""
    clinic.make(desktop, clinic.PATIENTS, clinic.TREATMENTS)
    treatments = {treatment['patient-name']: treatment['number'] for treatment in desktop.list('treatments')}
    clinic.create_payment(desktop, '1', '120', '--treatment', treatments['Ana Mejía'], '--due', '2031-01-10')
    clinic.create_payment(desktop, '2', '300', '--treatment', treatments['Bob Stone'], '--due', '2031-02-10')
    clinic.create_payment(desktop, '3', '45', '--due', '2031-03-10', '--memo', 'Für die Brücke')
    clinic.create_payment(desktop, '1', '80', '--draft')
    clinic.create_payment(desktop, '2', '33.30')
    desktop.ctl('payment', 'collect', 'PAY-002', '--tender', 'cheque')
    desktop.ctl('payment', 'fail', 'PAY-005')
    desktop.ctl('payment', 'note', 'PAY-001', 'Ihr Rückruf kommt am Freitag')


def close_filters(window):
    window.focus('Elm Clinic')
    window.keys('Escape')


def write_beside(window, name, key, text):
    """Into the row of text that KEY goes to from the calendar of this one.  GTK 4.8 says of a button that it has the
    keyboard, and of a row of text it does not."""
    calendar = window.find('push button', 'Calendar', window.find('text', name))
    window.reach(calendar.get_child_at_index(0))
    window.keys(key)
    window.type(text)


def several_statuses_are_let_through(desktop):
    """One after the other is ticked; the chip names them all and takes them all off."""
    make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        expect_rows(window, *ALL)
        window.press_button('Filter')
        for status in ('Draft', 'Failed', 'Paid'):
            window.press_by_keys('check box', status)
        expect_rows(window, 'PAY-005', 'PAY-004', 'PAY-002')
        window.press_by_keys('check box', 'Paid')
        expect_rows(window, 'PAY-005', 'PAY-004')
        close_filters(window)
        expect_footer(window, 2, '$113.30')
        take_off(window, 'Status: Draft, Failed')
        expect_rows(window, *ALL)
        expect_chips(window)


def what_has_no_location_is_found(desktop):
    """*No location* is a place among the others; with a patient besides, only what is both is left."""
    make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        expect_rows(window, *ALL)
        window.press_button('Filter')
        location = window.find('push button', 'GtkToggleButton', window.find('combo box', 'Location'))
        window.reach(location)
        window.keys('space')
        window.find_text('South Clinic')
        window.keys('Down', 'Return')
        expect_rows(window, 'PAY-005', 'PAY-004', 'PAY-003')

        # The entry of the patient is after it.
        window.reach(location)
        window.keys('Tab')
        window.type('angstr')
        window.find_text('Zoë Ångström', window.find('list', 'Patients found'))
        window.keys('Return')
        expect_rows(window, 'PAY-003')
        close_filters(window)
        expect_chips(window, 'Location: none', 'Patient: Zoë Ångström')

        take_off(window, 'Location: none')
        expect_rows(window, 'PAY-003')
        take_off(window, 'Patient: Zoë Ångström')
        expect_rows(window, *ALL)


def days_and_amounts_have_ends(desktop):
    """What is due from one day until another, both with them; and what is of an amount. A day that is none is said to be
    none, and filters nothing."""
    make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        expect_rows(window, *ALL)
        window.press_button('Filter')
        write_beside(window, 'Due from', 'shift+Tab', '2031-02-10')
        expect_rows(window, 'PAY-003', 'PAY-002')
        write_beside(window, 'Due until', 'shift+Tab', '2031-03-09')
        expect_rows(window, 'PAY-002')
        close_filters(window)
        expect_chips(window, 'Due: Feb 10, 2031 – Mar 9, 2031')
        take_off(window, 'Due: Feb 10, 2031 – Mar 9, 2031')
        expect_rows(window, *ALL)

        window.press_button('Filter')
        write_beside(window, 'Created until', 'Tab', '45')
        window.keys('Tab')
        window.type('120.00')
        expect_rows(window, 'PAY-004', 'PAY-003', 'PAY-001')
        close_filters(window)
        expect_footer(window, 3, '$245.00')
        take_off(window, 'Amount: $45.00 – $120.00')
        expect_rows(window, *ALL)
        expect_chips(window)

        window.press_button('Filter')
        write_beside(window, 'Due from', 'shift+Tab', 'never')
        window.keys('Return')
        window.find_text('not a date')
        close_filters(window)
        expect_rows(window, *ALL)
        expect_chips(window)


def each_order_goes_both_ways(desktop):
    """By the menu: amount, status as it goes through its life, patient by the last name, due date; and backwards."""
    make(desktop)
    orders = (
        ('Amount', ('PAY-002', 'PAY-001', 'PAY-004', 'PAY-003', 'PAY-005')),
        ('Status', ('PAY-004', 'PAY-001', 'PAY-003', 'PAY-002', 'PAY-005')),
        ('Patient', ('PAY-003', 'PAY-001', 'PAY-004', 'PAY-002', 'PAY-005')),
        ('Due Date', ('PAY-004', 'PAY-005', 'PAY-001', 'PAY-002', 'PAY-003')),
    )
    with Window(desktop, '--practice', desktop.practice) as window:
        expect_rows(window, *ALL)
        now = 'Created'
        for order, numbers in orders:
            window.press_button(f'Sort: {now}')
            window.press('menu item', order)
            expect_rows(window, *numbers)
            window.press_button(f'Sort: {order}')
            window.press('menu item', 'Descending')
            expect_rows(window, *reversed(numbers))
            now = order


def the_search_finds_what_people_remember(desktop):
    """A number, a part of a name, a word of the memo or of a note, an amount. Accents and capitals are no
    matter."""
    make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        expect_rows(window, *ALL)
        for words, numbers in (('pay-003', ('PAY-003',)), ('ANGSTR', ('PAY-003',)), ('mejia', ('PAY-004', 'PAY-001')),
                               ('brucke', ('PAY-003',)), ('ruckruf freitag', ('PAY-001',)),
                               ('33.30', ('PAY-005',)), ('300', ('PAY-002',))):
            window.write('Search payments', words)
            expect_rows(window, *numbers)
        window.write('Search payments', '')
        expect_rows(window, *ALL)


def the_last_digits_of_a_card_find_its_payment(desktop):
    """Who has only a card statement at hand finds the payment that Stripe collected by it."""
    make(desktop)
    sandbox = Sandbox(desktop)
    desktop.ctl('key', 'set', '--stripe-url', sandbox.url, passphrase=KEY)
    desktop.ctl('payment', 'authorise', 'PAY-003', '--method', 'pm_card_visa', '--stripe-url', sandbox.url)
    desktop.ctl('payment', 'capture', 'PAY-003', '--stripe-url', sandbox.url)
    desktop.ctl('sync', '--stripe-url', sandbox.url)
    with Window(desktop, '--practice', desktop.practice, '--stripe-url', sandbox.url) as window:
        expect_rows(window, *ALL)
        window.write('Search payments', '4242')
        expect_rows(window, 'PAY-003')


run(several_statuses_are_let_through, what_has_no_location_is_found, days_and_amounts_have_ends, each_order_goes_both_ways,
    the_search_finds_what_people_remember, the_last_digits_of_a_card_find_its_payment)
