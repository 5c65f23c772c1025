/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.mqtt;

import java.io.IOException;
import java.util.Arrays;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a connection to a broker, in a thread of its own: whenever it is lost, it is made anew. */
final class Connection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** How long the broker may take for an acknowledgment. */
  static final long TIMEOUT_MILLIS = 10_000;

  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 15_000;

  /** How often it is looked whether the connection still is there, beside being told. */
  private static final long LOOK_MILLIS = 5_000;

  private static final String NEW = "not connected yet";

  /** Codes from here on are refusals. */
  private static final int FIRST_REFUSAL = 0x80;

  private final String name;
  private final Broker broker;
  private final Session session;
  private final Rival rival;
  private final Thread thread;

  /** The connection; null if there is none. Guarded by this. */
  private MqttAsyncClient client;

  private String trouble = NEW;

  private boolean wasConnected;
  private boolean closed;

  /**
   * Begins to connect.
   *
   * @param name of the sink or source, for the log
   */
  Connection(String name, Broker broker, Session session) {
    this.name = name;
    this.broker = broker;
    this.session = session;
    this.rival = new Rival(name, broker);
    this.thread = new Thread(this::keep, "uniass-mqtt-" + name);
    thread.setDaemon(true);
  }

  /** Begins. */
  void open() {
    thread.start();
  }

  private void keep() {
    long pause = FIRST_PAUSE_MILLIS;
    try {
      while (!isClosed()) {
        try {
          connect();
          pause = FIRST_PAUSE_MILLIS;
          awaitLoss();
          if (rival.isThere()) { // whoever comes throws the other out
            pause(LONGEST_PAUSE_MILLIS);
          }
        } catch (IOException | MqttException | RuntimeException e) { // also: not a topic
          LOG.debug("MQTT '{}'", name, e);
          report(Reasons.of(e));
          pause(pause);
          pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        }
      }
    } catch (InterruptedException e) {
      // it closes
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void connect() throws IOException, MqttException, InterruptedException {
    MqttConnectionOptions options = broker.options();
    session.prepare(options);
    MqttAsyncClient made =
        new MqttAsyncClient(broker.address(), broker.clientId(), new MemoryPersistence());
    try {
      made.setManualAcks(true);
      made.setCallback(new Callback(made));
      made.connect(options).waitForCompletion(TIMEOUT_MILLIS + 1000);
      session.begin(made);
    } catch (MqttException | RuntimeException e) {
      giveUp(made);
      throw e;
    }
    synchronized (this) {
      client = made;
      if (!trouble.equals(NEW) && !rival.isThere()) {
        say("MQTT '%s': connected to %s again".formatted(name, broker.shown()));
      }
      trouble = "";
      wasConnected = true;
    }
  }

  private void awaitLoss() throws InterruptedException {
    MqttAsyncClient lost;
    long since = System.nanoTime();
    synchronized (this) {
      rival.lasts(0);
      while (!closed && client != null && client.isConnected()) {
        wait(LOOK_MILLIS);
        rival.lasts(System.nanoTime() - since);
      }
      if (!closed) {
        rival.ended();
      }
      lost = client;
      client = null;
      if (closed) {
        farewell(lost);
        return;
      }
      trouble = Reasons.LOST; // said when it cannot be made anew at once, with the reason
    }
    giveUp(lost);
  }

  private void farewell(MqttAsyncClient last) {
    try {
      session.end(last);
      last.disconnect(TIMEOUT_MILLIS).waitForCompletion(TIMEOUT_MILLIS);
    } catch (MqttException e) {
      LOG.debug("MQTT '{}': no good-bye", name, e);
    }
    giveUp(last);
  }

  /** Ends a connection that may be in any state. */
  private void giveUp(MqttAsyncClient some) {
    try {
      some.disconnectForcibly(0, 1, false);
    } catch (MqttException e) {
      LOG.debug("MQTT '{}': was not connected", name, e);
    }
    try {
      some.close(true);
    } catch (MqttException e) {
      LOG.debug("MQTT '{}': does not close", name, e);
    }
  }

  private synchronized void report(String why) {
    boolean more = trouble.startsWith(Reasons.LOST) && !why.equals(Reasons.LOST);
    String all = more ? Reasons.LOST + ": " + why : why;
    if (!all.equals(trouble)) {
      say("MQTT '%s' (%s): %s; trying again".formatted(name, broker.shown(), all));
    }
    trouble = all;
  }

  /** What is wrong, in one line; empty if there is a connection, and nobody disturbs it. */
  synchronized String trouble() {
    boolean justThrownOut = trouble.isEmpty() || trouble.equals(Reasons.LOST);
    return justThrownOut && rival.isThere() ? rival.text() : trouble;
  }

  private synchronized void lost(int code) {
    if (!closed) {
      rival.told(code);
    }
    notifyAll();
  }

  private void say(String line) {
    if (wasConnected && session.isHeard()) {
      LOG.info("{}", line);
    } else {
      LOG.warn("{}", line);
    }
  }

  private synchronized void pause(long millis) throws InterruptedException {
    if (!closed) {
      wait(millis);
    }
  }

  /**
   * Publishes with QoS 1 and waits until the broker has taken it.
   *
   * @throws IOException if it did not
   */
  void publish(String topic, MqttMessage message) throws IOException {
    MqttAsyncClient now;
    synchronized (this) {
      if (client == null) {
        throw new IOException("no connection to %s: %s".formatted(broker.shown(), trouble()));
      }
      now = client;
    }
    try {
      await(now.publish(topic, message), topic);
    } catch (MqttException e) {
      throw new IOException("%s: %s".formatted(broker.shown(), Reasons.of(e)), e);
    }
  }

  /** Waits for an acknowledgment, and reads it. */
  static void await(IMqttToken token, String topic) throws MqttException {
    token.waitForCompletion(TIMEOUT_MILLIS);
    int[] codes = token.getReasonCodes();
    if (codes != null && Arrays.stream(codes).anyMatch(code -> code >= FIRST_REFUSAL)) {
      throw new MqttException(
          new IOException("the broker refuses topic '%s' (%d)".formatted(topic, codes[0])));
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join(2 * TIMEOUT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What Paho calls. */
  private final class Callback implements MqttCallback {

    private final MqttAsyncClient own;

    Callback(MqttAsyncClient own) {
      this.own = own;
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      lost(response.getReturnCode());
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      session.arrived(own, topic, message);
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
      LOG.debug("MQTT '{}'", name, exception);
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String server) {}

    @Override
    public void authPacketArrived(int code, MqttProperties properties) {}
  }
}
