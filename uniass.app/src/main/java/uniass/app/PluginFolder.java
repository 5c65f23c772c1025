package uniass.app;

import java.io.File;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;

/** The folder that File Install watches: names the bundles in it that cannot work. */
final class PluginFolder {

  /** File Install starts a bundle right after it has installed it. */
  private static final long SECONDS_TO_START = 2;

  private final BundleContext context;
  private final PrintStream err;
  private final String location;

  PluginFolder(BundleContext context, PrintStream err) {
    this.context = context;
    this.err = err;
    String folder = String.valueOf(context.getProperty("felix.fileinstall.dir"));
    location = new File(folder).getAbsoluteFile().toURI().toString();
  }

  /** Prints one line for each bundle of the folder that does not resolve. */
  void report() {
    for (Bundle bundle : context.getBundles()) {
      report(bundle);
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
  }

  private void report(Bundle bundle) {
    if (bundle.getLocation().startsWith(location)) {
      MissingService.whyUnresolved(bundle)
          .ifPresent(
              why -> err.println("Plug-in " + bundle.getSymbolicName() + " is left out: " + why));
    }
  }
}
