#!/bin/sh
# Debian's Hyperscan and a C compiler, for the ruler of `npm run bench matching`. Run it as root; the bench itself installs nothing.
set -e
command -v apt-get >/dev/null || { echo "No apt-get here: install Hyperscan (hs.h, libhs) and a C compiler by hand." >&2; exit 1; }
apt-get install --yes --no-install-recommends gcc libc6-dev libhyperscan-dev
