package io.cartlog.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// The version of the build, from the jar's manifest.
final class CartlogVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = CartlogVersion.class.getPackage().getImplementationVersion();
        return new String[] {
            "cartlog " + Objects.requireNonNullElse(version, "(not packaged)"),
            "Java " + Runtime.version()
        };
    }
}
