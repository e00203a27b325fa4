# SPDX-License-Identifier: GPL-3.0-or-later
"""The seed's “How it Works Internally”, line by line, in the real window (seeds/client-invoices-and-portal.txt)."""

import clinic
from billing_desktop import wait_until
from billing_test import run
from billing_window import Atspi, Window, get_children


def make(desktop):
    """Ana and Bob were treated: Ana's code is under a rate that is invoiced, Bob's under one for insurers that is not, with its twin."""
    clinic.make(desktop, clinic.PATIENTS, clinic.TREATMENTS)
    desktop.ctl('rate', 'create', '--name', 'General Service', '--code', '99213', '--invoiced', 'yes', '--amount', '125.00', '--date', '2026-01-01')
    desktop.ctl('rate', 'create', '--name', 'Short Visit', '--code', '99212', '--invoiced', 'no', '--amount', '80.00', '--date', '2026-01-01')
    desktop.ctl('rate', 'create', '--name', 'Short Visit by Invoice', '--invoiced', 'yes', '--amount', '85.00', '--date', '2026-01-01')
    desktop.ctl('service', 'make')


def open_window(desktop):
    return Window(desktop, '--practice', desktop.practice)


def show_invoices(window, tab=None):
    window.press('list item', 'Invoices')
    if tab is not None:
        window.press('page tab', tab, window.find('page tab list', 'Tabs'))
    window.find('tree table', 'Invoices' if tab == 'Invoiced' else 'Services')


def open_by_edit(window, title, dialog):
    """Presses the *Edit* of the tab with this list: the other tab has its own."""
    def climb():
        node = window.look_for('tree table', title)
        while node is not None and window.look_for('push button', 'Edit', node) is None:
            node = node.get_parent()
        return node
    return window.open_by_button('Edit', dialog, wait_until(lambda: window._try(climb), f'the page with {title}'))


def find_service(window, part):
    """The place of the row that says this where its patient stands, which is behind its checkbox."""
    def look():
        for place, row in enumerate(get_children(window.find_rows('Services'))):
            if window.look_for_text(part, row) is not None:
                return place + 1
        return None
    return wait_until(lambda: window._try(look), f'a service with “{part}”') - 1


def tick(window, title, number):
    """The checkbox of a row, which is not looked for where lists may be long."""
    rows = window.find_rows(title)
    row = wait_until(lambda: next((row for row in get_children(rows)
                                   if window._try(window.look_for, 'check box', f'Choose {number}', row) is not None), None), number)
    window.press('check box', f'Choose {number}', row)


def select_service(window, part):
    assert Atspi.Selection.select_child(window.find_rows('Services'), find_service(window, part))


def invoice(window, *numbers):
    """Ticks services, presses *Edit* and, with the invoiced date that is there, *Update*."""
    for number in numbers:
        tick(window, 'Services', number)
    dialog = open_by_edit(window, 'Services', 'Edit')
    window.find_text('Invoices, one for each patient', dialog)
    window.press_button('Update', dialog)
    window.wait_for_frame_to_go('Edit')


def what_is_invoiced_by_its_rate_appears(desktop):
    """1. Services associated with a billing rate that has “Is Invoiced” enabled appear on the Invoices page, and no others."""
    make(desktop)
    with open_window(desktop) as window:
        show_invoices(window)
        find_service(window, 'SVC-001, General Service, Ana Mejía, Oct 2, 2026, $125.00, not reviewed')
        assert window.find_rows('Services').get_child_count() == 1
        window.find_text('Nothing chosen')

    assert [row['state'] for row in desktop.list('services', '--sort', 'number')].count('to-invoice') == 1


def reviewed_services_are_invoiced(desktop):
    """2 to 5. The checkbox of each service that was reviewed, the green *Edit*, the invoiced date, *Update*; they have been invoiced, have
    left the list, and are found on the Invoiced tab."""
    make(desktop)
    number = next(row['number'] for row in desktop.list('services') if row['state'] == 'to-invoice')
    with open_window(desktop) as window:
        show_invoices(window)
        find_service(window, number)
        tick(window, 'Services', number)
        window.find_text('1 service · 1 patient · $125.00')
        dialog = open_by_edit(window, 'Services', 'Edit')
        window.find_text('1 service · 1 patient · $125.00', dialog)
        window.write('Invoiced Date', '10/10/2026', dialog)
        window.press_button('Update', dialog)
        window.wait_for_frame_to_go('Edit')
        window.find_text('1 invoice made')
        window.find_text('Nothing to Invoice')
        show_invoices(window, 'Invoiced')
        window.find_row('Invoices', 'INV-001, Ana Mejía, $125.00')

    shown = desktop.show('INV-001')
    assert (shown['invoiced-on'], shown['due-on'], shown['balance']) == ('2026-10-10', '2026-11-09', 12500)
    assert [(row['amount'], row['status']) for row in desktop.list('payments')] == [(12500, 'pending')]


