#!/bin/sh
# unpack-rootless.sh <folder of .deb files> <tree>
# By tar and not by dpkg-deb --extract, which would put a folder in the place of the tree's link from /lib to /usr/lib.
set -eu
for package in "$1"/*.deb; do
  dpkg-deb --fsys-tarfile "$package" > "$2.tar"
  tar --extract --file "$2.tar" --directory "$2" --keep-directory-symlink --no-same-owner \
    --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*'
done
rm "$2.tar"
