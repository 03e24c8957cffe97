package dev.strandline.store.index;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.store.backend.ObjectName;
import dev.strandline.store.format.ObjectHeader;
import dev.strandline.store.format.SegmentFormat.PackListing;
import java.util.Optional;

/** Keys and values of the index. Local to a host and rebuilt when {@link #SCHEMA} changes: no persisted format. */
final class IndexCodec {
    /** Of everything below. */
    static final int SCHEMA = 2;

    static final byte[] META_KEY = {'m'};

    /** Who holds what, as whoever has it kept writes it. */
    static final byte[] CENSUS_KEY = {'h'};

    private IndexCodec() {}

    /** 'c' and the chunk id: the chunk's location. */
    static byte[] chunkKey(ChunkId id) {
        return key('c', id);
    }

    /** 'r' and the chunk id: what a directory or list leads to. */
    static byte[] referencesKey(ChunkId id) {
        return key('r', id);
    }

    private static byte[] key(char kind, ChunkId id) {
        byte[] key = new byte[1 + ChunkId.BYTES];
        key[0] = (byte) kind;
        id.write(key, 1);
        return key;
    }

    /** 'p' and the pack's id: its number, and what is known of it. */
    static byte[] packKey(ObjectName pack) {
        return new Encoder().unsigned8('p').bytes(pack.idBytes()).toBytes();
    }

    /** A pack and the number that it has in the index. */
    record NumberedPack(long number, StoredPack pack) {
        byte[] encode() {
            return new Encoder()
                    .varint(number)
                    .varint(pack.chunkCount())
                    .varint(pack.sizeBytes())
                    .unsigned8(pack.listed() ? 1 : 0)
                    .toBytes();
        }

        static NumberedPack decode(ObjectName name, byte[] value) throws MalformedException {
            var in = new Decoder(value);
            long number = in.varint();
            int chunkCount = in.varint(Integer.MAX_VALUE, "a number of chunks");
            long sizeBytes = in.varint(Long.MAX_VALUE, "the size of a pack");
            boolean listed = in.unsigned8() != 0;
            in.expectEnd();
            return new NumberedPack(number, new StoredPack(name, chunkCount, sizeBytes, listed));
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

    /** Takes the place of a chunk. */
    interface LocationReceiver<E extends Exception> {
        void take(ChunkId id, ChunkLocation location) throws E;
    }

    /** Tells where each chunk of a pack is. */
    static <E extends Exception> void locations(PackListing listing, LocationReceiver<E> receiver) throws E {
        long frameOffset = ObjectHeader.BYTES;
        int chunkNumber = 0;
        int frameNumber = 0;
        for (var frame : listing.contents().frames()) {
            int chunkOffset = 0;
            for (var chunk : frame.chunks()) {
                receiver.take(
                        chunk.id(),
                        new ChunkLocation(
                                listing.pack(),
                                chunkNumber,
                                frameNumber,
                                frameOffset,
                                frame.sealedLength(),
                                chunkOffset,
                                chunk.length(),
                                frame.base()));
                chunkOffset += chunk.length();
                chunkNumber++;
            }
            frameOffset += frame.sealedLength();
            frameNumber++;
        }
    }

    static byte[] encode(ChunkLocation location, long packNumber) {
        var out = new Encoder()
                .varint(packNumber)
                .varint(location.chunkNumber())
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
        int chunkNumber = in.varint(Integer.MAX_VALUE, "a chunk number");
        int frameNumber = in.varint(Integer.MAX_VALUE, "a frame number");
        long frameOffset = in.varint(Long.MAX_VALUE, "a frame offset");
        int sealedLength = in.varint(Integer.MAX_VALUE, "a frame length");
        int chunkOffset = in.varint(Integer.MAX_VALUE, "a chunk offset");
        int length = in.varint(Integer.MAX_VALUE, "a chunk length");
        Optional<ChunkId> base =
                in.remaining() == 0 ? Optional.empty() : Optional.of(ChunkId.read(in.bytes(ChunkId.BYTES), 0));
        in.expectEnd();
        return new ChunkLocation(pack, chunkNumber, frameNumber, frameOffset, sealedLength, chunkOffset, length, base);
    }
}
