/* SPDX-License-Identifier: Apache-2.0 */
package uniass.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One task per trial. A task that is lost with its machine runs again and resumes the trial. */
@Command(
    name = "sweep",
    description = "Runs the trials of a study, one task each, and puts its tables together.")
final class SweepCommand implements Callable<Integer> {

  private static final String BRIDGE = "sweep";
  private static final int NAME = 0;
  private static final int STATE = 1;
  private static final int CAUSE = 2;

  /** Spark's default. */
  private static final int ATTEMPTS = 4;

  @Mixin private Cluster cluster;

  @Parameters(paramLabel = "STUDY", description = "a YAML file, or the name of a shipped study")
  private String study;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "the study's folder, on a file system that all machines mount")
  private Path out;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "replaces a setting of the base")
  private List<String> overrides = new ArrayList<>();

  @Override
  public Integer call() throws java.io.IOException {
    Distribution distribution = cluster.distribution();
    Function<Map<String, String>, List<String>> here = Host.function(BRIDGE, distribution);
    List<String[]> end = split(here.apply(request("freeze")));
    try (SparkSession session = Cluster.session("uniass sweep " + study)) {
      List<String[]> before = List.of();
      List<String[]> now = end;
      while (!open(now).isEmpty() && !states(now).equals(states(before))) {
        before = now;
        run(session, distribution, open(now));
        now = split(here.apply(request("freeze"))); // more rounds, if a rule stops variants
      }
      end = now;
    }
    end.forEach(t -> System.out.println(String.join("  ", t)));
    here.apply(request("table")).forEach(System.out::println);
    long failed = end.stream().filter(t -> !List.of("done", "stopped").contains(t[STATE])).count();
    if (failed > 0) {
      System.err.println(
          "%d of %d trials have no result; run it again for what is missing"
              .formatted(failed, end.size()));
      return 1;
    }
    return 0;
  }

  private void run(SparkSession session, Distribution distribution, List<String> trials) {
    Map<String, String> request = request("");
    List<String> lines =
        JavaSparkContext.fromSparkContext(session.sparkContext())
            .parallelize(trials, trials.size())
            .map(trial -> trial(distribution, request, trial))
            .collect();
    split(lines).stream()
        .filter(t -> t[STATE].equals("failed"))
        .forEach(t -> System.err.println(t[NAME] + ": " + t[CAUSE]));
  }

  /** On an executor. */
  private static String trial(
      Distribution distribution, Map<String, String> request, String trial) {
    boolean last =
        TaskContext.get().attemptNumber() + 1
            >= SparkEnv.get().conf().getInt("spark.task.maxFailures", ATTEMPTS);
    Map<String, String> own = new HashMap<>(request);
    own.put("do", "trial:" + trial);
    String line;
    try {
      line = Host.<Map<String, String>, List<String>>function(BRIDGE, distribution).apply(own).get(0);
    } catch (IllegalStateException e) {
      if (last) { // the other trials go on
        return trial + "\tfailed\t" + e.getMessage();
      }
      throw e;
    }
    Optional<String> full = Disk.full();
    if (!last && full.isPresent() && line.split("\t", -1)[STATE].equals("failed")) {
      throw new IllegalStateException(full.get()); // tried elsewhere
    }
    return line;
  }

  private Map<String, String> request(String work) {
    Map<String, String> request = new HashMap<>();
    Path file = Path.of(study);
    request.put("study", file.toFile().exists() ? file.toAbsolutePath().toString() : study);
    request.put("out", out.toAbsolutePath().normalize().toString());
    request.put("set", String.join("\n", overrides));
    request.put("do", work);
    return request;
  }

  private static List<String[]> split(List<String> lines) {
    return lines.stream().map(line -> line.split("\t", -1)).toList();
  }

  private static List<String> states(List<String[]> trials) {
    return trials.stream().map(t -> String.join("\t", t)).toList();
  }

  private static List<String> open(List<String[]> trials) {
    return trials.stream()
        .filter(t -> !List.of("done", "stopped").contains(t[STATE]))
        .map(t -> t[NAME])
        .toList();
  }
}
