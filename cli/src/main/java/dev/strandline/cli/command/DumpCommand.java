package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.SnapshotAddress;
import dev.strandline.core.browse.ExtentReader;
import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.ChunkStream;
import dev.strandline.core.tree.Extent;
import dev.strandline.core.tree.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes one file of a snapshot to standard output. */
@Command(
        name = "dump",
        aliases = "cat",
        description = "Write a file of a snapshot to standard output.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:written",
            "1:no such snapshot or file, or failed",
            "2:wrong usage",
            "10:no repository",
            "12:wrong key",
            "13:damaged; what was written is not all"
        })
public final class DumpCommand implements Callable<Integer> {
    private static final int ZEROS_BYTES = 64 << 10;

    private final Context context;

    @Mixin
    private RepositoryOptions repository = new RepositoryOptions();

    @Mixin
    private OutputOptions outputOptions = new OutputOptions();

    @Parameters(paramLabel = "SNAP:PATH", description = "A file in a snapshot.")
    private String place = "";

    public DumpCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        var address = SnapshotAddress.parse(place, context);
        var path = address.path()
                .orElseThrow(() -> new UsageException("which file? Write SNAP:PATH, such as latest:/etc/hosts"));
        try (var open = repository.open(context, output::note).repository()) {
            var source = open.chunks();
            var found = new SnapshotTree(address.find(open, output), source).at(path);
            if (!(found instanceof SnapshotTree.Place.Captured(var _, Node.RegularFile file))) {
                throw new RefusedException(
                        path.display() + " is not a regular file", "Use 'restore' for folders and other things.");
            }
            write(source, file.content(), context.stdout());
            return ExitCode.DONE;
        } catch (IOException e) {
            throw new RefusedException("standard output can't take it: " + e.getMessage(), "");
        }
    }

    private static void write(ChunkSource source, ChunkStream content, OutputStream out)
            throws RepositoryException, IOException {
        byte[] zeros = new byte[ZEROS_BYTES];
        var extents = new ExtentReader(source, content);
        for (var extent = extents.next(); extent != null; extent = extents.next()) {
            switch (extent) {
                case Extent.Chunk(var id, int _) -> out.write(source.read(id));
                case Extent.Hole(long lengthBytes) -> {
                    for (long rest = lengthBytes; rest > 0; rest -= zeros.length) {
                        out.write(zeros, 0, (int) Math.min(rest, zeros.length));
                    }
                }
            }
        }
        out.flush();
    }
}
