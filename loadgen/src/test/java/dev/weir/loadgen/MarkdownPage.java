package dev.weir.loadgen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One page of the documentation, as far as a machine can check it: its blocks, commands, links and headings.
 *
 * @param path where it stands; links are relative to its folder
 * @param lines its lines
 */
record MarkdownPage(Path path, List<String> lines) {
    private static final String FENCE = "```";
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

    MarkdownPage {
        lines = List.copyOf(lines);
    }

    /**
     * A block between fences.
     *
     * @param language what stands behind the fence, e.g. {@code json}; may be empty
     * @param line number of its first line in the page, from 1
     * @param content its lines
     */
    record Block(String language, int line, List<String> content) {
        Block {
            content = List.copyOf(content);
        }

        String text() {
            return String.join("\n", content) + "\n";
        }
    }

    /**
     * Something that stands in a line.
     *
     * @param line number of the line, from 1
     * @param text what stands there
     */
    record Found(int line, String text) {}

    static MarkdownPage read(Path path) throws IOException {
        return new MarkdownPage(path, Files.readAllLines(path));
    }

    static MarkdownPage of(String text) {
        return new MarkdownPage(Path.of("page.md"), text.lines().toList());
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        List<String> content = new ArrayList<>();
        String language = "";
        int start = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.startsWith(FENCE)) {
                content.add(lines.get(i));
            } else if (start == 0) {
                language = line.substring(FENCE.length());
                start = i + 2;
                content.clear();
            } else {
                blocks.add(new Block(language, start, content));
                start = 0;
            }
        }
        return blocks;
    }

    /** Commands that begin with {@code program}: lines of blocks, with a prompt or without, and code within sentences. */
    List<Found> commands(String program) {
        List<Found> commands = new ArrayList<>();
        for (Block block : blocks()) {
            commands.addAll(commands(program, block));
        }
        for (Found line : prose()) {
            Matcher code = CODE.matcher(line.text());
            while (code.find()) {
                if (code.group(1).startsWith(program + " ")) {
                    commands.add(new Found(line.line(), code.group(1)));
                }
            }
        }
        return commands;
    }

    private static List<Found> commands(String program, Block block) {
        List<Found> commands = new ArrayList<>();
        for (int i = 0; i < block.content().size(); i++) {
            int line = block.line() + i;
            String command = block.content().get(i).strip();
            command = command.startsWith("$ ") ? command.substring(2) : command;
            if (!command.startsWith(program + " ")) {
                continue;
            }
            while (command.endsWith("\\") && i + 1 < block.content().size()) {
                i++;
                command = command.substring(0, command.length() - 1)
                        + block.content().get(i).strip();
            }
            commands.add(new Found(line, command));
        }
        return commands;
    }

    /** Targets of links, those to other sites left out. */
    List<Found> links() {
        List<Found> links = new ArrayList<>();
        for (Found line : prose()) {
            Matcher link = LINK.matcher(CODE.matcher(line.text()).replaceAll(""));
            while (link.find()) {
                if (!link.group(1).matches("[a-z]+:.*")) {
                    links.add(new Found(line.line(), link.group(1)));
                }
            }
        }
        return links;
    }

    /** Names by which a link reaches a heading of this page, as GitHub makes them. */
    List<String> anchors() {
        return prose().stream()
                .map(Found::text)
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+\\s*", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}\\- _]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Lines outside of blocks. */
    private List<Found> prose() {
        List<Found> prose = new ArrayList<>();
        boolean inBlock = false;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith(FENCE)) {
                inBlock = !inBlock;
            } else if (!inBlock) {
                prose.add(new Found(i + 1, lines.get(i)));
            }
        }
        return prose;
    }
}
