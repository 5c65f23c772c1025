/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.javax;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;
import javax.servlet.AsyncContext;
import javax.servlet.ReadListener;
import javax.servlet.Servlet;
import javax.servlet.ServletInputStream;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import uniass.gateway.http.BodyReceiver;
import uniass.gateway.http.HttpFront;
import uniass.gateway.http.HttpRequest;
import uniass.gateway.http.HttpResponse;

/** Hands requests to the gateway; whichever server has a whiteboard for servlets hosts it. */
@Component(
    service = Servlet.class,
    property = {
      "osgi.http.whiteboard.servlet.name=uniass",
      "osgi.http.whiteboard.servlet.pattern=" + HttpFront.PATH + "/*",
      "osgi.http.whiteboard.servlet.asyncSupported=true"
    })
public final class GatewayServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final int PIECE = 8 << 10;

  private final transient HttpFront front;

  /** Creates the component. */
  @Activate
  public GatewayServlet(@Reference HttpFront front) {
    this.front = front;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    front.answer(new Request(request), new Response(request, response));
  }

  /** Lets the server's thread go; what is complete is said. */
  private static AsyncContext unheld(HttpServletRequest servlet) {
    if (servlet.isAsyncStarted()) {
      return servlet.getAsyncContext();
    }
    AsyncContext context = servlet.startAsync();
    context.setTimeout(0); // of silent connections there is one
    return context;
  }

  private static void complete(AsyncContext context) {
    try {
      context.complete();
    } catch (IllegalStateException e) {
      // the server has ended it, because the client is gone
    }
  }

  private record Request(HttpServletRequest servlet) implements HttpRequest {

    @Override
    public String method() {
      return servlet.getMethod();
    }

    @Override
    public String path() {
      return Objects.requireNonNullElse(servlet.getPathInfo(), "");
    }

    @Override
    public String query() {
      return Objects.requireNonNullElse(servlet.getQueryString(), "");
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(servlet.getHeader(name));
    }

    @Override
    public String serverAddress() {
      return servlet.getLocalAddr();
    }

    @Override
    public InputStream body() throws IOException {
      return servlet.getInputStream();
    }

    @Override
    public void receive(BodyReceiver receiver) throws IOException {
      unheld(servlet);
      ServletInputStream in = servlet.getInputStream();
      in.setReadListener(new Reader(in, receiver));
    }
  }

  private record Reader(ServletInputStream in, BodyReceiver receiver) implements ReadListener {

    @Override
    public void onDataAvailable() throws IOException {
      byte[] piece = new byte[PIECE];
      while (in.isReady()) {
        int n = in.read(piece);
        if (n < 0 || n > 0 && !receiver.take(piece, n)) {
          return;
        }
      }
    }

    @Override
    public void onAllDataRead() {
      receiver.whole();
    }

    @Override
    public void onError(Throwable why) {
      receiver.failed(why);
    }
  }

  private record Response(HttpServletRequest request, HttpServletResponse servlet)
      implements HttpResponse {

    @Override
    public void status(int code) {
      servlet.setStatus(code);
    }

    @Override
    public void header(String name, String value) {
      servlet.setHeader(name, value);
    }

    @Override
    public void send(byte[] body, Runnable ended) throws IOException {
      AsyncContext context = unheld(request);
      ServletOutputStream out = servlet.getOutputStream();
      Writer writer = new Writer(context, out, body, ended);
      try {
        out.setWriteListener(writer);
      } catch (IllegalStateException e) {
        writer.onError(e);
        throw new IOException("the client is gone", e);
      }
    }

    @Override
    public OutputStream body() throws IOException {
      return servlet.getOutputStream();
    }
  }

  private static final class Writer implements WriteListener {

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final byte[] body;
    private final Runnable ended;
    private boolean written;
    private boolean over;

    Writer(AsyncContext context, ServletOutputStream out, byte[] body, Runnable ended) {
      this.context = context;
      this.out = out;
      this.body = body;
      this.ended = ended;
    }

    @Override
    public void onWritePossible() throws IOException {
      if (!written && out.isReady()) {
        written = true;
        out.write(body);
      }
      if (written && out.isReady()) {
        end();
      }
    }

    @Override
    public void onError(Throwable why) {
      end();
    }

    private synchronized void end() {
      if (!over) {
        over = true;
        ended.run();
        complete(context);
      }
    }
  }
}
