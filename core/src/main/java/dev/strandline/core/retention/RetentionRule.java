package dev.strandline.core.retention;

import dev.strandline.core.path.FilePath;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** What to keep of each group of snapshots. A snapshot is kept when any rule keeps it. */
public sealed interface RetentionRule {
    /** A count without an end. */
    int UNLIMITED = Integer.MAX_VALUE;

    /** The newest ones. */
    record Last(int count) implements RetentionRule {
        public Last {
            requireCount(count);
        }
    }

    /** The newest one of each of the newest periods that have one. */
    record Newest(Period period, int count) implements RetentionRule {
        public Newest {
            requireCount(count);
        }
    }

    /** All that are no older than this, by the age of the newest one. */
    record Within(Duration age) implements RetentionRule {
        public Within {
            requireAge(age);
        }
    }

    /** The newest one of each period, of those that are no older than this. */
    record NewestWithin(Period period, Duration age) implements RetentionRule {
        public NewestWithin {
            requireAge(age);
        }
    }

    /** Those that have all of these tags. */
    record Tagged(Set<String> tags) implements RetentionRule {
        public Tagged {
            tags = Set.copyOf(tags);
            if (tags.isEmpty()) {
                throw new IllegalArgumentException("no tag is given");
            }
        }
    }

    /** The first one with each version of a path and what is below it, of those that are no older than this. */
    record Versions(FilePath path, Duration age) implements RetentionRule {
        public Versions {
            requireAge(age);
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException("'" + path.display() + "' is no absolute path");
            }
        }
    }

    /** What says so on the command line, without the value. */
    default String name() {
        return switch (this) {
            case Last _ -> "keep-last";
            case Newest(var period, int _) -> "keep-" + period.text();
            case Within _ -> "keep-within";
            case NewestWithin(var period, var _) -> "keep-within-" + period.text();
            case Tagged(var tags) -> "keep-tag " + tags.stream().sorted().collect(Collectors.joining(","));
            case Versions(var path, var _) -> "keep-versions " + path.display();
        };
    }

    private static void requireCount(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a count of " + count + " keeps nothing: leave the rule out instead");
        }
    }

    private static void requireAge(Duration age) {
        if (!age.isPositive()) {
            throw new IllegalArgumentException("an age of " + age + " keeps nothing: leave the rule out instead");
        }
    }
}
