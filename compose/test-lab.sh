# shellcheck shell=bash
# The lab on containers, really. Sourced by test.sh, which has an engine and images then; functions and variables are that script's.

# Containers, networks and volumes of projects that runs of the lab have made.
lab_left() {
  docker container ls --all --quiet --filter 'label=com.docker.compose.project' --format '{{.Label "com.docker.compose.project"}}' | grep -E '^weir-[0-9a-f]{6}$' || true
  docker network ls --format '{{.Name}}' | grep -E '^weir-[0-9a-f]{6}_' || true
  docker volume ls --format '{{.Name}}' | grep -E '^weir-[0-9a-f]{6}_' || true
}

lab_must_leave_nothing() {
  local left
  left=$(lab_left)
  [ -z "$left" ] || fail "$1 must leave nothing: $left"
  # What was written down before it was made is crossed out.
  ! grep -qs '^project ' /run/weir/*.ledger || fail "$1 must leave no ledger: $(grep -l '^project ' /run/weir/*.ledger)"
}

# name, further arguments of weir run
lab() {
  local name=$1
  shift
  here ../weir run "$@" --topology compose -o "$scratch/$name" >"$scratch/$name.txt" 2>&1 || {
    cat "$scratch/$name.txt" >&2
    fail "weir run $* must come out as expected"
  }
  lab_must_leave_nothing "weir run $*"
}

# The figure after a key of a probe in a record: file, hop, probe, key.
lab_figure() {
  python3 - "$@" <<'EOF'
import json, sys
file, hop, probe, key = sys.argv[1:]
print(sum(int(item["after"] - item["before"]) for item in json.load(open(file))["evidence"]
          if (item["hop"], item["probe"], item["key"]) == (hop, probe, key)))
EOF
}

test_lab() {
  set -a
  # shellcheck disable=SC1091
  . "$scratch/env"
  set +a
  unset COMPOSE_FILE

  lab hold hold -c 2k
  grep -m 1 'deliveries,' "$scratch/hold.txt" | sed 's/^ */compose: lab: hold: /'

  lab idle idle-timeout --variant both
  grep '^idle-timeout' "$scratch/idle.txt" | sed 's/^/compose: lab: /'

  lab oom proxy-oom --variant both
  grep -E '^proxy-oom|memory-limit at edge' "$scratch/oom.txt" | sed 's/^ */compose: lab: /'
  local record=$scratch/oom/proxy-oom/broken/run.json witness
  for witness in 'container oom' 'cgroup oom_kill' 'error-log worker-killed'; do
    # shellcheck disable=SC2086 # probe and key
    [ "$(lab_figure "$record" edge $witness)" -ge 1 ] || fail "a kill must be seen by each of three witnesses: missing=$witness"
  done
  say "lab: the engine's event, the control group's count and nginx's log all have the kill"

  lab_killed
  lab_attached
}

# kill -9 in the middle of a start and in the middle of a run: the next command removes what is left.
lab_killed() {
  local moment pid tries
  for moment in 'topology compose' 'chain up'; do
    "${engine_namespace[@]}" ../weir run hold -c 500 --hold 60s --topology compose -o "$scratch/killed" >"$scratch/killed.txt" 2>&1 &
    pid=$!
    tries=0
    until grep -q "^  $moment" "$scratch/killed.txt"; do
      tries=$((tries + 1))
      [ $tries -le 600 ] && kill -0 $pid 2>/dev/null || {
        cat "$scratch/killed.txt" >&2
        fail "a run must get as far as '$moment'"
      }
      sleep 0.1
    done
    [ "$moment" = 'chain up' ] || sleep 4
    # The lab runs in place of nsenter and of the launcher.
    kill -9 $pid
    wait $pid 2>/dev/null || true
    here ../weir down >"$scratch/down.txt" 2>&1 || {
      cat "$scratch/down.txt" >&2
      fail "weir down must remove what a killed run left"
    }
    grep -q 'removed what a killed run left: project weir-' "$scratch/down.txt" || fail "weir down must say what it removed"
    lab_must_leave_nothing "kill -9 after '$moment' and weir down"
  done
  say "lab: kill -9 while starting and while holding, weir down: nothing is left"
}

# The chain that is up under the test's own project, only looked at.
lab_attached() {
  local before
  before=$(started)
  here ../weir run hold -c 200 --attach "$project" -o "$scratch/attached" >"$scratch/attached.txt" 2>&1 || {
    cat "$scratch/attached.txt" >&2
    fail "a run on a chain of somebody else's must come out as expected"
  }
  [ "$(started)" = "$before" ] || fail "a chain of somebody else's must only be looked at"
  say "lab: --attach: $(grep -m 1 'deliveries,' "$scratch/attached.txt" | sed 's/^ *//'), the chain is as it was"
}
