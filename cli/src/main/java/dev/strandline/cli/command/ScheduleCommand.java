package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.cli.options.Syntax;
import dev.strandline.cli.output.Json;
import dev.strandline.cli.schedule.Installer;
import dev.strandline.cli.schedule.Place;
import dev.strandline.cli.schedule.Places;
import dev.strandline.cli.schedule.Plan;
import dev.strandline.cli.schedule.Plan.State;
import dev.strandline.cli.schedule.ScheduleOptions;
import dev.strandline.cli.schedule.Scheduler;
import dev.strandline.cli.schedule.Schedules;
import dev.strandline.core.repository.RefusedException;
import dev.strandline.core.repository.RepositoryException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Has snapshots taken by cron or by a timer of systemd's. */
public final class ScheduleCommand implements Command {
    private final Context context;
    private final ScheduleOptions options = new ScheduleOptions();
    private List<String> arguments = new ArrayList<>();
    private @Nullable String every;
    private boolean dryRun;
    private boolean json;

    public ScheduleCommand(Context context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return new Syntax(this, "schedule", "Have snapshots taken by cron or systemd: 'schedule show|install|remove'.")
                .exitCodes("0:done, or nothing was to do", "1:failed or refused", "2:wrong usage")
                .with(options)
                .text(
                        "--every",
                        "INTERVAL",
                        "Instead of the configured interval: minutes that divide an hour, such as 10m, or hours that divide"
                                + " a day.",
                        value -> every = value)
                .flag("-n,--dry-run", "Change nothing; say what would be changed.", value -> dryRun = value)
                .flag("--json", "Answer in JSON, for machines.", value -> json = value)
                .arguments(
                        "show|install|remove",
                        "Show what there is and should be, write it, or take it away.",
                        values -> arguments = values)
                .spec();
    }

    @Override
    public Integer call() throws RepositoryException {
        String action = arguments.size() == 1 ? arguments.getFirst() : "";
        var places = options.places(context);
        try {
            switch (action) {
                case "show" -> show(places);
                case "install" -> install(places);
                case "remove" -> remove(places);
                default -> throw new UsageException("schedule takes one of 'show', 'install' and 'remove'");
            }
        } catch (IOException e) {
            throw new RefusedException(
                    "the schedule can't be read or written: " + reason(e),
                    e instanceof AccessDeniedException ? "Run it as root." : "Check that the folder is there.");
        }
        return ExitCode.DONE;
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case FileSystemException failure ->
                failure.getFile() + ": "
                        + (failure.getReason() == null ? failure.getClass().getSimpleName() : failure.getReason());
            default -> String.valueOf(e.getMessage());
        };
    }

    private Plan plan(Places places) throws IOException, RefusedException {
        var schedules = new Schedules(context, places);
        var scheduler = options.scheduler();
        return schedules.plan(
                scheduler.isPresent() ? scheduler.get() : schedules.usual(),
                Optional.ofNullable(every).map(ScheduleOptions::interval));
    }

    private void show(Places places) throws IOException, RefusedException {
        var installed = places.installed();
        try {
            var plan = plan(places);
            tell(plan, false, List.of());
            if (!json && !options.isElsewhere() && installed.size() > 1) {
                context.stderr().println("strandline: both cron and systemd run snapshots; remove one of them");
            }
        } catch (RefusedException e) {
            if (!json) {
                for (var scheduler : installed) {
                    context.stdout().println("installed all the same: " + scheduler.text());
                }
            }
            throw e;
        }
    }

    private void install(Places places) throws IOException, RefusedException {
        var installer = new Installer(places);
        var plan = plan(places);
        if (!options.isElsewhere()) {
            for (var other : places.installed()) {
                if (other != plan.scheduler()) {
                    throw new RefusedException(
                            other.text() + " runs snapshots already",
                            "Run 'strandline schedule remove --" + other.text() + "' first.");
                }
            }
        }
        installer.check(plan);
        boolean intact = isIntact(plan);
        if (!json) {
            tell(plan, false, List.of());
        }
        if (dryRun) {
            say(intact ? "already installed, nothing to write" : "nothing was written: this is a dry run");
        }
        var written = dryRun ? List.<Place>of() : installer.write(plan);
        written.forEach(place -> say("written: " + place.display()));
        if (!dryRun && written.isEmpty()) {
            say("already installed, nothing to write");
        }
        var toType = dryRun ? List.<String>of() : installer.start(plan.scheduler());
        toType.forEach(command -> say("systemd does not run here; where it does, run: " + command));
        if (plan.scheduler() == Scheduler.SYSTEMD && !places.ofSystem()) {
            say("a user's timer runs while the user is logged in, or after: loginctl enable-linger");
        }
        if (json) {
            tell(plan, !written.isEmpty(), toType);
        }
    }

    private static boolean isIntact(Plan plan) throws IOException, RefusedException {
        for (var part : plan.parts()) {
            if (part.state() != State.INTACT) {
                return false;
            }
        }
        return true;
    }

    private void remove(Places places) throws IOException, RefusedException {
        var installer = new Installer(places);
        var schedulers = options.scheduler().map(List::of).orElse(List.of(Scheduler.values()));
        var ours = installer.removable(schedulers);
        if (!dryRun) {
            installer.remove(ours).ifPresent(failure -> context.stderr().println("strandline: " + failure));
        }
        if (json) {
            var document = Json.message("schedule").put("changed", !dryRun && !ours.isEmpty());
            var removed = document.putArray("removed");
            ours.forEach(place -> removed.add(place.display()));
            Json.print(context.stdout(), document);
        }
        ours.forEach(place -> say((dryRun ? "would be removed: " : "removed: ") + place.display()));
        if (ours.isEmpty()) {
            say("nothing is installed");
        }
    }

    private void say(String line) {
        if (!json) {
            context.stdout().println(line);
        }
    }

    /** @param toType commands that the user must run */
    private void tell(Plan plan, boolean changed, List<String> toType) throws IOException, RefusedException {
        if (!json) {
            for (var part : plan.parts()) {
                say("==> " + part.place().display() + " (" + part.state().text() + ")");
                say(part.text());
            }
            return;
        }
        var document = Json.message("schedule")
                .put("scheduler", plan.scheduler().text())
                .put("changed", changed);
        var parts = document.putArray("parts");
        for (var part : plan.parts()) {
            parts.addObject()
                    .put("place", part.place().display())
                    .put("state", part.state().name().toLowerCase(Locale.ROOT))
                    .put("text", part.text());
        }
        var commands = document.putArray("to_run");
        toType.forEach(commands::add);
        Json.print(context.stdout(), document);
    }
}
