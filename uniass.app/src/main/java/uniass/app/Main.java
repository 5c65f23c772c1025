/* SPDX-License-Identifier: Apache-2.0 */
package uniass.app;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.util.tracker.ServiceTracker;
import uniass.api.experiment.CommandLine;
import uniass.api.experiment.FirstAid;
import uniass.tensor.EngineReady;
import uniass.tensor.Engines;

/**
 * What the launcher's main thread does: runs the command that the process was started for and
 * returns its exit code, or opens the shell and waits for its end.
 */
@Component(service = Callable.class, property = "main.thread:Boolean=true")
public final class Main implements Callable<Integer> {

  /** When this level begins, all bundles run, and the plug-in folder has been read once. */
  static final int READY_LEVEL = 11;

  /** Tenths of a second: PyTorch's libraries may have to be unpacked. */
  private static final int PATIENCE = 1200;

  /** Tells the launcher to wait for the next main callable. */
  private static final int CALL_THE_NEXT = 198;

  private static final String SHELL_IS_OPEN = "uniass.shell.open";

  private final BundleContext context;
  private final ServiceComponentRuntime components;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Creates the component. */
  @Activate
  public Main(BundleContext context, @Reference ServiceComponentRuntime components) {
    this.context = context;
    this.components = components;
  }

  @Deactivate
  void deactivate() {
    stopped.countDown();
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      return start();
    } catch (RuntimeException | Error e) {
      System.err.println("unexpected error (" + e + "); please report it");
      return CommandLine.FAILED;
    }
  }

  private int start() throws InterruptedException {
    List<String> arguments = arguments();
    awaitLevel(READY_LEVEL);
    PluginFolder plugins = new PluginFolder(context, System.err);
    plugins.report();
    ServiceTracker<CommandLine, CommandLine> tracker =
        new ServiceTracker<>(context, CommandLine.class, null);
    tracker.open();
    try {
      CommandLine commandLine = awaitCommandLine(tracker);
      boolean examines = !arguments.isEmpty() && arguments.get(0).equals(FirstAid.COMMAND);
      if (commandLine == null && !(examines && Engines.failure().isPresent())) {
        sayWhatIsMissing();
      }
      if (!examines
          && (context.getProperty("uniass.torch") != null
              || context.getProperty("uniass.gpu") != null)) {
        sayWhatWasFound();
      }
      if (arguments.equals(List.of("shell"))) {
        return shell(plugins, commandLine != null);
      } else if (commandLine == null) {
        return examines ? examine(arguments) : CommandLine.FAILED;
      }
      return run(commandLine, arguments);
    } finally {
      tracker.close();
    }
  }

  private int run(CommandLine commandLine, List<String> arguments) {
    try (PrintStream out = Activator.standardOutput();
        Interruption interruption = interruption(arguments)) {
      int code = commandLine.run(arguments, out, System.err);
      out.flush();
      if (out.checkError()) {
        System.err.println("Cannot write to standard output (disk full or pipe closed)");
        return CommandLine.FAILED;
      }
      return interruption.exitCode(code);
    }
  }

  private Interruption interruption(List<String> arguments) {
    if (arguments.contains("serve")) {
      return Interruption.asEnd(context, Thread.currentThread());
    }
    return new Interruption(context, arguments.contains("predict") ? Thread.currentThread() : null);
  }

  /**
   * Opens the shell and waits for its end. A refresh of this bundle leaves the shell as it is: the
   * launcher then calls the new bundle's {@code Main}, which finds it open.
   */
  private int shell(PluginFolder plugins, boolean hasCommands) throws InterruptedException {
    if (System.getProperty(SHELL_IS_OPEN) == null) {
      if (!hasCommands) {
        return CommandLine.FAILED;
      }
      try {
        new Shell(context).open();
      } catch (BundleException e) {
        System.err.println("The shell cannot open: " + e.getMessage());
        return CommandLine.FAILED;
      }
      System.setProperty(SHELL_IS_OPEN, "true");
    }
    plugins.watch();
    Bundle framework = context.getBundle(0);
    stopped.await();
    if (framework.getState() == Bundle.ACTIVE) {
      return CALL_THE_NEXT;
    }
    return hasCommands ? CommandLine.DONE : CommandLine.FAILED;
  }

  /** Waits while components may still come, and gives up when it is in vain for two seconds. */
  private CommandLine awaitCommandLine(ServiceTracker<CommandLine, CommandLine> tracker)
      throws InterruptedException {
    MissingService missing = new MissingService(context, components);
    CommandLine commandLine = tracker.getService();
    int hopeless = 0;
    for (int i = 0; commandLine == null && i < PATIENCE && hopeless < 20; i++) {
      commandLine = tracker.waitForService(100);
      hopeless = missing.isHopeless(CommandLine.class) ? hopeless + 1 : 0;
    }
    return commandLine;
  }

  private void sayWhatIsMissing() {
    System.err.println(
        (System.getProperty(SHELL_IS_OPEN) == null
                ? "UniAS cannot start: "
                : "The commands are gone: ")
            + new MissingService(context, components).explain(CommandLine.class));
  }

  /** The commands cannot come: the one that says why may. */
  private int examine(List<String> arguments) {
    ServiceReference<FirstAid> reference = context.getServiceReference(FirstAid.class);
    if (reference != null) {
      try (PrintStream out = Activator.standardOutput()) {
        context.getService(reference).run(arguments.subList(1, arguments.size()), out, System.err);
      }
    }
    return CommandLine.FAILED;
  }

  /** Which libraries an installed PyTorch has, for whoever asked for one. */
  private void sayWhatWasFound() {
    ServiceReference<EngineReady> engine = context.getServiceReference(EngineReady.class);
    if (engine != null) {
      System.err.println("uniass: " + context.getService(engine).libraries());
    }
  }

  private void awaitLevel(int level) throws InterruptedException {
    FrameworkStartLevel startLevel = context.getBundle(0).adapt(FrameworkStartLevel.class);
    while (startLevel.getStartLevel() < level) {
      Thread.sleep(5);
    }
  }

  /** The launcher publishes what the process was started with as a property of its service. */
  private List<String> arguments() {
    ServiceReference<?> launcher = context.getServiceReference("aQute.launcher.Launcher");
    Object value = launcher == null ? null : launcher.getProperty("launcher.arguments");
    return value instanceof String[] words ? List.of(words) : List.of();
  }
}
