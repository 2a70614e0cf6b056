#!/usr/bin/env bash
# Base images from Debian packages, for who reaches no image registry. Prints the lines of .env that name them:
#
#   ./images.sh >.env
#
# Needs root, a Docker engine, debootstrap, a JDK 25 and Maven; takes packages from where this machine's own apt takes them, and Maven's
# libraries from ~/.m2 (build once before: ../weir --version). An image that exists is kept; `docker rmi` it to have it made anew.
set -euo pipefail
cd "$(dirname "$0")"

suite=bookworm
base=weir/base:$suite

say() { printf 'images.sh: %s\n' "$*" >&2; }
fail() {
  say "$*"
  exit 4
}
exists() { docker image inspect "$1" >/dev/null 2>&1; }

[ "$(id -u)" = 0 ] || fail "must run as root, since debootstrap makes a root file system: user=$(id -un)"
command -v debootstrap >/dev/null || fail "debootstrap must be installed; apt-get install debootstrap"
docker version >/dev/null 2>&1 || fail "a Docker engine must answer; start it, e.g. 'systemctl start docker', or set DOCKER_HOST"

scratch=$(mktemp -d /var/tmp/weir-images.XXXXXX)
trap 'rm -rf "$scratch"' EXIT

# Where apt on this machine has the suite from.
mirror() {
  apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' | sed -n "s/^$suite //p" | head -n 1
}

make_base() {
  local from
  from=$(mirror)
  [ -n "$from" ] || fail "apt must know Debian's suite $suite here; run 'apt-get update' on a Debian 12"
  say "making $base: debootstrap, half a minute"
  debootstrap --variant=minbase --include=ca-certificates "$suite" "$scratch/base" "$from" >"$scratch/log" 2>&1 || {
    tail -n 5 "$scratch/log" >&2
    fail "debootstrap must succeed"
  }
  # The mirror that it was made from stands in its list of sources.
  chroot "$scratch/base" apt-get clean
  tar -C "$scratch/base" -c . | docker import --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' - "$base" >/dev/null
}

# An image over the base: name, what is done last, packages.
make_with() {
  local image=$1 last=$2
  shift 2
  say "making $image: $*"
  docker build -q --network host -t "$image" - >/dev/null 2>"$scratch/log" <<EOF || { tail -n 5 "$scratch/log" >&2; fail "$image must build"; }
FROM $base
RUN apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $* >/dev/null && rm -rf /var/lib/apt/lists/* && $last
EOF
}

# The JDK and Maven of this machine, which fetch nothing.
make_build() {
  local jdk
  jdk=$(../weir --jdk)
  command -v mvn >/dev/null || fail "Maven must be installed; apt-get install maven"
  [ -d ~/.m2/repository ] || fail "Maven's libraries must be at hand: missing=$HOME/.m2/repository; run ../weir --version"
  say "making weir/build:local: $jdk, Maven, ~/.m2"
  mkdir -p "$scratch/build"
  cp -RL "$jdk" "$scratch/build/jdk"
  cp -RL /usr/share/maven "$scratch/build/maven"
  cp -R ~/.m2/repository "$scratch/build/repository"
  echo '<settings><offline>true</offline><localRepository>/opt/repository</localRepository></settings>' >"$scratch/build/maven/conf/settings.xml"
  find "$scratch/build/repository" -name _remote.repositories -delete
  docker build -q -t weir/build:local -f - "$scratch/build" >/dev/null 2>"$scratch/log" <<EOF || { tail -n 5 "$scratch/log" >&2; fail "weir/build:local must build"; }
FROM $base
COPY . /opt/
ENV JAVA_HOME=/opt/jdk PATH=/opt/jdk/bin:/opt/maven/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
EOF
}

# Programs and folders as the public images of monitoring have them.
public_names='cd /usr/bin && ln -s prometheus-alertmanager alertmanager && ln -s prometheus-node-exporter node_exporter \
  && ln -s prometheus-nginx-exporter nginx-prometheus-exporter && install -d -o 65534 -g 65534 /prometheus /alertmanager'

exists $base || make_base
exists weir/build:local || make_build
exists weir/nginx:$suite || make_with weir/nginx:$suite true nginx-light
exists weir/haproxy:$suite || make_with weir/haproxy:$suite true haproxy
exists weir/redis:$suite || make_with weir/redis:$suite true redis-server
exists weir/monitoring:$suite ||
  make_with weir/monitoring:$suite "$public_names" prometheus prometheus-alertmanager prometheus-node-exporter prometheus-nginx-exporter

cat <<EOF
WEIR_BUILD_IMAGE=weir/build:local
WEIR_BASE_IMAGE=$base
WEIR_NGINX_IMAGE=weir/nginx:$suite
WEIR_HAPROXY_IMAGE=weir/haproxy:$suite
WEIR_REDIS_IMAGE=weir/redis:$suite
WEIR_PROMETHEUS_IMAGE=weir/monitoring:$suite
WEIR_ALERTMANAGER_IMAGE=weir/monitoring:$suite
WEIR_NODE_EXPORTER_IMAGE=weir/monitoring:$suite
WEIR_NGINX_EXPORTER_IMAGE=weir/monitoring:$suite
EOF
