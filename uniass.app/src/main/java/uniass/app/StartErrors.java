/* SPDX-License-Identifier: Apache-2.0 */
package uniass.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Standard error without what bnd's launcher prints when something does not start: lines that begin
 * with {@code !}, and stack traces. The first of them is kept for those who say in words what is
 * wrong. Once the application's bundle runs, only the launcher's own lines are held back.
 */
final class StartErrors extends OutputStream {

  private static final Pattern FAILED =
      Pattern.compile("! Failed to start bundle (\\S+?)-\\d[^,]*, exception (.*)");
  private static final Pattern TRACE =
      Pattern.compile("\\s+at .*|\\s*\\.\\.\\. .*|Caused by: .*|[\\w.$]+(Exception|Error)\\b.*");
  private static final Pattern REQUIREMENT = Pattern.compile("osgi\\.wiring\\.package=([^)]+)\\)");

  private final OutputStream err;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean atStart = true;
  private boolean held;
  private boolean inTrace;
  private String first;
  private String ofApplication;

  StartErrors(OutputStream err) {
    this.err = err;
  }

  /** Why the first bundle that failed did; empty if none did. */
  synchronized Optional<String> first() {
    return Optional.ofNullable(first);
  }

  /** Why the application's bundle failed; empty if it did not. */
  synchronized Optional<String> ofApplication() {
    return Optional.ofNullable(ofApplication);
  }

  @Override
  public synchronized void write(int b) throws IOException {
    if (atStart) {
      held = b == '!' || inTrace || !Start.isStarted();
    }
    atStart = b == '\n';
    if (!held) {
      err.write(b);
      return;
    }
    line.write(b);
    if (atStart) {
      end(line.toString(StandardCharsets.UTF_8).stripTrailing());
      line.reset();
    }
  }

  private void end(String text) throws IOException {
    if (text.startsWith("!")) {
      inTrace = true;
      remember(text);
    } else if (TRACE.matcher(text).matches()) {
      first = first == null ? text.strip() : first;
    } else {
      inTrace = false;
      err.write((text + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void remember(String text) {
    String why = text.substring(1).strip();
    Matcher failed = FAILED.matcher(text);
    if (failed.matches()) {
      Matcher missing = REQUIREMENT.matcher(failed.group(2));
      String last = null; // the innermost requirement is the one that is not there
      while (missing.find()) {
        last = missing.group(1);
      }
      why =
          "bundle "
              + failed.group(1)
              + ": "
              + (last == null ? failed.group(2) : "no bundle offers the package " + last);
      if (failed.group(1).equals("uniass.app")) {
        ofApplication = why;
      }
    }
    first = first == null ? why : first;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(bytes[i]);
    }
  }

  @Override
  public void flush() throws IOException {
    err.flush();
  }
}
