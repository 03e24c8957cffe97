package dev.strandline.cli.testkit;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.HostFileSystem;
import dev.strandline.core.fs.ReadableFile;
import dev.strandline.core.path.FilePath;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;

/**
 * A file system that tells before each call on anything in one folder, so that the folder can be changed right then.
 * Whatever is outside is reached directly.
 */
public final class WatchedFileSystem {
    private WatchedFileSystem() {}

    /** Told of a call by the thread that makes it. */
    public interface Watcher {
        /**
         * @param method of {@link Directory} or {@link ReadableFile}
         * @param argument its first, or the empty text
         */
        void before(String method, String argument) throws IOException;
    }

    /** {@code host}, watched from {@code folder} down. */
    public static HostFileSystem of(HostFileSystem host, Path folder, Watcher watcher) {
        var watched = FilePath.of(folder.toString());
        InvocationHandler handler = (_, method, arguments) -> {
            var result = call(host, method, arguments);
            return result instanceof Directory directory && directory.path().startsWith(watched.parent())
                    ? watch(
                            Directory.class,
                            directory,
                            watched,
                            directory.path().startsWith(watched) ? watcher : (_, _) -> {},
                            watcher)
                    : result;
        };
        return (HostFileSystem) Proxy.newProxyInstance(
                WatchedFileSystem.class.getClassLoader(), new Class<?>[] {HostFileSystem.class}, handler);
    }

    /** @param own told of calls on this; {@code watcher}, of calls on what is opened in it */
    private static Object watch(Class<?> type, Object real, FilePath watched, Watcher own, Watcher watcher) {
        InvocationHandler handler = (_, method, arguments) -> {
            own.before(method.getName(), arguments == null ? "" : String.valueOf(arguments[0]));
            var result = call(real, method, arguments);
            return switch (result) {
                case Directory directory
                when directory.path().startsWith(watched) ->
                    watch(Directory.class, directory, watched, watcher, watcher);
                case ReadableFile file
                when method.getName().equals("openFile") -> watch(ReadableFile.class, file, watched, own, own);
                case null, default -> result;
            };
        };
        return Proxy.newProxyInstance(WatchedFileSystem.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
