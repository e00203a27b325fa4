# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking a list out of the window, as the tests do it."""


def open_dialog(window):
    return window.open_by_button('Export', 'Export a List', window.find_frame('Elm Clinic'))


def save(window, dialog, path):
    """What a person does who knows where the file is to be: its name is typed over the one that is offered."""
    window.press_for('Confirm Export', lambda: window.look_for('filler', 'Save Export'), 'where to save it', dialog)
    window.focus('Save Export')
    window.keys('ctrl+a')
    window.type(path)
    window.keys('Return')
    window.wait_for_frame_to_go('Export a List')
