#!/bin/sh
# enter-rootless.sh <tree> <command> [argument…]
# Runs a command that sees the packages unpacked in <tree> in their usual places, without root: in a user and mount
# namespace of its own, with <tree> laid over /usr and /etc, read-only. The command keeps its user id.
set -eu
tree=$1
shift
[ "${CAROLINA_DESKTOP_TREE:-}" = "$tree" ] && exec "$@"
export CAROLINA_DESKTOP_TREE="$tree"

exec unshare --user --map-root-user --mount sh -euc '
  tree=$1 uid=$2 gid=$3
  shift 3
  mount --rbind /etc "$tree/host-etc"
  mount -t overlay overlay -o "ro,lowerdir=$tree/usr:/usr" /usr
  mount -t overlay overlay -o "ro,lowerdir=$tree/etc:/etc" /etc
  # In a container these are mounts of their own, which an overlay does not show.
  for file in resolv.conf hosts hostname; do
    if [ -f "$tree/host-etc/$file" ]; then mount --bind "$tree/host-etc/$file" "/etc/$file"; fi
  done
  exec unshare --user --map-user="$uid" --map-group="$gid" -- "$@"
' sh "$tree" "$(id -u)" "$(id -g)" "$@"
