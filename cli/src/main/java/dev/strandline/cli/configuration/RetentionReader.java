package dev.strandline.cli.configuration;

import dev.strandline.core.path.Spelling;
import dev.strandline.core.retention.Grouping;
import dev.strandline.core.retention.RetentionPolicy;
import dev.strandline.core.retention.RetentionRule;
import dev.strandline.core.retention.RuleText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the table that says what to keep. */
final class RetentionReader {
    private static final List<String> GROUPINGS =
            Arrays.stream(Grouping.values()).map(Grouping::text).toList();

    private final Table table;
    private final List<RetentionRule> rules = new ArrayList<>();

    RetentionReader(Table table) {
        this.table = table;
    }

    Retention read() {
        if (table.keys().isEmpty()) {
            return Retention.NONE;
        }
        for (var name : RuleText.counts()) {
            table.countOrText(name).ifPresent(value -> add(table, name, name, value));
        }
        for (var name : RuleText.ages()) {
            table.text(name).ifPresent(value -> add(table, name, name, value));
        }
        table.texts(RuleText.TAG).forEach(value -> add(table, RuleText.TAG, RuleText.TAG, value));
        var versions = table.table(RuleText.VERSIONS);
        for (var path : versions.keys()) {
            versions.text(path).ifPresent(age -> add(versions, path, RuleText.VERSIONS, path + "=" + age));
        }
        var size = table.size("keep-size");
        if (size.isPresent() && size.get() == 0) {
            table.problem("keep-size", "a size of 0 keeps nothing", "Write one like \"50G\", or remove the line.");
        }
        boolean allHosts = table.flag("all-hosts", false);
        var grouping = grouping();
        table.reportUnknown();
        try {
            var budget = size.filter(bytes -> bytes > 0).map(OptionalLong::of).orElse(OptionalLong.empty());
            return new Retention(new RetentionPolicy(rules, grouping, budget), allHosts);
        } catch (IllegalArgumentException e) {
            table.problem(RuleText.TAG, String.valueOf(e.getMessage()), "Keep one of them.");
            return Retention.NONE;
        }
    }

    private void add(Table owner, String key, String name, String value) {
        try {
            rules.add(RuleText.parse(name, value));
        } catch (IllegalArgumentException e) {
            owner.problem(key, "'" + key + "': " + e.getMessage(), "'strandline forget --help' has all rules.");
        }
    }

    private Set<Grouping> grouping() {
        if (!table.has("group-by")) {
            return RetentionPolicy.DEFAULT_GROUPING;
        }
        var grouping = new HashSet<Grouping>();
        for (var word : table.texts("group-by")) {
            Grouping.of(word)
                    .ifPresentOrElse(
                            grouping::add,
                            () -> table.problem(
                                    "group-by",
                                    "'" + word + "' is nothing to group by",
                                    Spelling.hint(word, GROUPINGS)));
        }
        return grouping;
    }
}
