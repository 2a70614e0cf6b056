#!/usr/bin/env bash
# Finds what the chain in containers needs, or starts a Docker engine for as long as the caller lives. Sourced by test.sh.
#
# An engine of our own has its data in a scratch folder. The one that runs the chain is in a network namespace of its own: its bridges, rules,
# forwarding and connection tracking are not this host's, and end with it.
# shellcheck disable=SC2034 # used by who sources this

engine_pid=
engine_namespace=()
engine_why=

engine_answers() { docker version >/dev/null 2>&1; }

# Whether the chain can be run here; engine_why says why not.
engine_possible() {
  engine_why=
  if ! command -v docker >/dev/null; then
    engine_why="there is no docker command; apt-get install docker.io"
  elif ! docker compose version >/dev/null 2>&1; then
    engine_why="docker has no compose plugin; apt-get install docker-compose-v2 (Ubuntu) or docker-compose-plugin (docker.com)"
  elif ! engine_answers; then
    if [ "$(id -u)" != 0 ]; then
      engine_why="no engine answers, and only root may start one: user=$(id -un)"
    elif ! command -v dockerd >/dev/null; then
      engine_why="no engine answers, and there is no dockerd to start; apt-get install docker.io"
    fi
  fi
  [ -z "$engine_why" ]
}

# Where the engine keeps things, then flags of dockerd.
engine_start() {
  local folder=$1
  shift
  mkdir -p "$folder"
  engine_folder=$folder
  export DOCKER_HOST=unix://$folder/docker.sock
  setsid "${engine_namespace[@]}" dockerd --host "$DOCKER_HOST" --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/pid" \
    "$@" >>"$folder/log" 2>&1 &
  engine_pid=$!
  local tries=0
  until engine_answers; do
    tries=$((tries + 1))
    if [ $tries -gt 100 ] || ! kill -0 $engine_pid 2>/dev/null; then
      tail -n 5 "$folder/log" >&2
      return 1
    fi
    sleep 0.2
  done
}

engine_stop() {
  [ -n "$engine_pid" ] || return 0
  kill -TERM "$engine_pid" 2>/dev/null || true
  wait "$engine_pid" 2>/dev/null || true
  # Docker leaves network namespaces mounted, and what is mounted cannot be removed.
  umount "$engine_folder"/exec/netns/* 2>/dev/null || true
  engine_pid=
}

# A network namespace whose only other member is a process that waits; later engines and loads run in it.
engine_isolate() {
  unshare --net sleep infinity &
  engine_holder=$!
  engine_namespace=(nsenter --net="/proc/$engine_holder/ns/net" --)
  local tries=0
  until [ "$(readlink "/proc/$engine_holder/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do
    tries=$((tries + 1))
    [ $tries -lt 50 ] || return 1
    sleep 0.1
  done
  "${engine_namespace[@]}" ip link set lo up
}

# Ends the engine and the namespace, and removes the folder named.
engine_remove() {
  engine_stop
  [ -z "${engine_holder:-}" ] || kill "$engine_holder" 2>/dev/null || true
  engine_namespace=()
  rm -rf "$1"
}
