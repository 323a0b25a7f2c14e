package io.cartlog.cli.imports;

import io.cartlog.cli.s3.StoredObject;

/// A file under `imports/`, and what is kept of its import: a folder of its own under `imported/`,
/// named after key and tag. A file that is replaced by another is another import.
///
/// @param object the file as it was found
record ImportFile(StoredObject object) {
    static final String INBOX = "imports/";
    static final String RESULTS = "imported/";

    String name() {
        return object.key().substring(INBOX.length());
    }

    /// Says that the import is over, and how it went.
    String report() {
        return folder() + "report.json";
    }

    /// Says how far it is.
    String state() {
        return folder() + "state.json";
    }

    /// What the keys of the lines after a part depend on.
    String memory(int part) {
        return "%smemory-%05d.bin".formatted(folder(), part);
    }

    /// The lines of a part that were not accepted.
    String rejects(int part) {
        return "%srejects-%05d.csv".formatted(folder(), part);
    }

    private String folder() {
        return RESULTS + name() + "/" + object.etag() + "/";
    }
}
