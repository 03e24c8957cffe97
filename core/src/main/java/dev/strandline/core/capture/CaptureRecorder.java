package dev.strandline.core.capture;

import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.tree.EncodedNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes a files cache as a walk goes along: a header, then an operation (with its length before) for each entry and for
 * each directory that is entered and left, then what the session wants to recall and its length, then the CRC-32C of all
 * that. Whatever goes wrong here costs the cache and nothing else. One thread.
 */
public final class CaptureRecorder implements AutoCloseable {
    static final int ENTRY = 1;
    static final int ENTER = 2;
    static final int LEAVE = 3;
    /** As an operation's length: there are no more. */
    static final int END = 0;

    static final int CHECKSUM_BYTES = 4;

    /** Bytes that are written together. */
    private static final int TOGETHER = 128 << 10;

    private final Path file;
    private final Path temporary;
    private final CRC32C checksum = new CRC32C();
    private final Encoder unwritten = new Encoder();
    private @Nullable OutputStream out;

    private CaptureRecorder(Path file, Path temporary, OutputStream out) {
        this.file = file;
        this.temporary = temporary;
        this.out = out;
    }

    static CaptureRecorder create(Path file, byte[] binding, SnapshotId snapshot, Instant start) throws IOException {
        var temporary = Files.createTempFile(file.toAbsolutePath().getParent(), "new-", "");
        var recorder = new CaptureRecorder(file, temporary, Files.newOutputStream(temporary));
        recorder.unwritten
                .unsigned8(FilesCache.VERSION)
                .bytes(binding)
                .bytes(snapshot.toBytes())
                .signed64(start.getEpochSecond())
                .unsigned32(start.get(ChronoField.NANO_OF_SECOND));
        return recorder;
    }

    /** Of an entry that is no directory; {@code key} is its name, of a captured path the path. */
    void entry(byte[] key, FileStatus status, EncodedNode node) {
        int start = begin(ENTRY);
        unwritten.sized(key).varint(status.sizeBytes());
        unwritten.zigzag(status.changed().seconds()).varint(status.changed().nanos());
        unwritten.varint(status.device()).varint(status.inode());
        unwritten.bytes(node.bytes());
        end(start);
    }

    /** The entries up to {@link #leave} are in this directory. */
    void enter(byte[] key) {
        int start = begin(ENTER);
        unwritten.sized(key);
        end(start);
    }

    void leave(EncodedNode directory) {
        int start = begin(LEAVE);
        unwritten.bytes(directory.bytes());
        end(start);
    }

    /** An operation follows; where. */
    private int begin(int operation) {
        int start = unwritten.size();
        unwritten.unsigned32(0).unsigned8(operation);
        return start;
    }

    /** The operation that has begun at {@code start} is complete. */
    private void end(int start) {
        unwritten.setUnsigned32(start, unwritten.size() - start - Integer.BYTES);
        if (unwritten.size() >= TOGETHER) {
            write();
        }
    }

    private void write() {
        if (out != null) {
            try {
                checksum.update(unwritten.array(), 0, unwritten.size());
                out.write(unwritten.array(), 0, unwritten.size());
            } catch (IOException _) {
                close();
            }
        }
        unwritten.clear();
    }

    /**
     * Puts the cache in place of the one before; call when the snapshot is committed.
     *
     * @param recalled what a later session may presume, see {@code SnapshotWriter.recall}
     */
    public void publish(byte[] recalled) {
        unwritten.unsigned32(END).bytes(recalled).unsigned32(recalled.length);
        write();
        // Not of its own four bytes, which are written with it.
        unwritten.unsigned32(checksum.getValue());
        write();
        if (out == null) {
            return;
        }
        try {
            out.close();
            out = null;
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException _) {
            close();
        }
    }

    /** Drops what was not published. */
    @Override
    public void close() {
        try {
            if (out != null) {
                out.close();
            }
            Files.deleteIfExists(temporary);
        } catch (IOException _) {
            // A file that is left over is found by nobody.
        }
        out = null;
    }
}
