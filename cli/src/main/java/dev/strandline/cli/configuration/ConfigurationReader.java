package dev.strandline.cli.configuration;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.OwnerNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the text of a configuration file into a {@link Configuration}, and finds all that is wrong with it. One use. */
final class ConfigurationReader implements Table.Problems {
    private static final int MAX_PORTION = 200;

    private final FilePath file;
    private final String document;
    private final List<ConfigurationProblem> problems = new ArrayList<>();
    private final List<ConfigurationProblem> doubts = new ArrayList<>();
    private @Nullable KeyLines lines;

    ConfigurationReader(FilePath file, String document) {
        this.file = file;
        this.document = document;
    }

    /** @throws ConfigurationException with everything that is wrong */
    Configuration read() {
        var root = new Table("", parse(), this);
        var configuration = configuration(root);
        root.reportUnknown();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(file, inOrder(problems));
        }
        return configuration;
    }

    private static List<ConfigurationProblem> inOrder(List<ConfigurationProblem> found) {
        return found.stream()
                .sorted(Comparator.comparingInt(ConfigurationProblem::line))
                .toList();
    }

    private JsonNode parse() {
        try {
            return TomlMapper.builder().build().readTree(document);
        } catch (JacksonException e) {
            int line = Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getLineNr());
            String reason = e.getOriginalMessage();
            throw new ConfigurationException(
                    file,
                    List.of(new ConfigurationProblem(
                            line,
                            "this is not TOML: " + reason.substring(0, Math.min(MAX_PORTION, reason.length())),
                            "See https://toml.io; texts stand in quotes, lists in square brackets.")));
        }
    }

    @Override
    public void add(String key, String reason, String hint) {
        problems.add(new ConfigurationProblem(lineOf(key), reason, hint));
    }

    @Override
    public void doubt(String key, String reason, String hint) {
        doubts.add(new ConfigurationProblem(lineOf(key), reason, hint));
    }

    /** The lines are only looked for when there is something to say about one. */
    private int lineOf(String key) {
        if (lines == null) {
            lines = new KeyLines(document);
        }
        return lines.of(key);
    }

    private Configuration configuration(Table root) {
        var access = access(root);
        var host = root.text("host");
        if (host.isPresent() && host.get().isBlank()) {
            root.problem("host", "'host' is empty", "Give it a value, or remove the line.");
        }
        var sources = new SourceReader(root).read(root.tables("source"));
        var hooks = hooks(root);
        var systemState = systemState(root.tables("system-state"));
        var schedule = schedule(root.table("schedule"));
        var metricsFile = root.absolutePath("metrics-file");
        var categories = categories(root.table("categories"));
        var retention = new RetentionReader(root.table("retention")).read();
        var upkeep = upkeep(root.table("gc"));
        var policyTable = root.table("policy");
        var policy =
                new Configuration.Policy(policyTable.flag("scheduled", true), policyTable.flag("protected", false));
        policyTable.reportUnknown();
        return new Configuration(
                access,
                host,
                sources,
                hooks,
                systemState,
                schedule,
                metricsFile,
                categories,
                retention,
                upkeep,
                policy,
                inOrder(doubts));
    }

    private static Access access(Table root) {
        var access = new Access(
                root.place("repository"),
                root.place("key-file"),
                root.place("password-file"),
                root.text("password-command"));
        if (Stream.of(access.keyFile(), access.passwordFile(), access.passwordCommand())
                        .filter(Optional::isPresent)
                        .count()
                > 1) {
            root.problem(
                    access.keyFile().isPresent() ? "key-file" : "password-file",
                    "key-file, password-file and password-command exclude each other",
                    "Keep the one that opens the repository.");
        }
        return access;
    }

    /** Of the run, or of a source. */
    static Hooks hooks(Table owner) {
        var table = owner.table("hooks");
        var hooks = new Hooks(
                table.text("before"),
                table.text("after"),
                table.text("on-failure"),
                table.duration("timeout").orElse(Hooks.DEFAULT_TIMEOUT));
        table.reportUnknown();
        return hooks;
    }

    private static List<StateCommand> systemState(List<Table> tables) {
        var commands = new ArrayList<StateCommand>();
        for (var table : tables) {
            var name = stateName(table, commands);
            var command = table.text("command");
            if (!table.has("command")) {
                table.problem("command", "a system-state has no command", "Write command = \"uptime\", or remove it.");
            }
            var timeout = table.duration("timeout").orElse(StateCommand.DEFAULT_TIMEOUT);
            long maximumBytes = table.size("max-bytes").orElse(StateCommand.DEFAULT_BYTES);
            if (maximumBytes > StateCommand.MOST_BYTES) {
                table.problem("max-bytes", "'max-bytes' is too large", "At most \"16M\" of an output are kept.");
            }
            if (name.isPresent() && command.isPresent()) {
                commands.add(new StateCommand(
                        name.get(), command.get(), timeout, (int) Math.min(maximumBytes, StateCommand.MOST_BYTES)));
            }
            table.reportUnknown();
        }
        return commands;
    }

    private static Optional<FileName> stateName(Table table, List<StateCommand> others) {
        var text = table.text("name");
        if (!table.has("name")) {
            table.problem("name", "a system-state has no name", "Write name = \"versions\" below [[system-state]].");
        }
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var name = FileName.of(text.get());
            if (name.equals(OwnerNames.STATE_NAME)) {
                table.problem(
                        "name",
                        "'" + OwnerNames.STATE + "' is what Strandline keeps the names of users and groups as",
                        "Choose another name.");
                return Optional.empty();
            }
            if (others.stream().noneMatch(other -> other.name().equals(name))) {
                return Optional.of(name);
            }
            table.problem("name", "there are two system-states '" + text.get() + "'", "Give each a name of its own.");
        } catch (IllegalArgumentException e) {
            table.problem("name", String.valueOf(e.getMessage()), "Write a name without slashes.");
        }
        return Optional.empty();
    }

    private static Schedule schedule(Table table) {
        var every = table.duration("every").orElse(Schedule.DEFAULT.every());
        if (!Schedule.canBe(every)) {
            table.problem(
                    "every",
                    "nothing can be scheduled for each '" + table.text("every").orElse("") + "'",
                    "Choose minutes that divide an hour, such as \"15m\", or hours that divide a day, such as \"6h\".");
        }
        var ifRunning = table.choice("if-running", Schedule.CHOICES).orElse(Schedule.DEFAULT.ifRunning());
        table.reportUnknown();
        return new Schedule(every, ifRunning);
    }

    private static Upkeep upkeep(Table table) {
        var upkeep = new Upkeep(
                table.flag("automatic", Upkeep.DEFAULT.automatic()),
                table.duration("max-time").orElse(Upkeep.DEFAULT.maxTime()));
        table.reportUnknown();
        return upkeep;
    }

    private static FileCategories categories(Table table) {
        var own = new ArrayList<FileCategories.Category>();
        for (var name : table.keys()) {
            var extensions = new ArrayList<String>();
            for (var text : table.texts(name)) {
                if (text.matches("[^./]+")) {
                    extensions.add(text.toLowerCase(Locale.ROOT));
                } else {
                    table.problem(name, "'" + text + "' is no extension", "Write it without dots, such as \"js\".");
                }
            }
            own.add(new FileCategories.Category(name, extensions));
        }
        return own.isEmpty() ? FileCategories.USUAL : FileCategories.with(own);
    }
}
