# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may do what."""

import clinic
from billing_test import run
from billing_window import Window, is_sensitive


def the_front_desk_may_not_refund(desktop):
    """Somebody of the front desk signs in, sees the payment and collects, but is told in one sentence, on the button,
    that refunds are for others; nothing is refunded, and what was done stands under the right name."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50')
    desktop.ctl('user', 'add', 'frida', '--role', 'front-desk', '--name', 'Frida', '--passphrase',
                passphrase='green door\n')
    with Window(desktop, '--practice', desktop.practice) as window:
        window.find_text('Administrator')
        window.sign_in('frida', 'green door')
        window.find_text('Frida · Front desk')

        window.select('Payments', 'PAY-001')
        window.press_button('Collect')
        dialog = window.find_frame('Collect')
        window.press_button('Collect', dialog)
        window.wait_for_frame_to_go('Collect')
        window.find('push button', 'Status Paid')

        button = window.find('push button', 'Refund')
        window.expect(button.get_description, '“Refund” is for: Biller, Manager, Administrator. Your role is Front desk; '
                      'nothing was changed.', 'why it cannot be refunded')
        assert not is_sensitive(button)
        window.click(button)
        assert not window.has_frame('Refund')

    assert desktop.list('refunds') == []
    assert desktop.show('PAY-001')['status'] == 'paid'


def a_wrong_passphrase_changes_nobody(desktop):
    """Whoever does not know the passphrase stays who they were."""
    clinic.make(desktop, clinic.PATIENTS)
    desktop.ctl('user', 'add', 'frida', '--role', 'front-desk', '--name', 'Frida', '--passphrase',
                passphrase='green door\n')
    with Window(desktop, '--practice', desktop.practice) as window:
        window.find_text('Administrator')
        window.sign_in('frida', 'red door')
        window.find_text('passphrase', window.find_frame('Elm Clinic'))
        window.find_text('Administrator')


run(the_front_desk_may_not_refund, a_wrong_passphrase_changes_nobody)
