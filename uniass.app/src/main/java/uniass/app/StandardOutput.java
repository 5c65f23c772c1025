package uniass.app;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * Keeps standard output for results: whatever else a bundle or the framework prints goes to
 * standard error. The bundle has the lowest start level, so this happens before any other one
 * starts.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class StandardOutput implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    System.setOut(System.err);
  }

  @Override
  public void stop(BundleContext context) {
    // The process ends with the framework.
  }

  /** A stream to the process's real standard output, which only results are written to. */
  static PrintStream open() {
    OutputStream raw = new FileOutputStream(FileDescriptor.out);
    return new PrintStream(new BufferedOutputStream(raw), false, StandardCharsets.UTF_8);
  }
}
