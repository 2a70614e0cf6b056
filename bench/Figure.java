import java.util.List;

/**
 * One block of the result.
 *
 * @param name what was measured
 * @param form number form of the values, with their unit
 * @param shareOf what the rows' shares are shares of
 * @param rows one for each server
 * @param bar what must hold for the gateway's rows, judged by the median
 */
record Figure(String name, String form, String shareOf, List<Row> rows, Bar bar) {
    /** Whether a bar is held against any row. */
    boolean isJudged() {
        return bar != Bar.NONE && rows.stream().anyMatch(Figure::isGateway);
    }

    boolean isMet() {
        return rows.stream().filter(Figure::isGateway).allMatch(bar::holds);
    }

    private static boolean isGateway(Row row) {
        return row.who().kind() == Server.Kind.GATEWAY;
    }
}
