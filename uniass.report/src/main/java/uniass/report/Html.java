/* SPDX-License-Identifier: Apache-2.0 */
package uniass.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes HTML; every text and attribute is escaped. */
final class Html {

  private final StringBuilder out = new StringBuilder(1 << 16);
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element. */
  Html open(String tag, String... attributes) {
    single(tag, attributes);
    open.push(tag);
    return this;
  }

  /** Writes an element that has no content, such as an image. */
  Html single(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
    out.append('>');
    return this;
  }

  /** Closes the innermost open element. */
  Html close() {
    out.append("</").append(open.pop()).append(">\n");
    return this;
  }

  /** Writes text. */
  Html text(String text) {
    escape(text);
    return this;
  }

  /** Writes an element that holds a text. */
  Html leaf(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** Opens a box whose content may be wider than the page; arrow keys move it. */
  Html scrolling(String name) {
    return open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", name);
  }

  /** Writes what is HTML, a style or a program already; never anything that came from outside. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c == '\n' || c == '\t' || c >= ' ' ? c : '\ufffd');
      }
    }
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("elements are left open: " + open);
    }
    return out.toString();
  }
}
