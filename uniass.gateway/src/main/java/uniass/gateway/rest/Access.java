/* SPDX-License-Identifier: Apache-2.0 */
package uniass.gateway.rest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import uniass.api.UniassException;
import uniass.gateway.http.HttpRequest;
import uniass.io.Outputs;

/**
 * Who may do what. With a token file, a request carries a token: {@code Authorization: Bearer
 * TOKEN}, or as the password of {@code Basic}. Without one, only requests that reach this machine's
 * own loopback address under its own name are served, and not those of other sites' pages.
 */
final class Access {

  private static final int SHORTEST = 16;
  private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final List<Token> tokens;

  private record Token(byte[] digest, Role role) {}

  private Access(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** Without tokens: this machine alone. */
  static Access local() {
    return new Access(List.of());
  }

  /**
   * Reads a token file.
   *
   * @throws UniassException naming file and line
   */
  static Access of(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UniassException(file + ": cannot be read: " + Outputs.reason(e), e);
    }
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        tokens.add(token(line, file + ":" + (i + 1)));
      }
    }
    if (tokens.isEmpty()) {
      throw new UniassException(file + ": no token; write one as 'inspect TOKEN'");
    }
    return new Access(List.copyOf(tokens));
  }

  private static Token token(String line, String at) {
    String[] words = line.split("\\s+");
    if (words.length != 2) {
      throw new UniassException(at + ": write a role and a token, such as 'inspect TOKEN'");
    }
    if (words[1].length() < SHORTEST) {
      throw new UniassException(
          at + ": the token is too short to be safe; it has at least 16 characters");
    }
    return switch (words[0]) {
      case "view" -> new Token(digest(words[1]), Role.VIEW);
      case "inspect" -> new Token(digest(words[1]), Role.INSPECT);
      case "operate" -> new Token(digest(words[1]), Role.OPERATE);
      default ->
          throw new UniassException(
              at + ": the line begins with none of the roles view, inspect, operate");
    };
  }

  /**
   * Whether other users of this machine may read a file; unknown where files have no such modes.
   */
  static boolean isOpen(Path file) {
    try {
      Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
      return allowed.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** The role of whoever sent a request. */
  Role role(HttpRequest request) throws Problem {
    if (tokens.isEmpty()) {
      insistOnThisMachine(request);
      return Role.OPERATE;
    }
    Optional<String> sent = request.header("Authorization").map(Access::tokenOf);
    if (sent.isEmpty()) {
      return Role.NOBODY;
    }
    byte[] digest = digest(sent.get());
    Role role = Role.NOBODY;
    for (Token token : tokens) { // all of them, so that the time says nothing
      if (MessageDigest.isEqual(token.digest(), digest)) {
        role = token.role();
      }
    }
    if (role == Role.NOBODY) {
      throw unauthorized("the token is not known here");
    }
    return role;
  }

  static Problem unauthorized(String detail) {
    return new Problem(401, "Unauthorized", detail)
        .with("WWW-Authenticate", "Bearer realm=\"uniass\"");
  }

  private static String tokenOf(String header) {
    int space = header.indexOf(' ');
    String scheme = space < 0 ? "" : header.substring(0, space).toLowerCase(Locale.ROOT);
    String rest = header.substring(space + 1).strip();
    if (scheme.equals("basic")) {
      try {
        String pair = new String(Base64.getDecoder().decode(rest), StandardCharsets.UTF_8);
        return pair.substring(pair.indexOf(':') + 1);
      } catch (IllegalArgumentException e) {
        return "";
      }
    }
    return scheme.equals("bearer") ? rest : "";
  }

  /**
   * Refuses requests from elsewhere, those under a name that somebody else gave this machine, and
   * those that another site's page makes the user's browser send.
   */
  private static void insistOnThisMachine(HttpRequest request) throws Problem {
    if (!isLoopback(request.serverAddress())) {
      throw new Problem(
          403, "Forbidden", "without a token file, only requests to 127.0.0.1 are served");
    }
    if (!OWN_NAMES.contains(hostName(request.header("Host").orElse("")))) {
      throw new Problem(
          403, "Forbidden", "without a token file, the address must be localhost or 127.0.0.1");
    }
    Optional<String> origin = request.header("Origin");
    if (origin.isPresent() && !isSame(origin.get(), request.header("Host").orElse(""))) {
      throw new Problem(403, "Forbidden", "the request comes from another site's page");
    }
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static String hostName(String host) {
    return host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
  }

  private static boolean isSame(String origin, String host) {
    try {
      return host.equalsIgnoreCase(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
