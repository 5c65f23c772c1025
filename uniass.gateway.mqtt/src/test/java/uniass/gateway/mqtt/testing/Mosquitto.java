/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.mqtt.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real broker in a process of its own. Tests are skipped on a machine without mosquitto, unless
 * the system property {@code mosquitto} names it: then it must be there.
 */
public final class Mosquitto implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;

  private final Path folder;
  private final List<String> lines;
  private final int port;
  private Process process;

  /**
   * Starts a broker at a port of 127.0.0.1.
   *
   * @param folder where its configuration and log go
   * @param lines further lines of its configuration
   */
  public Mosquitto(Path folder, String... lines) throws Exception {
    this.folder = folder;
    this.lines = List.of(lines);
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    start();
  }

  private static Path executable() {
    String named = System.getProperty("mosquitto");
    if (named != null) {
      assertTrue(Files.isExecutable(Path.of(named)), named + ": cannot be run");
      return Path.of(named);
    }
    Optional<Path> found =
        Stream.concat(
                Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
            .map(place -> Path.of(place, "mosquitto"))
            .filter(Files::isExecutable)
            .findFirst();
    Assumptions.assumeTrue(found.isPresent(), "mosquitto is not installed: MQTT is not tested");
    return found.get();
  }

  /** Starts it, again. */
  public void start() throws Exception {
    Path configuration = folder.resolve("mosquitto-" + port + ".conf");
    String text =
        """
        user %s
        listener %d 127.0.0.1
        %s
        """
            .formatted(System.getProperty("user.name"), port, String.join("\n", lines));
    Files.writeString(configuration, text);
    process =
        new ProcessBuilder(executable().toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto-" + port + ".log").toFile())
            .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!answers()) {
      assertTrue(process.isAlive() && System.nanoTime() < end, this::log);
      Thread.sleep(10);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** What it has said. */
  public String log() {
    try {
      return Files.readString(folder.resolve("mosquitto-" + port + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Its port. */
  public int port() {
    return port;
  }

  /** Ends it without a word to its clients. */
  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
