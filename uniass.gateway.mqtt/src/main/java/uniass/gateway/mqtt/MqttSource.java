/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.mqtt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.gateway.ImageSource;
import uniass.gateway.InspectionResult;
import uniass.gateway.RefusedException;
import uniass.gateway.SourceReport;
import uniass.gateway.SourceStatus;
import uniass.gateway.Stations;

/**
 * Inspects images that are published to a topic, in their order. One that came with QoS 1 is
 * acknowledged after its result, so that the broker sends it again if the gateway dies before; a
 * few are under way at once, and while the station is full the broker keeps the others. Whoever
 * names a response topic gets the result there, or the reason why there is none.
 */
@Component(
    configurationPid = "uniass.source.mqtt",
    service = ImageSource.class, // made when the gateway has looked at its configuration
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MqttSourceConfig.class, factory = true)
public final class MqttSource implements ImageSource {

  private static final Logger LOG = LoggerFactory.getLogger(MqttSource.class);

  /** Enough for batches, little enough for memory. */
  private static final int AT_ONCE = 8;

  /** A retained image is not sent anew with each connection. */
  private static final int NO_OLD_ONES = 2;

  private static final long DAY_SECONDS = TimeUnit.DAYS.toSeconds(1);
  private static final long PAUSE_MILLIS = 1000;

  private final Stations stations;
  private final String name;
  private final String station;
  private final BlockingQueue<Arrived> waiting = new ArrayBlockingQueue<>(2 * AT_ONCE);
  private final Connection connection;
  private final Thread thread;
  private final SourceReport report;

  /** Begins to listen. */
  @Activate
  public MqttSource(@Reference Stations stations, MqttSourceConfig config) {
    this.stations = stations;
    this.name = config.name();
    this.station = config.station();
    this.report = new SourceReport(name, station);
    Broker broker =
        new Broker(
            config.url(), config.client(), config.credentials(), config.trust(), config.identity());
    this.connection = new Connection(name, broker, new Subscription(config, broker.isKnown()));
    this.thread = new Thread(this::work, "uniass-mqtt-images-" + name);
    thread.setDaemon(true);
    thread.start();
    connection.open();
  }

  /** Ends; images that have no result yet are not acknowledged. */
  @Deactivate
  public void stop() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }

  private void work() {
    List<Arrived> batch = new ArrayList<>();
    try {
      while (true) {
        batch.add(waiting.take());
        waiting.drainTo(batch, AT_ONCE - 1);
        inspect(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      // it stops
    }
  }

  private void inspect(List<Arrived> batch) throws InterruptedException {
    Map<Arrived, CompletableFuture<InspectionResult>> underWay = new LinkedHashMap<>();
    for (Arrived image : batch) {
      underWay.put(image, submit(image));
    }
    for (Map.Entry<Arrived, CompletableFuture<InspectionResult>> entry : underWay.entrySet()) {
      try {
        entry.getKey().answer(station, entry.getValue().get());
        report.inspected();
      } catch (ExecutionException e) {
        RefusedException refusal = (RefusedException) e.getCause();
        report.failed(refusal.getMessage());
        entry.getKey().answer(station, refusal);
      }
    }
  }

  /** Hands an image to the station, as soon as that takes it. */
  private CompletableFuture<InspectionResult> submit(Arrived image) throws InterruptedException {
    while (true) {
      try {
        CompletableFuture<InspectionResult> result =
            stations.submit(station, image.topic(), image.message().getPayload());
        report.works();
        return result;
      } catch (RefusedException e) {
        if (e.retryAfter().isZero()) { // neither full nor opening its model
          report.stuck(e);
        }
        Thread.sleep(
            Math.min(PAUSE_MILLIS, Math.max(PAUSE_MILLIS / 10, e.retryAfter().toMillis())));
      }
    }
  }

  @Override
  public SourceStatus status() {
    SourceStatus status = report.status();
    String trouble = connection.trouble();
    return trouble.isEmpty() ? status : status.failing(trouble);
  }

  /** Listens to a topic. */
  private final class Subscription implements Session {

    private final String topic;
    private final long mostBytes;
    private final boolean known;
    private volatile boolean dropping;

    /** With a known client, the broker goes on with what it has kept. */
    Subscription(MqttSourceConfig config, boolean known) {
      this.topic = config.topic();
      this.mostBytes = (long) config.megabytes() << 20;
      this.known = known;
    }

    @Override
    public void prepare(MqttConnectionOptions options) {
      options.setCleanStart(!known);
      options.setSessionExpiryInterval(known ? DAY_SECONDS : 0);
      options.setReceiveMaximum(AT_ONCE);
      options.setMaximumPacketSize(mostBytes);
      if (known) {
        waiting.clear(); // the broker sends again what was not acknowledged
      }
    }

    @Override
    public void begin(MqttAsyncClient client) throws MqttException {
      MqttSubscription subscription = new MqttSubscription(topic);
      subscription.setQos(1);
      subscription.setRetainHandling(NO_OLD_ONES);
      Connection.await(client.subscribe(subscription), topic);
    }

    @Override
    public void arrived(MqttAsyncClient client, String from, MqttMessage message) {
      boolean taken = waiting.offer(new Arrived(client, from, message));
      if (!taken && !dropping) { // only QoS 0: of all else no more than AT_ONCE come
        LOG.warn("MQTT '{}': images of QoS 0 come too fast; some are left out", name);
      }
      dropping = !taken;
    }

    @Override
    public boolean isHeard() {
      return false;
    }

    @Override
    public void end(MqttAsyncClient client) {
      // the broker notices
    }
  }
}
