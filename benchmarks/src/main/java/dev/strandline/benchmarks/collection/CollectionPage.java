package dev.strandline.benchmarks.collection;

import dev.strandline.benchmarks.comparison.contender.Contender;
import dev.strandline.benchmarks.comparison.contender.Retention;
import dev.strandline.benchmarks.comparison.measure.Command;
import dev.strandline.benchmarks.comparison.measure.FolderSize;
import dev.strandline.benchmarks.comparison.report.Machine;
import dev.strandline.benchmarks.comparison.report.Row;
import dev.strandline.benchmarks.comparison.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was measured, in Markdown. */
final class CollectionPage {
    private CollectionPage() {}

    /** @param work where it was done */
    static String markdown(Size size, SharedHistory history, List<Row> rows, Path work) throws IOException {
        var versions = new ArrayList<String>();
        for (var contender : history.contenders()) {
            versions.add(contender.version());
        }
        var tree = FolderSize.of(history.tree());
        return String.format(
                Locale.ROOT,
                """
                # Freeing space, compared with restic and borg

                Made by one run of

                ```console
                $ mvn -B -ntp -Pcollection package
                ```

                on %s (`-Dcollection=--quick` makes a short history, `-Dcollection=--again` measures what was made before).

                Machine: %s.

                Programs: %s.

                %s
                %s

                ## What is collected

                - %,d snapshots, one an hour for %d days, of one tree: four services with settings that are edited, logs that grow and are
                  rotated, uploads, and about once a week a new version of the application; each night a new dump of %,d bytes, which
                  is removed after three days, and every six hours an export of %,d bytes, removed after three hours. At the end the
                  tree has %,d files of %,d bytes.
                - Kept are all snapshots of the last %d days and the last of each of the %d days before, %d in all:

                %s

                  Strandline's `gc` first applies the rules of the configuration, which has `keep-last = %d` and `keep-daily = %d`.
                  borg does not count days of which the rule before has kept the last snapshot already; so its number of days is
                  smaller, and what it keeps is the same.
                - With their default settings restic and Strandline leave 5 %% unused rather than copy more; borg leaves segments alone
                  of which less than 10 %% is unused.

                ## How it was measured

                - All three take each snapshot, with the time it stands for. Strandline's garbage collections that follow a
                  snapshot when they are due are part of the history, since that is the default: before anything is forgotten they
                  join what is small.
                - Before each round repositories, caches and keys are put back as they were when the last snapshot had been taken;
                  then the programs take turns. Before each command everything is written out (`sync`). What the repositories hold
                  is in the system's memory, so reading costs nobody the disk.
                - Wall time is of whole processes, the sum where there are two, and the median of all rounds; memory is the largest
                  process's peak of resident memory in any. Sizes are the bytes of all files in the repository after the
                  last round; Strandline's index is in the repository and is counted, caches are not.
                - All with encryption: Strandline with a key file, restic with a passphrase, borg with `repokey-blake2` and a
                  passphrase.
                - After the last round each repository had the %d snapshots, its program's `check` found nothing wrong, and the oldest
                  and the newest snapshot restored to the trees they had been taken of (compared as in [benchmarks.md](benchmarks.md)).
                """,
                LocalDate.now(ZoneOffset.UTC),
                Machine.describe(work),
                String.join("; ", versions),
                Table.markdown(rows),
                Table.verdict(rows),
                size.snapshots(),
                size.days(),
                BusyServer.DUMP_BYTES,
                BusyServer.EXPORT_BYTES,
                tree.files(),
                tree.bytes(),
                size.retention().wholeDays(),
                size.retention().daysBefore(),
                size.retention().kept(),
                commands(history.contenders(), size.retention()),
                size.retention().last(),
                size.retention().days(),
                size.retention().kept());
    }

    /** A block of what was typed, as part of a list. */
    private static String commands(List<Contender> contenders, Retention retention) throws IOException {
        var commands = new ArrayList<Command>();
        for (var contender : contenders) {
            commands.addAll(contender.collection(retention));
        }
        return commands.stream()
                .map(command -> "  $ " + withoutFolder(command))
                .collect(Collectors.joining("\n", "  ```console\n", "\n  ```"));
    }

    private static String withoutFolder(Command command) {
        var words = command.words();
        var program = Path.of(words.getFirst()).getFileName().toString();
        return Stream.concat(Stream.of(program), words.stream().skip(1)).collect(Collectors.joining(" "));
    }
}
