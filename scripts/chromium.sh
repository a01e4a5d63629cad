#!/bin/sh
# Make sure that there is a Chromium for the browser tests.
# On Debian and Ubuntu, as root or with sudo that asks no password, it installs one.
set -eu

find_chromium() {
    [ -z "${GUIDEGEN_CHROMIUM:-}" ] || return 0
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name" >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

missing() {
    echo "error: the browser tests need Chromium, and $1" >&2
    echo "hint: install Chromium or Google Chrome so that it is on the PATH, or say where it is:" >&2
    echo "      GUIDEGEN_CHROMIUM=/path/to/chrome make test; 'make fast' needs no browser" >&2
    exit 1
}

if find_chromium; then
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
export DEBIAN_FRONTEND=noninteractive
if ! { $as_root apt-get update && $as_root apt-get install --yes --no-install-recommends chromium; } \
    >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    missing "apt-get could not install it"
fi
rm -f "$log"
find_chromium || missing "the package that apt-get installed has none"
