package dev.strandline.core.capture;

import dev.strandline.core.fs.Directory;
import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.FileType;
import dev.strandline.core.path.FileName;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A quick look at all regular files below a directory, to add up sizes: what can't be read is passed over, for whoever
 * captures it reports it. Memory is the names of one open directory a level. One thread.
 */
public final class FileScan {
    private final BooleanSupplier stopped;
    private final Consumer<FileStatus> met;
    private final ArrayDeque<Level> levels = new ArrayDeque<>();

    private record Level(Directory directory, ArrayDeque<FileName> names) {}

    private FileScan(BooleanSupplier stopped, Consumer<FileStatus> met) {
        this.stopped = stopped;
        this.met = met;
    }

    /**
     * Tells of each regular file, under each of its names.
     *
     * @param directory closed when this returns
     * @param stopped asked often; once true, the rest is left out
     * @throws IOException when the directory itself can't be listed
     */
    public static void below(Directory directory, BooleanSupplier stopped, Consumer<FileStatus> met)
            throws IOException {
        var scan = new FileScan(stopped, met);
        try {
            scan.enter(directory);
            scan.run();
        } finally {
            scan.levels.forEach(level -> level.directory.close());
        }
    }

    private void run() {
        while (!levels.isEmpty() && !stopped.getAsBoolean()) {
            var level = levels.element();
            var name = level.names.poll();
            if (name == null) {
                level.directory.close();
                levels.pop();
            } else {
                look(level.directory, name);
            }
        }
    }

    private void look(Directory directory, FileName name) {
        try {
            var status = directory.status(name);
            if (status.type() == FileType.DIRECTORY) {
                enter(directory.openDirectory(name));
            } else if (status.type() == FileType.REGULAR) {
                met.accept(status);
            }
        } catch (IOException _) {
            // The capture reports it.
        }
    }

    private void enter(Directory directory) throws IOException {
        try {
            var names = new ArrayDeque<FileName>();
            if (!directory.isPseudoFileSystem()) {
                names.addAll(directory.list());
            }
            levels.push(new Level(directory, names));
        } catch (IOException e) {
            directory.close();
            throw e;
        }
    }
}
