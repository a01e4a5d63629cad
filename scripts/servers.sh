#!/bin/sh
# Make sure that there are the programs that tests start: git, which publishing to a
# branch is tested with. With `proof`, also what only `make proof` and `make soak` need:
# servers that are published to, LibreOffice, which reads the Word file, and others.
# On Debian and Ubuntu, as root or with sudo that asks no password, it installs them.
set -eu

# program:Debian package that has it
wanted="git:git"
if [ "${1:-}" = proof ]; then
    wanted="$wanted rsync:rsync nginx:nginx-light apache2:apache2-bin smbd:samba"
    wanted="$wanted soffice:libreoffice-writer-nogui uno:python3-uno"
    # What reads codes from pictures, and what runs programs that read other files.
    wanted="$wanted node:nodejs npm:npm zbarimg:zbar-tools"
fi

installed() {
    if [ "$1" = uno ]; then
        # No program: what a test of the Word file speaks to LibreOffice with.
        "${GUIDEGEN_UNO_PYTHON:-/usr/bin/python3}" -I -c "import uno" >/dev/null 2>&1
        return
    fi
    # Servers are often where only root's PATH leads.
    PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v "$1" >/dev/null 2>&1
}

look() {
    missing="" packages=""
    for pair in $wanted; do
        if ! installed "${pair%%:*}"; then
            missing="$missing ${pair%%:*}" packages="$packages ${pair##*:}"
        fi
    done
}

refuse() {
    echo "error: the tests need$missing, and $1" >&2
    echo "hint: install what is missing so that it is on the PATH (on Debian:$packages);" >&2
    echo "      'make fast' needs none of it" >&2
    exit 1
}

look
[ -n "$missing" ] || exit 0
command -v apt-get >/dev/null 2>&1 || refuse "only Debian and Ubuntu are known how to be given them"

if [ "$(id -u)" -eq 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    refuse "there is no right to install them (neither root nor sudo without a password)"
fi

echo "Installing for the tests:$missing …"
log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086  # several packages
if ! { $as_root apt-get update && $as_root apt-get install --yes --no-install-recommends $packages; } \
    >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    refuse "apt-get could not install them"
fi
rm -f "$log"
look
[ -z "$missing" ] || refuse "the packages that apt-get installed have none"
