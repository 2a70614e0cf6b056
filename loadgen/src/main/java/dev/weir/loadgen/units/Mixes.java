package dev.weir.loadgen.units;

import dev.weir.loadgen.measure.Operation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the rates of a mix: {@code connect=50/s,rpc=1k/s}. What is not named keeps its rate; 0 turns an interface off. */
public final class Mixes {
    private Mixes() {}

    /** The rates that were typed, by interface. */
    public static Map<Operation, Double> rates(String key, String text) {
        Map<Operation, Double> rates = new EnumMap<>(Operation.class);
        for (String part : text.split(",", -1)) {
            String[] sides = part.strip().split("=", -1);
            Optional<Operation> operation = Operation.named(sides[0].strip());
            if (sides.length != 2 || operation.isEmpty()) {
                throw new UnitException(key, "be rates such as connect=50/s,rpc=100/s, of " + names(), text);
            }
            Optional<Operation> leader = operation.flatMap(Operation::follows);
            if (leader.isPresent()) {
                throw new UnitException(
                        key,
                        "have no rate of " + sides[0].strip() + ", which follows each "
                                + leader.get().id(),
                        text);
            }
            if (rates.put(operation.get(), Units.rate(key, sides[1])) != null) {
                throw new UnitException(key, "name " + sides[0].strip() + " once", text);
            }
        }
        return rates;
    }

    private static List<String> names() {
        return Operation.stated().stream().map(Operation::id).toList();
    }
}
