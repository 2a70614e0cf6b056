package dev.weir.loadgen.scenario;

import java.util.OptionalLong;

/**
 * What the processes of one hop may use. Each process has it to itself: two edges have a memory limit each.
 *
 * <p><b>Example:</b> {@code Confinement.NONE.withMemory(48 << 20)}.
 *
 * @param memoryBytes of a control group that the process starts in, with all its children; beyond it the kernel kills. Empty for no limit
 * @param openFiles the effective limit, whatever the process's own configuration asks for; empty for this process's own
 * @param addressSpaceBytes of each of its processes, in whole kilobytes; empty for no limit
 * @param millicores thousandths of a processor that it may use on average, from {@link Step.Squeeze} on; empty for all processors of the host
 * @param heapBytes heap of a gateway's virtual machine, all of it taken at start; empty for what it decides itself. Of other hops it limits nothing
 */
public record Confinement(
        OptionalLong memoryBytes,
        OptionalLong openFiles,
        OptionalLong addressSpaceBytes,
        OptionalLong millicores,
        OptionalLong heapBytes) {
    /** Nothing is limited. */
    public static final Confinement NONE = new Confinement(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());

    private static final long MEMORY_BYTES_MIN = 1 << 20;
    private static final long OPEN_FILES_MIN = 16;
    /** <b>Source:</b> the kernel takes no quota below a millisecond in a period of a tenth of a second. */
    private static final long MILLICORES_MIN = 10;
    /** A gateway without connections has 20 MB of live objects and code to load beside them. */
    private static final long HEAP_BYTES_MIN = 32L << 20;

    public Confinement {
        requireAtLeast("memoryBytes", memoryBytes, MEMORY_BYTES_MIN);
        requireAtLeast("openFiles", openFiles, OPEN_FILES_MIN);
        requireAtLeast("addressSpaceBytes", addressSpaceBytes, MEMORY_BYTES_MIN);
        requireAtLeast("millicores", millicores, MILLICORES_MIN);
        requireAtLeast("heapBytes", heapBytes, HEAP_BYTES_MIN);
    }

    private static void requireAtLeast(String name, OptionalLong value, long min) {
        if (value.isPresent() && value.getAsLong() < min) {
            throw new IllegalArgumentException(name + " must be >= " + min + ": " + name + "=" + value.getAsLong());
        }
    }

    /** The same with a memory limit in bytes. */
    public Confinement withMemory(long bytes) {
        return new Confinement(OptionalLong.of(bytes), openFiles, addressSpaceBytes, millicores, heapBytes);
    }

    /** The same with an effective limit on open files. */
    public Confinement withOpenFiles(long files) {
        return new Confinement(memoryBytes, OptionalLong.of(files), addressSpaceBytes, millicores, heapBytes);
    }

    /** The same with a limit on address space in bytes. */
    public Confinement withAddressSpace(long bytes) {
        return new Confinement(memoryBytes, openFiles, OptionalLong.of(bytes), millicores, heapBytes);
    }

    /** The same with a share of processor time, in thousandths of a processor. */
    public Confinement withMillicores(long thousandths) {
        return new Confinement(memoryBytes, openFiles, addressSpaceBytes, OptionalLong.of(thousandths), heapBytes);
    }

    /** The same with a fixed heap in bytes. */
    public Confinement withHeap(long bytes) {
        return new Confinement(memoryBytes, openFiles, addressSpaceBytes, millicores, OptionalLong.of(bytes));
    }
}
