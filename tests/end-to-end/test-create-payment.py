# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking for a payment."""

import clinic
from billing_test import run
from billing_window import Window


def fill_in(window, patient, name, amount):
    dialog = window.find_frame('Create Payment')
    window.write('Patient', patient, dialog)
    window.press('list item', name, dialog)
    window.write('Amount', amount, dialog)
    return dialog


def a_payment_is_created_and_shown(desktop):
    """The patient is found by a part of the name; what was created stands in the list and, without a further step, in
    the pane."""
    clinic.make(desktop, clinic.PATIENTS)
    with Window(desktop, '--practice', desktop.practice) as window:
        window.press_button('Create Payment')
        dialog = fill_in(window, 'mej', 'Ana Mejía', '120.50')
        window.write('Memo', 'First visit', dialog)
        window.press_button('Create', dialog)
        window.wait_for_frame_to_go('Create Payment')

        window.find_row('Payments', 'PAY-001, Ana Mejía, $120.50, Pending')
        window.find('list item', 'Created · $120.50')
        window.find('push button', 'Status Pending')
        window.find('list item', 'Memo: First visit')

    payment = desktop.show('PAY-001')
    assert (payment['status'], payment['amount'], payment['memo']) == ('pending', 12050, 'First visit')


def a_draft_is_submitted(desktop):
    """A draft is asked for only when it is submitted."""
    clinic.make(desktop, clinic.PATIENTS)
    with Window(desktop, '--practice', desktop.practice) as window:
        window.press_button('Create Payment')
        dialog = fill_in(window, 'stone', 'Bob Stone', '80')
        window.press_button('Save as Draft', dialog)
        window.wait_for_frame_to_go('Create Payment')
        window.find_row('Payments', 'PAY-001, Bob Stone, $80.00, Draft')
        assert desktop.show('PAY-001')['status'] == 'draft'

        window.select('Payments', 'PAY-001')
        window.press_button('Submit')
        window.find('push button', 'Status Pending')
        window.find_row('Payments', 'PAY-001, Bob Stone, $80.00, Pending')

    assert desktop.show('PAY-001')['status'] == 'pending'


def what_is_missing_is_said_where_it_is_missing(desktop):
    """Without a patient and an amount nothing is created, and the dialog says so and stays."""
    clinic.make(desktop, clinic.PATIENTS)
    with Window(desktop, '--practice', desktop.practice) as window:
        window.press_button('Create Payment')
        dialog = window.find_frame('Create Payment')
        window.write('Amount', '12,,5', dialog)
        window.press_button('Create', dialog)
        window.find_text('patient', dialog)
        assert window.has_frame('Create Payment')

    assert desktop.list('payments') == []


def keys_alone_are_enough(desktop):
    """Control and N, a name, Enter, an amount, Enter: a payment, without a pointer.  Control and Q ends the program."""
    clinic.make(desktop, clinic.PATIENTS)
    with Window(desktop, '--practice', desktop.practice) as window:
        window.find('push button', 'Create Payment')
        window.focus('Elm Clinic')
        window.keys('ctrl+n')
        dialog = window.find_frame('Create Payment')
        window.focus('Create Payment')
        window.type('stone')
        window.find('list item', 'Bob Stone', dialog)
        window.keys('Return')
        window.wait_for_end_of('list item', 'Bob Stone', dialog)
        window.keys('Tab')
        window.type('33.10')
        window.keys('Return')
        window.wait_for_frame_to_go('Create Payment')
        window.find_row('Payments', 'PAY-001, Bob Stone, $33.10, Pending')
        window.focus('Elm Clinic')
        window.keys('ctrl+q')
        window.check_end()

    assert [payment['amount'] for payment in desktop.list('payments')] == [3310]


def escape_asks_only_if_something_would_be_lost(desktop):
    """An untouched dialog goes at once; one in which something was written asks first, and can be kept."""
    clinic.make(desktop, clinic.PATIENTS)
    with Window(desktop, '--practice', desktop.practice) as window:
        window.press_button('Create Payment')
        window.find_frame('Create Payment')
        window.focus('Create Payment')
        window.keys('Escape')
        window.wait_for_frame_to_go('Create Payment')

        window.press_button('Create Payment')
        dialog = window.find_frame('Create Payment')
        window.write('Memo', 'Do not lose me', dialog)
        window.keys('Escape')
        window.find_text('Discard What You Wrote?')
        window.press_button('_Keep Writing Keep Writing')
        window.wait_for_frame_to_go('Discard What You Wrote?')
        assert window.has_frame('Create Payment')
        window.focus('Create Payment')
        window.keys('Escape')
        window.find_text('Discard What You Wrote?')
        window.press_button('_Discard Discard')
        window.wait_for_frame_to_go('Create Payment')

    assert desktop.list('payments') == []


run(a_payment_is_created_and_shown, a_draft_is_submitted, what_is_missing_is_said_where_it_is_missing,
    keys_alone_are_enough, escape_asks_only_if_something_would_be_lost)
