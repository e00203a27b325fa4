# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person chooses from the status of a payment, and how it is taken back."""

import clinic
from billing_test import run
from billing_window import Window


def open_payment(desktop, *options):
    """A window on a payment of Ana's, PAY-001, with its pane."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50', *options)
    return Window(desktop, '--practice', desktop.practice)


def choose(window, status, choice):
    """Opens the dropdown of the status that is shown, and takes one of its choices."""
    window.press_button(f'Status {status}')
    window.press_button(choice)


def undo(window):
    """The message stays for ten seconds, so that nothing is looked at in between."""
    window.press_button('_Undo Undo')
    window.find_text('Undone')


def expect_status(desktop, window, status):
    """In the pane and in the list, and in the books."""
    window.find('push button', f'Status {status}')
    window.find_row('Payments', f'PAY-001, Ana Mejía, $120.50, {status}')
    assert desktop.show('PAY-001')['status'] == status.lower()


def a_cancellation_is_undone(desktop):
    """Nothing asks whether it is meant: it is done at once, and *Undo* in the message makes the payment Pending again."""
    with open_payment(desktop) as window:
        window.select('Payments', 'PAY-001')
        choose(window, 'Pending', 'Cancelled')
        window.find_text('PAY-001 cancelled')
        assert desktop.show('PAY-001')['status'] == 'cancelled'
        undo(window)
        expect_status(desktop, window, 'Pending')
        window.find_text('Reopened', window.find('list', 'Timeline'))


def a_new_payment_is_undone(desktop):
    """A payment that was created by mistake is not asked for any more; nothing is deleted, so that its number stays."""
    clinic.make(desktop, clinic.PATIENTS)
    with Window(desktop, '--practice', desktop.practice) as window:
        window.press_button('Create Payment')
        dialog = window.find_frame('Create Payment')
        window.write('Patient', 'mej', dialog)
        window.press('list item', 'Ana Mejía', dialog)
        window.write('Amount', '120.50', dialog)
        window.press_button('Create', dialog)
        window.find_text('PAY-001 created')
        assert desktop.show('PAY-001')['status'] == 'pending'
        undo(window)
        expect_status(desktop, window, 'Cancelled')


def a_collection_is_undone(desktop):
    """Cash that was written down by mistake is reversed from the message, and the payment is owed again."""
    with open_payment(desktop) as window:
        window.select('Payments', 'PAY-001')
        choose(window, 'Pending', 'Paid')
        dialog = window.find_frame('Collect')
        window.press_button('Collect', dialog)
        window.find_text('PAY-001 collected')
        assert desktop.show('PAY-001')['status'] == 'paid'
        undo(window)
        expect_status(desktop, window, 'Pending')

    assert desktop.show('PAY-001')['collected'] == 0


def each_choice_does_what_it_says(desktop):
    """From Draft to Refunded by the dropdown alone: what needs nothing more is done at once, what needs more asks for it."""
    with open_payment(desktop, '--draft') as window:
        window.select('Payments', 'PAY-001')
        expect_status(desktop, window, 'Draft')
        choose(window, 'Draft', 'Pending')
        expect_status(desktop, window, 'Pending')
        choose(window, 'Pending', 'Failed')
        expect_status(desktop, window, 'Failed')
        choose(window, 'Failed', 'Pending')
        expect_status(desktop, window, 'Pending')

        choose(window, 'Pending', 'Written Off')
        window.find_text('Write Off PAY-001?')
        window.write('Reason', 'Moved away')
        window.press_button('Write Off Write Off')
        undo(window)
        expect_status(desktop, window, 'Pending')

        choose(window, 'Pending', 'Paid')
        dialog = window.find_frame('Collect')
        window.press_button('Collect', dialog)
        window.wait_for_frame_to_go('Collect')
        expect_status(desktop, window, 'Paid')

        choose(window, 'Paid', 'Reverse Collection')
        window.find_text('Reverse the Collection of PAY-001?')
        window.press_button('Reverse Collection Reverse Collection')
        expect_status(desktop, window, 'Pending')

        desktop.ctl('payment', 'collect', 'PAY-001', '--tender', 'cheque')
        expect_status(desktop, window, 'Paid')
        choose(window, 'Paid', 'Refunded')
        dialog = window.find_frame('Refund')
        window.press_button('Next', dialog)
        window.press('check box', 'Duplicate charge', dialog)
        window.press_button('Next', dialog)
        window.press_button('Confirm Refund', dialog)
        window.wait_for_frame_to_go('Refund')
        expect_status(desktop, window, 'Refunded')

        # Here it ends, and says so.
        window.press_button('Status Refunded')
        window.find_text('Nothing more can be done with this payment.')
        window.keys('Escape')


run(a_cancellation_is_undone, a_new_payment_is_undone, a_collection_is_undone, each_choice_does_what_it_says)
