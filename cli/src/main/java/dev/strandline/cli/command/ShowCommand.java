package dev.strandline.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.cli.archive.ContentWriter;
import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.OutputOptions;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.cli.options.SnapshotAddress;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.ChangeRenderer;
import dev.strandline.cli.output.Json;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.repository.ChunkSource;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.RepositoryException;
import dev.strandline.core.snapshot.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Shows one snapshot: its record, what it holds and what changed. */
public final class ShowCommand implements Command {
    private final Context context;
    private final RepositoryOptions repository = new RepositoryOptions();
    private final OutputOptions outputOptions = new OutputOptions();

    private String snapshot = "";
    private @Nullable String state;

    public ShowCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(this, "show", "Show a snapshot: when, where, why, how much, what changed.")
                .aliases("info")
                .exitCodes(
                        "0:shown",
                        "1:no such snapshot, or failed",
                        "2:wrong usage",
                        "10:no repository",
                        "12:wrong key",
                        "13:damaged, not all could be shown")
                .with(repository)
                .with(outputOptions)
                .text(
                        "--state",
                        "NAME",
                        "Print what this system-state command told, and nothing else.",
                        value -> state = value)
                .argument("SNAP", "An id, a name, latest, latest~N or @TIME.", value -> snapshot = value)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        var output = outputOptions.output(context);
        var address = SnapshotAddress.parse(snapshot, context);
        if (address.path().isPresent()) {
            throw new UsageException("show takes a snapshot without a path; 'ls' shows paths");
        }
        try (var open = repository.open(context, output::note).repository()) {
            var found = address.find(open, output);
            var source = open.chunks();
            if (state != null) {
                writeState(found, source, state);
                return output.code(ExitCode.DONE);
            }
            var damages = new ArrayList<String>();
            var contents = new SnapshotContents(source, damages::add);
            var categories =
                    contents.categories(found, context.configuration().get().categories());
            var before = found.record().parent().isEmpty()
                    ? Optional.<Snapshot>empty()
                    : open.snapshot(found.record().parent().get());
            var changes = before.isEmpty()
                    ? Optional.<SnapshotContents.Changes>empty()
                    : Optional.of(contents.changes(before.get(), found));
            if (output.isJson()) {
                Json.print(output.answer(), json(found, categories, changes, source));
            } else {
                new SnapshotSheet(context, output.answer(), outputOptions.verbosity() > 0)
                        .print(found, categories, changes, source);
            }
            damages.forEach(damage -> output.warning("damaged: " + damage));
            output.endWarnings();
            return damages.isEmpty() ? output.code(ExitCode.DONE) : ExitCode.DAMAGE;
        }
    }

    private void writeState(Snapshot found, ChunkSource source, String name) throws RepositoryException {
        for (var told : found.record().systemState()) {
            if (told.name().display().equals(name)) {
                try {
                    ContentWriter.write(source, told.output().content(), context.stdout());
                } catch (IOException e) {
                    throw new RefusedException("standard output can't take it: " + e.getMessage(), "");
                }
                return;
            }
        }
        throw new RefusedException(
                "the snapshot has no system state '" + ByteText.display(name) + "'",
                "'show " + found.id().shortHex() + "' tells what there is.");
    }

    private static ObjectNode json(
            Snapshot found,
            List<SnapshotContents.Category> categories,
            Optional<SnapshotContents.Changes> changes,
            ChunkSource source)
            throws RepositoryException {
        var json = Json.snapshot(found);
        var problems = json.putArray("problems");
        for (var problem : found.record().problems()) {
            var entry = problems.addObject().put("reason", problem.reason());
            Json.putPath(entry, "path", problem.path().toBytes());
        }
        var kinds = json.putArray("categories");
        for (var category : categories) {
            kinds.addObject()
                    .put("name", category.name())
                    .put("files", category.files())
                    .put("bytes", category.bytes());
        }
        changes.ifPresent(since -> {
            var array = json.putArray("changes");
            since.changes().forEach(change -> {
                var entry = array.addObject().put("modifier", ChangeRenderer.letter(change));
                Json.putPath(entry, "path", change.path().toBytes());
            });
        });
        var states = json.putArray("system_state");
        for (var state : found.record().systemState()) {
            var entry = states.addObject().put("problem", state.problem());
            Json.putPath(entry, "name", state.name().toBytes());
            Json.putPath(entry, "output", SnapshotSheet.bytes(source, state));
        }
        return json;
    }
}
