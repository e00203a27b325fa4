# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop hears of Stripe: of what wants somebody, each once, and only of what the person wants to hear."""

import clinic
from billing_desktop import wait_until
from billing_sandbox import KEY, Sandbox
from billing_test import run
from billing_window import Window


def connect(desktop):
    """The practice is connected to a Stripe of its own, and up to date with it."""
    clinic.make(desktop, clinic.PATIENTS)
    sandbox = Sandbox(desktop)
    desktop.ctl('key', 'set', '--stripe-url', sandbox.url, passphrase=KEY)
    desktop.ctl('sync', '--stripe-url', sandbox.url)
    return sandbox


def open_window(desktop, sandbox):
    return Window(desktop, '--practice', desktop.practice, '--stripe-url', sandbox.url)


def expect_told(desktop, *titles):
    wait_until(lambda: len(desktop.notifications.read()) >= len(titles), 'the desktop’s notifications')
    assert desktop.notifications.read() == list(titles), desktop.notifications.read()


def the_desktop_hears_once(desktop):
    """What came while no window was open is told by the next one, several in one sentence, and by no window after that; what comes
    while one is open is told at its sync, without a name or an amount."""
    sandbox = connect(desktop)
    sandbox.post('/sandbox/account', past_due='external_account', payouts_enabled='false')
    desktop.ctl('sync', '--stripe-url', sandbox.url)
    with open_window(desktop, sandbox):
        expect_told(desktop, 'Stripe: 2 urgent notifications')

    with open_window(desktop, sandbox) as window:
        sandbox.post('/sandbox/account', charges_enabled='false')
        window.press_button('Sync Status')
        window.press_button('Sync Now')
        expect_told(desktop, 'Stripe: 2 urgent notifications', 'Stripe: Payments switched off')

    assert all(notice['told-at'] for notice in desktop.list('notifications') if notice['urgent'])


run(the_desktop_hears_once)
