package io.cartlog.sink.iceberg;

import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.FaultyFileException;
import io.cartlog.sink.row.RowSource;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import software.amazon.awssdk.core.exception.SdkException;

/// The rows of a data file, whose trouble is told apart: a file that nobody can read is faulty; a
/// store that does not answer is away, and the file may be as good as ever.
///
/// @param bytes size that the table says
record CheckedRows(FileIO io, String location, long bytes) implements RowSource {
    @Override
    public void forEach(Consumer<EventRow> taker) {
        try {
            EventRowReader.forEach(io.newInputFile(location, bytes), row -> take(row, taker));
        } catch (TakerException e) {
            throw e.trouble;
        } catch (RuntimeException e) {
            throw judged(e);
        }
    }

    private static void take(EventRow row, Consumer<EventRow> taker) {
        try {
            taker.accept(row);
        } catch (RuntimeException e) {
            throw new TakerException(e);
        }
    }

    /// Asks the store again, which throws if it is away.
    private RuntimeException judged(RuntimeException trouble) {
        InputFile file = io.newInputFile(location);
        if (!file.exists()) {
            return new FaultyFileException("the object is missing", trouble);
        }
        long length = file.getLength();
        if (length != bytes) {
            return new FaultyFileException(
                    "the object has %d bytes instead of %d".formatted(length, bytes), trouble);
        }
        return isOfTheStore(trouble)
                ? trouble
                : new FaultyFileException("no readable Parquet: " + inOneLine(trouble), trouble);
    }

    private static boolean isOfTheStore(Throwable trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (isOfTheWay(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfTheWay(Throwable cause) {
        return cause instanceof SdkException
                || cause instanceof SocketException
                || cause instanceof SocketTimeoutException
                || cause instanceof UnknownHostException
                || cause instanceof SSLException;
    }

    private static String inOneLine(Throwable trouble) {
        return trouble.toString().replaceAll("\\s+", " ");
    }

    /// Trouble of who takes the rows, on its way through the reader.
    private static final class TakerException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final RuntimeException trouble;

        TakerException(RuntimeException trouble) {
            super(trouble);
            this.trouble = trouble;
        }
    }
}
