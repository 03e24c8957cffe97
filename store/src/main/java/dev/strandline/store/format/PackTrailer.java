package dev.strandline.store.format;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import java.util.Arrays;

/** The last {@value #BYTES} bytes of a pack: the length of its sealed footer and the magic {@code DRTS}. */
public final class PackTrailer {
    public static final int BYTES = 8;

    private static final byte[] MAGIC = {'D', 'R', 'T', 'S'};

    private PackTrailer() {}

    public static byte[] encode(int footerLength) {
        return new Encoder().unsigned32(footerLength).bytes(MAGIC).toBytes();
    }

    /** The length of the sealed footer, which ends where the trailer begins. */
    public static int decode(byte[] trailer) throws MalformedException {
        var in = new Decoder(trailer);
        long footerLength = in.unsigned32();
        if (!Arrays.equals(in.bytes(MAGIC.length), MAGIC)) {
            throw new MalformedException("it does not end like a pack; it was cut off or overwritten");
        }
        if (footerLength > SealedObject.MAX_BYTES) {
            throw new MalformedException("its footer would have " + footerLength + " bytes");
        }
        return (int) footerLength;
    }
}
