# Sets $python to a Python that can run the portal, or says in one sentence that there is none.
# A name may be a launcher that fails (pyenv's, or Windows' stub), so each candidate is tried.
python=
for candidate in ${PORTAL_PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python} \
    "$(uv python find --no-python-downloads '>=3.11' 2>/dev/null)"; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "The portal needs Python 3.11 or newer, and found none: please install it." >&2
    exit 1
fi
