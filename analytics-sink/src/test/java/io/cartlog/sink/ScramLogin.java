package io.cartlog.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// Signs on to a PostgreSQL as SCRAM-SHA-256 wants it (RFC 7677), which Redshift's driver does not
/// know.
final class ScramLogin {
    private static final String MECHANISM = "SCRAM-SHA-256";
    private static final String WITHOUT_CHANNEL_BINDING = "n,,";
    private static final int BITS = 256;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final String password;

    ScramLogin(DataInputStream in, DataOutputStream out, String password) {
        this.in = in;
        this.out = out;
        this.password = password;
    }

    /// Reads what the server asks for, up to its last question; what follows says that it is
    /// content.
    void run() throws IOException, GeneralSecurityException {
        expect("R", message());
        String first = "n=,r=" + UUID.randomUUID();
        byte[] offer = (WITHOUT_CHANNEL_BINDING + first).getBytes(UTF_8);
        out.writeByte('p');
        out.writeInt(4 + MECHANISM.length() + 1 + 4 + offer.length);
        out.write((MECHANISM + "\0").getBytes(UTF_8));
        out.writeInt(offer.length);
        out.write(offer);
        out.flush();
        byte[] answer = answer(first, challenge());
        out.writeByte('p');
        out.writeInt(4 + answer.length);
        out.write(answer);
        out.flush();
        expect("R", message());
    }

    private byte[] answer(String first, String challenge) throws GeneralSecurityException {
        Map<String, String> asked =
                Stream.of(challenge.split(","))
                        .collect(Collectors.toMap(p -> p.substring(0, 1), p -> p.substring(2)));
        Function<String, String> field = name -> asked.getOrDefault(name, "");
        String last = "c=biws,r=" + field.apply("r");
        byte[] salted =
                SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(
                                new PBEKeySpec(
                                        password.toCharArray(),
                                        Base64.getDecoder().decode(field.apply("s")),
                                        Integer.parseInt(field.apply("i")),
                                        BITS))
                        .getEncoded();
        byte[] key = hmac(salted, "Client Key");
        byte[] signature =
                hmac(
                        MessageDigest.getInstance("SHA-256").digest(key),
                        first + "," + challenge + "," + last);
        for (int i = 0; i < key.length; i++) {
            key[i] ^= signature[i];
        }
        return (last + ",p=" + Base64.getEncoder().encodeToString(key)).getBytes(UTF_8);
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(UTF_8));
    }

    private String challenge() throws IOException {
        byte[] message = message();
        expect("R", message);
        return new String(message, 5, message.length - 5, UTF_8);
    }

    /// Its type, and what it holds.
    private byte[] message() throws IOException {
        byte type = in.readByte();
        byte[] content = in.readNBytes(in.readInt() - 4);
        byte[] message = new byte[1 + content.length];
        message[0] = type;
        System.arraycopy(content, 0, message, 1, content.length);
        return message;
    }

    private static void expect(String type, byte[] message) throws IOException {
        if (message[0] != type.charAt(0)) {
            throw new IOException("the database said " + new String(message, UTF_8));
        }
    }
}
