package dev.strandline.core.report;

import dev.strandline.core.path.FilePath;
import java.util.List;

/**
 * What a folder takes in a repository, in all snapshots together. What stands in several folders counts where it was met
 * first.
 *
 * @param storedBytes of all in it, at any depth
 * @param folders in it, the largest first; not those that are too deep or too many to be told apart
 */
public record FolderShare(FilePath path, long storedBytes, List<FolderShare> folders) {
    public FolderShare {
        folders = List.copyOf(folders);
    }
}
