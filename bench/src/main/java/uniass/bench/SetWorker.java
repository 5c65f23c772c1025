/* SPDX-License-Identifier: Apache-2.0 */
package uniass.bench;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/**
 * A gateway that inspects with a set of bundles: a process that starts a framework with them, opens
 * a model and inspects images, one at a time or in batches. It calls the service as a program
 * without the contracts on its class path does.
 */
public final class SetWorker {

  private static final String API = "uniass.api.inspection.";
  private static final int ROUNDS = 3;

  private SetWorker() {}

  /** Arguments: engine, threads, batch, model, folder of images, then the bundles. */
  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    Map<String, String> properties = new HashMap<>();
    properties.put("uniass.engine", words.get(0));
    properties.put("uniass.threads", words.get(1));
    properties.put("uniass.cache", "off");
    properties.put("felix.log.level", "0");
    properties.put(Constants.FRAMEWORK_STORAGE, Files.createTempDirectory("set").toString());
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(properties);
    framework.start();
    try {
      inspect(framework.getBundleContext(), words);
    } finally {
      framework.stop();
      framework.waitForStop(0);
    }
    System.exit(0);
  }

  private static void inspect(BundleContext context, List<String> words) throws Exception {
    Bundle api = null;
    List<Bundle> bundles = new ArrayList<>();
    for (String jar : words.subList(5, words.size())) {
      bundles.add(context.installBundle("reference:file:" + jar));
    }
    for (Bundle bundle : bundles) {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        bundle.start();
      }
      api = bundle.getSymbolicName().equals("uniass.api") ? bundle : api;
    }
    Object inspection = await(context, API + "Inspection");
    Class<?> optionsType = api.loadClass(API + "InspectionOptions");
    Object options = optionsType.getMethod("defaults").invoke(null);
    int batch = Integer.parseInt(words.get(2));
    options = optionsType.getMethod("withBatch", int.class).invoke(options, batch);
    Object inspector =
        api.loadClass(API + "Inspection")
            .getMethod("open", Path.class, optionsType)
            .invoke(inspection, Path.of(words.get(3)), options);
    List<Path> images;
    try (Stream<Path> files = Files.list(Path.of(words.get(4)))) {
      images = files.sorted().toList();
    }
    Class<?> results = api.loadClass(API + "Inspector$Results");
    Method many = api.loadClass(API + "Inspector").getMethod("inspect", List.class, results);
    Object ignoring =
        java.lang.reflect.Proxy.newProxyInstance(
            results.getClassLoader(),
            new Class<?>[] {results},
            (proxy, method, given) -> method.getReturnType() == boolean.class ? false : null);
    many.invoke(inspector, images.subList(0, 1), ignoring);
    long first = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    many.invoke(inspector, images, ignoring); // warms up
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      many.invoke(inspector, images, ignoring);
      best = Math.min(best, (System.nanoTime() - begin) / 1e6 / images.size());
    }
    System.out.printf(
        Locale.ROOT, "%d %.2f %d %d%n", first, best, megabytes("VmRSS:"), megabytes("RssAnon:"));
  }

  private static Object await(BundleContext context, String service) throws InterruptedException {
    ServiceReference<?> reference = context.getServiceReference(service);
    while (reference == null) {
      Thread.sleep(2);
      reference = context.getServiceReference(service);
    }
    return context.getService(reference);
  }

  private static long megabytes(String what) throws java.io.IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(what))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
        .findFirst()
        .orElse(0);
  }
}
