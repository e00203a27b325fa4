# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# What run, test, bench and install-deps share.  Sourced, never run.

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

say () {
  printf '%s\n' "$*"
}

die () {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# quietly SENTENCE COMMAND...: runs the command; only where it fails is its output shown, without the lines that say
# what went well, and then the sentence.
quietly () {
  local sentence=$1 log
  shift
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1 </dev/null; then
    grep -vE ': YES|^\[[0-9]+/[0-9]+\] ' "$log" >&2 || true
    rm -f "$log"
    die "$sentence"
  fi
  rm -f "$log"
}

# The distribution's meson runs with the distribution's Python, whatever python3 comes first in PATH.
find_meson () {
  if [ -x /usr/bin/meson ]; then
    say /usr/bin/meson
  else
    command -v meson || die "meson is missing; it comes with your distribution, or see https://mesonbuild.com"
  fi
}

# configure DIRECTORY OPTION...: sets a build directory up, or again where the options differ from the last time.
# (Ninja itself notices a changed meson.build.)  A directory that cannot be set up again is made anew.
configure () {
  local dir=$1 wanted meson
  shift
  wanted="$root $*"
  if [ -f "$dir/build.ninja" ] && [ "$(cat "$dir/.options" 2>/dev/null)" = "$wanted" ]; then
    return
  fi

  say "Setting up $dir"
  meson=$(find_meson)
  if ! { [ -f "$dir/build.ninja" ] &&
         "$meson" setup --reconfigure "$dir" "$@" >/dev/null 2>&1 </dev/null; }; then
    rm -rf "$dir"
    quietly "the build could not be set up; the lines above say why" "$meson" setup "$dir" "$@"
  fi
  printf '%s\n' "$wanted" >"$dir/.options"
}

compile () {
  say "Compiling in $1"
  quietly "it did not compile; the lines above say where" ninja -C "$1"
}

# headless COMMAND...: runs it with a display, a session bus and XDG folders of its own, so that no test sees the
# person's desktop, keyring or data.  Its exit status is the command's.
headless () {
  local home
  home=$(mktemp -d /tmp/billing-XXXXXX)
  # What the bus has started may still be on its way out, and write: what it leaves then is not worth a failure.
  # shellcheck disable=SC2064
  trap "rm -rf '$home' 2>/dev/null || true" EXIT
  mkdir -m 0700 "$home/runtime"
  env -u WAYLAND_DISPLAY -u DISPLAY -u DBUS_SESSION_BUS_ADDRESS -u AT_SPI_BUS_ADDRESS \
    XDG_RUNTIME_DIR="$home/runtime" XDG_DATA_HOME="$home/data" \
    XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache" \
    GDK_BACKEND=x11 GSK_RENDERER="${GSK_RENDERER:-cairo}" \
    xvfb-run -a -s "-screen 0 1280x800x24" dbus-run-session -- "$@" </dev/null
}
