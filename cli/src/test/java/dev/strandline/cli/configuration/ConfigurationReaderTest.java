package dev.strandline.cli.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.strandline.core.capture.CaptureSource;
import dev.strandline.core.capture.SourceLink;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.retention.Grouping;
import dev.strandline.core.retention.Period;
import dev.strandline.core.retention.RetentionPolicy;
import dev.strandline.core.retention.RetentionRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfigurationReaderTest {
    private static final FilePath FILE = FilePath.of("/etc/strandline/strandline.toml");

    private static Configuration read(String document) {
        return new ConfigurationReader(FILE, document).read();
    }

    @Test
    void read_whatIsHardlyMeant_isDoubtedButTaken() {
        var configuration = read("""
                repository = "~/backup"
                excludes = ["", "*.log"]

                [[source]]
                path = "/home/*"
                excludes = ["./data", "#x#"]

                [[source]]
                path = "/srv/$HOME"
                """);
        assertThat(configuration.doubts())
                .extracting(ConfigurationProblem::line)
                .containsExactly(1, 2, 5, 6, 9);
        assertThat(configuration.sources()).hasSize(2);
        assertThat(configuration.sources().getFirst().capture().excludes().texts())
                .containsExactly("*.log", "./data", "#x#");
        assertThat(read("exclude-sets = [\"editor\"]\n[[source]]\npath = \"/a\"")
                        .sources()
                        .getFirst()
                        .capture()
                        .excludes()
                        .exclusion("#draft#".getBytes(java.nio.charset.StandardCharsets.UTF_8), false))
                .contains("#*#");
    }

    @Test
    void read_pathWithParentsOrEmptyNames_isRefused() {
        var wrong = catchThrowableOfType(ConfigurationException.class, () -> read("""
                host = " "

                [[source]]
                path = "/srv/../etc"

                [retention]
                keep-tag = ["a,,b"]
                """));
        assertThat(wrong.problems()).extracting(ConfigurationProblem::line).containsExactly(1, 4, 7);
        assertThat(wrong.problems().get(1).reason()).contains("holds '..'");
    }

    @Test
    void read_everySetting_isTaken() {
        var configuration = read("""
                # a host with all there is
                repository = "/srv/backup"
                key-file = '/etc/strandline/key'
                host = "pbx1"
                excludes = ["*.wav"]
                exclude-sets = ["node"]
                metrics-file = "/run/strandline.prom"

                [[source]]
                path = "/opt/app"
                excludes = ["data/"]
                exclude-caches = true
                exclude-if-present = [".nobackup"]
                exclude-larger-than = "100M"
                one-file-system = true
                require-mount = "/opt"
                max-deleted = "20%"
                min-files = 100

                [source.hooks]
                before = "dump"
                timeout = "90s"

                [[source]]
                path = "/etc/asterisk"
                optional = true
                exclude-sets = ["vcs"]

                [hooks]
                before = "a"
                after = "b"
                on-failure = "c"

                [[system-state]]
                name = "versions"
                command = "uname -a"
                timeout = "3s"
                max-bytes = "1K"

                [[system-state]]
                name = "peers"
                command = "asterisk -rx 'sip show peers'"

                [schedule]
                every = "1h"
                if-running = "wait"

                [categories]
                dialplan = ["conf", "AEL"]

                [retention]
                keep-last = 3
                keep-daily = "unlimited"
                keep-within-hourly = "2d"
                keep-tag = ["a,b", "c"]
                keep-size = "2K"
                group-by = ["host"]
                all-hosts = true

                [retention.keep-versions]
                "/etc/**" = "1y"

                [gc]
                automatic = false
                max-time = "10m"

                [policy]
                scheduled = false
                protected = true
                """);
        assertThat(configuration.access().repository()).contains("/srv/backup");
        assertThat(configuration.access().keyFile()).contains("/etc/strandline/key");
        assertThat(configuration.host()).contains("pbx1");
        assertThat(configuration.policy()).isEqualTo(new Configuration.Policy(false, true));
        assertUnattended(configuration);
        var app = configuration.captureSources().getFirst();
        assertThat(app.path()).isEqualTo(FilePath.of("/opt/app"));
        assertThat(app.optional()).isFalse();
        assertThat(app.excludes().texts()).containsExactly("node_modules/", "*.wav", "data/");
        assertThat(app.excludeCaches()).isTrue();
        assertThat(app.excludeIfPresent()).containsExactly(FileName.of(".nobackup"));
        assertThat(app.excludeLargerThanBytes()).isEqualTo(100L << 20);
        assertThat(app.oneFileSystem()).isTrue();
        var pbx = configuration.captureSources().getLast();
        assertThat(pbx.optional()).isTrue();
        assertThat(pbx.excludes().texts()).containsExactly("node_modules/", "*.wav", ".git/", ".hg/", ".svn/");
        assertThat(pbx.excludeLargerThanBytes()).isEqualTo(Long.MAX_VALUE);
    }

    /** What {@link #read_everySetting_isTaken} has beside what to capture. */
    private static void assertUnattended(Configuration configuration) {
        assertThat(configuration.metricsFile()).contains(FilePath.of("/run/strandline.prom"));
        var app = configuration.sources().getFirst();
        assertThat(app.guards()).isEqualTo(new Guards(Optional.of(FilePath.of("/opt")), 20, 100));
        assertThat(app.hooks())
                .isEqualTo(new Hooks(Optional.of("dump"), Optional.empty(), Optional.empty(), Duration.ofSeconds(90)));
        assertThat(configuration.sources().getLast().guards()).isEqualTo(Guards.NONE);
        assertThat(configuration.sources().getLast().hooks()).isEqualTo(Hooks.NONE);
        assertThat(configuration.hooks())
                .isEqualTo(new Hooks(Optional.of("a"), Optional.of("b"), Optional.of("c"), Hooks.DEFAULT_TIMEOUT));
        assertThat(configuration.systemState())
                .containsExactly(
                        new StateCommand(FileName.of("versions"), "uname -a", Duration.ofSeconds(3), 1024),
                        new StateCommand(
                                FileName.of("peers"),
                                "asterisk -rx 'sip show peers'",
                                StateCommand.DEFAULT_TIMEOUT,
                                (int) StateCommand.DEFAULT_BYTES));
        assertThat(configuration.retention())
                .isEqualTo(new Retention(
                        new RetentionPolicy(
                                List.of(
                                        new RetentionRule.Last(3),
                                        new RetentionRule.Newest(Period.DAILY, RetentionRule.UNLIMITED),
                                        new RetentionRule.NewestWithin(Period.HOURLY, Duration.ofDays(2)),
                                        new RetentionRule.Tagged(Set.of("a", "b")),
                                        new RetentionRule.Tagged(Set.of("c")),
                                        new RetentionRule.Versions(FilePath.of("/etc"), Duration.ofDays(366))),
                                Set.of(Grouping.HOST),
                                OptionalLong.of(2048)),
                        true));
        assertThat(configuration.upkeep()).isEqualTo(new Upkeep(false, Duration.ofMinutes(10)));
        assertThat(configuration.schedule()).isEqualTo(new Schedule(Duration.ofHours(1), "wait"));
        assertThat(configuration.categories().of("extensions.ael")).isEqualTo("dialplan");
        assertThat(configuration.categories().of("a.CONF")).isEqualTo("dialplan");
        assertThat(configuration.categories().of("app.js")).isEqualTo("JavaScript");
        assertThat(configuration.categories().of("Makefile")).isEqualTo("other");
    }

    @Test
    void read_emptyFile_hasDefaults() {
        assertThat(read("")).isEqualTo(Configuration.NONE);
    }

    @Test
    void read_sourceWithItsPathOnly_takesAll() {
        var source = read("[[source]]\npath = \"/etc\"\n").captureSources().getFirst();
        assertThat(source.excludes().isEmpty()).isTrue();
        assertThat(source)
                .isEqualTo(new CaptureSource(
                                FilePath.of("/etc"), false, source.excludes(), false, false, List.of(), Long.MAX_VALUE)
                        .with(SourceLink.TELL));
    }

    @Test
    void read_sourceWithASlashAtItsEnd_isFollowed() {
        var source =
                read("[[source]]\npath = \"/srv/current/\"\n").captureSources().getFirst();
        assertThat(source.path()).isEqualTo(FilePath.of("/srv/current"));
        assertThat(source.link()).isEqualTo(SourceLink.FOLLOW);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("repository = 3", 1, "'repository' is a number", "a text in quotes"),
                mistake("repository = \"\"", 1, "'repository' is empty", "Give it a value"),
                mistake("\nrepositry = \"/srv\"", 2, "no setting 'repositry'", "Did you mean 'repository'?"),
                mistake("colour = 1", 1, "no setting 'colour'", "Known here: repository"),
                mistake("key-file = true", 1, "'key-file' is true or false", "a text in quotes"),
                mistake("password-file = [\"a\"]", 1, "'password-file' is a list", "a text"),
                mistake("password-command = 1.5", 1, "'password-command' is a number", "a text"),
                mistake("host = 5", 1, "'host' is a number", "a text"),
                mistake(
                        "password-file = \"/a\"\nkey-file = \"/b\"",
                        2,
                        "exclude each other",
                        "Keep the one that opens the repository"),
                mistake("excludes = \"*.log\"", 1, "'excludes' is a text", "a list of texts"),
                mistake("excludes = [\"a\", 1]", 1, "'excludes' is a list", "a list of texts"),
                mistake("exclude-sets = \"node\"", 1, "'exclude-sets' is a text", "a list of texts"),
                mistake("exclude-sets = [\"nodes\"]", 1, "no exclude set 'nodes'", "Did you mean 'node'?"),
                mistake("exclude-sets = [\"everything\"]", 1, "no exclude set 'everything'", "There are node, vcs"),
                mistake("source = \"/etc\"", 1, "'source' is a text", "[[source]]"),
                mistake("source = [\"/etc\"]", 1, "holds something that is no table", "[[source]]"),
                mistake("[source]\npath = \"/etc\"", 1, "'source' is a table", "[[source]]"),
                mistake("\n[[source]]\noptional = true", 2, "a source has no path", "path = "),
                mistake("[[source]]\npath = 1", 2, "'path' is a number", "a text"),
                mistake("[[source]]\npath = \"etc\"", 2, "'etc' is no absolute path", "from / on"),
                mistake(
                        "[[source]]\npath = \"/a\"\n[[source]]\npath = \"/a/b\"",
                        4,
                        "the source '/a/b' lies in the source '/a'",
                        "Keep one of them"),
                mistake("[[source]]\npath = \"/a\"\n[[source]]\npath = \"/a\"", 4, "two sources '/a'", "Keep one"),
                mistake("[[source]]\npath = \"/a\"\noptional = \"yes\"", 3, "'optional' is a text", "true or false"),
                mistake("[[source]]\npath = \"/a\"\nexcludes = 1", 3, "'excludes' is a number", "a list of texts"),
                mistake(
                        "[[source]]\npath = \"/a\"\nexclude-sets = [\"log\"]",
                        3,
                        "no exclude set 'log'",
                        "Did you mean 'logs'?"),
                mistake("[[source]]\npath = \"/a\"\none-file-system = 1", 3, "'one-file-system' is a number", "true"),
                mistake("[[source]]\npath = \"/a\"\nexclude-caches = \"\"", 3, "'exclude-caches' is a text", "true"),
                mistake(
                        "[[source]]\npath = \"/a\"\nexclude-if-present = [\"a/b\"]",
                        3,
                        "a/b",
                        "Write names without slashes"),
                mistake(
                        "[[source]]\npath = \"/a\"\nexclude-if-present = true",
                        3,
                        "'exclude-if-present' is true or false",
                        "a list of texts"),
                mistake("[[source]]\npath = \"/a\"\nexclude-larger-than = \"10X\"", 3, "'10X' is no size", "\"500K\""),
                mistake("[[source]]\npath = \"/a\"\nexclude-larger-than = \"-1\"", 3, "'-1' is no size", "\"500K\""),
                mistake("[[source]]\npath = \"/a\"\nexclude-larger-than = 5", 3, "is a number", "a text"),
                mistake("[[source]]\npath = \"/a\"\nexclude = []", 3, "no setting 'exclude'", "'excludes'?"),
                mistake("[[source]]\npath = \"/a\"\nrequire-mount = true", 3, "is true or false", "a text"),
                mistake("[[source]]\npath = \"/a\"\nrequire-mount = \"mnt\"", 3, "no absolute path", "from / on"),
                mistake("[[source]]\npath = \"/a\"\nmax-deleted = 20", 3, "'max-deleted' is a number", "a text"),
                mistake("[[source]]\npath = \"/a\"\nmax-deleted = \"20\"", 3, "'20' is no share", "\"100%\""),
                mistake("[[source]]\npath = \"/a\"\nmax-deleted = \"101%\"", 3, "'101%' is no share", "\"100%\""),
                mistake("[[source]]\npath = \"/a\"\nmin-files = \"9\"", 3, "'min-files' is a text", "whole number"),
                mistake("[[source]]\npath = \"/a\"\nmin-files = 1.5", 3, "'min-files' is a number", "whole number"),
                mistake("[[source]]\npath = \"/a\"\nmin-files = -1", 3, "'min-files' is -1", "0 or more"),
                mistake("[[source]]\npath = \"/a\"\nmin-file = 1", 3, "no setting 'min-file'", "'min-files'?"),
                mistake("[[source]]\npath = \"/a\"\nhooks = \"x\"", 3, "'hooks' is a text", "a table"),
                mistake("[[source]]\npath = \"/a\"\n[source.hooks]\nbefor = \"x\"", 4, "'befor'", "'before'?"),
                mistake("[[source]]\npath = \"/a\"\nhooks.after = 1", 3, "'after' is a number", "a text"),
                mistake("hooks = true", 1, "'hooks' is true or false", "[hooks]"),
                mistake("[hooks]\nbefore = 1", 2, "'before' is a number", "a text"),
                mistake("[hooks]\nafter = []", 2, "'after' is a list", "a text"),
                mistake("[hooks]\non-failure = false", 2, "'on-failure' is true or false", "a text"),
                mistake("[hooks]\ntimeout = 30", 2, "'timeout' is a number", "a text"),
                mistake("[hooks]\ntimeout = \"soon\"", 2, "'soon' is no duration", "\"30s\""),
                mistake("[hooks]\ntimeout = \"0s\"", 2, "'0s' is no duration", "\"30s\""),
                mistake("[hooks]\non-failed = \"x\"", 2, "no setting 'on-failed' in 'hooks'", "'on-failure'?"),
                mistake("retention = 1", 1, "'retention' is a number", "[retention]"),
                mistake("[retention]\nkeep-last = 0", 2, "'keep-last': a count of 0 keeps nothing", "has all rules"),
                mistake("[retention]\nkeep-last = -1", 2, "'keep-last' is -1", "0 or more"),
                mistake("[retention]\nkeep-daily = \"many\"", 2, "'many' is no count", "has all rules"),
                mistake("[retention]\nkeep-daly = 7", 2, "no setting 'keep-daly' in 'retention'", "'keep-daily'?"),
                mistake("[retention]\nkeep-within = \"6m\"", 2, "'6m' may mean minutes or months", "has all rules"),
                mistake("[retention]\nkeep-within = 6", 2, "'keep-within' is a number", "a text"),
                mistake("[retention]\nkeep-tag = \"a\"", 2, "'keep-tag' is a text", "a list of texts"),
                mistake("[retention]\nkeep-tag = [\"a\", \"a\"]", 2, "keep-tag a is given twice", "Keep one"),
                mistake("[retention]\nkeep-size = \"0\"", 2, "a size of 0 keeps nothing", "50G"),
                mistake("[retention]\nkeep-size = \"big\"", 2, "'big' is no size", "\"1G\""),
                mistake("[retention]\ngroup-by = [\"day\"]", 2, "'day' is nothing to group by", "host, paths, tags"),
                mistake("[retention]\nkeep-last = 1\nall-hosts = 1", 3, "'all-hosts' is a number", "true or false"),
                mistake("[retention.keep-versions]\n\"etc\" = \"1y\"", 2, "'etc' is no absolute path", "has all rules"),
                mistake("[retention.keep-versions]\n\"/etc\" = 1", 2, "'/etc' is a number", "a text"),
                mistake("[gc]\nautomatic = \"no\"", 2, "'automatic' is a text", "true or false"),
                mistake("[gc]\nmax-time = \"0s\"", 2, "'0s' is no duration", "\"30s\""),
                mistake("[gc]\nmax-tim = \"1s\"", 2, "no setting 'max-tim' in 'gc'", "'max-time'?"),
                mistake("system-state = 1", 1, "'system-state' is a number", "[[system-state]]"),
                mistake(
                        "[[system-state]]\nname = \"owners\"\ncommand = \"x\"",
                        2,
                        "'owners' is what Strandline keeps",
                        "another name"),
                mistake("[[system-state]]\ncommand = \"w\"", 1, "a system-state has no name", "name = "),
                mistake("[[system-state]]\nname = \"w\"", 1, "a system-state has no command", "command = "),
                mistake("[[system-state]]\nname = 1\ncommand = \"w\"", 2, "'name' is a number", "a text"),
                mistake("[[system-state]]\nname = \"a/b\"\ncommand = \"w\"", 2, "a/b", "without slashes"),
                mistake("[[system-state]]\nname = \"w\"\ncommand = 1", 3, "'command' is a number", "a text"),
                mistake("[[system-state]]\nname = \"w\"\ncommand = \"w\"\ntimeout = 1", 4, "a number", "a text"),
                mistake("[[system-state]]\nname = \"w\"\ncommand = \"w\"\nmax-bytes = \"x\"", 4, "no size", "\"1G\""),
                mistake("[[system-state]]\nname = \"w\"\ncommand = \"w\"\nmax-bytes = \"1G\"", 4, "too large", "16M"),
                mistake("[[system-state]]\nname = \"w\"\ncommand = \"w\"\ncomand = \"x\"", 4, "'comand'", "'command'?"),
                mistake(
                        "[[system-state]]\nname = \"w\"\ncommand = \"w\"\n[[system-state]]\nname = \"w\"\ncommand = \"x\"",
                        5,
                        "two system-states 'w'",
                        "a name of its own"),
                mistake("schedule = \"15m\"", 1, "'schedule' is a text", "[schedule]"),
                mistake("[schedule]\nevery = 15", 2, "'every' is a number", "a text"),
                mistake("[schedule]\nevery = \"often\"", 2, "'often' is no duration", "\"15m\""),
                mistake("[schedule]\nevery = \"7m\"", 2, "nothing can be scheduled for each '7m'", "divide an hour"),
                mistake("[schedule]\nevery = \"90s\"", 2, "nothing can be scheduled", "divide an hour"),
                mistake("[schedule]\nif-running = 1", 2, "'if-running' is a number", "a text"),
                mistake("[schedule]\nif-running = \"skipp\"", 2, "'if-running' is 'skipp'", "'skip'?"),
                mistake("[schedule]\never = \"15m\"", 2, "no setting 'ever' in 'schedule'", "'every'?"),
                mistake("metrics-file = 1", 1, "'metrics-file' is a number", "a text"),
                mistake("metrics-file = \"a.prom\"", 1, "no absolute path", "from / on"),
                mistake("categories = 1", 1, "'categories' is a number", "a table"),
                mistake("[categories]\njs = \"js\"", 2, "'js' is a text", "a list of texts"),
                mistake("[categories]\njs = [\".js\"]", 2, "'.js' is no extension", "without dots"),
                mistake("policy = 1", 1, "'policy' is a number", "a table"),
                mistake("[policy]\nscheduled = \"no\"", 2, "'scheduled' is a text", "true or false"),
                mistake("[policy]\nprotected = 0", 2, "'protected' is a number", "true or false"),
                mistake("[policy]\nschedule = false", 2, "no setting 'schedule' in 'policy'", "'scheduled'?"),
                mistake("host = \"a\"\nhost = \"b\"", 2, "this is not TOML", "toml.io"),
                mistake("\n\nhost = pbx", 3, "this is not TOML", "texts stand in quotes"));
    }

    private static Arguments mistake(String document, int line, String reason, String hint) {
        return Arguments.of(document, line, reason, hint);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void read_mistake_isToldWithItsLineAndWhatToDo(String document, int line, String reason, String hint) {
        var thrown = catchThrowableOfType(ConfigurationException.class, () -> read(document));
        assertThat(thrown.file()).isEqualTo(FILE);
        assertThat(thrown.problems()).hasSize(1);
        var problem = thrown.problems().getFirst();
        assertThat(problem.line()).as(problem.reason()).isEqualTo(line);
        assertThat(problem.reason()).contains(reason);
        assertThat(problem.hint()).contains(hint);
        assertThat(thrown).hasMessage("/etc/strandline/strandline.toml:" + line + ": " + problem.reason());
    }

    @Test
    void read_severalMistakes_tellsAllInOrder() {
        var thrown = catchThrowableOfType(ConfigurationException.class, () -> read("""
                hots = "a"
                [[source]]
                path = "b"
                [policy]
                scheduled = 1
                """));
        assertThat(thrown.problems()).extracting(ConfigurationProblem::line).containsExactly(1, 3, 5);
    }
}
