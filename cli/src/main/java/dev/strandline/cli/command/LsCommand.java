package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.SnapshotAddress;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.output.NodeRenderer;
import dev.strandline.cli.output.Output;
import dev.strandline.core.browse.SnapshotTree;
import dev.strandline.core.browse.TreeVisitor;
import dev.strandline.core.browse.TreeWalker;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.DamageException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.tree.Node;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Lists what a snapshot holds at a path. */
public final class LsCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();

    private String place = "";
    private boolean longFormat;
    private boolean recursive;

    public LsCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(this, "ls", "List what a snapshot holds, without restoring it.")
                .exitCodes(
                        "0:listed",
                        "1:no such snapshot or path, or failed",
                        "2:wrong usage",
                        "10:no repository",
                        "12:wrong key",
                        "13:damaged, not all could be listed")
                .with(repository)
                .with(outputOptions)
                .argument("SNAP[:PATH]", "A snapshot, or a path in one.", value -> place = value)
                .flag("-l,--long", "With mode, owner, size and time.", value -> longFormat = value)
                .flag("-R,--recursive", "With everything below.", value -> recursive = value)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        var address = SnapshotAddress.parse(place, context);
        try (var open = repository.open(context, output::note).repository()) {
            var snapshot = address.find(open, output);
            var source = open.chunks();
            var tree = new SnapshotTree(snapshot, source);
            var start = tree.at(address.path().orElse(FilePath.ROOT));
            if (output.isJson()) {
                var json = Json.snapshot(snapshot).put("message_type", "snapshot");
                Json.print(output.answer(), json);
            }
            boolean isEntry =
                    start instanceof SnapshotTree.Place.Captured(var _, var node) && !(node instanceof Node.Directory);
            var lister = new Lister(output, isEntry ? start.path().parent() : start.path());
            new TreeWalker(tree, source, lister).walk(start);
            output.endWarnings();
            return lister.damaged ? ExitCode.DAMAGE : output.code(ExitCode.DONE);
        }
    }

    private final class Lister implements TreeVisitor {
        private final Output output;
        private final FilePath start;
        private boolean damaged;

        Lister(Output output, FilePath start) {
            this.output = output;
            this.start = start;
        }

        @Override
        public boolean enter(FilePath path, Node.@Nullable Directory node) {
            if (path.depth() == 0) {
                return true;
            }
            if (node == null) {
                printAbove(start.resolve(path));
                // Nothing else is there but the way to what was captured.
                return true;
            }
            print(start.resolve(path), node);
            return recursive;
        }

        @Override
        public void visit(FilePath path, Node node) {
            print(start.resolve(path), node);
        }

        @Override
        public void damaged(FilePath directory, DamageException damage) {
            damaged = true;
            output.warning("damaged: " + start.resolve(directory).display() + ": " + damage.getMessage());
        }

        private void print(FilePath path, Node node) {
            if (output.isJson()) {
                Json.print(output.answer(), NodeRenderer.json(path, node, context.zone()));
            } else {
                output.answer()
                        .println(longFormat ? NodeRenderer.longLine(path, node, context.zone()) : path.display());
            }
        }

        private void printAbove(FilePath path) {
            if (!output.isJson()) {
                output.answer().println(path.display());
            }
        }
    }
}
