package dev.strandline.core.restore;

import dev.strandline.core.fs.WritableFile;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular file that is being written, chunks in any order, by any thread. It is made when the first one is there, so a
 * file of one chunk is open for a moment only. When the last one is written it gets its metadata and its other names;
 * when one is damaged it is removed again, so that no file with wrong content is left. Guarded by itself.
 */
final class FileJob {
    /** Runs of zeros are looked for at this granularity, the block size of common file systems. */
    private static final int SPARSE_BLOCK_BYTES = 4096;

    private record OtherName(FilePath path, RestoringDirectory parent, FileName name) {}

    private final FilePath path;
    private final RestoringDirectory parent;
    private final Node.RegularFile node;
    private final boolean sparse;
    private final MetadataWriter metadata;
    private final RestoreListener listener;
    private final List<OtherName> otherNames = new ArrayList<>();

    /** Chunks to come, plus one while the extents are still being read. */
    private long missing = 1;

    private @Nullable WritableFile file;
    private long writtenBytes;
    private @Nullable RestoreProblem problem;
    private boolean finished;

    FileJob(
            FilePath path,
            RestoringDirectory parent,
            Node.RegularFile node,
            boolean sparse,
            MetadataWriter metadata,
            RestoreListener listener) {
        this.path = path;
        this.parent = parent.retain();
        this.node = node;
        this.sparse = sparse;
        this.metadata = metadata;
        this.listener = listener;
    }

    RestoringDirectory parent() {
        return parent;
    }

    /**
     * Makes the file now.
     *
     * @return whether it is there; why not is told with the last chunk
     */
    synchronized boolean create() {
        return open() != null;
    }

    private @Nullable WritableFile open() {
        if (file == null && problem == null) {
            try {
                file = parent.get().createFile(path.name());
            } catch (IOException e) {
                problem = RestoreProblem.ofContent(path, e);
            }
        }
        return problem == null ? file : null;
    }

    synchronized void expectChunk() {
        missing++;
    }

    /** All extents were read. */
    synchronized void extentsComplete() {
        one();
    }

    synchronized void write(long position, byte[] data, int offset, int length) {
        var open = open();
        try {
            if (open != null && sparse) {
                writeSparsely(open, position, data, offset, length);
            } else if (open != null) {
                open.write(position, data, offset, length);
                writtenBytes = Math.max(writtenBytes, position + length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        one();
    }

    private void writeSparsely(WritableFile open, long position, byte[] data, int offset, int length)
            throws IOException {
        int start = 0;
        while (start < length) {
            int end = (int) Math.min(length, start + SPARSE_BLOCK_BYTES - (position + start) % SPARSE_BLOCK_BYTES);
            if (!isZero(data, offset + start, offset + end)) {
                open.write(position + start, data, offset + start, end - start);
                writtenBytes = Math.max(writtenBytes, position + end);
            }
            start = end;
        }
    }

    private static boolean isZero(byte[] data, int from, int to) {
        for (int i = from; i < to; i++) {
            if (data[i] != 0) {
                return false;
            }
        }
        return true;
    }

    synchronized void damaged(DamageException reason) {
        if (problem == null) {
            problem = RestoreProblem.ofDamage(path, reason);
        }
        one();
    }

    /** What kept the file from being restored, null while nothing has. */
    synchronized @Nullable RestoreProblem problem() {
        return problem;
    }

    /**
     * Gives the file one more name, now or when it is complete.
     *
     * @return false when it is complete already: its directory may be closed, so the caller must find it anew
     */
    synchronized boolean addName(FilePath otherPath, RestoringDirectory otherParent, FileName name) {
        if (finished) {
            return false;
        }
        otherNames.add(new OtherName(otherPath, otherParent.retain(), name));
        return true;
    }

    /** Closes the file and the directories it needs as they are. */
    synchronized void abandon() {
        if (file != null) {
            file.close();
        }
        parent.abandon();
        otherNames.forEach(other -> other.parent.abandon());
    }

    private void one() {
        if (--missing == 0) {
            finish();
        }
    }

    private void finish() {
        finished = true;
        var made = open();
        try {
            if (made != null) {
                if (writtenBytes < node.content().sizeBytes()) {
                    made.setSize(node.content().sizeBytes());
                }
                metadata.write(path, made, node);
                made.close();
                listener.done(path, node.content().sizeBytes());
            } else if (file != null) {
                file.close();
                parent.get().removeFile(path.name());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (problem != null) {
            listener.problem(problem);
        }
        for (var other : otherNames) {
            if (problem == null) {
                link(other);
            } else {
                listener.problem(problem.at(other.path));
            }
            other.parent.release();
        }
        parent.release();
    }

    private void link(OtherName other) {
        try {
            parent.get().link(path.name(), other.parent.get(), other.name);
            listener.done(other.path, 0);
        } catch (IOException e) {
            listener.problem(RestoreProblem.ofContent(other.path, e));
        }
    }
}
