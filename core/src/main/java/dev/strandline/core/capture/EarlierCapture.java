package dev.strandline.core.capture;

import dev.strandline.core.encoding.Decoder;
import dev.strandline.core.encoding.MalformedException;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.SnapshotId;
import dev.strandline.core.tree.EncodedNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A files cache that is read along with a walk: both go in the same order, so each entry is looked for only ahead, and
 * memory is one entry. One thread.
 */
public final class EarlierCapture implements AutoCloseable {
    private static final int BUFFER_BYTES = 256 << 10;
    private static final int BINDING_BYTES = 32;
    private static final int HEADER_BYTES = 1 + BINDING_BYTES + SnapshotId.BYTES + Long.BYTES + Integer.BYTES;
    private static final int TRAILER_BYTES = Integer.BYTES + CaptureRecorder.CHECKSUM_BYTES;
    private static final int MAX_KEY_BYTES = 1 << 20;
    private static final int MAX_RECALLED_BYTES = 1 << 30;

    private static final Comparator<byte[]> BY_NAME = Arrays::compareUnsigned;
    private static final Comparator<byte[]> BY_PATH = (a, b) -> FilePath.of(a).compareTo(FilePath.of(b));

    private final InputStream in;
    private final SnapshotId snapshot;
    private final FileTime racyFrom;
    private final byte[] recalled;
    /** What was read ahead, from {@link #position} to {@link #limit}. */
    private byte[] buffer = new byte[BUFFER_BYTES];

    private int position;
    private int limit;
    private Operation next;
    private long skipped;

    private sealed interface Operation {
        /** What an entry or a directory is found by; null where the directory ends. */
        default byte @Nullable [] key() {
            return null;
        }

        record Entry(byte[] key, CachedEntry entry) implements Operation {}

        record Enter(byte[] key) implements Operation {}

        record Leave(EncodedNode node) implements Operation {}

        record End() implements Operation {}
    }

    private EarlierCapture(InputStream in, SnapshotId snapshot, FileTime racyFrom, byte[] recalled) throws IOException {
        this.in = in;
        this.snapshot = snapshot;
        this.racyFrom = racyFrom;
        this.recalled = recalled;
        this.next = read();
    }

