package dev.weir.proxy;

import dev.weir.proxy.error.Nearest;
import dev.weir.proxy.error.ProxyConfigException;
import dev.weir.proxy.profile.Profile;
import dev.weir.proxy.profile.ProfileReader;
import dev.weir.proxy.profile.Resolver;
import dev.weir.proxy.profile.Setting;
import dev.weir.proxy.profile.Settings;
import dev.weir.proxy.render.RenderRequest;
import dev.weir.proxy.render.RenderedConfig;
import dev.weir.proxy.render.TemplateRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The proxy layer of one folder: templates and profiles that users edit, read anew on every call.
 *
 * <p><b>Threading:</b> stateless; any thread. Calls read files and block.
 */
public final class ProxyConfig {

    private static final String SUFFIX = ".yaml";

    private final Path folder;
    private final TemplateRenderer renderer;

    private ProxyConfig(Path folder) {
        this.folder = folder;
        this.renderer = new TemplateRenderer(folder.resolve("templates"));
    }

    /**
     * The proxy layer of a folder.
     *
     * @param folder holds {@code templates/} and {@code profiles/}
     * @throws ProxyConfigException of kind ENVIRONMENT when it does not
     */
    public static ProxyConfig at(Path folder) {
        for (var part : List.of("templates", "profiles")) {
            if (!Files.isDirectory(folder.resolve(part))) {
                throw ProxyConfigException.environment(
                        "proxy folder must hold templates and profiles: missing=" + folder.resolve(part));
            }
        }
        return new ProxyConfig(folder);
    }

    /** The catalogue of settings, in the order of the rendered files. */
    public List<Setting> settings() {
        return Settings.all();
    }

    /** The names of all profiles, in alphabetical order. */
    public List<String> profileNames() {
        try (var files = Files.list(folder.resolve("profiles"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw ProxyConfigException.environment("profiles must be readable: folder=" + folder + " (" + e + ")");
        }
    }

    /**
     * All profiles, in alphabetical order.
     *
     * @throws ProxyConfigException of kind CONFIG when one of them cannot be used
     */
    public List<Profile> profiles() {
        return profileNames().stream().map(this::profile).toList();
    }

    /**
     * One profile.
     *
     * @throws ProxyConfigException of kind USAGE when there is none of that name, CONFIG when it cannot be used
     */
    public Profile profile(String name) {
        var known = profileNames();
        if (!known.contains(name)) {
            throw ProxyConfigException.usage("profile must be known: profile=" + name + Nearest.remedy(name, known));
        }
        var file = folder.resolve("profiles").resolve(name + SUFFIX);
        try {
            return ProfileReader.read(name + SUFFIX, Files.readString(file));
        } catch (IOException e) {
            throw ProxyConfigException.environment("profile must be readable: file=" + file + " (" + e + ")");
        }
    }

    /**
     * Renders one hop.
     *
     * @throws ProxyConfigException when the profile, an override or the template cannot be used
     */
    public RenderedConfig render(RenderRequest request) {
        var tuning = request.tuning();
        var resolved = Resolver.resolve(chain(tuning.profile()), tuning.overrides(), request.hop(), request.demand());
        return renderer.render(request, resolved);
    }

    /** A profile and those it builds on, the outermost base first. */
    private List<Profile> chain(String name) {
        var chain = new ArrayList<Profile>();
        var seen = new LinkedHashSet<String>();
        var next = profile(name);
        while (seen.add(next.name())) {
            chain.addFirst(next);
            if (next.base().isEmpty()) {
                return List.copyOf(chain);
            }
            next = baseOf(next);
        }
        throw ProxyConfigException.config("base must not lead back to itself: base=" + String.join(" > ", seen) + " > "
                + next.name() + " (" + next.name() + SUFFIX + ")");
    }

    private Profile baseOf(Profile profile) {
        var base = profile.base().orElseThrow();
        if (!profileNames().contains(base)) {
            throw ProxyConfigException.config("base must be a known profile: base=" + base + " (" + profile.name()
                    + SUFFIX + ")" + Nearest.remedy(base, profileNames()));
        }
        return profile(base);
    }
}
