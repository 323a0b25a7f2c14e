package io.cartlog.service.access;

import java.util.List;

/// The rules of one service, in the order in which they are tried.
public record AccessRules(List<AccessRule> inOrder) {
    public AccessRules {
        inOrder = List.copyOf(inOrder);
    }

    public static AccessRules of(AccessRule... inOrder) {
        return new AccessRules(List.of(inOrder));
    }
}
