# SPDX-License-Identifier: GPL-3.0-or-later
"""The General tab of the Stripe Dashboard: what needs somebody is dealt with, Today leads there, and the account is Stripe's."""

import time

import clinic
from billing_sandbox import KEY, Sandbox
from billing_test import run
from billing_window import Window

NUMBER = 'Stripe is still missing: an identity number'
WEBSITE = 'Stripe needs: the business’s website'
DAY = 86400


def open_window(desktop, **account):
    """A practice that is connected to a Stripe which says this of the account, and its window."""
    clinic.make(desktop, clinic.PATIENTS)
    sandbox = Sandbox(desktop)
    if account:
        sandbox.post('/sandbox/account', **account)
    desktop.ctl('key', 'set', '--stripe-url', sandbox.url, passphrase=KEY)
    desktop.ctl('sync', '--stripe-url', sandbox.url)
    return Window(desktop, '--practice', desktop.practice, '--stripe-url', sandbox.url)


def open_window_with_wants(desktop):
    return open_window(desktop, past_due='individual.id_number', currently_due='individual.id_number,business_profile.url',
                       current_deadline=int(time.time()) + 2 * DAY)


def expect_rows(window, *parts):
    """The notifications in the list are these, in any order."""
    window.expect(lambda: sorted(row.split(', ')[0] for row in window.read_rows('Notifications')), sorted(parts),
                  'the notifications in the list')


def expect_state(window, part, state):
    window.expect(lambda: [row.split(', ')[1] for row in window.read_rows('Notifications') if part in row], [state],
                  f'how “{part}” stands')


def show(window, which):
    """Lists open, snoozed, done or all notifications."""
    window.click(window.find('combo box', 'Which Notifications'))
    window.keys('Home', *['Down'] * ['Open', 'Snoozed', 'Done', 'All'].index(which), 'Return')


def a_notification_is_dealt_with(desktop):
    """Opening it marks it as read; done, it leaves the list; Undo brings it back, and done again it stays away, in the practice."""
    with open_window_with_wants(desktop) as window:
        window.show_section('General', 'Notifications', 'Notifications')
        expect_rows(window, NUMBER, WEBSITE)
        expect_state(window, NUMBER, 'New')
        window.select('Notifications', NUMBER)
        window.find_text('Stripe limits what the account may do until it has it.')
        expect_state(window, NUMBER, 'Open')
        expect_state(window, WEBSITE, 'New')

        window.press_for('Done', lambda: window.look_for_text('Notification done'), 'the toast')
        expect_rows(window, WEBSITE)
        window.press_for('_Undo Undo', lambda: len(window.read_rows('Notifications')) == 2, 'the notification that is back')
        expect_rows(window, NUMBER, WEBSITE)

        window.select('Notifications', WEBSITE)
        window.select('Notifications', NUMBER)
        window.press_for('Done', lambda: len(window.read_rows('Notifications')) == 1, 'the notification that is dealt with')
        expect_rows(window, WEBSITE)

    states = {notice['detail']: notice['state'] for notice in
              desktop.list('notifications', '--status', 'new,read,snoozed,done,ended')}
    assert states == {'individual.id_number': 'done', 'business_profile.url': 'read'}, states


def a_notification_waits_until_tomorrow(desktop):
    """Snoozed, it leaves the list of what is open, and stands in the list of what is snoozed until somebody wants it back."""
    with open_window_with_wants(desktop) as window:
        window.show_section('General', 'Notifications', 'Notifications')
        window.select('Notifications', WEBSITE)
        window.find_text('Without it, payments and payouts will be switched off.')
        expect_state(window, WEBSITE, 'Open')
        window.choose_in_popover('Snooze', 'Tomorrow', lambda: len(window.read_rows('Notifications')) == 1,
                                 'the notification that is out of sight')
        expect_rows(window, NUMBER)
        window.find_text('Out of sight until')

        show(window, 'Snoozed')
        expect_rows(window, WEBSITE)
        window.select('Notifications', WEBSITE)
        window.press_for('Show Again Now', lambda: window.look_for('push button', 'Show Again Now') is None,
                         'the notification that is open again')
        show(window, 'Open')
        expect_rows(window, NUMBER, WEBSITE)


def today_leads_to_what_it_counts(desktop):
    """Where something is open Today says so, and its row leads there; where nothing is, there is a tick and nothing to be done."""
    with open_window_with_wants(desktop) as window:
        window.show_section('General', 'Today')
        window.find_text('things are to be looked at')
        window.find('list item', 'Disputes to answer, None needs an answer, nothing to do')
        row = window.find('list item', 'Open notifications: 2, 2 of them urgent, to be looked at')
        window.click(row)
        window.expect_section('Notifications')
        expect_rows(window, NUMBER, WEBSITE)

        window.click(window.find_rows('Notifications').get_child_at_index(window.find_row('Notifications', NUMBER)))
        window.keys('Delete')
        expect_rows(window, WEBSITE)
        window.show_section('General', 'Today')
        window.find('list item', 'Open notifications: 1, 1 of them urgent, to be looked at')


def nothing_needs_anybody(desktop):
    """An account that is in order has nothing in its list, and the list says so."""
    with open_window(desktop) as window:
        window.show_section('General', 'Notifications')
        window.find_text('Nothing Needs You')
        window.show_section('General', 'Today')
        window.find_text('Everything is in order')


def the_account_is_what_stripe_says(desktop):
    """What Stripe says of the account, in plain words; who works here; which key it is; and where each of it is changed."""
    with open_window(desktop, past_due='individual.id_number', payouts_enabled='false',
                     disabled_reason='requirements.past_due', capabilities='card_payments=active,transfers=pending') as window:
        window.show_section('General', 'Account Management')
        for row in ('Account: Sandbox Clinic', 'Payments: On', 'Payouts: Switched off',
                    'Why: information that Stripe asked for is overdue.', 'Type of business: Company',
                    'Profession: Doctors and physicians (8011)', 'Support email: Not set', 'Schedule: Every working day',
                    'On payers’ statements: SANDBOX CLINIC'):
            window.find('list item', row)
        for text in ('An identity number', 'Overdue', 'Payments by card', 'Active', 'Transfers into the account', 'Pending',
                     'STRIPE TEST BANK ···· 6789', 'Secret key ···· 4242', 'What the Key May Do', 'Administrator'):
            window.find_text(text)
        for button in ('Open Business Details in Stripe', 'Open Public Details in Stripe', 'Open Payout Settings in Stripe',
                       'Open Sign-In in Stripe', 'Open Team in Stripe', 'Open Keys in Stripe'):
            window.find('push button', button)

    account = desktop.show('account')
    assert (account['id'], account['payouts-enabled'], account['mcc']) == ('acct_1SandboxClinic0001', 'false', '8011')
    assert [(bank['bank'], bank['last4']) for bank in account['banks']] == [('STRIPE TEST BANK', '6789')]


run(a_notification_is_dealt_with, a_notification_waits_until_tomorrow, today_leads_to_what_it_counts, nothing_needs_anybody,
    the_account_is_what_stripe_says)
