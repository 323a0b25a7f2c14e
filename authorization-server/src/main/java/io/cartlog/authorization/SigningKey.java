package io.cartlog.authorization;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;

/// The key that signs tokens, in a file that its owner alone can read, so that tokens outlive a
/// restart. RSA, because a token is checked more often than signed.
final class SigningKey {
    private static final int BITS = 2048;

    private SigningKey() {}

    /// The key of the file, which is made if it is absent.
    static RSAKey in(Path file) {
        try {
            if (!Files.exists(file)) {
                keep(generated(), file);
            }
            return RSAKey.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the signing key cannot be kept in " + file, e);
        } catch (ParseException e) {
            // Without the cause, which may have part of the key.
            throw new IllegalStateException(file + " is not a signing key");
        }
    }

    private static RSAKey generated() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("no signing key could be made", e);
        }
    }

    private static void keep(RSAKey key, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path writing =
                Files.createTempFile(
                        folder,
                        "signing-key",
                        ".writing",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        Files.writeString(writing, key.toJSONString());
        Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
