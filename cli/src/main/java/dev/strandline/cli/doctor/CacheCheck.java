package dev.strandline.cli.doctor;

import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Whether the cache folder is there or can be made; the lock that keeps runs from overlapping lies in it. */
final class CacheCheck {
    private static final String NAME = "cache";

    private final FilePath folder;

    CacheCheck(FilePath folder) {
        this.folder = folder;
    }

    Finding finding() {
        try {
            var existing = Path.of(ByteText.decode(folder.toBytes()));
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            if (Files.isDirectory(existing) && Files.isWritable(existing)) {
                return Finding.ok(NAME, folder.display());
            }
        } catch (InvalidPathException _) {
            // Java can't name it, so no run can either.
        }
        return Finding.failure(
                NAME, folder.display() + " can't be written", "Set STRANDLINE_CACHE_DIR to a folder that can.");
    }
}
