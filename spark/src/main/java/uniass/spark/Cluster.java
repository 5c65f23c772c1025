/* SPDX-License-Identifier: Apache-2.0 */
package uniass.spark;

import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** What both commands have in common. */
final class Cluster {

  @Option(
      names = "--home",
      paramLabel = "DIR",
      required = true,
      description = "folder of the unpacked distribution, the same on every machine")
  private Path home;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "folder of plug-in bundles, the same on every machine")
  private Path plugins;

  /** Reads the distribution of the driver's machine. */
  Distribution distribution() {
    return Distribution.read(
        home.toAbsolutePath().normalize(),
        plugins == null ? "" : plugins.toAbsolutePath().normalize().toString());
  }

  /**
   * Opens a session: no task is started twice at once, because both would write the same files, and
   * what failed on one machine is tried on another.
   */
  static SparkSession session(String name) {
    SparkConf conf = new SparkConf().setAppName(name);
    conf.set("spark.speculation", "false");
    // a machine that fails, such as one with a full disk, gets no more tasks; others take them
    conf.setIfMissing("spark.excludeOnFailure.enabled", "true");
    return SparkSession.builder().config(conf).getOrCreate();
  }
}
