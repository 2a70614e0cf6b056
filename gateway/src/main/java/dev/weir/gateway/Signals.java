package dev.weir.gateway;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears SIGTERM and SIGINT.
 *
 * <p>Not a shutdown hook: that one runs when the exit code is already that of the signal, and never hears the second signal. The
 * JDK's only way, {@code sun.misc.Signal}, is reached by reflection because the compiler warns of its name whatever is said.
 *
 * <p><b>Threading:</b> the action runs on a thread of the JDK made for that signal.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    static void onTermination(Runnable action) {
        for (String name : new String[] {"TERM", "INT"}) {
            try {
                handle(name, action);
            } catch (ReflectiveOperationException e) {
                // With -Xrs or on a foreign JDK: the process then ends at once, as it would without this class.
                LOG.warn("SIG{} will end the process without a drain: {}", name, e.toString());
            }
        }
    }

    private static void handle(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object proxy =
                Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                    action.run();
                    return null;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    }
}
