package dev.weir.loadgen.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.weir.loadgen.outcome.Resource;
import dev.weir.loadgen.plan.CapacityPlan;
import dev.weir.loadgen.plan.FittingProfile;
import dev.weir.loadgen.plan.HopPlan;
import dev.weir.loadgen.plan.Limit;
import dev.weir.loadgen.plan.Link;
import dev.weir.loadgen.plan.Severity;
import dev.weir.proxy.capacity.WorkerBudget;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan as JSON. */
public final class PlanFile {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Resource.class, new IdSerializer<>(Resource.class, Resource::id))
                    .addSerializer(Severity.class, new IdSerializer<>(Severity.class, Severity::id)))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private PlanFile() {}

    /** What other programs read: {@code first} is null when nothing breaks. */
    private record Form(
            long connections,
            boolean oneHost,
            long fits,
            @Nullable Limit first,
            CapacityPlan.TableUse tables,
            List<HopForm> hops,
            List<Limit> limits,
            Map<String, Map<String, Long>> profile) {}

    /** One hop; tuples are null at the last, workers are null without nginx. */
    private record HopForm(
            String hop,
            int processes,
            long connectionsEach,
            @Nullable Integer sources,
            @Nullable Integer destinations,
            @Nullable Long tuplesPlanned,
            @Nullable Long tuplesAll,
            @Nullable WorkerBudget workersEach,
            long descriptorsEach,
            long tablesEach,
            long userBytes,
            long kernelBytes) {
        static HopForm of(HopPlan hop) {
            Link link = hop.link();
            return new HopForm(
                    hop.hop(),
                    hop.processes(),
                    hop.connectionsEach(),
                    link == null ? null : link.sources(),
                    link == null ? null : link.destinations(),
                    link == null ? null : link.planned(),
                    link == null ? null : link.ceiling(),
                    hop.workers(),
                    hop.descriptorsEach(),
                    hop.tablesEach(),
                    hop.userBytes(),
                    hop.kernelBytes());
        }
    }

    /** The plan in one object. */
    public static String json(CapacityPlan plan) {
        Form form = new Form(
                plan.load().connections(),
                plan.load().oneHost(),
                plan.fits(),
                plan.first().orElse(null),
                plan.tables(),
                plan.hops().stream().map(HopForm::of).toList(),
                plan.limits(),
                FittingProfile.of(plan));
        try {
            return MAPPER.writeValueAsString(form);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan must be serialisable: " + e.getMessage(), e);
        }
    }
}
