package dev.weir.proxy.check;

import dev.weir.proxy.profile.Units;
import java.util.Optional;

/** A rule that a rendered chain breaks, with the two numbers that were compared. The name of the record is the name of the rule. */
public sealed interface Finding {

    /** Hop whose configuration breaks the rule. */
    String hop();

    /** How bad it is. */
    Severity severity();

    /** One line in house form: what must hold, the numbers, the remedy. */
    String message();

    /** Name of the rule. */
    default String rule() {
        return getClass().getSimpleName();
    }

    /** A HAProxy holds fewer WebSockets than wanted: the others wait in its backlog, without an answer. */
    record MaxconnBelowBudget(String hop, long maxconn, long connections) implements Finding {
        @Override
        public Severity severity() {
            return Severity.ERROR;
        }

        @Override
        public String message() {
            return hop + ".maxconn must be >= connections: maxconn=" + maxconn + " connections=" + connections
                    + "; raise maxconn, or take more edges";
        }
    }

    /** All threads of a HAProxy share one limit of descriptors, and it does not start with a maxconn beyond. */
    record DescriptorLimitBelowMaxconn(String hop, long descriptors, long needed, long maxconnMax) implements Finding {
        @Override
        public Severity severity() {
            return Severity.ERROR;
        }

        @Override
        public String message() {
            return hop + ".maxconn must leave two descriptors a WebSocket in one process: descriptors=" + descriptors
                    + " needed=" + needed + "; at most " + maxconnMax
                    + " fit, so take more edges, or raise the limit of open files";
        }
    }

    /** A HAProxy closes silent connections between two heartbeats, or may when one is lost. */
    record TunnelTimeoutBelowHeartbeat(String hop, String setting, long timeoutMillis, Optional<Long> heartbeatMillis)
            implements Finding {
        @Override
        public Severity severity() {
            return heartbeatMillis.filter(between -> timeoutMillis <= between).isPresent()
                    ? Severity.ERROR
                    : Severity.WARNING;
        }

        @Override
        public String message() {
            return hop + "." + setting + " must be > 2 x heartbeat: " + setting + "=" + Units.time(timeoutMillis)
                    + " heartbeat=" + heartbeatMillis.map(Units::time).orElse("none")
                    + "; raise timeout_tunnel or ping more often";
        }
    }

    /** Silent connections are closed between two heartbeats, or may be when one is lost. */
    record ProxyReadTimeoutBelowHeartbeat(String hop, long timeoutMillis, long heartbeatMillis) implements Finding {
        @Override
        public Severity severity() {
            return timeoutMillis <= heartbeatMillis ? Severity.ERROR : Severity.WARNING;
        }

        @Override
        public String message() {
            return hop + ".proxy_read_timeout must be > 2 x heartbeat: proxy_read_timeout=" + Units.time(timeoutMillis)
                    + " heartbeat=" + Units.time(heartbeatMillis) + "; raise it or ping more often";
        }
    }

    /** Without a heartbeat every connection that carries nothing for so long is closed. */
    record ProxyReadTimeoutWithoutHeartbeat(String hop, long timeoutMillis) implements Finding {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return hop + ".proxy_read_timeout must have a heartbeat below it: proxy_read_timeout="
                    + Units.time(timeoutMillis) + " heartbeat=none; silent connections are closed at that age";
        }
    }

    /** The inner hop closes before the outer one, so that no one hop owns the close. */
    record InnerTimeoutBelowOuter(String hop, String outer, long innerMillis, long outerMillis) implements Finding {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return hop + ".proxy_read_timeout must be >= that of the hop before it: " + hop + "="
                    + Units.time(innerMillis) + " " + outer + "=" + Units.time(outerMillis)
                    + "; let one hop own the close";
        }
    }

    /** Fewer slots than the connections take. */
    record WorkerConnectionsBelowBudget(String hop, long slots, long slotsNeeded, long slotsWithHeadroom)
            implements Finding {
        @Override
        public Severity severity() {
            return slots < slotsNeeded ? Severity.ERROR : Severity.WARNING;
        }

        @Override
        public String message() {
            return hop + ".worker_connections must be >= " + slotsWithHeadroom
                    + " over all workers: slots=" + slots + " taken=" + slotsNeeded
                    + "; raise worker_connections or worker_processes";
        }
    }

    /** A worker may not open as many descriptors as it has slots to fill. */
    record DescriptorLimitBelowSlots(String hop, long descriptors, long slotsTaken, long slots) implements Finding {
        @Override
        public Severity severity() {
            return descriptors < slotsTaken ? Severity.ERROR : Severity.WARNING;
        }

        @Override
        public String message() {
            return hop + ".worker_rlimit_nofile must be >= worker_connections: descriptors=" + descriptors
                    + " worker_connections=" + slots + " taken=" + slotsTaken
                    + "; raise the limit of open files, or take more workers";
        }
    }

    /** nginx asks for more descriptors than the machine gives, which it then does not get. */
    record DescriptorLimitAboveHost(String hop, long wanted, long allowed) implements Finding {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return hop + ".worker_rlimit_nofile must be <= the hard limit: worker_rlimit_nofile=" + wanted + " limit="
                    + allowed + "; it is not applied";
        }
    }

    /** Not enough source ports towards the next hop. */
    record EphemeralPortsPerUpstreamBelowBudget(
            String hop, long tuples, long plannedTuples, long connections, long upstreamsNeeded) implements Finding {
        @Override
        public Severity severity() {
            return tuples < connections ? Severity.ERROR : Severity.WARNING;
        }

        @Override
        public String message() {
            return hop + ".upstreams must offer source ports for every connection in half the range: planned="
                    + plannedTuples + " all=" + tuples + " connections=" + connections + "; take " + upstreamsNeeded
                    + " addresses and ports of the next hop, or more proxy_bind";
        }
    }

    /** The servers of the next hop take fewer connections than wanted. */
    record MaxConnsBelowBudget(String hop, long allowed, long connections) implements Finding {
        @Override
        public Severity severity() {
            return Severity.ERROR;
        }

        @Override
        public String message() {
            return hop + ".max_conns must allow every connection over all servers: allowed=" + allowed + " connections="
                    + connections + "; raise max_conns or add servers";
        }
    }

    /** nginx will not start with these buffer sizes. */
    record BusyBuffersOutOfRange(String hop, long busyBytes, long bytesMin, long bytesMax) implements Finding {
        @Override
        public Severity severity() {
            return Severity.ERROR;
        }

        @Override
        public String message() {
            return hop + ".proxy_busy_buffers_size must be in " + Units.size(bytesMin) + ".." + Units.size(bytesMax)
                    + ": proxy_busy_buffers_size=" + Units.size(busyBytes)
                    + "; at least proxy_buffer_size and one buffer, at most all proxy_buffers but one";
        }
    }

    /** One worker accepts nearly all connections and fills its slots first. */
    record AcceptSkew(String hop, String setting) implements Finding {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return hop + "." + setting + " must be off without reuseport: " + setting
                    + "=on reuseport=off; set reuseport=on";
        }
    }

    /** Every worker counts for itself. */
    record CountsWithoutZone(String hop, String setting, String value) implements Finding {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return hop + ".zone must be set with " + setting + ": zone=none " + setting + "=" + value
                    + "; every worker counts for itself";
        }
    }

    /** Closes by timeout leave no line in the log. */
    record ErrorLogHidesTimeouts(String hop, String level) implements Finding {
        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return hop + ".error_log_level must be info or debug: error_log_level=" + level
                    + "; closes by timeout leave no line";
        }
    }
}
