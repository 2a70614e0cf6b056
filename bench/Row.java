import java.util.Optional;

/**
 * What one server's figure was over all runs.
 *
 * @param share the same as a share of something, run by run; empty for what the others are held against
 * @param note what else is to be known of it; empty when nothing
 */
record Row(Server.Identity who, Spread value, Optional<Spread> share, String note) {
    Row(Server.Identity who, Spread value, Optional<Spread> share) {
        this(who, value, share, "");
    }

    Row noted(String text) {
        return new Row(who, value, share, text);
    }
}
