import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What the servers of a lineup did.
 *
 * @param results by round, then by server in the lineup's order
 */
record Rounds(List<Server> servers, List<List<Result>> results) {
    /** One row a server; a share is taken of the first server's figure in the same round. */
    List<Row> rows(ToDoubleFunction<Result> figure) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            List<Double> values = values(i, figure);
            rows.add(new Row(servers.get(i).identity(), Spread.of(values), i == 0 ? Optional.empty() : Optional.of(Spread.ofRatios(values, values(0, figure)))));
        }
        return rows;
    }

    double median(Server server, ToDoubleFunction<Result> figure) {
        return Spread.of(values(servers.indexOf(server), figure)).median();
    }

    private List<Double> values(int server, ToDoubleFunction<Result> figure) {
        return results.stream().map(round -> figure.applyAsDouble(round.get(server))).toList();
    }
}
