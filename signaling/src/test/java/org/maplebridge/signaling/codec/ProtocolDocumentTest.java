package org.maplebridge.signaling.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maplebridge.signaling.protocol.ClientMessage;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.protocol.ServerMessage;

/// docs/protocol.md, the records and the web client's types say the same.
class ProtocolDocumentTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final ProtocolDocument DOCUMENT = document();
    private final Codec codec = new Codec();

    @Test
    void listsEveryClientMessageWithItsFields() {
        assertTable("Client → server", ClientMessage.class);
    }

    @Test
    void listsEveryServerMessageWithItsFields() {
        assertTable("Server → client", ServerMessage.class);
    }

    @Test
    void listsEveryRefusalCode() {
        assertThat(DOCUMENT.codes("Refusal codes"))
                .containsAll(Arrays.stream(RefusalCode.values()).map(RefusalCode::wire).toList());
    }

    @Test
    void showsASampleOfEveryMessage() {
        assertThat(clientSamples().map(ProtocolDocumentTest::type).distinct())
                .containsExactlyElementsOf(WireMessages.below(ClientMessage.class).keySet());
        assertThat(serverSamples().map(ProtocolDocumentTest::type))
                .containsExactlyInAnyOrderElementsOf(
                        WireMessages.below(ServerMessage.class).keySet());
    }

    @ParameterizedTest
    @MethodSource("clientSamples")
    void readsAndWritesClientSamples(String sample) {
        var decoded = codec.decode(sample);

        assertThat(decoded).isInstanceOf(Decoded.Frame.class);
        assertThat(codec.encode(((Decoded.Frame) decoded).frame())).isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("serverSamples")
    void readsAndWritesServerSamples(String sample) {
        var frame = codec.decodeServer(sample);

        assertThat(codec.encode(frame.seq(), frame.message())).isEqualTo(sample);
    }

    @Test
    void theWebClientHasTheSameTypes() throws IOException {
        var file = ROOT.resolve("web-client/src/protocol/messages.ts");
        if (System.getProperty("golden.update") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, TypeScriptTypes.all());
        }
        assertThat(Files.readString(file)).isEqualTo(TypeScriptTypes.all());
    }

    static Stream<String> clientSamples() {
        return DOCUMENT.samples("From a client:").stream();
    }

    static Stream<String> serverSamples() {
        return DOCUMENT.samples("From the server:").stream();
    }

    private static void assertTable(String heading, Class<?> family) {
        Map<String, List<ProtocolDocument.Field>> table = DOCUMENT.table(heading);
        var records = WireMessages.below(family);
        assertThat(table.keySet()).containsExactlyInAnyOrderElementsOf(records.keySet());
        records.forEach(
                (type, record) -> assertFields(type, table.getOrDefault(type, List.of()), record));
    }

    private static void assertFields(
            String where, List<ProtocolDocument.Field> documented, Class<?> record) {
        var components = record.getRecordComponents();
        assertThat(documented.stream().map(ProtocolDocument.Field::name))
                .as(where)
                .containsExactlyElementsOf(
                        Arrays.stream(components).map(RecordComponent::getName).toList());
        for (int i = 0; i < components.length; i++) {
            assertField(where + "." + components[i].getName(), documented.get(i), components[i]);
        }
    }

    private static void assertField(
            String where, ProtocolDocument.Field documented, RecordComponent component) {
        var type = element(component);
        assertThat(documented.optional())
                .as(where + " optional")
                .isEqualTo(component.getAnnotatedType().isAnnotationPresent(Nullable.class));
        assertThat(documented.list())
                .as(where + " list")
                .isEqualTo(component.getType() == List.class);
        if (!documented.inner().isEmpty()) {
            assertFields(where, documented.inner(), type);
        }
        if (!documented.words().isEmpty()) {
            assertThat(documented.words())
                    .as(where)
                    .containsExactlyElementsOf(
                            Arrays.stream(type.getEnumConstants())
                                    .map(constant -> WireWords.of((Enum<?>) constant))
                                    .toList());
        }
    }

    private static Class<?> element(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType type
                        && component.getType() == List.class
                ? (Class<?>) type.getActualTypeArguments()[0]
                : component.getType();
    }

    private static String type(String sample) {
        return sample.substring(
                "{\"type\":\"".length(), sample.indexOf('"', "{\"type\":\"".length()));
    }

    private static ProtocolDocument document() {
        try {
            return new ProtocolDocument(Files.readString(ROOT.resolve("docs/protocol.md")));
        } catch (IOException e) {
            throw new IllegalStateException("docs/protocol.md is not where the tests look", e);
        }
    }
}
