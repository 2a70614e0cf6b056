package dev.weir.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.fanout.SlowConsumerRule.Delivery;
import org.junit.jupiter.api.Test;

final class SlowConsumerRuleTest {
    private static Delivery message(SlowConsumerPolicy policy, long pending, int frame) {
        return new SlowConsumerRule(1000, policy).message(pending, frame);
    }

    @Test
    void shouldSendUpToTheBound() {
        assertThat(message(new SlowConsumerPolicy.Disconnect(), 900, 100)).isEqualTo(Delivery.SEND);
        assertThat(message(new SlowConsumerPolicy.Disconnect(), 0, 5000)).isEqualTo(Delivery.SEND);
    }

    @Test
    void shouldFollowPolicyBeyondTheBound() {
        assertThat(message(new SlowConsumerPolicy.Disconnect(), 901, 100)).isEqualTo(Delivery.DISCONNECT);
        assertThat(message(new SlowConsumerPolicy.Drop(), 901, 100)).isEqualTo(Delivery.DROP);
        assertThat(message(new SlowConsumerPolicy.Latest(), 901, 100)).isEqualTo(Delivery.KEEP_LATEST);
    }

    @Test
    void shouldNeverDropWhatClientWaitsFor() {
        SlowConsumerRule rule = new SlowConsumerRule(1000, new SlowConsumerPolicy.Drop());

        assertThat(rule.control(1000, 1)).isEqualTo(Delivery.DISCONNECT);
        assertThat(rule.control(999, 1)).isEqualTo(Delivery.SEND);
    }
}
