# shellcheck shell=bash
# Agents in containers, really. Sourced by test.sh, which has the chain up then; functions and variables are that script's.

# name, further arguments of weir load
lead() {
  local name=$1
  shift
  here ../weir load --target ws://172.30.81.2:8080/connection/websocket --agents "$agents" --agent-token-file "$WEIR_AGENT_SECRETS/token" \
    --agent-ca "$WEIR_AGENT_SECRETS/agent.crt" -o "$scratch/$name" "$@" >"$scratch/$name.txt" 2>&1
}

# Of the agents' own lines, one figure in all: name of the run, what is counted.
sum_of() { sed -n "s/^  agent .* \([0-9,]*\) $2.*/\1/p" "$scratch/$1.txt" | tr -d , | awk '{ sum += $1 } END { print sum + 0 }'; }

test_agents() {
  export COMPOSE_FILE=compose.yaml:compose.agents.yaml WEIR_AGENT_SECRETS=$scratch/agents
  ./agents.sh secrets "${compose[@]}" || fail "agents must have their secrets"
  chain up --detach --wait --no-build >"$scratch/agents.log" 2>&1 || {
    chain logs --tail 5 agent >&2
    tail -n 5 "$scratch/agents.log" >&2
    fail "agents must become healthy"
  }
  agents=$(./agents.sh addresses "${compose[@]}") || fail "agents must have addresses"

  agents_add_up
  agents_killed
  chain rm --stop --force agent >/dev/null 2>&1 || fail "agents must go"
}

# The record of two is the sum of what each did.
agents_add_up() {
  local held delivered
  lead led -c 2001 -d 4s --rooms 10 --publish 5/s || {
    cat "$scratch/led.txt" >&2
    fail "two agents must hold what they are led to"
  }
  held=$(awk '/^  hold / { gsub(",", ""); print $4; exit }' "$scratch/led.txt")
  delivered=$(awk '/^  hold / { gsub(",", ""); print $6; exit }' "$scratch/led.txt")
  [[ $held == 2001 && $(sum_of led opened) == 2001 && $delivered -gt 0 && $(sum_of led delivered) == "$delivered" ]] || {
    cat "$scratch/led.txt" >&2
    fail "the record must be the sum: held=$held delivered=$delivered by agents: opened=$(sum_of led opened) delivered=$(sum_of led delivered)"
  }
  say "agents: 2 in containers held $held and were delivered $delivered, the sum of what each says"
}

# One is killed while the load is held: named, and no verdict.
agents_killed() {
  local killed=${agents##*,} code=0 leader
  lead lost -c 400 -d 8s &
  leader=$!
  # The edge holds them all: two sockets each, and those of its listeners.
  tries=0
  until [ "$(chain exec -T edge bash -c 'ls /proc/[0-9]*/fd | wc -l' 2>/dev/null)" -ge 800 ]; do
    tries=$((tries + 1))
    [ $tries -le 100 ] && kill -0 $leader 2>/dev/null || fail "agents must connect: $(cat "$scratch/lost.txt")"
    sleep 0.1
  done
  docker kill "$(chain ps --quiet agent | xargs docker inspect --format '{{.Id}} {{range .NetworkSettings.Networks}}{{.IPAddress}}:7070{{end}}' |
    awk -v at="$killed" '$2 == at { print $1 }')" >/dev/null || fail "an agent must be killable: agent=$killed"
  wait $leader || code=$?
  [ $code = 3 ] && grep -q "1 of the agents ended or fell silent in mid-run ($killed)" "$scratch/lost.txt" || {
    cat "$scratch/lost.txt" >&2
    fail "an agent that is killed must be named, and make the load inconclusive: exit=$code agent=$killed"
  }
  say "agents: exit 3:$(grep -m 1 'ended or fell silent in mid-run' "$scratch/lost.txt")"
}
