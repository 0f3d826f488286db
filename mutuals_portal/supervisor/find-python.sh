# Sets $python to a Python that can run the portal, or says in one sentence that there is none.

# A name may be a launcher that fails (pyenv's, for one), so each is asked for its version.
try() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && python=$1
}

python=
if [ -n "${PORTAL_PYTHON:-}" ]; then
    try "$PORTAL_PYTHON"
else
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        try "$name" && break
    done
    [ -n "$python" ] || try "$(uv python find --no-python-downloads '>=3.11' 2>/dev/null)"
fi
if [ -z "$python" ]; then
    echo "The portal needs Python 3.11 or newer, and found none: please install it." >&2
    exit 1
fi
