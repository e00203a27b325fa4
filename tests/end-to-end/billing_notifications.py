# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's notifications, as far as a program can tell: each is a line of the standard output.

Run by itself, it is the service; a test starts it with Notifications()."""

import os
import sys

from gi.repository import Gio, GLib

NAME = 'org.freedesktop.Notifications'
INTERFACE = f'''<node><interface name="{NAME}">
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
</interface></node>'''


class Notifications:
    """Ends with the desktop."""

    def __init__(self, desktop):
        self.path = desktop.path('notifications')
        ready, end = os.pipe()
        with open(self.path, 'wb') as file:
            desktop.start(sys.executable, '-B', os.path.abspath(__file__), str(end), stdout=file, pass_fds=[end])
        os.close(end)
        with os.fdopen(ready) as pipe:
            if not pipe.read(1):
                raise AssertionError('the service of the notifications did not start')

    def read(self):
        """The titles of all that there were."""
        with open(self.path, encoding='utf-8') as file:
            return file.read().splitlines()


def answer(_bus, _sender, _path, _interface, method, parameters, invocation):
    if method == 'Notify':
        print(parameters.unpack()[3], flush=True)
        invocation.return_value(GLib.Variant('(u)', [1]))
    elif method == 'GetCapabilities':
        invocation.return_value(GLib.Variant('(as)', [['body']]))
    else:
        invocation.return_value(None)


def serve(ready):
    def own(bus, _name):
        bus.register_object('/org/freedesktop/Notifications', Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], answer)

    Gio.bus_own_name(Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.NONE, own, lambda *_: os.write(ready, b'!'),
                     lambda *_: sys.exit(1))
    GLib.MainLoop().run()


if __name__ == '__main__':
    serve(int(sys.argv[1]))
