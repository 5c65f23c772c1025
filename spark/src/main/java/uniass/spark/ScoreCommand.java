/* SPDX-License-Identifier: Apache-2.0 */
package uniass.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Inspects images, one row of Parquet each. A task that is lost leaves nothing behind: Spark's
 * output committer publishes what whole tasks wrote, each once.
 */
@Command(name = "score", description = "Inspects images, one row of Parquet each.")
final class ScoreCommand implements Callable<Integer> {

  /** One row per image. */
  private static final StructType ROWS =
      new StructType()
          .add("image", DataTypes.StringType, false)
          .add("score", DataTypes.DoubleType)
          .add("threshold", DataTypes.DoubleType)
          .add("verdict", DataTypes.StringType)
          .add("height", DataTypes.IntegerType)
          .add("width", DataTypes.IntegerType)
          .add("error", DataTypes.StringType);

  @Mixin private Cluster cluster;

  @Option(names = "--model", paramLabel = "FILE", required = true, description = "a model file")
  private Path model;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "a new folder of Parquet files")
  private String out;

  @Option(
      names = "--heat-maps",
      paramLabel = "DIR",
      description = "also write a heat map of each image, below this folder")
  private Path heatMaps;

  @Option(names = "--device", paramLabel = "D", description = "auto, cpu or cuda:N; default auto")
  private String device = "auto";

  @Option(
      names = "--category",
      paramLabel = "C",
      description = "decide by this category's threshold; default: the common one")
  private String category;

  @Option(names = "--batch", paramLabel = "N", description = "images at once; default 8")
  private int batch = 8;

  @Option(
      names = "--task-images",
      paramLabel = "N",
      description = "files of one task; default 256. An archive is a task of its own")
  private int taskImages = 256;

  @Parameters(
      arity = "1..*",
      paramLabel = "SOURCE",
      description =
          "images, folders, .tar or .tar.gz archives, or @FILE with one of these a line; anything that"
              + " Hadoop can open")
  private List<String> sources;

  @Override
  public Integer call() throws IOException {
    Distribution distribution = cluster.distribution();
    Map<String, String> options = new HashMap<>();
    options.put("model", model.toAbsolutePath().normalize().toString());
    options.put("device", device);
    if (category != null) {
      options.put("category", category);
    }
    if (heatMaps != null) {
      options.put("heat-maps", heatMaps.toAbsolutePath().normalize().toString());
    }
    int images = batch;
    try (SparkSession session = Cluster.session("uniass score")) {
      List<List<String>> tasks = Sources.tasks(sources, taskImages);
      JavaRDD<Row> rows =
          JavaSparkContext.fromSparkContext(session.sparkContext())
              .parallelize(tasks, tasks.size())
              .mapPartitions(part -> new Scores(distribution, options, images, part));
      session.createDataFrame(rows, ROWS).write().parquet(out);
      List<Row> counts =
          session.read().parquet(out).groupBy("verdict").count().orderBy("verdict").collectAsList();
      long failed = 0;
      for (Row row : counts) {
        failed += row.isNullAt(0) ? row.getLong(1) : 0;
        System.out.println((row.isNullAt(0) ? "unreadable" : row.getString(0)) + "  " + row.getLong(1));
      }
      System.out.println(out);
      return failed > 0 ? 1 : 0;
    }
  }
}
