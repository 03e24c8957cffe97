package dev.strandline.core.testkit;

import dev.strandline.core.fs.AttributeTarget;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.FileTime;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.fs.Xattr;
import dev.strandline.core.path.FileName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Makes single entries of a {@link VarietyTree}, each with a modification time of its own that no accident hits. */
final class VarietyTreeWriter {
    /** In turn: just before 1970, 1901, after 2038, after 2106 by a nanosecond, and an ordinary one. */
    private static final List<FileTime> TIMES = List.of(
            new FileTime(-1, 999_999_999),
            new FileTime(Integer.MIN_VALUE + 1L, 1),
            new FileTime(Integer.MAX_VALUE + 8L, 123_456_789),
            new FileTime((1L << 32) + 5, 1),
            new FileTime(1_234_567_890, 987_654_321));

    private static final long SECONDS_BETWEEN_TIMES = 1_000;

    private final Random random;
    private int timeCount;

    VarietyTreeWriter(long seed) {
        this.random = new Random(seed);
    }

    /** Fills a directory, or does something to a file. */
    interface Step<T> {
        void run(T target) throws IOException;
    }

    byte[] randomBytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    void file(Directory directory, String name, byte[] content) throws IOException {
        file(directory, FileName.of(name), content, _ -> {});
    }

    /** {@code last} runs just before the time is set. */
    void file(Directory directory, FileName name, byte[] content, Step<? super AttributeTarget> last)
            throws IOException {
        try (var file = directory.createFile(name)) {
            file.write(0, content, 0, content.length);
            file.setMode(0644);
            last.run(file);
            file.setModified(nextTime());
        }
    }

    /** A file of {@code sizeBytes} with {@code dataLength} random bytes at each of the positions and holes elsewhere. */
    void sparseFile(Directory directory, String name, long sizeBytes, int dataLength, long... positions)
            throws IOException {
        try (var file = directory.createFile(FileName.of(name))) {
            file.setSize(sizeBytes);
            for (long position : positions) {
                file.write(position, randomBytes(dataLength), 0, dataLength);
            }
            file.setMode(0644);
            file.setModified(nextTime());
        }
    }

    void symlink(Directory directory, String name, byte[] target) throws IOException {
        directory.createSymlink(FileName.of(name), target);
        touch(directory, name, _ -> {});
    }

    void symlink(Directory directory, String name, String target) throws IOException {
        symlink(directory, name, target.getBytes(StandardCharsets.UTF_8));
    }

    void special(Directory directory, String name, FileType type, int major, int minor) throws IOException {
        directory.createSpecial(FileName.of(name), type, major, minor);
        touch(directory, name, _ -> {});
    }

    /** Does something to an entry of any type, then gives it a time again. */
    void touch(Directory directory, String name, Step<? super AttributeTarget> step) throws IOException {
        try (var entry = directory.openEntry(FileName.of(name))) {
            step.run(entry);
            entry.setModified(nextTime());
        }
    }

    void directory(Directory parent, String name, Step<? super Directory> fill) throws IOException {
        directory(parent, FileName.of(name), fill);
    }

    void directory(Directory parent, FileName name, Step<? super Directory> fill) throws IOException {
        try (var directory = parent.createDirectory(name)) {
            directory.setMode(0755);
            fill.run(directory);
        }
    }

    /** Gives {@code directory} and all below it their times; nothing may be made in them afterwards. */
    void setDirectoryTimes(Directory directory) throws IOException {
        for (var name : directory.list().stream().sorted().toList()) {
            if (directory.status(name).type() == FileType.DIRECTORY) {
                try (var child = directory.openDirectory(name)) {
                    setDirectoryTimes(child);
                }
            }
        }
        directory.setModified(nextTime());
    }

    static Xattr xattr(String name, byte... value) {
        return new Xattr(name.getBytes(StandardCharsets.UTF_8), value);
    }

    private FileTime nextTime() {
        var time = TIMES.get(timeCount % TIMES.size());
        long shift = SECONDS_BETWEEN_TIMES * (timeCount / TIMES.size());
        timeCount++;
        return new FileTime(time.seconds() + (time.seconds() == -1 ? -shift : shift), time.nanos());
    }
}
