package dev.strandline.core.capture;

import dev.strandline.core.chunk.ChunkSizes;
import dev.strandline.core.chunk.Chunker;
import dev.strandline.core.chunk.GearTable;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.ReadableFile;
import dev.strandline.core.fs.Xattr;
import dev.strandline.core.repository.ChunkKind;
import dev.strandline.core.repository.ChunkLane;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.repository.SnapshotWriter;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Metadata;
import dev.strandline.core.tree.Node;
import dev.strandline.core.tree.NodeCodec;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Reads regular files and stores their chunks: one worker's lane and buffer. One thread. */
final class FileReader {
    /** Two of the largest chunks, so that a read moves at least as much as is cut. */
    private static final int BUFFER_BYTES = 2 * ChunkSizes.LARGE.maximum();

    /** How often a file that changes while it is read is read again, and up to which size that is worth it. */
    private static final int MAX_ATTEMPTS = 3;

    private static final long MAX_REREAD_BYTES = 64L << 20;

    /** What the kernel makes up when it is read has no size, and now and then no end. */
    private static final long MAX_SIZELESS_BYTES = 64L << 20;

    private final SnapshotWriter repository;
    private final ChunkLane lane;
    private final Chunker ordinary;
    private final Chunker large;
    private final CaptureProgress progress;
    private final BooleanSupplier cancelled;
    private final byte[] buffer = new byte[BUFFER_BYTES];

    FileReader(SnapshotWriter repository, GearTable gear, CaptureProgress progress, BooleanSupplier cancelled) {
        this.repository = repository;
        this.lane = repository.openLane();
        this.ordinary = new Chunker(gear, ChunkSizes.ORDINARY);
        this.large = new Chunker(gear, ChunkSizes.LARGE);
        this.progress = progress;
        this.cancelled = cancelled;
    }

    Outcome read(FileBatch.Task task) throws RepositoryException {
        try (var file = task.parent().get().openFile(task.name())) {
            var captured = readUntilStable(file, task);
            progress.fileDone();
            return captured;
        } catch (FileOperationException e) {
            return e.errno() == Errno.ENOENT || e.errno() == Errno.ESTALE
                    ? new Outcome.Vanished()
                    : new Outcome.Failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Outcome.Failed(String.valueOf(e.getMessage()));
        }
    }

    private Outcome.Captured readUntilStable(ReadableFile file, FileBatch.Task task)
            throws IOException, RepositoryException {
        var status = file.status();
        if (task.linkGroup().isPresent() && !status.isSameFile(task.status())) {
            // Other names share what is read here, and they still lead to the inode that the walk saw.
            throw new IOException(task.name().display() + ": it was replaced, and had other names");
        }
        for (int attempt = 1; ; attempt++) {
            var xattrs = xattrs(file.xattrs());
            var predecessor = new Predecessor(repository, task.priorContent());
            var content = status.sizeBytes() == 0
                    ? readSizeless(file, predecessor)
                    : readContent(file, status.sizeBytes(), predecessor);
            var after = file.status();
            boolean stable = isUnchanged(status, after) && content.sizeBytes() == status.sizeBytes();
            boolean isSizeless = status.sizeBytes() == 0 && after.sizeBytes() == 0;
            if (stable || isSizeless || attempt == MAX_ATTEMPTS || after.sizeBytes() > MAX_REREAD_BYTES) {
                progress.bytesDone(content.sizeBytes());
                var metadata = Metadata.of(after, xattrs, task.linkGroup());
                return Outcome.Captured.of(new Node.RegularFile(metadata, content, !stable), after);
            }
            status = after;
        }
    }

    private static boolean isUnchanged(FileStatus before, FileStatus after) {
        return before.sizeBytes() == after.sizeBytes()
                && before.modified().equals(after.modified())
                && before.changed().equals(after.changed());
    }

    /** Refuses attributes that an entry can't hold. */
    static List<Xattr> xattrs(List<Xattr> xattrs) throws IOException {
        long bytes = 0;
        for (var xattr : xattrs) {
            bytes += xattr.name().length + xattr.value().length;
        }
        if (bytes > NodeCodec.MAX_XATTR_BYTES) {
            throw new IOException("its extended attributes take " + bytes + " bytes, more than the "
                    + NodeCodec.MAX_XATTR_BYTES + " that can be kept");
        }
        return xattrs;
    }

    /** Stores {@code sizeBytes}, less when the file ends before; its holes stay holes. */
    private ChunkStream readContent(ReadableFile file, long sizeBytes, Predecessor predecessor)
            throws IOException, RepositoryException {
        var extents = new ExtentList(lane, ordinary);
        var chunker = sizeBytes > ChunkSizes.LARGE_FILE_LIMIT ? large : ordinary;
        long position = 0;
        while (position < sizeBytes) {
            // Asked for first, since nearly every file is one piece of data up to the hole that is its end.
            long dataEnd = Math.min(file.nextHole(position), sizeBytes);
            if (dataEnd > position) {
                long stored = storeData(file, position, dataEnd, chunker, extents, predecessor);
                if (stored < dataEnd - position) {
                    break;
                }
                position = dataEnd;
            } else {
                long data = file.nextData(position);
                long holeEnd = data < 0 ? sizeBytes : Math.min(data, sizeBytes);
                if (holeEnd > position) { // else somebody has just written there
                    extents.add(new Extent.Hole(holeEnd - position));
                    position = holeEnd;
                }
            }
        }
        return extents.finish();
    }

    /** Stores a file that says it is empty: most are, but what the kernel makes up as it is read says so too. */
    private ChunkStream readSizeless(ReadableFile file, Predecessor predecessor)
            throws IOException, RepositoryException {
        var extents = new ExtentList(lane, ordinary);
        long stored = storeData(file, 0, MAX_SIZELESS_BYTES, ordinary, extents, predecessor);
        if (stored == MAX_SIZELESS_BYTES) {
            throw new IOException("it has no size, and more than " + (MAX_SIZELESS_BYTES >> 20) + " MiB to read");
        }
        return extents.finish();
    }

    private long storeData(
            ReadableFile file, long start, long end, Chunker chunker, ExtentList extents, Predecessor predecessor)
            throws IOException, RepositoryException {
        boolean whole = end - start <= ChunkSizes.WHOLE_FILE_LIMIT;
        long position = start;
        int offset = 0;
        int available = 0;
        boolean ended = false;
        while (true) {
            if (!ended && available < chunker.sizes().maximum()) {
                System.arraycopy(buffer, offset, buffer, 0, available);
                offset = 0;
                int wanted = (int) Math.min(buffer.length - available, end - position);
                int count = file.read(position, buffer, available, wanted);
                available += count;
                position += count;
                ended = count < wanted || position == end;
            }
            if (available == 0) {
                return position - start;
            }
            if (cancelled.getAsBoolean()) {
                throw new CaptureCancelledException();
            }
            int length = whole ? available : chunker.cut(buffer, offset, available);
            long chunkStart = position - available;
            var id = lane.store(ChunkKind.DATA, buffer, offset, length, () -> predecessor.at(chunkStart));
            predecessor.met(chunkStart, id);
            extents.add(new Extent.Chunk(id, length));
            offset += length;
            available -= length;
        }
    }
}
