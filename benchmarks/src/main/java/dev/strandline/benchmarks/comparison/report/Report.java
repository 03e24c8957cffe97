package dev.strandline.benchmarks.comparison.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All that a run has brought, as a page.
 *
 * @param quick whether everything was small, so that the figures tell little
 */
public record Report(boolean quick, Circumstances circumstances, List<Chapter> chapters) {
    public Report {
        chapters = List.copyOf(chapters);
    }

    public List<Row> rows() {
        return chapters.stream().flatMap(chapter -> chapter.rows().stream()).toList();
    }

    /**
     * The page in Markdown.
     *
     * @param chart the chart's file name, beside the page
     */
    public String markdown(String chart) {
        var page = new StringBuilder("# Strandline compared with restic, borg and rsync\n\n");
        page.append("Made by\n\n```console\n$ ").append(circumstances.command()).append("\n```\n\non ");
        page.append(dates()).append(".\n\n");
        if (quick) {
            page.append(
                            "**This was a quick run:** small trees, few rounds. Its figures show that everything works; the")
                    .append(" targets are meant for a full run.\n\n");
        }
        page.append("Machine: ").append(circumstances.machine()).append(".\n\nPrograms: ");
        page.append(String.join("; ", circumstances.versions())).append(".\n\n");
        page.append("![Strandline's figures divided by those of others](")
                .append(chart)
                .append(")\n\n");
        page.append(Table.markdown(rows()))
                .append('\n')
                .append(Table.verdict(rows()))
                .append('\n');
        page.append("\n## Workloads\n\n");
        chapters.forEach(chapter -> page.append("- **(")
                .append(chapter.letter())
                .append(")** ")
                .append(chapter.description())
                .append('\n'));
        page.append("\n## How it was measured\n\n");
        remarks().forEach(remark -> page.append("- ").append(remark).append('\n'));
        return page.toString();
    }

    /** The day, or of a run that was resumed each day with its workloads. */
    String dates() {
        var letters = new TreeMap<String, String>();
        chapters.forEach(
                chapter -> letters.merge(chapter.date(), chapter.letter(), (some, next) -> some + ", " + next));
        return letters.size() == 1
                ? letters.firstKey()
                : letters.entrySet().stream()
                        .map(day -> day.getKey() + " (" + day.getValue() + ")")
                        .collect(Collectors.joining(" and on "));
    }

    private List<String> remarks() {
        var remarks = new ArrayList<>(List.of(
                "All programs take turns, A B C A B C, on the same tree; figures are medians. What the tree holds was read"
                        + " once before, so reading it costs nobody the disk; before each command everything is written"
                        + " out (`sync`).",
                "Wall time is of the whole process, memory the largest process's peak of resident memory over all commands"
                        + " of the workload. Sizes are the bytes of all files in the repository.",
                "All with their default settings and encryption: Strandline with a key file, restic with a passphrase, borg"
                        + " with `repokey-blake2` and a passphrase. Each has its own cache, which is not counted in the"
                        + " repository; Strandline's index is in the repository and is counted.",
                "Restores: Strandline reads back what it wrote, and so does restic, with `--verify`. borg can't: it"
                        + " authenticates what it extracts and does not read it again.",
                "No copy and no restored tree is deleted within a minute before another is written: ext4 would search long for"
                        + " the new files' inode numbers.",
                "Each restored tree was compared with its source: `rsync -aHAXSnc --delete --numeric-ids -ii` found no"
                        + " difference, where nothing else is said below.",
                "`rsync -a, new copy` copies everything into an empty folder, as a cron script does that keeps a folder a"
                        + " day; `rsync -a, same copy` brings one copy up to date. Neither is encrypted, and neither keeps"
                        + " history cheaply."));
        for (var chapter : chapters) {
            chapter.remarks().forEach(remark -> remarks.add("(" + chapter.letter() + "): " + remark));
        }
        return remarks;
    }
}
