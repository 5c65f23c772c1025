package uniass.app;

import java.io.PrintStream;
import java.nio.file.Path;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The folder that File Install watches: names the bundles in it that cannot work. */
final class PluginFolder {

  private final BundleContext context;

  PluginFolder(BundleContext context) {
    this.context = context;
  }

  /** Prints one line for each bundle of the folder that does not resolve. */
  void report(PrintStream err) {
    String folder = context.getProperty("felix.fileinstall.dir");
    if (folder == null) {
      return;
    }
    String location = Path.of(folder).toAbsolutePath().normalize().toUri().toString();
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getState() == Bundle.INSTALLED && bundle.getLocation().startsWith(location)) {
        err.println(
            "Plug-in "
                + bundle.getSymbolicName()
                + " is left out: "
                + MissingService.whyUnresolved(bundle));
      }
    }
  }
}
