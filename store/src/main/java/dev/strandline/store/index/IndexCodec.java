package dev.strandline.store.index;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.format.ObjectHeader;
import dev.strandline.store.format.SegmentFormat.PackListing;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Keys and values of the index. Local to a host and rebuilt when {@link #SCHEMA} changes: no persisted format. */
final class IndexCodec {
    /** Of everything below. */
    static final int SCHEMA = 1;

    static final byte[] META_KEY = {'m'};

    private IndexCodec() {}

    /** 'c' and the chunk id: the chunk's location. */
    static byte[] chunkKey(ChunkId id) {
        byte[] key = new byte[1 + ChunkId.BYTES];
        key[0] = 'c';
        id.write(key, 1);
        return key;
    }

    /** Last byte of a pack's value when a segment lists it. */
    static final byte LISTED = 1;

    /** 'p' and the pack's id: its number, and whether a segment lists it. */
    static byte[] packKey(ObjectName pack) {
        return new Encoder().unsigned8('p').bytes(pack.idBytes()).toBytes();
    }

    static byte[] packValue(long number, boolean listed) {
        return new Encoder().varint(number).unsigned8(listed ? LISTED : 0).toBytes();
    }

    static long packNumber(byte[] packValue) {
        try {
            return new Decoder(packValue).varint();
        } catch (MalformedException e) {
            throw new IllegalStateException("a pack's entry is malformed", e);
        }
    }

    /** 'n' and a pack's number: its id. */
    static byte[] numberKey(long number) {
        return new Encoder().unsigned8('n').varint(number).toBytes();
    }

    /** 's' and a segment's id: nothing; it was taken in. */
    static byte[] segmentKey(ObjectName segment) {
        return new Encoder().unsigned8('s').bytes(segment.idBytes()).toBytes();
    }

    /** Tells where each chunk of a pack is. */
    static void locations(PackListing listing, BiConsumer<ChunkId, ChunkLocation> receiver) {
        long frameOffset = ObjectHeader.BYTES;
        int frameNumber = 0;
        for (var frame : listing.contents().frames()) {
            int chunkOffset = 0;
            for (var chunk : frame.chunks()) {
                receiver.accept(
                        chunk.id(),
                        new ChunkLocation(
                                listing.pack(),
                                frameNumber,
                                frameOffset,
                                frame.sealedLength(),
                                chunkOffset,
                                chunk.length(),
                                frame.base()));
                chunkOffset += chunk.length();
            }
            frameOffset += frame.sealedLength();
            frameNumber++;
        }
    }

    static byte[] encode(ChunkLocation location, long packNumber) {
        var out = new Encoder()
                .varint(packNumber)
                .varint(location.frameNumber())
                .varint(location.frameOffset())
                .varint(location.sealedLength())
                .varint(location.chunkOffset())
                .varint(location.length());
        location.base().ifPresent(base -> out.bytes(base.toBytes()));
        return out.toBytes();
    }

    /** Finds a pack's name by its number. */
    interface PackNames {
        ObjectName name(long packNumber) throws MalformedException;
    }

    static ChunkLocation decode(byte[] value, PackNames packs) throws MalformedException {
        var in = new Decoder(value);
        var pack = packs.name(in.varint());
        int frameNumber = in.varint(Integer.MAX_VALUE, "a frame number");
        long frameOffset = in.varint(Long.MAX_VALUE, "a frame offset");
        int sealedLength = in.varint(Integer.MAX_VALUE, "a frame length");
        int chunkOffset = in.varint(Integer.MAX_VALUE, "a chunk offset");
        int length = in.varint(Integer.MAX_VALUE, "a chunk length");
        Optional<ChunkId> base =
                in.remaining() == 0 ? Optional.empty() : Optional.of(ChunkId.read(in.bytes(ChunkId.BYTES), 0));
        in.expectEnd();
        return new ChunkLocation(pack, frameNumber, frameOffset, sealedLength, chunkOffset, length, base);
    }
}
