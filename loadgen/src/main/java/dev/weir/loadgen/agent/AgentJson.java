package dev.weir.loadgen.agent;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.weir.loadgen.measure.CloseKind;
import dev.weir.loadgen.measure.Closes;
import dev.weir.loadgen.measure.Cohort;
import dev.weir.loadgen.measure.DeliveryCounts;
import dev.weir.loadgen.measure.Distribution;
import dev.weir.loadgen.measure.FailureKind;
import dev.weir.loadgen.measure.GeneratorTally;
import dev.weir.loadgen.measure.Operation;
import dev.weir.loadgen.measure.OperationTally;
import dev.weir.loadgen.measure.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The JSON form of what goes between an agent and who leads it: one object a line, histograms compressed and in Base64.
 *
 * <p><b>Threading:</b> any thread.
 */
final class AgentJson {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new SimpleModule()
                    .addSerializer(Distribution.class, new DistributionWriter())
                    .addDeserializer(Distribution.class, new DistributionReader())
                    .addSerializer(Duration.class, new DurationWriter())
                    .addDeserializer(Duration.class, new DurationReader()));

    private AgentJson() {}

    /** A tally with its maps as lists, for JSON's keys are strings. */
    record TallyForm(
            long opened,
            long held,
            List<FailureForm> failures,
            List<CloseForm> closes,
            Map<Cohort, DeliveryForm> deliveries,
            Distribution connectMicros,
            Distribution deliverIntendedMicros,
            Distribution deliverActualMicros,
            GeneratorForm generator,
            Map<Operation, OperationTally> operations) {
        static TallyForm of(Tally tally) {
            return new TallyForm(
                    tally.opened(),
                    tally.held(),
                    tally.failures().entrySet().stream()
                            .map(entry -> new FailureForm(entry.getKey(), entry.getValue()))
                            .toList(),
                    tally.closes().entrySet().stream()
                            .map(entry -> new CloseForm(entry.getKey(), entry.getValue()))
                            .toList(),
                    tally.deliveries().entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, entry -> DeliveryForm.of(entry.getValue()))),
                    tally.connectMicros(),
                    tally.deliverIntendedMicros(),
                    tally.deliverActualMicros(),
                    GeneratorForm.of(tally.generator()),
                    tally.operations());
        }

        Tally toTally() {
            return new Tally(
                    opened,
                    held,
                    failures.stream().collect(Collectors.toMap(FailureForm::kind, FailureForm::count)),
                    closes.stream().collect(Collectors.toMap(CloseForm::kind, CloseForm::closes)),
                    deliveries.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                            .toCounts())),
                    connectMicros,
                    deliverIntendedMicros,
                    deliverActualMicros,
                    generator.toTally(),
                    operations);
        }
    }

    record FailureForm(FailureKind kind, long count) {}

    record CloseForm(CloseKind kind, Closes closes) {}

    record DeliveryForm(long delivered, long lost, long duplicated, long reordered) {
        static DeliveryForm of(DeliveryCounts counts) {
            return new DeliveryForm(counts.delivered(), counts.lost(), counts.duplicated(), counts.reordered());
        }

        DeliveryCounts toCounts() {
            return new DeliveryCounts(delivered, lost, duplicated, reordered);
        }
    }

    record GeneratorForm(
            long cpuUsedNanos,
            long cpuAllowedNanos,
            Distribution loopDelayMicros,
            Distribution lateSendsMicros,
            int lostAgents) {
        static GeneratorForm of(GeneratorTally tally) {
            return new GeneratorForm(
                    tally.cpuUsedNanos(),
                    tally.cpuAllowedNanos(),
                    tally.loopDelayMicros(),
                    tally.lateSendsMicros(),
                    tally.lostAgents());
        }

        GeneratorTally toTally() {
            return new GeneratorTally(cpuUsedNanos, cpuAllowedNanos, loopDelayMicros, lateSendsMicros, lostAgents);
        }
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (IOException e) {
            throw new IllegalArgumentException("value must have a JSON form: type=" + value.getClass(), e);
        }
    }

    /** Reads one line. */
    static <T> T read(String line, Class<T> type) throws IOException {
        return MAPPER.readValue(line, type);
    }

    private static final class DistributionWriter extends JsonSerializer<Distribution> {
        @Override
        public void serialize(Distribution value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartObject();
            if (!value.isEmpty()) {
                json.writeNumberField("clamped", value.clamped());
                json.writeStringField("histogram", value.encoded());
            }
            json.writeEndObject();
        }
    }

    private static final class DistributionReader extends JsonDeserializer<Distribution> {
        @Override
        public Distribution deserialize(JsonParser json, DeserializationContext context) throws IOException {
            JsonNode node = json.readValueAsTree();
            return node.has("histogram")
                    ? Distribution.decoded(
                            node.get("histogram").asText(), node.get("clamped").asLong())
                    : Distribution.EMPTY;
        }
    }

    private static final class DurationWriter extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toString());
        }
    }

    private static final class DurationReader extends JsonDeserializer<Duration> {
        @Override
        public Duration deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return Duration.parse(json.getText());
        }
    }
}
