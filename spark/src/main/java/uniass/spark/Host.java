/* SPDX-License-Identifier: Apache-2.0 */
package uniass.spark;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * The framework of a process, with the bundles of an installed distribution and this jar as one
 * more. There is one per process, for its whole life: PyTorch's libraries load once, so nothing in
 * it is ever refreshed; an executor that needs other bundles is a new process.
 */
final class Host {

  /** A library for a whole process cannot hang on an object that Spark sends around. */
  private static Host host;

  private static final List<String> NOT_HERE = // what a console, a plug-in folder and a page need
      List.of("uniass.app", "org.apache.felix.fileinstall", "gogo.jline", "http.jetty", "uniass.gateway");

  private static final int PATIENCE = 1200;

  private final Distribution distribution;
  private final BundleContext context;

  private Host(Distribution distribution, Framework framework)
      throws BundleException, URISyntaxException {
    this.distribution = distribution;
    framework.start();
    context = framework.getBundleContext();
    List<URI> jars = new ArrayList<>();
    distribution.bundles().forEach(jar -> jars.add(jar.toUri()));
    jars.add(Host.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    distribution.pluginJars().forEach(jar -> jars.add(jar.toUri()));
    List<Bundle> bundles = new ArrayList<>();
    for (URI jar : jars) {
      bundles.add(context.installBundle("reference:" + jar)); // used where it lies, not copied
    }
    for (Bundle bundle : bundles) {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        bundle.start(Bundle.START_ACTIVATION_POLICY);
      }
    }
  }

  private static Framework framework(Path home) throws IOException {
    Map<String, String> settings = new HashMap<>();
    Properties product = new Properties();
    try (InputStream in = Files.newInputStream(home.resolve("app/launcher.properties"))) {
      product.load(in);
    }
    product.stringPropertyNames().stream()
        .filter(key -> !key.startsWith("launch."))
        .forEach(key -> settings.put(key, product.getProperty(key)));
    Path storage = Files.createTempDirectory("uniass-spark");
    settings.put(Constants.FRAMEWORK_STORAGE, storage.toString());
    settings.put("OPT_OUT_TRACKING", "true");
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class, Host.class.getClassLoader())
            .findFirst()
            .orElseThrow()
            .newFramework(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(storage)));
    return framework;
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
    } catch (IOException e) {
      // the system empties its folder for temporary files
    }
  }

  /**
   * A function of this process's framework, which starts if it does not run.
   *
   * @param name {@code score} or {@code sweep}
   * @param distribution as the driver has it
   * @throws IllegalStateException if this machine has another one
   */
  static synchronized <A, B> Function<A, B> function(String name, Distribution distribution) {
    try {
      if (host == null) {
        distribution.refuseOther(Distribution.read(distribution.home(), distribution.plugins()));
        host = start(distribution);
      }
      if (!host.distribution.equals(distribution)) {
        throw new IllegalStateException(
            "this process has started with other bundles; give each application its own executors");
      }
      return host.await(name);
    } catch (IOException | BundleException | URISyntaxException | InvalidSyntaxException e) {
      throw new IllegalStateException("UniAS does not start: " + Disk.full().orElse(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Host start(Distribution distribution)
      throws IOException, BundleException, URISyntaxException {
    Framework framework = framework(distribution.home());
    try {
      return new Host(distribution, framework);
    } catch (BundleException e) {
      framework.stop(); // another attempt starts anew
      throw e;
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // what the bridge registers under this name
  private <A, B> Function<A, B> await(String name)
      throws InvalidSyntaxException, InterruptedException {
    for (int i = 0; i < PATIENCE; i++) {
      Collection<ServiceReference<Function>> found =
          context.getServiceReferences(Function.class, "(uniass.spark=" + name + ")");
      if (!found.isEmpty()) {
        return context.getService(found.iterator().next());
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException(
        "no engine after two minutes: "
            + Disk.full()
                .orElse("'" + distribution.home() + "/uniass doctor' says why"));
  }

  /** Whether a bundle of the distribution serves what a cluster does not have. */
  static boolean leftOut(Path jar) {
    return NOT_HERE.stream().anyMatch(jar.getFileName().toString()::contains);
  }
}
