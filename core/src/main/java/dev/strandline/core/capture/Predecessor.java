package dev.strandline.core.capture;

import dev.strandline.core.browse.ExtentReader;
import dev.strandline.core.chunk.ChunkId;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The stream that an earlier snapshot had at the same place. Says which of its chunks a new one most likely resembles:
 * the one at the same offset, where offsets follow insertions and removals as soon as a chunk is met again. Nothing is
 * read before somebody asks; memory is a window of extents. One thread, offsets in ascending order.
 */
final class Predecessor {
    /** Extents looked ahead for a chunk that has moved. */
    private static final int AHEAD = 64;

    /** Extents kept behind, for an insertion moves chunks that were passed already. */
    private static final int BEHIND = 8;

    private record Placed(long start, long end, @Nullable ChunkId id) {}

    private final SnapshotWriter repository;
    private final Deque<Placed> window = new ArrayDeque<>();
    private @Nullable ChunkStream unread;
    private @Nullable ExtentReader reader;
    private long windowEnd;

    /** Where a byte was, less where it is. */
    private long shift;

    /** @param stream null when there was none */
    Predecessor(SnapshotWriter repository, @Nullable ChunkStream stream) {
        this.repository = repository;
        this.unread = stream;
    }

    /** The chunk that stood where the one at {@code offset} stands; null when none did or it can't be told. */
    @Nullable
    ChunkId at(long offset) throws RepositoryException {
        long wanted = offset + shift;
        while (windowEnd <= wanted && advance()) {
            while (window.size() > AHEAD + BEHIND) {
                window.removeFirst();
            }
        }
        ChunkId last = null;
        for (var placed : window) {
            if (placed.start > wanted) {
                break;
            }
            last = placed.id == null ? last : placed.id;
        }
        return last;
    }

    /** Notes that the chunk at {@code offset} is {@code id}. */
    void met(long offset, ChunkId id) throws RepositoryException {
        if (reader == null) {
            return;
        }
        long wanted = offset + shift;
        while (aheadOf(wanted) < AHEAD && advance()) {
            while (window.size() > 2 * AHEAD + BEHIND) {
                window.removeFirst();
            }
        }
        for (var placed : window) {
            if (id.equals(placed.id)) {
                shift = placed.start - offset;
                return;
            }
        }
    }

    private int aheadOf(long wanted) {
        int count = 0;
        var newestFirst = window.descendingIterator();
        while (newestFirst.hasNext() && newestFirst.next().start > wanted) {
            count++;
        }
        return count;
    }

    /** Reads one more extent; false at the end, which an unreadable list comes to early. */
    private boolean advance() throws RepositoryException {
        try {
            if (unread != null) {
                reader = new ExtentReader(repository.stored(), unread);
                unread = null;
            }
            var extent = reader == null ? null : reader.next();
            if (extent == null) {
                return false;
            }
            long start = windowEnd;
            windowEnd += extent.lengthBytes();
            window.addLast(new Placed(start, windowEnd, extent instanceof Extent.Chunk(var id, int _) ? id : null));
            return true;
        } catch (DamageException _) {
            // What was there before only helps to store less.
            return false;
        }
    }
}
