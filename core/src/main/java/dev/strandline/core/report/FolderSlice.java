package dev.strandline.core.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A folder of those that make up a whole, without the folders of it that are told beside it.
 *
 * @param share the folder
 * @param storedBytes what is in it and in no other slice
 * @param isRest whether some of its folders are slices of their own
 */
public record FolderSlice(FolderShare share, long storedBytes, boolean isRest) {
    /** So many folders at most come out of one. */
    private static final int MAX_PARTS = 8;

    /**
     * Cuts folders into those that say most of where the bytes are: the largest is cut first.
     *
     * @param roots the whole
     * @param count of slices, about
     * @return which together are the whole, the largest first
     */
    public static List<FolderSlice> of(List<FolderShare> roots, int count) {
        var slices = new ArrayList<FolderSlice>();
        roots.forEach(root -> slices.add(new FolderSlice(root, root.storedBytes(), false)));
        while (slices.size() < count) {
            var largest = slices.stream()
                    .filter(slice -> !slice.isRest && !slice.share.folders().isEmpty())
                    .max(Comparator.comparingLong(FolderSlice::storedBytes));
            if (largest.isEmpty()) {
                break;
            }
            slices.remove(largest.get());
            slices.addAll(largest.get().cut(Math.min(MAX_PARTS, count - slices.size())));
        }
        slices.sort(Comparator.comparingLong(FolderSlice::storedBytes)
                .reversed()
                .thenComparing(slice -> slice.share.path()));
        return slices;
    }

    private List<FolderSlice> cut(int parts) {
        var result = new ArrayList<FolderSlice>();
        long rest = storedBytes;
        for (var folder :
                share.folders().subList(0, Math.min(parts, share.folders().size()))) {
            result.add(new FolderSlice(folder, folder.storedBytes(), false));
            rest -= folder.storedBytes();
        }
        if (rest > 0) {
            result.add(new FolderSlice(share, rest, true));
        }
        return result;
    }
}
