package dev.weir.loadgen.topology;

import dev.weir.proxy.render.TlsFiles;
import java.nio.file.Path;
import java.util.List;

/** A certificate of this host that signs itself, for tests beyond this package. */
public final class TestCertificate {
    private TestCertificate() {}

    /** Makes it. */
    public static TlsFiles make(Path folder) {
        return Certificates.make(folder, List.of("127.0.0.1"));
    }
}
