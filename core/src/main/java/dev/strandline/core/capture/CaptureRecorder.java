package dev.strandline.core.capture;

import dev.strandline.core.encoding.Encoder;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.tree.EncodedNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
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

    private static final int BUFFER_BYTES = 256 << 10;

    private final Path file;
    private final Path temporary;
    private final CRC32C checksum = new CRC32C();
    private final Encoder operation = new Encoder();
    private final Encoder length = new Encoder();
    private @Nullable OutputStream out;

    private CaptureRecorder(Path file, Path temporary, OutputStream out) {
        this.file = file;
        this.temporary = temporary;
        this.out = new CheckedOutputStream(new BufferedOutputStream(out, BUFFER_BYTES), checksum);
    }

    static CaptureRecorder create(Path file, byte[] binding, SnapshotId snapshot, Instant start) throws IOException {
        var temporary = Files.createTempFile(file.toAbsolutePath().getParent(), "new-", "");
        var recorder = new CaptureRecorder(file, temporary, Files.newOutputStream(temporary));
        recorder.operation
                .unsigned8(FilesCache.VERSION)
                .bytes(binding)
                .bytes(snapshot.toBytes())
                .signed64(start.getEpochSecond())
                .unsigned32(start.get(ChronoField.NANO_OF_SECOND));
        recorder.write(recorder.operation);
        return recorder;
    }

    /** Of an entry that is no directory; {@code key} is its name, of a captured path the path. */
    void entry(byte[] key, FileStatus status, EncodedNode node) {
        operation.unsigned8(ENTRY).sized(key).varint(status.sizeBytes());
        operation.zigzag(status.changed().seconds()).varint(status.changed().nanos());
        operation.varint(status.device()).varint(status.inode());
        operation.bytes(node.bytes());
        writeSized();
    }

    /** The entries up to {@link #leave} are in this directory. */
    void enter(byte[] key) {
        operation.unsigned8(ENTER).sized(key);
        writeSized();
    }

    void leave(EncodedNode directory) {
        operation.unsigned8(LEAVE).bytes(directory.bytes());
        writeSized();
    }

    private void writeSized() {
        length.clear();
        length.unsigned32(operation.size());
        write(length);
        write(operation);
    }

    private void write(Encoder encoded) {
        if (out != null) {
            try {
                out.write(encoded.array(), 0, encoded.size());
            } catch (IOException _) {
                close();
            }
        }
        encoded.clear();
    }

    /**
     * Puts the cache in place of the one before; call when the snapshot is committed.
     *
     * @param recalled what a later session may presume, see {@code SnapshotWriter.recall}
     */
    public void publish(byte[] recalled) {
        operation.unsigned32(END).bytes(recalled).unsigned32(recalled.length);
        write(operation);
        if (out == null) {
            return;
        }
        try {
            operation.unsigned32(checksum.getValue());
            out.write(operation.array(), 0, operation.size());
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
