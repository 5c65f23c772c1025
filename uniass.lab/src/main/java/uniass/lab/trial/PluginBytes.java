/* SPDX-License-Identifier: Apache-2.0 */
package uniass.lab.trial;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import uniass.api.UniassException;
import uniass.api.experiment.PluginInfo;
import uniass.inference.experiment.ExperimentSpec;
import uniass.inference.experiment.PartSpec;
import uniass.inference.plugin.Plugins;
import uniass.lab.trial.FrozenStudy.FrozenPlugin;

/** Says which bytes the plug-ins of experiments have now. */
public final class PluginBytes {

  private static final String NO_FRAMEWORK = "";

  private final Plugins plugins;
  private final Optional<BundleContext> framework;
  private final Map<Long, String> hashes = new LinkedHashMap<>();

  /**
   * Looks at the bundles of a framework.
   *
   * @param framework empty without one: no bytes are known then
   */
  public PluginBytes(Plugins plugins, Optional<BundleContext> framework) {
    this.plugins = plugins;
    this.framework = framework;
  }

  /** The plug-ins that experiments name, by type and name. */
  public List<FrozenPlugin> of(Collection<ExperimentSpec> experiments) {
    hashes.clear(); // bundles may have been updated since
    List<PluginInfo> available = plugins.list();
    Map<String, FrozenPlugin> found = new TreeMap<>();
    for (ExperimentSpec spec : experiments) {
      parts(spec)
          .forEach(
              part ->
                  available.stream()
                      .filter(p -> p.type().equals(part.type()) && p.name().equals(part.name()))
                      .forEach(p -> found.putIfAbsent(label(part), frozen(p))));
      weights(spec).ifPresent(p -> found.putIfAbsent(p.plugin(), p));
    }
    return List.copyOf(found.values());
  }

  /**
   * Refuses to go on if a plug-in that an experiment uses has other bytes than those frozen.
   *
   * @throws UniassException naming the plug-in
   */
  public void refuseOther(List<FrozenPlugin> frozen, ExperimentSpec spec) {
    Map<String, FrozenPlugin> known = new LinkedHashMap<>();
    frozen.forEach(p -> known.put(p.plugin(), p));
    for (FrozenPlugin now : of(List.of(spec))) {
      FrozenPlugin before = known.get(now.plugin());
      if (before != null && !before.sha256().equals(now.sha256())) {
        throw new UniassException(
            "plug-in "
                + now.plugin()
                + ": "
                + now.bundle()
                + " has other bytes than "
                + (before.bundle().equals(now.bundle()) ? "" : before.bundle() + " had ")
                + "when the study was frozen; put the old bundle back, or start a new study with"
                + " another --out");
      }
    }
  }

  private FrozenPlugin frozen(PluginInfo info) {
    String hash =
        framework.stream()
            .flatMap(context -> Stream.of(context.getBundles()))
            .filter(b -> (b.getSymbolicName() + " " + b.getVersion()).equals(info.bundle()))
            .findFirst()
            .map(this::hash)
            .orElse(NO_FRAMEWORK);
    return new FrozenPlugin(info.type() + " " + info.name(), info.bundle(), hash);
  }

  /** The bundle that brings the weights of the backbone, if one does. */
  private Optional<FrozenPlugin> weights(ExperimentSpec spec) {
    if (!spec.model().weights().equals(ExperimentSpec.ModelSpec.BUNDLED)) {
      return Optional.empty();
    }
    String name = spec.model().backbone().name();
    return plugins
        .pretrained(name)
        .flatMap(weights -> Optional.ofNullable(FrameworkUtil.getBundle(weights.getClass())))
        .map(
            bundle ->
                new FrozenPlugin(
                    "weights " + name,
                    bundle.getSymbolicName() + " " + bundle.getVersion(),
                    hash(bundle)));
  }

  private String hash(Bundle bundle) {
    return hashes.computeIfAbsent(bundle.getBundleId(), id -> content(bundle));
  }

  /** SHA-256 over names and bytes of all entries, in the names' order. */
  private static String content(Bundle bundle) {
    Enumeration<URL> entries = bundle.findEntries("/", "*", true);
    List<URL> files =
        entries == null
            ? List.of()
            : Collections.list(entries).stream()
                .filter(url -> !url.getPath().endsWith("/"))
                .sorted(Comparator.comparing(URL::getPath))
                .toList();
    Digest digest = new Digest();
    for (URL file : files) {
      digest.add(file.getPath().getBytes(StandardCharsets.UTF_8));
      try (InputStream in = file.openStream()) {
        digest.add(in.readAllBytes());
      } catch (IOException e) {
        throw new UniassException(bundle + ": cannot be read: " + e.getMessage(), e);
      }
    }
    return digest.hex();
  }

  private static String label(PartSpec part) {
    return part.type() + " " + part.name();
  }

  /** All parts in a record and those below it. */
  static List<PartSpec> parts(Record record) {
    List<PartSpec> parts = new ArrayList<>();
    collect(record, parts);
    return parts;
  }

  private static void collect(Object value, List<PartSpec> parts) {
    if (value instanceof PartSpec part) {
      parts.add(part);
    } else if (value instanceof Collection<?> items) {
      items.forEach(item -> collect(item, parts));
    } else if (value instanceof Record record) {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        try {
          collect(component.getAccessor().invoke(record), parts);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
