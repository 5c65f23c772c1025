/* SPDX-License-Identifier: Apache-2.0 */
package uniass.app;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;

/** The folder that File Install watches: names the bundles in it that cannot work. */
final class PluginFolder {

  /** File Install starts a bundle right after it has installed it. */
  private static final long SECONDS_TO_START = 2;

  /** File Install looks every second, and waits until a file no longer grows. */
  private static final long SECONDS_BETWEEN_LOOKS = 3;

  private final BundleContext context;
  private final PrintStream err;
  private final File folder;
  private final Map<File, Long> seen = new HashMap<>();
  private final Set<File> named = new HashSet<>();

  PluginFolder(BundleContext context, PrintStream err) {
    this.context = context;
    this.err = err;
    folder =
        new File(String.valueOf(context.getProperty("felix.fileinstall.dir"))).getAbsoluteFile();
  }

  /** Prints one line for each bundle of the folder that does not resolve, and for other jars. */
  void report() {
    for (Bundle bundle : context.getBundles()) {
      report(bundle);
    }
    for (File jar : jars()) {
      seen.put(jar, jar.lastModified());
      reportIfNotInstalled(jar);
    }
  }

  /** From now on prints such a line for each bundle that is put into the folder. */
  void watch() {
    Executor later = CompletableFuture.delayedExecutor(SECONDS_TO_START, TimeUnit.SECONDS);
    context.addBundleListener(
        event -> {
          if (event.getType() == BundleEvent.INSTALLED || event.getType() == BundleEvent.UPDATED) {
            later.execute(() -> report(event.getBundle()));
          }
        });
    lookAgain(CompletableFuture.delayedExecutor(SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS));
  }

  /** Names jars that are still not installed when they have been there, unchanged, for a look. */
  private void lookAgain(Executor later) {
    later.execute(
        () -> {
          try {
            look();
            lookAgain(later);
          } catch (IllegalStateException e) {
            // the framework has stopped
          }
        });
  }

  private void look() {
    for (File jar : jars()) {
      Long before = seen.put(jar, jar.lastModified());
      if (before == null || before != jar.lastModified()) {
        named.remove(jar);
      } else {
        reportIfNotInstalled(jar);
      }
    }
  }

  private File[] jars() {
    File[] jars = folder.listFiles(file -> file.getName().endsWith(".jar") && file.isFile());
    return jars == null ? new File[0] : jars;
  }

  private void report(Bundle bundle) {
    if (bundle.getLocation().startsWith(folder.toURI().toString())) {
      MissingService.whyUnresolved(bundle)
          .ifPresent(
              why -> err.println("Plug-in " + bundle.getSymbolicName() + " is left out: " + why));
    }
  }

  private void reportIfNotInstalled(File jar) {
    String location = jar.toURI().toString();
    boolean installed =
        Arrays.stream(context.getBundles()).anyMatch(b -> b.getLocation().equals(location));
    if (!installed && named.add(jar)) {
      err.println("Plug-in " + jar.getName() + " is left out: " + whyNotInstalled(jar));
    }
  }

  private String whyNotInstalled(File jar) {
    try (JarFile file = new JarFile(jar)) {
      Manifest manifest = file.getManifest();
      Attributes headers = manifest == null ? new Attributes() : manifest.getMainAttributes();
      String name = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
      if (name == null) {
        return "it is not an OSGi bundle; build it with bnd, as templates/ablation does";
      }
      return sameName(name.split(";")[0].strip())
          .map(
              other ->
                  "its Bundle-SymbolicName and version are those of "
                      + other
                      + "; give it a name of its own (in the template: artifactId in pom.xml)")
          .orElse("it cannot be installed; UNIASS_LOG=info says why");
    } catch (IOException e) {
      return "it is not a jar file, or it is damaged (" + e.getMessage() + ")";
    }
  }

  private Optional<String> sameName(String symbolicName) {
    return Arrays.stream(context.getBundles())
        .filter(b -> symbolicName.equals(b.getSymbolicName()))
        .map(Bundle::getLocation)
        .map(location -> location.substring(location.lastIndexOf('/') + 1))
        .findFirst();
  }
}
