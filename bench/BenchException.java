/** Something that the person who runs the benchmarks can put right. */
final class BenchException extends RuntimeException {
    static final int USAGE = 2;
    static final int ENVIRONMENT = 4;

    private static final long serialVersionUID = 1;

    private final int exitCode;

    BenchException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
