# SPDX-License-Identifier: GPL-3.0-or-later
"""Patients are notified: what goes out is shown before, goes to a mail server, and what became of it is seen and said."""

import os
import subprocess

import clinic
from billing_desktop import HERE, wait_until
from billing_test import run
from billing_window import Window


class Server:
    """A mail server of the test's own (tests/mail/smtp-server.py), and what it took."""

    def __init__(self, desktop, *arguments):
        self.path = desktop.path(f'smtp-{"-".join(arguments)}')
        script = os.path.join(HERE, '..', 'mail', 'smtp-server.py')
        with open(self.path, 'w', encoding='utf-8') as out:
            desktop.start('/usr/bin/python3', '-B', script, '--stay', *arguments, stdout=out, stderr=subprocess.DEVNULL)
        self.port = wait_until(self.read, 'the mail server')[0]

    def read(self):
        with open(self.path, encoding='utf-8') as out:
            return out.read().splitlines()

    def get_messages(self):
        return self.read()[1:]


def make(desktop, server):
    """Ana and Bob have an invoice each, and Bob no e-mail address."""
    clinic.make(desktop, clinic.PATIENTS, clinic.TREATMENTS)
    for name, code in (('General Service', '99213'), ('Short Visit', '99212')):
        desktop.ctl('rate', 'create', '--name', name, '--code', code, '--invoiced', 'yes', '--amount', '125.00', '--date', '2026-01-01')
    desktop.ctl('service', 'make')
    desktop.ctl('invoice', 'create', '--services', ' '.join(row['number'] for row in desktop.list('services')))
    use(desktop, server)


def use(desktop, server):
    desktop.ctl('mail', 'settings', '--via', 'smtp', '--from-address', 'office@clinic.example', '--host', '127.0.0.1', '--port', server.port,
                '--security', 'none')


def open_window(desktop):
    return Window(desktop, '--practice', desktop.practice)


def notify(window, patient):
    """*Send…* of the invoice of a patient."""
    window.press('list item', 'Invoices')
    window.press('page tab', 'Invoiced', window.find('page tab list', 'Tabs'))
    window.select('Invoices', patient)
    window.press('push button', 'Print or Send')
    window.press('menu item', 'Send…')
    return window.find_frame('Notify Patients')


def show_messages(window):
    window.press('list item', 'Administration')
    return window.open_by_button('Show', 'Messages')


def an_invoice_is_sent(desktop):
    """The e-mail is shown with its real values, and goes out; the list of messages and the books say that it was sent, once."""
    server = Server(desktop)
    make(desktop, server)
    with open_window(desktop) as window:
        dialog = notify(window, 'Ana Mejía')
        window.find_text('Ana Mejía <ana@example.com>', dialog)
        window.find_text('Dear Ana Mejía,', dialog)
        window.find_text('$125.00', dialog)
        window.press_button('Send 1 E-mail', dialog)
        window.wait_for_frame_to_go('Notify Patients')
        messages = show_messages(window)
        window.find_text('Sent', messages)
        wait_until(lambda: [row['state'] for row in desktop.list('messages')] == ['sent'], 'the message is sent')

    assert [line.split()[1] for line in server.get_messages()] == ['ana@example.com']
    assert 'message-sent' in [row['what'] for row in desktop.list('timeline', '--subject', desktop.list('messages')[0]['invoice'])]


def who_is_left_out_is_said(desktop):
    """Nothing goes out to somebody whose address is not known, and the dialog says so."""
    make(desktop, Server(desktop))
    with open_window(desktop) as window:
        dialog = notify(window, 'Bob Stone')
        window.find_text('No e-mail goes out', dialog)
        window.find_text('No e-mail address of Bob Stone is known.', dialog)


def a_lost_answer_is_resolved(desktop):
    """Where the server’s answer was lost, the message asks a person, and goes again only when they say so, under the same id."""
    lost = Server(desktop, '--lose')
    make(desktop, lost)
    with open_window(desktop) as window:
        window.press_button('Send 1 E-mail', notify(window, 'Ana Mejía'))
        window.wait_for_frame_to_go('Notify Patients')
        messages = show_messages(window)
        window.find_text('its answer was lost', messages)
        good = Server(desktop)
        use(desktop, good)
        window.press_button('Send Again', messages)
        wait_until(lambda: good.get_messages(), 'the message goes out again')
        window.find_text('Sent', messages)

    assert good.get_messages() == lost.get_messages()


run(an_invoice_is_sent, who_is_left_out_is_said, a_lost_answer_is_resolved)
