/* SPDX-License-Identifier: Apache-2.0 */
package uniass.shell;

import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.FrameworkUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import uniass.api.UniassException;
import uniass.api.experiment.CommandLine;
import uniass.inference.plugin.Nearest;
import uniass.shell.verb.VerbFactory;
import uniass.shell.verb.Words;

/** All commands, without a framework. */
public final class Commands implements CommandLine {

  private final Toolbox tools;
  private final List<VerbFactory> more;

  /**
   * Commands that call these.
   *
   * @param more commands of other bundles
   */
  public Commands(Toolbox tools, List<VerbFactory> more) {
    this.tools = tools;
    this.more = more;
  }

  @Command(
      name = "uniass",
      description =
          "Detects and segments anomalies in product images; one model for many products.",
      mixinStandardHelpOptions = true,
      versionProvider = Release.class,
      footer = {"", "'uniass help COMMAND' shows a command's options and an example."})
  private static final class Root {}

  /** The product's version, if it runs as a bundle. */
  private static final class Release implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        Optional.ofNullable(FrameworkUtil.getBundle(Commands.class))
            .map(bundle -> "uniass " + bundle.getVersion())
            .orElse("uniass, without a framework")
      };
    }
  }

  @Override
  public List<String> commands() {
    PrintStream nowhere = new PrintStream(java.io.OutputStream.nullOutputStream());
    return picocli(new Terminal(nowhere, nowhere)).getSubcommands().keySet().stream()
        .sorted()
        .toList();
  }

  @Override
  public int run(List<String> arguments, PrintStream out, PrintStream err) {
    picocli.CommandLine line = picocli(new Terminal(out, err));
    if (arguments.isEmpty()) {
      line.usage(err);
      return WRONG_USAGE;
    }
    Optional<String> torn = TornPath.in(arguments);
    if (torn.isPresent()) {
      err.println(torn.get());
      return WRONG_USAGE;
    }
    try {
      return line.execute(arguments.toArray(String[]::new));
    } catch (Error e) { // picocli handles exceptions only
      return failed(e, err, arguments.contains("--debug"));
    }
  }

  private picocli.CommandLine picocli(Terminal terminal) {
    ConsoleProgress progress = new ConsoleProgress(terminal.err(), isTerminal());
    picocli.CommandLine line = new picocli.CommandLine(new Root());
    List.of(
            new DemoVerb(tools, terminal, progress),
            new SampleVerb(tools, terminal, progress),
            new ListVerb(tools, terminal, progress),
            new CheckVerb(tools, terminal, progress),
            new TrainVerb(tools, terminal, progress),
            new EvaluateVerb(tools, terminal, progress),
            new PredictVerb(tools, terminal, progress),
            new ScoreVerb(tools, terminal, progress),
            new ConvertVerb(tools, terminal, progress),
            new ExportVerb(tools, terminal, progress),
            new VerifyVerb(tools, terminal, progress),
            new SweepVerb(tools, terminal, progress),
            new StudiesVerb(tools, terminal, progress),
            new ReproduceVerb(tools, terminal, progress),
            new NewPluginVerb(tools, terminal, progress),
            new CancelVerb(tools, terminal, progress),
            new HelpVerb(tools, terminal, progress))
        .forEach(line::addSubcommand);
    more.forEach(verb -> line.addSubcommand(verb.create(terminal.out(), terminal.err())));
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler((e, args) -> wrongUsage(e, terminal));
    line.setExecutionExceptionHandler(
        (e, command, result) -> {
          progress.end();
          return failed(e, terminal.err(), debug(result));
        });
    return line;
  }

  /** Whether somebody watches; from Java 22 on there is a console even if nobody does. */
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static int wrongUsage(ParameterException e, Terminal terminal) {
    String command = e.getCommandLine().getCommandName();
    terminal
        .err()
        .println(
            noCommand(e)
                .orElseGet(
                    () -> e.getMessage().replaceFirst("is not an int$", "is not a whole number")));
    terminal
        .err()
        .println(
            "'uniass help"
                + (command.equals("uniass") ? "" : " " + command)
                + "' shows the options");
    return WRONG_USAGE;
  }

  /** What to say of a word that is not a command, or not an option. */
  private static Optional<String> noCommand(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)
        || e.getCommandLine().getParent() != null && !unmatched.isUnknownOption()) {
      return Optional.empty();
    }
    String word = unmatched.getUnmatched().get(0);
    if (unmatched.isUnknownOption()) {
      Set<String> options = e.getCommandLine().getCommandSpec().optionsMap().keySet();
      return Optional.of("unknown option '" + word + "'" + Nearest.hint(word, options));
    }
    Set<String> commands = e.getCommandLine().getSubcommands().keySet();
    return Optional.of(Words.unknown("command", word, commands));
  }

  private static boolean debug(ParseResult result) {
    ParseResult last = result;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.hasMatchedOption("--debug");
  }

  private static int failed(Throwable e, PrintStream err, boolean debug) {
    if (e instanceof UniassException) {
      err.println(e.getMessage());
    } else if (e instanceof OutOfMemoryError) {
      err.println("out of memory (" + e.getMessage() + "); raise UNIASS_HEAP or lower the batch");
    } else {
      err.println("unexpected error (" + e + "); --debug shows where; please report it");
    }
    if (debug) {
      e.printStackTrace(err);
    }
    return FAILED;
  }
}
