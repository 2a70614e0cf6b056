package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A block of 65,536 private addresses. Its lower half joins the hops and this host, its upper half is behind a translating router.
 *
 * @param first first byte of its addresses
 * @param second second byte
 */
record Subnet(int first, int second) {
    /** Bits that all addresses of a half have in common. */
    static final int BITS = 17;

    private static final int BLOCK_BITS = 16;
    private static final int BEHIND = 128;
    private static final Pattern BLOCK =
            Pattern.compile("\\b(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:/(\\d{1,2}))?\\b");

    /**
     * Chooses one that this host does not use: of 10.0.0.0/8, of 172.16.0.0/12 where that is taken, then of 198.18.0.0/15, which is for tests.
     *
     * @param used addresses and blocks that are taken, in lines as {@code ip route} and {@code ip address} print them
     * @param random lets two runs at once look in different places
     * @throws LabException of kind ENVIRONMENT when all are taken
     */
    static Subnet free(List<String> used, RandomGenerator random) {
        List<Subnet> candidates = new ArrayList<>();
        candidates.addAll(shuffled(10, 0, 256, random));
        candidates.addAll(shuffled(172, 16, 16, random));
        candidates.addAll(shuffled(198, 18, 2, random));
        return candidates.stream()
                .filter(candidate -> used.stream().noneMatch(candidate::overlaps))
                .findFirst()
                .orElseThrow(
                        () -> LabException.environment(
                                "a block of addresses must be free for network namespaces: tried=10.0.0.0/8,172.16.0.0/12,198.18.0.0/15; remove a route that takes them all, see 'ip route'"));
    }

    /**
     * One that this host does not use now.
     *
     * @throws IOException when {@code ip} cannot say what is used
     */
    static Subnet ofThisHost(RandomGenerator random) throws IOException {
        List<String> used = new ArrayList<>(Command.run("ip", "-4", "-o", "route", "show", "table", "all"));
        used.addAll(Command.run("ip", "-4", "-o", "address", "show"));
        return free(used, random);
    }

    private static List<Subnet> shuffled(int first, int from, int count, RandomGenerator random) {
        List<Subnet> subnets = new ArrayList<>(IntStream.range(from, from + count)
                .mapToObj(second -> new Subnet(first, second))
                .toList());
        Collections.shuffle(subnets, Random.from(random));
        return subnets;
    }

    /** An address that joins the hops. */
    String joining(int third, int fourth) {
        return first + "." + second + "." + third + "." + fourth;
    }

    /** An address behind the router. */
    String behind(int third, int fourth) {
        return joining(BEHIND + third, fourth);
    }

    private boolean overlaps(String line) {
        return BLOCK.matcher(line).results().anyMatch(this::overlaps);
    }

    private boolean overlaps(MatchResult block) {
        int bits = block.group(5) == null ? 32 : Integer.parseInt(block.group(5));
        int shift = 32 - Math.min(bits, BLOCK_BITS);
        int theirs = Integer.parseInt(block.group(1)) << 24 | Integer.parseInt(block.group(2)) << 16;
        int ours = first << 24 | second << 16;
        return bits > 0 && theirs >>> shift == ours >>> shift;
    }
}
