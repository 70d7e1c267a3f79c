#!/bin/sh
# Makes .venv exactly as the lock files say; does nothing if it is so already.
# Usage: sh tools/environment.sh [PYTHON]
set -eu
cd "$(dirname "$0")/.."
wanted=${1:-}
venv=.venv/bin/python
lock=build/environment.lock
scratch=build/environment.tmp
base='import sys; print(*sys.version_info[:3], sys.base_prefix)'

# A user's settings of Python, pip and uv are for other projects; kept is what says where packages come from.
for name in $(env | sed -n -e 's/^\(PYTHON[A-Z_]*\)=.*/\1/p' -e 's/^\(PIP_[A-Z_]*\)=.*/\1/p' -e 's/^\(UV_[A-Z_]*\)=.*/\1/p')
do
    case $name in
        *INDEX* | *FIND_LINKS | *CERT* | *_TLS | *PROXY | *TIMEOUT | *RETRIES | *CACHE_DIR | *TRUSTED_HOST) ;;
        *INSECURE_HOST | *OFFLINE | *KEYRING* | *CONFIG_FILE | UV_LINK_MODE | UV_CONCURRENT*) ;;
        *) unset "$name" ;;
    esac
done
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1

# What the environment depends on: where it stands, which files are in it, what is locked, which interpreter runs it.
files() {
    find .venv/bin .venv/lib -type f ! -name '*.pyc' 2>/dev/null | LC_ALL=C sort | cksum
}
state() {
    pwd -P
    files
    cksum requirements.lock requirements-uv.lock pyproject.toml
    "$venv" -c "import pip; $base"
}

# The interpreter itself, also where a virtual environment is active: this one may be about to be removed.
interpreter() {
    "$1" -c 'import ensurepip, sys, venv
if sys.version_info < (3, 11): sys.exit(1)
print(getattr(sys, "_base_executable", "") or sys.executable)' 2>/dev/null
}

same_python() {
    [ "$("$1" -c "$base" 2>/dev/null)" = "$("$venv" -c "import pip; $base" 2>/dev/null)" ]
}

fresh() {
    [ -f .venv/.stamp ] && [ "$(state 2>/dev/null)" = "$(cat .venv/.stamp)" ] &&
        { [ -z "$wanted" ] || same_python "$wanted"; }
}

if fresh; then
    exit 0
fi

# One at a time. Whoever was killed leaves the number of a process that is no more.
mkdir -p build
waited=0
until (set -C && echo $$ >"$lock") 2>/dev/null; do
    owner=$(cat "$lock" 2>/dev/null || true)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
        rm -f "$lock"
    elif [ $waited -ge 600 ]; then
        echo "Another process has been making .venv for ten minutes; if there is none, remove $lock." >&2
        exit 1
    else
        [ $waited -gt 0 ] || echo "Waiting for another process that makes .venv ..." >&2
        waited=$((waited + 1))
        sleep 1
    fi
done
# pip and uv leave their temporary files where they are killed: here the next run removes them.
export TMPDIR="$PWD/$scratch"
rm -rf "$scratch"
mkdir "$scratch"
trap 'rm -rf "$lock" "$scratch"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
if [ $waited -gt 0 ] && fresh; then
    exit 0
fi

if [ -n "$wanted" ]; then
    set -- "$wanted"
else
    set -- python3 python3.14 python3.13 python3.12 python3.11 python
fi
python=
for candidate; do
    if python=$(interpreter "$candidate"); then
        break
    fi
done
if [ -z "$python" ]; then
    echo "No Python 3.11 or newer with its venv module was found (tried: $*)." >&2
    echo "Install one (on Debian and Ubuntu also its python3-venv package), or name it:" >&2
    echo "    make PYTHON=/path/to/python3" >&2
    exit 1
fi
case $PWD in
    *:*)
        echo "Python makes no virtual environment in a folder with a colon in its name: move the project elsewhere." >&2
        exit 1
        ;;
esac

# Made anew unless it is whole, and differs in nothing but what is locked: a copied or moved environment names the
# folder where it was installed, an interrupted one lacks parts that neither uv nor pip would miss.
before=$(sed -n 1,2p .venv/.stamp 2>/dev/null || true)
now=$(pwd -P && files)
rm -f .venv/.stamp
if [ "$before" != "$now" ] || ! same_python "$python"; then
    echo "Making .venv with $("$python" --version) ..."
    rm -rf .venv
    "$python" -m venv .venv
fi

# Of pip's configuration files, too, only what says where packages come from.
while read -r key value; do
    case $key in
        index-url | extra-index-url | find-links | no-index | trusted-host | cert | client-cert | proxy | timeout | retries)
            name=PIP_$(echo "$key" | tr a-z- A-Z_)
            eval "[ -n \"\${$name-}\" ]" || export "$name=$value"
            ;;
    esac
done <<EOF
$("$venv" -m pip config list 2>/dev/null | sed -n "s/^[a-z]*\.\([a-z-]*\)='\(.*\)'\$/\1 \2/p" | sed 's/\\n/ /g')
EOF

# uv installs in seconds what takes pip a minute; where it cannot run, pip does the same. It is asked a second time
# with the certificates that the system trusts, as behind a proxy. Nothing that a package asks for is looked for: all
# of it is pinned. The project is installed without build isolation, so that its build fetches nothing unpinned.
echo "Installing the pinned packages ..."
pip() {
    PIP_CONFIG_FILE=/dev/null "$venv" -m pip install --quiet --no-deps "$@"
}
sync() {
    .venv/bin/uv pip sync --quiet --python "$venv" --require-hashes --compile-bytecode requirements.lock
}
# Where no cache can be kept, as in a home that is read only, uv works without.
keeps() {
    cache=$(.venv/bin/uv cache dir 2>/dev/null) && mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ]
}
if pip --require-hashes --only-binary :all: -r requirements-uv.lock &&
    { keeps || export UV_NO_CACHE=1; } && { sync 2>/dev/null || UV_SYSTEM_CERTS=1 sync; }; then
    :
else
    echo "uv could not do it; trying pip, which takes about a minute ..." >&2
    pip --require-hashes -r requirements.lock || {
        echo "Neither uv nor pip could install the pinned packages. Is the package index, or your mirror, in reach," >&2
        echo "and is there room on the disk? (about 1 GB)" >&2
        exit 1
    }
fi
pip --no-build-isolation --editable .
# The way to src/ as seen from there, in plain letters: in the locale C Python 3.11 could not read others, nor start.
for file in .venv/lib/python3*/site-packages/*aicities*.pth; do
    [ ! -e "$file" ] || echo ../../../../src >"$file"
done
state >.venv/.stamp
