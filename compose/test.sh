#!/usr/bin/env bash
# The chain in containers, really: up, loaded, watched, its template edited, its template broken, down, nothing left. Part of ./weir test.
#
#   compose/test.sh          uses the engine that answers, else starts one of its own and ends it
#
# Ends with 0 and says so when no engine can be had. WEIR_TEST_ENGINE names a folder in which a started engine keeps its images.
set -euo pipefail
cd "$(dirname "$0")"
. ./engine.sh
. ./test-lab.sh
. ./test-agents.sh
. ./test-overlays.sh

# The project of its own name, so that a chain that is up is not touched.
project=weir-test-$$
port=${WEIR_TEST_PORT:-18080}
scratch=$(mktemp -d /var/tmp/weir-compose.XXXXXX)
engine=${WEIR_TEST_ENGINE:-$scratch/engine}

say() { printf 'compose: %s\n' "$*"; }
fail() {
  say "FAILED: $*" >&2
  exit 1
}

own_engine=
cleanup() {
  trap '' INT TERM
  chain down --volumes --remove-orphans --timeout 1 >/dev/null 2>&1 || true
  if [ -n "$own_engine" ]; then engine_stop; fi
  if [ "$engine" = "$scratch/engine" ]; then engine_remove "$engine"; else engine_remove "$scratch/none"; fi
  rm -rf "$scratch"
}

compose=(docker compose --project-name "$project" --env-file "$scratch/env")
chain() { "${compose[@]}" "$@"; }
here() { "${engine_namespace[@]}" "$@"; }
started() { docker inspect --format '{{.State.StartedAt}} {{.State.Health.Status}}' "$project-edge-1" "$project-ingress-1"; }
# -r on the host would not do: the file is the container's.
configured() { chain exec -T edge grep -c "proxy_read_timeout $1;" /chain/edge.conf >/dev/null; }

# name, further arguments of weir load
load() {
  local name=$1
  shift
  here ../weir load --target "ws://127.0.0.1:$port/connection/websocket" -o "$scratch/$name" "$@" >"$scratch/$name.txt" 2>&1
}

if ! engine_possible; then
  say "NOT TESTED: $engine_why"
  rm -rf "$scratch"
  exit 0
fi
trap cleanup EXIT
trap 'exit 130' INT TERM

if ! engine_answers; then
  own_engine=yes
  say "starting an engine in $engine"
  # Building needs this host's network and no rules of its own.
  engine_start "$engine" --iptables=false --ip-forward=false --bridge=none || {
    say "NOT TESTED: an engine is installed, and does not start here"
    exit 0
  }
fi

: >"$scratch/env"
base=$(sed -n 's/^ARG WEIR_BASE_IMAGE=//p' Dockerfile)
if ! docker image inspect "$base" >/dev/null 2>&1 && ! timeout 60 docker pull -q "$base" >/dev/null 2>&1; then
  say "no image registry is reachable: base images from Debian packages"
  ./images.sh >"$scratch/env"
fi
cp -R ../proxy-config "$scratch/proxy-config"
cat >>"$scratch/env" <<EOF
WEIR_PORT=$port
WEIR_PROMETHEUS_PORT=$((port + 1))
WEIR_PROXY_CONFIG=$scratch/proxy-config
WEIR_SUBNET=172.30.81.0/24
WEIR_ADDRESSES=172.30.81.128/25
WEIR_EDGE_ADDRESS=172.30.81.2
WEIR_INGRESS_ADDRESS=172.30.81.3
WEIR_GATE=172.30.81.1
EOF
say "building images"
chain build >"$scratch/build.log" 2>&1 || {
  tail -n 20 "$scratch/build.log" >&2
  fail "images must build"
}
./images-check.sh --twice "${compose[@]}" >"$scratch/images.txt" || fail "the images must be what they should be"
sed 's/^/compose: /' "$scratch/images.txt"
if [ -n "$own_engine" ]; then
  engine_stop
  engine_isolate || fail "a network namespace must be had"
  # Docker's proxy for published ports takes six descriptors a connection and ends when it has none: rules do without it.
  engine_start "$engine" --userland-proxy=false || fail "the engine must start in a network namespace"
fi

