# SPDX-License-Identifier: GPL-3.0-or-later
"""The Stripe Dashboard as a whole: what comes first, its tabs and sections, and what a key may not see."""

import clinic
from billing_sandbox import KEY, RESTRICTED_KEY, Sandbox
from billing_test import run
from billing_window import Window


def open_window(desktop, sandbox):
    return Window(desktop, '--practice', desktop.practice, '--stripe-url', sandbox.url)


def connect(window, key):
    window.press('list item', 'Administration')
    window.write('Secret key', key)
    window.press_button('Connect')
    window.find_text('Sandbox Clinic')


def without_a_key_it_says_what_comes_first(desktop):
    """Where there never was a key, the dashboard says what it would show, and leads to where a key is entered."""
    clinic.make(desktop, clinic.PATIENTS)
    with open_window(desktop, Sandbox(desktop)) as window:
        window.press('list item', 'Stripe Dashboard')
        window.find_text('A key of Stripe’s is all that is needed.')
        window.press_button('Billing Setup')
        connect(window, KEY)
        window.press_button('Open Stripe Dashboard')
        window.find_text('Test mode: no real money moves')
        window.find('page tab list', 'Tabs')


def tabs_and_sections_are_reached_by_keys(desktop):
    """Every tab has its sections; Ctrl+Page Down goes through all of them, around and back, and the next window opens where
    this one was."""
    clinic.make(desktop, clinic.PATIENTS)
    sandbox = Sandbox(desktop)
    sections = ['Today', 'Notifications', 'Account Management', 'Payments', 'Payouts', 'Disputes', 'Reconciliation',
                'Tax Settings', 'Tax Registrations', 'Year-End']
    with open_window(desktop, sandbox) as window:
        connect(window, KEY)
        window.focus('Elm Clinic')
        window.keys('alt+5')
        for section in sections:
            window.expect_section(section)
            window.keys('ctrl+Next')
        window.expect_section(sections[0])
        window.keys('ctrl+Prior')
        window.expect_section(sections[-1])
    with open_window(desktop, sandbox) as window:
        window.press('list item', 'Stripe Dashboard')
        window.expect_section(sections[-1])


def a_restricted_key_says_which_permission_it_lacks(desktop):
    """A section that shows what the key may not read names the permission; the others do not speak of it."""
    clinic.make(desktop, clinic.PATIENTS)
    sandbox = Sandbox(desktop)
    sandbox.fail('/v1/payouts', 403)
    with open_window(desktop, sandbox) as window:
        connect(window, RESTRICTED_KEY)
        window.show_section('Payments', 'Payouts')
        window.find_text('The key lacks a permission for this page: “Payouts”.')
        window.find('push button', 'Open Stripe’s Keys')


run(without_a_key_it_says_what_comes_first, tabs_and_sections_are_reached_by_keys,
    a_restricted_key_says_which_permission_it_lacks)
