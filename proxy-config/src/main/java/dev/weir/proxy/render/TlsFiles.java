package dev.weir.proxy.render;

import dev.weir.proxy.error.ProxyConfigException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a hop proves itself with.
 *
 * @param certificate PEM with the certificate and those above it; absolute
 * @param key PEM with its private key; absolute
 * @param both PEM with both, as HAProxy wants it; absolute
 */
public record TlsFiles(Path certificate, Path key, Path both) {

    /**
     * One file with the certificate, those above it and the private key, which nginx takes for either as HAProxy does.
     *
     * @param pem the file; absolute
     */
    public static TlsFiles of(Path pem) {
        return new TlsFiles(pem, pem, pem);
    }

    /** Checks that the paths can be written into a configuration. */
    public TlsFiles {
        for (var file : List.of(certificate, key, both)) {
            if (!file.isAbsolute() || !Wiring.isQuotable(file.toString())) {
                throw ProxyConfigException.usage(
                        "TLS file must be absolute and without quotes, $, \\ or control characters: file=" + file);
            }
        }
    }
}
