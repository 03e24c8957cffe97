package dev.strandline.cli.options;

import dev.strandline.cli.configuration.ByteSize;
import dev.strandline.cli.environment.UsageException;
import dev.strandline.core.retention.Grouping;
import dev.strandline.core.retention.RetentionPolicy;
import dev.strandline.core.retention.RetentionRule;
import dev.strandline.core.retention.RuleText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which snapshots to keep. */
public final class RetentionOptions implements Syntax.Shared {
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private @Nullable String size;
    private @Nullable String groupBy;

    @Override
    public void declare(Syntax syntax) {
        for (var name : RuleText.counts()) {
            String what = name.equals(RuleText.LAST)
                    ? "Keep the newest N."
                    : "Keep the newest of each of the newest N " + unit(name, "keep-") + " that have one.";
            syntax.text("--" + name, "N", what, value -> values.put(name, List.of(value)));
        }
        for (var name : RuleText.ages()) {
            String what = name.equals(RuleText.WITHIN)
                    ? "Keep all that are no older than this before the newest, such as 14d or 1y."
                    : "Keep the newest of each " + singular(unit(name, RuleText.WITHIN + "-"))
                            + ", of those that are no older than this.";
            syntax.text("--" + name, "AGE", what, value -> values.put(name, List.of(value)));
        }
        syntax.texts(
                        "--" + RuleText.TAG,
                        "TAG[,TAG]",
                        "Keep those that have all these tags.",
                        all -> values.put(RuleText.TAG, all))
                .texts(
                        "--" + RuleText.VERSIONS,
                        "PATH=AGE",
                        "Keep the first with each version of a path and what is below it, such as /etc=1y.",
                        all -> values.put(RuleText.VERSIONS, all))
                .text(
                        "--keep-size",
                        "SIZE",
                        "Of what is kept then, drop the oldest until it takes no more than this, such as 50G.",
                        value -> size = value)
                .text(
                        "--group-by",
                        "WHAT",
                        "Apply the rules to each group of: host, paths, tags, or none; host,paths if not given.",
                        value -> groupBy = value);
    }

    private static String unit(String name, String prefix) {
        return switch (name.substring(prefix.length())) {
            case "daily" -> "days";
            case String other -> other.substring(0, other.length() - 2) + "s";
        };
    }

    private static String singular(String unit) {
        return unit.substring(0, unit.length() - 1);
    }

    /** The policy that the options tell; empty when they tell no rule. */
    public Optional<RetentionPolicy> policy() {
        if (values.isEmpty() && size == null) {
            if (groupBy != null) {
                throw new UsageException("--group-by needs a rule such as --keep-daily 7");
            }
            return Optional.empty();
        }
        var rules = new ArrayList<RetentionRule>();
        values.forEach((name, texts) -> texts.forEach(text -> rules.add(rule(name, text))));
        try {
            return Optional.of(new RetentionPolicy(rules, grouping(), budget()));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }

    private static RetentionRule rule(String name, String text) {
        try {
            return RuleText.parse(name, text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + name + ": " + e.getMessage());
        }
    }

    private Set<Grouping> grouping() {
        if (groupBy == null) {
            return RetentionPolicy.DEFAULT_GROUPING;
        }
        if (groupBy.equals("none")) {
            return Set.of();
        }
        return Arrays.stream(groupBy.split(",", -1))
                .map(RetentionOptions::grouping)
                .collect(Collectors.toSet());
    }

    private static Grouping grouping(String word) {
        return Grouping.of(word)
                .orElseThrow(() -> new UsageException(
                        "--group-by: '" + word + "' is none of host, paths and tags, separated by commas, or none"));
    }

    private OptionalLong budget() {
        return size == null
                ? OptionalLong.empty()
                : OptionalLong.of(ByteSize.parse(size)
                        .filter(bytes -> bytes > 0)
                        .orElseThrow(() ->
                                new UsageException("--keep-size: '" + size + "' is no size: write one like 50G")));
    }
}
