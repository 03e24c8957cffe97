package dev.strandline.cli.options;

import dev.strandline.cli.environment.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UnmatchedArgsBinding;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * What a command is called, what it takes and what its help says, written down as picocli's model. Each option is given
 * what to do with its value, which is to keep it in a field; where the option is absent, nothing is done. Picocli would
 * read all this from annotations too, but by reflection that takes longer than the rest of a short command: decision 9.
 *
 * <p>Names are separated by commas, as in {@code "-r,--repo"}.
 */
public final class Syntax {
    private final CommandSpec spec;

    /** @param description the list of commands shows the first line */
    public Syntax(Callable<Integer> command, String name, String... description) {
        spec = CommandSpec.wrapWithoutInspection(command).name(name);
        spec.usageMessage().description(description);
    }

    /** Options that several commands share. */
    public interface Shared {
        void declare(Syntax syntax);
    }

    public Syntax aliases(String... aliases) {
        spec.aliases(aliases);
        return this;
    }

    /** Not in the list of commands. */
    public Syntax hidden() {
        spec.usageMessage().hidden(true);
        return this;
    }

    /** @param codes each like {@code "0:saved"} */
    public Syntax exitCodes(String... codes) {
        spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(UsageMessageSpec.keyValuesMap(codes));
        return this;
    }

    public Syntax with(Shared options) {
        options.declare(this);
        return this;
    }

    /** An option without a value. */
    public Syntax flag(String names, String description, Consumer<Boolean> field) {
        return option(OptionSpec.builder(split(names)).type(boolean.class), description, field);
    }

    /** An option without a value whose occurrences are counted. */
    public Syntax countedFlag(String names, String description, IntConsumer field) {
        var option = OptionSpec.builder(split(names)).type(boolean[].class).arity("0");
        return option(option, description, (boolean[] given) -> field.accept(given.length));
    }

    /** An option with a value. */
    public Syntax text(String names, String label, String description, Consumer<String> field) {
        var option = OptionSpec.builder(split(names)).paramLabel(label).type(String.class);
        return option(option, description, field);
    }

    /** An option with a value that may be given several times. */
    public Syntax texts(String names, String label, String description, Consumer<List<String>> field) {
        return option(texts(names, label), description, field);
    }

    /** An option with a name for its value, which an empty text is not. */
    public Syntax name(String names, String label, String description, Consumer<String> field) {
        return text(names, label, description, value -> field.accept(requireName(names, value)));
    }

    /** Names, given several times or separated by commas. */
    public Syntax listedNames(String names, String label, String description, Consumer<List<String>> field) {
        return texts(names, label, description, values -> {
            var all = new ArrayList<String>();
            for (var value : values) {
                for (var name : value.split(",", -1)) {
                    all.add(requireName(names, name));
                }
            }
            field.accept(all);
        });
    }

    private static String requireName(String option, String value) {
        if (value.isBlank()) {
            throw new UsageException(option + ": a name is empty");
        }
        return value;
    }

    /** The one argument that the command needs. */
    public Syntax argument(String label, String description, Consumer<String> field) {
        var argument = PositionalParamSpec.builder().type(String.class).required(true);
        return argument(argument, label, description, field);
    }

    /** Any number of arguments. */
    public Syntax arguments(String label, String description, Consumer<List<String>> field) {
        var arguments = PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*");
        return argument(arguments, label, description, field);
    }

    /** Takes whatever else is given, and ignores it. */
    public Syntax ignoringTheRest() {
        spec.addUnmatchedArgsBinding(UnmatchedArgsBinding.forStringArrayConsumer(new Binding<String[]>(_ -> {})));
        return this;
    }

    /** The model, complete with {@code --help}. */
    public CommandSpec spec() {
        return spec.addOption(help());
    }

    /** The option that every command has; picocli does what it says. */
    public static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build();
    }

    private static String[] split(String names) {
        return names.split(",");
    }

    private static OptionSpec.Builder texts(String names, String label) {
        return OptionSpec.builder(split(names))
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class);
    }

    private <V> Syntax option(OptionSpec.Builder option, String description, Consumer<V> field) {
        var binding = new Binding<V>(field);
        spec.addOption(option.description(description)
                .getter(binding)
                .setter(binding)
                .hasInitialValue(false)
                .build());
        return this;
    }

    private <V> Syntax argument(
            PositionalParamSpec.Builder argument, String label, String description, Consumer<V> field) {
        var binding = new Binding<V>(field);
        spec.addPositional(argument.paramLabel(label)
                .description(description)
                .getter(binding)
                .setter(binding)
                .hasInitialValue(false)
                .build());
        return this;
    }

    /** Hands what picocli parsed to the command, and remembers it for picocli, which asks for what it set before. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // picocli's shape
    private static final class Binding<V> implements IGetter, ISetter {
        private final Consumer<V> field;
        private @Nullable Object value;

        Binding(Consumer<V> field) {
            this.field = field;
        }

        @Override
        public <T> T get() {
            return (T) value;
        }

        @Override
        public <T> T set(T newValue) {
            T before = get();
            value = newValue;
            field.accept((V) newValue);
            return before;
        }
    }
}
