package io.cartlog.schemas.topic;

import io.cartlog.schemas.avro.Codec;

/// A topic: its name and what its values are. Keys are account ids in UTF-8 everywhere.
public record Topic<V>(String name, Codec<V> values) {}
