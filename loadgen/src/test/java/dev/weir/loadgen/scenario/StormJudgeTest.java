package dev.weir.loadgen.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadgen.outcome.Close;
import dev.weir.loadgen.outcome.Deliveries;
import dev.weir.loadgen.outcome.Evidence;
import dev.weir.loadgen.outcome.InterfaceLoad;
import dev.weir.loadgen.outcome.Percentiles;
import dev.weir.loadgen.outcome.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class StormJudgeTest {
    private static final int ALL = 4_000;
    private static final int SPARED = 1_000;
    private static final Deliveries DELIVERED = new Deliveries(100, 2_000, 2_000, 0, 0, 0);

    @Test
    void shouldHoldWhenAllOthersAreHeldServedAndCounted() {
        Verdict verdict = agents(SPARED, List.of(), DELIVERED, api(100, 100), clients("gateway", SPARED));

        assertThat(held(verdict)).isTrue();
        assertThat(verdict.why())
                .contains(
                        "3,000 of 4,000 connections ended at once with their agents; 1,000 of 1,000 others held",
                        "gateway let go of 3,000 within 310 ms and was late by at most 41 ms, before by at most 9 ms");
    }

    @Test
    void shouldNotHoldWhenOneOfTheOthersSuffers() {
        assertThat(List.of(
                        agents(SPARED - 1, List.of(), DELIVERED, api(100, 100), clients("gateway", SPARED - 1)),
                        agents(
                                SPARED,
                                List.of(Seen.close("edge", "fin", 1)),
                                DELIVERED,
                                api(100, 100),
                                clients("gateway", SPARED)),
                        agents(
                                SPARED,
                                List.of(),
                                new Deliveries(100, 2_000, 1_999, 1, 0, 0),
                                api(100, 100),
                                clients("gateway", SPARED)),
                        agents(SPARED, List.of(), Deliveries.NONE, api(100, 100), clients("gateway", SPARED)),
                        agents(SPARED, List.of(), DELIVERED, api(100, 99), clients("gateway", SPARED))))
                .allSatisfy(verdict -> assertThat(held(verdict)).isFalse());
    }

    @Test
    void shouldNotHoldWhenAGatewayStillCountsWhoIsGone() {
        Verdict verdict = agents(SPARED, List.of(), DELIVERED, api(100, 100), clients("gateway", SPARED + 7));

        assertThat(held(verdict)).isFalse();
        assertThat(verdict.why()).contains("1,007 connections are still counted, 1,000 are held");
    }

    @Test
    void shouldExpectTheEndsOfAGatewayThatDiesAndNoMore() {
        List<Evidence> evidence = List.of(
                new Evidence("e1", "gateway", "gateway", "node_num_clients", "1", 0, 2_004, 2_000),
                new Evidence("e2", "gateway-2", "gateway", "node_num_clients", "1", 0, 2_000, 2_000));

        assertThat(held(server(2_000, 2_000, evidence))).isTrue();
        assertThat(held(server(1_999, 2_001, evidence))).isFalse();
    }

    private static Verdict agents(
            long held, List<Close> closed, Deliveries deliveries, InterfaceLoad api, Evidence clients) {
        return judge(
                "agents",
                held,
                closed,
                deliveries,
                api,
                List.of(
                        clients,
                        new Evidence("e2", "gateway", "gateway", "teardown.closed", "1", 3_000, 3_000, 3_000),
                        new Evidence("e3", "gateway", "gateway", "teardown.freed", "ms", 310, 310, 310),
                        new Evidence("e4", "gateway", "gateway", "teardown.stall", "ms", 41, 41, 41),
                        new Evidence("e5", "gateway", "gateway", "teardown.calm", "ms", 9, 9, 9)));
    }

    private static Verdict server(long held, long ended, List<Evidence> evidence) {
        return judge("server", held, List.of(Seen.close("edge", "fin", ended)), DELIVERED, api(100, 100), evidence);
    }

    private static Verdict judge(
            String variant,
            long held,
            List<Close> closed,
            Deliveries deliveries,
            InterfaceLoad api,
            List<Evidence> evidence) {
        Variant of = new DisconnectStorm()
                .variants().stream()
                        .filter(each -> each.name().equals(variant))
                        .findFirst()
                        .orElseThrow();
        List<Phase> phases = List.of(
                Seen.phase("ramp", ALL, ALL, List.of(), Deliveries.NONE),
                Seen.phase("calm", 0, ALL, List.of(), DELIVERED).with(List.of(api(80, 80)), List.of(), List.of()),
                Seen.phase("storm", 0, held, closed, deliveries).with(List.of(api), List.of(), List.of()),
                Seen.phase("after", 0, held, List.of(), Deliveries.NONE));
        return Judge.judge(new DisconnectStorm().plan(of, Wish.DEFAULT), Seen.findings(phases, evidence, List.of()));
    }

    private static InterfaceLoad api(long asked, long answered) {
        return new InterfaceLoad(
                "api",
                20,
                new InterfaceLoad.Rate(20, 20, 20, 20),
                asked,
                asked,
                answered,
                0,
                List.of(),
                new InterfaceLoad.Latency(Percentiles.NONE, Percentiles.NONE),
                new InterfaceLoad.Caused(0, 0));
    }

    private static Evidence clients(String hop, double after) {
        return new Evidence("e1", hop, "gateway", "node_num_clients", "1", 0, ALL, after);
    }

    private static boolean held(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Promises.class);
        return verdict instanceof Verdict.Promises promises && promises.held();
    }
}
