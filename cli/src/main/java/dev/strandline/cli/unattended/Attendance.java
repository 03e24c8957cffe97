package dev.strandline.cli.unattended;

import dev.strandline.cli.configuration.ConfiguredSource;
import dev.strandline.cli.configuration.Hooks;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.Interruption;
import dev.strandline.cli.output.Output;
import dev.strandline.core.capture.CaptureCancelledException;
import dev.strandline.core.capture.CaptureResult;
import dev.strandline.core.path.ByteText;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.snapshot.CaptureProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What goes on around a run: its hooks and those of its sources, the journal and the metrics file. One run, one thread.
 *
 * <p>The rule for hooks: {@code before} must succeed, else the run saves nothing, or the source is left out and counts as one
 * that could not be read. {@code after} of a source runs once its capture has ended, however it did; {@code after} of a run
 * when the run has ended with 0 or 3. {@code on-failure} runs when not all, or nothing, was saved. An {@code after} that
 * fails makes a 0 a 3; an {@code on-failure} that fails is only told. A hook that runs when the process is told to end is
 * ended; those that come after it run.
 */
public final class Attendance {
    private static final int MAX_OUTPUT_BYTES = 64 << 10;
    private static final String PREFIX = "STRANDLINE_RUN_";

    private final SourcePlan plan;
    private final Output output;
    private final Interruption interruption;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<ConfiguredSource> begun = new ArrayList<>();
    private final List<CaptureProblem> problems = new ArrayList<>();
    private boolean sourcesEnded;
    private boolean hookFailed;

    /** @param facts told to hooks, such as {@code TRIGGER} */
    public Attendance(SourcePlan plan, Output output, Interruption interruption, Map<String, String> facts) {
        this.plan = plan;
        this.output = output;
        this.interruption = interruption;
        facts.forEach((name, value) -> this.facts.put(PREFIX + name, value));
    }

    /** Runs what comes before the run. */
    public void beginRun() throws RefusedException {
        var problem = run("before", plan.hooks().before(), plan.hooks(), Map.of());
        if (interruption.isRequested()) {
            throw new CaptureCancelledException();
        }
        if (problem.isPresent()) {
            throw new RefusedException(
                    "the hook 'before' failed: " + problem.get(), "Nothing was saved. Run the command by hand.");
        }
    }

    /** Runs what comes before each source, and tells which sources are ready to be captured. */
    public List<ConfiguredSource> beginSources() {
        for (var source : plan.sources()) {
            var path = source.capture().path();
            if (source.hooks().before().isEmpty()) {
                begun.add(source); // as all of the hundred thousand that a list may name
                continue;
            }
            var problem = run("before", source.hooks().before(), source.hooks(), about(path));
            if (interruption.isRequested()) {
                // It may have done its work before it was ended.
                begun.add(source);
                throw new CaptureCancelledException();
            }
            if (problem.isEmpty()) {
                begun.add(source);
            } else {
                problems.add(new CaptureProblem(path, "its hook 'before' failed: " + problem.get()));
                output.warning("not saved: " + path.display() + ": its hook 'before' failed: " + problem.get());
            }
        }
        return List.copyOf(begun);
    }

    /** The sources that are not ready. */
    public List<CaptureProblem> problems() {
        return List.copyOf(problems);
    }

    /**
     * Runs what comes after each source whose hook before it succeeded, the last one first. Only the first call counts.
     *
     * @param result empty when the capture did not come to its end
     */
    public void endSources(Optional<CaptureResult> result) {
        if (sourcesEnded) {
            return;
        }
        sourcesEnded = true;
        for (var source : begun.reversed()) {
            if (source.hooks().after().isEmpty()) {
                continue;
            }
            var path = source.capture().path();
            var problem = run("after", source.hooks().after(), source.hooks(), about(path));
            problem.ifPresent(text -> warn("after", path.display() + ": ", text));
        }
        for (var source : plan.sources()) {
            if (source.hooks().onFailure().isEmpty()) {
                continue;
            }
            var path = source.capture().path();
            if (result.isEmpty() || !isWhole(result.get(), path)) {
                var problem = run("on-failure", source.hooks().onFailure(), source.hooks(), about(path));
                problem.ifPresent(text -> warn("on-failure", path.display() + ": ", text));
            }
        }
    }

    private static boolean isWhole(CaptureResult result, FilePath path) {
        return result.problems().stream().noneMatch(problem -> problem.path().startsWith(path));
    }

