package dev.strandline.core.tree;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import java.util.ArrayList;

/** Encodes streams and extents: {@code docs/format.md}, "Streams". */
public final class ChunkStreamCodec {
    private static final int INDIRECT = ChunkStream.MAX_INLINE_EXTENTS + 1;

    private ChunkStreamCodec() {}

    /** Appends a count of inline extents and these, or the marker of an indirect stream, its size and its list. */
    public static void encode(Encoder out, ChunkStream stream) {
        if (stream instanceof ChunkStream.Indirect(long sizeBytes, var list)) {
            out.varint(INDIRECT).varint(sizeBytes);
            encode(out, list);
        } else if (stream instanceof ChunkStream.Direct(var extents)) {
            out.varint(extents.size());
            for (var extent : extents) {
                encode(out, extent);
            }
        }
    }

    public static ChunkStream decode(Decoder in) throws MalformedException {
        return decode(in, 0);
    }

    private static ChunkStream decode(Decoder in, int level) throws MalformedException {
        if (level > ChunkStream.MAX_LEVELS) {
            throw new MalformedException("a chunk list is indirect more than " + ChunkStream.MAX_LEVELS + " times");
        }
        int form = in.varint(INDIRECT, "the number of inline extents");
        if (form == INDIRECT) {
            long sizeBytes = in.varint(Long.MAX_VALUE, "the size of a stream");
            var list = decode(in, level + 1);
            if (sizeBytes == 0 || list.sizeBytes() == 0) {
                throw new MalformedException("an indirect stream is empty");
            }
            return new ChunkStream.Indirect(sizeBytes, list);
        }
        var extents = new ArrayList<Extent>(form);
        long sizeBytes = 0;
        for (int i = 0; i < form; i++) {
            var extent = decodeExtent(in);
            extents.add(extent);
            sizeBytes += extent.lengthBytes();
            if (sizeBytes < 0) {
                throw new MalformedException("a stream is larger than 2^63 bytes");
            }
        }
        return extents.isEmpty() ? ChunkStream.EMPTY : new ChunkStream.Direct(extents);
    }

    /** Appends the doubled length, plus one for a hole, and the chunk id unless a hole. */
    public static void encode(Encoder out, Extent extent) {
        if (extent instanceof Extent.Chunk(var id, int length)) {
            out.varint((long) length << 1);
            out.signed64(Long.reverseBytes(id.word0()))
                    .signed64(Long.reverseBytes(id.word1()))
                    .signed64(Long.reverseBytes(id.word2()))
                    .signed64(Long.reverseBytes(id.word3()));
        } else {
            out.varint(extent.lengthBytes() << 1 | 1);
        }
    }

    public static Extent decodeExtent(Decoder in) throws MalformedException {
        long header = in.varint();
        long lengthBytes = header >>> 1;
        if (lengthBytes == 0) {
            throw new MalformedException("an extent is empty");
        }
        if ((header & 1) != 0) {
            return new Extent.Hole(lengthBytes);
        }
        if (lengthBytes > Integer.MAX_VALUE) {
            throw new MalformedException("a chunk of " + lengthBytes + " bytes");
        }
        return new Extent.Chunk(ChunkId.read(in.bytes(ChunkId.BYTES), 0), (int) lengthBytes);
    }
}
