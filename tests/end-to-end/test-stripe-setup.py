# SPDX-License-Identifier: GPL-3.0-or-later
"""How a practice is connected to Stripe, and what the window says of it from then on."""

import clinic
from billing_sandbox import KEY, RESTRICTED_KEY, Sandbox
from billing_test import run
from billing_window import Window


def open_window(desktop, sandbox):
    return Window(desktop, '--practice', desktop.practice, '--stripe-url', sandbox.url)


def connect(window, key):
    """Goes to Billing Setup, and enters a key as a person pastes it."""
    window.press('list item', 'Administration')
    window.write('Secret key', key)
    window.press_button('Connect')


def expect_state(window, words):
    """What stands at the bottom of the sidebar, as a screen reader says it."""
    button = window.find('push button', 'Sync Status')
    window.expect(button.get_description, words, 'the state of the sync')


def open_queue(window):
    """A pointer that has not moved since a window over it went presses nothing."""
    window.desktop.run('xdotool', 'mousemove', '640', '400')
    window.press_button('Sync Status')
    return window.open_by_button('Open Queue', 'Waiting for Stripe')


def a_key_connects_the_practice(desktop):
    """A key that is none, and one that Stripe does not know, are refused where they were entered, in a sentence, and nothing is kept.
    The right one shows whose it is, in which mode and what it may do; after that the window says when it synced."""
    clinic.make(desktop, clinic.PATIENTS)
    sandbox = Sandbox(desktop)
    with open_window(desktop, sandbox) as window:
        expect_state(window, 'Not connected')
        connect(window, 'pk_test_51SandboxOfATest4242')
        window.find_text('This is a publishable key')
        # Another program comes and goes, and must not take the mirror's journal from the window.
        assert desktop.list('outbox') == []

        connect(window, 'sk_live_51SandboxOfATest4242')
        window.find_text('Stripe does not')
        window.find('password text', 'Secret key')

        connect(window, KEY)
        window.find_text('Sandbox Clinic')
        window.find_text('Secret key ···· 4242')
        window.find_text('In this computer’s keyring')
        window.find_text('TEST MODE')
        window.find_text('Everything')
        expect_state(window, 'Synced just now')

    # The key is in the keyring, and nowhere in the practice: the next window finds it by itself.
    with open_window(desktop, sandbox) as window:
        expect_state(window, 'Synced just now')
        window.find_text('TEST MODE')
    desktop.run('sh', '-c', f'! grep -r {KEY} {desktop.practice} {desktop.folder}/data')


def a_restricted_key_says_what_it_may_not(desktop):
    """A restricted key connects too; what it may not read is named, with Stripe's reason, and what it may change is said to be known
    only once it is tried."""
    clinic.make(desktop, clinic.PATIENTS)
    sandbox = Sandbox(desktop)
    sandbox.fail('/v1/payouts', 403)
    with open_window(desktop, sandbox) as window:
        connect(window, RESTRICTED_KEY)
        window.find_text('Restricted key ···· 0007')
        window.click(window.find_text('1 thing is not allowed; what needs it is left out'))
        window.find_text('The provided key does not have the required permissions for this endpoint.')
        window.find_text('Known only once it is tried')


def a_refused_key_asks_to_be_replaced(desktop):
    """When Stripe stops taking the key, every page says so with the button that deals with it; another key ends it."""
    clinic.make(desktop, clinic.PATIENTS)
    sandbox = Sandbox(desktop)
    with open_window(desktop, sandbox) as window:
        connect(window, KEY)
        expect_state(window, 'Synced just now')
        sandbox.fail('/v1/events', 401, times=1)
        window.press_button('Sync Now')
        expect_state(window, 'Key refused')

        window.show_page('Patients')
        window.press_button('Replace Key…')
        dialog = window.find_frame('Replace Key')
        window.write('Secret key', KEY[:-4] + '9999', dialog)
        window.press_button('Connect', dialog)
        window.wait_for_frame_to_go('Replace Key')
        expect_state(window, 'Synced just now')
        window.press('list item', 'Administration')
        window.find_text('Secret key ···· 9999')


def authorise(desktop, sandbox):
    desktop.ctl('payment', 'authorise', 'PAY-001', '--method', 'pm_card_visa', '--stripe-url', sandbox.url)


def without_a_network_it_waits(desktop):
    """Without a network what is to be told to Stripe waits: the window says how much, the queue what, of which payment and whose."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50')
    sandbox = Sandbox(desktop)
    with open_window(desktop, sandbox) as window:
        connect(window, KEY)
        expect_state(window, 'Synced just now')
        window.find_text('Nothing Waits', open_queue(window))
        window.keys('Escape')
        window.wait_for_frame_to_go('Waiting for Stripe')

        sandbox.end()
        authorise(desktop, sandbox)
        expect_state(window, 'Offline: 1 waits')
        queue = open_queue(window)
        window.find_text('Authorisation · $120.50', queue)
        window.find_text('PAY-001 · Ana Mejía', queue)
        window.find_text('Queued', queue)


def remove_key(window):
    window.press_button('Remove Key…')
    window.find_text('Remove the Key?')
    window.press_button('_Remove the Key Remove the Key')
    expect_state(window, 'Not connected')


def what_was_never_sent_can_be_withdrawn(desktop):
    """A key that is removed is forgotten, after a question; the practice stays with its account, and says of which one it wants a key.
    What is asked for meanwhile waits, and can be taken back; then its payment is as it was."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50')
    sandbox = Sandbox(desktop)
    with open_window(desktop, sandbox) as window:
        connect(window, KEY)
        remove_key(window)
        window.find_text('This practice belongs to the account acct_')
        window.find_text('TEST MODE')

        authorise(desktop, sandbox)
        queue = open_queue(window)
        window.press_for('Withdraw: PAY-001', lambda: window.look_for_text('Withdrawn', queue), 'the withdrawal', queue)
        window.press_for('Open Payment: PAY-001', lambda: not window.has_frame('Waiting for Stripe'),
                         'the end of the queue', queue)
        window.find('push button', 'Status Pending')

    assert [intent['state'] for intent in desktop.list('outbox')] == ['withdrawn']


def whoever_may_not_connect_is_told_who_may(desktop):
    """The front desk sees how the practice stands with Stripe, but no field for a key, and reads for whom that is."""
    clinic.make(desktop, clinic.PATIENTS)
    desktop.ctl('user', 'add', 'frida', '--role', 'front-desk', '--name', 'Frida', '--passphrase',
                passphrase='green door\n')
    sandbox = Sandbox(desktop)
    with open_window(desktop, sandbox) as window:
        window.find_text('Administrator')
        window.press_button('Main Menu')
        window.press('menu item', 'Sign In…')
        window.find_text('What you do from now on is written down under this name.')
        window.write('Account', 'frida')
        window.write('Passphrase', 'green door')
        window.press_button('_Sign In Sign In')
        window.find_text('Frida · Front desk')
        window.press('list item', 'Administration')
        window.find_text('“Connect Stripe” is for: Administrator.')
        assert window.look_for('password text', 'Secret key') is None


run(a_key_connects_the_practice, a_restricted_key_says_what_it_may_not, a_refused_key_asks_to_be_replaced,
    without_a_network_it_waits, what_was_never_sent_can_be_withdrawn, whoever_may_not_connect_is_told_who_may)
