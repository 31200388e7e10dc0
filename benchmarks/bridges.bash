# What the comparing scripts share: bridges on CPU 0, each with its own ports, and load on CPU 1. Sourced at the project's top, with
# out= the folder for reports and logs.

[ -f benchmarks/target/benchmarks.jar ] || ./mvnw -B -q -pl benchmarks -am -DskipTests package
mkdir -p "$out"
settings="$out/ringdown.yaml"
printf 'limits: {max_duration_s: 86400}\n' >"$settings"
declare -A pids=() ports=()
trap 'kill "${pids[@]}" 2>/dev/null || true' EXIT

# Each bridge has three ports: its own, and those at which it looks for its model and its REST API.
take_ports() { ports[$1]=$((20800 + 10 * ${#ports[@]})); }

server() { # NAME TICK_MS [LANES [CPUS]]
  take_ports "$1"
  TWILIO_ACCOUNT_SID=AC00000000000000000000000000000001 TWILIO_AUTH_TOKEN=0123456789abcdef0123456789abcdef \
    RINGDOWN_TWILIO_VALIDATE_SIGNATURE=false RINGDOWN_TICK_MS=$2 RINGDOWN_JOURNAL_DIR="${JOURNAL-$out/journal-$1}" \
    taskset -c "${4:-0}" ./ringdown serve --config "$settings" --lanes "${3:-1}" --max-calls 2000 \
    --listen "127.0.0.1:${ports[$1]}" --admin-listen 127.0.0.1:0 \
    --model-url "ws://127.0.0.1:$((ports[$1] + 1))/v1/realtime" \
    --twilio-api-url "http://127.0.0.1:$((ports[$1] + 2))" >"$out/$1.log" 2>&1 &
  pids[$1]=$!
}

floor() { # NAME
  take_ports "$1"
  taskset -c 0 "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -XX:+PerfDisableSharedMem -Xms64m -Xmn16m -Dio.netty.jfr.enabled=false \
    -Dio.netty.allocator.type=pooled -Dio.netty.leakDetection.level=disabled \
    -cp benchmarks/target/benchmarks.jar io.ringdown.benchmarks.floor.NaiveFloor "${ports[$1]}" \
    "ws://127.0.0.1:$((ports[$1] + 1))/v1/realtime" >"$out/$1.log" 2>&1 &
  pids[$1]=$!
}

load() { # NAME REPORT OPTIONS...
  local name=$1 report=$2
  shift 2
  until (: <"/dev/tcp/127.0.0.1/${ports[$name]}") 2>/dev/null; do # it has just been started
    kill -0 "${pids[$name]}" 2>/dev/null || { cat "$out/$name.log" >&2; return 1; }
    sleep 0.2
  done
  taskset -c "${LOAD_CPUS:-1}" ./ringdown load --ramp-ms 5 --pid "${pids[$name]}" --url "ws://127.0.0.1:${ports[$name]}/twilio/media" \
    --model-port $((ports[$name] + 1)) --rest-port $((ports[$name] + 2)) --json "$out/$report.json" "$@" | sed "s/^/$report: /"
}

# A report's member at a path of two names, or of one.
figure() { awk -v outer="\"$2\"" -v inner="\"${3:-$2}\"" '$1 == outer { found = 1 } found && $1 == inner { gsub(",", ""); print $3; exit }' "$out/$1.json"; }

median() { sort -n | awk '{ value[NR] = $1 } END { print (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2 }'; }
