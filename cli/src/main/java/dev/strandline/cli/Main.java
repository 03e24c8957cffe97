package dev.strandline.cli;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.environment.ExitCode;
import dev.strandline.cli.environment.HostConfiguration;
import dev.strandline.cli.environment.Interruption;
import dev.strandline.cli.environment.RawArguments;
import dev.strandline.cli.environment.Restart;
import dev.strandline.cli.environment.SoftHeapLimit;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.NamedFiles;
import dev.strandline.core.fs.posix.PosixFileSystem;
import dev.strandline.core.fs.posix.UnsupportedPlatformException;
import dev.strandline.store.crypto.MasterKey;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** The process entry point. */
public final class Main {
    private static final int STDOUT_BUFFER_BYTES = 64 << 10;

    private Main() {}

    public static void main(String[] decoded) {
        var interruption = new Interruption();
        interruption.install();
        URL.setURLStreamHandlerFactory(Main::handler);
        int code;
        try {
            var host = PosixFileSystem.open(
                    !System.getProperty("strandline.directory", "").equals("deleted"));
            prepare("native calls", PosixFileSystem::prepare);
            prepare("cryptography", MasterKey::prepare);
            String[] arguments = RawArguments.of(decoded);
            var restart = Restart.of(arguments);
            if (restart.isEmpty()) {
                SoftHeapLimit.watch();
            }
            code = run(arguments, context(interruption, host, restart));
        } catch (UnsupportedPlatformException e) {
            System.err.println("strandline: " + e.getMessage());
            code = ExitCode.FAILED;
        }
        interruption.end(code);
        if (!interruption.isRequested()) {
            // All is written and closed. System.exit would look for a logger in every jar before it does the same.
            Runtime.getRuntime().halt(code);
        }
        System.exit(code);
    }

    /** Nearly every command needs what is set up here, and the command line is read meanwhile. */
    private static void prepare(String what, Runnable preparation) {
        Thread.ofPlatform().daemon().name(what).start(preparation);
    }

    /** Runs one command and flushes its answer; whatever happens becomes an exit code. */
    public static int run(String[] arguments, Context context) {
        int code = CommandTree.execute(arguments, context);
        context.stdout().flush();
        if (code == ExitCode.DONE && context.stdout().checkError()) {
            context.stderr().println("strandline: standard output can't be written");
            return ExitCode.FAILED;
        }
        return code;
    }

    private static Context context(Interruption interruption, HostFileSystem host, Optional<Restart> restart) {
        var stdout = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), STDOUT_BUFFER_BYTES),
                false,
                StandardCharsets.UTF_8);
        var stderr = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        var environment = RawArguments.environment();
        // Whoever reads from a pipe must not start over afterwards.
        var files = new NamedFiles(host, () -> restart.ifPresent(Restart::run));
        return new Context(
                environment,
                host,
                files,
                Clock.systemUTC(),
                TimeZone::getDefault,
                SecureRandom::new,
                System.in,
                stdout,
                stderr,
                interruption,
                new HostConfiguration(host, files, environment),
                restart,
                version());
    }

    /** The JDK's cryptography names an http address to itself, for which Java would look for handlers in every jar. */
    private static @Nullable URLStreamHandler handler(String protocol) {
        return protocol.equals("http") ? new NoConnection() : null;
    }

    private static final class NoConnection extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL address) throws IOException {
            throw new IOException("nothing here connects to " + address);
        }
    }

    private static String version() {
        return System.getProperty("strandline.version", "(unpackaged)");
    }
}
