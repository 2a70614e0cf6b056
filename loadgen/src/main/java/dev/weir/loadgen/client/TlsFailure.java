package dev.weir.loadgen.client;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a TLS handshake failed, in one word as other failures have an errno. */
final class TlsFailure {
    private TlsFailure() {}

    /**
     * {@code UNTRUSTED} for a certificate that nobody believed signed, {@code WRONG_NAME} for one of another host, {@code HANDSHAKE} for anything else that
     * TLS itself says; an errno when the connection failed below it; empty when there is none.
     */
    static String of(@Nullable Throwable failure) {
        String word = failure == null ? "" : Errno.of(failure);
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException
                    && String.valueOf(cause.getMessage()).contains("subject alternative")) {
                return "WRONG_NAME";
            }
            if (cause instanceof CertPathValidatorException
                    || String.valueOf(cause.getMessage()).contains("PKIX path")) {
                return "UNTRUSTED";
            }
            if (cause instanceof SSLException && word.isEmpty()) {
                word = "HANDSHAKE";
            }
        }
        return word;
    }

    /** The same as a sentence for a target that is asked once. */
    static String says(@Nullable Throwable failure) {
        return switch (of(failure)) {
            case "UNTRUSTED" ->
                "its certificate is not signed by anyone trusted; give --ca FILE with it, or --insecure-tls";
            case "WRONG_NAME" ->
                "its certificate is for another host; connect by the name in it, or give --insecure-tls";
            default -> "TLS with it fails: " + (failure == null ? "it closed the connection" : failure.getMessage());
        };
    }
}
