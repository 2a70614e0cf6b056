package dev.weir.loadgen.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.function.Function;

/** Reads a value of a closed set by its name in records. */
final class IdDeserializer<T> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> value;

    IdDeserializer(Class<T> type, Function<String, T> value) {
        super(type);
        this.value = value;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
        String id = in.getValueAsString();
        try {
            return value.apply(id);
        } catch (IllegalArgumentException e) {
            throw context.weirdStringException(id, handledType(), "not one of the closed set");
        }
    }
}
