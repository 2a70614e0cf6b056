package dev.weir.proxy.profile;

/** Where in a configuration the value of a setting stands. */
public sealed interface Place {

    /** How the program's manual writes it, for the table of settings. */
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

    /**
     * A keyword of HAProxy.
     *
     * @param section {@code global}, {@code defaults}, {@code frontend} or {@code backend}
     * @param words the keyword, e.g. {@code timeout tunnel}; of {@code bind} and {@code server} with the parameter after it
     */
    record Haproxy(String section, String words) implements Place {
        @Override
        public String manual() {
            return words.replace("bind ", "bind … ").replace("server ", "server … ");
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
