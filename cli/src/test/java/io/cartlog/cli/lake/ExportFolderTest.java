package io.cartlog.cli.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.cli.terminal.CommandFailedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFolderTest {
    @TempDir private Path folder;

    @Test
    void files_are_where_the_export_says() throws IOException {
        ExportFolder to = new ExportFolder(folder.resolve("raw"));

        to.fill(zip("year=2026/month=01/p0.json", ExportFolder.MANIFEST));

        assertThat(folder.resolve("raw/year=2026/month=01/p0.json")).hasContent("{}");
        assertThat(to.manifest().isObject()).isTrue();
        assertThat(to.isEmpty()).isFalse();
    }

    @Test
    void an_export_without_its_end_is_not_whole() {
        assertThatThrownBy(() -> new ExportFolder(folder).fill(zip("year=2026/p0.json")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("broke off");
    }

    @Test
    void nothing_is_written_outside() {
        Path inner = folder.resolve("inner");

        assertThatThrownBy(() -> new ExportFolder(inner).fill(zip("../outside")))
                .isInstanceOf(IOException.class);
        assertThat(Files.exists(folder.resolve("outside"))).isFalse();
    }

    private static InputStream zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("{}".getBytes(UTF_8));
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
