/* SPDX-License-Identifier: Apache-2.0 */
package uniass.inference.testing;

import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Manifest;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import uniass.api.experiment.PluginInfo;
import uniass.api.network.PretrainedWeights;
import uniass.api.plugin.Part;
import uniass.inference.plugin.Plugins;

/**
 * The plug-ins on the class path without a framework: what their bundles' component descriptions
 * say.
 */
public final class PlainPlugins implements Plugins {

  private final Map<PluginInfo, String> classes = new HashMap<>();
  private final Set<String> gone = Collections.synchronizedSet(new HashSet<>());
  private final List<PretrainedWeights> weights = new ArrayList<>();

  /** Reads the descriptions of all bundles on the class path. */
  public PlainPlugins() {
    try {
      ClassLoader loader = PlainPlugins.class.getClassLoader();
      for (URL manifest : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
        readBundle(manifest);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void readBundle(URL manifestUrl) throws Exception {
    Manifest manifest;
    try (InputStream in = manifestUrl.openStream()) {
      manifest = new Manifest(in);
    }
    String components = manifest.getMainAttributes().getValue("Service-Component");
    String bundle = manifest.getMainAttributes().getValue("Bundle-SymbolicName");
    if (components == null || bundle == null) {
      return;
    }
    String base = manifestUrl.toString().replace("META-INF/MANIFEST.MF", "");
    for (String component : components.split(",")) {
      readComponent(URI.create(base + component.strip()).toURL(), bundle);
    }
  }

  private void readComponent(URL description, String bundle) throws Exception {
    Document document;
    try (InputStream in = description.openStream()) {
      document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }
    Map<String, String> properties = new HashMap<>();
    NodeList list = document.getElementsByTagName("property");
    for (int i = 0; i < list.getLength(); i++) {
      Element property = (Element) list.item(i);
      properties.put(property.getAttribute("name"), property.getAttribute("value"));
    }
    Element implementation = (Element) document.getElementsByTagName("implementation").item(0);
    if (properties.containsKey("uniass.name")) {
      Element service = (Element) document.getElementsByTagName("provide").item(0);
      classes.put(
          new PluginInfo(
              Plugins.type(Class.forName(service.getAttribute("interface"))).orElseThrow(),
              properties.get("uniass.name"),
              bundle,
              properties.get("uniass.description")),
          implementation.getAttribute("class"));
    }
  }

  /** Brings a plug-in that no bundle has. */
  public <P extends Part> void with(Class<P> contract, String name, Class<? extends P> plugin) {
    String type = Plugins.type(contract).orElseThrow();
    classes.put(new PluginInfo(type, name, "org.example", "a test's own"), plugin.getName());
  }

  /** Brings weights. */
  public PlainPlugins with(PretrainedWeights more) {
    weights.add(more);
    return this;
  }

  /** Plays that a plug-in's bundle is stopped. */
  public void remove(String name) {
    gone.add(name);
  }

  @Override
  public List<PluginInfo> list() {
    return classes.keySet().stream()
        .filter(p -> !gone.contains(p.name()))
        .sorted(Comparator.comparing(PluginInfo::type).thenComparing(PluginInfo::name))
        .toList();
  }

  @Override
  public <P extends Part> Taken<P> take(String type, String name, Class<P> contract) {
    for (PluginInfo info : list()) {
      if (info.type().equals(type) && info.name().equals(name)) {
        try {
          Object part = Class.forName(classes.get(info)).getConstructor().newInstance();
          return new PlainTaken<>(contract.cast(part), info, gone);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    throw missing(type, name);
  }

  @Override
  public Optional<PretrainedWeights> pretrained(String architecture) {
    return weights.stream().filter(w -> w.architecture().equals(architecture)).findFirst();
  }

  private record PlainTaken<P extends Part>(P part, PluginInfo info, Set<String> removed)
      implements Taken<P> {
    @Override
    public boolean gone() {
      return removed.contains(info.name());
    }

    @Override
    public String description() {
      return Plugins.label(info.type()) + " '" + info.name() + "' of " + info.bundle();
    }

    @Override
    public void close() {}
  }
}
