package dev.strandline.store.repository;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.store.backend.ObjectKind;
import dev.strandline.store.backend.ObjectName;
import java.util.HashSet;
import java.util.Set;

/**
 * What a later session may presume: tree chunks that are stored as long as these packs, which are all that there were,
 * exist. Kept by whoever keeps a files cache; no persisted format.
 */
record KnownChunks(Set<ObjectName> packs, Set<ChunkId> chunks) {
    private static final int MAX_COUNT = 1 << 26;

    static final KnownChunks NONE = new KnownChunks(Set.of(), Set.of());

    byte[] encode() {
        var out = new Encoder().varint(packs.size());
        packs.forEach(pack -> out.bytes(pack.idBytes()));
        out.varint(chunks.size());
        chunks.forEach(chunk -> out.bytes(chunk.toBytes()));
        return out.toBytes();
    }

    static KnownChunks decode(byte[] bytes) throws MalformedException {
        var in = new Decoder(bytes);
        int packCount = in.varint(MAX_COUNT, "the number of packs");
        var packs = new HashSet<ObjectName>();
        for (int i = 0; i < packCount; i++) {
            packs.add(ObjectName.of(ObjectKind.PACK, in.bytes(ObjectName.ID_DIGITS / 2)));
        }
        int chunkCount = in.varint(MAX_COUNT, "the number of chunks");
        var chunks = new HashSet<ChunkId>();
        for (int i = 0; i < chunkCount; i++) {
            chunks.add(ChunkId.read(in.bytes(ChunkId.BYTES), 0));
        }
        in.expectEnd();
        return new KnownChunks(packs, chunks);
    }
}
