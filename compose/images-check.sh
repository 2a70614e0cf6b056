#!/usr/bin/env bash
# Whether the images of gateway and loadgen are what they should be, and whether what is up runs as it should:
#
#   ./images-check.sh                      nobody is root, nothing secret, nothing to write; prints their sizes
#   ./images-check.sh --twice              and builds them once more, without a cache: the same sources must give the same bytes
#
# Further arguments are how compose is called, when not by 'docker compose'.
set -euo pipefail
cd "$(dirname "$0")"

twice=
if [ "${1:-}" = --twice ]; then
  twice=yes
  shift
fi
compose=("$@")
[ $# -gt 0 ] || compose=(docker compose)

scratch=$(mktemp -d /var/tmp/weir-check.XXXXXX)
trap 'rm -rf "$scratch"' EXIT

fail() {
  echo "images-check.sh: $*" >&2
  exit 1
}

# Nothing must be found: what that would mean; the lines come in.
none() {
  local found
  found=$(cat)
  [ -z "$found" ] || fail "$1: $found"
}

"${compose[@]}" config >"$scratch/config"
image_of() { awk -v service="$1:" '/^  [a-z]/ { at = $1 } /^    image:/ && at == service { print $2; exit }' "$scratch/config"; }
argument() { awk -v name="$1:" '$1 == name { print $2; exit }' "$scratch/config"; }

# What an image has of ours: its name, the folder that takes it.
unpack() {
  local container
  container=$(docker create --network none "$1")
  mkdir -p "$2"
  docker export "$container" | tar -x -C "$2" opt/weir
  docker rm "$container" >/dev/null
}

check_image() {
  local image=$1 base=$2 files=$scratch/$3
  docker image inspect --format '{{.Config.User}}' "$image" | { grep -E '^(|0|root)(:.*)?$' || true; } | sed 's/^/user=/' | none "$image must not run as root"
  docker image inspect --format '{{range .Config.Env}}{{println .}}{{end}}' "$image" | { grep -iE '^[^=]*(key|token|secret|password)' || true; } |
    none "$image must have no secret in its environment"
  unpack "$image" "$files"
  { grep -rlE -e '-----BEGIN [A-Z ]*PRIVATE KEY-----' "$files" || true; } | none "$image must have no key in it"
  find "$files" -name .env -o -name 'token*' -o -name '*.key' -o -name '*.p12' -o -name settings.xml | none "$image must have no secret in it"
  find "$files/opt" ! -type l -perm /022 | none "only root may write what $image has"
  awk -v image="$image" -v whole="$(docker image inspect --format '{{.Size}}' "$image")" -v base="$(docker image inspect --format '{{.Size}}' "$base")" \
    'BEGIN { printf "%s: %.0f MB on top of its base of %.0f MB\n", image, (whole - base) / 1e6, base / 1e6; exit whole - base > 120e6 }' ||
    fail "$image must be no more than 120 MB larger than its base"
}

# Sums of jars, runtime and the rest; a cache of classes has the time of its making in it.
sums() { (cd "$scratch/$1/opt/weir" && find . -type f ! -name aot -exec sha256sum {} + | sort -k 2); }

gateway=$(image_of gateway)
loadgen=$(image_of render)
check_image "$gateway" "$(argument WEIR_BASE_IMAGE)" gateway
check_image "$loadgen" "$(argument WEIR_NGINX_IMAGE)" loadgen

running=$("${compose[@]}" ps --quiet)
for container in $running; do
  name=$(docker inspect --format '{{.Name}}' "$container")
  [ "$(docker inspect --format '{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.Privileged}}' "$container")" = 'true false' ] ||
    fail "a container must not write its root, nor be privileged: container=$name"
  docker top "$container" -eo uid,pid,args | awk 'NR > 1 && $1 == 0' | none "no process of $name must be root's"
done
[ -z "$running" ] || echo "$(echo "$running" | wc -l) containers: no process is root's, no root file system can be written"

if [ -n "$twice" ]; then
  export WEIR_GATEWAY_IMAGE=weir/gateway:again WEIR_LOADGEN_IMAGE=weir/loadgen:again
  # What the first has built the second takes from it, where the bytes are the same.
  { "${compose[@]}" build --no-cache gateway && "${compose[@]}" build render; } >"$scratch/log" 2>&1 || {
    tail -n 20 "$scratch/log" >&2
    fail "images must build"
  }
  unpack $WEIR_GATEWAY_IMAGE "$scratch/gateway-again"
  unpack $WEIR_LOADGEN_IMAGE "$scratch/loadgen-again"
  docker image rm $WEIR_GATEWAY_IMAGE $WEIR_LOADGEN_IMAGE >/dev/null
  for program in gateway loadgen; do
    sums $program >"$scratch/once"
    sums $program-again >"$scratch/again"
    { diff "$scratch/once" "$scratch/again" || true; } | none "two builds of $program must have the same bytes"
  done
  echo "built twice: $(sums gateway | wc -l) and $(sums loadgen | wc -l) files, bit for bit the same"
fi
