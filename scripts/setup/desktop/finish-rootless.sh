#!/bin/sh
# finish-rootless.sh <tree>, run by enter-rootless.sh: what the packages' own install scripts would have written.
set -eu
tree=$1
library=$(dirname "$(ls -d /usr/lib/*/glib-2.0/glib-compile-schemas)")/..

/sbin/ldconfig -C "$tree/etc/ld.so.cache"
"$library/glib-2.0/glib-compile-schemas" --targetdir="$tree/usr/share/glib-2.0/schemas" /usr/share/glib-2.0/schemas
loaders="$library/gdk-pixbuf-2.0"
"$loaders/gdk-pixbuf-query-loaders" > "$tree/loaders.cache"
mv "$tree/loaders.cache" "$tree/$loaders/2.10.0/loaders.cache"
if command -v update-mime-database > /dev/null; then update-mime-database "$tree/usr/share/mime"; fi
if [ ! -s /etc/machine-id ]; then tr -d - < /proc/sys/kernel/random/uuid > "$tree/etc/machine-id"; fi