    /**
     * Opens a cache.
     *
     * @throws IOException when it is missing, damaged, or of another version or binding
     */
    static EarlierCapture open(Path file, byte[] binding) throws IOException {
        byte[] recalled = readRecalled(file);
        var in = Files.newInputStream(file);
        try {
            var header = new Decoder(in.readNBytes(HEADER_BYTES));
            if (header.unsigned8() != FilesCache.VERSION || !Arrays.equals(header.bytes(BINDING_BYTES), binding)) {
                throw new IOException("a files cache of something else");
            }
            var snapshot = SnapshotId.of(header.bytes(SnapshotId.BYTES));
            var start = Instant.ofEpochSecond(header.signed64(), header.unsigned32());
            return new EarlierCapture(in, snapshot, FilesCache.racyFrom(start), recalled);
        } catch (MalformedException e) {
            in.close();
            throw new IOException("a files cache with a wrong header", e);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Checks the whole file before anything in it is believed. */
    private static byte[] readRecalled(Path file) throws IOException {
        long size = Files.size(file);
        if (size < HEADER_BYTES + TRAILER_BYTES) {
            throw new IOException("a files cache that is too short");
        }
        var checksum = new CRC32C();
        try (InputStream content = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long rest = size - CaptureRecorder.CHECKSUM_BYTES;
            while (rest > 0) {
                int count = content.read(buffer, 0, (int) Math.min(buffer.length, rest));
                if (count < 0) {
                    throw new IOException("a files cache that got shorter");
                }
                checksum.update(buffer, 0, count);
                rest -= count;
            }
        }
        try (var random = new RandomAccessFile(file.toFile(), "r")) {
            byte[] trailer = new byte[TRAILER_BYTES];
            random.seek(size - TRAILER_BYTES);
            random.readFully(trailer);
            var in = new Decoder(trailer);
            long length = in.unsigned32();
            if (in.unsigned32() != checksum.getValue()
                    || length > Math.min(MAX_RECALLED_BYTES, size - HEADER_BYTES - TRAILER_BYTES)) {
                throw new IOException("a files cache with a wrong checksum");
            }
            byte[] recalled = new byte[(int) length];
            random.seek(size - TRAILER_BYTES - length);
            random.readFully(recalled);
            return recalled;
        } catch (MalformedException impossible) {
            throw new IllegalStateException("eight bytes hold two integers", impossible);
        }
    }

    /** The snapshot that was made of it. */
    public SnapshotId snapshot() {
        return snapshot;
    }

    /** What that session wants to be told again, see {@code SnapshotWriter.presume}. */
    public byte[] recalled() {
        return recalled.clone();
    }

    /** From which change time on an entry is not to be trusted. */
    FileTime racyFrom() {
        return racyFrom;
    }

    /** A captured path that is no directory; null when there was none. */
    @Nullable
    CachedEntry find(FilePath path) {
        return find(path.toBytes(), BY_PATH);
    }

    /** An entry, that is no directory, of the directory that was entered last; null when there was none. */
    @Nullable
    CachedEntry find(FileName name) {
        return find(name.toBytes(), BY_NAME);
    }

    private @Nullable CachedEntry find(byte[] key, Comparator<byte[]> order) {
        skipTo(key, order);
        if (next instanceof Operation.Entry(byte[] found, var entry) && Arrays.equals(found, key)) {
            advance();
            return entry;
        }
        return null;
    }

    /** Goes into a captured directory; false when there was none. */
    boolean enter(FilePath path) {
        return enter(path.toBytes(), BY_PATH);
    }

    /** Goes into a directory of the one that was entered last; false when there was none. */
    boolean enter(FileName name) {
        return enter(name.toBytes(), BY_NAME);
    }

    private boolean enter(byte[] key, Comparator<byte[]> order) {
        skipTo(key, order);
        boolean found = next instanceof Operation.Enter(byte[] name) && Arrays.equals(name, key);
        if (found) {
            advance();
        }
        return found;
    }

    /** Leaves the directory that was entered last; its node as it was. */
    EncodedNode leave() {
        while (!(next instanceof Operation.Leave)) {
            skip();
        }
        var node = ((Operation.Leave) next).node();
        advance();
        return node;
    }

    /** Skips what comes before {@code key} in this directory. */
    private void skipTo(byte[] key, Comparator<byte[]> order) {
        while (true) {
            byte[] found = next.key();
            if (found == null || order.compare(found, key) >= 0) {
                return;
            }
            skip();
        }
    }

    /** How many entries and directories nobody asked for, so far. */
    long skipped() {
        return skipped;
    }

    /** Skips an entry, or a directory with all in it. */
    private void skip() {
        skipped++;
        switch (next) {
            case Operation.Entry _ -> advance();
            case Operation.Enter _ -> {
                advance();
                leave();
            }
            case Operation.Leave _, Operation.End _ ->
                throw new IllegalStateException("a files cache with a right checksum is not well formed");
        }
    }

    private void advance() {
        try {
            next = read();
        } catch (IOException e) {
            throw new IllegalStateException("a files cache that could be read a moment ago can't be read", e);
        }
    }

    private Operation read() throws IOException {
        try {
            int length = (int) ahead(Integer.BYTES).unsigned32();
            if (length == CaptureRecorder.END) {
                return new Operation.End();
            }
            var body = ahead(length);
            int kind = body.unsigned8();
            return switch (kind) {
                case CaptureRecorder.ENTRY -> entry(body);
                case CaptureRecorder.ENTER -> new Operation.Enter(body.sized(MAX_KEY_BYTES, "a name"));
                case CaptureRecorder.LEAVE -> new Operation.Leave(node(body));
                default -> throw new MalformedException("unknown operation " + kind);
            };
        } catch (MalformedException e) {
            throw new IOException("a files cache that is not well formed: " + e.getMessage(), e);
        }
    }

    /** The next {@code count} bytes, until the next call. */
    private Decoder ahead(int count) throws IOException {
        if (count < 0) {
            throw new IOException("a files cache with an operation of " + Integer.toUnsignedString(count) + " bytes");
        }
        if (count > limit - position) {
            byte[] target = count <= buffer.length ? buffer : new byte[count];
            System.arraycopy(buffer, position, target, 0, limit - position);
            limit -= position;
            position = 0;
            buffer = target;
            while (limit < count) {
                int filled = in.read(buffer, limit, buffer.length - limit);
                if (filled < 0) {
                    throw new EOFException("a files cache that got shorter");
                }
                limit += filled;
            }
        }
        var bytes = new Decoder(buffer, position, count);
        position += count;
        return bytes;
    }

    private static Operation.Entry entry(Decoder body) throws MalformedException {
        byte[] key = body.sized(MAX_KEY_BYTES, "a name");
        long sizeBytes = body.varint();
        var changed = new FileTime(body.zigzag(), body.varint(999_999_999, "the nanoseconds of a time"));
        return new Operation.Entry(key, new CachedEntry(sizeBytes, changed, body.varint(), body.varint(), node(body)));
    }

    /** The rest is a node's encoding; that it is well formed follows from the checksum. */
    private static EncodedNode node(Decoder body) throws MalformedException {
        return EncodedNode.of(body.bytes(body.remaining()));
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException _) {
            // It was only read.
        }
    }
}
