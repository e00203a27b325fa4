# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents of a payment: dragged over from another program, chosen, renamed, removed and brought back."""

import os

import clinic
from billing_desktop import BUILD, SCREEN
from billing_test import run
from billing_window import Atspi, Window, get_children, has_place

OUTSIDE = (100, SCREEN[1] - 70)


def pick_up(desktop, window):
    """Puts the window with the file below Billing's, and the pointer's button down on it."""
    source = window.find_x_window('Drag Source')
    desktop.run('xdotool', 'windowmove', '--sync', source, '20', str(SCREEN[1] - 120),
                'mousemove', '--sync', *map(str, OUTSIDE), 'mousedown', '1')


def move(desktop, start, end):
    """In steps, as a hand moves: a drag begins some way from where the button went down."""
    steps = 12
    for step in range(1, steps + 1):
        place = [str(a + (b - a) * step // steps) for a, b in zip(start, end)]
        desktop.run('xdotool', 'mousemove', '--sync', *place, 'sleep', '0.05')


def start(desktop):
    """A window on a payment's pane.  GTK's file chooser leaks on its own."""
    clinic.make(desktop, clinic.PATIENTS)
    clinic.create_payment(desktop, '1', '120.50')
    return Window(desktop, '--practice', desktop.practice, leaks=False)


def read_documents(window):
    """Their names, as they stand in the pane."""
    return [row.get_name() for row in get_children(window.find('list', 'Documents'))
            if row.get_role() == Atspi.Role.LIST_ITEM and has_place(row)]


def expect_documents(desktop, window, *names):
    """In the pane and in the books."""
    window.expect(lambda: sorted(read_documents(window)), sorted(names), 'the documents in the pane')
    window.expect(lambda: sorted(document['name'] for document in desktop.list('documents')), sorted(names),
                  'the documents in the books')


def read_kept(desktop):
    """What is in the practice's folder of documents."""
    contents = []
    for folder, _, names in os.walk(os.path.join(desktop.practice, 'documents')):
        for name in names:
            with open(os.path.join(folder, name), encoding='utf-8') as file:
                contents.append(file.read())
    return sorted(contents)


def choose(window, path):
    """Adds a file as a person does who knows where it is: a slash in the chooser asks for the rest of the path."""
    window.press_button('Add Documents')
    window.find_frame('Add Documents')
    window.focus('Add Documents')
    window.type(path)
    window.keys('Return')
    window.wait_for_frame_to_go('Add Documents')


def files_are_dropped(desktop):
    """Files that are dragged over from another program are kept with the payment, byte by byte."""
    consent = 'Consent, signed by Ana Mejía.\n' * 500
    paths = [clinic.write(desktop, 'consent.txt', consent), clinic.write(desktop, 'letter.txt', 'Dear Ana,')]
    with start(desktop) as window:
        window.select('Payments', 'PAY-001')
        target = window.find('list', 'Documents')
        desktop.start(os.path.join(BUILD, 'tests', 'support', 'drag-source'), *paths)
        inside = window.find_place(target)[:2]
        pick_up(desktop, window)
        move(desktop, OUTSIDE, inside)
        desktop.run('xdotool', 'sleep', '0.2', 'mouseup', '1')
        window.find_text('2 documents added')
        expect_documents(desktop, window, 'consent.txt', 'letter.txt')
        assert read_kept(desktop) == sorted((consent, 'Dear Ana,'))

        # What is carried over the place and away again is not added.
        pick_up(desktop, window)
        move(desktop, OUTSIDE, inside)
        move(desktop, inside, OUTSIDE)
        desktop.run('xdotool', 'mouseup', '1')

        # The same again is there already.
        pick_up(desktop, window)
        move(desktop, OUTSIDE, inside)
        desktop.run('xdotool', 'sleep', '0.2', 'mouseup', '1')
        window.find_text('2 were there already')
        expect_documents(desktop, window, 'consent.txt', 'letter.txt')


def a_file_is_chosen_and_kept_once(desktop):
    """The chooser adds a file. Chosen again under another name it is not added again, which is said; nor is an empty one."""
    path = clinic.write(desktop, 'consent.txt', 'Signed.')
    again = clinic.write(desktop, 'copy.txt', 'Signed.')
    empty = clinic.write(desktop, 'empty.txt', '')
    with start(desktop) as window:
        window.select('Payments', 'PAY-001')
        choose(window, path)
        window.find_text('1 document added')
        expect_documents(desktop, window, 'consent.txt')

        choose(window, again)
        window.find_text('This file is kept here already')
        choose(window, empty)
        window.find_text('it is empty')
        expect_documents(desktop, window, 'consent.txt')
        assert read_kept(desktop) == ['Signed.']


def a_document_is_renamed_removed_and_brought_back(desktop):
    """What can be done with a document stands in its menu; what was removed comes back with *Undo*."""
    with start(desktop) as window:
        desktop.ctl('payment', 'attach', 'PAY-001', clinic.write(desktop, 'consent.txt', 'Signed.'))
        window.select('Payments', 'PAY-001')
        documents = window.find('list', 'Documents')
        window.press_button('More for consent.txt', documents)
        window.press('menu item', 'Rename…')
        dialog = window.find_frame('Rename Document')
        window.write('Name', 'signed.txt', dialog)
        window.press_button('_Rename Rename', dialog)
        window.find_text('Document renamed')
        expect_documents(desktop, window, 'signed.txt')

        window.press_button('More for signed.txt', documents)
        window.press('menu item', 'Remove')
        window.wait_for_end_of('list item', 'signed.txt', documents)
        # The message stays for some seconds only: nothing else is asked before.
        window.press_button('_Undo Undo')
        expect_documents(desktop, window, 'signed.txt')
        assert read_kept(desktop) == ['Signed.']


run(files_are_dropped, a_file_is_chosen_and_kept_once, a_document_is_renamed_removed_and_brought_back)
