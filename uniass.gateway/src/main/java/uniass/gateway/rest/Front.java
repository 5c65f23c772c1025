/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;
import uniass.gateway.config.GatewayConfig;
import uniass.gateway.config.GatewaySettings;
import uniass.gateway.http.HttpFront;
import uniass.gateway.http.HttpRequest;
import uniass.gateway.http.HttpResponse;
import uniass.gateway.results.ResultStore;
import uniass.gateway.source.Sources;
import uniass.gateway.station.Recalibration;
import uniass.gateway.station.StationRegistry;

/** Finds the endpoint of a request, checks who asks, and answers. */
@Component(service = HttpFront.class)
public final class Front implements HttpFront {

  private static final Logger LOG = LoggerFactory.getLogger(Front.class);

  private static final String API = "/api/v1";
  private static final int PATIENCE_SECONDS = 60;
  private static final int IDLE_SECONDS = 10;
  private static final int SMALL_PATIENCE_SECONDS = 10;

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private final Access access;
  private final Optional<String> fault;
  private final List<Endpoint> endpoints;
  private final Budget answers;
  private final Bodies small = new Bodies(64 << 10, 4 << 20, SMALL_PATIENCE_SECONDS);
  private final Page page = new Page();

  /** Draws and sends answers that were waited for; threads end when there is nothing to do. */
  private final ExecutorService answering = answering();

  /** Creates the component. */
  @Activate
  public Front(
      @Reference StationRegistry stations,
      @Reference ResultStore results,
      @Reference Recalibration recalibration,
      @Reference Sources sources,
      @Reference GatewaySettings settings) {
    GatewayConfig config = settings.config();
    Access readable = Access.local();
    String wrong = null;
    try {
      if (!config.tokens().isBlank()) {
        Path file = Path.of(config.tokens());
        readable = Access.of(file);
        if (Access.isOpen(file)) {
          LOG.warn("All users of this machine can read the token file: chmod 600 {}", file);
        }
      }
    } catch (UniassException | InvalidPathException e) {
      wrong = "token file: " + e.getMessage();
      LOG.error("All requests are refused: {}", wrong);
    }
    access = readable;
    fault = Optional.ofNullable(wrong);
    long most = (long) config.megabytes() << 20;
    long quarter = Runtime.getRuntime().maxMemory() / 4;
    answers = new Budget(Math.max(most, quarter));
    Bodies bodies = new Bodies(most, quarter, PATIENCE_SECONDS);
    List<Endpoint> all = new ArrayList<>();
    all.addAll(new StationEndpoints(stations).all());
    all.add(new InspectEndpoint(stations, results, bodies, answering).endpoint());
    all.addAll(new ModelEndpoints(stations).all());
    all.addAll(new RecalibrationEndpoints(stations, recalibration).all());
    all.addAll(new ResultEndpoints(results).all());
    all.addAll(new SystemEndpoints(stations, results, sources).all());
    all.add(
        new Endpoint(
            "GET",
            "/openapi.json",
            Role.NOBODY,
            "Describes this interface",
            Map.of(),
            Map.of(),
            "application/json",
            this::describe));
    endpoints = List.copyOf(all);
  }

  private static ExecutorService answering() {
    int threads = Runtime.getRuntime().availableProcessors();
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // as many as images are in work
            work -> {
              Thread thread = new Thread(work, "uniass-answer");
              thread.setDaemon(true);
              return thread;
            },
            (late, stopped) -> late.run());
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** Lets the threads end; who still waits is answered by whoever ends the waiting. */
  @Deactivate
  public void stop() {
    answering.shutdown();
  }

  private void describe(Exchange exchange) throws Problem, IOException {
    exchange.json(200, OpenApi.of(endpoints));
  }

  @Override
  public Optional<String> fault() {
    return fault;
  }

  @Override
  public void answer(HttpRequest request, HttpResponse response) {
    HEADERS.forEach(response::header);
    Reply reply = new Reply(request, response, answers);
    reply.guard(() -> route(request, reply));
  }

  private void route(HttpRequest request, Reply reply) throws Problem, IOException {
    if (fault.isPresent()) {
      throw new Problem(503, "Not configured", "the gateway's token file cannot be used");
    }
    String method = request.method().equals("HEAD") ? "GET" : request.method();
    String path = request.path();
    if (path.isEmpty()) {
      throw new Problem(308, "Moved", "the page is at /uniass/").with("Location", "/uniass/");
    }
    Role role = access.role(request);
    if (!path.startsWith(API + "/")) {
      page(method, path, new Exchange(request, reply, small, role));
      return;
    }
    TreeSet<String> allowed = new TreeSet<>();
    for (Endpoint endpoint : endpoints) {
      Optional<Map<String, String>> variables = endpoint.match(path.substring(API.length()));
      if (variables.isPresent() && endpoint.method().equals(method)) {
        insist(endpoint, role);
        endpoint
            .handler()
            .handle(
                new Exchange(request, reply, small, role)
                    .with(variables.get(), endpoint.queryNames()));
        return;
      }
      variables.ifPresent(any -> allowed.add(endpoint.method()));
    }
    if (!allowed.isEmpty()) {
      throw new Problem(405, "Wrong method", "methods here: " + String.join(", ", allowed))
          .with("Allow", String.join(", ", allowed));
    }
    throw new Problem(404, "Not found", "/uniass/api/v1/openapi.json says what there is");
  }

  private static void insist(Endpoint endpoint, Role role) throws Problem {
    if (role.compareTo(endpoint.role()) < 0) {
      String needed = endpoint.role().name().toLowerCase(Locale.ROOT);
      throw role == Role.NOBODY
          ? Access.unauthorized("a token is needed: Authorization: Bearer TOKEN")
          : new Problem(403, "Forbidden", "a token with the role '%s' is needed".formatted(needed));
    }
  }

  private void page(String method, String path, Exchange exchange) throws Problem, IOException {
    Page.Item item =
        page.find(path).orElseThrow(() -> new Problem(404, "Not found", "the page is at /uniass/"));
    if (!method.equals("GET")) {
      throw new Problem(405, "Wrong method", "methods here: GET").with("Allow", "GET");
    }
    exchange.answer(item.type(), item.content());
  }
}
