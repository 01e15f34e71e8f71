#!/bin/sh
# check.sh PYTHON3 QUICKBOOKS.so TESTS: the host in Python, its transcript, and whether its structs are
# those of the golden layouts.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export PYTHONDONTWRITEBYTECODE=1

said=$("$1" "$here/python_host.py" "$2" "$3/c_host/quickbooks.json" "$folder")
echo "$said"
echo "$said" | grep -qx 'an order: 0'
echo "$said" | grep -qx 'the same event again: 2'
echo "$said" | grep -qx 'an order without a supplier: purchase_order.supplier is null'
echo "$said" | grep -qx 'stop: 0'

PYTHONPATH=$here "$1" - "$3/golden/layouts.txt" <<'PYTHON'
import ctypes, sys, python_host

compared, record = 0, None
for line in open(sys.argv[1], encoding="utf-8"):
    words = line.split()
    if words and words[0] in ("value", "open", "table"):
        record = getattr(python_host, words[1], None)
        if record:
            assert ctypes.sizeof(record) == int(words[3]), f"{words[1]} has {ctypes.sizeof(record)} bytes here: {line}"
            compared += 1
    elif words and record and line.startswith(" "):
        member = getattr(record, words[2])
        assert (member.offset, member.size) == (int(words[0]), int(words[1])), f"{record.__name__}.{words[2]}: {line}"
    elif not words:
        record = None
assert compared == 12, f"{compared} structs of the golden layouts are compared"
PYTHON
