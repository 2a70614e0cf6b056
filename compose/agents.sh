#!/usr/bin/env bash
# What who leads agents in containers needs to know:
#
#   ./agents.sh secrets                    makes a token, a certificate and its key in ./agents, unless they are there
#   ./agents.sh addresses                  prints where the agents that run listen, as 'weir load --agents' takes it
#
# Further arguments are how compose is called, when not by 'docker compose'. WEIR_AGENT_SECRETS names another folder than ./agents.
set -euo pipefail
cd "$(dirname "$0")"

folder=${WEIR_AGENT_SECRETS:-./agents}
action=${1:-}
shift || true
compose=("$@")
[ $# -gt 0 ] || compose=(docker compose)
export COMPOSE_FILE=compose.yaml:compose.agents.yaml

fail() {
  echo "agents.sh: $*" >&2
  exit 2
}

# Each address that a container of the chain's network can have: who leads asks for one of these, and the certificate must be of it.
names() {
  local network last
  network=$("${compose[@]}" config | sed -n 's/.*subnet: \([0-9]*\.[0-9]*\.[0-9]*\)\..*/\1/p' | head -n 1)
  [ -n "$network" ] || fail "WEIR_SUBNET must be an IPv4 network of compose.yaml"
  printf 'DNS:agent,DNS:localhost'
  for last in $(seq 2 254); do printf ',IP:%s.%s' "$network" "$last"; done
}

case $action in
  secrets)
    [ ! -e "$folder/agent.key" ] || exit 0
    # The container's user must read the files; nobody else on this host gets into the folder.
    mkdir -p -m 700 "$folder"
    openssl rand -hex 16 >"$folder/token"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj /CN=weir-agent -addext "subjectAltName=$(names)" \
      -keyout "$folder/agent.key" -out "$folder/agent.crt" 2>/dev/null || fail "openssl must make a certificate: folder=$folder; apt-get install openssl"
    chmod 444 "$folder/token" "$folder/agent.key" "$folder/agent.crt"
    ;;
  addresses)
    running=$("${compose[@]}" ps --quiet agent)
    [ -n "$running" ] || fail "agents must run; ./agents.sh secrets && docker compose -f compose.yaml -f compose.agents.yaml up -d --wait"
    # shellcheck disable=SC2086 # several ids
    docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}:7070{{end}}' $running | sort | paste -sd , -
    ;;
  *) fail "one of secrets, addresses must be given: action=$action" ;;
esac
