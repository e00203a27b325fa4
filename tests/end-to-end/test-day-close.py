# SPDX-License-Identifier: GPL-3.0-or-later
"""The close of a day in the window: counted blind, compared, closed; then nobody posts on it any more."""

import clinic
from billing_test import run
from billing_window import Window


def make(desktop):
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120')
    clinic.create_payment(desktop, '2', '80')
    clinic.create_payment(desktop, '3', '45.50')
    desktop.ctl('payment', 'collect', 'PAY-001', '--tender', 'cash')
    desktop.ctl('payment', 'collect', 'PAY-002', '--tender', 'cheque')


def a_day_is_counted_compared_and_closed(desktop):
    """What should be there is said only after the count; a variance needs a reason; the totals are those of the ledger; then the day is
    locked, and the command line refuses what is posted on it."""
    make(desktop)
    with Window(desktop, '--practice', desktop.practice) as window:
        window.press('list item', 'Reports')
        dialog = window.open_by_button('Close Day…', 'Close Day')
        assert window.look_for_text('$120.00', dialog) is None
        window.write('Counted cash', '119', dialog)
        window.press_button('Compare', dialog)
        window.find_text('Counted: $119.00. Expected by the books: $120.00. $1.00 is missing.', dialog)
        window.write('Reason for the variance', 'Wrong change', dialog)
        window.press_button('Close Day', dialog)
        window.find_text('unless a manager reopens it', dialog)
        window.find('push button', 'Print Deposit Slip…', dialog)
        window.find_text('Cheques · ', dialog)

    [close] = desktop.list('day-closes')
    assert (close['expected'], close['counted'], close['variance'], close['reason']) == (12000, 11900, -100, 'Wrong change'), close
    totals = {total['account']: total['amount'] for total in desktop.list('day-totals')}
    assert totals == {'cash': 12000, 'cheques': 8000}, totals
    try:
        desktop.ctl('payment', 'collect', 'PAY-003', '--tender', 'cash')
    except AssertionError as refusal:
        assert 'The books are closed up to' in str(refusal), refusal
    else:
        raise AssertionError('the day is not locked')
    desktop.ctl('day', 'reopen', '--notes', 'A patient came late')
    desktop.ctl('payment', 'collect', 'PAY-003', '--tender', 'cash')


run(a_day_is_counted_compared_and_closed)
