package io.cartlog.cli.reconcile;

import java.util.HexFormat;
import java.util.List;

/// Digests add up: the digest of a whole is the sum of its parts' modulo 2^64.
final class Digests {
    private Digests() {}

    static String sum(List<String> digests) {
        long sum = 0;
        for (String digest : digests) {
            sum += Long.parseUnsignedLong(digest, 16);
        }
        return HexFormat.of().toHexDigits(sum);
    }
}
