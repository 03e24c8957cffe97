package dev.strandline.core.browse;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.path.FileName;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Entry;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Node;
import dev.strandline.core.tree.NodeCodec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of a directory's stream one by one; memory is one chunk and one entry, however large the
 * directory. One thread.
 */
public final class TreeReader {
    private final ExtentReader extents;
    private final ChunkSource source;
    private String chunk = "a tree";
    private byte[] buffer = new byte[0];
    private int position;
    private boolean started;
    private @Nullable Entry previous;

    /** @param entries a {@link Node.Directory}'s stream */
    public TreeReader(ChunkSource source, ChunkStream entries) {
        this.source = source;
        this.extents = new ExtentReader(source, entries);
    }

    /**
     * What a name leads to in a directory, null when it is not there; reads no further than it has to.
     *
     * @throws DamageException as {@link #next}
     */
    public static @Nullable Node child(ChunkSource source, Node.Directory directory, FileName name)
            throws RepositoryException {
        var reader = new TreeReader(source, directory.entries());
        for (var entry = reader.next(); entry != null; entry = reader.next()) {
            int order = entry.name().compareTo(name);
            if (order == 0) {
                return entry.node();
            }
            if (order > 0) {
                break;
            }
        }
        return null;
    }

    /**
     * The next entry, null at the end.
     *
     * @throws DamageException when a chunk is missing or the entries are malformed or out of order
     */
    public @Nullable Entry next() throws RepositoryException {
        try {
            if (!started) {
                started = true;
                if (!fill(1)) {
                    return null;
                }
                int version = buffer[position++];
                if (version != NodeCodec.VERSION) {
                    throw new MalformedException("it has tree version " + version);
                }
            }
            var entry = decodeNext();
            if (entry != null && previous != null && previous.name().compareTo(entry.name()) >= 0) {
                throw new MalformedException("its entries are not in order");
            }
            previous = entry;
            return entry;
        } catch (MalformedException malformed) {
            throw new DamageException(chunk, "the tree is malformed: " + malformed.getMessage());
        }
    }

    private @Nullable Entry decodeNext() throws RepositoryException, MalformedException {
        if (!fill(1)) {
            return null;
        }
        fill(5);
        var header = new Decoder(buffer, position, buffer.length - position);
        int length = header.varint(NodeCodec.MAX_ENTRY_BYTES, "the length of an entry");
        position = header.position();
        if (!fill(length)) {
            throw new MalformedException("it ends inside an entry");
        }
        var body = new Decoder(buffer, position, length);
        var entry = NodeCodec.decodeEntry(body);
        body.expectEnd();
        position += length;
        return entry;
    }

    /** Makes {@code count} bytes available at the position; false when the stream ends before. */
    private boolean fill(int count) throws RepositoryException, MalformedException {
        while (buffer.length - position < count) {
            var extent = extents.next();
            switch (extent) {
                case null -> {
                    return false;
                }
                case Extent.Hole _ -> throw new MalformedException("it has a hole");
                case Extent.Chunk(var id, int length) -> {
                    chunk = "chunk " + id;
                    byte[] data = source.read(id);
                    if (data.length != length) {
                        throw new MalformedException("a chunk has " + data.length + " bytes instead of " + length);
                    }
                    int rest = buffer.length - position;
                    byte[] joined = rest == 0
                            ? data
                            : Arrays.copyOf(Arrays.copyOfRange(buffer, position, buffer.length), rest + data.length);
                    if (rest > 0) {
                        System.arraycopy(data, 0, joined, rest, data.length);
                    }
                    buffer = joined;
                    position = 0;
                }
            }
        }
        return true;
    }
}
