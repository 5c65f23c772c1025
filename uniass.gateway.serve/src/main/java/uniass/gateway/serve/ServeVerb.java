/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.serve;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.util.tracker.ServiceTracker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import uniass.api.UniassException;
import uniass.gateway.StationStatus;
import uniass.gateway.StationStatus.State;
import uniass.gateway.Stations;
import uniass.gateway.http.HttpFront;
import uniass.io.FolderLock;
import uniass.io.InUseException;
import uniass.io.Outputs;
import uniass.shell.verb.CommonOptions;

@Command(
    name = "serve",
    description = {
      "Inspects images that come by HTTP, until Ctrl-C.",
      "The page and the REST interface are below the address that it prints;",
      "docs/gateway.md says more."
    },
    footer = {
      "",
      "Example: uniass serve --model runs/bottles/model.safetensors",
      "         curl --data-binary @image.png \\",
      "           http://127.0.0.1:8080/uniass/api/v1/stations/default/inspect"
    })
final class ServeVerb implements Callable<Integer> {

  private static final String STATION = "uniass.station";
  private static final int LOOK_MILLIS = 20;
  private static final long PATIENCE_MILLIS = 180_000;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "a model file: one station, 'default'")
  private Path model;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "stations, sinks and sources, as YAML")
  private Path config;

  @Option(
      names = "--host",
      paramLabel = "H",
      description = "address to listen at; default 127.0.0.1; others need --token-file")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "port to listen at, 0 for a free one; default 8080")
  private int port = 8080;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "lines such as 'inspect TOKEN'; roles: view, inspect, operate")
  private Path tokens;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "keeps what must survive a restart; default: nothing is kept")
  private Path state;

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  private final BundleContext context;
  private final ConfigurationAdmin admin;
  private final MetaTypeService metatype;
  private final PrintStream out;
  private final PrintStream err;

  ServeVerb(ServeComponent tools, PrintStream out, PrintStream err) {
    this.context = tools.context();
    this.admin = tools.admin();
    this.metatype = tools.metatype();
    this.out = out;
    this.err = err;
  }

  @Override
  @SuppressWarnings("try") // the lock is held, not used
  public Integer call() {
    List<Setup> setups = setups();
    if (setups.stream().noneMatch(setup -> setup.pid().equals(STATION))) {
      throw new ParameterException(
          spec.commandLine(),
          "nothing to serve: give a model with --model, or stations with --config");
    }
    Declared declared = new Declared(context, metatype);
    setups.forEach(declared::check);
    Checks.insist(context, setups);
    if (!HttpServer.isLocal(host) && gateway(setups).get("tokens") == null) {
      throw new UniassException(
          "--host %s can be reached by other machines: give --token-file FILE with lines such as 'inspect TOKEN', or leave it at 127.0.0.1"
              .formatted(host));
    }
    HttpServer server = new HttpServer(context, host, port);
    try (server;
        FolderLock lock = locked(gateway(setups).get("state"));
        Configurations configurations = new Configurations(context, admin)) {
      setups.forEach(configurations::make);
      serve(server, setups.stream().filter(setup -> setup.pid().equals(STATION)).count());
    } catch (InterruptedException e) {
      err.println("stopping");
    }
    return 0;
  }

  /** Keeps a second gateway out of the folder for state; null without one. */
  private static FolderLock locked(Object state) {
    if (state == null) {
      return null;
    }
    Path folder = Path.of(state.toString());
    Outputs.create(folder, true, "");
    try {
      return FolderLock.of(folder);
    } catch (InUseException e) {
      throw new UniassException(
          "--state %s: another gateway uses this folder; give each its own".formatted(folder), e);
    }
  }

  private static Map<String, Object> gateway(List<Setup> setups) {
    return setups.get(0).values();
  }

  /** The gateway's first. */
  private List<Setup> setups() {
    Map<String, Object> gateway = new TreeMap<>();
    List<Setup> all = new ArrayList<>();
    if (config != null) {
      for (Setup setup : ConfigFile.read(config)) {
        if (setup.pid().equals("uniass.gateway")) {
          gateway.putAll(setup.values());
        } else {
          all.add(setup);
        }
      }
    }
    if (tokens != null) {
      gateway.put("tokens", tokens.toString());
    }
    if (state != null) {
      gateway.put("state", state.toString());
    }
    String where = config == null ? "gateway" : config + ": gateway";
    all.add(0, new Setup(where, "uniass.gateway", "", gateway));
    if (model != null) {
      all.add(
          new Setup(
              "--model", STATION, "default", Map.of("name", "default", "model", model.toString())));
    }
    return all;
  }

  private void serve(HttpServer server, long expected) throws InterruptedException {
    ServiceTracker<Stations, Stations> stations =
        new ServiceTracker<>(context, Stations.class, null);
    ServiceTracker<HttpFront, HttpFront> front =
        new ServiceTracker<>(context, HttpFront.class, null);
    stations.open();
    front.open();
    try {
      awaitStations(stations, expected);
      service(front)
          .fault()
          .ifPresent(
              fault -> {
                throw new UniassException(fault);
              });
      server.start();
      server.await();
      out.println("listening on http://%s:%d/uniass/".formatted(shownHost(), server.port()));
      out.flush();
      new CountDownLatch(1).await();
    } finally {
      front.close();
      stations.close();
    }
  }

  private String shownHost() {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private static <T> T service(ServiceTracker<T, T> tracker) throws InterruptedException {
    T service = tracker.waitForService(PATIENCE_MILLIS);
    if (service == null) {
      throw new UniassException("the gateway does not start; UNIASS_LOG=debug shows why");
    }
    return service;
  }

  /**
   * Waits for the models; if none can be opened, there is nothing to serve.
   *
   * @param stations asked again and again, because a configuration may replace the service
   */
  private void awaitStations(ServiceTracker<Stations, Stations> stations, long expected)
      throws InterruptedException {
    List<StationStatus> all = service(stations).list();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (all.size() < expected || all.stream().anyMatch(s -> s.state() == State.LOADING)) {
      if (all.size() < expected && System.nanoTime() > end) {
        throw new UniassException("the stations do not start; UNIASS_LOG=debug shows why");
      }
      Thread.sleep(LOOK_MILLIS);
      all = service(stations).list();
    }
    for (StationStatus station : all) {
      if (station.state() == State.READY && !station.detail().isEmpty()) {
        err.println("station '%s': %s".formatted(station.name(), station.detail()));
      }
    }
    if (all.stream().noneMatch(s -> s.state() == State.READY)) {
      throw new UniassException("no station can inspect");
    }
  }
}
