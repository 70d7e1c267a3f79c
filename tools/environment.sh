#!/bin/sh
# Makes .venv exactly as the lock files say; does nothing if it is so already.
# Usage: sh tools/environment.sh [PYTHON]
set -eu
cd "$(dirname "$0")/.."
wanted=${1:-}
venv=.venv/bin/python
base='import sys; print(*sys.version_info[:3], sys.base_prefix)'

# What the environment depends on: where it stands, what is locked, which interpreter runs it.
state() {
    pwd -P
    cksum requirements.lock requirements-uv.lock pyproject.toml
    "$venv" -c "import pip; $base"
}

usable() {
    "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

same_python() {
    [ "$("$1" -c "$base" 2>/dev/null)" = "$("$venv" -c "import pip; $base" 2>/dev/null)" ]
}

if [ -f .venv/.stamp ] && [ "$(state 2>/dev/null)" = "$(cat .venv/.stamp)" ]; then
    if [ -z "$wanted" ] || same_python "$wanted"; then
        exit 0
    fi
fi

if [ -n "$wanted" ]; then
    set -- "$wanted"
else
    set -- python3 python3.13 python3.12 python3.11 python
fi
python=
for candidate; do
    if usable "$candidate"; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "No Python 3.11 or newer with its venv module was found (tried: $*)." >&2
    echo "Install one (on Debian and Ubuntu also its python3-venv package), or name it:" >&2
    echo "    make PYTHON=/path/to/python3" >&2
    exit 1
fi

# A copied or moved environment is made anew: its commands name the folder where they were installed.
stays=yes
if [ -f .venv/.stamp ] && [ "$(head -n 1 .venv/.stamp)" != "$(pwd -P)" ]; then
    stays=no
fi
rm -f .venv/.stamp
if [ $stays = no ] || ! same_python "$python"; then
    echo "Making .venv with $("$python" --version) ..."
    "$python" -m venv --clear .venv
fi
# uv installs in seconds what takes pip a minute; where it cannot run, pip does the same.
# The project is installed without build isolation, so that its build fetches nothing unpinned.
echo "Installing the pinned packages ..."
if "$venv" -m pip install --quiet --disable-pip-version-check --require-hashes \
        --only-binary :all: -r requirements-uv.lock &&
    .venv/bin/uv pip sync --quiet --python "$venv" --require-hashes --compile-bytecode requirements.lock; then
    .venv/bin/uv pip install --quiet --python "$venv" --no-deps --no-build-isolation --editable .
else
    echo "uv could not do it; trying pip, which takes about a minute ..." >&2
    "$venv" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
    "$venv" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
fi
# The way to src/ as seen from there, in plain letters: in the locale C Python 3.11 could not read others, nor start.
for file in .venv/lib/python3*/site-packages/*aicities*.pth; do
    [ ! -e "$file" ] || echo ../../../../src >"$file"
done
state >.venv/.stamp
