# SPDX-License-Identifier: GPL-3.0-or-later
"""A payment that Stripe collects: its whole story in the window, also when a card is declined or there is no network."""

import clinic
from billing_sandbox import KEY, Sandbox
from billing_test import run
from billing_window import Window


def connect(desktop):
    """A practice with one payment, connected to a Stripe of its own."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50')
    sandbox = Sandbox(desktop)
    desktop.ctl('key', 'set', '--stripe-url', sandbox.url, passphrase=KEY)
    return sandbox


def open_window(desktop, sandbox):
    return Window(desktop, '--practice', desktop.practice, '--stripe-url', sandbox.url)


def expect_state(window, words):
    button = window.find('push button', 'Sync Status')
    window.expect(button.get_description, words, 'the state of the sync')


def open_payment(window, number):
    window.select('Payments', number)
    window.find_text(number, window.find_frame('Elm Clinic'))


def authorise(window, card):
    window.press_button('Authorise')
    dialog = window.find_frame('Authorise')
    window.find_text('Ana Mejía', dialog)
    window.press('check box', card, dialog)
    window.press_button('Authorise', dialog)
    window.wait_for_frame_to_go('Authorise')


def capture(window, amount):
    window.press_button('Capture')
    dialog = window.find_frame('Capture')
    window.write('Amount', '120.51', dialog)
    window.find_text('No more than $120.50 is held.', dialog)
    window.write('Amount', amount, dialog)
    window.find_text('A new payment for the rest, $20.50, stays open.', dialog)
    window.press_button('Capture', dialog)
    window.wait_for_frame_to_go('Capture')


def refund(window, amount):
    window.press_button('Refund')
    dialog = window.find_frame('Refund')
    window.press('check box', 'Partial Refund', dialog)
    window.write('Amount', amount, dialog)
    window.press_button('Next', dialog)
    window.press('check box', 'Patient request', dialog)
    assert window.look_for('combo box', 'Goes back by', dialog) is None
    window.press_button('Next', dialog)
    window.find('list item', 'Goes back by: Stripe, to the patient’s card', dialog)
    window.find('list item', 'Taken from: The Stripe balance: $0.00, then -$30.00', dialog)
    window.find('list item', 'Stripe’s fee: $3.20 is not returned', dialog)
    window.find('list item', 'New status: Partially Refunded', dialog)
    window.press_button('Confirm Refund', dialog)
    window.find('push button', 'Close', dialog)
    window.press_button('Close', dialog)
    window.wait_for_frame_to_go('Refund')


def a_payment_tells_its_whole_story(desktop):
    """Authorised on a card, captured in part, refunded in part: each is one dialog, and the timeline tells all of it, with
    Stripe's fee and what is left of the money."""
    sandbox = connect(desktop)
    with open_window(desktop, sandbox) as window:
        open_payment(window, 'PAY-001')
        authorise(window, 'Visa ···· 4242')
        window.find('push button', 'Status Processing')
        capture(window, '100')
        window.find('push button', 'Status Paid')
        window.find_row('Payments', 'PAY-002, Ana Mejía, $20.50, Pending')
        window.find_text('Stripe’s fee · $3.20', window.find('list', 'Timeline'))
        refund(window, '30')
        window.find('push button', 'Status Partially Refunded')

        timeline = window.find('list', 'Timeline')
        for words in ('Authorisation requested · $120.50', 'Authorised · $120.50', 'Capture requested · $100.00',
                      'Collected by Stripe · $100.00', 'Stripe’s fee · $3.20', '$96.80 net', 'Rest split off · $20.50',
                      'Refund requested · $30.00', 'Refunded by Stripe · $30.00'):
            window.find_text(words, timeline)

    payment = desktop.show('PAY-001')
    assert (payment['status'], payment['collected'], payment['refunded']) == ('partially-refunded', 10000, 3000)
    assert [intent['state'] for intent in desktop.list('outbox')] == ['done', 'done', 'done']


def a_held_amount_is_released(desktop):
    """Voiding asks first, and then nothing is held nor asked for any more."""
    sandbox = connect(desktop)
    with open_window(desktop, sandbox) as window:
        open_payment(window, 'PAY-001')
        authorise(window, 'Visa ···· 4242')
        window.press_button('Void')
        window.find_text('$120.50 is no longer held on the patient’s card')
        window.press_button('Void Void')
        window.find('push button', 'Status Voided')
        window.find_text('Authorisation released', window.find('list', 'Timeline'))

    assert desktop.show('PAY-001')['status'] == 'voided'


