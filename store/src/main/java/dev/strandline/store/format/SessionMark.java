package dev.strandline.store.format;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * What a run says of itself while it is at work: {@code docs/format.md}, "Sessions".
 *
 * @param role what it does
 * @param base the newest generation that it knows
 * @param began for messages
 */
public record SessionMark(Role role, long base, Instant began) {
    /** What a run does; the numbers are persisted. */
    public enum Role {
        WRITER(0),
        COLLECTOR(1);

        private final int number;

        Role(int number) {
            this.number = number;
        }
    }

    public byte[] encode() {
        return new Encoder()
                .unsigned8(role.number)
                .varint(base)
                .zigzag(began.getEpochSecond())
                .toBytes();
    }

    public static SessionMark decode(byte[] bytes) throws MalformedException {
        var in = new Decoder(bytes);
        var role = switch (in.unsigned8()) {
            case 0 -> Role.WRITER;
            case 1 -> Role.COLLECTOR;
            default -> throw new MalformedException("it has an unknown role");
        };
        long base = in.varint(Long.MAX_VALUE, "a generation");
        try {
            var began = Instant.ofEpochSecond(in.zigzag());
            in.expectEnd();
            return new SessionMark(role, base, began);
        } catch (DateTimeException _) {
            throw new MalformedException("a time is out of range");
        }
    }
}
