package dev.strandline.cli.command;

import dev.strandline.cli.archive.SnapshotArchiver;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.output.Output;
import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.RepositoryException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** An archive on standard output, of the format that the user named. */
enum ArchiveOutput {
    TAR,
    ZIP;

    static ArchiveOutput of(String name) {
        return switch (name) {
            case "tar" -> TAR;
            case "zip" -> ZIP;
            default -> throw new UsageException("no archive is called '" + ByteText.display(name) + "': tar or zip");
        };
    }

    /** Writes what is at a place; entries that the format can't hold are told. */
    int write(Context context, Output output, ChunkSource source, SnapshotTree tree, SnapshotTree.Place place)
            throws RepositoryException, IOException {
        var skipped = new AtomicLong();
        BiConsumer<FilePath, String> onSkipped = (path, reason) -> {
            skipped.incrementAndGet();
            output.warning("not in the archive: " + path.display() + ": " + reason);
        };
        var archiver = this == TAR
                ? SnapshotArchiver.tar(source, context.stdout(), onSkipped)
                : SnapshotArchiver.zip(source, context.stdout(), onSkipped);
        archiver.write(tree, place);
        output.endWarnings();
        return skipped.get() == 0 ? ExitCode.DONE : ExitCode.PARTIAL;
    }
}
