/* SPDX-License-Identifier: Apache-2.0 */
package uniass.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * Abuses a gateway: malformed requests, bodies that claim 10 GB, images that claim 4 gigapixels,
 * bombs that inflate, tricks with paths, and clients that send a byte and no more; and meanwhile a
 * camera sends good images, which must all be answered. Prints what was answered, how many good
 * images a second, how long the slowest took, and memory before and after.
 *
 * <pre>
 * java bench/src/main/java/uniass/bench/GatewayAbuse.java URL IMAGE [REQUESTS [SLOW [STATION [SECONDS]]]]
 * </pre>
 *
 * Exits with 0 if every good image was answered or told to come again (429), with 1 if one was not,
 * with 3 if the time limit of {@code SECONDS} came first; what was in flight then was waited for.
 */
public final class GatewayAbuse {

  private static final Pattern RESIDENT = Pattern.compile("uniass_resident_bytes (\\d+)");
  private static final String API = "/uniass/api/v1/";
  private static final int THREADS = 4;
  private static final String USAGE =
      "usage: GatewayAbuse URL IMAGE [REQUESTS [SLOW [STATION [SECONDS]]]]";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int NOT_ANSWERED = 1;
  private static final int TIME_LIMIT = 3;

  private final URI base;
  private final String inspect;
  private final byte[] image;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  /** Written by the camera's thread, read after its end. */
  private long slowestNanos;

  /** Answers to good images: their status, or how the connection failed. */
  private final Map<String, AtomicInteger> good = new ConcurrentHashMap<>();

  private GatewayAbuse(URI base, byte[] image, String station) {
    this.base = base;
    this.image = image;
    this.inspect = API + "stations/" + station + "/inspect";
  }

  /** Abuses. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 2) {
      System.err.println(USAGE);
      System.exit(2);
    }
    GatewayAbuse abuse =
        new GatewayAbuse(
            URI.create(arguments[0]),
            Files.readAllBytes(Path.of(arguments[1])),
            arguments.length > 4 ? arguments[4] : "default");
    System.exit(
        abuse.run(
            arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10_000,
            arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1000,
            arguments.length > 5 ? Integer.parseInt(arguments[5]) : 3600));
  }

  private int run(int requests, int slow, int seconds) throws Exception {
    long before = residentMegabytes();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<Socket> slowOnes = new ArrayList<>();
    for (int i = 0; i < slow; i++) {
      slowOnes.add(slow());
    }
    Thread camera = new Thread(this::camera);
    long begin = System.nanoTime();
    camera.start();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      Random random = new Random(t);
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < requests / THREADS && System.nanoTime() < end; i++) {
                  count(answers, send(request(random)));
                  sent.incrementAndGet();
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    over.set(true);
    camera.join();
    double took = (System.nanoTime() - begin) / 1e9;
    System.out.println("answers to abuse: " + new TreeMap<>(answers));
    System.out.println("answers to good images meanwhile: " + new TreeMap<>(good));
    int answered = good.getOrDefault("200", new AtomicInteger()).get();
    System.out.printf(
        Locale.ROOT,
        "good images: %d in %.1f s, %.1f/s; the slowest took %d ms%n",
        answered,
        took,
        answered / took,
        TimeUnit.NANOSECONDS.toMillis(slowestNanos));
    System.out.printf("slow clients: %d%n", slowOnes.size());
    System.out.printf("resident MB: %d before, %d after%n", before, residentMegabytes());
    for (Socket socket : slowOnes) {
      socket.close();
    }
    if (sent.get() < requests / THREADS * THREADS) {
      System.out.printf(
          "time limit of %d s: %d of %d requests were sent%n", seconds, sent.get(), requests);
      return TIME_LIMIT;
    }
    boolean all = good.keySet().stream().allMatch(a -> a.equals("200") || a.equals("429"));
    System.out.println(all ? "every good image was answered" : "good images were not answered");
    return all ? 0 : NOT_ANSWERED;
  }

  private static void count(Map<String, AtomicInteger> counts, String answer) {
    counts.computeIfAbsent(answer, a -> new AtomicInteger()).incrementAndGet();
  }

  private void camera() {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(inspect))
            .header("Content-Type", "image/png")
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofByteArray(image))
            .build();
    while (!over.get()) {
      try {
        long begin = System.nanoTime();
        int status = http.send(request, BodyHandlers.discarding()).statusCode();
        slowestNanos = Math.max(slowestNanos, System.nanoTime() - begin);
        count(good, String.valueOf(status));
        Thread.sleep(20);
      } catch (IOException e) {
        count(good, causes(e));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** What went wrong, from the exception to its last cause. */
  private static String causes(Throwable e) {
    String text = e.toString();
    return e.getCause() == null ? text : text + ", by " + causes(e.getCause());
  }

  /** A client that has sent its head and a byte, and sends no more. */
  private Socket slow() throws IOException {
    Socket socket = new Socket(base.getHost(), base.getPort());
    socket.getOutputStream().write(bytes(head("POST", inspect, 1000, "") + "x"));
    return socket;
  }

  private byte[] request(Random random) {
    byte[] noise = new byte[random.nextInt(2000)];
    random.nextBytes(noise);
    return switch (random.nextInt(10)) {
      case 0 -> noise;
      case 1 -> bytes("GET " + new String(noise, StandardCharsets.ISO_8859_1) + "\r\n\r\n");
      case 2 -> joined(head("POST", inspect, noise.length, ""), noise);
      case 3 -> bytes(head("POST", inspect, 10_000_000_000L, ""));
      case 4 -> joined(head("POST", inspect, pixelBomb().length, ""), pixelBomb());
      case 5 -> joined(head("POST", inspect, cut().length, ""), cut());
      case 6 ->
          bytes(head("GET", "/uniass/" + "../".repeat(random.nextInt(9)) + "etc/passwd", 0, ""));
      case 7 -> bytes(head("GET", API + "results/%2e%2e%2f%2e%2e%2fetc%2fpasswd/image", 0, ""));
      case 8 -> bytes(head("POST", API + "results/1/feedback", 9, "") + "{\"a\": [[[");
      default -> bytes(head("PUT", API + "stations", 0, "X: " + "y".repeat(60_000) + "\r\n"));
    };
  }

  private String head(String method, String path, long length, String more) {
    return "%s %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: image/png\r\nContent-Length: %d\r\n%sConnection: close\r\n\r\n"
        .formatted(method, path, base.getHost(), base.getPort(), length, more);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] joined(String head, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes(head));
    out.writeBytes(body);
    return out.toByteArray();
  }

  private byte[] cut() {
    return Arrays.copyOf(image, image.length / 2);
  }

  /** A PNG that says 65535 x 65535 and inflates to nothing but zeros. */
  private static byte[] pixelBomb() {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    chunk(png, "IHDR", new byte[] {0, 0, -1, -1, 0, 0, -1, -1, 8, 2, 0, 0, 0});
    ByteArrayOutputStream zeros = new ByteArrayOutputStream();
    try (OutputStream deflated = new DeflaterOutputStream(zeros)) {
      deflated.write(new byte[1 << 20]);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    chunk(png, "IDAT", zeros.toByteArray());
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
    byte[] name = bytes(type);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    png.writeBytes(name);
    png.writeBytes(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  /** Sends bytes and answers the status, or how the connection ended. */
  private String send(byte[] request) {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      String start = new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
      return start.length() == 12 ? start.substring(9) : "closed";
    } catch (IOException e) {
      return "closed";
    }
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
