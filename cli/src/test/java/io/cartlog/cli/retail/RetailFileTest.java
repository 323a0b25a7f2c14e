package io.cartlog.cli.retail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetailFileTest {
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
    @TempDir Path folder;

    @Test
    void a_row_keeps_its_eight_columns_as_they_are_written() throws IOException {
        List<FileLine> lines =
                read(
                        "536477,22041,\"RECORD FRAME 7\"\", BLACK \",48,12/1/2010 12:27,2.1,16210,EIRE");

        assertThat(lines)
                .extracting(line -> ((FileLine.Row) line).row())
                .containsExactly(
                        new RetailRow(
                                "536477",
                                "22041",
                                "RECORD FRAME 7\", BLACK ",
                                "48",
                                "12/1/2010 12:27",
                                "2.1",
                                "16210",
                                "EIRE"));
    }

    @Test
    void characters_are_latin() throws IOException {
        List<FileLine> lines = read("1,2,\u00a310 NOTE,1,12/1/2010 8:26,1,1,Espa\u00f1a");

        assertThat(lines.getFirst().text()).contains("\u00a310", "Espa\u00f1a");
    }

    @Test
    void a_gzipped_file_is_read_likewise() throws IOException {
        Path file = folder.resolve("data.csv.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write((HEADER + "\r\n1,2,3,4,5,6,7,8\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }

        assertThat(lines(file)).hasSize(1).first().isInstanceOf(FileLine.Row.class);
        assertThat(RetailFile.count(file, StandardCharsets.ISO_8859_1)).isEqualTo(1);
    }

    @Test
    void a_broken_line_is_named_with_its_number_and_reason_and_the_rest_goes_on()
            throws IOException {
        List<FileLine> lines =
                read(
                        "1,2,3,4,5,6,7,8",
                        "1,2,3,4,5,6,7",
                        "1,2,\"never closed,4,5,6,7,8",
                        "",
                        "1,2,\"closed\" and on,4,5,6,7,8",
                        "1,2,3,4,5,6,7,8,9",
                        "1,2,3,4,5,6,7,8");

        assertThat(lines).extracting(FileLine::number).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(lines.getFirst()).isInstanceOf(FileLine.Row.class);
        assertThat(lines.getLast()).isInstanceOf(FileLine.Row.class);
        assertThat(lines.subList(1, 6))
                .extracting(line -> ((FileLine.Broken) line).reason())
                .satisfiesExactly(
                        reason -> assertThat(reason).isEqualTo("7 columns instead of 8"),
                        reason -> assertThat(reason).contains("not CSV"),
                        reason -> assertThat(reason).isEqualTo("the line is empty"),
                        reason -> assertThat(reason).contains("not CSV"),
                        reason -> assertThat(reason).isEqualTo("9 columns instead of 8"));
    }

    @Test
    void another_file_is_refused_whole() throws IOException {
        Path file = folder.resolve("other.csv");
        Files.writeString(file, "a,b,c\r\n1,2,3\r\n");

        assertThatThrownBy(() -> RetailFile.open(file, StandardCharsets.ISO_8859_1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not begin with the columns InvoiceNo,StockCode");
    }

    private List<FileLine> read(String... rows) throws IOException {
        Path file = folder.resolve("data.csv");
        String text = HEADER + "\r\n" + String.join("\r\n", rows) + "\r\n";
        Files.writeString(file, text, StandardCharsets.ISO_8859_1);
        return lines(file);
    }

    private static List<FileLine> lines(Path path) throws IOException {
        List<FileLine> lines = new ArrayList<>();
        try (RetailFile file = RetailFile.open(path, StandardCharsets.ISO_8859_1)) {
            for (FileLine line = file.next(); line != null; line = file.next()) {
                lines.add(line);
            }
        }
        return lines;
    }
}
