package dev.strandline.cli.schedule;

import dev.strandline.core.path.ByteText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** A whole file that is ours. */
public record OwnFile(Path path) implements Place {
    /** Schedulers read no file that others may write, and people may read it. */
    private static final String MODE = "rw-r--r--";

    /** Longer than anything that is ours. */
    private static final int MAX_BYTES = 1 << 20;

    @Override
    public String display() {
        return ByteText.display(path.toString());
    }

    @Override
    public Optional<String> read() throws IOException {
        try (var in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException(display() + " has more than " + MAX_BYTES + " bytes, so it is not ours");
            }
            return Optional.of(ByteText.decode(bytes));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** For what cron demands, others may change the text of units as little. */
    @Override
    public Optional<String> whyIgnored() throws IOException {
        var permissions = Files.getPosixFilePermissions(path);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            return Optional.of("others may write to it");
        }
        return folder().endsWith("cron.d") && !Files.getOwner(path).getName().equals("root")
                ? Optional.of("it does not belong to root")
                : Optional.empty();
    }

    /** Whoever reads the file meanwhile sees the old text or the new one. */
    @Override
    public void write(String text) throws IOException {
        var folder = folder();
        Files.createDirectories(folder);
        // A leading dot: schedulers that look into the folder just now pass it over.
        var temporary = Files.createTempFile(folder, ".strandline", ".new");
        try {
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(MODE));
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(ByteText.encode(text));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        sync(folder);
    }

    @Override
    public void remove() throws IOException {
        Files.delete(path);
        sync(folder());
    }

    private Path folder() {
        var parent = path.getParent();
        return parent == null ? Path.of("/") : parent;
    }

    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
