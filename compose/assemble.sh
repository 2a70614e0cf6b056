#!/bin/sh
# Lays out /opt/weir as the images have it, with one AOT cache a program. Runs in the build stage of the Dockerfile.
set -eu
weir=/opt/weir
java=$weir/runtime/bin/java

# The same bytes have the same time whenever they are built: a cache is refused when a jar's time is not the one it was made with.
epoch='2026-11-21T00:00:00Z'

# program, main class, arguments of the training run, further flags
assemble() {
  program=$1 main=$2 training=$3 flags=$4
  mkdir -p "$weir/$program/lib"
  cp "/src/$program/target/$program.jar" /src/"$program"/target/lib/*.jar "$weir/$program/lib/"
  find "$weir/runtime" "$weir/$program" -exec touch -h -d "$epoch" {} +
  classes=$weir/$program/lib/$program.jar
  for jar in "$weir/$program"/lib/*.jar; do
    [ "$jar" = "$weir/$program/lib/$program.jar" ] || classes=$classes:$jar
  done
  # shellcheck disable=SC2086 # several words
  "$java" "@/src/$program/jvm.options" $flags -XX:AOTCacheOutput="$weir/$program/aot" -cp "$classes" "$main" $training
  {
    cat "/src/$program/jvm.options"
    printf '%s\n' "-XX:AOTCache=$weir/$program/aot" -Xlog:aot=off -Xlog:cds=off $flags -cp "$classes" "$main"
  } >"$weir/$program/launch"
}

assemble gateway dev.weir.gateway.Main '--print-config --insecure' ''
mkdir -p $weir/proxy-config $weir/chain
cp -R /src/proxy-config/templates /src/proxy-config/profiles $weir/proxy-config/
assemble loadgen dev.weir.loadgen.Main '--help' "-Dweir.home=$weir"