def a_declined_card_says_why(desktop):
    """The payment is Failed, and Stripe's reason stands where the work is and in the timeline; another card is tried from there."""
    sandbox = connect(desktop)
    with open_window(desktop, sandbox) as window:
        open_payment(window, 'PAY-001')
        authorise(window, 'Visa ···· 9995')
        window.find('push button', 'Status Failed')
        window.find_text('Authorisation · $120.50 was refused')
        window.find_text('insufficient funds')
        window.find_text('Authorisation refused', window.find('list', 'Timeline'))
        authorise(window, 'Visa ···· 4242')
        window.find('push button', 'Status Processing')
        window.wait_for_end_of('label', 'Authorisation · $120.50 was refused')


def what_waits_can_be_withdrawn(desktop):
    """Without a network the act waits and says so; nothing else is offered meanwhile. Withdrawn, it is as if nobody had asked."""
    sandbox = connect(desktop)
    with open_window(desktop, sandbox) as window:
        open_payment(window, 'PAY-001')
        expect_state(window, 'Synced just now')
        sandbox.end()
        authorise(window, 'Visa ···· 4242')
        expect_state(window, 'Offline: 1 waits')
        window.find_text('Authorisation · $120.50 waits for the network')
        assert window.look_for('push button', 'Collect') is None
        window.press_button('Withdraw')
        window.find('push button', 'Collect')
        window.find('push button', 'Status Pending')

    assert [intent['state'] for intent in desktop.list('outbox')] == ['withdrawn']
    assert desktop.list('attempts') == []


def a_page_is_made_for_the_patient(desktop):
    """Stripe's own page takes the card: the window has its address, to be opened or copied."""
    sandbox = connect(desktop)
    with open_window(desktop, sandbox) as window:
        open_payment(window, 'PAY-001')
        window.press_button('Authorise')
        dialog = window.find_frame('Authorise')
        window.press('check box', 'Stripe’s page, in the browser', dialog)
        window.press_button('Make Page', dialog)
        window.find('push button', 'Open payment page')
        window.press_button('Copy link')
        window.find_text('Link copied')
        window.find('push button', 'Status Pending')


def a_charge_of_nobody_is_assigned(desktop):
    """A charge that carries no payment of ours stands in the Stripe Dashboard as nobody's; by its e-mail address it is suggested
    for the open payment of just that amount, and pays it when a person says so."""
    sandbox = connect(desktop)
    sandbox.collect(12050, 'ana@example.com')
    with open_window(desktop, sandbox) as window:
        expect_state(window, 'Synced just now')
        window.show_section('Payments', 'Payments', 'Stripe payments')
        window.select('Stripe payments', 'no patient')
        dialog = window.open_by_button('Assign…', 'Assign')
        window.find_text('It is their e-mail address', dialog)
        window.press('check box', '\u2068Ana Mejía\u2069 · PAY-001 · $120.50', dialog)
        window.find_text('PAY-001 becomes Paid.', dialog)
        window.press_button('Assign', dialog)
        window.wait_for_frame_to_go('Assign')
        window.press_button('Show Payment')
        window.find('push button', 'Status Paid')
        window.find_text('Charge assigned', window.find('list', 'Timeline'))

    payment = desktop.show('PAY-001')
    assert (payment['status'], payment['tender'], payment['collected']) == ('paid', 'stripe', 12050)


def a_charge_is_assigned_to_whoever_is_found(desktop):
    """Where nobody is suggested, the patient is looked for; without a payment of theirs the money becomes their credit."""
    sandbox = connect(desktop)
    sandbox.collect(5000, 'somebody@example.org')
    with open_window(desktop, sandbox) as window:
        expect_state(window, 'Synced just now')
        window.show_section('Payments', 'Payments', 'Stripe payments')
        window.select('Stripe payments', 'no patient')
        dialog = window.open_by_button('Assign…', 'Assign')
        window.write('Patient', 'Mej', dialog)
        window.press('list item', 'Ana Mejía', dialog)
        window.find('combo box', 'Payment', dialog)
        window.find_text('$50.00 becomes credit of Ana Mejía.', dialog)
        window.press_button('Assign', dialog)
        window.wait_for_frame_to_go('Assign')
        window.find('push button', 'Show Patient')

    assert [patient['credit'] for patient in desktop.list('patients') if patient['name'] == 'Ana Mejía'] == [5000]


run(a_payment_tells_its_whole_story, a_held_amount_is_released, a_declined_card_says_why, what_waits_can_be_withdrawn,
    a_page_is_made_for_the_patient, a_charge_of_nobody_is_assigned, a_charge_is_assigned_to_whoever_is_found)
