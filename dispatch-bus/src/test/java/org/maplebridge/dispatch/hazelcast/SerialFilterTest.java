package org.maplebridge.dispatch.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.SerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.internal.serialization.impl.compact.Schema;
import com.hazelcast.internal.serialization.impl.compact.SchemaService;
import com.hazelcast.nio.serialization.genericrecord.GenericRecord;
import com.hazelcast.spi.exception.TargetNotMemberException;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.hazelcast.Wire.WireEnvelope;
import org.maplebridge.dispatch.model.MemberId;

/// Another program at the cluster's port sends bytes of classes of its choice.
class SerialFilterTest {
    /// Any class that a stranger might have found on the class path.
    record Gadget(String command) implements Serializable {}

    /// The same in the compact form, which needs no interface.
    record CompactGadget(String command) {}

    private static final Schemas SCHEMAS = new Schemas();
    private static final InternalSerializationService STRANGER = service(new Config());
    private static final InternalSerializationService OURS =
            service(MemberConfig.of(HazelcastSettings.alone(new MemberId("one"))));

    @AfterAll
    static void close() {
        STRANGER.dispose();
        OURS.dispose();
    }

    static Stream<Object> foreignObjects() {
        return Stream.of(new Gadget("rm"), new Gadget[] {new Gadget("rm")}, new Properties());
    }

    @ParameterizedTest
    @MethodSource("foreignObjects")
    void aForeignClassIsRefusedBeforeItIsMade(Object foreign) {
        byte[] bytes = STRANGER.toBytes(foreign);

        assertThat(STRANGER.<Object>toObject(new HeapData(bytes))).isNotNull();
        assertThatThrownBy(() -> OURS.toObject(new HeapData(bytes)))
                .rootCause()
                .isInstanceOf(SecurityException.class)
                .hasMessageContaining("not allowed");
    }

    @Test
    void aForeignClassInTheCompactFormIsNotMade() {
        byte[] bytes = STRANGER.toBytes(new CompactGadget("rm"));

        assertThat(STRANGER.<Object>toObject(new HeapData(bytes)))
                .isInstanceOf(CompactGadget.class);
        assertThat(OURS.<Object>toObject(new HeapData(bytes))).isInstanceOf(GenericRecord.class);
    }

    @Test
    void whatMembersTellEachOtherPasses() {
        var envelope = new Envelope(new MemberId("one"), "placed", "o-1", Map.of("number", "1"));

        WireEnvelope read = OURS.toObject(OURS.toData(WireEnvelope.of(envelope)));

        assertThat(read.toEnvelope()).isEqualTo(envelope);
    }

    @Test
    void failuresOfAnotherMemberPassWithTheirCauses() {
        var failure =
                new HazelcastException(
                        new ExecutionException(new TargetNotMemberException("it has gone")));
        failure.addSuppressed(new IllegalStateException("closing"));

        HazelcastException read = OURS.toObject(OURS.toData(failure));

        assertThat(read).rootCause().hasMessageContaining("it has gone");
        assertThat(read.getSuppressed()).hasSize(1);
        assertThat(read.getStackTrace()).isNotEmpty();
    }

    /// What members tell each other of the form of their records.
    private static final class Schemas implements SchemaService {
        private final Map<Long, Schema> known = new ConcurrentHashMap<>();

        @Override
        public Schema get(long schemaId) {
            return Objects.requireNonNull(known.get(schemaId));
        }

        @Override
        public void put(Schema schema) {
            known.put(schema.getSchemaId(), schema);
        }

        @Override
        public void putLocal(Schema schema) {
            put(schema);
        }
    }

    private static InternalSerializationService service(Config config) {
        SerializationService service =
                new DefaultSerializationServiceBuilder()
                        .setConfig(config.getSerializationConfig())
                        .setSchemaService(SCHEMAS)
                        .build();
        return (InternalSerializationService) service;
    }
}
