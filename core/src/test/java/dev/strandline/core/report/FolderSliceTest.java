package dev.strandline.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.path.FilePath;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** How folders are cut. */
class FolderSliceTest {
    private static FolderShare folder(String path, long own, FolderShare... folders) {
        long sum = own;
        for (var each : folders) {
            sum += each.storedBytes();
        }
        return new FolderShare(FilePath.of(path), sum, List.of(folders));
    }

    @Test
    void of_oneLargeFolder_isCutAndTheRestStays() {
        var root = folder("/r", 5, folder("/r/a", 10, folder("/r/a/x", 90)), folder("/r/b", 20));
        assertThat(FolderSlice.of(List.of(root), 4))
                .extracting(slice -> slice.share().path().display() + " " + slice.storedBytes() + " " + slice.isRest())
                .containsExactly("/r/a/x 90 false", "/r/b 20 false", "/r/a 10 true", "/r 5 true");
    }

    @Test
    void of_nothing_isNothing() {
        assertThat(FolderSlice.of(List.of(), 5)).isEmpty();
    }

    @Property
    void slices_areTheWhole(
            @ForAll @IntRange(min = 1, max = 40) int count, @ForAll List<@IntRange(max = 99) Integer> sizes) {
        var folders = new ArrayList<FolderShare>();
        for (int i = 0; i < sizes.size(); i++) {
            folders.add(folder("/r/" + i, sizes.get(i), folder("/r/" + i + "/in", 7)));
        }
        var root = folder("/r", 3, folders.toArray(new FolderShare[0]));
        var slices = FolderSlice.of(List.of(root), count);
        assertThat(slices.stream().mapToLong(FolderSlice::storedBytes).sum()).isEqualTo(root.storedBytes());
        assertThat(slices.size()).isLessThanOrEqualTo(count + 1);
    }
}
