package dev.strandline.cli.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.path.Spelling;
import dev.strandline.core.snapshot.TimeExpression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A table of the configuration. Each key is asked for in the type that it must have; what is of another type, or was never
 * asked for, is reported.
 */
final class Table {
    /** Told a key, what is wrong with it, and what to do. */
    interface Problems {
        void add(String key, String reason, String hint);

        /** The same of what can be used but is hardly meant. */
        void doubt(String key, String reason, String hint);
    }

    private static final Pattern UNEXPANDED = Pattern.compile("^~|\\$[A-Za-z_{]|[*?]");

    private final String name;
    private final JsonNode node;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();

    Table(String name, JsonNode node, Problems problems) {
        this.name = name;
        this.node = node;
        this.problems = problems;
    }

    void problem(String key, String reason, String hint) {
        problems.add(KeyLines.join(name, key), reason, hint);
    }

    void doubt(String key, String reason, String hint) {
        problems.doubt(KeyLines.join(name, key), reason, hint);
    }

    boolean has(String key) {
        return value(key).isPresent();
    }

    Optional<String> text(String key) {
        var value = value(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.get().isTextual()) {
            wrongType(key, value.get(), "a text in quotes");
            return Optional.empty();
        }
        if (value.get().textValue().isEmpty()) {
            problem(key, "'" + key + "' is empty", "Give it a value, or remove the line.");
            return Optional.empty();
        }
        return Optional.of(value.get().textValue());
    }

    /** One of several words. */
    Optional<String> choice(String key, List<String> words) {
        var text = text(key);
        if (text.isPresent() && !words.contains(text.get())) {
            problem(key, "'" + key + "' is '" + text.get() + "'", Spelling.hint(text.get(), words));
            return Optional.empty();
        }
        return text;
    }

    /** How long something takes, more than nothing. */
    Optional<Duration> duration(String key) {
        var text = text(key);
        var duration = text.flatMap(TimeExpression::duration).filter(Duration::isPositive);
        if (text.isPresent() && duration.isEmpty()) {
            problem(key, "'" + text.get() + "' is no duration", "Write one like \"30s\", \"15m\" or \"6h\".");
        }
        return duration;
    }

    /** In bytes. */
    Optional<Long> size(String key) {
        var text = text(key);
        var size = text.flatMap(ByteSize::parse);
        if (text.isPresent() && size.isEmpty()) {
            problem(key, "'" + text.get() + "' is no size", "Write one like \"500K\", \"20M\" or \"1G\".");
        }
        return size;
    }

    /** A number of things. */
    Optional<Long> count(String key) {
        var value = value(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.get().isIntegralNumber()) {
            wrongType(key, value.get(), "a whole number, without quotes");
            return Optional.empty();
        }
        if (!value.get().canConvertToLong() || value.get().longValue() < 0) {
            problem(key, "'" + key + "' is " + value.get(), "It must be 0 or more.");
            return Optional.empty();
        }
        return Optional.of(value.get().longValue());
    }

    /** A number of things, or a word that stands for one. */
    Optional<String> countOrText(String key) {
        return value(key).filter(JsonNode::isTextual).isPresent()
                ? text(key)
                : count(key).map(String::valueOf);
    }

    /** A path, or what else names a place. */
    Optional<String> place(String key) {
        var text = text(key);
        text.filter(Table::looksUnexpanded)
                .ifPresent(place -> doubt(
                        key, "'" + place + "' holds what only a shell replaces", "Write the path itself, from / on."));
        return text;
    }

    /** A home, a variable or a wildcard: all may stand in names, and hardly ever do. */
    private static boolean looksUnexpanded(String path) {
        return UNEXPANDED.matcher(path).find();
    }

    /** None that holds {@code ..}: where that leads depends on links. */
    Optional<FilePath> absolutePath(String key) {
        var text = place(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var path = FilePath.of(text.get());
            if (path.hasParents()) {
                problem(key, "'" + text.get() + "' holds '..'", "Write the path without it.");
                return Optional.empty();
            }
            if (path.isAbsolute()) {
                return Optional.of(path);
            }
            problem(key, "'" + text.get() + "' is no absolute path", "Write it from / on.");
        } catch (IllegalArgumentException e) {
            problem(key, String.valueOf(e.getMessage()), "Write an absolute path.");
        }
        return Optional.empty();
    }

    /** Whether a text ends with a slash; nothing is told of what is no text. */
    boolean endsWithSlash(String key) {
        return node.path(key).asText().endsWith("/");
    }

    /** All that are there, where any may be. */
    List<String> keys() {
        var keys = new ArrayList<String>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    boolean flag(String key, boolean otherwise) {
        var value = value(key);
        if (value.isPresent() && !value.get().isBoolean()) {
            wrongType(key, value.get(), "true or false, without quotes");
            return otherwise;
        }
        return value.map(JsonNode::booleanValue).orElse(otherwise);
    }

    List<String> texts(String key) {
        var value = value(key);
        if (value.isEmpty()) {
            return List.of();
        }
        var texts = new ArrayList<String>();
        boolean allTexts = value.get().isArray();
        for (var element : value.get()) {
            allTexts &= element.isTextual();
            texts.add(element.asText());
        }
        if (!allTexts) {
            wrongType(key, value.get(), "a list of texts, such as [\"one\", \"two\"]");
            return List.of();
        }
        return texts;
    }

    /** The table at {@code key}; an empty one where there is none. */
    Table table(String key) {
        var value = value(key);
        if (value.isPresent() && !value.get().isObject()) {
            wrongType(key, value.get(), "a table: write [" + key + "] on a line of its own");
        }
        return new Table(
                KeyLines.join(name, key),
                value.filter(JsonNode::isObject).orElse(JsonNodeFactory.instance.objectNode()),
                problems);
    }

    /** The tables that each begin with {@code [[key]]}. */
    List<Table> tables(String key) {
        var tables = new ArrayList<Table>();
        var value = value(key);
        if (value.isPresent() && !value.get().isArray()) {
            wrongType(key, value.get(), "a list of tables: write [[" + key + "]] before each");
            return tables;
        }
        int index = 0;
        for (var element : value.orElse(JsonNodeFactory.instance.arrayNode())) {
            String elementName = KeyLines.join(name, key) + "[" + index++ + "]";
            if (element.isObject()) {
                tables.add(new Table(elementName, element, problems));
            } else {
                problems.add(elementName, "'" + key + "' holds something that is no table", "Write [[" + key + "]].");
            }
        }
        return tables;
    }

    /** Reports the keys that nobody asked for. */
    void reportUnknown() {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                problem(
                        key,
                        "there is no setting '" + key + "'" + (name.isEmpty() ? "" : " in '" + name + "'"),
                        Spelling.nearest(key, known)
                                .map(nearest -> "Did you mean '" + nearest + "'?")
                                .orElse("Known here: " + String.join(", ", known) + "."));
            }
        });
    }

    private Optional<JsonNode> value(String key) {
        known.add(key);
        return Optional.ofNullable(node.get(key));
    }

    private void wrongType(String key, JsonNode value, String wanted) {
        problem(key, "'" + key + "' is " + kind(value), "It must be " + wanted + ".");
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case ARRAY -> "a list";
            case OBJECT -> "a table";
            case BINARY, MISSING, NULL, POJO -> "a date or time";
        };
    }
}
