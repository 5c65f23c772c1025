/* SPDX-License-Identifier: Apache-2.0 */
package uniass.app;

import org.jline.terminal.TerminalBuilder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** The interactive shell: Gogo's bundle, whose start level keeps it asleep until it is wanted. */
final class Shell {

  private static final String BUNDLE = "org.apache.felix.gogo.jline";

  private final BundleContext context;

  Shell(BundleContext context) {
    this.context = context;
  }

  /**
   * Opens the shell; it stops the framework when it closes. JLine finds its terminals through the
   * context class loader, so that the bundle has to be started by this thread, with JLine's.
   */
  void open() throws BundleException {
    Bundle shell = find();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(TerminalBuilder.class.getClassLoader());
    try {
      shell.stop();
      int level = context.getBundle(0).adapt(FrameworkStartLevel.class).getStartLevel();
      shell.adapt(BundleStartLevel.class).setStartLevel(level);
      shell.start();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Bundle find() throws BundleException {
    for (Bundle bundle : context.getBundles()) {
      if (BUNDLE.equals(bundle.getSymbolicName())) {
        return bundle;
      }
    }
    throw new BundleException("the bundle " + BUNDLE + " is not there");
  }
}
