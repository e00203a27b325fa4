# SPDX-License-Identifier: GPL-3.0-or-later
"""The practice's paper, in Administration."""

import clinic
from billing_test import run
from billing_window import Window


def paper_is_set_where_it_is_shown(desktop):
    """The form of invoice numbers, said on the command line, is shown by an example."""
    clinic.make(desktop, clinic.PATIENTS)
    desktop.ctl('practice', 'edit', '--invoice-prefix', 'elm-', '--invoice-digits', '5')
    with Window(desktop, '--practice', desktop.practice) as window:
        window.press('list item', 'Administration')
        window.find_text('The forty-second invoice is ELM-00042.')


run(paper_is_set_where_it_is_shown)
