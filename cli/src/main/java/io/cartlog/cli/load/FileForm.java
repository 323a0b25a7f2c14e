package io.cartlog.cli.load;

import io.cartlog.cli.behaviour.BehaviourFile;
import io.cartlog.cli.behaviour.BehaviourLine;
import io.cartlog.cli.behaviour.ByteLines;
import io.cartlog.cli.behaviour.ClickIds;
import io.cartlog.cli.cart.CartColumns;
import io.cartlog.cli.cart.CartLine;
import io.cartlog.cli.retail.FileLine;
import io.cartlog.cli.retail.RetailFile;
import io.cartlog.cli.retail.RowKeys;
import io.cartlog.schemas.value.ClickId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A form of file, told by its first line. Takes the lines after it one by one, in their order, and
/// says what is sent for each.
public sealed interface FileForm {
    /// What a line is.
    sealed interface Content {
        /// What is sent for a row, in this order.
        record Row(List<BatchLine> clicks, List<BatchLine> commands) implements Content {}

        /// A line that is no row, and why.
        record Broken(String text, String reason) implements Content {}
    }

    /// @param header the file's first line
    /// @param charset of retail files; the others are UTF-8
    /// @throws IllegalArgumentException if no form begins like this
    static FileForm of(String header, Charset charset) {
        if (RetailFile.isHeader(header)) {
            return new Retail(charset, new RowKeys());
        }
        if (BehaviourFile.isHeader(header)) {
            return new Behaviour(new ClickIds());
        }
        if (CartColumns.isHeader(header)) {
            return new Cart(CartColumns.of(header));
        }
        throw new IllegalArgumentException(
                "the first line names the columns of no retail, behaviour or cart file");
    }

    String name();

    /// @param number of the line, the header being 1
    Content read(long number, ByteLines.Line line);

    /// Writes what later lines' keys depend on, for [#restore] when the file is taken up again.
    void save(DataOutput out) throws IOException;

    void restore(DataInput in) throws IOException;

    /// The "Online Retail" file.
    record Retail(Charset charset, RowKeys keys) implements FileForm {
        @Override
        public String name() {
            return "retail";
        }

        @Override
        public Content read(long number, ByteLines.Line line) {
            String text = text(line, charset);
            String trouble = line.trouble();
            FileLine parsed =
                    trouble == null
                            ? RetailFile.parse(number, text)
                            : new FileLine.Broken(number, text, trouble);
            return switch (parsed) {
                case FileLine.Row row ->
                        new Content.Row(
                                List.of(), List.of(LineWriter.line(row, keys.next(row.row()))));
                case FileLine.Broken broken -> new Content.Broken(broken.text(), broken.reason());
            };
        }

        @Override
        public void save(DataOutput out) throws IOException {
            keys.memory().write(out);
        }

        @Override
        public void restore(DataInput in) throws IOException {
            keys.memory().read(in);
        }
    }

    /// A site's behaviour file.
    record Behaviour(ClickIds ids) implements FileForm {
        @Override
        public String name() {
            return "behaviour";
        }

        @Override
        public Content read(long number, ByteLines.Line line) {
            return switch (BehaviourFile.parse(number, line)) {
                case BehaviourLine.Row row -> row(row, ids.next(row));
                case BehaviourLine.Broken broken ->
                        new Content.Broken(broken.text(), broken.reason());
            };
        }

        private static Content row(BehaviourLine.Row row, ClickId id) {
            return new Content.Row(
                    List.of(BehaviourLines.click(row, id)), BehaviourLines.commands(row, id));
        }

        @Override
        public void save(DataOutput out) throws IOException {
            ids.memory().write(out);
        }

        @Override
        public void restore(DataInput in) throws IOException {
            ids.memory().read(in);
        }
    }

    /// The cart table's file. Equal rows are one item, so nothing is remembered.
    record Cart(CartColumns columns) implements FileForm {
        @Override
        public String name() {
            return "cart";
        }

        @Override
        public Content read(long number, ByteLines.Line line) {
            String text = text(line, StandardCharsets.UTF_8);
            String trouble = line.trouble();
            CartLine parsed =
                    trouble == null ? CartLine.parse(columns, text) : new CartLine.Broken(trouble);
            return switch (parsed) {
                case CartLine.Row row ->
                        new Content.Row(
                                List.of(), List.of(LineWriter.line(number, text, row.row())));
                case CartLine.Broken broken -> new Content.Broken(text, broken.reason());
            };
        }

        @Override
        public void save(DataOutput out) {}

        @Override
        public void restore(DataInput in) {}
    }

    private static String text(ByteLines.Line line, Charset charset) {
        String text = new String(line.bytes(), charset);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
