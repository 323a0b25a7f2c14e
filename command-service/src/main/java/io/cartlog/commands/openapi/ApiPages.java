package io.cartlog.commands.openapi;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/// The document, and Swagger UI to read it and to try it out. All of it comes from here, nothing
/// from anywhere else.
@RestController
final class ApiPages {
    private static final String UI = "/swagger-ui";
    private static final String INDEX = "index.html";
    private static final String INITIALIZER = "swagger-initializer.js";
    private static final MediaType SCRIPT =
            new MediaType("text", "javascript", StandardCharsets.UTF_8);
    private static final MediaType STYLE = new MediaType("text", "css", StandardCharsets.UTF_8);
    private static final MediaType PAGE = new MediaType("text", "html", StandardCharsets.UTF_8);

    /// Swagger UI sets styles on its elements, and has pictures in its style sheet.
    private static final String ONLY_FROM_HERE =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                    + " frame-ancestors 'none'";

    private static final Map<String, MediaType> FILES =
            Map.of(
                    INDEX,
                    PAGE,
                    "index.css",
                    STYLE,
                    "swagger-ui.css",
                    STYLE,
                    "swagger-ui-bundle.js",
                    SCRIPT,
                    "swagger-ui-standalone-preset.js",
                    SCRIPT,
                    INITIALIZER,
                    SCRIPT,
                    "favicon-16x16.png",
                    MediaType.IMAGE_PNG,
                    "favicon-32x32.png",
                    MediaType.IMAGE_PNG);

    private final byte[] document = ApiDocument.bytes();
    private final Resource index;

    /// @throws IllegalStateException if Swagger UI is not there, or more than once
    ApiPages() throws IOException {
        Resource[] found =
                new PathMatchingResourcePatternResolver()
                        .getResources(
                                "classpath*:META-INF/resources/webjars/swagger-ui/*/" + INDEX);
        if (found.length != 1) {
            throw new IllegalStateException("Swagger UI is there " + found.length + " times");
        }
        index = found[0];
    }

    @GetMapping("/v1/openapi.json")
    ResponseEntity<byte[]> document() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
    }

    @GetMapping({UI, UI + "/"})
    ResponseEntity<Void> ui() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create(UI + "/" + INDEX))
                .build();
    }

    @GetMapping(UI + "/{file}")
    ResponseEntity<Resource> file(@PathVariable String file) throws IOException {
        MediaType type = FILES.get(file);
        if (type == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no such file");
        }
        Resource content =
                file.equals(INITIALIZER)
                        ? new ClassPathResource(INITIALIZER, ApiPages.class)
                        : index.createRelative(file);
        return ResponseEntity.ok()
                .contentType(type)
                .header("Content-Security-Policy", ONLY_FROM_HERE)
                .body(content);
    }
}
