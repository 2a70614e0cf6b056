package dev.weir.gateway.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JSON form: one object per line, any number of objects per frame.
 *
 * <p>Reading is strict about what it acts on (duplicate keys, types, ranges) and lets unknown fields of a known command pass,
 * because newer clients send more. Payloads are cut out as bytes.
 *
 * <p><b>Bounds:</b> nesting at most {@value #NESTING_MAX} levels; the length of a frame is bounded by whoever reads it.
 */
public final class JsonCodec implements WireCodec {
    private static final int NESTING_MAX = 128;
    private static final byte[] PING = {'{', '}'};
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(NESTING_MAX).build())
            .build();

    @Override
    public Decoded decode(byte[] source, int offset, int length) {
        List<Command> commands = new ArrayList<>(4);
        if (!startsAsUtf8Json(source, offset, length)) {
            return new Decoded(commands, Optional.of("message must start with an object"));
        }
        try (JsonParser parser = FACTORY.createParser(source, offset, length)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.START_OBJECT) {
                    return new Decoded(commands, Optional.of("command must be an object"));
                }
                JsonCommandReader reader = new JsonCommandReader(parser, source, offset);
                Optional<Command> command = reader.read();
                if (command.isEmpty()) {
                    return new Decoded(commands, Optional.of(reader.fault()));
                }
                commands.add(command.get());
            }
        } catch (JsonProcessingException e) {
            return new Decoded(commands, Optional.of(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
        return new Decoded(
                commands, commands.isEmpty() ? Optional.of("message must hold a command") : Optional.empty());
    }

    /** The parser would take a zero among the first four bytes for UTF-16 or UTF-32, and skip a byte order mark. */
    private static boolean startsAsUtf8Json(byte[] source, int offset, int length) {
        if (length == 0) {
            return false;
        }
        for (int i = offset; i < offset + Math.min(4, length); i++) {
            if (source[i] == 0) {
                return false;
            }
        }
        byte first = source[offset];
        return first == '{' || first == '\n' || first == ' ' || first == '\r' || first == '\t';
    }

    @Override
    public void encode(Reply reply, WireBuffer out) {
        out.ascii("{\"id\":").number(reply.id());
        switch (reply) {
            case Reply.Connected connected -> connected(connected, out);
            case Reply.Subscribed _ -> out.ascii(",\"subscribe\":{}}");
            case Reply.Unsubscribed _ -> out.ascii(",\"unsubscribe\":{}}");
            case Reply.Published _ -> out.ascii(",\"publish\":{}}");
            case Reply.Failed failed -> {
                ErrorCode error = failed.error();
                out.ascii(",\"error\":{\"code\":").number(error.code());
                out.ascii(",\"message\":").jsonString(error.message());
                out.ascii(error.temporary() ? ",\"temporary\":true}}" : "}}");
            }
        }
    }

    private static void connected(Reply.Connected reply, WireBuffer out) {
        out.ascii(",\"connect\":{\"client\":").jsonString(reply.client());
        out.ascii(",\"version\":").jsonString(reply.version());
        if (reply.pingSeconds() > 0) {
            out.ascii(",\"ping\":").number(reply.pingSeconds());
        }
        out.ascii(reply.pong() ? ",\"pong\":true}}" : "}}");
    }

    @Override
    public void encode(Push push, WireBuffer out) {
        out.ascii("{\"push\":{\"channel\":").jsonString(push.channel());
        switch (push) {
            case Push.Publication publication -> {
                out.ascii(",\"pub\":{\"data\":");
                publication.data().writeTo(out);
                if (publication.publisher().isPresent()) {
                    ClientInfo info = publication.publisher().get();
                    out.ascii(",\"info\":{\"user\":").jsonString(info.user());
                    out.ascii(",\"client\":").jsonString(info.client()).ascii("}");
                }
                out.ascii("}}}");
            }
        }
    }

    @Override
    public void encodePing(WireBuffer out) {
        out.raw(PING);
    }

    @Override
    public void separate(WireBuffer out) {
        out.raw((byte) '\n');
    }
}
