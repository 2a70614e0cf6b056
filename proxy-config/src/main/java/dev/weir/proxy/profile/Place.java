package dev.weir.proxy.profile;

/** Where in an nginx configuration the value of a setting stands. */
public sealed interface Place {

    /** How nginx's manual writes it, for the table of settings. */
    String manual();

    /**
     * The arguments of a directive.
     *
     * @param name the directive, e.g. {@code proxy_read_timeout}
     */
    record Directive(String name) implements Place {
        @Override
        public String manual() {
            return name;
        }
    }

    /**
     * A parameter {@code name=value}, or a bare {@code name} for a flag, of a directive.
     *
     * @param directive {@code listen}, or {@code server} of an upstream block
     * @param name the parameter, e.g. {@code sndbuf}
     */
    record Parameter(String directive, String name) implements Place {
        @Override
        public String manual() {
            return directive + " … " + name;
        }
    }

    /** The parameter after the name in the {@code zone} directive of an upstream block. */
    record ZoneSize() implements Place {
        @Override
        public String manual() {
            return "zone";
        }
    }

    /** Which balancing directive stands in the upstream block, if any. */
    record BalanceMethod() implements Place {
        @Override
        public String manual() {
            return "least_conn, random";
        }
    }

    /** The last argument of {@code error_log}. */
    record LogLevel() implements Place {
        @Override
        public String manual() {
            return "error_log … level";
        }
    }

    /** The source addresses in a {@code split_clients} block, which {@code proxy_bind} picks from. */
    record SourceAddresses() implements Place {
        @Override
        public String manual() {
            return "proxy_bind";
        }
    }
}
