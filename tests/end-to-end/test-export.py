# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking a list out of the window as a CSV file."""

import os

import clinic
from billing_export import open_dialog, save
from billing_test import run
from billing_window import Window


def make(desktop):
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120', '--memo', '=1+1')
    clinic.create_payment(desktop, '2', '300')
    clinic.create_payment(desktop, '3', '45')
    desktop.ctl('payment', 'collect', 'PAY-002', '--tender', 'cheque')


def read(path):
    with open(path, encoding='utf-8', newline='') as file:
        return file.read()


def the_list_goes_out_as_it_is_on_the_screen(desktop):
    """The columns of the screen under its search and its sort; how many there are is said before, and how many were written
    and where to afterwards; the file is what billingctl writes. A formula in a memo is text."""
    make(desktop)
    path = desktop.path('list.csv')
    # GTK's file chooser leaks on its own.
    with Window(desktop, '--practice', desktop.practice, leaks=False) as window:
        window.find_row('Payments', 'PAY-003')
        window.press_button('Sort: Created')
        window.press('menu item', 'Amount')
        window.find('push button', 'Sort: Amount')
        dialog = open_dialog(window)
        window.find_text('3 payments · $465.00', dialog)
        save(window, dialog, path)
        window.find_text('3 payments exported')

    whole = read(path)
    lines = whole.split('\r\n')
    assert lines[0] == 'Payment ID,Patient,Amount,Currency,Status,Due Date,Treatment,Created,Memo', lines[0]
    assert [line.split(',')[0] for line in lines[1:-1]] == ['PAY-002', 'PAY-001', 'PAY-003'], lines
    assert ",'=1+1" in whole

    again = desktop.path('again.csv')
    desktop.ctl('export', 'payments', again, '--sort', '-amount')
    assert read(again) == whole
    assert [name for name in os.listdir(desktop.folder) if name.startswith('.list')] == []


def filters_leave_out_what_the_file_should_not_have(desktop):
    """The dialog begins with the search of the list, and takes a status and an amount besides; it counts what is left, and
    the file has just that. Nothing is written where nothing is left."""
    make(desktop)
    path = desktop.path('filtered.csv')
    # GTK's file chooser leaks on its own.
    with Window(desktop, '--practice', desktop.practice, leaks=False) as window:
        window.find_row('Payments', 'PAY-003')
        dialog = open_dialog(window)
        window.write('At least', '100', dialog)
        window.find_text('2 payments · $420.00', dialog)
        window.press('check box', 'Pending', dialog)
        window.find_text('1 payment · $120.00', dialog)
        window.write('At least', '130', dialog)
        window.find_text('Nothing matches these filters.', dialog)
        window.write('At least', '20', dialog)
        window.find_text('2 payments · $165.00', dialog)
        save(window, dialog, path)
        window.find_text('2 payments exported')

    again = desktop.path('filtered-again.csv')
    desktop.ctl('export', 'payments', again, '--status', 'pending', '--min', '20')
    assert read(again) == read(path)
    assert [line.split(',')[0] for line in read(path).split('\r\n')[1:-1]] == ['PAY-003', 'PAY-001']


run(the_list_goes_out_as_it_is_on_the_screen, filters_leave_out_what_the_file_should_not_have)
