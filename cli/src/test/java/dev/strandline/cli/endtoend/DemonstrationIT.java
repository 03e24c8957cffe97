package dev.strandline.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.testkit.Program;
import dev.strandline.cli.testkit.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Runs the commands of {@code docs/looking-back.md}, and holds what they print against the page. */
final class DemonstrationIT {
    private static final Path PAGE = Path.of("..", "docs", "looking-back.md");

    @AutoClose
    private final Workplace place = Workplace.create();

    /** A command of the page, and what the page says that it prints. */
    private record Step(String command, List<String> output) {}

    private static List<Step> steps() throws IOException {
        var steps = new ArrayList<Step>();
        boolean isConsole = false;
        for (var line : Files.readAllLines(PAGE)) {
            if (line.startsWith("```")) {
                isConsole = line.equals("```console");
            } else if (isConsole && line.startsWith("$ ")) {
                steps.add(new Step(line.substring(2), new ArrayList<>()));
            } else if (isConsole) {
                steps.getLast().output.add(line);
            }
        }
        return steps;
    }

    @Test
    void page_everyCommand_printsWhatItSays() throws IOException {
        var steps = steps();
        assertThat(steps).hasSizeGreaterThan(20);
        for (var step : steps) {
            var run = shell().run(here(step.command)).exits(0);
            assertThat(run.stderr()).as("stderr of %s", step.command).isEmpty();
            assertThat(run.stdout().lines().map(this::comparable))
                    .as(step.command)
                    .isEqualTo(step.output.stream().map(this::comparable).toList());
        }
    }

    private Program shell() {
        return Program.of("/bin/sh", "-c")
                .in(place.path(""))
                .with("PATH", Program.distribution().resolve("bin") + ":/usr/bin:/bin")
                .with("HOME", place.path("home").toString())
                .with("TZ", "UTC")
                .with("LC_ALL", "C.UTF-8")
                .with("STRANDLINE_REPOSITORY", place.repository().toString())
                .with("STRANDLINE_KEY_FILE", place.path("key").toString());
    }

    /** The page's folders are in the workplace. */
    private String here(String command) {
        return command.replace("/srv/shop", place.path("shop").toString())
                .replace("/tmp/as-it-was", place.path("as-it-was").toString());
    }

    /** Without what is different each time. */
    private String comparable(String line) {
        return line.replace(place.path("shop").toString(), "/srv/shop")
                .replaceAll("\\b[0-9a-f]{8}\\b", "ID")
                .replaceAll("\\b[0-9,]+ (min|h|d) ago", "AGE")
                .replaceAll("in [0-9]+\\.[0-9]+ s", "in TIME");
    }
}
