package dev.weir.loadgen.plan;

/**
 * One kind of process that a connection passes. Where a count may be {@link #AS_NEEDED}, {@link Load#wired} puts the smallest one that will do.
 */
public sealed interface Station {
    /** As many as the load needs. */
    int AS_NEEDED = 0;

    /** The name in reports: {@code agents}, {@code edge}, {@code ingress}, {@code gateway}, {@code target}. */
    String name();

    /** Processes of the kind. */
    int processes();

    /** Addresses of each host that connections to the next station leave from; 0 when none do. */
    int sources();

    /** Ports that each process accepts on; 0 when it accepts nothing. */
    int listening();

    /** Sockets that one connection has in a process of this kind. */
    int sockets();

    /**
     * The load generator.
     *
     * @param processes 0 starts as many as their descriptors ask for
     * @param sources 0 takes as many as ports ask for
     */
    record Agents(int processes, int sources) implements Station {
        @Override
        public String name() {
            return "agents";
        }

        @Override
        public int listening() {
            return 0;
        }

        @Override
        public int sockets() {
            return 1;
        }
    }

    /**
     * An nginx, its master counted as one process.
     *
     * @param sources addresses of {@code proxy_bind}, at least 1
     * @param listening 0 takes as many as ports ask for
     * @param workers its settings
     */
    record Proxy(String name, int processes, int sources, int listening, Workers workers) implements Station {
        @Override
        public int sockets() {
            return 2;
        }
    }

    /**
     * A HAProxy, its master counted with its worker.
     *
     * @param sources addresses it connects from, at least 1
     * @param listening 0 takes as many as ports ask for
     * @param maxconn WebSockets of a process; {@link #AS_NEEDED} takes what they and its descriptors ask for
     */
    record Haproxy(String name, int processes, int sources, int listening, int maxconn) implements Station {
        @Override
        public int sockets() {
            return 2;
        }
    }

    /**
     * The push gateway.
     *
     * @param listening 0 takes as many as ports ask for
     */
    record Gateway(int processes, int listening) implements Station {
        @Override
        public String name() {
            return "gateway";
        }

        @Override
        public int sources() {
            return 0;
        }

        @Override
        public int sockets() {
            return 1;
        }
    }

    /**
     * Somebody else's server: it offers addresses and ports, and nothing of it is counted.
     *
     * @param listening different addresses and ports
     */
    record Target(int listening) implements Station {
        @Override
        public String name() {
            return "target";
        }

        @Override
        public int processes() {
            return 1;
        }

        @Override
        public int sources() {
            return 0;
        }

        @Override
        public int sockets() {
            return 0;
        }
    }
}
