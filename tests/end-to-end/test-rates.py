# SPDX-License-Identifier: GPL-3.0-or-later
"""Billing rates as the seed has them: made as twins, “Do you need to bill” and “Is Invoiced” switched, priced, retired."""

import clinic
from billing_test import run
from billing_window import Window


def find_rate(desktop, number):
    return desktop.show(number)


def open_rates(window):
    window.press('list item', 'Billing Rates')
    window.find('push button', 'Create Rate')


def twins_are_made_and_priced(desktop):
    """A rate for both kinds of payer is two, which know each other; a price of an insurer's own stands under its day."""
    clinic.make(desktop, clinic.PATIENTS)
    with Window(desktop, '--practice', desktop.practice) as window:
        open_rates(window)
        dialog = window.open_by_button('Create Rate', 'Create Rate')
        window.write('Name', 'General Service', dialog)
        window.write('Code', '99213', dialog)
        window.find('combo box', 'Code system', dialog)  # it moves what is below
        window.choose('Who pays', 'Both', dialog)
        window.press('check box', 'Is Invoiced', dialog)
        window.write('Price', '150', dialog)
        window.press_button('Create Rate', dialog)
        window.wait_for_frame_to_go('Create Rate')
        window.find_text('RATE-001 and RATE-002 created')

        window.select('Billing Rates', 'General Service, CPT 99213, Insurance, Invoiced, $150.00')
        dialog = window.open_by_button('Set Price…', 'Set Price')
        window.write('Price', '120', dialog)
        window.write('Insurer (empty: anybody)', 'Aetna', dialog)
        window.press_button('Set Price', dialog)
        window.wait_for_frame_to_go('Set Price')
        window.find_text('Aetna, from')

    insured, own = find_rate(desktop, 'RATE-001'), find_rate(desktop, 'RATE-002')
    assert (insured['name'], insured['payer-kind'], insured['twin']) == ('General Service', 'insurance', 'RATE-002'), insured
    assert (own['name'], own['payer-kind'], own['twin']) == ('General Service (Self-Pay)', 'self-pay', 'RATE-001'), own
    assert insured['invoiced'] and own['invoiced']
    assert sorted((price['payer'] or '', price['amount']) for price in insured['prices']) == [('', 15000), ('Aetna', 12000)]


def its_switches_are_the_seeds(desktop):
    """“Is Invoiced” needs “Do you need to bill”: with the one off the other cannot be switched."""
    clinic.make(desktop, clinic.PATIENTS)
    desktop.ctl('rate', 'create', '--name', 'Advice', '--amount', '40')
    with Window(desktop, '--practice', desktop.practice) as window:
        open_rates(window)
        window.select('Billing Rates', 'Advice, no code, Self-pay, Billed, $40.00')
        dialog = window.open_by_button('Edit Rate…', 'Edit Rate')
        window.press('check box', 'Is Invoiced', dialog)
        window.press_button('Save', dialog)
        window.wait_for_frame_to_go('Edit Rate')
        window.find_text('RATE-001 · $40.00')
        window.expect(lambda: find_rate(desktop, 'RATE-001')['invoiced'], True, 'whether it is invoiced')

        dialog = window.open_by_button('Edit Rate…', 'Edit Rate')
        window.press('check box', 'Do you need to bill', dialog)
        window.press_button('Save', dialog)
        window.wait_for_frame_to_go('Edit Rate')
        window.expect(lambda: (find_rate(desktop, 'RATE-001')['billable'], find_rate(desktop, 'RATE-001')['invoiced']), (False, False),
                      'what becomes of it')


def one_is_retired_and_brought_back(desktop):
    """It leaves the list of current rates, and Undo brings it back."""
    clinic.make(desktop, clinic.PATIENTS)
    desktop.ctl('rate', 'create', '--name', 'Advice', '--amount', '40')
    with Window(desktop, '--practice', desktop.practice) as window:
        open_rates(window)
        window.select('Billing Rates', 'Advice')
        window.press_button('Retire')
        window.find_text('RATE-001 retired')
        assert find_rate(desktop, 'RATE-001')['retired']
        window.press_button('_Undo Undo')
        window.expect(lambda: find_rate(desktop, 'RATE-001')['retired'], False, 'whether it is retired')


run(twins_are_made_and_priced, its_switches_are_the_seeds, one_is_retired_and_brought_back)
