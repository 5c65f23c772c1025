/* SPDX-License-Identifier: Apache-2.0 */
package uniass.itest.process;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that send the first byte of an image and no more; more of them than a server's threads.
 */
final class SlowClients implements AutoCloseable {

  private static final int CLIENTS = 300;

  private final List<Socket> sockets = new ArrayList<>();

  /** Lets them begin, with a header such as that of a token. */
  SlowClients(String base, String station, String header) throws IOException {
    URI address = URI.create(base);
    String request =
        "POST /uniass/api/v1/stations/%s/inspect HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\nContent-Length: 1000\r\n\r\nx"
            .formatted(station, address.getPort(), header);
    for (int i = 0; i < CLIENTS; i++) {
      Socket socket = new Socket(address.getHost(), address.getPort());
      sockets.add(socket);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** How many have an answer. */
  int answered() throws IOException {
    int answered = 0;
    for (Socket socket : sockets) {
      answered += socket.getInputStream().available() > 0 ? 1 : 0;
    }
    return answered;
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