begun=$SECONDS
chain up --detach --wait --no-build >"$scratch/up.log" 2>&1 || {
  chain logs --tail 5 >&2
  tail -n 5 "$scratch/up.log" >&2
  fail "the chain must become healthy"
}
took=$((SECONDS - begun))
[ $took -le 60 ] || fail "the chain must be healthy within 60 s: seconds=$took"
say "healthy after $took s"

load full -c 5k -R 1k/s -d 10s --rooms 10 --publish 2/s --threshold 'failed<1' --threshold 'closed<1' --threshold 'lost<1' || {
  cat "$scratch/full.txt"
  fail "5,000 connections must be held and served"
}
awk '/^  hold / { print "compose: held " $4 ", delivered " $6 " of " $7; exit !($4 == "5,000" && $6 == $7 && $6 != "0") }' "$scratch/full.txt" ||
  fail "5,000 must be held, and what is published must be delivered to all"

(test_agents) || exit 1

# From here on with what watches it.
export COMPOSE_FILE=compose.yaml:compose.monitoring.yaml
chain up --detach --wait --no-build >"$scratch/watch.log" 2>&1 || {
  chain logs --tail 5 >&2
  tail -n 5 "$scratch/watch.log" >&2
  fail "the chain must be healthy with monitoring"
}
load watched -c 200 -d 10s --rooms 2 --publish 2/s --metrics 0.0.0.0:9102 --threshold 'failed<1' --threshold 'closed<1' --threshold 'lost<1' || {
  cat "$scratch/watched.txt"
  fail "a load must be possible while it is watched"
}
tries=0
# Rates take a minute to be there.
until monitoring/check.sh "${compose[@]}" >"$scratch/watch.txt" 2>&1; do
  tries=$((tries + 1))
  [ $tries -le 9 ] || {
    cat "$scratch/watch.txt" >&2
    fail "rules must do what they say, and every metric named must exist"
  }
  sleep 5
done
tail -n 2 "$scratch/watch.txt" | sed 's/^/compose: /'
./images-check.sh "${compose[@]}" >"$scratch/images.txt" || fail "what runs must run without rights"
tail -n 1 "$scratch/images.txt" | sed 's/^/compose: /'

template=$scratch/proxy-config/templates/edge-nginx.conf.peb
sed -i 's/proxy_read_timeout {{ proxy_read_timeout }};/proxy_read_timeout 3s;/' "$template"
chain run --rm render >"$scratch/render.txt" 2>&1 || {
  cat "$scratch/render.txt"
  fail "an edited template must be rendered"
}
chain restart ingress edge >/dev/null 2>&1
chain up --detach --wait --no-build >/dev/null 2>&1 || fail "the chain must be healthy with the edited template"
configured 3s || fail "proxy_read_timeout must be the edited one"
# Nothing is sent for 25 s, so that every connection is cut.
load cut -c 20 -R 20/s -d 5s && true
grep -E 'ended in .* 20 ' "$scratch/cut.txt" || {
  cat "$scratch/cut.txt"
  fail "the edge must cut what is idle for 3 s"
}
say "edited: proxy_read_timeout 3s is in force"

before=$(started)
sed -i 's/proxy_read_timeout 3s;/proxy_read_timeout 3 seconds;/' "$template"
line=$(grep -n 'proxy_read_timeout 3 seconds;' "$template" | cut -d: -f1)
if chain run --rm render >"$scratch/broken.txt" 2>&1; then fail "a broken template must be refused"; fi
grep -q "edge-nginx.conf.peb:$line" "$scratch/broken.txt" || {
  cat "$scratch/broken.txt"
  fail "the line of the mistake must be named: line=$line"
}
grep -m 1 "edge-nginx.conf.peb:$line" "$scratch/broken.txt"
configured 3s || fail "a refused template must not be written"
[ "$(started)" = "$before" ] || fail "a refused template must leave the chain alone"
load again -c 100 -d 2s || fail "the chain must serve after a refused template"
say "broken: refused with its line, the chain runs on"

(test_lab) || exit 1
(test_overlays) || exit 1

chain down --volumes --timeout 1 >/dev/null 2>&1 || fail "the chain must go down"
left=$(for kind in container network volume; do
  case $kind in container) all=--all ;; *) all= ;; esac
  docker "$kind" ls $all --quiet --filter "label=com.docker.compose.project=$project"
done)
[ -z "$left" ] || fail "nothing must be left: $left"
say "down: nothing is left"
