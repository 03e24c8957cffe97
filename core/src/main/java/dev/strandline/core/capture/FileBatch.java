package dev.strandline.core.capture;

import dev.strandline.core.encoding.Sum;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.SharedDirectory;
import dev.strandline.core.path.FileName;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.EncodedNode;
import dev.strandline.core.tree.LinkGroup;
import dev.strandline.core.tree.Node;
import dev.strandline.core.work.WorkerPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Regular files that follow each other in the walk and are read by one worker, so that what is stored together was found
 * together. Filled by the walk, then run by one worker, then awaited by the walk.
 */
final class FileBatch implements WorkerPool.Task<FileReader> {
    /** Files per batch: enough to hide the hand-over, few enough to keep all workers busy. */
    static final int MAX_FILES = 64;

    /** Bytes per batch, by the sizes that the walk saw; a larger file has a batch of its own. */
    static final long MAX_BYTES = 4L << 20;

    /**
     * One file to read.
     *
     * @param prior what the name led to before
     */
    record Task(
            SharedDirectory parent,
            FileName name,
            FileStatus status,
            Optional<LinkGroup> linkGroup,
            @Nullable EncodedNode prior) {
        /** The content that the file had. */
        @Nullable
        ChunkStream priorContent() {
            return prior != null && prior.decode() instanceof Node.RegularFile file ? file.content() : null;
        }
    }

    private final List<Task> tasks = new ArrayList<>();
    private Outcome[] outcomes = {};
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;
    private long bytes;

    /** @return the slot of the file's node */
    NodeSlot add(Task task) {
        tasks.add(task);
        bytes = Sum.saturated(bytes, task.status.sizeBytes());
        return new NodeSlot.InBatch(this, tasks.size() - 1);
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    boolean isFull() {
        return tasks.size() >= MAX_FILES || bytes >= MAX_BYTES;
    }

    /** Reads all files, like next to like; whatever goes wrong is kept for whoever awaits. */
    @Override
    public void run(FileReader reader) {
        try {
            outcomes = new Outcome[tasks.size()];
            var order = new Integer[tasks.size()];
            Arrays.setAll(order, index -> index);
            Arrays.sort(order, (a, b) -> compareExtensions(tasks.get(a).name, tasks.get(b).name));
            for (int index : order) {
                outcomes[index] = reader.read(tasks.get(index));
            }
        } catch (RepositoryException | RuntimeException | Error e) {
            failure = e;
        } finally {
            finish();
        }
    }

    /** By what follows the last dot; the names without come first. */
    private static int compareExtensions(FileName a, FileName b) {
        int atA = extensionAt(a);
        int atB = extensionAt(b);
        while (atA < a.length() && atB < b.length()) {
            int order = Byte.compareUnsigned(a.at(atA++), b.at(atB++));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length() - atA, b.length() - atB);
    }

    private static int extensionAt(FileName name) {
        for (int i = name.length() - 1; i > 0; i--) {
            if (name.at(i) == '.') {
                return i;
            }
        }
        return name.length();
    }

    @Override
    public void abandon() {
        failure = new CaptureCancelledException();
        finish();
    }

    private void finish() {
        tasks.forEach(task -> task.parent.release());
        done.countDown();
    }

    /** The outcome of the file at {@code index}; rethrows what ended the batch. */
    Outcome await(int index) throws RepositoryException, InterruptedException {
        done.await();
        return switch (failure) {
            case null -> outcomes[index];
            case RepositoryException e -> throw e;
            case RuntimeException e -> throw e;
            case Throwable e -> throw new IllegalStateException("a capture worker failed", e);
        };
    }
}
