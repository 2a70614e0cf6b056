# Becomes a command inside its limits: MEMORY_PROCS CPU_PROCS OPEN_FILES ADDRESS_SPACE_KB COMMAND…, each limit "-" for none. Nothing of the
# command ever runs outside them, and its process id is this one's.
[ "$1" = - ] || echo $$ >"$1" || exit 71
[ "$2" = - ] || echo $$ >"$2" || exit 71
[ "$3" = - ] || ulimit -n "$3" || exit 71
[ "$4" = - ] || ulimit -v "$4" || exit 71
shift 4
exec "$@"
