# SPDX-License-Identifier: GPL-3.0-or-later
"""Stripe's payments in the Stripe Dashboard: filtered as Stripe does, each with its whole story, and what can be done with it."""

import json

import clinic
from billing_rows import expect_chips, take_off
from billing_sandbox import KEY, Sandbox
from billing_test import run
from billing_window import Window, is_sensitive

TABLE = 'Stripe payments'


def connect(desktop):
    """Stripe has payments of ours and of nobody: collected, partly refunded, incomplete, on their way back, disputed."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50')
    sandbox = Sandbox(desktop)
    desktop.ctl('key', 'set', '--stripe-url', sandbox.url, passphrase=KEY)
    sandbox.collect(30000, 'first@example.org')
    refunded = pay(sandbox, 8000, 'pm_card_visa')
    sandbox.post('/v1/refunds', payment_intent=refunded, amount=3000)
    pending = pay(sandbox, 15000, 'pm_card_pendingRefund')
    sandbox.post('/v1/refunds', payment_intent=pending)
    sandbox.post('/v1/payment_intents', amount=9000, currency='usd')
    sandbox.collect_for(desktop.show('PAY-001'), 'pm_card_visa')
    return sandbox


def pay(sandbox, amount, card):
    answer = sandbox.post('/v1/payment_intents', amount=amount, currency='usd', payment_method=card, confirm='true',
                          **{'payment_method_types[]': 'card'})
    return json.loads(answer)['id']


def open_payments(desktop, sandbox):
    window = Window(desktop, '--practice', desktop.practice, '--stripe-url', sandbox.url)
    return window


def open_filters(window):
    """Of this list: the page behind it has filters, too."""
    node = window.find('tree table', TABLE)
    while window.look_for('push button', 'Filter', node) is None:
        node = node.get_parent()
    window.press_button('Filter', node)


def read_amounts(window):
    """Of the rows, from the first down: “Nov 22, 2026, $120.50, Succeeded, Ana Mejía”."""
    return sorted(part for sentence in window.read_rows(TABLE) for part in sentence.split(', ') if part.startswith('$'))


def expect_amounts(window, *amounts):
    window.expect(lambda: read_amounts(window), sorted(amounts), 'the payments in the list')


def filters_are_those_of_stripe(desktop):
    """Two statuses at once, then an amount between two, then nobody's: each chip is taken off again."""
    sandbox = connect(desktop)
    everything = ('$300.00', '$80.00', '$150.00', '$90.00', '$120.50')
    with open_payments(desktop, sandbox) as window:
        window.show_section('Payments', 'Payments', TABLE)
        expect_amounts(window, *everything)
        open_filters(window)
        window.press_by_keys('check box', 'Partially Refunded')
        window.press_by_keys('check box', 'Refund Pending')
        expect_amounts(window, '$80.00', '$150.00')

        # The first entry of the amount is after its ways.
        window.reach(window.find('check box', 'Only without a patient'))
        window.keys('Tab', 'Tab')
        window.type('70')
        window.keys('Tab')
        window.type('99.50')
        expect_amounts(window, '$80.00')
        window.focus('Elm Clinic')
        window.keys('Escape')
        expect_chips(window, 'Status: Partially Refunded, Refund Pending', 'Amount: $70.00 – $99.50')

        take_off(window, 'Status: Partially Refunded, Refund Pending')
        expect_amounts(window, '$80.00', '$90.00')
        take_off(window, 'Amount: $70.00 – $99.50')
        expect_amounts(window, *everything)

        open_filters(window)
        window.press_by_keys('check box', 'Only without a patient')
        expect_amounts(window, '$300.00', '$80.00', '$150.00', '$90.00')
        window.focus('Elm Clinic')
        window.keys('Escape')
        take_off(window, 'No patient')
        expect_amounts(window, *everything)

    # What is filtered in the window is what the command line finds.
    found = desktop.list('stripe-payments', '--status', 'partially_refunded,refund_pending', '--max', '99.50')
    assert [payment['amount'] for payment in found] == [8000]
    assert found[0]['net'] == 8000 - 262 - 3000


def a_payment_tells_its_story(desktop):
    """What happened stands in the timeline, and what it did to the balance adds up. Nobody's cannot be refunded before it is assigned;
    ours leads to our payment, and is refunded from here."""
    sandbox = connect(desktop)
    with open_payments(desktop, sandbox) as window:
        window.show_section('Payments', 'Payments', TABLE)
        window.select(TABLE, '$80.00')
        for words in ('Partially Refunded', 'Created · $80.00', 'Collected · $80.00', 'Stripe’s fee · $2.62', 'Refund · $30.00',
                      'Assign it first'):
            window.find_text(words)
        for line in ('Gross: $80.00', 'Refunds: -$30.00', 'Stripe processing fees: -$2.62', 'Net: $47.38'):
            window.find('list item', line)
        window.expect(lambda: is_sensitive(window.find('push button', 'Refund…')), False, 'the button for a refund')

        window.select(TABLE, '$120.50')
        window.find('list item', 'Net: $116.71')
        window.find_text('PAY-001')
        dialog = window.open_by_button('Refund…', 'Refund')
        window.find_text('Full Refund', dialog)
        window.focus('Refund')
        window.keys('Escape')
        window.wait_for_frame_to_go('Refund')
        window.press_button('Show Payment')
        window.find('push button', 'Status Paid')


def what_is_nobodys_is_assigned(desktop):
    """The payment of nobody is given to a patient from its pane, which then says whose it is."""
    sandbox = connect(desktop)
    with open_payments(desktop, sandbox) as window:
        window.show_section('Payments', 'Payments', TABLE)
        window.select(TABLE, '$300.00')
        window.find_text('No patient: this money counts for nobody')
        dialog = window.open_by_button('Assign…', 'Assign')
        window.write('Patient', 'Mej', dialog)
        window.press('list item', 'Ana Mejía', dialog)
        window.find_text('$300.00 becomes credit of Ana Mejía.', dialog)
        window.press_button('Assign', dialog)
        window.wait_for_frame_to_go('Assign')
        window.find('push button', 'Show Patient')
        window.find_row(TABLE, '$300.00, Succeeded, Ana Mejía')
        window.find_text('It became credit of the patient.')


run(filters_are_those_of_stripe, a_payment_tells_its_story, what_is_nobodys_is_assigned)
