# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking a list out of the window as a CSV file."""

import os

import clinic
from billing_test import run
from billing_window import Window


def make(desktop):
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120', '--memo', '=1+1')
    clinic.create_payment(desktop, '2', '300')
    clinic.create_payment(desktop, '3', '45')
    desktop.ctl('payment', 'collect', 'PAY-002', '--tender', 'cheque')


def choose(window, path):
    """What a person does who knows where the file is to be: its name is typed over the one that is offered."""
    window.find('filler', 'Export')
    window.focus('Export')
    window.keys('ctrl+a')
    window.type(path)
    window.keys('Return')


def read(path):
    with open(path, encoding='utf-8', newline='') as file:
        return file.read()


def the_list_goes_out_as_it_is_on_the_screen(desktop):
    """The columns of the screen under its search and its sort; a toast says how many, and the file is what billingctl
    writes. A formula in a memo is text."""
    make(desktop)
    path = desktop.path('list.csv')
    # GTK's file chooser leaks on its own.
    with Window(desktop, '--practice', desktop.practice, leaks=False) as window:
        window.find_row('Payments', 'PAY-003')
        window.press_button('Sort: Created')
        window.press('menu item', 'Amount')
        window.find('push button', 'Sort: Amount')
        window.press_button('Export')
        choose(window, path)
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


run(the_list_goes_out_as_it_is_on_the_screen)
