/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.serve;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uniass.api.UniassException;

/**
 * The HTTP server: Felix's Jetty, whose start level keeps it asleep in all other commands. It reads
 * address and port when it starts.
 */
final class HttpServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private static final String BUNDLE = "org.apache.felix.http.jetty";
  private static final String PORT = "org.osgi.service.http.port";
  private static final int LOOK_MILLIS = 50;
  private static final int LOOKS = 600;

  private final Bundle framework;
  private final Bundle bundle;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final InetAddress address;
  private final int port;

  /**
   * Prepares a server.
   *
   * @param port 0 for one that is free
   * @throws UniassException if the address is not this machine's or the port is taken
   */
  HttpServer(BundleContext context, String host, int port) {
    this.framework = context.getBundle(0);
    this.bundle = find(context);
    this.address = address(host);
    this.port = free(host, port);
    settings.put(PORT, String.valueOf(this.port));
    settings.put("org.apache.felix.http.host", address.getHostAddress());
    settings.put("org.apache.felix.http.timeout", "30000");
    settings.put("org.apache.felix.http.jetty.responseBufferSize", "16384");
  }

  private static Bundle find(BundleContext context) {
    for (Bundle bundle : context.getBundles()) {
      if (BUNDLE.equals(bundle.getSymbolicName())) {
        return bundle;
      }
    }
    throw new UniassException("the bundle " + BUNDLE + " is not there; is the distribution whole?");
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new UniassException("--host: there is no address '" + host + "'", e);
    }
  }

  /** A port that nobody else has, tried out: the server itself would only log that it is taken. */
  private int free(String host, int wanted) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, wanted));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UniassException(
          "--port %d of %s cannot be used: %s; give another one, or --port 0 for any that is free"
              .formatted(wanted, host, e.getMessage()),
          e);
    }
  }

  int port() {
    return port;
  }

  /** Whether only this machine reaches it. */
  static boolean isLocal(String host) {
    return address(host).isLoopbackAddress();
  }

  /** Starts the server. */
  void start() {
    settings.forEach(System::setProperty);
    try {
      int level = framework.adapt(FrameworkStartLevel.class).getStartLevel();
      bundle.adapt(BundleStartLevel.class).setStartLevel(level);
      bundle.start(Bundle.START_TRANSIENT);
    } catch (BundleException e) {
      throw new UniassException("the HTTP server cannot start: " + e.getMessage(), e);
    }
  }

  /** Waits until the gateway answers. */
  void await() throws InterruptedException {
    InetAddress reached = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
    Optional<String> why = Optional.empty();
    for (int i = 0; i < LOOKS; i++) {
      why = ask(reached);
      if (why.isEmpty()) {
        return;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    throw new UniassException("the HTTP server does not answer: " + why.orElse("?"));
  }

  private Optional<String> ask(InetAddress reached) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://%s:%d/uniass/api/v1/health".formatted(shown(reached), port))
                  .toURL()
                  .openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(5000);
      int status = connection.getResponseCode();
      connection.disconnect();
      return status == 200 || status == 503 ? Optional.empty() : Optional.of("status " + status);
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** An address as it stands in a URL. */
  static String shown(InetAddress address) {
    String text = address.getHostAddress();
    return text.contains(":") ? "[" + text + "]" : text;
  }

  @Override
  public void close() {
    try {
      bundle.stop(Bundle.STOP_TRANSIENT);
    } catch (BundleException | IllegalStateException e) {
      LOG.debug("the server was not stopped", e);
    }
    settings.keySet().forEach(System::clearProperty);
  }
}
