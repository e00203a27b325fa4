# SPDX-License-Identifier: GPL-3.0-or-later
"""Billing's window, as a screen reader finds it and as a person's hands use it.

Widgets are found by role and accessible name, with a deadline.  GTK 4.8 tells neither which page of a stack is shown
nor what is scrolled out of sight: only what never had a place is known to be hidden.  The rows of a list are read
by themselves, and never all of them: a list exposes some two hundred rows with all of their cells."""

import os
import re
import subprocess

import gi

gi.require_version('Atspi', '2.0')

from gi.repository import Atspi, Gio, GLib  # noqa: E402 (after the version)

from billing_desktop import BUILD, PATIENCE, Late, wait_until
from billing_sight import Sight

APPLICATION_ID = 'com.example.Billing'

ROLES = {Atspi.role_get_name(role): role for role in
         (getattr(Atspi.Role, name) for name in dir(Atspi.Role) if name.isupper() and name != 'LAST_DEFINED')}

# What the programs say where something is wrong with them.
COMPLAINTS = ('-CRITICAL **', '-WARNING **', 'ERROR: ', 'runtime error: ', 'GLib-GIO-ERROR')


def listen(desktop):
    """Before anything is looked for: the library keeps its first display and bus for good."""
    os.environ.update(desktop.environment)
    Atspi.init()
    Atspi.set_timeout(int(PATIENCE * 1000), int(PATIENCE * 1000))


def get_text(node):
    """What stands in a label or an entry.  Asked for all of its interfaces, a widget is asked ten times."""
    if node.get_text_iface() is not None:
        return Atspi.Text.get_text(node, 0, -1)
    return node.get_name()


def get_labels(node):
    """The texts of all labels under a widget, in their order."""
    return [text for text in (get_text(label) or label.get_name() for label in walk(node)
                              if label.get_role() == Atspi.Role.LABEL) if text]


def get_box(node):
    return Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)


def has_place(node):
    """Whether it was ever shown; what has no box itself has one in its children."""
    try:
        box = get_box(node)
    except GLib.Error:
        return True
    return box.width > 0 and box.height > 0


def get_children(node):
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def walk(node):
    """All shown widgets under one, breadth first, without the rows of big lists."""
    generation = [node]
    while generation:
        following = []
        for widget in generation:
            if not has_place(widget):
                continue
            yield widget
            if widget.get_role() != Atspi.Role.TREE_TABLE:
                following.extend(get_children(widget))
        generation = following


def has_state(node, state):
    return node.get_state_set().contains(state)


def is_sensitive(node):
    return has_state(node, Atspi.StateType.SENSITIVE)


def get_debugging(leaks):
    """Under the sanitizers the whole stack of a leak is wanted, also through libraries without frame pointers: otherwise
    tests/support/lsan.supp could not tell whose it is."""
    variables = {'G_DEBUG': 'gc-friendly'}
    if 'ASAN_OPTIONS' in os.environ:
        stacks = ':fast_unwind_on_malloc=0:malloc_context_size=16'
        variables['ASAN_OPTIONS'] = os.environ['ASAN_OPTIONS'] + (stacks if leaks else ':detect_leaks=0')
    return variables


