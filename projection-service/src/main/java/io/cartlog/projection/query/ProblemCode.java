package io.cartlog.projection.query;

import java.util.Arrays;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/// Everything that a read can be refused with. The page of each is `/problems/` and its [#code].
enum ProblemCode {
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request is malformed."),
    INVALID_PARAMETER(
            HttpStatus.BAD_REQUEST,
            "A parameter is missing or has a value that it cannot have; `parameter` names it."),
    CURSOR_INVALID(
            HttpStatus.BAD_REQUEST,
            "The cursor was not given out by this list, of this account, with this filter. Begin again without a"
                    + " cursor."),
    CONSISTENCY_TOKEN_INVALID(
            HttpStatus.BAD_REQUEST,
            "The consistency token is none, or another account's. Send back what a command on this account"
                    + " answered."),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at this address."),
    ORDER_NOT_FOUND(HttpStatus.NOT_FOUND, "The account has no order with this number."),
    INVOICE_NOT_FOUND(HttpStatus.NOT_FOUND, "Nobody has an order with this number."),
    LINE_NOT_FOUND(HttpStatus.NOT_FOUND, "The product never was in this cart."),
    VERSION_NOT_FOUND(
            HttpStatus.NOT_FOUND,
            "The account has not reached this version; `version` is the one that it has."),
    VIEW_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no view of this name."),
    RECORD_NOT_FOUND(HttpStatus.NOT_FOUND, "The log has no record at this place."),
    NOT_PARKED(
            HttpStatus.CONFLICT,
            "No account waits for this record: it was never parked, or goes on already."),
    REBUILD_RUNNING(
            HttpStatus.CONFLICT,
            "A view is rebuilt once at a time. Wait for version `version`, promote it or drop it."),
    NO_OTHER_VERSION(
            HttpStatus.CONFLICT,
            "There is no other version of the view that could be promoted, gone back to, compared or dropped."),
    VERSION_NOT_LEVEL(
            HttpStatus.CONFLICT,
            "The version may lack something that the live one shows, in `partitions` of the log. Try again when its"
                    + " rebuild has come to the end."),
    TOO_MANY_CHANGES(
            HttpStatus.CONFLICT,
            "The promotion would change `changes` items, more than `maxChange`. Look at the difference first."),
    CURSOR_EXPIRED(
            HttpStatus.GONE,
            "The list was read from a version of the views that is not the live one any more. Begin again without a"
                    + " cursor."),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This address does not take this method."),
    NOT_ACCEPTABLE(
            HttpStatus.NOT_ACCEPTABLE,
            "The answer has another media type than those that the request accepts."),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE, "This address takes another media type."),
    INTERNAL_ERROR(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "The read failed for a reason that is ours; `traceId` finds it in the logs."),
    READ_MODEL_BEHIND(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The read model has not come as far as the request needs: it shows `version`, `wanted` is the version"
                    + " that the account is known to have. Try again, or send `Prefer: handling=lenient` to be"
                    + " answered from what there is."),
    VIEW_IS_MOVING(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The cart changed faster than it could be read. Try again."),
    VIEWS_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE, "The store of the views does not answer. Try again."),
    LOG_UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "The log does not answer, or too many histories are being read. Try again."),
    TOO_MANY_SUBSCRIBERS(
            HttpStatus.SERVICE_UNAVAILABLE,
            "As many clients follow events as this instance can serve. Try again.");

    private final HttpStatus status;
    private final String meaning;

    ProblemCode(HttpStatus status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    HttpStatus status() {
        return status;
    }

    /// What it means and what to do about it, in Markdown.
    String meaning() {
        return meaning;
    }

    /// In kebab case.
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String title() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// For what Spring refuses by itself: the status says all.
    static ProblemCode of(HttpStatus status) {
        return Arrays.stream(values())
                .filter(c -> c.status == status && c.name().equals(status.name()))
                .findFirst()
                .orElse(status.is5xxServerError() ? INTERNAL_ERROR : BAD_REQUEST);
    }
}
