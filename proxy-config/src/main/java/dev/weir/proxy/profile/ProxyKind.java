package dev.weir.proxy.profile;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The programs that can stand at a proxy hop. */
public enum ProxyKind {
    NGINX("nginx"),
    HAPROXY("haproxy");

    /** The pseudo-setting that chooses one: {@code --set edge.kind=haproxy}. */
    public static final String KEY = "kind";

    private final String label;

    ProxyKind(String label) {
        this.label = label;
    }

    /** Name after {@code --set edge.kind=} and in records. */
    public String label() {
        return label;
    }

    /** Everything that can be tuned, in the order of the rendered file. */
    public List<Setting> settings() {
        return switch (this) {
            case NGINX -> Settings.all();
            case HAPROXY -> HaproxySettings.all();
        };
    }

    /** The program of a name; empty when there is none. */
    static Optional<ProxyKind> named(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(ProxyKind::label).toList();
    }
}
