/* SPDX-License-Identifier: Apache-2.0 */
package uniass.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Load on a gateway: 1, 2, 8 and 64 clients that each send the next image when they have the answer
 * to the last. Prints a Markdown table. Needs nothing but Java:
 *
 * <pre>
 * java bench/src/main/java/uniass/bench/GatewayLoad.java URL IMAGE [SECONDS [STATION]]
 * </pre>
 *
 * {@code URL} is what {@code serve} printed; {@code SECONDS} counts for each number of clients, and
 * what is in flight at their end is waited for, a minute at most. Exits with 0 if every image was
 * answered or told to come again (429), else with 1.
 */
public final class GatewayLoad {

  private static final int[] CLIENTS = {1, 2, 8, 64};
  private static final int WARM_UP = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern RESIDENT = Pattern.compile("uniass_resident_bytes (\\d+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final HttpRequest request;

  private GatewayLoad(URI base, byte[] image, String station) {
    this.base = base;
    this.request =
        HttpRequest.newBuilder(base.resolve("api/v1/stations/" + station + "/inspect"))
            .header("Content-Type", "application/octet-stream")
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofByteArray(image))
            .build();
  }

  /** What one client saw. */
  private static final class Tally {
    private final List<Long> nanos = new ArrayList<>();
    private int busy;
    private int failed;
  }

  /** Runs all numbers of clients. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length < 2) {
      System.err.println("usage: GatewayLoad URL IMAGE [SECONDS [STATION]]");
      System.exit(2);
    }
    int seconds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 15;
    GatewayLoad load =
        new GatewayLoad(
            URI.create(arguments[0]),
            Files.readAllBytes(Path.of(arguments[1])),
            arguments.length > 3 ? arguments[3] : "default");
    for (int i = 0; i < WARM_UP; i++) {
      load.send(new Tally());
    }
    System.out.println(
        "| clients | images/s | p50 ms | p99 ms | answered 429 | other errors | MB |");
    System.out.println("|---|---|---|---|---|---|---|");
    int failed = 0;
    for (int clients : CLIENTS) {
      failed += load.run(clients, seconds);
    }
    if (failed > 0) {
      System.out.println(failed + " images were not answered: the gateway's log says more");
      System.exit(1);
    }
  }

  private void send(Tally tally) throws IOException, InterruptedException {
    long start = System.nanoTime();
    int status = http.send(request, BodyHandlers.discarding()).statusCode();
    if (status == 200) {
      tally.nanos.add(System.nanoTime() - start);
    } else if (status == 429) {
      tally.busy++;
      Thread.sleep(50); // a client that waits as it is told would never overload the gateway
    } else {
      tally.failed++;
    }
  }

  /** Answers how many images failed. */
  private int run(int clients, int seconds) throws IOException, InterruptedException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<Tally> tallies = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(clients);
    for (int i = 0; i < clients; i++) {
      Tally tally = new Tally();
      tallies.add(tally);
      new Thread(() -> client(tally, end, done)).start();
    }
    done.await();
    List<Long> nanos = new ArrayList<>();
    int busy = 0;
    int failed = 0;
    for (Tally tally : tallies) {
      nanos.addAll(tally.nanos);
      busy += tally.busy;
      failed += tally.failed;
    }
    Collections.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "| %d | %.1f | %.1f | %.1f | %d | %d | %d |%n",
        clients,
        nanos.size() / (double) seconds,
        quantile(nanos, 0.5),
        quantile(nanos, 0.99),
        busy,
        failed,
        residentMegabytes());
    return failed;
  }

  private void client(Tally tally, long end, CountDownLatch done) {
    try {
      while (System.nanoTime() < end) {
        try {
          send(tally);
        } catch (IOException e) {
          tally.failed++;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      done.countDown();
    }
  }

  private static double quantile(List<Long> sorted, double share) {
    return sorted.isEmpty()
        ? Double.NaN
        : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size())) / 1e6;
  }

  private long residentMegabytes() throws IOException, InterruptedException {
    HttpResponse<String> metrics =
        http.send(
            HttpRequest.newBuilder(base.resolve("api/v1/metrics")).build(),
            BodyHandlers.ofString());
    Matcher bytes = RESIDENT.matcher(metrics.body());
    return bytes.find() ? Long.parseLong(bytes.group(1)) >> 20 : 0;
  }
}
