package dev.weir.proxy.render;

import io.pebbletemplates.pebble.error.LoaderException;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.loader.Loader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads templates with a mark at the end of every line, from which each rendered line is traced back to its template line.
 *
 * <p>Pebble keeps no source map, and guessing by text fails as soon as two lines look alike. Marks are characters of Unicode's
 * private use area, which have no meaning in nginx.
 *
 * <p><b>Threading:</b> one per rendering; not shared. <b>Bounds:</b> at most 64 files are loaded, so that a template that includes
 * itself ends.
 */
final class MarkedTemplates implements Loader<String> {

    private static final int LOADS_MAX = 64;
    private static final char OPEN = '\uE000';
    private static final char CLOSE = '\uE001';

    private final Path folder;
    private int loads;

    MarkedTemplates(Path folder) {
        this.folder = folder;
    }

    /**
     * Rendered text and where each line of it came from.
     *
     * @param text without marks
     * @param origins {@code template:line} of each line
     */
    record Traced(String text, List<String> origins) {}

    @Override
    public Reader getReader(String name) {
        if (++loads > LOADS_MAX) {
            throw new PebbleException(
                    null, "more than " + LOADS_MAX + " includes, or one that includes itself", null, name);
        }
        try {
            return new StringReader(mark(name, Files.readString(folder.resolve(name))));
        } catch (IOException e) {
            throw new LoaderException(e, name);
        }
    }

    /** Adds a mark to every line that does not end inside a tag, where it would become part of the tag. */
    static String mark(String name, String text) {
        var marked = new StringBuilder();
        var closer = "";
        var number = 0;
        for (var line : text.lines().toList()) {
            number++;
            closer = tagOpenAfter(line, closer);
            marked.append(line);
            if (closer.isEmpty() || closer.equals("#}")) {
                marked.append(OPEN).append(name).append(':').append(number);
                marked.append(line.isBlank() ? "" : "!").append(CLOSE);
            }
            marked.append('\n');
        }
        return marked.toString();
    }

    /** What closes the tag that is open at the end of a line; empty when none is. */
    private static String tagOpenAfter(String line, String openBefore) {
        var closer = openBefore;
        for (var at = 0; at + 1 < line.length(); at++) {
            var pair = line.substring(at, at + 2);
            if (closer.isEmpty()) {
                closer = switch (pair) {
                    case "{{" -> "}}";
                    case "{%" -> "%}";
                    case "{#" -> "#}";
                    default -> "";
                };
                at += closer.isEmpty() ? 0 : 1;
            } else if (pair.equals(closer)) {
                closer = "";
                at++;
            }
        }
        return closer;
    }

    /** Takes the marks out again. A template line that held nothing but tags leaves no line. */
    static Traced trace(String marked, String template) {
        var text = new StringBuilder();
        var origins = new ArrayList<String>();
        for (var line : marked.lines().toList()) {
            var content = new StringBuilder();
            var origin = template;
            var tagsOnly = false;
            var at = 0;
            while (at < line.length()) {
                var open = line.indexOf(OPEN, at);
                if (open < 0) {
                    content.append(line, at, line.length());
                    break;
                }
                var close = line.indexOf(CLOSE, open);
                content.append(line, at, open);
                origin = line.substring(open + 1, close);
                at = close + 1;
            }
            if (origin.endsWith("!")) {
                origin = origin.substring(0, origin.length() - 1);
                tagsOnly = content.toString().isBlank();
            }
            if (!tagsOnly) {
                text.append(content).append('\n');
                origins.add(origin);
            }
        }
        return new Traced(text.toString(), List.copyOf(origins));
    }

    @Override
    public void setCharset(String charset) {}

    @Override
    public void setPrefix(String prefix) {}

    @Override
    public void setSuffix(String suffix) {}

    @Override
    public String resolveRelativePath(String relativePath, String anchorPath) {
        return relativePath;
    }

    @Override
    public String createCacheKey(String templateName) {
        return templateName;
    }

    @Override
    public boolean resourceExists(String templateName) {
        return Files.isRegularFile(folder.resolve(templateName));
    }
}
