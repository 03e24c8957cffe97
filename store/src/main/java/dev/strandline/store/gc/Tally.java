package dev.strandline.store.gc;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.roaringbitmap.RoaringBitmap;

/** Of each number whether one has it, or several have. Not safe for use by several threads. */
final class Tally {
    private final RoaringBitmap any = new RoaringBitmap();
    private final RoaringBitmap several = new RoaringBitmap();

    /**
     * Counts somebody who has a number.
     *
     * @param his what he was counted for before
     * @return whether that changed anything
     */
    boolean count(int number, RoaringBitmap his) {
        if (!his.checkedAdd(number)) {
            return false;
        }
        return any.checkedAdd(number) || several.checkedAdd(number);
    }

    /** Whether exactly one has it. */
    boolean hasOne(int number) {
        return any.contains(number) && !several.contains(number);
    }

    void encode(Encoder out) {
        encode(out, any);
        encode(out, several);
    }

    private static void encode(Encoder out, RoaringBitmap bitmap) {
        bitmap.runOptimize();
        var bytes = new ByteArrayOutputStream(bitmap.serializedSizeInBytes());
        try {
            bitmap.serialize(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("memory can't be written", e);
        }
        out.sized(bytes.toByteArray());
    }

    static Tally decode(Decoder in) throws MalformedException {
        var tally = new Tally();
        decode(in, tally.any);
        decode(in, tally.several);
        return tally;
    }

    private static void decode(Decoder in, RoaringBitmap bitmap) throws MalformedException {
        byte[] bytes = in.sized(Integer.MAX_VALUE, "a bitmap");
        try {
            bitmap.deserialize(ByteBuffer.wrap(bytes));
        } catch (IOException | RuntimeException e) {
            throw new MalformedException("a bitmap is damaged: " + e.getMessage());
        }
    }
}
