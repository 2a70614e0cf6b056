package dev.weir.loadgen.client;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/**
 * Whose certificates are believed at {@code wss://} targets, by the JDK's own TLS.
 *
 * @param ca PEM file with the only certificates that are believed; empty takes those that the JDK believes
 * @param anyone whether every certificate is believed, whatever its name and whoever signed it
 */
public record TlsTrust(String ca, boolean anyone) {
    /** Whom the JDK trusts. */
    public static final TlsTrust JDK = new TlsTrust("", false);

    /**
     * What handshakes share.
     *
     * @throws IllegalArgumentException when the file holds no certificate
     */
    SslContext context() {
        SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
        try {
            if (anyone) {
                return builder.trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .endpointIdentificationAlgorithm(null)
                        .build();
            }
            return ca.isEmpty()
                    ? builder.build()
                    : builder.trustManager(Path.of(ca).toFile()).build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("--ca must be a PEM file of certificates: ca=" + ca + "; " + e, e);
        }
    }
}
