package uniass.shell;

import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import uniass.api.experiment.CommandLine;

/** The commands in the Gogo shell: {@code uniass:train} and so on. */
@Component(
    service = ShellCommands.class,
    property = {
      "osgi.command.scope=uniass",
      "osgi.command.function=demo",
      "osgi.command.function=sample",
      "osgi.command.function=list",
      "osgi.command.function=check",
      "osgi.command.function=train",
      "osgi.command.function=evaluate",
      "osgi.command.function=predict",
      "osgi.command.function=score",
      "osgi.command.function=convert",
      "osgi.command.function=cancel",
      "osgi.command.function=help"
    })
public final class ShellCommands {

  private final CommandLine commandLine;

  /** Creates the component. */
  @Activate
  public ShellCommands(@Reference CommandLine commandLine) {
    this.commandLine = commandLine;
  }

  /** {@code uniass:demo}. */
  @Descriptor("draws a data set, trains on it, evaluates, writes a report")
  public void demo(CommandSession session, String[] arguments) {
    run(session, "demo", arguments);
  }

  /** {@code uniass:sample}. */
  @Descriptor("draws the sample factory's data set")
  public void sample(CommandSession session, String[] arguments) {
    run(session, "sample", arguments);
  }

  /** {@code uniass:list}. */
  @Descriptor("lists the plug-ins")
  public void list(CommandSession session, String[] arguments) {
    run(session, "list", arguments);
  }

  /** {@code uniass:check}. */
  @Descriptor("checks an experiment and its data set")
  public void check(CommandSession session, String[] arguments) {
    run(session, "check", arguments);
  }

  /** {@code uniass:train}. */
  @Descriptor("trains an experiment")
  public void train(CommandSession session, String[] arguments) {
    run(session, "train", arguments);
  }

  /** {@code uniass:evaluate}. */
  @Descriptor("computes the metrics of a model")
  public void evaluate(CommandSession session, String[] arguments) {
    run(session, "evaluate", arguments);
  }

  /** {@code uniass:predict}. */
  @Descriptor("finds anomalies in images")
  public void predict(CommandSession session, String[] arguments) {
    run(session, "predict", arguments);
  }

  /** {@code uniass:score}. */
  @Descriptor("computes the metrics of stored anomaly maps")
  public void score(CommandSession session, String[] arguments) {
    run(session, "score", arguments);
  }

  /** {@code uniass:convert}. */
  @Descriptor("converts a model file to safetensors")
  public void convert(CommandSession session, String[] arguments) {
    run(session, "convert", arguments);
  }

  /** {@code uniass:cancel}. */
  @Descriptor("ends a run at its next batch, with a checkpoint")
  public void cancel(CommandSession session, String[] arguments) {
    run(session, "cancel", arguments);
  }

  /** {@code uniass:help}; Gogo's own is {@code gogo:help}. */
  @Descriptor("tells what the commands of uniass do, with examples")
  public void help(CommandSession session, String[] arguments) {
    run(session, "help", arguments);
  }

  private void run(CommandSession session, String command, String[] arguments) {
    List<String> line = new ArrayList<>();
    line.add(command);
    line.addAll(List.of(arguments));
    // the session's own stream, because runs print from a thread of their own
    commandLine.run(line, session.getConsole(), session.getConsole(), session.getKeyboard());
  }
}
