# SPDX-License-Identifier: GPL-3.0-or-later
"""Money back in parts, not a cent too much, and above the limit not by one person alone."""

import clinic
from billing_test import run
from billing_window import Window


def collect(desktop, amount):
    """A payment of Ana's that was paid in cash."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', amount)
    desktop.ctl('payment', 'collect', 'PAY-001', '--tender', 'cash')


def begin(window, amount=None):
    """The first step of the wizard; without an amount, all that there is."""
    window.press_button('Refund')
    dialog = window.find_frame('Refund')
    if amount is not None:
        window.press('check box', 'Partial Refund', dialog)
        window.write('Amount', amount, dialog)
    return dialog


def go_on(window, dialog, reason):
    """The two others, but for what *Confirm Refund* brings."""
    window.press_button('Next', dialog)
    window.press('check box', reason, dialog)
    window.press_button('Next', dialog)
    window.find_text('Step 3 of 3', dialog)


def a_part_goes_back_and_then_the_rest(desktop):
    """After a part, a full refund is what is left of the payment, and more than that is refused at the field."""
    collect(desktop, '250')
    with Window(desktop, '--practice', desktop.practice) as window:
        window.select('Payments', 'PAY-001')
        dialog = begin(window, '70')
        window.find_text('leaves $180.00', dialog)
        go_on(window, dialog, 'Service not rendered')
        window.press_button('Confirm Refund', dialog)
        window.wait_for_frame_to_go('Refund')
        window.find('push button', 'Status Partially Refunded')
        window.find('list item', 'Refunded: $70.00')

        dialog = begin(window, '180.01')
        window.find_text('No more than $180.00 of this payment can be refunded.', dialog)
        # By the mouse: a button that a screen reader presses acts a quarter of a second later.
        window.click(window.find('push button', 'Next', dialog))
        window.find_text('Step 1 of 3', dialog)
        assert len(desktop.list('refunds')) == 1

        window.press('check box', 'Full Refund', dialog)
        window.find_text('$180.00 remaining', dialog)
        go_on(window, dialog, 'Other')
        window.find('list item', 'To the patient: $180.00', dialog)
        window.find('list item', 'New status: Refunded', dialog)
        window.press_button('Confirm Refund', dialog)
        window.wait_for_frame_to_go('Refund')
        window.find('push button', 'Status Refunded')
        window.find_row('Payments', 'PAY-001, Ana Mejía, $250.00, Refunded')
        window.wait_for_end_of('push button', 'Refund')

    payment = desktop.show('PAY-001')
    assert (payment['status'], payment['collected'], payment['refunded']) == ('refunded', 25000, 25000)
    assert sorted(refund['amount'] for refund in desktop.list('refunds')) == [7000, 18000]


def keys_alone_are_enough(desktop):
    """Enter goes on from what is chosen: all of it, for the second reason; the last one confirms."""
    collect(desktop, '250')
    with Window(desktop, '--practice', desktop.practice) as window:
        window.select('Payments', 'PAY-001')
        dialog = begin(window)
        window.focus('Refund')
        window.keys('Return')
        window.find_text('Step 2 of 3', dialog)
        window.keys('Down')
        window.keys('Return')
        window.keys('Return')
        window.find_text('Step 3 of 3', dialog)
        window.find('list item', 'Reason: Billing error', dialog)
        window.keys('Return')
        window.wait_for_frame_to_go('Refund')
        window.find('push button', 'Status Refunded')

    assert [refund['reason'] for refund in desktop.list('refunds')] == ['billing-error']


def ask_above_the_limit(desktop, window):
    """A refund that waits: the wizard says for whom, the pane too, and nothing has gone back."""
    window.select('Payments', 'PAY-001')
    dialog = begin(window)
    go_on(window, dialog, 'Billing error')
    window.find_text('Refunds of more than $100.00 wait until a second person approves them.', dialog)
    window.press_button('Confirm Refund', dialog)
    window.find_text('Waiting for a Second Person', dialog)
    window.press_button('Close', dialog)
    window.wait_for_frame_to_go('Refund')
    window.find_text('A refund of $250.00 waits for a second person.')
    # Nobody approves what they asked for themselves; nor can the same money be asked for twice.
    window.find('push button', 'Decline')
    assert window.look_for('push button', 'Approve') is None
    assert window.look_for('push button', 'Refund') is None
    assert desktop.show('PAY-001')['status'] == 'paid'


def set_limit(desktop):
    """Refunds of more than 100.00 need a second person, and there is one: Maya."""
    collect(desktop, '250')
    desktop.ctl('practice', 'edit', '--refund-limit', '100')
    desktop.ctl('user', 'add', 'maya', '--role', 'manager', '--name', 'Maya', '--passphrase', passphrase='blue door\n')


def a_second_person_approves(desktop):
    """Maya signs in at the same window, finds what waits, and lets it go: only then money goes back."""
    set_limit(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        ask_above_the_limit(desktop, window)
        window.sign_in('maya', 'blue door')
        window.find_text('Maya · Manager')
        window.select('Payments', 'PAY-001')
        window.press_button('Approve')
        window.find('push button', 'Status Refunded')
        window.wait_for_end_of('push button', 'Decline')
        window.find_text('Maya', window.find('list', 'Timeline'))

    assert desktop.show('PAY-001')['refunded'] == 25000


def a_second_person_declines(desktop):
    """What Maya declines stays collected, and can be asked for again."""
    set_limit(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        ask_above_the_limit(desktop, window)
        window.sign_in('maya', 'blue door')
        window.find_text('Maya · Manager')
        window.select('Payments', 'PAY-001')
        window.press_button('Decline')
        window.find_text('Refund of PAY-001 withdrawn')
        window.find('push button', 'Refund')
        window.find('push button', 'Status Paid')

    assert desktop.show('PAY-001')['refunded'] == 0


run(a_part_goes_back_and_then_the_rest, keys_alone_are_enough, a_second_person_approves, a_second_person_declines)
