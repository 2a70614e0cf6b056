# shellcheck shell=bash
# The lab on containers, really. Sourced by test.sh, which has an engine and images then; functions and variables are that script's.

# Containers, networks and volumes of projects that runs of the lab have made.
lab_left() {
  docker container ls --all --filter 'label=com.docker.compose.project' --format '{{.Label "com.docker.compose.project"}}' | grep -E '^weir-[0-9a-f]{6}$' || true
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
  grep -E '^proxy-oom|cause: memory-limit at edge' "$scratch/oom.txt" | sed 's/^ */compose: lab: /'
  local witness
  for witness in 'container oom' 'cgroup oom_kill' 'error-log worker-signal'; do
    grep -qE "edge $witness: 0 → [1-9]" "$scratch/oom.txt" || fail "a kill must be seen by each of three witnesses: missing=$witness"
  done
  say "lab: the engine's event, the control group's count and nginx's log all have the kill"

  lab_killed
  lab_attached
  lab_alerts
}

# The first moment at which a file of alerts has one: file, name. The hop is the edge.
lab_told() { awk -v name="$2" '$2 == "firing" && $3 == name && $4 == "edge" { print $1; exit }' "$1"; }

# Memory fills over a minute: whoever is behind Alertmanager hears of it before the kill, and of the kill after it.
lab_alerts() {
  local hook=$((port + 2)) receiver memory killed told
  printf '%s\n' 'route: { receiver: here, group_by: [alertname, hop], group_wait: 1s, group_interval: 5s }' \
    "receivers: [{ name: here, webhook_configs: [{ url: \"http://host.docker.internal:$hook/\" }] }]" >"$scratch/alertmanager.yml"
  "${engine_namespace[@]}" "$(../weir --jdk)/bin/java" monitoring/Webhook.java $hook >"$scratch/alerts.log" &
  receiver=$!
  (
    export COMPOSE_FILE=compose.yaml:compose.monitoring.yaml
    export WEIR_ALERTMANAGER_CONFIG=$scratch/alertmanager.yml WEIR_PROMETHEUS_PORT=$((port + 3))
    lab alerts proxy-oom --variant broken --real-time
  ) || {
    kill $receiver
    exit 1
  }
  kill $receiver
  memory=$(lab_told "$scratch/alerts.log" MemoryNearLimit)
  killed=$(awk '$2 == "oom" { print $1; exit }' "$scratch/alerts/proxy-oom/broken/edge/container.events")
  told=$(lab_told "$scratch/alerts.log" KilledForMemory)
  say "lab: alerts: MemoryNearLimit was received $memory, the kill was $killed, KilledForMemory was received $told"
  [[ -n $memory && -n $killed && -n $told && $memory < $killed && $killed < $told ]] || {
    cat "$scratch/alerts.log" >&2
    fail "the memory alert must be received before the kill, the kill's own after it"
  }
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

# The chain that is up under the test's own project, only looked at: what somebody wrote into its template is what is found.
lab_attached() {
  local before
  before=$(started)
  here ../weir run idle-timeout --variant broken -c 200 --attach "$project" -o "$scratch/attached" >"$scratch/attached.txt" 2>&1 || {
    cat "$scratch/attached.txt" >&2
    fail "a run on a chain of somebody else's must come out as expected"
  }
  [ "$(started)" = "$before" ] || fail "a chain of somebody else's must only be looked at"
  grep -qE 'setting edge.proxy_read_timeout: requested .*, actual 3s|edge closed 200 connections (2[.]9|3[.]0)' "$scratch/attached.txt" ||
    fail "the edited time-out must be what is found"
  say "lab: --attach: $(grep -m 1 'edge closed' "$scratch/attached.txt" | sed 's/^ *//'); the chain is as it was"
}
