#!/usr/bin/env bash
# A certificate for the edge, of this bench alone, unless it is there: edge.pem with its key for the edge, edge.crt for who is to believe it.
#
#   ./tls.sh                               in ./tls, or the folder that WEIR_TLS names in the environment
#
# Arguments are how compose is called, when not by 'docker compose'.
set -euo pipefail
cd "$(dirname "$0")"

folder=${WEIR_TLS:-./tls}
compose=("$@")
[ $# -gt 0 ] || compose=(docker compose)

fail() {
  echo "tls.sh: $*" >&2
  exit 4
}

if [ -f "$folder/edge.pem" ]; then
  openssl x509 -checkend 86400 -noout -in "$folder/edge.pem" >/dev/null || fail "the certificate must hold for a day more: file=$folder/edge.pem; remove the folder"
  exit 0
fi
[ ! -e "$folder" ] || [ -z "$(ls -A "$folder")" ] || fail "the folder must be empty or not be there: folder=$folder"

config=$("${compose[@]}" config) || fail "'docker compose config' must say the hops' addresses"
names=DNS:localhost,DNS:edge,IP:127.0.0.1
for address in $(sed -n 's/.*ipv4_address: *//p' <<<"$config"); do names=$names,IP:$address; done

# The container's user must read the file; nobody else on this host gets into the folder.
mkdir -p "$folder"
chmod 700 "$folder"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 -subj /CN=weir-edge -addext "subjectAltName=$names" \
  -keyout "$folder/edge.key" -out "$folder/edge.crt" 2>/dev/null || fail "openssl must make a certificate: folder=$folder; apt-get install openssl"
cat "$folder/edge.crt" "$folder/edge.key" >"$folder/edge.pem"
rm "$folder/edge.key"
chmod 444 "$folder/edge.crt" "$folder/edge.pem"
