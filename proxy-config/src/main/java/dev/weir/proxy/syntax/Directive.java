package dev.weir.proxy.syntax;

import java.util.List;
import java.util.Optional;

/**
 * One directive of an nginx configuration.
 *
 * @param name first word
 * @param arguments the other words, unquoted
 * @param line line on which it begins, from 1
 * @param block the directives inside its braces; empty for one that ends with a semicolon
 */
public record Directive(String name, List<String> arguments, int line, Optional<List<Directive>> block) {

    /** The arguments with spaces between. */
    public String value() {
        return String.join(" ", arguments);
    }

    /** The directives inside its braces, possibly none. */
    public List<Directive> children() {
        return block.orElse(List.of());
    }
}
