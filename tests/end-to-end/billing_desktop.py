# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop of one's own for a test: a display, a session bus, a keyring, folders, and billingctl."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time

from billing_notifications import Notifications

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get('BILLING_BUILD_DIR') or os.path.join(HERE, '..', '..', '_build')
SCREEN = (1280, 1024)

# How long anything may take that needs no time of its own.  It is a deadline, not a pause: under the sanitizers, on a
# busy machine, all is slow.
PATIENCE = float(os.environ.get('BILLING_TEST_PATIENCE') or 60.0)

# What the person's own desktop would tell the programs.
FOREIGN = ('AT_SPI_BUS_ADDRESS', 'DBUS_SESSION_BUS_ADDRESS', 'DISPLAY', 'G_DEBUG', 'GTK_THEME', 'LANGUAGE',
           'WAYLAND_DISPLAY', 'XAUTHORITY')


class Late(AssertionError):
    """What was waited for did not come."""


def wait_until(condition, what, patience=PATIENCE):
    """Asks again and again, and returns the first answer that is true; WHAT says what was waited for."""
    deadline = time.monotonic() + patience
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise Late(f'in {patience:.0f} s this did not come: {what() if callable(what) else what}')
        time.sleep(0.05)


def read_line(descriptor):
    """The first line of a pipe, whose writer may die."""
    with os.fdopen(descriptor) as pipe:
        line = pipe.readline().strip()
    if not line:
        raise AssertionError('a program that the test needs did not start')
    return line


class Desktop:
    """Whatever is started on it ends with it, and its folders go."""

    def __init__(self, name):
        self.name = name
        self.folder = tempfile.mkdtemp(prefix='billing-e2e-')
        self.practice = self.path('practice')
        self.processes = []
        self.notifications = None
        self.environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        self.environment.update(
            HOME=self.folder,
            XDG_CACHE_HOME=self.path('cache'),
            XDG_CONFIG_HOME=self.path('config'),
            XDG_DATA_HOME=self.path('data'),
            XDG_RUNTIME_DIR=self.path('runtime'),
            GDK_BACKEND='x11',
            GDK_DEBUG='gl-disable',
            GSETTINGS_BACKEND='keyfile',
            GSETTINGS_SCHEMA_DIR=os.path.join(BUILD, 'data'),
            GSK_RENDERER='cairo',
            GTK_A11Y='atspi',
            LC_ALL='C.UTF-8',
            TZ='UTC')
        os.mkdir(self.environment['XDG_RUNTIME_DIR'], 0o700)

    def __enter__(self):
        try:
            self._start_display()
            self._start_bus()
            self.notifications = Notifications(self)
            self._start_keyring()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        for process in reversed(list(self.processes)):
            self.end(process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    # Programs.

    def start(self, *command, passphrase=None, **options):
        """Starts a program in a session of its own, so that what it starts itself can be ended with it; where the test
        is killed, it is killed too."""
        options.setdefault('env', self.environment)
        process = subprocess.Popen(['setpriv', '--pdeathsig', 'KILL', '--', *command], start_new_session=True,
                                   stdin=subprocess.DEVNULL if passphrase is None else subprocess.PIPE, **options)
        self.processes.append(process)
        if passphrase is not None:
            process.stdin.write(passphrase.encode())
            process.stdin.close()
        return process

    def end(self, process):
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                pass
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait(PATIENCE)
        self.processes.remove(process)

    def run(self, *command, passphrase=None):
        """Runs a program to its end, and returns what it wrote."""
        done = subprocess.run(command, env=self.environment, input=passphrase or '', stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, timeout=4 * PATIENCE, check=False)
        if done.returncode != 0:
            raise AssertionError(f'{" ".join(command)} failed: {done.stderr.strip()}')
        return done.stdout.strip()

    def _start_display(self):
        number, end = os.pipe()
        self.start('Xvfb', '-displayfd', str(end), '-screen', '0', f'{SCREEN[0]}x{SCREEN[1]}x24', '-nolisten', 'tcp',
                   '-noreset', pass_fds=[end], stderr=subprocess.DEVNULL)
        os.close(end)
        self.environment['DISPLAY'] = ':' + read_line(number)

    def _start_bus(self):
        address, end = os.pipe()
        self.start('dbus-daemon', '--session', '--nofork', f'--print-address={end}', pass_fds=[end],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(end)
        self.environment['DBUS_SESSION_BUS_ADDRESS'] = read_line(address)

    def _start_keyring(self):
        """The key of the seals lives in the keyring, which is unlocked, as it is once a person has logged in."""
        keyring = self.start('gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets',
                             passphrase='login', stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: self._is_owned('org.freedesktop.secrets'),
                   lambda: f'the keyring, whose exit status is {keyring.poll()}')

    def _is_owned(self, name):
        return 'true' in self.run('dbus-send', '--session', '--print-reply', '--dest=org.freedesktop.DBus',
                                  '/org/freedesktop/DBus', 'org.freedesktop.DBus.NameHasOwner', f'string:{name}')

    # The practice, by billingctl.

    def ctl(self, *arguments, passphrase=None):
        return self.run(os.path.join(BUILD, 'src', 'ctl', 'billingctl'), *arguments, '--practice', self.practice,
                        passphrase=passphrase)

    def list(self, kind, *filters):
        return json.loads(self.ctl('list', kind, '--format', 'json', *filters))

    def show(self, number):
        return json.loads(self.ctl('show', number))
