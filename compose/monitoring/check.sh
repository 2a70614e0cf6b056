#!/usr/bin/env bash
# Whether the rules do what they say, and whether every metric that a rule or a panel names is one that the running chain exposes:
#
#   monitoring/check.sh docker compose -f compose.yaml -f compose.monitoring.yaml
#
# The arguments are how compose is called for the chain that runs. What a run says of itself must have been there within a quarter of an hour.
set -euo pipefail
cd "$(dirname "$0")/.."

# Tests of rules keep their data in a temporary folder, and only this one can be written.
promtool() { "${compose[@]}" exec -T -e TMPDIR=/prometheus prometheus promtool "$@"; }
compose=("$@")

# These appear with their first event: a chain that holds has none.
with_first_event='weir_client_num_server_disconnects weir:closes:rate1m'

promtool check config /etc/weir/prometheus.yml
promtool test rules /etc/weir/rules.test.yml

names=$(cat monitoring/rules.yml monitoring/grafana/dashboards/*.json | grep -oE '\b(weir|nginx|node)[_:][A-Za-z0-9_:]+' | sort -u)
missing=
for name in $names; do
  case " $with_first_event " in *" $name "*) continue ;; esac
  case $name in weir_run_*) age=15m ;; *) age=1m ;; esac
  [ -n "$(promtool query instant http://localhost:9090 "count(last_over_time({__name__=\"$name\"}[$age]))")" ] || missing="$missing $name"
done
[ -z "$missing" ] || {
  echo "metrics must be exposed by the running chain:$missing" >&2
  exit 1
}
echo "$(echo "$names" | wc -l) metrics named by rules and panels, all exposed"

down=$(promtool query instant http://localhost:9090 'up{job!="run"} == 0')
[ -z "$down" ] || {
  echo "every target must be up: $down" >&2
  exit 1
}
promtool query instant http://localhost:9090 'count(up == 1)' | sed 's/{} => \([0-9]*\).*/\1 targets, all up/'
