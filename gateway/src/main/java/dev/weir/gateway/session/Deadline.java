package dev.weir.gateway.session;

/**
 * One moment at which something must be looked at; a link of {@link DeadlineWheel}.
 *
 * <p>A connection has one of these for all its waits, one after the other: handshake, connect, ping, pong, closing.
 *
 * <p><b>Threading:</b> owned by the loop that owns the wheel.
 */
public final class Deadline {
    private final Expiring owner;
    private long dueMillis;
    private Deadline previous = this;
    private Deadline next = this;

    /** What happens when a deadline has passed. */
    public interface Expiring {
        /**
         * The deadline has passed; it is off the wheel and may be scheduled again from here.
         *
         * @param nowMillis time on the wheel's clock
         */
        void expired(long nowMillis);
    }

    /** A deadline that is not scheduled. */
    public Deadline(Expiring owner) {
        this.owner = owner;
    }

    /** When it is due, on the wheel's clock; the last value while it is not scheduled. */
    public long dueMillis() {
        return dueMillis;
    }

    void due(long millis) {
        dueMillis = millis;
    }

    void expire(long nowMillis) {
        owner.expired(nowMillis);
    }

    /** The next one of the ring; itself when it hangs alone. */
    Deadline next() {
        return next;
    }

    void unlink() {
        previous.next = next;
        next.previous = previous;
        next = this;
        previous = this;
    }

    void linkBefore(Deadline head) {
        previous = head.previous;
        next = head;
        previous.next = this;
        head.previous = this;
    }

    /** Takes over all that hang on the head, behind what hangs here already. */
    void takeAll(Deadline head) {
        if (head.next != head) {
            previous.next = head.next;
            head.next.previous = previous;
            previous = head.previous;
            previous.next = this;
            head.next = head;
            head.previous = head;
        }
    }
}
