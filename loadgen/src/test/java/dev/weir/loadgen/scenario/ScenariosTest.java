package dev.weir.loadgen.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every scenario must keep to. */
class ScenariosTest {
    static Stream<Scenario> scenarios() {
        return Scenarios.all().stream();
    }

    static Stream<Arguments> variants() {
        return scenarios().flatMap(each -> each.variants().stream().map(variant -> Arguments.of(each, variant)));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldBeFoundByItsKebabCaseName(Scenario scenario) {
        assertThat(scenario.name()).matches("[a-z]+(-[a-z]+)*");
        assertThat(Scenarios.named(scenario.name())).contains(scenario);
        assertThat(scenario.variants().stream().map(Variant::name)).doesNotHaveDuplicates();
        assertThat(scenario.pair()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void shouldClaimACauseUnlessThereIsNoFault(Scenario scenario, Variant variant) {
        Plan plan = scenario.plan(variant, Wish.DEFAULT);

        assertThat(plan.claim().isPresent()).isEqualTo(variant.expected() != Expected.PROMISES_HELD);
        assertThat(plan.steps().stream()
                        .filter(step -> !(step instanceof Step.ChangeHost))
                        .findFirst())
                .get()
                .isInstanceOf(Step.Ramp.class);
        assertThat(plan.steps().stream().map(Step::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void shouldLetAWishGoBeforeItsOwnSettings(Scenario scenario, Variant variant) {
        Wish wish = new Wish(
                OptionalInt.of(777),
                false,
                Optional.empty(),
                2,
                3,
                1,
                Optional.of("stock"),
                Map.of("edge.proxy_read_timeout", "7s"));

        Plan plan = scenario.plan(variant, wish);

        assertThat(plan.connections()).isEqualTo(777);
        assertThat(plan.chain().connections())
                .as("room for these, and for those that come and go")
                .isGreaterThanOrEqualTo(777);
        assertThat(plan.chain().profile()).isEqualTo("stock");
        assertThat(plan.chain().settings()).containsEntry("edge.proxy_read_timeout", "7s");
        // A variant whose point is that there are no proxies has none.
        if (plan.chain().edges() > 0) {
            assertThat(plan.chain().edges()).isEqualTo(2);
            assertThat(plan.chain().ingresses()).isEqualTo(3);
        }
    }
}
