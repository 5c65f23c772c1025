/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.javax;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import uniass.gateway.http.HttpFront;
import uniass.gateway.http.HttpRequest;
import uniass.gateway.http.HttpResponse;

/** Hands requests to the gateway; whichever server has a whiteboard for servlets hosts it. */
@Component(
    service = Servlet.class,
    property = {
      "osgi.http.whiteboard.servlet.name=uniass",
      "osgi.http.whiteboard.servlet.pattern=" + HttpFront.PATH + "/*"
    })
public final class GatewayServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient HttpFront front;

  /** Creates the component. */
  @Activate
  public GatewayServlet(@Reference HttpFront front) {
    this.front = front;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    front.answer(new Request(request), new Response(response));
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
  }

  private record Response(HttpServletResponse servlet) implements HttpResponse {

    @Override
    public void status(int code) {
      servlet.setStatus(code);
    }

    @Override
    public void header(String name, String value) {
      servlet.setHeader(name, value);
    }

    @Override
    public OutputStream body() throws IOException {
      return servlet.getOutputStream();
    }
  }
}