    /**
     * Runs what comes after the run.
     *
     * @return the exit code, to which a failing hook contributes
     */
    public int endRun(RunOutcome outcome) {
        boolean reachedItsEnd = outcome.reachedItsEnd();
        var about = about(outcome);
        if (reachedItsEnd) {
            run("after", plan.hooks().after(), plan.hooks(), about).ifPresent(text -> {
                hookFailed = true;
                warn("after", "", text);
            });
        }
        int code = outcome.exitCode() == 0 && hookFailed ? ExitCode.PARTIAL : outcome.exitCode();
        if (code != 0) {
            var changed = new LinkedHashMap<>(about);
            changed.put(PREFIX + "EXIT_CODE", Integer.toString(code));
            run("on-failure", plan.hooks().onFailure(), plan.hooks(), changed)
                    .ifPresent(text -> warn("on-failure", "", text));
        }
        return code;
    }

    private static Map<String, String> about(FilePath source) {
        return Map.of(PREFIX + "SOURCE", source.display());
    }

    private static Map<String, String> about(RunOutcome outcome) {
        var about = new LinkedHashMap<String, String>();
        about.put(PREFIX + "EXIT_CODE", Integer.toString(outcome.exitCode()));
        about.put(PREFIX + "ERROR", outcome.error());
        about.put(PREFIX + "SECONDS", Long.toString(outcome.duration().toSeconds()));
        outcome.saved().ifPresent(snapshot -> {
            var totals = snapshot.record().totals();
            about.put(PREFIX + "SNAPSHOT_ID", snapshot.id().hex());
            about.put(PREFIX + "SNAPSHOT_NAME", snapshot.record().name());
            about.put(PREFIX + "FILES", Long.toString(totals.files()));
            about.put(PREFIX + "FILES_NEW", Long.toString(totals.filesNew()));
            about.put(PREFIX + "FILES_CHANGED", Long.toString(totals.filesChanged()));
            about.put(PREFIX + "UNREADABLE", Long.toString(totals.unreadable()));
            about.put(PREFIX + "BYTES", Long.toString(totals.bytes()));
            about.put(PREFIX + "ADDED_BYTES", Long.toString(totals.addedBytes()));
            about.put(PREFIX + "STORED_BYTES", Long.toString(totals.storedBytes()));
        });
        return about;
    }

    /** What went wrong with a hook, with the last line that it printed; empty when all is well, or there is none. */
    private Optional<String> run(String name, Optional<String> command, Hooks hooks, Map<String, String> about) {
        if (command.isEmpty()) {
            return Optional.empty();
        }
        var environment = new LinkedHashMap<>(facts);
        environment.put(PREFIX + "HOOK", name);
        environment.putAll(about);
        var ending = new ShellCommand(command.get(), hooks.timeout(), MAX_OUTPUT_BYTES).run(environment, interruption);
        if (ending.succeeded()) {
            return Optional.empty();
        }
        var lines = new String(ending.output(), StandardCharsets.UTF_8)
                .strip()
                .lines()
                .toList();
        return Optional.of(ending.problem() + (lines.isEmpty() ? "" : ": " + ByteText.display(lines.getLast())));
    }

    private void warn(String hook, String where, String problem) {
        output.warning(where + "the hook '" + hook + "' failed: " + problem);
        hookFailed |= hook.equals("after");
    }

    /**
     * Leaves word of how the run ended, on this host.
     *
     * @param metricsFile where monitoring looks for it
     * @return whether the metrics file, if there is one, could be written; a journal that can't be is no failure
     */
    public boolean record(
            RunOutcome outcome,
            Path cacheDirectory,
            FilePath repository,
            String hostname,
            Optional<FilePath> metricsFile) {
        RunJournal.Entries entries;
        try {
            entries = RunJournal.of(cacheDirectory, repository).add(outcome);
        } catch (IOException e) {
            output.note("how this run ended can't be kept for 'status': " + e.getMessage());
            entries = RunJournal.Entries.NONE.and(outcome);
        }
        if (metricsFile.isPresent()) {
            try {
                MetricsFile.write(
                        Path.of(metricsFile.get().display()), MetricsFile.text(hostname, repository, outcome, entries));
            } catch (IOException e) {
                output.warning("the metrics file can't be written: " + e.getMessage());
                return false;
            }
        }
        return true;
    }
}
