package io.cartlog.projection.view;

/// Carries a refusal to whoever asked.
public final class ViewRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ViewRefusal refusal;

    public ViewRefusedException(ViewRefusal refusal) {
        super(refusal.toString());
        this.refusal = refusal;
    }

    public ViewRefusal refusal() {
        return refusal;
    }
}
