package dev.strandline.cli.checkpoint;

import dev.strandline.core.fs.CalendarTime;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.Errno;
import dev.strandline.core.fs.FileOperationException;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for checkpoints in directories, each found once. A checkpoint is a directory that has a time in its name or holds
 * {@value #INFO}; what is named is a checkpoint itself, or else holds some, or else is one all the same, as old as its
 * modification time says. Symbolic links are followed only where they are named. One thread.
 */
public final class CheckpointFinder {
    private static final String INFO = "CHECKPOINT_INFO.txt";
    private static final FileName INFO_NAME = FileName.of(INFO);

    private static final String UNCERTAIN = "whether it is a checkpoint can't be seen: ";

    private final HostFileSystem host;
    private final ZoneId zone;
    private final Optional<FilePath> storedPath;
    private final List<Checkpoint> found = new ArrayList<>();
    private final List<Unusable> unusable = new ArrayList<>();
    private final List<FilePath> passedOver = new ArrayList<>();
    private final Set<Inode> seen = new HashSet<>();

    private record Inode(long device, long number) {}

    /** Something that was named, or lies in what was, and can't be looked at; what to do may be empty. */
    public record Unusable(FilePath path, String reason, String guidance) {}

    /**
     * @param zone of times without an offset
     * @param storedPath what all are copies of; else of the directory that they lie in
     */
    public CheckpointFinder(HostFileSystem host, ZoneId zone, Optional<FilePath> storedPath) {
        this.host = host;
        this.zone = zone;
        this.storedPath = storedPath;
    }

    /** Takes what {@code path} is or holds. */
    public void look(FilePath path) {
        try (var directory = host.openDirectory(path)) {
            Optional<Instant> nameTime = path.depth() == 0 ? Optional.empty() : timeIn(path.name());
            var info = info(directory);
            if (nameTime.isPresent() || info.isPresent()) {
                add(path, path.parent(), directory.status(), nameTime, info);
                return;
            }
            var names = new ArrayList<>(directory.list());
            names.sort(null);
            if (names.isEmpty()) {
                unusable.add(new Unusable(
                        path,
                        "it is empty: there is no checkpoint in it",
                        "Name a folder of checkpoints, or one of them; is a disk not mounted?"));
            } else if (!lookInto(directory, path, names)) {
                add(path, path.parent(), directory.status(), nameTime, info);
            }
        } catch (IOException e) {
            unusable.add(new Unusable(path, reason(e), guidance(e)));
        }
    }

    /** Whether any entry is a checkpoint or may be one. */
    private boolean lookInto(Directory directory, FilePath path, List<FileName> names) throws IOException {
        int before = found.size() + unusable.size();
        boolean known = false;
        var others = new ArrayList<FilePath>();
        for (var name : names) {
            var child = path.resolve(name);
            var nameTime = timeIn(name);
            Optional<CheckpointInfo> info = Optional.empty();
            var status = directory.status(name);
            if (status.type() == FileType.DIRECTORY) {
                try (var opened = directory.openDirectory(name)) {
                    info = info(opened);
                } catch (IOException e) {
                    if (nameTime.isEmpty()) {
                        unusable.add(new Unusable(child, UNCERTAIN + reason(e), guidance(e)));
                        continue;
                    }
                    // Whoever reads it will say so.
                }
                if (nameTime.isPresent() || info.isPresent()) {
                    known |= !add(child, path, status, nameTime, info);
                    continue;
                }
            }
            others.add(child);
        }
        boolean any = known || found.size() + unusable.size() > before;
        if (any) {
            passedOver.addAll(others);
        }
        return any;
    }

    /** @return false when it was found before */
    private boolean add(
            FilePath folder,
            FilePath holder,
            FileStatus status,
            Optional<Instant> nameTime,
            Optional<CheckpointInfo> info) {
        if (!seen.add(new Inode(status.device(), status.inode()))) {
            return false;
        }
        var infoTime = info.flatMap(CheckpointInfo::time);
        found.add(new Checkpoint(
                folder,
                storedPath.orElse(holder),
                nameTime.or(() -> infoTime)
                        .orElseGet(() -> CalendarTime.nearest(
                                new FileTime(status.modified().seconds(), 0))),
                nameTime.isPresent()
                        ? Checkpoint.TimeSource.NAME
                        : infoTime.isPresent() ? Checkpoint.TimeSource.INFO : Checkpoint.TimeSource.MODIFIED,
                info.orElse(CheckpointInfo.NONE).description()));
        return true;
    }

    private Optional<Instant> timeIn(FileName name) {
        return CheckpointTime.inName(ByteText.decode(name.toBytes()), zone);
    }

    /** The directory's note; nothing in it when it is there but can't be read. */
    private Optional<CheckpointInfo> info(Directory directory) {
        try {
            if (directory.status(INFO_NAME).type() != FileType.REGULAR) {
                return Optional.empty();
            }
        } catch (IOException _) {
            return Optional.empty();
        }
        try (var file = directory.openFile(INFO_NAME)) {
            byte[] content = new byte[CheckpointInfo.MAX_BYTES];
            int length = file.read(0, content, 0, content.length);
            return Optional.of(CheckpointInfo.parse(Arrays.copyOf(content, length), zone));
        } catch (IOException _) {
            // The capture reports it.
            return Optional.of(CheckpointInfo.NONE);
        }
    }

    private static String reason(IOException e) {
        return String.valueOf(e.getMessage());
    }

    private static String guidance(IOException e) {
        return switch (e instanceof FileOperationException known ? known.errno() : Errno.OTHER) {
            case ENOENT -> "Check the spelling; is a disk not mounted?";
            case ENOTDIR -> "Name a folder of checkpoints, or one of them; archives have to be unpacked first.";
            case EACCES, EPERM -> "Run as a user who may read it, such as root.";
            default -> "";
        };
    }

    /** All that were found, see {@link Checkpoint#inOrder}. */
    public List<Checkpoint> checkpoints() {
        return Checkpoint.inOrder(found);
    }

    public List<Unusable> unusable() {
        return List.copyOf(unusable);
    }

    /** What lies beside checkpoints and is none. */
    public List<FilePath> passedOver() {
        return List.copyOf(passedOver);
    }
}
