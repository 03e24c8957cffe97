package dev.strandline.cli.command;

import dev.strandline.cli.environment.Context;
import dev.strandline.cli.options.RepositoryOptions;
import dev.strandline.core.capture.OwnPlace;
import dev.strandline.core.fs.Directory;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.store.repository.Repositories;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of this program no capture takes, wherever it lies: the repository, and what each run writes on its host, since else
 * no two runs would find the same.
 */
final class OwnPlaces {
    private static final String CACHE = "Strandline's cache";

    private OwnPlaces() {}

    static List<OwnPlace> of(Context context, Repositories.Opened opened) {
        var places = new ArrayList<OwnPlace>();
        places.add(OwnPlace.directory(opened.directory(), "the repository itself"));
        addCache(
                context,
                FilePath.of(RepositoryOptions.cacheDirectory(context)
                        .toAbsolutePath()
                        .toString()),
                places);
        context.configuration().get().metricsFile().ifPresent(file -> addFile(context, file, places));
        return places;
    }

    /** The whole folder, or what in it is ours where somebody keeps other things there. */
    private static void addCache(Context context, FilePath path, List<OwnPlace> places) {
        try (var folder = context.host().openDirectory(path)) {
            var names = folder.list();
            if (names.stream().allMatch(OwnPlaces::isOfCache)) {
                places.add(OwnPlace.directory(folder.status(), CACHE));
                return;
            }
            for (var name : names) {
                if (isOfCache(name)) {
                    places.add(place(folder, name));
                }
            }
        } catch (IOException _) {
            // There is none, or none that this run could write to.
        }
    }

    private static OwnPlace place(Directory folder, FileName name) throws IOException {
        return new OwnPlace(folder.status(), Optional.of(name), CACHE);
    }

    /** Folders of repositories, journals, and the tag of a cache. */
    private static boolean isOfCache(FileName name) {
        String text = name.display();
        return text.matches("[0-9a-f]{32}") || text.matches("\\.?runs-[0-9a-f]{16}.*") || text.equals("CACHEDIR.TAG");
    }

    private static void addFile(Context context, FilePath file, List<OwnPlace> places) {
        try (var folder = context.host().openDirectory(file.parent())) {
            places.add(new OwnPlace(folder.status(), Optional.of(file.name()), "the metrics file"));
        } catch (IOException _) {
            // The run tells that it can't be written.
        }
    }
}
