# shellcheck shell=bash
# The overlays that change the chain itself: up, loaded, looked at by the lab. Sourced by test.sh, whose functions and variables it uses.

# overlay
overlay() {
  local name=$1
  export COMPOSE_FILE=compose.yaml:compose.$name.yaml
  chain up --detach --wait --no-build --remove-orphans >"$scratch/$name.log" 2>&1 || {
    chain logs --tail 5 >&2
    tail -n 5 "$scratch/$name.log" >&2
    fail "the chain must become healthy: overlay=$name"
  }
}

# name, scheme, further arguments of weir load
served() {
  local name=$1 scheme=$2
  shift 2
  here ../weir load --target "$scheme://127.0.0.1:$port/connection/websocket" "$@" -c 200 -d 3s --rooms 2 --publish 2/s -o "$scratch/$name" \
    --threshold 'failed<1' --threshold 'closed<1' --threshold 'lost<1' >"$scratch/$name.txt" 2>&1 || {
    cat "$scratch/$name.txt"
    fail "the chain must serve: overlay=$name"
  }
}

# Flows into the chain by way of this host's address in its network; only the rules of our own engine are known to do without docker-proxy.
translated() { here conntrack -L --dst-nat --orig-dst 172.30.81.1 2>/dev/null | grep -c ESTABLISHED; }

# overlay, and the program that the lab must find at the edge
attached() {
  here ../weir run hold -c 200 --attach "$project" -o "$scratch/$1-lab" >"$scratch/$1-lab.txt" 2>&1 || {
    cat "$scratch/$1-lab.txt"
    fail "the lab must be able to look at the chain: overlay=$1"
  }
  grep -rhs --include=run.json -A 3 '"name" : "edge"' "$scratch/$1-lab" | grep -q "\"kind\" : \"$2\"" || fail "the lab must say what the edge is: kind=$2"
}

test_overlays() {
  rm -rf "$scratch/proxy-config"
  cp -R ../proxy-config "$scratch/proxy-config"

  overlay haproxy
  served haproxy ws
  attached haproxy haproxy
  local template=$scratch/proxy-config/templates/edge-haproxy.cfg.peb
  sed -i 's/timeout connect {{ timeout_connect }}/timeout connect soon/' "$template"
  chain run --rm render >/dev/null 2>&1 || fail "what only HAProxy can refuse must be rendered"
  if chain run --rm check >"$scratch/check.txt" 2>&1; then fail "HAProxy must refuse a broken template"; fi
  grep -q "timer format error\|unexpected character" "$scratch/check.txt" || {
    cat "$scratch/check.txt"
    fail "HAProxy must say what is wrong"
  }
  served again ws
  say "haproxy: serves, is seen by the lab, and a broken template is refused"

  export WEIR_TLS=$scratch/tls
  COMPOSE_FILE=compose.yaml ./tls.sh "${compose[@]}" || fail "a certificate must be made"
  overlay tls
  served tls wss --ca "$scratch/tls/edge.crt"
  attached tls nginx
  if (served plain ws) >/dev/null 2>&1; then fail "an edge with TLS must refuse those without"; fi
  grep -q 'HTTP 400' "$scratch/plain.txt" || fail "an edge with TLS must answer those without"
  say "tls: serves, and is seen by the lab"

  overlay bridge-nat
  served bridge-nat ws
  attached bridge-nat nginx
  local flows=
  if [ -n "$own_engine" ] && command -v conntrack >/dev/null; then
    load translated -c 100 -d 10s --threshold 'failed<1' --threshold 'closed<1' &
    local loading=$!
    until [ "$flows" = 200 ] || ! kill -0 $loading 2>/dev/null; do
      sleep 0.5
      flows=$(translated) || true
    done
    sleep 1
    flows=$(translated) || true
    wait $loading && [ "$flows" = 200 ] || {
      cat "$scratch/translated.txt"
      fail "each of 100 connections must be held, and translated towards ingress and gateway: flows=$flows"
    }
  else
    say "NOT TESTED: whether connections between hops are translated, without an engine of our own or without conntrack"
  fi
  say "bridge-nat: serves, is seen by the lab${flows:+, $flows flows of 100 connections between hops are translated}"

  if COMPOSE_FILE=compose.yaml:compose.secure.yaml chain config >/dev/null 2>&1; then fail "a key of one's own must be asked for"; fi
  WEIR_API_KEY=of-my-own overlay secure
  load secure -c 20 -d 2s --threshold 'closed<1' --threshold 'failed<1' && fail "a gateway without --insecure must let nobody in"
  grep -q 3501 "$scratch/secure.txt" || {
    cat "$scratch/secure.txt"
    fail "refused clients must be told why"
  }
  say "secure: nobody gets in"

  export COMPOSE_FILE=compose.yaml
  chain --profile redis up --detach --wait --no-build redis >"$scratch/redis.log" 2>&1 || fail "Redis must become healthy"
  chain --profile redis down redis >/dev/null 2>&1 || fail "Redis must go down"
}
