# SPDX-License-Identifier: GPL-3.0-or-later
"""What the list of payments shows: its rows, the line below it, and the chips over it."""

import re

from billing_window import Atspi, get_text, walk

CHIP = 'Remove filter '

# “1–4 of 4 · $545.00 · 1 overdue”: fewer of them in a low window.
FOOTER = re.compile(r' of ([0-9,]+) · (\S+)')


def read_numbers(window):
    """The numbers of the payments, from the first row down."""
    return [sentence.split(',')[0] for sentence in window.read_rows('Payments')]


def expect_rows(window, *numbers):
    window.expect(lambda: read_numbers(window), list(numbers), 'the payments in the list')


def read_footer(window):
    """How many there are in all, and what they sum to."""
    for node in walk(window.find_frame('Elm Clinic')):
        found = node.get_role() == Atspi.Role.LABEL and FOOTER.search(get_text(node) or node.get_name())
        if found:
            return found.group(1), found.group(2)
    return None


def expect_footer(window, count, amount):
    window.expect(lambda: read_footer(window), (str(count), amount), 'the line below the list')


def read_chips(window):
    return [node.get_name()[len(CHIP):] for node in walk(window.find_frame('Elm Clinic'))
            if node.get_role_name() == 'push button' and node.get_name().startswith(CHIP)]


def expect_chips(window, *chips):
    window.expect(lambda: read_chips(window), list(chips), 'the filters over the list')


def take_off(window, chip):
    """And waits: a button that a screen reader presses does it a moment later, and with one of the chips gone the others
    are new buttons. Pressed before that, they do nothing."""
    window.press_button(CHIP + chip)
    window.expect(lambda: chip in read_chips(window), False, f'the filter “{chip}” over the list')
