# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for a widget the way an eye does: at many at once.

The library of the screen readers asks for one thing of one widget at a time, and waits for each answer.  A window has
hundreds of widgets; where the machine is busy, a message that goes after ten seconds is gone before they are all asked.
Here a whole generation of widgets is asked at once, over a connection of its own."""

import gi

gi.require_version('Atspi', '2.0')

from gi.repository import Atspi, Gio, GLib  # noqa: E402 (after the version)

from billing_desktop import PATIENCE  # noqa: E402

ACCESSIBLE = 'org.a11y.atspi.Accessible'
COMPONENT = 'org.a11y.atspi.Component'
TEXT = 'org.a11y.atspi.Text'
PROPERTIES = 'org.freedesktop.DBus.Properties'


class Questions:
    """Questions that are asked together; each takes the path of a widget, and its answer is None if there is none."""

    def __init__(self, bus, name):
        self.bus, self.name = bus, name
        self.context = GLib.MainContext()
        self.waiting = 0

    def ask(self, paths, interface, method, parameters=None):
        answers = [None] * len(paths)

        def take(index):
            def taken(bus, result):
                self.waiting -= 1
                try:
                    answers[index] = bus.call_finish(result).unpack()
                except GLib.Error:
                    pass
            return taken

        for index, path in enumerate(paths):
            self.waiting += 1
            self.bus.call(self.name, path, interface, method, parameters, None, Gio.DBusCallFlags.NONE,
                          int(PATIENCE * 1000), None, take(index))
        return answers

    def __enter__(self):
        self.context.push_thread_default()
        return self

    def __exit__(self, *_):
        while self.waiting > 0:
            self.context.iteration(True)
        self.context.pop_thread_default()


class Seen:
    """A widget by its path, and which child of which other one it is."""

    def __init__(self, path, parent=None, index=0):
        self.path, self.parent, self.index = path, parent, index

    def get_node(self, start):
        """As the library knows it, or None if it is gone.  Told of all children, one is not told of the pages of a stack,
        but of what is on them."""
        if self.parent is None:
            return start
        above = self.parent.get_node(start)
        node = above.get_child_at_index(self.index) if above is not None else None
        if node is not None and node.path != self.path:
            node = node.get_child_at_index(0)
        return node if node is not None and node.path == self.path else None


class Sight:
    """What there is to be seen of a program."""

    def __init__(self, desktop):
        session = self._connect(desktop.environment['DBUS_SESSION_BUS_ADDRESS'])
        address, = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None,
                                     Gio.DBusCallFlags.NONE, int(PATIENCE * 1000), None)
        self.bus = self._connect(address)

    def _connect(self, address):
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        return Gio.DBusConnection.new_for_address_sync(address, flags, None, None)

    def look(self, start, role, is_wanted):
        """The first shown widget of a role under one, breadth first, whose name or text is wanted; None if there is none.
        The rows of big lists are not looked at."""
        generation = [Seen(start.path)]
        while generation:
            shown = self._look_at(start, generation)
            found = self._choose(start, [seen for seen in shown if seen.role == role], is_wanted)
            if found is not None:
                return found.get_node(start)
            generation = [Seen(path, seen, index) for seen in shown if seen.role != Atspi.Role.TREE_TABLE
                          for index, (_, path) in enumerate(seen.children)]
        return None

    def _ask(self, start, generation, *questions):
        paths = [seen.path for seen in generation]
        with Questions(self.bus, start.app.bus_name) as asked:
            answers = [asked.ask(paths, *question) for question in questions]
        return list(zip(generation, *answers))

    def _look_at(self, start, generation):
        """Those that have a place, or cannot have one."""
        shown = []
        extents = GLib.Variant('(u)', [int(Atspi.CoordType.WINDOW)])
        for seen, role, box, children in self._ask(start, generation, (ACCESSIBLE, 'GetRole'),
                                                   (COMPONENT, 'GetExtents', extents), (ACCESSIBLE, 'GetChildren')):
            if role is None or children is None or (box is not None and min(box[0][2:]) <= 0):
                continue
            seen.role, seen.children = role[0], children[0]
            shown.append(seen)
        return shown

    def _choose(self, start, candidates, is_wanted):
        whole = GLib.Variant('(ii)', [0, -1])
        name = GLib.Variant('(ss)', [ACCESSIBLE, 'Name'])
        for seen, named, text in self._ask(start, candidates, (PROPERTIES, 'Get', name), (TEXT, 'GetText', whole)):
            if named is not None and is_wanted(named[0], text[0] if text is not None else ''):
                return seen
        return None
