package dev.weir.loadgen.topology;

import dev.weir.loadgen.error.LabException;
import dev.weir.proxy.render.TlsFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Makes certificates that sign themselves, with the JDK's own {@code keytool}: nobody but who is given the file believes them.
 *
 * <p><b>Threading:</b> blocks, about half a second.
 */
final class Certificates {
    private static final String ALIAS = "edge";
    private static final int LINE = 64;
    private static final long SECONDS_MAX = 30;

    private Certificates() {}

    /**
     * Makes one, for an elliptic key of 256 bits.
     *
     * @param folder takes the files, the key readable by its owner only
     * @param addresses IP addresses that it is for, beside {@code localhost}
     */
    static TlsFiles make(Path folder, List<String> addresses) {
        char[] password = UUID.randomUUID().toString().toCharArray();
        Path store = folder.resolve("edge.p12");
        try {
            Files.deleteIfExists(store);
            keytool(store, addresses, password);
            KeyStore keys = KeyStore.getInstance(store.toFile(), password);
            byte[] certificate = pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
            byte[] key = pem("PRIVATE KEY", keys.getKey(ALIAS, password).getEncoded());
            byte[] both = (new String(certificate, StandardCharsets.US_ASCII)
                            + new String(key, StandardCharsets.US_ASCII))
                    .getBytes(StandardCharsets.US_ASCII);
            return new TlsFiles(
                    Files.write(folder.resolve("edge.crt"), certificate),
                    write(folder.resolve("edge.key"), key),
                    write(folder.resolve("edge.pem"), both));
        } catch (IOException | GeneralSecurityException e) {
            throw LabException.environment("a certificate must be made for --tls: folder=" + folder + "; " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LabException.environment("interrupted while a certificate was made", e);
        }
    }

    private static void keytool(Path store, List<String> addresses, char[] password)
            throws IOException, InterruptedException {
        String names = addresses.stream().map(address -> ",ip:" + address).collect(Collectors.joining());
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=weir edge",
                        "-ext",
                        "SAN=dns:localhost" + names,
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass:env",
                        "WEIR_STORE")
                .redirectErrorStream(true);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        // Not on the command line, which every user of the machine may read.
        builder.environment().put("WEIR_STORE", new String(password));
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("keytool failed: " + said);
        }
    }

    private static byte[] pem(String what, byte[] content) {
        String encoded = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content);
        return ("-----BEGIN " + what + "-----\n" + encoded + "\n-----END " + what + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Path write(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.write(file, content);
    }
}
