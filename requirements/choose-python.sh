#!/bin/sh
# Print the Python to build .venv with: the one asked for ($1), else the first new enough.
# Exits 2 with one sentence when there is none, or when it cannot make virtual environments.

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
chosen=

for name in ${1:-python3.11 python3.12 python3.13 python3}; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c "$new_enough" >/dev/null 2>&1; then
        chosen=$name
        break
    fi
done

if [ -z "$chosen" ]; then
    if [ -n "$1" ]; then
        echo "'$1' is not Python 3.11 or newer: name another with PYTHON=... and run make again." >&2
    else
        echo "No Python 3.11 or newer was found: install one (Debian: apt-get install python3.11 python3.11-venv) and run make again." >&2
    fi
    exit 2
fi

if ! "$chosen" -c 'import venv, ensurepip' >/dev/null 2>&1; then
    version=$("$chosen" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "This Python has no venv module: install it (Debian: apt-get install python$version-venv) and run make again." >&2
    exit 2
fi

echo "$chosen"
