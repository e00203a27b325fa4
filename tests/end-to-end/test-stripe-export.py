# SPDX-License-Identifier: GPL-3.0-or-later
"""Stripe's side taken out of the window: its payments as a file, and a month that is reconciled with its balance."""

import csv
import datetime
import re

import clinic
from billing_export import open_dialog, save
from billing_sandbox import KEY, Sandbox
from billing_test import run
from billing_window import Window

AMOUNTS = (12050, 4500, 8000, 9900, 700)


def connect(desktop):
    """A practice that is connected to a Stripe on whose account somebody has paid."""
    clinic.make(desktop, clinic.PATIENTS)
    sandbox = Sandbox(desktop)
    for number, amount in enumerate(AMOUNTS):
        sandbox.collect(amount, f'payer{number}@example.com')
    desktop.ctl('key', 'set', '--stripe-url', sandbox.url, passphrase=KEY)
    desktop.ctl('sync', '--stripe-url', sandbox.url)
    return sandbox


def open_window(desktop, sandbox):
    # GTK's file chooser leaks on its own.
    return Window(desktop, '--practice', desktop.practice, '--stripe-url', sandbox.url, leaks=False)


def read(path):
    with open(path, encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file))


def get_amount(sentence):
    return re.search(r'\$(\d+\.\d\d)', sentence).group(1)


def a_filtered_export_is_the_list_row_by_row(desktop):
    """What the list shows and the filters of the dialog leave is what the file has, in the same order, with ids, fees and
    what is left of each; other lists of Stripe's that have no page are chosen in the same dialog."""
    sandbox = connect(desktop)
    path, others = desktop.path('stripe.csv'), desktop.path('transactions.csv')
    with open_window(desktop, sandbox) as window:
        window.show_section('Payments', 'Payments', 'Stripe payments')
        window.find_row('Stripe payments', '$7.00')
        shown = [get_amount(sentence) for sentence in window.read_rows('Stripe payments')]
        dialog = open_dialog(window)
        window.find_text('5 payments · $351.50', dialog)
        window.write('At least', '50', dialog)
        window.find_text('3 payments · $299.50', dialog)
        save(window, dialog, path)
        window.find_text('3 payments exported')

        dialog = open_dialog(window)
        window.choose('What', 'Balance transactions', dialog)
        window.find_text('5 rows · ', dialog)
        save(window, dialog, others)
        window.find_text('5 rows exported')

    rows = read(path)
    assert len(shown) == len(AMOUNTS), shown
    assert [row['Amount'] for row in rows] == [amount for amount in shown if float(amount) >= 50], (rows, shown)
    for row in rows:
        assert row['Stripe ID'].startswith('pi_') and row['Charge ID'].startswith('ch_'), row
        assert row['Currency'] == 'USD' and float(row['Fee']) > 0, row
        assert round(float(row['Amount']) - float(row['Fee']), 2) == float(row['Net']), row
    assert sorted(row['Amount'] for row in read(others)) == sorted(shown)


def a_month_comes_to_nothing(desktop):
    """The month of the payments: what stood there, what moved, and what stands there now; nothing is missing, and billingctl
    says the same."""
    sandbox = connect(desktop)
    with open_window(desktop, sandbox) as window:
        window.show_section('Payments', 'Reconciliation')
        window.find_text('Everything fits: the difference to Stripe’s balance is $0.00.')
        window.find('list item', 'Balance at the start')
        window.find('list item', 'Balance now, as Stripe says')
        window.find('push button', 'Print…')

    # Wherever the practice is, its days are these.
    today = datetime.datetime.now(datetime.timezone.utc).date()
    days = [str(today + datetime.timedelta(days)) for days in (-3, 1)]
    lines = desktop.ctl('report', 'reconciliation', '--from', days[0], '--to', days[1], '--format', 'csv').splitlines()
    rows = {(row['Part'], row['What']): row for row in csv.DictReader(lines)}
    assert rows['moved', 'charges']['Amount'] == '351.50' and rows['moved', 'charges']['Rows'] == '5', rows
    assert rows['balance', 'start']['Amount'] == '0.00', rows
    assert rows['balance', 'end']['Amount'] == rows['anchor', 'stripe']['Amount'], rows
    assert rows['books', 'unassigned']['Amount'] == '351.50', rows
    assert not any(part == 'breach' for part, _ in rows), rows


run(a_filtered_export_is_the_list_row_by_row, a_month_comes_to_nothing)
