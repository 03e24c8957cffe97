package dev.strandline.cli.output;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.Interruption;
import dev.strandline.core.path.ByteText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A long answer: on a terminal with colours and through a pager, as git does it; elsewhere plain, byte for byte. One thread.
 */
public final class Page implements AutoCloseable {
    /** What less does unless the user says otherwise: no pages where one is enough, colours, no clearing of the screen. */
    private static final String LESS = "FRX";

    private static final String RESET = "\u001b[m";

    private final PrintStream out;
    private final boolean isTerminal;
    private final boolean isColoured;
    private final @Nullable Process pager;
    private final Interruption interruption;

    private Page(Context context, PrintStream out, boolean isTerminal, boolean isColoured, @Nullable Process pager) {
        this.interruption = context.interruption();
        this.out = out;
        this.isTerminal = isTerminal;
        this.isColoured = isColoured;
        this.pager = pager;
    }

    /** How a piece of text stands out. */
    public enum Style {
        PLAIN(""),
        BOLD("1"),
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        CYAN("36");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    public static Page open(Context context, Output output) {
        boolean isTerminal = !output.isJson() && context.isOutputTerminal();
        if (!isTerminal) {
            return new Page(context, context.stdout(), false, false, null);
        }
        boolean isDumb = context.variable("TERM").orElse("dumb").equals("dumb");
        boolean isColoured = !isDumb && context.variable("NO_COLOR").isEmpty();
        var pager = isDumb ? Optional.<Process>empty() : startPager(context);
        pager.ifPresent(_ -> context.interruption().beginReading());
        return pager.map(process -> new Page(
                        context,
                        new PrintStream(
                                new BufferedOutputStream(process.getOutputStream()), false, StandardCharsets.UTF_8),
                        true,
                        isColoured,
                        process))
                .orElseGet(() -> new Page(context, context.stdout(), true, isColoured, null));
    }

    /** Empty when the user wants none or it can't be had. */
    private static Optional<Process> startPager(Context context) {
        String command = Optional.ofNullable(context.environment().get("STRANDLINE_PAGER"))
                .or(() -> Optional.ofNullable(context.environment().get("PAGER")))
                .orElse("less");
        if (command.isBlank() || command.equals("cat")) {
            return Optional.empty();
        }
        var builder = new ProcessBuilder(
                List.of("/bin/sh", "-c", "command -v " + word(command) + " >/dev/null || exec cat; " + command));
        builder.redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().clear();
        builder.environment().putAll(context.environment());
        builder.environment().putIfAbsent("LESS", LESS);
        builder.environment().putIfAbsent("LESSCHARSET", "utf-8");
        try {
            return Optional.of(builder.start());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** The program of a command line, as a word for the shell. */
    private static String word(String command) {
        return "'" + command.strip().split("\\s", 2)[0].replace("'", "'\\''") + "'";
    }

    public PrintStream out() {
        return out;
    }

    /** Text that may hold anything, as it may be printed here: a terminal must not be steered by it. */
    public String safe(String text) {
        return isTerminal ? ByteText.printable(text) : text;
    }

    /** Text in a style, where there are colours. */
    public String styled(Style style, String text) {
        return !isColoured || style == Style.PLAIN || text.isEmpty()
                ? text
                : "\u001b[" + style.code + "m" + text + RESET;
    }

    /** A line that may hold any bytes, see {@link ByteText#encode}. */
    public void line(Style style, String text) {
        try {
            out.write(ByteText.encode(styled(style, safe(text)) + "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether nobody reads on. */
    public boolean isGone() {
        return pager != null && (interruption.isRequested() || out.checkError());
    }

    /** Waits until the reader has seen enough. */
    @Override
    public void close() {
        out.flush();
        if (pager != null) {
            out.close();
            try {
                pager.waitFor();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
