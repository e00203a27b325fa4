# SPDX-License-Identifier: GPL-3.0-or-later
"""The cards over the list of payments: what they say, and what their parts show in the list."""

import datetime
import zoneinfo

import clinic
from billing_rows import expect_chips, expect_footer, expect_rows, take_off
from billing_test import run
from billing_window import Atspi, Window, get_children, has_state

ALL = ('PAY-005', 'PAY-004', 'PAY-003', 'PAY-002', 'PAY-001')


def make(desktop):
    """One that came in last month, one draft, two that are owed, and one that failed. Returns last month."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120')
    clinic.create_payment(desktop, '2', '300')
    clinic.create_payment(desktop, '3', '45.50')
    clinic.create_payment(desktop, '1', '80', '--draft')
    clinic.create_payment(desktop, '2', '33')
    desktop.ctl('payment', 'fail', 'PAY-005')
    today = datetime.datetime.now(zoneinfo.ZoneInfo('America/New_York')).date()
    last_month = (today.replace(day=1) - datetime.timedelta(days=1)).replace(day=1)
    desktop.ctl('payment', 'collect', 'PAY-002', '--tender', 'cheque', '--date', last_month.isoformat())
    return last_month


def expect_card(window, name, sentence):
    card = window.find('push button', name)
    window.expect(card.get_description, sentence, f'the card “{name}”')


def expect_collected(window, amount):
    """What is said of last month besides goes by the day."""
    card = window.find('push button', 'Total Collected')
    window.expect(lambda: card.get_description().split(', ')[0], amount, 'the card “Total Collected”')


def the_cards_say_what_the_books_say(desktop):
    """Each card is a button with a name and its figures; the charts in them say all their numbers."""
    last_month = make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        expect_rows(window, *ALL)
        expect_collected(window, '$300.00')
        expect_card(window, 'Outstanding', '$245.50, 3 payments')
        expect_card(window, 'Failed, still owed', '$33.00, 1 payment')
        expect_card(window, 'Status Breakdown', '5 payments')
        months = window.find('panel', 'Collected by month').get_description()
        assert last_month.strftime('%B %Y: $300.00;') in months, months
        assert months.count(': $0.00') == 11, months
        assert window.find('panel', 'Outstanding by status').get_description() == \
            'Draft: $80.00; Pending: $165.50; Processing: $0.00'
        assert window.find('panel', 'Payments by status').get_description().startswith(
            'Draft: 1; Pending: 2; Processing: 0; Paid: 1; Failed: 1; Cancelled: 0;')


def a_card_filters_the_list_to_what_it_sums(desktop):
    """A click on a card shows the rows that it is the sum of; without the chip all are there again."""
    make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        expect_rows(window, *ALL)
        card = window.find('push button', 'Outstanding')
        window.click(card)
        expect_rows(window, 'PAY-004', 'PAY-003', 'PAY-001')
        amount, payments = card.get_description().split(', ')
        expect_footer(window, payments.split()[0], amount)
        take_off(window, 'Status: Draft, Pending, Processing')
        expect_rows(window, *ALL)
        expect_chips(window)

        window.click(window.find('push button', 'Failed, still owed'))
        expect_rows(window, 'PAY-005')
        expect_footer(window, 1, '$33.00')

        # All of them are in the breakdown.
        window.click(window.find('push button', 'Status Breakdown'))
        expect_rows(window, *ALL)
        expect_chips(window)


def a_status_of_the_breakdown_filters_the_list(desktop):
    """What the legend counts is in the list after a click on it; nobody clicks on what there is none of."""
    make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        expect_rows(window, *ALL)
        chart = window.find('panel', 'Payments by status')
        legend = chart.get_parent().get_child_at_index(chart.get_index_in_parent() + 1)
        window.click(window.find('push button', 'Pending: 2', legend))
        expect_rows(window, 'PAY-003', 'PAY-001')
        expect_chips(window, 'Status: Pending')
        expect_footer(window, 2, '$165.50')
        window.click(window.find('push button', 'Paid: 1', legend))
        expect_rows(window, 'PAY-002')
        expect_chips(window, 'Status: Paid')
        assert not has_state(window.find('push button', 'Voided: 0', legend), Atspi.StateType.SENSITIVE)


def find_focus(chart):
    """The bar that has the keyboard."""
    return next((mark for mark in get_children(chart) if has_state(mark, Atspi.StateType.FOCUSED)), None)


def go_into(window, chart):
    """With the Tab key, from the search entry on."""
    window.focus('Elm Clinic')
    window.keys('ctrl+f')
    search = window.find('entry', 'Search payments')
    window.expect(lambda: has_state(search, Atspi.StateType.FOCUSED), True, 'the keyboard in the search entry')
    for _ in range(40):
        window.keys('Tab')
        if find_focus(chart) is not None:
            return
    raise AssertionError('the chart is not reached by the Tab key')


def a_month_is_chosen_by_the_keyboard(desktop):
    """The arrows go from month to month, and Return shows the payments that were collected in it."""
    last_month = make(desktop)
    desktop.ctl('payment', 'collect', 'PAY-001', '--tender', 'cash')
    with Window(desktop, '--practice', desktop.practice) as window:
        expect_rows(window, *ALL)
        chart = window.find('panel', 'Collected by month')
        go_into(window, chart)
        window.keys('End')
        wanted = last_month.strftime('%B %Y: $300.00')
        this_month = find_focus(chart).get_name()
        window.expect(lambda: find_focus(chart).get_name().endswith(': $120.00'), True, 'the keyboard on this month')
        window.keys('Left')
        window.expect(lambda: find_focus(chart).get_name(), wanted, f'the keyboard left of {this_month}')
        window.keys('Return')
        expect_rows(window, 'PAY-002')
        expect_footer(window, 1, '$300.00')
        expect_chips(window, last_month.strftime('Collected: %B %Y'))


def the_cards_follow_what_is_done(desktop):
    """Money that comes in goes from one card to the other at once, and into its month."""
    make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        window.select('Payments', 'PAY-001')
        window.press_button('Collect')
        window.press_button('Collect', window.find_frame('Collect'))
        window.wait_for_frame_to_go('Collect')
        expect_card(window, 'Outstanding', '$125.50, 2 payments')
        expect_collected(window, '$420.00')
        assert '$120.00' in window.find('panel', 'Collected by month').get_description()

        # Another program's as well.
        desktop.ctl('payment', 'collect', 'PAY-003', '--tender', 'cash')
        expect_card(window, 'Outstanding', '$80.00, 1 payment')


run(the_cards_say_what_the_books_say, a_card_filters_the_list_to_what_it_sums,
    a_status_of_the_breakdown_filters_the_list, a_month_is_chosen_by_the_keyboard, the_cards_follow_what_is_done)
