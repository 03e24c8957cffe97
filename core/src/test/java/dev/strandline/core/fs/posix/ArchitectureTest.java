package dev.strandline.core.fs.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void of_linuxProcessors_areKnown() {
        assertThat(Architecture.of("Linux", "amd64")).isEqualTo(Architecture.X86_64);
        assertThat(Architecture.of("Linux", "aarch64")).isEqualTo(Architecture.AARCH64);
    }

    @Test
    void of_otherSystem_saysWhichAndWhatToUse() {
        assertThatThrownBy(() -> Architecture.of("Mac OS X", "aarch64"))
                .isInstanceOfSatisfying(UnsupportedPlatformException.class, e -> {
                    assertThat(e).hasMessage("Strandline does not run on Mac OS X on aarch64");
                    assertThat(e.guidance())
                            .contains("Linux")
                            .contains("x86-64")
                            .contains("aarch64");
                });
    }

    @Test
    void of_otherProcessor_isRefused() {
        assertThatThrownBy(() -> Architecture.of("Linux", "riscv64")).isInstanceOf(UnsupportedPlatformException.class);
        assertThatThrownBy(() -> Architecture.of("Linux", "x86")).isInstanceOf(UnsupportedPlatformException.class);
    }
}
