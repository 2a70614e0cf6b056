# Runs a command that must not outlive the process that started it: standard input is a pipe from that process, and its end, which
# also comes when that process is killed, ends the command. Exit code: the command's own.
exec 3<&0 </dev/null
"$@" 3<&- &
child=$!
(
  while read -r _ <&3; do :; done
  kill -TERM "$child" 2>/dev/null || exit 0
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    sleep 0.5
    kill -0 "$child" 2>/dev/null || exit 0
  done
  kill -KILL "$child" 2>/dev/null
) &
watcher=$!
trap 'kill -TERM "$child" 2>/dev/null' TERM INT
wait "$child"
code=$?
# A trapped signal ends the wait early; the command may still be on its way out.
while kill -0 "$child" 2>/dev/null; do
  wait "$child"
  code=$?
done
kill -KILL "$watcher" 2>/dev/null
# What the command left: workers of a master that was killed. They are in this session's group, if the session is this script's own.
read -r _ _ _ _ group _ <"/proc/$$/stat"
if [ "$group" = "$$" ]; then
  trap '' TERM
  kill -TERM 0 2>/dev/null
fi
exit "$code"
