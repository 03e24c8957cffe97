package dev.strandline.store.format;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.repository.ChunkKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a pack holds, the same in its footer and in index segments: {@code docs/format.md}, "Table of contents". */
public record PackContents(List<FrameEntry> frames) {
    /** A pack has no more; at the smallest that is far beyond its target size. */
    private static final int MAX_FRAMES = 1 << 20;

    private static final int KIND_MASK = 0x0F;
    private static final int HAS_BASE = 0x10;

    public PackContents {
        frames = List.copyOf(frames);
    }

    public void encode(Encoder out) {
        out.varint(frames.size());
        for (var frame : frames) {
            out.unsigned8(frame.kind().number() | (frame.base().isPresent() ? HAS_BASE : 0));
            out.varint(frame.sealedLength());
            frame.base().ifPresent(base -> out.bytes(base.toBytes()));
            out.varint(frame.chunks().size());
            for (var chunk : frame.chunks()) {
                out.bytes(chunk.id().toBytes()).varint(chunk.length());
            }
        }
    }

    public static PackContents decode(Decoder in) throws MalformedException {
        int frameCount = in.varint(MAX_FRAMES, "the number of frames");
        var frames = new ArrayList<FrameEntry>();
        for (int i = 0; i < frameCount; i++) {
            frames.add(decodeFrame(in));
        }
        return new PackContents(frames);
    }

    private static FrameEntry decodeFrame(Decoder in) throws MalformedException {
        int header = in.unsigned8();
        var kind = ChunkKind.of(header & KIND_MASK);
        if ((header & ~(KIND_MASK | HAS_BASE)) != 0 || kind.isEmpty()) {
            throw new MalformedException("unknown kind of frame 0x" + Integer.toHexString(header));
        }
        int sealedLength = in.varint(2 * FrameEntry.MAX_PLAIN_BYTES, "the length of a frame");
        Optional<ChunkId> base =
                (header & HAS_BASE) != 0 ? Optional.of(ChunkId.read(in.bytes(ChunkId.BYTES), 0)) : Optional.empty();
        int chunkCount = in.varint(FrameEntry.MAX_PLAIN_BYTES, "the number of chunks in a frame");
        var chunks = new ArrayList<PackEntry>();
        long plainLength = 0;
        for (int i = 0; i < chunkCount; i++) {
            var id = ChunkId.read(in.bytes(ChunkId.BYTES), 0);
            int length = in.varint(FrameEntry.MAX_PLAIN_BYTES, "the length of a chunk");
            if (length == 0) {
                throw new MalformedException("a chunk is empty");
            }
            plainLength += length;
            chunks.add(new PackEntry(id, length));
        }
        if (sealedLength == 0 || chunks.isEmpty() || plainLength > FrameEntry.MAX_PLAIN_BYTES) {
            throw new MalformedException("a frame has " + chunkCount + " chunks of " + plainLength + " bytes");
        }
        return new FrameEntry(kind.get(), sealedLength, base, chunks);
    }
}
