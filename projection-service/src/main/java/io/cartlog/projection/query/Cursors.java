package io.cartlog.projection.query;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Says where a list goes on, in a text that only this service can make and that fits one list
/// only.
public final class Cursors {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE = 16;

    private final SecretKeySpec key;
    private final String view;

    /// @param view another one's cursors are none of ours
    public Cursors(String secret, String view) {
        this.view = view;
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /// @param generation version of the views' table that the list was read from; 0 for a list that
    ///   is read from the log
    /// @param version of the account's view that the list shows, 0 if it goes along with the view
    /// @param before the order of the last line given out
    record Cursor(int generation, long version, String before) {

        /// @throws ProblemException if the list would go on in another table than it began in
        void checkGeneration(int live) {
            if (generation != live) {
                throw new ProblemException(
                        ProblemCode.CURSOR_EXPIRED,
                        "the views were changed for others since; begin again without a cursor");
            }
        }
    }

    /// @param list which list it is; does not stand in the text
    String write(String list, Cursor cursor) {
        byte[] content =
                (cursor.generation() + " " + cursor.version() + " " + cursor.before())
                        .getBytes(StandardCharsets.UTF_8);
        byte[] signed = Arrays.copyOf(content, content.length + SIGNATURE);
        System.arraycopy(sign(list, content), 0, signed, content.length, SIGNATURE);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    /// @throws ProblemException if this service did not write it, or wrote it for another list
    Cursor read(String list, String text) {
        byte[] signed = decode(text);
        if (signed.length <= SIGNATURE) {
            throw invalid();
        }
        byte[] content = Arrays.copyOf(signed, signed.length - SIGNATURE);
        byte[] signature = Arrays.copyOfRange(signed, content.length, signed.length);
        if (!MessageDigest.isEqual(signature, sign(list, content))) {
            throw invalid();
        }
        String[] parts = new String(content, StandardCharsets.UTF_8).split(" ", 3);
        return new Cursor(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), parts[2]);
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw invalid();
        }
    }

    private static ProblemException invalid() {
        return new ProblemException(
                        ProblemCode.CURSOR_INVALID,
                        "the cursor is none that this list has given out; begin again without one")
                .with("parameter", "cursor");
    }

    private byte[] sign(String list, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String scope : List.of(view, list)) {
                mac.update(scope.getBytes(StandardCharsets.UTF_8));
                mac.update((byte) 0);
            }
            return Arrays.copyOf(mac.doFinal(content), SIGNATURE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
