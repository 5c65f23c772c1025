/* SPDX-License-Identifier: Apache-2.0 */
package uniass.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A standalone master and its workers on this machine, as processes, from Maven's jars. */
final class LocalCluster implements AutoCloseable {

  private static final Path SPARK = Path.of("target/spark").toAbsolutePath();
  private static final int PATIENCE = 300;
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private final Path folder;
  private final String address;
  private final List<Process> processes = new ArrayList<>();

  LocalCluster(Path folder) throws IOException {
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "127.0.0.1:" + free.getLocalPort();
    }
    String port = address.substring(address.indexOf(':') + 1);
    Process master =
        java(
            "master",
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            port,
            "--webui-port",
            "0");
    await(() -> log("master").contains("I have been elected leader"), master);
  }

  /** Starts a worker of one core, with a disk of its own. */
  Process worker(String name) {
    return worker(name, List.of());
  }

  /**
   * Starts a worker whose folder for temporary files lies on a small disk of its own.
   *
   * @param disk an empty folder
   * @param sign the disk is full as soon as something of this pattern is in it; empty for at once
   */
  Process workerWithSmallDisk(String name, Path disk, String sign) {
    String script =
        "mount -t tmpfs -o size=16m none \"$0\";"
            + " (until ls -d \"$0\"/$1; do sleep 0.02; done; head -c 17m /dev/zero > \"$0/file\") &"
            + " shift; export JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=\"$0\"; exec \"$@\"";
    return worker(name, List.of("unshare", "-rm", "sh", "-c", script, disk.toString(), sign));
  }

  private Process worker(String name, List<String> before) {
    Process worker =
        java(
            name,
            before,
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            "127.0.0.1",
            "--cores",
            "1",
            "--memory",
            "2g",
            "--work-dir",
            folder.resolve("work-" + name).toString(),
            "--webui-port",
            "0",
            "spark://" + address);
    await(() -> log(name).contains("Successfully registered with master"), worker);
    return worker;
  }

  /** Runs our application, as {@code spark-submit} does. */
  Process submit(String log, String... words) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                "spark://" + address,
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.executor.memory=1g",
                Path.of("target/uniass-spark.jar").toAbsolutePath().toString()));
    all.addAll(Arrays.asList(words));
    return java(log, all.toArray(String[]::new));
  }

  private Process java(String log, String... words) {
    return java(log, List.of(), words);
  }

  private Process java(String log, List<String> before, String... words) {
    List<String> all = new ArrayList<>(before);
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.add("-Xmx700m");
    OPENED.forEach(name -> all.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    all.addAll(List.of("-cp", SPARK.resolve("jars") + "/*"));
    all.addAll(Arrays.asList(words));
    ProcessBuilder builder = new ProcessBuilder(all).directory(folder.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME",
                SPARK.toString(),
                "SPARK_SCALA_VERSION",
                "2.13",
                "SPARK_LOCAL_IP",
                "127.0.0.1",
                "OMP_NUM_THREADS",
                "1",
                "OMP_WAIT_POLICY",
                "PASSIVE"));
    builder.redirectErrorStream(true).redirectOutput(file(log).toFile());
    try {
      Process process = builder.start();
      processes.add(process);
      return process;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path file(String log) {
    return folder.resolve(log + ".log");
  }

  /** What a process has printed. */
  String log(String name) {
    try {
      return Files.exists(file(name)) ? Files.readString(file(name)) : "";
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for something that a process does. */
  static void await(BooleanSupplier done, Process process) {
    try {
      for (int i = 0; i < PATIENCE * 10 && !done.getAsBoolean(); i++) {
        if (process.waitFor(100, TimeUnit.MILLISECONDS) && !done.getAsBoolean()) {
          throw new IllegalStateException("the process ended with " + process.exitValue());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!done.getAsBoolean()) {
      throw new IllegalStateException("in vain");
    }
  }

  /** Kills a process and those that it started, with SIGKILL. */
  static void kill(Process process) {
    Stream.concat(process.descendants(), Stream.of(process.toHandle()))
        .forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    processes.forEach(LocalCluster::kill);
  }
}
