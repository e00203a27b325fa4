# SPDX-License-Identifier: GPL-3.0-or-later
"""A payment from the estimate to the money: asked for, sent as a link, and paid on the page behind it."""

import clinic
from billing_desktop import wait_until
from billing_sandbox import KEY, Sandbox
from billing_test import run
from billing_window import Window


def connect(desktop):
    """The practice is connected to a Stripe of its own."""
    sandbox = Sandbox(desktop)
    desktop.ctl('key', 'set', '--stripe-url', sandbox.url, passphrase=KEY)
    return sandbox


def open_window(desktop, sandbox):
    return Window(desktop, '--practice', desktop.practice, '--stripe-url', sandbox.url)


def sync(window):
    """Now, and not when it is time."""
    window.press_button('Sync Status')
    window.press_button('Sync Now')


def get_link(desktop):
    """The newest one."""
    return desktop.list('links', '--sort', '-created')[0]


def make_link(desktop, window):
    """The day until which it can be paid is proposed; once Stripe has answered, the pane shows where."""
    window.press_button('Make Link')
    popover = window.find_entry('Can be paid until')
    while popover.get_name() != 'GtkPopover':
        popover = popover.get_parent()
    window.press_button('Make Link', popover)
    window.find('push button', 'Copy link')
    link = get_link(desktop)
    assert link['state'] == 'open', link
    window.find_text(link['url'])
    return link['url']


def create_draft(window):
    """From an estimate, which is worth 40.00 and a fifth of the other 40.00 and 25.00."""
    window.press_button('Create Payment')
    dialog = window.find_frame('Create Payment')
    window.write('Patient', 'stone', dialog)
    window.press('list item', 'Bob Stone', dialog)
    window.choose('Treatment', 'TRT-002', dialog)
    window.choose('Payment Type', 'Office Visit', dialog)
    window.find_text('ACME HEALTH', dialog)
    receipt = window.find('list', 'How It Adds Up', dialog)
    for line in ('$80.00', '$40.00', '$8.00', '$25.00'):
        window.find_text(line, receipt)
    window.find_text('$73.00', dialog)
    window.find_text('based on eligibility benefit information only', dialog)
    window.press_button('Use this amount', dialog)
    window.press_button('Save as Draft', dialog)
    window.wait_for_frame_to_go('Create Payment')


def a_link_is_paid_that_was_made_from_an_estimate(desktop):
    """The insurer's answer says what a visit will cost the patient; that is asked for, first as a draft. Stripe's page behind
    the link takes the money, and at the next sync the payment is Paid and its link closed."""
    clinic.make(desktop, clinic.PATIENTS, clinic.TREATMENTS)
    clinic.insure(desktop)
    sandbox = connect(desktop)
    with open_window(desktop, sandbox) as window:
        create_draft(window)
        window.find_row('Payments', 'PAY-001, Bob Stone, $73.00, Draft')
        window.press_button('Submit')
        window.find('push button', 'Status Pending')

        visit = sandbox.visit(make_link(desktop, window))
        assert '$73.00' in sandbox.pay(visit)
        sync(window)
        window.find('push button', 'Status Paid')
        window.find_text(': paid', window.find('panel', 'Payment link'))
        window.find_row('Payments', 'PAY-001, Bob Stone, $73.00, Paid')
        wait_until(desktop.notifications.read, 'a notification')

    payment = desktop.show('PAY-001')
    assert (payment['tender'], payment['collected'], payment['treatment']) == ('stripe', 7300, 'TRT-002'), payment
    assert (get_link(desktop)['state'], get_link(desktop)['why']) == ('closed', 'paid')
    assert desktop.notifications.read() == ['PAY-001 was paid']


def the_menu_of_a_row_makes_a_link(desktop):
    """By the keyboard: the menu of the row in the list opens what asks until when, and Enter makes the link."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50')
    sandbox = connect(desktop)
    with open_window(desktop, sandbox) as window:
        window.find_row('Payments', 'PAY-001')
        window.focus('Elm Clinic')
        window.keys('ctrl+f')
        window.keys('Return')
        window.keys('Return')
        window.find('push button', 'Make Link')
        window.keys('shift+F10')
        window.press('menu item', 'Make Payment Link')
        window.find_entry('Can be paid until')
        window.keys('Return')
        window.find('push button', 'Copy link')

    assert get_link(desktop)['state'] == 'open'


def money_that_comes_twice_is_given_back(desktop):
    """While the desk takes cash, somebody pays by the link. Nothing is owed any more when Stripe tells of it, so it is credit:
    the pane says so, and *Refund* gives it back."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50')
    sandbox = connect(desktop)
    with open_window(desktop, sandbox) as window:
        window.select('Payments', 'PAY-001')
        visit = sandbox.visit(make_link(desktop, window))
        window.press_button('Collect')
        dialog = window.find_frame('Collect')
        sandbox.pay(visit)
        window.press_button('Collect', dialog)
        window.wait_for_frame_to_go('Collect')
        window.find('push button', 'Status Paid')

        sync(window)
        late = window.find('panel', 'Late money')
        window.find_text('$120.50 came late or twice', late)
        window.press_button('Refund', late)
        window.find_text('went back to the patient', late)
        window.wait_for_end_of('push button', 'Keep', late)

    payment = desktop.show('PAY-001')
    assert (payment['status'], payment['collected'], payment['refunded']) == ('paid', 12050, 0)
    assert [patient['credit'] for patient in desktop.list('patients')] == [0, 0, 0]


run(a_link_is_paid_that_was_made_from_an_estimate, the_menu_of_a_row_makes_a_link, money_that_comes_twice_is_given_back)
