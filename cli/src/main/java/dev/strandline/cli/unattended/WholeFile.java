package dev.strandline.cli.unattended;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A small file that is replaced as a whole: a reader sees the old text or the new one. Not for what must survive a power cut. */
final class WholeFile {
    private WholeFile() {}

    /** @param permissions such as {@code rw-r--r--}, whatever the umask is */
    static void replace(Path file, String text, String permissions) throws IOException {
        var temporary = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(permissions));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
