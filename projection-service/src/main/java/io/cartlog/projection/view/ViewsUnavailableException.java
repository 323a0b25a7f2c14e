package io.cartlog.projection.view;

/// The store does not answer at the moment; asking again later may help.
public final class ViewsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ViewsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
