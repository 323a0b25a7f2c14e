package io.cartlog.cli.imports;

import io.cartlog.cli.s3.Bucket;
import io.cartlog.cli.stack.Stack;
import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.stack.StackStatus;
import io.cartlog.cli.terminal.TextOutput;
import picocli.CommandLine.Mixin;

/// What every import command has.
final class ImportOptions {
    @Mixin StackOptions stack = new StackOptions();
    @Mixin TextOutput output = new TextOutput();

    Stack stack() {
        return stack.stack();
    }

    Bucket bucket() {
        StackStatus at = stack().status();
        return Bucket.open(
                new Bucket.Address(
                        at.s3(), at.region(), at.accessKey(), at.secretKey(), at.bucket()));
    }
}
