# SPDX-License-Identifier: GPL-3.0-or-later
"""Invoices on paper: the preview, the saved PDF and the books say the same, of one and of many."""

import os

import clinic
from billing_test import run
from billing_window import Window, walk


def make(desktop):
    """Ana was treated twice, Bob once, and each has an invoice."""
    clinic.make(desktop, clinic.PATIENTS)
    rate = desktop.ctl('rate', 'create', '--name', 'Visit', '--invoiced', 'yes', '--amount', '125.00', '--date', '2026-01-01')
    for patient, amount in (('1', '125.00'), ('1', '1200.00'), ('2', '80.00')):
        desktop.ctl('service', 'add', '--patient', patient, '--rate', rate, '--date', '2026-10-02', '--amount', amount)
    desktop.ctl('invoice', 'create', '--services', ' '.join(row['number'] for row in desktop.list('services')), '--date', '2026-10-10')
    return sorted((row['patient-name'], row['number']) for row in desktop.list('invoices'))


def open_window(desktop):
    """GTK's file chooser leaks on its own."""
    return Window(desktop, '--practice', desktop.practice, leaks=False)


def show_invoices(window):
    window.press('list item', 'Invoices')
    window.press('page tab', 'Invoiced', window.find('page tab list', 'Tabs'))
    window.find_row('Invoices', 'Ana Mejía')


def find_part(window, role, name):
    """A part of the tab that has the list: the other tab has some of the same names."""
    node = window.find('tree table', 'Invoices')
    while window.look_for(role, name, node) is None:
        node = node.get_parent()
    return window.look_for(role, name, node)


def choose(window, button, title, path, letter):
    """A person who knows where it is to be types the path; a slash in the chooser of folders asks for the rest of it."""
    window.press_for(button, lambda: window.look_for('filler', title), f'the chooser “{title}”', letter)
    window.focus(title)
    window.keys('ctrl+a')
    window.type(path)
    window.keys('Return')


def read_pdf(desktop, path):
    """The words of a file, however they are spread over its lines."""
    return ' '.join(desktop.run('pdftotext', '-layout', path, '-').split())


def count_printed(desktop):
    return [row['verb'] for row in desktop.list('audit')].count('invoice-print')


def an_invoice_is_saved_as_it_was_shown(desktop):
    """The preview says what is owed, to the cent; the file says the same, of nobody else; that it was given out is written down once."""
    number = dict(make(desktop))['Ana Mejía']
    path = desktop.path('ana.pdf')
    with open_window(desktop) as window:
        show_invoices(window)
        window.select('Invoices', 'Ana Mejía')
        window.press('push button', 'Print or Send')
        window.press('menu item', 'Print…')
        letter = window.find_frame(f'Invoice {number}')
        words = ('Ana Mejía', number, '$125.00', '$1,200.00', '$1,325.00', 'Please pay $1,325.00 by Nov 9, 2026.')
        window.expect(lambda: [word for node in walk(letter) if f'Invoice {number}\n' in node.get_name()
                               for word in words if word not in node.get_name()], [], 'what is missing on the page')
        window.expect(lambda: sum(f'Invoice {number}\n' in node.get_name() for node in walk(letter)), 1, 'the pages')
        assert count_printed(desktop) == 0
        choose(window, 'Save as PDF Save as PDF…', 'Save as PDF', path, letter)
        window.find_text('Saved', letter)

    text = read_pdf(desktop, path)
    assert [word for word in ('Elm Clinic', *words) if word not in text] == [], text
    assert 'Bob' not in text
    assert count_printed(desktop) == 1


def many_are_saved_one_file_each(desktop):
    """All that are ticked go into a folder, one file each, each with its own patient and amount."""
    numbers = dict(make(desktop))
    folder = desktop.path('letters')
    os.mkdir(folder)
    with open_window(desktop) as window:
        show_invoices(window)
        window.click(find_part(window, 'check box', 'Select All'))
        window.find_text('2 invoices · 2 patients · $1,405.00')
        window.click(find_part(window, 'push button', 'More for What Is Chosen'))
        window.press('menu item', 'Print…')
        letter = window.find_frame('Invoices')
        window.find_text('2 invoices', letter)
        choose(window, 'Save one file each Save One File Each…', 'Save One File Each', folder, letter)
        window.find_text('2 letters saved', letter)

    files = sorted(os.listdir(folder))
    texts = {name: read_pdf(desktop, os.path.join(folder, name)) for name in files}
    for name, amount in (('Ana Mejía', '$1,325.00'), ('Bob Stone', '$80.00')):
        about = [text for text in texts.values() if name in text]
        assert len(about) == 1 and numbers[name] in about[0] and amount in about[0], texts
    assert len(files) == 2
    assert count_printed(desktop) == 2


run(an_invoice_is_saved_as_it_was_shown, many_are_saved_one_file_each)
