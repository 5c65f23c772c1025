/* SPDX-License-Identifier: Apache-2.0 */
package uniass.app;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * Keeps standard output for results: whatever else a bundle or the framework prints goes to
 * standard error. The bundle has the lowest start level, so this happens before any other one
 * starts. If {@link Main} does not come although all bundles run, the process ends.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

  private static final int PATIENCE_MILLIS = 10_000;
  private static final int LOOK_MILLIS = 50;

  private Thread watch;

  @Override
  public void start(BundleContext context) {
    System.setOut(System.err);
    if (System.setProperty(Start.STARTED, "true") == null) {
      watch = new Thread(() -> watch(context), "uniass-main-thread");
      watch.setDaemon(true);
      watch.start();
    }
  }

  @Override
  public void stop(BundleContext context) {
    if (watch != null) {
      watch.interrupt();
    }
  }

  private static void watch(BundleContext context) {
    FrameworkStartLevel level = context.getBundle(0).adapt(FrameworkStartLevel.class);
    try {
      while (level.getStartLevel() < Main.READY_LEVEL) {
        Thread.sleep(LOOK_MILLIS);
      }
      for (int i = 0; i < PATIENCE_MILLIS / LOOK_MILLIS; i++) {
        if (!context.getServiceReferences(Callable.class, "(main.thread=true)").isEmpty()) {
          return;
        }
        Thread.sleep(LOOK_MILLIS);
      }
      System.err.println(
          "UniAS cannot start: its component uniass.app.Main is not offered; is the distribution"
              + " complete? UNIASS_LOG=debug shows more");
      Runtime.getRuntime().halt(1);
    } catch (InterruptedException | IllegalStateException e) {
      // the bundle stops
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A stream to the process's real standard output, which only results are written to. */
  static PrintStream standardOutput() {
    OutputStream raw = new FileOutputStream(FileDescriptor.out);
    return new PrintStream(new BufferedOutputStream(raw), false, StandardCharsets.UTF_8);
  }
}
