# SPDX-License-Identifier: GPL-3.0-or-later
"""Disputes: answered with a file, accepted, billed again after they were lost, and that there are none."""

import clinic
from billing_desktop import wait_until
from billing_sandbox import KEY, Sandbox
from billing_test import run
from billing_window import Window

PDF = '%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n'
AGREED = 'The patient was told the amount and signed for it.'


def connect(desktop, card=None):
    """A practice connected to a Stripe of its own, whose one payment its payer disputes."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50')
    sandbox = Sandbox(desktop)
    if card is not None:
        sandbox.collect_for(desktop.show('PAY-001'), card)
        # The bank takes some seconds; what it says after a sync comes with the next one, a minute later.
        wait_until(lambda: sandbox.ask('/v1/disputes')['data'], 'the dispute')
    desktop.ctl('key', 'set', '--stripe-url', sandbox.url, passphrase=KEY)
    return sandbox


def open_window(desktop, sandbox):
    """GTK's file chooser leaks on its own."""
    return Window(desktop, '--practice', desktop.practice, '--stripe-url', sandbox.url, leaks=False)


def show_disputes(window, part=None):
    """Goes to the section, and to the dispute that says this."""
    button = window.find('push button', 'Sync Status')
    window.expect(button.get_description, 'Synced just now', 'the state of the sync')
    window.show_section('Payments', 'Disputes', 'Disputes')
    if part is not None:
        window.select('Disputes', part)


def get_dispute(sandbox):
    return sandbox.ask('/v1/disputes')['data'][0]


def expect_at_stripe(window, sandbox, **wanted):
    """Waits until the one dispute there is so."""
    def ask():
        dispute = get_dispute(sandbox)
        found = {**dispute, **dispute['evidence'], **dispute['evidence_details']}
        return {name: found[name] for name in wanted}
    window.expect(ask, wanted, 'the dispute at Stripe')


def attach(window, dialog, slot, path):
    """Chooses a file of the computer, as somebody does who knows where it is."""
    window.press_button(f'Choose File for {slot}', dialog)
    window.press('menu item', 'From a File…')
    window.find_frame('Choose a File')
    window.focus('Choose a File')
    window.type(path)
    window.keys('Return')
    window.wait_for_frame_to_go('Choose a File')


def write_answer(window, dialog, desktop):
    """What the books know, then a text and a file; a text that looks clinical is warned of until it is gone."""
    window.press_button('Fill In from Billing', dialog)
    window.write('Anything else', 'Treated for M54.5 that day.', dialog)
    window.find_text('“M54.5”', dialog)
    window.write('Anything else', AGREED, dialog)
    window.expect(lambda: window.look_for_text('This looks clinical', dialog), None, 'the warning')
    attach(window, dialog, 'Signature of the customer', clinic.write(desktop, 'agreement.pdf', PDF))
    window.find_text('agreement.pdf', dialog)


def a_dispute_is_answered_with_a_file(desktop):
    """The draft is kept here and at Stripe, which submits nothing; then all of it is read once more and submitted, once."""
    sandbox = connect(desktop, 'pm_card_createDispute')
    with open_window(desktop, sandbox) as window:
        show_disputes(window, 'Needs an answer')
        window.find_text(' days left')
        dialog = window.open_by_button('Answer…', 'Answer Dispute')
        write_answer(window, dialog, desktop)
        window.press_button('Save Draft', dialog)
        window.find_text('kept here and at Stripe', dialog)
        expect_at_stripe(window, sandbox, status='needs_response', uncategorized_text=AGREED, customer_name='Ana Mejía',
                         submission_count=0)
        assert get_dispute(sandbox)['evidence']['customer_signature'].startswith('file_')

        window.press_button('Review and Submit…', dialog)
        window.find('list item', 'Anything else', dialog)
        window.find('list item', 'Signature of the customer', dialog)
        window.press('check box', 'I have read this', dialog)
        window.press_button('Submit Answer', dialog)
        window.wait_for_frame_to_go('Answer Dispute')
        expect_at_stripe(window, sandbox, status='under_review', uncategorized_text=AGREED, submission_count=1)
        window.find_row('Disputes', 'Under review')
        window.find_text('The answer was submitted on')
        window.find('push button', 'See Answer')
        assert window.look_for('push button', 'Accept…') is None

    assert [entry['verb'] for entry in desktop.list('audit')].count('dispute-submit') == 1


