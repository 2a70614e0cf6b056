package dev.weir.proxy.nginx;

import java.util.Optional;

/**
 * One line of what nginx said about a configuration, traced back to the template.
 *
 * @param level nginx's own, e.g. {@code emerg} or {@code warn}
 * @param says its message without the place
 * @param origin line of the template, {@code edge-nginx.conf.peb:117}
 * @param key the directive it is about; empty when it names none
 * @param value the directive's value
 * @param rule name of Weir's rule for the same; empty when there is none
 */
public record NginxComplaint(
        String level, String says, String origin, Optional<String> key, String value, Optional<String> rule) {

    /** Whether nginx would not start. */
    public boolean fatal() {
        return !level.equals("warn") && !level.equals("notice") && !level.equals("info");
    }

    /** One line in house form. */
    public String message() {
        var subject = key.orElse("configuration");
        var shown = key.map(name -> name + "=" + value + " ").orElse("");
        return subject + " must " + (fatal() ? "be accepted by nginx" : "not be warned of by nginx") + ": " + shown
                + "(" + origin + ")" + rule.map(name -> " [" + name + "]").orElse("") + "; nginx says: " + says;
    }
}
