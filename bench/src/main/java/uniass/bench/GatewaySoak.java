/* SPDX-License-Identifier: Apache-2.0 */
package uniass.bench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * Lets a station of a gateway with a model store ({@code serve --state DIR}) change between two
 * models, again and again, while two clients send images of mixed sizes. Prints a Markdown table of
 * memory. Needs nothing but Java:
 *
 * <pre>
 * java bench/src/main/java/uniass/bench/GatewaySoak.java URL IMAGE MODEL MODEL2 [CHANGES [STATION]]
 * </pre>
 *
 * Exits with 0 if every image was answered or told to come again (429), else with 1.
 */
public final class GatewaySoak {

  private static final int[] SIZES = {48, 100, 128, 224, 400, 640};
  private static final int CLIENTS = 2;
  private static final int ROWS = 10;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern RESIDENT = Pattern.compile("uniass_resident_bytes (\\d+)");
  private static final Pattern MODEL = Pattern.compile("\"model\": ?\"([^\"]+)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final String station;
  private final List<byte[]> images = new ArrayList<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  private GatewaySoak(URI base, String station, BufferedImage image) throws IOException {
    this.base = base;
    this.station = station;
    for (int size : SIZES) {
      BufferedImage scaled = new BufferedImage(size, size * 3 / 4, BufferedImage.TYPE_INT_RGB);
      scaled.createGraphics().drawImage(image, 0, 0, size, size * 3 / 4, null);
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(scaled, "png", png);
      images.add(png.toByteArray());
    }
  }

  /** Runs. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 4) {
      System.err.println("usage: GatewaySoak URL IMAGE MODEL MODEL2 [CHANGES [STATION]]");
      System.exit(2);
    }
    GatewaySoak soak =
        new GatewaySoak(
            URI.create(arguments[0]),
            arguments.length > 5 ? arguments[5] : "default",
            ImageIO.read(new File(arguments[1])));
    System.exit(
        soak.run(
            List.of(Path.of(arguments[2]), Path.of(arguments[3])),
            arguments.length > 4 ? Integer.parseInt(arguments[4]) : 1000));
  }

  private int run(List<Path> files, int changes) throws Exception {
    List<String> models = new ArrayList<>();
    for (Path file : files) {
      models.add(found(MODEL, post("models", BodyPublishers.ofFile(file))));
    }
    List<Thread> clients = new ArrayList<>();
    for (int c = 0; c < CLIENTS; c++) {
      clients.add(new Thread(this::client));
      clients.get(c).start();
    }
    System.out.println("| changes | images | resident MB | seconds |");
    System.out.println("|---|---|---|---|");
    long begin = System.nanoTime();
    for (int i = 1; i <= changes; i++) {
      String body = "{\"model\": \"%s\"}".formatted(models.get(i % 2));
      post("stations/" + station + "/activate", BodyPublishers.ofString(body));
      if (i == 1 || i % Math.max(1, changes / ROWS) == 0) {
        System.out.printf(
            Locale.ROOT,
            "| %d | %d | %d | %.0f |%n",
            i,
            answered.get(),
            Long.parseLong(found(RESIDENT, get("metrics"))) >> 20,
            (System.nanoTime() - begin) / 1e9);
      }
    }
    over.set(true);
    for (Thread client : clients) {
      client.join();
    }
    System.out.printf("%d images were not answered%n", failed.get());
    return failed.get() == 0 ? 0 : 1;
  }

  private void client() {
    for (int i = 0; !over.get(); i++) {
      HttpRequest request =
          request("stations/" + station + "/inspect")
              .header("Content-Type", "image/png")
              .POST(BodyPublishers.ofByteArray(images.get(i % images.size())))
              .build();
      try {
        int status = http.send(request, BodyHandlers.discarding()).statusCode();
        (status == 200 ? answered : failed).addAndGet(status == 429 ? 0 : 1);
      } catch (IOException e) {
        failed.incrementAndGet();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve("api/v1/" + path)).timeout(PATIENCE);
  }

  private String get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString()).body();
  }

  private String post(String path, BodyPublisher body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(request(path).POST(body).build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + ": " + answer.body());
    }
    return answer.body();
  }

  private static String found(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("not in the answer: " + pattern);
    }
    return matcher.group(1);
  }
}
