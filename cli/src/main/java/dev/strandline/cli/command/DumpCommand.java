package dev.strandline.cli.command;

import dev.strandline.cli.archive.ContentWriter;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.Restart;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.SnapshotAddress;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.Output;
import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Writes one file of a snapshot to standard output. */
public final class DumpCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();

    private String place = "";
    private @Nullable String archive;

    public DumpCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(
                        this,
                        "dump",
                        "Write a file of a snapshot to standard output, or a folder as an archive.",
                        "",
                        "Archives hold whole seconds and no extended attributes; 'restore' brings everything back.")
                .aliases("cat")
                .exitCodes(
                        "0:written",
                        "1:no such snapshot or file, or failed",
                        "2:wrong usage",
                        "3:written, without entries that the archive format can't hold",
                        "10:no repository",
                        "12:wrong key",
                        "13:damaged; what was written is not all")
                .with(repository)
                .with(outputOptions)
                .argument("SNAP:PATH", "A file in a snapshot; with --archive a folder too.", value -> place = value)
                .text("--archive", "tar|zip", "Write an archive of what is there.", value -> archive = value)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        var address = SnapshotAddress.parse(place, context);
        if (archive == null && address.path().isEmpty()) {
            throw new UsageException("which file? Write SNAP:PATH, such as latest:/etc/hosts, or give --archive");
        }
        var format = Optional.ofNullable(archive).map(ArchiveOutput::of);
        boolean mayStartOver = format.isEmpty() && repository.opensAtOnce(context);
        return output.code(QuickStart.attempt(
                context,
                output,
                mayStartOver,
                Restart.MAX_QUICK_BYTES,
                maximumBytes -> write(output, address, format, maximumBytes)));
    }

    /** Empty, with nothing written, when the file has more than {@code maximumBytes}. */
    private Optional<Integer> write(
            Output output, SnapshotAddress address, Optional<ArchiveOutput> format, long maximumBytes)
            throws RepositoryException {
        try (var open = repository.open(context, output::note).repository()) {
            var source = open.chunks();
            var tree = new SnapshotTree(address.find(open, output), source);
            var place = tree.at(address.path().orElse(FilePath.ROOT));
            if (format.isPresent()) {
                return Optional.of(format.get().write(context, output, source, tree, place));
            }
            if (!(place instanceof SnapshotTree.Place.Captured(var _, Node.RegularFile file))) {
                throw new RefusedException(
                        place.path().display() + " is not a regular file",
                        "Give --archive tar for a folder, or use 'restore'.");
            }
            if (file.content().sizeBytes() > maximumBytes) {
                return Optional.empty();
            }
            ContentWriter.write(source, file.content(), context.stdout());
            return Optional.of(ExitCode.DONE);
        } catch (IOException e) {
            throw new RefusedException("standard output can't take it: " + e.getMessage(), "");
        }
    }
}
