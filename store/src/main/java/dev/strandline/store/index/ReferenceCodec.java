package dev.strandline.store.index;

import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.reach.Reference;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.ChunkStreamCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * What a chunk leads to, as the index keeps it. A directory that is a difference from another one mostly leads to the same: so
 * only what is new is written out, between runs of what that other one leads to.
 */
final class ReferenceCodec {
    private static final int ALONE = 0;
    private static final int LIKE_ANOTHER = 1;

    private static final int CONTENT = 0;
    private static final int LONG_FILE = 1;
    private static final int DIRECTORY = 2;
    /** A run begins here or above; the number above this is its length. */
    private static final int RUN = 2;

    private static final int NOWHERE = -1;

    private ReferenceCodec() {}

    /** Gives what another chunk leads to; empty when that is not known any more. */
    interface Others {
        Optional<List<Reference>> of(ChunkId chunk) throws IndexDamagedException;
    }

    static byte[] encode(List<Reference> references) {
        var out = new Encoder().unsigned8(ALONE);
        references.forEach(reference -> encode(out, reference));
        return out.toBytes();
    }

    /** @param like what {@code other} leads to */
    static byte[] encode(List<Reference> references, ChunkId other, List<Reference> like) {
        var places = new HashMap<Reference, Integer>();
        for (int i = 0; i < like.size(); i++) {
            places.put(like.get(i), i);
        }
        var out = new Encoder().unsigned8(LIKE_ANOTHER).bytes(other.toBytes());
        for (int i = 0; i < references.size(); ) {
            int first = places.getOrDefault(references.get(i), NOWHERE);
            int length = first == NOWHERE ? 0 : runLength(references, i, like, first);
            if (length == 0) {
                encode(out, references.get(i));
                i++;
            } else {
                out.varint((long) RUN + length).varint(first);
                i += length;
            }
        }
        return out.toBytes();
    }

    /** How many references from here on follow each other in the other list too. */
    private static int runLength(List<Reference> references, int start, List<Reference> like, int first) {
        int length = 0;
        while (start + length < references.size()
                && first + length < like.size()
                && references.get(start + length).equals(like.get(first + length))) {
            length++;
        }
        return length;
    }

    private static void encode(Encoder out, Reference reference) {
        switch (reference) {
            case Reference.Content(var chunk) -> out.varint(CONTENT).bytes(chunk.toBytes());
            case Reference.LongFile(var content) -> ChunkStreamCodec.encode(out.varint(LONG_FILE), content);
            case Reference.Directory(var entries) -> ChunkStreamCodec.encode(out.varint(DIRECTORY), entries);
        }
    }

    /** Empty when it is like another one's, of which nothing is known any more. */
    static Optional<List<Reference>> decode(byte[] value, Others others)
            throws MalformedException, IndexDamagedException {
        var in = new Decoder(value);
        List<Reference> like = List.of();
        int form = in.unsigned8();
        if (form == LIKE_ANOTHER) {
            var other = others.of(ChunkId.read(in.bytes(ChunkId.BYTES), 0));
            if (other.isEmpty()) {
                return Optional.empty();
            }
            like = other.get();
        } else if (form != ALONE) {
            throw new MalformedException("references of form " + form);
        }
        var references = new ArrayList<Reference>();
        while (in.remaining() > 0) {
            int kind = in.varint(Integer.MAX_VALUE, "a kind of reference");
            if (kind <= RUN) {
                references.add(reference(kind, in));
            } else {
                int first = in.varint(like.size(), "the start of a run");
                if (kind - RUN > like.size() - first) {
                    throw new MalformedException("a run goes beyond its list");
                }
                references.addAll(like.subList(first, first + kind - RUN));
            }
        }
        return Optional.of(references);
    }

    private static Reference reference(int kind, Decoder in) throws MalformedException {
        if (kind == CONTENT) {
            return new Reference.Content(ChunkId.read(in.bytes(ChunkId.BYTES), 0));
        }
        var stream = ChunkStreamCodec.decode(in);
        if (kind == DIRECTORY) {
            return new Reference.Directory(stream);
        }
        if (stream instanceof ChunkStream.Indirect content) {
            return new Reference.LongFile(content);
        }
        throw new MalformedException("a long file without a list");
    }
}
