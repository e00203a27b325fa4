# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the tests of a file one after another, and reports them as TAP."""

import os
import signal
import sys
import traceback

from billing_desktop import Desktop
from billing_window import listen


class Skip(Exception):
    """The test cannot be run here, and why."""


def run(*tests):
    """Each test is a function of a desktop of its own, in a process of its own: the library that listens to windows
    does not outlive them well.  After each the books must hold."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(f'1..{len(tests)}', flush=True)
    sys.exit(0 if all([run_apart(number, test) for number, test in enumerate(tests, 1)]) else 1)


def run_apart(number, test):
    name = f'{number} - {test.__name__.replace("_", " ")}'
    child = os.fork()
    if child == 0:
        line = report(name, test)
        print(line, flush=True)
        os._exit(line.startswith('not'))
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        print(f'not ok {name}: it ended with signal {os.WTERMSIG(status)}', flush=True)
    return status == 0


def report(name, test):
    """The line of TAP that says how it went."""
    try:
        with Desktop(test.__name__) as desktop:
            listen(desktop)
            test(desktop)
            desktop.ctl('verify')
    except Skip as reason:
        return f'ok {name} # SKIP {reason}'
    except BaseException:  # pylint: disable=broad-except
        for line in traceback.format_exc().splitlines():
            print(f'# {line}')
        return f'not ok {name}'
    return f'ok {name}'
