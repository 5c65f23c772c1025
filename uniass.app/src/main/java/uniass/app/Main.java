package uniass.app;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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

/**
 * What the launcher's main thread does: runs the command that the process was started for and
 * returns its exit code, or opens the shell and waits for its end.
 */
@Component(service = Callable.class, property = "main.thread:Boolean=true")
public final class Main implements Callable<Integer> {

  /** When this level begins, all bundles run, and the plug-in folder has been read once. */
  private static final int READY_LEVEL = 11;

  /** Tenths of a second: PyTorch's libraries may have to be unpacked. */
  private static final int PATIENCE = 1200;

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
    List<String> arguments = arguments();
    awaitLevel(READY_LEVEL);
    PluginFolder plugins = new PluginFolder(context, System.err);
    plugins.report();
    ServiceTracker<CommandLine, CommandLine> tracker =
        new ServiceTracker<>(context, CommandLine.class, null);
    tracker.open();
    try {
      CommandLine commandLine = awaitCommandLine(tracker);
      if (commandLine == null) {
        return CommandLine.FAILED;
      }
      return arguments.equals(List.of("shell")) ? shell(plugins) : run(commandLine, arguments);
    } finally {
      tracker.close();
    }
  }

  private int run(CommandLine commandLine, List<String> arguments) {
    try (PrintStream out = StandardOutput.open();
        Interruption interruption =
            new Interruption(
                context, arguments.contains("predict") ? Thread.currentThread() : null)) {
      int code = commandLine.run(arguments, out, System.err);
      out.flush();
      if (out.checkError()) {
        System.err.println(
            "Standard output could not be written: is its disk full, its reader gone?");
        return CommandLine.FAILED;
      }
      return interruption.exitCode(code);
    }
  }

  private int shell(PluginFolder plugins) throws InterruptedException {
    try {
      plugins.watch();
      new Shell(context).open();
    } catch (BundleException e) {
      System.err.println("The shell cannot open: " + e.getMessage());
      return CommandLine.FAILED;
    }
    stopped.await();
    return CommandLine.DONE;
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
    if (commandLine == null) {
      System.err.println("UniAS cannot start: " + missing.explain(CommandLine.class));
    }
    return commandLine;
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
