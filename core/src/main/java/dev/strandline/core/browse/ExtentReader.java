package dev.strandline.core.browse;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.ChunkStreamCodec;
import dev.strandline.core.tree.Extent;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the extents of a stream one by one, following indirect lists; memory is one chunk of list per level. One
 * thread.
 */
public final class ExtentReader {
    /** The longest encoding of an extent, in bytes: a varint and a chunk id. */
    private static final int MAX_EXTENT_BYTES = 10 + 32;

    private final ChunkSource source;
    private final long sizeBytes;
    private Iterator<Extent> inline = List.<Extent>of().iterator();
    private @Nullable ExtentReader list;
    private byte[] buffer = new byte[0];
    private int position;
    private long yieldedBytes;

    public ExtentReader(ChunkSource source, ChunkStream stream) {
        this.source = source;
        this.sizeBytes = stream.sizeBytes();
        switch (stream) {
            case ChunkStream.Direct(var extents) -> inline = extents.iterator();
            case ChunkStream.Indirect(long _, var listStream) -> list = new ExtentReader(source, listStream);
        }
    }

    /**
     * The next extent, null at the end.
     *
     * @throws DamageException when a list can't be read or does not add up to the stream's size
     */
    public @Nullable Extent next() throws RepositoryException {
        var extent = list == null ? (inline.hasNext() ? inline.next() : null) : nextFrom(list);
        if (extent == null) {
            if (yieldedBytes != sizeBytes) {
                throw new DamageException(
                        "a chunk list", "it adds up to " + yieldedBytes + " bytes instead of " + sizeBytes);
            }
            return null;
        }
        yieldedBytes += extent.lengthBytes();
        if (yieldedBytes < 0 || yieldedBytes > sizeBytes) {
            throw new DamageException("a chunk list", "it goes beyond the " + sizeBytes + " bytes of its stream");
        }
        return extent;
    }

    private @Nullable Extent nextFrom(ExtentReader listReader) throws RepositoryException {
        while (buffer.length - position < MAX_EXTENT_BYTES) {
            var extent = listReader.next();
            if (extent == null) {
                break;
            }
            if (!(extent instanceof Extent.Chunk(var id, int length))) {
                throw new DamageException("a chunk list", "it has a hole");
            }
            byte[] data = source.read(id);
            if (data.length != length) {
                throw new DamageException(
                        "chunk " + id, "it has " + data.length + " bytes where a chunk list has " + length);
            }
            byte[] joined = new byte[buffer.length - position + data.length];
            System.arraycopy(buffer, position, joined, 0, buffer.length - position);
            System.arraycopy(data, 0, joined, buffer.length - position, data.length);
            buffer = joined;
            position = 0;
        }
        if (position == buffer.length) {
            return null;
        }
        try {
            var decoder = new Decoder(buffer, position, buffer.length - position);
            var extent = ChunkStreamCodec.decodeExtent(decoder);
            position = decoder.position();
            return extent;
        } catch (MalformedException malformed) {
            throw new DamageException("a chunk list", "it is malformed: " + malformed.getMessage());
        }
    }
}
