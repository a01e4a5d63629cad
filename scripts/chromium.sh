#!/bin/sh
# Make sure that there is a Chromium for the browser tests.
# On Debian and Ubuntu, as root or with sudo that asks no password, it installs one: the
# headless shell where there is a package of it, which draws a page in half the time.
# A computer that has a Chromium is given the shell only by root, as in a container.
set -eu

SHELL_PACKAGE=chromium-headless-shell

has_one_of() {
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

has_chromium() {
    has_one_of "$SHELL_PACKAGE" chromium chromium-browser google-chrome google-chrome-stable
}

is_packaged() {
    [ -n "$(apt-cache search --names-only "^$1\$" 2>/dev/null)" ]
}

missing() {
    echo "error: the browser tests need Chromium, and $1" >&2
    echo "hint: install Chromium or Google Chrome so that it is on the PATH, or say where it is:" >&2
    echo "      GUIDEGEN_CHROMIUM=/path/to/chrome make test; 'make fast' needs no browser" >&2
    exit 1
}

install() {
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update || return 1
    package=chromium
    if is_packaged "$SHELL_PACKAGE"; then
        package=$SHELL_PACKAGE
    fi
    $as_root apt-get install --yes --no-install-recommends "$package"
}

if [ -n "${GUIDEGEN_CHROMIUM:-}" ] || has_one_of "$SHELL_PACKAGE"; then
    exit 0
fi
if has_chromium && { [ "$(id -u)" -ne 0 ] || ! is_packaged "$SHELL_PACKAGE"; }; then
    exit 0
fi
command -v apt-get >/dev/null 2>&1 || missing "only Debian and Ubuntu are known how to be given one"

if [ "$(id -u)" -eq 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    missing "there is no right to install it (neither root nor sudo without a password)"
fi

echo "Installing Chromium for the browser tests …"
log=$(mktemp)
if ! install >"$log" 2>&1 </dev/null && ! has_chromium; then
    tail -n 20 "$log" >&2
    missing "apt-get could not install it"
fi
rm -f "$log"
has_chromium || missing "the package that apt-get installed has none"
