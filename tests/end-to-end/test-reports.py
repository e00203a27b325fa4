# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of reports: its figures are the books', and each opens the rows that it is made of."""

import json

import clinic
from billing_rows import expect_chips, expect_footer, expect_rows
from billing_test import run
from billing_window import Window, walk

MONEY = 'How much came in, how much is still out?'
AGE = 'How old is what we are owed, since it was due?'
TENDERS = 'Where does it come from?'


def make(desktop):
    """Money that came in by cash and by a cheque, and some that did not."""
    clinic.make(desktop, clinic.PATIENTS, clinic.TREATMENTS)
    clinic.create_payment(desktop, '1', '120')
    clinic.create_payment(desktop, '2', '1300')
    clinic.create_payment(desktop, '3', '45.50')
    clinic.create_payment(desktop, '1', '80', '--due', '2020-01-31')
    desktop.ctl('payment', 'collect', 'PAY-001', '--tender', 'cash')
    desktop.ctl('payment', 'collect', 'PAY-002', '--tender', 'cheque')


def report(desktop, name):
    """What billingctl says of it: name and amount, as the window writes amounts."""
    lines = json.loads(desktop.ctl('report', name, '--format', 'json'))
    return {line['name']: f'${line["amount"] // 100:,}.{line["amount"] % 100:02}' for line in lines}


def read_table(window, question):
    """The rows of the table under a chart, by their names: what a screen reader says of their amounts."""
    chart = window.find('panel', question)
    table = chart.get_parent().get_child_at_index(chart.get_index_in_parent() + 1)
    return [node.get_name() for node in walk(table) if node.get_role_name() == 'push button']


def open_reports(window):
    window.press('list item', 'Reports')
    return window.find('filler', 'BillingReportsPage')


def the_figures_are_those_of_the_books(desktop):
    """Each table says what billingctl says of the same report, and so does the description of its chart."""
    make(desktop)
    tenders, ages = report(desktop, 'tenders'), report(desktop, 'aging')
    assert tenders == {'cash': '$120.00', 'cheque': '$1,300.00'} and ages['91+'] == '$80.00', (tenders, ages)
    with Window(desktop, '--practice', desktop.practice) as window:
        page = open_reports(window)
        window.expect(lambda: read_table(window, TENDERS),
                      ['Collected', f'Cheque, Collected: {tenders["cheque"]}', f'Cash, Collected: {tenders["cash"]}',
                       'Total, Collected: $1,420.00'], 'the table of tenders')
        window.expect(lambda: [name for name in read_table(window, AGE) if not name.endswith(' $0.00')],
                      ['Outstanding', f'0–30 days, Outstanding: {ages["0-30"]}',
                       f'91 days and more, Outstanding: {ages["91+"]}', 'Total, Outstanding: $125.50'],
                      'the table of ages')
        chart = window.find('panel', TENDERS, page)
        assert chart.get_description() == f'Cheque: {tenders["cheque"]}; Cash: {tenders["cash"]}', chart.get_description()


def a_bar_and_a_row_open_what_they_sum(desktop):
    """A bar of a chart shows its payments in the list, and so does a row of the table; they sum to its amount."""
    make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        open_reports(window)
        window.press_button('Cheque: $1,300.00')
        expect_rows(window, 'PAY-002')
        expect_footer(window, 1, '$1,300.00')

        open_reports(window)
        window.press_button('91 days and more, Outstanding: $80.00')
        expect_rows(window, 'PAY-004')
        expect_footer(window, 1, '$80.00')
        expect_chips(window, 'Status: Draft, Pending, Processing', 'Since due: 91 days and more')


def the_front_desk_is_told_who_may(desktop):
    """Who may not see reports is told in a sentence, and no figure is on the page."""
    make(desktop)
    desktop.ctl('user', 'add', 'frida', '--role', 'front-desk', '--name', 'Frida', '--passphrase',
                passphrase='green door\n')
    with Window(desktop, '--practice', desktop.practice) as window:
        window.sign_in('frida', 'green door')
        window.find_text('Frida · Front desk')
        page = open_reports(window)
        window.find_text('Reports Are for Managers', page)
        window.find_text('Your role is Front desk', page)
        assert window.look_for('panel', MONEY, page) is None


run(the_figures_are_those_of_the_books, a_bar_and_a_row_open_what_they_sum, the_front_desk_is_told_who_may)
