package dev.strandline.core.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.core.path.FilePath;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class MountTableTest {
    @Test
    void parse_takesThePlacesWithTheirBlanks() {
        assertThat(MountTable.parse("""
                        36 35 98:0 /mnt1 /mnt/my\\040disk\\134 rw,noatime master:1 - ext3 /dev/root rw
                        37 35 0:5 / /proc rw - proc proc rw
                        """))
                .containsExactlyInAnyOrder(FilePath.of("/mnt/my disk\\"), FilePath.of("/proc"));
    }

    @Test
    void read_ofThisMachine_hasProc() throws IOException {
        assertThat(MountTable.read()).contains(FilePath.of("/proc"));
    }
}
