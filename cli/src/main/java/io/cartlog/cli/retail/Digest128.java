package io.cartlog.cli.retail;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// 128 bits of a list of texts (MD5: it names rows, it guards nothing).
public record Digest128(long high, long low) {
    private static final char SEPARATOR = '\u001f';

    public static Digest128 of(List<String> texts) {
        MessageDigest md5 = md5();
        byte[] joined =
                String.join(String.valueOf(SEPARATOR), texts).getBytes(StandardCharsets.UTF_8);
        ByteBuffer digest = ByteBuffer.wrap(md5.digest(joined));
        return new Digest128(digest.getLong(), digest.getLong());
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    public String hex() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
