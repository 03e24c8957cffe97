package dev.strandline.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.cli.checkpoint.Checkpoint;
import dev.strandline.cli.checkpoint.CheckpointFinder;
import dev.strandline.core.path.ByteText;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;

/** Tells of an import, as text or JSON. */
public final class ImportRenderer {
    private static final int ACTION_WIDTH = 9;

    private final Output output;
    private final ZoneId zone;
    private final boolean eachCheckpoint;
    private final boolean dryRun;

    /** What becomes of a checkpoint, or would. */
    public enum Action {
        IMPORT,
        IMPORTED,
        PRESENT,
        FAILED
    }

    /**
     * What became of all.
     *
     * @param unread of the imported ones, those that lack files which could not be read
     * @param failed checkpoints and folders of which nothing could be imported
     * @param bytesBefore what the files of all checkpoints take on the disk; -1 when nobody counted
     * @param bytesAfter what the repository has grown by
     */
    public record Totals(
            int imported,
            int present,
            int unread,
            int failed,
            long bytesBefore,
            long bytesAfter,
            boolean interrupted,
            Duration duration) {}

    /** @param eachCheckpoint whether each is told, not only what went wrong and the totals */
    public ImportRenderer(Output output, ZoneId zone, boolean eachCheckpoint, boolean dryRun) {
        this.output = output;
        this.zone = zone;
        this.eachCheckpoint = eachCheckpoint;
        this.dryRun = dryRun;
    }

    public void unusable(CheckpointFinder.Unusable unusable) {
        if (output.isJson()) {
            var json = Json.message("error");
            json.putObject("error").put("message", unusable.reason());
            json.put("during", "import").put("guidance", unusable.guidance());
            Json.putPath(json, "item", unusable.path().toBytes());
            output.say(Json.line(json));
            return;
        }
        var path = unusable.path().display();
        // What the system says of a path names it already.
        output.warning("not imported: "
                + (unusable.reason().contains(path) ? "" : path + ": ")
                + unusable.reason()
                + (unusable.guidance().isEmpty() ? "" : "\n  " + unusable.guidance()));
    }

    /** A time that is no more than a guess. */
    public void guessed(Checkpoint checkpoint) {
        output.warning(checkpoint.folder().display() + ": neither its name nor a CHECKPOINT_INFO.txt tells its time, so"
                + " it counts as of its modification time, "
                + Moments.text(checkpoint.time(), zone));
    }

    public void checkpoint(Checkpoint checkpoint, Action action) {
        if (action == Action.FAILED && !output.isJson()) {
            output.warning("not imported: " + checkpoint.folder().display());
        }
        if (!eachCheckpoint) {
            return;
        }
        if (output.isJson()) {
            var json = Json.message("checkpoint")
                    .put("action", action.name().toLowerCase(Locale.ROOT))
                    .put("time", Json.time(checkpoint.time(), zone))
                    .put("time_from", checkpoint.timeSource().name().toLowerCase(Locale.ROOT));
            Json.putPath(json, "item", checkpoint.folder().toBytes());
            Json.putPath(json, "path", checkpoint.path().toBytes());
            json.put("message", checkpoint.message())
                    .put("trigger", checkpoint.trigger().text());
            Json.print(output.answer(), json);
            return;
        }
        var word = action.name().toLowerCase(Locale.ROOT);
        output.answer()
                .println(word + " ".repeat(ACTION_WIDTH - word.length())
                        + Moments.text(checkpoint.time(), zone) + "  "
                        + checkpoint.folder().display()
                        + (checkpoint.message().isEmpty() ? "" : "  " + ByteText.display(checkpoint.message())));
    }

    public void end(Totals totals) {
        output.endWarnings();
        if (output.isJson()) {
            Json.print(output.answer(), json(totals));
            return;
        }
        output.remark((dryRun ? "would import " : "imported ")
                + Quantities.count(totals.imported, "checkpoint")
                + (totals.present == 0 ? "" : ", " + Quantities.count(totals.present) + " were there already")
                + (totals.bytesBefore < 0 ? "" : "; the folders take " + Quantities.bytes(totals.bytesBefore))
                + (dryRun ? "" : ", the repository grew by " + Quantities.bytes(totals.bytesAfter))
                + ", in " + Quantities.duration(totals.duration));
        if (totals.unread > 0) {
            output.say("strandline: of " + Quantities.count(totals.unread, "checkpoint")
                    + " not all could be read; what could is imported");
        }
        if (totals.failed > 0) {
            output.say("strandline: " + Quantities.count(totals.failed) + " could not be imported"
                    + (totals.imported + totals.present == 0 ? "" : "; see above"));
        }
    }

    private ObjectNode json(Totals totals) {
        var json = Json.message("summary")
                .put("checkpoints_imported", totals.imported)
                .put("checkpoints_present", totals.present)
                .put("checkpoints_unread", totals.unread)
                .put("checkpoints_failed", totals.failed)
                .put("bytes_before", totals.bytesBefore)
                .put("bytes_after", totals.bytesAfter)
                .put("interrupted", totals.interrupted)
                .put("dry_run", dryRun);
        return json.put("total_duration", totals.duration.toNanos() / 1e9);
    }
}
