package dev.weir.gateway.server;

import dev.weir.gateway.protocol.Command;
import dev.weir.gateway.protocol.Decoded;
import dev.weir.gateway.protocol.Disconnect;
import dev.weir.gateway.protocol.DisconnectCode;
import dev.weir.gateway.protocol.ErrorCode;
import dev.weir.gateway.protocol.Push;
import dev.weir.gateway.protocol.Reply;
import dev.weir.gateway.protocol.WireBuffer;
import dev.weir.gateway.protocol.WireCodec;
import dev.weir.gateway.session.Decision;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the commands of one frame and answers them in one frame.
 *
 * <p><b>Threading:</b> one loop; lives for one frame.
 */
final class CommandExecutor {
    private final ParkingLoop loop;
    private final ParkedConnection connection;
    private final WireCodec codec;
    private final WireBuffer replies;
    private @Nullable Disconnect end;

    CommandExecutor(ParkingLoop loop, ParkedConnection connection) {
        this.loop = loop;
        this.connection = connection;
        this.codec = loop.settings().codec();
        this.replies = loop.replies();
    }

    void execute(byte[] bytes, int length) {
        Decoded decoded = codec.decode(bytes, 0, length);
        replies.reset();
        for (Command command : decoded.commands()) {
            loop.counters().messagesReceived++;
            carryOut(loop.rules().decide(connection.state(), command, connection));
            if (end != null) {
                break;
            }
        }
        if (replies.length() > 0) {
            connection.reply(replies);
        }
        if (end == null && decoded.fault().isPresent()) {
            end = DisconnectCode.BAD_REQUEST.disconnect();
        }
        if (end != null) {
            connection.refuse(end);
        }
    }

    private void carryOut(Decision decision) {
        switch (decision) {
            case Decision.Open(var next, Reply reply) -> {
                connection.connected(next);
                answer(reply);
            }
            case Decision.Reject(Reply reply) -> {
                connection.rejected();
                answer(reply);
            }
            case Decision.Join(String channel, Reply reply) -> {
                connection.join(channel);
                answer(reply);
            }
            case Decision.Leave(String channel, Reply reply) -> {
                connection.leave(channel);
                answer(reply);
            }
            case Decision.Deliver(Push.Publication push, Reply reply) -> publish(push, reply);
            case Decision.Answer(Reply reply) -> answer(reply);
            case Decision.AcceptPong _ -> {
                if (!connection.takePong()) {
                    end = DisconnectCode.BAD_REQUEST.disconnect();
                }
            }
            case Decision.Close(Disconnect disconnect) -> end = disconnect;
        }
    }

    /** The loops get the message as a task of theirs, so a reply written now goes out before the publisher's own copy. */
    private void publish(Push.Publication push, Reply reply) {
        CompletionStage<Void> publishing = loop.publisher().publish(push);
        CompletableFuture<Void> taken = publishing.toCompletableFuture();
        if (taken.isDone()) {
            answer(taken.isCompletedExceptionally() ? failed(reply.id(), taken.exceptionNow()) : reply);
            return;
        }
        publishing.whenComplete((done, failure) -> {
            Reply late = failure == null ? reply : failed(reply.id(), failure);
            loop.execute(() -> new CommandExecutor(loop, connection).answerAlone(late));
        });
    }

    private void answerAlone(Reply reply) {
        replies.reset();
        answer(reply);
        connection.reply(replies);
        connection.flush();
    }

    private static Reply failed(long id, Throwable failure) {
        boolean overloaded = failure instanceof Overloaded;
        return new Reply.Failed(id, overloaded ? ErrorCode.TOO_MANY_REQUESTS : ErrorCode.INTERNAL);
    }

    private void answer(Reply reply) {
        loop.counters().messagesSent++;
        if (reply instanceof Reply.Failed failed) {
            loop.counters().failed(failed.error());
        }
        if (replies.length() > 0) {
            codec.separate(replies);
        }
        codec.encode(reply, replies);
    }
}
