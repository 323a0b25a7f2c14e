package io.cartlog.sink.row;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A second way to the number.
final class Md5 {
    private Md5() {}

    static long first8(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return new BigInteger(1, hash).shiftRight(64).longValue();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