class Window:
    """Billing itself.  Left without an error, it is asked to quit, and must do so without a complaint, nor LEAKS."""

    def __init__(self, desktop, *arguments, environment=None, leaks=True):
        self.desktop = desktop
        self.log = open(desktop.path('billing.log'), 'w+', encoding='utf-8', errors='replace')
        self.process = desktop.start(os.path.join(BUILD, 'src', 'app', 'billing'), *arguments,
                                     stdout=self.log, stderr=subprocess.STDOUT,
                                     env={**desktop.environment, **get_debugging(leaks), **(environment or {})})
        self.application = None
        self.sight = Sight(desktop)

    def __enter__(self):
        try:
            self.application = wait_until(self._find_application, 'the application')
        except BaseException:
            self._fail()
            raise
        return self

    def __exit__(self, kind, *_):
        if kind is not None:
            self._fail()
            return
        try:
            self.quit()
        except BaseException:
            self._fail()
            raise
        finally:
            self.log.close()

    def _find_application(self):
        if self.process.poll() is not None:
            raise AssertionError(f'billing ended with {self.process.returncode}')
        root = Atspi.get_desktop(0)
        root.set_cache_mask(Atspi.Cache.NONE)
        for child in get_children(root):
            if child.get_process_id() == self.process.pid:
                # More would grow old here: this process runs no main loop.
                child.set_cache_mask(Atspi.Cache.INTERFACES | Atspi.Cache.ROLE)
                return child
        return None

    def _fail(self):
        """Leaves a picture in the build folder, and what the program said."""
        picture = os.path.join(os.getcwd(), f'{self.desktop.name}.png')
        try:
            self.desktop.run('import', '-window', 'root', picture)
            print(f'# The screen as it was: {picture}')
        except (AssertionError, OSError, subprocess.TimeoutExpired) as error:
            print(f'# There is no picture of the screen: {error}')
        if self.process in self.desktop.processes:
            self.desktop.end(self.process)
        for line in self.read_log():
            print(f'# billing: {line}')

    def read_log(self):
        if self.log.closed:
            return []
        self.log.seek(0)
        return self.log.read().splitlines()

    def quit(self):
        """As *Quit* does; what must be asked for by a test is done with its own keys."""
        if self.process.poll() is None:
            address = self.desktop.environment['DBUS_SESSION_BUS_ADDRESS']
            flags = Gio.DBusConnectionFlags
            bus = Gio.DBusConnection.new_for_address_sync(
                address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
            bus.call_sync(APPLICATION_ID, '/com/example/Billing', 'org.gtk.Actions', 'Activate',
                          GLib.Variant('(sava{sv})', ('quit', [], {})), None, Gio.DBusCallFlags.NO_AUTO_START,
                          int(PATIENCE * 1000), None)
        self.check_end()

    def check_end(self):
        """It ends, and well, and has complained of nothing."""
        status = self.process.wait(PATIENCE)
        complaints = [line for line in self.read_log() if any(word in line for word in COMPLAINTS)]
        if status != 0 or complaints:
            raise AssertionError(f'billing ended with {status}: {"; ".join(complaints)}')

    # Finding.

    def get_frames(self):
        """Its windows and dialogs, the newest first."""
        return list(reversed(list(get_children(self.application))))

    def look_for(self, role, name=None, within=None):
        """The first such widget there is now, or None."""
        return self._look(ROLES[role], lambda named, _: name is None or named == name, within)

    def _look(self, role, is_wanted, within):
        for start in [within] if within is not None else self.get_frames():
            node = self.sight.look(start, role, is_wanted)
            if node is not None:
                return node
        return None

    def find(self, role, name=None, within=None):
        return wait_until(lambda: self._try(self.look_for, role, name, within), f'{role} “{name}”')

    def find_entry(self, name, within=None):
        """GTK has entries, rows that are entries, places for longer texts, and entries that hide what stands in them."""
        def look():
            return next(filter(None, (self._try(self.look_for, role, name, within)
                                      for role in ('text', 'entry', 'password text'))), None)
        return wait_until(look, f'the entry “{name}”')

    def _try(self, function, *arguments):
        """A widget may go while it is looked at."""
        if self.process.poll() is not None:
            raise AssertionError(f'billing ended with {self.process.returncode}')
        try:
            return function(*arguments)
        except GLib.Error:
            return None

    def find_frame(self, name):
        """A window or dialog by its title."""
        return wait_until(lambda: self._try(self.look_for_frame, name), f'the window “{name}”')

    def look_for_frame(self, name):
        return next((frame for frame in self.get_frames() if frame.get_name() == name), None)

    def wait_for_frame_to_go(self, name):
        wait_until(lambda: not self.has_frame(name), f'the end of the window “{name}”')

    def has_frame(self, name):
        """While windows come and go, one may go as its name is asked for: then it is asked for again."""
        while True:
            try:
                return self.look_for_frame(name) is not None
            except GLib.Error:
                if self.process.poll() is not None:
                    raise

    def wait_for_end_of(self, role, name, within=None):
        wait_until(lambda: self._try(lambda: self.look_for(role, name, within) is None), f'the end of {role} “{name}”')

    def find_text(self, part, within=None):
        """A label that says this, perhaps among more."""
        return wait_until(lambda: self._try(self.look_for_text, part, within), f'the text “{part}”')

    def look_for_text(self, part, within=None):
        return self._look(Atspi.Role.LABEL, lambda name, text: part in (text or name), within)

    def expect(self, ask, wanted, what):
        """Waits for an answer to become what it should be."""
        answer = [None]

        def is_so():
            answer[0] = self._try(ask)
            return answer[0] == wanted
        wait_until(is_so, lambda: f'{what}: {wanted!r}; it is {answer[0]!r}')

    # Doing.

    def press(self, role, name, within=None):
        """Does what a click on it would, once it can be clicked."""
        node = wait_until(lambda: self._try(self._look_for_sensitive, role, name, within), f'a usable {role} “{name}”')
        # Rows and check boxes have no action, and GTK 4.8 leaks a little when it is asked for one: those are clicked.
        # The outer half of a menu button has none either.
        try:
            done = role in ('push button', 'menu item') and Atspi.Action.do_action(node, 0)
        except GLib.Error:
            done = False
        if not done:
            self.click(node)
        return node

    def show_page(self, title):
        """Goes to a page of the sidebar. A click that meets a dialog on its way out is lost, and made again."""
        def arrive():
            self.press('list item', title)
            try:
                return wait_until(lambda: self._try(self.look_for, 'tree table', title, None), title, 3.0)
            except Late:
                return None
        return wait_until(arrive, f'the page “{title}”')

    def show_section(self, tab, section, table=None):
        """Goes to a section of the Stripe Dashboard, and waits for its table where it is a list."""
        self.press('list item', 'Stripe Dashboard')
        self.press('page tab', tab, self.find('page tab list', 'Tabs'))
        self.press('page tab', section, self.find('page tab list', 'Sections'))
        if table is not None:
            self.find('tree table', table)

    def expect_section(self, section):
        """Waits until this section of the Stripe Dashboard is the one that is shown."""
        def is_shown():
            tab = self.look_for('page tab', section, self.look_for('page tab list', 'Sections'))
            return tab is not None and has_state(tab, Atspi.StateType.SELECTED)
        self.expect(is_shown, True, f'the section “{section}”')

    def press_for(self, name, reached, what, within=None):
        """Presses a button until what it is pressed for is there.  A button acts a quarter of a second after a screen
        reader pressed it; where its page is filled anew meanwhile it is gone by then, and the new one is pressed."""
        def arrive():
            button = self._try(self._look_for_sensitive, 'push button', name, within)
            if button is not None:
                self._try(Atspi.Action.do_action, button, 0)
            try:
                return wait_until(lambda: self._try(reached), what, 5.0)
            except Late:
                return None
        return wait_until(arrive, what)

    def open_by_button(self, name, title, within=None):
        """Presses what opens a dialog, and finds that."""
        return self.press_for(name, lambda: self.look_for_frame(title), f'the window “{title}”', within)

    def _look_for_sensitive(self, role, name, within):
        node = self.look_for(role, name, within)
        return node if node is not None and is_sensitive(node) else None

    def press_button(self, name, within=None):
        return self.press('push button', name, within)

    def write(self, name, text, within=None):
        """Types a text into an entry in place of what stands there.  GTK 4.8 takes no text for its search entries, nor
        for libadwaita's rows, from a screen reader, and does not tell it what stands in them."""
        self.click(self.find_entry(name, within))
        self.keys('ctrl+a', 'BackSpace')
        if text:
            self.type(text)

    def choose(self, title, part, within=None):
        """Opens the row of this title, and takes what says this with the arrow keys."""
        row = self.find('combo box', title, within)
        self.click(row)
        choices = wait_until(lambda: self._try(self._look_for_choices, row, part), f'the choice “{part}” of “{title}”')
        place = next(index for index, text in enumerate(choices) if part in text)
        self.keys('Home', *['Down'] * place, 'Return')
        self.expect(lambda: part in get_labels(row)[1], True, f'what is chosen in “{title}”')

    def _look_for_choices(self, row, part):
        """What can be taken from a row that was opened: what it shows while it is closed is a list too, of one."""
        lists = (get_labels(node) for node in walk(row) if node.get_role() == Atspi.Role.LIST)
        return next((choices for choices in lists if len(choices) > 1 and any(part in text for text in choices)), None)

    def press_by_keys(self, role, name, within=None):
        """Goes to it with the Tab key and presses the space bar: where a popover is on the screen, nobody tells."""
        self.reach(self.find(role, name, within))
        self.keys('space')

    def choose_in_popover(self, button, choice, reached, what):
        """Opens the popover of a button and presses one of its choices, until what it is pressed for is there: where its
        pane is filled anew meanwhile, the popover goes with it."""
        def arrive():
            try:
                self.click(self.find('push button', button))
                self.press_by_keys('push button', choice)
            except AssertionError:
                self.keys('Escape')
                return None
            try:
                return wait_until(lambda: self._try(reached), what, 5.0)
            except Late:
                return None
        return wait_until(arrive, what)

    def reach(self, node):
        """With the Tab key, from where the keyboard is.  Asked so often, the program has taken the key: it answers between
        its keys, however slow it is.  Gone too far, the keyboard comes round again."""
        for _ in range(80):
            try:
                wait_until(lambda: has_state(node, Atspi.StateType.FOCUSED), '', patience=0.1)
                return
            except Late:
                self.keys('Tab')
        raise AssertionError(f'“{node.get_name()}” is not reached by the Tab key')

    def sign_in(self, account, passphrase):
        self.press_button('Main Menu')
        self.press('menu item', 'Sign In…')
        self.find_text('What you do from now on is written down under this name.')
        self.write('Account', account)
        self.write('Passphrase', passphrase)
        self.press_button('_Sign In Sign In')

    # Lists.

    def find_rows(self, title):
        """The list of rows in the table of this name."""
        table = self.find('tree table', title)
        return next(child for child in get_children(table) if child.get_role() == Atspi.Role.LIST)

    def read_rows(self, title, count=20):
        """The sentences of the first rows, as a screen reader speaks them."""
        rows = self.find_rows(title)
        sentences = []
        for index in range(min(count, rows.get_child_count())):
            row = rows.get_child_at_index(index)
            if row is not None and has_place(row):
                label = next((node for node in walk(row) if node.get_role() == Atspi.Role.LABEL), None)
                sentences += [label.get_name()] if label is not None else []
        return sentences

    def find_row(self, title, part, count=20):
        """The place among the first rows of the one that says this."""
        def look():
            for index, sentence in enumerate(self.read_rows(title, count)):
                if part in sentence:
                    return index + 1
            return None
        return wait_until(lambda: self._try(look), f'a row of {title} with “{part}”') - 1

    def select(self, title, part):
        """Selects the row that says this."""
        place = self.find_row(title, part)
        if not Atspi.Selection.select_child(self.find_rows(title), place):
            raise AssertionError(f'the row with “{part}” cannot be selected')

    # Hands.  There is no window manager: where keys go, the test says.

    def bring_in_sight(self, node):
        """Turns the wheel over whatever scrolls around a widget, the outermost first, until its middle is seen."""
        panes = []
        parent = node.get_parent()
        while parent.get_role() != Atspi.Role.APPLICATION:
            if parent.get_role() == Atspi.Role.SCROLL_PANE:
                panes.insert(0, parent)
            parent = parent.get_parent()
        for pane in panes:
            move = None
            for _ in range(60):
                box, whole = get_box(node), get_box(pane)
                middle = box.y + box.height // 2
                if whole.y <= middle < whole.y + whole.height:
                    break
                if move is None:
                    x, y, _identifier = self._find_middle(pane)
                    move = ('mousemove', '--sync', str(x), str(y))
                self.desktop.run('xdotool', *move, 'click', '4' if middle < whole.y else '5', 'sleep', '0.1')
                move = ()  # a pointer that is there already is waited for in vain

    def find_place(self, node):
        """Where on the screen the middle of a widget is, which it is brought in sight for, and the X window that it is in."""
        self.bring_in_sight(node)
        return self._find_middle(node)

    def _find_middle(self, node):
        frame = node
        while frame.get_parent().get_role() != Atspi.Role.APPLICATION:
            frame = frame.get_parent()
        identifier = self.find_x_window(frame.get_name())
        geometry = dict(line.split('=') for line in
                        self.desktop.run('xdotool', 'getwindowgeometry', '--shell', identifier).splitlines())
        box, whole = get_box(node), get_box(frame)
        # The border, which the widgets do not count.
        return (int(geometry['X']) + (int(geometry['WIDTH']) - whole.width) // 2 + box.x + box.width // 2,
                int(geometry['Y']) + (int(geometry['HEIGHT']) - whole.height) // 2 + box.y + box.height // 2, identifier)

    def find_x_window(self, title):
        return self.desktop.run('xdotool', 'search', '--sync', '--onlyvisible', '--name',
                                f'^{re.escape(title)}$').splitlines()[-1]

    def click(self, node):
        x, y, identifier = self.find_place(node)
        self.focus_x_window(identifier)
        # One pixel beside it first: a pointer that is there already is waited for in vain.
        self.desktop.run('xdotool', 'mousemove', str(x + 1), str(y), 'mousemove', '--sync', str(x), str(y), 'click', '1')

    def focus(self, title):
        """Gives the keyboard to the window of this title."""
        self.focus_x_window(self.find_x_window(title))

    def focus_x_window(self, identifier):
        """A window that is only just coming up takes no focus yet."""
        def is_taken():
            try:
                self.desktop.run('xdotool', 'windowfocus', '--sync', identifier)
            except AssertionError:
                return False
            return True
        wait_until(is_taken, f'the focus of the X window {identifier}')

    def keys(self, *names):
        self.desktop.run('xdotool', 'key', '--clearmodifiers', *names)

    def paste_files(self, title, paths):
        """Has another program copy files, and pastes them in the window of this title."""
        self.desktop.start(os.path.join(BUILD, 'tests', 'support', 'drag-source'), *paths)
        self.find_x_window('Drag Source')
        self.focus(title)

        def paste():
            """What another program has copied is told some time after its window is there."""
            self.keys('ctrl+v')
            try:
                return wait_until(lambda: self.desktop.list('documents'), 'a document in the books', 3.0)
            except Late:
                return None
        wait_until(paste, 'documents in the books')

    def type(self, text):
        self.desktop.run('xdotool', 'type', '--clearmodifiers', text)
