package io.cartlog.localstack;

import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/// S3 over a folder: a bucket is a folder in it, an object is a file.
final class S3Server implements AutoCloseable {
    private final S3Proxy proxy;

    private S3Server(S3Proxy proxy) {
        this.proxy = proxy;
    }

    static S3Server start(Path folder, Addresses addresses) throws Exception {
        FreePort.require(addresses.s3().getPort(), "s3");
        Files.createDirectories(folder.resolve(addresses.bucket()));
        S3Proxy proxy =
                S3Proxy.builder()
                        .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                        .endpoint(addresses.s3())
                        .ignoreUnknownHeaders(true)
                        .awsAuthentication(
                                AuthenticationType.AWS_V2_OR_V4,
                                addresses.accessKey(),
                                addresses.secretKey())
                        .build();
        proxy.start();
        return new S3Server(proxy);
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new LocalStackException("cannot stop s3", e);
        }
    }
}
