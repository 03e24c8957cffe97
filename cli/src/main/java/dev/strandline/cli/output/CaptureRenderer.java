package dev.strandline.cli.output;

import dev.strandline.core.capture.CaptureEvent;
import dev.strandline.core.capture.CaptureListener;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.Snapshot;
import java.util.Locale;

/** Tells of a capture, as text or JSON. */
public final class CaptureRenderer implements CaptureListener {
    private static final int EVERY_FILE = 2;

    private final Output output;
    private final int verbosity;
    private final boolean dryRun;

    public CaptureRenderer(Output output, int verbosity, boolean dryRun) {
        this.output = output;
        this.verbosity = verbosity;
        this.dryRun = dryRun;
    }

    @Override
    public void on(CaptureEvent event) {
        if (event instanceof CaptureEvent.Captured && verbosity < EVERY_FILE) {
            // Comes for every file; and the first switch over types costs milliseconds.
            return;
        }
        switch (event) {
            case CaptureEvent.Captured(var path, var change) ->
                verbose(change.name().toLowerCase(Locale.ROOT), path, "");
            case CaptureEvent.Problem(var problem) -> {
                if (output.isJson()) {
                    var json = Json.message("error");
                    json.putObject("error").put("message", problem.reason());
                    json.put("during", "capture");
                    Json.putPath(json, "item", problem.path().toBytes());
                    output.say(Json.line(json));
                } else {
                    output.warning("not saved: " + problem.path().display() + ": " + problem.reason());
                }
            }
            case CaptureEvent.Excluded(var path, var reason) -> verbose("excluded", path, reason);
            case CaptureEvent.OwnPlaceExcluded(var path, var what) ->
                output.note("left out: " + path.display() + " is " + what);
            case CaptureEvent.LinkKept(var path) ->
                output.warning(path.display() + " is a symbolic link, and only the link is saved; write "
                        + path.display() + "/ to save what it leads to");
            case CaptureEvent.Vanished(var path) -> verbose("vanished", path, "");
            case CaptureEvent.Absent(var path) -> output.note("not there, and optional: " + path.display());
            case CaptureEvent.ChangedWhileRead(var path) ->
                output.note("changed while it was read, saved as it was found: " + path.display());
            case CaptureEvent.ParentUnreadable(var path, var reason) ->
                output.note("what changed in " + path.display() + " can't be told: " + reason);
        }
    }

    private void verbose(String action, FilePath path, String reason) {
        if (verbosity == 0) {
            return;
        }
        if (output.isJson()) {
            var json = Json.message("verbose_status").put("action", action);
            Json.putPath(json, "item", path.toBytes());
            if (!reason.isEmpty()) {
                json.put("reason", reason);
            }
            Json.print(output.answer(), json);
        } else {
            output.answer()
                    .println(String.format(
                            Locale.ROOT,
                            "%-10s %s%s",
                            action,
                            path.display(),
                            reason.isEmpty() ? "" : "  (" + reason + ")"));
        }
    }

    /** The snapshot is committed, or would be in a dry run. */
    public void saved(Snapshot snapshot) {
        var totals = snapshot.record().totals();
        if (output.isJson()) {
            var json = Json.message("summary");
            json.setAll(Json.totals(totals));
            json.put("dry_run", dryRun);
            if (!dryRun) {
                json.put("snapshot_id", snapshot.id().hex());
                json.put("snapshot_name", snapshot.record().name());
            }
            Json.print(output.answer(), json);
            return;
        }
        output.remark(
                (dryRun ? "would save " : "saved snapshot " + snapshot.id().shortHex() + ": ")
                        + Quantities.count(totals.files(), "file") + ", " + Quantities.bytes(totals.bytes()) + " ("
                        + Quantities.count(totals.filesNew()) + " new, " + Quantities.count(totals.filesChanged())
                        + " changed), " + Quantities.bytes(totals.addedBytes()) + " new to the repository"
                        + (dryRun ? "" : ", which took " + Quantities.bytes(totals.storedBytes()))
                        + ", in " + Quantities.duration(totals.duration()));
        if (totals.unreadable() > 0) {
            output.say("strandline: " + Quantities.count(totals.unreadable(), "source")
                    + " could not be saved, all else was");
        }
    }

    /** Nothing was saved because it would be the same as {@code parent}. */
    public void skipped(Snapshot parent) {
        if (output.isJson()) {
            Json.print(
                    output.answer(),
                    Json.message("summary")
                            .put("skipped", true)
                            .put("parent", parent.id().hex()));
        } else {
            output.remark("nothing has changed since snapshot " + parent.id().shortHex() + "; nothing was saved");
        }
    }
}
