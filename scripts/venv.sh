#!/bin/sh
# Make .venv and put guidegen and one set of locked libraries into it.
#
#   scripts/venv.sh run     what guidegen needs to run
#   scripts/venv.sh test    that, and what its tests and checks need
#
# PYTHON=/path/to/python chooses the interpreter.
set -eu

set_name=$1
lock=requirements/$set_name.txt
copy=.venv/$set_name.lock

fail() {
    echo "error: $1" >&2
    echo "hint: $2" >&2
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
        if new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    fail "no Python 3.11 or newer was found${PYTHON:+ at $PYTHON}" \
        "install one from https://www.python.org/downloads/, or say where it is: make PYTHON=/path/to/python3 …"
}

make_venv() {
    python=$(find_python)
    # Without its pip a virtual environment is of no use; Debian ships both apart.
    "$python" -c 'import ensurepip, venv' 2>/dev/null || fail \
        "$python cannot make virtual environments" \
        "on Debian and Ubuntu: apt-get install python3-venv"
    echo "Making .venv with $("$python" --version) …"
    "$python" -m venv --clear .venv || fail "$python could not make .venv" \
        "is the folder writable, is there space on the disk?"
}

# A change of the lock starts afresh, so that nothing of the old set stays behind.
if ! .venv/bin/python -c '' 2>/dev/null || { [ -f "$copy" ] && ! cmp -s "$lock" "$copy"; }; then
    make_venv
fi

echo "Installing what is listed in $lock; the first time this takes a minute …"
.venv/bin/python -m pip install -qq --disable-pip-version-check --requirement "$lock" \
    || fail "the libraries could not be installed" \
        "the lines above name the one; pip needs its package index to be reachable"
.venv/bin/python -m pip install -qq --disable-pip-version-check \
    --no-deps --no-build-isolation --editable . \
    || fail "guidegen could not be installed into .venv" "the lines above say why"

# The copies tell make, and this script, what is installed; "test" contains "run".
cp requirements/run.txt .venv/run.lock
[ "$set_name" = run ] || cp "$lock" "$copy"
