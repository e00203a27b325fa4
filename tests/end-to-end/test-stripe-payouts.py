# SPDX-License-Identifier: GPL-3.0-or-later
"""Payouts: opened and summed, failed, made by hand and taken back, and when Stripe makes them itself."""

import clinic
from billing_sandbox import KEY, Sandbox
from billing_test import run
from billing_window import Window


def connect(desktop, *arguments):
    """A practice connected to a Stripe of its own, which may have a past."""
    clinic.make(desktop, clinic.PATIENTS)
    sandbox = Sandbox(desktop, *arguments)
    desktop.ctl('key', 'set', '--stripe-url', sandbox.url, passphrase=KEY)
    return sandbox


def open_window(desktop, sandbox):
    return Window(desktop, '--practice', desktop.practice, '--stripe-url', sandbox.url)


def fund(sandbox):
    """Somebody pays $500.00, of which $485.20 is available at once."""
    sandbox.post('/v1/payment_intents', amount=50000, currency='usd', payment_method='pm_card_bypassPending', confirm='true')


def show_payouts(window):
    button = window.find('push button', 'Sync Status')
    window.expect(button.get_description, 'Synced just now', 'the state of the sync')
    window.show_section('Payments', 'Payouts')
    window.find('push button', 'Pay Out…')


def format_money(cents):
    return f'{"-" if cents < 0 else ""}${abs(cents) // 100:,}.{abs(cents) % 100:02}'


def find_largest(sandbox):
    """The largest of the newest payouts that are itemised, as the sandbox says."""
    payouts = [payout for payout in sandbox.ask('/v1/payouts?limit=10')['data']
               if payout['reconciliation_status'] == 'completed' and payout['status'] == 'paid']
    return max(payouts, key=lambda payout: payout['amount'])


def list_items(sandbox, payout):
    items = sandbox.ask(f'/v1/balance_transactions?limit=100&payout={payout["id"]}')['data']
    return [item for item in items if item['source'] != payout['id']]


def expect_line(window, title, amounts):
    """A line of the statement, with how many transactions it adds up."""
    window.find('list item', f'{title} ({len(amounts)}): {format_money(sum(amounts))}', window.find('list', 'Statement'))


def a_payout_is_opened_and_summed(desktop):
    """Each line of its statement is what the sandbox put into it; they come to the payout, to the cent, which is said. The
    command line says the same."""
    sandbox = connect(desktop, '--payments', '60')
    payout = find_largest(sandbox)
    items = list_items(sandbox, payout)
    with open_window(desktop, sandbox) as window:
        show_payouts(window)
        window.select('Payouts', format_money(payout['amount']))
        window.find_text('to the payout, to the cent.')
        expect_line(window, 'Payments', [item['amount'] for item in items if item['reporting_category'] == 'charge'])
        expect_line(window, 'Refunds', [item['amount'] for item in items if item['reporting_category'] == 'refund'])
        expect_line(window, 'Stripe’s fees', [-item['fee'] for item in items if item['fee']])
        window.find('list item', f'Net: {format_money(payout["amount"])}', window.find('list', 'Statement'))
        window.find_text(f'{len(items)} Transaction')
        window.find_text(payout['trace_id']['value'])

    statement = desktop.show(payout['id'])['statement']
    assert (statement['standing'], statement['net'], statement['count']) == ('matches', payout['amount'], len(items))
    assert sum(line['amount'] for line in statement['lines']) == payout['amount']
    rows = desktop.list('balance-transactions', '--payout', payout['id'])
    assert sorted(row['id'] for row in rows) == sorted(item['id'] for item in items)


def a_failed_payout_says_why(desktop):
    """Its reason stands in plain words, with what to do, and its state in the list."""
    sandbox = connect(desktop, '--payments', '60')
    payout = find_largest(sandbox)
    sandbox.post(f'/sandbox/payouts/{payout["id"]}/fail', failure_code='no_account')
    with open_window(desktop, sandbox) as window:
        show_payouts(window)
        window.select('Payouts', f'{format_money(payout["amount"])}, Failed')
        window.find_text('The bank knows no such account')
        window.find_text('The money is in the Stripe balance again.')
        window.find('push button', 'Bank Accounts at Stripe')


def the_schedule_is_changed(desktop):
    """It is asked for in a dialog, told to Stripe, and said over the list."""
    sandbox = connect(desktop)
    with open_window(desktop, sandbox) as window:
        show_payouts(window)
        window.find_text('Schedule: Every working day')
        dialog = window.open_by_button('Payout Schedule…', 'Payout Schedule')
        window.choose('Stripe pays out', 'Every week', dialog)
        window.click(window.find_text('Friday', dialog))
        window.find_text('Every week: Friday', dialog)
        window.press_button('Save', dialog)
        window.wait_for_frame_to_go('Payout Schedule')
        window.find_text('Schedule: Every week: Friday')

    schedule = sandbox.ask('/v1/balance_settings')['payments']['payouts']['schedule']
    assert (schedule['interval'], schedule['weekly_payout_days']) == ('weekly', ['friday'])


def a_payout_is_made_by_hand_and_cancelled(desktop):
    """Not more than is available; what Stripe makes of it stands in the list, and is taken back before it leaves Stripe."""
    sandbox = connect(desktop)
    fund(sandbox)
    with open_window(desktop, sandbox) as window:
        show_payouts(window)
        dialog = window.open_by_button('Pay Out…', 'Pay Out')
        window.write('Amount', '485.21', dialog)
        window.find_text('Not more than $485.20 can be paid out.', dialog)
        window.write('Amount', '100', dialog)
        window.find_text('$385.20 stays available at Stripe.', dialog)
        window.press_button('Pay Out', dialog)
        window.wait_for_frame_to_go('Pay Out')
        window.select('Payouts', '$100.00, Pending')
        window.find_text('Stripe does not say which transactions are in a payout that was made by hand')
        window.press_for('Cancel Payout…', lambda: window.look_for_text('Its money stays in the balance at Stripe'), 'the question')
        window.press_button('_Cancel the Payout Cancel the Payout')
        window.find_row('Payouts', '$100.00, Canceled')

    payouts = sandbox.ask('/v1/payouts')['data']
    assert [(payout['amount'], payout['status']) for payout in payouts] == [(10000, 'canceled')]
    assert [intent['state'] for intent in desktop.list('outbox')] == ['done', 'done']


def the_front_desk_may_not_pay_out(desktop):
    """Whoever may not is told who may, and Stripe is asked for nothing."""
    sandbox = connect(desktop)
    fund(sandbox)
    desktop.ctl('user', 'add', 'frida', '--role', 'front-desk', '--name', 'Frida', '--passphrase', passphrase='green door\n')
    with open_window(desktop, sandbox) as window:
        show_payouts(window)
        window.sign_in('frida', 'green door')
        window.find_text('Frida · Front desk')
        window.press_for('Pay Out…', lambda: window.look_for_text('Your role is Front desk'), 'why nothing can be paid out')
        assert not window.has_frame('Pay Out')

    assert sandbox.ask('/v1/payouts')['data'] == []
    assert desktop.list('outbox') == []


run(a_payout_is_opened_and_summed, a_failed_payout_says_why, the_schedule_is_changed, a_payout_is_made_by_hand_and_cancelled,
    the_front_desk_may_not_pay_out)
