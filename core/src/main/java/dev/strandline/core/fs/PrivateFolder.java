package dev.strandline.core.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder of what this program keeps on a host for itself: names of files and their digests are nobody else's. */
public final class PrivateFolder {
    private PrivateFolder() {}

    /** Makes a folder and those above it that are missing, for nobody but the caller, whatever the umask is. */
    public static void create(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