def what_was_written_is_kept(desktop):
    """A file that Stripe would not take is refused. A window that is closed keeps the draft; the next time it is there, as it was
    written."""
    sandbox = connect(desktop, 'pm_card_createDispute')
    with open_window(desktop, sandbox) as window:
        show_disputes(window, 'Needs an answer')
        dialog = window.open_by_button('Answer…', 'Answer Dispute')
        window.write('Anything else', AGREED, dialog)
        attach(window, dialog, 'Signature of the customer', clinic.write(desktop, 'agreement.txt', AGREED))
        window.find_text('“agreement.txt” is neither a PDF nor a picture', dialog)
        window.focus('Answer Dispute')
        window.keys('Escape')
        window.wait_for_frame_to_go('Answer Dispute')
        dialog = window.open_by_button('Continue Answer…', 'Answer Dispute')
        entry = window.find_entry('Anything else', dialog)
        window.expect(lambda: entry.get_text(0, -1), AGREED, 'the text')
        expect_at_stripe(window, sandbox, status='needs_response', submission_count=0)
        window.focus('Answer Dispute')
        window.keys('Escape')
        window.wait_for_frame_to_go('Answer Dispute')


def a_dispute_is_accepted(desktop):
    """Accepting asks first, says the amount and that it cannot be undone, and then it is lost."""
    sandbox = connect(desktop, 'pm_card_createDispute')
    with open_window(desktop, sandbox) as window:
        show_disputes(window, 'Needs an answer')
        window.press_for('Accept…', lambda: window.look_for_text('Accept This Dispute?'), 'the question')
        window.find_text('$120.50 stays with the cardholder')
        window.press_button('_Accept Dispute Accept Dispute')
        window.find_row('Disputes', 'Lost')
        expect_at_stripe(window, sandbox, status='lost', submission_count=0)
        window.find('push button', 'Bill Again')
        window.press('list item', 'Transaction at Stripe')
        window.expect_section('Payments')
        window.find_text('Visa ···· 0259')


def lose(desktop):
    """A practice whose one payment was taken back for good."""
    sandbox = connect(desktop, 'pm_card_createDisputeProductNotReceived')
    sandbox.post(f'/v1/disputes/{get_dispute(sandbox)["id"]}/close')
    return sandbox


def what_was_lost_is_billed_again(desktop):
    """The patient is asked once more by a payment of its own, to which the dispute leads."""
    sandbox = lose(desktop)
    with open_window(desktop, sandbox) as window:
        show_disputes(window, 'Lost')
        window.find_text('In all')
        window.press_for('Bill Again', lambda: window.look_for('push button', 'Show New Payment'), 'the new payment')
        window.press_button('Show New Payment')
        window.find('push button', 'Status Pending')

    payment = desktop.show('PAY-002')
    assert (payment['amount'], payment['status'], payment['patient-name']) == (12050, 'pending', 'Ana Mejía')


def what_was_lost_is_written_off(desktop):
    """Asked first, and once: then nothing more can be done about it, and nobody is asked for the money."""
    sandbox = lose(desktop)
    with open_window(desktop, sandbox) as window:
        show_disputes(window, 'Lost')
        window.press_for('Write Off…', lambda: window.look_for_text('Write Off What Was Lost?'), 'the question')
        window.find_text('$120.50 that the dispute took is given up: the patient is not asked for it again.')
        window.press_button('_Write Off Write Off')
        window.find_text('What was lost is written off.')
        window.wait_for_end_of('push button', 'Bill Again')

    assert [entry['verb'] for entry in desktop.list('audit')].count('dispute-write-off') == 1
    assert [payment['number'] for payment in desktop.list('payments')] == ['PAY-001']


def without_disputes_that_is_said(desktop):
    """Where there are none, the page says that this is good, and what one is."""
    sandbox = connect(desktop)
    with open_window(desktop, sandbox) as window:
        window.show_section('Payments', 'Disputes')
        window.find_text('No Disputes')
        window.find_text('A dispute is a payment that the payer’s bank takes back')


run(a_dispute_is_answered_with_a_file, what_was_written_is_kept, a_dispute_is_accepted, what_was_lost_is_billed_again,
    what_was_lost_is_written_off, without_disputes_that_is_said)
