package dev.weir.loadgen.topology;

/** A hop could not listen on a port that was free a moment ago. */
final class PortTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortTaken(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
