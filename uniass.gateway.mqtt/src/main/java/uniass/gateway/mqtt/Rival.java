/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.mqtt;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another connection with the same client id. A broker lets only one of them in, and whoever comes
 * throws the other out, again and again; that is said once, with the id. Not thread-safe.
 */
final class Rival {

  private static final Logger LOG = LoggerFactory.getLogger(Rival.class);

  /** MQTT 5: another client came with the same id. */
  private static final int SESSION_TAKEN_OVER = 0x8E;

  /** Some brokers, such as mosquitto 2.0.11, do not say it: then so many short connections do. */
  private static final int SUSPICIOUS = 3;

  /** Once a connection has lasted so long, nobody else uses its client id any more. */
  private static final long UNDISTURBED_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String name;
  private final Broker broker;
  private String text = "";
  private int shortOnes;
  private boolean isShort;

  /** Begins without one. */
  Rival(String name, Broker broker) {
    this.name = name;
    this.broker = broker;
  }

  boolean isThere() {
    return !text.isEmpty();
  }

  /** One line with the client id; empty if there is none. */
  String text() {
    return text;
  }

  /** The connection is still there. */
  void lasts(long nanos) {
    isShort = nanos < UNDISTURBED_NANOS;
    if (!isShort) {
      text = "";
    }
  }

  /** The connection has ended, and not on purpose. */
  void ended() {
    shortOnes = isShort ? shortOnes + 1 : 0;
    if (shortOnes >= SUSPICIOUS && broker.isKnown()) {
      say("%s ends each connection soon, as when another one uses the client id '%s', too");
    }
  }

  /** The broker ends the connection and says why. */
  void told(int code) {
    if (code == SESSION_TAKEN_OVER) {
      say("another connection to %s uses the client id '%s' and throws this one out");
    }
  }

  private void say(String what) {
    if (text.isEmpty()) {
      text = what.formatted(broker.shown(), broker.client()) + "; give each its own 'client'";
      LOG.warn("MQTT '{}': {}", name, text);
    }
  }
}
