package dev.strandline.core.capture;

import dev.strandline.core.encoding.Sha256;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.PrivateFolder;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the last capture of the same paths into the same repository saw, in a file of this host, in walk order, so that
 * it is read along with the next walk and what has not changed need not be opened. Derived: losing it costs re-reading,
 * and a file that is damaged or of something else is as good as none.
 */
public final class FilesCache {
    /** What is in the file, or how, has changed: an older one is not used. */
    static final int VERSION = 1;

    /** Changes so close before a capture's start may not show in the times. */
    private static final int RACY_SECONDS = 2;

    private static final int NAME_DIGITS = 32;
    private static final int WRITABLE_BY_OTHERS = 022;

    private final Path file;
    private final byte[] binding;
    private final int owner;

    private FilesCache(Path file, byte[] binding, int owner) {
        this.file = file;
        this.binding = binding;
        this.owner = owner;
    }

    /**
     * The cache of a repository and a set of paths.
     *
     * @param directory need not exist yet
     * @param owner the user whom the cache must belong to: who can write it could make a capture tell lies
     */
    public static FilesCache of(Path directory, String repositoryId, List<FilePath> paths, int owner) {
        var digest = Sha256.create();
        digest.update(repositoryId.getBytes(StandardCharsets.US_ASCII));
        for (var path : FilePath.outermost(paths)) {
            digest.update(path.toBytes());
            digest.update((byte) 0);
        }
        byte[] binding = digest.digest();
        String name = "files-" + HexFormat.of().formatHex(binding).substring(0, NAME_DIGITS);
        return new FilesCache(directory.resolve(repositoryId).resolve(name), binding, owner);
    }

    /** What the last capture saw; empty when there was none or its file can't be used. */
    public Optional<EarlierCapture> open() {
        try {
            requireOwn(file);
            requireOwn(file.toAbsolutePath().getParent());
            return Optional.of(EarlierCapture.open(file, binding));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private void requireOwn(@Nullable Path path) throws IOException {
        if (path != null) {
            var attributes = Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
            boolean own = Integer.valueOf(owner).equals(attributes.get("uid"));
            boolean closed = attributes.get("mode") instanceof Integer mode && (mode & WRITABLE_BY_OTHERS) == 0;
            if (!own || !closed) {
                throw new IOException("a files cache that others could have written");
            }
        }
    }

    /** Begins to record a capture that starts {@code now}; empty when that is not possible here. */
    public Optional<CaptureRecorder> record(SnapshotId snapshot, Instant now) {
        try {
            var parent = file.getParent();
            if (parent != null) {
                PrivateFolder.create(parent);
            }
            return Optional.of(CaptureRecorder.create(file, binding, snapshot, now));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** From which change time on an entry of a capture that began at {@code start} is not to be trusted. */
    static FileTime racyFrom(Instant start) {
        var limit = start.minusSeconds(RACY_SECONDS);
        return new FileTime(limit.getEpochSecond(), limit.getNano());
    }
}
