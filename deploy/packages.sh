#!/bin/sh
# Installs the named Debian packages when it may; otherwise prints the line that does, and stops.
set -e

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian packages: $*."
    export DEBIAN_FRONTEND=noninteractive
    for try in 1 2 3; do
        apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null && exit 0
        sleep 5
    done
fi
echo "This needs packages that are not installed. As root: apt-get install -y $*" >&2
exit 1
