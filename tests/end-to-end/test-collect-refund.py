# SPDX-License-Identifier: GPL-3.0-or-later
"""Money in, and money back."""

import clinic
from billing_test import run
from billing_window import Window


def open_payment(window, number):
    window.select('Payments', number)
    window.find_text(number, window.find_frame('Elm Clinic'))


def cash_is_collected(desktop):
    """Cash is the first of the tenders and the whole amount is proposed: one press takes it."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50')
    with Window(desktop, '--practice', desktop.practice) as window:
        open_payment(window, 'PAY-001')
        window.press_button('Collect')
        dialog = window.find_frame('Collect')
        window.find_text('Cash', window.find('combo box', 'Tender', dialog))
        window.find_text('PAY-001 becomes Paid.', dialog)
        window.press_button('Collect', dialog)
        window.wait_for_frame_to_go('Collect')
        window.find('push button', 'Status Paid')
        window.find('list item', 'Paid by: Cash')
        window.find_row('Payments', 'PAY-001, Ana Mejía, $120.50, Paid')

    payment = desktop.show('PAY-001')
    assert (payment['status'], payment['tender']) == ('paid', 'cash')


def a_part_that_is_collected_splits_the_payment(desktop):
    """What comes in is Paid, and what is left is a payment of its own; the dialog says so before it is done."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '100')
    with Window(desktop, '--practice', desktop.practice) as window:
        open_payment(window, 'PAY-001')
        window.press_button('Collect')
        dialog = window.find_frame('Collect')
        window.write('Amount', '30', dialog)
        window.find_text('a new payment keeps $70.00 Pending', dialog)
        window.press_button('Collect', dialog)
        window.wait_for_frame_to_go('Collect')
        window.find_row('Payments', 'PAY-001, Ana Mejía, $30.00, Paid')
        window.find_row('Payments', 'PAY-002, Ana Mejía, $70.00, Pending')

    assert [desktop.show(number)['amount'] for number in ('PAY-001', 'PAY-002')] == [3000, 7000]


def a_part_is_refunded_in_three_steps(desktop):
    """How much, why and how, and a summary that tells what the payment will be: only *Confirm Refund* refunds."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '250')
    desktop.ctl('payment', 'collect', 'PAY-001', '--tender', 'cash')
    with Window(desktop, '--practice', desktop.practice) as window:
        open_payment(window, 'PAY-001')
        window.press_button('Refund')
        dialog = window.find_frame('Refund')
        window.find_text('$250.00 remaining', dialog)
        window.press('check box', 'Partial Refund', dialog)

        # More than there is cannot be refunded.
        window.write('Amount', '250.01', dialog)
        window.press_button('Next', dialog)
        window.find_text('No more than $250.00', dialog)
        window.find_text('Step 1 of 3', dialog)
        window.write('Amount', '70', dialog)
        window.find_text('leaves $180.00', dialog)
        window.press_button('Next', dialog)

        window.find_text('Step 2 of 3', dialog)
        window.press('check box', 'Billing error', dialog)
        window.press_button('Next', dialog)

        window.find_text('Step 3 of 3', dialog)
        window.find('list item', 'To the patient: $70.00', dialog)
        window.find('list item', 'New status: Partially Refunded', dialog)
        assert desktop.list('refunds') == []
        window.press_button('Confirm Refund', dialog)
        window.wait_for_frame_to_go('Refund')
        window.find('push button', 'Status Partially Refunded')
        window.find('list item', 'Refunded: $70.00')
        window.find_row('Payments', 'PAY-001, Ana Mejía, $250.00, Partially Refunded')

    payment = desktop.show('PAY-001')
    assert (payment['status'], payment['refunded']) == ('partially-refunded', 7000)
    assert [(refund['amount'], refund['reason']) for refund in desktop.list('refunds')] == [(7000, 'billing-error')]


run(cash_is_collected, a_part_that_is_collected_splits_the_payment, a_part_is_refunded_in_three_steps)