def an_invoice_is_marked_as_paid(desktop):
    """6. The same *Edit* marks an invoice as paid when its payment was received outside: in part, then the rest. Before, it
    is told when it is due and what for, and shows itself as it will print."""
    make(desktop)
    number = next(row['number'] for row in desktop.list('services') if row['state'] == 'to-invoice')
    desktop.ctl('invoice', 'create', '--services', number)
    with open_window(desktop) as window:
        show_invoices(window, 'Invoiced')
        window.select('Invoices', 'INV-001')
        window.find('push button', 'Preview')
        dialog = window.open_by_button('Edit Invoice…', 'Edit Invoice')
        window.write('Due Date', '12/31/2030', dialog)
        window.write('Memo to the Patient', 'In two parts', dialog)
        window.press_button('Save', dialog)
        window.wait_for_frame_to_go('Edit Invoice')
        window.find_text('Dec 31, 2030')
        tick(window, 'Invoices', 'INV-001')
        dialog = open_by_edit(window, 'Invoices', 'Mark as Paid')
        window.choose('Tender', 'Cheque', dialog)
        window.write('Amount', '100', dialog)
        window.find_text('$100.00 is paid; $25.00 stays owed.', dialog)
        window.write('Reference', '4711', dialog)
        window.press_button('Mark as Paid', dialog)
        window.wait_for_frame_to_go('Mark as Paid')
        window.find_row('Invoices', 'INV-001, Ana Mejía, $125.00, Partly paid')
        tick(window, 'Invoices', 'INV-001')
        dialog = open_by_edit(window, 'Invoices', 'Mark as Paid')
        window.find_text('The invoice is paid whole: $25.00.', dialog)
        window.press_button('Mark as Paid', dialog)
        window.wait_for_frame_to_go('Mark as Paid')
        window.find_row('Invoices', 'INV-001, Ana Mejía, $125.00, Paid')

    shown = desktop.show('INV-001')
    assert (shown['balance'], shown['due-on'], shown['memo']) == (0, '2030-12-31', 'In two parts')
    assert sorted((row['tender'], row['amount']) for row in desktop.list('payments')) == [('cash', 2500), ('cheque', 10000)]


def a_service_is_flipped_between_rates(desktop):
    """A consideration of the seed: flipped to another rate, what changes shown first, a service stands among those to invoice."""
    make(desktop)
    number = next(row['number'] for row in desktop.list('services') if row['state'] != 'to-invoice')
    with open_window(desktop) as window:
        show_invoices(window)
        find_service(window, 'Ana Mejía')
        window.press('combo box', 'Which Services')
        window.keys('Down', 'Down', 'Down', 'Return')
        select_service(window, 'Bob Stone')
        dialog = window.open_by_button('Change Rate…', 'Change Rate')
        window.choose('To', 'Short Visit by Invoice', dialog)
        window.find_text('The patients’ part goes from $80.00 to $85.00.', dialog)
        window.press_button('Change Rate', dialog)
        window.wait_for_frame_to_go('Change Rate')
        window.find_text('The rate was changed')

    shown = desktop.show(number)
    assert (shown['state'], shown['patient-part']) == ('to-invoice', 8500)


def invoicing_is_undone(desktop):
    """Until money came, *Undo* voids the invoice, whose number stays; its services can be invoiced again."""
    make(desktop)
    number = next(row['number'] for row in desktop.list('services') if row['state'] == 'to-invoice')
    with open_window(desktop) as window:
        show_invoices(window)
        find_service(window, number)
        invoice(window, number)
        window.press_button('_Undo Undo')
        window.find_text('Undone')
        find_service(window, number)
        show_invoices(window, 'Invoiced')
        window.find_row('Invoices', 'INV-001, Ana Mejía, $125.00, Void')

    assert desktop.show(number)['state'] == 'to-invoice'


run(what_is_invoiced_by_its_rate_appears, reviewed_services_are_invoiced, an_invoice_is_marked_as_paid, a_service_is_flipped_between_rates,
    invoicing_is_undone)
