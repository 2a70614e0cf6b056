package dev.weir.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.api.ApiRequest.Broadcast;
import dev.weir.gateway.api.ApiRequest.Disconnect;
import dev.weir.gateway.api.ApiRequest.NodeInfo;
import dev.weir.gateway.api.ApiRequest.NotJson;
import dev.weir.gateway.api.ApiRequest.Parsed;
import dev.weir.gateway.api.ApiRequest.Publish;
import dev.weir.gateway.api.ApiRequest.Understood;
import dev.weir.gateway.api.ApiRequest.Wrong;
import dev.weir.gateway.protocol.ErrorCode;
import dev.weir.gateway.protocol.Payload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiRequestReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\" : [1 , 2.50e+01] }",
                "\"<script>alert('ä')</script>\"",
                "{\"a\":1,\"a\":2}",
                "12345678901234567890.12345678901234567890",
                "null",
                "false",
                "[]",
                "[\n1\n]"
            })
    void shouldPassDataOnByteForByte(String data) {
        assertThat(read(ApiMethod.PUBLISH, "{ \"data\" : " + data + " , \"channel\":\"news\"}"))
                .isEqualTo(new Understood(new Publish("news", payload(data))));
    }

    @Test
    void shouldDecodeBase64Data() {
        assertThat(read(ApiMethod.PUBLISH, "{\"channel\":\"news\",\"b64data\":\"eyJhIjoxfQ==\"}"))
                .isEqualTo(new Understood(new Publish("news", payload("{\"a\":1}"))));
    }

    @Test
    void shouldIgnoreFieldsThatNobodyKnowsAndUnsetOnes() {
        assertThat(
                        read(
                                ApiMethod.BROADCAST,
                                "{\"channels\":[\"a\",\"b\"],\"data\":1,\"future\":{},\"skip_history\":true,\"delta\":false,\"tags\":{},\"version\":0}"))
                .isEqualTo(new Understood(new Broadcast(List.of("a", "b"), payload("1"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"idempotency_key\":\"k\"",
                "\"delta\":true",
                "\"version\":7",
                "\"version_epoch\":\"e\"",
                "\"tags\":{\"a\":\"b\"}"
            })
    void shouldRefuseWhatWouldPromiseMoreThanThereIs(String field) {
        String name = field.substring(1, field.indexOf('"', 1));

        assertThat(read(ApiMethod.PUBLISH, "{\"channel\":\"news\",\"data\":1," + field + "}"))
                .isEqualTo(new Wrong(new ApiError(ErrorCode.NOT_AVAILABLE, name)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"data":1}                              | channel must be given
            {"channel":"","data":1}                 | channel must be given
            {"channel":5,"data":1}                  | channel must be a string
            {"channel":null,"data":1}               | channel must be a string
            {"channel":"a"}                         | data must be given
            {"channel":"a","data":1,"b64data":"MQ=="} | data must be given once
            {"channel":"a","b64data":"*"}           | b64data must be base64
            {"channel":"a","b64data":"e30gMQ=="}    | b64data must hold one JSON value
            {"channel":"a","channel":"b","data":1}  | channel must stand once
            """)
    void shouldSayWhatIsWrongWithAPublish(String body, String why) {
        assertThat(read(ApiMethod.PUBLISH, body)).isInstanceOfSatisfying(Wrong.class, wrong -> assertThat(
                        wrong.error().message())
                .startsWith("bad request: " + why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no",
                "[]",
                "1",
                "{",
                "{} {}",
                "{\"data\":NaN}",
                "{\"data\":01}",
                "{\"data\":}",
                "{\"data\":\"\u0001\"}"
            })
    void shouldTakeOnlyOneJsonObject(String body) {
        assertThat(read(ApiMethod.PUBLISH, body)).isInstanceOf(NotJson.class);
    }

    @Test
    void shouldTakeOnlyUtf8() {
        byte[] overlong = {'{', '"', 'd', 'a', 't', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0x80, '"', '}'};

        assertThat(ApiRequestReader.read(ApiMethod.PUBLISH, overlong)).isInstanceOf(NotJson.class);
        assertThat(ApiRequestReader.read(ApiMethod.PUBLISH, "{}".getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(NotJson.class);
    }

    @Test
    void shouldRefuseDeepNesting() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);

        assertThat(read(ApiMethod.PUBLISH, "{\"channel\":\"a\",\"data\":" + deep + "}"))
                .isInstanceOf(NotJson.class);
    }

    @Test
    void shouldTakeAnEmptyBodyWhenTheCommandHasNoFields() {
        assertThat(read(ApiMethod.INFO, "")).isEqualTo(new Understood(new NodeInfo()));
    }

    @Test
    void shouldCloseForGoodUnlessACodeIsGiven() {
        assertThat(read(ApiMethod.DISCONNECT, "{\"user\":\"42\"}"))
                .isEqualTo(new Understood(new Disconnect("42", "", 3503, "force disconnect")));
        assertThat(read(
                        ApiMethod.DISCONNECT,
                        "{\"user\":\"\",\"client\":\"c\",\"disconnect\":{\"code\":4001,\"reason\":\"bye\"}}"))
                .isEqualTo(new Understood(new Disconnect("", "c", 4001, "bye")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"user\":\"a\",\"disconnect\":{\"code\":1000}}",
                "{\"user\":\"a\",\"disconnect\":{\"code\":\"x\"}}",
                "{\"user\":\"a\",\"disconnect\":3}"
            })
    void shouldRefuseADisconnectThatIsNotClear(String body) {
        assertThat(read(ApiMethod.DISCONNECT, body))
                .isInstanceOfSatisfying(
                        Wrong.class, wrong -> assertThat(wrong.error().code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    @Test
    void shouldAnswerNotAvailableWhenACommandDoesNotExistHere() {
        assertThat(read(ApiMethod.HISTORY_REMOVE, "{}"))
                .isEqualTo(new Wrong(new ApiError(ErrorCode.NOT_AVAILABLE, "history_remove")));
    }

    private static Parsed read(ApiMethod method, String body) {
        return ApiRequestReader.read(method, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Payload payload(String json) {
        return Payload.of(json.getBytes(StandardCharsets.UTF_8));
    }
}
