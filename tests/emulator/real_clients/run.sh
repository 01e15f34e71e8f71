#!/bin/sh
# Usage: run.sh EMULATOR FOLDER_TO_WORK_IN
# Installs the clients under FOLDER_TO_WORK_IN, never beside this file, and runs them. Exit 77: skipped.
set -eu
emulator=$1
work=$2
here=$(cd "$(dirname "$0")" && pwd)

for tool in node npm; do
  if ! command -v "$tool" >/dev/null 2>&1; then
    echo "skipped: $tool is not installed (apt-get install nodejs npm)"
    exit 77
  fi
done

mkdir -p "$work"
cp "$here/package.json" "$here/package-lock.json" "$work/"
if ! cmp -s "$work/package-lock.json" "$work/node_modules/.installed-lock"; then
  npm ci --prefix "$work" --ignore-scripts --no-audit --no-fund --loglevel=error
  cp "$work/package-lock.json" "$work/node_modules/.installed-lock"
fi

state=$(mktemp -d)
"$emulator" --port 0 --state "$state" --throttle off --auto-consent Larkfield >"$state.out" &
pid=$!
trap 'kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; rm -rf "$state" "$state.out"' EXIT

url=
for _ in $(seq 200); do
  url=$(sed -n 's/^ready //p' "$state.out")
  [ -n "$url" ] && break
  sleep 0.1
done
[ -n "$url" ] || { echo "the emulator did not start"; exit 1; }

NODE_EXTRA_CA_CERTS=$state/tls/ca.pem node "$here/clients.js" "$url" "$work"
